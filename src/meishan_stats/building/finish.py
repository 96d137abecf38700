"""The parts of all offices → one set of results in the folder."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from meishan_stats.building.parts import RESULTS_PART, TABLES_PART, load_tables
from meishan_stats.outputs.office_names import office_file_name
from meishan_stats.result_set import cannot_write, commit, file_hash, stage
from meishan_stats.table_files import TableFiles


def write_set(
    folder: Path,
    parts: Path,
    offices: Sequence[tuple[str, str]],
    manifest: Mapping[str, Any],
    *,
    has_workbooks: bool,
    on_tables: Callable[[Path], None] | None = None,
) -> dict[str, Any]:
    """Write every table and workbook of the offices and make them the current set; returns its manifest.

    One office is in memory at a time.

    Parameters
    ----------
    offices : sequence of name and key of part, in the order of the rows
    manifest : what to say of the set; its outputs are added
    on_tables : callable, optional
        Called with the folder of the tables before the results are taken from their parts: a cluster
        computes them of the tables.

    Raises
    ------
    FolderError
        A file cannot be written or replaced; the old set stays.
    """
    beside = stage(folder)
    with cannot_write(folder):
        _merge([parts / f"{key}{TABLES_PART}" for _, key in offices], beside, manifest["set"])
        if on_tables:
            on_tables(beside)
        _merge([parts / f"{key}{RESULTS_PART}" for _, key in offices], beside, manifest["set"])
        if has_workbooks:
            for name, key in offices:
                shutil.copyfile(parts / f"{key}.xlsx", beside / office_file_name(name))
        outputs = {
            path.name: {"sha256": file_hash(path), "bytes": path.stat().st_size}
            for path in sorted(beside.iterdir())
        }
    whole = {**manifest, "outputs": outputs}
    commit(folder, whole)
    return whole


def _merge(parts: Iterable[Path], beside: Path, set_id: str) -> None:
    files: dict[str, TableFiles] = {}
    for part in parts:
        for table, rows in load_tables(part):
            if table not in files:
                files[table] = TableFiles(beside, table, set_id)
            files[table].add(rows)
    for table_files in files.values():
        table_files.close()
