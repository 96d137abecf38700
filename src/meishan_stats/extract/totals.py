"""Sums that a sheet states (合计, 小计, headings with amounts) against the sums of its rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from meishan_stats.extract.cells import EMPTY, PLACEHOLDER, look
from meishan_stats.extract.fields import kind_of
from meishan_stats.extract.raw_table import Column, RawTable, TotalRow
from meishan_stats.problems import cell_name
from meishan_stats.units import Unit
from meishan_stats.values.amounts import parse_amount_list, parse_amounts

ADDED_KINDS = ("money", "area", "count", "target")
SUBTOTAL = re.compile("小计|sub-?total", re.IGNORECASE)
_COLUMNS = ["source_row", "cell", "field", "stated", "computed", "agrees"]


@dataclass(frozen=True)
class CheckedTotals:
    """Rows for ``stated_totals``, and the details of those that do not agree."""

    rows: pd.DataFrame
    mismatches: list[dict[str, Any]]


def check_totals(table: RawTable) -> CheckedTotals:
    """Compare every stated sum with the rows it covers.

    A 小计 covers the rows of its section, a 合计 all rows or those since the last sum: it agrees if one
    of the readings that its place allows gives the number printed. 其中 rows are parts, not sums, and
    are not compared. A sum of rows that state nothing is kept without one. Amounts of different currencies are compared each with its own.

    Returns
    -------
    CheckedTotals
        ``stated`` and ``computed`` are in the unit of the sheet.
    """
    rows, mismatches = [], []
    if table.table in ("targets", "indicators"):  # their headings are indicators, not sums of what follows
        table = replace(table, totals=tuple(total for total in table.totals if total.kind != "section"))
    for column in table.columns:
        if not column.field or kind_of(column.field) not in ADDED_KINDS:
            continue
        for total in table.totals:
            if total.kind == "of_which":
                continue
            for row in _compare(table, column, total):
                rows.append(row)
                if row["agrees"] is False:
                    mismatches.append(_mismatch(table, column, total, row))
    return CheckedTotals(pd.DataFrame(rows, columns=_COLUMNS), mismatches)


def _compare(table: RawTable, column: Column, total: TotalRow) -> Iterator[dict[str, object]]:
    value = table.total_cells[column.index].loc[total.row]
    if look(value) in (EMPTY, PLACEHOLDER):
        return
    stated = _stated(value, table, column)
    cells = _numbers(table, column)
    row, col = table.position(total.row, column.index)
    place = {"source_row": row + 1, "cell": cell_name(row + 1, col), "field": column.field}
    if cells["amount"].notna().sum() == 0:
        yield from (place | {"stated": amount, "computed": None, "agrees": None} for _, amount in stated)
        return
    usual = _usual_currency(table, column, cells)
    for currency, amount in stated:
        mine = cells[cells["currency"].fillna(usual) == currency] if currency else cells
        sums = [float(mine["amount"].reindex(scope).sum()) for scope in _scopes(table, total)]
        if not sums:
            continue
        tolerance = _tolerance(amount, mine["amount"])
        best = min(sums, key=lambda computed: abs(computed - amount))
        agrees = abs(best - amount) <= tolerance
        computed = best if agrees else sums[0]
        yield place | {"stated": amount, "computed": round(computed, 6), "agrees": agrees}


def _usual_currency(table: RawTable, column: Column, cells: pd.DataFrame) -> str:
    """Currency of a number without one: the header's, the note's, else that of the column's other cells."""
    noted = (column.unit and column.unit.currency) or (table.unit and table.unit.currency)
    currencies = set(cells.loc[cells["amount"].notna(), "currency"].fillna(""))
    return str(noted or (currencies.pop() if len(currencies) == 1 else "") or "CNY")


def _unit(column: Column) -> Unit:
    """Sums are compared in the sheet's own unit, so the unit only tells the currency."""
    dimension = "money" if kind_of(column.field or "") in ("money", "target") else "count"
    return Unit(dimension, 1.0, column.unit.currency if column.unit else None)


def _has_no_unit(table: RawTable, column: Column) -> bool:
    return kind_of(column.field or "") == "money" and column.unit is None and table.unit is None


def _scale(table: RawTable, column: Column) -> float:
    unit = column.unit if column.unit and column.unit.dimension == "money" else table.unit
    return unit.factor if unit else 1.0


