"""Tables that build wrote, read back: always of one complete set of results."""

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from meishan_stats.errors import ChoiceError, FolderError, cannot_read
from meishan_stats.paths import processed_folder
from meishan_stats.result_set import MixedSet, current_files, read_manifest, retried
from meishan_stats.schemas import RESULTS, TABLES
from meishan_stats.table_files import from_arrow, set_of


def read_table(name: str, folder: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """One table that build wrote, as a pandas frame.

    While a build goes on it is the table of the last complete set. A build may end between two calls, and
    the second table is then of the newer set: its projects and amounts need not be those of the first.
    Tables that are joined, or whose figures stand in one report, are read at once with ``read_tables``.

    Parameters
    ----------
    name : str
        Name of a table or result, such as ``"projects"`` or ``"sector_breakdown"``.
    folder : path, optional
        Where build wrote; ``data/processed`` of the project by default.

    Raises
    ------
    ChoiceError
        There is no table of that name.
    FolderError
        It has not been built yet, or by another version of the package.

    Examples
    --------
    >>> read_table("sectors_breakdown")     # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    meishan_stats.errors.ChoiceError: 没有表“sectors_breakdown”...
    """
    return read_tables([name], folder)[name]


def read_tables(
    names: Sequence[str], folder: str | os.PathLike[str] | None = None
) -> dict[str, pd.DataFrame]:
    """Several tables that build wrote, by name, all of the same set of results.

    Parameters
    ----------
    names : sequence of str
    folder : path, optional
        Where build wrote; ``data/processed`` of the project by default.

    Raises
    ------
    ChoiceError, FolderError
        As ``read_table``.
    """
    for name in names:
        if name not in TABLES and name not in RESULTS:
            known = ", ".join([*TABLES, *RESULTS])
            raise ChoiceError(f"没有表“{name}”；有：{known}", f"no table {name!r}; there are: {known}")
    place = Path(folder if folder is not None else processed_folder())
    try:
        with cannot_read(place):
            return retried(lambda: _read_set(names, place))
    except MixedSet as error:
        raise _not_built(place / f"{error.args[0]}.parquet") from None


def _read_set(names: Sequence[str], folder: Path) -> dict[str, pd.DataFrame]:
    manifest = read_manifest(folder)
    if manifest is None:
        raise _not_built(folder / f"{names[0]}.parquet")
    return {name: _read(name, folder, manifest["set"]) for name in names}


def _read(name: str, folder: Path, set_id: str) -> pd.DataFrame:
    """Table of one set. The file is kept open while it is read: what replaces it does not matter."""
    for path in current_files(folder, f"{name}.parquet"):
        try:
            with path.open("rb") as file, pq.ParquetFile(file) as parquet:
                if set_of(parquet.schema_arrow) == set_id:
                    return from_arrow(parquet.read(), name)
        except FileNotFoundError:
            continue
        except PermissionError:  # not for the reader's eyes, or, on Windows, just being replaced
            raise
        except (KeyError, pa.ArrowException, OSError) as error:
            raise FolderError(
                f"{path} 已损坏或是旧版本写的：再运行一次 python -m meishan_stats.build",
                f"{path} is broken or of another version: run python -m meishan_stats.build again",
            ) from error
    raise MixedSet(name)


def _not_built(path: Path) -> FolderError:
    return FolderError(
        f"还没有 {path}：先运行 python -m meishan_stats.build",
        f"{path} is not there: run python -m meishan_stats.build first",
    )
