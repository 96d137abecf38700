"""Backward schedules: days by hand, and the laws that bind them to forward ones."""

import datetime as dt
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.codelists import read_definition
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Milestones, Projects, conform
from meishan_stats.statistics.milestones import milestone_status
from meishan_stats.statistics.schedules import backward_schedule, latest_start, step_end
from meishan_stats.statistics.working_days import (
    add_working_days,
    nearest_working_day,
    working_calendar,
)

Convert = Callable[[pd.DataFrame], Any]
CHINA = working_calendar()


def durations_of(**steps: tuple[int | None, int | None]) -> pd.DataFrame:
    """Durations by milestone as (months, days)."""
    rows = [(name, *taken) for name, taken in steps.items()]
    return pd.DataFrame(rows, columns=["milestone", "months", "days"])


SHORT = durations_of(signed=(None, None), started=(3, None), production=(12, None))
BY_DAYS = durations_of(signed=(None, None), started=(None, 5), production=(None, 10))


def latest(table: pd.DataFrame) -> dict[str, str]:
    return dict(zip(table["milestone"], table["latest_on"].dt.strftime("%Y-%m-%d"), strict=True))


def test_the_standard_durations_lead_from_production_back_to_signing() -> None:
    # 3 months back from 31 December, then 12, 2, 3 and 1, from month's end to month's end.
    assert latest(backward_schedule("2012-12-31")) == {
        "signed": "2011-03-31", "registered": "2011-04-30", "approval": "2011-07-31", "started": "2011-09-30",
        "completed": "2012-09-30", "production": "2012-12-31",
    }  # fmt: skip


def test_the_standard_durations_claim_to_be_no_standard() -> None:
    notes = read_definition("standard_durations.csv")
    assert notes["note_zh"][1:].str.contains("非官方").all()
    assert notes["note_en"][1:].str.contains("no official").all()


def test_a_date_alone_has_no_office_and_durations_stand_beside_the_days() -> None:
    table = backward_schedule(dt.date(2011, 12, 31), SHORT)
    assert table[["office", "is_demo", "project_id", "as_of"]].isna().all(axis=None)
    assert table["months"].fillna(0).tolist() == [0, 3, 12]
    assert not table["is_working_days"].any()


def test_days_are_counted_back_as_days() -> None:
    assert latest(backward_schedule("2011-03-01", BY_DAYS)) == {
        "signed": "2011-02-14", "started": "2011-02-19", "production": "2011-03-01",
    }  # fmt: skip


def test_working_days_pass_over_the_national_holiday_and_its_worked_weekends() -> None:
    # October 2011: free from 1 to 7, Saturday 8 and Sunday 9 worked in their place.
    table = backward_schedule("2011-10-13", BY_DAYS, working_days=True)
    # 10 back from the 13th: 12, 11, 10, 9, 8 October, 30, 29, 28, 27, 26 September; 5 more: 23, 22, 21, 20, 19.
    assert latest(table) == {"signed": "2011-09-19", "started": "2011-09-26", "production": "2011-10-13"}
    assert table["is_working_days"].all()


def test_production_aimed_at_a_holiday_is_the_working_day_before() -> None:
    table = backward_schedule("2011-10-05", BY_DAYS, working_days=True)
    assert latest(table)["production"] == "2011-09-30"
    assert table["production_on"].unique().tolist() == [pd.Timestamp("2011-10-05")]


def test_an_arrangement_of_ones_own_replaces_the_calendar() -> None:
    holidays = {"2027-10-01": False, dt.date(2027, 10, 2): True}
    table = backward_schedule("2027-10-04", durations_of(started=(None, None), production=(None, 2)),
                              working_days=True, holidays=holidays)  # fmt: skip
    assert latest(table) == {"started": "2027-09-30", "production": "2027-10-04"}


@pytest.mark.parametrize("aim", ["2003-06-30", "2004-01-05", "2090-06-30"])
def test_a_year_without_known_holidays_is_refused_and_the_years_known_are_named(aim: str) -> None:
    with pytest.raises(
        ChoiceError, match=r"no holidays of (2003|2090) \(it has 2004–20\d\d\).*give holidays"
    ):
        backward_schedule(aim, BY_DAYS, working_days=True)


def test_without_the_package_working_days_are_refused_and_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    with pytest.raises(ChoiceError, match=r"meishan-stats\[calendar\]"):
        backward_schedule("2011-10-13", BY_DAYS, working_days=True)
    assert len(backward_schedule("2011-10-13", BY_DAYS)) == 3


def status() -> pd.DataFrame:
    """Two projects with a plan for production, one of them for a month, and one without."""
    projects = conform(
        pd.DataFrame({"office": "示例镇", "is_demo": True, "project_id": ["a", "b", "c"], "name": ["甲", "乙", "丙"],
                      "sector": "other", "as_of": pd.Timestamp("2011-01-01")}),
        Projects,
    )  # fmt: skip
    rows = [("b", "production", "2011-12-15", "day"), ("a", "production", "2011-12-01", "month"),
            ("c", "production", None, None), ("c", "started", "2011-06-01", "month")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["project_id", "milestone", "planned_on", "planned_precision"])
    planned = pd.to_datetime(frame["planned_on"])
    return milestone_status(
        conform(frame.assign(office="示例镇", name="x", planned_on=planned), Milestones), projects
    )


