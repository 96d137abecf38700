"""Nothing is lost between a sheet and the tables: every row and every amount is recorded or told of."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import meishan_stats as ms
from meishan_stats.conservation import check_conservation
from meishan_stats.corrections.apply import Corrections
from meishan_stats.extract.workbook import SUFFIXES
from meishan_stats.extracting import extract_file, failed_file
from meishan_stats.loading import office_tables
from meishan_stats.offices import Office
from meishan_stats.reading import Reports, read_rates, read_reports

ROOT = Path(__file__).parents[1]
FILES = sorted(
    path for path in (ROOT / "tests" / "workbooks" / "files").rglob("*") if path.suffix.lower() in SUFFIXES
)
HEADER = ["序号", "项目名称", "总投资（万元）", "本年累计到位资金（万元）"]


def write(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "9月"
    for row in (["2011年9月招商引资项目表"], HEADER, *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_every_row_and_amount_of_the_project_s_own_offices_is_in_a_table():
    sources = ms.load(ROOT / "data" / "raw").sources
    assert sources["n_rows"].sum() == sources["n_rows_recorded"].sum() > 3_000
    assert sources["n_amounts"].sum() == sources["n_amounts_recorded"].sum() > 3_000


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_no_workbook_of_the_tests_loses_an_amount_in_silence(path):
    tables = ms.load(path)
    assert "not_conserved" not in set(tables.problems["code"])
    repeated = set(tables.problems.loc[tables.problems["code"] == "repeated_sheet", "source_sheet"])
    told = tables.problems[tables.problems["code"].isin(["row_without_record", "no_table"])]
    counted = tables.sources[~tables.sources["source_sheet"].isin(repeated)]
    short = counted[(counted["n_rows_recorded"] < counted["n_rows"]).fillna(False)]
    assert set(short["source_sheet"]) <= set(told["source_sheet"])


@pytest.mark.parametrize("code", ["internal_error", "unreadable_workbook", "limit_exceeded"])
def test_an_office_of_which_no_file_could_be_read_has_its_problem_and_no_other(tmp_path, code):
    office = Office(tmp_path, "东镇", files=(tmp_path / "1月.xlsx",))
    tables = office_tables(office, [failed_file(office, "1月.xlsx", code, "…")])
    assert tables.problems["code"].tolist() == [code]
    assert tables.sources["ignored_because"].tolist() == [code]
    assert tables.projects.empty


def test_a_row_of_numbers_without_a_name_is_told_with_its_place(tmp_path):
    path = write(
        tmp_path / "a.xlsx", [1, "甲光伏项目", 3600, 100], [2, None, 500, 20], [3, "乙玻璃钢项目", 900, 30]
    )
    tables = ms.load(path)
    (row,) = tables.problems[tables.problems["code"] == "row_without_record"].to_dict("records")
    assert (row["source_sheet"], row["source_row"], row["severity"]) == ("9月", 4, "warning")
    assert "500" in row["value"]
    assert tables.sources["n_rows"].tolist() == [3]
    assert tables.sources["n_rows_recorded"].tolist() == [2]
    assert tables.sources["n_amounts"].tolist() == [6]
    assert tables.sources["n_amounts_recorded"].tolist() == [4]


def read(path: Path) -> tuple[Office, list, Reports]:
    office = Office(path.parent, "甲镇", files=(path,))
    files = [extract_file(office, path, {})]
    reports = Reports()
    rates = read_rates(office, files, reports, Corrections(office.name, []))
    read_reports(office, files, rates, reports)
    return office, files, reports


@pytest.mark.parametrize(("table", "amount"), [("project_reports", "total_investment_10k"), ("funding_reports", "amount_10k")])  # fmt: skip
def test_an_amount_that_gets_lost_on_the_way_is_an_error_that_names_the_sheet(tmp_path, table, amount):
    """The loss is made here by hand, as a flaw of the program would make it."""
    path = write(tmp_path / "a.xlsx", [1, "甲光伏项目", 3600, 100], [2, "乙玻璃钢项目", 900, 30])
    office, files, reports = read(path)
    assert check_conservation(office.name, files, reports) == []
    office, files, reports = read(path)
    whole = reports.table(table)
    reports.frames[table] = [whole.assign(**{amount: whole[amount].mask(pd.Series([False, True]))})]
    (row,) = check_conservation(office.name, files, reports)
    assert (row["code"], row["severity"], row["source_sheet"]) == ("not_conserved", "error", "9月")


def test_a_row_that_gets_lost_on_the_way_is_told(tmp_path):
    path = write(tmp_path / "a.xlsx", [1, "甲光伏项目", 3600, None], [2, "乙玻璃钢项目", 900, None])
    office, files, reports = read(path)
    reports.frames["project_reports"] = [reports.table("project_reports")[:1]]
    (row,) = check_conservation(office.name, files, reports)
    assert (row["code"], row["source_row"]) == ("row_without_record", 4)
