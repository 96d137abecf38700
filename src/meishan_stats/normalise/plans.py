"""Dates under a header that says neither 计划 nor 实际: which of them are plans."""

from collections.abc import Sequence

import pandas as pd

from meishan_stats.normalise.source import Source
from meishan_stats.values.distinct import distinct, ranks
from meishan_stats.values.stages import SIGNED, STOPPED, stage_order

_ANCHORS = ("signed", "started", "completed", "production", "capacity")
"""Milestones that part the phases of a project: between signing and start the stages need not follow."""
_CONTRADICTING = 4
"""A column holds plans where so many of its past dates, and most of them, contradict the stages stated."""
_MOST = 0.75


def last_days(source: Source) -> pd.Series:
    """Last day that each row's table can report: of its month, or of its year where that is all it says."""
    months = 12 if source.table.precision == "year" else 1

    def last_day(part: Source) -> pd.Timestamp:
        if part.table.period is None:
            return pd.Timestamp.max
        return part.table.period + pd.DateOffset(months=months) - pd.Timedelta(days=1)

    days = pd.Series([last_day(part) for part in source.tables], dtype="datetime64[ns]")
    return pd.Series(days.to_numpy()[source.at], index=source.table.cells.index)


def is_behind(stage: str, milestone: str, order: Sequence[str] = ()) -> bool:
    """True if a project at a stage has not reached a milestone; a stopped one may have.

    Between signing and the start of works stages are no steps of one another: a signed project may be
    registered.

    >>> is_behind("negotiating", "signed"), is_behind("signed", "approval"), is_behind("signed", "started")
    (True, False, True)
    """
    if stage in STOPPED:
        return False
    places = stage_order(order)

    def phase(code: str) -> int:
        return sum(places[anchor] <= places[code] for anchor in _ANCHORS)

    return phase(stage) < phase(milestone)


def are_plans(
    source: Source, milestone: str | None, said: pd.DataFrame, read: pd.DataFrame, *,
    is_explicit: bool, all_planned: bool,
) -> pd.Series:  # fmt: skip
    """True where a date that the header does not call planned is one.

    After the month of the report it is; in a schedule (`all_planned`) all are, but what the title says is
    reached (签约项目); and so is a date beside a stage that has not got so far, unless it lies before the
    month of the report. What a cell says is done (3月已完成) is no plan before the month is over.

    Parameters
    ----------
    source : Source
    milestone : str or None
    said : DataFrame
        ``stage`` of each row and its ``basis``.
    read : DataFrame
        ``on``, ``first_on``, ``end_on`` and ``is_fact`` of the cells.
    is_explicit : bool
        The header says 实际.
    all_planned : bool
        The table is a schedule whose headers tell no plan from fact.
    """
    order = source.office.stage_order
    places = stage_order(order)
    has_reached = ranks(said["stage"], places) >= places.get(milestone or "", len(places) + 1)
    titled = said["basis"].isin(["heading", "title"]) & has_reached
    # A project that is said to be signed has been, whatever month its sheet seems to report.
    later = (read["first_on"] > last_days(source)) & ~(has_reached & (milestone == SIGNED))
    known = milestone in places and not is_explicit
    behind = _are_behind(source, milestone or "", said, read) if known else pd.Series(False, index=said.index)
    plans = later | behind | (~titled & all_planned)
    return read["on"].notna() & plans & ~(read["is_fact"] & ~later)


def _are_behind(source: Source, milestone: str, said: pd.DataFrame, read: pd.DataFrame) -> pd.Series:
    """True where the stage stated has not got as far as a date that need not have passed."""
    order = source.office.stage_order
    stated = said["stage"].where(said["basis"].eq("stated"), None)
    found = distinct(stated)
    behind = pd.Series(found.are(lambda code: is_behind(str(code), milestone, order)), index=said.index)
    if not behind.any():
        return behind
    # Without a month only signing is sure: who states its day has signed; other dates may be plans.
    is_timeless = source.table.period is None
    past = (
        pd.Series(milestone == SIGNED, index=said.index) if is_timeless else read["end_on"] < source.periods
    )
    comparable = past & stated.notna() & ~stated.isin(STOPPED)
    n_comparable, n = (
        rows.astype(int).groupby(source.at).transform("sum") for rows in (comparable, behind & comparable)
    )
    holds_plans = (n >= _CONTRADICTING) & (n >= _MOST * n_comparable)
    return behind & (~past | holds_plans)
