"""The sheet 目标任务: what the county and the town itself want reached in the year."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import words
from meishan_stats.demo.columns import serial
from meishan_stats.demo.facts import Target
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, filled_on
from meishan_stats.demo.sheets import Column, banner, header, rows, split_banner
from meishan_stats.demo.spelling import Cell, Pen, tidy
from meishan_stats.demo.timetable import is_start_of_year
from meishan_stats.demo.truth import Truth, month_of

CAPITAL = "利用县外资金"
ISSUERS = ("县下达", "自加压力")
_COUNTS = (("签约项目数", 20, 30), ("开工项目数", 10, 18), ("重点储备项目", 12, 20))


def draw_targets(truth: Truth) -> tuple[Target, ...]:
    """Targets of every year: capital in all and by sector, and three numbers, from two issuers.

    What the town asks of itself is more than what the county asks. The sectors add up to the whole.
    """
    rng = random.Random(f"{truth.seed}/targets")
    found: list[Target] = []
    for index in range(len(truth.periods)):
        if not is_start_of_year(index):
            continue
        year = month_of(index).year
        # In 500 万元, a twentieth of 亿元.
        parts = {
            sector: rng.randint(low, low + 6) for sector, low in zip(words.SECTORS, _LOWEST, strict=True)
        }
        counts = {name: rng.randint(low, high) for name, low, high in _COUNTS}
        for issuer in ISSUERS:
            if issuer == "自加压力":
                parts = {sector: part + rng.randint(1, 3) for sector, part in parts.items()}
                counts = {name: n + rng.randint(1, 4) for name, n in counts.items()}
            amounts: list[tuple[str | None, int]] = [(None, sum(parts.values())), *parts.items()]
            found += [
                Target(year, CAPITAL, issuer, sector, part * 500.0, None, _growth(rng))
                for sector, part in amounts
            ]
            found += [Target(year, name, issuer, None, None, n, _growth(rng)) for name, n in counts.items()]
    return tuple(found)


_LOWEST = (24, 16, 12, 8)


def _growth(rng: random.Random) -> float:
    return rng.randint(50, 250) / 10


def targets(ws: Worksheet, truth: Truth, pen: Pen) -> None:
    """Targets of the year: one row a target, or in the later forms the two issuers side by side."""
    year = month_of(pen.index).year
    of_year = [target for target in truth.targets if target.year == year]
    if pen.form <= 2:
        _one_row_a_target(ws, of_year, pen)
    else:
        _issuers_side_by_side(ws, of_year, pen)


def _one_row_a_target(ws: Worksheet, of_year: list[Target], pen: Pen) -> None:
    columns: list[Column[Target]] = [
        serial(),
        Column(("指标名称",), 22, lambda t, pen: t.indicator),
        Column(("产业",), 14, lambda t, pen: words.SECTORS[t.sector] if t.sector else None, align="center"),
        Column(("下达单位",), 14, lambda t, pen: t.issuer, align="center"),
        Column(("计量单位",), 10, lambda t, pen: _unit(t), align="center"),
        Column(("年度目标任务",), 14, _value, align="right"),
        Column(("比上年增长\n（%）",), 12, _percent, align="right"),
    ]
    row = banner(ws, 1, f"{TOWN}{of_year[0].year}年招商引资目标任务分解表（示例数据）", columns, "title")
    row = split_banner(ws, row, OFFICE, filled_on(pen), columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, of_year, pen)
    banner(ws, row, f"备注：{NOTE}", columns)


@dataclass(frozen=True)
class _Pair:
    """One target of the county, and what the town asks of itself."""

    county: Target
    own: Target


def _issuers_side_by_side(ws: Worksheet, of_year: list[Target], pen: Pen) -> None:
    by_issuer = [[target for target in of_year if target.issuer == issuer] for issuer in ISSUERS]
    pairs = [_Pair(county, own) for county, own in zip(*by_issuer, strict=True)]

    def of_county(write: Callable[[Target, Pen], Cell]) -> Callable[[_Pair, Pen], Cell]:
        return lambda pair, pen: write(pair.county, pen)

    columns: list[Column[_Pair]] = [
        serial(),
        Column(("指标名称",), 22, of_county(lambda t, pen: t.indicator), merges=lambda p: p.county.indicator),
        Column(("产业",), 14, of_county(lambda t, pen: words.SECTORS.get(t.sector or "")), align="center"),
        Column(("计量单位",), 10, of_county(lambda t, pen: _unit(t)), align="center"),
        Column(("目标任务", ISSUERS[0]), 13, of_county(_value), align="right"),
        Column(("目标任务", ISSUERS[1]), 13, lambda pair, pen: _value(pair.own, pen), align="right"),
        Column(("比上年\n增长（%）",), 12, of_county(_percent), align="right"),
    ]
    row = banner(ws, 1, f"{TOWN}{of_year[0].year}年度招商引资工作目标（示例数据）", columns, "title")
    row = banner(ws, row, OFFICE, columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, pairs, pen)
    row = banner(ws, row, f"注：{NOTE}", columns)
    banner(ws, row, filled_on(pen), columns)


def _unit(target: Target) -> str:
    return "亿元" if target.n is None else "个"


def _value(target: Target, pen: Pen) -> Cell:
    if target.amount_10k is None:
        return str(target.n) if pen.form == 1 else target.n
    hundred_millions = target.amount_10k / 10_000
    return tidy(hundred_millions) if pen.form == 1 else round(hundred_millions, 2)


def _percent(target: Target, pen: Pen) -> Cell:
    return tidy(target.growth_percent) if pen.form == 1 else target.growth_percent
