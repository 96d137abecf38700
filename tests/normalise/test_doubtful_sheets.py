"""Sheets without a table: which of them are a doubt."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

import meishan_stats as ms


def codes(folder: Path, rows: Sequence[Sequence[object]]) -> list[str]:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "表.xlsx")
    return ms.load(folder / "表.xlsx").problems["code"].tolist()


PROSE = [
    ["填报要求"],
    ["每月五日前报送，逾期不再受理。"],
    ["栏目", "怎么填"],
    ["甲栏", "写全称，不写简称"],
    ["乙栏", "没有的不填，不要写零"],
]
NUMBERS = [["某厂用电"], ["车间甲", "电表一", 310], ["车间乙", "电表二", 275], ["车间丙", "电表三", 198]]


@pytest.mark.parametrize(("rows", "expected"), [(PROSE, []), (NUMBERS, ["no_table"])])
def test_a_page_of_words_is_no_doubt_and_numbers_that_nobody_claims_are_one(
    tmp_path: Path, rows: Sequence[Sequence[object]], expected: list[str]
) -> None:
    assert codes(tmp_path, rows) == expected


def test_rows_with_a_running_number_alone_are_no_data(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["序号", "项目名称", "投资方", "总投资（万元）"],
        [1, "甲项目", "甲公司", 800],
        [2, None, None, None],
        [3],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "表.xlsx")
    tables = ms.load(tmp_path / "表.xlsx")
    said = tables.sources.iloc[0]
    assert (said["n_rows"], said["n_ignored"], said["ignored_because"]) == (1, 2, "numbered_empty_row")
    assert tables.projects["name"].tolist() == ["甲项目"]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("2014年某镇招商引资目标任务", ["序号", "乡镇", "目标任务（万元）"]),
        ("2014年客商来访登记", ["序号", "来访时间", "来访客商", "接待人"]),
        ("2014年5月驻点招商员绩效", ["序号", "姓名", "驻点", "驻点天数", "得分"]),
        ("2014年基础设施建设", ["序号", "工程名称", "造价（万元）", "资金来源"]),
        ("2014年招商项目表（万元）", ["序号", "项目名称", "投资方", "总投资", "签约时间"]),
    ],
)
def test_a_form_whose_rows_are_only_numbered_says_nothing_and_is_no_doubt(
    tmp_path: Path, title: str, header: list[object]
) -> None:
    assert codes(tmp_path, [[title], header, [1], [2], [3]]) == []
