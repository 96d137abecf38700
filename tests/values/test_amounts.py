"""An amount cell is read in the unit of its column unless it says another, and every doubt has a code."""

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.units import Unit, parse_unit
from meishan_stats.values.amounts import COLUMNS, parse_amount_list, parse_amounts

WAN_YUAN = Unit("money", 1.0, "CNY")
YI_YUAN = Unit("money", 10000.0, "CNY")
WAN_DOLLARS = Unit("money", 1.0, "USD")


def read(cell: object, unit: Unit | None = WAN_YUAN, dimension: str = "money") -> pd.Series:
    return parse_amounts(pd.Series([cell], dtype=object), unit, dimension=dimension).iloc[0]


@pytest.mark.parametrize(
    "cell",
    [3600, 3600.0, Decimal("3600"), "3600", "3,600", "３６００", "3，600", "3 600", "3600.0", "+3600", "3600万", "3600万元",
     "3600 万 元", "0.36亿元", "三千六百万", "叁仟陆佰万元", "3千6百万", "36000000元", "3600萬元", "3600W", "人民币3600万元",
     "3600万元人民币", "RMB 36 million", "CNY36m", "¥3600万", "3600（万元）", "3600万元（一期）", "（3600万元）", "3600万元整",
     "总投资3600万元", "3600万元/年", "3600万元（约500万美元）", "3.6e3"],
)  # fmt: skip
def test_many_spellings_are_one_amount(cell: object) -> None:
    row = read(cell)
    assert row["amount"] == pytest.approx(3600.0, rel=1e-12)
    assert row["currency"] == "CNY"
    assert row["code"] is None


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("500万美元", 500.0, "USD"),
        ("USD500万", 500.0, "USD"),
        ("USD 5 million", 500.0, "USD"),
        ("$5m", 500.0, "USD"),
        ("US$1.2bn", 120000.0, "USD"),
        ("2亿港元", 20000.0, "HKD"),
        ("新台币2亿元", 20000.0, "TWD"),
        ("一亿二千万", 12000.0, "CNY"),
        ("1亿2000万", 12000.0, "CNY"),
        ("1.2亿（一期）", 12000.0, "CNY"),
        ("十亿", 100000.0, "CNY"),
        ("三万零五百元", 3.05, "CNY"),
    ],
)
def test_the_currency_and_scale_of_the_cell_win(cell: str, amount: float, currency: str) -> None:
    row = read(cell)
    assert (row["amount"], row["currency"], row["code"]) == (pytest.approx(amount), currency, None)


def test_a_scale_in_the_cell_takes_its_currency_from_the_column() -> None:
    assert read("500万", WAN_DOLLARS)["currency"] == "USD"
    assert read("3.5亿", YI_YUAN)["amount"] == 35000.0
    assert read("3.5亿", None)["amount"] == 35000.0
    assert read("3.5亿", None)["currency"] is None


def test_a_bare_number_without_a_unit_is_kept_as_typed_and_its_amount_is_missing() -> None:
    for cell in (3600, "3,600"):
        row = read(cell, None)
        assert row["number"] == 3600.0
        assert np.isnan(row["amount"])
        assert row["code"] == "unknown_unit"


def test_a_number_of_yuan_is_a_ten_thousandth() -> None:
    yuan = Unit("money", 0.0001, "CNY")
    assert read(36_000_000, yuan)["amount"] == 3600.0
    assert read("3600.00元", yuan)["amount"] == 0.36
    assert read("3600.00元", yuan)["code"] is None


def test_a_currency_without_scale_under_a_scaled_header_is_told() -> None:
    behind, in_front, formatted = read("500美元"), read("USD500"), read("￥3,600.00")
    assert (behind["amount"], behind["code"]) == (0.05, "ambiguous_unit")
    assert (in_front["amount"], in_front["code"]) == (500.0, "ambiguous_unit")
    assert (formatted["amount"], formatted["code"]) == (3600.0, None)
    written_out = read("US$500,000")
    assert (written_out["amount"], written_out["currency"]) == (50.0, "USD")
    assert written_out["code"] == "ambiguous_unit"


