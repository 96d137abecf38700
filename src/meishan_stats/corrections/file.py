"""``corrections.csv``: what an analyst corrects by hand, beside the workbooks and never in them.

One line corrects one column of one record: ``table, project, column, value, reason, by, on``; ``period``
(2011-03, or 2011) and ``file`` may narrow it. The column ``same_as`` says of which project a name is one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from meishan_stats.codelists import alias_to_code
from meishan_stats.errors import OfficeFileError, cannot_read
from meishan_stats.extract import text_files
from meishan_stats.extract.limits import UnreadableWorkbook
from meishan_stats.offices import CORRECTIONS_FILE, Office
from meishan_stats.schemas import TABLES, columns, title
from meishan_stats.values.amounts import parse_amounts
from meishan_stats.values.dates import parse_dates
from meishan_stats.values.text import is_blank, match_key

SAME_AS = "same_as"
_NEEDED = ("table", "project", "column", "value", "reason")
_HEADINGS = {
    "table": "表", "project": "项目", "column": "列", "value": "值", "reason": "原因", "by": "更正人", "on": "日期",
    "period": "月份", "file": "文件",
}  # fmt: skip
_YES = frozenset({"是", "有", "true", "yes", "y", "1"})
_NO = frozenset({"否", "无", "false", "no", "n", "0"})


@dataclass(frozen=True)
class Correction:
    """One line of the file."""

    line: int
    table: str
    project: str
    column: str
    value: str
    reason: str
    by: str = ""
    on: str = ""
    period: str = ""
    file: str = ""


def read_corrections(office: Office) -> list[Correction]:
    """Corrections of an office; none where it has no ``corrections.csv``.

    Headings, tables and columns may be given in English or by their Chinese labels; the file may be in
    UTF-8 or, as Excel saves it in China, GB18030.

    Raises
    ------
    OfficeFileError
        The file is no table, lacks a column, or names a table or column that there is not; the line is named.
    """
    path = office.folder / CORRECTIONS_FILE
    with cannot_read(path):
        if not path.is_file():
            return []
        text = text_files.decode(path.read_bytes())
    try:
        rows = text_files.rows(text) if text else []
    except UnreadableWorkbook as error:
        raise OfficeFileError(f"{path}：{error.reason}", f"{path}: {error.reason}") from None
    if not rows:
        raise OfficeFileError(f"{path} 不是文本表格", f"{path} is no table of text")
    headings = {match_key(str(cell)): i for i, cell in enumerate(rows[0])}
    places = {
        name: next((headings[key] for key in (name, match_key(zh)) if key in headings), None)
        for name, zh in _HEADINGS.items()
    }
    absent = [name for name in _NEEDED if places[name] is None]
    if absent:
        zh = "、".join(f"{name}（{_HEADINGS[name]}）" for name in absent)
        raise OfficeFileError(f"{path} 缺少列：{zh}", f"{path} lacks the columns {', '.join(absent)}")
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        if all(is_blank(cell) for cell in row):
            continue
        said = {name: str(row[i]).strip() if i is not None else "" for name, i in places.items()}
        lines.append(_line(path, number, said))
    return lines


def _line(path: Path, number: int, said: Mapping[str, str]) -> Correction:
    tables = {
        match_key(spelling): name for name, model in TABLES.items() for spelling in (name, title(model))
    }
    table = tables.get(match_key(said["table"]))
    if table is None:
        raise OfficeFileError(
            f"{path} 第 {number} 行：没有表“{said['table']}”；可用的有 {', '.join(TABLES)}",
            f"{path} line {number}: no table {said['table']!r}; known: {', '.join(TABLES)}",
        )
    declared = columns(TABLES[table])
    known = {match_key(spelling): name for name, c in declared.items() for spelling in (name, c.title)}
    column = (
        SAME_AS
        if said["column"] == SAME_AS or said["column"] == "同"
        else known.get(match_key(said["column"]))
    )
    if column is None:
        raise OfficeFileError(
            f"{path} 第 {number} 行：表 {table} 没有列“{said['column']}”",
            f"{path} line {number}: table {table} has no column {said['column']!r}",
        )
    period = "-".join(part.zfill(2) for part in re.findall(r"\d+", said["period"])[:2])
    return Correction(number, **{**said, "table": table, "column": column, "period": period})


def correct_value(text: str, table: str, column: str) -> object:
    """Value of the column's type; a blank is missing.

    Raises
    ------
    ValueError
        The text is no value of the column.
    """
    declared = columns(TABLES[table])[column]
    if is_blank(text):
        return None
    kind = str(declared.dtype)
    if kind.startswith("datetime"):
        read = parse_dates(pd.Series([text]))["on"].iloc[0]
        if pd.isna(read):
            raise ValueError
        return read
    if kind.startswith(("float", "Int")):
        number = parse_amounts(pd.Series([text]), None)["number"].iloc[0]
        if pd.isna(number):
            raise ValueError
        return float(number) if kind.startswith("float") else int(number)
    if kind == "boolean":
        key = match_key(text)
        if key not in _YES | _NO:
            raise ValueError
        return key in _YES
    codelist = declared.codelist
    if not codelist:
        return text
    known = {match_key(spelling): code for spelling, code in alias_to_code(codelist).items()}
    if match_key(text) not in known:
        raise ValueError
    return known[match_key(text)]
