"""Errors and formulas that were never calculated, in every format: the cell is named and holds no value."""

import re
import struct
import subprocess
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

import meishan_stats as ms
from meishan_stats.extract.workbook import Sheet, read_workbook
from meishan_stats.extract.xls_records import read_records
from meishan_stats.extract.xlsx_cells import cells_with_values
from meishan_stats.extract.xlsx_flaws import sheet_flaws

HEADER = ["项目名称", "投资方", "总投资（万元）", "本年累计到位（万元）", "完成率"]
ERRORS = {"C3": "#NAME?", "E3": "#DIV/0!", "C4": "#N/A", "D5": "#DIV/0!", "A6": "#N/A"}
"""What Excel and LibreOffice show in the cells of `workbook` below that cannot be calculated."""


def workbook(path: Path) -> Path:
    """A table with errors of several kinds, texts that only look like one, and results that are empty texts."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "项目"
    for row in (
        HEADER,
        ["甲光伏项目", "甲公司", 3600, 900, "=D2/C2"],
        ["乙光伏项目", "乙公司", "=无此名称+1", 500, "=D3/0"],
        ["丙光伏项目", "丙公司", "=NA()", 300, '=IF(1=1,"",2)'],
        ["丁光伏项目", "#REF!", 2000, "=1/0", '="已"&"签约"'],
        ["#N/A", "己公司", 700, 100, "=D6/C6"],
        ["#1厂房", "庚公司", 800, 100, "=TRUE()"],
    ):
        sheet.append(row)
    sheet["B5"].data_type = "s"  # typed as text
    hidden = book.create_sheet("底稿")
    hidden["B2"] = "=1/0"
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def converted(libreoffice: str, path: Path, to: str) -> Path:
    """The workbook as LibreOffice calculates and saves it."""
    out = path.parent / "converted"
    subprocess.run(
        [libreoffice, f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to", to,
         "--outdir", out, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return out / f"{path.stem}.{to}"


def named(sheet: Sheet) -> dict[str, str]:
    return {f"{openpyxl.utils.get_column_letter(c + 1)}{r + 1}": what for (r, c), what in sheet.flaws.items()}


@pytest.fixture(scope="module", params=["xls", "ods", "xlsx"])
def calculated(request, tmp_path_factory, libreoffice):
    return converted(libreoffice, workbook(tmp_path_factory.mktemp("errors") / "项目表.xlsx"), request.param)


def test_every_error_of_a_calculated_workbook_is_named_and_nothing_else(calculated):
    sheets = read_workbook(calculated).sheets
    assert [named(sheet) for sheet in sheets] == [ERRORS, {"B2": "#DIV/0!"}]
    rows = sheets[0].rows
    assert rows[4][1] == "#REF!", "a text that was typed is a text"
    assert rows[4][4] == "已签约"
    assert rows[1][2:] == [3600, 900, 0.25]
    for r, c in sheets[0].flaws:
        assert rows[r][c] == ""


def test_errors_are_problem_rows_with_their_cell(calculated):
    problems = ms.load(calculated).problems
    rows = problems[(problems["code"] == "error_value") & (problems["source_sheet"] == "项目")]
    assert dict(zip(rows["cell"], rows["value"], strict=True)) == ERRORS
    assert not (problems["code"] == "formula_without_value").any()


def test_formulas_whose_results_are_all_empty_texts_were_calculated(tmp_path, libreoffice):
    """An entry form that nobody has filled: the engine that calculated it is named in the file."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for row in range(2, 6):
        book.active.append([f'=IF(B{row}="","","项目")'])
    book.save(tmp_path / "空表.xlsx")
    for to in ("xls", "ods", "xlsx"):
        assert read_workbook(converted(libreoffice, tmp_path / "空表.xlsx", to)).sheets[0].flaws == {}


CELL = '<row r="2"><c r="A2"{}>{}</c></row>'


@pytest.mark.parametrize(
    ("attributes", "content", "what"),
    [
        (' t="e"', "<v>#REF!</v>", {(1, 0): "#REF!"}),
        (" t='e'", "<v>#REF!</v>", {(1, 0): "#REF!"}),
        (' s="3" t = "e"', "<f>1/0</f><v>#DIV/0!</v>", {(1, 0): "#DIV/0!"}),
        ("", "<f>1+1</f>", {(1, 0): "formula"}),
        ("", "<f>1+1</f><v/>", {(1, 0): "formula"}),
        ("", '<f t="shared" si="0"/>', {(1, 0): "formula"}),
        ("", "<f>1+1</f><v>2</v>", {}),
        ("", '<f>1+1</f><v xml:space="preserve">2</v>', {}),
        (' t="str"', '<f>""</f><v></v>', {}),
        (' t="str"', '<f>""</f><v/>', {}),
        (' t="s"', "<v>3</v>", {}),
    ],
)
def test_a_cell_of_an_xlsx_is_judged_by_its_kind_and_its_value(attributes, content, what):
    sheet = f"<worksheet><cols><col min='1'/></cols><sheetData>{CELL.format(attributes, content)}</sheetData></worksheet>"
    assert sheet_flaws(sheet.encode()).flaws == what


