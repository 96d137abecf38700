"""Capital by month: literal frames, expected values computed by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, conform
from meishan_stats.statistics.funding import funding_by_month, funding_totals

Convert = Callable[[pd.DataFrame], Any]
KEYS = ["office", "kind", "period"]


def funding_of(
    rows: list[tuple[Any, ...]], *, kind: str = "arrived", office: str = "示例镇", precision: str = "month"
) -> pd.DataFrame:
    """Funding of (project id, month, amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": office, "name": "x", "kind": kind, "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision=precision), Funding)


def by_month(result: pd.DataFrame, column: str) -> dict[str, float]:
    """A column by month, missing values left out."""
    known = result.dropna(subset=[column])
    return dict(zip(known["period"].dt.strftime("%Y-%m"), known[column], strict=True))


def test_a_month_adds_up_its_projects_and_counts_those_that_are_known() -> None:
    funding = funding_of([("a", "2011-01-01", 500.0), ("b", "2011-01-01", 100.0), ("c", "2011-01-01", None)])
    row = funding_by_month(funding).iloc[0]
    assert row["amount_cny_10k"] == 600
    assert (row["n_projects"], row["n_missing"]) == (2, 1)


def test_a_month_nobody_reported_has_a_row_and_is_missing_not_zero() -> None:
    result = funding_by_month(funding_of([("a", "2011-01-01", 500.0), ("a", "2011-03-01", 600.0)]))
    assert len(result) == 3
    assert by_month(result, "amount_cny_10k") == {"2011-01": 500, "2011-03": 600}
    assert by_month(result, "ytd_cny_10k") == {"2011-01": 500, "2011-02": 500, "2011-03": 1100}


def test_the_year_to_date_starts_anew_in_january_and_is_missing_until_something_is_known() -> None:
    rows = [("a", "2010-12-01", 500.0), ("a", "2011-01-01", None), ("a", "2011-02-01", 40.0)]
    result = funding_by_month(funding_of(rows))
    assert by_month(result, "ytd_cny_10k") == {"2010-12": 500, "2011-02": 40}


def test_growth_compares_with_the_month_before_and_the_same_month_last_year() -> None:
    rows = [("a", "2010-01-01", 100.0), ("a", "2010-02-01", 100.0), ("a", "2011-01-01", 150.0)]
    result = funding_by_month(funding_of([*rows, ("a", "2011-02-01", 300.0)]))
    assert by_month(result, "yoy_growth") == {"2011-01": 0.5, "2011-02": 2.0}
    assert by_month(result, "mom_growth") == {"2010-02": 0.0, "2011-02": 1.0}
    assert by_month(result, "ytd_yoy_growth") == {"2011-01": 0.5, "2011-02": pytest.approx(1.25)}


@pytest.mark.parametrize("base", [0.0, -50.0, None])
def test_growth_from_a_zero_negative_or_missing_base_is_missing(base: float | None) -> None:
    result = funding_by_month(funding_of([("a", "2010-01-01", base), ("a", "2011-01-01", 150.0)]))
    assert result["yoy_growth"].isna().all()
    assert result["ytd_yoy_growth"].isna().all()


def test_a_year_followed_from_june_is_no_base_for_a_year_followed_from_january() -> None:
    rows = [("a", "2010-06-01", 100.0), ("a", "2011-01-01", 100.0), ("a", "2011-06-01", 100.0)]
    result = funding_by_month(funding_of(rows))
    assert by_month(result, "yoy_growth") == {"2011-06": 0.0}
    assert by_month(result, "ytd_yoy_growth") == {}


def test_a_year_without_a_january_is_a_base_when_an_earlier_year_shows_it_was_followed() -> None:
    rows = [("a", "2009-01-01", 100.0), ("a", "2010-02-01", 100.0), ("a", "2011-01-01", 50.0)]
    result = funding_by_month(funding_of([*rows, ("a", "2011-02-01", 70.0)]))
    assert by_month(result, "ytd_yoy_growth")["2011-02"] == pytest.approx(0.2)


def test_a_negative_month_stays_negative() -> None:
    result = funding_by_month(funding_of([("a", "2011-01-01", 500.0), ("a", "2011-02-01", -80.0)]))
    assert by_month(result, "amount_cny_10k")["2011-02"] == -80
    assert by_month(result, "ytd_cny_10k")["2011-02"] == 420


