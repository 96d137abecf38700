"""Days, months and precisions: what statistics of time share."""

import datetime as dt
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from meishan_stats.errors import ChoiceError

Day = str | dt.date | pd.Timestamp
"""A day as a user writes it: "2011-06-30", "2011-06" (its first day), a date or a Timestamp."""

_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def day_of(value: Any, argument: str) -> pd.Timestamp:
    """The day that an argument names.

    Raises
    ------
    ChoiceError
        It names no day.

    Examples
    --------
    >>> day_of("2011-06", "as_of")
    Timestamp('2011-06-01 00:00:00')
    """
    try:
        day = pd.Timestamp(value) if isinstance(value, (str, dt.date)) else pd.NaT
    except ValueError:
        day = pd.NaT
    if pd.isna(day):
        raise ChoiceError(
            f"{argument} 应为日期，如 2011-06-30，不能是 {value!r}",
            f"{argument} must be a date such as 2011-06-30, not {value!r}",
        )
    return day.tz_localize(None).normalize()


def month_of(value: Any, argument: str) -> pd.Timestamp:
    """First day of the month that an argument names.

    >>> month_of("2011-06-30", "as_of")
    Timestamp('2011-06-01 00:00:00')
    """
    return day_of(value, argument).replace(day=1)


def is_up_to(column: str, month: pd.Timestamp | None) -> nw.Expr:
    """Whether a date is known and not after a month; None sets no end.

    >>> dates = nw.from_native(pd.DataFrame({"on": pd.to_datetime(["2011-06-30", "2011-07-01", None])}))
    >>> dates.select(is_up_to("on", pd.Timestamp("2011-06-01")))["on"].to_list()
    [True, False, False]
    """
    known = ~nw.col(column).is_null()
    if month is None:
        return known
    # By numbers, not by a date written into the query: Spark would read that in the time zone of the machine.
    on = nw.col(column).dt
    is_before = on.year() * 12 + on.month() <= month.year * 12 + month.month
    return known & is_before.fill_null(False)


def month_number(column: str) -> nw.Expr:
    """Months since the year 0, so that a difference of two is a number of months.

    Leave out rows without a date before: pandas has no whole number for them.

    >>> dates = nw.from_native(pd.DataFrame({"on": pd.to_datetime(["2010-12-31", "2011-02-01"])}))
    >>> dates.select(month_number("on"))["on"].to_list()
    [24131, 24133]
    """
    on = nw.col(column).dt
    return on.year().cast(nw.Int64()) * 12 + on.month().cast(nw.Int64()) - 1


def months_between(first: pd.Series, last: pd.Series) -> pd.Series:
    """Months from the month of one date to that of another, days left aside; missing where a date is.

    >>> months_between(pd.Series(pd.to_datetime(["2010-12-31"])), pd.Series(pd.to_datetime(["2011-02-01"]))).tolist()
    [2]
    """
    years = (last.dt.year - first.dt.year).astype("Int64")
    return years * 12 + (last.dt.month - first.dt.month).astype("Int64")


def last_days(on: pd.Series, precision: pd.Series) -> pd.Series:
    """Last day that a date of a precision may mean: the month's end for a month, the year's for a year.

    A date without a stated precision, or known to ten days, is taken as the day it is.

    >>> on = pd.Series(pd.to_datetime(["2011-03-15", "2011-03-01", "2011-01-01"]))
    >>> last_days(on, pd.Series(["day", "month", "year"])).dt.strftime("%m-%d").tolist()
    ['03-15', '03-31', '12-31']
    """
    last = on.copy()
    for name, months in _MONTHS_OF.items():
        is_so = (precision == name).fillna(False).astype(bool) & on.notna()
        ends = on[is_so] + pd.DateOffset(months=months) - pd.Timedelta(days=1)
        last[is_so] = ends.astype(on.dtype)
    return last
