"""What every cell of a sheet was taken for, in arrays that read like mappings from the cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from meishan_stats.extract.cells import EMPTY, TEXT, is_unit_note
from meishan_stats.extract.fields import PERSONAL
from meishan_stats.extract.grid import Grid
from meishan_stats.extract.layout import DATA, REMARK, ROLE_NAMES, SECTION, TITLE, TOTAL, UNIT
from meishan_stats.extract.raw_table import Position, RawTable

ROLES = (*ROLE_NAMES, "ignored")
IGNORED = len(ROLE_NAMES)
REASONS = ("personal", "numbered_empty_row")
NONE = -1


class CellWords(Mapping[Position, str]):
    """A word for each of some cells of a sheet, by row and column from 0.

    ``codes`` is the array behind it: the place of the cell's word among ``words``, or -1.
    """

    def __init__(self, codes: np.ndarray, words: Sequence[str]) -> None:
        self.codes = codes
        self.words = words

    def __getitem__(self, cell: Position) -> str:
        r, c = cell
        n_rows, n_columns = self.codes.shape
        if not (0 <= r < n_rows and 0 <= c < n_columns) or self.codes[r, c] == NONE:
            raise KeyError(cell)
        return self.words[self.codes[r, c]]

    def __iter__(self) -> Iterator[Position]:
        rows, columns = np.nonzero(self.codes != NONE)
        return zip(rows.tolist(), columns.tolist(), strict=True)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.codes != NONE))

    def counts(self) -> Counter[str]:
        """Number of cells of each word that a cell has.

        >>> CellWords(np.array([[0, 1], [1, -1]]), ["title", "data"]).counts()["data"]
        2
        """
        n_of = np.bincount(self.codes.ravel() + 1, minlength=len(self.words) + 1)[1:]
        return Counter({word: n for word, n in zip(self.words, n_of.tolist(), strict=True) if n})


class Marks:
    """Roles of the cells of a grid while it is worked through; and why cells were left out."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.roles = np.full(shape, NONE, dtype=np.int8)
        self.reasons = np.full(shape, NONE, dtype=np.int8)

    def rows(self, grid: Grid, rows: np.ndarray, role: int) -> None:
        """Give every filled cell of rows their role; above a table a unit note and words may share a row."""
        self._fill(grid, rows, role)
        if role in (TITLE, UNIT, REMARK):
            for r in rows.tolist():
                for c in np.flatnonzero(grid.filled[r]).tolist():
                    is_unit = is_unit_note(str(grid.cells[r, c]))
                    self.roles[r, c] = UNIT if is_unit else TITLE if role == UNIT else role

    def body(self, grid: Grid, body: Sequence[tuple[np.ndarray, int]], table: RawTable) -> None:
        """Mark the cells that differ from their row: sums in a heading, and what is personal."""
        personal = [column.index for column in table.columns if column.field in PERSONAL]
        for rows, role in body:
            if role == SECTION:
                self.roles[rows] = np.where(
                    np.isin(grid.kinds[rows], (EMPTY, TEXT)), self.roles[rows], np.int8(TOTAL)
                )
            if role == DATA:
                self._fill(grid, rows, DATA)
                for c in personal:
                    self.ignore(rows[grid.filled[rows, c]], c, "personal")

    def ignore(self, rows: np.ndarray, c: int, reason: str) -> None:
        """Leave out cells of a column."""
        self.roles[rows, c] = IGNORED
        self.reasons[rows, c] = REASONS.index(reason)

    def _fill(self, grid: Grid, rows: np.ndarray, role: int) -> None:
        if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
            self.roles[rows[0] : rows[-1] + 1][grid.filled[rows[0] : rows[-1] + 1]] = role
        else:
            self.roles[rows] = np.where(grid.filled[rows], np.int8(role), self.roles[rows])
