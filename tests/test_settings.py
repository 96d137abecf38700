"""Settings of office.toml, each with its effect on the tables."""

import re
from pathlib import Path

import openpyxl
import pytest

import meishan_stats as ms
from meishan_stats.corrections.file import read_corrections
from meishan_stats.errors import OfficeFileError
from meishan_stats.offices import read_office

ROOT = Path(__file__).parents[1]


def load(folder: Path, toml: str, *sheets: tuple[str, list[list[object]]]) -> ms.Tables:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets or (PROJECTS,):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    (folder / "office.toml").write_text(toml, encoding="utf-8")
    return ms.load(folder)


PROJECTS = (
    "项目",
    [
        ["2011年3月招商引资项目表"],
        ["项目名称", "投资方", "总投资", "项目进度", "签约时间", "建设内容"],
        ["光伏组件项目", "美国示例公司", "500万美元", "已落户", "2011年3月10日", "光伏组件"],
        ["割草机项目", "江苏示例公司", "3600万元", "在谈", "", "年产割草机10万台"],
    ],
)
RATES = ("汇率", [["币种", "时间", "汇率"], ["美元", "2011年", 6.3], ["美元", "2011年3月", 6.4]])


def project(tables: ms.Tables, name: str):
    return tables.projects.set_index("name").loc[name]


def test_the_offices_own_rate_comes_before_the_banks(tmp_path):
    row = project(load(tmp_path, "", PROJECTS, RATES), "光伏组件项目")
    assert (row["total_investment_cny_10k"], row["fx_basis"]) == (3150, "annual_mean 2011, office")


def test_the_rate_is_that_of_the_basis_the_office_names(tmp_path):
    row = project(load(tmp_path, 'fx_basis = "month_mean"', PROJECTS, RATES), "光伏组件项目")
    assert (row["total_investment_cny_10k"], row["fx_basis"]) == (3200, "month_mean 2011-03, office")


def test_a_fixed_rate_that_the_office_does_not_give_is_a_missing_value_and_an_error(tmp_path):
    tables = load(tmp_path, 'fx_basis = "fixed"')
    row = project(tables, "光伏组件项目")
    assert row[["total_investment_10k", "currency"]].tolist() == [500, "USD"]
    assert row[["total_investment_cny_10k", "fx_rate"]].isna().all()
    errors = tables.problems[tables.problems["severity"] == "error"]
    assert errors[["code", "cell"]].to_numpy().tolist() == [["missing_rate", "C3"]]


def test_a_word_of_progress_means_what_the_office_says(tmp_path):
    assert project(load(tmp_path, ""), "光伏组件项目")["stage"] == "landed"
    assert project(load(tmp_path, '[stage_words]\n"落户" = "started"'), "光伏组件项目")["stage"] == "started"


def test_the_order_of_stages_decides_what_is_signed(tmp_path):
    order = '["lead", "landed", "negotiating", "signed", "registered", "approval", "started", "completed", "production", "capacity"]'
    undated = (PROJECTS[0], [[*row[:4], *row[5:]] for row in PROJECTS[1]])
    assert project(load(tmp_path, "", undated), "光伏组件项目")["is_signed"]
    assert not project(load(tmp_path, f"stage_order = {order}", undated), "光伏组件项目")["is_signed"]


def test_an_office_has_sectors_of_its_own(tmp_path):
    tables = load(tmp_path, '[sectors]\n"园林机械" = ["割草机"]')
    assert project(tables, "割草机项目")["sector"] == "园林机械"
    assert "园林机械" in set(ms.sector_breakdown(tables.projects, tables.funding)["sector"])


def test_foreign_capital_counts_as_from_outside_the_county_only_where_the_office_says_so(tmp_path):
    assert load(tmp_path, "").offices["include_foreign"].tolist() == [False]
    assert load(tmp_path, "include_foreign = true").offices["include_foreign"].tolist() == [True]


@pytest.mark.parametrize(
    ("toml", "word"),
    [
        ('fx_basis = "guess"', "guess"),
        ('stage_order = ["signed", "sealed"]', "sealed"),
        ('[stage_words]\n"落户" = "home"', "home"),
        ('drop_persons = "yes"', "drop_persons"),
        ('[sectors]\n"园林机械" = "割草机"', "sectors"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(tmp_path, toml, word):
    with pytest.raises(OfficeFileError, match=word) as error:
        load(tmp_path, toml)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_settings_and_corrections_are_accepted(tmp_path, readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"```(\w*)\n(.*?)```", text, flags=re.DOTALL)
    settings = next(body for language, body in blocks if language == "toml")
    corrections = next(body for language, body in blocks if language == "" and "same_as" in body)
    (tmp_path / "office.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "corrections.csv").write_text(corrections, encoding="utf-8")
    office = read_office(tmp_path)
    assert office.name == "我镇"
    assert len(read_corrections(office)) == 3
