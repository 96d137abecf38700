"""A raw folder → one complete set of results; only what changed is done anew."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meishan_stats.building.cluster import build_results_on, build_tables_on, on_cluster
from meishan_stats.building.finish import write_set
from meishan_stats.building.local import build_parts
from meishan_stats.building.parts import FOLDER, load_facts, read_facts, sweep
from meishan_stats.building.plan import Plan
from meishan_stats.building.tasks import (
    SHARES,
    OfficeWork,
    office_work,
    results_part,
    tables_part,
    workbook_part,
)
from meishan_stats.building.workers import Limits
from meishan_stats.errors import cannot_write

Begin = Callable[[int], Callable[[str], None]]


@dataclass(frozen=True)
class Options:
    """How to build: on which engine, by how many workers, with or without parts that are there, in which bounds."""

    engine: str = "local"
    master: str | None = None
    jobs: int | None = None
    is_forced: bool = False
    limits: Limits = field(default_factory=Limits)


def make_set(planned: Plan, out: Path, options: Options, begin: Begin | None = None) -> dict[str, Any]:
    """Make what is missing of a plan and put the set in its place; returns the manifest.

    Parameters
    ----------
    begin : callable, optional
        Called with the number of workbooks to be read; returns what is called with the name of each.

    Raises
    ------
    FolderError
        A file cannot be written; the results that were there stay.
    ProgramError
        The program failed on an office.
    """
    parts = out / FOLDER
    with cannot_write(out):
        if options.is_forced:
            shutil.rmtree(parts, ignore_errors=True)
        parts.mkdir(exist_ok=True)
        probe = parts / ".probe"
        probe.touch()  # may it be entered and written?
        probe.unlink()
    works = [office_work(found) for found in planned.inputs]
    missing = [work for work in works if not _is_made(work, parts, planned.has_workbooks)]
    report = begin(sum(len(work.hashes) for work in missing)) if begin else None

    def finished(on_tables: Callable[[Path], None] | None = None) -> dict[str, Any]:
        with cannot_write(out):
            facts = [read_facts(tables_part(work.key, parts)) for work in works]
        manifest = planned.manifest(facts)
        return write_set(
            out, parts, works, manifest, has_workbooks=planned.has_workbooks, on_tables=on_tables
        )

    if options.engine == "spark":
        with on_cluster(options.master) as spark:
            build_tables_on(spark, missing, parts)
            whole = finished(
                lambda tables: build_results_on(spark, tables, works, parts, planned.has_workbooks)
            )
    else:
        build_parts(
            missing, parts, jobs=options.jobs or os.cpu_count() or 1, has_workbooks=planned.has_workbooks,
            limits=options.limits, progress=report,
        )  # fmt: skip
        whole = finished()
    sweep(parts, {work.key for work in works} | {key for work in works for key in work.file_keys.values()})
    return whole


def _is_made(work: OfficeWork, parts: Path, has_workbooks: bool) -> bool:
    """Whether the parts of an office are there and whole."""
    facts = load_facts(tables_part(work.key, parts))
    return (
        facts is not None
        and not facts["changed"]
        and all(load_facts(results_part(work.key, share, parts)) for share in range(len(SHARES)))
        and (workbook_part(work.key, parts).exists() or not has_workbooks)
    )
