"""Workbooks in the XML format of Excel 2003, which offices save under the name of an xls."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from meishan_stats.extract import limits
from meishan_stats.extract.flaws import FORMULA, Flaws
from meishan_stats.extract.limits import broken, check_positions, check_text, refuse
from meishan_stats.extract.xml_parts import parse_xml

SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_NAME = f"{{{SPREADSHEET}}}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
Range = tuple[int, int, int, int]


@dataclass
class XmlSheet:
    """One sheet as a grid of texts; places from 0."""

    name: str
    rows: list[list[object]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    is_hidden: bool = False
    flaws: Flaws = field(default_factory=dict)


def is_xml_spreadsheet(text: str) -> bool:
    """True if the text is a workbook in the XML format of Excel 2003."""
    return SPREADSHEET in text[:4000] and "<Workbook" in text[:4000]


def xml_sheets(text: str) -> Iterator[XmlSheet]:
    """Every sheet of an Excel 2003 XML workbook.

    Raises
    ------
    UnreadableWorkbook
        The XML is damaged, declares entities, places a cell where no sheet has one, or a sheet is larger
        than may be read.
    """
    n_positions = 0
    for node in parse_xml(text).iter(f"{_NAME}Worksheet"):
        shown = node.findtext(f".//{_VISIBLE}", "")
        sheet = XmlSheet(node.get(f"{_NAME}Name", "Sheet"), is_hidden=shown.strip().startswith("SheetHidden"))
        cells: dict[tuple[int, int], str] = {}
        n_rows = n_columns = 0
        for row, line in _rows(node):
            n_rows = max(n_rows, row + 1)
            for column, down, across, cell in _cells(line):
                value, flaw = _value(cell)
                cells[row, column] = value
                if flaw:
                    sheet.flaws[row, column] = flaw
                if down or across:
                    sheet.merged.append((row, column, row + down, column + across))
                n_columns = max(n_columns, column + across + 1)
        n_positions += n_rows * n_columns
        check_positions(n_positions, sheet.name)
        sheet.rows = [[""] * n_columns for _ in range(n_rows)]
        for (row, column), value in cells.items():
            sheet.rows[row][column] = value
        yield sheet


def _rows(sheet: Element) -> Iterator[tuple[int, Element]]:
    """Every row with its number. An index names it where rows were left out; a span repeats an empty one."""
    following = 1
    for row in sheet.iter(f"{_NAME}Row"):
        index = _whole(row, "Index", following, limits.MAX_ROWS)
        following = index + 1 + _whole(row, "Span", 0, limits.MAX_ROWS)
        yield index - 1, row


def _cells(row: Element) -> Iterator[tuple[int, int, int, Element]]:
    """Every cell with its column, and the rows and columns below and beside it that are merged with it.

    Without an index it follows the last one and what is merged with that; where a cell above reaches down
    into the row, there is an index.
    """
    following = 1
    for cell in row.iter(f"{_NAME}Cell"):
        index = _whole(cell, "Index", following, limits.MAX_COLUMNS)
        across = _whole(cell, "MergeAcross", 0, limits.MAX_COLUMNS)
        following = index + across + 1
        if following > limits.MAX_COLUMNS + 1:
            refuse("有单元格在表格之外", "a cell outside the sheet")
        yield index - 1, _whole(cell, "MergeDown", 0, limits.MAX_ROWS), across, cell


def _value(cell: Element) -> tuple[str, str | None]:
    """Text of a cell, and what is wrong with it."""
    data = cell.find(f"{_NAME}Data")
    if data is None:
        return "", FORMULA if cell.get(f"{_NAME}Formula") else None
    value = "".join(data.itertext())
    check_text(len(value))
    return value, (value.strip() or "#ERROR") if data.get(f"{_NAME}Type") == "Error" else None


def _whole(node: Element, name: str, default: int, most: int) -> int:
    """A whole number of an attribute, no larger than a sheet."""
    text = node.get(f"{_NAME}{name}")
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()):
        broken("行列号不是数字", f"a row or column number is {text[:40]!r}")
    if len(text) > 8 or int(text) > most:
        refuse("有单元格在表格之外", "a cell outside the sheet")
    return int(text)
