"""The parts of offices, made by worker processes of this machine."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from meishan_stats.building.tasks import OfficeWork, build_offices, extract_part
from meishan_stats.building.workers import Died, Limits, Task, run_tasks

Progress = Callable[[str], None]
_FILES_AT_ONCE = 300
"""Workbooks whose offices are built together: enough to share the cost, few enough to stay in memory."""


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
    """Make the parts of every office given: its workbooks are read side by side, then the office is built.

    Raises
    ------
    ProgramError
        The program failed on an office; a workbook it fails on is a problem row.
    FolderError
        A part cannot be written.
    """
    groups = list(batches(works, jobs))
    open_files: dict[int, int] = {}
    died: dict[int, dict[str, dict[str, str]]] = {}

    def office_task(number: int) -> Task:
        told = died.get(number, {})
        group = [replace(work, died=told.get(work.office.name, {})) for work in groups[number]]
        return Task(build_offices, (group, parts, has_results, has_workbooks))

    def start() -> Iterator[Task]:
        for number, group in enumerate(groups):
            tasks = list(_extractions(group, parts, limits or Limits(), number))
            open_files[number] = len(tasks)
            yield from tasks or [office_task(number)]

    def on_done(task: Task, value: Any) -> list[Task]:
        if task.about is None:
            return []
        number, office, name = task.about
        if progress:
            progress(f"{office} {name}")
        if isinstance(value, Died):
            died.setdefault(number, {}).setdefault(office, {})[name] = value.reason
        open_files[number] -= 1
        return [office_task(number)] if open_files[number] == 0 else []

    run_tasks(start(), jobs, on_done)


def batches(works: Sequence[OfficeWork], jobs: int) -> Iterator[list[OfficeWork]]:
    """Offices to be built together: as many workbooks as are good for memory, and something for every job."""
    n_files = sum(len(work.hashes) for work in works)
    rounds = math.ceil(n_files / (_FILES_AT_ONCE * jobs))
    size = math.ceil(n_files / (rounds * jobs)) if n_files else 1
    group: list[OfficeWork] = []
    n = 0
    for work in works:
        if group and n + len(work.hashes) > size:
            yield group
            group, n = [], 0
        group.append(work)
        n += len(work.hashes)
    if group:
        yield group


def _extractions(group: Sequence[OfficeWork], parts: Path, limits: Limits, number: int) -> Iterator[Task]:
    """Workbooks of the offices that have no part yet."""
    for work in group:
        for path in work.office.files:
            name = path.relative_to(work.office.folder).as_posix()
            key = work.file_keys[name]
            if not (parts / f"{key}.cells").exists():
                yield Task(
                    extract_part, (work.office, path, key, parts), limits, (number, work.office.name, name)
                )
