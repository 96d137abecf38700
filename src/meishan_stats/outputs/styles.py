"""How the sheets of this package's workbooks look and print: fonts, lines, colours, paper."""

from math import ceil

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

FONT = "宋体"
"""Every Excel and WPS in China has it."""
LINE_HEIGHT = 15.0
_LINE = Side(style="thin", color="808080")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_VALUE_FONT = Font(name=FONT, size=10)
_VALUE_ALIGNMENTS = {
    align: Alignment(horizontal=align, vertical="center", wrap_text=align == "left")
    for align in ("left", "center", "right")
}
HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
REQUIRED_FILL = PatternFill("solid", fgColor="95B3D7")


def style_title(cell: Cell, align: str = "center") -> None:
    """Large and bold: the name of a sheet; in the middle, or at the left of a sheet wider than a screen."""
    cell.font = Font(name=FONT, size=16, bold=True)
    cell.alignment = Alignment(horizontal=align, vertical="center")


def style_note(cell: Cell, align: str = "right") -> None:
    """Plain: the unit note above a table."""
    cell.font = Font(name=FONT, size=10)
    cell.alignment = Alignment(horizontal=align, vertical="center")


def style_header(cell: Cell, *, is_required: bool = False) -> None:
    """Bold on a ground, wrapped; a darker ground where a value must be given."""
    cell.font = Font(name=FONT, size=10, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = GRID
    cell.fill = REQUIRED_FILL if is_required else HEADER_FILL


def style_value(cell: Cell, number_format: str = "General", align: str = "left") -> None:
    """A value in a grid; long text wraps."""
    cell.font = _VALUE_FONT
    cell.alignment = _VALUE_ALIGNMENTS[align]
    cell.border = GRID
    cell.number_format = number_format


def style_text(cell: Cell, *, is_heading: bool = False) -> None:
    """A paragraph that wraps."""
    cell.font = Font(name=FONT, size=10.5, bold=is_heading)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)


def lines_needed(text: str, width: float) -> int:
    """Lines that a text takes in a column of a width in characters; a Chinese character is two wide.

    A line break in the text is one. Excel wraps a little before the edge of a column, so one character
    of the width is left free.

    >>> lines_needed("总投资（万）", 11), lines_needed("总投资（万）", 14), lines_needed("甲\\n乙", 10)
    (2, 1, 2)
    """
    free = max(width - 1, 1)
    wide = [sum(2 if ord(character) > 255 else 1 for character in line) for line in text.split("\n")]
    return sum(max(1, ceil(line / free)) for line in wide)


def print_on_a4(sheet: Worksheet, *, pages_wide: int = 1, header_row: int | None = None) -> None:
    """Print landscape on A4, so many pages wide and as many long as it takes; the header on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    for side, inches in (("left", 0.4), ("right", 0.4), ("top", 0.5), ("bottom", 0.7), ("footer", 0.3)):
        setattr(sheet.page_margins, side, inches)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
