"""The parts of offices, made by worker processes of this machine."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from meishan_stats.building.tasks import (
    SHARES,
    OfficeWork,
    build_office,
    build_results,
    build_workbook,
    extract_part,
)
from meishan_stats.building.workers import Died, Limits, Task, run_tasks

Progress = Callable[[str], None]
_FILES_AT_ONCE = 1000
"""Workbooks whose results are computed together: enough to share the cost, few enough to stay in memory."""


def build_parts(
    works: Sequence[OfficeWork],
    parts: Path,
    *,
    jobs: int,
    has_results: bool = True,
    has_workbooks: bool = True,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> None:
    """Make the parts of every office given.

    Workbooks are read side by side; when the last one of an office is read its tables are made; when the
    tables of a group of offices are there, their results; then their workbooks.

    Raises
    ------
    ProgramError
        The program failed on an office; a workbook it fails on is a problem row.
    FolderError
        A part cannot be written.
    """

    def start() -> Iterator[Task]:
        for group in map(_Group, groups(works)):
            for office in group.offices:
                tasks = list(_extractions(office, parts, limits or Limits()))
                office.n_unread = len(tasks)
                yield from tasks or [Task(build_office, (office.work, parts), about=office)]

    def on_done(task: Task, value: Any) -> list[Task]:
        if isinstance(task.about, _File):
            return after_file(task.about, value)
        if isinstance(task.about, _Office):
            return after_tables(task.about.group)
        if isinstance(task.about, _Group):
            return after_results(task.about)
        return []

    def after_file(file: _File, value: Any) -> list[Task]:
        office = file.office
        if progress:
            progress(f"{office.work.office.name} {file.name}")
        if isinstance(value, Died):
            office.work = replace(office.work, died={**office.work.died, file.name: value.reason})
        office.n_unread -= 1
        return [] if office.n_unread else [Task(build_office, (office.work, parts), about=office)]

    def after_tables(group: _Group) -> list[Task]:
        group.n_without_tables -= 1
        if group.n_without_tables or not has_results:
            return []
        works = [office.work for office in group.offices]
        return [Task(build_results, (works, share, parts), about=group) for share in range(len(SHARES))]

    def after_results(group: _Group) -> list[Task]:
        group.n_shares -= 1
        if group.n_shares or not has_workbooks:
            return []
        return [Task(build_workbook, (office.work, parts)) for office in group.offices]

    run_tasks(start(), jobs, on_done)


class _Group:
    """Offices whose results are computed together, and what they wait for."""

    def __init__(self, works: Sequence[OfficeWork]) -> None:
        self.offices = [_Office(work, self) for work in works]
        self.n_without_tables = len(works)
        self.n_shares = len(SHARES)


@dataclass(eq=False)
class _Office:
    """An office of a group, and how many of its workbooks are still to be read."""

    work: OfficeWork
    group: _Group
    n_unread: int = 0


@dataclass(frozen=True, eq=False)
class _File:
    name: str
    office: _Office


def groups(works: Sequence[OfficeWork]) -> Iterator[list[OfficeWork]]:
    """Offices whose results are computed together."""
    group: list[OfficeWork] = []
    n = 0
    for work in works:
        if group and n + len(work.hashes) > _FILES_AT_ONCE:
            yield group
            group, n = [], 0
        group.append(work)
        n += len(work.hashes)
    if group:
        yield group


def _extractions(office: _Office, parts: Path, limits: Limits) -> Iterator[Task]:
    """Workbooks of an office that have no part yet."""
    work = office.work
    for path in work.office.files:
        name = path.relative_to(work.office.folder).as_posix()
        key = work.file_keys[name]
        if not (parts / f"{key}.cells").exists():
            yield Task(extract_part, (work.office, path, key, parts), limits, _File(name, office))
