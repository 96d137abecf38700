"""What an analyst opens when a number looks wrong."""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import meishan_stats as ms
from meishan_stats.errors import FolderError

ROOT = Path(__file__).parents[1]
MEISHAN = ROOT / "data" / "raw" / "meishan" / "meishan_2011.xlsx"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "meishan_stats.explain", *map(str, arguments)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_every_sheet_row_role_and_column_is_told():
    text = str(ms.explain(MEISHAN))
    for sheet in ("招商项目", "来访客商", "驻点招商", "目标任务", "基础设施"):
        assert f"== {sheet} ==" in text
    assert "表头 header" in text
    assert "total_investment" in text
    assert "ambiguous" not in text.split("== 来访客商 ==", maxsplit=1)[1].split("==", maxsplit=1)[0]


def test_it_can_be_called_again_after_its_module_was_imported():
    __import__("meishan_stats.explain")
    assert ms.explain(MEISHAN).path == MEISHAN
    assert ms.explain(MEISHAN).path == MEISHAN


def test_a_notebook_shows_it_in_colours_with_markup_escaped(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "总投资（万元）"])
    book.active.append(["<script>alert(1)</script>", 3600])
    book.save(tmp_path / "a.xlsx")
    page = ms.explain(tmp_path / "a.xlsx")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "background:#9fc5e8" in page


def test_the_command_prints_the_explanation():
    found = run(MEISHAN)
    assert found.returncode == 0, found.stderr
    assert "物理法提炼多晶硅" in found.stdout


@pytest.mark.parametrize("name", ["没有.xlsx", "text.xlsx"])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, name):
    (tmp_path / "text.xlsx").write_text("这不是表格", encoding="utf-8")
    found = run(tmp_path / name)
    assert found.returncode == 2
    assert len(found.stderr.splitlines()) == 1
    assert name in found.stderr
    with pytest.raises(FolderError):
        ms.explain(tmp_path / name)
