"""Forecast of a year: exact cases, refusals, and how an interval must behave."""

import statistics
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.statistics.forecast import year_end_forecast

Convert = Callable[[pd.DataFrame], Any]
ENDS = ["forecast_cny_10k", "low_cny_10k", "high_cny_10k"]


def funding_of(rows: list[tuple[Any, ...]], kind: str = "arrived", precision: str = "month") -> pd.DataFrame:
    """Funding of (project id, month, amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": "示例镇", "name": "x", "kind": kind, "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision=precision), Funding)


def months(amounts: list[float | None], year: int = 2011, project: str = "a") -> list[tuple[Any, ...]]:
    """Amounts of January, February and so on."""
    return [(project, f"{year}-{month:02d}-01", amount) for month, amount in enumerate(amounts, 1)]


def projects_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Projects of (id, signed on, signed amount, is signed)."""
    frame = pd.DataFrame(rows, columns=["project_id", "signed_on", "signed_cny_10k", "is_signed"])
    frame["signed_on"] = pd.to_datetime(frame["signed_on"])
    return conform(frame.assign(office="示例镇", name="x", sector="other", is_demo=True), Projects)


def only(result: pd.DataFrame) -> pd.Series:
    assert len(result) == 1
    return result.iloc[0]


def test_identical_months_give_the_exact_total_and_no_width() -> None:
    found = only(year_end_forecast(funding_of(months([0.1] * 7))))
    assert found["forecast_cny_10k"] == pytest.approx(1.2)
    assert found["low_cny_10k"] == found["high_cny_10k"] == found["forecast_cny_10k"]
    whole = only(year_end_forecast(funding_of(months([100.0] * 5))))
    assert whole[ENDS].tolist() == [1200, 1200, 1200]
    assert (whole["n_months"], whole["ytd_cny_10k"], whole["method"]) == (5, 500, "run_rate")


def test_the_run_rate_interval_is_that_of_the_sum_of_the_months_left() -> None:
    # s of 90, 110, 100 is 10; 9 months left: 1.8856 * 10 * sqrt(9 * (1 + 9 / 3)) = 113.14
    found = only(year_end_forecast(funding_of(months([90.0, 110.0, 100.0]))))
    assert found["forecast_cny_10k"] == 1200
    assert found["high_cny_10k"] - 1200 == pytest.approx(113.14, abs=0.01)
    assert 1200 - found["low_cny_10k"] == pytest.approx(113.14, abs=0.01)


def test_the_interval_holds_the_year_as_often_as_its_level_says() -> None:
    # An independent check of the formula: 400 simulated years of normal months, an office each.
    years = np.random.default_rng(2011).normal(1000, 50, size=(400, 12)).round(3)
    known = funding_of([row for year in years for row in months(list(year[:6]))])
    known["office"] = np.repeat([f"{i:03d}" for i in range(400)], 6)
    found = year_end_forecast(known)
    totals = years.sum(axis=1)
    is_held = (found["low_cny_10k"] <= totals) & (totals <= found["high_cny_10k"])
    assert 0.75 < is_held.mean() < 0.85


def test_seasonal_divides_by_the_mean_share_that_had_arrived_by_now() -> None:
    # By June 2009 40 % of the year had arrived, by June 2010 60 %: 500 / 0.5 = 1000.
    rows = [
        ("a", "2009-01-01", 40.0),
        ("a", "2009-07-01", 60.0),
        ("a", "2010-01-01", 60.0),
        ("a", "2010-12-01", 40.0),
    ]
    found = only(year_end_forecast(funding_of([*rows, ("a", "2011-06-01", 500.0)]), method="seasonal"))
    assert (found["forecast_cny_10k"], found["used_share"]) == (1000, 0.5)
    assert (found["n_years"], found["history_years"]) == (2, "2009, 2010")
    # 0.5 ± 3.0777 * 0.1414 * sqrt(3 / 2) = 0.5 ± 0.533: above 1, so not less than has arrived; below 0, so no end
    assert found["low_cny_10k"] == 500
    assert pd.isna(found["high_cny_10k"])
    assert found["reason"] == "no_upper_end"


