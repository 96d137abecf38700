"""Schedules with one row a step (倒排工期表, 推进计划表) → milestones and the projects they are of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import pandas as pd

from meishan_stats.extract.cells import DATE, EMPTY, NUMBER, PLACEHOLDER, TEXT, is_group_name, look
from meishan_stats.extract.fields import MONEY
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.extract.shapes import row_heading
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.project_names import labelled_project, project_in_title, unnumbered
from meishan_stats.normalise.project_stages import no_progress
from meishan_stats.normalise.projects import normalise_projects
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.step_dates import read_step_dates
from meishan_stats.normalise.step_rows import period_of, with_milestones
from meishan_stats.schemas import Milestones, columns
from meishan_stats.values.stage_dates import facts_in
from meishan_stats.values.steps import parse_steps
from meishan_stats.values.text import is_blank, match_key

_PHASE = re.compile(r"阶段|期$|工作$|手续$|部分$")
_OF_THE_STEP = frozenset(
    {"step", "step_on", "step_from", "step_in", "stage", "remark", "plan", "problem", "seq"}
)
_INVESTOR = re.compile(
    r"^(?:投资方|投资商|投资主体|投资单位|业主|业主单位|建设单位)[:：]\s*(?P<name>[^\s:：]+)"
)
_FACTS = MONEY | {"land", "content", "sector", "origin"}


def normalise_schedule(source: Source) -> pd.DataFrame:
    """Steps of the projects of a schedule, each with its planned and actual date.

    A step that completes a milestone bears its code, one step a milestone (see ``with_milestones``). The
    end of a span is what is planned. The project is the one named in the step's row or above it, in a
    heading, in the title, by the sheet or by the file; without any of them the steps are left out and a
    problem says so.

    Parameters
    ----------
    source : Source
        A table of the kind ``milestones``; its doubts are added to it.

    Returns
    -------
    frame with the columns of Milestones but ``project_id``, and ``investor`` and ``sheet_period``, by
    which the history finds the project
    """
    table = source.table
    frame = source.frame()
    frame["step"] = cols.texts(source, "step")
    frame["name"] = project_names(source)
    owner = frame["name"].fillna("")
    frame = frame.assign(**_dates(source, owner))
    frame["responsible"] = cols.texts(source, "responsible", "town")
    frame["investor"] = _investors(source, owner)
    frame["sheet_period"] = table.period
    named = parse_steps(frame["step"], source.office.stage_words)
    frame = frame.assign(milestone=named["milestone"], is_named=named["is_named"])
    wanted = [name for name in columns(Milestones) if name != "project_id"]
    kept = frame[frame["step"].notna()]
    if len(kept) and kept["name"].isna().any():
        source.doubt("schedule_without_project", table.header_row, table.columns[0].index, table.sheet)
    kept = with_milestones(kept[kept["name"].notna()], "name")
    return kept.reindex(columns=[*wanted, "investor", "sheet_period"]).reset_index(drop=True)


def schedule_projects(source: Source) -> pd.DataFrame | None:
    """Projects of a schedule that also tells of them what a project list does; None where it only names them.

    What is the same in all rows of a project (its investor, its investment) is the project's.

    Returns
    -------
    ProjectReports, one row per project, or None
    """
    table = source.table
    facts = [
        column for column in table.columns
        if (column.field or "").partition(".")[0] not in (*_OF_THE_STEP, "name")
    ]  # fmt: skip
    if not any((column.field or "").partition(".")[0] in _FACTS for column in facts):
        return None
    names = project_names(source)
    first = names.dropna().drop_duplicates().index
    cells = table.cells.copy()
    of_project: list[Column] = []
    for column in facts:
        held = cells[column.index].map(lambda value: None if is_blank(value) else value)
        if not held.groupby(names).nunique().gt(1).any():
            of_project.append(column)
            cells[column.index] = held.groupby(names).transform("first").astype(object).fillna("")
    at = max(cells.columns) + 1
    cells[at] = names
    places = {(int(row), at): table.position(int(row), table.columns[0].index) for row in first} | dict(
        table.positions
    )
    reduced = replace(
        table, cells=cells.loc[first], columns=(*of_project, Column(at, "", field="name")), titles=(),
        sections=tuple(() for _ in first), positions=places,
    )  # fmt: skip
    return normalise_projects(replace(source, table=reduced), no_progress(reduced))


def project_names(source: Source) -> pd.Series:
    """Project of every row: its own cell or the one above, its heading, else the title, sheet or file."""
    table = source.table
    names = unnumbered(cols.texts(source, "name"))
    headings = pd.Series(list(table.sections), index=table.cells.index, dtype=object)
    if names.notna().any():
        blocks = (headings != headings.shift()).cumsum()
        return names.groupby(blocks).ffill().ffill().bfill()
    found = headings.map(_named_by_heading)
    if found.notna().any():
        return found.ffill()
    return pd.Series(_named_by_sheet(source), index=table.cells.index, dtype=object)


def _named_by_heading(section: Sequence[str]) -> str | None:
    """Project that a heading names; a phase (前期阶段) or a place is none."""
    for text in reversed(section):
        words = (row_heading([text]) or (0, text))[1]
        is_step = bool(parse_steps(pd.Series([words]))["is_known"].iloc[0]) and "项目" not in words
        if not (is_step or _PHASE.search(match_key(words)) or is_group_name(words)):
            return project_in_title(words, keep=True) or words
    return None


def _named_by_sheet(source: Source) -> str | None:
    table = source.table
    if labelled := labelled_project(table.titles):
        return labelled
    own = (source.office.name, source.office.county or "")
    texts = (*table.titles, table.sheet, PurePosixPath(source.file).stem)
    return next((name for text in texts if (name := project_in_title(text, own))), None)


def _investors(source: Source, owner: pd.Series) -> pd.Series:
    """Investor of each row's project: of any of its rows, else of a line above the table."""
    stated = cols.texts(source, "investor", "company").groupby(owner).transform("first").astype(object)
    above = next((said["name"] for title in source.table.titles if (said := _INVESTOR.match(title))), None)
    return stated if above is None else stated.fillna(above)


