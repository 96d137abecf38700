"""What ``definitions/entry_*.csv`` say of the entry workbook: its sheets, columns, kinds of cells and guide.

Whoever may edit these files may err: every slip stops with the file and the line to mend.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from meishan_stats.codelists import codes, labels, read_definition
from meishan_stats.errors import DefinitionError
from meishan_stats.extract.headers import match_path
from meishan_stats.schemas import TABLES, columns, label, title

COLUMNS_FILE = "entry_columns.csv"
SHEETS_FILE = "entry_sheets.csv"
KINDS_FILE = "entry_kinds.csv"
GUIDE_FILE = "entry_guide.csv"
LONGEST_LIST = 255
"""Characters that Excel allows in a drop-down list that stands in the cell's rule itself."""
CHOICE_SEPARATOR = "|"
LEFT_OUT = "-"


@dataclass(frozen=True)
class Kind:
    """What a cell of one kind may hold, how it looks, and what is said of a wrong one."""

    name: str
    check: str
    low: str
    high: str
    number_format: str
    align: str
    title: str
    message: str


@dataclass(frozen=True)
class EntryColumn:
    """One column of a sheet to fill in."""

    heading: str
    field: str
    kind: Kind
    choices: tuple[str, ...]
    width: float
    is_required: bool
    comment: str

    @property
    def is_serial(self) -> bool:
        """True for the running number, which the template itself fills in."""
        return self.kind.name == "serial"


@dataclass(frozen=True)
class EntrySheet:
    """One sheet of the entry workbook; a sheet without columns is the page of instructions."""

    name: str
    title: str
    note: str
    pages_wide: int
    purpose: str
    columns: tuple[EntryColumn, ...]


@cache
def entry_sheets() -> tuple[EntrySheet, ...]:
    """Sheets of the entry workbook in their order.

    Raises
    ------
    DefinitionError
        A sheet, kind, codelist, field or column of a table is unknown, a heading names another field
        than the one beside it, or a list is too long for a drop-down.

    Examples
    --------
    >>> [sheet.name for sheet in entry_sheets()][:3]
    ['填写说明', '招商项目', '资金进度']
    """
    by_sheet: dict[str, list[EntryColumn]] = {row["sheet"]: [] for row in _rows(SHEETS_FILE)}
    for line, row in enumerate(_rows(COLUMNS_FILE), start=2):
        if row["sheet"] not in by_sheet:
            _stop(
                line,
                f"{SHEETS_FILE} 里没有工作表“{row['sheet']}”",
                f"no sheet {row['sheet']!r} in {SHEETS_FILE}",
            )
        by_sheet[row["sheet"]].append(entry_column(row, line))
    return tuple(
        EntrySheet(
            row["sheet"], row["title"], row["note"], int(row["pages_wide"]), row["purpose"],
            tuple(by_sheet[row["sheet"]]),
        )
        for row in _rows(SHEETS_FILE)
    )  # fmt: skip


def guide_lines() -> list[str]:
    """Lines of the page of instructions, before the list of sheets.

    >>> guide_lines()[0]
    '一、怎么填'
    """
    return [row["text"] for row in _rows(GUIDE_FILE)]


def _rows(file: str) -> list[dict[str, str]]:
    return read_definition(file).to_dict("records")


@cache
def _kinds() -> dict[str, Kind]:
    return {
        row["kind"]: Kind(
            row["kind"], row["check"], row["low"], row["high"], row["number_format"], row["align"],
            row["title_zh"], row["message_zh"],
        )
        for row in _rows(KINDS_FILE)
    }  # fmt: skip


