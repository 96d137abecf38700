"""Amount cells: money in 万 of its currency, land in 亩, area in m², persons; with the doubt of each."""

import contextlib
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype

from meishan_stats.units import TEN_THOUSAND, Unit
from meishan_stats.values.distinct import distinct
from meishan_stats.values.numerals import as_number
from meishan_stats.values.quantities import Quantity, Reading, read_quantities
from meishan_stats.values.text import clean_text, is_blank

COLUMNS = ("amount", "currency", "low", "high", "code", "number")
_LABEL = re.compile(r"(?:^|(?<=[、，,；;\s]))[^\d:：、，,；;\s]{1,12}[:：]")  # 内资：3600万元
_ALL_NUMBERS = ("floating", "integer", "mixed-integer-float")
_LITERAL = 1 / TEN_THOUSAND  # factor of a currency without a scale


class Amount(NamedTuple):
    """What one cell comes to; see `parse_amounts`."""

    amount: float = np.nan
    currency: str | None = None
    low: float = np.nan
    high: float = np.nan
    code: str | None = None
    number: float = np.nan


_BLANK = Amount()
_UNPARSEABLE = Amount(code="unparseable_amount")


def parse_amounts(values: pd.Series, unit: Unit | None = None, *, dimension: str = "money") -> pd.DataFrame:
    """Give the amount of every cell in one unit, with the bounds of ranges and the code of any doubt.

    A scale or currency in the cell wins over the header's: 3600万元 under 亿元 is 3600 万元. A number that
    names its currency in front ($5) follows the scale of the header, as a number format writes it; one
    that names it behind (500美元) is taken by its letters, with ``ambiguous_unit`` where that makes less than
    one 万 under a header with a scale. A range has bounds and no amount: a mean would be nobody's figure.

    Parameters
    ----------
    values : Series
        Cells as read: numbers, text, anything.
    unit : Unit, optional
        Unit that header or note states for the column.
    dimension : {"money", "land", "area", "count", "percent", "power"}
        What the column measures; a cell of another dimension is ``unparseable_amount``.

    Returns
    -------
    DataFrame with the index of `values`
        ``amount`` in 万 of ``currency`` (ISO 4217), 亩, m² or pieces; ``low``, ``high``; ``code`` of a
        problem; ``number`` as typed, also where the unit is unknown. Missing is missing, never 0.

    Examples
    --------
    >>> cells = pd.Series([3600, "0.36亿元", "500万美元", "约3000", "3000-5000", "洽谈中"])
    >>> parse_amounts(cells, Unit("money", 1.0, "CNY"))[["amount", "currency", "low", "code"]]
       amount currency     low                code
    0  3600.0      CNY     NaN                None
    1  3600.0      CNY     NaN                None
    2   500.0      USD     NaN                None
    3  3000.0      CNY     NaN  approximate_amount
    4     NaN      CNY  3000.0        range_amount
    5     NaN     None     NaN  unparseable_amount
    """
    if pd.api.types.is_integer_dtype(values) or pd.api.types.is_float_dtype(values):
        numbers = pd.to_numeric(values, errors="coerce").astype("float64").to_numpy(na_value=np.nan)
        return _table(_of_numbers(numbers, unit, dimension), values.index)
    cells = values.astype(object).to_numpy()
    if infer_dtype(cells, skipna=False) in _ALL_NUMBERS:
        with contextlib.suppress(OverflowError):
            return _table(_of_numbers(cells.astype(float), unit, dimension), values.index)
    found = distinct(values)
    typed = [as_number(value) for value in found.kinds]
    numbers = np.array([*typed, None], dtype=float)
    columns = _of_numbers(numbers, unit, dimension)
    where = [i for i, number in enumerate(typed) if number is None]
    read = [_read(_key(found.kinds[i]), unit, dimension) for i in where]
    for name, column in columns.items():
        column[[*where, -1]] = np.array([getattr(one, name) for one in [*read, _BLANK]], dtype=column.dtype)
    return _table({name: column[found.codes] for name, column in columns.items()}, values.index)


def parse_amount_list(
    text: str, unit: Unit | None = None, *, dimension: str = "money"
) -> list[tuple[float, str | None]]:
    """Amounts of a cell that names several, such as a subtotal per currency; [] unless all can be read.

    What follows 其中 is part of what stands before it and not given again.

    Examples
    --------
    >>> parse_amount_list("3600万元、500万美元")
    [(3600.0, 'CNY'), (500.0, 'USD')]
    """
    whole = clean_text(text).split("其中")[0].strip(" ，,；;（(")
    reading = read_quantities(_LABEL.sub("", whole))
    if reading is None or reading.is_range:
        return []
    amounts = [_converted(quantity, unit, dimension) for quantity in reading.quantities]
    return [] if any(np.isnan(a.amount) for a in amounts) else [(a.amount, a.currency) for a in amounts]


def _key(cell: object) -> str:
    """Text of a cell; no text that could be read for a cell that is neither text nor missing."""
    if isinstance(cell, str):
        return cell
    return "" if is_blank(cell) else "\N{REPLACEMENT CHARACTER}"


