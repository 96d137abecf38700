"""One file of an office → its sheets with their tables recognised; nothing is converted yet.

What is kept of a sheet is all that is read of it later, without what is personal: it may be written to
disk and read back in another process.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from meishan_stats.extract.limits import NotRead
from meishan_stats.extract.marks import ROLES
from meishan_stats.extract.plan_rows import join_plan_rows
from meishan_stats.extract.raw_table import RawTable
from meishan_stats.extract.recognise import Recognised, describe_layout, holds_data, recognise
from meishan_stats.extract.settled import settle
from meishan_stats.extract.steps import claim_steps
from meishan_stats.extract.workbook import SUFFIXES, Sheet, UnreadableWorkbook, Workbook, read_workbook
from meishan_stats.normalise.others import NORMALISERS
from meishan_stats.normalise.personal import without_personal_cells, without_personal_titles
from meishan_stats.offices import Office
from meishan_stats.problems import Problem, problem

KNOWN_TABLES = frozenset({"projects", "milestones", "fx_rates", *NORMALISERS})


@dataclass(frozen=True)
class ExtractedSheet:
    """One sheet: its tables, its row of ``sources``, its doubts.

    ``unknown_tables`` holds the header rows of the tables that hold data and are of no kind we know.
    """

    name: str
    is_hidden: bool
    tables: tuple[RawTable, ...]
    source: dict[str, Any]
    problems: list[Problem]
    unknown_tables: frozenset[int]


@dataclass
class ExtractedFile:
    """The sheets of one file; where it has none, a row of ``sources`` that says why.

    ``was_opened`` is False where its bytes could not be had, by a lock or a writer at work.
    """

    file: str
    sha256: str | None = None
    sheets: list[ExtractedSheet] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    was_opened: bool = True

    def tables(self, kind: str) -> Iterator[RawTable]:
        """Tables of one kind."""
        for sheet in self.sheets:
            yield from (table for table in sheet.tables if table.table == kind)


def extract_file(office: Office, path: Path, own_headers: Mapping[str, str]) -> ExtractedFile:
    """One file of an office with its tables recognised.

    A file that is skipped or cannot be read has no sheet and a row of ``sources`` with the reason.
    """
    file = path.relative_to(office.folder).as_posix()
    skipped = _skip_reason(path)
    if skipped:
        return ExtractedFile(file, sources=[_unread(office, file, skipped)])
    try:
        workbook = read_workbook(path, office.folder)
        sheets = [
            _extracted(office, file, workbook, sheet, path.stem, own_headers) for sheet in workbook.sheets
        ]
    except UnreadableWorkbook as error:
        failed = failed_file(office, file, error.code, error.reason)
        return replace(failed, was_opened=not isinstance(error, NotRead))
    except Exception as error:
        return failed_file(office, file, "internal_error", error_text(error))
    return ExtractedFile(file, workbook.sha256, sheets)


def failed_file(office: Office, file: str, code: str, reason: str) -> ExtractedFile:
    """A file that could not be read, with a problem of a code and its row of ``sources``."""
    failed = problem(code, office=office.name, source_file=file, reason=reason)
    return ExtractedFile(file, sources=[_unread(office, file, code)], problems=[failed])


def without_repeats(office: Office, files: Iterable[ExtractedFile]) -> list[ExtractedFile]:
    """The files of an office; one with the same bytes as an earlier one counts once, and says so."""
    first: dict[str, str] = {}
    kept = []
    for file in files:
        other = first.setdefault(file.sha256, file.file) if file.sha256 else file.file
        if other == file.file:
            kept.append(file)
            continue
        said = problem("repeated_sheet", office=office.name, source_file=file.file, other=other)
        kept.append(
            ExtractedFile(file.file, sources=[_unread(office, file.file, "repeated_file")], problems=[said])
        )
    return kept


def recognised_sheet(sheet: Sheet, file: str, own_headers: Mapping[str, str]) -> Recognised:
    """Tables of a sheet, schedules among them."""
    found = recognise(sheet, file, own_headers)
    return replace(
        found,
        tables=tuple(settle(claim_steps(join_plan_rows(table), sheet.merged)) for table in found.tables),
    )


def error_text(error: BaseException) -> str:
    """One line for an error of the program."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _extracted(
    office: Office, file: str, workbook: Workbook, sheet: Sheet, stem: str, own_headers: Mapping[str, str]
) -> ExtractedSheet:
    recognised = recognised_sheet(sheet, stem, own_headers)
    place: dict[str, Any] = {"office": office.name, "source_file": file, "source_sheet": sheet.name}
    problems = [*_flaws(place, sheet), *(problem(code, **place, **details) for code, details in sheet.doubts)]
    if sheet.is_hidden:
        said: dict[str, Any] = {"treatment": "照常读取", "treatment_en": "read like the others"}
        problems.append(problem("hidden_sheet", **place, **said))
    if not recognised.tables and holds_data(recognised, range(1, len(sheet.rows) + 1)):
        problems.append(problem("no_table", **place))
    unknown = frozenset(
        table.header_row
        for table in recognised.tables
        if table.table not in KNOWN_TABLES and holds_data(recognised, table.source_rows())
    )
    tables = tuple(without_personal_titles(without_personal_cells(table)) for table in recognised.tables)
    source = _source_row(place, workbook, recognised)
    return ExtractedSheet(sheet.name, sheet.is_hidden, tables, source, problems, unknown)


def _skip_reason(path: Path) -> str | None:
    if path.name.startswith("~$"):
        return "lock_file"
    if path.name.startswith("."):
        return "hidden_file"
    if path.suffix.lower() in SUFFIXES:
        return None
    try:
        return "not_a_workbook" if path.is_file() else None
    except OSError:  # told when it is to be read
        return None


def _unread(office: Office, file: str, reason: str) -> dict[str, Any]:
    counts = {f"n_{role}": 0 for role in (*ROLES, "rows", "cells")}
    return {
        "office": office.name,
        "source_file": file,
        "source_sheet": None,
        "ignored_because": reason,
        **counts,
    }


def _flaws(place: Mapping[str, Any], sheet: Sheet) -> Iterator[Problem]:
    for (row, column), what in sorted(sheet.flaws.items()):
        code = "formula_without_value" if what == "formula" else "error_value"
        value = None if what == "formula" else what
        yield problem(code, **place, source_row=row + 1, column=column, value=value)


def _source_row(place: Mapping[str, Any], workbook: Workbook, recognised: Recognised) -> dict[str, Any]:
    n_of: Counter[str] = recognised.roles.counts()
    months = (table.period for table in recognised.tables if table.precision != "year")
    period = next((month for month in months if month is not None), None)
    return {
        **place,
        "sha256": workbook.sha256,
        "format": workbook.format,
        "layout": describe_layout(recognised.tables),
        "period": period,
        "n_rows": sum(len(table.cells) for table in recognised.tables),
        "n_cells": n_of.total(),
        **{f"n_{role}": n_of[role] for role in ROLES},
        "ignored_because": ", ".join(sorted(recognised.reasons.counts()))
        or (None if n_of else "empty_sheet"),
    }
