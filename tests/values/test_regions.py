"""Regions: places, countries and the level of origin seen from home."""

import opencc
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.codelists import codes, read_codelist
from meishan_stats.values.regions import parse_origin_levels, parse_regions

CHANGXING = "330522"
CITIES = read_codelist("adcodes").query("level == 'city'")
TO_TRADITIONAL = opencc.OpenCC("s2t")


def region(text: object, home: str | None = CHANGXING) -> dict[str, object]:
    return parse_regions(pd.Series([text], dtype=object), home).iloc[0].to_dict()


def adcode(text: object, home: str | None = CHANGXING) -> object:
    return region(text, home)["adcode"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海青浦", "310118"),
        ("江苏无锡", "320200"),
        ("无锡", "320200"),
        ("萧山", "330109"),
        ("杭州", "330100"),
        ("浙江", "330000"),
        ("浙江省杭州市萧山区", "330109"),
        ("上虞市", "330604"),
        ("Hangzhou, Zhejiang", "330100"),
        ("Zhejiang Province", "330000"),
        ("日本", "JP"),
        ("香港", "HK"),
        ("香港特别行政区", "HK"),
        ("台湾", "TW"),
        ("美国加州", "US"),
        ("维尔京群岛", "VG"),
        ("BVI", "VG"),
        ("USA", "US"),
        ("South Korea", "KR"),
        ("Papua New Guinea", "PG"),
        ("Nigeria", "NG"),
    ],
)
def test_places_and_countries_are_known_by_their_names(text: str, expected: str) -> None:
    assert adcode(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江苏客商", "320000"),
        ("南京亚飞通讯", "320100"),
        ("上海知青联合会", "310000"),
        ("长兴宇峰", "330522"),
        ("来自江苏的客商", "320000"),
        ("天能（江苏）科技有限公司", "320000"),
        ("中国石化上海分公司", "310000"),
    ],
)
def test_an_investor_comes_from_the_place_its_name_begins_with_or_holds(text: str, expected: str) -> None:
    assert adcode(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "光利集团",
        "和平饭店",
        "新华实业",
        "平安保险",
        "吉利汽车",
        "阿里巴巴",
        "国泰国际集团",
        "太湖南岸",
        "Indiana",
        "马里奥",
    ],
)
def test_a_place_name_that_is_part_of_another_word_is_no_place(text: str) -> None:
    found = region(text)
    assert (found["adcode"], found["code"]) == (None, "unknown_region")


def test_a_county_of_an_ambiguous_name_needs_its_province_or_city() -> None:
    assert region("朝阳区")["code"] == "unknown_region"
    assert adcode("北京朝阳") == "110105"
    assert adcode("辽宁朝阳") == "211300"
    assert adcode("南京市鼓楼区") == "320106"


def test_an_ambiguous_name_is_read_as_the_one_in_the_province_of_home() -> None:
    assert adcode("普陀", "330522") == "330903"
    assert adcode("普陀", "310118") == "310107"
    assert adcode("普陀", None) is None


def test_a_name_of_a_city_and_a_county_in_it_means_the_city() -> None:
    assert adcode("长沙") == adcode("湖南长沙") == "430100"
    assert adcode("长沙县") == "430121"


def test_levels_of_origin_are_disjoint_seen_from_a_county() -> None:
    texts = ["长兴", "德清", "萧山", "上海青浦", "日本", "香港"]
    assert parse_regions(pd.Series(texts), CHANGXING)["origin_level"].tolist() == [
        "local", "out_of_county", "out_of_city", "out_of_province", "overseas", "overseas",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["浙江", "湖州", "中国"])
def test_a_place_that_holds_home_tells_no_level(text: str) -> None:
    assert region(text)["origin_level"] is None
    assert region(text)["code"] is None


def test_seen_from_a_city_its_counties_are_local() -> None:
    assert region("长兴", "330500")["origin_level"] == "local"
    assert region("杭州", "330500")["origin_level"] == "out_of_city"


def test_a_municipality_is_one_city_and_counties_under_a_province_are_not() -> None:
    assert region("重庆城口县", "500101")["origin_level"] == "out_of_county"
    assert region("湖北潜江", "429004")["origin_level"] == "out_of_city"


def test_without_home_there_is_no_level() -> None:
    assert region("上海青浦", None)["origin_level"] is None


def test_a_level_in_the_column_of_places_is_a_level_without_place() -> None:
    found = region("省外")
    assert (found["adcode"], found["origin_level"], found["code"]) == (None, "out_of_province", None)


def test_blank_cells_have_no_region_and_no_problem() -> None:
    found = parse_regions(pd.Series([None, "—"], index=[4, 9]), CHANGXING)
    assert found.index.tolist() == [4, 9]
    assert found.isna().to_numpy().all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国内省外", "out_of_province"),
        ("省外资金", "out_of_province"),
        ("省内市外", "out_of_city"),
        ("市外（省内）", "out_of_city"),
        ("市内县外", "out_of_county"),
        ("县外", "out_of_county"),
        ("外资", "overseas"),
        ("港澳台", "overseas"),
        ("外商独资", "overseas"),
        ("本地", "local"),
        ("内资", None),
        ("省内", None),
    ],
)
def test_stated_levels_are_read_as_disjoint(text: str, expected: str | None) -> None:
    assert parse_origin_levels(pd.Series([text])).tolist() == [expected]


@given(st.lists(st.text(), max_size=4))
def test_any_text_gives_a_known_code_or_none(texts: list[str]) -> None:
    found = parse_regions(pd.Series(texts, dtype=object), CHANGXING)
    assert set(found["adcode"].dropna()) <= {*codes("adcodes"), *codes("regions")}
    assert set(found["origin_level"].dropna()) <= set(codes("origin_levels"))


@given(st.sampled_from(CITIES["label_zh"].tolist()))
def test_every_city_is_found_by_its_full_name_in_either_script(name: str) -> None:
    code = CITIES.loc[CITIES["label_zh"] == name, "code"].iloc[0]
    assert adcode(name) == adcode(TO_TRADITIONAL.convert(name)) == code


def test_no_country_has_two_spellings_in_common_with_another() -> None:
    table = read_codelist("regions")
    spellings = [
        s for row in table.to_dict("records") for s in {row["label_zh"], *row["aliases"].split("|")} if s
    ]
    assert len(spellings) == len(set(spellings))
