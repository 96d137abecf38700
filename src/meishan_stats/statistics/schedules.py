"""Schedules made backwards (倒排时间): the latest days that still keep a date of production."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import read_definition
from meishan_stats.errors import TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.milestones import BackwardSchedule, MilestoneStatus
from meishan_stats.statistics.dates import Day, day_of
from meishan_stats.statistics.frames import as_declared, collected, in_codelist_order, opened
from meishan_stats.statistics.working_days import (
    Calendar,
    add_working_days,
    nearest_working_day,
    working_calendar,
)
from meishan_stats.values.stages import stage_order

STATUS_COLUMNS = ("office", "is_demo", "as_of", "project_id", "name", "milestone", "due_on")
_PROJECT = ["office", "is_demo", "as_of", "project_id", "name"]


def backward_schedule(
    production_on: Day | IntoFrame,
    durations: pd.DataFrame | None = None,
    *,
    working_days: bool = False,
    holidays: Mapping[Day, bool] | None = None,
) -> pd.DataFrame:
    """Schedule backwards from the date of production: the latest day of each milestone that still keeps it.

    The durations of definitions/standard_durations.csv are placeholders to be edited and no official
    standard. A month is a calendar month, and a month's end stays a month's end: 12 months before
    31 December is 31 December, one month before it 30 November.

    Parameters
    ----------
    production_on : date, or MilestoneStatus
        One date; or the result of ``milestone_status``, of any engine: every project with a plan for
        production is scheduled from the last day that is on plan.
    durations : DataFrame, optional
        ``milestone``, in the order of the stages, the last one production; ``months`` or ``days``, whole
        numbers, that it takes from the milestone before; neither for the first. By default
        definitions/standard_durations.csv.
    working_days : bool
        Durations in days are working days in China, and every date is a working day.
    holidays : mapping of day to bool, optional
        Days free (False) and weekends worked (True), instead of the calendar of ``working_calendar``.

    Returns
    -------
    BackwardSchedule, one row per project and milestone, in the order of the stages
        Who reaches a milestone on ``latest_on`` and takes the durations from there is in production no
        later than ``production_on``; who reaches it a day later is not, or not on a working day.

    Raises
    ------
    TableError
        A frame lacks a column, or ``durations`` says something it may not.
    ChoiceError
        ``production_on`` is no date; the holidays of a year are not known.

    Examples
    --------
    >>> durations = pd.DataFrame({
    ...     "milestone": ["signed", "started", "production"], "months": [None, 3, 12], "days": None,
    ... })
    >>> backward_schedule("2011-12-31", durations)[["milestone", "latest_on"]]
        milestone  latest_on
    0      signed 2010-09-30
    1     started 2010-12-31
    2  production 2011-12-31
    """
    steps = _steps(durations)
    calendar = working_calendar(holidays) if working_days else None
    if isinstance(production_on, (str, dt.date)):
        aims = pd.DataFrame({"production_on": [day_of(production_on, "production_on")]})
    else:
        aims = _planned_production(production_on)
    rows = [
        {**aim, **step, "is_working_days": working_days}
        for aim in aims.to_dict("records")
        for step in _backwards(pd.Timestamp(aim["production_on"]), steps, calendar)
    ]
    table = pd.DataFrame(rows) if rows else pd.DataFrame(columns=["office", "milestone"])
    for name in _PROJECT:
        table = table if name in table else table.assign(**{name: None})
    return conform(
        in_codelist_order(table, ["office", "project_id", "milestone"], milestone="stages"), BackwardSchedule
    )


def step_end(start: pd.Timestamp, months: int, days: int, calendar: Calendar | None = None) -> pd.Timestamp:
    """The day on which a step is done that begins on a day: months by the calendar, then days.

    >>> step_end(pd.Timestamp("2011-02-28"), 1, 0), step_end(pd.Timestamp("2011-02-27"), 1, 0)
    (Timestamp('2011-03-31 00:00:00'), Timestamp('2011-03-27 00:00:00'))
    """
    day = start + pd.DateOffset(months=months)
    if months and start.is_month_end:
        day += pd.offsets.MonthEnd(0)
    if calendar is None:
        return day + pd.Timedelta(days=days)
    return add_working_days(nearest_working_day(day, calendar, 1), days, calendar)


def latest_start(end: pd.Timestamp, months: int, days: int, calendar: Calendar | None = None) -> pd.Timestamp:
    """The latest day from which a step is done by a day: ``step_end`` turned round.

    The steps back need not be those forward: one month before 30 March is 27 February, because a step
    that begins on the 28th, a month's end, is done on the 31st.

    >>> latest_start(pd.Timestamp("2011-03-31"), 1, 0), latest_start(pd.Timestamp("2011-03-30"), 1, 0)
    (Timestamp('2011-02-28 00:00:00'), Timestamp('2011-02-27 00:00:00'))
    """
    if calendar is None:
        day = end - pd.Timedelta(days=days)
    else:
        day = add_working_days(nearest_working_day(end, calendar, -1), -days, calendar)
    start = day - pd.DateOffset(months=months)
    if months and day.is_month_end:
        start += pd.offsets.MonthEnd(0)
    while step_end(start, months, 0) > day:
        start -= pd.Timedelta(days=1)
    return start if calendar is None else nearest_working_day(start, calendar, -1)


def _backwards(
    production_on: pd.Timestamp, steps: pd.DataFrame, calendar: Calendar | None
) -> list[dict[str, Any]]:
    day = production_on if calendar is None else nearest_working_day(production_on, calendar, -1)
    rows = []
    for step in steps[::-1].to_dict("records"):
        rows.append({**step, "latest_on": day})
        months, days = (0 if pd.isna(step[unit]) else int(step[unit]) for unit in ("months", "days"))
        day = latest_start(day, months, days, calendar)
    return rows


def _planned_production(status: IntoFrame) -> pd.DataFrame:
    frame = collected(opened(status, MilestoneStatus, STATUS_COLUMNS, "backward_schedule"))
    typed = as_declared(frame, MilestoneStatus)
    planned = typed[(typed["milestone"] == "production") & typed["due_on"].notna()]
    return planned[_PROJECT].assign(production_on=planned["due_on"])


def _steps(durations: pd.DataFrame | None) -> pd.DataFrame:
    """Durations checked: milestones in order up to production, months or days for each but the first."""
    given = read_definition("standard_durations.csv") if durations is None else durations
    absent = [name for name in ("milestone", "months", "days") if name not in given]
    if absent:
        raise _wrong(f"缺少列 {'、'.join(absent)}", f"columns missing: {', '.join(absent)}")
    steps = given[["milestone", "months", "days"]].reset_index(drop=True)
    order = stage_order()
    for unit in ("months", "days"):
        numbers = pd.to_numeric(steps[unit].replace("", None), errors="coerce").astype("float64")
        is_text = steps[unit].notna() & steps[unit].ne("") & numbers.isna()
        bad = is_text | (numbers < 0) | (numbers % 1 > 0)
        if bad.any():
            value = steps.loc[bad, unit].iloc[0]
            raise _wrong(
                f"{unit} 应为非负整数，不能是 {value!r}",
                f"{unit} must be whole and not negative, not {value!r}",
            )
        steps[unit] = numbers
    unknown = [name for name in steps["milestone"] if name not in order]
    if unknown:
        raise _wrong(f"没有节点 {unknown[0]!r}", f"there is no milestone {unknown[0]!r}")
    ranks = steps["milestone"].map(order)
    if len(steps) < 2 or not (ranks.diff().dropna() > 0).all() or steps["milestone"].iloc[-1] != "production":
        raise _wrong(
            "节点应按阶段顺序排列，以 production 结尾",
            "milestones must rise in order and end with production",
        )
    n_known = steps[["months", "days"]].notna().sum(axis=1)
    wrong = n_known.ne(1) & (steps.index > 0) | (n_known.ne(0) & (steps.index == 0))
    if wrong.any():
        name = steps.loc[wrong, "milestone"].iloc[0]
        raise _wrong(
            f"{name}：除第一个节点外，months 与 days 应恰填一个",
            f"{name}: give months or days, one of them, and neither for the first milestone",
        )
    return steps


def _wrong(zh: str, en: str) -> TableError:
    where = (
        "durations（参见 definitions/standard_durations.csv）",
        "durations (see definitions/standard_durations.csv)",
    )
    return TableError(f"{where[0]}：{zh}", f"{where[1]}: {en}")
