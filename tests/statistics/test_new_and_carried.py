"""Arrived capital of new projects and of those carried over: literal frames, values added up by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.statistics.new_and_carried import funding_new_and_carried, new_and_carried_totals

Convert = Callable[[pd.DataFrame], Any]
KEYS = ["office", "year", "vintage"]


def projects_of(rows: list[tuple[Any, ...]], as_of: str = "2011-12-01") -> pd.DataFrame:
    """Projects of (id, signed on, size tier)."""
    frame = pd.DataFrame(rows, columns=["project_id", "signed_on", "size_tier"])
    frame["signed_on"] = pd.to_datetime(frame["signed_on"])
    about = {
        "office": "示例镇",
        "name": "x",
        "sector": "other",
        "is_demo": True,
        "as_of": pd.Timestamp(as_of),
    }
    return conform(frame.assign(**about), Projects)


def funding_of(rows: list[tuple[Any, ...]], precision: str = "month") -> pd.DataFrame:
    """Funding of (project id, month, arrived amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision=precision), Funding)


PROJECTS = [
    ("old", "2009-05-01", "from_100m"),
    ("b", "2010-03-01", "from_10m"),
    ("c", "2011-02-01", "from_1bn"),
    ("d", "2011-06-01", None),
    ("undated", None, "from_10m"),
]
FUNDING = [
    ("old", "2011-01-01", 300.0),
    ("b", "2011-02-01", 100.0),
    ("b", "2011-03-01", None),
    ("c", "2011-03-01", 400.0),
    ("c", "2011-04-01", 100.0),
    ("d", "2011-07-01", 0.0),
    ("undated", "2011-08-01", 100.0),
]


def row(result: pd.DataFrame, vintage: str | None, year: int = 2011) -> pd.Series:
    of_year = result[result["year"] == year]
    chosen = of_year[of_year["vintage"].isna() if vintage is None else of_year["vintage"] == vintage]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_the_year_is_split_by_the_year_of_signing_and_what_has_none_stands_last() -> None:
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(FUNDING))
    assert result["vintage"].fillna("?").tolist() == ["new", "carried_over", "?"]
    assert result["arrived_cny_10k"].tolist() == [500, 400, 100]
    assert result["arrived_share"].tolist() == [0.5, 0.4, 0.1]


def test_projects_count_where_capital_arrived_and_missing_amounts_are_told() -> None:
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(FUNDING))
    new, old = row(result, "new"), row(result, "carried_over")
    assert (new["n_projects"], new["n_known"], new["n_missing"]) == (1, 3, 0)
    assert (old["n_projects"], old["n_known"], old["n_missing"]) == (2, 2, 1)
    assert (new["average_cny_10k"], old["average_cny_10k"]) == (500, 200)


def test_projects_of_a_hundred_million_and_more_stand_beside_and_the_bound_can_be_chosen() -> None:
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(FUNDING))
    new, old = row(result, "new"), row(result, "carried_over")
    assert (new["n_large"], new["large_cny_10k"]) == (1, 500)
    assert (old["n_large"], old["large_cny_10k"]) == (1, 300)
    higher = funding_new_and_carried(projects_of(PROJECTS), funding_of(FUNDING), large_tier="from_1bn")
    assert pd.isna(row(higher, "carried_over")["large_cny_10k"])
    assert row(higher, "carried_over")["n_large"] == 0


def test_a_project_of_unknown_size_is_told() -> None:
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of([("d", "2011-07-01", 5.0)]))
    assert (row(result, "new")["n_large"], row(result, "new")["n_size_unknown"]) == (0, 1)


def test_capital_before_the_year_of_signing_and_of_unknown_projects_has_no_vintage() -> None:
    result = funding_new_and_carried(
        projects_of(PROJECTS), funding_of([("c", "2010-01-01", 5.0), ("zz", "2010-01-01", 7.0)])
    )
    found = row(result, None, 2010)
    assert (found["arrived_cny_10k"], found["n_projects"], found["n_before_signing"]) == (12, 2, 1)


def test_growth_is_over_the_same_vintage_a_year_before() -> None:
    rows = [("b", "2010-01-01", 200.0), ("old", "2010-01-01", 50.0), *FUNDING, ("b", "2011-12-01", 0.0)]
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(rows))
    assert row(result, "new")["arrived_growth"] == 1.5
    assert row(result, "carried_over")["arrived_growth"] == 7
    assert row(result, "carried_over")["n_projects_growth"] == 1
    assert row(result, "carried_over")["average_growth"] == 3
    assert pd.isna(row(result, "new", 2010)["arrived_growth"])


def test_an_unfinished_year_compares_with_the_same_months_of_the_year_before() -> None:
    rows = [("b", "2010-01-01", 100.0), ("b", "2010-11-01", 900.0), ("c", "2011-03-01", 150.0)]
    projects = projects_of(PROJECTS, as_of="2011-06-01")
    found = row(funding_new_and_carried(projects, funding_of([("b", "2009-01-01", 1.0), *rows])), "new")
    assert found["arrived_growth"] == 0.5
    assert found["as_of"] == pd.Timestamp("2011-06-01")


def test_a_year_known_as_a_whole_only_is_no_base_for_a_part_of_a_year() -> None:
    projects = projects_of(PROJECTS, as_of="2011-06-01")
    yearly = funding_of([("b", "2010-01-01", 100.0)], precision="year")
    monthly = funding_of([("b", "2009-01-01", 1.0), ("c", "2011-03-01", 150.0)])
    result = funding_new_and_carried(projects, pd.concat([yearly, monthly]))
    assert pd.isna(row(result, "new")["arrived_growth"])
    whole = funding_new_and_carried(projects_of(PROJECTS), pd.concat([yearly, monthly]))
    assert row(whole, "new")["arrived_growth"] == 0.5


