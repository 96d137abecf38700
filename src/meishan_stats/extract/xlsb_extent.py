"""How large the sheets of a binary xlsb are: the reader makes a rectangle up to the last cell."""

from collections.abc import Mapping

from meishan_stats.extract.limits import MAX_COLUMNS, MAX_ROWS, broken, check_positions, refuse
from meishan_stats.extract.zip_parts import Part

_ROW = 0
_CELL_RECORDS = range(1, 12)
"""Blank, number, error, flag, float, text, shared text and the four kinds of formula."""


def check_extents(parts: Mapping[str, Part]) -> None:
    """Refuse a workbook with a sheet larger than may be read.

    Raises
    ------
    UnreadableWorkbook
        A sheet is too large, or its records are damaged.
    """
    n_positions = 0
    for name, part in parts.items():
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".bin"):
            rows, columns = _extent(part.content())
            if rows > MAX_ROWS or columns > MAX_COLUMNS:
                refuse("有单元格在表格之外", f"a cell outside the sheet in {name[:80]}")
            n_positions += rows * columns
            check_positions(n_positions, name)


def _extent(sheet: bytes) -> tuple[int, int]:
    rows = columns = row = place = 0
    while place < len(sheet):
        kind, place = _varint(sheet, place, 2)
        length, place = _varint(sheet, place, 4)
        if length > len(sheet) - place:
            broken("文件内容不完整", "a record is cut short")
        if kind in _CELL_RECORDS or kind == _ROW:
            number = int.from_bytes(sheet[place : place + 4], "little")
            if kind == _ROW:
                row = number
            else:
                rows, columns = max(rows, row + 1), max(columns, number + 1)
        place += length
    return rows, columns


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
