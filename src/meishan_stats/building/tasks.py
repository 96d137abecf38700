"""What a worker does: the cells of a workbook, the tables of an office, results of some offices, a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from meishan_stats.building.keys import UNREADABLE, OfficeInputs
from meishan_stats.building.parts import load_object, read_frames, read_tables, save_object, save_tables
from meishan_stats.extracting import ExtractedFile, extract_file, failed_file
from meishan_stats.loading import Tables, office_tables, own_headers
from meishan_stats.offices import Office
from meishan_stats.outputs.office_workbook import write_office_workbook
from meishan_stats.problems import SEVERITIES, problem
from meishan_stats.results import NAMES, USED_TABLES, every_result, office_results
from meishan_stats.schemas import TABLES, conform
from meishan_stats.table_files import from_arrow, to_arrow

_CONSERVED = ("n_rows", "n_rows_recorded", "n_amounts", "n_amounts_recorded")
SHARES = (NAMES[0::2], NAMES[1::2])
"""Results are computed in two tasks: what they cost does not depend on how many rows there are."""
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


def build_office(work: OfficeWork, parts: Path) -> None:
    """Keep the tables of an office under its key."""
    files = _files(work, parts)
    changed = [file.file for file in files if not _is_as_planned(work, file)]
    for name in changed:  # what was kept of it is not what its key says
        (parts / f"{work.file_keys[name]}.cells").unlink(missing_ok=True)
    tables = office_tables(work.office, files)
    found = {name: to_arrow(frame, name) for name, frame in tables.items()}
    save_tables(tables_part(work.key, parts), found, {**summary(tables), "changed": changed})


def build_results(works: Sequence[OfficeWork], share: int, parts: Path) -> None:
    """Keep one share of the results of some offices whose tables are kept.

    Results of several offices are computed at once, which costs hardly more than those of one.
    """
    found = [read_tables(tables_part(work.key, parts), USED_TABLES) for work in works]
    frames = {name: conform(pd.DataFrame(), model) for name, model in TABLES.items()}
    frames |= {name: from_arrow(pa.concat_tables(part[name] for part in found), name) for name in USED_TABLES}
    keep_results(every_result(Tables(**frames), SHARES[share]), share, works, parts)


def keep_results(
    results: Mapping[str, pd.DataFrame], share: int, works: Iterable[OfficeWork], parts: Path
) -> None:
    """Keep one share of the results of every office under its key."""
    found = {name: to_arrow(frame, name) for name, frame in results.items()}
    for work in works:
        mine = {name: table.filter(pc.field("office") == work.office.name) for name, table in found.items()}
        save_tables(results_part(work.key, share, parts), mine, {})


def build_workbook(work: OfficeWork, parts: Path) -> None:
    """The office workbook of an office whose tables and results are kept."""
    tables = Tables(**read_frames(tables_part(work.key, parts)))
    results: dict[str, pd.DataFrame] = {}
    for share in range(len(SHARES)):
        results |= read_frames(results_part(work.key, share, parts))
    in_order = {name: results[name] for name in NAMES}
    write_office_workbook(
        workbook_part(work.key, parts), tables, office_results(tables, in_order), work.office.name
    )


def tables_part(key: str, parts: Path) -> Path:
    """Where the tables of an office are kept."""
    return parts / f"{key}-tables"


def results_part(key: str, share: int, parts: Path) -> Path:
    """Where a share of the results of an office is kept."""
    return parts / f"{key}-results{share}"


def workbook_part(key: str, parts: Path) -> Path:
    """Where the workbook of an office is kept."""
    return parts / f"{key}.xlsx"


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
        if file.sha256 and not _is_as_planned(work, file):
            file.problems.append(problem("file_changed", office=work.office.name, source_file=name))
        files.append(file)
    return files


def _is_as_planned(work: OfficeWork, file: ExtractedFile) -> bool:
    """Whether a file was read as it was when the build began: with the same bytes, or as unreadable as then."""
    planned = work.hashes[file.file]
    if file.sha256:
        return file.sha256 == planned
    return file.was_opened or planned == UNREADABLE


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
    }
