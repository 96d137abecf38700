"""Project lists: one row of a sheet → one row of ``project_reports``."""

import re
from functools import lru_cache

import pandas as pd

from meishan_stats.normalise import columns as cols
from meishan_stats.normalise import money
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.project_names import unnumbered
from meishan_stats.normalise.project_stages import Progress, project_stages, signing_dates
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.unclaimed import extra
from meishan_stats.schemas import ProjectReports, arrange, columns
from meishan_stats.values.distinct import distinct
from meishan_stats.values.methods import parse_methods
from meishan_stats.values.regions import parse_origin_levels, parse_regions
from meishan_stats.values.rows import rows_where
from meishan_stats.values.sectors import classify_sectors
from meishan_stats.values.text import match_key

_PLACE = re.compile(r"(?:镇|乡|街道|办事处|县|区|市|园区|开发区|管委会)$")
_AMOUNTS = {
    "total_investment": "currency", "signed_amount": "signed_currency", "fixed_asset": None, "equipment": None,
}  # fmt: skip
_COLUMN_OF = {"signed_amount": "signed"}
_PLAIN_TEXT = ("project_code", "company", "content", "station", "recruiter", "town", "park", "responsible")


def normalise_projects(source: Source, progress: Progress) -> pd.DataFrame:
    """Rows of a project list as reported; a row without a name is named by its investor or content.

    Parameters
    ----------
    source : Source
        A recognised table; its doubts are added to it.
    progress : Progress
        Stages and dates of the same table, read by ``read_progress``.

    Returns
    -------
    ProjectReports, one row per data row that names a project; its index is the row of the table
    """
    table = source.table
    frame = source.frame()
    frame["name"] = unnumbered(cols.text_column(source, "name"), source.at)
    frame["investor"] = cols.text_column(source, "investor")
    for field in _PLAIN_TEXT:
        frame[field] = cols.text_column(source, field)
    frame["name"] = _names(frame)
    frame["town"] = frame["town"].where(frame["town"].notna(), cols.innermost(source, _is_place))
    frame = frame.assign(**signing_dates(source, progress).to_dict("series"))
    frame = frame.assign(**_money(source, frame))
    frame["land_mu"] = cols.areas(source, "land")
    frame["plant_area_m2"] = cols.areas(source, "plant_area")
    frame["annual_output_10k"] = money.amounts(source, "annual_output")["amount"]
    frame["annual_tax_10k"] = money.amounts(source, "annual_tax")["amount"]
    frame["n_jobs"] = cols.counts(source, "n_jobs")
    frame["is_key"] = _flags(cols.texts(source, "is_key"))
    frame = frame.assign(**project_stages(source, progress, frame["signed_on"]))
    frame = frame.assign(**_origins(source, frame))
    frame = frame.assign(**_sectors(source, frame))
    frame["method_stated"] = cols.text_column(source, "method")
    frame["method"] = parse_methods(frame["method_stated"])
    frame["period"] = cols.row_periods(source)
    frame["period_precision"] = table.precision
    frame["extra"] = extra(source)
    frame["cell"] = _name_cells(source)
    texts = (name for name, column in columns(ProjectReports).items() if column.dtype == "str")
    frame = frame.assign(**{name: cols.no_text(source) for name in texts if name not in frame})
    return arrange(rows_where(frame, frame["name"].notna()), ProjectReports)


def _names(frame: pd.DataFrame) -> pd.Series:
    name = frame["name"]
    for other in ("company", "content", "investor"):
        name = name.where(name.notna(), frame[other])
    return name


def _name_cells(source: Source) -> pd.Series | None:
    fields = source.table.fields()
    column = next((fields[field][0] for field in ("name", "company", "investor") if field in fields), None)
    return None if column is None else source.cell_names(column)


