"""Planned against actual dates: literal milestones, days counted by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Milestones, Projects, conform
from meishan_stats.statistics.milestones import milestone_status, milestone_summary

Convert = Callable[[pd.DataFrame], Any]


def projects_of(stages: dict[str, str | None], **columns: Any) -> pd.DataFrame:
    """Projects with their stages, last reported in June 2011."""
    frame = pd.DataFrame({"project_id": list(stages), "stage": list(stages.values())})
    about = {"office": "示例镇", "name": "甲", "sector": "other", "is_demo": True, "responsible": "王"}
    return conform(frame.assign(**(about | {"as_of": pd.Timestamp("2011-06-01")} | columns)), Projects)


def milestones_of(rows: list[tuple[Any, ...]], **columns: Any) -> pd.DataFrame:
    """Milestones of (project, milestone, planned, its precision, actual, its precision)."""
    names = ["project_id", "milestone", "planned_on", "planned_precision", "actual_on", "actual_precision"]
    frame = pd.DataFrame(rows, columns=names)
    dates = {name: pd.to_datetime(frame[name]) for name in ("planned_on", "actual_on")}
    return conform(frame.assign(**dates, office="示例镇", name="甲", **columns), Milestones)


def status_of(
    planned: str | None, precision: str = "day", actual: str | None = None, actual_precision: str = "day", *,
    as_of: str = "2011-06-30", stage: str | None = "signed", **options: Any,
) -> pd.Series:  # fmt: skip
    """The status of one planned start."""
    rows = [
        (
            "a",
            "started",
            planned,
            precision if planned else None,
            actual,
            actual_precision if actual else None,
        )
    ]
    return milestone_status(milestones_of(rows), projects_of({"a": stage}), as_of=as_of, **options).iloc[0]


@pytest.mark.parametrize(
    ("planned", "precision", "as_of", "status", "days"),
    [
        ("2011-03-15", "day", "2011-03-15", "due_soon", 0),
        ("2011-03-15", "day", "2011-03-16", "overdue", 1),
        ("2011-03-01", "month", "2011-03-31", "due_soon", 0),
        ("2011-03-01", "month", "2011-04-01", "overdue", 1),
        ("2011-01-01", "quarter", "2011-03-31", "due_soon", 0),
        ("2011-01-01", "quarter", "2011-04-10", "overdue", 10),
        ("2011-01-01", "half", "2011-06-30", "due_soon", 0),
        ("2011-01-01", "year", "2011-12-31", "due_soon", 0),
        ("2011-01-01", "year", "2012-01-02", "overdue", 2),
        ("2011-05-01", "month", "2011-03-31", "on_plan", 0),
    ],
)
def test_a_plan_is_late_only_after_all_it_may_mean(
    planned: str, precision: str, as_of: str, status: str, days: int
) -> None:
    row = status_of(planned, precision, as_of=as_of)
    assert (row["status"], row["days_late"]) == (status, days)


@pytest.mark.parametrize(
    ("planned", "precision", "actual", "actual_precision", "status", "days"),
    [
        ("2011-03-15", "day", "2011-03-15", "day", "done_on_time", 0),
        ("2011-03-15", "day", "2011-03-20", "day", "done_late", 5),
        ("2011-03-15", "day", "2011-03-01", "month", "done_on_time", 0),
        ("2011-03-01", "month", "2011-03-31", "day", "done_on_time", 0),
        ("2011-03-01", "month", "2011-04-02", "day", "done_late", 2),
        ("2011-01-01", "year", "2011-06-01", "month", "done_on_time", 0),
        ("2010-01-01", "year", "2011-01-01", "year", "done_late", 1),
    ],
)
def test_what_was_done_is_late_only_where_it_cannot_have_been_in_time(
    planned: str, precision: str, actual: str, actual_precision: str, status: str, days: int
) -> None:
    row = status_of(planned, precision, actual, actual_precision)
    assert (row["status"], row["days_late"], row["light"]) == (status, days, "green")


@pytest.mark.parametrize(
    ("as_of", "missed", "light"),
    [
        ("2011-03-31", 0, "green"),
        ("2011-04-01", 1, "yellow"),
        ("2011-04-30", 1, "yellow"),
        ("2011-05-31", 2, "yellow"),
        ("2011-06-01", 3, "red"),
        ("2012-06-01", 15, "red"),
    ],
)
def test_the_lights_are_those_of_yinchuan(as_of: str, missed: int, light: str) -> None:
    """m.qlbk.net/news/3Ww4l7bw75.html: not started in the planned month yellow, three months running red."""
    row = status_of("2011-03-01", "month", as_of=as_of)
    assert (row["months_missed"], row["light"]) == (missed, light)


def test_own_thresholds_move_the_lights_and_what_is_due_soon() -> None:
    assert status_of("2011-03-01", "month", yellow_months=4, red_months=5)["light"] == "green"
    assert status_of("2011-03-01", "month", yellow_months=1, red_months=1)["light"] == "red"
    assert status_of("2011-07-15", due_within_days=10)["status"] == "on_plan"
    assert status_of("2011-07-15", due_within_days=15)["status"] == "due_soon"


def test_the_default_day_is_the_last_of_the_last_month_reported() -> None:
    table = milestone_status(
        milestones_of([("a", "started", "2011-06-01", "day", None, None)]), projects_of({"a": None})
    )
    assert table["as_of"].tolist() == [pd.Timestamp("2011-06-30")]
    assert table["days_late"].tolist() == [29]


def test_a_milestone_the_stage_has_passed_is_done_on_an_unknown_day() -> None:
    row = status_of("2011-03-01", stage="production")
    assert (row["status"], row["light"]) == ("done_undated", "green")
    assert pd.isna(row["days_late"])
    assert status_of("2011-03-01", stage="started")["status"] == "done_undated"
    assert status_of("2011-03-01", stage="landed")["status"] == "overdue"


def test_before_the_last_report_the_stage_says_nothing_and_later_dates_are_not_known() -> None:
    assert status_of("2011-03-01", stage="production", as_of="2011-04-30")["status"] == "overdue"
    row = status_of("2011-03-01", "month", "2011-05-05", as_of="2011-04-30")
    assert (row["status"], row["days_late"]) == ("overdue", 30)
    assert pd.isna(row["actual_on"])


def test_a_stopped_project_has_no_light_but_what_it_had_done_stands() -> None:
    row = status_of("2011-03-01", stage="terminated")
    assert row["status"] == "stopped"
    assert pd.isna(row["light"])
    assert pd.isna(row["days_late"])
    assert status_of("2011-03-01", actual="2011-02-01", stage="suspended")["status"] == "done_on_time"


def test_without_a_plan_there_is_no_lateness_and_no_light() -> None:
    for actual in (None, "2011-03-01"):
        row = status_of(None, actual=actual)
        assert row["status"] == "no_plan"
        assert row[["due_on", "days_late", "months_missed", "light"]].isna().all()


def test_an_office_that_reports_no_month_has_no_status_without_a_day() -> None:
    rows = milestones_of([("a", "started", "2011-03-01", "day", None, None)])
    projects = projects_of({"a": None}, as_of=pd.NaT)
    row = milestone_status(rows, projects).iloc[0]
    assert row[["status", "light", "as_of"]].isna().all()
    assert milestone_status(rows, projects, as_of="2011-03-02")["status"].tolist() == ["overdue"]


def test_the_milestone_names_who_is_responsible_else_the_project_does() -> None:
    rows = [
        ("a", "started", "2011-03-01", "day", None, None),
        ("a", "completed", "2011-09-01", "day", None, None),
    ]
    table = milestone_status(milestones_of(rows, responsible=["李", None]), projects_of({"a": None}))
    assert table["responsible"].tolist() == ["李", "王"]


def test_rows_follow_the_stages_and_steps_that_are_none_come_last() -> None:
    rows = [("a", None, "2011-01-01", "day", None, None), ("a", "completed", None, None, None, None),
            ("a", "signed", "2011-09-01", "day", None, None)]  # fmt: skip
    table = milestone_status(milestones_of(rows, step=["平整场地", None, None]), projects_of({"a": None}))
    assert table["milestone"].fillna("?").tolist() == ["signed", "completed", "?"]
    assert table["step"].iloc[2] == "平整场地"


ROWS = [
    ("a", "started", "2011-03-01", "month", "2011-03-09", "day"),
    ("b", "started", "2011-03-01", "month", "2011-05-09", "day"),
    ("c", "started", "2011-03-01", "month", None, None),
    ("d", "started", "2011-07-01", "month", None, None),
    ("e", "started", "2011-12-01", "month", None, None),
    ("f", "started", "2011-03-01", "month", None, None),
    ("g", "started", "2011-03-01", "month", None, None),
    ("a", "completed", None, None, "2011-06-01", "day"),
    ("a", None, "2011-01-01", "month", None, None),
]
STAGES = {
    "a": "started",
    "b": "started",
    "c": "signed",
    "d": None,
    "e": None,
    "f": "completed",
    "g": "suspended",
}


def test_a_summary_counts_every_plan_once() -> None:
    table = milestone_summary(milestones_of(ROWS), projects_of(STAGES), due_within_days=31)
    assert table["milestone"].fillna("?").tolist() == ["started", "?"]
    row = table.iloc[0]
    counted = ["n_on_time", "n_late", "n_overdue", "n_due_soon", "n_on_plan", "n_done_undated", "n_stopped"]
    assert row[counted].tolist() == [1] * 7
    assert row["n_planned"] == 7
    assert row["on_time_ratio"] == pytest.approx(1 / 3)
    assert table.iloc[1]["on_time_ratio"] == 0


def test_a_ratio_of_nothing_decided_is_missing() -> None:
    table = milestone_summary(milestones_of(ROWS[3:5]), projects_of(STAGES))
    assert table["on_time_ratio"].isna().all()


def test_every_status_and_light_is_one_of_its_codelist() -> None:
    table = milestone_status(milestones_of(ROWS), projects_of(STAGES), due_within_days=31)
    assert set(table["status"]) == set(codes("milestone_statuses"))
    assert set(table["light"].dropna()) == {"green", "red"} < set(codes("lights"))


def test_a_milestone_of_an_unlisted_project_and_a_project_twice_are_refused() -> None:
    with pytest.raises(TableError, match="2 project_id of milestones are not in projects, such as f"):
        milestone_status(milestones_of(ROWS), projects_of(dict.fromkeys("abcde")))
    with pytest.raises(TableError, match="milestone_status expects one row per project"):
        milestone_status(milestones_of([]), pd.concat([projects_of({"a": None})] * 2))


@pytest.mark.parametrize(
    "wrong", [{"yellow_months": 0}, {"red_months": 0}, {"due_within_days": -1}, {"red_months": 1.5}]
)
def test_thresholds_that_are_none_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ChoiceError, match="yellow_months and red_months"):
        milestone_status(milestones_of(ROWS), projects_of(STAGES), **wrong)


def test_every_engine_gives_the_same_rows(on_engine: Convert) -> None:
    milestones, projects = milestones_of(ROWS), projects_of(STAGES)
    expected = milestone_status(milestones, projects)
    pd.testing.assert_frame_equal(milestone_status(on_engine(milestones), on_engine(projects)), expected)
    pd.testing.assert_frame_equal(
        milestone_summary(on_engine(milestones), on_engine(projects)), milestone_summary(milestones, projects)
    )


def test_tables_without_rows_give_results_without_rows_on_every_engine(on_engine: Convert) -> None:
    none, nobody = on_engine(milestones_of([])), on_engine(projects_of({}))
    assert milestone_status(none, nobody).empty
    assert milestone_summary(none, on_engine(projects_of(STAGES))).empty


days = st.none() | st.dates(pd.Timestamp("2010-11-01").date(), pd.Timestamp("2011-08-31").date())
precisions = st.sampled_from(["day", "month", "quarter", "year", None])
rows_of_plans = st.lists(
    st.tuples(
        st.sampled_from("abcg"),
        st.sampled_from(["signed", "started", None]),
        days,
        precisions,
        days,
        precisions,
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(rows_of_plans)
def test_no_row_is_lost_and_the_summary_adds_up(rows: list[Any]) -> None:
    milestones, projects = milestones_of(rows), projects_of(STAGES)
    before = milestones.copy()
    table = milestone_status(milestones, projects)
    pd.testing.assert_frame_equal(milestones, before)
    assert len(table) == len(rows)
    assert (table["due_on"].dropna() >= table["planned_on"].dropna()).all()
    assert (table["days_late"].fillna(0) > 0).eq(table["status"].isin(["overdue", "done_late"])).all()
    summary = milestone_summary(milestones[::-1], projects)
    assert summary["n_planned"].sum() == table["planned_on"].notna().sum()
    parts = [name for name in summary if name.startswith("n_") and name != "n_planned"]
    assert summary[parts].sum(axis=1).eq(summary["n_planned"]).all()
