"""Orders of rows, runs of rows one after the other, and the last that is known: by places, not by moving rows."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from meishan_stats.values.distinct import distinct

Array = np.ndarray[Any, np.dtype[Any]]


PLACE = ["source_file", "source_sheet", "source_row"]


def rows_at(records: pd.DataFrame, table: pd.DataFrame) -> Array:
    """For every record the first row of a table that comes from the same row of a sheet; -1 where none does.

    >>> table = pd.DataFrame({"source_file": ["f", "f"], "source_sheet": ["s", "s"], "source_row": [4, 5]})
    >>> rows_at(table.iloc[[1, 1]], table).tolist(), rows_at(table, table.iloc[:1]).tolist()
    ([1, 1], [0, -1])
    """
    both = pd.concat([table[PLACE], records[PLACE]], ignore_index=True)
    codes, n = group_codes(both, PLACE)
    first = np.full(n, -1)
    first[codes[: len(table)][::-1]] = np.arange(len(table))[::-1]
    return first[codes[len(table) :]]


def ordered_rows(frame: pd.DataFrame, keys: Sequence[str], *, missing_last: bool = False) -> Array:
    """Places of the rows in the order of some columns; equal rows stay in their order, missing values come first.

    >>> ordered_rows(pd.DataFrame({"a": ["y", None, "x", "y"]}), ["a"]).tolist()
    [1, 2, 0, 3]
    """
    codes = []
    for key in keys:
        code = _ranked(frame[key])
        if missing_last:
            code = np.where(code < 0, len(frame), code)
        if (code != code[:1]).any():  # most keys are the same on all rows: one office, one file
            codes.append(code)
    if not codes:
        return np.arange(len(frame))
    if len(codes) == 1 and (np.diff(codes[0]) >= 0).all():
        return np.arange(len(frame))
    return np.lexsort(codes[::-1])


def _ranked(values: pd.Series) -> Array:
    """Place of every value in their order, -1 where it is missing."""
    if not isinstance(values.dtype, pd.StringDtype):
        return pd.factorize(values, sort=True)[0]
    codes, found = pd.factorize(values)
    place = np.empty(len(found) + 1, dtype=np.int64)
    # Bytes of UTF-8 stand in the order of the characters.
    place[pc.sort_indices(pa.array(found, pa.large_string())).to_numpy()] = np.arange(len(found))
    place[-1] = -1
    return place[codes]


def group_codes(frame: pd.DataFrame, keys: Sequence[str]) -> tuple[Array, int]:
    """Number of each row's group, counted as groups appear, and how many there are; missing is a value too.

    >>> group_codes(pd.DataFrame({"a": ["y", None, "y"], "b": [1, 1, 1]}), ["a", "b"])
    (array([0, 1, 0]), 2)
    """
    joined = np.zeros(len(frame), dtype=np.int64)
    n = min(len(frame), 1)
    for key in keys:
        codes, found = pd.factorize(frame[key], use_na_sentinel=False)
        if len(found) > 1:
            joined, groups = (codes, found) if n == 1 else pd.factorize(joined * len(found) + codes)
            n = len(groups)
    return joined, n


def ordered_groups(
    frame: pd.DataFrame, codes: Array, n: int, keys: Sequence[str], *, missing_last: bool = False
) -> Array:
    """Number of each row's group, counted in the order of columns that are the same on all rows of a group.

    >>> frame = pd.DataFrame({"a": ["y", "x", "y"]})
    >>> ordered_groups(frame, *group_codes(frame, ["a"]), ["a"]).tolist()
    [1, 0, 1]
    """
    first = np.empty(n, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(frame))[::-1]
    place = np.empty(n, dtype=np.int64)
    place[ordered_rows(frame[list(keys)].iloc[first], keys, missing_last=missing_last)] = np.arange(n)
    return place[codes]


def last_rows(known: Array, codes: Array, n: int, order: Array) -> Array:
    """For each of `n` groups the row, last in an order, at which something is known; -1 where it never is.

    >>> last_rows(np.array([True, True, False]), np.array([0, 0, 0]), 2, np.array([1, 0, 2])).tolist()
    [0, -1]
    """
    last = np.full(n, -1)
    rows = order[known[order]]
    last[codes[rows]] = rows
    return last


def taken(column: pd.Series, rows: Array) -> Any:
    """Values of a column at some rows, missing where the row is -1."""
    return column.array.take(rows, allow_fill=True)


def mapped(texts: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """What a function makes of every text, called once for each; missing stays missing.

    >>> mapped(pd.Series(["a", None, "a"], dtype="str"), str.upper).tolist()
    ['A', nan, 'A']
    """
    found = distinct(texts)
    made = pd.Series([function(text) for text in found.kinds], dtype="str")  # type: ignore[arg-type]
    return pd.Series(taken(made, found.codes), index=texts.index)


def last_known(
    frame: pd.DataFrame, columns: Sequence[str], codes: Array, n: int, order: Array
) -> pd.DataFrame:
    """For each of `n` groups the last known value of every column, in an order of the rows.

    >>> frame = pd.DataFrame({"a": [1.0, None], "b": ["x", "y"]})
    >>> last_known(frame, ["a", "b"], np.array([0, 0]), 1, np.array([0, 1])).to_dict("records")
    [{'a': 1.0, 'b': 'y'}]
    """
    return pd.DataFrame(
        {
            name: taken(frame[name], last_rows(frame[name].notna().to_numpy(), codes, n, order))
            for name in columns
        }
    )


def run_starts(values: Array) -> Array:
    """True for the first row, and for every row whose value is another than that before.

    >>> run_starts(np.array([5, 5, 7, 5])).tolist()
    [True, False, True, True]
    """
    starts = np.ones(len(values), dtype=bool)
    starts[1:] = values[1:] != values[:-1]
    return starts


def of_run_start(values: Array, starts: Array) -> Array:
    """For every row the value of the first row of its run.

    >>> of_run_start(np.array([1, 2, 3]), np.array([True, False, True])).tolist()
    [1, 1, 3]
    """
    return values[np.flatnonzero(starts)][np.cumsum(starts) - 1]


def last_before(known: Array, starts: Array) -> Array:
    """Place of the last known row before each row in its run, -1 where there is none.

    >>> last_before(np.array([True, False, True, False]), np.array([True, False, False, True])).tolist()
    [-1, 0, 0, -1]
    """
    place = np.arange(len(known))
    last = np.maximum.accumulate(np.where(known, place, -1))
    before = np.concatenate([[-1], last])[: len(known)]
    return np.where(before >= of_run_start(place, starts), before, -1)


def sums_in_run(values: Array, starts: Array) -> tuple[Array, Array]:
    """Sums of the rows of a run before each row, and to its end.

    >>> before, until = sums_in_run(np.array([1.0, 2.0, 4.0]), np.array([True, False, True]))
    >>> before.tolist(), until.tolist()
    ([0.0, 1.0, 0.0], [1.0, 3.0, 4.0])
    """
    until = pd.Series(values).groupby(np.cumsum(starts), sort=False).cumsum().to_numpy()
    before = np.where(starts, 0.0, np.concatenate([[0.0], until])[: len(values)])
    return before, until
