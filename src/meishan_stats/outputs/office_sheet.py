"""One sheet of the office workbook: its title, its tables one below the other, their charts, its paper."""

from math import ceil

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.codelists import labels
from meishan_stats.outputs import styles
from meishan_stats.outputs.cells import put_text
from meishan_stats.outputs.office_charts import chart_height, chart_series, chart_title, native_chart
from meishan_stats.outputs.office_facts import Frames, OfficeFacts
from meishan_stats.outputs.office_frames import shown
from meishan_stats.outputs.office_layout import ShownChart, ShownColumn, ShownSheet
from meishan_stats.outputs.office_pages import Span, break_pages, mark_pages
from meishan_stats.outputs.office_table import Drawn, draw_line, draw_table, shown_columns
from meishan_stats.outputs.office_texts import text
from meishan_stats.outputs.styles import POINTS_A_CM

TITLE_ROW, UNIT_ROW, FIRST_ROW = 1, 2, 3
FEWEST_COLUMNS = 8
TITLE_HEIGHT, NEXT_TITLE_LINE = 30.0, 22.0
CHART_WIDTH_CM = (14.0, 26.0)
WHOLE, BEGINNING = 20, 6
"""Rows of a table that is not cut, and of a longer one that stay together with its header."""
_LIGHTS = {
    "ahead": "green", "behind": "red", "on_pace": "yellow", "error": "red", "warning": "yellow", "info": "blue",
}  # fmt: skip


def draw_sheet(sheet: Worksheet, definition: ShownSheet, frames: Frames, facts: OfficeFacts) -> list[Drawn]:
    """Write a sheet of tables; returns where each stands.

    A sheet of one table without a heading is a list: its header is frozen, filtered and printed on
    every page.
    """
    is_list = len(definition.tables) == 1 and not definition.tables[0].heading
    contents = [(table, shown(table, frames, facts)) for table in definition.tables]
    contents = [(table, what) for table, what in contents if not (table.is_optional and what.rows.empty)]
    columns = [shown_columns(table, what, facts) for table, what in contents]
    widths = _set_widths(sheet, columns)
    on_every_page = widths[: _columns_on_every_page(definition, columns)]
    row, found, spans = FIRST_ROW, list[Drawn](), list[Span]()
    for (table, what), own in zip(contents, columns, strict=True):
        drawn = draw_table(sheet, row, table, own, on_every_page, what, facts)
        found.append(drawn)
        if drawn.groups:
            spans.append((row, _last_together(drawn)))
        row = drawn.last_row + 2
        for chart in table.charts if drawn.groups else ():
            row = _draw_chart(sheet, row, drawn, chart, facts, widths, spans)
    for drawn in found:
        _colour_lights(sheet, drawn)
    _draw_title(sheet, definition, facts, len(widths), on_every_page)
    _set_pages(sheet, definition, found[0] if is_list else None, facts)
    if not is_list:
        break_pages(sheet, spans, len(widths))
    return found


def _set_widths(sheet: Worksheet, tables: list[tuple[ShownColumn, ...]]) -> list[float]:
    """Make each column as wide as the widest of the tables asks."""
    n_columns = max([FEWEST_COLUMNS, *map(len, tables)])
    widths = []
    for place in range(n_columns):
        asked = [columns[place].width for columns in tables if place < len(columns)]
        widths.append(max(asked, default=12.0))
        sheet.column_dimensions[get_column_letter(place + 1)].width = widths[-1]
    return widths


def _columns_on_every_page(definition: ShownSheet, tables: list[tuple[ShownColumn, ...]]) -> int | None:
    """Columns up to the name, which every page of a sheet several pages wide repeats; else all of them.

    What is written across more of them would be cut at the edge of the second page.
    """
    names = [column.name for columns in tables for column in columns]
    return names.index("name") + 1 if definition.pages_wide > 1 and "name" in names else None


def _last_together(drawn: Drawn) -> int:
    """Last row that stays on the page of the heading: of a short table its last."""
    is_short = drawn.last_row - drawn.first_row < WHOLE
    return drawn.last_row if is_short else drawn.header_row + BEGINNING


