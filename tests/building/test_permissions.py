"""What may not be read or written. The tests run as root too, to whom everything is allowed until that right is given up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from building.small_offices import ROOT, as_an_ordinary_user, command, copied, results, write_month
from meishan_stats.tables import read_table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights of files")


def build(raw: Path, out: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("--raw", raw, "--out", out, "--no-workbooks", "--jobs", 1, *arguments),
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False, preexec_fn=as_an_ordinary_user,
    )  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two small offices and their results."""
    folder = tmp_path_factory.mktemp("built")
    for office, month in (("东镇", 1), ("东镇", 2), ("西镇", 1)):
        write_month(folder / "raw" / office, month)
    run = build(folder / "raw", folder / "out")
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture
def raw(built, tmp_path):
    return copied(built / "raw", tmp_path / "share" / "raw")


@pytest.fixture
def out(built, tmp_path):
    return copied(built / "out", tmp_path / "out")


@pytest.fixture(autouse=True)
def allowed_again(tmp_path):
    """Folders can be removed after the test."""
    yield
    tmp_path.chmod(0o700)
    for folder, names, _ in os.walk(tmp_path):
        for name in names:
            (Path(folder) / name).chmod(0o700)


def rows(out: Path, code: str) -> list[tuple[str, str]]:
    problems = read_table("problems", out)
    found = problems[problems["code"] == code]
    return list(zip(found["office"], found["source_file"], strict=True))


def one_line(run: subprocess.CompletedProcess[str], place: str) -> None:
    """The command ended with one line in two languages that names the place."""
    assert run.returncode == 2, run.stderr
    assert len(run.stderr.splitlines()) == 1
    zh, en = run.stderr.split(" / ")
    assert "Permission denied" in zh and place in zh
    assert "cannot" in en and place in en


def test_the_build_is_not_allowed_what_the_tests_forbid(tmp_path):
    """Otherwise no test here would show anything."""
    (tmp_path / "a").write_text("x", encoding="utf-8")
    (tmp_path / "a").chmod(0)
    run = subprocess.run(
        [sys.executable, "-c", f"open({str(tmp_path / 'a')!r})"],
        preexec_fn=as_an_ordinary_user, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "PermissionError" in run.stderr


def test_a_workbook_that_may_not_be_read_is_one_problem_row_until_it_may_be(raw, out):
    (raw / "东镇" / "2月.xlsx").chmod(0)
    run = build(raw, out, "--strict")
    assert (run.returncode, run.stderr) == (1, "")
    assert rows(out, "unreadable_workbook") == [("东镇", "2月.xlsx")]
    told = read_table("problems", out).query("code == 'unreadable_workbook'").iloc[0]
    assert "Permission denied" in told["message_zh"]
    reports = read_table("project_reports", out)
    assert set(zip(reports["office"], reports["source_file"], strict=True)) == {
        ("东镇", "1月.xlsx"),
        ("西镇", "1月.xlsx"),
    }
    (raw / "东镇" / "2月.xlsx").chmod(0o600)
    assert build(raw, out, "--strict").returncode == 0
    assert rows(out, "unreadable_workbook") == []


@pytest.mark.parametrize("rights", [0o000, 0o444])
def test_a_folder_that_may_not_be_entered_is_one_problem_row(raw, out, rights):
    write_month(raw / "东镇" / "往年", 4)
    (raw / "东镇" / "往年").chmod(rights)
    (raw / "西镇").chmod(rights)
    run = build(raw, out)
    assert (run.returncode, run.stderr) == (0, "")
    assert sorted(file for _, file in rows(out, "unreadable_workbook")) == ["往年", "西镇"]
    assert set(read_table("projects", out)["office"]) == {"东镇"}


@pytest.mark.parametrize("name", ["office.toml", "corrections.csv"])
def test_settings_that_may_not_be_read_stop_the_build(raw, out, name):
    """What they would change is not known: results without them would be wrong and not say so."""
    before = results(out)
    (raw / "东镇" / name).touch(mode=0)
    one_line(build(raw, out), name)
    assert results(out) == before


@pytest.mark.parametrize(("place", "rights"), [(".", 0o000), ("..", 0o000), ("..", 0o444)])
def test_a_raw_folder_that_may_not_be_read_is_one_line(raw, out, place, rights):
    before = results(out)
    (raw / place).resolve().chmod(rights)
    one_line(build(raw, out), str(raw))
    assert results(out) == before


@pytest.mark.parametrize(
    ("place", "rights"),
    [(".", 0o555), (".", 0o000), (".parts", 0o555), (".parts", 0o444), (".lock", 0o000), (".next", 0o000)],
)
def test_a_folder_of_results_that_may_not_be_written_is_one_line(raw, out, place, rights):
    before = results(out)
    write_month(raw / "东镇", 2, arrived=999)
    if place == ".next":
        (out / place).mkdir()
    (out / place).chmod(rights)
    one_line(build(raw, out), str(out))
    (out / place).chmod(0o700)
    assert results(out) == before


def test_a_result_that_may_not_be_read_is_made_again(raw, out):
    before = results(out)
    (out / "projects.parquet").chmod(0)
    run = build(raw, out)
    assert (run.returncode, run.stderr) == (0, "")
    assert results(out) == before


@pytest.mark.parametrize("place", [".", "projects.parquet"])
def test_reading_a_table_that_may_not_be_read_is_one_line(out, place):
    (out / place).chmod(0)
    program = (
        "import sys, meishan_stats as ms\n"
        "from meishan_stats.errors import FolderError\n"
        "try: ms.read_table('projects', sys.argv[1])\n"
        "except FolderError as error: print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(out)],
        preexec_fn=as_an_ordinary_user, capture_output=True, encoding="utf-8", check=False, cwd=ROOT,
    )  # fmt: skip
    assert run.stderr == ""
    assert "Permission denied" in run.stdout and len(run.stdout.splitlines()) == 1
