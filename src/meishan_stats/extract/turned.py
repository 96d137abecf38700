"""Tables whose labels run down the side: transposed tables and one-project cards, turned upright."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meishan_stats.extract.cells import TEXT, look
from meishan_stats.extract.glance import LEVEL, LEVEL_BIT
from meishan_stats.extract.grid import Grid
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.headers import header_likeness
from meishan_stats.extract.shapes import RowShapes

Position = tuple[int, int]
LEAST_LABELS = 3
_A_LABEL = 8
"""Tenths of likeness to a header."""


@dataclass(frozen=True)
class Upright:
    """A grid turned upright, where each of its cells stands on the sheet, and the labels' cells there."""

    rows: list[list[object]]
    positions: dict[Position, Position]
    above: list[int]
    notes: list[int]


def _is_label(value: object) -> bool:
    return look(value) == TEXT and header_likeness(str(value)) >= 0.8 and bool(read_header(str(value)).stems)


def turn(grid: Grid, shapes: RowShapes) -> Upright | None:
    """The sheet turned upright if its labels stand in a column; None if they stand in a row.

    >>> from meishan_stats.extract.shapes import row_shapes
    >>> grid = Grid.of([["项目名称", "某项目"], ["投资方", "某公司"], ["总投资", 3600]])
    >>> turn(grid, row_shapes(grid, [])).rows
    [['项目名称', '投资方', '总投资'], ['某项目', '某公司', 3600]]
    """
    may_be = (grid.kinds == TEXT) & ((grid.glances >> LEVEL_BIT & LEVEL) >= _A_LABEL)
    fields = {
        c: {
            read_header(text).stems[0]
            for text in set(map(str, grid.cells[may_be[:, c], c]))
            if _is_label(text)
        }
        for c in np.flatnonzero(may_be.any(axis=0)).tolist()
    }
    down = {c: len(found) for c, found in fields.items() if found}
    most = max(down.values(), default=0)
    if most < LEAST_LABELS or _has_row_of(most, grid, may_be):
        return None
    labels = [(r, c) for r, c in np.argwhere(may_be).tolist() if _is_label(grid.cells[r, c])]
    first = max(down, key=lambda c: (down[c], -c))
    lines = sorted({r for (r, _) in labels})
    if "indicator" in read_header(str(grid.cells[lines[0], first])).stems:
        return None  # below 指标 stand indicators, although 签约项目 and 到位资金 are words of headers
    if not any("name" in read_header(str(grid.cells[r, c])).stems for r, c in labels):
        return None
    above = shapes.rows[shapes.rows < lines[0]].tolist()
    notes = shapes.rows[shapes.rows > lines[-1]].tolist()
    if len(down) == 1:
        return _transposed(grid, first, lines[0], lines[-1], above, notes)
    return _card(grid, _pairs(grid, labels), above, notes)


def _has_row_of(n: int, grid: Grid, may_be: np.ndarray) -> bool:
    """True if a row holds so many labels or more."""
    rows = np.flatnonzero(may_be.sum(axis=1) >= n).tolist()
    return any(len({str(v) for v in grid.cells[r][may_be[r]] if _is_label(v)}) >= n for r in rows)


def _pairs(grid: Grid, labels: Sequence[Position]) -> list[tuple[Position, Position | None]]:
    """Every label with the cell to its right that is no label."""
    known = set(labels)
    found: list[tuple[Position, Position | None]] = []
    for r, c in labels:
        after = next((c + 1 + int(k) for k in np.flatnonzero(grid.filled[r, c + 1 :])[:1]), None)
        holds = after is not None and (r, after) not in known
        found.append(((r, c), (r, after) if holds and after is not None else None))
    return found


def _transposed(grid: Grid, first: int, top: int, bottom: int, above: list[int], notes: list[int]) -> Upright:
    lines = [r for r in range(top, bottom + 1) if grid.filled[r].any()]
    turned: list[list[object]] = []
    positions: dict[Position, Position] = {}
    for c in range(first, grid.cells.shape[1]):
        if not grid.filled[lines, c].any():
            continue
        line = grid.cells[lines, c].tolist()
        positions.update({(len(turned), i): (r, c) for i, r in enumerate(lines)})
        turned.append(line)
    return Upright(turned, positions, above, notes)


def _card(
    grid: Grid, pairs: Sequence[tuple[Position, Position | None]], above: list[int], notes: list[int]
) -> Upright:
    """One record a card; a label seen again begins the next card."""
    labels: list[str] = []
    label_cells: list[Position] = []
    records: list[dict[str, Position | None]] = [{}]
    for (r, c), value in pairs:
        label = str(grid.cells[r, c])
        if label in records[-1]:
            records.append({})
        if label not in labels:
            labels.append(label)
            label_cells.append((r, c))
        records[-1][label] = value
    turned: list[list[object]] = [list(labels)]
    positions: dict[Position, Position] = {(0, i): cell for i, cell in enumerate(label_cells)}
    for record in records:
        line: list[object] = []
        for i, label in enumerate(labels):
            cell = record.get(label)
            line.append(grid.cells[cell] if cell else "")
            if cell:
                positions[len(turned), i] = cell
        turned.append(line)
    return Upright(turned, positions, above, notes)
