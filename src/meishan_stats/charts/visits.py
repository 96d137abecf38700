"""Chart of visits made and received: bars by month or week, a calendar by day."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from meishan_stats.charts.choices import only_value
from meishan_stats.charts.item_rows import SMALL, axes_inches, finish_rows, rows_axes
from meishan_stats.charts.months import number_months
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    INK,
    MUTED,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.schemas import label
from meishan_stats.schemas.results.activity import VisitCalendar

USER = "plot_visit_calendar"
_PARTS: dict[str, dict[str, Any]] = {
    "n_made": {"facecolor": TOTAL_COLOUR},
    "n_received": {"facecolor": tint(TOTAL_COLOUR, 0.6), "hatch": "////"},
    "n_direction_unknown": {"facecolor": "#FFFFFF"},
}
_SHADES = LinearSegmentedColormap.from_list("visits", ["#EDEFF2", tint(TOTAL_COLOUR, 0.55), "#12263A"])
_MOST_SHADES = 5
_YEAR = 8.6  # rows of the calendar from one year to the next: seven weekdays and a gap


def plot_visit_calendar(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """Draw visits made and received in each month or week as bars, or all visits of each day as a calendar.

    Between the first and the last visit a time without one is 0; what lies outside is not drawn. Visits
    whose date is not known so precisely are told in the caption.

    Parameters
    ----------
    result : VisitCalendar of one office, by month, week or day
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"

    Returns
    -------
    Axes
        By month or week the heights of the bars are visits; by day the first collections, one a year, hold
        the visits of each day: a column a week, a row a weekday from Monday.

    Raises
    ------
    ChoiceError
        The result is of several offices or groupings.
    TableError
        The result lacks a column of ``VisitCalendar``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> nothing = ["n_direction_unknown", "n_visitors_known", "n_visitors_missing", "n_with_project", "n_undated"]
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "grouped_by": "month", "period": [pd.Timestamp("2011-05-01")],
    ...     "n_visits": 3, "n_made": 1, "n_received": 2, **dict.fromkeys(nothing, 0),
    ... }), VisitCalendar)
    >>> [float(bar.get_height()) for bar in plot_visit_calendar(result).patches]
    [1.0, 2.0]
    """
    office = one_office(result, VisitCalendar, USER, lang)
    by = str(only_value(result, "grouped_by", USER) or "month")
    rows = result.dropna(subset=["period"]).sort_values("period", ignore_index=True)
    title = word(f"visits_title_{by}", lang, office=office)
    n_years = rows["period"].dt.year.nunique()
    with theme() as font:
        ax, height = rows_axes(ax, 2.4 + 1.35 * n_years if by == "day" and n_years else 4.4)
        if rows.empty:
            n = int(result["n_visits"].sum())
            say_no_data(ax, word("visits_undated_only", lang, n) if n else word("visits_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height, legend_rows=0)
            return ax
        if by == "day":
            _draw_calendar(ax, rows, lang)
        else:
            _draw_bars(ax, rows, lang)
            ax.set_ylabel(word("visits_axis", lang), fontfamily=font)
        unit = word("visits_unit", lang)
        finish_rows(ax, result, title, lang=lang, height=height, unit=unit, notes=_notes(result, by, lang))
    return ax


def _draw_bars(ax: Axes, rows: pd.DataFrame, lang: str) -> None:
    base = np.zeros(len(rows))
    shown = [name for name in _PARTS if name != "n_direction_unknown" or rows[name].sum()]
    for name in shown:
        n = rows[name].astype("float64").to_numpy()
        ax.bar(rows.index, n, 0.74, bottom=base, edgecolor=EDGE, linewidth=0.7, label=label(VisitCalendar, name, lang),
               **_PARTS[name])  # fmt: skip
        base = base + n
    room = axes_inches(ax) / len(rows)
    if room > 0.2:
        for place, n in enumerate(rows["n_visits"]):
            ax.annotate(f"{n:,}", (place, base[place]), xytext=(0, 2), textcoords="offset points", ha="center",
                        fontsize=SMALL if room > 0.3 else 7)  # fmt: skip
    number_months(ax, rows["period"], lang)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    ax.set_ylim(0, max(base.max() * 1.12, 1))
    ax.grid(True, axis="y", color=GRID, linewidth=0.8)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)


def _draw_calendar(ax: Axes, rows: pd.DataFrame, lang: str) -> None:
    """A block of weeks for each year; every day of the table is a cell."""
    years = sorted(rows["period"].dt.year.unique())
    most = int(rows["n_visits"].max())
    edges = _steps(most)
    norm = BoundaryNorm([*edges, most + 1], _SHADES.N, extend="neither") if len(edges) > 1 else None
    places, names = [], []
    for block, year in enumerate(years):
        days = rows[rows["period"].dt.year == year]
        first = pd.Timestamp(year, 1, 1)
        column = (days["period"].dt.day_of_year - 1 + first.weekday()) // 7
        cells = np.full((7, 54), np.nan)
        cells[days["period"].dt.day_of_week, column] = days["n_visits"].astype("float64")
        top = block * _YEAR
        ax.pcolormesh(
            np.arange(55), top + np.arange(8), np.ma.masked_invalid(cells), cmap=_SHADES, norm=norm,
            edgecolors="white", linewidth=0.8,
        )  # fmt: skip
        for month in range(1, 13):
            start = (pd.Timestamp(year, month, 1).day_of_year - 1 + first.weekday()) // 7
            ax.text(start, top - 0.15, word("month", lang, month), fontsize=7.5, color=MUTED, va="bottom")
        for weekday in (0, 2, 4, 6):
            places.append(top + weekday + 0.5)
            names.append(word("visits_weekdays", lang).split("|")[weekday])
        ax.text(
            -3.6, top + 3.5, word("one_year", lang, year), rotation=90, ha="right", va="center", color=INK
        )
    ax.set_yticks(places, names)
    ax.tick_params(axis="y", length=0, labelsize=7.5)
    ax.set_xticks([])
    ax.set(xlim=(0, 54), ylim=(len(years) * _YEAR - 1.2, -1.4))
    ax.spines[:].set_visible(False)
    bounds = [*edges, most + 1]
    handles = [
        Patch(facecolor=_SHADES(norm(low)) if norm else _SHADES(0.0), edgecolor=GRID,
              label=f"{low}" if high == low + 1 else f"{low}–{high - 1}")
        for low, high in pairwise(bounds)
    ]  # fmt: skip
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=6, borderaxespad=0.2)


def _steps(most: int) -> list[int]:
    """Where the shades begin: 0, 1 and on, wider where a day has many visits.

    >>> _steps(3), _steps(20)
    ([0, 1, 2, 3], [0, 1, 6, 11, 16])
    """
    wide = -(-most // (_MOST_SHADES - 1)) if most >= _MOST_SHADES else 1
    return [0, *range(1, most + 1, wide)]


def _notes(result: pd.DataFrame, by: str, lang: str) -> list[str]:
    undated = int(result.loc[result["period"].isna(), "n_visits"].sum())
    directions = int(result["n_direction_unknown"].sum())
    return [
        word("visits_day_note", lang) if by == "day" else "",
        word("visits_undated", lang, undated, word(f"visits_by_{by}", lang)) if undated else "",
        word("visits_directions", lang, directions) if directions and by != "day" else "",
    ]
