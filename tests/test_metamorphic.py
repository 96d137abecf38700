"""Changes that change nothing: order of rows, blank rows, names of sheets, format of the file."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import meishan_stats as ms

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "data" / "raw" / "demo"
ROWS = [
    ["甲电池项目", "江苏甲公司", "新能源", 12000, "已签约", "2011年3月", 300, 1200],
    ["乙光伏项目", "上海乙公司", "新能源", "约8000", "在谈", "", "", ""],
    ["丙气凝胶项目", "杭州丙公司", "新材料", "500万美元", "已开工", "2010-05-20", "", 800],
    ["丁面料项目", "绍兴丁公司", "现代纺织", 4300, "投产", "2009.12", 50, 650],
    ["戊酱菜项目", "本地戊公司", "其他", 900, "洽谈", "", "", ""],
]
HEADER = [
    ["项目名称", "投资方", "产业类型", "总投资（万元）", "进度", "签约时间", "到位资金（万元）", ""],
    ["", "", "", "", "", "", "本月", "本年累计"],
]


def workbook(path: Path, rows: list[list[object]], sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in [["某镇2011年9月招商项目表"], *HEADER, *rows]:
        book.active.append([None if value == "" else value for value in row])
    book.active.merge_cells("A1:H1")
    book.active.merge_cells("G2:H2")
    for letter in "ABCDEF":
        book.active.merge_cells(f"{letter}2:{letter}3")
    book.save(path)
    return path


def statistics(path: Path) -> list[dict[str, object]]:
    """Both statistics of a workbook as plain records, offices and sources aside."""
    tables = ms.load(path)
    frames = [ms.sector_breakdown(tables.projects, tables.funding), ms.funding_by_month(tables.funding)]
    records = [
        row for frame in frames for row in frame.drop(columns="office").astype(object).to_dict("records")
    ]
    return [{key: None if pd.isna(value) else value for key, value in row.items()} for row in records]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    found = statistics(workbook(tmp_path_factory.mktemp("base") / "表.xlsx", ROWS))
    assert sum(int(str(row.get("n_projects") or 0)) for row in found if "sector" in row) == len(ROWS)
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(ROWS))))
def test_the_order_of_rows_changes_no_statistic(tmp_path, expected, order):
    assert statistics(workbook(tmp_path / "表.xlsx", [ROWS[i] for i in order])) == expected


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.integers(0, len(ROWS)), max_size=4))
def test_blank_rows_change_no_statistic(tmp_path, expected, places):
    rows: list[list[object]] = [list(row) for row in ROWS]
    for place in sorted(places, reverse=True):
        rows.insert(place, [""])
    assert statistics(workbook(tmp_path / "表.xlsx", rows)) == expected


@pytest.mark.parametrize("name", ["项目", "Sheet3", "表一", "data", "新建工作表"])
def test_the_name_of_a_sheet_changes_no_statistic(tmp_path, expected, name):
    assert statistics(workbook(tmp_path / "表.xlsx", ROWS, sheet=name)) == expected


def convert(office: str, path: Path, suffix: str, out: Path) -> Path:
    """The file saved in another format by LibreOffice."""
    target = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1"}.get(suffix, suffix)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{out / 'profile'}", "--convert-to", target, "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return out / f"{path.stem}.{suffix}"


@pytest.mark.parametrize("suffix", ["xls", "ods", "csv"])
def test_the_format_of_the_file_changes_no_statistic(libreoffice, tmp_path, expected, suffix):
    assert (
        statistics(convert(libreoffice, workbook(tmp_path / "表.xlsx", ROWS), suffix, tmp_path)) == expected
    )


@pytest.mark.parametrize("suffix", ["xls", "ods"])
@pytest.mark.parametrize(
    "name",
    [
        "示例镇2010年3月招商引资报表",
        "示例镇2010年9月招商引资报表",
        "示例镇2011年3月招商引资报表",
        "示例镇2011年9月招商引资报表",
    ],
)
def test_each_form_of_the_demo_reads_the_same_in_another_format(libreoffice, tmp_path, name, suffix):
    original = ms.load(DEMO / f"{name}.xlsx")
    shutil.copy(DEMO / "office.toml", tmp_path)
    converted = ms.load(convert(libreoffice, DEMO / f"{name}.xlsx", suffix, tmp_path))
    left_out = ["office", "source_file", "fx_basis"]
    for table in ("project_reports", "funding_reports", "stated_totals"):
        pd.testing.assert_frame_equal(
            getattr(original, table).drop(columns=left_out, errors="ignore"),
            getattr(converted, table).drop(columns=left_out, errors="ignore"),
        )
