"""A folder that cannot be written, a full disk, files that nobody may read: one line, and the old results stay."""

import os
import resource
import subprocess

import openpyxl
import pytest

from building.small_offices import HEADER, ROOT, command, results, write_month
from meishan_stats.building.make import Options, make_set
from meishan_stats.building.plan import plan
from meishan_stats.building.workers import Limits
from meishan_stats.tables import read_table


def limited(limit_bytes: int):
    """Let a process write no file larger than so many bytes, as on a disk that is full."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    return limit


@pytest.mark.parametrize("limit", [1_000, 9_000, 30_000])
def test_a_full_disk_is_one_line_and_the_old_results_stay(raw, build, tmp_path, limit):
    out = tmp_path / "out"
    assert build("--raw", raw, "--out", out).returncode == 0
    before = results(out)
    write_month(raw / "东镇", 3, arrived=999)
    run = subprocess.run(
        command("--raw", raw, "--out", out), cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=limited(limit), env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "写不了" in run.stderr
    assert results(out) == before
    assert build("--raw", raw, "--out", out).returncode == 0
    assert results(out) != before


@pytest.mark.parametrize("place", ["/sys/results", "/dev/null/results"])
def test_a_folder_that_cannot_be_made_is_one_line_that_names_it(raw, build, place):
    run = build("--raw", raw, "--out", place)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert place in run.stderr


def test_a_workbook_that_outgrows_its_limits_is_a_problem_row_and_its_neighbour_is_read(raw, tmp_path):
    """Sixty thousand rows need more than the 80 MiB that are allowed here; three rows do not."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for i in range(60_000):
        sheet.append([i + 1, f"大{i}光伏项目", f"{i}公司", "新能源", i, 1, "2011-01-05"])
    book.save(raw / "东镇" / "大表.xlsx")
    out = tmp_path / "out"
    out.mkdir()
    limits = Limits(seconds=60, memory=80 * 1024**2)
    make_set(plan(raw, has_workbooks=False), out, Options(jobs=1, limits=limits))
    problems = read_table("problems", out)
    assert problems.loc[problems["code"] == "limit_exceeded", "source_file"].tolist() == ["大表.xlsx"]
    assert len(read_table("projects", out)) == 6