def test_the_seasonal_interval_is_that_of_a_further_share() -> None:
    rows = [
        ("a", f"{year}-{month}-01", amount)
        for year, share in ((2008, 48.0), (2009, 50.0), (2010, 52.0))
        for month, amount in ((1, share), (12, 100 - share))
    ]
    found = only(year_end_forecast(funding_of([*rows, ("a", "2011-06-01", 50.0)]), method="seasonal"))
    # s of the shares is 0.02; 1.8856 * 0.02 * sqrt(4 / 3) = 0.04355
    assert found["forecast_cny_10k"] == pytest.approx(100)
    assert found["low_cny_10k"] == pytest.approx(50 / 0.54355, abs=0.01)
    assert found["high_cny_10k"] == pytest.approx(50 / 0.45645, abs=0.01)


def test_equal_former_years_leave_a_seasonal_forecast_no_width() -> None:
    rows = [row for year in (2008, 2009, 2010) for row in months([10.0, 20.0, 70.0], year)]
    found = only(year_end_forecast(funding_of([*rows, ("a", "2011-03-01", 5.0)]), method="seasonal"))
    assert found[ENDS].tolist() == [5, 5, 5]
    rows = [row for year in (2008, 2009, 2010) for row in months([10.0, 20.0, 20.0, 50.0], year)]
    found = only(year_end_forecast(funding_of([*rows, ("a", "2011-03-01", 25.0)]), method="seasonal"))
    assert found[ENDS].tolist() == [50, 50, 50]


def test_the_last_full_years_count_and_one_that_was_followed_from_june_is_not_full() -> None:
    def year(number: int, share: float) -> list[tuple[Any, ...]]:
        return [("a", f"{number}-01-01", 100 * share), ("a", f"{number}-12-01", 100 * (1 - share))]

    rows = [*year(2007, 0.1), *year(2008, 0.5), *year(2009, 0.5), *year(2010, 0.5), ("a", "2011-06-01", 20.0)]
    found = only(year_end_forecast(funding_of(rows), method="seasonal"))
    assert (found["history_years"], found["forecast_cny_10k"]) == ("2008, 2009, 2010", 40)
    rows = [("a", "2009-06-01", 5.0), *year(2010, 0.5), ("a", "2011-06-01", 20.0)]
    assert only(year_end_forecast(funding_of(rows), method="seasonal"))["reason"] == "too_few_years"


def test_a_former_year_known_as_a_whole_only_tells_no_share() -> None:
    yearly = funding_of([("a", "2009-01-01", 100.0), ("a", "2010-01-01", 100.0)], precision="year")
    funding = pd.concat([yearly, funding_of([("a", "2011-06-01", 20.0)])])
    assert only(year_end_forecast(funding, method="seasonal"))["reason"] == "too_few_years"


PIPELINE = [
    # signed 1000 in 2009: by June 2010 300 had arrived, in the rest of 2010 210 of the 700 left: 30 %
    ("a", "2009-02-01", 1000.0, True),
    # signed in 2011 for 500, 100 arrived
    ("b", "2011-02-01", 500.0, True),
    ("later", "2011-09-01", 9000.0, True),
    ("talks", None, 9000.0, False),
    ("no_amount", "2010-01-01", None, True),
]
ARRIVED = [
    ("a", "2009-01-01", 100.0), ("a", "2010-03-01", 200.0), ("a", "2010-09-01", 210.0), ("a", "2011-05-01", 90.0),
    ("b", "2011-06-01", 100.0), ("talks", "2011-06-01", 10.0),
]  # fmt: skip


def test_the_pipeline_adds_the_share_of_what_is_signed_and_not_arrived() -> None:
    found = only(
        year_end_forecast(
            funding_of(ARRIVED), method="pipeline", projects=projects_of(PIPELINE), as_of="2011-06"
        )
    )
    # left: 1000 - 600 of a, 500 - 100 of b = 800; in 2009 nothing is known of July to December
    assert (found["ytd_cny_10k"], found["outstanding_cny_10k"]) == (200, 800)
    assert found["used_share"] == pytest.approx(0.3)
    assert found["forecast_cny_10k"] == pytest.approx(200 + 0.3 * 800)
    assert (found["history_years"], found["reason"], found["n_signed_missing"]) == (
        "2010",
        "one_year_only",
        1,
    )
    assert found[["low_cny_10k", "high_cny_10k"]].isna().all()


