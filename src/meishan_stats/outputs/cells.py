"""Values into cells of a workbook: text that can run nothing, numbers, dates as precise as they are known."""

import re
from typing import Any

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LONGEST_TEXT = 32_767
"""Characters that Excel keeps of one cell."""
STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
DATE_FORMATS = {"day": "yyyy-mm-dd", "month": 'yyyy"年"m"月"', "year": 'yyyy"年"'}


def put_text(cell: Cell, value: str) -> None:
    """Write text as text: it is never a formula, an error or a link, and reads as it did in its sheet.

    Text that begins as a formula does is marked as quoted besides, so that it stays text after it is
    edited or saved as CSV by way of Excel. Characters that XML does not allow become spaces.

    Examples
    --------
    >>> from openpyxl import Workbook
    >>> cell = Workbook().active["A1"]
    >>> put_text(cell, '=HYPERLINK("http://x","y")')
    >>> cell.data_type, cell.quotePrefix, cell.value
    ('s', True, '=HYPERLINK("http://x","y")')
    """
    clean = plain(value)
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", clean)
    cell.data_type = "s"
    if clean.lstrip(" \"'").startswith(STARTS_FORMULA):
        cell.quotePrefix = True


def plain(value: str) -> str:
    """Text without the characters that XML does not allow, no longer than Excel keeps.

    >>> plain("甲\\x00乙")
    '甲 乙'
    """
    return ILLEGAL_CHARACTERS_RE.sub(" ", value)[:LONGEST_TEXT]


def put_value(cell: Cell, value: Any) -> None:
    """Write a number, a date, a flag or text; what is missing leaves the cell blank.

    >>> from openpyxl import Workbook
    >>> sheet = Workbook().active
    >>> put_value(sheet["A1"], float("nan")); put_value(sheet["A2"], pd.Timestamp("2011-03-01"))
    >>> sheet["A1"].value, sheet["A2"].value
    (None, datetime.datetime(2011, 3, 1, 0, 0))
    """
    if value is None or pd.isna(value):
        return
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, pd.Timestamp):
        cell.value = value.to_pydatetime()
    else:
        # numpy's numbers are none of openpyxl's; whole numbers are written without a point
        number = float(value)
        cell.value = int(number) if number.is_integer() and abs(number) < 2**53 else number
