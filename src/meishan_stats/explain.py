"""``python -m meishan_stats.explain FILE``: what was taken for what in a workbook, and why."""

import argparse
import html
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from meishan_stats.errors import FolderError, MeishanStatsError

if TYPE_CHECKING:
    from meishan_stats.extract.raw_table import RawTable
    from meishan_stats.problems import Problem

ROLE_LABELS = {
    "title": "标题 title", "unit": "单位 unit", "header": "表头 header", "section": "分组 section", "data": "数据 data",
    "total": "合计 total", "remark": "备注 remark", "ignored": "略去 ignored",
}  # fmt: skip
ROLE_COLOURS = {
    "title": "#cfe2f3", "unit": "#d9ead3", "header": "#9fc5e8", "section": "#fce5cd", "data": "#ffffff",
    "total": "#ffe599", "remark": "#eeeeee", "ignored": "#d9d9d9",
}  # fmt: skip
STEP_LABELS = {
    "exact": "原样 exact", "normalised": "归一 normalised", "near": "近似 near", "office": "office.toml", "": "—",
}  # fmt: skip
COLUMN_HEADINGS = ("列 column", "表头 header", "字段 field", "依据 step", "分数 score", "单位 unit")
SHOWN_DATA_ROWS = 3
CELL_WIDTH = 24


@dataclass(frozen=True)
class SheetExplanation:
    """One sheet: its cells with their roles, its tables, and the doubts about it."""

    name: str
    rows: Sequence[Sequence[object]]
    roles: Mapping[tuple[int, int], str]
    tables: "Sequence[RawTable]"
    problems: "Sequence[Problem]"


@dataclass(frozen=True)
class Explanation:
    """What a workbook was read as; text in a terminal, coloured HTML in a notebook."""

    path: Path
    sheets: Sequence[SheetExplanation]

    def __str__(self) -> str:
        return "\n".join(_text_lines(self))

    def _repr_html_(self) -> str:
        return "\n".join(_html_lines(self))


def explain(path: str | Path) -> Explanation:
    """Tell, sheet by sheet, which cells were taken as title, header, data, total or remark, and which
    column became which field and why.

    Parameters
    ----------
    path : path of one workbook
        An ``office.toml`` beside it counts, as it does for ``load``.

    Returns
    -------
    Explanation
        Prints as text; a notebook shows it in colours.

    Raises
    ------
    FolderError
        The file does not exist, or cannot be read.

    Examples
    --------
    >>> print(str(explain("data/raw/meishan/meishan_2011.xlsx")).splitlines()[1])
    == 招商项目 ==
    """
    from meishan_stats.extract.recognise import recognise
    from meishan_stats.extract.workbook import UnreadableWorkbook, read_workbook
    from meishan_stats.loading import load, own_headers
    from meishan_stats.offices import find_offices

    file = Path(path)
    if not file.is_file():
        raise FolderError(f"没有这个文件：{file}", f"no such file: {file}")
    try:
        workbook = read_workbook(file)
    except UnreadableWorkbook as error:
        raise FolderError(
            f"文件打不开：{file}：{error.reason}", f"cannot read {file}: {error.reason}"
        ) from error
    problems: list[Any] = load(file).problems.to_dict("records")
    own = own_headers(find_offices(file)[0])
    sheets = []
    for sheet in workbook.sheets:
        found = recognise(sheet, file.stem, own)
        mine = [row for row in problems if row["source_sheet"] == sheet.name]
        sheets.append(SheetExplanation(sheet.name, sheet.rows, found.roles, found.tables, mine))
    return Explanation(file, sheets)


def _row_roles(sheet: SheetExplanation) -> Iterator[tuple[int, str, list[str]]]:
    """Rows worth showing with their roles: of a run of data rows the first few and the last."""
    run = 0
    last = len(sheet.rows) - 1
    for r, row in enumerate(sheet.rows):
        roles = list(dict.fromkeys(sheet.roles[r, c] for c in range(len(row)) if (r, c) in sheet.roles))
        if not roles:
            continue
        is_data = roles[0] in ("data", "ignored")
        run = run + 1 if is_data else 0
        follows = r < last and any(
            sheet.roles.get((r + 1, c)) == "data" for c in range(len(sheet.rows[r + 1]))
        )
        if not is_data or run <= SHOWN_DATA_ROWS or not follows:
            yield r, " + ".join(ROLE_LABELS[role] for role in roles), [_shown(value) for value in row]
        elif run == SHOWN_DATA_ROWS + 1:
            yield r, "…", []


def _shown(value: object) -> str:
    from meishan_stats.values.text import clean_text

    text = clean_text(value)
    return text if len(text) <= CELL_WIDTH else f"{text[: CELL_WIDTH - 1]}…"


