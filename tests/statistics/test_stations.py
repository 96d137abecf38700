"""Stations and recruiters: work, projects, capital and points, with expected values worked out by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Projects, Recruiters, Visits, conform
from meishan_stats.statistics.stations import station_performance

Convert = Callable[[pd.DataFrame], Any]
Frames = list[pd.DataFrame]
WORK = ["station", "name", "period", "station_days", "n_visits", "n_receptions", "n_leads"]
REST = ["n_excellent_leads", "n_leader_visits", "n_foreign_signed", "n_absences"]


def recruiters_of(rows: list[tuple[Any, ...]], names: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=names).assign(
        office="示例镇", source_file="a.xlsx", source_sheet="绩效"
    )
    dates = [name for name in ("period", "from_on", "to_on") if name in frame]
    return conform(frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates}), Recruiters)


def visits_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["visited_on", "direction", "host", "project_id"])
    frame["visited_on"] = pd.to_datetime(frame["visited_on"])
    return conform(frame.assign(office="示例镇", visited_precision="day"), Visits)


def projects_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Projects of (id, station, recruiter, level of origin, signed on, signed amount)."""
    names = ["project_id", "station", "recruiter", "origin_level", "signed_on", "signed_cny_10k"]
    frame = pd.DataFrame(rows, columns=names)
    frame["signed_on"] = pd.to_datetime(frame["signed_on"])
    about = {"office": "示例镇", "is_demo": True, "name": "x", "sector": "other", "stage": "signed"}
    return conform(frame.assign(**about, is_signed=True, as_of=pd.Timestamp("2011-12-01")), Projects)


def funding_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision="month"), Funding)


MAY = [
    ("上海", "甲", "2011-05-01", 20, 10, 8, 4, 2, 1, 1, 0),
    ("上海", "乙", "2011-05-01", 15, 5, 8, 2, 0, 1, 0, 1),
    ("杭州", "丙", "2011-05-01", 24, 8, 2, 1, 1, 0, 0, 0),
]
PROJECTS = [
    ("a", "上海", "甲、乙", "overseas", "2011-05-10", 3000.0),
    ("b", None, "丙", "out_of_city", "2011-05-20", 800.0),
    ("c", None, None, None, "2011-05-30", None),
]
VISITS = [
    ("2011-05-03", "made", "甲", None),
    ("2011-05-04", "received", "驻杭州招商组", None),
    ("2011-05-05", "received", "某镇长", "b"),
    ("2011-05-06", None, "某镇长", None),
]


def of_may() -> Frames:
    return [
        recruiters_of(MAY, [*WORK, *REST]),
        visits_of(VISITS),
        projects_of(PROJECTS),
        funding_of([("a", "2011-05-01", 600.0), ("zz", "2011-05-01", 7.0)]),
    ]


def by_key(result: pd.DataFrame, column: str, key: str = "station") -> dict[str, Any]:
    return dict(zip(result[key].fillna("?"), result[column], strict=True))


def test_a_recruiter_has_points_against_the_best_by_the_rules_of_the_county_contest() -> None:
    result = station_performance(*of_may(), by="recruiter", period="2011-05")
    points = result.set_index("recruiter")
    # 甲: 20 days 10, visits 10/10 × 10, receptions 8/8 × 10, leads 4/4 × 15, excellent 2/2 × 15,
    # leader visits 1/1 × 20, one foreign project 20, no absence.
    assert points.loc["甲", "score"] == 10 + 10 + 10 + 15 + 15 + 20 + 20
    # 乙: 15 days 7.5, visits 5/10 × 10, receptions 10, leads 2/4 × 15, none excellent, leader 20, absence −10.
    assert points.loc["乙", "score"] == 7.5 + 5 + 10 + 7.5 + 0 + 20 - 10
    # 丙: 24 days 12, visits 8/10 × 10, receptions 2/8 × 10, leads 1/4 × 15, excellent 1/2 × 15.
    assert points.loc["丙", "score"] == 12 + 8 + 2.5 + 3.75 + 7.5
    assert points["n_points_missing"].fillna(-1).tolist() == [0, 0, 0, 8]


def test_within_a_station_the_best_of_the_station_counts() -> None:
    result = station_performance(*of_may(), by="recruiter", period="2011-05", team="station")
    assert by_key(result, "n_visits_points", "recruiter")["丙"] == 10


def test_weights_can_be_set() -> None:
    result = station_performance(*of_may(), by="recruiter", weights={"n_visits": 100})
    assert by_key(result, "n_visits_points", "recruiter")["乙"] == 50


def test_a_station_adds_up_its_recruiters_work_and_capital() -> None:
    table = station_performance(*of_may(), period=2011).set_index("station")
    shanghai = table.loc["上海"]
    assert (shanghai["station_days"], shanghai["n_visits"], shanghai["n_leads"]) == (35, 15, 6)
    assert (shanghai["n_projects"], shanghai["signed_cny_10k"], shanghai["arrived_cny_10k"]) == (1, 3000, 600)
    assert shanghai["n_recruiters"] == 2
    assert (shanghai["visits_per_recruiter"], shanghai["signed_per_recruiter_cny_10k"]) == (7.5, 1500)
    assert table.loc["杭州", "signed_cny_10k"] == 800
    assert table["is_demo"].all()


def test_what_belongs_to_no_station_is_a_last_row_without_points() -> None:
    result = station_performance(*of_may())
    last = result.iloc[-1]
    assert pd.isna(last["station"])
    assert (last["n_projects"], last["n_signed"], last["n_signed_missing"]) == (1, 1, 1)
    assert last["arrived_cny_10k"] == 7
    assert pd.isna(last["score"])


def test_a_visit_goes_to_the_station_its_host_is_of_or_names_else_to_that_of_its_project() -> None:
    result = station_performance(*of_may())
    assert by_key(result, "n_visits_listed") == {"上海": 1, "杭州": 0, "?": 0}
    assert by_key(result, "n_receptions_listed") == {"上海": 0, "杭州": 2, "?": 0}
    assert by_key(result, "n_direction_unknown") == {"上海": 0, "杭州": 0, "?": 1}


def test_a_foreign_project_is_shared_between_its_introducers_and_counts_once_otherwise() -> None:
    result = station_performance(*of_may(), by="recruiter")
    assert by_key(result, "n_foreign_listed", "recruiter") == {"甲": 0.5, "乙": 0.5, "丙": 0, "?": 0}
    assert by_key(result, "n_signed", "recruiter") == {"甲": 1, "乙": 0, "丙": 1, "?": 1}
    assert by_key(result, "station", "recruiter")["乙"] == "上海"


def test_over_two_months_the_base_of_days_is_forty() -> None:
    rows = [("上海", "甲", "2011-05-01", 20), ("上海", "甲", "2011-06-01", 20)]
    frames = [recruiters_of(rows, WORK[:4]), visits_of([]), projects_of([]), funding_of([])]
    assert station_performance(*frames)["station_days_points"].tolist() == [10]


def test_at_a_station_twenty_days_are_asked_of_every_recruiter() -> None:
    days = by_key(station_performance(*of_may(), period="2011-05"), "station_days_points")
    # 上海: 35 of 2 × 20 days; 杭州: 24 of 20.
    assert (days["上海"], days["杭州"]) == (8.75, 12)


def test_a_recruiter_is_of_the_station_of_the_period() -> None:
    rows = [("上海", "甲", "2010-05-01", 20), ("杭州", "甲", "2011-05-01", 20)]
    visits = visits_of([("2010-05-03", "made", "甲", None), ("2011-05-03", "made", "甲", None)])
    frames = [recruiters_of(rows, WORK[:4]), visits, projects_of([]), funding_of([])]
    assert station_performance(*frames, period=2011)["station"].tolist() == ["杭州"]
    assert station_performance(*frames, period=2011)["n_visits_listed"].tolist() == [1]
    # Over all times 甲 is of two stations, and what he did alone is of neither.
    assert by_key(station_performance(*frames), "n_visits_listed") == {"上海": 0, "杭州": 0, "?": 2}


def test_a_month_stated_again_in_a_later_workbook_counts_once() -> None:
    first = recruiters_of([("上海", "甲", "2011-05-01", 20)], WORK[:4])
    again = recruiters_of([("上海", "甲", "2011-05-01", 22)], WORK[:4]).assign(source_file="b.xlsx")
    frames = [pd.concat([first, again]), visits_of([]), projects_of([]), funding_of([])]
    assert station_performance(*frames)["station_days"].tolist() == [22]


def test_recruiters_are_the_names_or_the_number_of_the_posting_and_leaders_are_none() -> None:
    names = ["station", "kind", "name", "n", "from_on", "to_on"]
    rows = [
        ("上海", "full_time", "甲、乙", None, "2011-01-01", "2011-12-31"),
        ("上海", "leader", "丁", 1, "2011-01-01", "2011-12-31"),
        ("杭州", "full_time", None, 3, "2011-01-01", None),
        ("无锡", "full_time", None, None, "2011-01-01", None),
        ("萧山", "full_time", "戊", 1, "2010-01-01", "2010-12-31"),
    ]
    frames = [recruiters_of(rows, names), visits_of([]), projects_of([]), funding_of([])]
    heads = by_key(station_performance(*frames, period=2011), "n_recruiters")
    assert (heads["上海"], heads["杭州"]) == (2, 3)
    assert pd.isna(heads.get("无锡", float("nan")))
    assert "萧山" not in heads


def test_a_work_figure_nobody_states_is_missing_and_so_are_its_points() -> None:
    frames = [
        recruiters_of([("上海", "甲", "2011-05-01", 20)], WORK[:4]),
        visits_of([]),
        projects_of([]),
        funding_of([]),
    ]
    row = station_performance(*frames).iloc[0]
    assert pd.isna(row["n_visits"])
    assert (row["score"], row["n_points_missing"], row["n_work_missing"]) == (10, 7, 0)


def test_a_quarter_is_in_no_month_but_in_its_year() -> None:
    rows = recruiters_of([("上海", "甲", "2011-05-01", 60)], WORK[:4]).assign(period_precision="quarter")
    frames = [rows, visits_of([]), projects_of([]), funding_of([])]
    assert station_performance(*frames, period="2011-05").empty
    result = station_performance(*frames, period=2011)
    assert result["station_days"].tolist() == [60]
    assert result["station_days_points"].tolist() == [10]


def test_a_project_signed_in_another_month_is_not_in_the_month() -> None:
    result = station_performance(*of_may(), period="2011-06")
    assert result.empty


def test_wrong_arguments_are_refused_with_their_choices() -> None:
    with pytest.raises(ChoiceError, match=r"by.*station.*recruiter.*'town'"):
        station_performance(*of_may(), by="town")
    with pytest.raises(ChoiceError, match=r"period.*2011Q2.*'May'"):
        station_performance(*of_may(), period="May")
    with pytest.raises(TableError, match=r"station_performance.*Recruiters.*n_visits"):
        station_performance(of_may()[0].drop(columns="n_visits"), *of_may()[1:])


def test_every_engine_gives_the_same_table(on_engine: Convert) -> None:
    expected = station_performance(*of_may(), period="2011-05")
    found = station_performance(*(on_engine(frame) for frame in of_may()), period="2011-05")
    pd.testing.assert_frame_equal(found, expected)


def test_tables_without_rows_give_a_table_without_rows(on_engine: Convert) -> None:
    frames = [recruiters_of([], WORK), visits_of([]), projects_of([]), funding_of([])]
    assert station_performance(*(on_engine(frame) for frame in frames)).empty


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(PROJECTS), max_size=5), st.sampled_from(["station", "recruiter"]))
def test_no_project_no_amount_and_no_visit_is_lost(rows: list[Any], by: str) -> None:
    projects = projects_of([(f"p{i}", *row[1:]) for i, row in enumerate(rows)])
    frames = [
        recruiters_of(MAY, [*WORK, *REST]),
        visits_of(VISITS),
        projects,
        funding_of([("p0", "2011-05-01", 5.0)]),
    ]
    before = [frame.copy() for frame in frames]
    result = station_performance(*frames, by=by)
    assert result["n_projects"].sum() == len(rows)
    assert result["n_foreign_listed"].sum() == sum(row[3] == "overseas" for row in rows)
    assert result["arrived_cny_10k"].sum() == 5
    assert result["station_days"].sum() == 59
    listed = result[["n_visits_listed", "n_receptions_listed", "n_direction_unknown"]]
    assert listed.sum().sum() == len(VISITS)
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    pd.testing.assert_frame_equal(station_performance(*(frame[::-1] for frame in frames), by=by), result)
