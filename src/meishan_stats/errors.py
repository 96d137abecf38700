"""Errors a user can act on: one line, in Chinese and English, that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class MeishanStatsError(Exception):
    """Base of every error the package raises on purpose; its text is one line for the user."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class FolderError(MeishanStatsError):
    """A folder or file named by the user is missing, empty, or cannot be read or written."""


@contextmanager
def cannot_read(place: Path) -> Iterator[None]:
    """Turn what the system says of a file or folder that cannot be opened into one line for the user."""
    try:
        yield
    except OSError as error:
        what, reason = error.filename or place, error.strerror or str(error)
        raise FolderError(
            f"打不开 {what}：{reason}（文件是否在别的程序中打开着？有没有读取的权限？）",
            f"cannot open {what}: {reason} (is it open in another program? may you read it?)",
        ) from error


@contextmanager
def cannot_write(place: Path) -> Iterator[None]:
    """Turn what the system says of a folder that cannot be written into one line for the user."""
    try:
        yield
    except OSError as error:
        what, reason = error.filename or place, error.strerror or str(error)
        raise FolderError(
            f"写不了 {what}：{reason}（文件是否在 Excel 中打开着？磁盘是否已满、只读？）",
            f"cannot write {what}: {reason} (is it open in Excel? is the disk full or read-only?)",
        ) from error


class OfficeFileError(MeishanStatsError):
    """An office.toml cannot be read or says something it may not."""


class DefinitionError(MeishanStatsError):
    """A table in definitions/ is malformed or lacks a code."""


class TableError(MeishanStatsError):
    """A frame lacks a column, or holds one of another type, than its table in schemas.py."""


class ChoiceError(MeishanStatsError):
    """An argument must be one of a few values and is not."""


class ProgramError(MeishanStatsError):
    """The program itself failed, by no fault of the user's."""
