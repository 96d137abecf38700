"""The entry workbook as its users have it: made by the command, filled in, read back."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

import meishan_stats as ms
from meishan_stats.codelists import labels
from meishan_stats.errors import DefinitionError
from meishan_stats.outputs.entry_definitions import entry_column, entry_sheets

GUIDE = "填写说明"
FORMS = [
    "招商项目", "资金进度", "项目节点", "目标任务", "来访出访", "驻点招商", "驻点月报", "基础设施", "汇率",
]  # fmt: skip
HEADER_ROW, FIRST_ROW, LAST_ROW = 3, 4, 203
RECORDS = (
    "project_reports", "funding_reports", "projects", "funding", "milestones", "stage_events", "targets",
    "visits", "recruiters", "infrastructure", "fx_rates", "stated_totals",
)  # fmt: skip
Rows = Sequence[Mapping[str, Any]]

LIGHT = {
    "项目编号": "CX2011-001", "项目名称": "年产5000万平方米光伏背板项目", "投资方": "苏州甲新材料有限公司",
    "项目公司": "长兴甲光伏有限公司", "资金来源地": "江苏省苏州市", "来源层级": "国内省外", "产业类型": "新能源",
    "细分产业": "光伏", "建设内容": "建设光伏背板生产线4条", "项目阶段": "签约", "招商方式": "以商引商",
    "签约日期": date(2011, 3, 15), "投资币种": "人民币", "总投资": 3600, "协议资金": 3000, "固定资产投资": 2800.5,
    "设备投资": 1500, "用地面积": 30.5, "建筑面积": 20000, "年产值": 12000, "年税收": 800, "用工人数": 120,
    "是否重点项目": "是", "所属乡镇": "煤山镇", "所属园区": "煤山工业园", "驻点城市": "上海", "招商员": "张三",
    "备注": "正在办理土地手续",
}  # fmt: skip
SILICON = {
    "项目编号": "00123", "项目名称": "多晶硅提炼项目", "投资方": "美国乙公司", "资金来源地": "美国",
    "来源层级": "境外（含港澳台）", "产业类型": "新材料", "项目阶段": "在谈", "招商方式": "专职招商", "投资币种": "美元",
    "总投资": 500, "固定资产投资": 300, "用地面积": 12, "是否重点项目": "否",
}  # fmt: skip
ROWS: dict[str, Rows] = {
    "招商项目": [LIGHT, SILICON, {"项目名称": "长兴新能源小镇", "项目阶段": "线索"}, {"项目名称": "示例产业园"}],
    "资金进度": [
        {"项目编号": "CX2011-001", "项目名称": "年产5000万平方米光伏背板项目", "投资方": "苏州甲新材料有限公司",
         "币种": "人民币", "本月到位资金": 200, "本年累计到位资金": 800, "历年累计到位资金": 1500,
         "本年累计完成投资": 900, "本年累计完成固定资产投资": 700},
        {"项目编号": "00123", "项目名称": "多晶硅提炼项目", "币种": "美元", "本月到位资金": 50.25},
        {"项目名称": "长兴新能源小镇", "本月到位资金": 0},
    ],
    "项目节点": [
        {"项目编号": "CX2011-001", "项目名称": "年产5000万平方米光伏背板项目", "责任人": "王五",
         "计划签约时间": date(2011, 2, 28), "实际签约时间": date(2011, 3, 15),
         "计划注册时间": date(2011, 3, 1), "实际注册时间": date(2011, 3, 18),
         "计划报批时间": date(2011, 3, 20), "实际报批时间": date(2011, 3, 30),
         "计划开工时间": date(2011, 6, 30), "计划竣工时间": date(2012, 6, 30), "计划投产时间": date(2012, 12, 31)},
        {"项目名称": "示例产业园", "实际开工时间": date(2010, 5, 4), "实际竣工时间": date(2011, 1, 20),
         "实际投产时间": date(2011, 2, 9)},
    ],
    "目标任务": [
        {"年度": 2011, "指标": "利用县外资金", "下达单位": "县", "承担单位": "煤山镇", "目标任务": 35000,
         "计量单位": "万元"},
        {"指标": "新签约项目", "下达单位": "自加压力", "产业类型": "新能源", "目标任务": 16, "计量单位": "个"},
        {"年度": 2012, "指标": "固定资产投资", "目标任务": 3.5, "计量单位": "亿元"},
        {"年度": 2011, "指标": "合同利用外资", "目标任务": 500, "计量单位": "万美元"},
        {"年度": 2011, "指标": "新引进企业", "目标任务": 5, "计量单位": "家"},
        {"年度": 2011, "指标": "接待客商", "目标任务": 40, "计量单位": "批"},
        {"年度": 2011, "指标": "专职招商员", "目标任务": 8, "计量单位": "人"},
    ],
    "来访出访": [
        {"来访/出访": "来访", "活动日期": date(2011, 3, 5), "洽谈客商": "上海某某联合会", "客商来自": "上海市",
         "客商人数": 6, "我方人员": "张三、李四", "洽谈项目": "多晶硅提炼项目"},
        {"来访/出访": "出访", "活动日期": date(2011, 3, 9), "洽谈客商": "光利集团"},
    ],
    "驻点招商": [
        {"驻点城市": "上海", "人员类别": "专职", "姓名": "张三、赵六", "人数": 2,
         "驻点开始时间": date(2011, 1, 10), "驻点结束时间": date(2011, 12, 31)},
        {"驻点城市": "杭州", "人员类别": "领导", "姓名": "李四", "驻点开始时间": date(2011, 2, 1)},
        {"驻点城市": "无锡", "人员类别": "顾问", "姓名": "钱七"},
    ],
    "驻点月报": [
        {"驻点城市": "上海", "姓名": "张三", "驻点天数": 20.5, "走访次数": 12, "来访接待": 3, "上报项目信息": 4,
         "优质项目信息": 1, "领导走访": 2, "签约外资项目": 0, "缺勤次数": 5, "总得分": 86.5},
        {"驻点城市": "杭州", "姓名": "孙八", "驻点天数": 2, "走访次数": 0, "总得分": -2},
    ],
    "基础设施": [
        {"基础设施项目": "园区道路硬化工程", "工程类别": "道路", "本年计划投资": 1200, "本年累计完成投资": 350,
         "投入主体": "财政（国有）投入", "用地面积": 15},
        {"基础设施项目": "标准厂房", "本年计划投资": 3000, "投入主体": "民间投入"},
        {"基础设施项目": "污水管网", "本年累计完成投资": 88.5, "投入主体": "共同投入"},
    ],
    "汇率": [
        {"币种": "美元", "年份": 2011, "汇率": 6.46, "类别": "年平均"},
        {"币种": "港元", "年份": 2011, "汇率": 0.83, "类别": "固定"},
        {"币种": "日元", "年份": 2010, "月份": 12, "汇率": 0.0801, "类别": "月末"},
    ],
}  # fmt: skip


def template(*arguments: object, seed: str = "0") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-m", "meishan_stats.template", *map(str, arguments)],
        capture_output=True, encoding="utf-8", env=environment, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "模板.xlsx"
    run = template(path, "--office", "示例镇", "--year", 2011, "--month", 3)
    assert run.returncode == 0, run.stderr
    return path


def fill(empty: Path, rows: Mapping[str, Rows], to: Path) -> Path:
    """Type rows into the sheets below the headings that bear their names."""
    book = load_workbook(empty)
    for sheet, lines in rows.items():
        column_of = {heading_of(cell.value): cell.column for cell in book[sheet][HEADER_ROW]}
        for row, line in enumerate(lines, start=FIRST_ROW):
            for heading, value in line.items():
                book[sheet].cell(row, column_of[heading]).value = value
    book.save(to)
    return to


def heading_of(text: object) -> str:
    """Heading without its unit."""
    return str(text).partition("\n")[0]


@pytest.fixture(scope="module")
def filled(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(empty, ROWS, tmp_path_factory.mktemp("filled") / "2011.xlsx")


@pytest.fixture(scope="module")
def tables(filled: Path) -> ms.Tables:
    return ms.load(filled)


def plain(value: Any) -> Any:
    """Value that compares with what was typed: missing is None, a time is its day."""
    if value is None or pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def rows_of(frame: pd.DataFrame, *columns: str, sheet: str | None = None) -> list[tuple[Any, ...]]:
    """Rows of a table in the order of their sheet."""
    mine = frame if sheet is None else frame[frame["source_sheet"] == sheet]
    mine = mine.sort_values(["source_sheet", "source_row"], kind="stable")
    return [tuple(map(plain, row)) for row in mine[list(columns)].itertuples(index=False, name=None)]


def doubts(tables: ms.Tables) -> list[tuple[str, str, str]]:
    """Problems but for the one that test_the_page_of_instructions_is_no_doubt is about."""
    problems = tables.problems[tables.problems["source_sheet"] != GUIDE]
    return rows_of(problems, "source_sheet", "code", "cell")


def test_the_empty_workbook_has_no_record_and_no_doubt(empty: Path) -> None:
    tables = ms.load(empty)
    assert {name: len(getattr(tables, name)) for name in RECORDS} == dict.fromkeys(RECORDS, 0)
    assert doubts(tables) == []


def test_the_page_of_instructions_is_no_doubt(empty: Path) -> None:
    assert len(ms.load(empty).problems) == 0


def test_what_is_filled_in_raises_no_doubt(tables: ms.Tables) -> None:
    assert doubts(tables) == []


def test_every_sheet_is_read_as_its_table_and_month(tables: ms.Tables) -> None:
    found = zip(tables.sources["source_sheet"], tables.sources["layout"], strict=True)
    assert {sheet: layout.partition("[")[0] for sheet, layout in found} == {
        GUIDE: "", "招商项目": "projects", "资金进度": "projects", "项目节点": "projects", "目标任务": "targets",
        "来访出访": "visits", "驻点招商": "recruiters", "驻点月报": "recruiters", "基础设施": "infrastructure",
        "汇率": "fx_rates",
    }  # fmt: skip
    assert set(tables.project_reports["period"].dt.date) == {date(2011, 3, 1)}


def test_every_value_of_a_project_is_in_its_column(tables: ms.Tables) -> None:
    found = tables.project_reports[tables.project_reports["source_sheet"] == "招商项目"]
    light, silicon, lead, bare = (
        {name: plain(value) for name, value in row.items()} for row in found.to_dict("records")
    )
    expected = {
        "project_code": "CX2011-001", "name": "年产5000万平方米光伏背板项目", "investor": "苏州甲新材料有限公司",
        "company": "长兴甲光伏有限公司", "origin": "江苏省苏州市", "origin_level": "out_of_province",
        "sector": "new_energy", "sector_stated": "新能源", "sector_basis": "stated", "subsector": "光伏",
        "content": "建设光伏背板生产线4条", "stage": "signed", "stage_stated": "签约", "method": "merchant_referral",
        "signed_on": date(2011, 3, 15), "signed_precision": "day", "currency": "CNY",
        "total_investment_10k": 3600, "signed_10k": 3000, "fixed_asset_10k": 2800.5, "equipment_10k": 1500,
        "total_investment_cny_10k": 3600, "land_mu": 30.5, "plant_area_m2": 20000, "annual_output_10k": 12000,
        "annual_tax_10k": 800, "n_jobs": 120, "is_key": True, "town": "煤山镇", "park": "煤山工业园",
        "station": "上海", "recruiter": "张三", "extra": '{"备注": "正在办理土地手续"}',
    }  # fmt: skip
    assert {name: light[name] for name in expected} == expected
    expected = {
        "project_code": "00123", "origin_level": "overseas", "sector": "new_materials", "stage": "negotiating",
        "method": "full_time", "currency": "USD", "total_investment_10k": 500, "fixed_asset_10k": 300,
        "total_investment_cny_10k": 500 * 6.46, "signed_10k": None, "equipment_10k": None, "land_mu": 12,
        "plant_area_m2": None, "n_jobs": None, "is_key": False, "signed_on": None, "town": None, "extra": None,
    }  # fmt: skip
    assert {name: silicon[name] for name in expected} == expected
    assert (lead["name"], lead["stage"], lead["total_investment_10k"]) == ("长兴新能源小镇", "lead", None)
    assert (bare["name"], bare["stage"], bare["is_key"]) == ("示例产业园", None, None)


def test_the_three_sheets_of_projects_speak_of_the_same_projects(tables: ms.Tables) -> None:
    projects = tables.projects.set_index("name")
    assert sorted(projects.index) == sorted(row["项目名称"] for row in ROWS["招商项目"])
    light = projects.loc["年产5000万平方米光伏背板项目"]
    assert (light["responsible"], light["recruiter"], light["sector_basis"]) == ("王五", "张三", "stated")
    assert projects.loc["多晶硅提炼项目", "sector"] == "new_materials"


def test_every_amount_of_capital_is_in_its_column(tables: ms.Tables) -> None:
    columns = ("name", "project_code", "kind", "stated_as", "currency", "amount_10k", "period", "precision")
    light, march = ("年产5000万平方米光伏背板项目", "CX2011-001"), (date(2011, 3, 1), "month")
    assert sorted(rows_of(tables.funding_reports, *columns), key=str) == sorted(
        [
            (*light, "arrived", "month", "CNY", 200, *march),
            (*light, "arrived", "ytd", "CNY", 800, *march),
            (*light, "arrived", "total", "CNY", 1500, *march),
            (*light, "completed", "ytd", "CNY", 900, *march),
            (*light, "fixed_asset", "ytd", "CNY", 700, *march),
            ("多晶硅提炼项目", "00123", "arrived", "month", "USD", 50.25, *march),
            ("长兴新能源小镇", None, "arrived", "month", "CNY", 0, *march),
        ],
        key=str,
    )


def test_every_milestone_has_its_planned_and_its_actual_date(tables: ms.Tables) -> None:
    columns = ("name", "milestone", "planned_on", "actual_on", "responsible")
    light, park = ("年产5000万平方米光伏背板项目",), ("示例产业园",)
    assert sorted(rows_of(tables.milestones, *columns), key=str) == sorted(
        [
            (*light, "signed", date(2011, 2, 28), date(2011, 3, 15), "王五"),
            (*light, "registered", date(2011, 3, 1), date(2011, 3, 18), "王五"),
            (*light, "approval", date(2011, 3, 20), date(2011, 3, 30), "王五"),
            (*light, "started", date(2011, 6, 30), None, "王五"),
            (*light, "completed", date(2012, 6, 30), None, "王五"),
            (*light, "production", date(2012, 12, 31), None, "王五"),
            (*park, "started", None, date(2010, 5, 4), None),
            (*park, "completed", None, date(2011, 1, 20), None),
            (*park, "production", None, date(2011, 2, 9), None),
        ],
        key=str,
    )
    assert set(tables.milestones["planned_precision"].dropna()) == {"day"}


def test_every_target_has_its_amount_or_its_number(tables: ms.Tables) -> None:
    columns = ("year", "indicator", "issuer", "assignee", "sector", "amount_cny_10k", "n")
    assert rows_of(tables.targets, *columns) == [
        (2011, "利用县外资金", "县", "煤山镇", None, 35000, None),
        (2011, "新签约项目", "自加压力", None, "new_energy", None, 16),
        (2012, "固定资产投资", None, None, None, 35000, None),
        (2011, "合同利用外资", None, None, None, 500 * 6.46, None),
        (2011, "新引进企业", None, None, None, None, 5),
        (2011, "接待客商", None, None, None, None, 40),
        (2011, "专职招商员", None, None, None, None, 8),
    ]


def test_every_visit_is_read_and_tied_to_its_project(tables: ms.Tables) -> None:
    columns = (
        "direction",
        "visited_on",
        "visitor",
        "origin",
        "n_visitors",
        "host",
        "project_name",
        "project_id",
    )
    silicon = tables.projects.set_index("name").loc["多晶硅提炼项目", "project_id"]
    assert rows_of(tables.visits, *columns) == [
        (
            "received",
            date(2011, 3, 5),
            "上海某某联合会",
            "上海市",
            6,
            "张三、李四",
            "多晶硅提炼项目",
            silicon,
        ),
        ("made", date(2011, 3, 9), "光利集团", None, None, None, None, None),
    ]


def test_every_posting_is_read(tables: ms.Tables) -> None:
    columns = ("station", "kind", "name", "n", "from_on", "to_on", "period")
    assert rows_of(tables.recruiters, *columns, sheet="驻点招商") == [
        ("上海", "full_time", "张三、赵六", 2, date(2011, 1, 10), date(2011, 12, 31), None),
        ("杭州", "leader", "李四", None, date(2011, 2, 1), None, None),
        ("无锡", "adviser", "钱七", None, None, None, None),
    ]


def test_the_work_of_every_recruiter_is_read(tables: ms.Tables) -> None:
    columns = (
        "station", "name", "period", "station_days", "n_visits", "n_receptions", "n_leads", "n_excellent_leads",
        "n_leader_visits", "n_foreign_signed", "n_absences", "score",
    )  # fmt: skip
    assert rows_of(tables.recruiters, *columns, sheet="驻点月报") == [
        ("上海", "张三", date(2011, 3, 1), 20.5, 12, 3, 4, 1, 2, 0, 5, 86.5),
        ("杭州", "孙八", date(2011, 3, 1), 2, 0, None, None, None, None, None, None, -2),
    ]


def test_every_item_of_infrastructure_is_read_as_planned_and_as_completed(tables: ms.Tables) -> None:
    columns = ("item", "kind", "amount_cny_10k", "is_planned", "payer", "land_mu", "period")
    march = date(2011, 3, 1)
    assert rows_of(tables.infrastructure, *columns) == [
        ("园区道路硬化工程", "道路", 1200, True, "public", 15, march),
        ("园区道路硬化工程", "道路", 350, False, "public", 15, march),
        ("标准厂房", None, 3000, True, "private", None, march),
        ("污水管网", None, 88.5, False, "mixed", None, march),
    ]


def test_every_rate_is_read(tables: ms.Tables) -> None:
    assert rows_of(tables.fx_rates, "currency", "period", "precision", "rate", "basis") == [
        ("USD", date(2011, 1, 1), "year", 6.46, "annual_mean"),
        ("HKD", date(2011, 1, 1), "year", 0.83, "fixed"),
        ("JPY", date(2010, 12, 1), "month", 0.0801, "month_end"),
    ]


LISTS = {
    ("招商项目", "项目阶段"): ("stages", "project_reports", "stage"),
    ("招商项目", "招商方式"): ("methods", "project_reports", "method"),
    ("招商项目", "来源层级"): ("origin_levels", "project_reports", "origin_level"),
    ("招商项目", "产业类型"): ("sectors", "project_reports", "sector"),
    ("招商项目", "投资币种"): ("currencies", "project_reports", "currency"),
    ("资金进度", "币种"): ("currencies", "funding_reports", "currency"),
    ("目标任务", "产业类型"): ("sectors", "targets", "sector"),
    ("来访出访", "来访/出访"): ("directions", "visits", "direction"),
    ("驻点招商", "人员类别"): ("recruiter_kinds", "recruiters", "kind"),
    ("基础设施", "投入主体"): ("payers", "infrastructure", "payer"),
    ("汇率", "类别"): ("fx_bases", "fx_rates", "basis"),
}
"""Sheet and heading of every drop-down with its codelist, and the column that holds the code."""


def test_every_choice_of_every_drop_down_is_read_as_its_code(empty: Path, tmp_path: Path) -> None:
    currencies = labels("currencies")
    n = len(currencies)
    names = [f"示例{chr(0x4E00 + 97 * i)}光伏项目" for i in range(n)]
    rows: dict[str, list[dict[str, Any]]] = {
        "招商项目": [{"项目名称": name, "总投资": 100} for name in names],
        "资金进度": [{"项目名称": name, "本月到位资金": 20} for name in names],
        "目标任务": [{"指标": f"新签约项目{name}", "目标任务": 5, "计量单位": "个"} for name in names],
        "来访出访": [{"洽谈客商": f"{name}公司", "活动日期": date(2011, 3, 1)} for name in names],
        "驻点招商": [{"姓名": name[2] * 2, "驻点城市": "上海"} for name in names],
        "基础设施": [{"基础设施项目": f"道路{name[2]}", "本年计划投资": 5} for name in names],
        "汇率": [
            *(
                {"币种": label, "年份": 2011, "汇率": 3.3, "类别": "年平均"}
                for label in list(currencies.values())[1:]
            ),
            *({"币种": "美元", "年份": 1990, "汇率": 3.3} for _ in range(5)),
        ],
    }
    for (sheet, heading), (codelist, _, _) in LISTS.items():
        choices = list(labels(codelist).values())
        for i, row in enumerate(rows[sheet]):
            row.setdefault(heading, choices[i % len(choices)])
        assert {row[heading] for row in rows[sheet]} == set(choices)
    tables = ms.load(fill(empty, rows, tmp_path / "choices.xlsx"))
    for (sheet, heading), (codelist, table, column) in LISTS.items():
        code_of = {label: code for code, label in labels(codelist).items()}
        typed = [code_of[row[heading]] for row in rows[sheet]]
        assert [code for (code,) in rows_of(getattr(tables, table), column, sheet=sheet)] == typed
    # The rates are invented: some look like one for 100 units.
    assert {code for _, code, _ in doubts(tables)} <= {"ambiguous_unit"}


def test_every_currency_has_a_rate_that_is_read(empty: Path, tmp_path: Path) -> None:
    foreign = {code: label for code, label in labels("currencies").items() if code != "CNY"}
    rows = [{"币种": label, "年份": 1990, "汇率": 2.5} for label in foreign.values()]
    tables = ms.load(fill(empty, {"汇率": rows}, tmp_path / "rates.xlsx"))
    assert rows_of(tables.fx_rates, "currency", "rate") == [(code, 2.5) for code in foreign]


def test_it_reads_the_same_after_another_program_saved_it(
    libreoffice: str, filled: Path, tables: ms.Tables, tmp_path: Path
) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        libreoffice,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path),
        str(filled),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = ms.load(tmp_path / filled.name)
    assert doubts(saved) == []
    for name in RECORDS:
        pd.testing.assert_frame_equal(getattr(saved, name), getattr(tables, name))


def rule_of(sheet: Worksheet, heading: str) -> DataValidation | None:
    """The rule of the cells below a heading, which must hold for all of them."""
    column = next(cell.column_letter for cell in sheet[HEADER_ROW] if heading_of(cell.value) == heading)
    area = f"{column}{FIRST_ROW}:{column}{LAST_ROW}"
    return next((rule for rule in sheet.data_validations.dataValidation if str(rule.sqref) == area), None)


def test_every_drop_down_offers_the_labels_of_its_codelist(empty: Path) -> None:
    book = load_workbook(empty)
    for sheet, heading, name in [
        ("招商项目", "项目阶段", "stages"), ("招商项目", "招商方式", "methods"), ("招商项目", "产业类型", "sectors"),
        ("招商项目", "来源层级", "origin_levels"), ("招商项目", "投资币种", "currencies"),
        ("来访出访", "来访/出访", "directions"), ("驻点招商", "人员类别", "recruiter_kinds"),
        ("基础设施", "投入主体", "payers"), ("汇率", "类别", "fx_bases"),
    ]:  # fmt: skip
        rule = rule_of(book[sheet], heading)
        assert rule is not None and rule.type == "list", heading
        assert rule.formula1 == f'"{",".join(labels(name).values())}"'
        assert not rule.showDropDown  # true hides the arrow
    rule = rule_of(book["目标任务"], "计量单位")
    assert rule is not None and rule.formula1 == '"万元,亿元,万美元,个,家,批,人"'
    rule = rule_of(book["汇率"], "币种")
    assert rule is not None and "人民币" not in rule.formula1 and "美元" in rule.formula1


@pytest.mark.parametrize(
    ("sheet", "heading", "kind", "low", "high"),
    [
        ("招商项目", "签约日期", "date", "29221", "73415"),  # 1980-01-01 and 2100-12-31
        ("项目节点", "计划开工时间", "date", "29221", "73415"),
        ("招商项目", "总投资", "decimal", "0", "100000000"),
        ("招商项目", "用工人数", "whole", "0", "10000000"),
        ("目标任务", "年度", "whole", "1980", "2100"),
        ("汇率", "月份", "whole", "1", "12"),
        ("驻点月报", "总得分", "decimal", "-1000", "10000"),
    ],
)
def test_numbers_and_dates_are_held_to_their_bounds(
    empty: Path, sheet: str, heading: str, kind: str, low: str, high: str
) -> None:
    rule = rule_of(load_workbook(empty)[sheet], heading)
    assert rule is not None
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (kind, "between", low, high)


def test_a_wrong_entry_is_refused_with_a_message_in_chinese(empty: Path) -> None:
    for sheet in load_workbook(empty):
        for rule in sheet.data_validations.dataValidation:
            assert (rule.errorStyle or "stop", rule.showErrorMessage, rule.allow_blank) == (
                "stop",
                True,
                True,
            )
            assert rule.error.startswith("请") and len(rule.error) <= 255 and len(rule.errorTitle) <= 32


def test_every_column_has_a_comment_that_explains_it(empty: Path) -> None:
    book = load_workbook(empty)
    assert book.sheetnames == [GUIDE, *FORMS]
    for name in FORMS:
        for cell in book[name][HEADER_ROW]:
            assert cell.comment is not None
            assert cell.comment.text.startswith(str(cell.value).replace("\n", "") + "：")
    comment = next(
        cell.comment for cell in book["招商项目"][HEADER_ROW] if heading_of(cell.value) == "总投资"
    )
    assert comment.text.splitlines() == [
        "总投资（万）：项目总投资。外币项目填多少万外币，不折算。",
        "例：3600",
        "读入后：项目表“总投资（本币）”",
    ]


def test_text_stays_text_and_dates_look_like_dates(empty: Path) -> None:
    sheet = load_workbook(empty)["招商项目"]
    formats = {
        heading_of(cell.value): sheet.cell(LAST_ROW, cell.column).number_format for cell in sheet[HEADER_ROW]
    }
    assert (formats["项目编号"], formats["项目名称"], formats["签约日期"]) == ("@", "@", "yyyy-mm-dd")


def test_every_form_can_be_filtered_scrolled_and_printed(empty: Path) -> None:
    book = load_workbook(empty)
    assert book["招商项目"].freeze_panes == "D4"
    for name in FORMS:
        sheet = book[name]
        last = sheet.cell(HEADER_ROW, sheet.max_column).column_letter
        assert sheet.auto_filter.ref == f"A{HEADER_ROW}:{last}{LAST_ROW}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$3:$3"
        assert [sheet.cell(row, 1).value for row in (FIRST_ROW, LAST_ROW)] == [1, 200]


def test_no_heading_stands_for_two_fields_of_a_sheet() -> None:
    for sheet in entry_sheets():
        fields = [column.field for column in sheet.columns]
        assert len(set(fields)) == len(fields)


def test_the_same_arguments_give_the_same_bytes(empty: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    template(again, "--office", "示例镇", "--year", 2011, "--month", 3, seed="12345")
    assert again.read_bytes() == empty.read_bytes()


def test_without_office_and_month_the_titles_bear_the_month_that_is(tmp_path: Path) -> None:
    before = date.today()
    run = template(tmp_path / "now.xlsx")
    months = {f"{day.year}年{day.month}月招商项目表" for day in (before, date.today())}
    assert run.returncode == 0
    assert load_workbook(tmp_path / "now.xlsx")["招商项目"]["A1"].value in months


def test_an_office_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    template(tmp_path / "a.xlsx", "--office", "=1+1", "--year", 2011, "--month", 12)
    title = load_workbook(tmp_path / "a.xlsx")["招商项目"]["A1"]
    assert (title.value, title.data_type) == ("=1+1" + "2011年12月招商项目表", "s")


def refused(run: subprocess.CompletedProcess[str], *words: str) -> None:
    """The command ended with status 2 and one line that holds the words."""
    assert run.returncode == 2
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert all(word in line for word in words), line


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "有数据.xlsx"
    path.write_bytes(b"filled in")
    refused(template(path), "有数据.xlsx", "没有改动")
    assert path.read_bytes() == b"filled in"


def test_wrong_arguments_end_with_one_line_and_write_nothing(tmp_path: Path) -> None:
    refused(template(tmp_path / "none" / "a.xlsx"), "没有文件夹", "none")
    refused(template(tmp_path / "a.xls"), ".xlsx")
    refused(template(tmp_path / "a.xlsx", "--year", 1979), "--year", "1980")
    refused(template(tmp_path / "a.xlsx", "--year", 2101), "--year", "2100")
    refused(template(tmp_path / "a.xlsx", "--month", 0), "--month", "12")
    refused(template(tmp_path / "a.xlsx", "--month", "三"), "--month", "12")
    refused(template(tmp_path / "a.xlsx", "--office", "甲镇\n乙镇"), "--office")
    refused(template(), "OUT.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_help_does_not_wait_for_the_libraries() -> None:
    code = (
        "import sys\nfrom meishan_stats.template import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    print(end.code)\n"
        "print(sorted({'pandas', 'openpyxl'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-2:] == ["0", "[]"]
    assert "填报模板" in run.stdout


STAGE = {
    "heading": "项目阶段", "field": "stage", "unit": "", "kind": "list", "codelist": "stages", "width": "8",
    "required": "", "column": "projects.stage", "comment_zh": "本月底所处的阶段。", "example": "签约",
}  # fmt: skip


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"heading": "总投资"}, "total_investment"),
        ({"heading": "没有人写过的表头"}, "stage"),
        ({"kind": "colour"}, "entry_kinds.csv"),
        ({"codelist": "colours"}, "colours"),
        ({"codelist": "stages:lead|signt"}, "signt"),
        ({"codelist": "regions"}, "255"),
        ({"codelist": "甲,乙|丙"}, "255"),
        ({"column": "projects.stages"}, "projects.stages"),
        ({"column": "project.stage"}, "project.stage"),
    ],
)
def test_a_slip_in_the_definitions_is_told_with_what_to_mend(slip: dict[str, str], said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        entry_column(STAGE | slip, 12)


def test_a_drop_down_may_offer_some_codes_or_all_but_some() -> None:
    some, others = (
        entry_column(STAGE | {"codelist": f"stages:{said}"}, 2).choices
        for said in ("lead|signed", "-lead|signed")
    )
    assert some == ("线索", "签约")
    assert others == ("在谈", "注册", "报批", "落地", "开工", "竣工", "投产", "达产", "终止", "暂停")