def test_the_pipeline_takes_the_median_of_former_years_and_their_spread() -> None:
    # 2008: 200 of 1000 left, 2009: 300 of 600, 2010: 100 of 100 -> 0.2, 0.5, 1.0
    projects = projects_of(
        [("a", "2008-01-01", 1000.0, True), ("b", "2009-01-01", 600.0, True), ("c", "2010-01-01", 100.0, True),
         ("d", "2011-01-01", 400.0, True)]
    )  # fmt: skip
    arrived = [
        ("a", "2008-01-01", 0.0), ("a", "2008-08-01", 200.0), ("a", "2009-01-01", 800.0), ("b", "2009-08-01", 300.0),
        ("b", "2010-01-01", 300.0), ("c", "2010-12-01", 100.0), ("d", "2011-06-01", 40.0),
    ]  # fmt: skip
    found = only(year_end_forecast(funding_of(arrived), method="pipeline", projects=projects))
    assert found["used_share"] == 0.5
    assert found["forecast_cny_10k"] == pytest.approx(40 + 0.5 * 360)
    half = stats.t.ppf(0.9, 2) * statistics.stdev([0.2, 0.5, 1.0]) * (4 / 3) ** 0.5
    assert found["high_cny_10k"] == pytest.approx(40 + (0.5 + half) * 360)
    assert found["low_cny_10k"] == 40


def test_a_share_that_is_given_stands_and_has_no_interval() -> None:
    found = only(
        year_end_forecast(
            funding_of(ARRIVED),
            method="pipeline",
            projects=projects_of(PIPELINE),
            as_of="2011-06",
            conversion=0.5,
        )
    )
    assert found["forecast_cny_10k"] == 600
    assert found["reason"] == "given_share"


def test_a_project_that_brought_more_than_it_signed_owes_nothing() -> None:
    projects = projects_of([("a", "2011-01-01", 100.0, True), ("b", "2011-01-01", 100.0, True)])
    funding = funding_of([("a", "2011-03-01", 150.0)])
    found = only(year_end_forecast(funding, method="pipeline", projects=projects, conversion=1.0))
    assert (found["outstanding_cny_10k"], found["forecast_cny_10k"]) == (100, 250)


def test_capital_that_arrived_at_no_known_time_had_arrived_before() -> None:
    projects = projects_of([("a", "2011-01-01", 100.0, True)])
    funding = pd.concat(
        [funding_of([("a", None, 30.0)], precision="unknown"), funding_of([("a", "2011-03-01", 10.0)])]
    )
    found = only(year_end_forecast(funding, method="pipeline", projects=projects, conversion=1.0))
    assert found["outstanding_cny_10k"] == 60


@pytest.mark.parametrize("month", [1, 2])
def test_before_march_there_is_no_forecast(month: int) -> None:
    rows = [*months([1.0] * 12, 2009), *months([1.0] * 12, 2010), *months([1.0] * month)]
    result = year_end_forecast(funding_of(rows), method=None, projects=projects_of(PIPELINE))
    assert result["method"].tolist() == ["run_rate", "seasonal", "pipeline"]
    assert result["reason"].tolist() == ["too_early"] * 3
    assert result[ENDS].isna().all(axis=None)
    assert result["ytd_cny_10k"].tolist() == [month] * 3


