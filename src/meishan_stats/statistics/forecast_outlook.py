"""What is known of the year of each office, and of its former years, when the forecast is made."""

import pandas as pd

from meishan_stats.statistics.forecast_methods import Outlook
from meishan_stats.statistics.reported import followed_years


def outlooks(places: pd.DataFrame, as_of: pd.Series, *, is_latest: bool) -> dict[str, Outlook]:
    """The year to date of each office, its months, and the former years that are known in full.

    Parameters
    ----------
    places : rows of `forecast_totals`
    as_of : last month known by office; none is missing
    is_latest : it is the last month reported, not an earlier one that is asked for

    Examples
    --------
    >>> places = pd.DataFrame({"office": "示例镇", "year": [2010.0, 2011.0], "month": 2.0, "is_single": 1.0})
    >>> places = places.assign(amount_cny_10k=[50.0, 70.0], n_known=1.0, n_missing=0.0)
    >>> found = outlooks(places, pd.Series(pd.Timestamp(2011, 3, 1), index=["示例镇"]), is_latest=True)["示例镇"]
    >>> float(found.ytd), found.full_years
    (70.0, [])
    """
    end = as_of.reindex(places["office"]).set_axis(places.index).dt
    of_year = places[(places["year"] == end.year) & (places["month"] <= end.month)]
    # What is known to no month may have been reported later than an earlier month that is asked for.
    sure = of_year if is_latest else of_year[(of_year["month"] > 0) | (end.month[of_year.index] == 12)]
    former = places[places["year"] < end.year]
    n_known, n_stated = (part.groupby("office")["n_known"].sum() for part in (sure, of_year))
    n_missing = (n_stated - n_known.reindex(n_stated.index, fill_value=0.0)).add(
        sure.groupby("office")["n_missing"].sum(), fill_value=0.0
    )
    both = pd.concat([former, sure])
    falling = set(both.loc[both["amount_cny_10k"] < 0, "office"])
    amounts = dict(list(sure.groupby("office")["amount_cny_10k"]))
    months, shares = _months(sure), _shares(former, end.month[former.index])
    nothing = pd.Series(dtype="float64")
    return {
        office: Outlook(
            year=month.year,
            n_months=month.month,
            ytd=amounts.get(office, nothing).sum(min_count=1),
            n_known=int(n_known.get(office, 0)),
            n_missing=int(n_missing.get(office, 0)),
            months=months.get(office, nothing),
            shares=shares.get(office, nothing).dropna(),
            full_years=shares.get(office, nothing).index.astype(int).tolist(),
            is_growing=office not in falling,
        )
        for office, month in as_of.items()
    }


def _months(sure: pd.DataFrame) -> dict[str, pd.Series]:
    """Amount of each month that is known, by office."""
    known = sure[(sure["n_known"] > 0) & (sure["is_single"] == 1) & (sure["month"] > 0)]
    return _by_office(known.groupby(["office", "month"], as_index=False)["amount_cny_10k"].sum(), "month")


def _shares(former: pd.DataFrame, month: pd.Series) -> dict[str, pd.Series]:
    """Share of each full former year that had arrived by a month, missing where nothing arrived, by office."""
    years = followed_years(former)
    is_full = ~years["is_loose"] & (~years["is_first"] | (years["start"] == 1))
    keys, amount = ["office", "year"], "amount_cny_10k"
    whole = former.groupby(keys)[amount].sum()
    by_now = former[former["month"] <= month].groupby(keys)[amount].sum()
    shares = by_now.reindex(whole.index) / whole.where(whole > 0)
    full = pd.MultiIndex.from_frame(years.loc[is_full, keys].astype({"year": "float64"}))
    return _by_office(shares.reindex(full).rename(amount).reset_index(), "year")


def _by_office(table: pd.DataFrame, key: str) -> dict[str, pd.Series]:
    """Amounts of each office by a key, in its order."""
    keys, amounts = table[key].to_numpy(), table["amount_cny_10k"].to_numpy()
    places = table.groupby("office").indices
    return {office: pd.Series(amounts[place], index=keys[place]) for office, place in places.items()}
