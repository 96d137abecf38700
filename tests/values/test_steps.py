"""Steps of schedules: which milestone a step completes."""

import pandas as pd
import pytest

from meishan_stats.codelists import codes, read_definition
from meishan_stats.values.steps import parse_steps


def milestone(text: str, own_words: dict[str, str] | None = None) -> object:
    return parse_steps(pd.Series([text]), own_words)["milestone"].iloc[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("签订投资协议", "signed"),
        ("与业主签订正式投资合同", "signed"),
        ("完成签约", "signed"),
        ("办理工商注册手续", "registered"),
        ("取得营业执照", "registered"),
        ("立项备案", "approval"),
        ("环评审批", "approval"),
        ("土地摘牌", "approval"),
        ("签订国有土地使用权出让合同", "approval"),
        ("开工前完成施工许可", "approval"),
        ("厂房租赁", "landed"),
        ("签订厂房租赁协议", "landed"),
        ("开工奠基", "started"),
        ("施工队进场", "started"),
        ("竣工验收", "completed"),
        ("厂房、办公楼竣工", "completed"),
        ("试生产", "production"),
        ("竣工投产", "production"),
        ("达产达效", "capacity"),
        ("Ground-breaking", "started"),
        ("Commissioning", "production"),
        ("Company incorporation", "registered"),
    ],
)
def test_a_step_completes_the_milestone_it_names_or_implies(text: str, expected: str) -> None:
    assert milestone(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "土地平整", "设备安装调试", "主体封顶", "施工图设计", "编制环评报告", "项目考察", "签订意向协议",
        "签订设备采购合同", "做好开工准备", "开工后三个月主体封顶", "主体工程竣工", "消防验收", "二期开工",
        "注册资金到位", "Equipment installation", "Site preparation",
    ],
)  # fmt: skip
def test_other_steps_complete_none(text: str) -> None:
    assert milestone(text) is None


def test_a_step_that_bears_the_milestones_name_is_told_from_one_that_implies_it() -> None:
    found = parse_steps(pd.Series(["开工建设", "奠基", "正式投产", "试生产", "某事"]))
    assert found["is_named"].tolist() == [True, False, True, False, False]
    assert found["is_known"].tolist() == [True, True, True, True, False]


def test_an_offices_own_word_comes_before_the_general_one() -> None:
    assert milestone("落户园区") == "landed"
    assert milestone("落户园区", {"落户": "signed"}) == "signed"
    assert milestone("落户园区", {"落户": "negotiating"}) is None


def test_every_word_of_a_step_names_a_milestone_that_exists_or_none() -> None:
    words = read_definition("step_words.csv")
    assert set(words["stage"]) <= {*codes("stages"), ""}
    assert not words["phrase"].duplicated().any()
