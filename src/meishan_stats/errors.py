"""Errors a user can act on: one line, in Chinese and English, that says what to do."""


class MeishanStatsError(Exception):
    """Base of every error the package raises on purpose; its text is one line for the user."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class FolderError(MeishanStatsError):
    """A folder or file named by the user is missing, empty or cannot be written."""


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
