"""Corrections beside the workbooks: made after normalising, told, and an error where they match nothing."""

from pathlib import Path

import openpyxl
import pytest

import meishan_stats as ms
from meishan_stats.errors import OfficeFileError

HEADER = "table,project,column,value,reason,by,on"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    for month, (arrived, name) in enumerate([(100, "示例光伏组件项目"), (250, "示例光伏组件项目")], start=1):
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (
            [f"2011年{month}月招商引资项目进度表（单位：万元）"],
            ["项目名称", "投资方", "总投资", "进度", "本年累计到位资金", "签约时间"],
            [name, "上海示例光电科技有限公司", 3600, "在谈", arrived, None],
            ["示例面料项目", "江苏示例纺织有限公司", "500万美元", "已签约", 0, "2011年1月"],
        ):
            sheet.append(row)
        book.save(tmp_path / f"2011-{month:02}.xlsx")
    return tmp_path


def load(office: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> ms.Tables:
    (office / "corrections.csv").write_text("\n".join([header, *lines]) + "\n", encoding=encoding)
    return ms.load(office)


def row(tables: ms.Tables, name: str):
    return tables.projects.set_index("name").loc[name]


def told(tables: ms.Tables) -> list[tuple[str, str, int]]:
    problems = tables.problems[tables.problems["source_file"] == "corrections.csv"]
    return list(zip(problems["severity"], problems["code"], problems["source_row"], strict=True))


def test_a_corrected_amount_replaces_the_reported_one_and_its_yuan_value_follows(office):
    tables = load(office, "projects,示例面料项目,total_investment_10k,800,漏报增资,专员甲,2011-03-01")
    project = row(tables, "示例面料项目")
    assert (project["total_investment_10k"], project["currency"]) == (800, "USD")
    assert project["total_investment_cny_10k"] == pytest.approx(800 * project["fx_rate"])
    assert set(tables.project_reports["total_investment_10k"]) == {3600, 500}
    assert told(tables) == [("info", "corrected", 2)]
    said = tables.problems.loc[tables.problems["code"] == "corrected", "message_zh"].item()
    for word in ("500.0", "800", "漏报增资", "专员甲", "2011-03-01"):
        assert word in said


def test_a_corrected_currency_converts_again(office):
    project = row(load(office, "projects,示例面料项目,currency,CNY,写错,,"), "示例面料项目")
    assert (project["total_investment_cny_10k"], project["fx_rate"]) == (500, 1)


def test_chinese_headings_tables_columns_and_codes_in_gb18030(office):
    tables = load(
        office, "项目,示例光伏组件项目,阶段,签约,漏填,,2011-03-01",
        header="表,项目,列,值,原因,更正人,日期", encoding="gb18030",
    )  # fmt: skip
    project = row(tables, "示例光伏组件项目")
    assert (project["stage"], project["stage_basis"]) == ("signed", "correction")


def test_a_corrected_sector_is_no_longer_in_doubt(office):
    project = row(load(office, "projects,示例光伏组件项目,sector,新材料,材料企业,,"), "示例光伏组件项目")
    assert (project["sector"], project["sector_basis"]) == ("new_materials", "correction")


def test_what_was_reported_in_one_month_is_corrected_before_months_are_told_apart(office):
    tables = load(
        office, "funding_reports,示例光伏组件项目,amount_10k,120,多记,专员甲,2011-03-01,2011-02",
        header=HEADER + ",period",
    )  # fmt: skip
    mine = tables.funding[tables.funding["name"] == "示例光伏组件项目"]
    assert dict(zip(mine["period"].dt.month, mine["amount_cny_10k"], strict=True)) == {1: 100, 2: 20}


def test_a_corrected_month_of_capital_leaves_the_others(office):
    tables = load(
        office,
        "funding,示例光伏组件项目,amount_10k,90,多记,专员甲,2011-03-01,2011-01",
        header=HEADER + ",period",
    )
    mine = tables.funding[tables.funding["name"] == "示例光伏组件项目"]
    assert dict(zip(mine["period"].dt.month, mine["amount_cny_10k"], strict=True)) == {1: 90, 2: 150}


def test_two_names_are_joined_by_hand(office):
    tables = load(office, "projects,示例面料项目,same_as,示例光伏组件项目,同一项目,专员甲,2011-03-01")
    assert len(tables.projects) == 1


def test_one_name_is_split_by_file(office):
    tables = load(
        office,
        "projects,示例光伏组件项目,same_as,示例光伏组件项目（二）,另一项目,,,2011-02.xlsx",
        header=HEADER + ",file",
    )
    assert len(tables.projects) == 3
    assert told(tables) == [("info", "corrected", 2)]


@pytest.mark.parametrize(
    "line",
    [
        "projects,没有的项目,stage,signed,x,,",
        "projects,示例面料项目,total_investment_10k,很多,x,,",
        "projects,示例面料项目,stage,起飞,x,,",
        "visits,示例面料项目,host,专员甲,x,,",
    ],
)
def test_a_correction_that_matches_nothing_or_has_no_value_of_its_column_is_an_error_with_its_line(
    office, line
):
    tables = load(office, line)
    assert told(tables) == [("error", "correction_unmatched", 2)]
    assert row(tables, "示例面料项目")["total_investment_10k"] == 500


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (["table,project", "projects,甲"], "column"),
        ([HEADER, "project,甲,stage,signed,x,,"], "'project'"),
        ([HEADER, "projects,甲,stagee,signed,x,,"], "stagee"),
    ],
)
def test_a_malformed_file_is_one_line_that_names_it(office, lines, word):
    with pytest.raises(OfficeFileError, match=r"corrections\.csv") as error:
        load(office, *lines[1:], header=lines[0])
    assert word in str(error.value)
    assert "\n" not in str(error.value)


def test_without_the_file_nothing_is_said(office):
    assert "corrected" not in set(ms.load(office).problems["code"])
