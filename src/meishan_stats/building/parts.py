"""Part results on disk: what a workbook's cells are, and the tables of an office, under the hash of their inputs.

They may be deleted at any time; a part that is broken counts as absent. Parts of workbooks are pickled,
and read back by an unpickler that knows the types of this package and of plain data alone: a file that
somebody slipped into the folder can call nothing.
"""

import hashlib
import json
import os
import pickle
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from meishan_stats.building.keys import KEY_LENGTH
from meishan_stats.errors import cannot_write
from meishan_stats.result_set import file_hash
from meishan_stats.table_files import csv_lines, from_arrow

FOLDER = ".parts"
_ALIGNED = 64
"""Arrow computes on mapped bytes where they begin at a multiple of this; else it copies them."""
_PLAIN = frozenset({
    ("builtins", "slice"), ("builtins", "set"), ("builtins", "frozenset"),
    ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"),
    ("pathlib", "PosixPath"), ("pathlib", "WindowsPath"),
    ("numpy", "dtype"), ("numpy", "ndarray"), ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.numeric", "_frombuffer"), ("numpy._core.multiarray", "scalar"),
    ("pandas", "DataFrame"), ("pandas", "Series"), ("pandas", "Index"), ("pandas", "RangeIndex"),
    ("pandas", "StringDtype"), ("pandas.core.frame", "DataFrame"), ("pandas.core.series", "Series"),
    ("pandas.core.indexes.base", "Index"), ("pandas.core.indexes.base", "_new_Index"),
    ("pandas.core.indexes.range", "RangeIndex"), ("pandas.core.internals.managers", "BlockManager"),
    ("pandas._libs.internals", "_unpickle_block"), ("pandas._libs.tslibs.timestamps", "_unpickle_timestamp"),
    ("pandas._libs.tslibs.nattype", "_nat_unpickle"),
})  # fmt: skip


class _PlainData(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN or (module.startswith("meishan_stats.") and "." not in name):
            found = super().find_class(module, name)
            if isinstance(found, type) or (module, name) in _PLAIN:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def save_object(path: Path, value: object) -> None:
    """Write an object of this package's types; a reader never sees half of one."""
    _replace(path, pickle.dumps(value, protocol=5))


def load_object(path: Path) -> Any | None:
    """The object, or None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return _PlainData(file).load()
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, ValueError, TypeError,
            IndexError, KeyError):  # fmt: skip
        return None


def save_tables(path: Path, tables: Mapping[str, pa.Table], facts: Mapping[str, Any]) -> None:
    """Write tables to one file, each as an Arrow stream and as the lines of its CSV, and beside it facts as JSON.

    The JSON is written last and holds the hash of the other file: without it there is no part.
    """
    sink = pa.BufferOutputStream()
    places = {}
    for name, table in tables.items():
        sink.write(b"\n" * (-sink.tell() % _ALIGNED))
        start = sink.tell()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        start_of_text = sink.tell()
        sink.write(csv_lines(table))
        places[name] = (start, start_of_text, sink.tell())
    content = sink.getvalue()
    _replace(path.with_suffix(".part"), content)
    said = {**facts, "tables": places, "sha256": hashlib.sha256(content).hexdigest()}
    _replace(path.with_suffix(".json"), json.dumps(said, ensure_ascii=False).encode())


def load_facts(path: Path) -> dict[str, Any] | None:
    """What is said of the frames of a part; None where the part is absent or its bytes are not those written."""
    try:
        said = read_facts(path)
        return said if said["sha256"] == file_hash(path.with_suffix(".part")) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_facts(path: Path) -> dict[str, Any]:
    """What is said of the frames of a part that is known to be whole.

    Raises
    ------
    OSError
        Somebody removed it.
    """
    said: dict[str, Any] = json.loads(path.with_suffix(".json").read_bytes())
    return said


def load_tables(path: Path) -> Iterator[tuple[str, pa.Table, pa.Buffer]]:
    """Names, Arrow tables and lines of CSV of a part, one at a time; the file is mapped, not read."""
    with pa.memory_map(str(path.with_suffix(".part"))) as source:
        whole = source.read_buffer()
        for name, (start, start_of_text, end) in read_facts(path)["tables"].items():
            stream = pa.ipc.open_stream(whole.slice(start, start_of_text - start))
            yield name, stream.read_all(), whole.slice(start_of_text, end - start_of_text)


def read_tables(path: Path, names: Collection[str]) -> dict[str, pa.Table]:
    """Arrow tables of a part by name."""
    return {name: table for name, table, _ in load_tables(path) if name in names}


def read_frames(path: Path) -> dict[str, pd.DataFrame]:
    """Frames of a part by name."""
    return {name: from_arrow(table, name) for name, table, _ in load_tables(path)}


def sweep(folder: Path, kept: Collection[str]) -> None:
    """Remove the parts that no workbook or office of today has."""
    for path in folder.iterdir():
        if path.name[:KEY_LENGTH] not in kept:
            path.unlink(missing_ok=True)


def _replace(path: Path, content: bytes | pa.Buffer) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with cannot_write(path.parent):
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
