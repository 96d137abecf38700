"""Figures that cannot both be true: the published cases, and that figures which can are not doubted."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Problems, Projects, columns, conform
from meishan_stats.statistics.checks import amount_hierarchy, growth_consistency, rate_consistency

Convert = Callable[[pd.DataFrame], Any]
PLACE = {"source_file": "f.xlsx", "source_sheet": "表1", "source_row": 5}


def parts_of(*parts: tuple[str, float | None, float | None], office: str = "涪陵") -> pd.DataFrame:
    return pd.DataFrame(parts, columns=["part", "value", "growth"]).assign(office=office)


def total_of(growth: float | None, office: str = "涪陵", **more: Any) -> pd.DataFrame:
    return pd.DataFrame([{"office": office, "growth": growth, **more}])


FULING = (("新签", 9.2, 0.171), ("续建", 124.5, -0.073))


def test_fuling_2015_cannot_grow_by_7_9_per_cent_where_its_parts_give_minus_5_9() -> None:
    # cnfl.com.cn: 9.2 / 1.171 + 124.5 / 0.927 = 7.86 + 134.30 = 142.16 a year before; 133.7 / 142.16 - 1
    found = growth_consistency(parts_of(*FULING), total_of(0.079, **PLACE))
    assert found["code"].tolist() == ["growth_inconsistent"]
    row = found.iloc[0]
    assert (row["office"], row["source_file"], row["source_row"]) == ("涪陵", "f.xlsx", 5)
    assert (
        "-5.95%" in row["message_zh"] and "7.90%" in row["message_zh"] and "新签、续建" in row["message_zh"]
    )
    assert "-5.95%" in row["message_en"] and "新签, 续建" in row["message_en"]


def test_a_growth_that_its_parts_give_to_rounding_is_not_doubted() -> None:
    assert growth_consistency(parts_of(*FULING), total_of(-0.059)).empty
    assert len(growth_consistency(parts_of(*FULING), total_of(-0.059), tolerance_pp=0.01)) == 1


def test_a_total_of_which_a_part_is_not_known_is_not_doubted() -> None:
    for part in (("改建", None, 0.1), ("改建", 5.0, None), ("改建", 0.0, -1.0)):
        assert growth_consistency(parts_of(*FULING, part), total_of(0.5)).empty
    assert growth_consistency(parts_of(*FULING), total_of(None)).empty
    assert growth_consistency(parts_of(*FULING), total_of(0.5, office="别处")).empty


def test_totals_are_told_apart_by_the_columns_that_are_named() -> None:
    parts = pd.concat([parts_of(*FULING).assign(year=2014), parts_of(("新签", 110.0, 0.1)).assign(year=2015)])
    totals = pd.concat([total_of(0.079, year=2014), total_of(0.1, year=2015)])
    found = growth_consistency(parts, totals, by=("office", "year"))
    assert len(found) == 1
    with pytest.raises(TableError, match=r"totals.*office"):
        growth_consistency(parts, totals)


def rates_of(*rows: tuple[str, float | None, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["office", "rate", "numerator", "denominator"])
    return frame.assign(name="到资率", **PLACE)


def test_wuxing_prints_61_8_per_cent_where_its_terms_give_52_3_and_deqing_agrees() -> None:
    # zj123.com, 万美元; mgs.cn, 万元
    found = rate_consistency(rates_of(("吴兴", 0.618, 13_037, 24_923), ("德清", 1.1727, 82_086, 70_000)))
    assert found["office"].tolist() == ["吴兴"]
    row = found.iloc[0]
    assert row["code"] == "rate_inconsistent"
    assert "61.80%" in row["message_zh"] and "52.31%" in row["message_zh"] and "到资率" in row["message_zh"]
    assert "13037 / 24923 is 52.31%" in row["message_en"]
    assert (row["source_sheet"], row["source_row"]) == ("表1", 5)


def test_rates_of_published_cohorts_agree_with_their_terms() -> None:
    # ytjhdl.cn: three fairs of one county
    assert rate_consistency(
        rates_of(("甘肃", 0.4559, 2794.49, 6129.09), ("甘肃", 0.8298, 907, 1093), ("甘肃", 0.3669, 401, 1093))
    ).empty


def test_a_rate_without_a_base_or_not_stated_is_not_doubted() -> None:
    assert rate_consistency(rates_of(("x", 0.5, 1, 0), ("x", 0.5, 1, -2), ("x", None, 1, 2))).empty


@pytest.mark.parametrize("check", [growth_consistency, rate_consistency])
def test_a_missing_column_and_a_wrong_tolerance_are_refused(check: Callable[..., pd.DataFrame]) -> None:
    frames = (
        (parts_of(*FULING), total_of(0.1)) if check is growth_consistency else (rates_of(("x", 1.0, 1, 1)),)
    )
    with pytest.raises(ChoiceError, match=r"tolerance_pp.*-1"):
        check(*frames, tolerance_pp=-1)
    with pytest.raises(TableError, match=rf"{check.__name__}.*office"):
        check(frames[0].drop(columns="office"), *frames[1:])


def projects_of(*rows: dict[str, Any]) -> pd.DataFrame:
    about = {"office": "示例镇", "name": "甲", "sector": "other", "is_demo": True, "currency": "CNY", **PLACE}
    return conform(pd.DataFrame([{"project_id": "a", **about, **row} for row in rows]), Projects)


def funding_of(*amounts: float | None, currency: str = "CNY", kind: str = "arrived") -> pd.DataFrame:
    frame = pd.DataFrame({"amount_10k": list(amounts), "period": pd.Timestamp("2011-01-01")})
    about = {"office": "示例镇", "project_id": "a", "name": "甲", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, currency=currency, kind=kind), Funding)


@pytest.mark.parametrize(
    ("amounts", "code"),
    [
        (
            {"equipment_10k": 60.0, "fixed_asset_10k": 50.0, "total_investment_10k": 90.0},
            "equipment_exceeds_fixed",
        ),
        ({"equipment_10k": 60.0, "total_investment_10k": 50.0}, "equipment_exceeds_total"),
        ({"fixed_asset_10k": 60.0, "total_investment_10k": 50.0}, "fixed_exceeds_total"),
        (
            {"signed_10k": 60.0, "signed_currency": "CNY", "total_investment_10k": 50.0},
            "signed_exceeds_total",
        ),
    ],
)
def test_an_amount_above_what_holds_it_is_told_at_its_row(amounts: dict[str, Any], code: str) -> None:
    found = amount_hierarchy(projects_of(amounts))
    assert found["code"].tolist() == [code]
    row = found.iloc[0]
    assert (row["source_file"], row["source_sheet"], row["source_row"]) == ("f.xlsx", "表1", 5)
    assert "60" in row["message_zh"] and "50" in row["message_zh"]
    assert "60" in row["message_en"] and "?" not in row["message_en"]


def test_arrived_capital_is_held_against_the_signed_amount_else_against_the_total() -> None:
    signed = {"signed_10k": 50.0, "signed_currency": "CNY", "total_investment_10k": 90.0}
    funding = funding_of(40.0, 20.0)
    assert amount_hierarchy(projects_of(signed), funding)["code"].tolist() == ["arrived_exceeds_signed"]
    total = projects_of({"total_investment_10k": 50.0})
    assert amount_hierarchy(total, funding)["code"].tolist() == ["arrived_exceeds_total"]
    assert amount_hierarchy(total, funding_of(60.0, kind="completed")).empty
    assert amount_hierarchy(total).empty


def test_amounts_of_two_currencies_are_not_compared() -> None:
    dollars = {"signed_10k": 60.0, "signed_currency": "CNY", "currency": "USD", "total_investment_10k": 50.0}
    assert amount_hierarchy(projects_of(dollars)).empty
    assert amount_hierarchy(
        projects_of({"total_investment_10k": 50.0}), funding_of(60.0, currency="USD")
    ).empty
    mixed = pd.concat([funding_of(30.0), funding_of(30.0, currency="USD")])
    assert amount_hierarchy(projects_of({"total_investment_10k": 50.0}), mixed).empty


def test_equal_and_missing_amounts_are_no_doubt() -> None:
    equal = {"equipment_10k": 50.0, "fixed_asset_10k": 50.0, "total_investment_10k": 50.001}
    assert amount_hierarchy(projects_of(equal, {"project_id": "b"})).empty


def test_every_amount_of_a_project_is_looked_at() -> None:
    amounts = {"equipment_10k": 3.0, "fixed_asset_10k": 2.0, "total_investment_10k": 1.0}
    found = amount_hierarchy(
        projects_of({**amounts, "signed_10k": 4.0, "signed_currency": "CNY"}), funding_of(5.0)
    )
    assert set(found["code"]) == {
        "equipment_exceeds_fixed", "fixed_exceeds_total", "signed_exceeds_total", "arrived_exceeds_signed",
    }  # fmt: skip


def test_a_project_that_stands_twice_is_refused() -> None:
    with pytest.raises(TableError, match=r"amount_hierarchy.*project_id"):
        amount_hierarchy(projects_of({}, {}))


def test_doubts_are_rows_of_the_table_of_problems(on_engine: Convert) -> None:
    projects = projects_of(
        {"fixed_asset_10k": 60.0, "total_investment_10k": 50.0},
        {"project_id": "b", "total_investment_10k": None},
    )
    found = amount_hierarchy(on_engine(projects), on_engine(funding_of(70.0, None)))
    assert found.columns.tolist() == list(columns(Problems))
    assert found["code"].tolist() == ["arrived_exceeds_total", "fixed_exceeds_total"]
    pd.testing.assert_frame_equal(found, amount_hierarchy(projects, funding_of(70.0, None)))


def test_no_projects_no_doubt(on_engine: Convert) -> None:
    assert amount_hierarchy(on_engine(projects_of({})[:0]), on_engine(funding_of(1.0)[:0])).empty


few = settings(max_examples=25, deadline=None)
values = st.integers(1, 1000).map(float)


@few
@given(st.lists(st.tuples(values, values), min_size=1, max_size=5), st.floats(0.006, 0.5))
def test_a_total_added_up_from_its_parts_is_never_doubted_and_one_that_is_off_always(
    pairs: list[tuple[float, float]], off: float
) -> None:
    parts = parts_of(*((f"p{i}", now, now / before - 1) for i, (now, before) in enumerate(pairs)))
    true = sum(now for now, _ in pairs) / sum(before for _, before in pairs) - 1
    assert growth_consistency(parts, total_of(true), tolerance_pp=1e-6).empty
    assert len(growth_consistency(parts, total_of(true + off))) == 1
    assert len(growth_consistency(parts[::-1], total_of(true - off))) == 1


@few
@given(st.lists(st.tuples(values, values), max_size=5))
def test_a_rate_rounded_to_two_decimals_of_a_per_cent_is_never_doubted(
    pairs: list[tuple[float, float]],
) -> None:
    rates = rates_of(*(("x", round(a / b, 4), a, b) for a, b in pairs))
    before = rates.copy()
    assert rate_consistency(rates, tolerance_pp=0.005).empty
    pd.testing.assert_frame_equal(rates, before)


amounts_of_a_project = st.fixed_dictionaries(
    {
        f"{name}_10k": st.none() | st.integers(0, 9).map(float)
        for name in ("equipment", "fixed_asset", "total_investment", "signed")
    }
)


@few
@given(amounts_of_a_project)
def test_the_doubts_are_those_of_an_explicit_comparison(amounts: dict[str, float | None]) -> None:
    e, f, t, s = (
        amounts[f"{name}_10k"] for name in ("equipment", "fixed_asset", "total_investment", "signed")
    )
    holder = f if f is not None else t
    expected = {
        "equipment": e is not None and holder is not None and e > holder,
        "fixed": f is not None and t is not None and f > t,
        "signed": s is not None and t is not None and s > t,
    }
    found = amount_hierarchy(projects_of({**amounts, "signed_currency": "CNY"}))
    assert sorted(found["code"].str.split("_").str[0]) == sorted(
        name for name, is_so in expected.items() if is_so
    )
