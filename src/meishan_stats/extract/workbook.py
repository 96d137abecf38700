"""Any spreadsheet file as grids of cells: what each cell holds, what is merged, what is hidden or broken."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import python_calamine as calamine

from meishan_stats.extract import limits, markup, text_files, xml_2003
from meishan_stats.extract.flaws import Flaws, text_flaws
from meishan_stats.extract.limits import UnreadableWorkbook, broken, refuse
from meishan_stats.extract.packages import Doubt, Package, Range, open_package, sound_merges
from meishan_stats.extract.xls_stream import check_xls

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt"})
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """Grid of one sheet: ``rows[r][c]`` is a cell, rows and columns counted from 0, ``""`` where empty.

    ``merged`` holds first row, first column, last row, last column of every merged range; ``flaws``
    the cells whose value could not be had: an error such as ``#REF!``, or ``"formula"``. ``doubts``
    are codes of problems with their details.
    """

    name: str
    rows: list[list[object]]
    merged: list[Range] = field(default_factory=list)
    is_hidden: bool = False
    flaws: Flaws = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True)
class Workbook:
    """Sheets of one file, with the format it really has and the SHA-256 of its bytes."""

    path: Path
    format: str
    sha256: str
    sheets: list[Sheet]


def read_workbook(path: Path, folder: Path | None = None) -> Workbook:
    """Sheets of a spreadsheet file in any format an office uses.

    The format is read off the bytes, not the name: offices send HTML tables called ``.xls``.

    Parameters
    ----------
    path : Path
        xlsx, xlsm, xlsb, xls, et, ods, csv, tsv, HTML or XML spreadsheet.
    folder : Path, optional
        Folder that the file must lie in: a link that leaves it is not followed.

    Raises
    ------
    UnreadableWorkbook
        With the problem code ``unreadable_workbook``, ``password_protected`` or ``limit_exceeded``.
    """
    data = limits.read_bytes(path, folder)
    sha256 = hashlib.sha256(data).hexdigest()
    form, sheets = _sheets(data, path)
    return Workbook(path, form, sha256, sheets)


def _sheets(data: bytes, path: Path) -> tuple[str, list[Sheet]]:
    if not data.strip(b"\x00 \t\r\n"):
        broken("文件是空的", "the file is empty")
    if data.startswith((ZIP, OLE)):
        return _binary_sheets(data, path)
    text = text_files.decode(data)
    if text is None:
        broken("不是电子表格", "not a spreadsheet")
    if xml_2003.is_xml_spreadsheet(text):
        return "xml", [
            _sound(Sheet(found.name, found.rows, found.merged, found.is_hidden, found.flaws))
            for found in xml_2003.xml_sheets(text)
        ]
    if markup.is_html(text):
        return "html", [
            _sound(Sheet(*grid, flaws=text_flaws(grid[1], text))) for grid in markup.html_sheets(text)
        ]
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"} and not text_files.looks_delimited(text):
        broken("内容是普通文字，不是电子表格", "plain text, not a spreadsheet")
    rows = text_files.rows(text)
    return "csv", [_sound(Sheet(path.stem, rows, flaws=text_flaws(rows, text)))]


def _binary_sheets(data: bytes, path: Path) -> tuple[str, list[Sheet]]:
    is_ole = data.startswith(OLE)
    flaws = _check_ole(data) if is_ole else []
    package = Package(_form_of_ole(path), data) if is_ole else open_package(data)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(package.data)) as book:
            names = [metadata.name for metadata in book.sheets_metadata]
            _check_names(names)
            if package.n_sheets not in (None, len(names)):
                broken("工作表的目录有两种读法", "a list of sheets that may be read in two ways")
            package.flaws.update(zip(names, flaws, strict=False))
            sheets = [_sound(sheet) for sheet in _calamine_sheets(book, package)]
            if not sheets:
                broken("没有工作表", "no sheets")
            return package.form, sheets
    except calamine.PasswordError as error:
        raise UnreadableWorkbook("password_protected", "有打开密码 (password)") from error
    except (KeyboardInterrupt, SystemExit, UnreadableWorkbook):
        raise
    except MemoryError:
        refuse("内存不足", "not enough memory")
    except BaseException as error:  # a panic of the Rust reader is no Exception
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise UnreadableWorkbook("unreadable_workbook", f"内容不完整或不是电子表格 ({reason})") from error


def _check_ole(data: bytes) -> list[Flaws]:
    """Flaws of the sheets of an old xls, in the order of the workbook."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableWorkbook("password_protected", "有打开密码 (password)")
    return check_xls(data)


def _form_of_ole(path: Path) -> str:
    return "et" if path.suffix.lower() == ".et" else "xls"


def _check_names(names: list[str]) -> None:
    """Refuse names by which a sheet cannot be found; no spreadsheet program writes such a workbook."""
    if len(names) > limits.MAX_SHEETS:
        refuse("工作表过多", f"more than {limits.MAX_SHEETS} sheets")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        broken(f"两张工作表同名“{twice[0][:40]}”", f"two sheets named {twice[0][:40]!r}")


def _sound(sheet: Sheet) -> Sheet:
    """The sheet with a name of one line, merged ranges that lie in it and do not overlap, and no value in a flawed cell."""
    for r, c in sheet.flaws:
        if r < len(sheet.rows) and c < len(sheet.rows[r]):
            sheet.rows[r][c] = ""
    name = " ".join(sheet.name.split())[: limits.MAX_NAME]
    width = max(map(len, sheet.rows), default=0)
    return replace(sheet, name=name, merged=sound_merges(sheet.merged, len(sheet.rows), width))


def _calamine_sheets(book: calamine.CalamineWorkbook, package: Package) -> Iterator[Sheet]:
    for metadata in book.sheets_metadata:
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        name = metadata.name
        sheet = book.get_sheet_by_name(name)
        rows: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
        ranges = sheet.merged_cell_ranges or []
        yield Sheet(
            name=name,
            rows=rows,
            merged=package.merges.get(name) or [(r0, c0, r1, c1) for (r0, c0), (r1, c1) in ranges],
            is_hidden=metadata.visible != calamine.SheetVisibleEnum.Visible,
            flaws=package.flaws.get(name, {}),
            doubts=package.doubts.get(name, []),
        )
