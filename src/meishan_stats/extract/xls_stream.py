"""The sectors and records of an old xls, checked before the reader follows them: chains that end, sheets of sound size."""

import struct

from meishan_stats.extract.limits import UnreadableWorkbook, broken, check_positions

_HEADER = 512
_IN_HEADER = 109
"""Sectors of the table of sectors that the header names; a file of more than 7 MB has a chain of others."""
_LAST_SECTOR = 0xFFFFFFF9
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_BEGIN, _PASSWORD, _MANY = 0x0809, 0x002F, 0x00BD
_CELLS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, _MANY})
_COLUMNS = 256


def check_xls(data: bytes) -> None:
    """Refuse an xls whose chains of sectors do not end, that is protected, or whose sheets are too large.

    Raises
    ------
    UnreadableWorkbook
        ``unreadable_workbook``, ``password_protected`` or ``limit_exceeded``.
    """
    if len(data) < _HEADER:
        broken("文件不完整", "cut short")
    shift = int.from_bytes(data[30:32], "little")
    if shift not in (9, 12):
        broken("文件头已损坏", "damaged header")
    size = 1 << shift
    n_sectors = len(data) // size
    if any(int.from_bytes(data[at : at + 4], "little") > n_sectors for at in (40, 44, 64, 72)):
        broken("文件头已损坏", "damaged header: more sectors than the file has")
    table = _table(data, size, n_sectors)
    first_entry, _, cutoff, first_mini = struct.unpack_from("<4I", data, 48)
    directory = _chain(data, table, first_entry, size, _HEADER if size == _HEADER else size)
    mini = _numbers(_chain(data, table, first_mini, size, size)) if first_mini <= _LAST_SECTOR else ()
    small = b""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        start, length = struct.unpack_from("<2I", entry, 116)
        if entry[66] not in (_STREAM, _ROOT):
            continue
        if length > len(data):
            broken("文件已损坏", "damaged: a stream is longer than the file")
        if entry[66] == _ROOT:
            small = _chain(data, table, start, size, size)
        elif length:
            whole = (
                _chain(small, mini, start, 64, 0)
                if length < cutoff
                else _chain(data, table, start, size, size)
            )
            if entry.startswith(("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))):
                _check_records(whole[:length])


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _table(data: bytes, size: int, n_sectors: int) -> tuple[int, ...]:
    """For every sector the next one."""
    places = [place for place in struct.unpack_from(f"<{_IN_HEADER}I", data, 76) if place < n_sectors]
    (further,) = struct.unpack_from("<I", data, 68)
    for _ in range(n_sectors):
        if further >= n_sectors:
            break
        at = (further + 1) * size
        *named, further = _numbers(data[at : at + size].ljust(size, b"\xff"))
        places += [place for place in named if place < n_sectors]
    if len(places) > n_sectors:
        broken("文件已损坏", "damaged: a chain of sectors without an end")
    return _numbers(b"".join(data[(place + 1) * size : (place + 2) * size] for place in places))


def _chain(data: bytes, table: tuple[int, ...], start: int, size: int, offset: int) -> bytes:
    """Content of a chain of sectors, the first of which lies at the offset."""
    found: list[bytes] = []
    place = start
    while place < _LAST_SECTOR:
        if place >= len(table) or len(found) > len(table):
            broken("文件已损坏", "damaged: a chain of sectors without an end")
        found.append(data[offset + place * size : offset + (place + 1) * size])
        place = table[place]
    return b"".join(found)


def _check_records(stream: bytes) -> None:
    """Sizes of the sheets by the cells that they hold."""
    at = rows = columns = n_positions = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        if kind == _PASSWORD and length:
            raise UnreadableWorkbook("password_protected", "有打开密码 (password)")
        if kind == _BEGIN:
            n_positions, rows, columns = n_positions + rows * columns, 0, 0
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<2H", stream, at + 4)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind == _MANY:
                (last,) = struct.unpack_from("<H", stream, min(at + 2 + length, len(stream) - 2))
                columns = max(columns, last + 1)
        at += 4 + length
        if columns > _COLUMNS:
            broken("有单元格在表格之外", "a cell outside the sheet")
    check_positions(n_positions + rows * columns, "")
