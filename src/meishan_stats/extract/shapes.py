"""What is seen of each row of a sheet before anyone knows its role: kinds of cells, words, merges."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from meishan_stats.extract.cells import DATE, NUMBER, TEXT, enumerated
from meishan_stats.extract.grid import Grid, Rows
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.headers import header_likeness
from meishan_stats.extract.workbook import Range
from meishan_stats.values.text import match_key

_A_HEADER, _A_MODIFIER = 0.5, 0.8
"""Likeness of a word to a heading: 签约 alone is at 0.4, 实际 or 计划, which only qualify one, at 0.8."""
_LABELLED = re.compile(r"^[^:：\d]{1,10}[:：].{0,16}$")
"""A sign-off: 审核：某某, 报出日期：2012年5月3日."""


@dataclass(frozen=True)
class RowShape:
    """What is seen of one row without knowing its role."""

    row: int
    n: int
    looks: tuple[int, ...]
    texts: tuple[str, ...]
    first_text: str
    width_share: float
    is_wide: bool
    header_share: float
    n_header: int
    is_numbering: bool
    is_under_header: bool
    heading: tuple[int, str] | None
    n_labelled: int
    after_gap: bool
    first_column: int

    @property
    def n_numbers(self) -> int:
        """Cells that are numbers or dates."""
        return sum(kind in (NUMBER, DATE) for kind in self.looks)

    @property
    def longest(self) -> int:
        """Length of the longest text."""
        return max(map(len, self.texts), default=0)


class RowShapes(Sequence[RowShape]):
    """Shapes of the rows of a grid that are not empty; each is worked out when it is first asked for.

    ``rows`` holds their numbers in the grid, ``after_gap`` whether an empty row stands before them.
    """

    def __init__(self, grid: Grid, merged: Sequence[Range]) -> None:
        self.grid = grid
        self.rows = np.flatnonzero(grid.filled.any(axis=1))
        self.after_gap = np.diff(self.rows, prepend=self.rows[:1]) > 1
        used = np.flatnonzero(grid.filled[:200].any(axis=0))
        self.width = int(used[-1]) + 1 if used.size else 1
        self._spans = {(r0, c0): c1 - c0 + 1 for r0, c0, _, c1 in merged if c1 > c0}
        self._under = _rows_under_headers(grid, merged)
        self._shapes: dict[int, RowShape] = {}

    @property
    def is_under_header(self) -> np.ndarray:
        """Whether two header cells above a row reach down to it."""
        return np.isin(self.rows, list(self._under))

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, i: int) -> RowShape: ...
    @overload
    def __getitem__(self, i: slice) -> list[RowShape]: ...
    def __getitem__(self, i: int | slice) -> RowShape | list[RowShape]:
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        if i not in self._shapes:
            if not -len(self) <= i < len(self):
                raise IndexError(i)
            self._shapes[i] = self._shape(int(self.rows[i]), bool(self.after_gap[i]))
        return self._shapes[i]

    def _shape(self, r: int, after_gap: bool) -> RowShape:
        columns = np.flatnonzero(self.grid.filled[r])
        values, kinds = self.grid.cells[r][columns].tolist(), self.grid.kinds[r][columns].tolist()
        cells = list(zip(columns.tolist(), values, kinds, strict=True))
        return _shape(r, cells, self._spans, self.width, after_gap, r in self._under)


def row_shapes(rows: Rows | Grid, merged: Sequence[Range]) -> RowShapes:
    """Shape of every row that is not empty."""
    return RowShapes(rows if isinstance(rows, Grid) else Grid.of(rows), merged)


def _rows_under_headers(grid: Grid, merged: Sequence[Range]) -> set[int]:
    """Rows that two or more header cells above them reach down to: the lower rows of a merged header."""
    reach: dict[int, int] = {}
    n_rows, n_columns = grid.cells.shape
    for r0, c0, r1, _ in merged:
        if (
            r0 < r1 <= r0 + 4
            and r1 < n_rows
            and c0 < n_columns
            and header_likeness(str(grid.cells[r0, c0])) >= 0.8
        ):
            for r in range(r0 + 1, r1 + 1):
                reach[r] = reach.get(r, 0) + 1
    return {r for r, n in reach.items() if n >= 2}


def _shape(
    r: int,
    cells: list[tuple[int, object, int]],
    spans: dict[tuple[int, int], int],
    width: int,
    gap: bool,
    is_under: bool,
) -> RowShape:
    kinds = _kinds_in_context(cells)
    texts = tuple(str(value) for (_, value, _), kind in zip(cells, kinds, strict=True) if kind == TEXT)
    likeness = [0.0 if text.rstrip().endswith((":", "：")) else header_likeness(text) for text in texts]
    widest = max(spans.get((r, c), 1) for c, _, _ in cells)
    return RowShape(
        row=r,
        n=len(cells),
        looks=kinds,
        texts=texts,
        first_text=texts[0] if texts else "",
        width_share=len(cells) / width,
        is_wide=len(cells) == 1 and (widest >= max(3, width / 2)),
        header_share=sum(likeness) / len(cells),
        n_header=sum(score > 0 for score in likeness),
        is_numbering=is_numbering([value for _, value, _ in cells]),
        is_under_header=is_under,
        heading=row_heading(texts),
        n_labelled=sum(bool(_LABELLED.match(text)) for text in texts),
        after_gap=gap,
        first_column=cells[0][0],
    )


def _kinds_in_context(cells: Sequence[tuple[int, object, int]]) -> tuple[int, ...]:
    """Kinds of a row's cells; three or more periods side by side (1月 2月 3月) are words of a header."""
    periods = {
        str(value)
        for _, value, kind in cells
        if kind == DATE and isinstance(value, str) and _is_period(value)
    }
    words = [str(v) if kind == TEXT else "" for _, v, kind in cells if str(v) not in periods]
    likeness = [header_likeness(word) if word else 0.0 for word in words]
    # 实际 | 2012年4月 is data: beside a single period one word at least must be a heading of its own.
    only_words = all(score >= _A_HEADER for score in likeness) and (
        len(periods) > 1 or max(likeness, default=1.0) > _A_MODIFIER
    )
    if len(periods) < 3 and not (periods and only_words):
        return tuple(kind for _, _, kind in cells)
    return tuple(
        TEXT if kind == DATE and isinstance(v, str) and _is_period(v) else kind for _, v, kind in cells
    )


