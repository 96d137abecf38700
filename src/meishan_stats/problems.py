"""Doubts as rows: what is wrong, in which cell, and what to do, in Chinese and English."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from meishan_stats.codelists import read_codelist

Problem = dict[str, Any]
COLUMNS = (
    "office",
    "source_file",
    "source_sheet",
    "source_row",
    "severity",
    "code",
    "cell",
    "value",
    "message_zh",
    "message_en",
    "hint",
)
SEVERITIES = ("error", "warning", "info")


@cache
def _texts() -> dict[str, dict[str, str]]:
    return read_codelist("problems").set_index("code").to_dict("index")


class _Blanks(dict[str, Any]):
    """A message whose detail is not known still reads; it must never stop a build."""

    def __missing__(self, key: str) -> str:
        return "?"


def column_letter(column: int) -> str:
    """Letter of a column counted from 0, as a spreadsheet shows it.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """A1 name of the cell in the row counted from 1 and the column counted from 0.

    >>> cell_name(5, 2)
    'C5'
    """
    return f"{column_letter(column)}{row}"


def problem(
    code: str,
    *,
    office: str | None = None,
    source_file: str | None = None,
    source_sheet: str | None = None,
    source_row: int | None = None,
    column: int | None = None,
    value: object = None,
    **details: object,
) -> Problem:
    """One doubt as a row of the table ``problems``.

    Parameters
    ----------
    code : str
        A code of ``definitions/codelists/problems.csv``; its texts are filled with `details`.
    source_row : int, optional
        Row of the sheet, counted from 1.
    column : int, optional
        Column of the sheet, counted from 0; with `source_row` it gives the A1 cell.
    value : object, optional
        What the cell holds, as typed.

    Examples
    --------
    >>> row = problem("unknown_unit", source_row=5, column=2, value="3600", field="总投资")
    >>> row["cell"], row["severity"], row["message_zh"]
    ('C5', 'error', '“总投资”没有写明单位，万元值按缺失处理')
    """
    texts = _texts()[code]
    filled = _Blanks({key: item for key, item in details.items() if item is not None})
    if value is not None:
        filled.setdefault("value", value)
    return {
        "office": office,
        "source_file": source_file,
        "source_sheet": source_sheet,
        "source_row": source_row,
        "severity": texts["severity"],
        "code": code,
        "cell": None if source_row is None or column is None else cell_name(source_row, column),
        "value": None if value is None else str(value),
        "message_zh": texts["message_zh"].format_map(filled),
        "message_en": texts["message_en"].format_map(filled),
        "hint": f"{texts['hint_zh']} / {texts['hint_en']}".format_map(filled),
    }


def problems_frame(problems: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Table ``problems`` of the rows given, errors first, then in the order of file, sheet and row.

    >>> problems_frame([]).columns[:6].tolist()
    ['office', 'source_file', 'source_sheet', 'source_row', 'severity', 'code']
    """
    frame = pd.DataFrame(list(problems), columns=list(COLUMNS))
    rank = frame["severity"].map({severity: i for i, severity in enumerate(SEVERITIES)})
    order = frame.assign(_rank=rank).sort_values(
        ["office", "_rank", "source_file", "source_sheet", "source_row", "cell", "code"], kind="stable"
    )
    return frame.loc[order.index].reset_index(drop=True)
