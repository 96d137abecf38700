"""Sector breakdown: literal frames, expected values added up by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.statistics.sectors import sector_breakdown, sector_totals

Convert = Callable[[pd.DataFrame], Any]
KEYS = ["office", "sector", "year"]
SIGNED = {"signed", "started", "production", "capacity"}


def projects_of(rows: list[tuple[Any, ...]], *, as_of: str = "2011-12-01", **columns: Any) -> pd.DataFrame:
    """Projects of (id, sector, stage, signed on, first reported, signed amount, total investment)."""
    names = ["project_id", "sector", "stage", "signed_on", "first_reported_on", "signed_cny_10k"]
    frame = pd.DataFrame(rows, columns=[*names, "total_investment_cny_10k"])
    dates = {name: pd.to_datetime(frame[name]) for name in ("signed_on", "first_reported_on")}
    is_signed = [None if row[2] is None else row[2] in SIGNED for row in rows]
    sectors = frame["sector"].fillna("other")
    about = {"name": "x", "office": "示例镇", "is_demo": True, "is_signed": is_signed, **columns}
    frame = frame.assign(**dates, sector=sectors, **about)
    typed = conform(frame.assign(as_of=pd.Timestamp(as_of)), Projects)
    return typed.assign(sector=pd.Series([row[1] for row in rows], dtype="str"))


def funding_of(rows: list[tuple[Any, ...]], *, precision: str = "month") -> pd.DataFrame:
    """Funding of (project id, month, arrived amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision=precision), Funding)


def values(table: pd.DataFrame, column: str) -> list[Any]:
    """A column, missing values as None."""
    return [None if pd.isna(value) else value for value in table[column]]


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
    ("is_signed", "stage", "counted"),
    [
        (False, "lead", "n_negotiating"),
        (False, "negotiating", "n_negotiating"),
        (False, None, "n_negotiating"),
        (False, "landed", "n_negotiating"),  # where an office puts 落户 before signing
        (True, "signed", "n_signed"),
        (True, "capacity", "n_signed"),
        (True, None, "n_signed"),
        (False, "terminated", "n_stopped"),
        (False, "suspended", "n_stopped"),
        (None, "signed", "n_stage_unknown"),
        (None, "terminated", "n_stage_unknown"),
        (None, None, "n_stage_unknown"),
    ],
)
def test_a_project_is_signed_as_its_flag_says_and_a_stopped_one_does_not_negotiate(
    is_signed: bool | None, stage: str | None, counted: str, on_engine: Convert
) -> None:
    projects = projects_of(
        [("a", "other", stage, "2011-01-01", "2011-01-01", 1.0, 2.0)], is_signed=[is_signed]
    )
    row = only(sector_totals(on_engine(projects), on_engine(funding_of([]))))
    counts = {name: row[name] for name in ("n_signed", "n_negotiating", "n_stopped", "n_stage_unknown")}
    assert counts == {name: int(name == counted) for name in counts}


def test_the_average_is_of_signed_projects_with_a_known_amount() -> None:
    rows = [
        ("a", "other", "signed", "2011-01-01", None, 3000.0, None),
        ("b", "other", "signed", "2011-02-01", None, 1000.0, None),
        ("c", "other", "signed", "2011-03-01", None, None, 900.0),
        ("d", "other", "lead", None, "2011-03-01", 700.0, None),
    ]
    row = only(sector_breakdown(projects_of(rows), funding_of([])))
    assert row["average_signed_cny_10k"] == 2000
    assert (row["n_signed"], row["n_signed_missing"]) == (3, 1)
    unknown = only(sector_breakdown(projects_of(rows[2:3]), funding_of([])))
    assert pd.isna(unknown["average_signed_cny_10k"])


def test_by_quarter_and_month_a_row_has_its_first_day_and_by_year_it_has_none() -> None:
    projects, funding = projects_of(PROJECTS[:1]), funding_of(FUNDING[:1])
    by_year = sector_breakdown(projects, funding)
    assert (values(by_year, "by"), values(by_year, "period")) == (["year"], [None])
    by_quarter = sector_breakdown(projects, funding, by="quarter")
    assert by_quarter["period"].tolist() == [pd.Timestamp("2011-01-01"), pd.Timestamp("2011-04-01")]
    assert values(by_quarter, "signed_cny_10k") == [3000, None]
    assert values(by_quarter, "arrived_cny_10k") == [None, 600]
    by_month = sector_breakdown(projects, funding, by="month")
    assert by_month["period"].tolist() == [pd.Timestamp("2011-03-01"), pd.Timestamp("2011-04-01")]
    assert by_month["year"].tolist() == [2011, 2011]