def test_every_planned_production_is_scheduled_from_its_last_day_on_plan_on_every_engine(
    on_engine: Convert,
) -> None:
    table = backward_schedule(on_engine(status()), SHORT)
    assert table["project_id"].tolist() == ["a"] * 3 + ["b"] * 3
    assert table["name"].tolist() == ["甲"] * 3 + ["乙"] * 3
    assert latest(table[:3]) == {"signed": "2010-09-30", "started": "2010-12-31", "production": "2011-12-31"}
    assert latest(table[3:]) == {"signed": "2010-09-15", "started": "2010-12-15", "production": "2011-12-15"}
    assert table["is_demo"].all()


def test_a_table_without_plans_gives_a_schedule_without_rows(on_engine: Convert) -> None:
    assert backward_schedule(on_engine(status()[:0])).empty


@pytest.mark.parametrize(
    ("durations", "message"),
    [
        (SHORT.drop(columns="days"), "columns missing: days"),
        (SHORT[::-1], "rise in order and end with production"),
        (SHORT[:2], "rise in order and end with production"),
        (durations_of(signed=(None, None), opened=(1, None), production=(1, None)), "no milestone 'opened'"),
        (durations_of(signed=(None, None), production=(None, None)), "production: give months or days"),
        (durations_of(signed=(None, None), production=(1, 30)), "production: give months or days"),
        (durations_of(signed=(1, None), production=(1, None)), "signed: give months or days"),
        (durations_of(signed=(None, None), production=(-1, None)), "months must be whole and not negative"),
        (durations_of(signed=(None, None), production=(None, 1.5)), "days must be whole"),  # type: ignore[arg-type]
        (durations_of(signed=(None, None), production=("long", None)), "not 'long'"),  # type: ignore[arg-type]
    ],
)
def test_durations_that_say_what_they_may_not_are_refused(durations: pd.DataFrame, message: str) -> None:
    with pytest.raises(TableError, match=message):
        backward_schedule("2011-12-31", durations)


def test_what_is_neither_a_date_nor_a_table_is_refused() -> None:
    with pytest.raises(ChoiceError, match="production_on must be a date"):
        backward_schedule("next year")
    with pytest.raises(TableError, match="backward_schedule"):
        backward_schedule(pd.DataFrame({"project_id": ["a"]}))


dates = st.dates(dt.date(2008, 1, 1), dt.date(2020, 12, 31)).map(pd.Timestamp)
steps = st.lists(
    st.tuples(st.integers(0, 14), st.none()) | st.tuples(st.none(), st.integers(0, 40)),
    min_size=3,
    max_size=3,
)
some = settings(max_examples=60, deadline=None)


def forwards(day: pd.Timestamp, table: pd.DataFrame, *, working: bool = False) -> pd.Timestamp:
    """The same durations added from a first day, step after step."""
    for months, days in table[["months", "days"]].fillna(0).astype(int)[1:].itertuples(index=False):
        day = step_end(day, months, days, CHINA if working else None)
    return day


def three_steps(taken: list[Any]) -> pd.DataFrame:
    return durations_of(signed=(None, None), started=taken[0], completed=taken[1], production=taken[2])


@some
@given(dates, steps)
def test_forward_from_the_first_day_is_never_late_and_a_day_later_is(
    day: pd.Timestamp, taken: list[Any]
) -> None:
    table = backward_schedule(day, three_steps(taken))
    first = table["latest_on"].iloc[0]
    assert forwards(first, table) <= day
    assert forwards(first + pd.Timedelta(days=1), table) > day
    assert table["latest_on"].is_monotonic_increasing


@some
@given(dates, steps)
def test_forward_from_the_first_day_is_the_production_date_again(day: pd.Timestamp, taken: list[Any]) -> None:
    """Days are exact for any date; months for the days every month has, and for ends of months."""
    by_days = [(None, days if months is None else months) for months, days in taken]
    table = backward_schedule(day, three_steps(by_days))
    assert forwards(table["latest_on"].iloc[0], table) == day
    by_months = [(months if days is None else days % 15, None) for months, days in taken]
    for aim in (day.replace(day=min(day.day, 27)), day + pd.offsets.MonthEnd(0)):
        table = backward_schedule(aim, three_steps(by_months))
        assert forwards(table["latest_on"].iloc[0], table) == aim


@some
@given(dates, steps)
def test_working_days_forward_and_back_meet_on_a_working_day(day: pd.Timestamp, taken: list[Any]) -> None:
    day = nearest_working_day(day, CHINA, -1)
    table = backward_schedule(day, three_steps(taken), working_days=True)
    assert all(CHINA(on.date()) for on in table["latest_on"])
    first = table["latest_on"].iloc[0]
    assert forwards(first, table, working=True) <= day
    assert forwards(add_working_days(first, 1, CHINA), table, working=True) > day
    if table["months"].isna().all():
        assert forwards(first, table, working=True) == day


@some
@given(dates, st.integers(0, 30))
def test_working_days_agree_with_a_count_of_the_days_between(day: pd.Timestamp, n: int) -> None:
    start = nearest_working_day(day, CHINA, 1)
    end = add_working_days(start, n, CHINA)
    between = pd.date_range(start + pd.Timedelta(days=1), end)
    assert sum(CHINA(on.date()) for on in between) == n
    assert add_working_days(end, -n, CHINA) == start
    assert latest_start(end, 0, n, CHINA) == start