def _numbers(table: RawTable, column: Column) -> pd.DataFrame:
    """Amounts of the data cells in the unit of the sheet, with their currency where a cell names one."""
    unit = _unit(column)
    if _has_no_unit(table, column):
        bare = parse_amounts(table.cells[column.index], None, dimension=unit.dimension)
        return bare.assign(amount=bare["amount"].fillna(bare["number"]))
    parsed = parse_amounts(table.cells[column.index], unit, dimension=unit.dimension)
    scaled = parsed["amount"].where(
        parsed["amount"] == parsed["number"], parsed["amount"] / _scale(table, column)
    )
    return parsed.assign(amount=scaled)


def _stated(value: object, table: RawTable, column: Column) -> list[tuple[str | None, float]]:
    unit = _unit(column)
    if _has_no_unit(table, column):
        bare = parse_amounts(pd.Series([value], dtype=object), None, dimension=unit.dimension).iloc[0]
        amount = bare["number"] if pd.isna(bare["amount"]) else bare["amount"]
        return [] if pd.isna(amount) else [(bare["currency"], float(amount))]
    one = parse_amounts(pd.Series([value], dtype=object), unit, dimension=unit.dimension).iloc[0]
    if not pd.isna(one["amount"]):
        bare = one["amount"] == one["number"]
        currency = None if pd.isna(one["currency"]) or one["currency"] is None else str(one["currency"])
        return [(None if bare else currency, float(one["amount"]) / (1.0 if bare else _scale(table, column)))]
    if isinstance(value, str) and unit.dimension == "money":
        scale = _scale(table, column)
        return [
            (currency, float(amount) / scale) for amount, currency in parse_amount_list(value, unit) or []
        ]
    return []


def _scopes(table: RawTable, total: TotalRow) -> list[list[int]]:
    """Rows that the sum may cover, likeliest first."""
    rows = [int(row) for row in table.cells.index]
    above = [row for row in rows if row < total.row]
    below = [row for row in rows if row > total.row]
    if total.kind == "section":
        others = [
            t.row
            for t in table.totals
            if t.row > total.row and t.kind == "section" and t.level <= total.level
        ]
        end = min([*others, *_heading_ends(table, total)], default=max([*rows, 0]) + 1)
        return [[row for row in below if row < end]]
    sums = [t.row for t in table.totals if t.kind == "total" and t.row != total.row]
    since = [row for row in above if row > max((r for r in sums if r < total.row), default=-1)]
    section = _same_section(table, above[-1:], above)
    until = [
        row for row in below if row < min((r for r in sums if r > total.row), default=max([*rows, 0]) + 1)
    ]
    if SUBTOTAL.search(total.label):
        scopes = [section, since, until]
    else:
        scopes = [rows, above, since, section, below, until]
    return [scope for scope in scopes if scope]


def _same_section(table: RawTable, last: list[int], above: list[int]) -> list[int]:
    """Rows just above that stand under the same headings as the last of them."""
    if not last:
        return []
    at = {int(row): section for row, section in zip(table.cells.index, table.sections, strict=True)}
    found: list[int] = []
    for row in reversed(above):
        if at[row] != at[last[0]]:
            break
        found.append(row)
    return found[::-1]


def _heading_ends(table: RawTable, total: TotalRow) -> list[int]:
    """Rows where the heading of a sum no longer stands above the data."""
    at = zip(table.cells.index, table.sections, strict=True)
    return [int(row) for row, section in at if row > total.row and total.label not in section][:1]


def _tolerance(stated: float, parts: pd.Series) -> float:
    """Half of the last digit printed, where the rows carry more digits than the sum; else nothing."""
    digits = _decimals(stated)
    finer = any(_decimals(part) > digits for part in parts.dropna())
    return (0.5 * 10**-digits if finer else 0.0) + 1e-6 * max(1.0, abs(stated))


def _decimals(number: float) -> int:
    text = f"{number:.6f}".rstrip("0")
    return len(text.partition(".")[2])


def _mismatch(table: RawTable, column: Column, total: TotalRow, row: dict[str, Any]) -> dict[str, Any]:
    source_row, source_column = table.position(total.row, column.index)
    return {
        "source_row": source_row + 1, "column": source_column, "value": table.total_cells[column.index].loc[total.row],
        "field": column.header.replace("\n", ""), "stated": f"{row['stated']:g}", "computed": f"{row['computed']:g}",
    }  # fmt: skip
