"""Tables with two rows a record, one planned and one actual (计划 above 实际): joined to one row."""

import re
from dataclasses import replace

from meishan_stats.extract.cells import EMPTY, look
from meishan_stats.extract.fields import DATES, MONEY
from meishan_stats.extract.raw_table import Column, Position, RawTable
from meishan_stats.values.text import match_key

_PLAN = re.compile(
    r"^(?:原|年度|工作|拟)?(?:计划|目标|预计|预定|应完成|planned|plan|target)(?:数|值|时间|进度|日期|完成)?$"
)
_ACTUAL = re.compile(
    r"^(?:实际|完成|实绩|现状|已完成|actual|achieved|done)(?:数|值|时间|进度|日期|完成|情况)?$"
)
_LEAST_PAIRS = 2


def join_plan_rows(table: RawTable) -> RawTable:
    """The table with each pair of a planned and an actual row as one; any other table as it is.

    What is planned stands in columns of its own: a date as planned, an amount as planned investment. What
    only one row of the pair tells (the name, merged over both) holds for the record.
    """
    first = table.cells.to_numpy()[:2]
    at = dict(zip(table.cells.columns, range(first.shape[1]), strict=True))
    labels = (
        c for c in table.columns if set(map(_plan_or_actual, first[:, at[c.index]])) == {"plan", "actual"}
    )
    label = next((column for column in labels if _pairs(table, column)), None)
    if label is None:
        return table
    pairs = _pairs(table, label)
    cells = table.cells.copy()
    positions: dict[Position, Position] = dict(table.positions)
    columns: list[Column] = []
    new = int(max(cells.columns)) + 1
    for column in table.columns:
        if column is label:
            columns.append(replace(column, field="derived", step="table"))
            continue
        stem = (column.field or "").partition(".")[0]
        is_stated_twice = stem in DATES | MONEY or column.unit is not None
        columns.append(column)
        for plan, actual in pairs:
            kept = actual if is_stated_twice or look(cells.loc[plan, column.index]) == EMPTY else plan
            positions[plan, column.index] = table.position(kept, column.index)
        if is_stated_twice:
            field = f"{stem}.planned" if stem in DATES else "planned_investment" if stem in MONEY else None
            columns.append(replace(column, index=new, field=field, rival=None))
            cells[new] = cells[column.index]
            positions |= {(plan, new): table.position(plan, column.index) for plan, _ in pairs}
            new += 1
        for plan, actual in pairs:
            source = actual if positions[plan, column.index] == table.position(actual, column.index) else plan
            cells.loc[plan, column.index] = table.cells.loc[source, column.index]
    first = [plan for plan, _ in pairs]
    rows = [i for i, row in enumerate(table.cells.index) if row in set(first)]
    return replace(
        table,
        columns=tuple(columns),
        cells=cells.loc[first],
        sections=tuple(table.sections[i] for i in rows),
        positions=positions,
    )


def _pairs(table: RawTable, column: Column) -> list[tuple[int, int]]:
    """Rows of every planned and actual pair, if a column labels all rows so; none otherwise."""
    if column.unit is not None or len(table.cells) < 2 * _LEAST_PAIRS:
        return []
    kinds = list(map(_plan_or_actual, table.cells[column.index]))
    if len(kinds) % 2 or any(set(kinds[i : i + 2]) != {"plan", "actual"} for i in range(0, len(kinds), 2)):
        return []
    rows = [int(row) for row in table.cells.index]
    return [
        (rows[i], rows[i + 1]) if kinds[i] == "plan" else (rows[i + 1], rows[i])
        for i in range(0, len(rows), 2)
    ]


def _plan_or_actual(value: object) -> str:
    text = match_key(value) if isinstance(value, str) else ""
    return "plan" if _PLAN.match(text) else "actual" if _ACTUAL.match(text) else ""
