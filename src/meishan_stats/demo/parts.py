"""What the forms of the office share: who reports, when, and how projects are put in sections."""

import calendar

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import words
from meishan_stats.demo.sheets import Column, rows, total
from meishan_stats.demo.spelling import Pen, month_words
from meishan_stats.demo.truth import Project, month_of

TOWN = "示例镇"
NOTE = "示例数据，由 meishan_stats.demo 生成，非真实项目。"
OFFICE = f"填报单位（盖章）：{TOWN}招商办"
_NUMERALS = "一二三四"


def filled_on(pen: Pen) -> str:
    """Day the form is filled, the last of the month."""
    month = month_of(pen.index)
    last = calendar.monthrange(month.year, month.month)[1]
    return f"填报时间：{month_words(month)}{last}日"


def signed(projects: list[Project], pen: Pen) -> list[Project]:
    """Projects that are signed by the month written of."""
    return [p for p in projects if (m := p.at(pen.index)) is not None and m.arrived_10k is not None]


def by_sector(projects: list[Project]) -> list[tuple[str, list[Project]]]:
    """Numbered sections by sector, empty ones left out."""
    groups = [(label, [p for p in projects if p.sector == code]) for code, label in words.SECTORS.items()]
    known = [(label, group) for label, group in groups if group]
    return [(f"{numeral}、{label}", group) for numeral, (label, group) in zip(_NUMERALS, known, strict=False)]


def _domestic_and_foreign(projects: list[Project]) -> list[tuple[str, list[Project]]]:
    """Numbered sections 内资 and 外资, an empty one left out."""
    groups = [
        ("内资项目", [p for p in projects if p.currency == "CNY"]),
        ("外资项目", [p for p in projects if p.currency != "CNY"]),
    ]
    known = [(label, group) for label, group in groups if group]
    return [(f"{numeral}、{label}", group) for numeral, (label, group) in zip(_NUMERALS, known, strict=False)]


def sections_with_subtotals(
    ws: Worksheet, row: int, columns: list[Column[Project]], projects: list[Project], pen: Pen
) -> int:
    """Write 内资 and 外资 apart, a 小计 under each and 合计 under both; the number of the next row."""
    start = 1
    for label, group in _domestic_and_foreign(projects):
        row = total(ws, row, columns, label, of=None, pen=pen)
        row = rows(ws, row, columns, group, pen, start=start)
        row = total(ws, row, columns, "小计", of=group, pen=pen)
        start += len(group)
    return total(ws, row, columns, "合计", of=projects, pen=pen)
