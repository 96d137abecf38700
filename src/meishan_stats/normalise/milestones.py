"""Planned and actual dates of a project list: its columns of dates, and the dates told in its progress."""

import re

import pandas as pd

from meishan_stats.extract.fields import DATES
from meishan_stats.extract.raw_table import Column
from meishan_stats.extract.step_columns import is_schedule_title, step_of_header
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.plans import are_plans
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.step_dates import read_step_dates
from meishan_stats.normalise.step_rows import read_monthly_steps, with_milestones
from meishan_stats.schemas import Milestones, columns
from meishan_stats.values.rows import rows_where
from meishan_stats.values.stage_dates import parse_stage_dates
from meishan_stats.values.stages import SIGNED, stage_order
from meishan_stats.values.steps import parse_steps

_IN_ORDER = ("signed", "started", "completed", "production")
"""Milestones whose dates must not run backwards; approval and registration may come before signing."""
_EXPLICIT = re.compile(r"实际|actual", re.IGNORECASE)
_DATED = ("planned_on", "planned_precision", "actual_on", "actual_precision")
FOUND = ["row", "milestone", "step", *_DATED, "ended_on", "column", "is_explicit", "is_named"]


def milestone_dates(source: Source, said: pd.DataFrame) -> pd.DataFrame:
    """Milestones and steps of a table with one row a project, planned and actual.

    A date under a header that says neither 计划 nor 实际 is planned where ``are_plans`` says so. A milestone
    that no column dates takes the dates told in the text of progress. Where several columns lead to one
    milestone (立项时间, 环评时间), see ``with_milestones``.

    Parameters
    ----------
    source : Source
    said : DataFrame
        ``stage`` of each row, a code of ``stages.csv`` or None, and its ``basis``.

    Returns
    -------
    DataFrame, one row per project row and milestone or step
        ``row`` (index of the table), ``milestone``, ``step``, the dates, ``ended_on`` (last day of the
        actual date's span), ``column`` (None for text), ``is_explicit`` (the header says 实际).
    """
    pairs = _columns(source)
    is_open = all(
        planned is None and (actual is None or not _says_actual(actual)) for _, _, planned, actual in pairs
    )
    all_planned = is_open and is_schedule_title(source.table)
    parts = [
        _dates_of(source, milestone, step, planned, actual, said, all_planned)
        for milestone, step, planned, actual in pairs
    ]
    parts += [read_monthly_steps(source), _next_steps(source)]
    parts = [part for part in parts if len(part)]
    from_columns = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=FOUND)
    from_columns = with_milestones(from_columns.reindex(columns=FOUND), "row")
    told = _told(source)
    return _filled(from_columns, told)


def _columns(source: Source) -> list[tuple[str | None, str | None, Column | None, Column | None]]:
    """Milestone, step, planned column and actual column of everything that columns of dates tell of."""
    order = stage_order()
    found: dict[tuple[str, str], list[Column | None]] = {}
    for column in source.table.columns:
        stem, _, kind = (column.field or "").partition(".")
        if stem not in DATES or (stem not in order and stem != "step_at"):
            continue
        key = ("step_at", step_of_header(column.header)) if stem == "step_at" else (stem, "")
        slot = found.setdefault(key, [None, None])
        place = 0 if kind == "planned" else 1
        slot[place] = slot[place] or column
    named = parse_steps(pd.Series([step for _, step in found], dtype=object), source.office.stage_words)
    result = []
    for (stem, step), (planned, actual), milestone in zip(
        found, found.values(), named["milestone"], strict=True
    ):
        at = planned or actual
        words = step or (step_of_header(at.header) if at else "")
        result.append((milestone if stem == "step_at" else stem, words or None, planned, actual))
    return result


def _says_actual(column: Column) -> bool:
    return bool(_EXPLICIT.search(column.header))


def _dates_of(
    source: Source, milestone: str | None, step: str | None, planned: Column | None, actual: Column | None,
    said: pd.DataFrame, all_planned: bool,
) -> pd.DataFrame:  # fmt: skip
    """Rows of one milestone or step: its planned column and its actual or open one."""
    index = source.table.cells.index
    plan, fact = (
        read_step_dates(source, column) if column else _no_dates(index) for column in (planned, actual)
    )
    explicit = actual is not None and _says_actual(actual)
    moved = are_plans(source, milestone, said, fact, is_explicit=explicit, all_planned=all_planned)
    free = moved & plan["on"].isna()
    on = fact["first_on"] if milestone in (SIGNED, "started") else fact["on"]
    column = next(column.index for column in (actual, planned) if column)
    return pd.DataFrame(
        {
            "row": index,
            "milestone": milestone,
            "step": step,
            "planned_on": plan["on"].where(~free, fact["on"]),
            "planned_precision": plan["precision"].where(~free, fact["precision"]),
            "actual_on": on.mask(moved),
            "actual_precision": fact["precision"].mask(moved, None),
            "ended_on": fact["end_on"].mask(moved),
            "column": column,
            "is_explicit": explicit,
            "is_named": True,
        },
        index=index,
    ).dropna(subset=["planned_on", "actual_on"], how="all")


