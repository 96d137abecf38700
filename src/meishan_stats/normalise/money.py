"""Amount columns of a recognised table in 万 of their currency: which unit each row has, and what is doubtful."""

import re

import pandas as pd

from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.normalise.columns import filled, label_of, texts
from meishan_stats.normalise.source import Source
from meishan_stats.units import Unit, parse_unit, parse_unit_alternatives
from meishan_stats.values.amounts import parse_amounts

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PART = re.compile(r"[，,；;。（(]?\s*其中.*$", re.DOTALL)
_LEADING_WORDS = re.compile(r"^[\u4e00-\u9fff]{2,8}?[:：]?(?=[约\d])")
_DECIMAL_COMMA = re.compile(r"^-?\d+,\d{1,2}$")
"""32,5 can only be 32.5: thousands come in threes."""
_FOREIGN = re.compile("外资|境外|外商|港澳台")


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
    """Amounts of one column, in 万 of their currency, with its doubts added to the source.

    A cell's own unit and currency come first, then the row's (columns 单位, 币种, 内外资), then the
    header's, then the note's above the table. A Chinese sheet that names no currency means yuan.

    Returns
    -------
    frame as ``parse_amounts`` gives it
    """
    cells = filled(source.table.cells[column.index]).map(_main_amount)
    units = row_units(source, column)
    parts = [
        parse_amounts(cells[units == unit] if unit else cells[units.isna()], unit)
        for unit in [*units.dropna().unique(), None]
    ]
    here = pd.concat([part for part in parts if len(part)] or parts[:1]).reindex(cells.index)
    fallback = units.map(
        lambda unit: unit.currency if isinstance(unit, Unit) else default_currency(source.table)
    )
    currency = here["currency"].where(here["currency"].notna(), fallback)
    here = here.assign(currency=currency.where(here["number"].notna()))
    _doubts(source, column, here, units)
    return here


def _main_amount(value: object) -> object:
    """The amount that a wordy cell is about: 总投资20亿元，其中一期8亿元 is 20亿元.

    >>> _main_amount("总投资20亿元，其中一期8亿元"), _main_amount("约3000"), _main_amount(5)
    ('20亿元', '约3000', 5)
    """
    if isinstance(value, str) and _DECIMAL_COMMA.match(value.strip()):
        return value.strip().replace(",", ".")
    if not isinstance(value, str) or not _CHINESE.search(value):
        return value
    text = _PART.sub("", value)
    found = _LEADING_WORDS.match(text)
    return text[found.end() :] if found and read_header(found[0].rstrip(":： ")).stems else text


def row_units(source: Source, column: Column) -> pd.Series:
    """Unit of every row of an amount column; None where nothing states one."""
    table = source.table
    unit = _column_unit(table, column)
    units = pd.Series([unit] * len(table.cells), index=table.cells.index, dtype=object)
    alternatives = parse_unit_alternatives(column.unit_text) if column.unit_text else []
    currencies = _row_currencies(source)
    if len(alternatives) > 1:
        by_currency = {one.currency: one for one in alternatives}
        return (currencies if currencies is not None else _by_origin(source, alternatives)).map(
            by_currency.get
        )
    own_unit = texts(source, "unit_of_measure").map(
        lambda text: _money(parse_unit(text)) if isinstance(text, str) else None
    )
    if own_unit.notna().any() and not column.unit:
        units = own_unit.where(own_unit.notna(), units)
    if currencies is not None and unit and not (column.unit and column.unit.currency):
        named = currencies.map(
            lambda code: Unit("money", unit.factor, code) if isinstance(code, str) else None
        )
        units = named.where(named.notna(), units)
    return units


def _money(unit: Unit | None) -> Unit | None:
    return unit if unit and unit.dimension == "money" else None


def _column_unit(table: RawTable, column: Column) -> Unit | None:
    """Unit of the header, else of the table; a header's 万 without a currency takes the table's currency."""
    unit = _money(column.unit) or table.unit
    if unit is None or unit.currency:
        return unit
    noted = table.unit.currency if table.unit else None
    return Unit(unit.dimension, unit.factor, noted or default_currency(table))


def default_currency(table: RawTable) -> str | None:
    """CNY where the headers are Chinese: an office that means another currency names it."""
    return "CNY" if _CHINESE.search("".join(column.header for column in table.columns)) else None


def _row_currencies(source: Source) -> pd.Series | None:
    """Currency of every row by the column 币种; None without one."""
    said = texts(source, "currency")
    if said.isna().all():
        return None
    return said.map(lambda text: _currency(text) if isinstance(text, str) else None)


def _currency(text: str) -> str | None:
    units = parse_unit_alternatives(text)
    return units[0].currency if units else None


def _by_origin(source: Source, alternatives: list[Unit]) -> pd.Series:
    """Currency of a row of a column （亿美元/亿元）: foreign capital is in the foreign one."""
    levels = texts(source, "origin_level")
    other = next((unit.currency for unit in alternatives if unit.currency != "CNY"), None)
    return levels.map(
        lambda text: None if not isinstance(text, str) else other if _FOREIGN.search(text) else "CNY"
    )


def _doubts(source: Source, column: Column, here: pd.DataFrame, units: pd.Series) -> None:
    """One row a doubtful cell; a whole column without a unit, or a currency, is one doubt."""
    codes = here["code"]
    unknown = codes == "unknown_unit"
    if unknown.any():
        _first(source, column, unknown, "unknown_unit")
        codes = codes.mask(unknown)
    unit_words = units.map(
        lambda unit: f"万 {unit.currency or ''}".strip() if isinstance(unit, Unit) else "?"
    )
    source.doubts(codes, column, field=label_of(column), amount=_in_words(here), low=here["low"], high=here["high"],
                  unit=unit_words)  # fmt: skip
    nameless = here["amount"].notna() & here["currency"].isna()
    if nameless.any():
        _first(source, column, nameless, "ambiguous_unit", unit="未写币种 (no currency)")


def report_missing_rates(source: Source, stated: pd.DataFrame, yuan: pd.DataFrame, on: pd.Series) -> None:
    """Add a doubt for every amount without a rate; where no time is known, which holds for all, one a table.

    Parameters
    ----------
    stated : frame with ``currency`` and ``column``, the number of the column each amount stands in
    yuan : frame of ``in_yuan``
    on : time whose rate was asked for
    """
    for row in yuan.index[yuan["is_missing_rate"]]:
        time = on.loc[row]
        if pd.isna(time) and any(said["code"] == "missing_rate" for said in source.problems):
            continue
        column = int(stated["column"].loc[row])
        value = source.table.cells[column].loc[row]
        source.doubt("missing_rate", int(row), column, value, currency=stated["currency"].loc[row],
                     year="?" if pd.isna(time) else time.year)  # fmt: skip


def _in_words(here: pd.DataFrame) -> pd.Series:
    return here["amount"].map(lambda amount: f"{amount:g} 万")


def _first(source: Source, column: Column, where: pd.Series, code: str, **details: object) -> None:
    row = int(where[where].index[0])
    source.doubt(
        code, row, column.index, source.table.cells[column.index].loc[row], field=label_of(column), **details
    )
