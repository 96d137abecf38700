"""Draw one sheet as an office lays it out: titles, a header of one or two rows, rows, totals, remarks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo.spelling import Cell, Pen, number, tidy

Row = TypeVar("Row")
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: header (one above the other where it has two rows), width, what a row and a total say.

    Neighbours that `merges` gives the same share one merged cell.
    """

    header: tuple[str, ...]
    width: float
    write: Callable[[Row, Pen], Cell] | None
    total: Callable[[list[Row], Pen], Cell] | None = None
    align: str = "left"
    merges: Callable[[Row], object] | None = None


def said(field: str) -> Callable[[Any, Pen], Cell]:
    """What a row says of itself, as it is; a number as text in the form that is all text."""

    def write(item: Any, pen: Pen) -> Cell:
        value: Cell = getattr(item, field)
        if isinstance(value, int | float):
            return tidy(value) if pen.form == 1 else number(value)
        return value

    return write


def banner(ws: Worksheet, row: int, text: str, columns: Sequence[Column[Any]], style: str = "plain") -> int:
    """Write a row merged over all columns (``title``, ``right``, ``plain``); the number of the next row."""
    last = get_column_letter(len(columns))
    ws.merge_cells(f"A{row}:{last}{row}")
    cell = ws.cell(row, 1, text)
    cell.font = Font(name="宋体", size=16 if style == "title" else 11, bold=style == "title")
    horizontal = {"title": "center", "right": "right"}.get(style, "left")
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=style == "plain")
    # Excel does not fit the height of merged rows to their text.
    characters = sum(column.width for column in columns) / 2
    lines = max(1, -(-len(text) // int(characters)))
    ws.row_dimensions[row].height = 30 if style == "title" else 18 * lines
    return row + 1


def split_banner(ws: Worksheet, row: int, left: str, right: str, columns: Sequence[Column[Any]]) -> int:
    """Write one text at the left and another at the right end of a row; the number of the next row."""
    middle, last = len(columns) // 2, len(columns)
    for first, end, text, horizontal in ((1, middle, left, "left"), (middle + 1, last, right, "right")):
        ws.merge_cells(start_row=row, start_column=first, end_row=row, end_column=end)
        cell = ws.cell(row, first, text)
        cell.font = Font(name="宋体", size=11)
        cell.alignment = Alignment(horizontal=horizontal, vertical="center")
    ws.row_dimensions[row].height = 18
    return row + 1


def header(ws: Worksheet, row: int, columns: Sequence[Column[Any]]) -> int:
    """Write the header, columns of one group under a merged cell; the number of the next row."""
    depth = max(len(column.header) for column in columns)
    place = 0
    while place < len(columns):
        column, first = columns[place], place + 1
        group = [c for c in columns[place:] if c.header[0] == column.header[0]] if depth > 1 else [column]
        _box(ws, row, first, column.header[0])
        if len(column.header) == 1:
            for below in range(1, depth):
                _box(ws, row + below, first, None)
            if depth > 1:
                ws.merge_cells(start_row=row, start_column=first, end_row=row + depth - 1, end_column=first)
            place += 1
            continue
        for offset, member in enumerate(group):
            if offset:
                _box(ws, row, first + offset, None)
            _box(ws, row + 1, first + offset, member.header[1])
        ws.merge_cells(start_row=row, start_column=first, end_row=row, end_column=first + len(group) - 1)
        place += len(group)
    for below in range(depth):
        has_break = any("\n" in text for column in columns for text in column.header[below : below + 1])
        ws.row_dimensions[row + below].height = 34 if has_break else 24
    for letter, column in ((get_column_letter(i), c) for i, c in enumerate(columns, 1)):
        ws.column_dimensions[letter].width = column.width
    ws.freeze_panes = ws.cell(row + depth, 3)
    ws.print_title_rows = f"{row}:{row + depth - 1}"
    return row + depth


def _box(
    ws: Worksheet, row: int, column: int, text: Cell, *, horizontal: str = "center", bold: bool = True
) -> None:
    cell = ws.cell(row, column, text)
    cell.border = _GRID
    cell.font = Font(name="宋体", size=10, bold=bold)
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    if isinstance(text, datetime):
        cell.number_format = "yyyy-mm-dd"


def rows(
    ws: Worksheet,
    row: int,
    columns: Sequence[Column[Row]],
    items: Sequence[Row],
    pen: Pen,
    *,
    start: int = 1,
) -> int:
    """Write one row an item, numbered from `start`; the number of the next row."""
    for offset, item in enumerate(items):
        for place, column in enumerate(columns, 1):
            # The running number is the one column that no item decides.
            value = column.write(item, pen) if column.write else start + offset
            text = str(value) if pen.form == 1 and column.write is None else value
            _box(ws, row + offset, place, text, horizontal=column.align, bold=False)
        ws.row_dimensions[row + offset].height = _height(ws, row + offset, columns)
    for place, column in enumerate(columns, 1):
        if column.merges:
            _merge_neighbours(ws, row, place, [column.merges(item) for item in items])
    return row + len(items)


def _merge_neighbours(ws: Worksheet, row: int, place: int, keys: Sequence[object]) -> None:
    first = 0
    for i in range(1, len(keys) + 1):
        if i < len(keys) and keys[i] == keys[first]:
            continue
        if i - first > 1:
            ws.merge_cells(start_row=row + first, start_column=place, end_row=row + i - 1, end_column=place)
        first = i


def total(
    ws: Worksheet, row: int, columns: Sequence[Column[Row]], label: str, *, of: list[Row] | None, pen: Pen
) -> int:
    """Write a row of totals (合计, 小计) or, where `of` is None, a bare section; the next row."""
    for place, column in enumerate(columns, 1):
        value = None if column.total is None or of is None else column.total(of, pen)
        _box(ws, row, place, value, horizontal="right" if isinstance(value, int | float) else "center")
    ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    _box(ws, row, 1, label, horizontal="left" if "、" in label else "center")
    ws.row_dimensions[row].height = _height(ws, row, columns)
    return row + 1


def _height(ws: Worksheet, row: int, columns: Sequence[Column[Any]]) -> float:
    """Height that shows every wrapped line: a Chinese character is about two units of width wide."""
    lines = 1
    for place, column in enumerate(columns, 1):
        value = ws.cell(row, place).value
        text = value.date().isoformat() if isinstance(value, datetime) else str(value or "")
        wide = sum(1.8 if ord(character) > 255 else 1.0 for character in text)
        if "\n" not in text and place > 1:
            lines = max(lines, -(-int(wide) // int(column.width)))
    return 22 if lines == 1 else 8 + 13 * lines


def fit_to_print(ws: Worksheet) -> None:
    """Landscape, as wide as one page."""
    ws.page_setup.orientation = "landscape"
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    ws.page_setup.fitToHeight = 0
    for side in ("left", "right", "top", "bottom"):
        setattr(ws.page_margins, side, 0.5)
