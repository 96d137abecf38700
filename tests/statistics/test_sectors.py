"""Sector breakdown: literal frames, expected values added up by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import TableError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.statistics.sectors import sector_breakdown, sector_totals

Convert = Callable[[pd.DataFrame], Any]
KEYS = ["office", "sector", "year"]


def projects_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Projects of (id, sector, stage, signed on, first reported, signed amount, total investment)."""
    names = ["project_id", "sector", "stage", "signed_on", "first_reported_on", "signed_cny_10k"]
    frame = pd.DataFrame(rows, columns=[*names, "total_investment_cny_10k"])
    dates = {name: pd.to_datetime(frame[name]) for name in ("signed_on", "first_reported_on")}
    sectors = frame["sector"].fillna("other")
    frame = frame.assign(**dates, sector=sectors, name="x", office="示例镇", is_demo=True)
    typed = conform(frame.assign(as_of=pd.Timestamp("2011-12-01")), Projects)
    return typed.assign(sector=pd.Series([row[1] for row in rows], dtype="str"))


def funding_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Funding of (project id, month, arrived amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision="month"), Funding)


PROJECTS = [
    ("a", "new_energy", "signed", "2011-03-15", "2010-11-01", 3000.0, 9000.0),
    ("b", "new_energy", "negotiating", None, "2011-02-01", None, 800.0),
    ("c", "modern_textiles", "production", None, "2011-01-01", 1000.0, 2000.0),
    ("d", None, "started", "2011-06-01", "2011-06-01", None, 500.0),
]
FUNDING = [
    ("a", "2011-04-01", 600.0),
    ("a", "2011-05-01", None),
    ("c", "2011-04-01", 200.0),
    ("d", "2011-07-01", None),
]


def only(table: pd.DataFrame) -> dict[str, Any]:
    assert len(table) == 1
    return table.iloc[0].to_dict()


def test_a_row_counts_and_sums_its_projects_and_payments() -> None:
    result = sector_breakdown(projects_of(PROJECTS), funding_of(FUNDING))
    energy = only(result[result["sector"] == "new_energy"])
    assert energy["year"] == 2011
    assert (energy["n_projects"], energy["n_signed"], energy["n_negotiating"]) == (2, 1, 1)
    assert energy["signed_cny_10k"] == 3000
    assert energy["negotiating_cny_10k"] == 800
    assert energy["arrived_cny_10k"] == 600
    assert (energy["n_arrived_known"], energy["n_arrived_missing"]) == (1, 1)
    assert energy["signed_share"] == 0.75
    assert energy["arrived_share"] == 0.75
    assert energy["project_share"] == 0.5


def test_sectors_follow_their_codelist_and_a_missing_one_is_a_row_of_its_own_at_the_end() -> None:
    result = sector_breakdown(projects_of(PROJECTS), funding_of(FUNDING))
    assert result["sector"].fillna("?").tolist() == ["new_energy", "modern_textiles", "?"]
    assert result["n_projects"].sum() == 4


def test_a_signed_project_without_a_signed_amount_is_missing_and_its_investment_does_not_stand_in() -> None:
    result = sector_breakdown(projects_of(PROJECTS[3:]), funding_of([]))
    row = only(result)
    assert pd.isna(row["signed_cny_10k"])
    assert (row["n_signed"], row["n_signed_missing"]) == (1, 1)
    assert pd.isna(row["negotiating_cny_10k"])


def test_capital_counts_in_the_year_it_arrived_whenever_its_project_was_signed() -> None:
    result = sector_breakdown(projects_of(PROJECTS[:1]), funding_of([("a", "2012-01-01", 50.0)]))
    assert result["year"].tolist() == [2011, 2012]
    later = only(result[result["year"] == 2012])
    assert (later["n_projects"], later["arrived_cny_10k"]) == (0, 50)
    assert pd.isna(later["signed_cny_10k"])
    assert pd.isna(later["project_share"])


