"""Files of every kind: the format is read off the bytes."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from meishan_stats.extract.ods_sheets import look as look_at_ods
from meishan_stats.extract.workbook import UnreadableWorkbook, read_workbook


def xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["B2"], sheet["B3"] = "表", 1, "=A2+1", "#REF!"
    sheet["B3"].data_type = "e"
    sheet.merge_cells("A1:B1")
    book.create_sheet("旧").sheet_state = "hidden"
    book.save(path)
    return path


def test_cells_merged_ranges_and_hidden_sheets_are_read(tmp_path):
    book = read_workbook(xlsx(tmp_path / "a.xlsx"))
    assert book.format == "xlsx"
    assert book.sheets[0].rows[0][0] == "表"
    assert book.sheets[0].merged == [(0, 0, 0, 1)]
    assert [sheet.is_hidden for sheet in book.sheets] == [False, True]


def test_errors_and_formulas_without_a_result_are_found(tmp_path):
    flaws = read_workbook(xlsx(tmp_path / "a.xlsx")).sheets[0].flaws
    assert flaws == {(1, 1): "formula", (2, 1): "#REF!"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_are_read_in_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    lines = [["项目名称", "总投资"], ["甲项目", "3600"], ["乙项目", "500"]]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert read_workbook(path).sheets[0].rows == lines


def test_an_html_table_called_xls_is_read_with_its_spans(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text(
        "<html><table><tr><th colspan=2>项目表</th></tr><tr><td>甲</td><td>3600</td></tr></table>",
        encoding="utf-8",
    )
    book = read_workbook(path)
    assert (book.format, book.sheets[0].rows, book.sheets[0].merged) == (
        "html", [["项目表", ""], ["甲", "3600"]], [(0, 0, 0, 1)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", "这不是表格".encode()),
        ("b.xlsx", b""),
        ("c.xlsx", b"PK\x03\x04 cut short"),
        ("d.xls", b"\xd0\xcf\x11\xe0 cut short"),
        ("e.xlsx", bytes(range(256)) * 4),
    ],
)
def test_what_is_no_spreadsheet_says_so(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(path)
    assert caught.value.code == "unreadable_workbook"
    assert caught.value.reason


def test_a_zip_that_is_no_workbook_says_so(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(UnreadableWorkbook):
        read_workbook(path)


def test_an_xml_spreadsheet_of_excel_2003_is_read_with_its_spans(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text(
        """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="项目"><Table>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">项目表</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">甲</Data></Cell><Cell ss:Index="2"><Data ss:Type="Number">3600</Data></Cell></Row>
</Table></Worksheet></Workbook>""",
        encoding="utf-8",
    )
    book = read_workbook(path)
    assert book.format == "xml"
    assert book.sheets[0].name == "项目"
    assert book.sheets[0].rows == [["项目表", ""], ["", ""], ["甲", "3600"]]
    assert book.sheets[0].merged == [(0, 0, 0, 1)]


def test_merged_ranges_of_an_opendocument_sheet_are_counted_over_repeats():
    content = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="项目"><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="3"/>
<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1"/><table:covered-table-cell/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
    assert look_at_ods(content.encode())[1] == {"项目": [(2, 3, 2, 4)]}
