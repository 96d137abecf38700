"""Planned and actual dates of one milestone a row: outlines above, filled marks below, the delay between."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from meishan_stats.charts.item_rows import last_day
from meishan_stats.charts.theme import ACTUAL_COLOUR, EDGE, INK, LIGHT_COLOURS, word
from meishan_stats.codelists import codes, labels

LATE_COLOUR, PLAN_COLOUR = "#E69F00", "#FFFFFF"  # a plan is an outline
PLAN, ACTUAL = -0.17, 0.17
"""Where in a row the plan and what was done are drawn."""

_BAR = 0.26


def days_of(row: dict[Any, Any]) -> Iterator[float]:
    """First and last days of the plan and of what was done."""
    if pd.notna(row["planned_on"]):
        yield float(date2num(row["planned_on"]))
        yield float(date2num(row["due_on"] if pd.notna(row["due_on"]) else row["planned_on"]))
    if pd.notna(row["actual_on"]):
        yield float(date2num(row["actual_on"]))
        yield float(date2num(last_day(row["actual_on"], row["actual_precision"])))


def draw_dates(ax: Axes, row: dict[Any, Any], place: int) -> float | None:
    """Plan, what was done, and the delay; gives the last day drawn."""
    plan, done = row["planned_on"], row["actual_on"]
    if pd.notna(plan):
        due = row["due_on"] if pd.notna(row["due_on"]) else plan
        _mark(ax, plan, due, place + PLAN, PLAN_COLOUR)
        is_open = row["status"] == "overdue"
        until = row["as_of"] if is_open else done
        if pd.notna(until) and until > due:
            colour = LIGHT_COLOURS.get(row["light"], PLAN_COLOUR) if is_open else LATE_COLOUR
            start = float(date2num(due))
            ax.barh(
                place + ACTUAL, float(date2num(until)) - start, _BAR * 0.75, left=start, color=colour,
                edgecolor=EDGE, linewidth=0.6, gid="delay",
            )  # fmt: skip
    if pd.notna(done):
        late = row["status"] == "done_late"
        last = last_day(done, row["actual_precision"])
        _mark(ax, done, last, place + ACTUAL, LATE_COLOUR if late else ACTUAL_COLOUR)
    is_open = row["status"] == "overdue" and pd.notna(row["as_of"])
    return max([*days_of(row), *([float(date2num(row["as_of"]))] if is_open else [])], default=None)


def _mark(ax: Axes, first: pd.Timestamp, last: pd.Timestamp, y: float, colour: str) -> None:
    """A diamond for a day, a bar for a span."""
    start, end = float(date2num(first)), float(date2num(last))
    gid = "plan" if colour == PLAN_COLOUR else "actual"
    if end > start:
        # The last day is part of the span.
        width = end - start + 1
        ax.barh(y, width, _BAR, left=start, color=colour, edgecolor=INK, linewidth=0.9, gid=gid)
    else:
        ax.plot(
            [start], [y], marker="D", markersize=5.5, color=colour, markeredgecolor=INK, markeredgewidth=0.9,
            linestyle="none", gid=gid,
        )  # fmt: skip


def name_marks(ax: Axes, shown: pd.DataFrame, as_of: pd.Timestamp, lang: str) -> int:
    """Say above the chart what the marks are; gives the rows that takes."""

    def diamond(colour: str, text: str) -> Line2D:
        look = {"color": colour, "markeredgecolor": INK, "markeredgewidth": 0.9, "linestyle": "none"}
        return Line2D([], [], marker="D", markersize=5.5, label=text, **look)  # type: ignore[arg-type]

    is_late = shown["status"].eq("done_late").fillna(False).astype(bool)
    marks = (
        (PLAN_COLOUR, "milestone_planned", shown["planned_on"].notna().any()),
        (ACTUAL_COLOUR, "milestone_done", (shown["actual_on"].notna() & ~is_late).any()),
        (LATE_COLOUR, "milestone_done_late", is_late.any()),
    )
    handles: list[Line2D | Patch] = [
        diamond(colour, word(key, lang)) for colour, key, occurs in marks if occurs
    ]
    lights = set(shown.loc[shown["status"].eq("overdue").fillna(False).astype(bool), "light"].dropna())
    named = labels("lights", lang)
    handles += [
        Patch(facecolor=LIGHT_COLOURS[code], edgecolor=EDGE, label=word("milestone_open", lang, named[code]))
        for code in codes("lights")
        if code in lights
    ]
    if pd.notna(as_of):
        text = word("milestone_as_of", lang, f"{as_of:%Y-%m-%d}")
        handles.append(Line2D([], [], color=INK, linewidth=1.0, linestyle=(0, (4, 3)), label=text))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
    return -(-len(handles) // 3)
