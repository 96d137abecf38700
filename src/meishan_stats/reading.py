"""The recognised workbooks of an office → normalised reports, sources, stated totals and problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from meishan_stats.corrections.apply import Corrections, corrected
from meishan_stats.extract.totals import check_totals
from meishan_stats.extracting import ExtractedFile, ExtractedSheet, error_text, failed_file
from meishan_stats.normalise.exchange import Rates
from meishan_stats.normalise.fx_rates import normalise_fx_rates
from meishan_stats.normalise.others import NORMALISERS
from meishan_stats.normalise.project_tables import FRAMES, Normalised, normalise_project_tables
from meishan_stats.normalise.repeats import find_repeats
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


def read_rates(
    office: Office, files: Iterable[ExtractedFile], reports: Reports, corrections: Corrections
) -> Rates:
    """Rates of exchange that the office states anywhere; their doubts are added to the reports."""
    for file in files:
        for table in file.tables("fx_rates"):
            source = Source(office, file.file, table)
            try:
                reports.add("fx_rates", normalise_fx_rates(source))
            except Exception as error:
                reports.problems.extend(_failed(office, file.file, error).problems)
                continue
            reports.problems.extend(source.problems)
    stated = conform(reports.table("fx_rates"), FxRates)
    reports.frames["fx_rates"] = [corrected(stated, "fx_rates", corrections)]
    return Rates(office.fx_basis, reports.frames["fx_rates"][0])


def read_reports(office: Office, files: Sequence[ExtractedFile], rates: Rates, reports: Reports) -> None:
    """Add what the files of an office say to its reports; monthly copies of a table are read in one pass.

    Should the program itself fail, the file on which it does is left out as a whole with an
    ``internal_error``: one workbook must not take the others with it.
    """
    try:
        found = [_read_files(office, files, rates)]
    except Exception:
        found = [_read_alone(office, file, rates) for file in files]
    for mine in found:
        for table, frames in mine.frames.items():
            reports.frames.setdefault(table, []).extend(frames)
        reports.problems.extend(mine.problems)


def _read_alone(office: Office, file: ExtractedFile, rates: Rates) -> Reports:
    try:
        return _read_files(office, [file], rates)
    except Exception as error:
        return _failed(office, file.file, error)


def _failed(office: Office, file: str, error: Exception) -> Reports:
    """What is left of a file on which the program failed."""
    left = failed_file(office, file, "internal_error", error_text(error))
    return Reports({"sources": [pd.DataFrame(left.sources)]}, left.problems)


class _Collected:
    """What files say, in their order; records that follow one another in a batch stay together."""

    def __init__(self) -> None:
        self.sheets: list[dict[str, Any]] = []
        self.pieces: dict[str, list[tuple[pd.DataFrame, int, int]]] = {}
        self.problems: list[Problem] = []

    def add(self, table: str, frame: pd.DataFrame, first: int = 0, end: int | None = None) -> None:
        """Add rows of one table."""
        end = len(frame) if end is None else end
        pieces = self.pieces.setdefault(table, [])
        if pieces and pieces[-1][0] is frame and pieces[-1][2] == first:
            pieces[-1] = (frame, pieces[-1][1], end)
        else:
            pieces.append((frame, first, end))

    def reports(self) -> Reports:
        """All of it as frames."""
        frames = {name: [f.iloc[a:z] for f, a, z in pieces] for name, pieces in self.pieces.items()}
        return Reports(
            frames | ({"sources": [pd.DataFrame(self.sheets)]} if self.sheets else {}), self.problems
        )


def _read_files(office: Office, files: Sequence[ExtractedFile], rates: Rates) -> Reports:
    """Normalise files: their project lists in one pass, the rest table by table."""
    lists = {
        (file.file, id(table)): Source(office, file.file, table, rates)
        for file in files for sheet in file.sheets for table in sheet.tables if table.table == "projects"
    }  # fmt: skip
    normalised = dict(zip(lists, normalise_project_tables(list(lists.values())), strict=True))
    found = _Collected()
    for file in files:
        found.sheets += file.sources
        found.problems += file.problems
        project_tables: list[Normalised] = []
        for sheet in file.sheets:
            mine = {
                id(table): one for table in sheet.tables if (one := normalised.get((file.file, id(table))))
            }
            _read_sheet(office, file, sheet, rates, mine, found)
            project_tables += mine.values()
        _keep_projects(project_tables, [sheet.name for sheet in file.sheets if sheet.is_hidden], found)
    return found.reports()


def _read_sheet(
    office: Office, file: ExtractedFile, sheet: ExtractedSheet, rates: Rates,
    project_tables: Mapping[int, Normalised], found: _Collected,
) -> None:  # fmt: skip
    """Normalise one sheet but for its project lists, which wait until all sheets of the workbook are read."""
    place: dict[str, Any] = {"office": office.name, "source_file": file.file, "source_sheet": sheet.name}
    found.sheets.append(sheet.source)
    found.problems.extend(sheet.problems)
    for table in sheet.tables:
        if (one := project_tables.get(id(table))) is not None:
            found.problems.extend(one.source.problems)
        else:
            source = Source(office, file.file, table, rates)
            _read_table(source, found)
            if table.header_row in sheet.unknown_tables:
                found.problems.append(problem("no_table", **place, source_row=table.source_rows()[0]))
            if table.table:
                report_unclaimed(source)
            found.problems.extend(source.problems)
        if table.totals:
            totals = check_totals(table)
            found.add("stated_totals", totals.rows.assign(**place, table=table.table))
            found.problems.extend(problem("total_mismatch", **place, **said) for said in totals.mismatches)


def _read_table(source: Source, found: _Collected) -> None:
    """Normalise a table that is no project list."""
    kind = source.table.table
    if kind == "milestones":
        found.add("milestones", normalise_schedule(source))
        if (projects := schedule_projects(source)) is not None:
            found.add("project_reports", projects)
    elif kind in NORMALISERS:
        found.add(kind, NORMALISERS[kind](source).assign(sheet_period=source.table.period))


def _keep_projects(tables: Sequence[Normalised], hidden: Sequence[str], found: _Collected) -> None:
    """Take over the project tables of a workbook but for those that only repeat others."""
    repeats = find_repeats(tables, hidden)
    for i, table in enumerate(tables):
        source = table.source
        if i in repeats:
            place: dict[str, Any] = {"office": source.office.name, "source_file": source.file}
            place |= {"source_sheet": source.table.sheet, "other": "、".join(repeats[i])}
            found.problems.append(problem("repeated_sheet", **place))
            continue
        for name, part in FRAMES.items():
            found.add(name, getattr(table.batch, part), *table.batch.span(part, table.number))
