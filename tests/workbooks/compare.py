"""Compare what a reader read of a workbook with the truth typed beside it.

Texts are compared without spaces, in simplified characters and without pinyin glosses, so that a reader
may keep or mend the spelling of a name; numbers to a millionth; dates by day.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import opencc
import pandas as pd

from workbooks.case import Case, Formula, Sheet

GLOSS = re.compile(r"(?<=[\u3400-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡɑ]{1,7}\)")
ROLES = ("title", "unit", "header", "section", "data", "total", "remark", "ignored")
ALARMS = ("warning", "error")
Row = Mapping[Any, Any]
OTHER_TABLES = ("milestones", "targets", "visits", "recruiters", "infrastructure")


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def key(text: str) -> str:
    """Text as it is compared.

    >>> key("項(xiàng)目 甲\\n（擴建）")
    '项目甲（扩建）'
    """
    return _simplified().convert(re.sub(r"\s+", "", GLOSS.sub("", text)))


def plain(value: Any) -> Any:
    """Cell of a frame or of a truth as it is compared: None, a rounded number, a day or a text.

    >>> plain(float("nan")), plain(3600), plain(pd.Timestamp(2011, 3, 15)), plain("示例 镇")
    (None, 3600.0, '2011-03-15', '示例镇')
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return None if math.isnan(value) else round(float(value), 6)
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    return key(str(value))


@dataclass
class Comparison:
    """What is right and wrong in one case; the lists are sentences for a person."""

    n_cells: int = 0
    n_cells_right: int = 0
    n_headers: int = 0
    n_headers_right: int = 0
    n_problems: int = 0
    projects: list[str] = field(default_factory=list)
    funding: list[str] = field(default_factory=list)
    other_tables: list[str] = field(default_factory=list)
    missed_problems: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


def compare(case: Case, tables: Any) -> Comparison:
    """All comparisons of one case with the tables a reader made of its file."""
    result = Comparison()
    _compare_projects(case, tables.projects, result)
    for table, frame, wrong in (
        ("funding", tables.funding_reports, result.funding),
        *((name, getattr(tables, name), result.other_tables) for name in OTHER_TABLES),
    ):
        if table == "funding" or case.truth(table):
            _compare_rows(case, table, frame, result, wrong)
    _compare_problems(case, tables.problems, result)
    _compare_headers(case, tables.problems, result)
    result.totals = wrong_totals(case, tables.stated_totals)
    result.roles = wrong_roles(case, tables.sources)
    result.cells = wrong_cell_counts(case, tables.sources)
    return result


def _compare_projects(case: Case, frame: pd.DataFrame, result: Comparison) -> None:
    rows: dict[str, list[Row]] = {}
    for row in frame.to_dict("records"):
        rows.setdefault(key(str(row["name"])), []).append(row)
    truths = case.truth("projects")
    names = {key(truth["name"]) for truth in truths}
    for name in rows.keys() - names:
        result.n_cells += 1
        result.projects.append(f"{case.name}: “{name}” is read as a project and is none")
    for truth in truths:
        result.n_cells += len(truth)
        candidates = rows.get(key(truth["name"]))
        if not candidates:
            read = "、".join(sorted(rows)) or "nothing"
            result.projects.append(f"{case.name}: project {truth['name']} is not read; read were {read}")
            continue
        faults = min((_faults(truth, row) for row in candidates), key=len)
        result.n_cells_right += len(truth) - len(faults)
        result.projects += [f"{case.name}: {truth['name']}: {fault}" for fault in faults]


def _faults(truth: Row, row: Row) -> list[str]:
    return [
        f"{column} should be {expected!r} and is {row.get(column)!r}"
        for column, expected in truth.items()
        if plain(expected) != plain(row.get(column))
    ]


def _tuples(rows: Sequence[Row], columns: list[str]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(plain(row.get(column)) for column in columns) for row in rows)


def _compare_rows(case: Case, table: str, frame: pd.DataFrame, result: Comparison, wrong: list[str]) -> None:
    """A table without names of its own: its rows as a multiset, on the columns the truth states."""
    truths, rows = case.truth(table), frame.to_dict("records")
    columns = list(truths[0]) if truths else ["name", "amount_10k"]
    if table == "funding":
        rows = [row for row in rows if plain(row["amount_10k"]) is not None]
    expected, read = _tuples(truths, columns), _tuples(rows, columns)
    allowed = _tuples(case.truth("funding_allowed") if table == "funding" else [], columns)
    missing, extra = expected - read, read - expected - allowed
    result.n_cells += len(columns) * (expected.total() + extra.total())
    result.n_cells_right += len(columns) * (expected.total() - missing.total())
    head = " | ".join(columns)
    wrong += [f"{case.name}: {table} lacks {head} = {row}" for row in missing.elements()]
    wrong += [f"{case.name}: {table} holds {head} = {row}, which no cell says" for row in extra.elements()]


