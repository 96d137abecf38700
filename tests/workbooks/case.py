"""What a case is: a workbook typed out as text, and beside it what a careful analyst reads in it.

A sheet is typed as lines of cells between ``|``, as one would type them into a spreadsheet:

* ``3600`` and ``0.36`` are numbers, ``'3600`` (with an apostrophe, as in Excel) is text;
* ``2011-03-15`` is text, ``d:2011-03-15`` is a real date cell;
* ``=SUM(D4:D6) -> 4200`` is a formula with its saved result, ``=SUM(D4:D6)`` one without;
* ``⏎`` is a line break inside a cell, ``␣`` a space that is not trimmed;
* an empty line is an empty row.

A truth is typed the same way under a line of column names. An empty cell says nothing, ``None`` says
that the value must be missing. Every truth was typed by hand from the sheet, none from a program.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILES = Path(__file__).parent / "files"
NUMBER = re.compile(r"-?\d+(\.\d+)?")
NUMERIC_COLUMN = re.compile(r"(_10k|_mu|_m2|^n|^n_.*|^year|_sheet_row)$")


@dataclass(frozen=True)
class Formula:
    """A formula cell: its text and, where the file holds one, its saved result."""

    text: str
    result: float | str | None


Cell = str | int | float | dt.date | Formula | None


def parse_cell(text: str) -> Cell:
    """Cell of a sheet from how it is typed.

    >>> parse_cell("3600"), parse_cell("'3600"), parse_cell("3,600"), parse_cell("")
    (3600, '3600', '3,600', None)
    """
    text = text.strip()
    if not text:
        return None
    if text.startswith("'"):
        return text[1:]
    if text.startswith("d:"):
        return dt.date.fromisoformat(text[2:])
    if text.startswith("="):
        formula, _, result = (part.strip() for part in text.partition("->"))
        return Formula(formula, float(result) if NUMBER.fullmatch(result) else result or None)
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text.replace("⏎", "\n").replace("␣", " ")


def parse_rows(text: str) -> list[list[Cell]]:
    """Rows of a sheet from its lines.

    >>> parse_rows("a | 1")
    [['a', 1]]
    """
    lines = text.removeprefix("\n").removesuffix("\n").split("\n")
    return [[parse_cell(part) for part in line.split("|")] for line in lines]


def parse_truth(text: str) -> list[dict[str, Any]]:
    """Truths from their lines: one dictionary a line, of the stated cells only.

    >>> parse_truth("name | land_mu | stage\\n甲 | 20 | None\\n乙 | | signed")
    [{'name': '甲', 'land_mu': 20.0, 'stage': None}, {'name': '乙', 'stage': 'signed'}]
    """
    if not text.strip():
        return []
    head, *lines = [line for line in text.strip().split("\n") if line.strip()]
    names = [name.strip() for name in head.split("|")]
    truths = []
    for line in lines:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != len(names):
            raise ValueError(f"{len(parts)} cells under {len(names)} columns: {line}")
        truths.append(
            {name: _truth(name, part) for name, part in zip(names, parts, strict=True) if part != ""}
        )
    return truths


def _truth(name: str, text: str) -> Any:
    if text == "None":
        return None
    return float(text) if NUMERIC_COLUMN.search(name) else text


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its cells as text, its merged ranges (``"A1:F1 A3:A4"``)."""

    name: str
    text: str
    merged: str = ""
    hidden: bool = False

    @property
    def rows(self) -> list[list[Cell]]:
        return parse_rows(self.text) if self.text.strip() else []


@dataclass(frozen=True)
class Case:
    """One workbook and its truth.

    Attributes
    ----------
    name, about : what is tested, as an identifier and in words.
    file : name of the file below ``files/``; its extension is the one the user sees.
    made_as : how it is really written, where the extension lies or a text has an encoding:
        ``xlsx``, ``xlsm``, ``strict``, ``prefixed``, ``xlsxwriter``, ``xls``, ``xlsb``, ``ods``, ``html``, ``csv:utf-8:,``,
        ``encrypted``, ``broken``. Default: by the extension.
    projects, funding, milestones, targets, visits, recruiters, infrastructure : truth of a table, as text.
        ``projects`` and ``funding`` (the table ``funding_reports``) are complete: nothing else may be read.
        Another table is only compared where a truth is given.
    funding_allowed : rows of ``funding_reports`` over which careful analysts differ.
    problems : (code, cell) that the analyst must be told; the cell is ``"D10"``, ``"1月!D10"`` or None
        for anywhere. Any other warning or error is a false alarm.
    allowed : codes over which careful analysts differ; neither asked for nor a false alarm.
    totals : (cell, agrees) of totals that must have been compared with their rows.
    roles : role of a row (``3``) or a cell (``"F2"``) of the first sheet: title, unit, header,
        section, data, total, remark, ignored. Complete where given.
    fields : field of a column of the first sheet, by its letter; None where the column has none.
    """

    name: str
    about: str
    sheets: list[Sheet]
    file: str = ""
    made_as: str = ""
    projects: str = ""
    funding: str = ""
    funding_allowed: str = ""
    milestones: str = ""
    targets: str = ""
    visits: str = ""
    recruiters: str = ""
    infrastructure: str = ""
    problems: list[tuple[str, str | None]] = field(default_factory=list)
    allowed: tuple[str, ...] = ()
    totals: list[tuple[str, bool]] = field(default_factory=list)
    roles: dict[int | str, str] = field(default_factory=dict)
    fields: dict[str, str | None] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return FILES / (self.file or f"{self.name}.xlsx")

    @property
    def writer(self) -> str:
        return self.made_as or {".et": "xls"}.get(self.path.suffix, self.path.suffix[1:])

    def truth(self, table: str) -> list[dict[str, Any]]:
        """Truth of one table: ``projects``, ``funding``, ``targets`` …"""
        return parse_truth(getattr(self, table))
