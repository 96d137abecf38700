"""How much of a file is read at all: what is past these limits is refused before it can do harm.

The numbers are far above what an office sends and below what a computer of 4 GB can hold. A worker process
with bounds of time and memory stands behind them; they are here so that a harmful file is refused at once,
with a reason, and so that one far cell does not cost a whole workbook.
"""

from pathlib import Path
from typing import NoReturn

from meishan_stats.paths import check_entry

MAX_FILE_BYTES = 200 * 2**20
"""A workbook of 100 000 rows has 7 MB; one that is larger than this holds pictures, and is held in memory whole."""
MAX_UNPACKED_BYTES = 512 * 2**20
"""XML of all parts together: about 800 000 rows of 12 columns. Reading takes some four times as much memory."""
MAX_RATIO = 300
"""Unpacked to packed bytes of one part. Sheets reach 10 to 30, columns of nothing but styles about 100."""
RATIO_COUNTS_FROM = 32 * 2**20
"""A part unpacked to less than this is harmless whatever its ratio."""
MAX_PARTS = 10_000
"""Parts of a package; a sheet, a picture and a drawing are one each."""
MAX_SHEETS = 500
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Size of a sheet in Excel (A1:XFD1048576); no cell of a sound file lies beyond."""
MAX_POSITIONS = 20_000_000
"""Rows times columns of the sheets of one file, empty cells with them: 20 columns of a full sheet."""
MAX_MERGES = 200_000
"""Merged ranges of one sheet."""
MAX_REPEATS = 10_000
"""Times that an OpenDocument sheet repeats one row that holds something; a table has not so many equal rows."""
MAX_CELL_TEXT = 32_767
"""Characters that Excel keeps of one cell; a longer text was written by no spreadsheet."""
MAX_NAME = 255
"""Characters of a sheet's name that are kept; Excel allows 31."""


class UnreadableWorkbook(Exception):
    """A file cannot be read; ``code`` is a problem code, ``reason`` one line for the user."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class NotRead(UnreadableWorkbook):
    """The bytes of a file could not be had; a moment later they may be."""

    def __init__(self, reason: str) -> None:
        super().__init__("unreadable_workbook", reason)


def refuse(zh: str, en: str) -> NoReturn:
    """Raise the error of a file that exceeds a limit.

    >>> refuse("工作表太多", "too many sheets")
    Traceback (most recent call last):
    ...
    meishan_stats.extract.limits.UnreadableWorkbook: 工作表太多 (too many sheets)
    """
    raise UnreadableWorkbook("limit_exceeded", f"{zh} ({en})")


def broken(zh: str, en: str) -> NoReturn:
    """Raise the error of a file that is damaged or none of its kind."""
    raise UnreadableWorkbook("unreadable_workbook", f"{zh} ({en})")


def check_positions(n_positions: int, sheet: str) -> None:
    """Refuse a file whose sheets, empty cells included, are too large to be held."""
    if n_positions > MAX_POSITIONS:
        refuse(
            f"工作表“{sheet[:40]}”的范围过大，超过 {MAX_POSITIONS // 10_000} 万格",
            f"sheet {sheet[:40]!r} spans more than {MAX_POSITIONS:,} cells",
        )


def check_text(n_characters: int) -> None:
    """Refuse a file with a cell longer than any spreadsheet writes."""
    if n_characters > MAX_CELL_TEXT:
        refuse(f"有单元格超过 {MAX_CELL_TEXT} 字", f"a cell of more than {MAX_CELL_TEXT:,} characters")


def read_bytes(path: Path, folder: Path | None = None) -> bytes:
    """The bytes of a regular file, of one moment: a file that is being written is refused.

    Parameters
    ----------
    folder : Path, optional
        Folder that the file must lie in after links are followed.

    Raises
    ------
    UnreadableWorkbook
        The file is no regular file (a pipe would block for ever), a link that leaves the folder, or too
        large; ``NotRead`` where it may not be opened or changed while it was read.
    """
    try:
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            broken(
                "是指向文件夹之外的链接，没有跟随", "a link out of the office's folder; it was not followed"
            )
        if path.is_dir():
            check_entry(path)
            broken("是文件夹，不是文件", "a folder, not a file")
        if not path.is_file():
            broken("不是普通文件", "not a regular file")
        with path.open("rb") as stream:
            before = _state(path)
            if before[0] > MAX_FILE_BYTES:
                megabytes = MAX_FILE_BYTES // 2**20
                refuse(f"文件超过 {megabytes} MB", f"file of more than {megabytes} MB")
            data = stream.read(MAX_FILE_BYTES + 1)
            after = _state(path)
    except (
        OSError,
        RuntimeError,
    ) as error:  # RuntimeError: links that lead to each other, before Python 3.13
        reason = getattr(error, "strerror", None) or str(error)
        raise NotRead(reason) from error
    if before != after or len(data) != before[0]:
        raise NotRead("文件正在被改写，稍后再试 (the file changed while it was read; try again)")
    return data


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns
