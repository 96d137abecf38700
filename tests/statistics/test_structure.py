"""Size tiers and key projects: literal frames, counts worked out by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Milestones, Projects, conform
from meishan_stats.statistics.key_projects import key_projects
from meishan_stats.statistics.structure import size_tiers

Convert = Callable[[pd.DataFrame], Any]
NAMES = ["project_id", "size_tier", "total_investment_cny_10k", "is_signed", "stage", "is_key", "signed_on"]


def projects_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=NAMES)
    frame["signed_on"] = pd.to_datetime(frame["signed_on"])
    about = {"office": "示例镇", "is_demo": True, "sector": "other", "responsible": "镇长"}
    names = "项目" + frame["project_id"].astype(str)
    return conform(frame.assign(**about, name=names, as_of=pd.Timestamp("2011-12-01")), Projects)


def funding_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "amount_cny_10k", "kind"])
    about = {"office": "示例镇", "name": "x", "is_derived": False, "is_demo": True, "precision": "month"}
    return conform(frame.assign(**about, period=pd.Timestamp("2011-06-01")), Funding)


def milestones_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "milestone", "step", "planned_on", "actual_on"])
    dates = {name: pd.to_datetime(frame[name]) for name in ("planned_on", "actual_on")}
    return conform(frame.assign(office="示例镇", name="x", **dates), Milestones)


# The dollar project of 10 million dollars is 亿元以上 although it is worth only 6 460 in 万元.
PROJECTS = [
    ("a", "from_10m", 2000.0, True, "signed", None, "2011-03-01"),
    ("b", "from_100m", 10000.0, True, "started", True, "2011-03-01"),
    ("c", "from_100m", 6460.0, True, "signed", False, "2010-03-01"),
    ("d", "from_10bn", 2000000.0, True, "signed", None, "2011-03-01"),
    ("e", "from_100m", 20000.0, False, "negotiating", None, None),
    ("f", None, None, True, "signed", True, "2011-03-01"),
    ("g", "from_50m", 5000.0, False, "terminated", None, None),
]


def tier(result: pd.DataFrame, code: str | None, status: str = "signed") -> pd.Series:
    of_status = result[result["status"] == status]
    chosen = of_status[of_status["size_tier"].isna() if code is None else of_status["size_tier"] == code]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_a_tier_counts_adds_averages_and_says_how_many_reach_its_bound() -> None:
    result = size_tiers(projects_of(PROJECTS))
    hundred = tier(result, "from_100m")
    assert (hundred["n_projects"], hundred["total_investment_cny_10k"]) == (2, 16460)
    assert hundred["average_investment_cny_10k"] == 8230
    assert (hundred["n_from"], hundred["from_cny_10k"]) == (3, 2016460)
    assert (hundred["project_share"], hundred["from_share"]) == (0.4, 0.75)
    assert tier(result, "below_10m")["n_from"] == 4
    assert tier(result, "from_1bn")["n_from"] == 1


def test_every_tier_has_a_row_and_an_empty_one_has_no_amount() -> None:
    result = size_tiers(projects_of(PROJECTS))
    signed = result[result["status"] == "signed"]
    assert signed["size_tier"].tolist()[:-1] == codes("size_tiers")
    empty = tier(result, "from_30m")
    assert empty["n_projects"] == 0
    assert pd.isna(empty["total_investment_cny_10k"])
    assert pd.isna(empty["average_investment_cny_10k"])


def test_projects_without_a_tier_are_last_and_reach_no_bound() -> None:
    unknown = tier(size_tiers(projects_of(PROJECTS)), None)
    assert (unknown["n_projects"], unknown["n_investment_missing"]) == (1, 1)
    assert pd.isna(unknown["n_from"])


def test_signed_negotiating_and_stopped_projects_are_rows_apart() -> None:
    result = size_tiers(projects_of(PROJECTS))
    assert result["status"].drop_duplicates().tolist() == ["signed", "negotiating", "stopped"]
    assert tier(result, "from_100m", "negotiating")["total_investment_cny_10k"] == 20000


def test_above_the_highest_known_amount_the_sum_is_missing() -> None:
    result = size_tiers(projects_of(PROJECTS[:1]))
    assert tier(result, "from_10m")["from_cny_10k"] == 2000
    assert pd.isna(tier(result, "from_30m")["from_cny_10k"])


def test_a_year_has_the_projects_signed_in_it() -> None:
    result = size_tiers(projects_of(PROJECTS), year=2010)
    assert tier(result, "from_100m")["n_projects"] == 1
    assert result["n_projects"].sum() == 1
    assert set(result["year"]) == {2010}


def test_wrong_arguments_of_size_tiers_are_refused() -> None:
    with pytest.raises(ChoiceError, match=r"size_tiers: year.*'x'"):
        size_tiers(projects_of(PROJECTS), year="x")  # type: ignore[arg-type]
    with pytest.raises(TableError, match=r"size_tiers.*Projects.*size_tier"):
        size_tiers(projects_of(PROJECTS).drop(columns="size_tier"))
    with pytest.raises(TableError, match="such as a"):
        size_tiers(projects_of([PROJECTS[0], PROJECTS[0]]))


def test_every_engine_gives_the_same_tiers(on_engine: Convert) -> None:
    expected = size_tiers(projects_of(PROJECTS))
    pd.testing.assert_frame_equal(size_tiers(on_engine(projects_of(PROJECTS))), expected)
    assert size_tiers(on_engine(projects_of([]))).empty
    by_year = size_tiers(projects_of(PROJECTS), year=2011)
    pd.testing.assert_frame_equal(size_tiers(on_engine(projects_of(PROJECTS)), year=2011), by_year)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(PROJECTS), max_size=8))
def test_tiers_add_up_and_the_lowest_bound_is_reached_by_all_of_a_known_tier(rows: list[Any]) -> None:
    projects = projects_of([(f"p{i}", *row[1:]) for i, row in enumerate(rows)])
    result = size_tiers(projects)
    assert result["n_projects"].sum() == len(rows)
    assert result["total_investment_cny_10k"].sum() == sum(row[2] or 0 for row in rows)
    lowest = result[result["size_tier"] == codes("size_tiers")[0]]
    assert lowest["n_from"].sum() == sum(row[1] is not None for row in rows)
    shares = result.groupby("status")["project_share"].sum()
    assert shares.tolist() == pytest.approx([1] * len(shares))
    for _, part in result.dropna(subset=["size_tier"]).groupby("status"):
        assert part["n_from"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(size_tiers(projects[::-1]), result)


FUNDING = [("b", 600.0, "arrived"), ("b", None, "arrived"), ("b", 50.0, "completed"), ("a", 9.0, "arrived")]
MILESTONES = [
    ("b", "started", None, "2011-02-01", None),
    ("b", "production", "设备调试", "2011-12-01", None),
    ("b", "completed", None, "2011-09-01", "2011-09-15"),
    ("d", None, "办理环评", "2011-08-01", None),
    ("d", "started", None, "2011-10-01", None),
]


def frames() -> list[pd.DataFrame]:
    return [projects_of(PROJECTS), funding_of(FUNDING), milestones_of(MILESTONES)]


def test_key_projects_are_those_listed_and_those_large_enough_from_the_largest_down() -> None:
    result = key_projects(*frames())
    assert result["project_id"].tolist() == ["d", "e", "b", "c", "f"]
    assert result["rank"].tolist() == [1, 2, 3, 4, 5]


def test_an_amount_in_yuan_takes_the_place_of_the_tier() -> None:
    result = key_projects(*frames(), min_cny_10k=10000)
    assert result["project_id"].tolist() == ["d", "e", "b", "f"]


def test_a_key_project_has_what_arrived_and_who_is_responsible() -> None:
    row = key_projects(*frames()).set_index("project_id").loc["b"]
    assert (row["arrived_cny_10k"], row["n_arrived_known"], row["n_arrived_missing"]) == (600, 1, 1)
    assert (row["stage"], row["status"], row["responsible"]) == ("started", "signed", "镇长")


def test_the_next_milestone_is_the_earliest_planned_beyond_the_stage_and_not_yet_reached() -> None:
    result = key_projects(*frames()).set_index("project_id")
    assert (result.loc["b", "next_milestone"], result.loc["b", "next_step"]) == ("production", "设备调试")
    assert result.loc["b", "next_on"] == pd.Timestamp("2011-12-01")
    assert result.loc["d", "next_step"] == "办理环评"
    assert pd.isna(result.loc["c", "next_on"])


def test_a_stopped_project_has_no_next_milestone() -> None:
    stopped = projects_of([("d", "from_10bn", 2000000.0, False, "suspended", None, None)])
    row = key_projects(stopped, *frames()[1:]).iloc[0]
    assert row["status"] == "stopped"
    assert pd.isna(row["next_on"])


def test_without_milestones_there_is_no_next_one() -> None:
    result = key_projects(*frames()[:2])
    assert result["next_on"].isna().all()
    assert len(result) == 5


def test_wrong_arguments_of_key_projects_are_refused() -> None:
    with pytest.raises(ChoiceError, match=r"tier.*from_100m.*'huge'"):
        key_projects(*frames(), tier="huge")
    with pytest.raises(ChoiceError, match=r"min_cny_10k.*'1亿'"):
        key_projects(*frames(), min_cny_10k="1亿")  # type: ignore[arg-type]
    with pytest.raises(TableError, match=r"key_projects.*Milestones.*planned_on"):
        key_projects(*frames()[:2], frames()[2].drop(columns="planned_on"))


def test_every_engine_gives_the_same_key_projects(on_engine: Convert) -> None:
    expected = key_projects(*frames())
    pd.testing.assert_frame_equal(key_projects(*map(on_engine, frames())), expected)
    nothing = [projects_of([]), funding_of([]), milestones_of([])]
    assert key_projects(*map(on_engine, nothing)).empty


@settings(max_examples=20, deadline=None)
@given(st.permutations(PROJECTS), st.sampled_from(codes("size_tiers")))
def test_key_projects_do_not_depend_on_the_order_of_rows_and_are_ranked(rows: list[Any], bound: str) -> None:
    result = key_projects(projects_of(rows), *frames()[1:], tier=bound)
    pd.testing.assert_frame_equal(result, key_projects(*frames(), tier=bound))
    assert result["total_investment_cny_10k"].dropna().is_monotonic_decreasing
    tiers = codes("size_tiers")
    wanted = {r[0] for r in PROJECTS if r[5] or (r[1] and tiers.index(r[1]) >= tiers.index(bound))}
    assert set(result["project_id"]) == wanted
