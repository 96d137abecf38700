"""A sheet's tables with their fields, and what every one of its cells was taken for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from meishan_stats.extract.assignment import assign_columns, profile
from meishan_stats.extract.blocks import Block, cut_bands, cut_blocks, header_paths
from meishan_stats.extract.cells import EMPTY, TEXT, enumerated, is_unit_note, look, total_word
from meishan_stats.extract.context import find_month, find_unit, table_kind
from meishan_stats.extract.fields import PERSONAL
from meishan_stats.extract.layout import (
    DATA,
    HEADER,
    REMARK,
    ROLE_NAMES,
    SECTION,
    TITLE,
    TOTAL,
    UNIT,
    row_roles,
    row_shapes,
)  # fmt: skip
from meishan_stats.extract.raw_table import Column, Position, RawTable, TotalRow
from meishan_stats.extract.turned import turn
from meishan_stats.extract.workbook import Range, Sheet

ROLES = (*ROLE_NAMES, "ignored")
IGNORED = len(ROLE_NAMES)
Grid = list[list[object]]


@dataclass(frozen=True)
class Recognised:
    """Tables of a sheet, and the role of each of its non-empty cells (row and column from 0)."""

    tables: tuple[RawTable, ...]
    roles: Mapping[Position, str]
    reasons: Mapping[Position, str]


def recognise(sheet: Sheet, file: str = "", own_headers: Mapping[str, str] | None = None) -> Recognised:
    """Find the tables of a sheet, whatever their layout.

    Parameters
    ----------
    sheet : Sheet
    file : str
        Name of the file: it may tell the month.
    own_headers : mapping, optional
        The office's own header spellings (normalised) → field.

    Returns
    -------
    Recognised
        Every non-empty cell of the sheet has exactly one role.
    """
    roles: dict[Position, int] = {}
    reasons: dict[Position, str] = {}
    tables: list[RawTable] = []
    shapes = row_shapes(sheet.rows, sheet.merged)
    upright = turn(sheet.rows, shapes)
    if upright is not None:
        above = [_first_text(sheet.rows[r]) for r in upright.above]
        tables = _tables(upright.rows, [], sheet, file, own_headers, roles, reasons, above, upright.positions)
        roles = {upright.positions.get(cell, cell): role for cell, role in roles.items()}
        reasons = {upright.positions.get(cell, cell): why for cell, why in reasons.items()}
        for r in [*upright.above, *upright.notes]:
            _mark_row(sheet.rows, r, TITLE if r in upright.above else REMARK, roles)
    else:
        shared: list[str] = []
        for first, last in cut_bands(sheet.rows, shapes):
            rows = [[v if first <= c <= last else "" for c, v in enumerate(row)] for row in sheet.rows]
            merged = [m for m in sheet.merged if m[1] <= last and m[3] >= first]
            tables += _tables(rows, merged, sheet, file, own_headers, roles, reasons, shared, {})
            shared = shared or list(tables[0].titles if tables else ())
    for cell in _cells(sheet.rows):
        roles.setdefault(cell, HEADER if upright is not None else REMARK)
    return Recognised(tuple(tables), {cell: ROLES[role] for cell, role in roles.items()}, reasons)


def _tables(
    rows: Grid,
    merged: Sequence[Range],
    sheet: Sheet,
    file: str,
    own_headers: Mapping[str, str] | None,
    roles: dict[Position, int],
    reasons: dict[Position, str],
    shared: Sequence[str],
    positions: Mapping[Position, Position],
) -> list[RawTable]:
    shapes = row_shapes(rows, merged)
    labels = row_roles(shapes)
    for shape, label in zip(shapes, labels, strict=True):
        _mark_row(rows, shape.row, label, roles)
    tables = []
    unit_texts: list[str] = list(shared)
    titles: tuple[str, ...] = tuple(shared)
    for block in cut_blocks(shapes, labels, rows):
        above = [str(v).strip() for r in block.above for v in rows[r] if look(v) != EMPTY]
        titles = tuple(above) or titles
        notes = [_first_text(rows[r]) for r in block.notes]
        if not (block.header and block.body):
            continue
        table = _table(
            rows, merged, block, (sheet, file), titles, [*above, *unit_texts], notes, own_headers, positions
        )
        unit_texts = [*above, *unit_texts]
        tables.append(table)
        _mark_cells(rows, block, table, roles, reasons)
    return tables


def _table(
    rows: Grid,
    merged: Sequence[Range],
    block: Block,
    place: tuple[Sheet, str],
    titles: tuple[str, ...],
    unit_texts: Sequence[str],
    notes: Sequence[str],
    own_headers: Mapping[str, str] | None,
    positions: Mapping[Position, Position],
) -> RawTable:
    sheet, file = place
    lines = [r for r, role in block.body if role == DATA]
    used = [c for r in [*block.header, *lines] for c, v in enumerate(rows[r]) if look(v) != EMPTY]
    columns = range(min(used), max(used) + 1)
    paths, units = header_paths(block.header, columns, rows, merged)
    cells = _spread_down(rows, lines, columns, merged)
    profiles = {c: profile(cells[c]) for c in columns}
    kept = [c for c in columns if paths[c] or profiles[c].n]
    assigned = assign_columns({c: paths[c] for c in kept}, units, profiles, own_headers)
    period, precision, year = find_month(titles, sheet.name, file)
    unit = find_unit([*unit_texts, sheet.name, *notes])
    sections, totals = _sections(rows, block)
    total_rows = [total.row for total in totals]
    return RawTable(
        table=table_kind(assigned, [*titles, sheet.name]) or "",
        sheet=sheet.name,
        titles=titles,
        columns=assigned,
        cells=cells,
        sections=tuple(sections[r] for r in lines),
        totals=tuple(totals),
        total_cells=pd.DataFrame(
            {c: [rows[r][c] if c < len(rows[r]) else "" for r in total_rows] for c in kept},
            index=total_rows,
            dtype=object,
        ),
        period=period,
        precision=precision,
        year=year,
        unit=unit[0] if unit else None,
        unit_text=unit[1] if unit else None,
        positions=positions,
    )


def _spread_down(rows: Grid, lines: Sequence[int], columns: range, merged: Sequence[Range]) -> pd.DataFrame:
    """Data cells as a frame; text merged over several rows holds for each of them, a number only once."""
    cells = {c: [rows[r][c] if c < len(rows[r]) else "" for r in lines] for c in columns}
    at = {r: i for i, r in enumerate(lines)}
    for r0, c0, r1, c1 in merged:
        if r1 > r0 and r0 in at and c0 in cells and look(rows[r0][c0]) == TEXT and c0 == c1:
            for r in range(r0 + 1, r1 + 1):
                if r in at:
                    cells[c0][at[r]] = rows[r0][c0]
    return pd.DataFrame(cells, index=pd.Index(lines, dtype="int64"), columns=list(columns), dtype=object)


def _sections(rows: Grid, block: Block) -> tuple[dict[int, tuple[str, ...]], list[TotalRow]]:
    """Headings above each data row, outermost first; and the rows that state sums."""
    stack: list[tuple[int, str]] = []
    found: dict[int, tuple[str, ...]] = {}
    totals = []
    for r, role in block.body:
        text = _first_text(rows[r])
        if role == SECTION:
            level, words = enumerated(text) or (1, text)
            while stack and stack[-1][0] >= level:
                stack.pop()
            stack.append((level, words))
            if sum(look(v) != EMPTY for v in rows[r]) > 1:
                totals.append(TotalRow(r, words, "section", level))
        elif role == TOTAL:
            totals.append(TotalRow(r, text, total_word(text) or "total"))
        else:
            found[r] = tuple(words for _, words in stack)
    return found, totals


def _mark_row(rows: Sequence[Sequence[object]], r: int, role: int, roles: dict[Position, int]) -> None:
    for c, value in enumerate(rows[r]):
        if look(value) != EMPTY:
            is_unit = role == TITLE and is_unit_note(str(value))
            roles[r, c] = UNIT if is_unit else role


def _mark_cells(
    rows: Grid, block: Block, table: RawTable, roles: dict[Position, int], reasons: dict[Position, str]
) -> None:
    """Cells that differ from their row: sums in a heading, and what is left out as personal."""
    personal = [column.index for column in table.columns if column.field in PERSONAL]
    for r, role in block.body:
        for c, value in enumerate(rows[r]):
            if look(value) == EMPTY:
                continue
            if role == SECTION and look(value) != TEXT:
                roles[r, c] = TOTAL
            if role == DATA and c in personal:
                roles[r, c] = IGNORED
                reasons[r, c] = "personal"


def _first_text(row: Sequence[object]) -> str:
    return next((str(v).strip() for v in row if look(v) == TEXT), "")


def _cells(rows: Sequence[Sequence[object]]) -> list[Position]:
    return [(r, c) for r, row in enumerate(rows) for c, v in enumerate(row) if look(v) != EMPTY]


def describe_layout(tables: Sequence[RawTable]) -> str:
    """Tables of a sheet in one line: their kind and number of rows.

    >>> describe_layout([])
    ''
    """
    return "; ".join(f"{table.table or 'none'}[{len(table.cells)}]" for table in tables)


__all__ = ["Column", "Recognised", "describe_layout", "recognise"]
