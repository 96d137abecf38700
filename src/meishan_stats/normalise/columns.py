"""Columns of a recognised table by field: as text, as amounts in 万元, as dates, as areas."""

import re

import pandas as pd

from meishan_stats.extract.headers import read_header
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.normalise.source import Source
from meishan_stats.units import Unit, parse_unit_alternatives
from meishan_stats.values.amounts import parse_amounts
from meishan_stats.values.dates import parse_dates
from meishan_stats.values.text import clean_text, is_blank, is_ditto, match_key

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
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


def _text_cells(cells: pd.Series) -> pd.Series:
    distinct = {
        value: _one_text(value) for value in cells.map(lambda v: v if isinstance(v, str) else str(v)).unique()
    }
    kept = cells.map(lambda v: v if isinstance(v, str) else _plain(v)).map(
        lambda v: distinct.get(v, _one_text(v))
    )
    ditto = cells.map(is_ditto)
    return kept.mask(ditto).ffill().where(kept.notna() | ditto) if ditto.any() else kept


def _plain(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _one_text(value: str) -> str | None:
    return None if is_blank(value) else clean_text(value) or None


def unit_of(source: Source, column: Column) -> Unit | None:
    """Unit of an amount column: its header's, else the table's note; the currency is CNY in Chinese sheets.

    A list in another language that names no currency keeps none.
    """
    unit = column.unit if column.unit and column.unit.dimension == "money" else source.table.unit
    if unit is None:
        return None
    if unit.currency is None and source.table.unit is not None and source.table.unit.currency:
        return Unit(unit.dimension, unit.factor, source.table.unit.currency)
    return Unit(unit.dimension, unit.factor, unit.currency or default_currency(source.table))


def default_currency(table: RawTable) -> str | None:
    """CNY where the headers are Chinese: an office that means another currency names it."""
    headers = "".join(column.header for column in table.columns)
    return "CNY" if _CHINESE.search(headers) else None


def stated_currencies(source: Source) -> pd.Series | None:
    """Currency of every row by its own column (币种, or 内外资: foreign capital is in USD); None without one."""
    said = texts(source, "currency")
    if said.notna().any():
        return said.map(lambda text: _currency(text) if isinstance(text, str) else None)
    return None


def _currency(text: str) -> str | None:
    units = parse_unit_alternatives(text)
    return units[0].currency if units else None


def amounts(source: Source, field: str) -> pd.DataFrame:
    """Amounts of a field, in 万 of their currency; several columns of the field fill each other's gaps.

    Returns
    -------
    frame with ``amount`` (万), ``currency``, ``column`` (number of the column the amount stands in)
    """
    table = source.table
    result = pd.DataFrame({"amount": float("nan"), "currency": None, "column": -1}, index=table.cells.index)
    result = result.astype({"currency": object})
    for column in table.fields().get(field, []):
        here = column_amounts(source, column)
        free = result["amount"].isna() & here["amount"].notna()
        for name in ("amount", "currency"):
            result[name] = result[name].where(~free, here[name])
        result["column"] = result["column"].where(~free, column.index)
    return result


def column_amounts(source: Source, column: Column) -> pd.DataFrame:
    """Amounts of one column, in 万 of their currency, with its doubts added to the source."""
    cells = source.table.cells[column.index]
    currencies = stated_currencies(source)
    unit = unit_of(source, column)
    alternatives = parse_unit_alternatives(column.unit_text or "") if column.unit_text else []
    if len(alternatives) > 1:
        here = _by_row(source, cells, alternatives, currencies)
    else:
        here = parse_amounts(cells, unit)
        if currencies is not None:
            own_unit = column.unit is not None and column.unit.currency is not None
            use = currencies.notna() & (not own_unit) & ~_names_currency(cells)
            here = here.assign(currency=here["currency"].where(~use, currencies))
    fallback = unit.currency if unit else default_currency(source.table)
    here = here.assign(
        currency=here["currency"].where(here["currency"].notna(), fallback).where(here["number"].notna())
    )
    _amount_doubts(source, column, here, unit)
    return here


def _names_currency(cells: pd.Series) -> pd.Series:
    return cells.map(lambda v: isinstance(v, str) and bool(_currency_in(v)))


def _currency_in(text: str) -> str | None:
    parsed = parse_amounts(pd.Series([text], dtype=object))
    currency = parsed["currency"].iloc[0]
    return currency if isinstance(currency, str) else None


def _by_row(
    source: Source, cells: pd.Series, alternatives: list[Unit], currencies: pd.Series | None
) -> pd.DataFrame:
    """A column （亿美元/亿元）: each row has the unit of its currency, or of its capital's origin."""
    if currencies is None:
        levels = texts(source, "origin_level").fillna("")
        foreign = levels.map(lambda text: bool(re.search("外资|境外|外商|港澳台", text)))
        other = next((u.currency for u in alternatives if u.currency != "CNY"), None)
        currencies = foreign.map({True: other, False: "CNY"}).where(levels != "")
    parts = [parse_amounts(cells[currencies == unit.currency], unit) for unit in alternatives]
    rest = cells[~currencies.isin([unit.currency for unit in alternatives])]
    return pd.concat([*parts, parse_amounts(rest, None)]).reindex(cells.index)


def _amount_doubts(source: Source, column: Column, here: pd.DataFrame, unit: Unit | None) -> None:
    """One row a doubtful cell; a whole column without a unit is one doubt, not one a row."""
    codes = here["code"]
    unknown = codes == "unknown_unit"
    if unknown.sum() > 1:
        first = int(unknown[unknown].index[0])
        source.doubt("unknown_unit", first, column.index, source.table.cells[column.index].loc[first],
                     field=label_of(column))  # fmt: skip
        codes = codes.mask(unknown)
    source.doubts(codes, column, field=label_of(column), amount=here["amount"], low=here["low"], high=here["high"],
                  unit=unit.currency if unit else None)  # fmt: skip
    nameless = here["amount"].notna() & here["currency"].isna()
    if nameless.any():
        first = int(nameless[nameless].index[0])
        source.doubt("ambiguous_unit", first, column.index, source.table.cells[column.index].loc[first],
                     field=label_of(column), unit="未写币种 (no currency)")  # fmt: skip


def dates(source: Source, *fields: str) -> pd.DataFrame:
    """Dates of the first of the fields that a row fills: ``on``, ``precision``, ``end_on``."""
    index = source.table.cells.index
    result = pd.DataFrame({"on": pd.NaT, "precision": None, "end_on": pd.NaT}, index=index)
    result = result.astype({"on": "datetime64[ns]", "precision": object, "end_on": "datetime64[ns]"})
    by_field = source.table.fields()
    for field in fields:
        for column in by_field.get(field, []):
            here = parse_dates(source.table.cells[column.index], year=source.table.year)
            codes = here["code"].where(~here["code"].isin(_QUIET))
            details = {"first": here["on"].dt.strftime("%Y-%m")}
            if "second" in here:
                details["second"] = pd.to_datetime(here["second"]).dt.strftime("%Y-%m")
            source.doubts(codes, column, field=label_of(column), **details)
            free = result["on"].isna() & here["on"].notna()
            for name in result.columns:
                result[name] = result[name].where(~free, here[name])
    return result


def areas(source: Source, field: str) -> pd.Series:
    """Land in 亩, plant area in 平方米; a bare number takes the header's unit, else the customary one."""
    customary = {"land": Unit("land", 1.0, None), "plant_area": Unit("area", 1.0, None)}[field]
    result = pd.Series(float("nan"), index=source.table.cells.index)
    for column in source.table.fields().get(field, []):
        own = column.unit if column.unit and column.unit.dimension in ("land", "area") else None
        unit = own or customary
        if unit.dimension != customary.dimension:
            factor = unit.factor * (0.0015 if customary.dimension == "land" else 1 / 0.0015)
            unit = Unit(customary.dimension, factor, None)
        here = parse_amounts(source.table.cells[column.index], unit, dimension=customary.dimension)
        source.doubts(
            here["code"],
            column,
            field=label_of(column),
            amount=here["amount"],
            low=here["low"],
            high=here["high"],
        )
        result = result.where(result.notna(), here["amount"])
    return result


def counts(source: Source, *fields: str) -> pd.Series:
    """Numbers of persons or things of the first of the fields that a row fills."""
    result = pd.Series(float("nan"), index=source.table.cells.index)
    by_field = source.table.fields()
    for field in fields:
        for column in by_field.get(field, []):
            here = parse_amounts(
                source.table.cells[column.index], Unit("count", 1.0, None), dimension="count"
            )
            source.doubts(
                here["code"],
                column,
                field=label_of(column),
                amount=here["amount"],
                low=here["low"],
                high=here["high"],
            )
            result = result.where(result.notna(), here["amount"])
    return result


def section_texts(source: Source) -> pd.Series:
    """Headings above each row, outermost first, as a tuple."""
    return pd.Series(list(source.table.sections), index=source.table.cells.index, dtype=object)


def header_says(column: Column, word: str) -> bool:
    """True if a modifier of the header is `word`."""
    return word in read_header(column.header.rpartition("/")[2]).modifiers


def title_key(source: Source) -> str:
    """Titles and sheet name of a table as one normalised text."""
    return match_key("".join([*source.table.titles, source.table.sheet]))
