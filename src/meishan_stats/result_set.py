"""One complete set of results in a folder: written beside, named by a manifest, put in place as a whole.

Many files cannot be renamed at one stroke. A new set is therefore written to ``.next``; a commit marker
says that it is whole; only then are its files moved to their places. Whoever comes upon a marker, a reader
or the next build, takes the set behind it for the current one: it sees the old set or the new one, never
a mixture, whenever the writing process was killed.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from meishan_stats.errors import cannot_write

MANIFEST, STAGE, MARKER = "manifest.json", ".next", "COMMIT"
Manifest = dict[str, Any]
Result = TypeVar("Result")


def stage(folder: Path) -> Path:
    """An empty folder to write the next set into; leftovers of a build that was killed are removed.

    Raises
    ------
    FolderError
        The folder cannot be made or written.
    """
    recover(folder)
    next_set = folder / STAGE
    with cannot_write(folder):
        if next_set.exists():
            shutil.rmtree(next_set)
        next_set.mkdir(parents=True)
    return next_set


def commit(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Make the staged set the current one. ``manifest["outputs"]`` names each of its files.

    Raises
    ------
    FolderError
        A file of the old set is open in a program that lets nobody replace it; the old set stays.
    """
    next_set = folder / STAGE
    with cannot_write(folder):
        _check_replaceable(folder, manifest["outputs"])
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        (next_set / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
        for path in sorted(next_set.iterdir()):
            _flush(path)
        marker = next_set / f"{MARKER}.new"
        marker.touch()
        marker.replace(next_set / MARKER)
    recover(folder)


def recover(folder: Path) -> None:
    """Put a committed set in its place, if a build was killed between commit and its last rename.

    Every step may be repeated: files go first, then those that only the old set had, the manifest last.

    Raises
    ------
    FolderError
        A file cannot be replaced.
    """
    next_set = folder / STAGE
    with cannot_write(folder):
        if not (next_set / MARKER).exists():
            return
        staged = _read(next_set / MANIFEST)
        if staged is not None:
            for name in staged["outputs"]:
                if (next_set / name).exists():
                    (next_set / name).replace(folder / name)
            for name in (_read(folder / MANIFEST) or {"outputs": {}})["outputs"]:
                if name not in staged["outputs"]:
                    (folder / name).unlink(missing_ok=True)
            (next_set / MANIFEST).replace(folder / MANIFEST)
        (next_set / MARKER).unlink(missing_ok=True)
        shutil.rmtree(next_set, ignore_errors=True)


def read_manifest(folder: Path) -> Manifest | None:
    """Manifest of the current set; None where nothing has been built."""
    staged = _read(folder / STAGE / MANIFEST) if (folder / STAGE / MARKER).exists() else None
    return staged or _read(folder / MANIFEST)


def current_files(folder: Path, name: str) -> list[Path]:
    """Where a file of the current set may be, likeliest first: a commit may be under way."""
    places = [folder / name]
    return [folder / STAGE / name, *places] if (folder / STAGE / MARKER).exists() else places


def is_whole(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Whether every file of a set is in its place with the bytes that were written."""
    try:
        return all(
            (folder / name).is_file() and file_hash(folder / name) == said["sha256"]
            for name, said in manifest["outputs"].items()
        )
    except OSError:  # one that may not be read is made again
        return False


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> Manifest | None:
    try:
        found: Manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _check_replaceable(folder: Path, names: Mapping[str, Any]) -> None:
    """Fail before the commit, not in the middle: Excel on Windows lets nobody rename what it has open."""
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(folder / name)


def _flush(path: Path) -> None:
    """Have the system write the file to disk: a marker must not outlive what it vouches for."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


class MixedSet(Exception):
    """A file belongs to another set than the manifest read before it; ``args[0]`` is its name."""


def retried(read: Callable[[], Result], seconds: float = 5.0) -> Result:
    """What `read` returns, tried again while files move under it during a commit.

    On Windows a file that is being replaced may not be opened.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            return read()
        except (MixedSet, PermissionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
