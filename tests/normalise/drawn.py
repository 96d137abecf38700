"""Sheets typed as in ``workbooks.case`` → sources of their tables, and milestones as tuples."""

from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.utils import range_boundaries

from meishan_stats.extract.recognise import recognise
from meishan_stats.extract.steps import claim_steps
from meishan_stats.extract.workbook import Sheet
from meishan_stats.normalise.source import Source
from meishan_stats.offices import Office
from workbooks.case import parse_rows


def sources(
    text: str, merged: str = "", sheet: str = "Sheet1", file: str = "表.xlsx", **office: Any
) -> list[Source]:
    """Sources of the tables of one sheet."""
    rows = [["" if cell is None else cell for cell in row] for row in parse_rows(text)]
    width = max(map(len, rows))
    grid: list[list[object]] = [row + [""] * (width - len(row)) for row in rows]
    corners = [range_boundaries(one) for one in merged.split()]
    ranges = [(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in corners]
    found = recognise(Sheet(sheet, grid, merged=ranges), Path(file).stem)
    own = Office(Path(), "示例镇", **office)
    return [Source(own, file, claim_steps(table, ranges)) for table in found.tables]


def month(on: Any, precision: Any) -> str:
    """A date as precisely as it is stated: 2011-03-15, 2011-03, 2011Q2, 2011; empty where it is missing."""
    if pd.isna(on):
        return ""
    forms = {"day": f"{on:%Y-%m-%d}", "month": f"{on:%Y-%m}", "year": f"{on:%Y}"}
    return forms.get(precision, f"{on:%Y}Q{on.quarter}")


def told(frame: pd.DataFrame, *more: str) -> list[tuple[Any, ...]]:
    """Milestone, planned and actual date of every row in the order of the frame, and more columns before."""
    return [
        (
            *(None if pd.isna(row[name]) else row[name] for name in more),
            None if pd.isna(row["milestone"]) else row["milestone"],
            month(row["planned_on"], row["planned_precision"]),
            month(row["actual_on"], row["actual_precision"]),
        )
        for row in frame.to_dict("records")
    ]
