"""Chart of schedules made backwards from the date of production."""

from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from meishan_stats.charts.choices import check_top
from meishan_stats.charts.item_rows import (
    axes_inches,
    finish_rows,
    name_rows,
    rows_axes,
    say_behind,
    show_days,
)
from meishan_stats.charts.labels import shortened
from meishan_stats.charts.theme import (
    EDGE,
    INK,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.codelists import codes, labels
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas.results.milestones import BackwardSchedule

_KEY = ["project_id", "production_on"]
_BAR = 0.42
_STEP_COLOUR = tint(TOTAL_COLOUR, 0.6)


def plot_backward_schedule(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    project: str | None = None,
    top: int = 15,
) -> Axes:
    """Draw the latest days that still keep a date of production, one milestone or one project a row.

    A single schedule (of a date alone, or of one project) has a row for each milestone, its bar the
    time from the milestone before. Several have a row each, their bars divided at the milestones:
    those with production still to come first, the soonest at the top.

    Parameters
    ----------
    result : BackwardSchedule of one office, or of a date alone
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    project : project_id or name: draw the schedule of this project
    top : projects drawn at most; the caption counts the rest

    Returns
    -------
    Axes
        Places along the axis are days (matplotlib dates).

    Raises
    ------
    ChoiceError
        The result is of several offices or holds no such project, or ``top`` is no whole number from 1.
    TableError
        The result lacks a column of ``BackwardSchedule``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> schedule = conform(pd.DataFrame({
    ...     "milestone": ["completed", "production"], "months": [None, 3], "is_working_days": False,
    ...     "latest_on": pd.to_datetime(["2026-09-30", "2026-12-31"]), "production_on": pd.Timestamp("2026-12-31"),
    ... }), BackwardSchedule)
    >>> plot_backward_schedule(schedule).get_title(loc="left")
    '倒排时间表：2026-12-31投产'
    """
    office = one_office(result, BackwardSchedule, "plot_backward_schedule", lang)
    check_top("plot_backward_schedule", top)
    rank = {code: place for place, code in enumerate(codes("stages"))}
    table = _of_project(result, project).sort_values(
        "milestone", key=lambda code: code.map(rank), kind="stable"
    )
    schedules = _soonest_first([schedule for _, schedule in table.groupby(_KEY, dropna=False, sort=True)])
    with theme() as font:
        if not schedules:
            ax, height = rows_axes(ax, 3.2)
            say_no_data(ax, word("schedule_empty", lang), lang)
            finish_rows(ax, result, word("schedule_title", lang, office=office), lang=lang, height=height)
            return ax
        is_one = len(schedules) == 1
        shown = schedules[:top]
        n_rows = len(shown[0]) if is_one else len(shown)
        ax, height = rows_axes(ax, (2.1 if is_one else 2.4) + 0.4 * max(n_rows, 2))
        as_of = shown[0]["as_of"].max()
        names = _milestones(shown[0], lang) if is_one else [_named(schedule) for schedule in shown]
        name_rows(ax, range(n_rows), names)
        ends, texts = _draw_steps(ax, shown[0], lang) if is_one else _draw_projects(ax, shown, lang)
        legend_rows = _legend(ax, shown, as_of, lang, is_one=is_one)
        days = [float(day) for schedule in shown for day in date2num(schedule["latest_on"])]
        show_days(ax, days, ends, texts, axes_inches(ax, names), n_rows=n_rows, as_of=as_of)
        ax.tick_params(labelfontfamily=font)
        title = _title(shown[0], office, lang) if is_one else word("schedule_title", lang, office=office)
        notes = _notes(table, len(schedules) - len(shown), lang)
        finish_rows(
            ax, result, title, lang=lang, height=height, notes=notes, names=names, legend_rows=legend_rows
        )
    return ax


def _of_project(result: pd.DataFrame, project: str | None) -> pd.DataFrame:
    if project is None:
        return result
    rows = result[
        ((result["project_id"] == project) | (result["name"] == project)).fillna(False).astype(bool)
    ]
    n = rows["project_id"].nunique()
    if n != 1:
        raise ChoiceError(
            f"plot_backward_schedule：有 {n} 个项目叫 {project!r}，请用 result 中的 project_id",
            f"plot_backward_schedule: {n} projects are called {project!r}: use a project_id of the result",
        )
    return rows


def _soonest_first(schedules: list[pd.DataFrame]) -> list[pd.DataFrame]:
    """Production still to come first, the soonest first; then what is past, the latest first."""

    def order(schedule: pd.DataFrame) -> tuple[bool, float]:
        on, as_of = schedule["production_on"].iloc[0], schedule["as_of"].max()
        is_past = bool(pd.notna(as_of) and on < as_of)
        return is_past, -float(date2num(on)) if is_past else float(date2num(on))

    return sorted(schedules, key=order)


def _milestones(schedule: pd.DataFrame, lang: str) -> list[str]:
    named = labels("stages", lang)
    return [named.get(code, code) for code in schedule["milestone"]]


def _named(schedule: pd.DataFrame) -> str:
    name, code, on = (schedule[column].iloc[0] for column in ("name", "project_id", "production_on"))
    return shortened(
        name if isinstance(name, str) else code if isinstance(code, str) else f"{on:%Y-%m-%d}", 36
    )


def _title(schedule: pd.DataFrame, office: str, lang: str) -> str:
    on, name = schedule["production_on"].iloc[0], schedule["name"].iloc[0]
    of = name if isinstance(name, str) else office
    text = word("schedule_production", lang, f"{on:%Y-%m-%d}")
    return word(
        "schedule_title_of", lang, of=shortened(of, 36) if of else word("schedule_title_one", lang), text=text
    )


def _draw_steps(ax: Axes, schedule: pd.DataFrame, lang: str) -> tuple[list[float], list[str]]:
    """A row for each milestone; gives where each ends and the words behind it."""
    days = [float(day) for day in date2num(schedule["latest_on"])]
    for place, (start, end) in enumerate(pairwise(days), start=1):
        ax.barh(place, end - start, _BAR, left=start, color=_STEP_COLOUR, edgecolor=EDGE, linewidth=0.8)
    texts = []
    for place, (day, row) in enumerate(zip(days, schedule.to_dict("records"), strict=True)):
        ax.plot([day], [place], marker="D", markersize=6, color=TOTAL_COLOUR, markeredgecolor=INK)
        texts.append(_said(row, lang))
        say_behind(ax, day, place, texts[-1], gap=8)
    return days, texts


def _said(row: dict[Any, Any], lang: str) -> str:
    parts = [
        word(
            f"schedule_{unit}{'_working' if unit == 'days' and row['is_working_days'] else ''}",
            lang,
            f"{row[unit]:g}",
        )
        for unit in ("months", "days")
        if pd.notna(row[unit])
    ]
    text = f"{row['latest_on']:%Y-%m-%d}" + (word("brackets", lang, parts[0]) if parts else "")
    is_past = pd.notna(row["as_of"]) and row["latest_on"] < row["as_of"]
    return word("rows_and", lang, text, word("schedule_past", lang)) if is_past else text


def _draw_projects(ax: Axes, schedules: list[pd.DataFrame], lang: str) -> tuple[list[float], list[str]]:
    """A row for each schedule, divided at its milestones."""
    colours = _colours(schedules)
    ends, texts = [], []
    for place, schedule in enumerate(schedules):
        days = [float(day) for day in date2num(schedule["latest_on"])]
        for (start, end), code in zip(pairwise(days), schedule["milestone"].iloc[1:], strict=True):
            ax.barh(place, end - start, _BAR, left=start, color=colours[code], edgecolor=EDGE, linewidth=0.6)
        ends.append(days[-1])
        texts.append(word("schedule_production", lang, f"{schedule['latest_on'].iloc[-1]:%Y-%m-%d}"))
        say_behind(ax, ends[-1], place, texts[-1])
    return ends, texts


def _colours(schedules: list[pd.DataFrame]) -> dict[str, str]:
    """Darker towards production."""
    present = {code for schedule in schedules for code in schedule["milestone"].iloc[1:]}
    steps = [code for code in codes("stages") if code in present]
    return {code: tint(TOTAL_COLOUR, 0.88 * (1 - (k + 1) / len(steps))) for k, code in enumerate(steps)}


def _legend(ax: Axes, schedules: list[pd.DataFrame], as_of: pd.Timestamp, lang: str, *, is_one: bool) -> int:
    named = labels("stages", lang)
    diamond = {
        "marker": "D",
        "markersize": 6,
        "color": TOTAL_COLOUR,
        "markeredgecolor": INK,
        "linestyle": "none",
    }
    handles: list[Line2D | Patch] = (
        [
            Line2D([], [], label=word("schedule_latest", lang), **diamond),  # type: ignore[arg-type]
            Patch(facecolor=_STEP_COLOUR, edgecolor=EDGE, label=word("schedule_step", lang)),
        ]
        if is_one
        else [
            Patch(facecolor=colour, edgecolor=EDGE, label=word("schedule_until", lang, named[code]))
            for code, colour in _colours(schedules).items()
        ]
    )
    if pd.notna(as_of):
        text = word("milestone_as_of", lang, f"{as_of:%Y-%m-%d}")
        handles.append(Line2D([], [], color=INK, linewidth=1.0, linestyle=(0, (4, 3)), label=text))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
    return -(-len(handles) // 3)


def _notes(table: pd.DataFrame, n_left: int, lang: str) -> list[str]:
    return [
        word("schedule_note", lang),
        word("schedule_note_working", lang) if table["is_working_days"].any() else "",
        word("rows_rest", lang, n_left) if n_left else "",
    ]