@pytest.mark.parametrize(
    ("precision", "by", "month"),
    [
        ("day", "month", "2011-06-01"),
        (None, "month", "2011-06-01"),
        ("quarter", "month", None),
        ("quarter", "quarter", "2011-04-01"),
        ("half", "quarter", None),
        ("year", "quarter", None),
    ],
)
def test_a_date_of_signing_is_in_no_period_finer_than_it_is_known(
    precision: str | None, by: str, month: str | None, on_engine: Convert
) -> None:
    projects = projects_of(
        [("a", "other", "signed", "2011-06-01", None, 1.0, None)], signed_precision=precision
    )
    row = only(sector_breakdown(on_engine(projects), on_engine(funding_of([])), by=by))
    assert row["year"] == 2011
    assert row["period"] == pd.Timestamp(month) if month else pd.isna(row["period"])


def test_capital_known_to_the_year_is_in_its_year_and_in_no_month() -> None:
    funding = funding_of([("a", "2011-01-01", 5.0)], precision="year")
    row = only(sector_breakdown(projects_of([]), funding, by="month"))
    assert (row["year"], row["arrived_cny_10k"]) == (2011, 5)
    assert pd.isna(row["period"])


def test_parts_of_a_sector_are_rows_and_a_part_that_is_not_known_is_the_last() -> None:
    rows = [(name, "new_energy", "signed", "2011-01-01", None, 100.0, None) for name in "abc"]
    projects = projects_of(rows, subsector=["风电", None, "光伏制造"])
    result = sector_breakdown(projects, funding_of([("a", "2011-05-01", 30.0)]), subsector=True)
    assert values(result, "subsector") == ["光伏制造", "风电", None]
    assert values(result, "arrived_cny_10k") == [None, 30, None]
    assert result["signed_share"].tolist() == pytest.approx([1 / 3] * 3)
    whole = sector_breakdown(projects, funding_of([]))
    assert values(whole, "subsector") == [None]


def test_growth_is_over_the_same_sector_a_year_before() -> None:
    rows = [
        ("a", "new_energy", "signed", "2010-05-01", None, 1000.0, None),
        ("b", "new_energy", "signed", "2011-07-01", None, 1500.0, None),
        ("c", "other", "signed", "2011-07-01", None, 10.0, None),
    ]
    funding = funding_of([("a", "2010-06-01", 400.0), ("a", "2011-06-01", 300.0)])
    result = sector_breakdown(projects_of(rows), funding)
    assert result["year"].tolist() == [2010, 2011, 2011]
    assert values(result, "signed_growth") == [None, 0.5, None]
    assert values(result, "arrived_growth") == [None, -0.25, None]


@pytest.mark.parametrize("base", [None, 0.0, -400.0])
def test_growth_over_a_base_that_is_missing_zero_or_negative_is_missing(base: float | None) -> None:
    funding = funding_of([("a", "2010-01-01", base), ("a", "2011-01-01", 300.0)])
    assert values(sector_breakdown(projects_of(PROJECTS[:1]), funding), "arrived_growth") == [None, None]


def test_a_year_not_yet_over_does_not_compare_with_a_whole_one_but_its_months_do() -> None:
    rows = [("a", "other", "signed", "2010-05-01", None, 100.0, None)]
    rows += [("b", "other", "signed", "2011-05-01", None, 150.0, None)]
    projects = projects_of(rows, as_of="2011-06-01")
    assert values(sector_breakdown(projects, funding_of([])), "signed_growth") == [None, None]
    for by in ("quarter", "month"):
        assert values(sector_breakdown(projects, funding_of([]), by=by), "signed_growth") == [None, 0.5]
    unfinished = projects_of(rows, as_of="2011-05-01")
    assert values(sector_breakdown(unfinished, funding_of([]), by="quarter"), "signed_growth")[1] is None


def test_a_year_whose_reports_begin_late_is_no_base_for_capital_that_arrived() -> None:
    rows = [("a", "2010-10-01", 100.0), ("a", "2011-01-01", 50.0), ("a", "2012-03-01", 75.0)]
    projects = projects_of(PROJECTS[:1], as_of="2012-12-01")
    result = sector_breakdown(projects, funding_of(rows))
    assert values(result, "arrived_growth") == [None, None, 0.5]


