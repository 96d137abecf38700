"""Methods and visits: literal frames, expected values added up by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Projects, Visits, conform
from meishan_stats.statistics.activity import method_breakdown, visit_calendar

Convert = Callable[[pd.DataFrame], Any]


def projects_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Projects of (id, method, method stated, signed, signed on, signed amount, total investment)."""
    names = ["project_id", "method", "method_stated", "is_signed", "signed_on", "signed_cny_10k"]
    frame = pd.DataFrame(rows, columns=[*names, "total_investment_cny_10k"])
    frame["signed_on"] = pd.to_datetime(frame["signed_on"])
    about = {"office": "示例镇", "is_demo": True, "name": "x", "sector": "other", "stage": "lead"}
    return conform(frame.assign(**about, as_of=pd.Timestamp("2011-12-01")), Projects)


def funding_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision="month"), Funding)


PROJECTS = [
    ("a", "merchant_referral", "以商引商、委托招商", True, "2011-03-01", 3000.0, 4000.0),
    ("b", "merchant_referral", "以商引商", False, None, None, 2000.0),
    ("c", "commissioned", "委托招商", True, "2011-05-01", 1000.0, None),
    ("d", None, None, True, "2010-05-01", None, None),
]
FUNDING = [("a", "2011-04-01", 600.0), ("a", "2011-05-01", None), ("c", "2010-04-01", 200.0)]


def row(result: pd.DataFrame, method: str | None) -> pd.Series:
    chosen = result[result["method"].isna() if method is None else result["method"] == method]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_a_method_counts_and_sums_its_projects_once_each_under_the_main_method() -> None:
    result = method_breakdown(projects_of(PROJECTS), funding_of(FUNDING))
    referral = row(result, "merchant_referral")
    assert (referral["n_projects"], referral["n_signed"], referral["n_negotiating"]) == (2, 1, 1)
    assert (referral["signed_cny_10k"], referral["n_signed_known"]) == (3000, 1)
    assert (referral["average_signed_cny_10k"], referral["average_investment_cny_10k"]) == (3000, 3000)
    assert (referral["arrived_cny_10k"], referral["n_arrived_known"], referral["n_arrived_missing"]) == (
        600,
        1,
        1,
    )
    assert (referral["project_share"], referral["signed_share"], referral["arrived_share"]) == (
        0.5,
        0.75,
        0.75,
    )
    assert row(result, "commissioned")["signed_cny_10k"] == 1000


def test_methods_follow_their_codelist_and_a_missing_one_is_last() -> None:
    result = method_breakdown(projects_of(PROJECTS), funding_of(FUNDING))
    assert result["method"].fillna("?").tolist() == ["merchant_referral", "commissioned", "?"]
    assert pd.isna(row(result, None)["signed_cny_10k"])
    assert row(result, None)["n_signed_missing"] == 1


def test_with_each_a_project_counts_in_full_under_every_method_and_shares_pass_one() -> None:
    result = method_breakdown(projects_of(PROJECTS), funding_of(FUNDING), multiple="each")
    commissioned = row(result, "commissioned")
    assert (commissioned["n_projects"], commissioned["signed_cny_10k"], commissioned["signed_share"]) == (
        2,
        4000,
        1,
    )
    assert result["n_projects"].sum() == 5
    assert result["signed_share"].sum() == 1.75
    assert set(result["multiple"]) == {"each"}


def test_methods_are_not_read_from_a_text_that_does_not_name_the_main_method() -> None:
    corrected = [("a", "fair", "以商引商、委托招商", True, "2011-03-01", 3000.0, None)]
    result = method_breakdown(projects_of(corrected), funding_of([]), multiple="each")
    assert result["method"].tolist() == ["fair"]


def test_a_year_has_its_projects_and_the_capital_that_arrived_in_it() -> None:
    result = method_breakdown(projects_of(PROJECTS), funding_of(FUNDING), year=2010)
    assert row(result, None)["n_projects"] == 1
    late = row(result, "commissioned")
    assert (late["n_projects"], late["arrived_cny_10k"], late["year"]) == (0, 200, 2010)


def test_wrong_choices_are_refused() -> None:
    frames = projects_of(PROJECTS), funding_of(FUNDING)
    with pytest.raises(ChoiceError, match=r"multiple.*main.*each.*'all'"):
        method_breakdown(*frames, multiple="all")
    with pytest.raises(ChoiceError, match=r"year.*'2011-05'"):
        method_breakdown(*frames, year="2011-05")  # type: ignore[arg-type]
    with pytest.raises(TableError, match=r"method_breakdown.*Projects.*method_stated"):
        method_breakdown(frames[0].drop(columns="method_stated"), frames[1])


@pytest.mark.parametrize("multiple", ["main", "each"])
def test_every_engine_gives_the_same_methods(on_engine: Convert, multiple: str) -> None:
    frames = projects_of(PROJECTS), funding_of(FUNDING)
    expected = method_breakdown(*frames, multiple=multiple)
    found = method_breakdown(*(on_engine(frame) for frame in frames), multiple=multiple)
    pd.testing.assert_frame_equal(found, expected)
    assert method_breakdown(on_engine(projects_of([])), on_engine(funding_of([])), multiple=multiple).empty


few = settings(max_examples=20, deadline=None)
project_rows = st.lists(st.sampled_from(PROJECTS), max_size=6).map(
    lambda rows: [(f"p{i}", *row[1:]) for i, row in enumerate(rows)]
)


