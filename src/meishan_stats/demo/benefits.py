"""The sheet 用地与效益: land, plant, yearly output and tax, jobs of the signed projects."""

from collections.abc import Callable
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import columns as col
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, filled_on
from meishan_stats.demo.sheets import Column, banner, header, rows, split_banner, total
from meishan_stats.demo.spelling import Cell, Pen, month_words, number
from meishan_stats.demo.timetable import estimated
from meishan_stats.demo.truth import Project, Truth, month_of


def benefits(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Land and benefits of the half year: output in 万元 in the first two forms, in 亿元 in the others."""
    in_words = "万元" if pen.form <= 2 else "亿元"
    land, plant, output, tax, jobs = {
        1: ("用地面积\n（亩）", "建筑面积\n（平方米）", "预计年产值", "预计年税收", "用工\n（人）"),
        2: ("用地（亩）", "建筑面积\n（㎡）", "达产后年产值", "达产后年税收", "用工人数"),
        3: ("占地面积\n（亩）", "厂房面积\n（平方米）", "预计年产值", "预计年税收", "带动就业\n（人）"),
        4: ("用地面积\n（亩）", "建筑面积\n（平方米）", "年产值", "年税收", "用工人数\n（人）"),
    }[pen.form]
    columns = [
        col.serial(),
        col.name("项目名称", 36),
        col.investor("投资方", 30),
        _figure(land, lambda p: p.land_mu),
        _figure(plant, lambda p: p.plant_area_m2),
        _figure(f"{output}\n（{in_words}）", lambda p: _in(p.annual_output_10k, in_words)),
        _figure(f"{tax}\n（万元）", lambda p: p.annual_tax_10k),
        _figure(jobs, lambda p: p.n_jobs),
    ]
    projects = estimated(truth, pen.index)
    title = f"{TOWN}已签约项目用地及效益预测表（{month_words(month_of(pen.index))}）（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = split_banner(ws, row, OFFICE, filled_on(pen), columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, projects, pen)
    row = total(ws, row, columns, "合计", of=projects, pen=pen)
    banner(ws, row, f"备注：{NOTE}", columns)


def _in(ten_thousands: float, unit: str) -> float:
    return ten_thousands if unit == "万元" else float(Decimal(str(ten_thousands)) / 10_000)


def _figure(text: str, of: Callable[[Project], float | None]) -> Column[Project]:
    """Figure of a project, summed exactly; blank where it is not known."""

    def write(project: Project, pen: Pen) -> Cell:
        value = of(project)
        return None if value is None else number(value)

    def add(projects: list[Project], pen: Pen) -> Cell:
        known = [Decimal(str(value)) for project in projects if (value := of(project)) is not None]
        return number(float(sum(known))) if known else None

    return Column((text,), 15, write, add, align="right")
