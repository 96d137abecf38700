"""Header texts to fields: the spellings here stand in no other test or table of ours."""

import pytest

from meishan_stats.codelists import read_definition
from meishan_stats.extract.assignment import assign_columns, profile
from meishan_stats.extract.headers import header_likeness, known_field, match_path


def best(*path: str) -> str | None:
    return next((match.field for match in match_path(path)), None)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("項目名稱", "name"),
        ("項(xiàng)目(mù)名(míng)稱(chēng)", "name"),
        ("项 目\n名 称", "name"),
        ("拟引进项目名称", "name"),
        ("计划总投资额（亿元）", "total_investment"),
        ("１－９月实际到位资金", "arrived.ytd"),
        ("9月份到位资金(万元)", "arrived.month"),
        ("自开工以来累计完成投资", "completed_investment.total"),
        ("预计开工时间", "started.planned"),
        ("实际竣工日期", "completed.actual"),
        ("签约时间", "signed.actual"),
        ("拟用地（亩）", "land"),
        ("Project Title", "name"),
        ("Estimated Total Cost (US$ million)", "total_investment"),
        ("Board Approval Date", "approval.actual"),
    ],
)
def test_a_header_is_read_as_its_field(header, field):
    assert best(header) == field


def test_a_lower_header_that_says_only_the_period_takes_the_amount_from_above():
    assert best("到位资金（万元）", "本月") == "arrived.month"
    assert best("到位资金（万元）", "本年累计") == "arrived.ytd"
    assert best("到位资金（万元）", "历年累计") == "arrived.total"


def test_a_month_in_a_header_is_kept():
    match = match_path(["到位资金", "3月"])[0]
    assert (match.field, match.month) == ("arrived.month", 3)


def test_an_office_may_name_its_own_headers():
    assert [m.step for m in match_path(["引荐单位"], {"引荐单位": "investor"})] == ["office"]


@pytest.mark.parametrize("text", ["示例光伏组件项目", "上海青浦", "3600万元", "已签约", "某某有限公司"])
def test_a_value_does_not_read_like_a_header(text):
    assert header_likeness(text) < 0.6


def test_two_columns_never_claim_one_field():
    paths = {0: ["项目名称"], 1: ["总投资"], 2: ["总投资"]}
    cells = {0: profile(["甲"]), 1: profile([1]), 2: profile([2])}
    columns = assign_columns(paths, {0: None, 1: None, 2: None}, cells)
    assert [column.field for column in columns] == ["name", "total_investment", None]
    assert columns[2].rival == "总投资"


def test_values_decide_between_the_fields_of_one_header():
    """签约 may head a date or an amount."""
    paths = {0: ["项目名称"], 1: ["签约"]}
    dates = assign_columns(
        paths, {0: None, 1: None}, {0: profile(["甲"]), 1: profile(["2011年3月", "2011.5"])}
    )
    assert dates[1].field == "signed.actual"


def test_every_field_of_the_header_table_is_known():
    fields = [field for field in read_definition("headers.csv")["field"] if not field.startswith(".")]
    assert [field for field in fields if not known_field(field)] == []


def test_no_header_stands_twice_for_one_field():
    table = read_definition("headers.csv")
    assert table[table.duplicated()].empty