def test_amounts_without_a_month_or_year_do_not_grow() -> None:
    rows: list[tuple[Any, ...]] = [
        ("a", "other", "signed", None, None, 100.0, None),
        ("b", "other", "signed", "2010-01-01", None, 9.0, None),
        ("c", "other", "signed", "2011-01-01", None, 9.0, None),
    ]
    projects = projects_of(rows, signed_precision="year")
    assert values(sector_breakdown(projects, funding_of([]), by="month"), "signed_growth") == [None] * 3
    assert values(sector_breakdown(projects, funding_of([])), "signed_growth") == [None, 0.0, None]


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


def test_nan_beside_null_counts_as_missing_on_every_engine(on_engine: Convert) -> None:
    rows = [(name, "other", "signed", "2011-01-01", None, None, None) for name in "abc"]
    amounts = pa.array([float("nan"), None, 5.0], from_pandas=False)
    held = pd.array(amounts, dtype=pd.ArrowDtype(pa.float64()))
    projects = on_engine(projects_of(rows).assign(signed_cny_10k=held))
    row = only(sector_breakdown(projects, on_engine(funding_of([]))))
    assert (row["signed_cny_10k"], row["n_signed"], row["n_signed_missing"]) == (5, 3, 2)


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
    with pytest.raises(TableError, match="projects: polars, funding: pandas"):
        sector_breakdown(pl.from_pandas(projects_of(PROJECTS)), funding_of([]))


def test_an_unknown_period_is_refused_and_the_periods_are_named() -> None:
    for function in (sector_breakdown, sector_totals):
        with pytest.raises(ChoiceError, match=r"by .*'year', 'quarter', 'month'.*'week'"):
            function(projects_of([]), funding_of([]), by="week")


@pytest.mark.parametrize("by", ["quarter", "month"])
def test_every_engine_gives_the_same_totals_by_quarter_and_month(on_engine: Convert, by: str) -> None:
    parts = pd.Series(["光伏", "光伏", None, None], dtype="str")
    projects, funding = projects_of(PROJECTS, subsector=parts), funding_of(FUNDING)
    keys = [*KEYS, "subsector", "period"]
    expected = sector_totals(projects, funding, by=by, subsector=True).sort_values(keys, ignore_index=True)
    found = sector_totals(on_engine(projects), on_engine(funding), by=by, subsector=True)
    assert expected["arrived_cny_10k"].sum() == 800
    pd.testing.assert_frame_equal(found.sort_values(keys, ignore_index=True), expected)
    assert sector_breakdown(on_engine(projects_of([])), on_engine(funding_of([])), by=by).empty


amounts = st.none() | st.integers(0, 10_000).map(float)
days = st.none() | st.sampled_from(["2010-05-01", "2010-06-30", "2011-01-31", "2012-12-31"])
parts = st.none() | st.sampled_from(["光伏", "风电"])
flags = st.none() | st.booleans()
project_rows = st.lists(
    st.tuples(
        st.sampled_from(["new_energy", "new_materials", "other", None]),
        st.sampled_from(["lead", "signed", "production", "terminated", "suspended", None]),
        days, days, amounts, amounts, parts, flags, st.sampled_from(["day", "quarter", "year", None]),
    ),
    max_size=8,
).map(lambda rows: [(f"p{i}", *row) for i, row in enumerate(rows)])  # fmt: skip
funding_rows = st.lists(st.tuples(st.sampled_from(["p0", "p1", "zz"]), days, amounts), max_size=8)
periods = st.sampled_from(["year", "quarter", "month"])
few = settings(max_examples=25, deadline=None)
ADDED = [
    "n_projects", "n_signed", "n_negotiating", "n_stopped", "n_stage_unknown", "n_signed_missing",
    "n_negotiating_missing", "n_arrived_known", "n_arrived_missing",
    "signed_cny_10k", "negotiating_cny_10k", "arrived_cny_10k",
]  # fmt: skip


def drawn(rows: list[Any]) -> pd.DataFrame:
    """Projects of rows that end with sub-sector, whether signed, and precision of the date of signing."""
    parts, flags, precisions = zip(*(row[7:] for row in rows), strict=True) if rows else ((), (), ())
    return projects_of(
        [row[:7] for row in rows],
        subsector=list(parts), is_signed=list(flags), signed_precision=list(precisions),
    )  # fmt: skip


