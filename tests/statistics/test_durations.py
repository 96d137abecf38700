"""Time in stage against a hand calculation and a naive product-limit loop; silent negotiations."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Projects, StageEvents, Visits, conform
from meishan_stats.statistics.durations import spell_totals, time_in_stage
from meishan_stats.statistics.negotiations import stale_negotiations
from meishan_stats.values.stages import stage_order

Convert = Callable[[pd.DataFrame], Any]
BEGIN = "2010-01-01"


def month(n: int) -> pd.Timestamp:
    """The month n months after the office's first report."""
    return pd.Timestamp(BEGIN) + pd.DateOffset(months=n)


def projects_of(last: dict[str, int | None], **columns: Any) -> pd.DataFrame:
    """Projects with the number of their last month; "old" begins the reports of the office."""
    frame = pd.DataFrame({"project_id": ["old", *last]})
    as_of = [month(0), *(pd.NaT if n is None else month(n) for n in last.values())]
    about = {"office": "示例镇", "name": "x", "sector": "other", "is_demo": True, "stage": "negotiating"}
    first = {"first_reported_on": [month(0), *[month(1)] * len(last)], "as_of": as_of}
    return conform(frame.assign(**(about | first | columns)), Projects)


def events_of(rows: list[tuple[str, str, int | None]]) -> pd.DataFrame:
    """Stage events of (project id, stage, number of the month)."""
    frame = pd.DataFrame(rows, columns=["project_id", "stage", "n"])
    seen = pd.to_datetime(pd.Series([pd.NaT if row[2] is None else month(row[2]) for row in rows]))
    return conform(frame.assign(office="示例镇", seen_on=seen), StageEvents)


def visits_of(rows: list[tuple[str | None, str, str]]) -> pd.DataFrame:
    """Visits of (project id, date, precision)."""
    frame = pd.DataFrame(rows, columns=["project_id", "visited_on", "visited_precision"])
    return conform(frame.assign(office="示例镇", visited_on=pd.to_datetime(frame["visited_on"])), Visits)


