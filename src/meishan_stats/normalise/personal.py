"""Tables without personal data: what stays out of every record, of ``extra`` and of problem values."""

from dataclasses import replace

import pandas as pd

from meishan_stats.extract.fields import CODES
from meishan_stats.extract.raw_table import RawTable
from meishan_stats.values.personal import without_personal


def without_personal_cells(table: RawTable) -> RawTable:
    """Table whose texts and titles hold no telephone number and no contact; codes stay as they are.

    A cell that is nothing but such a number becomes empty.
    """
    codes = {column.index for column in table.columns if (column.field or "") in CODES}
    cells = {name: column if name in codes else column.map(_cell) for name, column in table.cells.items()}
    titles = tuple(map(without_personal, table.titles))
    return replace(
        table, cells=pd.DataFrame(cells, index=table.cells.index, columns=table.cells.columns), titles=titles
    )


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = without_personal(value)
    return "" if text.strip() == "[略]" else text