def test_a_first_year_followed_from_june_is_no_base_for_a_year_followed_from_january() -> None:
    late = [("b", "2010-06-01", 100.0), ("c", "2011-01-01", 150.0), ("c", "2011-12-01", 0.0)]
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(late))
    assert pd.isna(row(result, "new")["arrived_growth"])
    spring = [("b", "2010-01-01", 100.0), *late[1:]]
    assert (
        row(funding_new_and_carried(projects_of(PROJECTS), funding_of(spring)), "new")["arrived_growth"]
        == 0.5
    )


def test_one_year_can_be_shown_alone_with_its_growth() -> None:
    rows = [("b", "2010-01-01", 100.0), ("c", "2011-01-01", 150.0), ("c", "2011-12-01", 0.0)]
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(rows), year=2011)
    assert result["year"].tolist() == [2011]
    assert result["arrived_growth"].tolist() == [0.5]


def test_a_vintage_of_unknown_amounts_is_missing_not_zero() -> None:
    found = row(
        funding_new_and_carried(projects_of(PROJECTS), funding_of([("c", "2011-01-01", None)])), "new"
    )
    assert pd.isna(found["arrived_cny_10k"])
    assert pd.isna(found["arrived_share"])
    assert (found["n_projects"], found["n_missing"]) == (0, 1)


def test_capital_of_no_known_year_is_a_row_without_year() -> None:
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of([("c", None, 9.0)]))
    assert result["year"].isna().tolist() == [True]
    assert result["arrived_cny_10k"].tolist() == [9]


def test_an_unknown_tier_or_year_and_a_project_that_stands_twice_are_refused() -> None:
    projects, funding = projects_of(PROJECTS), funding_of(FUNDING)
    with pytest.raises(ChoiceError, match=r"large_tier.*from_100m"):
        funding_new_and_carried(projects, funding, large_tier="big")
    with pytest.raises(ChoiceError, match=r"year.*'2011'"):
        funding_new_and_carried(projects, funding, year="2011")  # type: ignore[arg-type]
    with pytest.raises(TableError, match=r"funding_new_and_carried.*project_id"):
        funding_new_and_carried(pd.concat([projects, projects]), funding)


def test_every_engine_gives_the_same_totals_and_the_same_result(on_engine: Convert) -> None:
    projects, funding = projects_of(PROJECTS, as_of="2011-09-01"), funding_of([*FUNDING, ("old", None, 3.0)])
    found = new_and_carried_totals(on_engine(projects), on_engine(funding)).sort_values(
        KEYS, ignore_index=True
    )
    expected = new_and_carried_totals(projects, funding).sort_values(KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(found[expected.columns.tolist()], expected)
    result = funding_new_and_carried(on_engine(projects), on_engine(funding))
    pd.testing.assert_frame_equal(result, funding_new_and_carried(projects, funding))


def test_tables_without_rows_give_a_result_without_rows(on_engine: Convert) -> None:
    assert funding_new_and_carried(on_engine(projects_of([])), on_engine(funding_of([]))).empty


dates = st.dates(pd.Timestamp("2009-01-01").date(), pd.Timestamp("2011-12-31").date())
amounts = st.lists(
    st.tuples(
        st.sampled_from(["old", "b", "c", "d", "undated", "zz"]),
        st.none() | dates,
        st.none() | st.integers(0, 10_000).map(float),
    ),
    max_size=10,
)
few = settings(max_examples=15, deadline=None)


@few
@given(amounts)
def test_no_amount_is_lost_and_the_shares_of_a_year_sum_to_one(rows: list[Any]) -> None:
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(rows))
    assert result["arrived_cny_10k"].sum() == sum(amount or 0 for *_, amount in rows)
    assert result["n_known"].sum() == sum(amount is not None for *_, amount in rows)
    assert result["n_missing"].sum() == sum(amount is None for *_, amount in rows)
    years = result.groupby("year", dropna=False)
    for total, share in zip(years["arrived_cny_10k"].sum(), years["arrived_share"].sum(), strict=True):
        assert share == pytest.approx(1 if total > 0 else 0)


@few
@given(amounts)
def test_the_parts_are_those_of_an_explicit_loop(rows: list[Any]) -> None:
    signed = {name: pd.Timestamp(on).year for name, on, _ in PROJECTS if on}
    expected: dict[tuple[int, str], float] = {}
    for name, on, amount in rows:
        if on is None or amount is None or name not in signed or signed[name] > on.year:
            continue
        key = (on.year, "new" if signed[name] == on.year else "carried_over")
        expected[key] = expected.get(key, 0) + amount
    result = funding_new_and_carried(projects_of(PROJECTS), funding_of(rows)).dropna(
        subset=["year", "vintage", "arrived_cny_10k"]
    )
    found = dict(
        zip(zip(result["year"], result["vintage"], strict=True), result["arrived_cny_10k"], strict=True)
    )
    assert found == expected


@few
@given(amounts)
def test_the_order_of_rows_does_not_matter_and_the_arguments_stay(rows: list[Any]) -> None:
    projects, funding = projects_of(PROJECTS), funding_of(rows)
    before = projects.copy(), funding.copy()
    result = funding_new_and_carried(projects, funding)
    pd.testing.assert_frame_equal(projects, before[0])
    pd.testing.assert_frame_equal(funding, before[1])
    pd.testing.assert_frame_equal(funding_new_and_carried(projects[::-1], funding[::-1]), result)