def _at(row: Row, cell: str | None) -> bool:
    """The row of a table is of this cell: ``D10``, ``1月!D10``, or any for None."""
    if cell is None:
        return True
    sheet, _, address = cell.rpartition("!")
    return row["cell"] == address and (not sheet or row["source_sheet"] == sheet)


def _compare_problems(case: Case, frame: pd.DataFrame, result: Comparison) -> None:
    rows = frame.to_dict("records")
    result.n_problems = len(case.problems)
    for code, cell in case.problems:
        if not any(row["code"] == code and _at(row, cell) for row in rows):
            cells = ", ".join(str(row["cell"]) for row in rows if row["code"] == code) or "nowhere"
            result.missed_problems.append(f"{case.name}: {code} at {cell or 'any cell'}; told of: {cells}")
    for row in rows:
        wanted = any(row["code"] == code and _at(row, cell) for code, cell in case.problems)
        if row["severity"] in ALARMS and not wanted and row["code"] not in case.allowed:
            result.false_alarms.append(
                f"{case.name}: {row['source_sheet']}!{row['cell']} {row['value']!r} {row['message_en']}"
            )


def _compare_headers(case: Case, problems: pd.DataFrame, result: Comparison) -> None:
    """A column is right when it is told to be unmapped exactly if it has no field.

    That a mapped column went to the right field shows in the cells of the truth.
    """
    told = problems.loc[problems["code"].eq("unmapped_column"), "cell"].dropna()
    unmapped = {str(cell).rstrip("0123456789") for cell in told}
    for letter, name in case.fields.items():
        result.n_headers += 1
        if (name is None) == (letter in unmapped):
            result.n_headers_right += 1
        else:
            result.headers.append(f"{case.name}: column {letter} ({name or 'no field'})")


def wrong_totals(case: Case, frame: pd.DataFrame) -> list[str]:
    """Totals that were not compared with their rows, or with another result."""
    rows, wrong = frame.to_dict("records"), []
    for cell, agrees in case.totals:
        read = [row["agrees"] for row in rows if _at(row, cell)]
        if not any(value is not pd.NA and bool(value) == agrees for value in read):
            verdict = "agrees" if agrees else "disagrees"
            wrong.append(f"{case.name}: total {cell} {verdict}; read: {read or 'not at all'}")
    return wrong


def n_typed(sheet: Sheet, *, with_valueless: bool = True) -> int:
    """Number of cells of a sheet that are not empty."""
    return sum(
        value is not None and (with_valueless or not isinstance(value, Formula) or _has_value(value))
        for row in sheet.rows
        for value in row
    )


def _has_value(formula: Formula) -> bool:
    return isinstance(formula.result, float)


def wrong_cell_counts(case: Case, sources: pd.DataFrame) -> list[str]:
    """Sheets whose cells are not all accounted for, and files whose cells are not all counted.

    A formula without a saved result, or with an error, may be counted as a cell or not.
    """
    wrong = []
    read = sources.dropna(subset=["n_cells"])
    counts = [f"n_{role}" for role in ROLES]
    for row in read.to_dict("records"):
        parts = {name: row[name] for name in counts}
        if sum(value for value in parts.values() if value is not pd.NA) != row["n_cells"]:
            wrong.append(f"{case.name}: {row['source_sheet']} has {row['n_cells']} cells, roles {parts}")
    total = int(read["n_cells"].sum())
    least = sum(n_typed(sheet, with_valueless=False) for sheet in case.sheets)
    most = sum(map(n_typed, case.sheets))
    if case.writer not in ("encrypted", "broken") and not least <= total <= most:
        wrong.append(f"{case.name}: {most} cells are typed, {total} counted")
    return wrong


def wrong_roles(case: Case, sources: pd.DataFrame) -> list[str]:
    """Roles whose number of cells on the first sheet is not the one typed."""
    if not case.roles:
        return []
    sheet = case.sheets[0]
    expected: Counter[str] = Counter()
    for r, row in enumerate(sheet.rows, 1):
        for c, value in enumerate(row):
            if value is not None:
                expected[case.roles.get(f"{chr(65 + c)}{r}") or case.roles[r]] += 1
    rows = sources[sources["source_sheet"].eq(sheet.name)].to_dict("records")
    if not rows:
        return [f"{case.name}: sources has no sheet {sheet.name}"]
    read = {role: int(rows[0][f"n_{role}"]) for role in ROLES}
    return [
        f"{case.name}: {role} should be {expected[role]} cells and is {read[role]}"
        for role in ROLES
        if read[role] != expected[role]
    ]
