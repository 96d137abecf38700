"""A sheet's tables with their fields, and what every one of its cells was taken for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from meishan_stats.extract.blocks import Block, cut_bands, cut_blocks
from meishan_stats.extract.cells import DATE, EMPTY, NUMBER, TEXT, is_unit_note, look, total_word
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
)
from meishan_stats.extract.raw_table import Position, RawTable
from meishan_stats.extract.shapes import RowShape, row_shapes
from meishan_stats.extract.table import Surroundings, block_table, first_text
from meishan_stats.extract.turned import Upright, turn
from meishan_stats.extract.workbook import Range, Sheet

ROLES = (*ROLE_NAMES, "ignored")
IGNORED = len(ROLE_NAMES)
Grid = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Recognised:
    """Tables of a sheet, and the role of each of its non-empty cells (row and column from 0)."""

    tables: tuple[RawTable, ...]
    roles: Mapping[Position, str]
    reasons: Mapping[Position, str]


@dataclass
class _Marks:
    """Roles of cells, as numbers, while a sheet is worked through; and why cells were left out."""

    roles: dict[Position, int] = field(default_factory=dict)
    reasons: dict[Position, str] = field(default_factory=dict)

    def row(self, rows: Grid, r: int, role: int) -> None:
        """Give every filled cell of a row its role; above a table a unit note and words may share a row."""
        for c, value in enumerate(rows[r]):
            if look(value) != EMPTY:
                is_unit = is_unit_note(str(value))
                mixed = UNIT if is_unit else TITLE if role == UNIT else role
                self.roles[r, c] = mixed if role in (TITLE, UNIT, REMARK) else role

    def body(self, rows: Grid, block: Block, table: RawTable) -> None:
        """Mark the cells that differ from their row: sums in a heading, and what is personal."""
        personal = {column.index for column in table.columns if column.field in PERSONAL}
        for r, role in block.body:
            for c, value in enumerate(rows[r]):
                kind = look(value)
                if role == DATA and kind != EMPTY:
                    self.roles[r, c] = DATA
                if role == SECTION and kind not in (EMPTY, TEXT):
                    self.roles[r, c] = TOTAL
                if role == DATA and c in personal and kind != EMPTY:
                    self.roles[r, c] = IGNORED
                    self.reasons[r, c] = "personal"


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
    shapes = row_shapes(sheet.rows, sheet.merged)
    around = Surroundings(sheet.name, file, own_headers or {})
    upright = turn(sheet.rows, shapes)
    if upright is not None:
        tables, marks = _upright_tables(sheet, upright, around)
    else:
        marks = _Marks()
        tables = []
        for rows, merged, band_shapes in _bands(sheet, shapes):
            tables += _tables(rows, merged, band_shapes, around, marks)
            around = around if around.titles or not tables else replace(around, titles=tables[0].titles)
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            if look(value) != EMPTY:
                marks.roles.setdefault((r, c), HEADER if upright is not None else REMARK)
    return Recognised(tuple(tables), {cell: ROLES[role] for cell, role in marks.roles.items()}, marks.reasons)


def _bands(
    sheet: Sheet, shapes: Sequence[RowShape]
) -> Iterator[tuple[Grid, Sequence[Range], Sequence[RowShape]]]:
    """The sheet as it is, or each of the tables that stand side by side with the rest of its rows empty."""
    bands = cut_bands(sheet.rows, shapes)
    if len(bands) == 1:
        yield sheet.rows, sheet.merged, shapes
        return
    for first, last in bands:
        rows = [[v if first <= c <= last else "" for c, v in enumerate(row)] for row in sheet.rows]
        merged = [m for m in sheet.merged if m[1] <= last and m[3] >= first]
        yield rows, merged, row_shapes(rows, merged)


def _upright_tables(sheet: Sheet, upright: Upright, around: Surroundings) -> tuple[list[RawTable], _Marks]:
    """Tables of a sheet that was turned, with the marks at the cells' places on the sheet."""
    titles = tuple(str(v).strip() for r in upright.above for v in sheet.rows[r] if look(v) != EMPTY)
    turned = _Marks()
    here = replace(around, titles=titles, positions=upright.positions)
    tables = _tables(upright.rows, [], row_shapes(upright.rows, []), here, turned)
    marks = _Marks(
        {upright.positions[cell]: role for cell, role in turned.roles.items() if cell in upright.positions},
        {upright.positions[cell]: why for cell, why in turned.reasons.items() if cell in upright.positions},
    )
    for r in upright.above:
        marks.row(sheet.rows, r, TITLE)
    for r in upright.notes:
        marks.row(sheet.rows, r, REMARK)
    return tables, marks


