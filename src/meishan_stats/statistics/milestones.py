"""Planned dates against actual ones: what is done, due and late, and the lights."""

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Milestones, Projects, conform
from meishan_stats.schemas.results.milestones import MilestoneStatus, MilestoneSummary
from meishan_stats.statistics.dates import Day, day_of, last_days, months_between
from meishan_stats.statistics.frames import as_declared, collected, in_codelist_order, opened
from meishan_stats.statistics.joining import about_offices, check_each_once
from meishan_stats.values.stages import STOPPED, stage_order

PROJECT_COLUMNS = (
    "office", "project_id", "name", "stage", "responsible", "first_reported_on", "as_of", "is_demo",
)  # fmt: skip
MILESTONE_COLUMNS = (
    "project_id", "milestone", "step", "planned_on", "planned_precision", "actual_on", "actual_precision",
    "responsible",
)  # fmt: skip
_COUNTS = {
    "n_on_time": "done_on_time", "n_late": "done_late", "n_done_undated": "done_undated",
    "n_overdue": "overdue", "n_due_soon": "due_soon", "n_on_plan": "on_plan", "n_stopped": "stopped",
}  # fmt: skip


def milestone_status(
    milestones: IntoFrame,
    projects: IntoFrame,
    *,
    as_of: Day | None = None,
    yellow_months: int = 1,
    red_months: int = 3,
    due_within_days: int = 30,
) -> pd.DataFrame:
    """Compare every planned milestone and step with what was done: status, days late and a light.

    Dates are compared by what is known of them: a plan for a month is late only after the month's end,
    one for a year after the year's end, and what was done in a month was done on its first day. So
    nothing is called late that may have been in time, and ``days_late`` is the least it can be. A
    milestone without an actual date counts as done (``done_undated``) where the stage of its project
    is as far or further; else a missing date would light red for a plant that produces.

    Parameters
    ----------
    milestones : Milestones, one row per milestone or step of a project
        pandas, Polars, PyArrow, DuckDB or PySpark; read whole, it is a list of an office.
    projects : Projects
        Stage, person responsible where the milestone names none, and the month of the last report.
    as_of : date, optional
        Day the comparison is made for; by default the last day of the last month reported. What was
        done after it is not done yet.
    yellow_months, red_months : int
        Months that ended without the milestone, the planned month included, from which the light is
        yellow and red. What is done, due or planned for later is green.
    due_within_days : int
        Days before its last day on plan from which a milestone is due soon.

    Returns
    -------
    MilestoneStatus, one row per row of ``milestones``, sorted by office, project and milestone
        ``status`` is a code of definitions/codelists/milestone_statuses.csv, missing where it turns on
        a day that is not known; ``light`` one of lights.csv, missing without a plan and for projects
        that are terminated or suspended.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, or a project stands twice.
    ChoiceError
        ``as_of`` is no date, or a threshold is no whole number that fits the others.

    Notes
    -----
    Yinchuan lights a project green that starts as planned, yellow that did not start in its planned
    month, red after three consecutive months (m.qlbk.net/news/3Ww4l7bw75.html, 2025-03-26).

    Examples
    --------
    Planned for March 2011: one is done on 31 March, the other not yet on 10 April.

    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"], "sector": "other",
    ... }), Projects)
    >>> milestones = conform(pd.DataFrame({
    ...     "office": "示例镇", "project_id": ["a", "b"], "name": ["甲", "乙"], "milestone": "started",
    ...     "planned_on": pd.to_datetime("2011-03-01"), "planned_precision": "month",
    ...     "actual_on": pd.to_datetime(["2011-03-31", None]), "actual_precision": ["day", None],
    ... }), Milestones)
    >>> milestone_status(milestones, projects, as_of="2011-04-10")[["name", "status", "days_late", "light"]]
      name        status  days_late   light
    0    甲  done_on_time          0   green
    1    乙       overdue         10  yellow
    """
    _check_thresholds(yellow_months, red_months, due_within_days)
    plan = _as_of(_with_projects(milestones, projects), None if as_of is None else day_of(as_of, "as_of"))
    table = _lit(_judged(plan, due_within_days), yellow_months, red_months)
    keys = ["office", "project_id", "milestone", "planned_on", "step"]
    return conform(in_codelist_order(table, keys, milestone="stages"), MilestoneStatus)


def milestone_summary(
    milestones: IntoFrame, projects: IntoFrame, *, as_of: Day | None = None, due_within_days: int = 30
) -> pd.DataFrame:
    """Count by milestone how many were planned, done in time, done late and are overdue.

    ``on_time_ratio`` is over those of which it is decided: done on a known date, or overdue. What is
    not yet due, done on an unknown date or planned for a stopped project is counted beside it.

    Parameters
    ----------
    milestones, projects, as_of, due_within_days
        As for ``milestone_status``.

    Returns
    -------
    MilestoneSummary, one row per office and milestone that has plans
        In the order of the stages; steps that are no milestone together in a last row.

    Raises
    ------
    TableError, ChoiceError
        As ``milestone_status``.

    Examples
    --------
    Planned for March 2011 in two projects: one is done in time, the other overdue in April.

    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"], "sector": "other",
    ... }), Projects)
    >>> milestones = conform(pd.DataFrame({
    ...     "office": "示例镇", "project_id": ["a", "b"], "name": ["甲", "乙"], "milestone": "started",
    ...     "planned_on": pd.to_datetime("2011-03-01"), "planned_precision": "month",
    ...     "actual_on": pd.to_datetime(["2011-03-31", None]), "actual_precision": ["day", None],
    ... }), Milestones)
    >>> summary = milestone_summary(milestones, projects, as_of="2011-04-10")
    >>> summary[["milestone", "n_planned", "n_on_time", "n_overdue", "on_time_ratio"]]
      milestone  n_planned  n_on_time  n_overdue  on_time_ratio
    0   started          2          1          1            0.5
    """
    rows = milestone_status(milestones, projects, as_of=as_of, due_within_days=due_within_days)
    planned = rows[rows["status"].ne("no_plan") & rows["due_on"].notna()]
    counts = planned[["office", "milestone", "is_demo", "as_of"]].assign(
        n_planned=1,
        **{name: planned["status"].eq(status).fillna(False).astype(int) for name, status in _COUNTS.items()},
    )
    about = {"is_demo": ("is_demo", "max"), "as_of": ("as_of", "max")}
    sums = {name: (name, "sum") for name in ("n_planned", *_COUNTS)}
    table = counts.groupby(["office", "milestone"], dropna=False).agg(**about, **sums).reset_index()
    decided = table["n_on_time"] + table["n_late"] + table["n_overdue"]
    table = table.assign(on_time_ratio=table["n_on_time"] / decided.where(decided > 0))
    return conform(in_codelist_order(table, ["office", "milestone"], milestone="stages"), MilestoneSummary)


