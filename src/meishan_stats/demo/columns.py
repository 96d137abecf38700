"""Columns of the four forms, built from what a project is."""

from collections.abc import Callable
from typing import Any

from meishan_stats.demo import words
from meishan_stats.demo.sheets import Column
from meishan_stats.demo.spelling import (
    Cell,
    Pen,
    amount_cell,
    content_cell,
    day_cell,
    done_cell,
    name_cell,
    number,
    on_cell,
    origin_cell,
    stage_cell,
    sums_as_typed,
    sums_in_words,
    tidy,
    with_unit,
)
from meishan_stats.demo.truth import Project, amount, sums


def serial(text: str = "序号") -> Column[Any]:
    """Running number."""
    return Column((text,), 5, None, align="center")


def fact(
    text: str,
    width: float,
    write: Callable[[Project, Pen], Cell],
    align: str = "left",
    *,
    merges: Callable[[Project], object] | None = None,
) -> Column[Project]:
    """Column that is not summed."""
    return Column((text,), width, write, align=align, merges=merges)


def name(text: str, width: float = 29) -> Column[Project]:
    """Name of the project as it is written that month."""
    return fact(text, width, name_cell)


def investor(text: str, width: float = 25, *, merges: bool = False) -> Column[Project]:
    """Investor; neighbours of one investor may share a merged cell."""
    key = (lambda p: (p.investor, p.origin)) if merges else None
    return fact(text, width, lambda p, pen: p.investor, merges=key)


def origin(text: str, width: float = 11, *, short: bool = False) -> Column[Project]:
    """Where the investor comes from."""
    return fact(text, width, lambda p, pen: origin_cell(p, short=short), "center")


def sector(text: str) -> Column[Project]:
    """Sector in words."""
    return fact(text, 10, lambda p, pen: words.SECTORS[p.sector], "center")


def content(text: str, width: float = 26) -> Column[Project]:
    """What is built."""
    return fact(text, width, content_cell)


def land(text: str, *, as_text: bool = False) -> Column[Project]:
    """Land; blank where the project rents."""

    def write(project: Project, pen: Pen) -> Cell:
        if project.land_mu is None:
            return None
        return tidy(project.land_mu) if as_text else number(project.land_mu)

    return fact(text, 9, write, "center")


def stage(text: str, width: float = 18) -> Column[Project]:
    """Stage in free text."""
    return fact(text, width, stage_cell)


def signed_on(text: str) -> Column[Project]:
    """Date of signing."""
    return fact(text, 13, day_cell, "center")


def planned(text: str, milestone: str) -> Column[Project]:
    """When a milestone is planned for, written once the project is signed."""

    def write(project: Project, pen: Pen) -> Cell:
        found = project.milestone(milestone)
        if found is None or amount(project, "signed", pen.index) is None:
            return None
        return on_cell(found.planned_on, found.planned_precision, pen, project.number, milestone)

    return fact(text, 13, write, "center")


def reached(text: str, milestone: str) -> Column[Project]:
    """When a milestone was reached, once it is."""

    def write(project: Project, pen: Pen) -> Cell:
        found = project.milestone(milestone)
        return None if found is None else done_cell(found, pen, project.number)

    return fact(text, 13, write, "center")


def method(text: str) -> Column[Project]:
    """Method of attraction."""
    return fact(text, 11, lambda p, pen: p.method, "center")


def station(text: str) -> Column[Project]:
    """Station of the recruiters; blank where there is none."""
    return fact(text, 8, lambda p, pen: p.station, "center")


def responsible(text: str) -> Column[Project]:
    """Duty-holder by title."""
    return fact(text, 9, lambda p, pen: p.responsible, "center")


def remark(text: str = "备注", width: float = 12) -> Column[Project]:
    """Remark: a correction, or for three months the former name of a project that was renamed."""

    def write(project: Project, pen: Pen) -> Cell:
        month = project.at(pen.index)
        if month is not None and (month.arrived_10k or 0.0) < 0:
            return "上月数有误，本月冲减"
        former = [project.name_at(pen.index - back) for back in (1, 2, 3)]
        is_new = project.former_name in former and month is not None and month.name != project.former_name
        return f"原名：{project.former_name}" if is_new else None

    return fact(text, width, write)


def money(
    *text: str,
    field: str,
    width: float = 12,
    always_unit: bool = False,
    in_words: bool = False,
    dash: bool = False,
) -> Column[Project]:
    """Amount in one column for all currencies, summed once per currency.

    `always_unit` writes every amount with its unit; `in_words` every total; `dash` writes — for none.
    """

    def write(project: Project, pen: Pen) -> Cell:
        cell = amount_cell(project, field, pen, always_unit=always_unit)
        return "—" if cell is None and dash else cell

    def total(projects: list[Project], pen: Pen) -> Cell:
        found = sums(projects, field, pen.index)
        return sums_in_words(found) if in_words else sums_as_typed(found)

    return Column(text, width, write, total, align="left" if always_unit else "right")


def domestic_money(*text: str, field: str, width: float = 11) -> Column[Project]:
    """Amount of the yuan projects only."""

    def write(project: Project, pen: Pen) -> Cell:
        return amount_cell(project, field, pen) if project.currency == "CNY" else None

    def total(projects: list[Project], pen: Pen) -> Cell:
        found = sums([p for p in projects if p.currency == "CNY"], field, pen.index)
        return number(found["CNY"]) if found else None

    return Column(text, width, write, total, align="right")


def dollar_money(*text: str, field: str, width: float = 11) -> Column[Project]:
    """Amount of the foreign projects: a number where it is dollars, with its unit where it is not."""

    def write(project: Project, pen: Pen) -> Cell:
        value = amount(project, field, pen.index)
        if value is None or project.currency == "CNY":
            return None
        return number(value) if project.currency == "USD" else with_unit(value, project.currency)

    def total(projects: list[Project], pen: Pen) -> Cell:
        found = sums([p for p in projects if p.currency != "CNY"], field, pen.index)
        return sums_as_typed(found, "USD")

    return Column(text, width, write, total, align="right")


def part_of_total(text: str, part: str) -> Column[Project]:
    """Fixed assets or equipment, once the project is signed; not summed."""

    def write(project: Project, pen: Pen) -> Cell:
        if amount(project, "signed", pen.index) is None:
            return None
        value = project.fixed_asset_10k if part == "fixed_asset" else project.equipment_10k
        return number(value) if project.currency == "CNY" else with_unit(value, project.currency)

    return fact(text, 12, write, "right")