def test_a_flawed_cell_without_a_reference_follows_the_last_one():
    sheet = b'<sheetData><row><c><v>1</v></c></row><row r="4"><c r="C4"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData>'
    assert sheet_flaws(sheet).flaws == {(3, 3): "#N/A"}


def test_zeros_count_as_calculated_where_another_formula_has_a_result():
    sheet = b'<row r="1"><c r="A1"><f>B1-B1</f><v>0</v></c><c r="B1"><f>1+1</f><v>%s</v></c></row>'
    assert not sheet_flaws(sheet % b"0").has_results
    assert sheet_flaws(sheet % b"2").has_results


@pytest.mark.parametrize("torn", [b"<c " * 60_000, b"<row><c r='A1'><f" * 30_000, b"<c r='A1'><v" * 40_000])
def test_torn_xml_is_searched_once_and_not_from_every_place_to_its_end(torn):
    """These have 120 to 500 KB; from every place to the end it is more than a thousand million characters."""
    begun = time.process_time()
    sheet_flaws(b"<sheetData>" + torn)
    list(cells_with_values(b"<sheetData>" + torn))
    assert time.process_time() - begun < 2


def with_prefixes(path: Path, to: Path) -> Path:
    """The workbook with ``<x:c>`` for ``<c>`` in every part of its own namespace."""
    main = b'="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if b"xmlns" + main in content:
                content = content.replace(b"xmlns" + main, b"xmlns:x" + main)
                content = re.sub(rb"<(/?)(?=[A-Za-z])([\w.]+)(?=[\s/>])", rb"<\1x:\2", content)
            target.writestr(name, content)
    return to


@pytest.mark.parametrize(
    "name", ["error_cells", "formulas_never_computed", "hidden_copy", "merged_investor_of_several_projects",
             "header_of_three_rows", "every_habit_of_dates", "twelve_month_columns"],
)  # fmt: skip
def test_a_workbook_with_prefixed_xml_reads_as_without(tmp_path, name):
    plain = Path(__file__).parents[1] / "workbooks" / "files" / f"{name}.xlsx"
    other = with_prefixes(plain, tmp_path / "a.xlsx")
    assert b"<x:c " in zipfile.ZipFile(other).read("xl/worksheets/sheet1.xml")
    assert read_workbook(other).sheets == read_workbook(plain).sheets


@pytest.mark.parametrize("n_bytes", range(12))
def test_a_record_of_an_xls_that_the_file_ends_in_is_passed_over(n_bytes):
    record = struct.pack("<2H3H", 0x0006, 30, 7, 2, 0) + bytes(2)
    assert read_records(record[:n_bytes]) == []


def test_errors_in_text_formats_are_told_from_texts(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("项目名称,总投资\n甲,#REF!\n#1厂房,3600\n乙, Err:502 \n", encoding="utf-8")
    sheet = read_workbook(path).sheets[0]
    assert named(sheet) == {"B2": "#REF!", "B4": "Err:502"}
    assert sheet.rows[1] == ["甲", ""]
    path = tmp_path / "a.xls"
    path.write_text("<table><tr><td>甲</td><td>\n #DIV/0! </td></tr></table>", encoding="utf-8")
    assert named(read_workbook(path).sheets[0]) == {"B1": "#DIV/0!"}


XML_2003 = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="项目"><Table>{}</Table>{}</Worksheet></Workbook>"""


def xml_2003(path: Path, rows: str, options: str = "") -> Sheet:
    rows = re.sub(r"<(\w+)>([^<]*)</\1>", r'<Data ss:Type="\1">\2</Data>', rows)
    path.write_text(XML_2003.format(rows, options), encoding="utf-8")
    return read_workbook(path).sheets[0]


def test_errors_and_formulas_without_a_result_of_excel_2003_are_named(tmp_path):
    sheet = xml_2003(
        tmp_path / "a.xls",
        '<Row><Cell ss:Formula="=1/0"><Error>#DIV/0!</Error></Cell><Cell ss:Formula="=1+1"/>'
        '<Cell ss:Formula="=1+1"><Number>2</Number></Cell></Row>',
    )
    assert named(sheet) == {"A1": "#DIV/0!", "B1": "formula"}
    assert sheet.rows == [["", "", "2"]]


def test_cells_beside_a_merged_one_that_reaches_down_keep_their_column(tmp_path):
    """Excel leaves out the covered cell and gives the next one its index."""
    sheet = xml_2003(
        tmp_path / "a.xls",
        '<Row><Cell ss:MergeDown="1"><String>甲公司</String></Cell><Cell><Number>1</Number></Cell><Cell><Number>2</Number></Cell></Row>'
        '<Row><Cell ss:Index="2"><Number>3</Number></Cell><Cell><Number>4</Number></Cell></Row>',
    )
    assert sheet.rows == [["甲公司", "1", "2"], ["", "3", "4"]]
    assert sheet.merged == [(0, 0, 1, 0)]


def test_a_hidden_sheet_of_excel_2003_is_known(tmp_path):
    options = "<WorksheetOptions xmlns='urn:schemas-microsoft-com:office:excel'><Visible>SheetHidden</Visible></WorksheetOptions>"
    row = "<Row><Cell><Number>1</Number></Cell></Row>"
    assert xml_2003(tmp_path / "a.xls", row, options).is_hidden
    assert not xml_2003(tmp_path / "b.xls", row).is_hidden
