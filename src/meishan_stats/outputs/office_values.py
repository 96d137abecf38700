"""What a cell of the office workbook shows of a value: words for codes, dates as precise as they are known."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from meishan_stats.codelists import labels
from meishan_stats.outputs.cells import DATE_FORMATS
from meishan_stats.outputs.office_layout import ShownColumn
from meishan_stats.outputs.office_texts import text, word

PRECISION_COLUMNS = {
    "signed_on": "signed_precision", "planned_on": "planned_precision", "actual_on": "actual_precision",
}  # fmt: skip
MONTHS = ("first_reported_on", "as_of")
"""Dates that are always the first day of a month."""


def shown_value(column: ShownColumn, record: Mapping[str, Any]) -> tuple[Any, str]:
    """Value of a column of one row as its cell holds it, and its number format; None where it is missing.

    >>> from types import SimpleNamespace as Of
    >>> key = Of(name="is_key", kind=Of(name="flag", number_format="General"), codelist="")
    >>> shown_value(key, {"is_key": True})
    ('是', 'General')
    """
    value, kind = record.get(column.name), column.kind.name
    is_missing = value is None or pd.isna(value)
    if is_missing and kind != "code":
        return None, column.kind.number_format
    if kind == "flag":
        value = text("yes" if value else "no")
    elif kind == "month" and isinstance(value, pd.Timestamp):
        is_exact = not _has_no_month(record)
        value = text("month", value.year, value.month) if is_exact else text("year", value.year)
    elif kind in ("text", "word", "code", "light"):
        value = label_of(value, column)
    elif kind == "date":
        return _dated(value, _precision(column.name, record))
    return value, column.kind.number_format


def label_of(value: Any, column: ShownColumn) -> str:
    """The label of a code, the word of a code without a codelist, or the text itself.

    A missing one is 不明 in a column of kind ``code``, else empty.
    """
    if value is None or pd.isna(value):
        return text("unknown") if column.kind.name == "code" else ""
    if column.codelist:
        return labels(column.codelist).get(str(value), str(value))
    return word(str(value)) if column.kind.name in ("word", "light") else str(value)


def _has_no_month(record: Mapping[str, Any]) -> bool:
    """Whether no report of the office names its month: what is dated by reports is known to the year."""
    return "as_of" in record and bool(pd.isna(record["as_of"]))


def _precision(name: str, record: Mapping[str, Any]) -> str:
    if name in MONTHS:
        return "year" if _has_no_month(record) else "month"
    said = record.get(PRECISION_COLUMNS.get(name, ""))
    return said if isinstance(said, str) else "day"


def _dated(day: pd.Timestamp, precision: str) -> tuple[Any, str]:
    """A date with the format of its precision; a quarter has no format and is text."""
    if precision == "quarter":
        return text("quarter", day.year, day.quarter), "General"
    return day, DATE_FORMATS.get(precision, DATE_FORMATS["day"])