def test_capital_of_an_unknown_project_is_kept_in_the_row_without_sector() -> None:
    result = sector_breakdown(projects_of(PROJECTS[:1]), funding_of([("zz", "2011-01-01", 7.0)]))
    assert only(result[result["sector"].isna()])["arrived_cny_10k"] == 7


def test_a_project_without_any_date_is_in_a_row_without_year() -> None:
    undated = [("e", "other", "negotiating", None, None, None, 10.0)]
    row = only(sector_breakdown(projects_of(undated), funding_of([])))
    assert pd.isna(row["year"])
    assert row["negotiating_cny_10k"] == 10


@pytest.mark.parametrize(
    ("stage", "signed_on", "counted"),
    [
        ("lead", None, "n_negotiating"),
        ("negotiating", "2011-01-01", "n_negotiating"),
        ("signed", None, "n_signed"),
        ("capacity", None, "n_signed"),
        ("terminated", "2011-01-01", "n_signed"),
        ("terminated", None, None),
        ("suspended", "2011-01-01", "n_signed"),
        ("suspended", None, None),
        (None, "2011-01-01", "n_signed"),
        (None, None, "n_stage_unknown"),
    ],
)
def test_stage_decides_what_is_signed_and_the_date_where_the_stage_does_not_say(
    stage: str | None, signed_on: str | None, counted: str | None, on_engine: Convert
) -> None:
    projects = projects_of([("a", "other", stage, signed_on, "2011-01-01", 1.0, 2.0)])
    row = only(sector_totals(on_engine(projects), on_engine(funding_of([]))))
    counts = {name: row[name] for name in ("n_signed", "n_negotiating", "n_stage_unknown")}
    assert counts == {name: int(name == counted) for name in counts}


def test_amounts_under_negotiation_and_signed_amounts_are_never_added() -> None:
    result = sector_breakdown(projects_of(PROJECTS), funding_of([]))
    assert result["signed_cny_10k"].sum() == 3000 + 1000
    assert result["negotiating_cny_10k"].sum() == 800