def row_heading(texts: Sequence[str]) -> tuple[int, str] | None:
    """Level and words of a heading, its number in a cell of its own or not: 一、新能源, or 一 | 新能源.

    >>> row_heading(["一、新能源"]), row_heading(["（一）", "电池"]), row_heading(["某项目"])
    ((1, '新能源'), (2, '电池'), None)
    """
    if not texts:
        return None
    bare = texts[0].strip()
    if len(texts) >= 2 and len(bare) <= 4 and not bare.isascii():
        number = bare if bare.endswith((")", "）", "、", ".", "．")) else f"{bare}、"
        return enumerated(number + texts[1].strip())
    return enumerated(bare)


def _is_period(text: str) -> bool:
    part = read_header(text)
    return part.grain is not None and not part.residue and not part.stems


def is_numbering(values: Sequence[object]) -> bool:
    """True for the row 甲 | 乙 | 1 | 2 | 3, or A | B | C, that official forms print under their header."""
    keys = [
        match_key(str(int(v) if isinstance(v, float) and v.is_integer() else v)).strip("()") for v in values
    ]
    keys = [key.partition("=")[0] for key in keys]
    if len(keys) < 3 or not all(keys):
        return False
    runs: list[list[int]] = []
    for kind, number in map(_ordinal, keys):
        if number is None:
            return False
        if runs and kind == runs[-1][0] and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        elif number in (0, 1) and len(runs) < 2:
            runs.append([kind, number])
        else:
            return False
    return True


def _ordinal(key: str) -> tuple[int, int | None]:
    """Kind and place of a column's number: digits, letters or heavenly stems, the first 1."""
    if key.isdigit() and len(key) <= 2:
        return -1, int(key)
    for kind, signs in ((-2, "abcdefghijklmnopqrstuvwxyz"), (-3, "甲乙丙丁戊己庚辛壬癸")):
        if len(key) == 1 and key in signs:
            return kind, signs.index(key) + 1
    return 0, None
