"""The tables around the projects: visits, recruiters, infrastructure."""

import re

import pandas as pd

from meishan_stats.codelists import alias_to_code
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise import money
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.targets import normalise_targets
from meishan_stats.schemas import Infrastructure, Recruiters, Visits, arrange
from meishan_stats.values.text import match_key

_ITEM_AMOUNTS = (
    "item_amount", "completed_investment.ytd", "total_investment", "planned_investment", "target",
)  # fmt: skip
"""Columns that may hold the amount of an item of infrastructure, the likeliest first."""


def normalise_visits(source: Source) -> pd.DataFrame:
    """Visits of a ledger of visits made (出访) or received (来访).

    Returns
    -------
    Visits, one row per data row that names a visitor
    """
    frame = source.frame()
    on = cols.dates(source, "visited_on", "date", "contact.actual")
    frame["visited_on"], frame["visited_precision"] = on["on"], on["precision"]
    frame["visitor"] = cols.texts(source, "visitor", "investor", "company", "name")
    frame["origin"] = cols.texts(source, "visit_origin", "origin", "region")
    frame["host"] = cols.texts(source, "host", "responsible", "recruiter")
    frame["n_visitors"] = cols.counts(source, "n_visitors", "n_recruiters")
    frame["project_name"] = cols.texts(source, "name") if "visitor" in source.table.fields() else None
    stated = _coded(cols.texts(source, "direction", "category"), "directions")
    made = re.search(r"出访|外出|赴|拜访|走访", cols.title_key(source))
    frame["direction"] = stated.fillna("made" if made else "received")
    return arrange(frame[frame["visitor"].notna()], Visits)


def normalise_recruiters(source: Source) -> pd.DataFrame:
    """Postings of recruiters by station.

    Returns
    -------
    Recruiters, one row per data row that names a station or a recruiter
    """
    frame = source.frame()
    frame["station"] = cols.texts(source, "station", "origin", "town", "park")
    kind = _coded(cols.texts(source, "recruiter_kind", "category"), "recruiter_kinds")
    frame["kind"] = kind.fillna("full_time" if "专职" in cols.title_key(source) else None)
    frame["name"] = cols.texts(source, "recruiter_name", "recruiter", "responsible")
    frame["n"] = cols.counts(source, "n_recruiters", "n_visitors")
    frame["from_on"] = cols.dates(source, "from_on")["on"]
    frame["to_on"] = cols.dates(source, "to_on")["on"]
    return arrange(frame[frame["station"].notna() | frame["name"].notna()], Recruiters)


def normalise_infrastructure(source: Source) -> pd.DataFrame:
    """Items of infrastructure with their amount and land.

    Returns
    -------
    Infrastructure, one row per data row that names an item
    """
    table = source.table
    frame = source.frame()
    frame["item"] = cols.texts(source, "item", "name", "content")
    frame["kind"] = cols.texts(source, "item_kind", "category", "sector")
    frame["period"] = table.period
    field = next((field for field in _ITEM_AMOUNTS if field in table.fields()), _ITEM_AMOUNTS[0])
    stated = money.amounts(source, field)
    years = pd.Series(table.year, index=frame.index, dtype="Int64")
    frame["amount_cny_10k"] = in_yuan(stated["amount"], stated["currency"], years)["cny"]
    header = "".join(column.header for column in table.fields().get(field, []))
    frame["is_planned"] = bool(re.search(r"计划|预计|目标|拟", header + cols.title_key(source)))
    frame["payer"] = cols.texts(source, "payer", "investor")
    frame["land_mu"] = cols.areas(source, "land")
    return arrange(frame[frame["item"].notna()], Infrastructure)


def _coded(texts: pd.Series, codelist: str) -> pd.Series:
    """Code of every text that is a spelling of the codelist, or holds one."""
    spellings = {match_key(spelling): code for spelling, code in alias_to_code(codelist).items()}

    def code_of(text: object) -> str | None:
        key = match_key(text) if isinstance(text, str) else ""
        return next((code for spelling, code in spellings.items() if spelling and spelling in key), None)

    return texts.map({text: code_of(text) for text in texts.dropna().unique()}).astype(object)


NORMALISERS = {
    "targets": normalise_targets,
    "visits": normalise_visits,
    "recruiters": normalise_recruiters,
    "infrastructure": normalise_infrastructure,
}
