"""Dates of milestones told in sentences, and what of them is planned."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.codelists import codes
from meishan_stats.values.stage_dates import facts_in, parse_stage_dates


def told(text: str, year: int | None = 2011, month: int | None = 9, **more: object) -> set[str]:
    """Milestones of one text as ``signed 2011-03-15`` or ``planned production 2011-12``."""
    rows = parse_stage_dates(pd.Series([text]), year, month, **more).to_dict("records")  # type: ignore[arg-type]
    found = set()
    for row in rows:
        for kind, label in (("planned", "planned "), ("actual", "")):
            on, precision = row[f"{kind}_on"], row[f"{kind}_precision"]
            if pd.notna(on):
                length = {"day": 10, "month": 7, "year": 4}.get(precision, 7)
                found.add(f"{label}{row['milestone']} {str(on)[:length]}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2011年3月已签约，6月开工建设，预计年底投产",
            {"signed 2011-03", "started 2011-06", "planned production 2011-12"},
        ),
        (
            "于2011年3月15日签订投资协议，4月完成工商注册，计划10月开工建设，2012年10月竣工投产",
            {
                "signed 2011-03-15", "registered 2011-04", "planned started 2011-10",
                "planned completed 2012-10", "planned production 2012-10",
            },
        ),
        ("计划2012年3月开工、2013年底投产", {"planned started 2012-03", "planned production 2013-12"}),
        ("2011.3签约，2011.6开工", {"signed 2011-03", "started 2011-06"}),
        ("2011年5月18日奠基，目前主体施工", {"started 2011-05-18"}),
        ("签约2011年3月、开工2011年6月", {"signed 2011-03", "started 2011-06"}),
        ("开工时间：2011年6月", {"started 2011-06"}),
        ("已开工（2011年6月）", {"started 2011-06"}),
        ("2011年3月，正式签约", {"signed 2011-03"}),
        ("6月开工（计划）", {"planned started 2011-06"}),
    ],
)  # fmt: skip
def test_a_date_is_of_the_step_it_stands_with(text: str, expected: set[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2011年总投资5000万元，已签约",
        "2011年1-9月完成投资3200万元",
        "2011年6月主体封顶",
        "投资2000万元，已签约",
        "注册资本2011万元",
        "未能在6月开工",
        "业主同意2011年5月落户",
        "2011年3月签订意向协议",
        "2011年3月签订设备采购合同",
        "6月开始办理工商注册",
        "2011年8月考察",
        "建设期10年，投产后达产",
    ],
)
def test_other_dates_give_nothing(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年底签约，今年5月动工，明年6月投产", {"signed 2010-12", "started 2011-05", "planned production 2012-06"}),
        ("2010年12月签约，3月开工", {"signed 2010-12", "started 2011-03"}),
        ("已于12月签约", {"signed 2010-12"}),
        ("上月签约，下月开工", {"signed 2011-08", "planned started 2011-10"}),
        ("4月20日开工", {"started 2011-04-20"}),
        ("10月开工", {"planned started 2011-10"}),
        ("2011年投产", {"production 2011"}),
    ],
)  # fmt: skip
def test_years_and_months_are_those_of_the_report(text: str, expected: set[str]) -> None:
    assert told(text) == expected


def test_a_plan_put_off_is_the_later_one() -> None:
    assert told("原定6月开工，现推迟到10月开工") == {"planned started 2011-10"}


def test_without_a_year_a_month_alone_is_no_date() -> None:
    assert told("3月签约", year=None, month=None) == set()
    assert told("2011年3月签约", year=None, month=None) == {"signed 2011-03"}


def test_without_a_month_dates_count_as_stated_up_to_the_end_of_the_year() -> None:
    assert told("11月签约，2012年3月开工", month=None) == {"signed 2011-11", "planned started 2012-03"}


def test_of_several_approvals_the_last_counts_and_none_while_one_is_to_come() -> None:
    assert told("3月完成立项，5月取得土地证") == {"approval 2011-05"}
    assert told("3月完成立项，力争10月完成供地") == {"planned approval 2011-10"}


def test_of_several_starts_the_first_counts() -> None:
    assert told("一期2010年6月开工，2011年5月又一车间动工") == {"started 2010-06"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Contract signed 15 March 2011, construction started June 2011, production expected 2013",
            {"signed 2011-03-15", "started 2011-06", "planned production 2013"},
        ),
        (
            "Signed in March 2011; construction start planned for Q4 2011",
            {"signed 2011-03", "planned started 2011-10"},
        ),
        ("MoU signed May 2011", set()),
    ],
)
def test_english_sentences(text: str, expected: set[str]) -> None:
    assert told(text) == expected


def test_texts_of_plans_are_plans_unless_a_word_says_done() -> None:
    text = "7月完成注册；9月开工；已于5月签约"
    assert told(text, 2014, 6, is_plan=True) == {
        "planned registered 2014-07", "planned started 2014-09", "signed 2014-05",
    }  # fmt: skip


def test_an_offices_own_word_tells_another_milestone_or_none() -> None:
    assert told("2011年5月落户园区") == {"landed 2011-05"}
    assert told("2011年5月落户园区", own_words={"落户": "negotiating"}) == set()
    assert told("2011年5月进厂", own_words={"进厂": "started"}) == {"started 2011-05"}


def test_rows_keep_their_index_and_blanks_tell_nothing() -> None:
    found = parse_stage_dates(pd.Series(["3月签约", None, "——", "3月签约"], index=[7, 8, 9, 10]), 2011)
    assert found["row"].tolist() == [7, 10]
    assert found["milestone"].tolist() == ["signed", "signed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已于3月15日完成", "2011-03-15"),
        ("3月18日取得营业执照", "2011-03-18"),
        ("2011年4月2日", "2011-04-02"),
        ("预计6月完成", None),
        ("尚未签订，推迟到6月", None),
        ("已完成", None),
        ("正在办理", None),
        ("10月完成", None),
    ],
)
def test_the_day_a_step_was_done(text: str, expected: str | None) -> None:
    on = facts_in(pd.Series([text]), 2011, 9)["on"].iloc[0]
    assert (None if pd.isna(on) else f"{on:%Y-%m-%d}") == expected


WORDS = [
    "2011年",
    "3月",
    "6月15日",
    "年底",
    "签约",
    "开工",
    "投产",
    "预计",
    "已",
    "未",
    "总投资",
    "，",
    "；",
    "（",
    "：",
    " ",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=9), st.sampled_from([None, 2011]), st.sampled_from([None, 4])
)
def test_any_words_give_milestones_of_the_codelist_once_each(words, year, month) -> None:
    found = parse_stage_dates(pd.Series(["".join(words)]), year, month)
    assert set(found["milestone"]) <= set(codes("stages"))
    assert not found["milestone"].duplicated().any()
    assert (found["planned_on"].notna() | found["actual_on"].notna()).all()
    if year and month:
        assert (found["actual_on"].dropna() < pd.Timestamp(2011, 5, 1)).all()


@given(st.text(max_size=30))
def test_any_text_is_read_without_failing(text: str) -> None:
    parse_stage_dates(pd.Series([text], dtype=object), 2011, 9)
    facts_in(pd.Series([text], dtype=object), 2011, 9)
