"""The workbook of Meishan town holds what the article of 2011 says, typed here by hand, and nothing else."""

import tomllib
from pathlib import Path

import openpyxl

FOLDER = Path(__file__).parents[1] / "data" / "raw" / "meishan"


def _rows(sheet: str) -> list[tuple[object, ...]]:
    """Rows of the table: those that begin with a running number or with 合计."""
    book = openpyxl.load_workbook(FOLDER / "meishan_2011.xlsx")
    rows = book[sheet].iter_rows(values_only=True)
    return [row for row in rows if isinstance(row[0], int) or row[0] == "合计"]


def _header(sheet: str) -> list[str]:
    book = openpyxl.load_workbook(FOLDER / "meishan_2011.xlsx")
    rows = book[sheet].iter_rows(values_only=True)
    return [str(text).replace("\n", "") for text in next(row for row in rows if row[0] == "序号")]


def test_the_two_projects_are_as_the_article_tells_them() -> None:
    assert _header("招商项目")[:9] == [
        "序号",
        "项目名称",
        "投资方",
        "客商来源",
        "总投资（万元）",
        "协议资金（万元）",
        "到位资金（万元）",
        "项目进度",
        "签约时间",
    ]
    silicon, container = (row[:9] for row in _rows("招商项目"))
    assert silicon == (
        1, "物理法提炼多晶硅", None, "上海青浦", "500万美元", None, None, "业主已同意落户", None,
    )  # fmt: skip
    assert container == (
        2, "长兴宇峰非金属容器", "江苏客商", "江苏", 3600, None, None, "已正式签订协议，进入项目报批", None,
    )  # fmt: skip


def test_no_arrived_capital_is_made_up() -> None:
    assert [row[6] for row in _rows("招商项目")] == [None, None]
    assert all("文中未载" in str(row[9]) for row in _rows("招商项目"))


def test_four_parties_came_to_see_the_town() -> None:
    assert [row[1:4] for row in _rows("来访客商")] == [
        ("2011年", "上海", "上海"),
        ("2011年", "南京亚飞通讯", None),
        ("2011年", "上海知青联合会", None),
        ("2011年", "光利集团", None),
    ]


def test_eight_recruiters_are_stationed_in_four_cities() -> None:
    *cities, total = _rows("驻点招商")
    assert [row[1] for row in cities] == ["杭州", "萧山", "上海", "无锡"]
    assert [row[3] for row in cities] == [None] * 4
    assert (total[0], total[3]) == ("合计", 8)


def test_officials_went_to_qingpu() -> None:
    assert [row[1:5] for row in _rows("外出招商")] == [("2011年", "上海青浦", "镇干部", "物理法提炼多晶硅")]


def test_the_mechanism_is_three_in_one_with_advisers() -> None:
    assert [row[1] for row in _rows("招商队伍")] == ["领导招商", "专职招商", "全民招商", "招商顾问"]


def test_targets_are_those_of_2011() -> None:
    assert [row[1:4] for row in _rows("目标任务")] == [
        (2011, "利用县外资金", "3.5亿元"),
        (2011, "千万元以上重点储备项目", "16个"),
        (2011, "基础设施投入", "5000万元以上"),
    ]


def test_infrastructure_has_one_amount() -> None:
    rows = _rows("基础设施")
    assert [(row[1], row[3]) for row in rows] == [
        ("基础设施投入", "5000万元以上"),
        ("工业园区三期建设", None),
        ("三狮水泥厂北侧平台建设", None),
        ("鼓励民间资本投资基础设施建设", None),
    ]
    assert "计划投入" in _header("基础设施")


def test_every_sheet_names_its_source() -> None:
    book = openpyxl.load_workbook(FOLDER / "meishan_2011.xlsx")
    assert book.sheetnames == [
        "招商项目", "来访客商", "外出招商", "驻点招商", "招商队伍", "目标任务", "基础设施",
    ]  # fmt: skip
    for sheet in book:
        text = "".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        assert "《煤山镇强力推进招商引资工作》，zj123.com，2011年" in text


def test_office_file_names_the_town_and_its_source() -> None:
    office = tomllib.loads((FOLDER / "office.toml").read_text(encoding="utf-8"))
    assert office == {
        "name": "煤山镇",
        "county": "长兴县",
        "adcode": "330522",
        "source": "《煤山镇强力推进招商引资工作》，zj123.com，2011年",
        "demo": False,
        "fx_basis": "annual_mean",
    }
