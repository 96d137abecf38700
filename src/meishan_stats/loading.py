"""``load``: a folder of offices → tables; extract, normalise and merge, office by office."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from meishan_stats.errors import OfficeFileError
from meishan_stats.extract.headers import known_field
from meishan_stats.extract.recognise import ROLES, Recognised, describe_layout, recognise
from meishan_stats.extract.totals import check_totals
from meishan_stats.extract.workbook import SUFFIXES, Sheet, UnreadableWorkbook, Workbook, read_workbook
from meishan_stats.history import merge_reports
from meishan_stats.normalise.checks import check_amounts
from meishan_stats.normalise.funding import normalise_funding
from meishan_stats.normalise.milestones import normalise_milestones
from meishan_stats.normalise.others import NORMALISERS
from meishan_stats.normalise.projects import normalise_projects
from meishan_stats.normalise.repeats import Normalised, find_repeats
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.unclaimed import report_unclaimed
from meishan_stats.offices import Office, find_offices
from meishan_stats.paths import raw_folder
from meishan_stats.problems import Problem, problem, problems_frame
from meishan_stats.schemas import TABLES, conform
from meishan_stats.values.text import match_key

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Tables:
    """Every table as a pandas frame, one attribute a table; columns as in ``data_dictionary()``."""

    offices: pd.DataFrame
    project_reports: pd.DataFrame
    funding_reports: pd.DataFrame
    projects: pd.DataFrame
    funding: pd.DataFrame
    milestones: pd.DataFrame
    stage_events: pd.DataFrame
    targets: pd.DataFrame
    visits: pd.DataFrame
    recruiters: pd.DataFrame
    infrastructure: pd.DataFrame
    fx_rates: pd.DataFrame
    stated_totals: pd.DataFrame
    sources: pd.DataFrame
    problems: pd.DataFrame

    def items(self) -> Iterable[tuple[str, pd.DataFrame]]:
        """Names and frames of all tables."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))


def load(raw: str | os.PathLike[str] | None = None, *, progress: Progress | None = None) -> Tables:
    """Tables of a folder of offices, of one office's folder, or of one workbook.

    Parameters
    ----------
    raw : path, optional
        ``data/raw`` of the project by default.
    progress : callable, optional
        Called with the name of every file before it is read.

    Returns
    -------
    Tables
        A workbook that cannot be read is a row of ``problems``, not a stop.

    Raises
    ------
    FolderError
        The path does not exist or holds no file.
    OfficeFileError
        An ``office.toml`` is malformed.

    Examples
    --------
    >>> tables = load("data/raw/meishan")
    >>> sorted(tables.projects["total_investment_10k"])
    [500.0, 3600.0]
    """
    offices = find_offices(Path(raw) if raw is not None else raw_folder())
    return join_tables([load_office(office, progress) for office in offices])


def join_tables(parts: Sequence[Tables]) -> Tables:
    """Tables of several offices one under the other."""
    joined = {}
    for name, model in TABLES.items():
        frames = [frame for part in parts if len(frame := getattr(part, name))]
        joined[name] = conform(pd.concat(frames, ignore_index=True) if frames else _nothing(), model)
    return Tables(**joined)


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"office": []})


def load_office(office: Office, progress: Progress | None = None) -> Tables:
    """Tables of one office; nothing of another office plays a part."""
    own = _own_headers(office)
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    problems: list[Problem] = []
    files_read: dict[str, str] = {}
    for path in office.files:
        file = path.relative_to(office.folder).as_posix()
        if progress:
            progress(f"{office.name} {file}")
        skipped = _skip_reason(path)
        if skipped:
            found["sources"].append(_unread(office, file, skipped))
            continue
        try:
            workbook = read_workbook(path)
        except UnreadableWorkbook as error:
            problems.append(problem(error.code, office=office.name, source_file=file, reason=error.reason))
            found["sources"].append(_unread(office, file, error.code))
            continue
        if workbook.sha256 in files_read:
            other = files_read[workbook.sha256]
            problems.append(problem("repeated_sheet", office=office.name, source_file=file, other=other))
            found["sources"].append(_unread(office, file, "repeated_file"))
            continue
        files_read[workbook.sha256] = file
        project_tables: list[Normalised] = []
        for sheet in workbook.sheets:
            _load_sheet(office, workbook, file, sheet, own, project_tables, found, problems)
        _keep_projects(project_tables, found, problems)
    tables = {
        name: pd.concat(frames, ignore_index=True) if frames else _nothing() for name, frames in found.items()
    }
    history = merge_reports(
        conform(tables["project_reports"], TABLES["project_reports"]),
        conform(tables["funding_reports"], TABLES["funding_reports"]),
        tables["milestones"],
        is_demo=office.is_demo,
    )
    tables |= {
        "projects": history.projects,
        "funding": history.funding,
        "stage_events": history.stage_events,
        "milestones": history.milestones,
    }
    tables["offices"] = _office_row(office, tables)
    tables["problems"] = problems_frame([*_once(problems), *history.problems])
    return Tables(**{name: conform(frame, TABLES[name]) for name, frame in tables.items()})


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Doubts without those that the next month's copy of the same row raises again: the last one stays."""
    last: dict[object, Problem] = {}
    others = []
    for row in problems:
        if row["severity"] == "error" or "record" not in row:
            others.append(row)
            continue
        key = (row["code"], row["source_sheet"], row["message_zh"], row["value"], row["record"])
        held = last.get(key)
        if held is None or _no_later(held["period"], row["period"]):
            last[key] = row
    return [*others, *last.values()]


