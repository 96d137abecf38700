"""What is written runs nothing: CSV, workbooks, file names, the page of a report."""

from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from openpyxl import Workbook

from meishan_stats.outputs.cells import put_text
from meishan_stats.outputs.office_names import office_file_name
from meishan_stats.outputs.xlsx import workbook_bytes
from meishan_stats.problems import problem, problems_frame
from meishan_stats.result_set import commit, stage
from meishan_stats.schemas import TABLES, conform
from meishan_stats.table_files import TableFiles, csv_lines, for_people, to_arrow
from meishan_stats.tables import read_table

FORMULAS = ["=1+1", "+1+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", ' =1+1', '"=1+1"', "'=1"]  # fmt: skip
HARMLESS = ["甲项目", "3,600", "-3.5", "+5%", "A=B", "1-2月", "", "无"]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_would_run_gets_an_apostrophe_in_csv(text):
    assert for_people(pa.table({"a": [text]})).to_pydict() == {"a": [f"'{text}"]}


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_and_numbers_as_text_stay_as_they_are(text):
    assert for_people(pa.table({"a": [text]})).to_pydict() == {"a": [text]}


def test_numbers_stay_numbers_and_what_is_missing_stays_missing():
    table = pa.table({"n": [-1.5, None], "t": ["=1", None]})
    assert for_people(table).to_pydict() == {"n": [-1.5, None], "t": ["'=1", None]}


def test_parquet_keeps_the_text_as_it_was(tmp_path):
    rows = [problem("unparseable_amount", office="镇", source_file="a.xlsx", source_row=i + 1, column=0, value=text, field="总投资") for i, text in enumerate(FORMULAS)]  # fmt: skip
    files = TableFiles(stage(tmp_path), "problems", "this set")
    table = to_arrow(conform(problems_frame(rows), TABLES["problems"]), "problems")
    files.add(table, csv_lines(table))
    files.close()
    commit(tmp_path, {"set": "this set", "outputs": {path.name: {} for path in files.paths}})
    assert sorted(read_table("problems", tmp_path)["value"]) == sorted(FORMULAS)
    written = pd.read_csv(tmp_path / "problems.csv", dtype=str, keep_default_na=False)["value"]
    assert written.str.startswith("'").all()


@pytest.mark.parametrize("text", FORMULAS)
def test_text_in_a_workbook_is_text_and_stays_so_when_edited(tmp_path, text):
    book = Workbook()
    put_text(book.active["A1"], text)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_bytes(book))
    cell = openpyxl.load_workbook(path).active["A1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize(
    "office",
    ["../../x", "CON", "a/b", "a\\b", "甲\n乙", "甲\u202exslx", "镇" * 500, "C:x", "a" * 5_000, "\x00"],
)
def test_an_office_cannot_choose_where_its_workbook_goes(tmp_path, office):
    path = tmp_path / office_file_name(office)
    path.write_bytes(b"x")
    assert path.resolve().parent == tmp_path.resolve()
    assert path.name.startswith("招商引资统计_")
    assert path.name.isprintable()
    assert [p.name for p in tmp_path.iterdir()] == [Path(path).name]
