"""Generated layouts: however a table is drawn, the same projects are read and no cell is lost.

The generator draws the same literal projects with any number of titles, the unit anywhere, any order of
columns, headings or a column for the sector, sums at the top, inside or at the end, blank rows and notes.
"""

from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import meishan_stats as ms

COUNTS = ["n_title", "n_unit", "n_header", "n_section", "n_data", "n_total", "n_remark", "n_ignored"]
PROJECTS = [
    # name, investor, sector, total (万元), signed, arrived this year, stage
    ("示例光伏组件项目", "甲电力公司", "新能源", 12000, 9000, 3500, "已开工"),
    ("示例风机塔筒项目", "乙重工公司", "新能源", 8000, 8000, 1200, "已签约"),
    ("示例气凝胶毡项目", "丙材料公司", "新材料", 4300, 4000, 4000, "投产"),
    ("示例玻璃钢管项目", "丁复合公司", "新材料", 2600, 2000, 600, "在建"),
    ("示例经编面料项目", "戊纺织公司", "现代纺织", 5100, 5000, 0, "已签约"),
    ("示例化纤长丝项目", "己化纤公司", "现代纺织", 30000, 20000, 11000, "竣工"),
]
SECTORS = ["新能源", "新材料", "现代纺织"]
HEADERS = {
    "name": ["项目名称", "项 目\n名 称", "招商项目名称", "項目名稱"],
    "investor": ["投资方", "投资单位", "客商名称", "投資方"],
    "sector": ["产业类型", "所属产业", "行业类别"],
    "total": ["总投资", "计划总投资", "投资总额", "項目總投資"],
    "signed": ["协议资金", "合同引资额", "签约金额"],
    "arrived": ["本年累计到位资金", "今年到位资金", "1-9月到位资金"],
    "stage": ["进度", "目前进展", "项目状态"],
}


@dataclass(frozen=True)
class Drawing:
    """Everything a clerk may choose."""

    headers: dict[str, str]
    columns: list[str]
    titles: list[str]
    unit: str  # note, header, under or title
    scale: str  # 万元 or 亿元
    by_section: bool
    total: str  # top, bottom, both or none
    subtotals: bool
    seq: bool
    blank_rows: bool
    notes: list[str]
    order: list[int]


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    by_section = draw(st.booleans())
    columns = ["name", "investor", "total", "signed", "arrived", "stage"] + ([] if by_section else ["sector"])
    return Drawing(
        headers={field: draw(st.sampled_from(words)) for field, words in HEADERS.items()},
        columns=["name", *draw(st.permutations(columns[1:]))],
        titles=draw(st.sampled_from([["某镇2011年9月招商项目情况表"], ["某县招商局", "2011年9月项目进度表"], ["附件1", "某镇招商引资项目台账", "（2011年9月）"]])),
        unit=draw(st.sampled_from(["note", "header", "under", "title"])),
        scale=draw(st.sampled_from(["万元", "亿元"])),
        by_section=by_section,
        total=draw(st.sampled_from(["top", "bottom", "both", "none"])),
        subtotals=by_section and draw(st.booleans()),
        seq=draw(st.booleans()),
        blank_rows=draw(st.booleans()),
        notes=draw(st.sampled_from([[], ["备注：本表每月5日前报送。"], ["注：1.到位资金以验资报告为准。", "填报人：", "审核人："]])),
        order=draw(st.permutations(range(len(PROJECTS)))),
    )  # fmt: skip


def amount(value: float, scale: str) -> float:
    return value if scale == "万元" else value / 10000


def record(drawing: Drawing, project: tuple[object, ...]) -> dict[str, object]:
    name, investor, sector, *amounts, stage = project
    total, signed, arrived = (amount(float(str(a)), drawing.scale) for a in amounts)
    return {
        "name": name,
        "investor": investor,
        "sector": sector,
        "total": total,
        "signed": signed,
        "arrived": arrived,
        "stage": stage,
    }


def sum_row(drawing: Drawing, label: str, projects: list[tuple[object, ...]]) -> list[object]:
    records = [record(drawing, project) for project in projects]
    cells: list[object] = [
        round(sum(float(str(r[column])) for r in records), 6)
        if column in ("total", "signed", "arrived")
        else ""
        for column in drawing.columns
    ]
    cells[0] = label
    return ["", *cells] if drawing.seq else cells


