"""Where records come from, and the problem rows that say so."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.normalise.exchange import Rates
from meishan_stats.offices import Office
from meishan_stats.problems import Problem, cell_name, column_letter, problem
from meishan_stats.values.distinct import one_dimensional
from meishan_stats.values.personal import without_personal

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """Recognised table in its file and office, by what its amounts become yuan, and the doubts found.

    Several tables with the same columns may be read as one (`stack`): then `table` holds the rows of all,
    numbered from 0, with the columns, the units and the precision that they share; what is each table's own
    (its month, its title, its doubts) is that of its `parts`.
    """

    office: Office
    file: str
    table: RawTable
    rates: Rates = field(default_factory=Rates)
    problems: list[Problem] = field(default_factory=list)
    parts: tuple["Source", ...] = ()
    _kept: dict[Hashable, Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def tables(self) -> tuple["Source", ...]:
        """Each table by itself."""
        return self.parts or (self,)

    @cached_property
    def at(self) -> np.ndarray:
        """Which of `tables` each row is of."""
        return np.repeat(np.arange(len(self.tables)), [len(part.table.cells) for part in self.tables])

    @cached_property
    def grid_rows(self) -> np.ndarray:
        """Row of the grid of its table, counted from 0, of each row."""
        return np.concatenate([part.table.cells.index.to_numpy(dtype=int) for part in self.tables])

    def kept(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What is worked out once for all that ask for it."""
        if key not in self._kept:
            self._kept[key] = work_out()
        return self._kept[key]

    def place(self, rows: pd.Index | pd.Series) -> np.ndarray:
        """Which of `tables` some rows are of, by their labels."""
        return self.at[self.table.cells.index.get_indexer(rows)]

    def each(self, say: Callable[["Source"], object]) -> pd.Series:
        """What is said of a table as a whole, on each of its rows."""
        return self.on_rows([say(part) for part in self.tables])

    def on_rows(self, said: Sequence[object]) -> pd.Series:
        """One thing a table → a column."""
        return pd.Series(one_dimensional(said)[self.at], index=self.table.cells.index, dtype=object)

    def in_any_row(self, holds: pd.Series) -> pd.Series:
        """True on all rows of a table in one of whose rows something holds."""
        found = np.bincount(self.at[holds.to_numpy(dtype=bool)], minlength=len(self.tables)) > 0
        return pd.Series(found[self.at], index=holds.index)

    @cached_property
    def years(self) -> pd.Series:
        """Year that each row's table states; missing where it states none."""
        return self.each(lambda part: part.table.year).astype("Int64")

    @cached_property
    def periods(self) -> pd.Series:
        """First day of the month, or of the year, that each row's table reports."""
        months = pd.Series([part.table.period for part in self.tables], dtype="datetime64[ns]")
        return pd.Series(months.to_numpy()[self.at], index=self.table.cells.index)

    def frame(self) -> pd.DataFrame:
        """Frame of the four columns that lead each record back to its row."""
        return self.kept("frame", self._frame).copy(deep=False)

    def _frame(self) -> pd.DataFrame:
        rows = [
            part.table.source_rows()
            if part.table.positions
            else part.table.cells.index.to_numpy(dtype=int) + 1
            for part in self.tables
        ]
        return pd.DataFrame(
            {
                "office": self.office.name,
                "source_file": self.each(lambda part: part.file).astype("str"),
                "source_sheet": self.each(lambda part: part.table.sheet).astype("str"),
                "source_row": np.concatenate(rows).astype(int),
            },
            index=self.table.cells.index,
        )

    def cell_names(self, column: Column) -> pd.Series:
        """A1 name of each row's cell in a column."""
        names: list[str] = []
        for part in self.tables:
            rows = part.table.cells.index
            if part.table.positions:
                places = (part.table.position(int(row), column.index) for row in rows)
                names += [cell_name(row + 1, index) for row, index in places]
            else:
                letter = column_letter(column.index)
                names += [f"{letter}{row + 1}" for row in rows]
        return pd.Series(names, index=self.table.cells.index, dtype=object)

    def year_starts(self) -> pd.Series:
        """First day of each row's year; missing where its table states none."""
        days = [pd.Timestamp(part.table.year, 1, 1) if part.table.year else pd.NaT for part in self.tables]
        return pd.Series(
            pd.Series(days, dtype="datetime64[ns]").to_numpy()[self.at], index=self.table.cells.index
        )

    def cell(self, row: int, column: int) -> object:
        """Cell as it stands, without personal data."""
        cells = self.kept(("cells", column), lambda: self.table.cells[column].astype(object).to_numpy())
        return cells[self.kept("places", self._places)[row]]

    def _places(self) -> dict[int, int]:
        return {int(row): place for place, row in enumerate(self.table.cells.index)}

    def doubt(self, code: str, row: int, column: int, value: object = None, **details: object) -> None:
        """Add one doubt about the cell in a row and column of the grid, counted from 0."""
        part = self.parts[self.at[row]] if self.parts else self
        source_row, source_column = part.table.position(
            int(self.grid_rows[row]) if self.parts else row, column
        )
        part.problems.append(
            self._record(row, part)
            | problem(
                code,
                office=self.office.name,
                source_file=part.file,
                source_sheet=part.table.sheet,
                source_row=source_row + 1,
                column=source_column,
                value=None if value is None else without_personal(str(value)),
                **details,
            )
        )

    def _record(self, row: int, part: "Source") -> Problem:
        """What tells the same doubt of the next month's copy: not a column of ``problems``."""
        named = self.kept("name", lambda: self.table.fields().get("name", []))
        name = self.cell(row, named[0].index) if named and row in self.kept("places", self._places) else None
        return {"record": None if name is None else str(name), "period": part.table.period}

    def doubt_column(self, code: str, column: Column, **details: object) -> None:
        """Add one doubt that holds for a whole column, at its header."""
        self.doubt(
            code, self.table.header_row, column.index, column.header.replace("\n", "") or None, **details
        )

    def doubts(self, codes: pd.Series, column: Column, **details: pd.Series | object) -> None:
        """Add a doubt for every cell of a column that has a code; `details` may be columns."""
        found = codes[codes.notna()]
        if found.empty:
            return
        told = {
            key: item.reindex(found.index).tolist() if isinstance(item, pd.Series) else [item] * len(found)
            for key, item in details.items()
        }
        for i, (row, code) in enumerate(found.items()):
            here = {key: items[i] for key, items in told.items()}
            self.doubt(str(code), int(str(row)), column.index, self.cell(int(str(row)), column.index), **here)


def stack(sources: Sequence[Source]) -> Source:
    """Tables with the same columns as one, to be normalised in one pass."""
    if len(sources) == 1:
        return sources[0]
    first = sources[0]
    table = replace(
        first.table,
        cells=pd.concat([source.table.cells for source in sources], ignore_index=True),
        sections=tuple(section for source in sources for section in source.table.sections),
        positions={},
    )
    return Source(first.office, first.file, table, first.rates, parts=tuple(sources))