def test_capital_known_to_the_year_only_is_in_no_month() -> None:
    monthly = funding_of([("a", "2011-03-01", 500.0)])
    yearly = funding_of([("b", "2011-01-01", 900.0)], precision="year")
    result = funding_by_month(pd.concat([monthly, yearly]))
    assert by_month(result[:1], "amount_cny_10k") == {"2011-03": 500}
    last = result.iloc[1]
    assert pd.isna(last["period"])
    assert last["amount_cny_10k"] == 900
    assert pd.isna(last["ytd_cny_10k"])


def test_an_office_of_unknown_amounts_has_missing_amounts_and_one_without_rows_has_no_row() -> None:
    unknown = funding_of([("m", "2011-01-01", None)], office="煤山镇")
    other_kind = funding_of([("n", "2011-01-01", 5.0)], office="另一镇", kind="completed")
    result = funding_by_month(pd.concat([unknown, other_kind]))
    assert result["office"].tolist() == ["煤山镇"]
    assert result["amount_cny_10k"].isna().all()
    assert result["ytd_cny_10k"].isna().all()
    assert result["n_missing"].tolist() == [1]


def test_kinds_are_kept_apart() -> None:
    arrived = funding_of([("a", "2011-01-01", 5.0)])
    both = pd.concat([arrived, funding_of([("a", "2011-01-01", 7.0)], kind="completed")])
    assert funding_by_month(both)["amount_cny_10k"].tolist() == [5]
    assert funding_by_month(both, kind="completed")["amount_cny_10k"].tolist() == [7]
    assert funding_by_month(both, kind=None)["kind"].tolist() == ["arrived", "completed"]


def test_an_unknown_kind_is_refused_and_the_kinds_are_named() -> None:
    with pytest.raises(ChoiceError, match=r"arrived.*fixed_asset.*completed.*'paid'"):
        funding_by_month(funding_of([]), kind="paid")


def test_a_missing_column_is_named_with_the_function_and_the_table() -> None:
    with pytest.raises(TableError, match=r"funding_by_month.*Funding.*amount_cny_10k"):
        funding_by_month(funding_of([]).drop(columns="amount_cny_10k"))


def test_every_engine_gives_the_same_totals(on_engine: Convert) -> None:
    rows = [
        ("a", "2011-01-01", 500.0),
        ("b", "2011-01-15", None),
        ("a", "2011-02-01", None),
        ("b", None, 3.0),
    ]
    funding = funding_of(rows)
    expected = funding_totals(funding).sort_values(KEYS, ignore_index=True)
    assert expected["amount_cny_10k"].fillna(-1).tolist() == [500, -1, 3]
    assert expected["n_missing"].tolist() == [1, 1, 0]
    found = funding_totals(on_engine(funding)).sort_values(KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(found, expected)


def test_a_table_without_rows_gives_a_result_without_rows_on_every_engine(on_engine: Convert) -> None:
    assert funding_by_month(on_engine(funding_of([]))).empty


rows_of_months = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.none() | st.dates(pd.Timestamp("2009-01-01").date(), pd.Timestamp("2012-12-31").date()),
        st.none() | st.integers(-100, 10_000).map(float),
    ),
    max_size=10,
)
few = settings(max_examples=25, deadline=None)


@few
@given(rows_of_months)
def test_no_amount_is_lost_and_no_month_is_left_out(rows: list[Any]) -> None:
    result = funding_by_month(funding_of(rows))
    assert result["amount_cny_10k"].sum() == sum(amount or 0 for *_, amount in rows)
    assert result["n_missing"].sum() == sum(amount is None for *_, amount in rows)
    months = result["period"].dropna()
    complete = pd.date_range(months.min(), months.max(), freq="MS") if len(months) else months
    assert months.tolist() == complete.tolist()


@few
@given(rows_of_months)
def test_the_order_of_rows_does_not_matter_and_the_argument_stays(rows: list[Any]) -> None:
    funding = funding_of(rows)
    before = funding.copy()
    result = funding_by_month(funding)
    pd.testing.assert_frame_equal(funding, before)
    pd.testing.assert_frame_equal(funding_by_month(funding[::-1]), result)


@few
@given(rows_of_months)
def test_the_last_year_to_date_is_the_sum_of_its_year(rows: list[Any]) -> None:
    result = funding_by_month(funding_of(rows)).dropna(subset=["period"])
    years = result.groupby(result["period"].dt.year)
    sums = years["amount_cny_10k"].sum(min_count=1)
    assert years["ytd_cny_10k"].last().fillna(0).tolist() == sums.fillna(0).tolist()