def _check_thresholds(yellow_months: int, red_months: int, due_within_days: int) -> None:
    given = (yellow_months, red_months, due_within_days)
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in given)
    if not whole or not 0 < yellow_months <= red_months or due_within_days < 0:
        raise ChoiceError(
            f"yellow_months、red_months 应为由小到大的正整数，due_within_days 不小于 0，不能是 {given}",
            f"yellow_months and red_months must be whole, rising from 1, due_within_days not below 0, not {given}",
        )


def _with_projects(milestones: IntoFrame, projects: IntoFrame) -> pd.DataFrame:
    """Milestones in pandas with what the project says, ``as_of`` the last day its office reported on."""
    user = "milestone_status"
    listed = opened(projects, Projects, PROJECT_COLUMNS, user)
    check_each_once(listed, user)
    offices = about_offices(listed)
    offices = offices.assign(as_of=offices["as_of"] + pd.offsets.MonthEnd(0))
    known = as_declared(collected(listed), Projects)
    known = known.rename(columns={"as_of": "reported_on", "responsible": "duty"}).drop(columns="is_demo")
    plan = as_declared(collected(opened(milestones, Milestones, MILESTONE_COLUMNS, user)), Milestones)
    strangers = sorted(set(plan["project_id"]) - set(known["project_id"]))
    if strangers:
        raise TableError(
            f"{user}：milestones 中有 {len(strangers)} 个 project_id 不在 projects 中，如 {strangers[0]}",
            f"{user}: {len(strangers)} project_id of milestones are not in projects, such as {strangers[0]}",
        )
    joined = plan.merge(known, on="project_id", how="left").merge(
        offices[["office", "is_demo", "as_of"]], on="office", how="left"
    )
    return joined.assign(responsible=joined["responsible"].fillna(joined["duty"]))


def _as_of(plan: pd.DataFrame, day: pd.Timestamp | None) -> pd.DataFrame:
    """What was known on a day: the last day on plan, and actual dates up to the day only."""
    until = plan["as_of"] if day is None else pd.Series(day.as_unit("ns"), index=plan.index)
    is_known = ~(plan["actual_on"] > until)
    return plan.assign(
        as_of=until,
        due_on=last_days(plan["planned_on"], plan["planned_precision"]),
        actual_on=plan["actual_on"].where(is_known),
        actual_precision=plan["actual_precision"].where(is_known),
    )


def _judged(plan: pd.DataFrame, due_within_days: int) -> pd.DataFrame:
    """Milestones with their status and how late they are; ``is_open``: still to be done."""
    until, due, done = plan["as_of"], plan["due_on"], plan["actual_on"].notna()
    order = stage_order()
    # NaT compares as false: a stage reported in no known month holds.
    was_reported = ~(plan["reported_on"] > until)
    is_passed = ~done & was_reported & (plan["stage"].map(order) >= plan["milestone"].map(order))
    is_stopped = ~done & ~is_passed & plan["stage"].isin(STOPPED)
    is_open = ~done & ~is_passed & ~is_stopped
    status = pd.Series(None, index=plan.index, dtype="str")
    for name, holds in (
        ("on_plan", is_open & (due >= until)),
        ("due_soon", is_open & ((due - until).dt.days.between(0, due_within_days))),
        ("overdue", is_open & (due < until)),
        ("stopped", is_stopped),
        ("done_undated", is_passed),
        ("done_on_time", done),
        ("done_late", done & (plan["actual_on"] > due)),
        ("no_plan", due.isna()),
    ):
        status = status.mask(holds, name)
    days_late = (plan["actual_on"].where(done, until) - due).dt.days.clip(lower=0)
    return plan.assign(
        status=status, days_late=days_late.where(done | is_open).astype("Int64"), is_open=is_open
    )


def _lit(plan: pd.DataFrame, yellow_months: int, red_months: int) -> pd.DataFrame:
    """Milestones with the months missed and the light they give."""
    missed = months_between(plan["due_on"], plan["as_of"]).clip(lower=0).where(plan["is_open"], 0)
    light = pd.Series("green", index=plan.index, dtype="str")
    for name, months in (("yellow", yellow_months), ("red", red_months)):
        light = light.mask((missed >= months).fillna(False).astype(bool), name)
    has_light = plan["status"].notna() & ~plan["status"].isin(["no_plan", "stopped"])
    return plan.assign(months_missed=missed.where(has_light), light=light.where(has_light))
