"""Stages: what a text asserts, and what it only plans or denies."""

import opencc
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.codelists import codes, read_definition
from meishan_stats.values.stages import parse_stages, signing, stage_order

WORDS = read_definition("stage_words.csv")
TO_TRADITIONAL = opencc.OpenCC("s2t")


def stage(text: object) -> object:
    return parse_stages(pd.Series([text], dtype=object))["stage"].iloc[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("业主同意落户", "negotiating"),
        ("目前业主已同意项目落户煤山", "negotiating"),
        ("达成意向", "negotiating"),
        ("已签订投资意向书", "negotiating"),
        ("已签约", "signed"),
        ("正式签订协议，目前已进入项目报批", "approval"),
        ("已签约，正在办理用地报批", "approval"),
        ("领取营业执照", "registered"),
        ("已完成注册", "registered"),
        ("土地已摘牌", "approval"),
        ("已落户园区", "landed"),
        ("厂房封顶", "started"),
        ("桩基施工", "started"),
        ("主体结顶，设备安装中", "started"),
        ("厂房已建成，设备安装调试", "started"),
        ("已竣工", "completed"),
        ("试生产", "production"),
        ("开业", "production"),
        ("达产达效", "capacity"),
        ("项目终止", "terminated"),
        ("暂缓实施", "suspended"),
    ],
)
def test_chinese_progress_is_read(text: str, expected: str) -> None:
    assert stage(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Proposed", "lead"),
        ("Negotiation", "negotiating"),
        ("MoU signed", "negotiating"),
        ("Signed", "signed"),
        ("Agreement", "signed"),
        ("Approved", "approval"),
        ("Under construction", "started"),
        ("Construction started", "started"),
        ("Contract signed, construction expected to start in 2012", "signed"),
        ("Completed", "completed"),
        ("Operational", "production"),
        ("Cancelled", "terminated"),
        ("Shelved", "suspended"),
    ],
)
def test_english_status_is_read(text: str, expected: str) -> None:
    assert stage(text) == expected


@pytest.mark.parametrize(
    "text",
    ["预计9月开工", "力争年底投产", "计划投产", "未终止", "Active", "Closed", "80%", "签约金额5000万元"],
)
def test_what_is_planned_denied_or_unclear_is_no_stage(text: str) -> None:
    found = parse_stages(pd.Series([text]))
    assert found["stage"].tolist() == [None]
    assert found["code"].tolist() == ["unknown_stage"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("待签约", "negotiating"),
        ("尚未签约", "negotiating"),
        ("未开工", "signed"),
        ("拟开工", "landed"),
        ("即将开工", "landed"),
        ("正在办理工商注册手续", "signed"),
    ],
)
def test_a_step_that_is_still_to_come_stands_for_the_one_before(text: str, expected: str) -> None:
    assert stage(text) == expected


def test_a_plan_reaches_over_the_comma_to_the_next_date() -> None:
    assert stage("已签约，计划2012年3月开工，2013年底投产") == "signed"
    assert stage("主体结顶，力争年底竣工、投产") == "started"


def test_a_fact_after_a_plan_counts() -> None:
    assert stage("计划总投资3亿元的项目已开工") == "started"
    assert stage("预计年底投产，目前已打桩") == "started"


def test_what_production_will_bring_is_not_production() -> None:
    assert stage("已签约，投产后年产值1亿元") == "signed"


def test_the_most_advanced_stage_wins() -> None:
    assert stage("3月签约；4月注册登记；6月开工") == "started"
    assert stage("一期投产，二期在建") == "production"


def test_a_stopped_project_is_stopped_whatever_it_had_reached() -> None:
    assert stage("已签约、开工，后因资金问题终止") == "terminated"
    assert stage("已开工，目前停工") == "suspended"


def test_work_taken_up_again_is_no_suspension() -> None:
    assert stage("停工半年后已复工") == "started"


def test_the_fragment_that_decided_is_given_and_blanks_say_nothing() -> None:
    found = parse_stages(pd.Series(["已签约，正在报批", None, "——"], index=[3, 4, 5]))
    assert found.index.tolist() == [3, 4, 5]
    assert found["matched"].tolist() == ["报批", None, None]
    assert found["code"].tolist() == [None, None, None]