def stays(lengths: list[tuple[int, bool]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events and projects that negotiate from month 1 for each length, and then sign if it is finished."""
    events, last = [], {}
    for i, (length, is_finished) in enumerate(lengths):
        events.append((f"p{i}", "negotiating", 1))
        if is_finished:
            events.append((f"p{i}", "signed", 1 + length))
        last[f"p{i}"] = 1 + length
    return events_of(events), projects_of(last)


def of(table: pd.DataFrame, stage: str = "negotiating") -> pd.Series:
    return table.set_index("stage").loc[stage]


HAND = [(1, True), (2, True), (2, True), (3, False), (4, False), (5, True)]


def test_quartiles_and_mean_are_those_computed_by_hand() -> None:
    # At risk 6, 5, 1 in months 1, 2, 5: S = 5/6, 5/6 * 3/5 = 1/2, 0; area 1 + 5/6 + 3 * 1/2.
    row = of(time_in_stage(*stays(HAND)))
    assert (row["n_spells"], row["n_finished"], row["n_stopped"]) == (6, 4, 0)
    assert (row["lower_quartile_months"], row["median_months"], row["upper_quartile_months"]) == (2, 2, 5)
    assert row["restricted_mean_months"] == pytest.approx(1 + 5 / 6 + 1.5)
    assert row["horizon_months"] == 5


def test_a_median_that_is_not_reached_is_missing_and_the_mean_ends_at_the_horizon() -> None:
    row = of(time_in_stage(*stays([(2, True), (6, False), (6, False), (6, False)])))
    assert row["lower_quartile_months"] == 2
    assert pd.isna(row["median_months"])
    assert row["restricted_mean_months"] == pytest.approx(2 + 4 * 0.75)


def test_a_stage_nobody_has_left_has_no_quartiles_and_no_mean() -> None:
    row = of(time_in_stage(*stays([(3, False), (5, False)])))
    assert (row["n_spells"], row["n_finished"], row["horizon_months"]) == (2, 0, 5)
    assert row[["median_months", "restricted_mean_months"]].isna().all()


def test_unfinished_stays_lengthen_the_median_that_the_finished_alone_would_give() -> None:
    finished = [(1, True), (2, True), (3, True)]
    alone = of(time_in_stage(*stays(finished)))["median_months"]
    with_unfinished = of(time_in_stage(*stays([*finished, (3, False), (9, False)])))["median_months"]
    assert (alone, with_unfinished) == (2, 3)


def test_every_stage_on_the_way_has_a_row_and_stopped_ones_have_none() -> None:
    result = time_in_stage(*stays(HAND))
    assert result["stage"].tolist() == list(stage_order())
    empty = of(result, "landed")
    assert (empty["n_spells"], empty["n_begun_before"]) == (0, 0)
    assert pd.isna(empty["horizon_months"])
    assert time_in_stage(*stays(HAND), stage="signed")["stage"].tolist() == ["signed"]


def test_a_stay_under_way_in_the_first_report_of_the_office_is_counted_and_left_out() -> None:
    events = events_of(
        [("old", "negotiating", 0), ("old", "signed", 9), ("a", "negotiating", 1), ("a", "signed", 3)]
    )
    row = of(time_in_stage(events, projects_of({"a": 5})))
    assert (row["n_spells"], row["n_begun_before"], row["median_months"]) == (1, 1, 2)


def test_a_stay_ends_with_whatever_comes_next_and_termination_is_counted() -> None:
    events = events_of(
        [("a", "negotiating", 1), ("a", "started", 3), ("b", "negotiating", 1), ("b", "terminated", 5)]
    )
    row = of(time_in_stage(events, projects_of({"a": 9, "b": 9})))
    assert (row["n_finished"], row["n_stopped"]) == (2, 1)
    assert (row["lower_quartile_months"], row["upper_quartile_months"]) == (2, 4)


def test_a_stage_passed_within_a_month_lasts_no_month() -> None:
    events = events_of([("a", "signed", 2), ("a", "registered", 2)])
    row = of(time_in_stage(events, projects_of({"a": 4})), "signed")
    assert (row["n_finished"], row["median_months"], row["restricted_mean_months"]) == (1, 0, 0)


def test_an_earlier_month_forgets_what_came_after_it() -> None:
    row = of(time_in_stage(*stays([(2, True), (8, True)]), as_of=month(4)))
    assert (row["n_spells"], row["n_finished"], row["median_months"], row["horizon_months"]) == (2, 1, 2, 3)
    assert row["as_of"] == month(4)


def test_events_without_a_month_and_unlisted_projects_have_no_stay() -> None:
    events = events_of([("a", "negotiating", None), ("stranger", "negotiating", 2)])
    assert of(time_in_stage(events, projects_of({"a": 5})))["n_spells"] == 0


def test_a_stage_that_is_none_on_the_way_is_refused() -> None:
    for stage in ("terminated", "dreamt of"):
        with pytest.raises(ChoiceError, match=r"time_in_stage: stage must be one of 'lead'"):
            time_in_stage(*stays(HAND), stage=stage)


def test_every_engine_gives_the_same_stays(on_engine: Convert) -> None:
    events, projects = stays(HAND)
    more = pd.concat([events, events_of([("old", "lead", 0), ("p3", "suspended", 9), ("p4", "lead", None)])])
    keys = ["stage", "months", "is_finished", "is_stopped", "is_begun_before"]
    for as_of in (None, month(3)):
        expected = spell_totals(more, projects, as_of=as_of).sort_values(keys, ignore_index=True)
        found = spell_totals(on_engine(more), on_engine(projects), as_of=as_of)
        pd.testing.assert_frame_equal(found.sort_values(keys, ignore_index=True), expected)


def test_tables_without_rows_give_results_without_rows_on_every_engine(on_engine: Convert) -> None:
    events, projects = on_engine(events_of([])), on_engine(projects_of({})[:0])
    assert time_in_stage(events, projects).empty
    assert stale_negotiations(projects, events, on_engine(visits_of([]))).empty


def naive(lengths: list[tuple[int, bool]]) -> dict[str, float]:
    """Product-limit estimate month by month, as the textbook writes it."""
    horizon = max(length for length, _ in lengths)
    survival, area, quartiles = 1.0, 0.0, dict.fromkeys((0.75, 0.5, 0.25), np.nan)
    for now in range(horizon + 1):
        at_risk = sum(length >= now for length, _ in lengths)
        ended = sum(length == now and is_finished for length, is_finished in lengths)
        survival *= 1 - ended / at_risk
        for share, found in quartiles.items():
            if np.isnan(found) and survival <= share + 1e-9:
                quartiles[share] = now
        area += survival if now < horizon else 0
    return {"mean": area, **{str(share): found for share, found in quartiles.items()}}


lengths_of_stay = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(lengths_of_stay)
def test_the_curve_agrees_with_a_naive_product_limit_loop(lengths: list[tuple[int, bool]]) -> None:
    events, projects = stays(lengths)
    row = of(time_in_stage(events, projects, stage="negotiating"))
    assert row["n_spells"] == len(lengths)
    again = of(time_in_stage(events[::-1], projects[::-1], stage="negotiating"))
    pd.testing.assert_series_equal(row, again)
    if any(is_finished for _, is_finished in lengths):
        expected = naive(lengths)
        assert row["restricted_mean_months"] == pytest.approx(expected["mean"])
        for name, share in (("lower_quartile", "0.75"), ("median", "0.5"), ("upper_quartile", "0.25")):
            assert row[f"{name}_months"] == pytest.approx(expected[share], nan_ok=True)
    if all(is_finished for _, is_finished in lengths):
        assert row["restricted_mean_months"] == pytest.approx(np.mean([length for length, _ in lengths]))


@pytest.mark.parametrize(
    ("silent", "light"),
    [(0, "green"), (1, "green"), (2, "yellow"), (3, "red"), (6, "red"), (7, "out")],
)
def test_the_lights_are_those_of_handan(silent: int, light: str) -> None:
    """handan.hebnews.cn 2024-03-18: two months yellow, three red, more than half a year out of the pool."""
    projects = projects_of({"a": 12}, is_signed=[True, False])
    row = stale_negotiations(projects, events_of([("a", "negotiating", 12 - silent)])).iloc[0]
    assert row["months_without_progress"] == silent
    assert row["light"] == light


def test_only_projects_known_to_negotiate_are_listed() -> None:
    projects = projects_of(
        {"a": 5, "b": 5, "c": 5, "d": 5},
        is_signed=[True, False, False, None, False],
        stage=["signed", "negotiating", "terminated", "negotiating", None],
    )
    assert stale_negotiations(projects, events_of([]))["project_id"].tolist() == ["a", "d"]


def test_a_visit_is_progress_and_so_is_the_first_report() -> None:
    projects = projects_of({"a": 6, "b": 6, "c": 6}, is_signed=False, responsible=["王", "李", "张", None])
    events = events_of([("a", "negotiating", 2), ("b", "negotiating", 2)])
    visits = visits_of([("a", "2010-06-20", "day"), (None, "2010-07-01", "day"), ("b", "2010-02-01", "day")])
    table = stale_negotiations(projects, events, visits).set_index("project_id")
    assert table["months_without_progress"].to_dict() == {"old": 6, "a": 1, "b": 4, "c": 5}
    assert table["progress"].to_dict() == {
        "old": "first_report",
        "a": "visit",
        "b": "stage",
        "c": "first_report",
    }
    assert table.loc["a", "last_progress_on"] == pd.Timestamp("2010-06-01")
    assert table["responsible"].fillna("?").to_dict() == {"old": "王", "a": "李", "b": "张", "c": "?"}


def test_the_longest_silent_stands_first() -> None:
    projects = projects_of({"a": 6, "b": 6}, is_signed=[True, False, False])
    events = events_of([("a", "negotiating", 5), ("b", "negotiating", 2)])
    assert stale_negotiations(projects, events)["project_id"].tolist() == ["b", "a"]


def test_a_visit_known_to_the_quarter_counts_at_its_end_but_not_after_the_report() -> None:
    projects = projects_of({"a": 6}, is_signed=[True, False])
    quarter = visits_of([("a", "2010-04-01", "quarter")])
    assert stale_negotiations(projects, events_of([]), quarter)["months_without_progress"].tolist() == [1]
    year = visits_of([("a", "2010-01-01", "year")])
    row = stale_negotiations(projects, events_of([]), year).iloc[0]
    assert (row["months_without_progress"], row["last_progress_on"]) == (0, month(6))


def test_a_past_month_lists_what_negotiated_then_and_forgets_later_progress() -> None:
    projects = projects_of(
        {"a": 8, "b": 8}, is_signed=[True, True, False], stage=["signed", "signed", "negotiating"]
    )
    events = events_of(
        [("a", "negotiating", 1), ("a", "signed", 7), ("b", "lead", 2), ("b", "negotiating", 6)]
    )
    table = stale_negotiations(projects, events, as_of=month(4)).set_index("project_id")
    assert table["stage"].to_dict() == {"a": "negotiating", "b": "lead"}
    assert table["months_without_progress"].to_dict() == {"a": 3, "b": 2}


def test_a_project_without_any_date_has_no_light() -> None:
    projects = projects_of({"a": None}, is_signed=[True, False], first_reported_on=[month(0), pd.NaT])
    row = stale_negotiations(projects, events_of([])).iloc[0]
    assert pd.isna(row["light"])
    assert pd.isna(row["months_without_progress"])


@pytest.mark.parametrize("wrong", [{"yellow": 0}, {"red": 1}, {"out": 2}, {"red": 2.5}, {"yellow": True}])
def test_thresholds_that_do_not_rise_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ChoiceError, match="yellow, red and out"):
        stale_negotiations(projects_of({}), events_of([]), **wrong)


def test_own_thresholds_move_the_lights() -> None:
    projects = projects_of({"a": 12}, is_signed=[True, False])
    events = events_of([("a", "negotiating", 9)])
    assert stale_negotiations(projects, events, yellow=4, red=5)["light"].tolist() == ["green"]
    assert stale_negotiations(projects, events, yellow=1, red=1, out=2)["light"].tolist() == ["out"]


def test_a_column_missing_from_the_visits_is_named() -> None:
    with pytest.raises(TableError, match=r"stale_negotiations.*Visits.*visited_on"):
        stale_negotiations(projects_of({}), events_of([]), visits_of([]).drop(columns="visited_on"))


@pytest.mark.parametrize("as_of", [None, month(4)])
def test_every_engine_lists_the_same_negotiations(as_of: pd.Timestamp | None, on_engine: Convert) -> None:
    projects = projects_of({"a": 8, "b": 8}, is_signed=[True, None, False], responsible=[None, "李", None])
    events = events_of(
        [("a", "negotiating", 1), ("a", "signed", 7), ("b", "lead", 2), ("b", "negotiating", None)]
    )
    visits = visits_of(
        [("b", "2010-04-01", "quarter"), ("b", "2010-03-09", "day"), (None, "2010-03-09", "day")]
    )
    expected = stale_negotiations(projects, events, visits, as_of=as_of)
    assert expected["project_id"].tolist() == (["b"] if as_of is None else ["a", "b"])
    found = stale_negotiations(on_engine(projects), on_engine(events), on_engine(visits), as_of=as_of)
    pd.testing.assert_frame_equal(found, expected)
