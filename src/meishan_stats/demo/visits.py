"""The sheet 来访出访台账: who came to see the town and whom it went to see, month by month."""

import calendar
import random
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import words
from meishan_stats.demo.columns import serial
from meishan_stats.demo.facts import Visit
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, filled_on
from meishan_stats.demo.sheets import Column, banner, header, rows, said, total
from meishan_stats.demo.spelling import Cell, Pen, month_words
from meishan_stats.demo.truth import Project, Truth, month_of

_WORDS = {"received": ("来访", "来访", "来镇考察", "来访"), "made": ("出访", "出访", "外出招商", "出访")}


def draw_visits(truth: Truth) -> tuple[Visit, ...]:
    """Three to eight visits a month in the order of their days; about four in ten speak of a project."""
    rng = random.Random(f"{truth.seed}/visits")
    found: list[Visit] = []
    for index in range(len(truth.periods)):
        drawn = [_visit(rng, truth.shown(index), index) for _ in range(rng.randint(3, 8))]
        found += sorted(drawn, key=lambda visit: visit.on)
    return tuple(found)


def _visit(rng: random.Random, shown: list[Project], index: int) -> Visit:
    month = month_of(index)
    open_projects = [p for p in shown if (at := p.at(index)) is not None and at.stage != "terminated"]
    project = rng.choice(open_projects) if open_projects and rng.random() < 0.4 else None
    direction = "received" if rng.random() < 0.6 else "made"
    if project is None:
        origin = rng.choice(words.HOME_ORIGINS)
        visitor, where = (
            f"{origin.short[:2]}{rng.choice(words.VISITORS)}",
            rng.choice((origin.full, origin.short)),
        )
    else:
        visitor, where = project.investor, project.origin
    precision = rng.choice(("day",) * 12 + ("ten_days", "month"))
    n_days = rng.randint(2, 4) if direction == "made" and precision == "day" and rng.random() < 0.3 else 1
    day = rng.randint(1, calendar.monthrange(month.year, month.month)[1] - n_days + 1)
    if precision != "day":
        day = rng.choice((1, 11, 21)) if precision == "ten_days" else 1
    return Visit(
        on=month.replace(day=day),
        precision=precision,
        n_days=n_days,
        direction=direction,
        visitor=visitor,
        origin=where,
        host=rng.choice(words.HOSTS),
        n_visitors=None if rng.random() < 0.12 else rng.randint(2, 15),
        project_number=project.number if project else None,
        project_name=project.name_at(index) if project else None,
    )


def visits(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Visits of the month: the direction in a column, in section rows, or in two tables one below the other."""
    month = month_of(pen.index)
    of_month = [visit for visit in truth.visits if visit.on.replace(day=1) == month]
    received = [visit for visit in of_month if visit.direction == "received"]
    made = [visit for visit in of_month if visit.direction == "made"]
    columns = _columns(pen.form)
    title = f"{TOWN}{month_words(month)}客商来访及外出招商活动台账（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = banner(ws, row, f"{OFFICE}        {filled_on(pen)}", columns)
    if pen.form == 4:
        for heading, group, made_of in (
            ("客商来访登记表", received, _columns(4)),
            ("外出招商登记表", made, _columns(4, is_made=True)),
        ):
            if group:
                row = banner(ws, row, f"{month.month}月{heading}", columns)
                row = header(ws, row, made_of)
                row = rows(ws, row, made_of, group, pen) + 1
    elif pen.form == 2:
        row = header(ws, row, columns)
        sections = [(label, group) for label, group in (("来访", received), ("出访", made)) if group]
        for numeral, (label, group) in zip("一二", sections, strict=False):
            row = total(ws, row, columns, f"{numeral}、{label}", of=None, pen=pen)
            row = rows(ws, row, columns, group, pen)
    else:
        row = header(ws, row, columns)
        row = rows(ws, row, columns, of_month, pen)
    banner(ws, row, f"备注：{NOTE}", columns)


def _columns(form: int, *, is_made: bool = False) -> list[Column[Visit]]:
    on, visitor, origin, host, n, project = {
        1: ("日期", "客商名称", "来自", "接待（带队）人", "人数", "洽谈项目"),
        2: ("时间", "客商（单位）名称", "客商来源", "接待（带队）领导", "人数", "洽谈项目"),
        3: ("活动日期", "客商单位", "客商来源地", "接待（带队）人", "人数\n（人）", "涉及项目"),
        4: ("日期", "来访客商", "来自", "接待人", "来访人数", "洽谈项目"),
    }[form]
    if is_made:
        visitor, origin, host, n = "拜访客商", "前往地点", "带队人", "外出人数"
    columns = [
        serial(),
        Column((on,), 20, _on, align="center"),
        Column((visitor,), 30, said("visitor")),
        Column((origin,), 20, said("origin"), align="center"),
        Column((n,), 10, said("n_visitors"), align="center"),
        Column((host,), 16, said("host"), align="center"),
        Column((project,), 36, said("project_name")),
    ]
    if form in {1, 3}:
        columns.insert(2, Column(("类别" if form == 1 else "来访/出访",), 12, _direction, align="center"))
    return columns


def _on(visit: Visit, pen: Pen) -> Cell:
    """Day, days, ten days or month; the third form has real dates where one day is meant."""
    on = visit.on
    year = "" if pen.form == 1 else f"{on.year}年"
    if visit.precision == "month":
        return f"{year}{on.month}月"
    if visit.precision == "ten_days":
        return f"{year}{on.month}月{ {1: '上旬', 11: '中旬', 21: '下旬'}[on.day] }"
    if visit.n_days > 1:
        return f"{year}{on.month}月{on.day}日-{on.day + visit.n_days - 1}日"
    if pen.form == 3:
        return datetime(on.year, on.month, on.day)
    return pen.pick(_spellings(on, pen.form), on.isoformat(), visit.visitor)


def _spellings(on: date, form: int) -> Sequence[str]:
    if form == 1:
        return (f"{on.month}月{on.day}日", f"{on.year}.{on.month}.{on.day}")
    if form == 2:
        return (f"{on.year}.{on.month}.{on.day}", f"{on.year}.{on.month:02d}.{on.day:02d}")
    return (on.isoformat(), f"{month_words(on)}{on.day}日")


def _direction(visit: Visit, pen: Pen) -> Cell:
    return _WORDS[visit.direction][pen.form - 1]