def test_stages_stand_in_the_order_of_a_project() -> None:
    assert codes("stages") == [
        "lead", "negotiating", "signed", "registered", "approval", "landed",
        "started", "completed", "production", "capacity", "terminated", "suspended",
    ]  # fmt: skip
    assert list(stage_order().values()) == list(range(1, 11))


def test_an_office_has_an_order_of_its_own_and_the_usual_one_for_what_it_leaves_out() -> None:
    assert list(stage_order(("negotiating", "landed", "signed"))) == [
        "lead", "negotiating", "landed", "signed", "registered", "approval",
        "started", "completed", "production", "capacity",
    ]  # fmt: skip
    assert list(stage_order(())) == list(stage_order())


def test_the_order_of_the_office_decides_which_stage_is_the_more_advanced() -> None:
    text = pd.Series(["已签约，项目落地"])
    assert parse_stages(text)["stage"].tolist() == ["landed"]
    assert parse_stages(text, order=("negotiating", "landed", "signed"))["stage"].tolist() == ["signed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("落户", "negotiating"),
        ("已落户园区", "negotiating"),
        ("业主同意落户", "negotiating"),
        ("已签约，落户园区", "signed"),
        ("落户外地", "terminated"),
        ("落户地点未定，已签约", "signed"),
        ("计划6月落户", None),
        ("待评", "lead"),
        ("项目待评", "lead"),
    ],
)
def test_own_words_come_before_the_general_ones_also_inside_sentences(text: str, expected: object) -> None:
    own = {"落户": "negotiating", "待评": "lead"}
    assert parse_stages(pd.Series([text]), own)["stage"].tolist() == [expected]


def test_the_words_of_one_office_do_not_reach_another() -> None:
    text = pd.Series(["已落户园区"])
    assert parse_stages(text, {"落户": "negotiating"})["stage"].tolist() == ["negotiating"]
    assert parse_stages(text)["stage"].tolist() == ["landed"]


SIGNED_ON = pd.Timestamp(2011, 3, 1)


@pytest.mark.parametrize(
    ("stage", "signed_on", "expected"),
    [
        ("lead", pd.NaT, False),
        ("negotiating", SIGNED_ON, False),
        ("signed", pd.NaT, True),
        ("capacity", pd.NaT, True),
        ("terminated", SIGNED_ON, True),
        ("terminated", pd.NaT, False),
        ("suspended", pd.NaT, False),
        (None, SIGNED_ON, True),
        (None, pd.NaT, None),
    ],
)
def test_a_project_is_signed_by_its_stage_else_by_its_date_of_signing(stage, signed_on, expected) -> None:
    found = signing(pd.Series([stage], dtype=object), pd.Series([signed_on], dtype="datetime64[ns]"))
    assert str(found.dtype) == "boolean"
    assert (None if found.isna().iloc[0] else bool(found.iloc[0])) is expected


def test_what_comes_before_signing_in_an_offices_order_is_not_signed() -> None:
    stage, dates = pd.Series(["landed"]), pd.Series([pd.NaT], dtype="datetime64[ns]")
    assert signing(stage, dates).tolist() == [True]
    assert signing(stage, dates, ("negotiating", "landed", "signed")).tolist() == [False]


def test_every_word_that_asserts_a_stage_names_one_that_exists() -> None:
    assert set(WORDS["stage"]) <= {*codes("stages"), ""}


@given(st.lists(st.text(), max_size=4))
def test_any_text_gives_a_stage_of_the_codelist_or_is_reported(texts: list[str]) -> None:
    found = parse_stages(pd.Series(texts, dtype=object))
    assert set(found["stage"].dropna()) <= set(codes("stages"))
    assert not (found["stage"].notna() & found["code"].notna()).any()


@given(st.lists(st.sampled_from(WORDS["phrase"].tolist()), min_size=1, max_size=4), st.sampled_from("，、；"))
def test_traditional_characters_change_no_stage(words: list[str], comma: str) -> None:
    text = comma.join(words)
    assert stage(TO_TRADITIONAL.convert(text)) == stage(text)


@given(st.sampled_from(["拟", "预计9月", "尚未", "力争"]), st.sampled_from(["开工", "投产", "竣工", "达产"]))
def test_a_planned_step_is_never_taken_as_reached(before: str, step: str) -> None:
    reached = parse_stages(pd.Series([step]))["stage"].iloc[0]
    assert stage(before + step) != reached
