"""Runs of rows that lie one after the other: where each begins, and what came before within it."""

from typing import Any

import numpy as np
import pandas as pd

Array = np.ndarray[Any, np.dtype[Any]]


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
