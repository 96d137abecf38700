"""One workbook of an office → normalised reports, sources, stated totals and problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from meishan_stats.extract.recognise import ROLES, Recognised, describe_layout, recognise
from meishan_stats.extract.totals import check_totals
from meishan_stats.extract.workbook import SUFFIXES, Sheet, UnreadableWorkbook, Workbook, read_workbook
from meishan_stats.normalise.checks import check_amounts
from meishan_stats.normalise.funding import normalise_funding
from meishan_stats.normalise.milestones import normalise_milestones
from meishan_stats.normalise.others import NORMALISERS
from meishan_stats.normalise.projects import normalise_projects
from meishan_stats.normalise.repeats import Normalised, find_repeats
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.unclaimed import report_unclaimed
from meishan_stats.offices import Office
from meishan_stats.problems import Problem, problem


@dataclass
class Reports:
    """What the workbooks of an office say: frames by table, problems, and the files read by content."""

    frames: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def add(self, table: str, frame: pd.DataFrame) -> None:
        """Add rows of one table."""
        self.frames.setdefault(table, []).append(frame)

    def table(self, name: str) -> pd.DataFrame:
        """All rows of one table; without a row it has the column ``office``."""
        frames = self.frames.get(name)
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame({"office": []})


def read_reports(office: Office, path: Path, own_headers: Mapping[str, str], reports: Reports) -> None:
    """Add what one file of an office says to its reports.

    A file that is skipped or cannot be read is a row of ``sources``, with the reason; one whose bytes
    were read before counts once. Should the program itself fail, the file is left out as a whole with
    an ``internal_error``: one workbook must not take the others with it.
    """
    file = path.relative_to(office.folder).as_posix()
    mine = Reports(files=reports.files)
    try:
        _read_file(office, path, file, own_headers, mine)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        reports.problems.append(
            problem("internal_error", office=office.name, source_file=file, reason=reason)
        )
        reports.add("sources", _unread(office, file, "internal_error"))
        return
    for table, frames in mine.frames.items():
        reports.frames.setdefault(table, []).extend(frames)
    reports.problems.extend(mine.problems)


def _read_file(
    office: Office, path: Path, file: str, own_headers: Mapping[str, str], reports: Reports
) -> None:
    skipped = _skip_reason(path)
    if skipped:
        reports.add("sources", _unread(office, file, skipped))
        return
    try:
        workbook = read_workbook(path)
    except UnreadableWorkbook as error:
        reports.problems.append(
            problem(error.code, office=office.name, source_file=file, reason=error.reason)
        )
        reports.add("sources", _unread(office, file, error.code))
        return
    other = reports.files.setdefault(workbook.sha256, file)
    if other != file:
        reports.problems.append(problem("repeated_sheet", office=office.name, source_file=file, other=other))
        reports.add("sources", _unread(office, file, "repeated_file"))
        return
    project_tables: list[Normalised] = []
    for sheet in workbook.sheets:
        project_tables += _read_sheet(office, workbook, file, sheet, own_headers, reports)
    _keep_projects(project_tables, reports)


def _skip_reason(path: Path) -> str | None:
    if path.name.startswith("~$"):
        return "lock_file"
    if path.name.startswith("."):
        return "hidden_file"
    return None if path.suffix.lower() in SUFFIXES else "not_a_workbook"


def _unread(office: Office, file: str, reason: str) -> pd.DataFrame:
    counts = {f"n_{role}": [0] for role in (*ROLES, "rows", "cells")}
    return pd.DataFrame(
        {"office": [office.name], "source_file": [file], "ignored_because": [reason], **counts}
    )


def _read_sheet(
    office: Office,
    workbook: Workbook,
    file: str,
    sheet: Sheet,
    own_headers: Mapping[str, str],
    reports: Reports,
) -> list[Normalised]:
    """Recognise and normalise one sheet; its project tables wait until all sheets of the workbook are read."""
    place: dict[str, Any] = {"office": office.name, "source_file": file, "source_sheet": sheet.name}
    recognised = recognise(sheet, Path(file).stem, own_headers)
    reports.add("sources", _source_row(place, workbook, recognised))
    reports.problems.extend(_flaws(place, sheet))
    if sheet.is_hidden:
        said: dict[str, Any] = {"treatment": "照常读取", "treatment_en": "read like the others"}
        reports.problems.append(problem("hidden_sheet", **place, **said))
    if recognised.roles and not recognised.tables:
        reports.problems.append(problem("no_table", **place))
    project_tables = []
    for table in recognised.tables:
        source = Source(office, file, table)
        if table.table == "projects":
            projects = normalise_projects(source)
            funding = normalise_funding(source, projects)
            milestones = normalise_milestones(source, projects)
            check_amounts(source, projects, funding)
            project_tables.append(Normalised(source, projects, funding, milestones, sheet.is_hidden))
        elif table.table in NORMALISERS:
            reports.add(table.table, NORMALISERS[table.table](source))
        elif len(table.cells):
            reports.problems.append(problem("no_table", **place, source_row=table.source_rows()[0]))
        if table.table:
            report_unclaimed(source)
        totals = check_totals(table)
        reports.add("stated_totals", totals.rows.assign(**place, table=table.table))
        reports.problems.extend(source.problems)
        reports.problems.extend(
            problem("total_mismatch", **place, **mismatch) for mismatch in totals.mismatches
        )
    return project_tables


def _keep_projects(tables: Sequence[Normalised], reports: Reports) -> None:
    """Take over the project tables of a workbook but for those that only repeat others."""
    repeats = find_repeats(tables)
    for i, table in enumerate(tables):
        source = table.source
        if i in repeats:
            place: dict[str, Any] = {
                "office": source.office.name,
                "source_file": source.file,
                "source_sheet": source.table.sheet,
            }
            reports.problems.append(problem("repeated_sheet", **place, other="、".join(repeats[i])))
            continue
        reports.add("project_reports", table.projects)
        reports.add("funding_reports", table.funding)
        reports.add("milestones", table.milestones)


def _flaws(place: Mapping[str, Any], sheet: Sheet) -> Iterable[Problem]:
    for (row, column), what in sorted(sheet.flaws.items()):
        code = "formula_without_value" if what == "formula" else "error_value"
        value = None if what == "formula" else what
        yield problem(code, **place, source_row=row + 1, column=column, value=value)


def _source_row(place: Mapping[str, Any], workbook: Workbook, recognised: Recognised) -> pd.DataFrame:
    roles = list(recognised.roles.values())
    months = (table.period for table in recognised.tables if table.precision != "year")
    period = next((month for month in months if month is not None), None)
    row = {
        **place,
        "sha256": workbook.sha256,
        "format": workbook.format,
        "layout": describe_layout(recognised.tables),
        "period": period,
        "n_rows": sum(len(table.cells) for table in recognised.tables),
        "n_cells": len(roles),
        **{f"n_{role}": roles.count(role) for role in ROLES},
        "ignored_because": ", ".join(sorted(set(recognised.reasons.values())))
        or (None if roles else "empty_sheet"),
    }
    return pd.DataFrame([row])