@pytest.mark.parametrize(
    "cell",
    ["约3000", "3000左右", "~3000", "～3000", "近3000", "3000余", "3000余万元", "about 3000", "3000（约）"],
)
def test_an_approximate_amount_is_kept(cell: str) -> None:
    row = read(cell)
    assert (row["amount"], row["code"]) == (3000.0, "approximate_amount")
    assert np.isnan(row["low"])


@pytest.mark.parametrize(
    "cell", ["5000以上", "≥5000", "不少于5000", "5000+", "5000万+", "超5000万元", "more than 5000"]
)
def test_a_lower_bound_is_an_approximate_amount(cell: str) -> None:
    row = read(cell)
    assert (row["amount"], row["low"], row["code"]) == (5000.0, 5000.0, "approximate_amount")
    assert np.isnan(row["high"])


def test_an_upper_bound_is_an_approximate_amount() -> None:
    row = read("不超过5000万元")
    assert (row["amount"], row["high"], row["code"]) == (5000.0, 5000.0, "approximate_amount")
    assert np.isnan(row["low"])


@pytest.mark.parametrize(
    "cell",
    [
        "3000-5000",
        "3000～5000万元",
        "3000至5000",
        "3000—5000",
        "3000万-5000万元",
        "0.3-0.5亿元",
        "3000万元到0.5亿元",
        "约3000-5000",
    ],
)
def test_a_range_has_bounds_and_no_amount(cell: str) -> None:
    row = read(cell)
    assert (row["low"], row["high"], row["code"]) == (3000.0, 5000.0, "range_amount")
    assert np.isnan(row["amount"])


def test_a_range_in_dollars_keeps_its_currency() -> None:
    row = read("USD 3-5 million")
    assert (row["low"], row["high"], row["currency"]) == (300.0, 500.0, "USD")


@pytest.mark.parametrize("cell", [-120, "-120", "(120)", "（120）", "△120", "▲120", "−120万元", "负120"])
def test_a_negative_amount_is_kept_and_told(cell: object) -> None:
    row = read(cell)
    assert (row["amount"], row["code"]) == (-120.0, "negative_amount")


@pytest.mark.parametrize("cell", [None, float("nan"), pd.NA, pd.NaT, "", " ", "—", "/", "无", "暂无", "待定"])
def test_a_blank_is_missing_without_a_problem(cell: object) -> None:
    row = read(cell)
    assert np.isnan(row["amount"])
    assert row["code"] is None


@pytest.mark.parametrize(
    "cell",
    ["117.27%", "13812345678", 13812345678, "0572-6012345", "2011年3月", "2011.3.15", "2011-3-15", "正在洽谈", "同上", True,
     datetime.datetime(2011, 3, 1), float("inf"), "9" * 400, "1.2.3", "1,2345", "3万5", "万元", "几百万", "5000亩", "3600*",
     "3600万元、500万美元", "一期3600万元", "其中：设备2000万元", "5000-3000", "500万泡泡", [3600], object()],
)  # fmt: skip
def test_what_is_no_single_amount_is_missing_and_told(cell: object) -> None:
    row = read(cell)
    assert np.isnan(row["amount"])
    assert row["code"] == "unparseable_amount"


def test_land_is_in_mu_and_area_in_square_metres() -> None:
    land = pd.Series(["30", "30亩", "2公顷", "20000㎡", "2万平方米", "0.02平方公里", "30万元"])
    read_land = parse_amounts(land, Unit("land", 1.0), dimension="land")
    assert read_land["amount"].tolist()[:6] == pytest.approx([30, 30, 30, 30, 30, 30])
    assert read_land["code"].tolist() == [None] * 6 + ["unparseable_amount"]
    area = parse_amounts(pd.Series(["3", "3㎡", "3.5万"]), parse_unit("万平方米"), dimension="area")
    assert area["amount"].tolist() == [30000.0, 3.0, 35000.0]


