"""Workbooks that somebody else writes, locks or saves while a build goes on: another process does it, at a known moment."""

import subprocess
import sys
from pathlib import Path

import pytest

from building.small_offices import ROOT, as_an_ordinary_user, command, results, write_month
from meishan_stats.tables import read_table

LAST = 9
WRITER = """
import os, sys, time
from pathlib import Path
parts, path, deed = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
while not list(parts.glob("*.cells")):   # the first workbook has not been read yet
    time.sleep(0.0005)
if deed == "lock":
    path.chmod(0)
else:
    path.write_bytes(Path(deed).read_bytes())
print(len(list(parts.glob("*.cells"))))
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Nine months of one office: a build that reads the first has eight more to read before the last."""
    for month in range(1, LAST + 1):
        write_month(tmp_path / "raw" / "东镇", month)
    return tmp_path / "raw"


def build(raw: Path, out: Path) -> None:
    run = subprocess.run(
        command("--raw", raw, "--out", out, "--jobs", 1, "--no-workbooks"),
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False, preexec_fn=as_an_ordinary_user,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")


def build_while(raw: Path, out: Path, deed: str | Path) -> None:
    """Build while another process, once the first workbook is read, does something to the last."""
    path = raw / "东镇" / f"{LAST}月.xlsx"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, out / ".parts", path, deed], stdout=subprocess.PIPE, text=True
    )
    build(raw, out)
    said, _ = writer.communicate(timeout=60)
    assert 1 <= int(said) < LAST, "the writer came too late: nothing was shown"


def told(out: Path) -> list[tuple[str, str]]:
    problems = read_table("problems", out)
    return list(zip(problems["code"], problems["source_file"], strict=True))


def arrived(out: Path) -> float:
    reports = read_table("funding_reports", out)
    return reports.loc[reports["source_file"] == f"{LAST}月.xlsx", "amount_10k"].min()


def test_a_workbook_saved_during_the_build_is_told_and_read_anew_by_the_next(raw, tmp_path):
    newer = write_month(tmp_path / "newer", LAST, arrived=200)
    out = tmp_path / "out"
    build_while(raw, out, newer)
    assert told(out) == [("file_changed", f"{LAST}月.xlsx")]
    assert arrived(out) == 200 * LAST, "what was read is the newer content, and that is said"
    build(raw, out)
    assert told(out) == []
    build(raw, tmp_path / "fresh")
    assert results(out) == results(tmp_path / "fresh")


def test_a_workbook_changed_during_the_build_and_changed_back_is_read_as_it_is(raw, tmp_path):
    path, out = raw / "东镇" / f"{LAST}月.xlsx", tmp_path / "out"
    before = path.read_bytes()
    build_while(raw, out, write_month(tmp_path / "newer", LAST, arrived=200))
    path.write_bytes(before)
    build(raw, out)
    assert told(out) == []
    assert arrived(out) == 100 * LAST


def test_a_workbook_locked_during_the_build_is_told_and_read_once_it_is_free(raw, tmp_path):
    """As when a colleague opens it in Excel: its bytes are the same before and after."""
    path, out = raw / "东镇" / f"{LAST}月.xlsx", tmp_path / "out"
    build_while(raw, out, "lock")
    assert told(out) == [("unreadable_workbook", f"{LAST}月.xlsx")]
    assert read_table("project_reports", out)["source_file"].nunique() == LAST - 1
    path.chmod(0o600)
    build(raw, out)
    assert told(out) == []
    build(raw, tmp_path / "fresh")
    assert results(out) == results(tmp_path / "fresh")