def _dates(source: Source, owner: pd.Series) -> dict[str, pd.Series]:
    """Planned and actual date of every step: by its columns, by the months marked, by what its progress says."""
    index = source.table.cells.index
    fields = source.table.fields()
    result: dict[str, pd.Series] = {}
    for kind in ("planned", "actual"):
        on = pd.Series(pd.NaT, index=index, dtype="datetime64[ns]")
        precision = pd.Series(None, index=index, dtype=object)
        for field in (f"step_on.{kind}", *(["step_from"] if kind == "planned" else [])):
            for column in fields.get(field, []):
                read = read_step_dates(source, column, owner)
                free = on.isna() & read["on"].notna()
                on, precision = on.where(~free, read["on"]), precision.where(~free, read["precision"])
        result |= {f"{kind}_on": on, f"{kind}_precision": precision}
    marked = _marked(source.table)
    free = result["planned_on"].isna()
    result["planned_on"] = result["planned_on"].where(~free, marked["on"])
    result["planned_precision"] = result["planned_precision"].where(~free, marked["precision"])
    return _with_progress(source, _future_is_planned(source.table, result))


def _marked(table: RawTable) -> pd.DataFrame:
    """Last month under which a row has a mark or a word; dashes are marks in a row that has no other."""
    on = pd.Series(pd.NaT, index=table.cells.index, dtype="datetime64[ns]")
    precision = pd.Series(None, index=table.cells.index, dtype=object)
    months = table.fields().get("step_in", [])
    kinds = pd.DataFrame({column.index: table.cells[column.index].map(look) for column in months})
    only_dashes = ~kinds.isin([TEXT, NUMBER, DATE]).any(axis=1) & kinds.eq(EMPTY).any(axis=1)
    for column in months:
        first, unit = period_of(column)
        kind = kinds[column.index]
        filled = ~kind.isin([EMPTY, PLACEHOLDER]) | (kind.eq(PLACEHOLDER) & only_dashes)
        on, precision = on.mask(filled, first), precision.mask(filled, unit)
    return pd.DataFrame({"on": on, "precision": precision})


def _future_is_planned(table: RawTable, dates: dict[str, pd.Series]) -> dict[str, pd.Series]:
    if table.period is None or table.precision == "year":
        return dates
    future = dates["actual_on"] >= table.period + pd.DateOffset(months=1)
    result = dict(dates)
    for name in ("on", "precision"):
        planned, actual = dates[f"planned_{name}"], dates[f"actual_{name}"]
        result[f"planned_{name}"] = planned.where(~(future & dates["planned_on"].isna()), actual)
        result[f"actual_{name}"] = actual.mask(future, pd.NaT if name == "on" else None)
    return result


def _with_progress(source: Source, dates: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """Actual dates with those that the text of progress gives (已于3月15日完成); 已完成 alone gives none."""
    table = source.table
    month = table.period.month if table.period is not None and table.precision != "year" else None
    told = facts_in(cols.texts(source, "stage", "remark"), table.year, month)
    free = dates["actual_on"].isna()
    return dates | {
        "actual_on": dates["actual_on"].where(~free, told["on"]),
        "actual_precision": dates["actual_precision"].where(~free, told["precision"]),
    }
