"""Columns of a recognised table by field: as text, dates, areas, numbers."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from meishan_stats.extract.fields import AMOUNTS_OVER_TIME
from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise.source import Source
from meishan_stats.units import Unit
from meishan_stats.values.amounts import parse_amounts
from meishan_stats.values.dates import parse_dates
from meishan_stats.values.distinct import Distinct, distinct, may_hold_text, one_dimensional
from meishan_stats.values.text import clean_text, is_blank, is_ditto, match_key

_DITTO = re.compile("[同上dDｄＤ'＇\"＂“”„″〃]")
"""What every mark of repetition holds; most texts need no closer look."""
_PLAIN = re.compile(r"(?=.*[\u4e00-\u9fff])[0-9A-Za-z\u4e00-\u9fff（）]{8,}")
"""Chinese words too long for a placeholder (暂未公布), in which there is nothing to clean."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def label_of(column: Column) -> str:
    """What a problem row calls a column: its header as the sheet has it."""
    return column.header.replace("\n", "")


def texts(source: Source, *fields: str) -> pd.Series:
    """Text of the first of the fields that a row fills; 同上 takes the value above; missing is None."""
    return source.kept(("texts", *fields), lambda: _texts(source, fields))


def _texts(source: Source, fields: tuple[str, ...]) -> pd.Series:
    by_field = source.table.fields()
    columns = [column for field in fields for column in by_field.get(field, [])]
    index = source.table.cells.index
    if not columns:
        return pd.Series(None, index=index, dtype=object)
    found = (_text_cells(source, column) for column in columns)
    return _first_known([pd.Series(each.take(each.kinds), index=index, dtype=object) for each in found])


def text_column(source: Source, field: str) -> pd.Series:
    """Text of a field as a column of a table: what ``texts`` gives, of the type ``str``."""
    return source.kept(("text column", field), lambda: _text_column(source, field))


def _text_column(source: Source, field: str) -> pd.Series:
    index = source.table.cells.index
    columns = source.table.fields().get(field, [])
    if not columns:
        return no_text(source)
    found = (_text_cells(source, column) for column in columns)
    typed = [pd.array(each.kinds, dtype="str").take(each.codes, allow_fill=True) for each in found]
    return _first_known([pd.Series(each, index=index) for each in typed])


def no_text(source: Source) -> pd.Series:
    """Column of text that is missing in every row."""
    return source.kept("no text", lambda: pd.Series(None, index=source.table.cells.index, dtype="str"))


def _first_known(found: list[pd.Series]) -> pd.Series:
    result = found[0]
    for other in found[1:]:
        result = result.where(result.notna(), other)
    return result


def filled_cells(source: Source, column: Column) -> pd.Series:
    """Cells of a column with 同上 replaced by the value above it in its table."""
    return _filled_cells(source, column)[0]


def _filled_cells(source: Source, column: Column) -> tuple[pd.Series, Distinct | None]:
    """Cells with 同上 replaced, and what they hold where that is known from looking for 同上."""

    def fill() -> tuple[pd.Series, Distinct | None]:
        cells = source.table.cells[column.index]
        if not may_hold_text(cells):
            return cells, None
        found = distinct(cells)
        mended = filled(cells, source.at, found)
        return mended, found if mended is cells else None

    return source.kept(("filled", column.index), fill)


def filled(cells: pd.Series, tables: np.ndarray | None = None, found: Distinct | None = None) -> pd.Series:
    """Cells with 同上 replaced by the value above it.

    >>> filled(pd.Series(["甲", "同上", ""])).tolist()
    ['甲', '甲', '']
    """
    if found is None and not may_hold_text(cells):
        return cells
    found = distinct(cells) if found is None else found
    ditto = found.are(lambda value: isinstance(value, str) and bool(_DITTO.search(value)) and is_ditto(value))
    if not ditto.any():
        return cells
    above = cells.mask(ditto | found.are(is_blank))
    above = above.ffill() if tables is None else above.groupby(tables).ffill()
    return cells.where(~ditto, above)


def _text_cells(source: Source, column: Column) -> Distinct:
    """Texts of a column: which each row has, and the text, or None, of each distinct value."""
    return source.kept(("text", column.index), lambda: _text_of(*_filled_cells(source, column)))


def _text_of(cells: pd.Series, found: Distinct | None) -> Distinct:
    found = distinct(cells) if found is None else found
    return Distinct(found.codes, [_one_text(value) for value in found.kinds])


def _one_text(value: object) -> str | None:
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    text = value if isinstance(value, str) else _plain(value)
    return None if is_blank(text) else clean_text(text) or None


