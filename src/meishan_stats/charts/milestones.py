"""Chart of planned dates against actual ones, milestone by milestone."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.choices import check_top
from meishan_stats.charts.gantt import ACTUAL, PLAN, days_of, draw_dates, name_marks
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
    LIGHT_COLOURS,
    one_office,
    say_no_data,
    theme,
    word,
)
from meishan_stats.codelists import codes, labels
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas.results.milestones import MilestoneStatus

URGENCY = (
    "overdue",
    "due_soon",
    "on_plan",
    "no_plan",
    "done_late",
    "done_undated",
    "done_on_time",
    "stopped",
)
"""Statuses, the most urgent first; a status that is not known comes after those still to be done."""


def plot_milestone_status(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    project: str | None = None,
    top: int = 20,
) -> Axes:
    """Draw planned against actual dates of one office, the most urgent milestones first, or of one project.

    The plan is an outline: a diamond for a day, a bar for a month, quarter or year. What was done is
    filled the same way. Between the last day on plan and the day it was done lies an orange bar; what
    is not done yet has a bar in the colour of its light up to the day of the comparison, and the words
    name the light.

    Parameters
    ----------
    result : MilestoneStatus of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    project : project_id or name: draw all milestones of this project, in the order of their dates
    top : milestones drawn at most; the caption counts the rest by status

    Returns
    -------
    Axes
        Places along the axis are days (matplotlib dates).

    Raises
    ------
    ChoiceError
        The result is of several offices or holds no such project, or ``top`` is no whole number from 1.
    TableError
        The result lacks a column of ``MilestoneStatus``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> status = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-04-10"), "project_id": ["a", "b"],
    ...     "name": ["甲", "乙"], "milestone": "started", "planned_precision": "month", "light": ["green", "yellow"],
    ...     "planned_on": pd.Timestamp("2011-03-01"), "due_on": pd.Timestamp("2011-03-31"), "days_late": [0, 10],
    ...     "actual_on": pd.to_datetime(["2011-03-31", None]), "status": ["done_on_time", "overdue"],
    ... }), MilestoneStatus)
    >>> [text.get_text() for text in plot_milestone_status(status).get_yticklabels()]
    ['乙', '甲']
    """
    office = one_office(result, MilestoneStatus, "plot_milestone_status", lang)
    check_top("plot_milestone_status", top)
    rows = _by_urgency(result) if project is None else _of_project(result, project)
    shown = rows.head(top)
    title = word("milestone_title", lang, office=office)
    if project is not None:
        title = word("milestone_title_project", lang, name=shortened(_project(rows.iloc[0].to_dict()), 40))
    with theme() as font:
        ax, height = rows_axes(ax, 2.1 + 0.44 * max(len(shown), 2))
        days = [day for row in shown.to_dict("records") for day in days_of(row)]
        if not days:
            n_rows = len(shown)
            reason = word("milestone_no_date", lang, n_rows) if n_rows else word("milestone_empty", lang)
            say_no_data(ax, reason, lang)
            finish_rows(ax, result, title, lang=lang, height=height)
            return ax
        names = [_named(row, project is not None, lang) for row in shown.to_dict("records")]
        below = [_under(row, project is not None, lang) for row in shown.to_dict("records")]
        name_rows(ax, range(len(shown)), names, below)
        ends, texts = _draw(ax, shown, min(days), lang)
        across, as_of = axes_inches(ax, names, below), shown["as_of"].max()
        show_days(ax, days, ends, texts, across, n_rows=len(shown), as_of=as_of)
        ax.tick_params(labelfontfamily=font)
        legend_rows = name_marks(ax, shown, as_of, lang)
        finish_rows(
            ax, result, title, lang=lang, height=height, names=names, below=below, legend_rows=legend_rows,
            notes=_notes(rows, shown, lang, is_project=project is not None),
        )  # fmt: skip
    return ax


def _draw(ax: Axes, shown: pd.DataFrame, undated: float, lang: str) -> tuple[list[float], list[str]]:
    """Marks and words of every row; gives the last day of each, and the words behind it."""
    ends, texts = [], []
    for place, row in enumerate(shown.to_dict("records")):
        ends.append(draw_dates(ax, row, place) or undated)
        texts.append(_said(row, lang))
        is_plan_alone = pd.isna(row["actual_on"]) and row["status"] != "overdue"
        say_behind(ax, ends[-1], place + (PLAN if is_plan_alone else ACTUAL), texts[-1], gap=7)
    return ends, texts


def _by_urgency(result: pd.DataFrame) -> pd.DataFrame:
    """Overdue ones by days late, what is to come by its last day on plan, then the rest."""
    rank = {code: place for place, code in enumerate(URGENCY)}
    is_overdue = result["status"].eq("overdue").fillna(False).astype(bool)
    return (
        result.assign(
            rank=result["status"].map(rank).fillna(rank["no_plan"]),
            is_later=result["days_late"].where(is_overdue).fillna(0).astype(float) * -1,
            late=result["days_late"].fillna(0).astype(float) * -1,
            due=result["due_on"].where(~is_overdue),
        )
        .assign(due=lambda table: table["due"].where(table["rank"] < rank["no_plan"]))
        .sort_values(["rank", "is_later", "due", "late", "project_id"], kind="stable", ignore_index=True)
    )


def _of_project(result: pd.DataFrame, project: str) -> pd.DataFrame:
    rows = result[(result["project_id"] == project) | (result["name"] == project)]
    if rows.empty:
        raise ChoiceError(
            f"plot_milestone_status：没有项目 {project!r}，请用 result 中的 project_id 或 name",
            f"plot_milestone_status: there is no project {project!r}: use a project_id or name of the result",
        )
    n = rows["project_id"].nunique()
    if n > 1:
        raise ChoiceError(
            f"plot_milestone_status：有 {n} 个项目名为 {project!r}，请用 project_id",
            f"plot_milestone_status: {n} projects are named {project!r}: use the project_id",
        )
    on = rows["planned_on"].fillna(rows["actual_on"])
    return rows.assign(on=on).sort_values("on", kind="stable", ignore_index=True)


def _named(row: dict[Any, Any], is_project: bool, lang: str) -> str:
    if is_project:
        return shortened(_step(row, lang), 30)
    return shortened(_project(row), 36)


def _project(row: dict[Any, Any]) -> str:
    return str(row["name"] if isinstance(row["name"], str) else row["project_id"])


def _step(row: dict[Any, Any], lang: str) -> str:
    """The milestone by its name, a step that is none as stated."""
    if isinstance(row["milestone"], str):
        return labels("stages", lang).get(row["milestone"], row["milestone"])
    return row["step"] if isinstance(row["step"], str) else word("milestone_step", lang)


def _under(row: dict[Any, Any], is_project: bool, lang: str) -> str:
    duty = row["responsible"] if isinstance(row["responsible"], str) else ""
    parts = [part for part in ("" if is_project else _step(row, lang), duty) if part]
    return shortened(word("separator", lang, *parts) if len(parts) == 2 else "".join(parts), 40)


def _said(row: dict[Any, Any], lang: str) -> str:
    """Status, how late, and the light of what is overdue."""
    if not isinstance(row["status"], str):
        return word("milestone_unknown", lang)
    status = labels("milestone_statuses", lang)[row["status"]]
    if row["status"] not in ("overdue", "done_late") or pd.isna(row["days_late"]):
        return status
    text = word("milestone_late", lang, status, row["days_late"])
    if row["status"] == "done_late":
        return text
    if pd.notna(row["months_missed"]) and row["months_missed"]:
        text += word("brackets", lang, word("milestone_missed", lang, row["months_missed"]))
    return (
        word("rows_and", lang, text, labels("lights", lang)[row["light"]])
        if row["light"] in LIGHT_COLOURS
        else text
    )


def _notes(rows: pd.DataFrame, shown: pd.DataFrame, lang: str, *, is_project: bool) -> list[str]:
    rest = rows.iloc[len(shown) :]
    named = labels("milestone_statuses", lang)
    counts = rest["status"].value_counts(dropna=False)
    parts = [
        word("milestone_count", lang, named.get(code, word("milestone_unknown", lang)), int(counts[code]))
        for code in sorted(counts.index, key=lambda code: [*codes("milestone_statuses"), code].index(code))
    ]
    told = word("rows_comma", lang).join(parts)
    return [
        "" if is_project else word("milestone_order", lang),
        word("milestone_marks", lang),
        word("milestone_rest", lang, len(rest), told) if len(rest) else "",
    ]
