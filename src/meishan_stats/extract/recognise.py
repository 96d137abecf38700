"""A sheet's tables with their fields, and what every one of its cells was taken for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from meishan_stats.extract.blocks import Block, cut_bands, cut_blocks
from meishan_stats.extract.cells import DATE, EMPTY, NUMBER, TEXT, total_word
from meishan_stats.extract.glance import kinds_of
from meishan_stats.extract.grid import Grid
from meishan_stats.extract.layout import DATA, HEADER, REMARK, SECTION, TITLE, TOTAL, row_roles
from meishan_stats.extract.marks import NONE, REASONS, ROLES, CellWords, Marks
from meishan_stats.extract.raw_table import RawTable
from meishan_stats.extract.shapes import RowShapes, row_shapes
from meishan_stats.extract.table import Surroundings, block_table
from meishan_stats.extract.turned import Upright, turn
from meishan_stats.extract.workbook import Range, Sheet


@dataclass(frozen=True)
class Recognised:
    """Tables of a sheet, and the role of each of its non-empty cells (row and column from 0)."""

    tables: tuple[RawTable, ...]
    roles: CellWords
    reasons: CellWords
    grid: Grid


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
    grid = Grid.of(sheet.rows)
    shapes = row_shapes(grid, sheet.merged)
    around = Surroundings(sheet.name, file, own_headers or {})
    upright = turn(grid, shapes)
    if upright is not None:
        tables, marks = _upright_tables(grid, upright, around)
    else:
        marks = Marks(grid.cells.shape)
        tables = []
        for band, merged, band_shapes in _bands(grid, sheet.merged, shapes):
            tables += _tables(band, merged, band_shapes, around, marks)
            around = around if around.titles or not tables else replace(around, titles=tables[0].titles)
    marks.roles[grid.filled & (marks.roles == NONE)] = HEADER if upright is not None else REMARK
    return Recognised(tuple(tables), CellWords(marks.roles, ROLES), CellWords(marks.reasons, REASONS), grid)


def _bands(
    grid: Grid, merged: Sequence[Range], shapes: RowShapes
) -> Iterator[tuple[Grid, Sequence[Range], RowShapes]]:
    """The sheet as it is, or each of the tables that stand side by side with the rest of its rows empty."""
    bands = cut_bands(grid, shapes)
    if len(bands) == 1:
        yield grid, merged, shapes
        return
    for first, last in bands:
        band = grid.only(first, last)
        inside = [m for m in merged if m[1] <= last and m[3] >= first]
        yield band, inside, row_shapes(band, inside)


def _upright_tables(grid: Grid, upright: Upright, around: Surroundings) -> tuple[list[RawTable], Marks]:
    """Tables of a sheet that was turned, with the marks at the cells' places on the sheet."""
    titles = tuple(text for r in upright.above for text in grid.words(r))
    turned = Grid.of(upright.rows)
    there, marks = Marks(turned.cells.shape), Marks(grid.cells.shape)
    here = replace(around, titles=titles, positions=upright.positions)
    tables = _tables(turned, [], row_shapes(turned, []), here, there)
    for cell, place in upright.positions.items():
        if turned.filled[cell]:
            marks.roles[place], marks.reasons[place] = there.roles[cell], there.reasons[cell]
    marks.rows(grid, np.array(upright.above, dtype=np.int64), TITLE)
    marks.rows(grid, np.array(upright.notes, dtype=np.int64), REMARK)
    return tables, marks


def _tables(
    grid: Grid, merged: Sequence[Range], shapes: RowShapes, around: Surroundings, marks: Marks
) -> list[RawTable]:
    """Tables one above the other; a title or unit above the first holds for those that have none."""
    labels = row_roles(shapes)
    for role in np.unique(labels).tolist():
        marks.rows(grid, shapes.rows[labels == role], role)
    tables = []
    for block in cut_blocks(shapes, labels, grid):
        above = tuple(text for r in block.above for text in grid.words(r))
        if not (block.header and block.body):
            around = replace(around, titles=(*above, *around.titles))
            continue
        notes = [next(iter(grid.texts(r)), "") for r in block.notes]
        here = replace(around, own_titles=above, notes=tuple(notes))
        table = block_table(grid, merged, block, here)
        parts = _targets_of_their_own(grid, block, table)
        if parts:
            block.body[:] = [
                (np.array([r]), DATA if r in parts else role) for rows, role in block.body for r in rows
            ]
            table = block_table(grid, merged, block, here)
        around = around if around.titles else replace(around, titles=above)
        marks.body(grid, block.body, table)
        tables.append(_without_numbered_rows(table, grid, marks))
    return tables


def _targets_of_their_own(grid: Grid, block: Block, table: RawTable) -> set[int]:
    """Rows 其中：亿元以上项目 among indicators: they add up to nothing and are told like the others."""
    if table.table != "targets":
        return set()
    indicators = {c.index for c in table.columns if c.field in ("indicator", "name", "item")}
    found = set()
    for r in (r for rows, role in block.body if role == TOTAL for r in rows.tolist()):
        first = np.flatnonzero(grid.kinds[r] == TEXT)[:1].tolist()
        if first and first[0] in indicators and total_word(str(grid.cells[r, first[0]])) == "of_which":
            found.add(r)
    return found


def _without_numbered_rows(table: RawTable, grid: Grid, marks: Marks) -> RawTable:
    """The table without the rows of its form that hold a running number and nothing else."""
    numbers = [column.index for column in table.columns if column.field == "seq"]
    if not numbers:
        return table
    rows = table.cells.index.to_numpy()
    others = table.cells.columns.difference(numbers).tolist()
    is_bare = np.logical_not(np.logical_or.reduce(grid.filled[:, others], axis=1))
    empty = np.flatnonzero(is_bare[rows])
    for c in others if len(empty) else ():  # a text merged from above fills a cell
        empty = empty[kinds_of(table.cells[c].to_numpy()[empty]) == EMPTY]
    if not len(empty):
        return table
    for c in numbers:
        is_filled = kinds_of(table.cells[c].to_numpy()[empty]) != EMPTY
        marks.ignore(rows[empty[is_filled]], c, "numbered_empty_row")
    is_kept = np.ones(len(rows), dtype=bool)
    is_kept[empty] = False
    sections = tuple(s for s, kept in zip(table.sections, is_kept, strict=True) if kept)
    return replace(table, cells=table.cells[is_kept], sections=sections)


def holds_data(recognised: Recognised, lines: Sequence[int]) -> bool:
    """True if rows outside titles and remarks look like data: three cells filled, or a number beside text.

    A page of instructions holds none. Rows are counted from 1, as ``RawTable.source_rows`` does.
    """
    rows = np.array(lines, dtype=np.int64) - 1
    rows = rows[rows < len(recognised.grid.cells)]
    is_content = np.isin(recognised.roles.codes[rows], (HEADER, SECTION, DATA, TOTAL))
    kinds = np.where(is_content, recognised.grid.kinds[rows], EMPTY)
    is_mixed = (kinds == TEXT).any(axis=1) & np.isin(kinds, (NUMBER, DATE)).any(axis=1)
    return bool((is_mixed | (is_content.sum(axis=1) >= 3)).any())


def describe_layout(tables: Sequence[RawTable]) -> str:
    """Tables of a sheet in one line: their kind and number of rows.

    >>> describe_layout([])
    ''
    """
    return "; ".join(f"{table.table or 'none'}[{len(table.cells)}]" for table in tables)