def _tables(
    rows: Grid, merged: Sequence[Range], shapes: Sequence[RowShape], around: Surroundings, marks: _Marks
) -> list[RawTable]:
    """Tables one above the other; a title or unit above the first holds for those that have none."""
    labels = row_roles(shapes)
    for shape, label in zip(shapes, labels, strict=True):
        marks.row(rows, shape.row, label)
    tables = []
    for block in cut_blocks(shapes, labels, rows):
        above = tuple(str(v).strip() for r in block.above for v in rows[r] if look(v) != EMPTY)
        if not (block.header and block.body):
            around = replace(around, titles=(*above, *around.titles))
            continue
        notes = [first_text(rows[r]) for r in block.notes]
        here = replace(around, own_titles=above, notes=tuple(notes))
        table = block_table(rows, merged, block, here)
        parts = _targets_of_their_own(rows, block, table)
        if parts:
            block.body[:] = [(r, DATA if r in parts else role) for r, role in block.body]
            table = block_table(rows, merged, block, here)
        around = around if around.titles else replace(around, titles=above)
        marks.body(rows, block, table)
        tables.append(_without_numbered_rows(table, marks))
    return tables


def _targets_of_their_own(rows: Grid, block: Block, table: RawTable) -> set[int]:
    """Rows 其中：亿元以上项目 among indicators: they add up to nothing and are told like the others."""
    indicators = {c.index for c in table.columns if c.field in ("indicator", "name", "item")}
    if table.table != "targets":
        return set()
    found = set()
    for r, role in block.body:
        first = next(((c, str(v)) for c, v in enumerate(rows[r]) if look(v) == TEXT), None)
        if role == TOTAL and first and first[0] in indicators and total_word(first[1]) == "of_which":
            found.add(r)
    return found


def _without_numbered_rows(table: RawTable, marks: _Marks) -> RawTable:
    """The table without the rows of its form that hold a running number and nothing else."""
    numbers = [column.index for column in table.columns if column.field == "seq"]
    empty = table.cells.index if numbers else table.cells.index[:0]
    for c in table.cells.columns.difference(numbers):
        empty = empty[[look(value) == EMPTY for value in table.cells.loc[empty, c]]]
    if empty.empty:
        return table
    for r in empty:
        for c in numbers:
            if look(table.cells.at[r, c]) != EMPTY:
                marks.roles[int(r), c] = IGNORED
                marks.reasons[int(r), c] = "numbered_empty_row"
    is_kept = ~table.cells.index.isin(empty)
    sections = tuple(s for s, kept in zip(table.sections, is_kept, strict=True) if kept)
    return replace(table, cells=table.cells[is_kept], sections=sections)


def holds_data(sheet: Sheet, recognised: Recognised, lines: Iterable[int]) -> bool:
    """True if rows outside titles and remarks look like data: three cells filled, or a number beside text.

    A page of instructions holds none. Rows are counted from 1, as ``RawTable.source_rows`` does.
    """
    for r in (line - 1 for line in lines):
        cells = [
            look(value) for c, value in enumerate(sheet.rows[r])
            if recognised.roles.get((r, c)) not in (None, "title", "unit", "remark", "ignored")
        ]  # fmt: skip
        if len(cells) >= 3 or (TEXT in cells and bool({NUMBER, DATE} & set(cells))):
            return True
    return False


def describe_layout(tables: Sequence[RawTable]) -> str:
    """Tables of a sheet in one line: their kind and number of rows.

    >>> describe_layout([])
    ''
    """
    return "; ".join(f"{table.table or 'none'}[{len(table.cells)}]" for table in tables)