def _draw_chart(
    sheet: Worksheet,
    row: int,
    drawn: Drawn,
    chart: ShownChart,
    facts: OfficeFacts,
    widths: list[float],
    spans: list[Span],
) -> int:
    """Chart on rows of its own, or a line that says that there is nothing to draw; returns the next free row."""
    if not chart_series(drawn, chart):
        draw_line(sheet, row - 1, text("no_chart", chart_title(drawn, chart, facts)), widths)
        return row + 1
    wide = sum(map(styles.width_points, widths)) / POINTS_A_CM
    width_cm = max(CHART_WIDTH_CM[0], min(CHART_WIDTH_CM[1], wide))
    picture = native_chart(sheet, drawn, chart, facts, round(width_cm, 1))
    sheet.add_chart(picture, f"A{row}")
    n_rows = ceil(chart_height(drawn, chart) * POINTS_A_CM / styles.ROW_HEIGHT)
    for empty in range(row, row + n_rows):
        sheet.row_dimensions[empty].height = styles.ROW_HEIGHT
    # The blank row above goes with the chart: its frame lies on the line between two rows.
    spans.append((row - 1, row + n_rows - 1))
    return row + n_rows + 1


def _colour_lights(sheet: Worksheet, drawn: Drawn) -> None:
    for column in drawn.columns:
        if column.kind.name != "light":
            continue
        if column.codelist == "lights":
            colours = {label: code for code, label in labels("lights").items()}
        else:
            colours = {text(key): colour for key, colour in _LIGHTS.items()}
        letter = drawn.letter(column.name)
        for group in drawn.groups:
            styles.colour_lights(sheet, f"{letter}{group.first}:{letter}{group.last}", colours)


def _draw_title(
    sheet: Worksheet, definition: ShownSheet, facts: OfficeFacts, n_columns: int, on_every_page: list[float]
) -> None:
    """Name of the sheet over all columns, or over those that every page repeats; below it date and unit."""
    is_wide = definition.pages_wide > 1
    across = len(on_every_page)
    sheet.merge_cells(start_row=TITLE_ROW, start_column=1, end_row=TITLE_ROW, end_column=across)
    title = sheet.cell(TITLE_ROW, 1)
    said = facts.marked(facts.fill(definition.title))
    put_text(title, said)
    n_lines = styles.title_lines(said, sum(on_every_page)) if across < n_columns else 1
    styles.style_title(title, "left" if is_wide else "center", wraps=n_lines > 1)
    sheet.row_dimensions[TITLE_ROW].height = TITLE_HEIGHT + (n_lines - 1) * NEXT_TITLE_LINE
    if facts.is_demo:
        styles.style_warning(title)
    said = facts.as_of_text
    if is_wide and definition.unit:  # on the first of several pages, where it is read
        said = f"{said}　　{definition.unit}"
    elif definition.unit:
        put_text(sheet.cell(UNIT_ROW, n_columns), definition.unit)
        styles.style_note(sheet.cell(UNIT_ROW, n_columns))
    put_text(sheet.cell(UNIT_ROW, 1), said)
    styles.style_note(sheet.cell(UNIT_ROW, 1), "left")
    sheet.row_dimensions[UNIT_ROW].height = styles.ROW_HEIGHT


def _set_pages(sheet: Worksheet, definition: ShownSheet, listed: Drawn | None, facts: OfficeFacts) -> None:
    """Frozen rows, filter, rows and columns that are printed on every page, header and footer."""
    sheet.freeze_panes = f"A{FIRST_ROW}"
    styles.print_on_a4(sheet, pages_wide=definition.pages_wide)
    sheet.print_title_rows = f"{TITLE_ROW}:{UNIT_ROW}"
    if listed is not None and listed.groups:
        header_row, last_row = listed.header_row, listed.groups[-1].last
        sheet.auto_filter.ref = f"A{header_row}:{get_column_letter(len(listed.columns))}{last_row}"
        name = listed.letter("name") or "A"
        sheet.freeze_panes = f"{get_column_letter(column_index_from_string(name) + 1)}{header_row + 1}"
        sheet.print_title_rows = f"{TITLE_ROW}:{header_row}"
        if definition.pages_wide > 1:
            sheet.print_title_cols = f"A:{name}"
    mark_pages(sheet, facts)
