"""Schedules with one row a step (倒排工期表, 推进计划表): which tables are one, and what their columns hold.

What the columns of a schedule mean only shows in the whole table: 完成时间 is a plan here, 项目 may head
the steps, and a table that was taken for a list of projects has several rows for each of them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from meishan_stats.extract.cells import EMPTY, PLACEHOLDER, TEXT, look
from meishan_stats.extract.fields import MONEY
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.extract.step_columns import (
    ACTUAL,
    PLANNED,
    claim_step_columns,
    is_dated,
    is_schedule_title,
    period_columns,
)
from meishan_stats.extract.workbook import Range
from meishan_stats.values.steps import parse_steps
from meishan_stats.values.text import match_key

_FIRST_DAY = re.compile(r"开始|起始|启动|自|^起|起$|start|begin|from")
_LAST_DAY = re.compile(r"完成|结束|截止|终|止|至|end|finish|complet|due|until|to$")
_PROGRESS = re.compile(r"完成情况|进展|进度|落实|是否完成|完成与否|状态|status|progress")
_OWNER = frozenset({"owner", "assignedto", "accountable", "lead"})
_A_PROJECT = re.compile(r"项目|公司|有限|集团|project", re.IGNORECASE)
_PROJECT_FACTS = MONEY | {"investor", "company", "content", "origin", "sector", "land", "project_code"}
_MAY_BE_STEPS = frozenset({
    "stage", "plan", "content", "item", "indicator", "remark", "target", "visit_content", "name", "",
})  # fmt: skip
_MAY_BE_A_SCHEDULE = ("", "projects", "milestones")
_LEAST = 2
_MOST = 0.5
_LONGEST_STEP = 40
_ROWS_A_PROJECT = 1.5


def claim_steps(table: RawTable, merged: Sequence[Range] = ()) -> RawTable:
    """The table with fields for what a schedule holds; any other table as it is.

    A table with one row a step becomes one of the kind ``milestones`` with the fields ``step``,
    ``step_on.planned``, ``step_on.actual`` and ``step_from``; columns headed by a month are ``step_in``.
    One with a row a project stays one of projects, see ``claim_step_columns``.

    Parameters
    ----------
    table : RawTable
    merged : ranges of the sheet
        A bar over several months ends in the last of them.
    """
    if table.table == "fx_rates" or table.cells.empty:
        return table
    periods = period_columns(table)
    step = _step_column(table, periods)
    if step is None or not _is_row_a_step(table, step, periods):
        return claim_step_columns(table, periods)
    columns = [_of_step_rows(table, column, step, periods) for column in table.columns]
    schedule = replace(table, table="milestones", columns=_with_last_days(columns))
    return _bars_to_their_end(schedule, merged)


def _step_column(table: RawTable, periods: dict[int, Column]) -> Column | None:
    """The column that tells the step of each row: by its header, else by what stands in it."""
    named = [
        column for column in table.columns
        if _is_headed_step(column) and column.index not in periods and len(_texts(table, column))
    ]  # fmt: skip
    if len(named) == 1:
        return named[0]
    if not (named or periods or is_schedule_title(table)):
        return None
    known = [
        column for column in table.columns
        if (column.field or "").partition(".")[0] in _MAY_BE_STEPS and column.index not in periods
        and _share_of_steps(table, column) >= _MOST
    ]  # fmt: skip
    if named:
        # Of 步骤 | 推进事项 the one with more words: the other may number them 一、二、三.
        return max(named, key=lambda column: (column in known, _mean_length(table, column)))
    return known[0] if known else None


def _is_headed_step(column: Column) -> bool:
    if (column.field or "").partition(".")[0] == "step":
        return column.step != "near"
    return any("step" in read_header(text).stems for text in column.header.split("/")[-1:])


def _texts(table: RawTable, column: Column) -> pd.Series:
    return table.cells[column.index][table.kinds(column.index) == TEXT].map(str)


def _mean_length(table: RawTable, column: Column) -> float:
    return float(_texts(table, column).str.len().mean())


def _share_of_steps(table: RawTable, column: Column, *, milestones: bool = False) -> float:
    """Share of a column's texts that name a step of a schedule, or one that completes a milestone.

    Names of projects are no steps; without any milestone among them words such as 道路 are no schedule.
    """
    texts = _texts(table, column)
    if len(texts) < _LEAST or texts.str.len().mean() > _LONGEST_STEP:
        return 0.0
    n_of = texts.value_counts()
    said = pd.Series(n_of.index)
    read = parse_steps(said)
    is_step = read["is_known"] & ~said.str.contains(_A_PROJECT)
    completes = is_step & read["milestone"].notna()
    n = n_of.to_numpy()[completes if milestones else is_step].sum()
    return float(n / len(texts)) if completes.any() else 0.0


def _is_row_a_step(table: RawTable, step: Column, periods: dict[int, Column]) -> bool:
    """True where rows are steps: with a time for each, and more rows than projects named."""
    dated = [column for column in table.columns if column is not step and is_dated(table, column)]
    is_titled, are_steps = is_schedule_title(table), _share_of_steps(table, step) >= _MOST
    if not (dated or periods or is_titled):
        return False
    if table.table not in _MAY_BE_A_SCHEDULE and _share_of_steps(table, step, milestones=True) < _MOST:
        return False
    names = [column for column in table.fields().get("name", []) if column is not step]
    if not names:
        has_deadline = any((column.field or "").startswith("step_on") for column in dated)
        return is_titled or are_steps or has_deadline
    is_filled = ~np.isin(table.kinds(names[0].index), (EMPTY, PLACEHOLDER))
    said = set(map(str, table.cells[names[0].index][is_filled].tolist()))
    if len(table.cells) >= _ROWS_A_PROJECT * max(len(set(map(match_key, said))), 1):
        return True
    stems = {(column.field or "").partition(".")[0] for column in table.columns}
    return _is_headed_step(step) and bool(dated) and not stems & _PROJECT_FACTS


def _of_step_rows(table: RawTable, column: Column, step: Column, periods: dict[int, Column]) -> Column:
    """Column of a schedule with one row a step."""
    if column.index in periods:
        return periods[column.index]
    stem, header = (column.field or "").partition(".")[0], match_key(column.header)
    field = column.field
    if column.index == step.index:
        field = "step"
    elif stem == "step":
        field = "seq"
    elif header in _OWNER or stem == "assignee":
        field = "responsible"
    elif (not column.field or column.step == "near") and _PROGRESS.search(header):
        field = "stage"
    elif is_dated(table, column):
        field = _field_of_time(header)
    if field == column.field:
        return column
    return replace(column, field=field, step="table", score=1.0, rival=None)


def _field_of_time(header: str) -> str:
    leaf = header.rpartition("/")[2]
    is_last = bool(_LAST_DAY.search(leaf))
    if not is_last and (
        _FIRST_DAY.search(leaf) or (_FIRST_DAY.search(header) and not _LAST_DAY.search(header))
    ):
        return "step_from"
    kind = "actual" if ACTUAL.search(header) else "planned" if PLANNED.search(header) else "bare"
    return f"step_on.{kind}"


def _with_last_days(columns: Sequence[Column]) -> tuple[Column, ...]:
    """A bare 完成时间 is the plan; beside a column that says 计划 it is what happened."""
    fields = {column.field for column in columns}
    bare = "actual" if "step_on.planned" in fields and "step_on.actual" not in fields else "planned"
    return tuple(
        replace(column, field=f"step_on.{bare}") if column.field == "step_on.bare" else column
        for column in columns
    )


def _bars_to_their_end(table: RawTable, merged: Sequence[Range]) -> RawTable:
    """Bars merged over several months stand in each of them, even where the merged cell is only coloured."""
    columns = {column.index for column in table.columns if column.field == "step_in"}
    wide = [(r0, c0, r1, c1) for r0, c0, r1, c1 in merged if c1 > c0 and {c0, c1} <= columns]
    if not wide or table.positions:
        return table
    cells = table.cells.copy()
    for r0, c0, r1, c1 in wide:
        for r in range(r0, r1 + 1):
            if r in cells.index:
                bar = cells.loc[r, c0]
                for c in range(c0, c1 + 1):
                    cells.loc[r, c] = "■" if look(bar) in (EMPTY, PLACEHOLDER) else bar
    return replace(table, cells=cells)
