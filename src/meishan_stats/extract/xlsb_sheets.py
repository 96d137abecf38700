"""How large the sheets of a binary xlsb are, since the reader makes a rectangle up to the last cell; and which cells are errors."""

from collections.abc import Iterator, Mapping
from posixpath import normpath

from meishan_stats.extract.flaws import Flaws, error_name
from meishan_stats.extract.limits import MAX_COLUMNS, MAX_ROWS, broken, check_positions, refuse
from meishan_stats.extract.xml_parts import parse_xml
from meishan_stats.extract.zip_parts import Part, part_name

BOOK, _RELATIONS = "xl/workbook.bin", "xl/_rels/workbook.bin.rels"
_ROW, _SHEET = 0, 156
_RICH_TEXT = 62
_NO_TEXT = 0xFFFFFFFF
_CELL_RECORDS = frozenset({*range(1, 12), _RICH_TEXT})
"""Blank, number, error, flag, float, text, shared text and the four kinds of formula."""
_LEAST = {_ROW: 4, **dict.fromkeys(_CELL_RECORDS, 8)}
"""Bytes that a record has at least: the number of the row; that of the column and a style."""
_ERRORS = frozenset({3, 11})
"""An error that was typed, and one that is the result of a formula."""


def look(parts: Mapping[str, Part]) -> dict[str, Flaws]:
    """Cells with errors, by the name of the sheet; a workbook with a sheet larger than may be read is refused.

    A formula always has a result here: of one that was never calculated nothing tells.

    Raises
    ------
    UnreadableWorkbook
        A sheet is too large or missing, or its records are damaged.
    """
    n_positions = 0
    found: dict[str, Flaws] = {}
    for name, part in _sheets(parts):
        found[name] = {}
        if not part:
            continue
        if part_name(part) not in parts:
            broken(f"缺少工作表“{name[:40]}”的内容", f"the content of sheet {name[:40]!r} is missing")
        rows, columns, flaws = _look_at_sheet(parts[part_name(part)].content())
        if rows > MAX_ROWS or columns > MAX_COLUMNS:
            refuse("有单元格在表格之外", f"a cell outside the sheet in {name[:80]}")
        n_positions += rows * columns
        check_positions(n_positions, name)
        found[name] = flaws
    return found


def _sheets(parts: Mapping[str, Part]) -> Iterator[tuple[str, str]]:
    """Name and part of every sheet, in the order of the workbook; no part where it has no relation."""
    if _RELATIONS not in parts:
        broken("缺少工作表的目录", "the relations of the workbook are missing")
    relations = parse_xml(parts[_RELATIONS].content())
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    for kind, record in _records(parts[BOOK].content()):
        if kind == _SHEET:
            relation, place = _text(record, 8)
            name, _ = _text(record, place)
            target = targets.get(relation, "").lstrip("/")  # a module of macros has none
            yield name, target and normpath(target if target.startswith("xl/") else f"xl/{target}")


def _look_at_sheet(sheet: bytes) -> tuple[int, int, Flaws]:
    """Rows and columns up to the last cell, and the errors."""
    rows = columns = row = 0
    flaws: Flaws = {}
    for kind, record in _records(sheet):
        if len(record) < _LEAST.get(kind, 0):  # the reader would take what is missing from the record before
            broken("单元格的记录不完整", "the record of a cell is cut short")
        if kind in _CELL_RECORDS:
            column = int.from_bytes(record[:4], "little")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind in _ERRORS and len(record) > 8:
                flaws[row, column] = error_name(record[8])
        elif kind == _ROW:
            row = int.from_bytes(record[:4], "little")
    return rows, columns, flaws


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of every record."""
    place = 0
    while place < len(data):
        kind, place = _varint(data, place, 2)
        length, place = _varint(data, place, 4)
        if length > len(data) - place:
            broken("文件内容不完整", "a record is cut short")
        yield kind, data[place : place + length]
        place += length


def _varint(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the place behind it."""
    number = 0
    for i in range(most):
        if place >= len(data):
            broken("文件内容不完整", "a record is cut short")
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << (7 * i)
        if not byte & 0x80:
            break
    return number, place


def _text(record: bytes, place: int) -> tuple[str, int]:
    """A text behind its number of characters, and the place behind it."""
    n_characters = int.from_bytes(record[place : place + 4], "little")
    end = place + 4 + 2 * (0 if n_characters == _NO_TEXT else n_characters)
    if end > len(record):
        broken("文件内容不完整", "a record is cut short")
    return record[place + 4 : end].decode("utf-16-le", "replace"), end