def _no_dates(index: pd.Index) -> pd.DataFrame:
    nothing = pd.Series(pd.NaT, index=index, dtype="datetime64[ns]")
    return pd.DataFrame(
        {"on": nothing, "first_on": nothing, "end_on": nothing, "is_fact": False,
         "precision": pd.Series(None, index=index, dtype=object)}
    )  # fmt: skip


def _next_steps(source: Source) -> pd.DataFrame:
    """The next step of each project, where a list tells it with its date (下步工作, 完成时限)."""
    fields = source.table.fields()
    if "step" not in fields or not any(field.startswith("step_on") for field in fields):
        return pd.DataFrame(columns=FOUND)
    column = next(columns[0] for field, columns in fields.items() if field.startswith("step_on"))
    read = read_step_dates(source, column)
    step = cols.texts(source, "step")
    named = parse_steps(step, source.office.stage_words)
    frame = pd.DataFrame(
        {"row": read.index, "milestone": named["milestone"], "is_named": named["is_named"], "step": step,
         "planned_on": read["on"], "planned_precision": read["precision"], "column": column.index,
         "is_explicit": False}
    )  # fmt: skip
    return frame[step.notna()].reindex(columns=FOUND)


def _told(source: Source) -> pd.DataFrame:
    """Dates that the text of progress, or of what is planned next, tells of."""
    table = source.table
    has_month = table.period is not None and table.precision != "year"
    months = source.periods.dt.month if has_month else None
    parts = []
    for field, is_plan in (("stage", False), ("plan", True)):
        text = cols.texts(source, field)
        if text.notna().any():
            parts.append(
                parse_stage_dates(text, source.years, months, source.office.stage_words, is_plan=is_plan)
            )
    if not parts:
        return pd.DataFrame(columns=FOUND)
    told = pd.concat(parts, ignore_index=True).drop_duplicates(["row", "milestone"])
    return told.reindex(columns=FOUND).assign(ended_on=told["actual_on"], is_explicit=False, is_named=False)


def _filled(from_columns: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Dates of columns; a milestone that no column of its row dates has those told."""
    if told.empty:
        return from_columns
    keys = ["row", "milestone"]
    known = pd.MultiIndex.from_frame(from_columns[keys])
    new = told[~pd.MultiIndex.from_frame(told[keys]).isin(known)]
    parts = [part for part in (from_columns, new) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else from_columns


def normalise_milestones(source: Source, projects: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Milestones of every project of a list, with planned and actual date.

    Parameters
    ----------
    source : Source
    projects : ProjectReports
        The same table, normalised, by its rows: gives names and persons responsible.
    dates : frame of ``milestone_dates``

    Returns
    -------
    frame with the columns of Milestones but ``project_id``, which the history gives; its index is the row of
    the table
    """
    wanted = [name for name in columns(Milestones) if name != "project_id"]
    if dates.empty:
        return pd.DataFrame(columns=wanted)
    _report_order(source, dates)
    dates = rows_where(dates, dates["row"].isin(projects.index))
    rows = pd.Index(dates["row"].astype(int))
    placed = dates.reset_index(drop=True)
    for frame in (source.frame(), projects[["name", "responsible"]]):
        placed = placed.assign(**{str(name): c.array for name, c in frame.reindex(rows).items()})
    return placed.set_index(rows).reindex(columns=wanted)


def _report_order(source: Source, dates: pd.DataFrame) -> None:
    """Doubt a date that lies before the milestone it must follow; a date known to the month means its end."""
    known = dates[dates["actual_on"].notna() & dates["column"].notna() & dates["milestone"].isin(_IN_ORDER)]
    place = known["milestone"].map({milestone: i for i, milestone in enumerate(_IN_ORDER)})
    known = known.assign(place=place).sort_values(["row", "place"], kind="stable")
    before = known.shift()
    is_back = (known["row"] == before["row"]) & (known["ended_on"] < before["actual_on"])
    labels = {column.index: cols.label_of(column) for column in source.table.columns}
    for row, column, other in zip(
        known["row"][is_back], known["column"][is_back], before["column"][is_back], strict=True
    ):
        source.doubt("date_order", int(row), int(column), source.cell(int(row), int(column)),
                     first=labels[int(column)], second=labels[int(other)])  # fmt: skip
