"""Tables on disk: Parquet for programs, CSV (UTF-8 with BOM) for Excel; written beside, then renamed."""

import os
import re
from pathlib import Path

import pandas as pd

from meishan_stats.errors import ChoiceError, FolderError
from meishan_stats.paths import processed_folder
from meishan_stats.schemas import RESULTS, TABLES, columns

_RUNS = re.compile(r"""^(?![+-]?\d[\d.,]*%?$)(?=[\s"']*[=+\-@＝＋－＠]|[\t\r\n])""")
"""Beginning of a text that Excel or WPS would take for a formula, spaces and quotation marks before it included."""


def write_table(frame: pd.DataFrame, name: str, folder: Path) -> None:
    """Write one table as ``<name>.parquet`` and ``<name>.csv``; a reader never sees half of one.

    Raises
    ------
    FolderError
        The file cannot be replaced: it is open in another program, or the folder is read-only.
    """
    parquet, text = folder / f".{name}.parquet.new", folder / f".{name}.csv.new"
    try:
        frame.to_parquet(parquet, index=False)
        _for_people(frame).to_csv(text, index=False, encoding="utf-8-sig", lineterminator="\r\n")
        parquet.replace(folder / f"{name}.parquet")
        text.replace(folder / f"{name}.csv")
    except OSError as error:
        raise FolderError(
            f"写不了 {folder / name}：{error.strerror}（文件是否在 Excel 中打开着？）",
            f"cannot write {folder / name}: {error.strerror} (is it open in Excel?)",
        ) from error
    finally:
        for leftover in (parquet, text):
            leftover.unlink(missing_ok=True)


def _for_people(frame: pd.DataFrame) -> pd.DataFrame:
    """Dates without a time of day, as people write them, and text that no spreadsheet program runs.

    Text that would be a formula gets an apostrophe in front; a number written as text, and every column of
    numbers, stay as they are.

    >>> _for_people(pd.DataFrame({"a": ["=1+1", "-3.5", "甲"], "n": [-1, 2, 3]})).to_csv(index=False)
    "a,n\\n'=1+1,-1\\n-3.5,2\\n甲,3\\n"
    """
    dates = frame.select_dtypes("datetime").columns
    texts = frame.select_dtypes(["object", "string"]).columns
    quoted = {name: frame[name].astype("string").str.replace(_RUNS, "'", regex=True) for name in texts}
    return frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%d") for name in dates}, **quoted)


def read_table(name: str, folder: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """One table that build wrote, as a pandas frame.

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
        It has not been built yet.

    Examples
    --------
    >>> read_table("sectors_breakdown")     # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    meishan_stats.errors.ChoiceError: 没有表“sectors_breakdown”...
    """
    model = {**TABLES, **RESULTS}.get(name)
    if model is None:
        known = ", ".join([*TABLES, *RESULTS])
        raise ChoiceError(f"没有表“{name}”；有：{known}", f"no table {name!r}; there are: {known}")
    path = Path(folder if folder is not None else processed_folder()) / f"{name}.parquet"
    if not path.is_file():
        raise FolderError(
            f"还没有 {path}：先运行 python -m meishan_stats.build",
            f"{path} is not there: run python -m meishan_stats.build first",
        )
    frame = pd.read_parquet(path)
    return frame.astype({column: field.dtype.type for column, field in columns(model).items()})
