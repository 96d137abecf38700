"""The tables of one office: as build wrote them, else read from its workbooks."""

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from meishan_stats.errors import ChoiceError, FolderError
from meishan_stats.loading import Tables, load_office
from meishan_stats.offices import Office, find_offices
from meishan_stats.paths import processed_folder, raw_folder
from meishan_stats.schemas import TABLES
from meishan_stats.tables import read_table


def office_tables(office: str, folder: str | os.PathLike[str] | None = None) -> Tables:
    """Every table of one office, from the folder that build wrote.

    Where no folder is named and build has not written this office yet, or another version of the
    package has, its workbooks are read: that takes longer and gives the same.

    Parameters
    ----------
    office : name of the office, or of its folder in ``data/raw``
    folder : where build wrote; ``data/processed`` of the project by default

    Raises
    ------
    ChoiceError
        There is no such office; the message names those there are.
    FolderError
        A folder was named that holds no tables, or its tables are of another version of the package.

    Examples
    --------
    >>> tables = office_tables("煤山镇")
    >>> sorted(tables.projects["total_investment_10k"])
    [500.0, 3600.0]
    """
    if folder is not None:
        return _built_tables(office, Path(folder))
    try:
        return _built_tables(office, processed_folder())
    except (FolderError, ChoiceError):
        return load_office(_raw_office(office))


def office_named(name: str, known: Iterable[str]) -> str:
    """The office of a name: one of those known, or the one whose folder in ``data/raw`` is so named.

    Raises
    ------
    ChoiceError
        There is none; the message names those there are.

    Examples
    --------
    >>> office_named("meishan", ["煤山镇", "示例镇"])
    '煤山镇'
    """
    names = list(known)
    if name in names:
        return name
    try:
        folders = {office.folder.name: office.name for office in find_offices(raw_folder())}
    except FolderError:
        folders = {}
    if folders.get(name) in names:
        return folders[name]
    raise _no_office(name, names)


def latest_year(tables: Tables) -> int | None:
    """The year that a report is about: that of the last report, else the last that a table names.

    >>> latest_year(office_tables("煤山镇"))
    2011
    """
    projects, funding = tables.projects, tables.funding
    dates = pd.concat([projects["signed_on"], projects["first_reported_on"], funding["period"]])
    years = pd.concat([dates.dt.year, tables.targets["year"].astype("float64")])
    last = tables.offices["as_of"].dt.year.max()
    found = last if pd.notna(last) else years.max()
    return int(found) if pd.notna(found) else None


def _built_tables(office: str, folder: Path) -> Tables:
    frames = {name: _read(name, folder) for name in TABLES}
    name = office_named(office, frames["offices"]["office"])
    return Tables(**{key: _of_office(frame, name) for key, frame in frames.items()})


def _raw_office(name: str) -> Office:
    offices = find_offices(raw_folder())
    for office in offices:
        if name in (office.name, office.folder.name):
            return office
    raise _no_office(name, [office.name for office in offices])


def _no_office(name: str, known: list[str]) -> ChoiceError:
    return ChoiceError(
        f"没有单位“{name}”；有：{'、'.join(known) or '—'}（新放入的文件夹要先运行 python -m meishan_stats.build）",
        f"no office {name!r}; there are: {', '.join(known) or '-'} (a new folder: run build first)",
    )


def _read(name: str, folder: Path) -> pd.DataFrame:
    try:
        return read_table(name, folder)
    except KeyError as error:
        raise FolderError(
            f"{folder / name}.parquet 是旧版本写的：再运行一次 python -m meishan_stats.build",
            f"{folder / name}.parquet is of another version: run python -m meishan_stats.build again",
        ) from error


def _of_office(frame: pd.DataFrame, office: str) -> pd.DataFrame:
    return frame[frame["office"] == office].reset_index(drop=True)
