"""The entry workbook (填报模板): sheets to fill in that ``load`` reads back without a doubt."""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.errors import FolderError
from meishan_stats.outputs import styles
from meishan_stats.outputs.cells import put_text
from meishan_stats.outputs.entry_definitions import (
    EntryColumn,
    EntrySheet,
    Kind,
    entry_sheets,
    guide_lines,
)
from meishan_stats.outputs.xlsx import workbook_bytes

TITLE_ROW, NOTE_ROW, HEADER_ROW = 1, 2, 3
FIRST_ROW = HEADER_ROW + 1
N_ROWS = 200
GUIDE_WIDTH = 110
ROW_HEIGHT = 18
PIXELS_A_CHARACTER = 13
_AUTHOR = "meishan_stats"


def entry_workbook(office: str, year: int, month: int) -> Workbook:
    """Workbook of one month for an office to fill in: a page of instructions and a sheet for every table.

    The month stands in the titles, where the reader looks for it: the figures of another month need
    another workbook. The rows are numbered beforehand, as on printed forms: a row of which only the name
    is known is then still read as a row and not as a heading.

    Parameters
    ----------
    office : str
        Name of the office (填报单位), for the titles.
    year, month : int
        Month that the figures are of.

    Raises
    ------
    DefinitionError
        See ``entry_sheets``.

    Examples
    --------
    >>> book = entry_workbook("示例镇", 2011, 3)
    >>> book["招商项目"]["A1"].value
    '示例镇2011年3月招商项目表'
    >>> [cell.value for cell in book["汇率"][3]][:4]
    ['序号', '币种', '年份', '月份']
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = _AUTHOR
    book.properties.title = f"{office}{year}年{month}月招商数据填报模板"
    sheets = entry_sheets()
    for definition in sheets:
        sheet = book.create_sheet(definition.name)
        heading = definition.title.format(office=office, year=year, month=month)
        if definition.columns:
            _draw_form(sheet, definition, heading)
        else:
            _draw_guide(sheet, heading, sheets)
    return book


def write_entry_workbook(path: Path, office: str, year: int, month: int) -> None:
    """Write the entry workbook of a month; the same arguments give the same bytes.

    Raises
    ------
    FolderError
        The file is there already, or cannot be written.
    DefinitionError
        See ``entry_sheets``.
    """
    content = workbook_bytes(entry_workbook(office, year, month))
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise FolderError(
            f"已经有 {path}，没有改动它：换一个文件名，或先把它移走",
            f"{path} exists and was left as it is: choose another name, or move it away",
        ) from None
    except OSError as error:
        reason = error.strerror or error
        raise FolderError(f"无法写入 {path}：{reason}", f"cannot write {path}: {reason}") from None


def _draw_form(sheet: Worksheet, definition: EntrySheet, heading: str) -> None:
    """Title, note, header and the empty rows with what each cell may hold."""
    columns = definition.columns
    last = get_column_letter(len(columns))
    is_wide = definition.pages_wide > 1
    _banner(sheet, heading, last, "left" if is_wide else "center")
    if definition.note:
        sheet.merge_cells(f"A{NOTE_ROW}:{last}{NOTE_ROW}")
        styles.style_note(sheet.cell(NOTE_ROW, 1, definition.note), "left" if is_wide else "right")
    lines = max(styles.lines_needed(column.heading, column.width) for column in columns)
    sheet.row_dimensions[HEADER_ROW].height = styles.LINE_HEIGHT * lines + 6
    for place, column in enumerate(columns, start=1):
        _draw_column(sheet, place, column)
    sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
    sheet.sheet_format.customHeight = True
    last_row = FIRST_ROW + N_ROWS - 1
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{last_row}"
    sheet.freeze_panes = sheet.cell(FIRST_ROW, _columns_kept(columns) + 1)
    styles.print_on_a4(sheet, pages_wide=definition.pages_wide, header_row=HEADER_ROW)
    if is_wide:
        sheet.print_title_cols = f"A:{get_column_letter(_columns_kept(columns))}"


def _columns_kept(columns: tuple[EntryColumn, ...]) -> int:
    """Columns that stay in sight: up to the name of the project, else the running number alone."""
    fields = [column.field for column in columns[:4]]
    return fields.index("name") + 1 if "name" in fields else 1


def _banner(sheet: Worksheet, heading: str, last: str, align: str) -> None:
    sheet.merge_cells(f"A{TITLE_ROW}:{last}{TITLE_ROW}")
    cell = sheet.cell(TITLE_ROW, 1)
    put_text(cell, heading)  # a name that begins with = is no formula
    styles.style_title(cell, align)
    sheet.row_dimensions[TITLE_ROW].height = 30


def _draw_column(sheet: Worksheet, place: int, column: EntryColumn) -> None:
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = column.width
    header = sheet.cell(HEADER_ROW, place, column.heading)
    styles.style_header(header, is_required=column.is_required)
    header.comment = _comment(column.comment)
    for row in range(FIRST_ROW, FIRST_ROW + N_ROWS):
        cell = sheet.cell(row, place, row - HEADER_ROW if column.is_serial else None)
        styles.style_value(cell, column.kind.number_format, column.kind.align)
    rule = _validation(column)
    if rule is not None:
        rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + N_ROWS - 1}")
        sheet.add_data_validation(rule)


def _comment(text: str) -> Comment:
    """Comment large enough to be read without being pulled open."""
    width = 22
    lines = styles.lines_needed(text, 2 * width)
    return Comment(text, _AUTHOR, height=18 * lines + 12, width=PIXELS_A_CHARACTER * width)


def _validation(column: EntryColumn) -> DataValidation | None:
    kind = column.kind
    if not kind.check:
        return None
    rule = DataValidation(
        type=kind.check, allow_blank=True, showErrorMessage=True, errorStyle="stop", errorTitle=kind.title,
        error=kind.message,
    )  # fmt: skip
    if kind.check == "list":
        rule.formula1 = f'"{",".join(column.choices)}"'
    else:
        rule.operator = "between"
        rule.formula1, rule.formula2 = _bound(kind, kind.low), _bound(kind, kind.high)
    return rule


def _bound(kind: Kind, text: str) -> str:
    """A bound as Excel writes it: a date is the number of its day."""
    return str(int(to_excel(dt.date.fromisoformat(text)))) if kind.check == "date" else text


def _draw_guide(sheet: Worksheet, heading: str, sheets: tuple[EntrySheet, ...]) -> None:
    """The page of instructions: prose, a paragraph a row."""
    _banner(sheet, heading, "A", "center")
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    lines = [*guide_lines(), *(f"{one.name}：{one.purpose}" for one in sheets if one.columns)]
    for row, text in enumerate(lines, start=TITLE_ROW + 1):
        cell = sheet.cell(row, 1, text)
        styles.style_text(cell, is_heading=len(text) < 12 and "、" in text[:3])
        sheet.row_dimensions[row].height = ROW_HEIGHT * styles.lines_needed(text, GUIDE_WIDTH) + 4
    styles.print_on_a4(sheet)