@few
@given(project_rows)
def test_main_methods_add_up_to_all_projects_in_any_order_and_shares_to_one(rows: list[Any]) -> None:
    projects, funding = projects_of(rows), funding_of([("p0", "2011-01-01", 5.0)])
    before = projects.copy()
    result = method_breakdown(projects, funding)
    assert result["n_projects"].sum() == len(rows)
    assert result["signed_cny_10k"].sum() == sum(r[5] or 0 for r in rows)
    for share in ("project_share", "signed_share", "arrived_share"):
        if result[share].notna().any():
            assert result[share].sum() == pytest.approx(1)
    pd.testing.assert_frame_equal(projects, before)
    pd.testing.assert_frame_equal(method_breakdown(projects[::-1], funding), result)


def visits_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Visits of (date, precision, direction, persons, project name)."""
    names = ["visited_on", "visited_precision", "direction", "n_visitors", "project_name"]
    frame = pd.DataFrame(rows, columns=names)
    frame["visited_on"] = pd.to_datetime(frame["visited_on"])
    return conform(frame.assign(office="示例镇"), Visits)


VISITS = [
    ("2011-01-05", "day", "made", 3, "某项目"),
    ("2011-01-09", "day", "received", None, None),
    ("2011-03-01", "month", "received", 5, None),
    ("2011-01-01", "year", None, 2, None),
    (None, None, "made", None, None),
]


def test_a_month_counts_its_visits_and_one_without_any_has_a_row_of_zero() -> None:
    result = visit_calendar(visits_of(VISITS))
    assert result["period"].dt.strftime("%Y-%m").fillna("?").tolist() == [
        "2011-01",
        "2011-02",
        "2011-03",
        "?",
    ]
    assert result["n_visits"].tolist() == [2, 0, 1, 2]
    assert result["n_made"].tolist() == [1, 0, 0, 1]
    assert result["n_received"].tolist() == [1, 0, 1, 0]
    assert result["n_direction_unknown"].tolist() == [0, 0, 0, 1]
    assert result["n_visitors"].fillna(-1).tolist() == [3, -1, 5, 2]
    assert result["n_visitors_missing"].tolist() == [1, 0, 0, 1]
    assert result["n_with_project"].tolist() == [1, 0, 0, 0]
    assert result["n_undated"].tolist() == [2, 2, 2, 2]
    assert set(result["as_of"]) == {pd.Timestamp("2011-03-01")}


def test_weeks_begin_on_monday_and_a_visit_known_to_the_month_is_in_none() -> None:
    # 5 January 2011 was a Wednesday and the 9th the Sunday of the same week, begun on Monday the 3rd.
    result = visit_calendar(visits_of(VISITS), by="week")
    assert result["period"].dt.strftime("%Y-%m-%d").fillna("?").tolist() == ["2011-01-03", "?"]
    assert result["n_visits"].tolist() == [2, 3]


def test_days_are_days() -> None:
    result = visit_calendar(visits_of(VISITS[:2]), by="day")
    assert result["n_visits"].tolist() == [1, 0, 0, 0, 1]


def test_invented_rows_are_marked() -> None:
    assert visit_calendar(visits_of(VISITS).assign(is_demo=True))["is_demo"].all()


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(ChoiceError, match=r"by.*month.*week.*day.*'year'"):
        visit_calendar(visits_of(VISITS), by="year")


@pytest.mark.parametrize("by", ["month", "week", "day"])
def test_every_engine_gives_the_same_calendar(on_engine: Convert, by: str) -> None:
    expected = visit_calendar(visits_of(VISITS), by=by)
    pd.testing.assert_frame_equal(visit_calendar(on_engine(visits_of(VISITS)), by=by), expected)
    assert visit_calendar(on_engine(visits_of([])), by=by).empty


visit_rows = st.lists(
    st.tuples(
        st.none() | st.dates(pd.Timestamp("2010-11-01").date(), pd.Timestamp("2011-02-28").date()),
        st.sampled_from(["day", "month", "year", None]),
        st.sampled_from(["made", "received", None]),
        st.none() | st.integers(1, 20),
        st.none(),
    ),
    max_size=8,
)


@few
@given(visit_rows, st.sampled_from(["month", "week", "day"]))
def test_no_visit_is_lost_in_any_order(rows: list[Any], by: str) -> None:
    visits = visits_of(rows)
    result = visit_calendar(visits, by=by)
    assert result["n_visits"].sum() == len(rows)
    assert (
        result["n_made"] + result["n_received"] + result["n_direction_unknown"] == result["n_visits"]
    ).all()
    assert result["n_visitors"].sum() == sum(r[3] or 0 for r in rows)
    pd.testing.assert_frame_equal(visit_calendar(visits[::-1], by=by), result)


def test_a_visit_known_to_the_year_alone_gives_no_month_of_report() -> None:
    visits = conform(pd.DataFrame({
        "office": "示例镇", "direction": "made", "visited_on": pd.to_datetime(["2011-01-01", "2010-03-01"]),
        "visited_precision": ["year", "month"],
    }), Visits)  # fmt: skip
    assert visit_calendar(visits)["as_of"].unique().tolist() == [pd.Timestamp("2010-03-01")]
    assert visit_calendar(visits.head(1))["as_of"].isna().all()
