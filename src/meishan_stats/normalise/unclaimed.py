"""Columns that no field claims: kept as JSON, and listed once with the line that would claim them."""

import json

import pandas as pd

from meishan_stats.extract.fields import FIELDS, OF_PROJECTS, PERSONAL
from meishan_stats.extract.headers import nearest_fields
from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise.columns import label_of
from meishan_stats.normalise.source import Source
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
        and source.table.cells[column.index].map(lambda v: not is_blank(v)).any()
    ]


def extra(source: Source) -> pd.Series:
    """What no other column of the table holds, a JSON object a row: ``{header: text}``; missing where nothing."""
    unused = [c for c in source.table.columns if (c.field or "").partition(".")[0] in UNUSED]
    columns = sorted([*unclaimed(source), *unused], key=lambda column: column.index)
    names = [column.header or f"#{column.index + 1}" for column in columns]
    rows = []
    for values in source.table.cells[[column.index for column in columns]].itertuples(index=False):
        said = {
            name: clean_text(value) for name, value in zip(names, values, strict=True) if not is_blank(value)
        }
        rows.append(json.dumps(said, ensure_ascii=False) if said else None)
    return pd.Series(rows, index=source.table.cells.index, dtype=object)


def report_unclaimed(source: Source) -> None:
    """Add one problem for each unclaimed column, whose hint is the line for office.toml; and one for each
    column that was claimed by a header like its own."""
    for column in source.table.columns:
        if column.step == "near":
            source.doubt_column("near_header", column, header=label_of(column), field=column.field)
    for column in unclaimed(source):
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
