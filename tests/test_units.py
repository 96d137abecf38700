"""A unit is read from its words, and only where a unit is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.codelists import codes
from meishan_stats.units import Unit, parse_unit, parse_unit_alternatives, strip_unit


def money(factor: float, currency: str | None = "CNY") -> Unit:
    return Unit("money", factor, currency)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", money(1.0)),
        ("（万元）", money(1.0)),
        ("(亿美元)", money(10000.0, "USD")),
        ("千元", money(0.1)),
        ("元", money(0.0001)),
        ("百万元", money(100.0)),
        ("千万元", money(1000.0)),
        ("十亿元", money(100000.0)),
        ("(in US$ millions)", money(100.0, "USD")),
        ("USD mn", money(100.0, "USD")),
        ("US$m", money(100.0, "USD")),
        ("Investment (US $ in millions)", money(100.0, "USD")),
        ("USD thousand", money(0.1, "USD")),
        ("$ billion", money(100000.0, "USD")),
        ("Quantity in Millions", money(100.0, None)),
        ("金额（人民币万元）", money(1.0)),
        ("RMB 10,000", money(1.0)),
        ("(10 000 yuan)", money(1.0)),
        ("100 million yuan", money(10000.0)),
        ("US$ '000", money(0.1, "USD")),
        ("(Amounts in RMB 10,000 unless otherwise stated)", money(1.0)),
        ("Unit: HK$ million", money(100.0, "HKD")),
        ("新台币万元", money(1.0, "TWD")),
        ("港币百万元", money(100.0, "HKD")),
        ("万元人民币", money(1.0)),
        ("[萬元]", money(1.0)),
        ("单位：万元  填表日期：2011年9月", money(1.0)),
        ("填报单位：长兴县 单位：亿元", money(10000.0)),
        ("年产值（万元/年）", money(1.0)),
        ("Rs. crore", money(1000.0, "INR")),
        ("万", money(1.0, None)),
        ("亩", Unit("land", 1.0)),
        ("公顷", Unit("land", 15.0)),
        ("Area (hectares)", Unit("land", 15.0)),
        ("平方公里", Unit("land", 1500.0)),
        ("㎡", Unit("area", 1.0)),
        ("万平方米", Unit("area", 10000.0)),
        ("千平方米", Unit("area", 1000.0)),
        ("（人）", Unit("count", 1.0)),
        ("同比增长（％）", Unit("percent", 0.01)),
    ],
)
def test_a_unit_is_scale_times_currency_or_measure(text: str, unit: Unit) -> None:
    assert parse_unit(text) == unit


@pytest.mark.parametrize(
    "text",
    ["责任单位", "投资单位", "建设单位", "责任单位：示例镇", "备注（进度）", "到位资金（1-9月）", "道路长度（m）",
     "超5000万元", "上亿元", "联系人", "项次", "（十）", "（10）", "吨", "2011年", "Contracts won", ""],
)  # fmt: skip
def test_what_is_no_unit_is_none(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize(
    ("header", "stem", "unit"),
    [
        ("总投资(万元)", "总投资", "万元"),
        ("总投资万元", "总投资", "万元"),
        ("总投资／万元", "总投资", "万元"),
        ("总投资（单位：万元）", "总投资", "万元"),
        ("Total cost (US$ million)", "Total cost", "US$ million"),
        ("Total cost (in US$ million)", "Total cost", "US$ million"),
        ("Quantity in Millions", "Quantity", "Millions"),
        ("Cost, $ million", "Cost", "$ million"),
        ("用地面积（亩）", "用地面积", "亩"),
        ("1-9月到位资金（万元）累计", "1-9月到位资金累计", "万元"),
        ("到位资金（万元，1-9月）", "到位资金（1-9月）", "万元"),
        ("完成%", "完成", "%"),
        ("投资强度（万元/亩）", "投资强度", "万元/亩"),
        ("投资金额（亿美元/亿元）", "投资金额", "亿美元/亿元"),
    ],
)
def test_a_header_gives_up_its_unit(header: str, stem: str, unit: str) -> None:
    assert strip_unit(header) == (stem, unit)


@pytest.mark.parametrize(
    "header",
    [
        "备注（进度）",
        "到位资金（1-9月）",
        "责任单位",
        "负责人",
        "户名",
        "项次",
        "多元",
        "超5000万元",
        "人数",
        "Contracts won",
    ],
)
def test_a_header_without_a_unit_stays_as_it_is(header: str) -> None:
    assert strip_unit(header) == (header, None)


def test_alternatives_keep_one_unit_per_currency() -> None:
    both = [money(10000.0, "USD"), money(10000.0, "CNY")]
    assert parse_unit_alternatives("投资金额（亿美元/亿元）") == both
    assert parse_unit_alternatives("总投资（亿美元/元）") == both


def test_alternatives_that_agree_in_scale_leave_the_currency_open_and_others_give_no_unit() -> None:
    assert parse_unit("亿美元/亿元") == money(10000.0, None)
    assert parse_unit("万美元/亿元") is None


def test_a_note_with_several_dimensions_gives_the_one_asked_for() -> None:
    assert parse_unit("单位:万美元、亩") == money(1.0, "USD")
    assert parse_unit("单位:万美元、亩", "land") == Unit("land", 1.0)
    assert parse_unit("单位：万平方米", "land") == Unit("land", 15.0)


def test_money_per_land_is_never_money() -> None:
    assert parse_unit("投资强度（万元/亩）") == Unit("ratio", 1.0, "CNY")
    assert parse_unit("投资强度（万元/亩）", "money") is None
    per_hectare = parse_unit("万元/公顷")
    assert per_hectare is not None
    assert per_hectare.factor == pytest.approx(1 / 15)


def test_brackets_around_a_label_and_scale_that_stand_apart_are_put_together() -> None:
    assert parse_unit("Investment in US Dollars (Millions)") == money(100.0, "USD")
    assert parse_unit("总投资（美元，万）") == money(1.0, "USD")


SCALES = {"": 0.0001, "千": 0.1, "万": 1.0, "百万": 100.0, "千万": 1000.0, "亿": 10000.0, "十亿": 100000.0}
CURRENCIES = {
    "元": "CNY",
    "美元": "USD",
    "港币": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
    "韩元": "KRW",
}
ENGLISH = {"thousand": 0.1, "million": 100.0, "mn": 100.0, "billion": 100000.0, "bn": 100000.0}


@given(st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(CURRENCIES)))
def test_every_chinese_scale_goes_with_every_currency(scale: str, currency: str) -> None:
    expected = money(SCALES[scale], CURRENCIES[currency])
    assert parse_unit(f"单位：{scale}{currency}") == expected
    assert parse_unit(f"总投资（{scale}{currency}）") == expected


@given(st.sampled_from(sorted(ENGLISH)), st.sampled_from(codes("currencies")))
def test_every_english_scale_goes_with_every_currency_code(scale: str, code: str) -> None:
    expected = money(ENGLISH[scale], code)
    assert parse_unit(f"{code} {scale}") == expected
    assert parse_unit(f"Total cost ({code} {scale})") == expected


@given(st.text())
def test_any_text_has_a_unit_or_none_and_a_header(text: str) -> None:
    header, unit = strip_unit(text)
    assert isinstance(header, str)
    assert unit is None or parse_unit(unit) is not None or parse_unit_alternatives(unit)