def test_every_engine_gives_the_same_totals(on_engine: Convert) -> None:
    projects, funding = projects_of(PROJECTS), funding_of(FUNDING)
    expected = sector_totals(projects, funding).sort_values(KEYS, ignore_index=True)
    found = sector_totals(on_engine(projects), on_engine(funding)).sort_values(KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(found, expected)


def test_a_sum_of_missing_amounts_is_missing_on_every_engine(on_engine: Convert) -> None:
    projects = projects_of([("a", "other", "signed", "2011-01-01", None, None, None)])
    row = only(sector_totals(on_engine(projects), on_engine(funding_of([("a", "2011-01-01", None)]))))
    assert pd.isna(row["signed_cny_10k"])
    assert pd.isna(row["arrived_cny_10k"])
    assert (row["n_signed_missing"], row["n_arrived_missing"], row["n_arrived_known"]) == (1, 1, 0)


def test_tables_without_rows_give_a_result_without_rows_on_every_engine(on_engine: Convert) -> None:
    assert sector_breakdown(on_engine(projects_of([])), on_engine(funding_of([]))).empty


def test_nan_in_a_polars_frame_counts_as_missing() -> None:
    projects = pl.from_pandas(projects_of(PROJECTS[:2])).with_columns(signed_cny_10k=pl.lit(float("nan")))
    row = only(sector_breakdown(projects, pl.from_pandas(funding_of([]))))
    assert pd.isna(row["signed_cny_10k"])
    assert row["n_signed_missing"] == 1


def test_a_date_column_without_any_date_is_no_mistake() -> None:
    projects = projects_of(PROJECTS[1:2]).assign(signed_on=None)
    assert only(sector_breakdown(projects, funding_of([])))["year"] == 2011


def test_offices_have_shares_of_their_own() -> None:
    here = projects_of(PROJECTS[:1])
    there = here.assign(office="煤山镇", project_id="m", is_demo=False)
    result = sector_breakdown(pd.concat([here, there]), funding_of([]))
    assert result["office"].nunique() == 2
    assert result["signed_share"].tolist() == [1, 1]
    assert dict(zip(result["office"], result["is_demo"], strict=True)) == {"示例镇": True, "煤山镇": False}


def test_the_date_is_the_last_month_any_table_speaks_of() -> None:
    result = sector_breakdown(projects_of(PROJECTS[:1]), funding_of([("a", "2012-02-01", 1.0)]))
    assert result["as_of"].unique().tolist() == [pd.Timestamp("2012-02-01")]


def test_a_missing_column_is_named_with_the_function_and_the_table() -> None:
    with pytest.raises(TableError, match=r"sector_breakdown.*Projects.*stage.*signed_on"):
        sector_breakdown(projects_of(PROJECTS).drop(columns=["stage", "signed_on"]), funding_of([]))


def test_text_where_dates_are_expected_is_named() -> None:
    with pytest.raises(TableError, match=r"sector_breakdown.*signed_on.*dates"):
        sector_breakdown(projects_of(PROJECTS).assign(signed_on="2011年3月"), funding_of([]))


def test_something_that_is_no_frame_is_refused() -> None:
    with pytest.raises(TableError, match="not list"):
        sector_breakdown([1, 2], funding_of([]))  # type: ignore[arg-type]


def test_a_project_that_stands_twice_is_refused_because_it_would_count_twice(on_engine: Convert) -> None:
    twice = on_engine(projects_of([PROJECTS[0], PROJECTS[0]]))
    with pytest.raises(TableError, match="such as a"):
        sector_breakdown(twice, on_engine(funding_of([])))


def test_frames_of_two_engines_are_refused() -> None:
    with pytest.raises(TableError, match="polars, pandas"):
        sector_breakdown(pl.from_pandas(projects_of(PROJECTS)), funding_of([]))


amounts = st.none() | st.integers(0, 10_000).map(float)
days = st.none() | st.sampled_from(["2010-05-01", "2011-01-31", "2012-12-31"])
project_rows = st.lists(
    st.tuples(
        st.sampled_from(["new_energy", "new_materials", "other", None]),
        st.sampled_from(["lead", "signed", "production", "terminated", "suspended", None]),
        days, days, amounts, amounts,
    ),
    max_size=8,
).map(lambda rows: [(f"p{i}", *row) for i, row in enumerate(rows)])  # fmt: skip
funding_rows = st.lists(st.tuples(st.sampled_from(["p0", "p1", "zz"]), days, amounts), max_size=8)
few = settings(max_examples=25, deadline=None)


@few
@given(project_rows, funding_rows)
def test_no_project_and_no_amount_is_lost(projects: list[Any], funding: list[Any]) -> None:
    result = sector_breakdown(projects_of(projects), funding_of(funding))
    assert result["n_projects"].sum() == len(projects)
    assert result["arrived_cny_10k"].sum() == sum(amount or 0 for *_, amount in funding)
    assert (result["n_arrived_known"] + result["n_arrived_missing"]).sum() == len(funding)
    assert (result["n_signed"] + result["n_negotiating"] <= result["n_projects"]).all()


@few
@given(project_rows, funding_rows)
def test_the_order_of_rows_does_not_matter_and_arguments_stay(
    projects: list[Any], funding: list[Any]
) -> None:
    first, second = projects_of(projects), funding_of(funding)
    before = first.copy(), second.copy()
    result = sector_breakdown(first, second)
    pd.testing.assert_frame_equal(first, before[0])
    pd.testing.assert_frame_equal(second, before[1])
    pd.testing.assert_frame_equal(sector_breakdown(first[::-1], second[::-1]), result)


@few
@given(project_rows, funding_rows)
def test_shares_of_a_year_add_up_to_one(projects: list[Any], funding: list[Any]) -> None:
    result = sector_breakdown(projects_of(projects), funding_of(funding))
    years = result.groupby("year", dropna=False)
    for share in ("project_share", "signed_share", "arrived_share"):
        for total in years[share].sum(min_count=1).dropna():
            assert total == pytest.approx(1)
