"""Paper for the sheets of the office workbook: what stays together, header and footer."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.outputs import styles
from meishan_stats.outputs.office_facts import OfficeFacts
from meishan_stats.outputs.office_texts import text

MARGINS_WIDE, MARGINS_HIGH = 0.8 * 72, 1.5 * 72
"""Points of both margins: those of ``styles.print_on_a4``, and more above for a header."""
TOP_INCHES, HEADER_INCHES = 0.8, 0.35
LONGEST_FOOTER = 60
"""Characters of the source in a footer; Excel allows 255 for all its parts."""
SHORTER, LONGER = 0.93, 1.4
"""Where the font that columns are measured by is not installed, columns are wider and the page is scaled down:
up to 1.3 times as many rows fit on it."""
REPEATED_ROWS = 2
"""Title and unit stand on every page."""

Span = tuple[int, int]


def break_pages(sheet: Worksheet, spans: Sequence[Span], n_columns: int) -> None:
    """Begin a page before what would else be cut: a chart, or the beginning of a table.

    Programs scale a sheet to the width of the paper in different ways. So it is asked of a shorter and
    a longer page: a new page begins where something does not fit on both of them, or where a long table
    has brought the two to different pages.

    Parameters
    ----------
    spans : first and last row of everything that stays together
    """
    letters = [get_column_letter(place) for place in range(1, n_columns + 1)]
    wide = sum(styles.width_points(sheet.column_dimensions[letter].width) for letter in letters)
    scale = min(1.0, (styles.A4_LANDSCAPE[0] - MARGINS_WIDE) / wide)
    page = (styles.A4_LANDSCAPE[1] - MARGINS_HIGH) / scale
    pages = [page * SHORTER, page * LONGER]
    repeated = _height(sheet, 1, REPEATED_ROWS)
    last_of = dict(spans)
    used, n_breaks = [0.0, 0.0], [0, 0]
    for row in range(1, max(last_of.values(), default=0) + 1):
        if row in last_of and row > REPEATED_ROWS + 1:
            needed = _height(sheet, row, last_of[row])
            is_cut = any(have + needed > high for have, high in zip(used, pages, strict=True))
            if is_cut or n_breaks[0] != n_breaks[1]:
                sheet.row_breaks.append(Break(id=row - 1))
                used, n_breaks = [repeated, repeated], [0, 0]
        high_row = _height(sheet, row, row)
        for place, high in enumerate(pages):
            if used[place] + high_row > high:
                used[place], n_breaks[place] = repeated, n_breaks[place] + 1
            used[place] += high_row


def _height(sheet: Worksheet, first: int, last: int) -> float:
    return sum(sheet.row_dimensions[row].height or styles.LINE_HEIGHT for row in range(first, last + 1))


def mark_pages(sheet: Worksheet, facts: OfficeFacts) -> None:
    """Source at the left of the footer, office at the right; above, in red, where figures are invented."""
    source = facts.source if len(facts.source) <= LONGEST_FOOTER else facts.source[:LONGEST_FOOTER] + "…"
    if source:
        sheet.oddFooter.left.text = _plain(text("source_line", source=source))
        sheet.oddFooter.left.size = 8
    sheet.oddFooter.right.text = _plain(facts.marked(facts.office[:LONGEST_FOOTER]))
    sheet.oddFooter.right.size = 8
    if facts.is_demo:
        sheet.oddHeader.center.text = text("demo_header")
        sheet.oddHeader.center.color = styles.WARNING_COLOUR
        # A header that begins at the margin of the page would lie over the title.
        sheet.page_margins.top, sheet.page_margins.header = TOP_INCHES, HEADER_INCHES


def _plain(said: str) -> str:
    """Text of a footer in which & commands nothing."""
    return said.replace("&", "&&")
