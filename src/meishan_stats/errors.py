"""Errors a user can act on: one line, in Chinese and English, that says what to do."""

from pathlib import Path


class MeishanStatsError(Exception):
    """Base of every error the package raises on purpose; its text is one line for the user."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class FolderError(MeishanStatsError):
    """A folder or file named by the user is missing, empty, or cannot be read or written."""


class cannot_read:
    """Turn what the system says of a file or folder that cannot be opened into one line for the user."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            reason, place = error.strerror or str(error), error.filename or self._place
            raise FolderError(
                f"打不开 {place}：{reason}（文件是否在别的程序中打开着？有没有读取的权限？）",
                f"cannot open {place}: {reason} (is it open in another program? may you read it?)",
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
