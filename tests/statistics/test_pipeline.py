"""Stock and flow of stages: literal frames, counts by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Projects, StageEvents, conform
from meishan_stats.statistics.flows import flow_totals, stage_flow
from meishan_stats.statistics.pipeline import stage_stock, stock_totals
from meishan_stats.values.stages import stage_order

Convert = Callable[[pd.DataFrame], Any]


def projects_of(rows: list[tuple[Any, ...]], *, office: str = "示例镇") -> pd.DataFrame:
    """Projects of (id, stage, first reported, last reported, total investment, signed amount)."""
    names = [
        "project_id",
        "stage",
        "first_reported_on",
        "as_of",
        "total_investment_cny_10k",
        "signed_cny_10k",
    ]
    frame = pd.DataFrame(rows, columns=names)
    dates = {name: pd.to_datetime(frame[name]) for name in ("first_reported_on", "as_of")}
    return conform(frame.assign(**dates, office=office, name="x", sector="other", is_demo=True), Projects)


def events_of(rows: list[tuple[Any, ...]], *, office: str = "示例镇") -> pd.DataFrame:
    """Stage events of (project id, stage, month)."""
    frame = pd.DataFrame(rows, columns=["project_id", "stage", "seen_on"])
    return conform(frame.assign(office=office, seen_on=pd.to_datetime(frame["seen_on"])), StageEvents)


PROJECTS = [
    ("a", "negotiating", "2011-01-01", "2011-06-01", 500.0, None),
    ("b", "signed", "2011-01-01", "2011-06-01", 3000.0, 2000.0),
    ("c", "started", "2011-02-01", "2011-06-01", None, 900.0),
    ("d", "terminated", "2011-01-01", "2011-04-01", 100.0, None),
    ("e", None, "2011-05-01", "2011-05-01", None, None),
]
EVENTS = [
    ("a", "lead", "2011-01-01"),
    ("a", "negotiating", "2011-03-01"),
    ("b", "negotiating", "2011-01-01"),
    ("b", "signed", "2011-05-01"),
    ("c", "negotiating", "2011-02-01"),
    ("c", "started", "2011-06-01"),
    ("d", "negotiating", "2011-01-01"),
    ("d", "terminated", "2011-04-01"),
]


def by_stage(table: pd.DataFrame, column: str) -> dict[str, Any]:
    """A column by stage where it is neither missing nor 0; "?" is the unknown stage."""
    kept = table[table[column].fillna(0) != 0]
    return dict(zip(kept["stage"].fillna("?"), kept[column], strict=True))


def test_every_stage_has_a_row_in_the_order_of_the_codelist_and_unknown_is_the_last() -> None:
    stock = stage_stock(projects_of(PROJECTS[:1]))
    assert stock["stage"].fillna("?").tolist() == [*codes("stages"), "?"]
    assert stock["n_projects"].sum() == 1


def test_the_stock_counts_and_sums_what_stands_at_each_stage() -> None:
    stock = stage_stock(projects_of(PROJECTS))
    ones = dict.fromkeys(["negotiating", "signed", "started", "terminated", "?"], 1)
    assert by_stage(stock, "n_projects") == ones
    assert by_stage(stock, "total_investment_cny_10k") == {
        "negotiating": 500,
        "signed": 3000,
        "terminated": 100,
    }
    assert by_stage(stock, "n_missing") == {"started": 1, "?": 1}
    assert by_stage(stock, "project_share") == dict.fromkeys(ones, 0.2)
    assert by_stage(stock, "investment_share")["signed"] == pytest.approx(3000 / 3600)


def test_a_stage_without_projects_has_no_amount_and_nothing_missing() -> None:
    row = stage_stock(projects_of(PROJECTS)).set_index("stage").loc["completed"]
    assert pd.isna(row["total_investment_cny_10k"])
    assert (row["n_projects"], row["n_missing"]) == (0, 0)


def test_the_funnel_counts_who_got_as_far_or_further_and_leaves_stopped_and_unknown_out() -> None:
    stock = stage_stock(projects_of(PROJECTS)).set_index("stage")
    reached = stock["n_reached"].dropna().to_dict()
    assert reached == {
        "lead": 3, "negotiating": 3, "signed": 2, "registered": 1, "approval": 1, "landed": 1, "started": 1,
        "completed": 0, "production": 0, "capacity": 0,
    }  # fmt: skip
    ratio = stock["conversion_ratio"].dropna().to_dict()
    assert ratio == {
        "negotiating": 1, "signed": pytest.approx(2 / 3), "registered": 0.5, "approval": 1, "landed": 1,
        "started": 1, "completed": 0,
    }  # fmt: skip


def test_the_stock_of_a_month_comes_from_the_events_up_to_it() -> None:
    stock = stage_stock(projects_of(PROJECTS), events_of(EVENTS), as_of="2011-03-31")
    assert by_stage(stock, "n_projects") == {"negotiating": 4}
    assert stock["as_of"].unique().tolist() == [pd.Timestamp("2011-03-01")]
    later = stage_stock(projects_of(PROJECTS), events_of(EVENTS), as_of="2011-05")
    assert by_stage(later, "n_projects") == {"negotiating": 2, "signed": 1, "terminated": 1, "?": 1}


def test_the_stock_of_the_last_month_is_the_stock_of_the_last_reports() -> None:
    projects, events = projects_of(PROJECTS), events_of(EVENTS)
    now = stage_stock(projects)
    pd.testing.assert_frame_equal(stage_stock(projects, events), now)
    pd.testing.assert_frame_equal(stage_stock(projects, events, as_of="2011-06-30"), now)


def test_a_project_that_fell_back_stands_where_its_last_report_says() -> None:
    fallen = projects_of([("a", "negotiating", "2011-01-01", "2011-06-01", 1.0, None)])
    events = events_of([("a", "negotiating", "2011-01-01"), ("a", "signed", "2011-02-01")])
    assert by_stage(stage_stock(fallen, events, as_of="2011-07"), "n_projects") == {"negotiating": 1}
    assert by_stage(stage_stock(fallen, events, as_of="2011-03"), "n_projects") == {"signed": 1}


def test_of_two_stages_seen_in_one_month_the_further_counts_and_a_stop_before_all() -> None:
    two = projects_of([("a", "production", "2011-01-01", "2011-06-01", 1.0, None)])
    events = events_of([("a", "signed", "2011-01-01"), ("a", "negotiating", "2011-01-01")])
    assert by_stage(stage_stock(two, events, as_of="2011-01"), "n_projects") == {"signed": 1}
    stop = events_of([("a", "suspended", "2011-01-01"), ("a", "signed", "2011-01-01")])
    assert by_stage(stage_stock(two, stop, as_of="2011-01"), "n_projects") == {"suspended": 1}


def test_a_month_without_events_to_read_it_from_is_refused() -> None:
    with pytest.raises(ChoiceError, match="as_of needs stage_events"):
        stage_stock(projects_of(PROJECTS), as_of="2011-03")


@pytest.mark.parametrize("wrong", ["三月", 2011, None, "2011-13-01"])
def test_what_is_no_date_is_refused_by_name(wrong: Any) -> None:
    if wrong is None:
        wrong = pd.NaT
    with pytest.raises(ChoiceError, match="as_of must be a date"):
        stage_stock(projects_of(PROJECTS), events_of(EVENTS), as_of=wrong)


def test_offices_have_funnels_of_their_own() -> None:
    both = pd.concat(
        [projects_of(PROJECTS[:1]), projects_of([("m", "signed", None, None, 7.0, None)], office="煤山镇")]
    )
    stock = stage_stock(both)
    assert len(stock) == 2 * (len(codes("stages")) + 1)
    assert stock.groupby("office")["project_share"].sum().tolist() == [1, 1]


def test_a_project_that_stands_twice_and_frames_of_two_engines_are_refused() -> None:
    with pytest.raises(TableError, match=r"stage_stock expects one row per project.*such as a"):
        stage_stock(projects_of([PROJECTS[0], PROJECTS[0]]))
    with pytest.raises(TableError, match=r"stage_flow.*(polars|pandas)"):
        stage_flow(pl.from_pandas(events_of(EVENTS)), projects_of(PROJECTS))


def test_a_missing_column_is_named_with_the_function_and_the_table() -> None:
    with pytest.raises(TableError, match=r"stage_flow.*StageEvents.*seen_on"):
        stage_flow(events_of(EVENTS).drop(columns="seen_on"), projects_of(PROJECTS))


def test_every_engine_gives_the_same_stock_and_flow(on_engine: Convert) -> None:
    projects, events = projects_of(PROJECTS), events_of([*EVENTS, ("e", "lead", None)])
    for as_of in (None, "2011-04"):
        expected = stock_totals(projects, events, as_of=as_of).sort_values("stage", ignore_index=True)
        found = stock_totals(on_engine(projects), on_engine(events), as_of=as_of)
        pd.testing.assert_frame_equal(found.sort_values("stage", ignore_index=True), expected)
    keys = ["seen_on", "stage"]
    expected = flow_totals(events, projects).sort_values(keys, ignore_index=True)
    found = flow_totals(on_engine(events), on_engine(projects)).sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(found, expected)


def test_tables_without_rows_give_results_without_rows_on_every_engine(on_engine: Convert) -> None:
    none, nothing = on_engine(projects_of([])), on_engine(events_of([]))
    assert stage_stock(none).empty
    assert stage_stock(none, nothing, as_of="2011-01").empty
    assert stage_flow(nothing, none).empty
    assert stage_flow(nothing, on_engine(projects_of(PROJECTS))).empty


def test_a_flow_counts_who_was_first_seen_at_a_stage_in_the_year_with_amounts() -> None:
    flow = stage_flow(events_of(EVENTS), projects_of(PROJECTS), year=2011)
    assert by_stage(flow, "n_entered") == {
        "lead": 1,
        "negotiating": 4,
        "signed": 1,
        "started": 1,
        "terminated": 1,
    }
    assert by_stage(flow, "total_investment_cny_10k") == {
        "lead": 500, "negotiating": 3600, "signed": 3000, "terminated": 100,
    }  # fmt: skip
    assert by_stage(flow, "n_investment_missing") == {"negotiating": 1, "started": 1}
    assert by_stage(flow, "signed_cny_10k") == {"signed": 2000, "started": 900}


def test_a_skipped_stage_is_reached_but_not_entered() -> None:
    flow = stage_flow(events_of(EVENTS), projects_of(PROJECTS), year=2011).set_index("stage")
    assert flow.loc["signed", ["n_entered", "n_reached"]].tolist() == [1, 2]
    assert flow.loc["landed", ["n_entered", "n_reached"]].tolist() == [0, 1]
    assert pd.isna(flow.loc["terminated", "n_reached"])


def test_a_stage_reported_after_a_further_one_is_entered_then_but_was_reached_before() -> None:
    events = events_of([("a", "started", "2010-05-01"), ("a", "signed", "2011-02-01")])
    flow = stage_flow(events, projects_of(PROJECTS[:1])).set_index("stage").loc["signed"]
    assert flow["start_on"].dt.year.tolist() == [2010, 2011]
    assert flow["n_entered"].tolist() == [0, 1]
    assert flow["n_reached"].tolist() == [1, 0]


def test_what_stood_in_the_first_report_is_told_apart() -> None:
    flow = stage_flow(events_of(EVENTS), projects_of(PROJECTS), year=2011)
    assert by_stage(flow, "n_at_first_report") == {"lead": 1, "negotiating": 2}


def test_negotiation_is_marked_as_a_stock() -> None:
    flow = stage_flow(events_of(EVENTS), projects_of(PROJECTS), year=2011)
    assert flow.loc[~flow["is_flow"], "stage"].tolist() == ["lead", "negotiating"]


def test_without_a_period_each_year_has_rows_and_they_add_up_to_all_events() -> None:
    later = [*EVENTS, ("a", "signed", "2013-02-01")]
    flow = stage_flow(events_of(later), projects_of(PROJECTS))
    assert flow["start_on"].dt.year.unique().tolist() == [2011, 2012, 2013]
    assert flow["end_on"].max() == pd.Timestamp("2013-12-31")
    assert flow["n_entered"].sum() == len(later)


def test_start_and_end_are_months_that_belong_to_the_period() -> None:
    flow = stage_flow(events_of(EVENTS), projects_of(PROJECTS), start="2011-02-15", end="2011-05-01")
    assert by_stage(flow, "n_entered") == {"negotiating": 2, "signed": 1, "terminated": 1}
    assert flow["start_on"].unique().tolist() == [pd.Timestamp("2011-02-01")]
    assert flow["end_on"].unique().tolist() == [pd.Timestamp("2011-05-31")]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"year": 2011, "start": "2011-01"}, "not both"),
        ({"start": "2011-05", "end": "2011-04"}, "is before start"),
        ({"year": "2011"}, "year must be a year"),
        ({"start": "spring"}, "start must be a date"),
    ],
)
def test_a_period_that_is_none_is_refused(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ChoiceError, match=message):
        stage_flow(events_of(EVENTS), projects_of(PROJECTS), **asked)


months = st.sampled_from(["2010-11-01", "2011-01-01", "2011-02-01", "2012-12-01"])
project_rows = st.lists(
    st.tuples(
        st.sampled_from([*codes("stages"), None]), months, months, st.none() | st.integers(0, 900).map(float)
    ),
    min_size=1,
    max_size=8,
).map(
    lambda rows: [
        (f"p{i}", stage, *sorted(dates), amount, None) for i, (stage, *dates, amount) in enumerate(rows)
    ]
)
event_rows = st.lists(
    st.tuples(st.sampled_from(["p0", "p1", "p2"]), st.sampled_from(codes("stages")), months), max_size=9
).map(lambda rows: list({row[:2]: row for row in rows}.values()))
few = settings(max_examples=25, deadline=None)


@few
@given(project_rows)
def test_the_stock_loses_no_project_and_the_funnel_never_widens(rows: list[Any]) -> None:
    projects = projects_of(rows)
    before = projects.copy()
    stock = stage_stock(projects)
    pd.testing.assert_frame_equal(projects, before)
    assert stock["n_projects"].sum() == len(rows)
    assert stock["project_share"].sum() == pytest.approx(1)
    assert stock["n_reached"].dropna().astype(int).is_monotonic_decreasing
    assert stock["n_reached"].max() == sum(row[1] in stage_order() for row in rows)
    assert stock["conversion_ratio"].dropna().between(0, 1).all()
    pd.testing.assert_frame_equal(stage_stock(projects[::-1]), stock)


@few
@given(project_rows, event_rows)
def test_a_flow_agrees_with_a_loop_over_the_events(rows: list[Any], events: list[Any]) -> None:
    known = [event for event in events if event[0] in {row[0] for row in rows}]
    flow = stage_flow(events_of(events), projects_of(rows), year=2011).set_index("stage")
    pd.testing.assert_frame_equal(
        stage_flow(events_of(events[::-1]), projects_of(rows[::-1]), year=2011).set_index("stage"), flow
    )
    order = stage_order()
    for stage in order if known else ():
        in_year = {p for p, s, on in known if s == stage and on.startswith("2011")}
        assert flow.loc[stage, "n_entered"] == len(in_year)
        reached = [
            min([on for p, s, on in known if p == project and order.get(s, 0) >= order[stage]], default="")
            for project in {p for p, *_ in known}
        ]
        assert flow.loc[stage, "n_reached"] == sum(on.startswith("2011") for on in reached)