def test_each_refusal_is_a_row_with_its_reason() -> None:
    short = funding_of(months([1.0, 2.0, 3.0]))
    signed, unknown = (
        projects_of([("a", "2011-01-01", 9.0, True)]),
        projects_of([("a", "2011-01-01", None, True)]),
    )
    cases = {
        "too_few_years": year_end_forecast(short, method="seasonal"),
        "no_history": year_end_forecast(short, method="pipeline", projects=signed),
        "no_signed_amount": year_end_forecast(short, method="pipeline", projects=unknown),
        "no_amount": year_end_forecast(funding_of(months([None, None, None]))),
        "no_report": year_end_forecast(funding_of([("a", "2011-01-01", 9.0)], precision="year")),
    }
    assert {reason: only(result)["reason"] for reason, result in cases.items()} == {
        name: name for name in cases
    }
    assert all(only(result)[ENDS].isna().all() for result in cases.values())
    assert set(cases) <= set(codes("refusals"))


def test_one_known_month_gives_a_forecast_without_an_interval() -> None:
    found = only(year_end_forecast(funding_of([("a", "2011-03-01", 30.0)])))
    assert (found["forecast_cny_10k"], found["reason"]) == (120, "too_few_months")
    assert found[["low_cny_10k", "high_cny_10k"]].isna().all()


def test_a_year_to_date_of_march_counts_and_is_no_month() -> None:
    funding = pd.concat(
        [funding_of([("a", "2011-03-01", 90.0)], precision="year"), funding_of([("a", "2011-04-01", 30.0)])]
    )
    found = only(year_end_forecast(funding))
    assert (found["ytd_cny_10k"], found["forecast_cny_10k"], found["reason"]) == (120, 360, "too_few_months")


@pytest.mark.parametrize("method", ["run_rate", "seasonal", "pipeline"])
def test_a_year_that_is_over_is_what_it_is(method: str) -> None:
    found = only(
        year_end_forecast(funding_of(months([10.0, 0.0] * 6)), method=method, projects=projects_of(PIPELINE))
    )
    assert found[ENDS].tolist() == [60, 60, 60]


def test_the_lower_end_is_not_below_what_arrived_unless_a_month_was_negative() -> None:
    wild = only(year_end_forecast(funding_of(months([0.0, 0.0, 900.0]))))
    assert wild["low_cny_10k"] == wild["ytd_cny_10k"] == 900
    back = only(year_end_forecast(funding_of(months([0.0, -1.0, 900.0]))))
    assert back["low_cny_10k"] < 0


def test_a_later_month_than_the_last_report_is_not_known() -> None:
    found = only(year_end_forecast(funding_of(months([100.0] * 5)), as_of="2011-11"))
    assert (found["n_months"], found["forecast_cny_10k"]) == (5, 1200)
    assert found["as_of"] == pd.Timestamp("2011-05-01")


def test_months_after_the_month_asked_for_are_not_looked_at() -> None:
    found = only(year_end_forecast(funding_of(months([100.0] * 4 + [9999.0] * 3)), as_of="2011-04-30"))
    assert found[ENDS].tolist() == [1200, 1200, 1200]


def test_other_kinds_of_capital_are_forecast_apart() -> None:
    funding = pd.concat([funding_of(months([100.0] * 3)), funding_of(months([7.0] * 3), kind="completed")])
    assert only(year_end_forecast(funding, kind="completed"))["forecast_cny_10k"] == 84


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"method": "guess"}, r"method.*run_rate.*'guess'"),
        ({"kind": "paid"}, r"kind.*arrived.*'paid'"),
        ({"method": "pipeline"}, r"pipeline.*projects"),
        ({"years": 1}, r"years.*2.*1"),
        ({"level": 80}, r"level.*80"),
        ({"conversion": 1.5}, r"conversion.*1\.5"),
        ({"as_of": "later"}, r"as_of.*'later'"),
    ],
)
def test_wrong_arguments_are_refused_by_name(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ChoiceError, match=message):
        year_end_forecast(funding_of(months([1.0])), **wrong)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match=r"year_end_forecast.*Funding.*precision"):
        year_end_forecast(funding_of([]).drop(columns="precision"))


