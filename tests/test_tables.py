"""Tables on disk."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from meishan_stats.errors import ChoiceError, FolderError
from meishan_stats.result_set import commit, stage
from meishan_stats.schemas import Targets, conform
from meishan_stats.table_files import TableFiles, csv_lines, to_arrow
from meishan_stats.tables import read_table

TARGETS = conform(
    pd.DataFrame(
        {
            "office": ["甲镇", "乙镇，县"],
            "source_row": [4, None],
            "year": [2011, 2012],
            "amount_cny_10k": [35000.0, 12.5],
        }
    ),
    Targets,
)


def write(frame: pd.DataFrame, folder: Path) -> None:
    """Write a set of one table, in two pieces."""
    beside = stage(folder)
    files = TableFiles(beside, "targets", "this set")
    for piece in (frame[:1], frame[1:]):
        rows = to_arrow(piece, "targets")
        files.add(rows, csv_lines(rows))
    files.close()
    commit(folder, {"set": "this set", "outputs": {path.name: {} for path in files.paths}})


def test_a_table_is_the_same_after_writing_and_reading(tmp_path):
    write(TARGETS, tmp_path)
    pd.testing.assert_frame_equal(read_table("targets", tmp_path), TARGETS)


def test_lines_are_the_same_however_the_rows_are_chunked():
    rows = to_arrow(TARGETS, "targets")
    chunks = pa.concat_tables([rows[:0], rows[:1], rows[1:1], rows[1:]])
    assert csv_lines(chunks) == csv_lines(rows)


def test_a_table_without_rows_keeps_its_columns_and_types(tmp_path):
    write(TARGETS[:0], tmp_path)
    pd.testing.assert_frame_equal(read_table("targets", tmp_path), TARGETS[:0])
    assert (tmp_path / "targets.csv").read_text(encoding="utf-8-sig").startswith('"office","source_file"')


def test_the_csv_holds_the_same_rows_as_the_table(tmp_path):
    write(TARGETS, tmp_path)
    read = pd.read_csv(tmp_path / "targets.csv", encoding="utf-8-sig")
    assert read["amount_cny_10k"].tolist() == [35000.0, 12.5]
    assert read["office"].tolist() == ["甲镇", "乙镇，县"]


def test_the_order_of_adding_up_leaves_no_trace_in_a_file(tmp_path):
    one = TARGETS.assign(amount_cny_10k=[0.1 + 0.2 + 0.3, 1.0])
    other = TARGETS.assign(amount_cny_10k=[0.3 + 0.2 + 0.1, 1.0])
    assert one["amount_cny_10k"][0] != other["amount_cny_10k"][0]
    assert to_arrow(one, "targets") == to_arrow(other, "targets")


def test_a_table_of_another_set_than_the_manifest_is_not_read(tmp_path):
    write(TARGETS, tmp_path)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace("this set", "another"))
    with pytest.raises(FolderError, match=r"meishan_stats\.build"):
        read_table("targets", tmp_path)


def test_a_broken_file_is_one_line_that_says_to_build_again(tmp_path):
    write(TARGETS, tmp_path)
    (tmp_path / "targets.parquet").write_bytes(b"PAR1 broken PAR1")
    with pytest.raises(FolderError, match="build"):
        read_table("targets", tmp_path)


def test_an_unknown_table_is_named_with_those_there_are():
    with pytest.raises(ChoiceError, match=r"target_s.*targets"):
        read_table("target_s")


def test_a_table_that_is_not_built_says_how_to_build_it(tmp_path):
    with pytest.raises(FolderError, match=r"meishan_stats\.build"):
        read_table("targets", tmp_path)
