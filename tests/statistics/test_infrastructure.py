"""Infrastructure: planned and spent, who pays, targets, with sums worked out by hand."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Infrastructure, Targets, conform
from meishan_stats.statistics.infrastructure import infrastructure_progress

Convert = Callable[[pd.DataFrame], Any]
NAMES = ["item", "kind", "period", "amount_cny_10k", "is_planned", "payer", "land_mu"]


def items_of(rows: list[tuple[Any, ...]], file: str = "a.xlsx") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=NAMES)
    frame["period"] = pd.to_datetime(frame["period"])
    return conform(frame.assign(office="示例镇", source_file=file, source_sheet="基础设施"), Infrastructure)


def targets_of(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["year", "indicator", "amount_cny_10k"])
    return conform(frame.assign(office="示例镇"), Targets)


ITEMS = [
    ("道路", "交通", "2011-06-01", 5000.0, True, None, 30.0),
    ("道路", "交通", "2011-06-01", 1800.0, False, "public", 30.0),
    ("道路", "交通", "2011-06-01", 1200.0, False, "private", None),
    ("桥梁", "交通", "2011-06-01", None, True, None, None),
    ("污水厂", "环保", "2011-06-01", 1000.0, False, "mixed", 10.0),
    ("广场", None, "2011-06-01", 400.0, False, None, None),
    ("绿化", None, "2011-06-01", 300.0, None, None, None),
]


def test_a_kind_has_what_is_planned_and_spent_its_payers_and_its_land_once() -> None:
    result = infrastructure_progress(items_of(ITEMS)).set_index("kind")
    roads = result.loc["交通"]
    assert (roads["n_items"], roads["planned_cny_10k"], roads["completed_cny_10k"]) == (2, 5000, 3000)
    assert (roads["n_planned_known"], roads["n_planned_missing"], roads["n_completed_missing"]) == (1, 1, 0)
    assert roads["attainment"] == 0.6
    assert (roads["completed_public_cny_10k"], roads["completed_private_cny_10k"]) == (1800, 1200)
    assert roads["completed_private_share"] == 0.4
    assert (roads["planned_unknown_cny_10k"], roads["land_mu"], roads["n_land_known"]) == (5000, 30, 1)
    assert pd.isna(roads["planned_private_share"])


def test_the_total_comes_last_adds_the_kinds_and_alone_has_the_target() -> None:
    targets = targets_of(
        [(2011, "基础设施投入", 8000.0), (2011, "园区建设投入", 5000.0), (2011, "利用县外资金", 35000.0)]
    )
    result = infrastructure_progress(items_of(ITEMS), targets)
    assert result["is_total"].tolist() == [False, False, False, True]
    total = result.iloc[-1]
    assert (total["planned_cny_10k"], total["completed_cny_10k"], total["land_mu"]) == (5000, 4400, 40)
    assert (total["target_cny_10k"], total["n_targets"]) == (8000, 2)
    assert total["target_attainment"] == pytest.approx(0.55)
    # 1 200 of 1 800 + 1 200 + 1 000; the 400 of an unknown payer are in neither.
    assert total["completed_private_share"] == pytest.approx(0.3)
    assert total["completed_unknown_cny_10k"] == 400
    assert total["n_plan_unknown"] == 1
    assert result["target_cny_10k"].notna().tolist() == [False, False, False, True]


def test_a_kind_that_is_not_known_is_a_row_of_its_own_before_the_total() -> None:
    result = infrastructure_progress(items_of(ITEMS))
    assert result["kind"].fillna("?").tolist() == ["交通", "环保", "?", "?"]
    assert result["completed_cny_10k"].tolist() == [3000, 1000, 400, 4400]


def test_an_item_restated_by_a_later_workbook_counts_as_last_stated() -> None:
    june = items_of([("道路", "交通", "2011-06-01", 1800.0, False, "public", None)])
    july = items_of([("道路", "交通", "2011-07-01", 2500.0, False, "public", None)], "b.xlsx")
    result = infrastructure_progress(pd.concat([july, june]))
    assert result["completed_cny_10k"].tolist() == [2500, 2500]
    assert set(result["as_of"]) == {pd.Timestamp("2011-07-01")}


def test_months_that_one_sheet_puts_side_by_side_add_up() -> None:
    rows = [("道路", "交通", month, 100.0, False, None, None) for month in ("2011-01-01", "2011-02-01")]
    assert infrastructure_progress(items_of(rows))["completed_cny_10k"].tolist() == [200, 200]


def test_years_are_apart_and_one_can_be_chosen() -> None:
    rows = [("道路", "交通", month, 100.0, False, None, None) for month in ("2010-01-01", "2011-02-01")]
    assert infrastructure_progress(items_of(rows))["year"].tolist() == [2010, 2010, 2011, 2011]
    assert infrastructure_progress(items_of(rows), year=2011)["year"].tolist() == [2011, 2011]


def test_a_year_with_a_target_and_no_item_has_a_total_without_amounts() -> None:
    result = infrastructure_progress(items_of([]), targets_of([(2011, "基础设施投入", 5000.0)]))
    assert result["target_cny_10k"].tolist() == [5000]
    assert result["completed_cny_10k"].isna().all()
    assert result["target_attainment"].isna().all()


def test_invented_rows_are_marked() -> None:
    assert infrastructure_progress(items_of(ITEMS).assign(is_demo=True))["is_demo"].all()
    assert not infrastructure_progress(items_of(ITEMS))["is_demo"].any()


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(ChoiceError, match=r"year.*'June'"):
        infrastructure_progress(items_of(ITEMS), year="June")  # type: ignore[arg-type]
    with pytest.raises(TableError, match=r"infrastructure_progress.*Infrastructure.*payer"):
        infrastructure_progress(items_of(ITEMS).drop(columns="payer"))
    with pytest.raises(TableError, match=r"infrastructure_progress.*Targets.*indicator"):
        infrastructure_progress(items_of(ITEMS), targets_of([]).drop(columns="indicator"))


def test_every_engine_gives_the_same_table(on_engine: Convert) -> None:
    targets = targets_of([(2011, "基础设施投入", 5000.0)])
    expected = infrastructure_progress(items_of(ITEMS), targets)
    found = infrastructure_progress(on_engine(items_of(ITEMS)), on_engine(targets))
    pd.testing.assert_frame_equal(found, expected)
    assert infrastructure_progress(on_engine(items_of([])), on_engine(targets_of([]))).empty


rows_of_items = st.lists(
    st.tuples(
        st.uuids().map(str),
        st.sampled_from(["交通", "环保", None]),
        st.sampled_from(["2010-05-01", "2011-06-01", None]),
        st.none() | st.integers(0, 5000).map(float),
        st.sampled_from([True, False, None]),
        st.sampled_from(["public", "private", "mixed", None]),
        st.none() | st.integers(1, 50).map(float),
    ),
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(rows_of_items)
def test_kinds_add_up_to_totals_and_payers_to_amounts(rows: list[Any]) -> None:
    items = items_of(rows)
    result = infrastructure_progress(items)
    kinds, whole = result[~result["is_total"]], result[result["is_total"]]
    for name, flag in (("planned", True), ("completed", False)):
        stated = sum(row[3] or 0 for row in rows if row[4] is flag)
        assert kinds[f"{name}_cny_10k"].sum() == whole[f"{name}_cny_10k"].sum() == stated
        payers = [f"{name}_{payer}_cny_10k" for payer in ("public", "private", "mixed", "unknown")]
        assert whole[payers].sum().sum() == stated
        assert whole[f"{name}_private_share"].dropna().between(0, 1).all()
    assert whole["n_items"].sum() == len(rows)
    assert whole["land_mu"].sum() == sum(row[6] or 0 for row in rows)
    pd.testing.assert_frame_equal(infrastructure_progress(items[::-1]), result)


def test_works_known_to_the_year_alone_give_no_month_of_report() -> None:
    works = conform(pd.DataFrame({
        "office": "示例镇", "item": "道路", "period": pd.Timestamp("2011-01-01"), "precision": "year",
        "amount_cny_10k": 5000.0, "is_planned": True,
    }, index=[0]), Infrastructure)  # fmt: skip
    assert infrastructure_progress(works)["as_of"].isna().all()
