"""Until when an office reports, and which amounts can be placed in its year."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from meishan_stats.statistics.dates import Day, month_of
from meishan_stats.statistics.frames import collected, retyped

LOOSE_SHARE = 0.05
"""Capital of a year known to no month may be this share of it before the year is not cut at a month."""


def is_dated() -> nw.Expr:
    """Whether an amount is known to have arrived by the month of its period.

    A sheet of a whole year dates its amounts 1 January: these are known to no month. A first year to date
    in March is known to the year only, but it had arrived by March.

    >>> rows = pd.DataFrame({"period": pd.to_datetime(["2011-01-01", "2011-03-01", "2011-01-01"])})
    >>> rows["precision"] = ["year", "year", "month"]
    >>> nw.from_native(rows).select(is_dated())["period"].to_list()
    [False, True, True]
    """
    is_whole_year = (nw.col("precision").fill_null("month") == "year") & (nw.col("period").dt.month() == 1)
    return ~nw.col("period").is_null() & ~is_whole_year.fill_null(False)


def with_places(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Rows of Funding with ``year`` and ``month``; the month is 0 where an amount is known to none.

    ``is_single`` says that the amount is that of one month, not of a span that ends in it.
    """
    is_single = nw.col("precision").fill_null("month").is_in(["day", "month"])
    month = nw.when(is_dated()).then(nw.col("period").dt.month())
    return rows.with_columns(
        # pandas has no missing whole numbers: a year may be missing, so it is a float on every engine
        year=nw.col("period").dt.year().cast(nw.Float64()),
        month=nw.coalesce(month.cast(nw.Float64()), nw.lit(0.0)),
        is_single=is_single.cast(nw.Int64()),
    )


def reported_until(
    funding: nw.LazyFrame[Any], projects: nw.LazyFrame[Any] | None = None, as_of: Day | None = None
) -> pd.DataFrame:
    """Per office whether it is a demonstration and the last month it reports anything for, up to `as_of`.

    Amounts that are known to a year only, and none of its months, tell no month.

    Returns
    -------
    DataFrame
        Columns is_demo and as_of by office.
    """
    dated = funding.with_columns(on=nw.when(is_dated()).then(nw.col("period")))
    parts = [dated.group_by("office").agg(is_demo=nw.col("is_demo").max(), as_of=nw.col("on").max())]
    if projects is not None:
        of_projects = projects.group_by("office")
        parts.append(of_projects.agg(is_demo=nw.col("is_demo").max(), as_of=nw.col("as_of").max()))
    types = {"office": "str", "is_demo": "boolean", "as_of": "datetime64[ns]"}
    found = pd.concat([retyped(collected(part), types) for part in parts]).groupby("office").max()
    months = found["as_of"].to_numpy().astype("datetime64[M]")
    last = pd.Series(months.astype("datetime64[ns]"), index=found.index)
    if as_of is not None:
        until = month_of(as_of, "as_of").as_unit("ns")
        last = last.where(~(last > until), until)
    return found.assign(as_of=last)


def followed_years(places: pd.DataFrame) -> pd.DataFrame:
    """How each year of each office was followed: whether from January on, and whether it can be cut at a month.

    Parameters
    ----------
    places : frame with office, year, month, is_single, amount_cny_10k and n_known, see `with_places`

    Returns
    -------
    DataFrame
        One row per office and year: ``start`` the first month with a known amount, 1 where that is of a
        span; ``is_first`` the first year of all; ``is_loose`` more than 5 % of the capital is known to no
        month.

    Examples
    --------
    >>> places = pd.DataFrame({"office": "示例镇", "year": 2011, "month": [0, 6], "is_single": [0, 1]})
    >>> followed_years(places.assign(amount_cny_10k=[10.0, 90.0], n_known=1))
       office  year  start  is_first  is_loose
    0     示例镇  2011      1      True      True
    """
    is_known = (places["n_known"] > 0) & places["year"].notna()
    known = retyped(places[is_known], {"office": "str", "year": "Int64"})
    size = known["amount_cny_10k"].abs()
    start = known["month"].where((known["is_single"] == 1) & (known["month"] > 0), 1)
    parts = known[["office", "year"]].assign(
        size=size, loose=size.where(known["month"] == 0, 0.0), start=start
    )
    groups = parts.groupby(["office", "year"])
    years = groups[["size", "loose"]].sum().assign(start=groups["start"].min()).reset_index()
    return pd.DataFrame(
        {
            "office": years["office"],
            "year": years["year"],
            "start": years["start"],
            "is_first": years["year"] == years.groupby("office")["year"].transform("min"),
            "is_loose": years["loose"] > LOOSE_SHARE * years["size"],
        }
    )
