"""What a worker does: the cells of one workbook, or all tables, results and the workbook of some offices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from meishan_stats.building.keys import OfficeInputs
from meishan_stats.building.parts import (
    RESULTS_PART,
    TABLES_PART,
    load_object,
    read_frames,
    save_object,
    save_tables,
)
from meishan_stats.extracting import ExtractedFile, extract_file, failed_file
from meishan_stats.loading import Tables, join_tables, office_tables, own_headers
from meishan_stats.offices import Office
from meishan_stats.outputs.office_workbook import write_office_workbook
from meishan_stats.problems import SEVERITIES, problem
from meishan_stats.results import every_result, office_results

_CONSERVED = ("n_rows", "n_rows_recorded", "n_amounts", "n_amounts_recorded")
_DEATHS = {
    "seconds": ("limit_exceeded", "读取超过时限 (took too long to read)"),
    "memory": ("limit_exceeded", "读取占用内存过多 (needed too much memory)"),
    "crash": ("unreadable_workbook", "读取程序中止 (the reader stopped)"),
}


@dataclass(frozen=True)
class OfficeWork:
    """One office, the key of its part, and of each of its files the hash when the build began and the key.

    ``died`` says which files stopped their worker, and how.
    """

    office: Office
    key: str
    hashes: dict[str, str]
    file_keys: dict[str, str]
    died: dict[str, str] = field(default_factory=dict)


def office_work(inputs: OfficeInputs) -> OfficeWork:
    """Work to be done for an office."""
    keys = {name: inputs.file_key(name) for name in inputs.files}
    return OfficeWork(inputs.office, inputs.key, inputs.files, keys)


def extract_part(office: Office, path: Path, key: str, parts: Path) -> None:
    """Recognise one workbook and keep what was found."""
    save_object(parts / f"{key}.cells", extract_file(office, path, own_headers(office)))


def build_offices(works: Sequence[OfficeWork], parts: Path, has_results: bool, has_workbooks: bool) -> None:
    """Keep tables, results and workbooks of some offices, each under the key of its office.

    Results of several offices are computed at once, which costs hardly more than those of one.
    """
    tables = [office_tables(work.office, _files(work, parts)) for work in works]
    for work, mine in zip(works, tables, strict=True):
        save_tables(parts / f"{work.key}{TABLES_PART}", dict(mine.items()), summary(mine))
    if has_results:
        keep_results(every_result(join_tables(tables)), works, parts)
    if has_results and has_workbooks:
        for work in works:
            build_workbook(work, parts)


def keep_results(results: Mapping[str, pd.DataFrame], works: Iterable[OfficeWork], parts: Path) -> None:
    """Keep the results of every office under its key."""
    for work in works:
        mine = {name: frame[frame["office"] == work.office.name] for name, frame in results.items()}
        save_tables(parts / f"{work.key}{RESULTS_PART}", mine, {})


def build_workbook(work: OfficeWork, parts: Path) -> None:
    """The office workbook of an office whose tables and results are kept."""
    tables = Tables(**dict(read_frames(parts / f"{work.key}{TABLES_PART}")))
    shown = office_results(tables, dict(read_frames(parts / f"{work.key}{RESULTS_PART}")))
    write_office_workbook(parts / f"{work.key}.xlsx", tables, shown, work.office.name)


def _files(work: OfficeWork, parts: Path) -> list[ExtractedFile]:
    """The office's workbooks as they were recognised; one whose part is missing is read now."""
    files = []
    for path in work.office.files:
        name = path.relative_to(work.office.folder).as_posix()
        if name in work.died:
            files.append(failed_file(work.office, name, *_DEATHS[work.died[name]]))
            continue
        file = load_object(parts / f"{work.file_keys[name]}.cells")
        file = file or extract_file(work.office, path, own_headers(work.office))
        if file.sha256 and file.sha256 != work.hashes[name]:
            file.problems.append(problem("file_changed", office=work.office.name, source_file=name))
        files.append(file)
    return files


def _named(tables: Tables, code: str) -> list[str]:
    """Files and sheets of which a problem is told."""
    rows = tables.problems[tables.problems["code"] == code]
    return [
        " ".join(pd.Series(place).dropna())
        for place in zip(rows["source_file"], rows["source_sheet"], strict=True)
    ]


def summary(tables: Tables) -> dict[str, Any]:
    """What the closing table says of an office."""
    sources, severities = tables.sources, tables.problems["severity"].value_counts()
    row = tables.offices.iloc[0]
    return {
        "office": row["office"],
        "is_demo": bool(row["is_demo"]),
        "as_of": None if pd.isna(row["as_of"]) else f"{row['as_of']:%Y-%m-%d}",
        "n_files": int(sources["source_file"].nunique()),
        "n_sheets": int(sources["source_sheet"].notna().sum()),
        **{name: int(sources[name].sum()) for name in _CONSERVED},
        "n_projects": len(tables.projects),
        **{f"n_{severity}": int(severities.get(severity, 0)) for severity in SEVERITIES},
        "not_conserved": _named(tables, "not_conserved"),
        "changed": _named(tables, "file_changed"),
    }
