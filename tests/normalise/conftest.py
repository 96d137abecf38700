"""Sheets typed as offices draw them → the records of one table, without a file between."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl.utils import range_boundaries

from meishan_stats.extract.recognise import recognise
from meishan_stats.extract.settled import settle
from meishan_stats.extract.steps import claim_steps
from meishan_stats.extract.workbook import Sheet
from meishan_stats.normalise.exchange import Rates
from meishan_stats.normalise.others import NORMALISERS
from meishan_stats.normalise.source import Source
from meishan_stats.offices import Office
from meishan_stats.schemas import FxRates, conform

sys.path.insert(0, str(Path(__file__).parent.parent))

from workbooks.case import parse_rows

RATE = 6.5
"""Yuan for a dollar in every sheet of these tests, so that amounts can be checked in the head."""
Records = list[tuple[Any, ...]]


def _source(table: Any) -> Source:
    own = pd.DataFrame({"office": ["甲镇"], "currency": ["USD"], "rate": [RATE], "basis": ["fixed"]})
    return Source(Office(Path(), "甲镇"), "表.xlsx", table, Rates("fixed", conform(own, FxRates)))


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return round(float(value), 6) if isinstance(value, float) else value


class Read:
    """What the tables of a sheet say: frames one under the other, and the codes of the doubts."""

    def __init__(self, kind: str, text: str, merged: str = "", sheet: str = "Sheet1") -> None:
        rows = [["" if cell is None else cell for cell in row] for row in parse_rows(text)]
        width = max(map(len, rows))
        grid = [row + [""] * (width - len(row)) for row in rows]
        corners = [range_boundaries(one) for one in merged.split()]
        ranges = [(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in corners]
        found = recognise(Sheet(sheet, grid, merged=ranges), "表").tables
        tables = [settle(claim_steps(table, ranges)) for table in found]
        assert {table.table for table in tables} == {kind}
        sources = [_source(table) for table in tables]
        self.frame = pd.concat([NORMALISERS[kind](source) for source in sources], ignore_index=True)
        self.doubts = sorted(row["code"] for source in sources for row in source.problems)

    def __call__(self, *columns: str) -> Records:
        """Records as tuples of some columns; missing is None, a date its text."""
        return [tuple(map(_plain, row)) for row in self.frame[list(columns)].itertuples(index=False)]


@pytest.fixture
def read() -> Callable[..., Read]:
    """``read(kind, text, merged, sheet)`` of a sheet typed as in ``workbooks.case``."""
    return Read
