"""Amount columns of a recognised table in 万 of their currency: which unit each row has, and what is doubtful."""

import re

import numpy as np
import pandas as pd

from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.normalise.columns import filled_cells, label_of, texts
from meishan_stats.normalise.source import Source
from meishan_stats.units import Unit, parse_unit, parse_unit_alternatives
from meishan_stats.values.amounts import parse_amounts
from meishan_stats.values.distinct import distinct, may_hold_text, one_dimensional

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
    columns = source.table.fields().get(field, [])
    parts = [(column.index, column_amounts(source, column)) for column in columns]
    index = source.table.cells.index
    amount = pd.Series(float("nan"), index=index)
    currency, place = pd.Series(None, index=index, dtype=object), pd.Series(-1, index=index)
    for number, here in parts:
        free = amount.isna() & here["amount"].notna()
        amount = amount.where(~free, here["amount"])
        currency, place = currency.where(~free, here["currency"]), place.mask(free, number)
    return pd.DataFrame({"amount": amount, "currency": currency, "column": place})


def column_amounts(source: Source, column: Column) -> pd.DataFrame:
    """Amounts of one column, in 万 of their currency, with its doubts added to the source.

    A cell's own unit and currency come first, then the row's (columns 单位, 币种, 内外资), then the
    header's, then the note's above the table. A Chinese sheet that names no currency means yuan.

    Returns
    -------
    frame as ``parse_amounts`` gives it
    """
    cells = _main_amounts(filled_cells(source, column))
    of_unit, units = row_units(source, column)
    if len(units) == 1:
        here = parse_amounts(cells, units[0])
    else:
        parts = [parse_amounts(cells[of_unit == i], unit) for i, unit in enumerate(units)]
        here = pd.concat([part for part in parts if len(part)] or parts[:1]).reindex(cells.index)
    usual = [unit.currency if unit else default_currency(source.table) for unit in units]
    fallback = pd.Series(one_dimensional(usual)[of_unit], index=cells.index, dtype=object)
    currency = here["currency"].where(here["currency"].notna(), fallback)
    here = here.assign(currency=currency.where(here["number"].notna()))
    _doubts(source, column, here, of_unit, units)
    return here


def _main_amounts(cells: pd.Series) -> pd.Series:
    """Cells with what each of them is about (``_main_amount``)."""
    if not may_hold_text(cells):
        return cells
    return pd.Series(distinct(cells).map(_main_amount), index=cells.index, dtype=object)


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


def row_units(source: Source, column: Column) -> tuple[np.ndarray, list[Unit | None]]:
    """Unit of every row of an amount column: its place in a list of the units there are, None where none is known."""
    table = source.table
    unit = _column_unit(table, column)
    alternatives = parse_unit_alternatives(column.unit_text) if column.unit_text else []
    currencies, is_told = _row_currencies(source)
    if len(alternatives) > 1:
        by_currency = {one.currency: one for one in alternatives}
        currencies = currencies.where(is_told, _by_origin(source, alternatives))
        return _numbered(distinct(currencies).map(by_currency.get, by_currency.get(None)))  # type: ignore[arg-type]
    own: list[np.ndarray] = []
    words = texts(source, "unit_of_measure")
    if not column.unit and words.notna().any():
        own.append(distinct(words).map(_stated_unit))
    if unit and not (column.unit and column.unit.currency) and currencies.notna().any():
        own.append(distinct(currencies).map(lambda code: Unit("money", unit.factor, str(code))))
    if not own:
        return np.zeros(len(table.cells), dtype=int), [unit]
    rows = one_dimensional([unit])[np.zeros(len(table.cells), dtype=int)]
    for stated in own:
        rows = np.where(pd.isna(stated), rows, stated)
    return _numbered(rows)


def _numbered(units: np.ndarray) -> tuple[np.ndarray, list[Unit | None]]:
    """Which of the different units each row has; no unit comes last."""
    codes, found = pd.factorize(units)
    known: list[Unit | None] = list(found)
    if not len(units) or (codes < 0).any():
        known.append(None)
    return np.where(codes < 0, len(known) - 1, codes), known


def _stated_unit(text: object) -> Unit | None:
    return _money(parse_unit(str(text)))


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


def _row_currencies(source: Source) -> tuple[pd.Series, pd.Series]:
    """Currency of every row by the column 币种, and whether its table has such a column with anything in it."""
    said = texts(source, "currency")
    found = pd.Series(distinct(said).map(_currency), index=said.index, dtype=object)
    return found, source.in_any_row(said.notna())


def _currency(text: object) -> str | None:
    units = parse_unit_alternatives(str(text))
    return units[0].currency if units else None


def _by_origin(source: Source, alternatives: list[Unit]) -> pd.Series:
    """Currency of a row of a column （亿美元/亿元）: foreign capital is in the foreign one."""
    levels = texts(source, "origin_level")
    other = next((unit.currency for unit in alternatives if unit.currency != "CNY"), None)
    return levels.map(
        lambda text: None if not isinstance(text, str) else other if _FOREIGN.search(text) else "CNY"
    )


def _doubts(
    source: Source, column: Column, here: pd.DataFrame, of_unit: np.ndarray, units: list[Unit | None]
) -> None:
    """One row a doubtful cell; a whole column without a unit, or a currency, is one doubt a table."""
    codes = here["code"]
    unknown = codes == "unknown_unit"
    if unknown.any():
        _first(source, column, unknown, "unknown_unit")
        codes = codes.mask(unknown)
    doubtful = codes.notna().to_numpy()
    if doubtful.any():
        told = here[doubtful]
        words = [f"万 {unit.currency or ''}".strip() if unit else "?" for unit in units]
        of_cell = pd.Series([words[i] for i in of_unit[doubtful]], index=told.index)
        source.doubts(codes[doubtful], column, field=label_of(column), amount=_in_words(told), low=told["low"],
                      high=told["high"], unit=of_cell)  # fmt: skip
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
    rows = yuan.index[yuan["is_missing_rate"]]
    for row, place in zip(rows, source.place(rows), strict=True):
        time = on.loc[row]
        if pd.isna(time) and any(said["code"] == "missing_rate" for said in source.tables[place].problems):
            continue
        column = int(stated["column"].loc[row])
        source.doubt("missing_rate", int(row), column, source.cell(row, column), currency=stated["currency"].loc[row],
                     year="?" if pd.isna(time) else time.year)  # fmt: skip


def _in_words(here: pd.DataFrame) -> pd.Series:
    return here["amount"].map(lambda amount: f"{amount:g} 万")


def _first(source: Source, column: Column, where: pd.Series, code: str, **details: object) -> None:
    """Add one doubt to each table in which something holds, at the first such row."""
    rows = where.index[where]
    _, first = np.unique(source.place(rows), return_index=True)
    for row in rows[first]:
        source.doubt(
            code, int(row), column.index, source.cell(row, column.index), field=label_of(column), **details
        )
