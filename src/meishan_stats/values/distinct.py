"""Distinct values of a column: what is worked out once for each of them and then given to every row."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from math import isnan
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype


class Distinct(NamedTuple):
    """Distinct values of a column in the order they first stand there; `codes` has -1 where a value is missing."""

    codes: np.ndarray
    kinds: list[object]

    def map(self, function: Callable[[object], object], missing: object = None) -> np.ndarray:
        """Result of a function for every row, worked out once a value.

        >>> distinct(pd.Series(["甲", None, "甲"])).map(len).tolist()
        [1, None, 1]
        """
        return self.take([function(value) for value in self.kinds], missing)

    def take(self, results: Sequence[object], missing: object = None) -> np.ndarray:
        """One result a value → one a row."""
        known = np.empty(len(results) + 1, dtype=object)
        known[:-1] = one_dimensional(results)
        known[-1] = missing
        return known[self.codes]

    def results(self, function: Callable[[object], Hashable]) -> "Distinct":
        """Distinct results of a function for every row, worked out once a value; missing where it is None.

        >>> distinct(pd.Series(["甲", "乙", "丙丁"])).results(len)
        Distinct(codes=array([0, 0, 1]), kinds=[1, 2])
        """
        places: dict[Hashable, int] = {}
        found = map(function, self.kinds)
        of_kind = [-1 if one is None else places.setdefault(one, len(places)) for one in found]
        return Distinct(np.array([*of_kind, -1])[self.codes], list(places))

    def on_rows(self, where: np.ndarray) -> "Distinct":
        """The same of some rows of a longer column, as many as `where` is true of; missing on all others."""
        codes = np.full(len(where), -1)
        codes[where] = self.codes
        return Distinct(codes, self.kinds)

    def are(self, function: Callable[[object], bool]) -> np.ndarray:
        """Whether something holds of each row; it holds of no missing value."""
        return np.array([*map(function, self.kinds), False], dtype=bool)[self.codes]


def one_dimensional(items: Sequence[object]) -> np.ndarray:
    """Array of objects with one place an item, also where the items are tuples."""
    array = np.empty(len(items), dtype=object)
    for i, item in enumerate(items):
        array[i] = item
    return array


def distinct(values: pd.Series) -> Distinct:
    """Distinct values of a column; 1 and True are two, as they are on a sheet.

    >>> distinct(pd.Series([1, True, None, 1], dtype=object)).kinds
    [1, True]
    """
    if values.dtype != object:
        codes, found = pd.factorize(values)
        # Text in Arrow is read one by one ten times slower than all at once.
        is_text = isinstance(values.dtype, pd.StringDtype)
        return Distinct(codes, found.to_numpy(dtype=object).tolist() if is_text else list(found))
    cells = values.to_numpy()
    if infer_dtype(cells, skipna=True).startswith("mixed") and any(type(cell) is bool for cell in cells):
        return _one_by_one(cells)
    try:
        codes, found = pd.factorize(cells)
    except TypeError:  # a cell that has no hash
        return _one_by_one(cells)
    return Distinct(codes, list(found))


def ranks(values: pd.Series, places: Mapping[str, int]) -> np.ndarray:
    """Place of every value in an order, as float; missing where it has none.

    >>> ranks(pd.Series(["b", None, "x"]), {"a": 0, "b": 1}).tolist()
    [1.0, nan, nan]
    """
    found = distinct(values)
    of_kind = [float(places.get(kind, np.nan)) for kind in found.kinds]  # type: ignore[call-overload]
    return np.array([*of_kind, np.nan])[found.codes]


def _one_by_one(cells: np.ndarray) -> Distinct:
    """Distinct values of a column of any objects; what has no hash is like no other."""
    places: dict[Hashable, int] = {}
    kinds: list[object] = []
    codes = np.full(len(cells), -1)
    for i, cell in enumerate(cells):
        if cell is None or cell is pd.NaT or cell is pd.NA or (isinstance(cell, float) and isnan(cell)):
            continue
        try:
            place = places.setdefault((type(cell) is bool, cell), len(kinds))
        except TypeError:
            place = len(kinds)
        if place == len(kinds):
            kinds.append(cell)
        codes[i] = place
    return Distinct(codes, kinds)


def combinations(columns: Sequence[Distinct]) -> tuple[np.ndarray, np.ndarray]:
    """Combinations of values in which rows hold them, a row of codes each; and which of them each row has.

    >>> one, other = distinct(pd.Series(["甲", "甲", "乙"])), distinct(pd.Series([1, 1, None], dtype=object))
    >>> rows, of_row = combinations([one, other])
    >>> rows.tolist(), of_row.tolist()
    ([[0, 0], [1, -1]], [0, 0, 1])
    """
    of_row = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        of_row, _ = pd.factorize(of_row * (len(column.kinds) + 1) + column.codes + 1)
    _, first = np.unique(of_row, return_index=True)
    return np.stack([column.codes[first] for column in columns], axis=1), of_row


_TEXTLESS = frozenset(
    ("floating", "integer", "mixed-integer-float", "boolean", "date", "datetime", "datetime64", "empty")
)


def may_hold_text(values: pd.Series) -> bool:
    """False for a column of numbers or dates alone.

    >>> may_hold_text(pd.Series([3600.0, None], dtype=object)), may_hold_text(pd.Series([3600, "约5"], dtype=object))
    (False, True)
    """
    return infer_dtype(values, skipna=True) not in _TEXTLESS
