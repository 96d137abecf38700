"""The reader against workbooks of many layouts, each with a truth typed by hand.

A case and its truth stand in ``workbooks/cases``; ``python benchmarks/accuracy.py`` prints the score.
"""

import datetime as dt
import io
import shutil
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from python_calamine import load_workbook

sys.path.insert(0, str(Path(__file__).parent))

import meishan_stats as ms
from meishan_stats.codelists import codes
from meishan_stats.problems import problem, problems_frame
from meishan_stats.schemas import TABLES, columns, conform
from workbooks.case import FILES, Case, Cell, Formula, Sheet
from workbooks.cases import all_cases
from workbooks.compare import OTHER_TABLES, Comparison, compare, key
from workbooks.header_steps import headers_by_step

CASES = {case.name: case for case in all_cases()}
MOST_FALSE_ALARMS = 1

every_case = pytest.mark.parametrize("name", CASES)


@cache
def read(name: str) -> Comparison:
    """Comparison of one case; the file is read once for all tests."""
    case = CASES[name]
    return compare(case, ms.load(case.path))


def text_of(faults: list[str]) -> str:
    return "\n" + "\n".join(faults)


@every_case
def test_projects_are_those_an_analyst_reads(name: str) -> None:
    assert not read(name).projects, text_of(read(name).projects)


@every_case
def test_capital_is_what_the_cells_say(name: str) -> None:
    assert not read(name).funding, text_of(read(name).funding)


@pytest.mark.parametrize(
    "name", [n for n, case in CASES.items() if any(case.truth(table) for table in OTHER_TABLES)]
)
def test_other_tables_are_what_the_cells_say(name: str) -> None:
    assert not read(name).other_tables, text_of(read(name).other_tables)


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.problems])
def test_a_careful_analyst_is_told_of_every_doubt(name: str) -> None:
    assert not read(name).missed_problems, text_of(read(name).missed_problems)


@every_case
def test_no_workbook_cries_wolf(name: str) -> None:
    alarms = read(name).false_alarms
    assert len(alarms) <= MOST_FALSE_ALARMS, text_of(alarms)


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.totals])
def test_totals_are_compared_with_their_rows(name: str) -> None:
    assert not read(name).totals, text_of(read(name).totals)


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.roles])
def test_every_row_has_the_role_a_reader_sees(name: str) -> None:
    assert not read(name).roles, text_of(read(name).roles)


@every_case
def test_every_cell_is_accounted_for(name: str) -> None:
    assert not read(name).cells, text_of(read(name).cells)


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.fields])
def test_headers_with_a_field_are_mapped_and_others_told_of(name: str) -> None:
    assert not read(name).headers, text_of(read(name).headers)


def test_lock_files_and_hidden_files_are_skipped_with_a_reason(tmp_path: Path) -> None:
    case = CASES["xlsx_progress_table"]
    shutil.copy(case.path, tmp_path / "进度表.xlsx")
    shutil.copy(case.path, tmp_path / ".进度表.xlsx")
    (tmp_path / "~$进度表.xlsx").write_bytes(b"\x05Zhang" + b"\x20" * 159)
    tables = ms.load(tmp_path)
    assert len(tables.projects) == 4
    assert not tables.problems["severity"].isin(["warning", "error"]).any()
    skipped = tables.sources[tables.sources["source_file"].isin([".进度表.xlsx", "~$进度表.xlsx"])]
    assert len(skipped) == 2
    assert skipped["ignored_because"].notna().all()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.fields])
def test_every_header_is_read_as_the_field_it_means(name: str) -> None:
    _, _, wrong = headers_by_step(CASES[name])
    assert wrong == []


def test_empty_sheets_are_skipped_with_a_reason() -> None:
    tables = ms.load(CASES["nothing_but_empty_sheets"].path)
    assert sorted(tables.sources["source_sheet"]) == ["Sheet1", "Sheet2"]
    assert tables.sources["ignored_because"].notna().all()


# The corpus and the comparison themselves