def _plain(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def dates(source: Source, *fields: str) -> pd.DataFrame:
    """Dates of the first of the fields that a row fills: ``on``, ``precision``, ``end_on``."""
    index = source.table.cells.index
    result = pd.DataFrame({"on": pd.NaT, "precision": None, "end_on": pd.NaT}, index=index)
    result = result.astype({"on": "datetime64[ns]", "precision": object, "end_on": "datetime64[ns]"})
    by_field = source.table.fields()
    for field in fields:
        for column in by_field.get(field, []):
            here = parse_dates(filled_cells(source, column), year=source.years, tables=source.at)
            report_dates(source, column, here)
            free = result["on"].isna() & here["on"].notna()
            for name in result.columns:
                result[name] = result[name].where(~free, here[name])
    return result.assign(precision=result["precision"].replace("ten_days", "month"))


def report_dates(source: Source, column: Column, read: pd.DataFrame) -> None:
    """Add the doubts of a column of dates; a date that is only imprecise is none."""
    doubtful = read[read["code"].notna() & (read["code"] != "imprecise_date")]
    if len(doubtful):
        first, second = (doubtful[name].dt.strftime("%Y-%m") for name in ("on", "second"))
        source.doubts(doubtful["code"], column, field=label_of(column), first=first, second=second)


def areas(source: Source, field: str) -> pd.Series:
    """Land in 亩, plant area in 平方米; a bare number takes the header's unit, else the customary one."""
    customary = {"land": Unit("land", 1.0, None), "plant_area": Unit("area", 1.0, None)}[field]
    result = pd.Series(float("nan"), index=source.table.cells.index)
    for column in source.table.fields().get(field, []):
        own = column.unit if column.unit and column.unit.dimension in ("land", "area") else customary
        result = result.where(
            result.notna(), _quantities(source, column, own.to(customary.dimension) or customary)
        )
    return result


def counts(source: Source, *fields: str) -> pd.Series:
    """Numbers of persons or things of the first of the fields that a row fills."""
    result = pd.Series(float("nan"), index=source.table.cells.index)
    by_field = source.table.fields()
    for column in (column for field in fields for column in by_field.get(field, [])):
        result = result.where(result.notna(), _quantities(source, column, Unit("count", 1.0, None)))
    return result


def _quantities(source: Source, column: Column, unit: Unit) -> pd.Series:
    """Numbers of a column in the customary unit of their dimension, with its doubts added to the source."""
    here = parse_amounts(source.table.cells[column.index], unit, dimension=unit.dimension)
    bounds = {name: here[name] for name in ("amount", "low", "high")}
    source.doubts(here["code"], column, field=label_of(column), **bounds)
    return here["amount"]


def section_texts(source: Source) -> pd.Series:
    """Headings above each row, outermost first, as a tuple."""
    return pd.Series(one_dimensional(source.table.sections), index=source.table.cells.index, dtype=object)


def innermost(source: Source, says: Callable[[str], object]) -> pd.Series:
    """The innermost heading above each row of which something holds; None where it holds of none."""
    if not any(source.table.sections):
        return pd.Series(None, index=source.table.cells.index, dtype=object)
    found = distinct(section_texts(source))
    known = {text: bool(says(text)) for section in found.kinds for text in section}  # type: ignore[attr-defined]
    return pd.Series(
        found.map(lambda section: next((text for text in reversed(section) if known[text]), None)),  # type: ignore[call-overload]
        index=source.table.cells.index, dtype=object,
    )  # fmt: skip


def title_key(source: Source) -> str:
    """Titles and sheet name of one table as one normalised text."""
    return match_key("".join([*source.table.titles, source.table.sheet]))


def row_periods(source: Source) -> pd.Series:
    """First day of the month each row reports: by columns 年份 and 月份 in a table of capital, else the table's."""
    table = source.table
    periods = source.periods
    fields = table.fields()
    if not any(field.partition(".")[0] in AMOUNTS_OVER_TIME and "." in field for field in fields):
        return periods
    if "arrived_on" in fields and table.precision in (None, "year"):
        arrived = dates(source, "arrived_on")["on"].dt.to_period("M").dt.to_timestamp()
        return arrived.where(arrived.notna(), periods)
    if "month" not in fields and "year" not in fields:
        return periods
    stated = year_month(source)
    return stated["on"].where(stated["on"].notna(), periods)


def month_starts(years: pd.Series, months: pd.Series) -> pd.Series:
    """First day of each month; missing where year or month is.

    >>> month_starts(pd.Series([2011, None]), pd.Series([9, 9])).dt.strftime("%Y-%m-%d").tolist()
    ['2011-09-01', nan]
    """
    known = (years.notna() & months.notna()).to_numpy()
    number = (years[known].astype(int) - 1970) * 12 + months[known].astype(int) - 1
    starts = np.full(len(years), "NaT", dtype="datetime64[M]")
    starts[known] = number.to_numpy().astype("datetime64[M]")
    return pd.Series(starts.astype("datetime64[ns]"), index=years.index)


def year_month(source: Source) -> pd.DataFrame:
    """Dates from the columns 年份 and 月份 (Year, Month): ``on``, ``precision``; the table's year where none is stated."""
    years, months = texts(source, "year"), texts(source, "month")
    year = pd.to_numeric(years.astype("str").str.extract(r"((?:19|20)\d\d)")[0], errors="coerce")
    unstated = ~source.in_any_row(years.notna())
    year = year.where(~unstated, year.fillna(source.years.astype("float64")))
    number = pd.to_numeric(months.astype("str").str.extract(r"(?<!\d)(\d{1,2})(?!\d)")[0], errors="coerce")
    named = months.astype("str").str[:3].str.lower().map({name: i for i, name in enumerate(_MONTHS, start=1)})
    month = number.where(number.between(1, 12)).fillna(named)
    on = pd.to_datetime(pd.DataFrame({"year": year, "month": month.fillna(1), "day": 1}), errors="coerce")
    precision = month.notna().map({True: "month", False: "year"}).where(on.notna())
    return pd.DataFrame({"on": on, "precision": precision})
