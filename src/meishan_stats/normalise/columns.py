"""Columns of a recognised table by field: as text, dates, areas, numbers."""

import pandas as pd

from meishan_stats.extract.fields import AMOUNTS_OVER_TIME
from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise.source import Source
from meishan_stats.units import Unit
from meishan_stats.values.amounts import parse_amounts
from meishan_stats.values.dates import parse_dates
from meishan_stats.values.text import clean_text, is_blank, is_ditto, match_key

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_QUIET = frozenset({"imprecise_date"})


def label_of(column: Column) -> str:
    """What a problem row calls a column: its header as the sheet has it."""
    return column.header.replace("\n", "")


def texts(source: Source, *fields: str) -> pd.Series:
    """Text of the first of the fields that a row fills; 同上 takes the value above; missing is None."""
    result = pd.Series(None, index=source.table.cells.index, dtype=object)
    by_field = source.table.fields()
    for field in fields:
        for column in by_field.get(field, []):
            result = result.where(result.notna(), _text_cells(source.table.cells[column.index]))
    return result


def filled(cells: pd.Series) -> pd.Series:
    """Cells with 同上 replaced by the value above it.

    >>> filled(pd.Series(["甲", "同上", ""])).tolist()
    ['甲', '甲', '']
    """
    ditto = cells.map(
        {value: is_ditto(value) for value in cells[cells.map(lambda v: isinstance(v, str))].unique()}
    ).eq(True)
    if not ditto.any():
        return cells
    above = cells.mask(ditto | cells.map(is_blank)).ffill()
    return cells.where(~ditto, above)


def _text_cells(cells: pd.Series) -> pd.Series:
    plain = filled(cells).map(lambda value: value if isinstance(value, str) else _plain(value))
    return plain.map({value: _one_text(value) for value in plain.unique()}).astype(object)


def _plain(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _one_text(value: str) -> str | None:
    return None if is_blank(value) else clean_text(value) or None


def dates(source: Source, *fields: str) -> pd.DataFrame:
    """Dates of the first of the fields that a row fills: ``on``, ``precision``, ``end_on``."""
    index = source.table.cells.index
    result = pd.DataFrame({"on": pd.NaT, "precision": None, "end_on": pd.NaT}, index=index)
    result = result.astype({"on": "datetime64[ns]", "precision": object, "end_on": "datetime64[ns]"})
    by_field = source.table.fields()
    for field in fields:
        for column in by_field.get(field, []):
            here = parse_dates(filled(source.table.cells[column.index]), year=source.table.year)
            codes = here["code"].where(~here["code"].isin(_QUIET))
            details = {"first": here["on"].dt.strftime("%Y-%m")}
            if "second" in here:
                details["second"] = pd.to_datetime(here["second"]).dt.strftime("%Y-%m")
            source.doubts(codes, column, field=label_of(column), **details)
            free = result["on"].isna() & here["on"].notna()
            for name in result.columns:
                result[name] = result[name].where(~free, here[name])
    return result.assign(precision=result["precision"].replace("ten_days", "month"))


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
    return pd.Series(list(source.table.sections), index=source.table.cells.index, dtype=object)


def title_key(source: Source) -> str:
    """Titles and sheet name of a table as one normalised text."""
    return match_key("".join([*source.table.titles, source.table.sheet]))


def row_periods(source: Source) -> pd.Series:
    """First day of the month each row reports: by columns 年份 and 月份 in a table of capital, else the table's."""
    table = source.table
    periods = pd.Series(table.period, index=table.cells.index, dtype="datetime64[ns]")
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


def year_month(source: Source) -> pd.DataFrame:
    """Dates from the columns 年份 and 月份 (Year, Month): ``on``, ``precision``; the table's year where none is stated."""
    years, months = texts(source, "year"), texts(source, "month")
    year = pd.to_numeric(years.astype("str").str.extract(r"((?:19|20)\d\d)")[0], errors="coerce")
    if years.isna().all() and source.table.year:
        year = year.fillna(source.table.year)
    number = pd.to_numeric(months.astype("str").str.extract(r"(?<!\d)(\d{1,2})(?!\d)")[0], errors="coerce")
    named = months.astype("str").str[:3].str.lower().map({name: i for i, name in enumerate(_MONTHS, start=1)})
    month = number.where(number.between(1, 12)).fillna(named)
    on = pd.to_datetime(pd.DataFrame({"year": year, "month": month.fillna(1), "day": 1}), errors="coerce")
    precision = month.notna().map({True: "month", False: "year"}).where(on.notna())
    return pd.DataFrame({"on": on, "precision": precision})