def test_the_comparison_sees_wrong_cells_extra_projects_and_false_alarms() -> None:
    case = Case(
        name="example",
        about="",
        sheets=[],
        projects="name | total_investment_10k | stage\n甲 | 3600 | None\n乙 | 500 | signed",
        funding="name | amount_10k\n甲 | 100\n甲 | 100",
        problems=[("range_amount", "C4")],
    )
    empty = {
        name: conform(pd.DataFrame(), TABLES[name]) for name in (*OTHER_TABLES, "stated_totals", "sources")
    }
    tables = SimpleNamespace(
        **empty,
        projects=pd.DataFrame(
            {
                "name": ["甲", "乙", "合计"],
                "total_investment_10k": [3600, 5e6, None],
                "stage": [None, "signed", None],
            }
        ),
        funding_reports=pd.DataFrame({"name": ["甲"], "amount_10k": [100.0]}),
        problems=problems_frame(
            [
                problem("range_amount", source_row=5, column=2, value="3-5"),
                problem("unknown_stage", value="在办"),
            ]
        ),
    )
    result = compare(case, tables)
    assert [fault.split(": ", 1)[1] for fault in result.projects] == [
        "“合计” is read as a project and is none",
        "乙: total_investment_10k should be 500.0 and is 5000000.0",
    ]
    assert (result.n_cells, result.n_cells_right) == (7 + 4, 5 + 2)
    assert result.funding == ["example: funding lacks name | amount_10k = ('甲', 100.0)"]
    assert result.missed_problems == ["example: range_amount at C4; told of: C5"]
    assert len(result.false_alarms) == 1


def test_there_is_one_file_a_case() -> None:
    assert {case.path for case in CASES.values()} == set(FILES.iterdir())
    assert len(CASES) >= 45


def shown(value: Any) -> Any:
    """Cell as both a file and a typed sheet show it: numbers as numbers, the rest as text."""
    if isinstance(value, Formula):
        value = value.result if isinstance(value.result, float) else None
    if isinstance(value, dt.datetime | dt.date):
        return pd.Timestamp(value).strftime("%Y-%m-%d")
    if isinstance(value, int | float):
        return float(value)
    return str(value or "").strip()


def grid(rows: list[list[Cell]] | list[list[Any]]) -> dict[tuple[int, int], Any]:
    return {
        (r, c): shown(value)
        for r, row in enumerate(rows, 1)
        for c, value in enumerate(row, 1)
        if shown(value) != ""
    }


@pytest.mark.parametrize(
    "name", [n for n, c in CASES.items() if c.writer in ("xlsx", "xlsm", "strict", "xls", "xlsb", "ods")]
)
def test_the_file_holds_what_the_case_says(name: str) -> None:
    case: Case = CASES[name]
    with load_workbook(io.BytesIO(case.path.read_bytes())) as book:
        for sheet in case.sheets:
            page = book.get_sheet_by_name(sheet.name)
            assert grid(page.to_python(skip_empty_area=False)) == grid(sheet.rows)


def all_text(sheets: list[Sheet]) -> str:
    cells = (value for sheet in sheets for row in sheet.rows for value in row if value is not None)
    return "\n".join(key(str(value)) for value in cells)


@every_case
def test_a_truth_names_only_what_stands_in_the_sheet(name: str) -> None:
    case = CASES[name]
    text = all_text(case.sheets)
    spelled = ("name", "investor", "company", "origin", "town", "content", "responsible", "recruiter")
    for table in ("projects", "funding", "milestones"):
        for truth in case.truth(table):
            for column in spelled:
                assert key(truth.get(column) or "") in text, (case.name, table, column, truth)


@every_case
def test_a_truth_uses_columns_and_codes_that_exist(name: str) -> None:
    case = CASES[name]
    for table in ("projects", "funding", "funding_allowed", *OTHER_TABLES):
        schema = table if table in ("projects", *OTHER_TABLES) else "funding_reports"
        declared = columns(TABLES[schema])
        for truth in case.truth(table):
            assert truth.keys() <= declared.keys(), (case.name, table, truth)
            for column, value in truth.items():
                codelist = declared[column].codelist
                if codelist and value is not None:
                    assert value in codes(codelist), (case.name, table, column, value)
    assert {code for code, _ in case.problems} | set(case.allowed) <= set(codes("problems"))