def rows_of(drawing: Drawing) -> tuple[list[list[object]], int]:
    """Rows of the sheet, and its width."""
    width = len(drawing.columns) + drawing.seq
    rows: list[list[object]] = [[title] for title in drawing.titles]
    if drawing.unit == "title":
        rows[-1][0] = f"{rows[-1][0]}（单位：{drawing.scale}）"
    if drawing.unit == "note":
        rows.append([""] * (width - 1) + [f"单位：{drawing.scale}"])
    money = {"total", "signed", "arrived"}
    in_header = f"（{drawing.scale}）" if drawing.unit == "header" else ""
    header = [drawing.headers[column] + (in_header if column in money else "") for column in drawing.columns]
    rows.append((["序号"] if drawing.seq else []) + header)
    if drawing.unit == "under":
        rows.append(
            ([""] if drawing.seq else []) + [drawing.scale if c in money else "" for c in drawing.columns]
        )
    projects = [PROJECTS[i] for i in drawing.order]
    if drawing.total in ("top", "both"):
        rows.append(sum_row(drawing, "合计", projects))
    groups = (
        [(s, [p for p in projects if p[2] == s]) for s in SECTORS] if drawing.by_section else [("", projects)]
    )
    for number, (sector, group) in enumerate(groups):
        if sector:
            rows.append([f"{'一二三'[number]}、{sector}"])
        for i, project in enumerate(group, start=1):
            cells = record(drawing, project)
            rows.append(([i] if drawing.seq else []) + [cells[column] for column in drawing.columns])
        if drawing.subtotals:
            rows.append(sum_row(drawing, "小计", group))
        if drawing.blank_rows:
            rows.append([])
    if drawing.total in ("bottom", "both"):
        rows.append(sum_row(drawing, "总计", projects))
    return rows + [[note] for note in drawing.notes], width


def draw_workbook(drawing: Drawing, path: Path) -> Path:
    rows, width = rows_of(drawing)
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            if value != "":
                sheet.cell(r, c, value)
    for r in range(1, len(drawing.titles) + 1):
        sheet.merge_cells(start_row=r, end_row=r, start_column=1, end_column=width)
    book.save(path)
    return path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawings())
def test_the_same_projects_are_read_however_the_table_is_drawn(tmp_path: Path, drawing: Drawing) -> None:
    tables = ms.load(draw_workbook(drawing, tmp_path / "某镇.xlsx"))
    read = tables.projects.set_index("name")
    meant = pd.DataFrame(
        PROJECTS, columns=["name", "investor", "sector", "total", "signed", "arrived", "stage"]
    ).set_index("name")
    assert sorted(read.index) == sorted(meant.index)
    read = read.loc[meant.index]
    assert read["investor"].tolist() == meant["investor"].tolist()
    assert read["total_investment_cny_10k"].tolist() == pytest.approx(meant["total"].tolist())
    assert read["signed_cny_10k"].tolist() == pytest.approx(meant["signed"].tolist())
    assert read["sector"].tolist() == ["new_energy"] * 2 + ["new_materials"] * 2 + ["modern_textiles"] * 2
    assert read["stage"].tolist() == ["started", "signed", "production", "started", "signed", "completed"]
    arrived = tables.funding_reports.set_index("name").loc[meant.index]
    assert arrived["amount_cny_10k"].tolist() == pytest.approx(meant["arrived"].tolist())
    assert set(arrived["stated_as"]) == {"ytd"}
    assert set(arrived["period"]) == {pd.Timestamp("2011-09-01")}
    assert tables.stated_totals["agrees"].all()
    assert (len(tables.stated_totals) > 0) == (drawing.total != "none" or drawing.subtotals)
    assert (tables.sources[COUNTS].sum(axis=1) == tables.sources["n_cells"]).all()
    alarms = tables.problems[tables.problems["severity"].isin(["error", "warning"])]
    assert alarms.empty, alarms[["code", "cell", "message_en"]].to_string()
