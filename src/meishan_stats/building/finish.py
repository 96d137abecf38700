"""The parts of all offices → one set of results in the folder."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from meishan_stats.building.parts import load_tables
from meishan_stats.building.tasks import SHARES, OfficeWork, results_part, tables_part, workbook_part
from meishan_stats.errors import cannot_write
from meishan_stats.outputs.office_names import office_file_name
from meishan_stats.result_set import commit, file_hash, stage
from meishan_stats.table_files import TableFiles


def write_set(
    folder: Path,
    parts: Path,
    works: Sequence[OfficeWork],
    manifest: Mapping[str, Any],
    *,
    has_workbooks: bool,
    on_tables: Callable[[Path], None] | None = None,
) -> dict[str, Any]:
    """Write every table and workbook of the offices and make them the current set; returns its manifest.

    One office is in memory at a time.

    Parameters
    ----------
    works : sequence of the offices in the order of the rows, their parts made
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
        _merge((tables_part(work.key, parts) for work in works), beside, manifest["set"])
        if on_tables:
            on_tables(beside)
        for share in range(len(SHARES)):
            _merge((results_part(work.key, share, parts) for work in works), beside, manifest["set"])
        if has_workbooks:
            for work in works:
                shutil.copyfile(workbook_part(work.key, parts), beside / office_file_name(work.office.name))
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
        for table, rows, lines in load_tables(part):
            if table not in files:
                files[table] = TableFiles(beside, table, set_id)
            files[table].add(rows, lines)
    for table_files in files.values():
        table_files.close()
