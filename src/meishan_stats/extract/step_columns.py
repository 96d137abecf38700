"""Schedules with one row a project: a column for each step with its dates, or a column for each month."""

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from meishan_stats.extract.cells import EMPTY, NUMBER, PLACEHOLDER, TEXT
from meishan_stats.extract.fields import DATES, kind_of
from meishan_stats.extract.header_text import SAYS_TIME, read_header
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.values.dates import parse_dates
from meishan_stats.values.steps import parse_steps
from meishan_stats.values.text import clean_text, match_key

_SCHEDULE = re.compile(
    r"倒排|推进计划|进度计划|实施计划|工作计划|建设计划|开工计划|(?<!投资)(?<!资金)计划(?:一览)?表|节点|作战图|时间表|工期|"
    r"(?:进度|时间)安排|甘特|横道|路线图|任务(?:清单|书)|挂图|流程图|"
    r"schedule|milestone|timeline|gantt|roadmap|workplan|actionplan|projectplan"
)
ACTUAL = re.compile(r"实际|实绩|actual|achieved|done")
PLANNED = re.compile(
    r"计划|预计|预期|拟|要求|应|需|目标|倒排|时限|期限|限时|节点|安排|起止|截止|段|跨度|"
    r"plan|target|due|deadline|expected|schedul|finishby|bywhen|timeline|timeframe"
)
_NO_STEP = re.compile(
    r"填报|更新|报送|统计|出生|考察|来访|接洽|对接|洽谈|到位|付款|缴|有效期|到期|建设年限|合同期"
)
_MODIFIERS = re.compile(
    r"计划|预计|预期|拟定?|实际|要求|目标|(?:的|完成)?(?:时间|日期|时限|年月|期限|节点)"
    r"|\b(?:planned|actual|expected|target|date|completed)\b|[()（）:：]|\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+",
    re.IGNORECASE,
)
_NO_DATES = ("seq", "name", "phone", "contact_person", "responsible", "town", "year", "month")
_OF_A_PERIOD = {"target", "plan", "stage", "step", "remark"}
"""What a header may say of a period and still be a column of steps: 一季度目标, 6月底形象进度."""
_LEAST_PERIODS = 3
_MOST = 0.5
_SURELY = 0.8
_DAYS_OF_EXCEL = (20000, 60000)
_YEARS = (1980, 2101)


def is_schedule_title(table: RawTable) -> bool:
    """True if the titles or the sheet's name call the table a schedule.

    >>> bool(_SCHEDULE.search("2011年重点项目倒排工期表")), bool(_SCHEDULE.search("2011年签约项目进展情况表"))
    (True, False)
    """
    return bool(_SCHEDULE.search(match_key("".join([*table.titles, table.sheet]))))


def claim_step_columns(table: RawTable, periods: dict[int, Column]) -> RawTable:
    """A table of projects with a field for columns of dates under a step that no field claims.

    They are ``step_at.planned``, ``step_at.actual``, or ``step_at.bare`` where the header says neither;
    months with steps in their cells are ``step_in``. Any other table is left as it is.
    """
    if not any(field in table.fields() for field in ("name", "company", "investor")):
        return table
    if periods and _holds_steps(table, periods):
        columns = tuple(periods.get(column.index, column) for column in table.columns)
        return replace(table, table="projects", columns=columns)
    if table.table not in ("", "projects"):
        return table
    columns = tuple(_of_step_columns(table, column) for column in table.columns)
    n_steps = sum((column.field or "").partition(".")[0] in DATES for column in columns)
    return replace(table, table="projects" if table.table or n_steps >= 2 else "", columns=columns)


def _of_step_columns(table: RawTable, column: Column) -> Column:
    stem = (column.field or "").partition(".")[0]
    step = step_of_header(column.header)
    if stem in DATES and stem not in ("step_on", "step_at", "contact") and column.step != "near":
        return column
    if not step or stem in _NO_DATES or _NO_STEP.search(match_key(column.header)):
        return column
    is_known = _is_step(step)
    is_free = not column.field or stem in ("step_on", "date") or column.step == "near"
    if not (is_known or (is_free and is_schedule_title(table))):
        return column
    if share_of_dates(table, column) < (_MOST if is_free or kind_of(stem) == "date" else _SURELY):
        return column
    header = match_key(column.header)
    kind = "actual" if ACTUAL.search(header) else "planned" if PLANNED.search(header) else "bare"
    return replace(column, field=f"step_at.{kind}", step="table", score=1.0, rival=None)


