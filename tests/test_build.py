"""The command as its user runs it: in a process of its own, over real folders."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from meishan_stats.schemas import RESULTS, TABLES
from meishan_stats.tables import read_table

ROOT = Path(__file__).parents[1]
MEISHAN = ROOT / "data" / "raw" / "meishan"


# A reference table, or the date of production, is the analyst's to give.
NEED_A_CHOICE = {"location_quotient", "shift_share", "backward_schedule"}


def build(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "120"}
    return subprocess.run(
        [sys.executable, "-m", "meishan_stats.build", *map(str, arguments)],
        capture_output=True, encoding="utf-8", cwd=cwd, env=environment, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    out = tmp_path_factory.mktemp("processed")
    return out, build("--raw", MEISHAN, "--out", out)


def test_every_table_and_statistic_is_written_as_parquet_and_csv(built):
    out, run = built
    assert run.returncode == 0, run.stderr
    for name in {*TABLES, *RESULTS} - NEED_A_CHOICE:
        assert (out / f"{name}.parquet").is_file()
        assert (out / f"{name}.csv").is_file()
        assert read_table(name, out).columns.tolist() == pd.read_csv(out / f"{name}.csv").columns.tolist()


def test_a_table_reads_back_with_the_types_of_its_schema(built):
    out, _ = built
    projects = read_table("projects", out)
    assert str(projects["total_investment_10k"].dtype) == "float64"
    assert str(projects["source_row"].dtype) == "Int64"
    assert str(projects["signed_on"].dtype) == "datetime64[ns]"


def test_csv_opens_in_excel_as_utf_8(built):
    out, _ = built
    assert (out / "projects.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_closing_table_names_the_office_and_counts_its_projects(built):
    _, run = built
    line = next(line for line in run.stdout.splitlines() if "煤山镇" in line)
    cells = [cell.strip() for cell in line.strip("│ ").split("│")]
    assert cells[0] == "煤山镇"
    assert cells[1] == "1"
    assert cells[4] == "2"


def test_quiet_prints_nothing(tmp_path):
    run = build("--raw", MEISHAN, "--out", tmp_path, "--quiet")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.parametrize("raw", ["没有的文件夹", "empty"])
def test_a_folder_that_is_missing_or_empty_is_one_line_and_status_2(tmp_path, raw):
    (tmp_path / "empty").mkdir()
    run = build("--raw", tmp_path / raw, "--out", tmp_path / "out")
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert raw in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()


def test_a_wrong_argument_is_status_2_without_traceback():
    run = build("--no-such-option")
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_a_malformed_office_toml_is_one_line_that_names_the_file(tmp_path):
    shutil.copy(MEISHAN / "meishan_2011.xlsx", tmp_path)
    (tmp_path / "office.toml").write_text("name = 煤山镇", encoding="utf-8")
    run = build("--raw", tmp_path, "--out", tmp_path / "out")
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "office.toml" in run.stderr


def test_a_text_file_called_xlsx_is_a_problem_row_and_stops_nothing(tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(MEISHAN, raw / "meishan")
    (raw / "meishan" / "notes.xlsx").write_text("这不是表格", encoding="utf-8")
    out = tmp_path / "out"
    run = build("--raw", raw, "--out", out)
    assert run.returncode == 0, run.stderr
    problems = read_table("problems", out)
    row = problems[problems["source_file"] == "notes.xlsx"].iloc[0]
    assert (row["severity"], row["code"]) == ("error", "unreadable_workbook")
    assert len(read_table("projects", out)) == 2


def test_strict_ends_with_status_1_if_there_is_an_error(tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(MEISHAN, raw / "meishan")
    assert build("--raw", raw, "--out", tmp_path / "out", "--strict").returncode == 0
    (raw / "meishan" / "notes.xlsx").write_text("这不是表格", encoding="utf-8")
    assert build("--raw", raw, "--out", tmp_path / "out", "--strict").returncode == 1


def test_help_and_argument_errors_do_not_load_pandas():
    code = "import sys; sys.argv=['x','--help']\nimport meishan_stats.build as b\ntry: b.main()\nexcept SystemExit: pass\nassert 'pandas' not in sys.modules"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
