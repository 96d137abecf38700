"""Where the cells of an xlsx sheet stand: its extent, checked against what its XML says, and far cells.

The reader makes a rectangle from A1 to the last cell. One cell at XFD1048576, typed by accident or put there
to hurt, would make it 17 thousand million cells, and the process dies. So the cells are looked at first: fast
where they stand close together, one by one where the sheet is much larger than what it holds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from meishan_stats.extract import limits

SPARSE_POSITIONS, SPARSE_COLUMNS = 250_000, 1_000
"""A sheet smaller than this is cheap to read however empty it is."""
BYTES_OF_A_POSITION = 2
"""Rows times columns of an ordinary sheet take 10 bytes of XML and more; below this nearly all is empty."""
FAR_ROWS, FAR_COLUMNS = 2_000, 100
"""So many empty rows or columns part a far cell from the table; no form has such a gap."""

_BEGINS = int.from_bytes(b'<c r="', "little")
_SIX_BYTES = np.uint64(2**48 - 1)
_EVERY_BYTE = 0x0101010101010101
_QUOTES, _ONES, _TOPS = (np.uint64(_EVERY_BYTE * sign) for sign in (ord('"'), 1, 0x80))
_LETTER_BIT = np.uint64(_EVERY_BYTE * 0x40)
"""Set in every letter of ASCII and in no digit or quotation mark."""
Words = NDArray[np.uint64]

PREFIXED = re.compile(rb":c[\s/>]")
"""Ends the name of a cell with a prefix."""
_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?(row|c)\b([^<>]*?)(/?)>")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
_END_OF_CELL = re.compile(rb"</(?:[\w.-]+:)?c\s*>")
_HOLDS_VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)\b")
_OVERLAP = 64
"""Last bytes of a chunk, which are looked at with the next: a reference may lie across both."""


@dataclass(frozen=True)
class Cell:
    """One cell of a sheet's XML: its place from 0 and the bytes from `start` to `end`."""

    row: int
    column: int
    start: int
    end: int


@dataclass(frozen=True)
class Look:
    """What one quick pass over the XML of a sheet tells.

    ``rows`` and ``columns`` reach from A1 to the last cell; None where only reading cell by cell tells.
    Where elements may have names with prefixes, nothing else of it is true.
    """

    n_bytes: int
    rows: int | None
    columns: int | None
    may_have_flaws: bool
    has_prefixes: bool


def look(chunks: Iterable[bytes]) -> Look:
    """How large a sheet is, and whether it may hold formulas or errors.

    >>> look([b'<row r="1"><c r="A1"><v>1</v></c><c r="AB7"/></row></sheetData></worksheet>'])
    Look(n_bytes=75, rows=7, columns=28, may_have_flaws=False, has_prefixes=False)
    """
    n_bytes = rows = columns = 0
    is_regular, may_have_flaws, has_prefixes = True, False, False
    tail = b""
    for chunk in chain(chunks, (b" " * _OVERLAP,)):
        n_bytes += len(chunk)
        window = tail + chunk
        tail = window[-_OVERLAP:]
        signs = np.frombuffer(window, np.uint8)[: 1 - _OVERLAP]
        opens, following = signs[:-1] == ord("<"), signs[1:]
        has_prefixes = has_prefixes or (b":" in window and _has_prefixes(window, signs))
        may_have_flaws |= b"#" in chunk or bool((opens & (following == ord("f"))).any())
        found = _last_cell(window, np.flatnonzero(opens & (following == ord("c")))) if is_regular else None
        if found is None:
            is_regular = False
        else:
            rows, columns = max(rows, found[0]), max(columns, found[1])
    if not is_regular:
        return Look(n_bytes, None, None, may_have_flaws, has_prefixes)
    return Look(n_bytes - _OVERLAP, rows, columns, may_have_flaws, has_prefixes)


def _has_prefixes(window: bytes, signs: NDArray[np.uint8]) -> bool:
    """True if cells may be named ``<x:c``."""
    may_be = ((signs[:-1] == ord(":")) & (signs[1:] == ord("c"))).any()
    return bool(may_be) and PREFIXED.search(window) is not None


def _last_cell(chunk: bytes, starts: NDArray[np.int64]) -> tuple[int, int] | None:
    """Last row and column of the cells that begin there as ``<c r="A1"``; None where one begins otherwise."""
    if not len(starts):
        return 0, 0
    # The eight bytes from every byte on as one number, the first of them lowest.
    words: Words = np.ndarray((len(chunk) - 7,), dtype="<u8", buffer=chunk, strides=(1,))
    heads = words[starts]
    is_cell = heads & _SIX_BYTES == _BEGINS
    if not is_cell.all():
        third = heads[~is_cell] >> np.uint64(16) & np.uint64(0xFF)
        if ((third < ord("A")) | (third == ord(":"))).any():  # a cell written otherwise, not <cols>
            return None
        starts = starts[is_cell]
    return _last_of(words, starts + len(b'<c r="')) if len(starts) else (0, 0)


