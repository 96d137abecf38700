"""What went in against what came out: every row and every amount of a sheet is in a table, or told of.

The counts are made apart from the code that normalises: of the cells that were recognised, and of the
records that resulted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from meishan_stats.extract.cells import EMPTY, NUMBER
from meishan_stats.extract.raw_table import RawTable
from meishan_stats.extracting import KNOWN_TABLES, ExtractedFile, ExtractedSheet
from meishan_stats.problems import Problem, problem
from meishan_stats.reading import Reports

RECORDS = (
    "project_reports", "funding_reports", "milestones", "targets", "visits", "recruiters", "infrastructure", "fx_rates",
)  # fmt: skip
_AMOUNT_OF = {
    "total_investment": "total_investment_10k", "signed_amount": "signed_10k", "fixed_asset": "fixed_asset_10k",
    "equipment": "equipment_10k",
}  # fmt: skip
_OVER_TIME = frozenset({"arrived", "completed_investment", "fixed_asset"})
_PLACE = ["source_file", "source_sheet"]
_TOLD_ROWS = 10

Place = tuple[str, str]
Counts = dict[Place, Counter[str]]


def check_conservation(office: str, files: Sequence[ExtractedFile], reports: Reports) -> list[Problem]:
    """Rows that no table holds, and sheets whose rows or amounts do not add up; the counts go to ``sources``.

    A sheet that repeats another is left out: that is told already.

    Returns
    -------
    list of Problem
        ``row_without_record`` (warning) for each table with such rows; ``not_conserved`` (error) for a sheet of
        which an amount is in no table although no row and no cell of it was told of.
    """
    repeated = {
        (p["source_file"], p["source_sheet"]) for p in reports.problems if p["code"] == "repeated_sheet"
    }
    recorded, amounts = _recorded_rows(reports), _recorded_amounts(reports)
    told: list[Problem] = []
    counts: list[dict[str, Any]] = []
    for file in files:
        for sheet in file.sheets:
            place = (file.file, sheet.name)
            if place in repeated or not sheet.tables:
                continue
            mine, lost = _rows_without_record(office, file.file, sheet, recorded.get(place))
            told += mine
            going_in, out = _amount_cells(sheet.tables), amounts.get(place, Counter())
            counts.append(
                {
                    "source_file": file.file, "source_sheet": sheet.name,
                    "n_rows_recorded": sum(len(table.cells) for table in sheet.tables) - lost,
                    "n_amounts": going_in.total(), "n_amounts_recorded": (going_in & out).total(),
                }
            )  # fmt: skip
            if going_in - out and not mine and not _has_errors(reports.problems, sheet.problems, place):
                what = {"n_in": going_in.total(), "n_out": (going_in & out).total()}
                told.append(
                    problem(
                        "not_conserved", office=office, source_file=file.file, source_sheet=sheet.name, **what
                    )
                )
    _add_counts(reports, counts)
    return told


def _rows_without_record(
    office: str, file: str, sheet: ExtractedSheet, recorded: np.ndarray | None
) -> tuple[list[Problem], int]:
    """Doubts about rows of the tables of a sheet that hold something and are in no table, and their number."""
    told = []
    n_lost = 0
    for table in sheet.tables:
        rows = np.array(table.source_rows(), dtype=np.int64)
        is_lost = ~np.isin(rows, recorded if recorded is not None else np.empty(0, dtype=np.int64))
        if not is_lost.any():
            continue
        n_lost += int(is_lost.sum())
        if table.table not in KNOWN_TABLES:
            continue  # no_table says it of the table as a whole
        kinds = np.column_stack([table.kinds(column) for column in table.cells.columns])
        lost = rows[is_lost & (kinds != EMPTY).any(axis=1)]
        if len(lost):
            listed = "、".join(map(str, lost[:_TOLD_ROWS])) + ("…" if len(lost) > _TOLD_ROWS else "")
            first = table.cells.iloc[int(np.flatnonzero(rows == lost[0])[0])]
            text = " | ".join(str(value) for value in first if str(value).strip())[:80]
            told.append(
                problem(
                    "row_without_record", office=office, source_file=file, source_sheet=sheet.name,
                    source_row=int(lost[0]), value=text, rows=listed, n=len(lost),
                )
            )  # fmt: skip
    return told, n_lost


def _recorded_rows(reports: Reports) -> dict[Place, np.ndarray]:
    """Rows of each sheet that are in some table."""
    frames = [
        frame[[*_PLACE, "source_row"]]
        for name in RECORDS
        for frame in reports.frames.get(name, [])
        if len(frame)
    ]
    if not frames:
        return {}
    rows = pd.concat(frames, ignore_index=True).dropna()
    numbers = rows["source_row"].to_numpy(dtype=np.int64)
    return {place: numbers[index] for place, index in rows.groupby(_PLACE).indices.items()}


def _recorded_amounts(reports: Reports) -> Counts:
    """Known amounts of each sheet in the records of projects and capital."""
    counts: Counts = {}
    projects = reports.table("project_reports")
    fields = {field: column for field, column in _AMOUNT_OF.items() if column in projects}
    if len(projects):
        known = projects.groupby(_PLACE, observed=True)[list(fields.values())].count()
        for place, row in zip(known.index, known.to_numpy().tolist(), strict=True):
            counts[place] = Counter(dict(zip(fields, row, strict=True)))
    capital = reports.table("funding_reports")
    if len(capital):
        for place, n in capital.groupby(_PLACE, observed=True)["amount_10k"].count().items():
            counts.setdefault(place, Counter())["over_time"] = int(n)
    return counts


def _amount_cells(tables: Iterable[RawTable]) -> Counter[str]:
    """Cells of project lists that hold an amount of the investment or of capital, by field.

    Only plain numbers are counted: what a text such as 约3000万 holds is for the parser to say.
    """
    counts: Counter[str] = Counter()
    for table in tables:
        if table.table != "projects":
            continue
        for column in table.columns:
            stem, _, modifier = (column.field or "").partition(".")
            field = "over_time" if modifier and stem in _OVER_TIME else stem if not modifier else ""
            if field == "over_time" or field in _AMOUNT_OF:
                counts[field] += int(np.count_nonzero(table.kinds(column.index) == NUMBER))
    return counts


def _has_errors(problems: Sequence[Problem], own: Sequence[Problem], place: Place) -> bool:
    """Whether an error was told of a cell of the sheet: a value is missing because of it."""
    return any(
        p["severity"] == "error" and (p["source_file"], p["source_sheet"]) == place for p in (*problems, *own)
    )


def _add_counts(reports: Reports, counts: Sequence[Mapping[str, Any]]) -> None:
    if counts and "sources" in reports.frames:
        sources = reports.table("sources").merge(pd.DataFrame(counts), on=_PLACE, how="left")
        reports.frames["sources"] = [sources]
