"""Tables on disk."""

import pandas as pd
import pytest

from meishan_stats.errors import ChoiceError, FolderError
from meishan_stats.schemas import Targets, conform
from meishan_stats.tables import read_table, write_table

TARGETS = conform(
    pd.DataFrame({"office": ["甲镇"], "source_row": [4], "year": [2011], "amount_cny_10k": [35000.0]}),
    Targets,
)


def test_a_table_is_the_same_after_writing_and_reading(tmp_path):
    write_table(TARGETS, "targets", tmp_path)
    pd.testing.assert_frame_equal(read_table("targets", tmp_path), TARGETS)


def test_no_half_written_file_is_left(tmp_path):
    write_table(TARGETS, "targets", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["targets.csv", "targets.parquet"]


def test_an_unknown_table_is_named_with_those_there_are():
    with pytest.raises(ChoiceError, match=r"target_s.*targets"):
        read_table("target_s")


def test_a_table_that_is_not_built_says_how_to_build_it(tmp_path):
    with pytest.raises(FolderError, match=r"meishan_stats\.build"):
        read_table("targets", tmp_path)