def _last_of(words: Words, places: NDArray[np.int64]) -> tuple[int, int] | None:
    """Last row and column of the references that begin at the places, a quotation mark behind each."""
    first = words[places]
    letters = _lowest_bit(~first & _LETTER_BIT)
    row = column = 0
    for n_letters in _bytes_present(letters):
        if not 1 <= n_letters <= 3:
            return None
        mine = letters == np.uint64(0x40 << 8 * n_letters)
        names = first if mine.all() else first[mine]
        shift = np.uint64(8 * n_letters)
        digits = names >> shift
        ends = _quotation_marks(digits)
        if not ends.all():  # a long reference: its end is in the next eight bytes
            digits |= words[places[mine] + 8] << (np.uint64(64) - shift)
            ends = _quotation_marks(digits)
        last_row = _largest(digits, ends)
        if last_row is None:
            return None
        last_name = int((names.byteswap() >> (np.uint64(64) - shift)).max())
        row, column = max(row, last_row), max(column, column_number(last_name.to_bytes(n_letters, "big")))
    return row, column


def _quotation_marks(words: Words) -> Words:
    """The top bit of the first byte that is a quotation mark; 0 where none is."""
    marked = words ^ _QUOTES
    return _lowest_bit((marked - _ONES) & ~marked & _TOPS)


def _largest(digits: Words, ends: Words) -> int | None:
    """Largest of numbers written in bytes, each with the bit of its end; None where one is no number."""
    if not ends.all():
        return None
    largest = 0
    for n_digits in _bytes_present(ends):
        # Among numbers of one length the last in the order of text is the largest.
        mine = ends == np.uint64(0x80 << 8 * n_digits)
        last = int((digits if mine.all() else digits[mine]).byteswap().max())
        text = last.to_bytes(8, "big")[:n_digits]
        if not text.isdigit():
            return None
        largest = max(largest, int(text))
    return largest


def _lowest_bit(words: Words) -> Words:
    return words & (~words + np.uint64(1))


def _bytes_present(bits: Words) -> list[int]:
    """Places of the bytes, from 0, in which the words have their one bit."""
    present = int(np.bitwise_or.reduce(bits))
    return [place for place in range(8) if present >> 8 * place & 0xFF]


def column_number(letters: bytes) -> int:
    """Number of a column from 1.

    >>> column_number(b"A"), column_number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def is_sparse(rows: int, columns: int, n_bytes: int) -> bool:
    """True where a sheet spans far more cells than its XML can hold, or more than a sheet has."""
    if rows > limits.MAX_ROWS or columns > limits.MAX_COLUMNS:
        return True
    is_large = rows * columns > SPARSE_POSITIONS or columns > SPARSE_COLUMNS
    return is_large and rows * columns * BYTES_OF_A_POSITION > n_bytes


def cells_with_values(xml: bytes) -> Iterator[Cell]:
    """Every cell that holds something, by the rules of the reader: a cell without a reference follows the last."""
    row = column = 0
    position = 0
    while found := _ELEMENT.search(xml, position):
        position = found.end()
        reference = _REFERENCE.search(found[2])
        if found[1] == b"row":
            row, column = (int(reference[2]) - 1 if reference and reference[2] else row), 0
            continue
        if reference and reference[1] and reference[2]:
            row, column = int(reference[2]) - 1, column_number(reference[1]) - 1
        if not found[3]:
            end = _END_OF_CELL.search(xml, position)
            position = end.end() if end else len(xml)
            if _HOLDS_VALUE.search(xml, found.end(), position):
                yield Cell(row, column, found.start(), position)
        column += 1


def split_far(cells: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Cells of the table and cells far from it: beyond a gap that no form has, or beyond the last row of Excel.

    The part with the most cells is the table.
    """
    inside = [
        cell for cell in cells if 0 <= cell.row < limits.MAX_ROWS and 0 <= cell.column < limits.MAX_COLUMNS
    ]
    if not inside:
        return [], list(cells)
    first, last = _main_part([cell.row for cell in inside], FAR_ROWS)
    kept = [cell for cell in inside if first <= cell.row <= last]
    first, last = _main_part([cell.column for cell in kept], FAR_COLUMNS)
    kept = [cell for cell in kept if first <= cell.column <= last]
    near = {cell.start for cell in kept}
    return kept, [cell for cell in cells if cell.start not in near]


def _main_part(places: Sequence[int], gap: int) -> tuple[int, int]:
    """First and last of the places between which no gap lies, of the part that holds the most of them."""
    ordered = np.sort(np.asarray(places, dtype=np.int64))
    parts = np.split(ordered, np.flatnonzero(np.diff(ordered) > gap) + 1)
    largest = max(parts, key=len)
    return int(largest[0]), int(largest[-1])


def without(xml: bytes, cells: Sequence[Cell]) -> bytes:
    """The XML of a sheet without some of its cells."""
    kept, position = [], 0
    for cell in sorted(cells, key=lambda cell: cell.start):
        kept.append(xml[position : cell.start])
        position = cell.end
    return b"".join([*kept, xml[position:]])
