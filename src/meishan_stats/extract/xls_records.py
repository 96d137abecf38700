"""The records of an old xls: how large its sheets are, and the cells whose value could not be had."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from meishan_stats.extract.flaws import FORMULA, Flaws, error_name
from meishan_stats.extract.limits import UnreadableWorkbook, broken, check_positions

_BEGIN, _END, _SHEET, _PASSWORD, _ENGINE = 0x0809, 0x000A, 0x0085, 0x002F, 0x01C1
_CLAIM = 0x0200
_FORMULA, _FLAG_OR_ERROR, _MANY = 0x0006, 0x0205, 0x00BD
_CELLS = frozenset({_FORMULA, 0x00D6, 0x00FD, 0x0203, 0x0204, _FLAG_OR_ERROR, 0x027E, _MANY})
_MAY_BE_FLAWED = frozenset({_FORMULA, _FLAG_OR_ERROR})
_COLUMNS = 256
_NO_NUMBER = b"\xff\xff"
"""Ends the result of a formula that is no number; its first byte then says what it is."""
_ERROR, _EMPTY_TEXT = 2, 3
_CALCULATE_ON_LOAD = 2


@dataclass
class _Formulas:
    """What the formulas of a workbook have for results, to tell whether it was ever calculated.

    Excel and LibreOffice name the engine that calculated last. A program that writes formulas and
    calculates none names no engine, and saves for every formula an empty text, or 0 with the request to
    calculate on load.
    """

    has_engine: bool = False
    n_results: int = 0
    blank: list[tuple[int, tuple[int, int]]] = field(default_factory=list)

    def flaw(self, sheet: int, place: tuple[int, int], result: bytes, flags: int) -> str | None:
        """The error of one formula; one that may never have been calculated is noted."""
        is_number = not result.endswith(_NO_NUMBER)
        if not is_number and result[0] == _ERROR:
            self.n_results += 1
            return error_name(result[2])
        is_zero = is_number and not any(result) and flags & _CALCULATE_ON_LOAD
        if is_zero or (not is_number and result[0] == _EMPTY_TEXT):
            self.blank.append((sheet, place))
        else:
            self.n_results += 1
        return None

    def never_calculated(self) -> Sequence[tuple[int, tuple[int, int]]]:
        return () if self.has_engine or self.n_results else self.blank


def read_records(stream: bytes) -> list[Flaws]:
    """The flaws of every sheet, in the order of the workbook.

    Raises
    ------
    UnreadableWorkbook
        It is protected, a cell lies outside the sheet, or a sheet is larger than may be read.
    """
    sheets: dict[int, int] = {}
    flaws: list[Flaws] = []
    formulas = _Formulas()
    sheet: int | None = None
    at = rows = columns = n_positions = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        if kind in _CELLS and length >= 6 and at + 8 <= len(stream):
            row, column = struct.unpack_from("<2H", stream, at + 4)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind == _MANY:
                (last,) = struct.unpack_from("<H", stream, min(at + 2 + length, len(stream) - 2))
                columns = max(columns, last + 1)
            elif sheet is not None and kind in _MAY_BE_FLAWED:
                what = _flaw(stream[at + 10 : at + 4 + length], kind, sheet, (row, column), formulas)
                if what:
                    flaws[sheet][row, column] = what
        elif kind == _BEGIN:
            n_positions, rows, columns = n_positions + rows * columns, 0, 0
            sheet = sheets.get(at)  # none for a chart within a sheet, which has cells of its own
        elif kind == _CLAIM:
            _check_claim(stream[at + 4 : at + 4 + length])
        elif kind == _END:
            sheet = None
        elif kind == _SHEET and length >= 4:
            sheets[int.from_bytes(stream[at + 4 : at + 8], "little")] = len(flaws)
            flaws.append({})
        elif kind == _ENGINE:
            formulas.has_engine = any(stream[at + 8 : at + 4 + length])
        elif kind == _PASSWORD and length:
            raise UnreadableWorkbook("password_protected", "有打开密码 (password)")
        at += 4 + length
        if columns > _COLUMNS:
            broken("有单元格在表格之外", "a cell outside the sheet")
    check_positions(n_positions + rows * columns, "")
    for number, place in formulas.never_calculated():
        flaws[number][place] = FORMULA
    return flaws


def _check_claim(content: bytes) -> None:
    """Refuse a sheet that says it is larger than may be read: the reader sets aside memory for what is said."""
    form = "<4H" if len(content) < 14 else "<2I2H"
    if len(content) >= struct.calcsize(form):
        first, last, left, right = struct.unpack_from(form, content)
        check_positions((last - first) % 2**32 * ((right - left) % 2**16), "")


def _flaw(content: bytes, kind: int, sheet: int, place: tuple[int, int], formulas: _Formulas) -> str | None:
    """The flaw of a formula, or of a cell that is a flag or an error; `content` is what follows its style."""
    if kind == _FLAG_OR_ERROR:
        return error_name(content[0]) if len(content) >= 2 and content[1] else None
    if len(content) < 10:
        return None
    return formulas.flaw(sheet, place, content[:8], int.from_bytes(content[8:10], "little"))
