"""The sectors of an old xls, checked before the reader follows them: chains that end."""

import struct

from meishan_stats.extract.flaws import Flaws
from meishan_stats.extract.limits import broken
from meishan_stats.extract.xls_records import read_records

_HEADER = 512
_IN_HEADER = 109
"""Sectors of the table of sectors that the header names; a file of more than 7 MB has a chain of others."""
_LAST_SECTOR = 0xFFFFFFF9
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_BOOK, _BOOK_OF_EXCEL_95 = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def check_xls(data: bytes) -> list[Flaws]:
    """The flaws of the sheets of an xls, in the order of the workbook, once it is found sound.

    Its chains of sectors end, it is not protected, and its sheets are no larger than may be read.

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
    books: dict[bool, list[Flaws]] = {}
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
            if entry.startswith((_BOOK, _BOOK_OF_EXCEL_95)):
                books[entry.startswith(_BOOK)] = read_records(whole[:length])
    return books.get(True) or books.get(False) or []  # of a file for both, the reader takes the newer


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
