"""Raw folders of small offices, and what a build makes of them."""

import ctypes
import hashlib
import os
import shutil
import sys
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
DROP = 24
"""The call of Linux that takes a capability from all that a process starts."""
OVERRIDE, SEARCH = 1, 2
"""Capabilities of root: to read and write any file, to enter any folder."""
HEADER = ["序号", "项目名称", "投资方", "产业类型", "总投资（万元）", "本年累计到位资金（万元）", "签约时间"]


def write_month(folder: Path, month: int, arrived: int = 100, n_projects: int = 3) -> Path:
    """One monthly workbook of a small office: projects 甲, 乙, 丙 …, each with arrived capital by then."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"2011年{month}月招商引资项目表"])
    sheet.append(HEADER)
    for i, name in enumerate("甲乙丙丁戊己庚辛"[:n_projects]):
        sheet.append(
            [i + 1, f"{name}光伏项目", f"{name}公司", "新能源", 3600 + i, arrived * month + i, "2011-01-05"]
        )
    path = folder / f"{month}月.xlsx"
    book.save(path)
    return path


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "meishan_stats.build", *map(str, arguments)]


def results(folder: Path) -> dict[str, str]:
    """Hash of every file that a user sees in a folder of results."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith(".")
    }


def copied(raw: Path, to: Path) -> Path:
    """Copy of a raw folder."""
    shutil.copytree(raw, to)
    return to


def as_an_ordinary_user() -> None:
    """Called in a process before it becomes the build: what root may beyond others is given up."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for capability in (OVERRIDE, SEARCH):
            if system.prctl(DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "prctl")