def entry_column(row: Mapping[str, str], line: int) -> EntryColumn:
    """One column of a sheet from its row of ``entry_columns.csv``.

    The heading must be one that the reader knows for the field beside it: an office that renames a column
    learns of it here and not from a row of ``problems``.

    Parameters
    ----------
    row : mapping
        The columns of ``entry_columns.csv``.
    line : int
        Line of the file, for the message.

    Raises
    ------
    DefinitionError
        See ``entry_sheets``.

    Examples
    --------
    >>> row = dict.fromkeys(("unit", "codelist", "required", "column", "example"), "")
    >>> row |= {"heading": "是否重点项目", "field": "is_key", "kind": "list", "codelist": "是|否", "width": "8"}
    >>> entry_column(row | {"comment_zh": "选“是”或“否”。"}, 2).choices
    ('是', '否')
    """
    kinds = _kinds()
    if row["kind"] not in kinds:
        _stop(line, f"{KINDS_FILE} 里没有种类“{row['kind']}”", f"no kind {row['kind']!r} in {KINDS_FILE}")
    heading = f"{row['heading']}\n（{row['unit']}）" if row["unit"] else row["heading"]
    found = next(iter(match_path([heading])), None)
    if found is None or found.field != row["field"] or found.step == "near":
        said = found.field if found else "—"
        _stop(line, f"表头“{heading}”读作 {said}，不是 {row['field']}：改用 headers.csv 里的表头",
              f"the heading {heading!r} is read as {said}, not {row['field']}")  # fmt: skip
    choices = _choices(row["codelist"], line)
    return EntryColumn(
        heading, row["field"], kinds[row["kind"]], choices, float(row["width"]), row["required"] == "yes",
        _comment(row, heading, choices, line),
    )  # fmt: skip


def _choices(said: str, line: int) -> tuple[str, ...]:
    """What a drop-down offers: labels of a codelist, or the words given.

    ``stages`` is a whole codelist, ``stages:lead|signed`` some of its codes, ``currencies:-CNY`` all but
    one, ``是|否`` words.
    """
    name, _, some = said.partition(":")
    if not said:
        return ()
    if CHOICE_SEPARATOR in name:
        choices = tuple(said.split(CHOICE_SEPARATOR))
    else:
        named = [code.removeprefix(LEFT_OUT) for code in some.split(CHOICE_SEPARATOR) if code]
        unknown = "、".join(code for code in named if code not in codes(name))
        if unknown:
            _stop(line, f"codelists/{name}.csv 里没有 {unknown}", f"no {unknown} in codelists/{name}.csv")
        chosen = [code for code in codes(name) if code not in named] if some.startswith(LEFT_OUT) else named
        choices = tuple(labels(name)[code] for code in chosen or codes(name))
    if len(",".join(choices)) > LONGEST_LIST or any("," in choice or '"' in choice for choice in choices):
        _stop(line, f"下拉列表 {said} 超过 {LONGEST_LIST} 个字，或含逗号、引号：写明要哪几项，如 {name}:代码|代码",
              f"the list {said} has more than {LONGEST_LIST} characters, a comma or a quote: name some of its codes")  # fmt: skip
    return choices


def _comment(row: Mapping[str, str], heading: str, choices: tuple[str, ...], line: int) -> str:
    """What the reader of a heading learns: meaning, choices, example, and the table the value goes to."""
    said = ["：".join((heading.replace("\n", ""), row["comment_zh"]))]
    if row["required"] == "yes":
        said.append("必填。")
    if choices:
        said.append("从下拉列表中选。")
    if row["example"]:
        said.append(f"例：{row['example']}")
    if row["column"]:
        table, _, column = row["column"].partition(".")
        if table not in TABLES or column not in columns(TABLES[table]):
            _stop(line, f"没有 {row['column']} 这一列", f"no column {row['column']} in the tables")
        said.append(f"读入后：{title(TABLES[table])}表“{label(TABLES[table], column)}”")
    return "\n".join(said)


def _stop(line: int, zh: str, en: str) -> None:
    file = f"definitions/{COLUMNS_FILE}"
    raise DefinitionError(f"{file} 第 {line} 行：{zh}", f"{file} line {line}: {en}")
