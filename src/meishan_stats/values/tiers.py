"""Size tiers (规模档次) of projects, each by the currency it is invested in."""

import numpy as np
import pandas as pd

from meishan_stats.codelists import read_codelist


def size_tiers(amounts: pd.Series, currencies: pd.Series, in_yuan: pd.Series) -> pd.Series:
    """Tier of every total investment, by the bounds of its own currency; a bound belongs to the tier above it.

    Offices write 亿元（1000万美元）: the two bounds are no conversion of each other, so a dollar project is
    held against the dollar bound. Currencies without bounds of their own go by their value in yuan.

    Parameters
    ----------
    amounts : float, 万 of each currency
    currencies : ISO 4217
    in_yuan : float, 万元

    Returns
    -------
    codes of ``size_tiers.csv``; missing where the amount is

    Examples
    --------
    >>> amounts, currencies = pd.Series([10000.0, 1000.0, 999.0]), pd.Series(["CNY", "USD", "USD"])
    >>> size_tiers(amounts, currencies, pd.Series([10000.0, 6462.0, 6456.0])).tolist()
    ['from_100m', 'from_100m', 'from_50m']
    """
    table = read_codelist("size_tiers")
    codes = table["code"].to_numpy(dtype=object)
    is_dollar = currencies == "USD"
    tier = pd.Series(None, index=amounts.index, dtype=object)
    for chosen, values, bounds in (
        (is_dollar, amounts, table["from_usd_10k"]),
        (~is_dollar, in_yuan.where(currencies != "CNY", amounts), table["from_cny_10k"]),
    ):
        known = chosen & values.ge(0)
        place = np.searchsorted(bounds.astype(float), values[known].astype(float), side="right") - 1
        tier.loc[known] = codes[place]
    return tier
