"""Rows of one table → ``RawTable``: its columns with their fields, its records, headings and sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from meishan_stats.extract.assignment import Profile, assign_columns, profile
from meishan_stats.extract.blocks import Block, header_paths
from meishan_stats.extract.cells import DATE, EMPTY, TEXT, total_word
from meishan_stats.extract.context import find_month, find_unit, table_kind
from meishan_stats.extract.fields import MONEY
from meishan_stats.extract.glance import kinds_of
from meishan_stats.extract.grid import Grid
from meishan_stats.extract.header_text import measure_in
from meishan_stats.extract.headers import match_path
from meishan_stats.extract.layout import DATA, TOTAL
from meishan_stats.extract.raw_table import Column, Position, RawTable, TotalRow
from meishan_stats.extract.settled import coded
from meishan_stats.extract.shapes import row_heading
from meishan_stats.extract.workbook import Range
from meishan_stats.units import Unit
from meishan_stats.values.personal import is_telephone

NUMERIC = 0.5


@dataclass(frozen=True)
class Surroundings:
    """What is known of a table from outside its rows: names, titles, notes, the office's own headers."""

    sheet: str
    file: str
    own_headers: Mapping[str, str]
    titles: tuple[str, ...] = ()
    own_titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    positions: Mapping[Position, Position] = field(default_factory=dict)


def block_table(grid: Grid, merged: Sequence[Range], block: Block, around: Surroundings) -> RawTable:
    """One table with every column's field, its unit and month, before anything is converted."""
    lines = block.lines()
    used = np.flatnonzero(grid.filled[block.header].any(axis=0) | _any_filled(grid, lines))
    columns = range(int(used[0]), int(used[-1]) + 1)
    paths, units = header_paths(block.header, columns, grid.rows, merged)
    values, kinds = _spread_down(grid, lines, columns, merged)
    cells = pd.DataFrame(values.T, index=pd.Index(lines, dtype="int64"), columns=list(columns), dtype=object)
    profiles = {c: profile(values[i], kinds[i]) for i, c in enumerate(columns)}
    kept = [c for c in columns if paths[c] or profiles[c].n]
    titles = around.own_titles or around.titles
    paths = {c: _with_measure(paths[c], profiles[c], titles) for c in kept}
    assigned = _with_telephones(assign_columns(paths, units, profiles, around.own_headers), cells)
    assigned = tuple(coded(assigned, cells, "direction", "directions"))
    period, precision, year = find_month([*around.own_titles, *around.titles], around.sheet, around.file)
    unit = find_unit([*around.own_titles, *around.titles, around.sheet, *around.notes])
    sections, totals = _sections(grid, block)
    total_rows = [total.row for total in totals]
    return RawTable(
        table=table_kind(assigned, [*titles, around.sheet]) or "",
        sheet=around.sheet,
        titles=titles,
        columns=assigned,
        cells=cells,
        sections=sections,
        totals=tuple(totals),
        total_cells=pd.DataFrame(
            grid.cells[np.ix_(total_rows, kept)], index=total_rows, columns=kept, dtype=object
        ),
        period=period,
        precision=precision,
        year=year,
        unit=unit[0] if unit else _common_unit(assigned),
        unit_text=unit[1] if unit else None,
        header_row=block.header[-1],
        positions=around.positions,
    )


def _any_filled(grid: Grid, lines: np.ndarray) -> np.ndarray:
    return grid.filled[lines].any(axis=0)


def _with_telephones(columns: Sequence[Column], cells: pd.DataFrame) -> tuple[Column, ...]:
    """Columns that no header claims and that hold telephone numbers are personal."""
    return tuple(
        replace(column, field="phone")
        if not column.field and _are_telephones(cells[column.index])
        else column
        for column in columns
    )


def _are_telephones(cells: pd.Series) -> bool:
    values = cells.to_numpy()
    filled = values[kinds_of(values) != EMPTY].tolist()
    return bool(filled) and sum(map(is_telephone, filled)) > len(filled) / 2


def _with_measure(path: Sequence[str], seen: Profile, titles: Sequence[str]) -> list[str]:
    """A column headed by a period alone holds what the title names: 各项目到位资金表, 1月, 2月."""
    if not path or seen.number < NUMERIC or match_path(path):
        return list(path)
    measure = measure_in("".join(titles))
    with_measure = [measure, *path] if measure else list(path)
    return with_measure if measure and match_path(with_measure) else list(path)


def _common_unit(columns: Sequence[Column]) -> Unit | None:
    """The one unit that all amount columns with a unit bear; an amount without one has it as well."""
    units = {
        (column.unit.factor, column.unit.currency): column.unit
        for column in columns
        if column.unit
        and column.unit.dimension == "money"
        and (column.field or "").partition(".")[0] in MONEY
    }
    return next(iter(units.values())) if len(units) == 1 else None


def _spread_down(
    grid: Grid, lines: np.ndarray, columns: range, merged: Sequence[Range]
) -> tuple[np.ndarray, np.ndarray]:
    """Data cells, column by column, and their kinds.

    A text or date merged over several rows holds for each of them, a number once.
    """
    across, is_run = slice(columns.start, columns.stop), len(lines) and np.ptp(lines) + 1 == len(lines)
    down = slice(lines[0], lines[-1] + 1) if is_run else lines
    values, kinds = grid.cells.T[across, down], grid.kinds.T[across, down]
    tall = [(r0, c0, r1) for r0, c0, r1, c1 in merged if r1 > r0 and c0 == c1 and c0 in columns]
    if tall:
        values, kinds = values.copy(), kinds.copy()
        at = {r: i for i, r in enumerate(lines.tolist())}
        for r0, c, r1 in tall:
            if r0 in at and grid.kinds[r0, c] in (TEXT, DATE):
                below = [at[r] for r in range(r0 + 1, r1 + 1) if r in at]
                values[c - columns.start, below] = grid.cells[r0, c]
                kinds[c - columns.start, below] = grid.kinds[r0, c]
    return values, kinds


def _sections(grid: Grid, block: Block) -> tuple[tuple[tuple[str, ...], ...], list[TotalRow]]:
    """Headings above each data row, outermost first; and the rows that state sums."""
    stack: list[tuple[int, str]] = []
    found: list[tuple[str, ...]] = []
    totals = []
    for rows, role in block.body:
        if role == DATA:
            found += [tuple(words for _, words in stack)] * len(rows)
            continue
        for r in rows.tolist():
            texts = grid.texts(r)
            text = texts[0] if texts else ""
            if role == TOTAL:
                totals.append(TotalRow(r, text, total_word(text) or "total"))
                continue
            level, words = row_heading(texts) or (1, text)
            while stack and stack[-1][0] >= level:
                stack.pop()
            stack.append((level, words))
            if (~np.isin(grid.kinds[r], (EMPTY, TEXT))).any():
                totals.append(TotalRow(r, words, "section", level))
    return tuple(found), totals