def _no_later(one: pd.Timestamp | None, other: pd.Timestamp | None) -> bool:
    return one is None or other is None or one <= other


def _own_headers(office: Office) -> dict[str, str]:
    unknown = [field for field in office.headers.values() if not known_field(field)]
    if unknown:
        path = office.folder / "office.toml"
        raise OfficeFileError(
            f"{path} 的 [headers]：没有字段 {', '.join(unknown)}（字段见 definitions/headers.csv 第一列）",
            f"{path} [headers]: no field {', '.join(unknown)} (fields: first column of definitions/headers.csv)",
        )
    return {match_key(header): field for header, field in office.headers.items()}


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


def _load_sheet(
    office: Office,
    workbook: Workbook,
    file: str,
    sheet: Sheet,
    own: Mapping[str, str],
    project_tables: list[Normalised],
    found: dict[str, list[pd.DataFrame]],
    problems: list[Problem],
) -> None:
    """Recognise and normalise one sheet; its project tables wait until all sheets of the workbook are read."""
    place = {"office": office.name, "source_file": file, "source_sheet": sheet.name}
    recognised = recognise(sheet, Path(file).stem, own)
    found["sources"].append(_source_row(place, workbook, recognised))
    problems.extend(_flaws(place, sheet))
    if sheet.is_hidden:
        problems.append(
            problem("hidden_sheet", **place, treatment="照常读取", treatment_en="read like the others")
        )
    if recognised.roles and not recognised.tables:
        problems.append(problem("no_table", **place))
    for table in recognised.tables:
        source = Source(office, file, table)
        if table.table == "projects":
            projects = normalise_projects(source)
            funding = normalise_funding(source, projects)
            milestones = normalise_milestones(source, projects)
            check_amounts(source, projects, funding)
            project_tables.append(Normalised(source, projects, funding, milestones, sheet.is_hidden))
        elif table.table in NORMALISERS:
            found[table.table].append(NORMALISERS[table.table][1](source))
        elif len(table.cells):
            problems.append(problem("no_table", **place, source_row=table.source_rows()[0]))
        if table.table:
            report_unclaimed(source)
        totals = check_totals(table)
        found["stated_totals"].append(totals.rows.assign(**place, table=table.table))
        problems.extend(source.problems)
        problems.extend(problem("total_mismatch", **place, **mismatch) for mismatch in totals.mismatches)


def _keep_projects(
    tables: Sequence[Normalised], found: dict[str, list[pd.DataFrame]], problems: list[Problem]
) -> None:
    """Take over the project tables of a workbook, those left out that only repeat others."""
    repeats = find_repeats(tables)
    for i, table in enumerate(tables):
        source = table.source
        if i in repeats:
            others = "、".join(repeats[i])
            place = {
                "office": source.office.name,
                "source_file": source.file,
                "source_sheet": source.table.sheet,
            }
            problems.append(problem("repeated_sheet", **place, other=others))
            continue
        found["project_reports"].append(table.projects)
        found["funding_reports"].append(table.funding)
        found["milestones"].append(table.milestones)


def _flaws(place: Mapping[str, str], sheet: Sheet) -> Iterable[Problem]:
    for (row, column), what in sorted(sheet.flaws.items()):
        code = "formula_without_value" if what == "formula" else "error_value"
        value = None if what == "formula" else what
        yield problem(code, **place, source_row=row + 1, column=column, value=value)  # type: ignore[arg-type]


def _source_row(place: Mapping[str, str], workbook: Workbook, recognised: Recognised) -> pd.DataFrame:
    roles = list(recognised.roles.values())
    period = next((table.period for table in recognised.tables if table.period is not None), None)
    row = {
        **place,
        "sha256": workbook.sha256,
        "format": workbook.format,
        "layout": describe_layout(recognised.tables),
        "period": period,
        "n_rows": sum(len(table.cells) for table in recognised.tables),
        "n_cells": len(roles),
        **{f"n_{role}": roles.count(role) for role in ROLES},
        "ignored_because": ", ".join(sorted(set(recognised.reasons.values()))) or (None if roles else "empty_sheet"),
    }
    return pd.DataFrame([row])


def _office_row(office: Office, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    periods = pd.to_datetime(tables["sources"].get("period", pd.Series(dtype="datetime64[ns]")))
    return pd.DataFrame(
        {
            "office": [office.name], "name": [office.name], "county": [office.county], "adcode": [office.adcode],
            "is_demo": [office.is_demo], "as_of": [periods.max()], "source": [office.source],
        }
    )  # fmt: skip
