"""Columns that no field claims: kept as JSON, and listed once with the line that would claim them."""

import json

import numpy as np
import pandas as pd

from meishan_stats.extract.fields import FIELDS, OF_PROJECTS, PERSONAL
from meishan_stats.extract.headers import nearest_fields
from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise.columns import label_of
from meishan_stats.normalise.source import Source
from meishan_stats.values.distinct import combinations, distinct
from meishan_stats.values.text import clean_text, is_blank

UNUSED = FIELDS - OF_PROJECTS - PERSONAL
"""Fields that no column of ``projects`` or ``funding`` takes: their cells are kept in ``extra``."""


def unclaimed(source: Source) -> list[Column]:
    """Columns that no field claims and that hold something; what looks like a telephone number is left out."""
    return [
        column
        for column in source.table.columns
        if not column.field
        and not _looks_personal(column.header)
        and not all(map(is_blank, distinct(source.table.cells[column.index]).kinds))
    ]


def extra(source: Source) -> pd.Series:
    """What no other column of the table holds, a JSON object a row: ``{header: text}``; missing where nothing."""
    unused = [c for c in source.table.columns if (c.field or "").partition(".")[0] in UNUSED]
    columns = sorted([*unclaimed(source), *unused], key=lambda column: column.index)
    index = source.table.cells.index
    found = [distinct(source.table.cells[column.index]) for column in columns]
    if not found:
        return pd.Series(None, index=index, dtype=object)
    names = [column.header or f"#{column.index + 1}" for column in columns]
    texts = [[*(None if is_blank(v) else clean_text(v) for v in each.kinds), None] for each in found]
    # Rows that hold the same values say the same: one JSON object for each combination.
    rows, of_row = combinations(found)
    said = []
    for codes in rows:
        told = {
            name: text[i] for name, text, i in zip(names, texts, codes, strict=True) if text[i] is not None
        }
        said.append(json.dumps(told, ensure_ascii=False) if told else None)
    return pd.Series(np.array(said, dtype=object)[of_row], index=index, dtype=object)


def report_unclaimed(source: Source) -> None:
    """Add one problem for each unclaimed column, whose hint is the line for office.toml; and one for each
    column that was claimed by a header like its own."""
    near = [column for column in source.table.columns if column.step == "near"]
    free = unclaimed(source)
    for number, part in enumerate(source.tables if near or free else ()):
        for column in near:
            part.doubt_column("near_header", column, header=label_of(column), field=column.field)
        for column in free:
            cells = source.table.cells[column.index]
            if not cells[source.at == number].map(is_blank).all():
                _report_column(part, column)


def _report_column(source: Source, column: Column) -> None:
    if column.rival:
        source.doubt_column(
            "duplicate_header", column, header=label_of(column), rival=column.rival.replace("\n", "")
        )
    elif column.header:
        near = nearest_fields(column.header.rpartition("/")[2])
        suggestion = f'"{label_of(column)}" = "{near[0] if near else "…"}"'
        suggestion += f"  # {', '.join(near)}" if near else "  # definitions/headers.csv"
        source.doubt_column("unmapped_column", column, header=label_of(column), suggestion=suggestion)


def _looks_personal(header: str) -> bool:
    return any(word in header for word in ("电话", "联系", "手机")) and bool(
        set(nearest_fields(header, 1)) & PERSONAL
    )
