"""What a sheet of the office workbook is made of: tables, columns, charts."""

from dataclasses import dataclass

EVERY = "=*"
"""Ends the name of a column that stands for as many as the data has codes: ``sectors=*``."""


@dataclass(frozen=True)
class Kind:
    """How the cells of one kind look."""

    name: str
    number_format: str
    align: str
    width: float


@dataclass(frozen=True)
class ShownColumn:
    """One column of a table: which, under what heading, and what stands in the row of totals.

    ``total`` is ``sum``, ``across`` (the sum of the row's own amounts), ``ratio`` or ``growth`` of
    the columns in ``terms``, or empty.
    """

    name: str
    heading: str
    kind: Kind
    codelist: str
    width: float
    total: str
    terms: tuple[str, ...]
    is_optional: bool


@dataclass(frozen=True)
class ShownChart:
    """One native chart of a table."""

    form: str
    rows: str
    title: str
    category: str
    series: tuple[str, ...]
    line: str
    x_title: str
    y_title: str
    y2_title: str


@dataclass(frozen=True)
class ShownTable:
    """One table of a sheet; ``source`` is the table or result its rows come from."""

    name: str
    heading: str
    source: str
    group: str
    total: str
    note: str
    if_empty: str
    is_optional: bool
    columns: tuple[ShownColumn, ...]
    charts: tuple[ShownChart, ...]


@dataclass(frozen=True)
class ShownSheet:
    """One sheet of the office workbook; the one without tables is the cover."""

    name: str
    title: str
    unit: str
    pages_wide: int
    purpose: str
    tables: tuple[ShownTable, ...]