@lru_cache(maxsize=5_000)
def _is_step(text: str) -> bool:
    return bool(parse_steps(pd.Series([text]))["is_known"].iloc[0])


@lru_cache(maxsize=5_000)
def step_of_header(header: str) -> str:
    """Step that a column's header names, without what it says of plan and time; empty where it names none.

    >>> step_of_header("环评审批/计划时间"), step_of_header("计划完成时间"), step_of_header("土地平整")
    ('环评审批', '', '土地平整')
    """
    words = [_MODIFIERS.sub("", clean_text(text)).strip() for text in header.split("/")]
    return next((word for word in reversed(words) if word), "")


def is_dated(table: RawTable, column: Column) -> bool:
    """True for a column of dates, whatever field it has: by its header and its cells."""
    stem = (column.field or "").partition(".")[0]
    if stem in _NO_DATES:
        return False
    kinds = table.kinds(column.index)
    kinds = kinds[~np.isin(kinds, (EMPTY, PLACEHOLDER))]
    if stem and kind_of(stem) == "date":
        return not kinds.size or bool((kinds != TEXT).any()) or share_of_dates(table, column) > 0
    says_so = not column.field or bool(SAYS_TIME.search(column.header))
    return bool(kinds.size) and says_so and share_of_dates(table, column) >= _MOST


def share_of_dates(table: RawTable, column: Column) -> float:
    """Share of a column's filled cells that can be read as a date; a plain small number is none."""
    kinds = table.kinds(column.index)
    is_filled = ~np.isin(kinds, (EMPTY, PLACEHOLDER))
    filled = table.cells[column.index][is_filled]
    if filled.empty:
        return 0.0
    is_number = kinds[is_filled] == NUMBER
    numbers = pd.to_numeric(filled.where(is_number), errors="coerce")
    is_count = is_number & ~(numbers.between(*_YEARS) | numbers.between(*_DAYS_OF_EXCEL))
    read = parse_dates(filled, year=table.year or 2000)["on"].notna()
    return float((read & ~is_count).mean())


def period_columns(table: RawTable) -> dict[int, Column]:
    """Columns headed by a month or a quarter alone whose cells are words or marks, as ``step_in``."""
    found: dict[int, Column] = {}
    for column in table.columns:
        parts = [read_header(text) for text in column.header.split("/")]
        timed = [part for part in parts if part.grain in ("month", "quarter")]
        others = [part.residue for part in parts if part.residue and part.residue[:1] not in "上中下"]
        if not timed or others or any(set(part.stems) - _OF_A_PERIOD for part in parts):
            continue
        kinds = table.kinds(column.index)
        if (kinds == NUMBER).sum() * 2 > (kinds != EMPTY).sum():
            continue
        year = next((part.year for part in reversed(parts) if part.year), None)
        found[column.index] = replace(
            column, field="step_in", step="table", score=1.0, rival=None,
            month=timed[-1].month, year=year, grain=timed[-1].grain,
        )  # fmt: skip
    return _with_years(found, table.year) if len(found) >= _LEAST_PERIODS else {}


def _with_years(columns: dict[int, Column], year: int | None) -> dict[int, Column]:
    """Months with their year: that of the month before, and the next where they begin anew."""
    result, last = {}, 0
    for index, column in columns.items():
        if column.year:
            year = column.year
        elif year is not None and (column.month or 0) < last:
            year += 1
        last = column.month or 0
        result[index] = replace(column, year=year)
    return result


def _holds_steps(table: RawTable, periods: dict[int, Column]) -> bool:
    """True where the cells under the months say steps of the project of their row."""
    cells = [str(v) for index in periods for v in table.cells[index][table.kinds(index) == TEXT].tolist()]
    return bool(cells) and bool(parse_steps(pd.Series(cells))["is_known"].mean() >= _MOST)
