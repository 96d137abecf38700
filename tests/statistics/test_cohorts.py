"""Conversion of cohorts: a published case, and small frames by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Milestones, Projects, conform
from meishan_stats.statistics.cohorts import cohort_conversion, cohort_totals

Convert = Callable[[pd.DataFrame], Any]


def projects_of(rows: list[tuple[Any, ...]], **columns: Any) -> pd.DataFrame:
    """Projects of (id, stage, is signed, signed on, signed amount), last reported in December 2012."""
    names = ["project_id", "stage", "is_signed", "signed_on", "signed_cny_10k"]
    frame = pd.DataFrame(rows, columns=names)
    dates = {"first_reported_on": pd.Timestamp("2010-06-01"), "as_of": pd.Timestamp("2012-12-01")}
    about = {"office": "示例镇", "name": "x", "sector": "other", "is_demo": True}
    signed_on = pd.to_datetime(frame["signed_on"])
    return conform(frame.assign(signed_on=signed_on, **(about | dates | columns)), Projects)


def funding_of(
    rows: list[tuple[Any, ...]], *, kind: str = "arrived", precision: str = "month"
) -> pd.DataFrame:
    """Funding of (project id, month, amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": kind, "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision=precision), Funding)


def milestones_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Milestones of (project id, milestone, actual date)."""
    frame = pd.DataFrame(rows, columns=["project_id", "milestone", "actual_on"])
    frame["actual_on"] = pd.to_datetime(frame["actual_on"])
    return conform(frame.assign(office="示例镇", name="x", actual_precision="day"), Milestones)


NOTHING = funding_of([])
PROJECTS = [
    ("a", "production", True, "2011-03-01", 1000.0),
    ("b", "signed", True, "2011-05-01", 3000.0),
    ("c", "terminated", False, "2011-06-01", 500.0),
    ("d", "started", True, None, None),
    ("e", "negotiating", False, None, 700.0),
    ("f", None, None, "2011-01-01", 900.0),
    ("g", "terminated", False, None, 800.0),
]
FUNDING = [
    ("a", "2011-04-01", 600.0),
    ("a", "2012-02-01", 300.0),
    ("b", "2012-01-01", None),
    ("d", "2010-07-01", 50.0),
]


def only(table: pd.DataFrame) -> dict[str, Any]:
    assert len(table) == 1
    return table.iloc[0].to_dict()


def test_the_rates_of_the_fairs_of_lanzhou_are_those_printed() -> None:
    """ytjhdl.cn/xy/zs/363899.html: 6 129.09 亿元 signed in 1 093 projects, 2 794.49 arrived, 907 and 401 done."""
    stages = ["production"] * 401 + ["started"] * (907 - 401) + ["signed"] * (1093 - 907)
    amount = 6129.09 * 10_000 / 1093
    rows = [(f"p{i}", stage, True, "2010-07-06", amount) for i, stage in enumerate(stages)]
    arrived = funding_of([("p0", "2011-05-01", 2000 * 10_000), ("p1", "2012-05-01", 794.49 * 10_000)])
    row = only(cohort_conversion(projects_of(rows), arrived))
    assert row["cohort"] == "2010"
    assert row["signed_cny_10k"] == pytest.approx(61_290_900)
    assert round(row["arrival_ratio"] * 100, 2) == 45.59
    assert round(row["started_share"] * 100, 2) == 82.98
    assert round(row["completed_share"] * 100, 2) == 36.69
    assert (row["n_signed"], row["n_started"], row["n_completed"]) == (1093, 907, 401)
    assert not row["exceeds"]


def test_a_cohort_holds_those_signed_in_its_year_and_those_stopped_after_signing() -> None:
    result = cohort_conversion(projects_of(PROJECTS), funding_of(FUNDING)).set_index("cohort")
    assert result.index.tolist() == ["2010", "2011"]
    assert result.loc["2011", "n_signed"] == 3
    assert result.loc["2011", "n_stopped"] == 1
    assert result.loc["2011", "signed_cny_10k"] == 4500
    assert result.loc["2010", "n_undated"] == 1


def test_numerator_and_denominator_speak_of_the_same_projects() -> None:
    result = cohort_conversion(projects_of(PROJECTS), funding_of(FUNDING)).set_index("cohort")
    assert result.loc["2011", "arrived_cny_10k"] == 900
    assert result.loc["2011", "arrival_ratio"] == pytest.approx(0.2)
    assert result.loc["2011", "n_arrived_unknown"] == 2
    without_amount = result.loc["2010"]
    assert pd.isna(without_amount["arrival_ratio"])
    assert (without_amount["arrived_unmatched_cny_10k"], without_amount["n_arrived_unmatched"]) == (50, 1)
    assert without_amount["n_signed_missing"] == 1


def test_a_stopped_project_is_not_known_to_have_started() -> None:
    row = cohort_conversion(projects_of(PROJECTS), NOTHING).set_index("cohort").loc["2011"]
    assert (row["n_started"], row["n_started_unknown"]) == (1, 1)
    assert row["started_share"] == pytest.approx(1 / 3)


def test_a_rate_of_which_nothing_is_known_is_missing() -> None:
    row = only(cohort_conversion(projects_of([PROJECTS[2]]), NOTHING))
    assert (row["n_signed"], row["n_started_unknown"]) == (1, 1)
    assert pd.isna(row["started_share"])
    assert pd.isna(row["arrival_ratio"])


def test_more_arrived_than_was_signed_for_is_said() -> None:
    row = only(cohort_conversion(projects_of(PROJECTS[:1]), funding_of([("a", "2011-04-01", 1200.0)])))
    assert row["arrival_ratio"] == pytest.approx(1.2)
    assert row["exceeds"]


def test_a_signed_amount_of_zero_gives_no_rate() -> None:
    zero = projects_of([("a", "signed", True, "2011-03-01", 0.0)])
    row = only(cohort_conversion(zero, funding_of([("a", "2011-04-01", 5.0)])))
    assert pd.isna(row["arrival_ratio"])
    assert row["exceeds"]


def test_other_kinds_of_capital_do_not_count() -> None:
    row = only(cohort_conversion(projects_of(PROJECTS[:1]), funding_of(FUNDING, kind="completed")))
    assert pd.isna(row["arrived_cny_10k"])


def test_a_past_month_sees_what_was_signed_and_had_arrived_by_its_end() -> None:
    result = cohort_conversion(projects_of(PROJECTS), funding_of(FUNDING), as_of="2011-05-31").set_index(
        "cohort"
    )
    row = result.loc["2011"]
    assert (row["n_signed"], row["signed_cny_10k"], row["arrived_cny_10k"]) == (2, 4000, 600)
    assert row["as_of"] == pd.Timestamp("2011-05-01")


def test_capital_known_to_the_year_had_arrived_by_its_end() -> None:
    yearly = funding_of([("a", "2011-01-01", 100.0)], precision="year")
    arrived = {
        month: only(cohort_conversion(projects_of(PROJECTS[:1]), yearly, as_of=month))["arrived_cny_10k"]
        for month in ("2011-06", "2011-12", "2012-01")
    }
    assert pd.isna(arrived["2011-06"])
    assert (arrived["2011-12"], arrived["2012-01"]) == (100, 100)


def test_in_a_past_month_a_date_tells_what_was_done_and_a_stage_only_what_was_not() -> None:
    rows = [(name, "production", True, "2011-03-01", 1.0) for name in "wxyz"]
    projects = projects_of([*rows, ("v", "signed", True, "2011-03-01", 1.0)])
    dates = milestones_of(
        [("w", "started", "2011-08-01"), ("x", "completed", "2011-09-30"), ("y", "started", "2012-01-01")]
    )
    row = only(cohort_conversion(projects, NOTHING, dates, as_of="2011-09"))
    assert (row["n_started"], row["n_started_unknown"]) == (2, 1)  # w and x; nobody knows of z
    assert (row["n_completed"], row["n_completed_unknown"]) == (1, 3)  # of w, y and z no date is known
    now = only(cohort_conversion(projects, NOTHING, dates))
    assert (now["n_started"], now["n_started_unknown"]) == (4, 0)


def test_a_date_of_completion_tells_that_a_stopped_project_had_started() -> None:
    stopped = projects_of([PROJECTS[2]])
    row = only(cohort_conversion(stopped, NOTHING, milestones_of([("c", "completed", "2012-01-01")])))
    assert (row["n_started"], row["n_completed"], row["n_production_unknown"]) == (1, 1, 1)


def test_cohorts_can_be_of_a_sector_in_the_order_of_its_codelist() -> None:
    sectors = ["other", "new_energy", "other", "other", "other", "other", "other"]
    result = cohort_conversion(projects_of(PROJECTS, sector=sectors), NOTHING, by="sector")
    assert result["by"].unique().tolist() == ["sector"]
    assert result["cohort"].tolist() == ["new_energy", "other"]
    assert result["n_signed"].tolist() == [1, 3]


def test_a_cohort_of_unknown_key_is_a_row_of_its_own_at_the_end() -> None:
    result = cohort_conversion(projects_of(PROJECTS[:2], station=["上海", None]), NOTHING, by="station")
    assert result["cohort"].fillna("?").tolist() == ["上海", "?"]
    undated = projects_of([PROJECTS[3]], first_reported_on=pd.NaT)
    assert pd.isna(only(cohort_conversion(undated, NOTHING))["cohort"])


def test_an_unknown_cohort_and_a_missing_column_are_named() -> None:
    with pytest.raises(ChoiceError, match=r"cohort_conversion: by must be one of 'year', 'sector'.*'colour'"):
        cohort_conversion(projects_of(PROJECTS), NOTHING, by="colour")
    with pytest.raises(TableError, match=r"cohort_conversion.*Projects.*is_signed"):
        cohort_conversion(projects_of(PROJECTS).drop(columns="is_signed"), NOTHING)


@pytest.mark.parametrize("as_of", [None, "2011-12"])
def test_every_engine_gives_the_same_totals(as_of: str | None, on_engine: Convert) -> None:
    tables = projects_of(PROJECTS), funding_of(FUNDING), milestones_of([("a", "started", "2011-08-01")])
    expected = cohort_totals(*tables, as_of=as_of).sort_values("cohort", ignore_index=True)
    found = cohort_totals(*map(on_engine, tables), as_of=as_of).sort_values("cohort", ignore_index=True)
    pd.testing.assert_frame_equal(found, expected)


def test_tables_without_rows_give_a_result_without_rows_on_every_engine(on_engine: Convert) -> None:
    assert cohort_conversion(on_engine(projects_of([])), on_engine(NOTHING)).empty
    assert cohort_conversion(on_engine(projects_of(PROJECTS[4:])), on_engine(NOTHING), by="sector").empty


amounts = st.none() | st.integers(0, 900).map(float)
days = st.none() | st.sampled_from(["2010-05-01", "2011-01-31", "2012-12-31"])
stages = st.sampled_from(["negotiating", "signed", "started", "capacity", "terminated", None])
project_rows = st.lists(
    st.tuples(stages, st.sampled_from([True, False, None]), days, amounts), max_size=7
).map(lambda rows: [(f"p{i}", *row) for i, row in enumerate(rows)])
funding_rows = st.lists(st.tuples(st.sampled_from(["p0", "p1", "zz"]), days, amounts), max_size=7)


@settings(max_examples=25, deadline=None)
@given(project_rows, funding_rows)
def test_rates_agree_with_a_loop_over_the_projects(rows: list[Any], paid: list[Any]) -> None:
    projects, funding = projects_of(rows), funding_of(paid)
    before = projects.copy(), funding.copy()
    result = cohort_conversion(projects, funding)
    pd.testing.assert_frame_equal(projects, before[0])
    pd.testing.assert_frame_equal(funding, before[1])
    pd.testing.assert_frame_equal(cohort_conversion(projects[::-1], funding[::-1]), result)
    members = [r for r in rows if r[2] or (r[1] == "terminated" and r[3])]
    assert result["n_signed"].sum() == len(members)
    for cohort in result.to_dict("records"):
        mine = [r for r in members if (r[3] or "2010")[:4] == cohort["cohort"]]
        assert cohort["n_signed"] == len(mine)
        assert cohort["n_started"] == sum(r[1] in ("started", "capacity") for r in mine)
        known = {r[0]: r[4] for r in mine if r[4] is not None}
        signed = sum(known.values())
        arrived = [amount for project, _, amount in paid if project in known and amount is not None]
        if signed > 0 and arrived:
            assert cohort["arrival_ratio"] == pytest.approx(sum(arrived) / signed)
        else:
            assert pd.isna(cohort["arrival_ratio"])
        assert cohort["exceeds"] == (bool(arrived) and bool(known) and sum(arrived) > signed)
        assert cohort["exceeds"] or pd.isna(cohort["arrival_ratio"]) or cohort["arrival_ratio"] <= 1
        for step in ("started", "completed", "production"):
            assert pd.isna(cohort[f"{step}_share"]) or 0 <= cohort[f"{step}_share"] <= 1