def _table(columns: dict[str, np.ndarray], index: pd.Index) -> pd.DataFrame:
    # Text columns stay of type object: a table of text would make None a NaN.
    return pd.DataFrame({name: pd.Series(c, index, c.dtype) for name, c in columns.items()}, index=index)


def _of_numbers(numbers: np.ndarray, unit: Unit | None, dimension: str) -> dict[str, np.ndarray]:
    """Columns of plain numbers, all at once."""
    header = _header(unit, dimension)
    is_known = np.isfinite(numbers) & ~_is_phone(numbers)
    code = np.full(len(numbers), None, dtype=object)
    code[numbers < 0] = "negative_amount"
    code[~is_known & ~np.isnan(numbers)] = "unparseable_amount"
    number = np.where(is_known, numbers, np.nan)
    currency = np.full(len(numbers), None, dtype=object)
    if header is None:
        amount = np.full(len(numbers), np.nan)
        code[is_known] = "unknown_unit"
    else:
        amount = number / round(1 / header.factor) if header.factor < 0.5 else number * header.factor
        currency[is_known] = header.currency
    missing = np.full(len(numbers), np.nan)
    columns = (amount, currency, missing, missing.copy(), code, number)
    return dict(zip(COLUMNS, columns, strict=True))


def _is_phone(numbers: np.ndarray) -> np.ndarray:
    """Whether a number is a mobile telephone: 11 digits from 13 to 19, not a round sum of yuan."""
    with np.errstate(invalid="ignore"):
        return (numbers >= 1.3e10) & (numbers < 2e10) & (numbers % TEN_THOUSAND != 0) & (numbers % 1 == 0)


@lru_cache(maxsize=65536)
def _read(text: str, unit: Unit | None, dimension: str) -> Amount:
    """Amount of a text cell."""
    if is_blank(text):
        return _BLANK
    reading = read_quantities(clean_text(text))
    if reading is None or len(reading.quantities) != 1 + reading.is_range:
        return _UNPARSEABLE
    if reading.is_range:
        return _range(reading, unit, dimension)
    quantity = reading.quantities[0]
    if (
        not quantity.is_scaled
        and quantity.currency is None
        and _is_phone(np.array([float(quantity.value)]))[0]
    ):
        return _UNPARSEABLE
    one = _converted(quantity, unit, dimension)
    if one.code in ("unparseable_amount", "unknown_unit"):
        return one
    if one.amount < 0:
        return one._replace(code="negative_amount")
    if reading.qualifiers:
        low = one.amount if "least" in reading.qualifiers else np.nan
        high = one.amount if "most" in reading.qualifiers else np.nan
        return one._replace(low=low, high=high, code=one.code or "approximate_amount")
    return one


def _range(reading: Reading, unit: Unit | None, dimension: str) -> Amount:
    low, high = (_converted(quantity, unit, dimension) for quantity in reading.quantities)
    for end in (low, high):
        if end.code in ("unparseable_amount", "unknown_unit"):
            return end._replace(number=np.nan)
    if low.amount > high.amount:
        return _UNPARSEABLE
    return Amount(currency=high.currency, low=low.amount, high=high.amount, code="range_amount")


def _header(unit: Unit | None, dimension: str) -> Unit | None:
    """Unit of the column in its dimension; persons need none."""
    stated = None if unit is None else unit.to(dimension)
    return Unit("count", 1.0) if stated is None and dimension == "count" else stated


def _converted(quantity: Quantity, unit: Unit | None, dimension: str) -> Amount:
    """One quantity in the unit of its dimension."""
    header = _header(unit, dimension)
    currency, code = quantity.currency, None
    if quantity.measure is not None:
        own = Unit(quantity.measure.code, quantity.measure.number).to(dimension)
        if own is None:
            return _UNPARSEABLE
        factor = own.factor
    elif dimension != "money" and currency is not None:
        return _UNPARSEABLE
    elif dimension == "money" and (quantity.is_scaled or (currency is not None and header is None)):
        factor = _LITERAL
    elif header is None:
        return Amount(number=float(quantity.number), code="unknown_unit")
    elif currency is None:
        # 3.5万 under 万平方米: the scale of the cell stands in the place of the header's.
        factor = 1.0 if quantity.is_scaled and header.factor >= 1000 else header.factor
    else:
        factor, is_plain = _beside_currency(quantity, header)
        code = None if is_plain else "ambiguous_unit"
    if dimension == "money" and currency is None and header is not None:
        currency = header.currency
    amount = float(quantity.value * Decimal(str(factor))) + 0.0  # no -0
    if not np.isfinite(amount):
        return _UNPARSEABLE
    return Amount(amount, currency, code=code, number=float(quantity.number))


def _beside_currency(quantity: Quantity, header: Unit) -> tuple[float, bool]:
    """Factor of a number with a currency and no scale under a header, and whether it is beyond doubt."""
    if header.factor == _LITERAL:
        return _LITERAL, True
    is_same_currency = header.currency in (None, quantity.currency)
    is_small = abs(quantity.value) < TEN_THOUSAND
    if quantity.is_prefixed and (is_same_currency or is_small):
        return header.factor, is_same_currency
    return _LITERAL, not (quantity.is_prefixed or is_small)
