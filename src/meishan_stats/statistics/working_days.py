"""Working days in China: weekends, public holidays, and the weekends worked to make up for them."""

import datetime as dt
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType

import pandas as pd

from meishan_stats.errors import ChoiceError
from meishan_stats.statistics.dates import Day, day_of

Calendar = Callable[[dt.date], bool]
"""Whether a day is worked."""


def working_calendar(holidays: Mapping[Day, bool] | None = None) -> Calendar:
    """A function that tells whether a day is worked.

    By default the State Council's arrangement of each year, which the optional package
    chinesecalendar holds (2004 to the last year announced); nothing is fetched. A year it does not
    hold is refused, because a calendar that is guessed is wrong by up to a week.

    Parameters
    ----------
    holidays : mapping of day to bool, optional
        An arrangement of one's own instead: False for a weekday that is free, True for a weekend that
        is worked; all other days are worked from Monday to Friday. For a year just announced.

    Raises
    ------
    ChoiceError
        The package is not installed; when called, the year of a day is not covered.

    Examples
    --------
    3 October 2011 is a Monday and free, Saturday 8 October is worked in its place.

    >>> is_worked = working_calendar()
    >>> is_worked(dt.date(2011, 10, 3)), is_worked(dt.date(2011, 10, 8))
    (False, True)
    >>> is_worked = working_calendar({"2027-02-08": False})
    >>> is_worked(dt.date(2027, 2, 8)), is_worked(dt.date(2027, 2, 9))
    (False, True)
    """
    if holidays is None:
        return _announced(_chinese_calendar())
    own = {day_of(day, "holidays").date(): bool(is_worked) for day, is_worked in holidays.items()}
    return lambda day: own.get(day, day.weekday() < 5)


def _chinese_calendar() -> ModuleType:
    try:
        return import_module("chinese_calendar")
    except ImportError:
        raise ChoiceError(
            'working_days=True 需要安装 chinesecalendar：pip install "meishan-stats[calendar]"，或用 holidays 给出放假安排',
            'working_days=True needs chinesecalendar: pip install "meishan-stats[calendar]", or give holidays',
        ) from None


def _announced(calendar: ModuleType) -> Calendar:
    years = [day.year for day in calendar.holidays]

    def is_worked(day: dt.date) -> bool:
        if not min(years) <= day.year <= max(years):
            span = f"{min(years)}–{max(years)}"
            raise ChoiceError(
                f"chinesecalendar 没有 {day.year} 年的放假安排（有 {span}）：升级该包，或用 holidays 给出",
                f"chinesecalendar has no holidays of {day.year} (it has {span}): upgrade it, or give holidays",
            )
        return bool(calendar.is_workday(day))

    return is_worked


def nearest_working_day(day: pd.Timestamp, is_worked: Calendar, direction: int) -> pd.Timestamp:
    """The day itself where it is worked, else the next (direction 1) or the last before it (-1).

    >>> nearest_working_day(pd.Timestamp("2011-10-01"), working_calendar(), -1)
    Timestamp('2011-09-30 00:00:00')
    """
    while not is_worked(day.date()):
        day += pd.Timedelta(days=direction)
    return day


def add_working_days(day: pd.Timestamp, n: int, is_worked: Calendar) -> pd.Timestamp:
    """The n-th working day after a day, or before it for a negative n.

    >>> add_working_days(pd.Timestamp("2011-09-30"), 1, working_calendar())
    Timestamp('2011-10-08 00:00:00')
    """
    direction = 1 if n > 0 else -1
    for _ in range(abs(n)):
        day = nearest_working_day(day + pd.Timedelta(days=direction), is_worked, direction)
    return day
