"""Concentration against textbook cases and against numpy and explicit loops."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.statistics.concentration import concentration, pareto

Convert = Callable[[pd.DataFrame], Any]


def projects_of(amounts: list[float | None], investors: list[str | None] | None = None) -> pd.DataFrame:
    """A signed project for every amount, of an investor of its own unless they are given."""
    names = [f"公司{i:02d}" for i in range(len(amounts))] if investors is None else investors
    frame = pd.DataFrame({"signed_cny_10k": amounts, "investor": names}, dtype=object)
    frame["project_id"] = [f"p{i}" for i in range(len(frame))]
    about = {"office": "示例镇", "is_demo": True, "name": "x", "sector": "other", "is_signed": True}
    typed = conform(
        frame.assign(**about, signed_on=pd.Timestamp("2011-01-01"), signed_precision="day"), Projects
    )
    return typed.assign(
        as_of=pd.Series(pd.Timestamp("2011-12-01"), index=typed.index, dtype="datetime64[ns]")
    )


def funding_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision="month"), Funding)


def of_signed(amounts: list[float | None], investors: list[str | None] | None = None) -> pd.Series:
    table = concentration(projects_of(amounts, investors), funding_of([]), measure="signed")
    assert len(table) == 1
    return table.iloc[0]


def test_two_equal_investors_have_an_index_of_a_half() -> None:
    row = of_signed([500.0, 500.0])
    assert (row["hhi"], row["effective_number"], row["gini"]) == (0.5, 2, 0)


def test_shares_of_5_3_and_2_tenths_have_an_index_of_0_38() -> None:
    row = of_signed([500.0, 300.0, 200.0])
    assert row["hhi"] == pytest.approx(0.38)
    assert row["effective_number"] == pytest.approx(1 / 0.38)
    assert (row["top1_share"], row["top3_share"], row["top10_share"]) == (0.5, 1, 1)
    # Ascending 2, 3, 5: (-2×2 + 0×3 + 2×5) / (3 × 10) = 0.2.
    assert row["gini"] == pytest.approx(0.2)


def test_the_example_of_the_department_of_justice_has_2600_of_10_000_points() -> None:
    # justice.gov/atr/herfindahl-hirschman-index: four firms with 30, 30, 20 and 20 per cent.
    assert of_signed([30.0, 30.0, 20.0, 20.0])["hhi"] * 10_000 == pytest.approx(2600)


def test_one_alone_has_an_index_of_one() -> None:
    row = of_signed([70.0])
    assert (row["hhi"], row["effective_number"], row["top1_share"], row["gini"]) == (1, 1, 1, 0)


def test_projects_of_one_investor_are_added_before_they_are_compared() -> None:
    row = of_signed([300.0, 200.0, 500.0], ["甲", "甲", "乙"])
    assert (row["n_groups"], row["hhi"], row["n_projects"]) == (2, 0.5, 3)


def test_what_has_no_investor_and_what_is_not_known_stands_apart() -> None:
    row = of_signed([500.0, 500.0, 900.0, None], ["甲", "乙", None, "丙"])
    assert row["hhi"] == 0.5
    assert (row["n_unattributed"], row["unattributed_cny_10k"]) == (1, 900)
    assert (row["n_not_positive"], row["n_missing"]) == (1, 1)
    assert row["total_cny_10k"] == 1000


def test_an_outflow_has_no_share() -> None:
    row = of_signed([500.0, -100.0])
    assert (row["hhi"], row["total_cny_10k"], row["n_not_positive"]) == (1, 500, 1)


def test_an_office_without_a_positive_amount_has_missing_indices() -> None:
    row = of_signed([None, 0.0])
    assert row[["hhi", "effective_number", "top1_share", "gini", "total_cny_10k"]].isna().all()
    assert row["n_groups"] == 0


def test_arrived_capital_and_numbers_of_projects_can_be_measured_too() -> None:
    projects = projects_of([1.0, 1.0, 1.0], ["甲", "甲", "乙"])
    funding = funding_of([("p0", "2011-01-01", 90.0), ("p2", "2011-01-01", 10.0), ("p2", "2012-01-01", 80.0)])
    assert concentration(projects, funding)["hhi"].tolist() == [0.5]
    assert concentration(projects, funding, year=2011)["hhi"].tolist() == [pytest.approx(0.82)]
    numbers = concentration(projects, funding, measure="n_projects").iloc[0]
    assert numbers["hhi"] == pytest.approx(5 / 9)
    assert pd.isna(numbers["total_cny_10k"])


def test_pareto_ranks_and_adds_up_the_shares() -> None:
    result = pareto(projects_of([200.0, 500.0, 300.0, 300.0]), funding_of([]), measure="signed")
    assert result["group"].tolist() == ["公司01", "公司02", "公司03", "公司00"]
    assert result["rank"].tolist() == [1, 2, 3, 4]
    assert result["cumulative_share"].round(6).tolist() == [0.384615, 0.615385, 0.846154, 1]


def test_offices_are_never_compared_with_each_other() -> None:
    here = projects_of([500.0, 500.0])
    there = projects_of([70.0]).assign(office="煤山镇", project_id="m", is_demo=False)
    result = concentration(pd.concat([here, there]), funding_of([]), measure="signed").set_index("office")
    assert result["hhi"].to_dict() == {"示例镇": 0.5, "煤山镇": 1}
    assert result["is_demo"].to_dict() == {"示例镇": True, "煤山镇": False}
    ranks = pareto(pd.concat([here, there]), funding_of([]), measure="signed")
    assert ranks.groupby("office")["share"].sum().tolist() == [1, 1]


@pytest.mark.parametrize("function", [concentration, pareto])
def test_wrong_arguments_are_refused(function: Callable[..., pd.DataFrame]) -> None:
    frames = projects_of([1.0]), funding_of([])
    with pytest.raises(ChoiceError, match=r"by.*investor.*origin_adcode.*sector.*station.*'town'"):
        function(*frames, by="town")
    with pytest.raises(ChoiceError, match=r"measure.*arrived.*signed.*n_projects.*'jobs'"):
        function(*frames, measure="jobs")
    with pytest.raises(TableError, match=rf"{function.__name__}.*Projects.*station"):
        function(frames[0].drop(columns="station"), frames[1], by="station")


@pytest.mark.parametrize("by", ["investor", "sector", "station"])
@pytest.mark.parametrize("function", [concentration, pareto])
def test_every_engine_gives_the_same_table(
    on_engine: Convert, function: Callable[..., pd.DataFrame], by: str
) -> None:
    frames = projects_of([500.0, None, 200.0], ["甲", "乙", None]), funding_of([("p0", "2011-01-01", 5.0)])
    expected = function(*frames, by=by, measure="signed")
    pd.testing.assert_frame_equal(function(*map(on_engine, frames), by=by, measure="signed"), expected)
    assert function(on_engine(projects_of([])), on_engine(funding_of([])), by=by).empty


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 100_000).map(float), min_size=1, max_size=12))
def test_indices_agree_with_numpy_and_explicit_loops(amounts: list[float]) -> None:
    row = of_signed(list(amounts))
    shares = np.array(amounts) / np.sum(amounts)
    n = len(amounts)
    assert row["hhi"] == pytest.approx(float(np.dot(shares, shares)))
    assert 1 / n - 1e-12 <= row["hhi"] <= 1 + 1e-12
    assert row["top3_share"] == pytest.approx(float(np.sort(shares)[::-1][:3].sum()))
    mean_difference = sum(abs(x - y) for x in amounts for y in amounts) / n**2
    assert row["gini"] == pytest.approx(mean_difference / (2 * np.mean(amounts)), abs=1e-12)
    ranks = pareto(projects_of(list(amounts)), funding_of([]), measure="signed")
    assert ranks["share"].is_monotonic_decreasing
    assert ranks["cumulative_share"].iloc[-1] == pytest.approx(1)
    assert ranks["share"].pow(2).sum() == pytest.approx(row["hhi"])
    backwards = pareto(projects_of(list(amounts))[::-1], funding_of([]), measure="signed")
    pd.testing.assert_frame_equal(backwards, ranks)
