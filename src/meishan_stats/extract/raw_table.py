"""What extract hands on: one recognised table, its cells as typed, traceable to the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from meishan_stats.extract.glance import kinds_of
from meishan_stats.units import Unit

Position = tuple[int, int]


@dataclass(frozen=True)
class Column:
    """One column of a table: where it stands, what its header says, which field it became and why.

    ``rival`` is the header of the column that took the field this one would have had.
    """

    index: int
    header: str
    field: str | None = None
    step: str = ""
    score: float = 0.0
    unit: Unit | None = None
    unit_text: str | None = None
    month: int | None = None
    year: int | None = None
    grain: str | None = None
    rival: str | None = None


@dataclass(frozen=True)
class TotalRow:
    """A row that states a sum: 0-based row, its label, ``total``, ``of_which`` or ``section``, and its reach.

    ``level`` is the depth of a section heading that carries a sum; 0 for 合计 and 小计 rows.
    """

    row: int
    label: str
    kind: str
    level: int = 0


@dataclass(frozen=True)
class RawTable:
    """Cells of one table of a sheet, before anything is converted.

    ``cells`` has one row per record, its index the 0-based row of the grid, and one column per column
    of the grid; ``sections`` the headings above each record, outermost first. ``positions`` leads from
    the grid to the sheet where the table was turned (a transposed table, a card).
    """

    table: str
    sheet: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: pd.DataFrame
    sections: tuple[tuple[str, ...], ...]
    totals: tuple[TotalRow, ...]
    total_cells: pd.DataFrame
    period: pd.Timestamp | None = None
    precision: str | None = None
    year: int | None = None
    unit: Unit | None = None
    unit_text: str | None = None
    header_row: int = 0
    positions: Mapping[Position, Position] = field(default_factory=dict)

    def position(self, row: int, column: int) -> Position:
        """Row and column of the sheet, from 0, of a cell of the grid."""
        return self.positions.get((row, column), (row, column))

    def kinds(self, column: int) -> np.ndarray:
        """Kinds of the cells of a column of the grid (``cells.EMPTY``, ``NUMBER``, …), as an array of int8."""
        return kinds_of(self.cells[column].to_numpy())

    def source_rows(self) -> list[int]:
        """Row of the sheet, counted from 1, of every record."""
        if not self.positions:
            return (self.cells.index + 1).tolist()
        first = self.columns[0].index if self.columns else 0
        return [self.position(int(row), first)[0] + 1 for row in self.cells.index]

    def fields(self) -> dict[str, list[Column]]:
        """Columns by field, in the order of the sheet; columns that no field claims are left out."""
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.field:
                found.setdefault(column.field, []).append(column)
        return found
