"""Axes of months or weeks: one place a period, numbered where there is room."""

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.theme import word

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
MOST_NUMBERS = 18


def number_months(ax: Axes, periods: pd.Series, lang: str, is_joined: pd.Series | None = None) -> None:
    """Label as many months as there is room for, counted from January, the year under the first of each.

    Parameters
    ----------
    periods : first days of the months or weeks drawn at 0, 1, 2, …; a month of weeks is named at its first
    is_joined : where the row of February is January and February together
    """
    joined = (
        (pd.Series(False, index=periods.index) if is_joined is None else is_joined).fillna(False).astype(bool)
    )
    months = periods.dt.year * 12 + (periods.dt.month - 1).where(~joined, 0)
    first = ~months.duplicated()
    most = MOST_NUMBERS - 4 * bool(joined.any())
    step = next((step for step in _STEPS if first.sum() / step <= most), _STEPS[-1])
    shown = first & ((months % step == 0) | (first.sum() == 1))
    years = periods[shown].dt.year
    n_of_year = years.map(years.value_counts())
    named: list[str] = []
    for place, n, is_later in zip(years.index, n_of_year, years.duplicated(), strict=True):
        year = word("one_year", lang, years[place])
        month = word("joined_months", lang) if joined[place] else word("month", lang, periods[place].month)
        # One label is too narrow for a year: a year of a single label leaves the place to the next.
        has_room = not is_later and (n > 1 or len(years) == 1)
        named.append(year if step >= 12 else f"{month}\n{year if has_room else ''}")
    ax.set_xticks(years.index.tolist(), named, linespacing=1.4)
    ax.set_xlim(-0.7, len(periods) - 0.3)