def _columns(table: "RawTable") -> Iterator[tuple[str, ...]]:
    from meishan_stats.problems import column_letter

    for column in table.columns:
        where = [part for part in (column.year, column.month, column.grain) if part]
        field = column.field or (f"（同 same as {column.rival}）" if column.rival else "（未认出 → extra）")
        yield (
            column_letter(table.position(int(table.cells.index[0]), column.index)[1])
            if len(table.cells)
            else "?",
            column.header.replace("\n", ""),
            field + (f" [{' '.join(map(str, where))}]" if where else ""),
            STEP_LABELS[column.step],
            f"{column.score:.2f}" if column.field else "",
            column.unit_text or "",
        )


def _about(table: "RawTable") -> str:
    month = "—" if table.period is None else f"{table.period:%Y-%m} ({table.precision})"
    unit = table.unit_text or (f"{table.unit.factor:g}万 {table.unit.currency}" if table.unit else "—")
    return (
        f"表 table: {table.table or '—'}；{len(table.cells)} 行 rows；月份 month: {month}；单位 unit: {unit}"
    )


def _text_lines(explanation: Explanation) -> Iterator[str]:
    yield str(explanation.path)
    for sheet in explanation.sheets:
        yield f"== {sheet.name} =="
        for r, role, values in _row_roles(sheet):
            yield f"{r + 1:>5}  {role:<16}  {' | '.join(values)}".rstrip()
        for table in sheet.tables:
            yield f"  {_about(table)}"
            for line in _columns(table):
                yield "    " + "  ".join(part for part in line if part)
        for problem in sheet.problems:
            cell = problem["cell"] if isinstance(problem["cell"], str) else ""
            yield f"  ! {problem['severity']} {cell} {problem['message_zh']} / {problem['message_en']}"


def _html_lines(explanation: Explanation) -> Iterator[str]:
    yield f"<h3>{html.escape(explanation.path.name)}</h3>"
    keys = "".join(
        f"<span style='background:{ROLE_COLOURS[role]};border:1px solid #999;padding:0 .5em;margin-right:.4em'>{label}</span>"
        for role, label in ROLE_LABELS.items()
    )
    yield f"<p>{keys}</p>"
    for sheet in explanation.sheets:
        yield f"<h4>{html.escape(sheet.name)}</h4><table style='border-collapse:collapse'>"
        for r, role, values in _row_roles(sheet):
            cells = "".join(_html_cell(sheet, r, c, text) for c, text in enumerate(values))
            yield f"<tr><th>{r + 1}</th><td style='color:#555'>{role}</td>{cells}</tr>"
        yield "</table>"
        for table in sheet.tables:
            yield f"<p>{html.escape(_about(table))}</p>{_html_table(COLUMN_HEADINGS, _columns(table))}"
        if sheet.problems:
            lines = ((p["severity"], p["cell"], p["message_zh"], p["hint"]) for p in sheet.problems)
            yield _html_table(("程度", "单元格", "说明", "怎么办"), lines)


def _html_cell(sheet: SheetExplanation, r: int, c: int, text: str) -> str:
    colour = ROLE_COLOURS.get(sheet.roles.get((r, c), ""), "#ffffff")
    return f"<td style='background:{colour};color:#111;border:1px solid #ccc'>{html.escape(text)}</td>"


def _html_table(headings: Sequence[str], lines: Iterator[tuple[Any, ...]]) -> str:
    head = "".join(f"<th>{html.escape(text)}</th>" for text in headings)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{html.escape(part if isinstance(part, str) else '')}</td>" for part in line)
        + "</tr>"
        for line in lines
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status (2: the file cannot be read)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(
        prog="python -m meishan_stats.explain",
        description="说明一个工作簿是怎样被读取的 / tell how a workbook was read",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="工作簿 / workbook")
    parser.add_argument("--html", type=Path, metavar="OUT", help="另存为网页 / write a web page as well")
    arguments = parser.parse_args(argv)
    try:
        explanation = explain(arguments.file)
        print(explanation)
        if arguments.html:
            page = f"<!doctype html><meta charset='utf-8'><body>{explanation._repr_html_()}</body>"
            arguments.html.write_text(page, encoding="utf-8")
    except MeishanStatsError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"写不了 {arguments.html}：{error.strerror} / cannot write {arguments.html}", file=sys.stderr)
        return 2
    return 0


class _CallableModule(ModuleType):
    """This module when it is called: importing it hides the function of the same name in the package."""

    def __call__(self, path: str | Path) -> Explanation:
        return explain(path)


sys.modules[__name__].__class__ = _CallableModule

if __name__ == "__main__":
    sys.exit(main())
