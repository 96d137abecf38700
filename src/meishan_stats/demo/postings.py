"""The sheet 驻点安排: who is stationed in which city in the year."""

import random
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import words
from meishan_stats.demo.columns import serial
from meishan_stats.demo.facts import Posting
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, filled_on
from meishan_stats.demo.sheets import Column, banner, header, rows, said, split_banner, total
from meishan_stats.demo.spelling import Cell, Pen, on_cell
from meishan_stats.demo.timetable import is_start_of_year
from meishan_stats.demo.truth import Truth, month_of


def draw_postings(truth: Truth) -> tuple[Posting, ...]:
    """Eight recruiters in five cities every year, with two leaders and two advisers."""
    rng = random.Random(f"{truth.seed}/postings")
    found: list[Posting] = []
    for index in range(len(truth.periods)):
        if is_start_of_year(index):
            found += _year(rng, month_of(index).year)
    return tuple(found)


def _year(rng: random.Random, year: int) -> list[Posting]:
    names = rng.sample(words.RECRUITERS, len(words.RECRUITERS))
    counts = rng.sample((3, 2, 1, 1, 1), len(words.STATIONS))
    led, advised = rng.sample(words.STATIONS, 2), rng.sample(words.STATIONS, 2)
    leaders, advisers = rng.sample(words.DUTY_HOLDERS, 2), rng.sample(words.ADVISERS, 2)
    found: list[Posting] = []
    for station, n in zip(words.STATIONS, counts, strict=True):
        start = date(year, rng.randint(1, 3), rng.choice((1, 10, 15)))
        people = [("full_time", tuple(sorted(names[:n], key=words.RECRUITERS.index)))]
        people += [("leader", (who,)) for where, who in zip(led, leaders, strict=True) if where == station]
        people += [
            ("adviser", (who,)) for where, who in zip(advised, advisers, strict=True) if where == station
        ]
        found += [Posting(year, station, kind, who, start, date(year, 12, 31)) for kind, who in people]
        names = names[n:]
    return found


def postings(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Postings of the year; the later forms have 起 and 止 under one heading."""
    year = month_of(pen.index).year
    of_year = [posting for posting in truth.postings if posting.year == year]
    is_grouped = pen.form >= 3
    columns: list[Column[Posting]] = [
        serial(),
        Column(("驻点城市",), 14, said("station"), align="center", merges=lambda posting: posting.station),
        Column(("人员类别",), 14, _kind, align="center"),
        Column(("姓名",), 34, _names),
        Column(("人数",), 10, _n, _sum, align="right"),
        Column(("驻点时间", "起") if is_grouped else ("起始时间",), 18, _from, align="center"),
        Column(("驻点时间", "止") if is_grouped else ("结束时间",), 18, _to, align="center"),
    ]
    row = banner(ws, 1, f"{TOWN}{year}年招商人员驻点安排表（示例数据）", columns, "title")
    row = split_banner(ws, row, OFFICE, filled_on(pen), columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, of_year, pen)
    row = total(ws, row, columns, "合计", of=of_year, pen=pen)
    banner(ws, row, f"备注：{NOTE}", columns)


def _kind(posting: Posting, pen: Pen) -> Cell:
    return words.RECRUITER_KINDS[posting.kind]


def _names(posting: Posting, pen: Pen) -> Cell:
    return "、".join(posting.names)


def _n(posting: Posting, pen: Pen) -> Cell:
    return str(len(posting.names)) if pen.form == 1 else len(posting.names)


def _sum(of: list[Posting], pen: Pen) -> Cell:
    return sum(len(posting.names) for posting in of)


def _from(posting: Posting, pen: Pen) -> Cell:
    return on_cell(posting.from_on, "day", pen, posting.station)


def _to(posting: Posting, pen: Pen) -> Cell:
    return on_cell(posting.to_on, "day", pen, posting.station)
