"""Sectors crossed with origins and stages: literal frames, expected values added up by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import TableError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.statistics.sector_matrices import sector_by_origin, sector_by_stage
from meishan_stats.statistics.sectors import sector_breakdown

Convert = Callable[[pd.DataFrame], Any]


def projects_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Projects of (id, sector, origin level, stage, signed, signed amount, total investment)."""
    names = ["project_id", "sector", "origin_level", "stage", "is_signed", "signed_cny_10k"]
    frame = pd.DataFrame(rows, columns=[*names, "total_investment_cny_10k"])
    about = {"name": "x", "office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-12-01")}
    typed = conform(frame.assign(**about, sector=frame["sector"].fillna("other")), Projects)
    return typed.assign(sector=pd.Series([row[1] for row in rows], dtype="str"))


def funding_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Funding of (project id, month, arrived amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision="month"), Funding)


def values(table: pd.DataFrame, column: str) -> list[Any]:
    """A column, missing values as None."""
    return [None if pd.isna(value) else value for value in table[column]]


PROJECTS = [
    ("a", "new_energy", "out_of_city", "started", True, 3000.0, 9000.0),
    ("b", "new_energy", "overseas", "lead", False, None, 800.0),
    ("c", "new_energy", "overseas", "started", True, None, 1000.0),
    ("d", "other", None, None, None, None, None),
    ("e", None, "local", "terminated", False, None, 50.0),
]
FUNDING = [("a", "2010-04-01", 600.0), ("a", "2011-04-01", 100.0), ("c", "2011-05-01", None)]


def test_a_row_is_a_sector_and_level_that_occur_together_in_the_order_of_the_codelists() -> None:
    result = sector_by_origin(projects_of(PROJECTS), funding_of(FUNDING))
    assert values(result, "sector") == ["new_energy", "new_energy", "other", None]
    assert values(result, "origin_level") == ["overseas", "out_of_city", None, "local"]
    assert values(result, "n_projects") == [2, 1, 1, 1]
    assert values(result, "n_signed") == [1, 1, 0, 0]
    assert values(result, "signed_cny_10k") == [None, 3000, None, None]
    assert values(result, "n_signed_missing") == [1, 0, 0, 0]
    assert values(result, "arrived_cny_10k") == [None, 700, None, None]
    assert values(result, "n_arrived_known") == [0, 2, 0, 0]
    assert values(result, "n_arrived_missing") == [1, 0, 0, 0]


def test_without_capital_what_arrived_is_missing_and_not_counted() -> None:
    result = sector_by_origin(projects_of(PROJECTS))
    for name in ("arrived_cny_10k", "n_arrived_known", "n_arrived_missing"):
        assert result[name].isna().all()
    assert result["signed_cny_10k"].sum() == 3000


def test_capital_of_an_unknown_project_is_in_the_row_without_sector_and_level() -> None:
    last = sector_by_origin(projects_of(PROJECTS), funding_of([("zz", "2011-01-01", 7.0)])).iloc[-1]
    assert (last["n_projects"], last["arrived_cny_10k"]) == (0, 7)
    assert last[["sector", "origin_level"]].isna().all()


def test_stages_stand_in_their_order_the_stopped_behind_and_the_unknown_last() -> None:
    result = sector_by_stage(projects_of(PROJECTS))
    assert values(result, "sector") == ["new_energy", "new_energy", "other", None]
    assert values(result, "stage") == ["lead", "started", None, "terminated"]
    assert values(result, "n_projects") == [1, 2, 1, 1]
    assert values(result, "total_investment_cny_10k") == [800, 10000, None, 50]
    assert values(result, "n_total_investment_missing") == [0, 0, 1, 0]


def test_every_row_of_an_office_has_its_date_and_flag() -> None:
    projects = projects_of(PROJECTS)
    projects["as_of"] = pd.to_datetime(["2011-12-01", "2011-02-01", None, None, None])
    there = projects[:1].assign(office="煤山镇", project_id="m", is_demo=False, as_of=pd.NaT)
    both = pd.concat([projects, there])
    for result in (sector_by_origin(both), sector_by_stage(both)):
        here = result[result["office"] == "示例镇"]
        assert here["as_of"].unique().tolist() == [pd.Timestamp("2011-12-01")]
        assert here["is_demo"].all()
        away = result[result["office"] == "煤山镇"]
        assert values(away, "as_of") == [None]
        assert values(away, "is_demo") == [False]


