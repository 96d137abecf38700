"""One build at a time in a folder of results."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from meishan_stats.errors import FolderError, cannot_write

LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other builds out of a folder.

    The operating system holds the lock and drops it with the process, however that ends: a lock file
    that a killed build left behind locks nothing.

    Raises
    ------
    FolderError
        Another build writes there now, or the folder cannot be made.
    """
    with cannot_write(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise FolderError(
                f"另一个 build 正在写 {folder}：等它结束，或用 --out 另选文件夹",
                f"another build is writing {folder}: wait for it, or choose another folder with --out",
            ) from None
    try:
        yield
    finally:
        lock.release()
