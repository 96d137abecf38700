"""Only what changed is done anew, and the result is byte for byte that of a full build."""

import shutil
import struct

import openpyxl
import pytest

from building.small_offices import ROOT, copied, results, write_month
from meishan_stats.building.parts import load_object
from meishan_stats.building.tasks import extract_part
from meishan_stats.extract.workbook import SUFFIXES
from meishan_stats.offices import find_offices
from meishan_stats.tables import read_table


@pytest.fixture
def built(raw, build, tmp_path):
    out = tmp_path / "out"
    run = build("--raw", raw, "--out", out, "--jobs", 1)
    assert run.returncode == 0, run.stderr
    return out


def fresh(raw, build, tmp_path):
    """Results of a build that knows no part."""
    out = tmp_path / "fresh"
    assert build("--raw", raw, "--out", out, "--jobs", 1).returncode == 0
    return results(out)


def cells_read(out):
    """Parts of workbooks, with the time when each was read."""
    return {path.name: path.stat().st_mtime_ns for path in (out / ".parts").glob("*.cells")}


def test_without_a_change_no_file_is_written(raw, build, built):
    before = {path.name: path.stat().st_mtime_ns for path in built.iterdir() if path.is_file()}
    run = build("--raw", raw, "--out", built)
    assert run.returncode == 0
    assert "没有变化" in run.stdout
    after = {path.name: path.stat().st_mtime_ns for path in built.iterdir() if path.is_file()}
    assert {name for name in after if after[name] != before.get(name)} <= {".lock"}


def test_a_changed_workbook_alone_is_read_again(raw, build, built, tmp_path):
    before = cells_read(built)
    write_month(raw / "西镇", 2, arrived=70)
    assert build("--raw", raw, "--out", built).returncode == 0
    after = cells_read(built)
    kept = {name for name in after if after[name] == before.get(name)}
    assert (len(before), len(after), len(kept)) == (5, 5, 4)
    assert read_table("funding", built)["amount_10k"].max() > 80
    assert results(built) == fresh(raw, build, tmp_path)


def test_a_new_month_is_added(raw, build, built, tmp_path):
    write_month(raw / "东镇", 4)
    assert build("--raw", raw, "--out", built).returncode == 0
    assert results(built) == fresh(raw, build, tmp_path)


def test_an_office_that_left_takes_its_rows_and_its_workbook_with_it(raw, build, built, tmp_path):
    shutil.rmtree(raw / "西镇")
    assert build("--raw", raw, "--out", built).returncode == 0
    assert set(read_table("projects", built)["office"]) == {"东镇"}
    assert not list(built.glob("*西镇*"))
    assert results(built) == fresh(raw, build, tmp_path)


@pytest.mark.parametrize("name", ["office.toml", "corrections.csv"])
def test_settings_and_corrections_count_as_a_change(raw, build, built, tmp_path, name):
    text = {
        "office.toml": 'county = "东县"\n',
        "corrections.csv": "table,project,column,value,reason\nprojects,甲光伏项目,total_investment_10k,9,笔误\n",
    }[name]
    (raw / "东镇" / name).write_text(text, encoding="utf-8")
    assert build("--raw", raw, "--out", built).returncode == 0
    if name == "office.toml":
        assert set(read_table("offices", built)["county"].dropna()) == {"东县"}
    else:
        assert 9 in read_table("projects", built)["total_investment_10k"].tolist()
    assert results(built) == fresh(raw, build, tmp_path)


@pytest.mark.parametrize("damage", ["deleted", "garbage", "truncated", "forced"])
def test_parts_may_be_deleted_or_broken_at_any_time(raw, build, built, tmp_path, damage):
    parts = sorted((built / ".parts").iterdir())
    assert parts
    for path in parts:
        if damage == "deleted":
            path.unlink()
        elif damage == "garbage":
            path.write_bytes(b"\x80\x05garbage")
        elif damage == "truncated":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    write_month(raw / "东镇", 3, arrived=120)
    run = build("--raw", raw, "--out", built, *["--force"][: damage == "forced"])
    assert run.returncode == 0, run.stderr
    assert results(built) == fresh(raw, build, tmp_path)


@pytest.mark.parametrize(
    "name", ["projects.csv", "projects.parquet", "manifest.json", "招商引资统计_东镇.xlsx"]
)
def test_a_result_that_was_touched_or_lost_is_made_again(raw, build, built, tmp_path, name):
    whole = results(built)
    (built / name).write_bytes(b"saved by somebody")
    assert build("--raw", raw, "--out", built).returncode == 0
    assert results(built) == whole
    (built / name).unlink()
    assert build("--raw", raw, "--out", built).returncode == 0
    assert results(built) == whole


FILES = [path for folder in ("data/raw", "tests/workbooks/files") for path in sorted((ROOT / folder).rglob("*")) if path.suffix in SUFFIXES]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_part_that_is_written_can_be_read_back(path, tmp_path):
    """One that cannot would be made twice, in silence."""
    office = find_offices(path)[0]
    extract_part(office, office.files[0], "part", tmp_path)
    assert load_object(tmp_path / "part.cells") is not None


def test_a_part_that_somebody_slipped_in_can_call_nothing(raw, build, built, tmp_path):
    """A pickle may name any function: the one that reads parts knows plain data alone."""
    witness = tmp_path / "called"
    evil = b"cos\nsystem\n(S'touch " + str(witness).encode() + b"'\ntR."
    for path in (built / ".parts").glob("*.cells"):
        path.write_bytes(evil)
    write_month(raw / "东镇", 3, arrived=120)
    assert build("--raw", raw, "--out", built).returncode == 0
    assert not witness.exists()
    assert results(built) == fresh(raw, build, tmp_path)


def test_office_workbooks_may_be_left_out(raw, build, tmp_path):
    run = build("--raw", raw, "--out", tmp_path / "out", "--no-workbooks")
    assert run.returncode == 0
    assert not list((tmp_path / "out").glob("*.xlsx"))
    assert (tmp_path / "out" / "projects.csv").exists()
    assert build("--raw", copied(raw, tmp_path / "again"), "--out", tmp_path / "out").returncode == 0
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == 2


def test_no_telephone_number_is_kept_in_a_part(build, tmp_path):
    """Numbers as offices write them: in a column of their own, in a title, in a remark, within a text."""
    book = openpyxl.Workbook()
    for row in (
        ["2011年3月招商引资项目表（联系电话：13900000001）"],
        ["序号", "项目名称", "总投资（万元）", "联系电话", "进展情况"],
        [1, "甲光伏项目", 3600, "13900000002", "已签约，联系人13900000003"],
        [2, "乙玻璃钢项目", 900, 13900000004, "在谈"],
        ["填报人：某某 电话：13900000005"],
    ):
        book.active.append(row)
    (tmp_path / "raw" / "东镇").mkdir(parents=True)
    book.save(tmp_path / "raw" / "东镇" / "3月.xlsx")
    assert build("--raw", tmp_path / "raw", "--out", tmp_path / "out").returncode == 0
    parts = list((tmp_path / "out" / ".parts").iterdir())
    assert any("甲光伏项目".encode() in path.read_bytes() for path in parts)
    assert any(struct.pack(">d", 3600) in path.read_bytes() for path in parts), (
        "numbers are kept in another way"
    )
    for path in parts:
        assert b"1390000000" not in path.read_bytes(), path
        for layout in (">d", "<d", "<q"):  # as a number, by whatever wrote it
            assert struct.pack(layout, 13900000004) not in path.read_bytes(), path
