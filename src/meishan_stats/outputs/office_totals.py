"""Totals of the office workbook as formulas, each with the value it must give.

A sum of nothing is blank, not 0: every SUM stands behind a COUNT. The value is kept beside the formula
because a file without values shows blanks wherever nothing recalculates: previews, telephones, readers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter

from meishan_stats.outputs.office_layout import ShownColumn
from meishan_stats.outputs.office_texts import text

Formula = tuple[str, float | str]


@dataclass(frozen=True)
class Group:
    """Rows that follow one another and have a subtotal."""

    label: str
    first: int
    last: int
    records: list[dict[str, Any]]


@dataclass(frozen=True)
class Totals:
    """Which rows of totals a table has: below each group, and below all."""

    columns: tuple[ShownColumn, ...]
    groups: tuple[Group, ...]
    label: str
    is_grouped: bool

    @property
    def has_total(self) -> bool:
        """One group is its own total."""
        return bool(self.label) and not (self.is_grouped and len(self.groups) == 1)

    @property
    def last_row(self) -> int:
        """Last row of the table, totals with it."""
        return self.groups[-1].last + int(self.is_grouped) + int(self.has_total)


def total_formulas(totals: Totals) -> Iterator[tuple[int, str, dict[int, Formula]]]:
    """Row, label and formulas by place of column, for every row of totals from above to below."""
    if totals.is_grouped:
        for place, group in enumerate(totals.groups):
            before = totals.groups[place - 1] if place else None
            row = group.last + 1
            yield row, text("subtotal", group.label), _row(totals.columns, [group], row, before)
    if totals.has_total:
        row = totals.last_row
        yield row, totals.label, _row(totals.columns, totals.groups, row)


def _row(
    columns: Sequence[ShownColumn], groups: Sequence[Group], row: int, before: Group | None = None
) -> dict[int, Formula]:
    """Formulas of one row of totals."""
    letters = {column.name: get_column_letter(place) for place, column in enumerate(columns, start=1)}
    found: dict[int, Formula] = {}
    makers: dict[str, Callable[[ShownColumn], Formula | None]] = {
        "sum": lambda column: sum_of(letters[column.name], groups, column.name),
        "across": lambda column: _across(columns, letters[column.name], groups),
        "ratio": lambda column: _ratio(column, letters, groups, row),
        "growth": lambda column: _growth(column, letters, groups, before),
    }
    for place, column in enumerate(columns, start=1):
        formula = makers[column.total](column) if column.total else None
        if formula is not None:
            found[place] = formula
    return found


def sum_of(letter: str, groups: Sequence[Group], name: str) -> Formula:
    """Sum of a column over groups, blank where nothing is known.

    >>> sum_of("C", [Group("", 5, 6, [{"x": 1.5}, {"x": None}]), Group("", 8, 8, [{"x": 2.0}])], "x")
    ('=IF(COUNT(C5:C6,C8:C8)=0,"",SUM(C5:C6,C8:C8))', 3.5)
    """
    known = [float(r[name]) for group in groups for r in group.records if pd.notna(r.get(name))]
    return _sum(letter, groups), fsum(known) if known else ""


def _sum(letter: str, groups: Sequence[Group]) -> str:
    areas = ",".join(f"{letter}{group.first}:{letter}{group.last}" for group in groups)
    return f'=IF(COUNT({areas})=0,"",SUM({areas}))'


def _across(columns: Sequence[ShownColumn], letter: str, groups: Sequence[Group]) -> Formula:
    """Sum of the sums of the rows; its column holds formulas, so the amounts are read beside it."""
    names = [column.name for column in columns if column.total == "sum" and column.kind.name != "missing"]
    known = [float(r[n]) for group in groups for r in group.records for n in names if pd.notna(r.get(n))]
    return _sum(letter, groups), fsum(known) if known else ""


def _ratio(column: ShownColumn, letters: dict[str, str], groups: Sequence[Group], row: int) -> Formula | None:
    """Quotient of two sums of the same row of totals; blank where either is, or the lower is not positive."""
    over, under = column.terms
    if over not in letters or under not in letters:
        return None
    top, bottom = f"{letters[over]}{row}", f"{letters[under]}{row}"
    above, below = (sum_of(letters[name], groups, name)[1] for name in (over, under))
    formula = f'=IF(AND(ISNUMBER({top}),N({bottom})>0),{top}/{bottom},"")'
    is_known = isinstance(above, float) and isinstance(below, float) and below > 0
    return formula, above / below if is_known else ""  # type: ignore[operator]


def _growth(
    column: ShownColumn, letters: dict[str, str], groups: Sequence[Group], before: Group | None
) -> Formula | None:
    """Growth of a subtotal over that of the group before, where the result says that the two compare."""
    group = groups[-1]
    name = column.terms[0]
    if before is None or name not in letters or all(pd.isna(r.get(column.name)) for r in group.records):
        return None
    now, base = f"{letters[name]}{group.last + 1}", f"{letters[name]}{before.last + 1}"
    amount, former = (sum_of(letters[name], [one], name)[1] for one in (group, before))
    formula = f'=IF(AND(ISNUMBER({now}),N({base})>0),{now}/{base}-1,"")'
    is_known = isinstance(amount, float) and isinstance(former, float) and former > 0
    return formula, amount / former - 1 if is_known else ""  # type: ignore[operator]