def _money(source: Source, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Own-currency and yuan amounts; fixed assets and equipment are in the currency of the investment."""
    on = frame["signed_on"].fillna(source.periods).fillna(source.year_starts())
    stated_to = source.table.precision if source.table.period is not None else "year"
    precision = frame["signed_precision"].where(frame["signed_on"].notna(), stated_to)
    result: dict[str, pd.Series] = {}
    fields = source.table.fields()
    for field, currency_column in _AMOUNTS.items():
        if field not in fields and result:
            continue  # a column that the table lacks is missing
        stated = money.amounts(source, field)
        column = _COLUMN_OF.get(field, field)
        yuan = in_yuan(stated["amount"], stated["currency"], on, precision, source.rates)
        result[f"{column}_10k"] = stated["amount"]
        result[f"{column}_cny_10k"] = yuan["cny"]
        if currency_column:
            result[currency_column] = stated["currency"]
        else:
            base = result["currency"]
            differs = base.notna() & stated["currency"].notna() & (stated["currency"] != base)
            result[f"{column}_10k"] = stated["amount"].mask(differs)
        if field == "total_investment" or "fx_rate" not in result:
            result["fx_rate"], result["fx_basis"] = yuan["rate"], yuan["basis"]
        else:
            free = result["fx_rate"].isna()
            result["fx_rate"] = result["fx_rate"].where(~free, yuan["rate"])
            result["fx_basis"] = result["fx_basis"].where(~free, yuan["basis"])
        money.report_missing_rates(source, stated, yuan, on)
    return result


def _flags(texts: pd.Series) -> pd.Series:
    yes = distinct(texts).map(lambda text: match_key(str(text))[:1] not in ("否", "不", "n"))
    return pd.Series(yes, index=texts.index, dtype="boolean")


def _is_place(text: str) -> bool:
    return bool(_PLACE.search(text))


@lru_cache(maxsize=65536)
def _is_sector(text: str) -> bool:
    one = classify_sectors(pd.DataFrame({"sector_stated": [text]}))
    return bool(one["sector_basis"].iloc[0] == "stated")


def _origins(source: Source, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Origin as stated, else by the place an investor's name begins with; its level, stated or derived."""
    home = source.office.adcode
    origin = cols.text_column(source, "origin")
    region = parse_regions(origin, home)
    from_name = parse_regions(frame["investor"].where(origin.isna(), None), home)
    for column in source.table.fields().get("origin", [])[:1]:
        source.doubts(region["code"], column)
    stated = parse_origin_levels(cols.texts(source, "origin_level"))
    level = stated.where(stated.notna(), region["origin_level"])
    level = level.mask(level.isna() & (region["level"] == "country") & (region["adcode"] != "CN"), "overseas")
    return {
        "origin": origin,
        "origin_adcode": region["adcode"].where(origin.notna(), from_name["adcode"]),
        "origin_level": level.where(level.notna() | origin.notna(), from_name["origin_level"]),
    }


def _sectors(source: Source, frame: pd.DataFrame) -> dict[str, pd.Series]:
    stated = cols.text_column(source, "sector")
    category = cols.text_column(source, "category")
    own = source.office.sectors
    said = {text for text in category.dropna().unique() if _is_sector(text) or text in own}
    stated = stated.where(stated.notna(), category.where(category.isin(said)))
    stated = stated.where(stated.notna(), cols.innermost(source, _is_sector))
    text = pd.DataFrame(
        {
            "sector_stated": stated,
            "subsector": cols.text_column(source, "subsector"),
            "industry_code": cols.text_column(source, "industry_code"),
            "content": frame["content"],
            "name": frame["name"],
        }
    )
    text["year"] = source.years
    found = classify_sectors(text, own)
    return {
        "sector": found["sector"], "subsector": found["subsector"], "sector_stated": stated,
        "sector_basis": found["sector_basis"], "sector_confidence": found["sector_confidence"],
        "sector_alt": found["sector_alt"], "industry_code": found["industry_code"],
        "industry_edition": found["industry_edition"],
        "sector_problem": found["sector_problem"],
    }  # fmt: skip
