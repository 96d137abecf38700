"""What ``definitions/office_*.csv`` say of the office workbook: sheets, tables, columns, charts, words.

Whoever may edit these files may err: every slip stops with the file and the line to mend.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NoReturn

from meishan_stats.codelists import read_definition
from meishan_stats.errors import DefinitionError
from meishan_stats.outputs.office_layout import EVERY, Kind, ShownChart, ShownColumn, ShownSheet, ShownTable
from meishan_stats.schemas import RESULTS, TABLES, columns

SHEETS_FILE = "office_sheets.csv"
TABLES_FILE = "office_tables.csv"
COLUMNS_FILE = "office_columns.csv"
KINDS_FILE = "office_kinds.csv"
CHARTS_FILE = "office_charts.csv"
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAMES = frozenset("[]:*?/\\'")
FORMS = ("column", "stacked", "bar")
CHART_ROWS = ("", "first group", "last group")
TOTALS = ("", "sum", "across", "growth", "ratio")
_UNITS_UNSAID = frozenset({"", "fraction", "万元", "万（本币）", "个", "项", "次", "笔", "位", "ratio"})
_KIND_OF_UNIT = {
    "fraction": "percent",
    "万元": "money",
    "万（本币）": "money",
    "亩": "area",
    "平方米": "area",
}
_KIND_OF_TYPE = {"Int64": "count", "float64": "number", "datetime64[ns]": "date", "boolean": "flag"}


@cache
def office_sheets() -> tuple[ShownSheet, ...]:
    """Sheets of the office workbook in their order, each with its tables, columns and charts.

    Raises
    ------
    DefinitionError
        A name that a file uses is in none of the others, or Excel would refuse the name of a sheet.

    Examples
    --------
    >>> [sheet.name for sheet in office_sheets()][:3]
    ['封面', '产业分析', '资金进度']
    """
    sheets: dict[str, list[ShownTable]] = {}
    for line, row in _rows(SHEETS_FILE):
        _check_sheet_name(row["sheet"], [name.lower() for name in sheets], line)
        sheets[row["sheet"]] = []
    tables = {row["table"]: (line, row) for line, row in _rows(TABLES_FILE)}
    by_table: dict[str, list[ShownColumn]] = {name: [] for name in tables}
    charts: dict[str, list[ShownChart]] = {name: [] for name in tables}
    for line, row in _rows(COLUMNS_FILE):
        _demand(
            row["table"] in tables, COLUMNS_FILE, line, f"没有表 {row['table']}", f"no table {row['table']}"
        )
        by_table[row["table"]].append(shown_column(row, tables[row["table"]][1]["source"], line))
    for line, row in _rows(CHARTS_FILE):
        _demand(
            row["table"] in tables, CHARTS_FILE, line, f"没有表 {row['table']}", f"no table {row['table']}"
        )
        charts[row["table"]].append(_chart(row, by_table[row["table"]], line))
    for name, (line, row) in tables.items():
        _demand(
            row["sheet"] in sheets,
            TABLES_FILE,
            line,
            f"没有工作表 {row['sheet']}",
            f"no sheet {row['sheet']}",
        )
        _demand(bool(by_table[name]), TABLES_FILE, line, f"{name} 没有列", f"{name} has no columns")
        sheets[row["sheet"]].append(_table(row, tuple(by_table[name]), tuple(charts[name]), line))
    return tuple(
        ShownSheet(
            row["sheet"],
            row["title"],
            row["unit"],
            int(row["pages_wide"]),
            row["purpose"],
            tuple(sheets[row["sheet"]]),
        )
        for _, row in _rows(SHEETS_FILE)
    )


def _rows(file: str) -> list[tuple[int, dict[str, str]]]:
    """Rows of a definition, each with its line in the file."""
    return list(enumerate(read_definition(file).to_dict("records"), start=2))


@cache
def _kinds() -> dict[str, Kind]:
    return {
        row["kind"]: Kind(row["kind"], row["number_format"], row["align"], float(row["width"]))
        for _, row in _rows(KINDS_FILE)
    }


def _table(
    row: Mapping[str, str], shown: tuple[ShownColumn, ...], charts: tuple[ShownChart, ...], line: int
) -> ShownTable:
    known = {**TABLES, **RESULTS}
    source, group = row["source"], row["group"]
    _demand(source in known, TABLES_FILE, line, f"没有表或结果 {source}", f"no table or result {source}")
    named = [column.name for column in shown]
    _demand(
        not group or group in named, TABLES_FILE, line, f"{group} 不是本表的列", f"{group} is no column of it"
    )
    return ShownTable(
        row["table"], row["heading"], source, group, row["total"], row["note"], row["if_empty"],
        row["optional"] == "yes", shown, charts,
    )  # fmt: skip


def shown_column(row: Mapping[str, str], source: str, line: int) -> ShownColumn:
    """One column from its row of ``office_columns.csv``.

    Heading and kind come from the declaration in the schema where the file leaves them empty.

    Parameters
    ----------
    source : str
        Table or result the column is of.
    line : int
        Line of the file, for the message.

    Raises
    ------
    DefinitionError
        The kind is unknown, or a column that the schema does not know has no heading.

    Examples
    --------
    >>> row = dict.fromkeys(("heading", "kind", "codelist", "width", "total", "optional"), "")
    >>> shown_column(row | {"column": "land_mu", "width": "9"}, "projects", 2).heading
    '用地面积\\n（亩）'
    """
    declared: dict[str, Any] = {}
    if source in {**TABLES, **RESULTS}:
        declared = columns({**TABLES, **RESULTS}[source])
    name, heading, kind, codelist = row["column"], row["heading"], row["kind"], row["codelist"]
    if name in declared:
        field = declared[name]
        unit, codelist = field.unit, codelist or field.codelist
        heading = heading or (field.title if unit in _UNITS_UNSAID else f"{field.title}（{unit}）")
        kind = kind or ("word" if codelist else _KIND_OF_UNIT.get(unit) or _KIND_OF_TYPE.get(str(field.dtype), "text"))  # fmt: skip
    elif name.endswith(EVERY):
        codelist, heading = name.removesuffix(EVERY), heading or EVERY
    if heading.endswith("）") and "\n" not in heading:
        heading = "\n（".join(heading.rsplit("（", 1))  # the unit on a line of its own
    _demand(bool(heading and kind), COLUMNS_FILE, line, f"{name} 不是 {source} 的列，要写 heading 和 kind",
            f"{name} is no column of {source}: give its heading and kind")  # fmt: skip
    _demand(
        kind in _kinds(), COLUMNS_FILE, line, f"{KINDS_FILE} 里没有 {kind}", f"no kind {kind} in {KINDS_FILE}"
    )
    total, _, terms = row["total"].partition(":")
    _demand(total in TOTALS, COLUMNS_FILE, line, f"total 不能是 {total}", f"total cannot be {total}")
    return ShownColumn(
        name, heading, _kinds()[kind], codelist, float(row["width"] or _kinds()[kind].width), total,
        tuple(terms.split("/")) if terms else (), row["optional"] == "yes",
    )  # fmt: skip


def _chart(row: Mapping[str, str], shown: list[ShownColumn], line: int) -> ShownChart:
    series, named = tuple(row["series"].split("|")), [column.name for column in shown]
    wanted = [row["category"], *series, *([row["line"]] if row["line"] else [])]
    absent = [name for name in wanted if name not in named]
    _demand(not absent, CHARTS_FILE, line, f"不是本表的列：{absent}", f"no columns of the table: {absent}")
    _demand(row["form"] in FORMS and row["rows"] in CHART_ROWS, CHARTS_FILE, line,
            f"form 只能是 {FORMS}，rows 只能是 {CHART_ROWS}", f"form is one of {FORMS}, rows of {CHART_ROWS}")  # fmt: skip
    return ShownChart(
        row["form"], row["rows"], row["title"], row["category"], series, row["line"], row["x_title"],
        row["y_title"], row["y2_title"],
    )  # fmt: skip


def _check_sheet_name(name: str, taken: list[str], line: int) -> None:
    is_fit = 0 < len(name) <= LONGEST_SHEET_NAME and not FORBIDDEN_IN_SHEET_NAMES & set(name)
    _demand(is_fit and name.lower() not in taken, SHEETS_FILE, line,
            f"工作表名“{name}”不能用：最多 {LONGEST_SHEET_NAME} 个字，不含 []:*?/\\'，不重复",
            f"{name!r} cannot name a sheet: at most {LONGEST_SHEET_NAME} characters, none of []:*?/\\', no name twice")  # fmt: skip


def _demand(is_right: bool, file: str, line: int, zh: str, en: str) -> None:
    if not is_right:
        _stop(file, line, zh, en)


def _stop(file: str, line: int, zh: str, en: str) -> NoReturn:
    raise DefinitionError(f"definitions/{file} 第 {line} 行：{zh}", f"definitions/{file} line {line}: {en}")
