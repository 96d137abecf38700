"""One table on a sheet of the office workbook: heading, header, rows, totals as formulas, notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.codelists import labels
from meishan_stats.outputs import styles
from meishan_stats.outputs.cells import put_text, put_value
from meishan_stats.outputs.office_facts import OfficeFacts, Shown
from meishan_stats.outputs.office_layout import EVERY, ShownColumn, ShownTable
from meishan_stats.outputs.office_texts import text
from meishan_stats.outputs.office_totals import Group, Totals, total_formulas
from meishan_stats.outputs.office_values import label_of, shown_value

WIDEST_LINE = 150.0
MOST_LINES = 20
"""Lines of a cell; Excel allows no row more than 409 points."""


@dataclass(frozen=True)
class Drawn:
    """Where a table stands on its sheet."""

    first_row: int
    header_row: int
    last_row: int
    columns: tuple[ShownColumn, ...]
    groups: tuple[Group, ...]
    n_rows: int
    cached: dict[str, float | str] = field(default_factory=dict)
    """Value of every formula, by cell."""

    def letter(self, name: str) -> str | None:
        """Letter of a column, None where the table lacks it."""
        names = [column.name for column in self.columns]
        return get_column_letter(names.index(name) + 1) if name in names else None

    def letters(self, name: str) -> list[str]:
        """Letters of a column, of all that ``sectors=*`` stands for."""
        start = name.removesuffix("*")
        return [
            get_column_letter(place)
            for place, column in enumerate(self.columns, start=1)
            if column.name == name or (name.endswith(EVERY) and column.name.startswith(start))
        ]


def draw_table(
    sheet: Worksheet,
    top: int,
    table: ShownTable,
    columns: tuple[ShownColumn, ...],
    across: Sequence[float],
    what: Shown,
    facts: OfficeFacts,
) -> Drawn:
    """Write a table from a row on; one without rows says 无数据 and why.

    Parameters
    ----------
    columns : see ``shown_columns``
    across : widths of the columns that a sentence may stand over

    Returns
    -------
    Drawn
        Its place, for charts, widths and paging.
    """
    row = top
    if table.heading:
        put_text(sheet.cell(row, 1), facts.marked(facts.fill(table.heading)))
        styles.style_section(sheet.cell(row, 1))
        sheet.row_dimensions[row].height = styles.ROW_HEIGHT + 4
        row += 1
    if what.rows.empty:
        why = what.why_empty or facts.fill(table.if_empty)
        draw_line(sheet, row, text("no_data", why), across)
        return Drawn(top, row, row, (), (), 0)
    letters = [get_column_letter(place) for place in range(1, len(columns) + 1)]
    widths = [sheet.column_dimensions[letter].width for letter in letters]
    styles.draw_header(sheet, row, [column.heading for column in columns], widths)
    header_row = row
    groups = _placed(table, what.rows, header_row + 1)
    cached: dict[str, float | str] = {}
    for group in groups:
        for place, record in zip(range(group.first, group.last + 1), group.records, strict=True):
            _draw_row(sheet, place, columns, widths, record)
    totals = Totals(columns, groups, table.total, bool(table.group))
    for total_row, label, cells in total_formulas(totals):
        cached |= _draw_total(sheet, total_row, label, columns, cells)
    cached |= _draw_across(sheet, columns, groups)
    row = totals.last_row + 1
    for note in [*([facts.fill(table.note)] if table.note else []), *what.notes]:
        draw_line(sheet, row, note, across)
        row += 1
    return Drawn(top, header_row, row - 1, columns, groups, len(what.rows), cached)


def draw_line(sheet: Worksheet, row: int, said: str, widths: Sequence[float]) -> None:
    """A sentence below a table, over as many columns as a page shows, wrapped where it is longer."""
    n_columns, wide = 1, widths[0]
    while n_columns < len(widths) and wide + widths[n_columns] <= WIDEST_LINE:
        wide += widths[n_columns]
        n_columns += 1
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=n_columns)
    put_text(sheet.cell(row, 1), said)
    styles.style_note(sheet.cell(row, 1), "left", wraps=True)
    lines = min(styles.lines_needed(said, wide), MOST_LINES)
    sheet.row_dimensions[row].height = styles.ROW_HEIGHT + styles.LINE_HEIGHT * (lines - 1)


def shown_columns(table: ShownTable, what: Shown, facts: OfficeFacts) -> tuple[ShownColumn, ...]:
    """Columns as the rows have them: optional ones without any value go, ``sectors=*`` becomes its codes."""
    rows = what.rows
    found: list[ShownColumn] = []
    for column in table.columns if len(rows) else ():
        if column.name.endswith(EVERY):
            names = [name for name in rows if str(name).startswith(column.name.removesuffix("*"))]
            said = labels(column.codelist)
            for name in names:
                code = str(name).partition("=")[2]
                found.append(replace(column, name=str(name), heading=said.get(code, code), codelist=""))
        elif not column.is_optional or _has_values(rows, column):
            found.append(replace(column, heading=facts.fill(column.heading, **what.words)))
    return tuple(found)


def _has_values(rows: pd.DataFrame, column: ShownColumn) -> bool:
    if column.name not in rows:
        return False
    values = rows[column.name].dropna()
    if column.kind.name == "rate":
        return bool((values != 1).any())
    return bool((values != 0).any()) if column.kind.name in ("missing", "count") else len(values) > 0


def _placed(table: ShownTable, rows: pd.DataFrame, first: int) -> tuple[Group, ...]:
    """Rows in groups that follow one another, a row left free below each for its subtotal."""
    records = rows.to_dict("records")
    if not table.group:
        return (Group("", first, first + len(records) - 1, records),)
    groups: list[Group] = []
    keys = list(dict.fromkeys(None if pd.isna(r[table.group]) else r[table.group] for r in records))
    of_group = next(column for column in table.columns if column.name == table.group)
    for key in keys:
        mine = [r for r in records if (None if pd.isna(r[table.group]) else r[table.group]) == key]
        label = text("group_unknown") if key is None else _group_label(key, of_group)
        groups.append(Group(label, first, first + len(mine) - 1, mine))
        first += len(mine) + 1
    return tuple(groups)


def _group_label(key: Any, column: ShownColumn) -> str:
    return text("year", int(key)) if column.kind.name == "year" else label_of(key, column)


def _draw_row(
    sheet: Worksheet,
    row: int,
    columns: Sequence[ShownColumn],
    widths: Sequence[float],
    record: dict[str, Any],
) -> None:
    lines = 1
    for place, (column, width) in enumerate(zip(columns, widths, strict=False), start=1):
        value, number_format = shown_value(column, record)
        cell = sheet.cell(row, place)
        styles.style_value(cell, number_format, column.kind.align, wraps=isinstance(value, str))
        put_value(cell, value)
        if isinstance(value, str):
            lines = max(lines, styles.lines_needed(value, width))
    sheet.row_dimensions[row].height = styles.ROW_HEIGHT + styles.LINE_HEIGHT * (min(lines, MOST_LINES) - 1)


def _draw_total(
    sheet: Worksheet, row: int, label: str, columns: Sequence[ShownColumn], cells: dict[int, tuple[str, Any]]
) -> dict[str, float | str]:
    cached: dict[str, float | str] = {}
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(row, place)
        styles.style_value(cell, column.kind.number_format, column.kind.align)
        styles.style_total(cell)
        if place == 1:
            put_text(cell, label)
            cell.number_format = "General"
        elif place in cells:
            cell.value, cached[cell.coordinate] = cells[place]
    sheet.row_dimensions[row].height = styles.ROW_HEIGHT
    return cached


def _draw_across(
    sheet: Worksheet, columns: Sequence[ShownColumn], groups: Sequence[Group]
) -> dict[str, float | str]:
    """The sum of a row's own amounts, as a formula, in a column ``across`` that follows them."""
    cached: dict[str, float | str] = {}
    for place, column in enumerate(columns, start=1):
        if column.total != "across":
            continue
        names = [other.name for other in columns[1 : place - 1]]
        for group in groups:
            for row, record in zip(range(group.first, group.last + 1), group.records, strict=True):
                area = f"B{row}:{get_column_letter(place - 1)}{row}"
                known = [record[name] for name in names if pd.notna(record[name])]
                cell = sheet.cell(row, place, f'=IF(COUNT({area})=0,"",SUM({area}))')
                cell.font = Font(name=styles.FONT, size=10, bold=True)
                cached[cell.coordinate] = float(sum(known)) if known else ""
    return cached
