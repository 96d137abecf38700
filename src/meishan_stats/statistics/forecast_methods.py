"""Formulas of the forecast: from the months of the year, and from the shares of former years."""

from collections.abc import Sequence
from math import sqrt
from typing import Any, NamedTuple

import pandas as pd
import scipy  # its parts load on first use

Row = dict[str, Any]


class Outlook(NamedTuple):
    """What is known of one office when the forecast is made.

    Attributes
    ----------
    ytd : year to date, 万元
    months : amount of each month of the year that is known, by its number
    shares : share of each full former year that had arrived by this month, by year
    full_years : former years followed from January on and known by month
    is_growing : no month was negative
    """

    year: int
    n_months: int
    ytd: float
    n_known: int
    n_missing: int
    months: pd.Series
    shares: pd.Series
    full_years: list[int]
    is_growing: bool


def refused(reason: str) -> Row:
    """A row without a forecast, and why."""
    return {"n_years": 0, "reason": reason}


def nothing_left(outlook: Outlook) -> Row:
    """The year is over: it is what it is."""
    return {**with_interval(outlook, outlook.ytd, outlook.ytd, outlook.ytd), "n_years": 0}


def run_rate(outlook: Outlook, level: float) -> Row:
    """The months left are like those passed.

    ``ytd / m * 12 ± q * s * sqrt(r * (1 + r / n))``: the variance of the sum of r further months, whose mean
    is estimated from n.

    Examples
    --------
    >>> months = pd.Series([90.0, 110.0, 100.0])
    >>> outlook = Outlook(2011, 3, 300.0, 3, 0, months, pd.Series(dtype=float), [], True)
    >>> row = run_rate(outlook, 0.8)
    >>> row["forecast_cny_10k"], round(row["high_cny_10k"] - 1200, 1)  # 1.886 * 10 * sqrt(9 * 4)
    (1200.0, 113.1)
    """
    forecast = outlook.ytd / outlook.n_months * 12
    left, n = 12 - outlook.n_months, len(outlook.months)
    row: Row = {"forecast_cny_10k": forecast, "n_years": 0}
    if n < 2:
        return {**row, "reason": "too_few_months"}
    half = t_quantile(level, n) * spread(outlook.months) * sqrt(left * (1 + left / n))
    return {**row, **with_interval(outlook, forecast, forecast - half, forecast + half)}


def seasonal(outlook: Outlook, level: float, years: int) -> Row:
    """This year arrives as the mean of the last full years did: ``ytd / p``, p their share by this month.

    Where the interval of p reaches 0 the year has no upper end: it is missing, with a reason.

    Examples
    --------
    >>> shares = pd.Series([0.4, 0.6], index=[2009, 2010])
    >>> outlook = Outlook(2011, 6, 500.0, 6, 0, pd.Series(dtype=float), shares, [2009, 2010], True)
    >>> seasonal(outlook, 0.8, 3)["forecast_cny_10k"]
    1000.0
    """
    shares = outlook.shares.tail(years)
    if len(shares) < 2:
        return refused("too_few_years")
    mean = float(shares.mean())
    if mean <= 0:
        return refused("no_history")
    half = t_quantile(level, len(shares)) * spread(shares) * sqrt(1 + 1 / len(shares))
    ends = [outlook.ytd / share if share > 0 else float("nan") for share in (mean + half, mean - half)]
    reason = None if mean > half else "no_upper_end"
    low, high = ends if outlook.ytd >= 0 else reversed(ends)
    row = with_interval(outlook, outlook.ytd / mean, low, high)
    return {**row, "used_share": mean, "reason": reason, **named_years(list(shares.index))}


def with_interval(outlook: Outlook, forecast: float, low: float, high: float) -> Row:
    """Forecast and ends; what has arrived stays arrived where no month was ever negative."""
    floor = outlook.ytd if outlook.is_growing else float("-inf")
    return {"forecast_cny_10k": forecast, "low_cny_10k": max(low, floor), "high_cny_10k": high}


def named_years(years: Sequence[float]) -> Row:
    """Former years that were used: how many and which.

    >>> named_years([2009, 2010])
    {'n_years': 2, 'history_years': '2009, 2010'}
    """
    return {"n_years": len(years), "history_years": ", ".join(str(int(year)) for year in sorted(years))}


def spread(values: pd.Series) -> float:
    """Standard deviation of a sample; exactly 0 where all are equal, whatever rounding leaves of their mean.

    >>> spread(pd.Series([0.1, 0.1, 0.1]))
    0.0
    """
    return 0.0 if values.max() == values.min() else float(values.std(ddof=1))


def t_quantile(level: float, n: int) -> float:
    """Quantile of Student's t that leaves (1 - level) / 2 above it, for n values.

    >>> round(t_quantile(0.8, 3), 3)
    1.886
    """
    return float(scipy.stats.t.ppf((1 + level) / 2, n - 1))
