"""The sheet 平台建设: roads, plants, land and pipes of the park, planned and completed in the quarter."""

import random

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import words
from meishan_stats.demo.columns import serial
from meishan_stats.demo.facts import PlatformItem
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, filled_on
from meishan_stats.demo.sheets import Column, banner, header, rows, said, total
from meishan_stats.demo.spelling import Cell, Pen, number
from meishan_stats.demo.timetable import is_end_of_quarter
from meishan_stats.demo.truth import Truth, month_of

_NUMERALS = "一二三四"


def draw_platform(truth: Truth) -> tuple[PlatformItem, ...]:
    """Five or six items every quarter: who pays and the land are of the item, the money is of the quarter."""
    rng = random.Random(f"{truth.seed}/platform")
    payers = {item: rng.choice(list(words.PAYERS)) for items in words.PLATFORM.values() for item in items}
    land = {
        item: rng.randint(10, 120) + rng.choice((0.0, 0.5))
        for kind in ("标准厂房", "土地平整")
        for item in words.PLATFORM[kind]
    }
    found: list[PlatformItem] = []
    for index, period in enumerate(truth.periods):
        if not is_end_of_quarter(index):
            continue
        for kind, items in words.PLATFORM.items():
            for item in rng.sample(items, rng.randint(1, 2)):
                planned = rng.randint(4, 60) * 20
                share = rng.choice((0, 40, 75, 90, 100, 100, 110))
                completed = float(planned * share // 100) if share else None
                found.append(
                    PlatformItem(period, item, kind, payers[item], float(planned), completed, land.get(item))
                )
    return tuple(found)


def platform(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Infrastructure of the quarter; the later forms have 计划 and 完成 under one heading."""
    month = month_of(pen.index)
    items = [item for item in truth.platform if item.period == month]
    is_grouped = pen.form >= 3
    columns: list[Column[PlatformItem]] = [
        serial(),
        Column(("建设内容",), 28, said("item")),
        Column(("类别",), 14, said("kind"), align="center", merges=(lambda item: item.kind) if is_grouped else None),
        Column(("投入主体",), 14, _payer, align="center"),
        Column(
            ("本季投资（万元）", "计划") if is_grouped else ("本季计划投资\n（万元）",),
            16, said("planned_10k"), _sum_planned, align="right",
        ),
        Column(
            ("本季投资（万元）", "完成") if is_grouped else ("本季完成投资\n（万元）",),
            16, said("completed_10k"), _sum_completed, align="right",
        ),
        Column(("涉及土地\n（亩）",), 12, said("land_mu"), align="right"),
        Column(("备注",), 14, _remark),
    ]  # fmt: skip
    title = f"{TOWN}{month.year}年第{_NUMERALS[(month.month - 1) // 3]}季度园区平台建设情况表（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = banner(ws, row, f"{OFFICE}        {filled_on(pen)}", columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, items, pen)
    row = total(ws, row, columns, "合计", of=items, pen=pen)
    banner(ws, row, f"备注：{NOTE}", columns)


def _payer(item: PlatformItem, pen: Pen) -> Cell:
    return words.PAYERS[item.payer]


def _sum_planned(items: list[PlatformItem], pen: Pen) -> Cell:
    return number(sum(item.planned_10k for item in items))


def _sum_completed(items: list[PlatformItem], pen: Pen) -> Cell:
    return number(sum(item.completed_10k or 0.0 for item in items))


def _remark(item: PlatformItem, pen: Pen) -> Cell:
    return "未动工" if item.completed_10k is None else None
