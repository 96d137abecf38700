"""Cells of dates in schedules and under milestones: the day a step ends, and what is no doubt there."""

import re

import pandas as pd

from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.source import Source
from meishan_stats.values.dates import parse_dates
from meishan_stats.values.distinct import distinct
from meishan_stats.values.periods import find_year

_FACT = re.compile(r"已|完成(?!时)|办结|办好|取得|done|completed|finished", re.IGNORECASE)
_NO_DATE = re.compile(
    r"^(?:已|完成|未|待|尚|正在|在办|进行|办理|推进|长期|持续|常年|全年|每[月季年周]|随时|视|按|根据|尽快|暂|不需|无需|不涉及|"
    r"done|completed?$|finished|ongoing|tbd|tbc|n/a|pending|not yet)|(?:完成|中|后)$",
    re.IGNORECASE,
)
_HAS_A_DATE = re.compile(r"\d|[一二三四五六七八九十]月|季度|年底|年初|年中|半年")
_UNIT_OF = {"month": "M", "quarter": "Q", "year": "Y"}
_HALF = 6
_ROUND = 6  # months a list may run back before a month without a year is of the next one


def read_step_dates(source: Source, column: Column, owner: pd.Series | None = None) -> pd.DataFrame:
    """Dates of one column, a span as its last day, month or quarter; a cell without a date says nothing.

    已完成 or 待定 under a header of dates is no date and no error. Where the rows of one project stand in
    order (`owner`), a month without a year is of the year stated above it, and of the next one where it
    would run back by more than half a year: after 12月 comes next year's 1月.

    Parameters
    ----------
    source : Source
    column : Column
    owner : Series, optional
        Project of each row.

    Returns
    -------
    DataFrame with the rows of the table
        ``on``, ``first_on``, ``end_on``, ``precision`` (day, month, quarter, half or year), ``is_fact``
        (the cell says that it is done).
    """
    cells = cols.filled_cells(source, column)
    found = distinct(cells)
    texts = [value if isinstance(value, str) else "" for value in found.kinds]
    silent = found.take([bool(text) and _says_no_date(text) for text in texts], False).astype(bool)
    own_year = pd.Series(found.take([find_year(text) if text else None for text in texts]), cells.index)
    usual = _usual_years(source, own_year.astype("Int64"))
    read = parse_dates(cells.mask(silent, "") if silent.any() else cells, year=usual, tables=source.at)
    cols.report_dates(source, column, read)
    on, end_on = read["on"], read["end_on"]
    if owner is not None:
        stated = own_year.notna() | found.take([not text for text in texts], True).astype(bool)
        shift = _years_on(read, stated, owner)
        for years in (years for years in shift.unique() if years):
            later = pd.DateOffset(years=int(years))
            on, end_on = (day.mask(shift == years, day + later) for day in (on, end_on))
    precision = read["precision"].replace("ten_days", "month")
    is_fact = found.take([bool(text) and bool(_FACT.search(text)) for text in texts], False)
    return pd.DataFrame(
        {
            "on": _last_unit(end_on, precision),
            "first_on": _last_unit(on, precision),
            "end_on": end_on,
            "precision": precision.where(read["on"].notna(), None),
            "is_fact": pd.Series(is_fact, cells.index).astype(bool),
        }
    )


def _usual_years(source: Source, stated: pd.Series) -> pd.Series:
    """Year of the dates of each row's table that name none: the table's, else the first that its cells name."""
    if not (stated.notna().any() and source.years.isna().any()):
        return source.years
    return source.years.fillna(stated.groupby(source.at).transform("min"))


def _says_no_date(text: str) -> bool:
    """True for words of progress without a date: 已完成, 待定, 长期."""
    return bool(_NO_DATE.search(text.strip())) and not _HAS_A_DATE.search(text)


def _last_unit(end_on: pd.Series, precision: pd.Series) -> pd.Series:
    """First day of the month, quarter or year that a span ends in; the day itself where it is known."""
    result = end_on
    known = set(precision.dropna().unique())
    for name in known & _UNIT_OF.keys():
        start = end_on.dt.to_period(_UNIT_OF[name]).dt.to_timestamp()
        result = result.where(precision != name, start)
    if "half" not in known:
        return result
    half = end_on.dt.to_period("M").dt.to_timestamp() - pd.DateOffset(months=_HALF - 1)
    return result.where(precision != "half", half.where(half.dt.month.isin([1, 7]), end_on))


def _years_on(read: pd.DataFrame, stated: pd.Series, owner: pd.Series) -> pd.Series:
    """Years to add to each date that states none, by the dates above it in its project."""
    shift = pd.Series(0, index=read.index)
    for _, rows in read.groupby(owner, sort=False):
        last: pd.Timestamp | None = None
        years = 0
        for row in rows.index[rows["end_on"].notna()]:
            on = rows["end_on"].loc[row]
            if stated[row]:
                years = 0 if last is None else years
                last = on
                continue
            if last is not None:
                years = last.year - on.year
                back = last.month - on.month
                years += int(back > _ROUND)
            shift[row] = years
            last = on + pd.DateOffset(years=int(years))
    return shift
