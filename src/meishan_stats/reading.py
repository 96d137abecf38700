"""One workbook of an office → normalised reports, sources, stated totals and problems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from meishan_stats.corrections.apply import Corrections, corrected
from meishan_stats.extract.plan_rows import join_plan_rows
from meishan_stats.extract.recognise import ROLES, Recognised, describe_layout, holds_data, recognise
from meishan_stats.extract.settled import settle
from meishan_stats.extract.steps import claim_steps
from meishan_stats.extract.totals import check_totals
from meishan_stats.extract.workbook import SUFFIXES, Sheet, UnreadableWorkbook, Workbook, read_workbook
from meishan_stats.normalise.checks import check_amounts
from meishan_stats.normalise.exchange import Rates
from meishan_stats.normalise.funding import normalise_funding
from meishan_stats.normalise.fx_rates import normalise_fx_rates
from meishan_stats.normalise.milestones import normalise_milestones
from meishan_stats.normalise.others import NORMALISERS
from meishan_stats.normalise.personal import without_personal_cells
from meishan_stats.normalise.project_stages import read_progress
from meishan_stats.normalise.projects import normalise_projects
from meishan_stats.normalise.repeats import Normalised, find_repeats
from meishan_stats.normalise.schedules import normalise_schedule, schedule_projects
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.unclaimed import report_unclaimed
from meishan_stats.offices import Office
from meishan_stats.problems import Problem, problem
from meishan_stats.schemas import FxRates, conform


@dataclass
class Reports:
    """What the workbooks of an office say: frames by table, and problems."""

    frames: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, table: str, frame: pd.DataFrame) -> None:
        """Add rows of one table."""
        self.frames.setdefault(table, []).append(frame)

    def table(self, name: str) -> pd.DataFrame:
        """All rows of one table; without a row it has the column ``office``."""
        frames = self.frames.get(name)
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame({"office": []})


@dataclass
class ExtractedFile:
    """The sheets of one file with their tables recognised, before anything is converted."""

    file: str
    workbook: Workbook | None = None
    sheets: list[tuple[Sheet, Recognised]] = field(default_factory=list)
    reports: Reports = field(default_factory=Reports)

    def sources(self, office: Office, table: str) -> Iterator[Source]:
        """Tables of one kind."""
        for _, recognised in self.sheets:
            yield from (Source(office, self.file, t) for t in recognised.tables if t.table == table)


def extract_file(
    office: Office, path: Path, own_headers: Mapping[str, str], seen: dict[str, str]
) -> ExtractedFile:
    """One file of an office with its tables recognised.

    A file that is skipped or cannot be read has no sheet and a row of ``sources`` with the reason; one
    whose bytes are in `seen` counts once.
    """
    found = ExtractedFile(path.relative_to(office.folder).as_posix())
    reports = found.reports
    place: dict[str, Any] = {"office": office.name, "source_file": found.file}
    skipped = _skip_reason(path)
    if skipped:
        reports.add("sources", _unread(office, found.file, skipped))
        return found
    try:
        workbook = read_workbook(path, office.folder)
        other = seen.setdefault(workbook.sha256, found.file)
        if other != found.file:
            reports.problems.append(problem("repeated_sheet", **place, other=other))
            reports.add("sources", _unread(office, found.file, "repeated_file"))
            return found
        found.sheets = [(sheet, _recognised(sheet, path.stem, own_headers)) for sheet in workbook.sheets]
        found.workbook = workbook
    except UnreadableWorkbook as error:
        reports.problems.append(problem(error.code, **place, reason=error.reason))
        reports.add("sources", _unread(office, found.file, error.code))
    except Exception as error:
        found.reports = _failed(office, found.file, error)
    return found


def _recognised(sheet: Sheet, file: str, own_headers: Mapping[str, str]) -> Recognised:
    """Tables of a sheet, schedules among them."""
    found = recognise(sheet, file, own_headers)
    return replace(
        found,
        tables=tuple(settle(claim_steps(join_plan_rows(table), sheet.merged)) for table in found.tables),
    )


def read_rates(
    office: Office, files: Iterable[ExtractedFile], reports: Reports, corrections: Corrections
) -> Rates:
    """Rates of exchange that the office states anywhere; their doubts are added to the reports."""
    for file in files:
        for source in file.sources(office, "fx_rates"):
            try:
                reports.add("fx_rates", normalise_fx_rates(source))
            except Exception as error:
                reports.problems.extend(_failed(office, file.file, error).problems)
                continue
            reports.problems.extend(source.problems)
    stated = conform(reports.table("fx_rates"), FxRates)
    reports.frames["fx_rates"] = [corrected(stated, "fx_rates", corrections)]
    return Rates(office.fx_basis, reports.frames["fx_rates"][0])


def read_reports(office: Office, file: ExtractedFile, rates: Rates, reports: Reports) -> None:
    """Add what one file of an office says to its reports.

    Should the program itself fail, the file is left out as a whole with an ``internal_error``: one
    workbook must not take the others with it.
    """
    mine = file.reports
    try:
        project_tables: list[Normalised] = []
        for sheet, recognised in file.sheets:
            project_tables += _read_sheet(office, file, sheet, recognised, rates, mine)
        _keep_projects(project_tables, mine)
    except Exception as error:
        mine = _failed(office, file.file, error)
    for table, frames in mine.frames.items():
        reports.frames.setdefault(table, []).extend(frames)
    reports.problems.extend(mine.problems)


def _failed(office: Office, file: str, error: Exception) -> Reports:
    """What is left of a file on which the program failed."""
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return Reports(
        {"sources": [_unread(office, file, "internal_error")]},
        [problem("internal_error", office=office.name, source_file=file, reason=reason)],
    )


def _skip_reason(path: Path) -> str | None:
    if path.name.startswith("~$"):
        return "lock_file"
    if path.name.startswith("."):
        return "hidden_file"
    return None if path.suffix.lower() in SUFFIXES or not path.is_file() else "not_a_workbook"


def _unread(office: Office, file: str, reason: str) -> pd.DataFrame:
    counts = {f"n_{role}": [0] for role in (*ROLES, "rows", "cells")}
    return pd.DataFrame(
        {"office": [office.name], "source_file": [file], "ignored_because": [reason], **counts}
    )


def _read_sheet(
    office: Office,
    file: ExtractedFile,
    sheet: Sheet,
    recognised: Recognised,
    rates: Rates,
    reports: Reports,
) -> list[Normalised]:
    """Normalise one sheet; its project tables wait until all sheets of the workbook are read."""
    place: dict[str, Any] = {"office": office.name, "source_file": file.file, "source_sheet": sheet.name}
    reports.add("sources", _source_row(place, file.workbook, recognised))
    reports.problems.extend(_flaws(place, sheet))
    reports.problems.extend(problem(code, **place, **details) for code, details in sheet.doubts)
    if sheet.is_hidden:
        said: dict[str, Any] = {"treatment": "照常读取", "treatment_en": "read like the others"}
        reports.problems.append(problem("hidden_sheet", **place, **said))
    if not recognised.tables and holds_data(sheet, recognised, range(1, len(sheet.rows) + 1)):
        reports.problems.append(problem("no_table", **place))
    project_tables = []
    for table in recognised.tables:
        source = Source(office, file.file, without_personal_cells(table), rates)
        if table.table == "projects":
            progress = read_progress(source)
            projects = normalise_projects(source, progress)
            funding = normalise_funding(source, projects)
            milestones = normalise_milestones(source, projects, progress.dates)
            check_amounts(source, projects, funding)
            project_tables.append(Normalised(source, projects, funding, milestones, sheet.is_hidden))
        elif table.table == "milestones":
            reports.add("milestones", normalise_schedule(source))
            if (projects := schedule_projects(source)) is not None:
                reports.add("project_reports", projects)
        elif table.table in NORMALISERS:
            reports.add(table.table, NORMALISERS[table.table](source).assign(sheet_period=table.period))
        elif table.table != "fx_rates" and holds_data(sheet, recognised, table.source_rows()):
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
            place: dict[str, Any] = {"office": source.office.name, "source_file": source.file}
            place |= {"source_sheet": source.table.sheet, "other": "、".join(repeats[i])}
            reports.problems.append(problem("repeated_sheet", **place))
            continue
        reports.add("project_reports", table.projects)
        reports.add("funding_reports", table.funding)
        reports.add("milestones", table.milestones)


def _flaws(place: Mapping[str, Any], sheet: Sheet) -> Iterable[Problem]:
    for (row, column), what in sorted(sheet.flaws.items()):
        code = "formula_without_value" if what == "formula" else "error_value"
        value = None if what == "formula" else what
        yield problem(code, **place, source_row=row + 1, column=column, value=value)


def _source_row(place: Mapping[str, Any], workbook: Workbook | None, recognised: Recognised) -> pd.DataFrame:
    roles = list(recognised.roles.values())
    months = (table.period for table in recognised.tables if table.precision != "year")
    period = next((month for month in months if month is not None), None)
    row = {
        **place,
        "sha256": workbook.sha256 if workbook else None,
        "format": workbook.format if workbook else None,
        "layout": describe_layout(recognised.tables),
        "period": period,
        "n_rows": sum(len(table.cells) for table in recognised.tables),
        "n_cells": len(roles),
        **{f"n_{role}": roles.count(role) for role in ROLES},
        "ignored_because": ", ".join(sorted(set(recognised.reasons.values())))
        or (None if roles else "empty_sheet"),
    }
    return pd.DataFrame([row])
