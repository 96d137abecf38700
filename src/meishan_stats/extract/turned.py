"""Tables whose labels run down the side: transposed tables and one-project cards, turned upright."""

from collections.abc import Sequence
from dataclasses import dataclass

from meishan_stats.extract.cells import EMPTY, TEXT, look
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.headers import header_likeness
from meishan_stats.extract.shapes import RowShape

Grid = Sequence[Sequence[object]]
Position = tuple[int, int]
LEAST_LABELS = 3


@dataclass(frozen=True)
class Upright:
    """A grid turned upright, where each of its cells stands on the sheet, and the labels' cells there."""

    rows: list[list[object]]
    positions: dict[Position, Position]
    above: list[int]
    notes: list[int]


def _is_label(value: object) -> bool:
    return look(value) == TEXT and header_likeness(str(value)) >= 0.8 and bool(read_header(str(value)).stems)


def turn(rows: Grid, shapes: Sequence[RowShape]) -> Upright | None:
    """The sheet turned upright if its labels stand in a column; None if they stand in a row.

    >>> from meishan_stats.extract.shapes import row_shapes
    >>> rows = [["项目名称", "某项目"], ["投资方", "某公司"], ["总投资", 3600]]
    >>> turn(rows, row_shapes(rows, [])).rows
    [['项目名称', '投资方', '总投资'], ['某项目', '某公司', 3600]]
    """
    best_row = max((len({str(v) for v in rows[s.row] if _is_label(v)}) for s in shapes), default=0)
    pairs = _pairs(rows, shapes)
    labels = [label for label, _ in pairs]
    fields: dict[int, set[str]] = {}
    for r, c in labels:
        fields.setdefault(c, set()).add(read_header(str(rows[r][c])).stems[0])
    down = {c: len(found) for c, found in fields.items()}
    if not down or max(down.values()) < LEAST_LABELS or max(down.values()) <= best_row:
        return None
    first = max(down, key=lambda c: (down[c], -c))
    lines = sorted({r for (r, _) in labels})
    if "indicator" in read_header(str(rows[lines[0]][first])).stems:
        return None  # below 指标 stand indicators, although 签约项目 and 到位资金 are words of headers
    if any("name" in read_header(str(rows[r][c])).stems for r, c in labels) is False:
        return None
    above = [s.row for s in shapes if s.row < lines[0]]
    notes = [s.row for s in shapes if s.row > lines[-1]]
    if len(down) == 1:
        return _transposed(rows, first, lines[0], lines[-1], above, notes)
    return _card(rows, pairs, above, notes)


def _pairs(rows: Grid, shapes: Sequence[RowShape]) -> list[tuple[Position, Position | None]]:
    """Every label with the cell to its right that is no label."""
    found: list[tuple[Position, Position | None]] = []
    for shape in shapes:
        row = rows[shape.row]
        cells = [c for c, v in enumerate(row) if look(v) != EMPTY]
        for i, c in enumerate(cells):
            if not _is_label(row[c]):
                continue
            after = cells[i + 1] if i + 1 < len(cells) else None
            holds = after is not None and not _is_label(row[after])
            found.append(((shape.row, c), (shape.row, after) if holds and after is not None else None))
    return found


def _transposed(rows: Grid, first: int, top: int, bottom: int, above: list[int], notes: list[int]) -> Upright:
    lines = [r for r in range(top, bottom + 1) if any(look(v) != EMPTY for v in rows[r])]
    width = max(len(rows[r]) for r in lines)
    columns = [first, *range(first + 1, width)]
    turned: list[list[object]] = []
    positions: dict[Position, Position] = {}
    for c in columns:
        line = [rows[r][c] if c < len(rows[r]) else "" for r in lines]
        if all(look(v) == EMPTY for v in line):
            continue
        positions.update({(len(turned), i): (r, c) for i, r in enumerate(lines)})
        turned.append(line)
    return Upright(turned, positions, above, notes)


def _card(
    rows: Grid, pairs: Sequence[tuple[Position, Position | None]], above: list[int], notes: list[int]
) -> Upright:
    """One record a card; a label seen again begins the next card."""
    labels: list[str] = []
    label_cells: list[Position] = []
    records: list[dict[str, Position | None]] = [{}]
    for (r, c), value in pairs:
        label = str(rows[r][c])
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
            line.append(rows[cell[0]][cell[1]] if cell else "")
            if cell:
                positions[len(turned), i] = cell
        turned.append(line)
    return Upright(turned, positions, above, notes)
