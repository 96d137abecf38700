"""Steps of projects as rows: the steps written under months, and which step stands for a milestone."""

import re

import numpy as np
import pandas as pd

from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.source import Source
from meishan_stats.values.steps import BEGINNINGS, parse_steps
from meishan_stats.values.text import clean_text, is_blank

_PARTS = re.compile(r"[;；、。\n\r]+|[,，](?=\D)|\s{2,}")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.、)）](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_WORD = re.compile("[A-Za-z\u3400-\u9fff]")


def with_milestones(steps: pd.DataFrame, project: str) -> pd.DataFrame:
    """Steps with each milestone of a project at one of them; the others are steps of none.

    A milestone that begins something (signing, start of works, production) is reached with the step that
    bears its name, else with the first that implies it: 开工 comes before 奠基, 投产 before 试生产. Where
    several steps lead to a milestone (立项, 环评, 施工许可 to the approval), the last completes it. A step
    with a date comes before one without.

    Parameters
    ----------
    steps : frame with ``milestone``, ``is_named``, ``planned_on`` and ``actual_on``, in the order stated
    project : str
        Column that tells the project.

    Returns
    -------
    frame of the same rows

    Examples
    --------
    >>> steps = pd.DataFrame({
    ...     "project": "甲", "step": ["立项", "环评", "试生产", "正式投产"], "is_named": [False, False, False, True],
    ...     "milestone": ["approval", "approval", "production", "production"], "actual_on": pd.NaT,
    ...     "planned_on": pd.to_datetime(["2011-03-01", "2011-04-01", "2011-10-01", "2011-12-01"]),
    ... })
    >>> with_milestones(steps, "project")["milestone"].tolist()
    [None, 'approval', None, 'production']
    """
    if steps.empty:
        return steps
    is_known = steps["milestone"].notna()
    if not steps.loc[is_known, [project, "milestone"]].duplicated().any():
        return steps.assign(milestone=steps["milestone"].astype(object).where(is_known, None))
    on = steps["planned_on"].where(steps["planned_on"].notna(), steps["actual_on"])
    begins = steps["milestone"].isin(BEGINNINGS)
    days = pd.to_datetime(on).dt.as_unit("ns").astype("int64").where(on.notna(), 0)
    place = pd.Series(np.arange(len(steps)), index=steps.index)
    ranked = pd.DataFrame(
        {
            "project": steps[project],
            "milestone": steps["milestone"],
            "undated": on.isna(),
            "unnamed": begins & ~steps["is_named"].astype(bool),
            "days": days.where(begins, -days),
            "place": place.where(begins, -place),
        }
    )
    known = ranked[ranked["milestone"].notna()].sort_values(["undated", "unnamed", "days", "place"])
    chosen = known.drop_duplicates(["project", "milestone"]).index
    kept = steps["milestone"].where(steps.index.isin(chosen), None)
    return steps.assign(milestone=kept.astype(object).where(kept.notna(), None))


def read_monthly_steps(source: Source) -> pd.DataFrame:
    """Steps written in the cells under months, planned for the month: one row a step and project row."""
    parts = []
    for column in source.table.fields().get("step_in", []):
        on, precision = period_of(column)
        cells = cols.filled_cells(source, column)
        for row, value in cells.items():
            if is_blank(value) or not _WORD.search(str(value)):
                continue
            parts += [
                {"row": row, "step": step, "planned_on": on, "planned_precision": precision,
                 "column": column.index, "is_explicit": False}
                for step in split_steps(str(value))
            ]  # fmt: skip
    if not parts:
        return pd.DataFrame()
    frame = pd.DataFrame(parts)
    named = parse_steps(frame["step"], source.office.stage_words)
    frame["planned_on"] = pd.to_datetime(frame["planned_on"])
    none = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    return frame.assign(
        milestone=named["milestone"], is_named=named["is_named"], actual_on=none, actual_precision=None,
        ended_on=none,
    )  # fmt: skip


def split_steps(text: str) -> list[str]:
    """Steps of one cell.

    >>> split_steps("1.签订协议；2.注册公司")
    ['签订协议', '注册公司']
    """
    parts = (clean_text(_NUMBER.sub("", part)) for part in _PARTS.split(text))
    return [part for part in parts if _WORD.search(part)]


def period_of(column: Column) -> tuple[pd.Timestamp, str | None]:
    """First day of the month or quarter that a column is headed by, and its precision."""
    if column.year is None or column.month is None:
        return pd.NaT, None
    first = column.month - 2 if column.grain == "quarter" else column.month
    return pd.Timestamp(column.year, first, 1), "quarter" if column.grain == "quarter" else "month"
