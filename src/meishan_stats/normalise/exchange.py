"""Amounts in yuan: the mean rate of the year, from the ECB's reference rates that CurrencyConverter carries."""

import contextlib
import datetime as dt
from functools import cache

import pandas as pd
from currency_converter import CurrencyConverter, RateNotFoundError

SOURCE = "ECB"


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(fallback_on_missing_rate=False)


@cache
def annual_mean_rate(currency: str, year: int) -> tuple[float, str] | None:
    """Yuan for one unit of a currency, mean of the year's days with an ECB rate, and the basis in words.

    The yuan and most other currencies are quoted against the euro: the mean is that of the daily
    cross rates. In a year that the rates do not cover to its end the mean goes to their last day and
    the basis says so. None where the currency or the year has no rate (the yuan begins in April 2005).

    Examples
    --------
    >>> annual_mean_rate("CNY", 2011)
    (1.0, 'CNY')
    >>> rate, basis = annual_mean_rate("USD", 2011)
    >>> 6.3 < rate < 6.6, basis
    (True, 'annual_mean 2011, ECB')
    """
    if currency == "CNY":
        return 1.0, "CNY"
    rates = _daily_rates(currency, year)
    if not rates:
        return None
    last = max(rates)
    basis = f"annual_mean {year}, {SOURCE}"
    if last < dt.date(year, 12, 20):
        basis = f"mean to {last.isoformat()}, {SOURCE}"
    return sum(rates.values()) / len(rates), basis


def _daily_rates(currency: str, year: int) -> dict[dt.date, float]:
    converter = _converter()
    if currency not in converter.currencies or not 1999 <= year <= dt.MAXYEAR:
        return {}
    days = (dt.date(year, 1, 1) + dt.timedelta(n) for n in range(366))
    rates = {}
    for day in days:
        with contextlib.suppress(RateNotFoundError):
            rates[day] = converter.convert(1.0, currency, "CNY", date=day)
    return rates


def in_yuan(amounts: pd.Series, currencies: pd.Series, years: pd.Series) -> pd.DataFrame:
    """Amounts in 万元 with the rate and its basis; missing where there is no rate.

    Parameters
    ----------
    amounts : float, 万 of each currency
    currencies : ISO 4217
    years : year whose mean rate counts

    Returns
    -------
    frame with ``cny`` (万元), ``rate`` (yuan for one unit), ``basis``, ``is_missing_rate``

    Examples
    --------
    >>> in_yuan(pd.Series([3600.0]), pd.Series(["CNY"]), pd.Series([2011]))["cny"].tolist()
    [3600.0]
    """
    pairs = [
        _rate(currency if isinstance(currency, str) else None, None if pd.isna(year) else int(year))
        for currency, year in zip(currencies, years, strict=True)
    ]
    rate = pd.Series([pair[0] if pair else float("nan") for pair in pairs], index=amounts.index, dtype=float)
    basis = pd.Series([pair[1] if pair else None for pair in pairs], index=amounts.index, dtype=object)
    return pd.DataFrame(
        {
            "cny": (amounts * rate).round(6),
            "rate": rate.where(amounts.notna()),
            "basis": basis.where(amounts.notna()),
            "is_missing_rate": amounts.notna() & currencies.notna() & rate.isna(),
        }
    )


@cache
def _rate(currency: str | None, year: int | None) -> tuple[float, str] | None:
    if currency is None or (year is None and currency != "CNY"):
        return None
    return annual_mean_rate(currency, year or 0)
