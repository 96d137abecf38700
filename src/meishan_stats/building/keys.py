"""What a result depends on, as hashes: equal keys, equal bytes."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from meishan_stats.errors import cannot_read
from meishan_stats.offices import CORRECTIONS_FILE, OFFICE_FILE, Office
from meishan_stats.result_set import file_hash

_LIBRARIES = ("pandas", "pyarrow", "python-calamine", "openpyxl", "opencc", "CurrencyConverter")
UNREADABLE = "unreadable"
KEY_LENGTH = 32


@dataclass(frozen=True)
class OfficeInputs:
    """An office with the hash of each of its files, by path below its folder."""

    office: Office
    files: dict[str, str]
    settings: dict[str, str]

    @property
    def key(self) -> str:
        """Hash of all that the tables of the office depend on."""
        return digest(package_key(), self.office.name, self.files, self.settings)

    def file_key(self, name: str) -> str:
        """Hash of all that the cells of one workbook are taken for; its name may tell the month."""
        return digest(package_key(), name, self.files[name], self.settings.get(OFFICE_FILE))


def office_inputs(office: Office) -> OfficeInputs:
    """Hashes of the files of an office. A workbook that cannot be read is a problem of its own, told later.

    Raises
    ------
    FolderError
        Its settings or corrections cannot be read: what they would change is not known.
    """
    with cannot_read(office.folder):
        settings = {
            name: file_hash(office.folder / name)
            for name in (OFFICE_FILE, CORRECTIONS_FILE)
            if (office.folder / name).is_file()
        }
    files = {path.relative_to(office.folder).as_posix(): _hash(path) for path in office.files}
    return OfficeInputs(office, files, settings)


def _hash(path: Path) -> str:
    try:
        return file_hash(path) if path.is_file() else UNREADABLE  # a pipe would keep us waiting
    except OSError:
        return UNREADABLE


@cache
def package_key() -> str:
    """Hash of the program itself: whoever mends a formula must not be shown what the old one gave."""
    root = Path(__file__).parents[1]
    sources = {
        path.relative_to(root).as_posix(): file_hash(path)
        for path in sorted(root.rglob("*"))
        if path.suffix in (".py", ".csv")
    }
    return digest(sources, {name: version(name) for name in _LIBRARIES})


def digest(*said: Any) -> str:
    """Hash of plain data.

    >>> digest("a", {"b": 1}) == digest("a", {"b": 1}), digest("a") == digest("b")
    (True, False)
    """
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]
