"""Tables without personal data: what stays out of every record, of ``extra`` and of problem values."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from meishan_stats.extract.fields import CODES, PERSONAL
from meishan_stats.extract.raw_table import RawTable
from meishan_stats.values.personal import may_be_personal, without_personal


def without_personal_cells(table: RawTable) -> RawTable:
    """Table whose texts hold no telephone number and no contact; codes stay as they are.

    A cell that is nothing but such a number becomes empty, and so does a column of nothing but contacts.
    """
    codes = {column.index for column in table.columns if (column.field or "") in CODES}
    personal = {column.index for column in table.columns if column.field in PERSONAL}
    cells = table.cells.to_numpy(copy=True)
    for i, name in enumerate(table.cells.columns):
        if name in personal:
            cells[:, i] = ""
        elif name not in codes and (kept := _kept(cells[:, i].tolist())) is not None:
            cells[:, i] = kept
    return replace(
        table, cells=pd.DataFrame(cells, table.cells.index, table.cells.columns, dtype=object, copy=False)
    )


def without_personal_titles(table: RawTable) -> RawTable:
    """Table whose titles hold no telephone number and no contact."""
    return replace(table, titles=tuple(map(without_personal, table.titles)))


def _kept(cells: Sequence[Any]) -> list[object] | None:
    """What may be kept of each cell; None where all may stay as they are."""
    if not may_be_personal("\n".join(cell for cell in cells if isinstance(cell, str))):
        return None
    return [_text(cell) if isinstance(cell, str) else cell for cell in cells]


@lru_cache(maxsize=65_536)  # monthly copies repeat their texts
def _text(value: str) -> str:
    text = without_personal(value)
    return "" if text.strip() == "[略]" else text
