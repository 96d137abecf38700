"""Every hostile file: an ordinary reading or one clear problem row, in time, and no harm to the file beside it."""

import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import meishan_stats as ms
from meishan_stats.codelists import codes

sys.path.insert(0, str(Path(__file__).parent))
import itertools

from make import FILES, every_case

CASES = dict(every_case())
SECONDS_A_FILE = 10.0
NEIGHBOUR = FILES / "sectors_from_names.xlsx"
REFUSED = {"unreadable_workbook", "password_protected", "limit_exceeded"}
PER_OFFICE = 24


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> ms.Tables:
    """Tables of the sound workbook without any other."""
    folder = tmp_path_factory.mktemp("alone") / "镇"
    folder.mkdir()
    (folder / NEIGHBOUR.name).write_bytes(NEIGHBOUR.read_bytes())
    return ms.load(folder)


def test_there_are_three_hundred_files_and_they_are_the_same_every_time():
    assert len(CASES) >= 300
    assert dict(every_case()) == CASES


@pytest.mark.parametrize("start", range(0, len(CASES), PER_OFFICE))
def test_every_file_is_read_or_refused_with_a_reason_and_the_one_beside_it_is_unharmed(
    tmp_path, alone, start
):
    folder = tmp_path / "镇"
    folder.mkdir()
    (folder / NEIGHBOUR.name).write_bytes(NEIGHBOUR.read_bytes())
    names = list(CASES)[start : start + PER_OFFICE]
    for name in names:
        (folder / name).write_bytes(CASES[name])
    spent: dict[str, float] = {}
    told: list[tuple[str, float]] = []
    tables = ms.load(folder, progress=lambda said: told.append((said, time.process_time())))
    told.append(("", time.process_time()))
    for (said, before), (_, after) in itertools.pairwise(told):
        spent[said] = after - before
    assert max(spent.values()) < SECONDS_A_FILE, max(spent, key=lambda said: spent[said])

    failed = tables.problems.query("code == 'internal_error'")
    assert failed.empty, (failed["source_file"] + failed["message_en"]).tolist()
    assert set(tables.problems["code"]) <= set(codes("problems"))
    sources = tables.sources.set_index("source_file")
    for name in names:
        mine = tables.problems[tables.problems["source_file"] == name]
        row = sources.loc[[name]].iloc[0]
        was_read = pd.notna(row["source_sheet"]) or "repeated_sheet" in set(mine["code"])
        refused = set(mine["code"]) & REFUSED
        assert was_read or refused, name
        if refused:
            assert mine["message_zh"].str.len().gt(4).all() and mine["hint"].str.len().gt(4).all()

    for table in ("projects", "project_reports", "funding_reports", "sources", "problems"):
        want, got = getattr(alone, table), getattr(tables, table)
        if (
            table == "projects"
        ):  # merged over all files of the office; the neighbour's own rows are its reports
            continue
        mine = got[got["source_file"] == NEIGHBOUR.name].reset_index(drop=True)
        want = want[want["source_file"] == NEIGHBOUR.name].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, want)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bomb_blanks.xlsx", "limit_exceeded"),
        ("zip_many_parts.xlsx", "limit_exceeded"),
        ("zip_lying_size.xlsx", "unreadable_workbook"),
        ("zip_overlap.xlsx", "unreadable_workbook"),
        ("zip_twice.xlsx", "unreadable_workbook"),
        ("zip_in_zip.xlsx", "unreadable_workbook"),
        ("zip_encrypted.xlsx", "password_protected"),
        ("zip_checksum_xl_worksheets_sheet1_xml.xlsx", "unreadable_workbook"),
        ("entities.xlsx", "limit_exceeded"),
        ("entities_2003.xls", "limit_exceeded"),
        ("entities_in_relations.xlsx", "limit_exceeded"),
        ("entity_undeclared.xlsx", "unreadable_workbook"),
        ("far_corner.xlsx", "far_cells"),
        ("far_row.xlsx", "far_cells"),
        ("far_column.xlsx", "far_cells"),
        ("far_beyond_rows.xlsx", "far_cells"),
        ("far_beyond_columns.xlsx", "far_cells"),
        ("far_without_reference.xlsx", "far_cells"),
        ("far_other_quotes.xlsx", "far_cells"),
        ("far_many.xlsx", "far_cells"),
        ("far_prefixed.xlsx", "far_cells"),
        ("far_upper_case.xlsx", "far_cells"),
        ("far_other_case.xlsx", "far_cells"),
        ("far_backslashes.xlsx", "far_cells"),
        ("far_two_kinds.xlsx", "far_cells"),
        ("claim_huge.xls", "limit_exceeded"),
        ("claim_backwards.xls", "limit_exceeded"),
        ("row_cut_short.xlsb", "unreadable_workbook"),
        ("encoding_unknown.ods", "unreadable_workbook"),
        ("encoding_unknown.xlsb", "unreadable_workbook"),
        ("sheet_of_another_kind.xlsx", "unreadable_workbook"),
        ("html_spans.xls", "limit_exceeded"),
        ("xml2003_far.xls", "limit_exceeded"),
        ("xml2003_words.xls", "unreadable_workbook"),
        ("csv_wide.csv", "limit_exceeded"),
        ("csv_long_cell.csv", "limit_exceeded"),
        ("csv_open_quote.csv", "unreadable_workbook"),
        ("ods_rows.ods", "limit_exceeded"),
        ("ods_words.ods", "unreadable_workbook"),
        ("sheet_twice.xlsx", "unreadable_workbook"),
        ("sheet_many.xlsx", "limit_exceeded"),
        ("password.xlsx", "password_protected"),
        ("filepass.xls", "password_protected"),
        ("empty.xlsx", "unreadable_workbook"),
        ("cell_17.xlsx", "error_value"),
        ("cell_21.xlsx", "formula_without_value"),
    ],
)
def test_each_danger_is_named_by_its_own_problem(tmp_path, name, code):
    path = tmp_path / name
    path.write_bytes(CASES[name])
    assert code in set(ms.load(path).problems["code"])


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("far_")])
def test_a_far_cell_costs_no_row_of_the_table(tmp_path, name):
    sound, path = tmp_path / "sound.xlsx", tmp_path / name
    sound.write_bytes((FILES / "thousands_of_yuan.xlsx").read_bytes())
    path.write_bytes(CASES[name])
    want, got = (ms.load(file).projects[["name", "total_investment_10k"]] for file in (sound, path))
    pd.testing.assert_frame_equal(got, want)


def test_a_far_cell_is_named_with_its_place(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(CASES["far_corner.xlsx"])
    row = ms.load(path).problems.query("code == 'far_cells'").iloc[0]
    assert row["cell"] == "XFD1048576"
    assert "1" in row["message_zh"]


def test_a_workbook_is_read_in_little_memory_whatever_it_claims(tmp_path):
    """A phantom sheet of 17 thousand million cells, read by a process that may hold one GiB."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(CASES["far_corner.xlsx"])
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31));"
        "from pathlib import Path; from meishan_stats.extract.workbook import read_workbook;"
        "print(len(read_workbook(Path(sys.argv[1])).sheets[0].rows) < 100)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr
