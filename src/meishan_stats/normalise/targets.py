"""Tables of targets (目标任务): every target column of a row → one target."""

import re

import pandas as pd

from meishan_stats.extract.cells import is_remark, total_word
from meishan_stats.extract.raw_table import Column
from meishan_stats.extract.target_columns import partial_grain
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.target_amounts import target_amounts
from meishan_stats.normalise.target_words import (
    Words,
    header_words,
    is_place,
    is_sector,
    sectors_of,
    title_issuer,
    title_measure,
)
from meishan_stats.schemas import Targets, arrange
from meishan_stats.values.periods import find_year

_ASSIGNEES = ("assignee", "town", "recruiter", "recruiter_name", "station", "place", "park", "responsible")
_COUNT_WORD = re.compile(r"(?:项目)?(?:个|家|户|批|人|次|项)?数量?$")


def normalise_targets(source: Source) -> pd.DataFrame:
    """Targets of a table 目标任务: an amount in 万元, or a number where the unit counts things.

    Every target column of a row is a target of its own; what the table prints beside (results, shares, last
    year) is none, nor is a sum of others (合计). Targets of a part of the year (一季度) count only where none
    is given for the year, each with its part in the name of the indicator. A target in per cent has no
    column and is left out. Who set it is read from the column 下达单位, else from the header (市下达,
    自加压力), else from the title.

    Returns
    -------
    Targets, one row per data row and target column
    """
    rows = _rows(source)
    headed = [(column, header_words(column)) for column in source.table.fields().get("target", [])]
    across = _who_stands_across(rows, [words for _, words in headed])
    parts = [_targets_of(source, column, words, rows, across) for column, words in headed]
    if not parts:
        return arrange(rows.iloc[:0], Targets)
    targets = pd.concat(parts).sort_index(kind="stable")
    stated = targets["amount_cny_10k"].notna() | targets["n"].notna()
    return arrange(targets[stated & ~_is_sum(targets)], Targets)


def _rows(source: Source) -> pd.DataFrame:
    """What each row says of all its targets: year, issuer, who is to reach it, sector, indicator."""
    frame = source.frame()
    year = cols.texts(source, "year").map(lambda text: find_year(text) if isinstance(text, str) else None)
    frame["year"] = year.astype("Int64")
    frame["issuer"] = cols.texts(source, "issuer")
    frame["indicator"] = cols.texts(source, "indicator", "name", "item")
    frame["assignee"] = cols.texts(source, *_ASSIGNEES)
    heading = cols.section_texts(source).map(lambda texts: texts[-1] if texts else None).astype(object)
    sector = cols.texts(source, "sector")
    for other in (heading, frame["indicator"], frame["assignee"]):
        sector = sector.where(sector.notna(), other.where(other.map(is_sector)))
    frame["sector"] = sectors_of(sector)
    for name in ("indicator", "assignee"):
        frame[name] = frame[name].mask(frame[name].map(is_sector))
    frame["heading"] = heading.mask(heading.map(is_sector))
    return frame


def _who_stands_across(rows: pd.DataFrame, words: list[Words]) -> bool:
    """True where the rows are indicators and the columns those who are to reach them (指标 | 甲镇 | 乙镇)."""
    named = [word.measure for word in words if word.measure and not word.is_measure]
    return bool(
        rows["indicator"].notna().any() and rows["assignee"].isna().all() and len(named) == len(words) >= 2
    )


def _targets_of(
    source: Source, column: Column, words: Words, rows: pd.DataFrame, across: bool
) -> pd.DataFrame:
    """The targets of one column, with what its header says of all of them."""
    frame = rows.copy()
    frame["sector"] = frame["sector"].where(frame["sector"].notna(), words.sector)
    issuer = words.issuer or title_issuer(source.table.titles)
    frame["issuer"] = frame["issuer"].where(frame["issuer"].notna(), issuer)
    of_place = frame["heading"].map(is_place)
    frame["assignee"] = frame["assignee"].where(frame["assignee"].notna(), frame["heading"].where(of_place))
    heading = frame["heading"].mask(of_place)
    named = frame["indicator"].notna()
    if across:
        frame["assignee"] = words.measure
    elif words.measure:
        own = "" if _COUNT_WORD.match(words.measure) else f"（{words.measure}）"
        frame["indicator"] = (frame["indicator"] + own).where(named, words.measure)
    frame["indicator"] = frame["indicator"].where(frame["indicator"].notna(), heading)
    frame["indicator"] = frame["indicator"].fillna(title_measure(source.table.titles, source.table.sheet))
    frame["year"] = frame["year"].fillna(column.year or source.table.year or pd.NA)
    frame = frame.assign(**target_amounts(source, column, frame))
    if partial_grain(column) is not None and words.part:
        frame["indicator"] = frame["indicator"] + f"（{words.part}）"
    return frame


def _is_sum(targets: pd.DataFrame) -> pd.Series:
    """True for a sum, a mean or a note that was taken for a row of its own."""
    return targets[["assignee", "indicator"]].apply(lambda texts: texts.map(_adds_up)).any(axis=1)


def _adds_up(text: object) -> bool:
    if not isinstance(text, str):
        return False
    return total_word(text) == "total" or is_remark(text) or text.startswith(("平均", "人均"))
