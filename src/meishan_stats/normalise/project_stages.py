"""Stage of every row of a project list: what is stated, and what its dates say."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from meishan_stats.codelists import labels
from meishan_stats.extract.raw_table import RawTable
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.milestones import FOUND, milestone_dates
from meishan_stats.normalise.plans import is_behind, last_days
from meishan_stats.normalise.source import Source
from meishan_stats.values.distinct import ranks
from meishan_stats.values.stages import SIGNED, STOPPED, parse_stages, signing, stage_order

_TITLE_STAGES = ("lead", "negotiating", "signed", "started", "completed", "production", "terminated")
_STATED = ("stage", "stage_stated", "basis", "is_unknown")


class Progress(NamedTuple):
    """How far each row of a project list has come: what it states, and the dates of its milestones.

    ``said`` has the columns ``stage``, ``stage_stated``, ``basis`` (stated, heading or title) and
    ``is_unknown`` (there is text that is no stage); ``dates`` is the frame of ``milestone_dates``.
    """

    said: pd.DataFrame
    dates: pd.DataFrame


def read_progress(source: Source) -> Progress:
    """Stages stated and milestones dated by a project list; every date column is read here, and only here."""
    said = _said(source)
    return Progress(said, milestone_dates(source, said))


def no_progress(table: RawTable) -> Progress:
    """Progress of rows that tell nothing of it."""
    said = pd.DataFrame(None, index=table.cells.index, columns=list(_STATED), dtype=object)
    return Progress(said.assign(is_unknown=False), pd.DataFrame(columns=FOUND))


def signing_dates(source: Source, progress: Progress) -> pd.DataFrame:
    """When each row was signed: ``signed_on``, ``signed_precision``; else by its columns 年份 and 月份."""
    index = source.table.cells.index
    dates = progress.dates
    signed = dates[dates["milestone"].eq(SIGNED) & dates["actual_on"].notna()].set_index("row")
    on = pd.to_datetime(signed["actual_on"]).reindex(index)
    precision = signed["actual_precision"].astype(object).reindex(index)
    fields = source.table.fields()
    if "signed.actual" not in fields and "year" in fields:
        stated = cols.year_month(source)
        on, precision = on.fillna(stated["on"]), precision.where(on.notna(), stated["precision"])
    return pd.DataFrame({"signed_on": on, "signed_precision": precision})


def project_stages(source: Source, progress: Progress, signed_on: pd.Series) -> dict[str, pd.Series]:
    """Stage of each row, what it was decided by, and whether the project is signed.

    The stage is the one stated, by its column, else by the heading above the row or the title (签约项目);
    the most advanced milestone with an actual date overrules one that comes before it. A stage stated
    further on than the dates stands, since dates are often left blank, and a stopped project stays
    stopped. A stage that its dates contradict is a problem.

    Returns
    -------
    dict with ``stage``, ``stage_basis``, ``stage_stated`` and ``is_signed``
    """
    order = source.office.stage_order
    places = stage_order(order)
    said = progress.said
    stage, basis = said["stage"], said["basis"]
    dated = _furthest(source, progress)
    ahead = ranks(dated["milestone"], places) > np.nan_to_num(ranks(stage, places))
    ahead = pd.Series(ahead, index=stage.index) & ~stage.isin(STOPPED)
    _report_contradictions(source, said, dated[ahead])
    stage = stage.where(~ahead, dated["milestone"])
    basis = basis.where(~ahead, "dates")
    by_signing = stage.isna() & signed_on.notna()
    stage, basis = stage.mask(by_signing, SIGNED), basis.mask(by_signing, "dates")
    return {
        "stage": stage.astype(object),
        "stage_basis": basis.where(stage.notna(), None).astype(object),
        "stage_stated": said["stage_stated"],
        "is_signed": signing(stage, signed_on, order),
    }


def _said(source: Source) -> pd.DataFrame:
    """Stage by its column, else by the heading above the row or by the title."""
    own, order = source.office.stage_words, source.office.stage_order
    stated = cols.texts(source, "stage")
    is_silent = ~source.in_any_row(stated.notna())
    if is_silent.any():
        stated = stated.where(~is_silent, _stage_in_other_column(source))
    parsed = parse_stages(stated, own, order)
    for column in source.table.fields().get("stage", [])[:1]:
        source.doubts(parsed["code"], column)
    stage = parsed["stage"]
    basis = pd.Series(None, index=stage.index, dtype=object).mask(stage.notna(), "stated")
    titles = pd.Series([cols.title_key(part) for part in source.tables], dtype=object)
    of_title = source.on_rows(parse_stages(titles, own, order)["stage"].tolist())
    for guess, name in (
        (parse_stages(_heading(source), own, order)["stage"], "heading"),
        (of_title, "title"),
    ):
        free = stage.isna() & guess.isin(_TITLE_STAGES)
        stage, basis = stage.mask(free, guess), basis.mask(free, name)
    return pd.DataFrame(
        {"stage": stage, "stage_stated": stated, "basis": basis, "is_unknown": parsed["code"].notna()}
    ).astype({"stage": object, "basis": object})


def _stage_in_other_column(source: Source) -> pd.Series:
    """Words of 项目类型 or 类别 that are stages (新开工, 已竣工), where no column tells the stage itself."""
    result = pd.Series(None, index=source.table.cells.index, dtype=object)
    free = pd.Series(True, index=result.index)
    for field in ("sector", "category"):
        words = cols.texts(source, field)
        if words.isna().all():
            continue
        known = parse_stages(words, source.office.stage_words)["stage"].notna()
        n, n_known = (rows.astype(int).groupby(source.at).transform("sum") for rows in (words.notna(), known))
        are_stages = free & (n > 0) & (n_known >= 0.8 * n)
        result, free = result.mask(are_stages, words), free & ~are_stages
    return result


def _heading(source: Source) -> pd.Series:
    """The innermost heading above each row that says a stage; None where none does."""
    texts = pd.Series(sorted({text for section in source.table.sections for text in section}), dtype=object)
    said = set(texts[parse_stages(texts, source.office.stage_words)["stage"].notna()])
    return cols.innermost(source, said.__contains__)


def _furthest(source: Source, progress: Progress) -> pd.DataFrame:
    """The most advanced milestone that each row dates as reached: ``milestone``, ``on``, by row of the table.

    A span that goes on after the month of the report proves nothing, but of signing. Where no month is
    known and the text of progress was not understood, only what the header calls actual counts.
    """
    table = source.table
    index = table.cells.index
    dates = progress.dates
    places = stage_order(source.office.stage_order)
    known = dates[dates["actual_on"].notna() & dates["milestone"].isin(places)]
    over = pd.to_datetime(known["ended_on"]) <= last_days(source).reindex(known["row"]).to_numpy()
    known = known[over | known["milestone"].eq(SIGNED)]
    if table.period is None or table.precision == "year":
        unknown = known["row"].map(progress.said["is_unknown"]).eq(True)
        known = known[~unknown | known["is_explicit"].eq(True) | known["milestone"].eq(SIGNED)]
    stated = known["row"].map(progress.said["basis"]).eq("stated")
    known = known[known["column"].notna() | ~stated]
    best = (
        known.assign(_place=known["milestone"].map(places))
        .sort_values("_place", kind="stable")
        .drop_duplicates("row", keep="last")
        .set_index("row")
    )
    return pd.DataFrame(
        {
            "milestone": best["milestone"].reindex(index).astype(object),
            "on": pd.to_datetime(best["actual_on"]).reindex(index),
        }
    )


def _report_contradictions(source: Source, said: pd.DataFrame, dated: pd.DataFrame) -> None:
    """Doubt a stage stated that a date shows to be passed."""
    columns = source.table.fields().get("stage", [])
    stages = said["stage"].reindex(dated.index)
    stated = said["basis"].reindex(dated.index).eq("stated")
    if not columns or not stated.any():
        return
    pairs = pd.DataFrame({"stage": stages, "milestone": dated["milestone"]})[stated]
    order = source.office.stage_order
    behind = [
        pair
        for pair in pairs.drop_duplicates().itertuples(index=False, name=None)
        if is_behind(pair[0], pair[1], order)
    ]
    zh, en = labels("stages"), labels("stages", "en")
    names = cols.texts(source, "name", "company", "investor")
    column = columns[0].index
    contradicted = pairs[pd.MultiIndex.from_frame(pairs).isin(behind)] if behind else pairs.iloc[:0]
    contradicted = contradicted.assign(name=names.reindex(contradicted.index), on=dated["on"])
    for row, stage, milestone, name, on in contradicted.itertuples(name=None):
        source.doubt(
            "stage_contradiction", row, column, source.cell(row, column), name=name,
            stage=zh[stage], stage_en=en[stage], by=zh[milestone], by_en=en[milestone], date=f"{on:%Y-%m-%d}",
        )  # fmt: skip
