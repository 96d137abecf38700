"""Where the project's folders are; looked up when asked, never at import."""

import os
from itertools import islice
from pathlib import Path

from meishan_stats.errors import FolderError

HOME_VARIABLE = "MEISHAN_STATS_HOME"


def check_entry(folder: Path) -> None:
    """Fail where a folder may not be entered: its names may be listed without a right to what they name.

    Raises
    ------
    OSError
    """
    for path in islice(folder.iterdir(), 1):
        path.lstat()


def project_home() -> Path:
    """Folder that holds ``data/raw``.

    ``MEISHAN_STATS_HOME`` where it is set, else the nearest parent of the working folder: a
    notebook's working folder is ``notebooks/``, a shell's may be anywhere below the project.

    Raises
    ------
    FolderError
        No such folder is found; the message says how to name one.
    """
    stated = os.environ.get(HOME_VARIABLE)
    if stated:
        return Path(stated)
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise FolderError(
        f"在 {here} 及其上级文件夹中找不到 data/raw：请进入项目文件夹，或设置环境变量 {HOME_VARIABLE}",
        f"no data/raw in {here} or above: change into the project folder, or set {HOME_VARIABLE}",
    )


def raw_folder() -> Path:
    """Folder of the offices' workbooks, ``data/raw``."""
    return project_home() / "data" / "raw"


def processed_folder() -> Path:
    """Folder that build writes, ``data/processed``."""
    return project_home() / "data" / "processed"
