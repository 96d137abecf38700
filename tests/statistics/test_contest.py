"""Points of the contest of stationed recruiters: single rules, checked by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError
from meishan_stats.statistics.contest import contest_points


def points_of(months: float = 1, **figures: float | None) -> pd.Series:
    table = pd.DataFrame({name: [value] for name, value in figures.items()}, dtype="float64")
    return contest_points(table, pd.Series([months]), pd.Series(["镇"])).iloc[0]


@pytest.mark.parametrize(("days", "months", "points"), [(20, 1, 10), (25, 1, 12.5), (20, 2, 5), (0, 1, 0)])
def test_twenty_days_a_month_are_ten_points_in_proportion(days: int, months: int, points: float) -> None:
    assert points_of(months, station_days=days)["station_days_points"] == points


def test_each_foreign_project_adds_twenty_and_each_absence_takes_ten() -> None:
    row = points_of(n_foreign_signed=1.5, n_absences=2)
    assert (row["n_foreign_signed_points"], row["n_absences_points"]) == (30, -20)
    assert (row["score"], row["n_points_missing"]) == (10, 6)


def test_a_row_without_any_figure_has_no_score() -> None:
    row = points_of(n_visits=None)
    assert pd.isna(row["score"])
    assert row["n_points_missing"] == 8


def test_a_row_of_no_team_is_nobodys_best() -> None:
    table = pd.DataFrame({"n_leads": [30.0, 10.0]})
    points = contest_points(table, pd.Series([1, 1]), pd.Series([None, "镇"], dtype="str"))["n_leads_points"]
    assert points.isna().tolist() == [True, False]
    assert points[1] == 15


def test_a_weight_for_something_else_is_refused() -> None:
    with pytest.raises(ChoiceError, match=r"n_leader_visits.*station_days"):
        contest_points(pd.DataFrame(), pd.Series(), pd.Series(), {"station_days": 5})


figures = st.lists(st.none() | st.integers(0, 30), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(figures)
def test_the_best_of_a_team_has_the_whole_weight_and_nobody_more(numbers: list[int | None]) -> None:
    table = pd.DataFrame({"n_visits": pd.Series(numbers, dtype="float64")})
    ones = pd.Series(1, index=table.index)
    points = contest_points(table, ones, ones.astype(str))["n_visits_points"]
    assert points.isna().tolist() == [number is None for number in numbers]
    known = [number for number in numbers if number is not None]
    if known and max(known) > 0:
        assert points.max() == 10
        assert points.min() >= 0
    else:
        assert points.fillna(0).eq(0).all()