# January and February in one row


def of_february(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """What the first report of a year, in February, states as its year to date."""
    return funding_of(rows, precision="year").assign(stated_as="ytd", is_derived=True)


def test_january_and_february_are_one_row_at_february_that_says_so() -> None:
    rows = [("a", "2011-01-01", 100.0), ("b", "2011-02-01", 40.0), ("a", "2011-03-01", 70.0)]
    result = funding_by_month(funding_of(rows), join_january_february=True)
    assert by_month(result, "amount_cny_10k") == {"2011-02": 140, "2011-03": 70}
    assert by_month(result, "ytd_cny_10k") == {"2011-02": 140, "2011-03": 210}
    assert result["is_joined"].tolist() == [True, False]
    assert result["n_projects"].tolist() == [2, 1]
    assert not funding_by_month(funding_of(rows))["is_joined"].any()


def test_a_project_of_both_months_counts_once_in_the_joined_row() -> None:
    rows = [("a", "2011-01-01", 100.0), ("a", "2011-02-01", 40.0)]
    result = funding_by_month(funding_of(rows), join_january_february=True)
    assert result["n_projects"].tolist() == [1]


def test_two_months_compare_with_two_months_a_year_before_and_never_with_one_month() -> None:
    rows = [
        ("a", f"{year}-{month:02d}-01", amount)
        for year, amount in ((2010, 100.0), (2011, 150.0))
        for month in range(1, 13)
    ]
    result = funding_by_month(funding_of(rows), join_january_february=True)
    assert by_month(result, "yoy_growth")["2011-02"] == 0.5
    assert by_month(result, "ytd_yoy_growth")["2011-12"] == 0.5
    assert not {"2010-03", "2011-02", "2011-03"} & set(by_month(result, "mom_growth"))
    assert by_month(result, "mom_growth")["2011-04"] == 0


def test_a_year_to_date_of_february_is_the_joined_row_and_without_joining_has_no_month() -> None:
    funding = pd.concat([of_february([("a", "2011-02-01", 278.0)]), funding_of([("a", "2011-03-01", 22.0)])])
    joined = funding_by_month(funding, join_january_february=True)
    assert by_month(joined, "ytd_cny_10k") == {"2011-02": 278, "2011-03": 300}
    assert funding_by_month(funding)["period"].isna().sum() == 1


def test_january_alone_is_no_whole_row_and_does_not_compare_with_last_year() -> None:
    rows = [("a", "2010-01-01", 100.0), ("a", "2010-02-01", 50.0), ("a", "2011-01-01", 90.0)]
    result = funding_by_month(funding_of(rows), join_january_february=True)
    assert by_month(result, "amount_cny_10k") == {"2010-02": 150, "2011-02": 90}
    assert by_month(result, "yoy_growth") == {}
    assert by_month(result, "ytd_yoy_growth") == {}
    assert result["as_of"].unique().tolist() == [pd.Timestamp("2011-01-01")]


@pytest.mark.parametrize("is_joined", [False, True])
def test_every_engine_joins_the_same_months(on_engine: Convert, is_joined: bool) -> None:
    rows = [("a", "2011-01-01", 500.0), ("b", "2011-02-15", None), ("a", "2011-03-01", 7.0)]
    funding = pd.concat([funding_of(rows), of_february([("c", "2011-02-01", 3.0)])])
    found = funding_by_month(on_engine(funding), join_january_february=is_joined)
    expected = {"2011-02": 503, "2011-03": 7} if is_joined else {"2011-01": 500, "2011-03": 7}
    assert by_month(found.dropna(subset=["period"]), "amount_cny_10k") == expected


@few
@given(rows_of_months)
def test_joining_loses_nothing_and_keeps_every_month_from_march_on(rows: list[Any]) -> None:
    apart = funding_by_month(funding_of(rows))
    joined = funding_by_month(funding_of(rows), join_january_february=True)
    assert joined["amount_cny_10k"].sum() == apart["amount_cny_10k"].sum()
    assert joined["n_missing"].sum() == apart["n_missing"].sum()
    later = {month: x for month, x in by_month(apart, "ytd_cny_10k").items() if month[-2:] > "02"}
    assert {m: x for m, x in by_month(joined, "ytd_cny_10k").items() if m[-2:] > "02"} == later
