"""Amounts in yuan, by the office's own rates, else by the ECB's reference rates that CurrencyConverter carries."""

import contextlib
import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd
from currency_converter import CurrencyConverter, RateNotFoundError

from meishan_stats.schemas import FxRates, conform
from meishan_stats.values.distinct import distinct, one_dimensional

ECB = "ECB"
OWN = "office"
Rate = tuple[float, str]
_FINE = ("day", "month")


def _no_rates() -> pd.DataFrame:
    return conform(pd.DataFrame({"office": []}), FxRates)


@dataclass(frozen=True)
class Rates:
    """By what an office's amounts become yuan.

    Attributes
    ----------
    basis : str
        ``annual_mean``, ``month_mean``, ``month_end`` or ``fixed`` (codes of ``fx_bases.csv``).
    own : FxRates
        Rates the office itself states; they come before the ECB's.
    """

    basis: str = "annual_mean"
    own: pd.DataFrame = field(default_factory=_no_rates)

    def rate(self, currency: str, on: pd.Timestamp, precision: str = "month") -> Rate | None:
        """Yuan for one unit of a currency at a time, and its basis and source in words; None without one.

        A month's rate needs a month: what is known to the year only takes the mean of the year. A fixed
        rate is the office's alone, and no other takes its place.

        Examples
        --------
        >>> rate, basis = Rates().rate("USD", pd.Timestamp("2011-03-01"))
        >>> 6.3 < rate < 6.6, basis
        (True, 'annual_mean 2011, ECB')
        >>> own = pd.DataFrame({"office": ["甲镇"], "currency": ["USD"], "rate": [6.5],
        ...     "period": [pd.Timestamp("2011-01-01")], "precision": ["year"]})
        >>> Rates(own=conform(own, FxRates)).rate("USD", pd.Timestamp("2011-03-01"))
        (6.5, 'annual_mean 2011, office')
        """
        basis = self.basis
        if basis in ("month_mean", "month_end") and precision not in _FINE:
            basis = "annual_mean"
        own = _own_rate(self.own[self.own["currency"] == currency], basis, on)
        if own is not None or basis == "fixed":
            return own
        return ecb_rate(currency, basis, on.year, on.month if basis != "annual_mean" else None)


def _own_rate(rows: pd.DataFrame, basis: str, on: pd.Timestamp) -> Rate | None:
    """What the office states for the time, on the basis asked for; a rate without a time holds always."""
    period = rows["period"]
    always = rows[period.isna()]
    of_year = rows[(period.dt.year == on.year) & (rows["precision"] == "year")]
    fine = rows[(period.dt.year == on.year) & rows["precision"].isin(_FINE)]
    of_month = fine[fine["period"].dt.month == on.month]
    fixed = rows[(rows["basis"] == "fixed") & (period.isna() | (period <= on))].sort_values("period")
    found: Sequence[tuple[pd.DataFrame, Callable[[pd.Series], float], str]] = {
        "fixed": [(fixed, _last, "fixed"), (always, _last, "fixed"), (of_year, _last, f"fixed {on.year}")],
        "annual_mean": [
            (of_year[of_year["basis"] != "fixed"], _last, f"annual_mean {on.year}"),
            (fine, _mean, _mean_words(fine, on.year)),
            (always, _last, "fixed"),
        ],
        "month_mean": [
            (of_month[of_month["basis"] != "month_end"], _mean, f"month_mean {on:%Y-%m}"),
            (always, _last, "fixed"),
        ],
        "month_end": [
            (
                of_month[of_month["basis"] != "month_mean"].sort_values("period"),
                _last,
                f"month_end {on:%Y-%m}",
            ),
            (always, _last, "fixed"),
        ],
    }[basis]
    for stated, reduce, words in found:
        known = stated["rate"].dropna()
        if len(known):
            return reduce(known), f"{words}, {OWN}"
    return None


def _last(rates: pd.Series) -> float:
    return float(rates.iloc[-1])


def _mean(rates: pd.Series) -> float:
    return float(rates.mean())


def _mean_words(fine: pd.DataFrame, year: int) -> str:
    months = sorted(fine["period"].dt.month.unique())
    return f"annual_mean {year}" if len(months) == 12 else f"mean of {len(months)} months of {year}"


