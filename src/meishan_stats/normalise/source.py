"""Where records come from, and the problem rows that say so."""

from dataclasses import dataclass, field

import pandas as pd

from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.normalise.exchange import Rates
from meishan_stats.offices import Office
from meishan_stats.problems import Problem, problem
from meishan_stats.values.personal import without_personal


@dataclass(frozen=True)
class Source:
    """One recognised table in its file and office, by what its amounts become yuan, and the doubts found."""

    office: Office
    file: str
    table: RawTable
    rates: Rates = field(default_factory=Rates)
    problems: list[Problem] = field(default_factory=list)

    def frame(self) -> pd.DataFrame:
        """Frame of the four columns that lead each record back to its row."""
        return pd.DataFrame(
            {
                "office": self.office.name,
                "source_file": self.file,
                "source_sheet": self.table.sheet,
                "source_row": self.table.source_rows(),
            },
            index=self.table.cells.index,
        )

    def year_start(self) -> pd.Timestamp:
        """First day of the table's year; missing where it states none."""
        return pd.Timestamp(self.table.year, 1, 1) if self.table.year else pd.NaT

    def doubt(self, code: str, row: int, column: int, value: object = None, **details: object) -> None:
        """Add one doubt about the cell in a row and column of the grid, counted from 0."""
        source_row, source_column = self.table.position(row, column)
        self.problems.append(
            self._record(row)
            | problem(
                code,
                office=self.office.name,
                source_file=self.file,
                source_sheet=self.table.sheet,
                source_row=source_row + 1,
                column=source_column,
                value=None if value is None else without_personal(str(value)),
                **details,
            )
        )

    def _record(self, row: int) -> Problem:
        """What tells the same doubt of the next month's copy: not a column of ``problems``."""
        named = self.table.fields().get("name", [])
        cells = self.table.cells
        name = cells[named[0].index].loc[row] if named and row in cells.index else None
        return {"record": None if name is None else str(name), "period": self.table.period}

    def doubt_column(self, code: str, column: Column, **details: object) -> None:
        """Add one doubt that holds for a whole column, at its header."""
        self.doubt(
            code, self.table.header_row, column.index, column.header.replace("\n", "") or None, **details
        )

    def doubts(self, codes: pd.Series, column: Column, **details: pd.Series | object) -> None:
        """Add a doubt for every cell of a column that has a code; `details` may be columns."""
        cells = self.table.cells[column.index]
        for row, code in codes.dropna().items():
            here = {
                key: item.loc[row] if isinstance(item, pd.Series) else item for key, item in details.items()
            }
            self.doubt(str(code), int(row), column.index, cells.loc[row], **here)
