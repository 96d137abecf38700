"""What the reports state of every month of a series, and what is known before each: columns, one place a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from meishan_stats.history.runs import Array, last_before, of_run_start, run_starts, sums_in_run

TOLERANCE = 0.01
"""Difference in 万 below which two statements of one amount agree: offices round to 0.01 万元."""

HOW = ("month", "ytd", "total", "quarter", "half")
"""Ways of stating an amount: of the month, of the year to date, of all years, of a quarter, of half a year."""


@dataclass(frozen=True)
class Stated:
    """What is stated of each month of each series, one place a month; rows count in the ordered reports."""

    month_of: Array
    """The month of every dated report; ``rows`` are their rows."""
    rows: Array
    series: Array
    first: Array
    """Row of the month's first report."""
    period: pd.DatetimeIndex
    last: dict[str, Array]
    """Row of the last report of each way of stating, -1 where there is none."""
    amount: dict[str, Array]


def stated_amounts(ordered: pd.DataFrame, series: Array) -> Stated:
    rows = np.flatnonzero(ordered["period"].notna())
    period = ordered["period"].to_numpy()[rows]
    begins = run_starts(series[rows]) | run_starts(period)
    month_of, first = np.cumsum(begins) - 1, rows[begins]
    how, amounts = ordered["stated_as"].to_numpy()[rows], ordered["amount_10k"].to_numpy()
    last, amount = {}, {}
    for name in HOW:
        last[name] = np.full(len(first), -1)
        chosen = how == name
        last[name][month_of[chosen]] = rows[chosen]
        amount[name] = np.where(last[name] >= 0, amounts[last[name]], np.nan)
    return Stated(month_of, rows, series[first], first, pd.DatetimeIndex(period[begins]), last, amount)


class Known(NamedTuple):
    """What is known before each month: the year to date and the sum of all years, missing where it is not
    known what came before; what the months of the year add up to; and whether a sum of all years was stated."""

    ytd: Array
    total: Array
    months: Array
    has_total: Array


def known_before(stated: Stated, months: frozenset[pd.Timestamp]) -> Known:
    month, ytd, total = (stated.amount[how] for how in ("month", "ytd", "total"))
    was_reported = (stated.period - pd.DateOffset(months=1)).isin(list(months))
    series_starts = run_starts(stated.series)
    year_starts = series_starts | run_starts(stated.period.year.to_numpy())
    at = last_before(~np.isnan(total), series_starts)
    at_first = of_run_start(np.where(was_reported, 0.0, np.nan), series_starts)
    total_before = np.where(at >= 0, total[at], at_first)
    # Only a month that no cumulative amount covers is added to the year to date.
    alone = np.isnan(ytd) & ~np.isnan(month) & (np.isnan(total) | np.isnan(total_before))
    added, until = sums_in_run(np.where(alone, month, 0.0), year_starts)
    from_nothing = np.where(was_reported | (stated.period.month == 1), 0.0, np.nan)
    of_year = last_before(~np.isnan(ytd), year_starts)
    begun = of_run_start(from_nothing, year_starts) + added
    ytd_before = np.where(of_year >= 0, ytd[of_year] + (added - until[of_year]), begun)
    return Known(ytd_before, total_before, sums_in_run(np.nan_to_num(month), year_starts)[0], at >= 0)


def cumulative(stated: Stated, known: Known) -> Iterator[tuple[str, Array, Array, Array]]:
    """The cumulative amount that counts of each month: how it is stated, itself, what was before, and where.

    That of the year comes first; that of all years counts where it is the only one, unless nothing is
    known before it and the month's own amount is stated.
    """
    ytd, total = stated.amount["ytd"], stated.amount["total"]
    has_ytd = ~np.isnan(ytd)
    yield "ytd", ytd, known.ytd, has_ytd
    of_all = ~np.isnan(total) & (~np.isnan(known.total) | np.isnan(stated.amount["month"]))
    yield "total", total, known.total, ~has_ytd & of_all


def growth_and_rest(after: Array, before: Array, month: Array) -> tuple[Array, Array]:
    """What a cumulative amount grew by, and what of it the month's own amount leaves over; 0 where none is stated."""
    growth = np.round(after - before, 6)
    return growth, np.where(np.isnan(month), 0.0, np.round(growth - month, 6))
