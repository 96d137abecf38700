"""Any cell at all goes through every parser: what comes back is of its kind, and nothing is raised."""

import time
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.values import (  # fmt: skip
    amounts,
    dates,
    industries,
    methods,
    names,
    numerals,
    periods,
    personal,
    places,
    quantities,
    regions,
    sectors,
    stage_dates,
    stages,
    steps,
    text,
)

PIECES = [
    "3,600", "3600", "万元", "亿", "万美元", "约", "-", "—", "～", "至", "（", "）", "%", "1.2", "1e9", "九", "十", "百", "零", "〇", "2011", "年", "3", "月", "15", "日",
    "上旬", "底", "二季度", ".", "/", "签约", "未", "开工", "投产", "预计", "江苏", "无锡", "美国", "省", "市", "光伏", "制造业", "C38", "独资", "驻点", "项目", "（二期）",
    "原名", "公司", "\n", "\u200b", "\u202e", "\x00", "①", "㎡", "亩", "其中", "、", "；", "：", "=", "'", "同上", "nan", "inf", "１２", "٣", "²", "½",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
CELLS = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.timedeltas(),
)  # fmt: skip
HARD = ["(" * 32_767, "1," * 16_383, "1" * 32_767, "年" * 32_767, "一" * 32_767, " " * 32_767, "甲、" * 16_383, "3600万元、" * 4_000, "2011年3月" * 4_000, "a" * 32_767, "签约" * 16_000, "-" * 32_767, "." * 32_767]  # fmt: skip

OF_A_COLUMN: dict[str, Callable[[pd.Series], Any]] = {
    "amounts": amounts.parse_amounts,
    "counts": lambda values: amounts.parse_amounts(values, dimension="count"),
    "areas": lambda values: amounts.parse_amounts(values, dimension="area"),
    "dates": dates.parse_dates,
    "methods": methods.parse_methods,
    "regions": regions.parse_regions,
    "origin_levels": regions.parse_origin_levels,
    "stages": stages.parse_stages,
    "steps": steps.parse_steps,
    "stage_dates": lambda values: stage_dates.parse_stage_dates(values, 2011, 9),
}
OF_A_TEXT: dict[str, tuple[Callable[[str], Any], tuple[type, ...]]] = {
    "amount_list": (amounts.parse_amount_list, (list,)),
    "quantities": (quantities.read_quantities, (quantities.Reading, type(None))),
    "year": (periods.find_year, (int, type(None))),
    "period": (periods.find_period, (tuple, type(None))),
    "place": (places.find_place, (places.Place, type(None))),
    "industry": (industries.find_code, (str, type(None))),
    "industry_in_name": (industries.find_code_in_name, (str, type(None))),
    "numerals": (numerals.digits_for_numerals, (str,)),
    "without_former": (names.without_former, (str,)),
    "former_names": (names.former_names, (list,)),
    "name_marks": (names.name_marks, (frozenset,)),
    "name_stem": (names.name_stem, (str,)),
    "investor_stem": (names.investor_stem, (str,)),
    "without_personal": (personal.without_personal, (str,)),
    "match_key": (text.match_key, (str,)),
}
OF_A_CELL: dict[str, tuple[Callable[[object], Any], tuple[type, ...]]] = {
    "number": (numerals.as_number, (float, int, type(None))),
    "telephone": (personal.is_telephone, (bool,)),
    "clean": (text.clean_text, (str,)),
    "blank": (text.is_blank, (bool,)),
    "ditto": (text.is_ditto, (bool,)),
}


@pytest.mark.parametrize("name", OF_A_COLUMN)
@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, max_size=6))
def test_any_column_is_parsed_row_for_row(name, cells):
    values = pd.Series(cells, dtype=object, index=range(10, 10 + len(cells)))
    before = values.copy()
    result = OF_A_COLUMN[name](values)
    assert isinstance(result, pd.DataFrame | pd.Series)
    if name != "stage_dates":  # a text of progress may tell of several steps or of none
        assert result.index.equals(values.index)
    pd.testing.assert_series_equal(values, before)


@pytest.mark.parametrize("name", OF_A_TEXT)
@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_gives_what_its_parser_declares(name, cell):
    parse, kinds = OF_A_TEXT[name]
    assert isinstance(parse(cell), kinds)


@pytest.mark.parametrize("name", OF_A_CELL)
@settings(max_examples=60, deadline=None)
@given(CELLS)
def test_any_cell_gives_what_its_parser_declares(name, cell):
    parse, kinds = OF_A_CELL[name]
    assert isinstance(parse(cell), kinds)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5))
def test_any_project_gets_a_sector(rows):
    frame = pd.DataFrame(rows, columns=["name", "content", "sector_stated"])
    result = sectors.classify_sectors(frame)
    assert len(result) == len(frame)


@pytest.mark.parametrize("number", range(len(HARD)))
@pytest.mark.parametrize("name", [*OF_A_COLUMN, *OF_A_TEXT])
def test_the_longest_text_a_cell_can_hold_takes_no_more_than_seconds(name, number):
    began = time.process_time()
    if name in OF_A_COLUMN:
        OF_A_COLUMN[name](pd.Series([HARD[number]], dtype=object))
    else:
        OF_A_TEXT[name][0](HARD[number])
    assert time.process_time() - began < 5
