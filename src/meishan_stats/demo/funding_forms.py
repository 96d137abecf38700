"""The sheet 资金进度 in the four forms of the office, told apart in `forms`."""

from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import columns as col
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, by_sector, filled_on, sections_with_subtotals, signed
from meishan_stats.demo.sheets import banner, header, rows, split_banner, total
from meishan_stats.demo.spelling import Pen, month_words
from meishan_stats.demo.truth import Project, month_of


def funding_1(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Funding, one header row; a dash where nothing is signed."""
    columns = [
        col.serial(),
        col.name("项目名称", 30),
        col.investor("投资方", 26),
        col.money("协议资金", field="signed", width=20, in_words=True, dash=True),
        col.money("本月到位资金", field="arrived_month", width=20, in_words=True, dash=True),
        col.money("本年累计到位资金", field="arrived_ytd", width=20, in_words=True, dash=True),
        col.remark(width=20),
    ]
    title = f"{TOWN}{month_words(month_of(pen.index))}招商引资到位资金进度表（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = banner(ws, row, "单位：万元", columns, "right")
    row = header(ws, row, columns)
    row = rows(ws, row, columns, projects, pen)
    row = total(ws, row, columns, "合计", of=projects, pen=pen)
    banner(ws, row, f"注：外币项目按原币填写。{NOTE}", columns)


def funding_2(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Funding under a header of two rows, in sections by sector with 小计."""
    columns = [
        col.serial(),
        col.name("项目名称", 30),
        col.investor("投资单位", 26, merges=True),
        col.money("协议资金", field="signed", width=20, in_words=True),
        col.money("到位资金", "本月", field="arrived_month", width=20, in_words=True),
        col.money("到位资金", "本年累计", field="arrived_ytd", width=20, in_words=True),
        col.money("到位资金", "历年累计", field="arrived_total", width=20, in_words=True),
        col.remark(width=18),
    ]
    title = f"{TOWN}{month_words(month_of(pen.index))}项目资金到位情况表（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = banner(ws, row, "单位：万元", columns, "right")
    row = header(ws, row, columns)
    for label, group in by_sector(projects):
        row = total(ws, row, columns, label, of=None, pen=pen)
        row = rows(ws, row, columns, group, pen)
        row = total(ws, row, columns, "小计", of=group, pen=pen)
    row = total(ws, row, columns, "合　计", of=projects, pen=pen)
    row = banner(ws, row + 1, f"{OFFICE}    {filled_on(pen)}", columns)
    banner(ws, row, f"说明：{NOTE}", columns)


def _months_so_far(on: date) -> str:
    return "1月" if on.month == 1 else f"1-{on.month}月"


def funding_3(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Funding of the signed projects, only as the year to date."""
    on = month_of(pen.index)
    columns = [
        col.serial(),
        col.name("项目名称", 34),
        col.money("协议资金\n（万元）", field="signed", width=18),
        col.money(f"{_months_so_far(on)}累计到位\n资金（万元）", field="arrived_ytd", width=18),
        col.responsible("责任人"),
        col.remark(width=22),
    ]
    row = banner(ws, 1, f"{on.year}年{_months_so_far(on)}{TOWN}项目到位资金情况", columns, "title")
    row = banner(ws, row, f"（示例数据）{filled_on(pen)}", columns)
    row = header(ws, row, columns)
    row = sections_with_subtotals(ws, row, columns, signed(projects, pen), pen)
    banner(ws, row, f"注：{NOTE}", columns)


def funding_4(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Funding of the signed projects: month and year to date, yuan and dollars in columns of their own."""
    columns = [
        col.serial(),
        col.name("项目名称", 32),
        col.domestic_money("本月到位资金", "内资\n（万元）", field="arrived_month", width=14),
        col.dollar_money("本月到位资金", "外资\n（万美元）", field="arrived_month", width=16),
        col.domestic_money("本年累计到位资金", "内资\n（万元）", field="arrived_ytd", width=14),
        col.dollar_money("本年累计到位资金", "外资\n（万美元）", field="arrived_ytd", width=16),
        col.remark(width=20),
    ]
    title = f"{TOWN}{month_words(month_of(pen.index))}到位资金进度表（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = split_banner(ws, row, OFFICE, filled_on(pen), columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, signed(projects, pen), pen)
    row = total(ws, row, columns, "合计", of=signed(projects, pen), pen=pen)
    banner(ws, row, f"注：{NOTE}", columns)
