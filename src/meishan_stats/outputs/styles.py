"""How the sheets of this package's workbooks look and print: fonts, lines, colours, paper."""

from collections.abc import Sequence
from math import ceil

from openpyxl.cell import Cell
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.outputs.cells import put_text

FONT = "宋体"
"""Every Excel and WPS in China has it."""
TITLE_SIZE = 16
LINE_HEIGHT = 15.0
ROW_HEIGHT = 18.0
POINTS_A_CM = 72 / 2.54
A4_LANDSCAPE = (842.0, 595.0)
"""Width and height of the paper in points."""
_LINE = Side(style="thin", color="808080")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_VALUE_FONT = Font(name=FONT, size=10)
_VALUE_ALIGNMENTS = {
    (align, wraps): Alignment(horizontal=align, vertical="center", wrap_text=wraps)
    for align in ("left", "center", "right")
    for wraps in (True, False)
}
_TOTAL_FONT = Font(name=FONT, size=10, bold=True)
_TOTAL_FILL = PatternFill("solid", fgColor="F2F2F2")
WARNING_COLOUR = "C00000"
LIGHTS = {
    "green": ("C6EFCE", "006100"), "yellow": ("FFEB9C", "7F6000"), "red": ("FFC7CE", "9C0006"),
    "out": ("D9D9D9", "333333"), "blue": ("DDEBF7", "1F4E78"),
}  # fmt: skip
"""Ground and ink of a light; the cell says its name too, for print in black and white."""
CHART_COLOURS = ("0072B2", "E69F00", "6B1D4E", "BFBFBF", "009E73", "CC79A7", "56B4E9", "F0E442", "D55E00")
"""After Okabe and Ito: colour-blind readers tell neighbours apart."""
STATUS_COLOURS = {
    "n_on_time": "009E73", "n_late": "E69F00", "n_done_undated": "A6D9C8", "n_overdue": "B2380B",
    "n_due_soon": "F0E442", "n_on_plan": "FFFFFF", "n_stopped": "BFBFBF",
}  # fmt: skip
"""Of what was planned: as the lights have it, and as the figures of the notebooks do."""
HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
REQUIRED_FILL = PatternFill("solid", fgColor="95B3D7")


def style_title(cell: Cell, align: str = "center", *, wraps: bool = False) -> None:
    """Large and bold: the name of a sheet; in the middle, or at the left of a sheet wider than a screen."""
    cell.font = Font(name=FONT, size=TITLE_SIZE, bold=True)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wraps)


def title_lines(title: str, width: float) -> int:
    """Lines that a title takes over columns of a width in characters of common size.

    >>> title_lines("示例镇招商引资项目台账", 34), title_lines("示例镇招商引资项目台账", 40)
    (2, 1)
    """
    return lines_needed(title, width * 10 / TITLE_SIZE)


def style_note(cell: Cell, align: str = "right", *, wraps: bool = False) -> None:
    """Plain: the unit note above a table, a sentence below it."""
    cell.font = Font(name=FONT, size=10)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wraps)


def style_header(cell: Cell, *, is_required: bool = False) -> None:
    """Bold on a ground, wrapped; a darker ground where a value must be given."""
    cell.font = Font(name=FONT, size=10, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = GRID
    cell.fill = REQUIRED_FILL if is_required else HEADER_FILL


def style_value(
    cell: Cell, number_format: str = "General", align: str = "left", *, wraps: bool = False
) -> None:
    """A value in a grid; text at the left wraps, other text where asked for."""
    cell.font = _VALUE_FONT
    cell.alignment = _VALUE_ALIGNMENTS[align, wraps or align == "left"]
    cell.border = GRID
    cell.number_format = number_format


def style_text(cell: Cell, *, is_heading: bool = False) -> None:
    """A paragraph that wraps."""
    cell.font = Font(name=FONT, size=10.5, bold=is_heading)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)


def style_section(cell: Cell) -> None:
    """The heading of one of several tables of a sheet."""
    cell.font = Font(name=FONT, size=12, bold=True)
    cell.alignment = Alignment(horizontal="left", vertical="center")


def style_total(cell: Cell) -> None:
    """A cell of a row of totals: bold on a ground, beside the look of its column."""
    cell.font = _TOTAL_FONT
    cell.fill = _TOTAL_FILL


def style_warning(cell: Cell) -> None:
    """Red and bold, as large as it was: what no reader may overlook."""
    cell.font = Font(name=FONT, size=cell.font.size, bold=True, color=WARNING_COLOUR)


def draw_header(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[float]) -> None:
    """Headings of a table, the row as high as the longest needs."""
    for place, heading in enumerate(headings, start=1):
        put_text(sheet.cell(row, place), heading)
        style_header(sheet.cell(row, place))
    lines = max(lines_needed(heading, width) for heading, width in zip(headings, widths, strict=True))
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 6


def colour_lights(sheet: Worksheet, area: str, colours: dict[str, str]) -> None:
    """Colour cells by the word they hold, as conditional formats: a word changed by hand changes colour.

    Parameters
    ----------
    area : cells, such as ``"H5:H20"``
    colours : word → name of a colour in ``LIGHTS``
    """
    for said, name in colours.items():
        ground, ink = LIGHTS[name]
        rule = CellIsRule(
            operator="equal", formula=[f'"{said}"'], font=Font(color=ink, bold=True),
            fill=PatternFill("solid", bgColor=ground),
        )  # fmt: skip
        sheet.conditional_formatting.add(area, rule)


def width_points(width: float) -> float:
    """Width of a column on paper, in points.

    >>> width_points(10)
    56.25
    """
    return (7 * width + 5) * 0.75


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


def print_on_a4(
    sheet: Worksheet, *, pages_wide: int = 1, pages_high: int = 0, header_row: int | None = None
) -> None:
    """Print landscape on A4, so many pages wide and as many high (0: as it takes); the header on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = pages_high
    sheet.print_options.horizontalCentered = True
    for side, inches in (("left", 0.4), ("right", 0.4), ("top", 0.5), ("bottom", 0.7), ("footer", 0.3)):
        setattr(sheet.page_margins, side, inches)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
