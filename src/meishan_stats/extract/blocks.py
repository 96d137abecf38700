"""Rows with roles, cut into the tables of a sheet; and a sheet cut where tables stand side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from meishan_stats.extract.cells import EMPTY, TEXT, look
from meishan_stats.extract.grid import Grid, Rows
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.headers import header_likeness
from meishan_stats.extract.layout import (
    DATA,
    HEADER,
    REMARK,
    SECTION,
    TITLE,
    TOTAL,
    UNIT,
)
from meishan_stats.extract.lead import most_headers
from meishan_stats.extract.shapes import RowShapes, is_numbering
from meishan_stats.extract.workbook import Range
from meishan_stats.units import parse_unit, strip_unit
from meishan_stats.values.text import match_key

BODY = (DATA, SECTION, TOTAL)
OPENING_STEMS = frozenset({"name", "seq", "investor", "indicator", "town", "station", "sector", "visitor"})
"""Fields that a table may begin with."""


@dataclass
class Block:
    """Rows of one table: what stands above it, its header, its body (runs of rows of one role), its notes."""

    above: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    body: list[tuple[np.ndarray, int]] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)

    def lines(self) -> np.ndarray:
        """Rows that are data."""
        runs = [rows for rows, role in self.body if role == DATA]
        return np.concatenate(runs) if runs else np.zeros(0, dtype=np.int64)


def cut_blocks(shapes: RowShapes, roles: np.ndarray, grid: Grid) -> list[Block]:
    """Tables one above the other: each begins with the titles and header that follow a body or a note.

    A header that repeats the one before it (a page break) goes on with the same table.
    """
    blocks = [Block()]
    edges = np.flatnonzero(np.diff(roles, prepend=-1, append=-1)).tolist()
    for start, end in pairwise(edges):
        current, role, rows = blocks[-1], int(roles[start]), shapes.rows[start:end]
        if role in (TITLE, UNIT, HEADER) and (current.body or (current.notes and current.header)):
            blocks.append(Block(above=_headings_at_end(current)))
            current = blocks[-1]
        if role == HEADER:
            current.header.extend(rows.tolist())
        elif role in BODY:
            current.body.append((rows, role))
        elif role == REMARK and current.body:
            current.notes.extend(rows.tolist())
        else:
            current.above.extend(rows.tolist())
    return _join_page_breaks(blocks, grid)


def _headings_at_end(block: Block) -> list[int]:
    """Headings without a row below them, taken off a table: they are titles of the next one."""
    taken: list[int] = []
    while block.body and block.body[-1][1] == SECTION:
        taken = [*block.body.pop()[0].tolist(), *taken]
    return taken


def _join_page_breaks(blocks: list[Block], grid: Grid) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        first = joined[-1] if joined else None
        if (
            first
            and block.header
            and _same(first.header, block.header, grid)
            and _same_titles(first, block, grid)
        ):
            first.body.extend(block.body)
            first.notes.extend(block.notes)
        else:
            joined.append(block)
    return joined


def _texts(lines: Sequence[int], grid: Grid) -> list[str]:
    return [match_key(text) for r in lines for text in grid.words(r)]


def _same(one: Sequence[int], other: Sequence[int], grid: Grid) -> bool:
    return bool(one) and _texts(one, grid) == _texts(other, grid)


def _same_titles(one: Block, other: Block, grid: Grid) -> bool:
    titles = _texts(other.above, grid)
    continues = all("续" in text or "continued" in text for text in titles)
    return not titles or continues or _texts(one.above, grid) == titles


def cut_bands(grid: Grid, shapes: RowShapes) -> list[tuple[int, int]]:
    """First and last column of the tables that stand side by side; one band where there is one table.

    Two tables stand side by side if an empty column parts them and both have headers, or if the
    header begins again (序号 项目 金额 序号 项目 金额).
    """
    used = np.flatnonzero(grid.filled.any(axis=0))
    width = int(used[-1]) + 1 if used.size else 0
    whole = [(0, width - 1)]
    head = _head(shapes)
    if head is None:
        return whole
    again = _repeat_at(grid.cells[head])
    if again:
        return [(0, again - 1), (again, width - 1)]
    alone = np.flatnonzero(grid.filled[shapes.rows].sum(axis=1) == 1)
    is_line = np.ones(len(shapes), dtype=bool)
    is_line[alone] = [not shapes[i].is_wide for i in alone.tolist()]
    cuts = np.flatnonzero(~grid.filled[shapes.rows[is_line], :width].any(axis=0)).tolist()
    bands = _between(cuts, width)
    keyed = [band for band in bands if _has_own_header(grid.cells[head], band)]
    return bands if len(bands) > 1 and len(keyed) == len(bands) else whole


def _head(shapes: RowShapes) -> int | None:
    """Row with the most words of headers, four at least; the first of several."""
    n_headers, share = most_headers(shapes)
    most = n_headers * share
    best: tuple[float, int] | None = None
    may_be = np.flatnonzero(n_headers >= 4)
    for i in may_be[np.argsort(-most[may_be], kind="stable")].tolist():
        if best is not None and most[i] + 1e-9 < best[0]:
            break
        shape = shapes[i]
        score = (shape.n_header * shape.header_share, -shape.row)
        if shape.n_header >= 4 and (best is None or score > best):
            best = score
    return None if best is None else -best[1]


def _repeat_at(header: Sequence[object]) -> int | None:
    keys = [match_key(str(v)) if look(v) == TEXT else "" for v in header]
    first = next((c for c, key in enumerate(keys) if key), 0)
    if not set(read_header(str(header[first])).stems) & OPENING_STEMS:
        return None
    for c in range(first + 2, len(keys)):
        size = min(c - first, len([k for k in keys[c:] if k]))
        if keys[c] == keys[first] and size >= 2 and keys[c : c + size] == keys[first : first + size]:
            return c
    return None


def _between(cuts: Sequence[int], width: int) -> list[tuple[int, int]]:
    bands = []
    start = 0
    for cut in [*cuts, width]:
        if cut > start:
            bands.append((start, cut - 1))
        start = cut + 1
    return bands


def _has_own_header(header: Sequence[object], band: tuple[int, int]) -> bool:
    texts = [str(v) for v in header[band[0] : band[1] + 1] if look(v) == TEXT]
    known = [text for text in texts if header_likeness(text) >= 0.8]
    stems = {stem for text in known for stem in read_header(text).stems}
    return len(known) >= 2 and bool(stems & OPENING_STEMS)


def header_paths(
    header: Sequence[int], columns: range, rows: Rows, merged: Sequence[Range]
) -> tuple[dict[int, list[str]], dict[int, str | None]]:
    """Header texts of every column from top to bottom, and the unit written among them.

    Texts spread over merged ranges; where a form was drawn without merging, a lower text that says
    nothing alone (本月) takes the text to the left of the empty cell above it.
    """
    spread = {
        (r, c): rows[r0][c0]
        for r0, c0, r1, c1 in merged
        if r0 in header or r1 in header
        for r in range(r0, r1 + 1)
        for c in range(c0, c1 + 1)
        if c0 < len(rows[r0])
    }
    header = [r for r in header if not is_numbering([v for v in rows[r] if look(v) != EMPTY])]
    paths: dict[int, list[str]] = {}
    units: dict[int, str | None] = {}
    for c in columns:
        texts = [_text(spread.get((r, c), rows[r][c] if c < len(rows[r]) else "")) for r in header]
        if not spread:
            texts = _fill_from_left(texts, header, c, columns.start, rows)
        path: list[str] = []
        unit = None
        for text in texts:
            part = read_header(text) if text else None
            if part and part.unit:
                unit = part.unit
            alone = part is not None and not part.stems and _is_unit_alone(text)
            unit = text if alone and unit is None else unit
            if text and not alone and (not path or path[-1] != text):
                path.append(text)
        paths[c], units[c] = path, unit
    return paths, units


def _is_unit_alone(text: str) -> bool:
    """True for 万元 or 人 under a header, False for 一期用地（亩）."""
    words, unit = strip_unit(text)
    return parse_unit(text) is not None and (unit is None or not words.strip())


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if look(value) == EMPTY else str(value).strip()


def _fill_from_left(texts: list[str], header: Sequence[int], c: int, start: int, rows: Rows) -> list[str]:
    filled = list(texts)
    for i, r in enumerate(header[:-1]):
        below = next((t for t in texts[i + 1 :] if t), "")
        if texts[i] or not below or read_header(below).stems:
            continue
        left = next((_text(rows[r][k]) for k in range(c - 1, start - 1, -1) if _text(rows[r][k])), "")
        filled[i] = left
    return filled
