"""The sheet 绩效比拼: what every stationed recruiter did in the month, and the points it gave.

Twenty days at the station are 10 points; visits, receptions, leads, excellent leads and visits of leaders
give 10, 10, 15, 15 and 20 points to the best of the team and the others their part of it; a foreign project
signed gives 20, an absence takes 10.
"""

import random
from collections.abc import Callable

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo.columns import serial
from meishan_stats.demo.facts import Contestant
from meishan_stats.demo.parts import NOTE, TOWN
from meishan_stats.demo.sheets import Column, banner, header, rows, said
from meishan_stats.demo.spelling import Cell, Pen, number
from meishan_stats.demo.truth import Truth, month_of

_COUNTS = ("n_visits", "n_receptions", "n_leads", "n_excellent_leads", "n_leader_visits")
_WEIGHTS = (10, 10, 15, 15, 20)
FIELDS = ("station_days", *_COUNTS, "n_foreign_signed", "n_absences")
_HEADERS = {
    2: (
        ("驻点天数", "天"), ("走访企业", "家"), ("接待客商", "批"), ("上报项目", "个"), ("优质项目", "个"),
        ("领导走访", "次"), ("签约外资项目", "个"), ("缺勤", "次"),
    ),
    3: (
        ("驻点天数", "数量"), ("拜访客商", "数量"), ("客商接待", "数量"), ("项目信息", "数量"),
        ("优质项目", "数量"), ("领导走访", "数量"), ("外资项目签约", "数量"), ("缺勤次数", "数量"),
    ),
}  # fmt: skip


def draw_contests(truth: Truth) -> tuple[Contestant, ...]:
    """Work of every full-time recruiter in every month; foreign projects are those signed from his station."""
    rng = random.Random(f"{truth.seed}/contests")
    found: list[Contestant] = []
    for index, period in enumerate(truth.periods):
        team = [
            (posting.station, name)
            for posting in truth.postings
            if posting.year == period.year and posting.kind == "full_time"
            for name in posting.names
        ]
        drawn = [_counts(rng) for _ in team]
        best = {field: max(one[field] for one in drawn) for field in _COUNTS}
        done: set[str] = set()
        for (station, name), counts in zip(team, drawn, strict=True):
            # The first of a station is the one who introduced its foreign projects.
            n_foreign = 0 if station in done else _foreign(truth, index, station)
            done.add(station)
            points = (
                counts["half_days"] * 10 // 4 / 10,
                *(
                    _part(counts[field], best[field], weight)
                    for field, weight in zip(_COUNTS, _WEIGHTS, strict=True)
                ),
                20.0 * n_foreign,
                -10.0 * counts["n_absences"],
            )
            half_days = counts.pop("half_days")
            found.append(
                Contestant(
                    period=period,
                    station=station,
                    name=name,
                    station_days=half_days / 2,
                    **counts,
                    n_foreign_signed=n_foreign,
                    points=points,
                    score=round(sum(points), 1),
                )
            )
    return tuple(found)


def _counts(rng: random.Random) -> dict[str, int]:
    leads = rng.randint(0, 6)
    return {
        "half_days": rng.choice((36, 38, 40, 40, 41, 42, 44)),
        "n_visits": rng.randint(3, 24),
        "n_receptions": rng.randint(0, 6),
        "n_leads": leads,
        "n_excellent_leads": rng.randint(0, leads) // 2,
        "n_leader_visits": rng.randint(0, 3),
        "n_absences": rng.choice((0,) * 9 + (1,)),
    }


def _part(own: int, best: int, weight: int) -> float:
    """Points to a tenth, cut off."""
    return own * weight * 10 // best / 10 if best else 0.0


def _foreign(truth: Truth, index: int, station: str) -> int:
    month = month_of(index)
    return sum(
        project.currency != "CNY"
        and project.station == station
        and project.signed_on is not None
        and project.signed_on.replace(day=1) == month
        for project in truth.projects
    )


def contest(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Contest of the month: a count and its points under one heading."""
    month = month_of(pen.index)
    team = [one for one in truth.contests if one.period == month]
    points = "得分" if pen.form == 2 else "分值"
    columns: list[Column[Contestant]] = [
        serial(),
        Column(("驻点",), 8, said("station"), align="center", merges=lambda one: one.station),
        Column(("招商员",), 11, said("name"), align="center"),
    ]
    for place, (group, unit) in enumerate(_HEADERS[pen.form]):
        columns.append(Column((group, unit), 8, said(FIELDS[place]), align="center"))
        is_taken = FIELDS[place] == "n_absences"
        columns.append(Column((group, "扣分" if is_taken else points), 8, _points_of(place), align="center"))
    columns.append(Column(("总分" if pen.form == 2 else "总得分",), 9, said("score"), align="center"))
    title = f"{TOWN}{month.year}年驻点招商员月度绩效比拼表（示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = banner(ws, row, f"招商组名称：{TOWN}驻点招商组        {month.month}月", columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, team, pen)
    for text in (
        "备注：1.驻点天数以20天为基数，计10分。",
        "2.走访企业、接待客商、上报项目、优质项目、领导走访按“本人数÷全组最高数×权重”计分，权重依次为10、10、15、15、20。",
        "3.每签约一个外资项目加20分；每缺勤一次扣10分。",
        f"4.{NOTE}",
    ):
        row = banner(ws, row, text, columns)


def _points_of(place: int) -> Callable[[Contestant, Pen], Cell]:
    return lambda one, pen: number(one.points[place])