def test_every_engine_gives_the_same_forecasts(on_engine: Convert) -> None:
    funding = pd.concat(
        [funding_of([*ARRIVED, ("zz", None, 1.0)]), funding_of([("a", "2011-02-01", 4.0)], precision="year")]
    )
    projects = projects_of(PIPELINE)
    expected = year_end_forecast(funding, method=None, projects=projects, as_of="2011-06")
    assert expected["forecast_cny_10k"].notna().tolist() == [True, True, True]
    found = year_end_forecast(on_engine(funding), method=None, projects=on_engine(projects), as_of="2011-06")
    pd.testing.assert_frame_equal(found, expected)


def test_tables_without_rows_give_a_result_without_rows(on_engine: Convert) -> None:
    frames = on_engine(funding_of([])), on_engine(projects_of([]))
    assert year_end_forecast(frames[0], method=None, projects=frames[1]).empty


few = settings(max_examples=15, deadline=None)
levels = st.sampled_from([0.5, 0.8, 0.95])


@few
@given(st.integers(100, 1000), st.integers(1, 80), levels)
def test_the_interval_widens_with_fewer_months(base: int, share: int, level: float) -> None:
    # Months base - d, base + d, …: the spread stays, what is known grows from 4 to 10 months.
    step = base * share / 100
    year = [base + (step if month % 2 else -step) for month in range(12)]
    funding = funding_of(months(year))
    half = {
        n: (row := only(year_end_forecast(funding, as_of=f"2011-{n:02d}", level=level)))["high_cny_10k"]
        - row["forecast_cny_10k"]
        for n in (4, 6, 8, 10)
    }
    assert half[4] > half[6] > half[8] > half[10] > 0


@few
@given(st.lists(st.integers(0, 1000).map(float), min_size=3, max_size=11))
def test_a_higher_level_is_a_wider_interval_around_the_same_forecast(amounts: list[float]) -> None:
    funding = funding_of(months(list(amounts)))
    rows = [only(year_end_forecast(funding, level=level)) for level in (0.5, 0.8, 0.95)]
    assert len({row["forecast_cny_10k"] for row in rows}) == 1
    assert [row["forecast_cny_10k"] for row in rows] == pytest.approx([sum(amounts) / len(amounts) * 12] * 3)
    for narrow, wide in pairwise(rows):
        assert wide["low_cny_10k"] <= narrow["low_cny_10k"] <= narrow["forecast_cny_10k"]
        assert narrow["forecast_cny_10k"] <= narrow["high_cny_10k"] <= wide["high_cny_10k"]


@few
@given(st.lists(st.integers(0, 1000).map(float), min_size=24, max_size=31), st.integers(2, 9))
def test_every_method_scales_with_the_amounts(amounts: list[float], factor: int) -> None:
    rows = [
        ("a", on, amount)
        for on, amount in zip(pd.date_range("2009-01-01", periods=99, freq="MS"), amounts, strict=False)
    ]
    projects = projects_of([("a", "2009-01-01", 40_000.0, True)])
    one = year_end_forecast(funding_of(rows), method=None, projects=projects)
    more = year_end_forecast(
        funding_of([(name, on, amount * factor) for name, on, amount in rows]),
        method=None, projects=projects.assign(signed_cny_10k=40_000.0 * factor),
    )  # fmt: skip
    assert more["reason"].fillna("").tolist() == one["reason"].fillna("").tolist()
    for name in [*ENDS, "outstanding_cny_10k"]:
        np.testing.assert_allclose(more[name], one[name] * factor, rtol=1e-9)


@few
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 30), st.none() | st.integers(-5, 99).map(float)),
        max_size=12,
    )
)
def test_the_order_of_rows_does_not_matter_and_the_arguments_stay(drawn: list[Any]) -> None:
    starts = pd.date_range("2009-01-01", periods=31, freq="MS")
    funding, projects = (
        funding_of([(name, starts[i], amount) for name, i, amount in drawn]),
        projects_of(PIPELINE),
    )
    before = funding.copy()
    result = year_end_forecast(funding, method=None, projects=projects)
    pd.testing.assert_frame_equal(funding, before)
    again = year_end_forecast(funding[::-1], method=None, projects=projects[::-1])
    pd.testing.assert_frame_equal(again, result)
    assert (result["forecast_cny_10k"].notna() | result["reason"].notna()).all()
