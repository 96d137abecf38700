"""Text is cleaned for keeping and levelled for matching; a blank says nothing and 0 is none."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.values.text import clean_text, is_blank, is_ditto, match_key

FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)} | {
    code: code + 0xFEE0 for code in range(ord("A"), ord("z") + 1)
}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ＡＢＣ１２３．５％", "ABC123.5%"),
        ("\u200b示例\ufeff公司\u200f", "示例公司"),
        (" 第一行\r\n第二行 ", "第一行 第二行"),
        ("示例（长兴），有限公司", "示例（长兴），有限公司"),
        ("100㎡", "100㎡"),
        ("\u3000示例\u3000镇", "示例 镇"),
        ("⾦额", "金额"),
        (3600.0, "3600"),
        (0.36, "0.36"),
        (datetime.datetime(2011, 3, 15), "2011-03-15"),
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
    ],
)
def test_a_kept_value_is_readable_and_keeps_its_own_punctuation(value: object, text: str) -> None:
    assert clean_text(value) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("總投資（萬元）", "总投资(万元)"),
        ("项 目\n名 称", "项目名称"),
        ("煤山鎮(zhèn)", "煤山镇"),
        ("PROJECT Name", "project name"),
        ("【备注】", "[备注]"),
        ("項目編號", "项目编号"),
    ],
)
def test_two_spellings_of_one_thing_have_one_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


def test_a_bracket_that_is_no_gloss_is_part_of_the_key() -> None:
    assert match_key("规模(扩大)") == "规模(扩大)"
    assert match_key("总投资(USD)") == "总投资(usd)"


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), pd.NA, pd.NaT, "", "  \n", "\u3000", "—", "——", "-", "/", "\\", "无", "暂无", "没有", "未定", "待定",
     "N/A", "na", "None", "NULL", "nil", "…", "...", "－", np.float64("nan")],
)  # fmt: skip
def test_placeholders_are_blank(value: object) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, "0", False, "无锡", "-5", "同上", "1/2", [], pd.Series([1, 2])])
def test_what_says_something_is_not_blank(value: object) -> None:
    assert not is_blank(value)


def test_ditto_marks_repeat_the_cell_above_and_same_as_left_does_not() -> None:
    assert all(is_ditto(mark) for mark in ["同上", " 同 上", "“", "”", '"', "＂", "〃", "Ditto"])
    assert not any(is_ditto(value) for value in ["同左", "同上项目", "", None, 5, "同意"])


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text(alphabet="0123456789ABCabc"))
def test_full_width_and_half_width_are_one(text: str) -> None:
    assert clean_text(text.translate(FULL_WIDTH)) == text
    assert match_key(text.translate(FULL_WIDTH)) == match_key(text)


@given(st.text())
def test_a_key_holds_no_white_space_and_a_cleaned_text_has_the_same_key(text: str) -> None:
    key = match_key(text)
    assert not any(character.isspace() for character in key)
    assert match_key(clean_text(text)) == key


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.binary()))
def test_any_object_has_a_text(value: object) -> None:
    assert isinstance(clean_text(value), str)
    assert is_blank(value) or clean_text(value) != "" or isinstance(value, str)