def test_persons_need_no_unit() -> None:
    table = parse_amounts(pd.Series(["8", "8人", 8, "约8名", "8万元"]), dimension="count")
    assert table["amount"].tolist()[:4] == [8.0] * 4
    assert table["code"].tolist() == [None, None, None, "approximate_amount", "unparseable_amount"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("3600万元、500万美元", [(3600.0, "CNY"), (500.0, "USD")]),
        ("3600万元500万美元", [(3600.0, "CNY"), (500.0, "USD")]),
        ("内资：3600万元；外资：500万美元", [(3600.0, "CNY"), (500.0, "USD")]),
        ("USD 5 million and RMB 30 million", [(500.0, "USD"), (3000.0, "CNY")]),
        ("3600万元，其中外资500万美元", [(3600.0, "CNY")]),
        ("3,600万元", [(3600.0, "CNY")]),
        ("3600万元、若干", []),
        ("3000-5000", []),
    ],
)
def test_a_subtotal_gives_one_amount_per_currency_or_nothing(
    text: str, amounts: list[tuple[float, str]]
) -> None:
    assert parse_amount_list(text, WAN_YUAN) == amounts


def test_the_table_keeps_the_index_and_does_not_change_the_cells() -> None:
    cells = pd.Series(["3600", None, 5], index=[7, 7, 2], dtype=object)
    before = cells.copy()
    table = parse_amounts(cells, WAN_YUAN)
    assert table.index.tolist() == [7, 7, 2]
    assert tuple(table.columns) == COLUMNS
    pd.testing.assert_series_equal(cells, before)


def test_every_kind_of_column_is_read() -> None:
    assert parse_amounts(pd.Series([1, None], dtype="Int64"), WAN_YUAN)["amount"].tolist()[0] == 1.0
    assert parse_amounts(pd.Series(["3万"], dtype="category"), WAN_YUAN)["amount"].tolist() == [3.0]
    assert parse_amounts(pd.Series([True, False]), WAN_YUAN)["code"].tolist() == ["unparseable_amount"] * 2
    assert parse_amounts(pd.Series([], dtype=object), WAN_YUAN).empty


NUMBERS = st.decimals(min_value="0.01", max_value="99999", places=2)


@given(NUMBERS)
def test_every_spelling_of_a_number_comes_back(number: Decimal) -> None:
    spellings = [
        number, float(number), f"{number}", f"{number:,}", f"{number}万元", f"{number / 10000:f}亿元", f"{number * 10000:f}元",
        f"RMB {number / 100:f} million", f"约{number}万元", f"{number}（一期）", f"{number}".translate(
            {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}
        ),
    ]  # fmt: skip
    amounts = parse_amounts(pd.Series(spellings, dtype=object), WAN_YUAN)["amount"]
    assert amounts.tolist() == pytest.approx([float(number)] * len(spellings), rel=1e-9)


@given(NUMBERS, NUMBERS)
def test_a_range_comes_back_in_order(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    row = read(f"{low}-{high}万元")
    assert (row["low"], row["high"]) == (float(low), float(high))


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_compound_of_yi_and_wan_is_their_sum(yi: int, wan: int) -> None:
    assert read(f"{yi}亿{wan}万元")["amount"] == yi * 10000 + wan


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.dates(), st.datetimes(), st.timedeltas(),
    st.complex_numbers(), st.binary(), st.lists(st.integers()), st.text(),
    st.text(alphabet="0123456789.,-~+()（）万亿元美$USD约以上至 e%"),
)  # fmt: skip


@given(
    st.lists(CELLS), st.sampled_from([None, WAN_YUAN, YI_YUAN]), st.sampled_from(["money", "land", "count"])
)
def test_no_cell_stops_the_reading_and_an_amount_is_finite_or_missing(
    cells: list[object], unit: Unit | None, dimension: str
) -> None:
    table = parse_amounts(pd.Series(cells, dtype=object), unit, dimension=dimension)
    assert len(table) == len(cells)
    assert not np.isinf(table["amount"]).any()
    is_error = table["code"].isin(["unparseable_amount", "unknown_unit", "range_amount"])
    assert table.loc[is_error, "amount"].isna().all()
    assert not (table["low"] > table["high"]).any()


@given(st.text())
def test_any_text_gives_a_list_of_amounts(text: str) -> None:
    assert all(np.isfinite(amount) for amount, _ in parse_amount_list(text, WAN_YUAN))
