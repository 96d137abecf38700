"""Tables without personal data: what stays out of every record, of ``extra`` and of problem values."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from meishan_stats.extract.fields import CODES, PERSONAL
from meishan_stats.extract.raw_table import RawTable
from meishan_stats.values.distinct import distinct, may_hold_text
from meishan_stats.values.personal import without_personal


def without_personal_cells(table: RawTable) -> RawTable:
    """Table whose texts hold no telephone number and no contact; codes stay as they are.

    A cell that is nothing but such a number becomes empty, and so does a column of nothing but contacts.
    """
    codes = {column.index for column in table.columns if (column.field or "") in CODES}
    personal = {column.index for column in table.columns if column.field in PERSONAL}
    cells = {
        name: column if name in codes else "" if name in personal else _cells(column)
        for name, column in table.cells.items()
    }
    return replace(table, cells=pd.DataFrame(cells, index=table.cells.index, columns=table.cells.columns))


def without_personal_titles(table: RawTable) -> RawTable:
    """Table whose titles hold no telephone number and no contact."""
    return replace(table, titles=tuple(map(without_personal, table.titles)))


def _cells(column: pd.Series) -> pd.Series:
    if not may_hold_text(column):
        return column
    found = distinct(column)
    kept = [_cell(value) for value in found.kinds]
    changed = np.array([*(one is not old for one, old in zip(kept, found.kinds, strict=True)), False])
    if not changed.any():
        return column
    return column.mask(changed[found.codes], pd.Series(found.take(kept), index=column.index, dtype=object))


def _cell(value: object) -> object:
    return _text(value) if isinstance(value, str) else value


@lru_cache(maxsize=65_536)  # monthly copies repeat their texts
def _text(value: str) -> str:
    text = without_personal(value)
    return "" if text.strip() == "[略]" else text
