"""Any spreadsheet file as grids of cells: what each cell holds, what is merged, what is hidden or broken."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine as calamine

from meishan_stats.extract import markup, ods_merges, text_files, xlsx_flaws

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt"})
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """Grid of one sheet: ``rows[r][c]`` is a cell, rows and columns counted from 0, ``""`` where empty.

    ``merged`` holds first row, first column, last row, last column of every merged range; ``flaws``
    the cells whose value could not be had: an error such as ``#REF!``, or ``"formula"``.
    """

    name: str
    rows: list[list[object]]
    merged: list[Range] = field(default_factory=list)
    is_hidden: bool = False
    flaws: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workbook:
    """Sheets of one file, with the format it really has and the SHA-256 of its bytes."""

    path: Path
    format: str
    sha256: str
    sheets: list[Sheet]


class UnreadableWorkbook(Exception):
    """A file cannot be read; ``code`` is a problem code, ``reason`` one line for the user."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def read_workbook(path: Path) -> Workbook:
    """Sheets of a spreadsheet file in any format an office uses.

    The format is read off the bytes, not the name: offices send HTML tables called ``.xls``.

    Parameters
    ----------
    path : Path
        xlsx, xlsm, xlsb, xls, et, ods, csv, tsv, HTML or XML spreadsheet.

    Raises
    ------
    UnreadableWorkbook
        With the problem code ``unreadable_workbook`` or ``password_protected``.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableWorkbook("unreadable_workbook", error.strerror or str(error)) from error
    sha256 = hashlib.sha256(data).hexdigest()
    form, sheets = _sheets(data, path)
    return Workbook(path, form, sha256, sheets)


def _sheets(data: bytes, path: Path) -> tuple[str, list[Sheet]]:
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableWorkbook("unreadable_workbook", "文件是空的 (the file is empty)")
    if data.startswith((ZIP, OLE)):
        return _binary_sheets(data, path)
    text = text_files.decode(data)
    if text is None:
        raise UnreadableWorkbook("unreadable_workbook", "不是电子表格 (not a spreadsheet)")
    if markup.is_xml_spreadsheet(text):
        return "xml", [Sheet(*grid) for grid in markup.xml_sheets(text)]
    if markup.is_html(text):
        return "html", [Sheet(*grid) for grid in markup.html_sheets(text)]
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"} and not text_files.looks_delimited(text):
        raise UnreadableWorkbook(
            "unreadable_workbook", "内容是普通文字，不是电子表格 (plain text, not a spreadsheet)"
        )
    return "csv", [Sheet(path.stem, text_files.rows(text))]


def _binary_sheets(data: bytes, path: Path) -> tuple[str, list[Sheet]]:
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableWorkbook("password_protected", "有打开密码 (password)")
    form = _format_of(data, path)
    if form == "xlsx":
        data = xlsx_flaws.transitional(data)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            flaws = xlsx_flaws.find_flaws(data) if form == "xlsx" else {}
            merges = ods_merges.find_merges(data) if form == "ods" else {}
            return form, list(_calamine_sheets(book, flaws, merges))
    except calamine.PasswordError as error:
        raise UnreadableWorkbook("password_protected", "有打开密码 (password)") from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is no Exception
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise UnreadableWorkbook("unreadable_workbook", f"内容不完整或不是电子表格 ({reason})") from error


def _format_of(data: bytes, path: Path) -> str:
    if data.startswith(OLE):
        return "et" if path.suffix.lower() == ".et" else "xls"
    head = xlsx_flaws.member_names(data)
    if "mimetype" in head and "content.xml" in head:
        return "ods"
    if "xl/workbook.bin" in head:
        return "xlsb"
    return "xlsx"


def _calamine_sheets(
    book: calamine.CalamineWorkbook,
    flaws: dict[str, dict[tuple[int, int], str]],
    merges: dict[str, list[Range]],
) -> Iterator[Sheet]:
    for metadata in book.sheets_metadata:
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(metadata.name)
        rows: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
        yield Sheet(
            name=metadata.name,
            rows=rows,
            merged=merges.get(metadata.name)
            or [(r0, c0, r1, c1) for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or []],
            is_hidden=metadata.visible != calamine.SheetVisibleEnum.Visible,
            flaws=flaws.get(metadata.name, {}),
        )
