"""Efficiency of land: literal frames, ratios worked out by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Projects, conform
from meishan_stats.statistics.land import land_efficiency

Convert = Callable[[pd.DataFrame], Any]
NAMES = [
    "project_id", "sector", "is_signed", "land_mu", "fixed_asset_cny_10k", "total_investment_cny_10k",
    "annual_output_10k", "annual_tax_10k",
]  # fmt: skip


def projects_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=NAMES)
    about = {
        "office": "示例镇",
        "is_demo": True,
        "name": "项目" + frame["project_id"].astype(str),
        "stage": "lead",
    }
    return conform(frame.assign(**about, as_of=pd.Timestamp("2011-12-01"), town="示例镇"), Projects)


PROJECTS = [
    ("a", "new_energy", True, 10.0, 4000.0, 9000.0, 8000.0, 200.0),
    ("b", "new_energy", True, 40.0, None, 1000.0, None, 100.0),
    ("c", "new_energy", True, None, 5000.0, None, None, None),
    ("d", "new_energy", True, 20.0, None, None, None, None),
    ("e", "new_energy", False, 5.0, 500.0, None, None, None),
    ("f", "other", True, 0.0, 100.0, None, None, None),
]


def test_a_group_is_the_sum_of_investment_over_the_sum_of_land_and_says_what_is_left_out() -> None:
    result = land_efficiency(projects_of(PROJECTS), by="sector")
    row = result[(result["group"] == "new_energy") & (result["status"] == "signed")].iloc[0]
    # 4 000 fixed assets on 10 mu and 1 000 total investment on 40: 5 000 / 50.
    assert row["investment_per_mu_cny_10k"] == 100
    assert (row["investment_cny_10k"], row["land_mu"]) == (5000, 50)
    assert (row["n_projects"], row["n_used"], row["n_total_instead"]) == (4, 2, 1)
    assert (row["n_land_missing"], row["n_investment_missing"]) == (1, 1)
    assert (row["lowest_per_mu_cny_10k"], row["highest_per_mu_cny_10k"]) == (25, 400)
    assert (row["n_below"], row["below_share"], row["is_below"]) == (1, 0.5, True)
    # Output is known on 10 mu only, tax on 50.
    assert (row["output_per_mu_cny_10k"], row["n_output_used"]) == (800, 1)
    assert (row["tax_per_mu_cny_10k"], row["n_tax_used"]) == (6, 2)


def test_signed_and_negotiating_projects_are_rows_apart() -> None:
    result = land_efficiency(projects_of(PROJECTS), by="town")
    assert result["status"].tolist() == ["signed", "negotiating"]
    assert result["investment_per_mu_cny_10k"].tolist() == [100, 100]
    assert result["group"].tolist() == ["示例镇", "示例镇"]


def test_land_of_zero_is_no_land() -> None:
    row = land_efficiency(projects_of(PROJECTS[5:]), by="sector").iloc[0]
    assert pd.isna(row["investment_per_mu_cny_10k"])
    assert (row["n_land_missing"], row["n_used"]) == (1, 0)
    assert pd.isna(row["investment_cny_10k"])
    assert pd.isna(row["is_below"])
    assert pd.isna(row["below_share"])


def test_projects_stand_from_the_highest_to_the_lowest_and_those_without_a_figure_last() -> None:
    result = land_efficiency(projects_of(PROJECTS[:4]))
    assert result["group"].tolist() == ["a", "b", "c", "d"]
    assert result["name"].tolist() == ["项目a", "项目b", "项目c", "项目d"]
    assert result["is_below"].tolist() == [False, True, pd.NA, pd.NA]


def test_a_missing_park_is_a_row_of_its_own() -> None:
    result = land_efficiency(projects_of(PROJECTS[:2]), by="park")
    assert result["group"].isna().tolist() == [True]


@pytest.mark.parametrize(("threshold", "n"), [(400.0, 1), (400.1, 2), (25, 0)])
def test_a_project_on_the_line_is_not_below_it(threshold: float, n: int) -> None:
    result = land_efficiency(projects_of(PROJECTS[:2]), by="sector", threshold=threshold)
    assert result["n_below"].tolist() == [n]
    assert result["threshold_cny_10k"].tolist() == [threshold]


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(ChoiceError, match=r"by.*project.*sector.*park.*town.*'street'"):
        land_efficiency(projects_of(PROJECTS), by="street")
    with pytest.raises(ChoiceError, match=r"threshold.*above 0"):
        land_efficiency(projects_of(PROJECTS), threshold=0)
    with pytest.raises(TableError, match=r"land_efficiency.*Projects.*land_mu"):
        land_efficiency(projects_of(PROJECTS).drop(columns="land_mu"))
    with pytest.raises(TableError, match="such as a"):
        land_efficiency(projects_of([PROJECTS[0], PROJECTS[0]]))


@pytest.mark.parametrize("by", ["project", "sector", "park"])
def test_every_engine_gives_the_same_table(on_engine: Convert, by: str) -> None:
    expected = land_efficiency(projects_of(PROJECTS), by=by)
    pd.testing.assert_frame_equal(land_efficiency(on_engine(projects_of(PROJECTS)), by=by), expected)
    assert land_efficiency(on_engine(projects_of([])), by=by).empty


amounts = st.none() | st.integers(0, 9000).map(float)
rows_of_projects = st.lists(
    st.tuples(
        st.sampled_from(["new_energy", "other"]), st.just(True), amounts, amounts, amounts, amounts, amounts
    ),
    max_size=8,
).map(lambda rows: [(f"p{i}", *row) for i, row in enumerate(rows)])


@settings(max_examples=40, deadline=None)
@given(rows_of_projects)
def test_the_weighted_ratio_is_the_quotient_of_sums_and_lies_between_the_extremes(rows: list[Any]) -> None:
    projects = projects_of(rows)
    result = land_efficiency(projects, by="sector")
    assert result["n_projects"].sum() == len(rows)
    parts = result[["n_used", "n_land_missing", "n_investment_missing"]].sum(axis=1)
    assert parts.tolist() == result["n_projects"].tolist()
    for row in result.to_dict("records"):
        used = [
            (fixed if fixed is not None else total, land)
            for _, sector, _, land, fixed, total, *_ in rows
            if sector == row["group"] and land and (fixed is not None or total is not None)
        ]
        assert row["n_used"] == len(used)
        if used:
            expected = sum(investment for investment, _ in used) / sum(land for _, land in used)
            assert row["investment_per_mu_cny_10k"] == pytest.approx(expected)
            ratios = [investment / land for investment, land in used]
            assert row["lowest_per_mu_cny_10k"] == pytest.approx(min(ratios))
            assert row["highest_per_mu_cny_10k"] == pytest.approx(max(ratios))
            assert min(ratios) - 1e-9 <= row["investment_per_mu_cny_10k"] <= max(ratios) + 1e-9
            assert row["n_below"] == sum(ratio < 350 for ratio in ratios)
    pd.testing.assert_frame_equal(land_efficiency(projects[::-1], by="sector"), result)