@cache
def ecb_rate(currency: str, basis: str, year: int, month: int | None = None) -> Rate | None:
    """Yuan for one unit of a currency by the ECB's reference rates, and the basis in words.

    The yuan and most other currencies are quoted against the euro: rates are daily cross rates, and the
    mean is that of the days with a rate. In a year that the rates do not cover to its end the mean goes to
    their last day and the basis says so. None without a rate (the yuan begins in April 2005).

    Examples
    --------
    >>> ecb_rate("USD", "annual_mean", 2011)[1]
    'annual_mean 2011, ECB'
    >>> ecb_rate("USD", "month_end", 2011, 9)[1]
    'month_end 2011-09-30, ECB'
    """
    daily = _daily_rates(currency, year)
    if basis == "annual_mean":
        days = daily
        words = f"annual_mean {year}"
        if daily and max(daily) < dt.date(year, 12, 20):
            words = f"mean to {max(daily).isoformat()}"
    else:
        days = {day: rate for day, rate in daily.items() if day.month == month}
        words = f"month_mean {year}-{month:02}"
        if days and max(days).day < monthrange(year, month or 1)[1] - 6:
            words = f"mean of {year}-{month:02} to {max(days).isoformat()}"
        if days and basis == "month_end":
            days = {max(days): days[max(days)]}
            words = f"month_end {max(days).isoformat()}"
    return (sum(days.values()) / len(days), f"{words}, {ECB}") if days else None


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(fallback_on_missing_rate=False)


@cache
def _daily_rates(currency: str, year: int) -> dict[dt.date, float]:
    converter = _converter()
    if currency not in converter.currencies or not 1999 <= year <= dt.MAXYEAR:
        return {}
    days = (dt.date(year, 1, 1) + dt.timedelta(n) for n in range(366))
    rates = {}
    for day in days:
        with contextlib.suppress(RateNotFoundError):
            rates[day] = converter.convert(1.0, currency, "CNY", date=day)
    return {day: rate for day, rate in rates.items() if day.year == year}


def in_yuan(
    amounts: pd.Series,
    currencies: pd.Series,
    on: pd.Series,
    precision: pd.Series | str = "month",
    rates: Rates | None = None,
) -> pd.DataFrame:
    """Amounts in 万元 with the rate and its basis; missing where there is no rate.

    Parameters
    ----------
    amounts : float, 万 of each currency
    currencies : ISO 4217
    on : datetime, time whose rate counts
    precision : to what `on` is known: day, month, quarter, half or year
    rates : Rates, optional
        The office's; the ECB's annual means by default.

    Returns
    -------
    frame with ``cny`` (万元), ``rate`` (yuan for one unit), ``basis``, ``is_missing_rate``

    Examples
    --------
    >>> on = pd.Series(pd.to_datetime(["2011-01-01"]))
    >>> in_yuan(pd.Series([3600.0]), pd.Series(["CNY"]), on)["cny"].tolist()
    [3600.0]
    """
    rates = rates or Rates()
    if pd.api.types.is_integer_dtype(on.dtype):
        on, precision = first_days(on), "year"
    known, named = amounts.notna().to_numpy(), currencies.notna().to_numpy()
    is_yuan = known & (currencies == "CNY").to_numpy(dtype=bool)
    rate = np.where(is_yuan, 1.0, np.nan)
    basis = np.full(len(amounts), None, dtype=object)
    basis[is_yuan] = "CNY"
    foreign = known & named & ~is_yuan
    if foreign.any():
        asked = pd.DataFrame({"currency": currencies, "on": on, "precision": precision})[foreign].astype(
            object
        )
        asked = asked.where(asked.notna(), None)
        keys = one_dimensional(list(asked.itertuples(index=False, name=None)))
        answers = distinct(pd.Series(keys, dtype=object)).map(lambda key: _rate(rates, *key))  # type: ignore[misc]
        rate[foreign] = [pair[0] if pair else np.nan for pair in answers]
        basis[foreign] = [pair[1] if pair else None for pair in answers]
    return pd.DataFrame(
        {
            "cny": (amounts * rate).round(6),
            "rate": rate,
            "basis": basis,
            "is_missing_rate": known & named & np.isnan(rate),
        },
        index=amounts.index,
    )


def first_days(years: pd.Series) -> pd.Series:
    """First day of every year; missing where the year is.

    >>> first_days(pd.Series([2011, None], dtype="Int64")).dt.strftime("%Y-%m-%d").tolist()
    ['2011-01-01', nan]
    """
    return pd.to_datetime(years.astype("Int64").astype("str"), format="%Y", errors="coerce")


def _rate(rates: Rates, currency: str | None, on: pd.Timestamp | None, precision: str | None) -> Rate | None:
    if currency == "CNY":
        return 1.0, "CNY"
    if not isinstance(currency, str) or pd.isna(on):
        return None
    return rates.rate(currency, pd.Timestamp(on), precision or "year")
