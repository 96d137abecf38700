"""``load``: a folder of offices → tables; extract, normalise and merge, office by office."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from meishan_stats.conservation import check_conservation
from meishan_stats.corrections.apply import Corrections, corrected
from meishan_stats.corrections.file import read_corrections
from meishan_stats.errors import OfficeFileError
from meishan_stats.extract.headers import known_field
from meishan_stats.extracting import ExtractedFile, extract_file, without_repeats
from meishan_stats.history.merge import merge_reports
from meishan_stats.offices import Office, find_offices
from meishan_stats.paths import raw_folder
from meishan_stats.problems import Problem, problems_frame
from meishan_stats.reading import Reports, read_rates, read_reports
from meishan_stats.schemas import TABLES, columns, conform
from meishan_stats.values.text import match_key

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Tables:
    """Every table as a pandas frame, one attribute a table; columns as in ``data_dictionary()``."""

    offices: pd.DataFrame
    project_reports: pd.DataFrame
    funding_reports: pd.DataFrame
    projects: pd.DataFrame
    funding: pd.DataFrame
    milestones: pd.DataFrame
    stage_events: pd.DataFrame
    targets: pd.DataFrame
    visits: pd.DataFrame
    recruiters: pd.DataFrame
    infrastructure: pd.DataFrame
    fx_rates: pd.DataFrame
    stated_totals: pd.DataFrame
    sources: pd.DataFrame
    problems: pd.DataFrame

    def items(self) -> Iterable[tuple[str, pd.DataFrame]]:
        """Names and frames of all tables."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))


def load(raw: str | os.PathLike[str] | None = None, *, progress: Progress | None = None) -> Tables:
    """Tables of a folder of offices, of one office's folder, or of one workbook.

    Parameters
    ----------
    raw : path, optional
        ``data/raw`` of the project by default.
    progress : callable, optional
        Called with the name of every file before it is read.

    Returns
    -------
    Tables
        A workbook that cannot be read is a row of ``problems``, not a stop.

    Raises
    ------
    FolderError
        The path does not exist or holds no file.
    OfficeFileError
        An ``office.toml`` is malformed.

    Examples
    --------
    >>> tables = load("data/raw/meishan")
    >>> sorted(tables.projects["total_investment_10k"])
    [500.0, 3600.0]
    """
    offices = find_offices(Path(raw) if raw is not None else raw_folder())
    return join_tables([load_office(office, progress) for office in offices])


def join_tables(parts: Sequence[Tables]) -> Tables:
    """Tables of several offices one under the other."""
    joined = {}
    for name, model in TABLES.items():
        frames = [frame for part in parts if len(frame := getattr(part, name))]
        joined[name] = conform(pd.concat(frames, ignore_index=True) if frames else _nothing(), model)
    return Tables(**joined)


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"office": []})


def load_office(office: Office, progress: Progress | None = None) -> Tables:
    """Tables of one office; nothing of another office plays a part."""
    own = own_headers(office)
    files = []
    for path in office.files:
        if progress:
            progress(f"{office.name} {path.name}")
        files.append(extract_file(office, path, own))
    return office_tables(office, files)


def office_tables(office: Office, extracted: Iterable[ExtractedFile]) -> Tables:
    """Tables of one office from its workbooks with their sheets recognised, in the order of the files."""
    corrections = Corrections(office.name, read_corrections(office))
    reports = Reports()
    files = without_repeats(office, extracted)
    rates = read_rates(office, files, reports, corrections)
    read_reports(office, files, rates, reports)
    reports.problems.extend(check_conservation(office.name, files, reports))
    frames = {name: reports.table(name) for name in TABLES}
    for name in ("project_reports", "funding_reports"):
        frames[name] = conform(frames[name], TABLES[name])
    history = merge_reports(
        frames["project_reports"],
        frames["funding_reports"],
        frames["milestones"],
        frames["visits"],
        corrections=corrections,
        rates=rates,
        stage_order=office.stage_order,
        is_demo=office.is_demo,
    )
    for name in ("projects", "funding", "stage_events", "milestones", "visits"):
        frames[name] = getattr(history, name)
    for name in ("targets", "recruiters", "infrastructure"):
        frames[name] = corrected(conform(frames[name], TABLES[name]), name, corrections)
    frames["offices"] = _office_row(office, frames)
    frames["problems"] = problems_frame(
        [*_once(reports.problems), *history.problems, *corrections.problems()]
    )
    frames = {
        name: frame.assign(is_demo=office.is_demo) if "is_demo" in columns(TABLES[name]) else frame
        for name, frame in frames.items()
    }
    if office.drop_persons:
        frames = {name: _without_persons(name, frame) for name, frame in frames.items()}
    return Tables(**{name: conform(frame, TABLES[name]) for name, frame in frames.items()})


def _without_persons(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Table without duty-holders: the columns stay, empty."""
    persons = ["responsible", "recruiter", "host", *(["name"] if table == "recruiters" else [])]
    return frame.assign(**dict.fromkeys([name for name in persons if name in frame]))


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Doubts without those that the next month's copy of the same row raises again: the last one stays."""
    last: dict[object, Problem] = {}
    others = []
    cells = set()
    for row in problems:
        cell = (row["code"], row["source_file"], row["source_sheet"], row["cell"])
        if row["cell"] is not None and cell in cells:
            continue
        cells.add(cell)
        if row["severity"] == "error" or "record" not in row:
            others.append(row)
            continue
        key = (row["code"], row["source_sheet"], row["message_zh"], row["value"], row["record"])
        held = last.get(key)
        if held is None or _no_later(held["period"], row["period"]):
            last[key] = row
    return [*others, *last.values()]


def _no_later(one: pd.Timestamp | None, other: pd.Timestamp | None) -> bool:
    return one is None or other is None or one <= other


def own_headers(office: Office) -> dict[str, str]:
    """The office's own header spellings, normalised → field.

    Raises
    ------
    OfficeFileError
        A field is none of ours; all such are named.
    """
    unknown = [field for field in office.headers.values() if not known_field(field)]
    if unknown:
        path = office.folder / "office.toml"
        raise OfficeFileError(
            f"{path} 的 [headers]：没有字段 {', '.join(unknown)}（字段见 definitions/headers.csv 第一列）",
            f"{path} [headers]: no field {', '.join(unknown)} (fields: first column of definitions/headers.csv)",
        )
    return {match_key(header): field for header, field in office.headers.items()}


def _office_row(office: Office, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    periods = pd.to_datetime(tables["sources"].get("period", pd.Series(dtype="datetime64[ns]")))
    return pd.DataFrame(
        {
            "office": [office.name], "name": [office.name], "county": [office.county], "adcode": [office.adcode],
            "is_demo": [office.is_demo], "as_of": [periods.max()], "source": [office.source],
            "fx_basis": [office.fx_basis], "include_foreign": [office.include_foreign],
        }
    )  # fmt: skip
