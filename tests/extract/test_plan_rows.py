"""Two rows a project, one planned and one actual, are one record."""

from pathlib import Path

import openpyxl
import pandas as pd

import meishan_stats as ms


def load(folder: Path, *rows: list[object], merged: tuple[str, ...] = ()) -> ms.Tables:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "a.xlsx")
    return ms.load(folder / "a.xlsx")


def test_planned_and_actual_dates_are_milestones_of_one_project(tmp_path):
    tables = load(
        tmp_path,
        ["示例县2012年重点项目推进情况表（截至2012年8月）"],
        ["序号", "项目", "投资方", "进度", "开工时间", "竣工时间"],
        [1, "示例风电塔筒项目", "上海某公司", "计划", "2012年3月", "2012年12月"],
        [None, None, None, "实际", "2012年4月", None],
        [2, "示例家纺项目", "江苏某公司", "计划", "2012年5月", "2013年2月"],
        [None, None, None, "实际", None, None],
        merged=("A3:A4", "B3:B4", "C3:C4", "A5:A6", "B5:B6", "C5:C6"),
    )
    assert sorted(tables.projects["name"]) == ["示例家纺项目", "示例风电塔筒项目"]
    assert "duplicate_project" not in set(tables.problems["code"])
    dates = tables.milestones.set_index(["name", "milestone"])[["planned_on", "actual_on"]]
    day = pd.Timestamp
    assert dates.loc[("示例风电塔筒项目", "started")].tolist() == [day(2012, 3, 1), day(2012, 4, 1)]
    assert dates.loc[("示例风电塔筒项目", "completed")].tolist() == [day(2012, 12, 1), pd.NaT]
    assert dates.loc[("示例家纺项目", "started")].tolist() == [day(2012, 5, 1), pd.NaT]
    stages = tables.projects.set_index("name")["stage"]
    assert stages["示例风电塔筒项目"] == "started"


def test_planned_amounts_are_not_capital_that_arrived(tmp_path):
    tables = load(
        tmp_path,
        ["2012年8月项目资金表（单位：万元）"],
        ["项目名称", "类别", "本月到位资金", "累计到位资金"],
        ["示例风电塔筒项目", "计划", 500, 4000],
        ["", "完成", 300, 2600],
        ["示例家纺项目", "计划", 200, 1600],
        ["", "完成", 250, 1900],
    )
    stated = tables.funding_reports.set_index(["name", "stated_as"])["amount_10k"].to_dict()
    assert stated == {
        ("示例风电塔筒项目", "month"): 300, ("示例风电塔筒项目", "ytd"): 2600,
        ("示例家纺项目", "month"): 250, ("示例家纺项目", "ytd"): 1900,
    }  # fmt: skip
    cells = tables.funding_reports.set_index(["name", "stated_as"])["cell"]
    assert cells["示例风电塔筒项目", "month"] == "C4"


def test_a_list_with_a_column_of_kinds_that_are_no_pairs_stays_as_it_is(tmp_path):
    tables = load(
        tmp_path,
        ["项目名称", "类别", "总投资（万元）"],
        ["甲光伏项目", "计划", 500],
        ["乙纺织项目", "计划", 300],
        ["丙材料项目", "实际", 200],
        ["丁电池项目", "计划", 250],
    )
    assert len(tables.projects) == 4
