"""The sheet 倒排工期表: one row a step of each signed project that is not in production."""

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo.columns import serial
from meishan_stats.demo.facts import Milestone
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, filled_on
from meishan_stats.demo.sheets import Column, banner, header, rows, total
from meishan_stats.demo.spelling import Cell, Pen, done_cell, month_words, name_cell, on_cell
from meishan_stats.demo.timetable import scheduled
from meishan_stats.demo.truth import Project, Truth, month_of


@dataclass(frozen=True)
class _Step:
    project: Project
    milestone: Milestone
    place: int


def schedule(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Schedule of the quarter: the project in a merged cell, in every row, or above its rows."""
    projects = scheduled(truth, pen.index)
    steps = [_Step(p, m, i) for p in projects for i, m in enumerate(p.milestones, 1)]
    columns = _columns(pen.form)
    title = f"{TOWN}{month_of(pen.index).year}年招商引资项目倒排工期表（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = banner(ws, row, f"{OFFICE}        截至{month_words(month_of(pen.index))}底", columns)
    row = header(ws, row, columns)
    if pen.form == 4:
        for number, project in enumerate(projects, 1):
            row = total(ws, row, columns, f"{number}、{name_cell(project, pen)}", of=None, pen=pen)
            row = rows(ws, row, columns, [step for step in steps if step.project is project], pen)
    else:
        row = rows(ws, row, columns, steps, pen)
    row = banner(ws, row, f"备注：{NOTE}", columns)
    banner(ws, row, filled_on(pen), columns)


def _columns(form: int) -> list[Column[_Step]]:
    names = {1: "项目名称", 2: "项目名称", 3: "项目"}
    words = {
        1: ("工作步骤", "完成时限", "实际完成时间", "责任人"),
        2: ("节点", "计划完成时间", "实际完成时间", "责任人"),
        3: ("工作内容", "时限", "实际完成", "责任人"),
        4: ("工作内容", "计划完成时间", "实际完成时间", "责任人"),
    }[form]
    # The second form writes the name in each row; the fourth has it above the rows of the project.
    merges = _number if form in {1, 3} else None
    name = [Column((names[form],), 36, _name, merges=merges)] if form in names else []
    return [
        serial(),
        *name,
        Column((words[0],), 24 if name else 38, _step),
        Column((words[1],), 18, _planned, align="center"),
        Column((words[2],), 18, _done, align="center"),
        Column((words[3],), 12, _responsible, align="center"),
    ]


def _number(step: _Step) -> str:
    return step.project.number


def _name(step: _Step, pen: Pen) -> Cell:
    return name_cell(step.project, pen)


def _step(step: _Step, pen: Pen) -> Cell:
    return step.milestone.step


def _planned(step: _Step, pen: Pen) -> Cell:
    """Deadline; the first form now and then says 前."""
    milestone = step.milestone
    cell = on_cell(
        milestone.planned_on, milestone.planned_precision, pen, step.project.number, milestone.step
    )
    is_day_in_words = isinstance(cell, str) and cell.endswith("日")
    return f"{cell}前" if is_day_in_words and pen.form == 1 else cell


def _done(step: _Step, pen: Pen) -> Cell:
    return done_cell(step.milestone, pen, step.project.number)


def _responsible(step: _Step, pen: Pen) -> Cell:
    return step.milestone.responsible