def test_every_engine_gives_the_same_matrices(on_engine: Convert) -> None:
    projects, funding = projects_of(PROJECTS), funding_of(FUNDING)
    on = on_engine(projects)
    pd.testing.assert_frame_equal(sector_by_origin(on), sector_by_origin(projects))
    pd.testing.assert_frame_equal(sector_by_stage(on), sector_by_stage(projects))
    found = sector_by_origin(on, on_engine(funding))
    pd.testing.assert_frame_equal(found, sector_by_origin(projects, funding))


def test_tables_without_rows_give_a_result_without_rows_on_every_engine(on_engine: Convert) -> None:
    projects, funding = on_engine(projects_of([])), on_engine(funding_of([]))
    assert sector_by_origin(projects, funding).empty
    assert sector_by_origin(projects).empty
    assert sector_by_stage(projects).empty


def test_a_project_that_stands_twice_is_refused_by_both() -> None:
    twice = projects_of([PROJECTS[0], PROJECTS[0]])
    with pytest.raises(TableError, match=r"sector_by_origin.*such as a"):
        sector_by_origin(twice)
    with pytest.raises(TableError, match=r"sector_by_stage.*such as a"):
        sector_by_stage(twice)


def test_a_missing_column_is_named_with_the_function_and_the_table() -> None:
    with pytest.raises(TableError, match=r"sector_by_origin.*Projects.*origin_level"):
        sector_by_origin(projects_of(PROJECTS).drop(columns="origin_level"))
    with pytest.raises(TableError, match=r"sector_by_stage.*Projects.*stage"):
        sector_by_stage(projects_of(PROJECTS).drop(columns="stage"))


amounts = st.none() | st.integers(0, 10_000).map(float)
project_rows = st.lists(
    st.tuples(
        st.none() | st.sampled_from(["new_energy", "other"]),
        st.none() | st.sampled_from(["overseas", "local", "out_of_city"]),
        st.none() | st.sampled_from(["lead", "signed", "terminated"]),
        st.none() | st.booleans(),
        amounts,
        amounts,
    ),
    max_size=8,
).map(lambda rows: [(f"p{i}", *row) for i, row in enumerate(rows)])
months = st.none() | st.sampled_from(["2010-05-01", "2011-01-01"])
funding_rows = st.lists(st.tuples(st.sampled_from(["p0", "p1", "zz"]), months, amounts), max_size=8)
few = settings(max_examples=25, deadline=None)


@few
@given(project_rows, funding_rows)
def test_levels_and_stages_add_up_to_the_breakdown_of_all_years(
    projects: list[Any], funding: list[Any]
) -> None:
    first, second = projects_of(projects), funding_of(funding)
    names = [
        "n_projects",
        "n_signed",
        "n_signed_missing",
        "signed_cny_10k",
        "arrived_cny_10k",
        "n_arrived_known",
    ]

    def by_sector(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
        return table.groupby("sector", dropna=False)[columns].sum(min_count=1).astype("float64")

    whole = by_sector(sector_breakdown(first, second), names)
    pd.testing.assert_frame_equal(by_sector(sector_by_origin(first, second), names), whole)
    stages = sector_by_stage(first)
    n_projects = stages.groupby("sector", dropna=False)["n_projects"].sum().to_dict()
    assert sum(n_projects.values()) == len(projects)
    assert stages["total_investment_cny_10k"].sum() == sum(row[-1] or 0 for row in projects)
    assert stages["n_total_investment_missing"].sum() == sum(row[-1] is None for row in projects)


@few
@given(project_rows, funding_rows)
def test_the_order_of_rows_does_not_matter_and_arguments_stay(
    projects: list[Any], funding: list[Any]
) -> None:
    first, second = projects_of(projects), funding_of(funding)
    before = first.copy(), second.copy()
    origins, stages = sector_by_origin(first, second), sector_by_stage(first)
    pd.testing.assert_frame_equal(first, before[0])
    pd.testing.assert_frame_equal(second, before[1])
    pd.testing.assert_frame_equal(sector_by_origin(first[::-1], second[::-1]), origins)
    pd.testing.assert_frame_equal(sector_by_stage(first[::-1]), stages)
