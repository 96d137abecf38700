"""The cells of a sheet as one array, with the kind of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from meishan_stats.extract.cells import EMPTY, TEXT
from meishan_stats.extract.glance import KIND, glances

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Grid:
    """Cells of a sheet, ``cells[r, c]``, and what each may be at a glance; ``""`` beyond the end of a row."""

    cells: np.ndarray
    glances: np.ndarray

    @classmethod
    def of(cls, rows: Rows) -> "Grid":
        """Grid of rows, whatever their lengths.

        >>> Grid.of([["项目", 1], ["合计"]]).kinds.tolist()
        [[3, 1], [3, 0]]
        """
        lengths = set(map(len, rows))
        width = max(lengths, default=0)
        if len(lengths) > 1:
            rows = [[*row, *[""] * (width - len(row))] for row in rows]
        grid = np.empty((len(rows), width), dtype=object)
        if grid.size:
            grid[:] = rows
        columns = np.ascontiguousarray(grid.T)  # a column of a table is taken more often than a row
        seen = np.empty(columns.shape, dtype=np.int16)
        for c, column in enumerate(columns):
            seen[c] = glances(column)
        return cls(columns.T, seen.T)

    @cached_property
    def kinds(self) -> np.ndarray:
        """Kind of every cell."""
        return (self.glances & KIND).astype(np.int8)

    @cached_property
    def filled(self) -> np.ndarray:
        """Which cells hold something."""
        return self.kinds != EMPTY

    def only(self, first: int, last: int) -> "Grid":
        """The grid with nothing but the columns from the first to the last."""
        cells, seen = np.full_like(self.cells, ""), np.zeros_like(self.glances)
        cells[:, first : last + 1] = self.cells[:, first : last + 1]
        seen[:, first : last + 1] = self.glances[:, first : last + 1]
        return Grid(cells, seen)

    @cached_property
    def rows(self) -> Rows:
        """The cells row by row, for what reads only a few of them."""
        return cast(Rows, self.cells)

    def words(self, r: int) -> list[str]:
        """What the filled cells of a row say, in order."""
        return [str(value).strip() for value in self.cells[r][self.filled[r]]]

    def texts(self, r: int) -> list[str]:
        """The cells of a row that are neither empty nor a number, a date or a placeholder."""
        return [str(value).strip() for value in self.cells[r][self.kinds[r] == TEXT]]