def added_up(result: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Counts and amounts added up by keys; an amount of nothing stays missing."""
    return result.groupby(keys, dropna=False)[ADDED].sum(min_count=1).astype("float64")


@few
@given(project_rows, funding_rows, periods, st.booleans())
def test_no_project_and_no_amount_is_lost(
    projects: list[Any], funding: list[Any], by: str, subsector: bool
) -> None:
    result = sector_breakdown(drawn(projects), funding_of(funding), by=by, subsector=subsector)
    assert result["n_projects"].sum() == len(projects)
    assert result["arrived_cny_10k"].sum() == sum(amount or 0 for *_, amount in funding)
    assert (result["n_arrived_known"] + result["n_arrived_missing"]).sum() == len(funding)
    parts = result[["n_signed", "n_negotiating", "n_stopped", "n_stage_unknown"]]
    assert (parts.sum(axis=1) == result["n_projects"]).all()


@few
@given(project_rows, funding_rows, periods, st.booleans())
def test_the_order_of_rows_does_not_matter_and_arguments_stay(
    projects: list[Any], funding: list[Any], by: str, subsector: bool
) -> None:
    first, second = drawn(projects), funding_of(funding)
    before = first.copy(), second.copy()
    result = sector_breakdown(first, second, by=by, subsector=subsector)
    pd.testing.assert_frame_equal(first, before[0])
    pd.testing.assert_frame_equal(second, before[1])
    turned = sector_breakdown(first[::-1], second[::-1], by=by, subsector=subsector)
    pd.testing.assert_frame_equal(turned, result)


@few
@given(project_rows, funding_rows, periods, st.booleans())
def test_shares_of_a_period_add_up_to_one(
    projects: list[Any], funding: list[Any], by: str, subsector: bool
) -> None:
    result = sector_breakdown(drawn(projects), funding_of(funding), by=by, subsector=subsector)
    groups = result.groupby(["year", "period"], dropna=False)
    for share in ("project_share", "signed_share", "arrived_share"):
        for total in groups[share].sum(min_count=1).dropna():
            assert total == pytest.approx(1)


@few
@given(project_rows, funding_rows, periods)
def test_the_parts_of_a_sector_add_up_to_it(projects: list[Any], funding: list[Any], by: str) -> None:
    first, second, keys = drawn(projects), funding_of(funding), ["sector", "year", "period"]
    parts = added_up(sector_breakdown(first, second, by=by, subsector=True), keys)
    whole = added_up(sector_breakdown(first, second, by=by), keys)
    pd.testing.assert_frame_equal(parts, whole)


@few
@given(project_rows, funding_rows)
def test_months_add_up_to_years_and_so_do_quarters(projects: list[Any], funding: list[Any]) -> None:
    first, second, keys = drawn(projects), funding_of(funding), ["sector", "year"]
    years = added_up(sector_breakdown(first, second), keys)
    for by in ("quarter", "month"):
        pd.testing.assert_frame_equal(added_up(sector_breakdown(first, second, by=by), keys), years)


@few
@given(project_rows, funding_rows)
def test_a_naive_loop_counts_the_same(projects: list[Any], funding: list[Any]) -> None:
    expected: dict[tuple[Any, Any], list[float]] = {}
    sector_of = {}
    for name, sector, stage, signed_on, first_on, signed, investment, _, is_signed, _ in projects:
        sector_of[name] = sector
        on = signed_on or first_on
        row = expected.setdefault((sector, int(on[:4]) if on else None), [0, 0, 0, 0])
        row[0] += 1
        if is_signed:
            row[1] += signed or 0
        elif is_signed is False and stage not in ("terminated", "suspended"):
            row[2] += investment or 0
    for name, on, amount in funding:
        row = expected.setdefault((sector_of.get(name), int(on[:4]) if on else None), [0, 0, 0, 0])
        row[3] += amount or 0
    result = sector_breakdown(drawn(projects), funding_of(funding))
    names = ["n_projects", "signed_cny_10k", "negotiating_cny_10k", "arrived_cny_10k"]
    keys = zip(values(result, "sector"), values(result, "year"), strict=True)
    found = dict(zip(keys, result[names].fillna(0).to_numpy().tolist(), strict=True))
    assert found == expected
