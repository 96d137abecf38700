"""The sheet 汇率: the office's own rates of the year, which are not those of any bank."""

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo.columns import serial
from meishan_stats.demo.facts import Rate
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, filled_on
from meishan_stats.demo.sheets import Column, banner, header, rows
from meishan_stats.demo.spelling import Cell, Pen
from meishan_stats.demo.timetable import is_start_of_year
from meishan_stats.demo.truth import Truth, month_of

# Hundredths of a yuan for one unit in 2010 and by how much it falls each year after: round on purpose.
_USD = (660, 630, 620, 610, 600, 590, 580, 570, 560, 550)
_HKD = (85, 81, 80, 79, 78, 77, 76, 75, 74, 73)
_NAMES = {"USD": "美元", "HKD": "港元"}


def draw_rates(truth: Truth) -> tuple[Rate, ...]:
    """Rates of every year, the same for every seed."""
    starts = [i for i in range(len(truth.periods)) if is_start_of_year(i)]
    return tuple(
        Rate(month_of(i).year, currency, hundredths[i // 12] / 100)
        for i in starts
        for currency, hundredths in (("USD", _USD), ("HKD", _HKD))
    )


def rates(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Rates of the year: for 100 units in the first two forms, for one unit in the others."""
    year = month_of(pen.index).year
    value = (
        Column(("100外币折合人民币\n（元）",), 24, _per_hundred, align="right")
        if pen.form <= 2
        else Column(("汇率\n（1外币=人民币元）",), 24, _per_one, align="right")
    )
    columns: list[Column[Rate]] = [
        serial(),
        Column(("币种",), 14, _currency, align="center"),
        Column(("年度",), 12, _year, align="center"),
        value,
        Column(("口径",), 20, _basis, align="center"),
    ]
    row = banner(ws, 1, f"{TOWN}{year}年外币折算汇率表（示例数据）", columns, "title")
    row = banner(ws, row, OFFICE, columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, [rate for rate in truth.rates if rate.year == year], pen)
    row = banner(ws, row, "说明：以上为示例汇率，并非真实汇率；本年度外币项目一律按此折算。", columns)
    row = banner(ws, row, f"备注：{NOTE}", columns)
    banner(ws, row, filled_on(pen), columns)


def _currency(rate: Rate, pen: Pen) -> Cell:
    return _NAMES[rate.currency]


def _year(rate: Rate, pen: Pen) -> Cell:
    return rate.year if pen.form >= 3 else f"{rate.year}年"


def _per_hundred(rate: Rate, pen: Pen) -> Cell:
    return f"{rate.rate * 100:.2f}" if pen.form == 1 else round(rate.rate * 100, 2)


def _per_one(rate: Rate, pen: Pen) -> Cell:
    return rate.rate


def _basis(rate: Rate, pen: Pen) -> Cell:
    return "年平均"
