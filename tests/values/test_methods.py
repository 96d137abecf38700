"""Methods of attraction, and the small codelists of visits and recruiters."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.codelists import alias_to_code, codes
from meishan_stats.values.methods import parse_methods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以商引商", "merchant_referral"),
        ("领导招商", "leader"),
        ("驻点招商", "full_time"),
        ("全民招商", "citizen"),
        ("聘请招商顾问", "commissioned"),
        ("源头招商", "source"),
        ("上海推介会", "fair"),
        ("网络招商", "online"),
        ("产业链招商", "chain"),
        ("基金招商", "fund"),
        ("其它", "other"),
    ],
)
def test_methods_are_known_by_their_names(text: str, expected: str) -> None:
    assert parse_methods(pd.Series([text])).tolist() == [expected]


def test_of_several_methods_the_first_counts() -> None:
    assert parse_methods(pd.Series(["委托招商、以商引商"])).tolist() == ["commissioned"]


def test_a_form_of_investment_is_no_method_of_attraction() -> None:
    assert parse_methods(pd.Series(["独资", "BOT", None])).tolist() == [None, None, None]


def test_a_method_that_is_not_listed_is_other() -> None:
    assert parse_methods(pd.Series(["甲乙丙"])).tolist() == ["other"]


@pytest.mark.parametrize(
    ("codelist", "text", "expected"),
    [
        ("directions", "来访", "received"),
        ("directions", "出访", "made"),
        ("recruiter_kinds", "专职招商员", "full_time"),
        ("recruiter_kinds", "领导", "leader"),
        ("recruiter_kinds", "招商顾问", "adviser"),
        ("sector_bases", "none", "none"),
    ],
)
def test_small_codelists_know_their_words(codelist: str, text: str, expected: str) -> None:
    assert alias_to_code(codelist)[text] == expected


@given(st.lists(st.text(), max_size=4))
def test_any_text_gives_a_method_of_the_codelist_or_none(texts: list[str]) -> None:
    found = parse_methods(pd.Series(texts, dtype=object))
    assert set(found.dropna()) <= set(codes("methods"))
