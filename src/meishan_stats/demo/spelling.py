"""How clerks of the invented town write an amount, a date, a stage: one truth, many spellings."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from meishan_stats.demo import words
from meishan_stats.demo.facts import Milestone
from meishan_stats.demo.truth import Project, amount

Cell = str | int | float | datetime | None
Choice = TypeVar("Choice")

_UNITS = {"CNY": "万元", "USD": "万美元", "HKD": "万港元"}
_HALF_WIDTH = str.maketrans("（）", "()")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Pen:
    """Who writes: the seed, the form of the year (1 to 4) and the month counted from 0."""

    seed: int
    form: int
    index: int

    def pick(self, options: Sequence[Choice], *about: str) -> Choice:
        """One of `options`; the same for the same project all through one form, as clerks copy last month."""
        return random.Random("/".join((str(self.seed), str(self.form), *about))).choice(options)


def tidy(value: float) -> str:
    """Number as typed, without needless zeros.

    >>> tidy(3600.0), tidy(128.5)
    ('3600', '128.5')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def number(value: float) -> int | float:
    """Whole where it is whole, as a sheet shows it."""
    return int(value) if value == int(value) else value


def with_unit(value: float, currency: str) -> str:
    """Amount with its unit in words.

    >>> with_unit(500.0, "USD")
    '500万美元'
    """
    return tidy(value) + _UNITS[currency]


def in_hundred_millions(value: float) -> str:
    """Yuan in 亿元, exact.

    >>> in_hundred_millions(3600.0)
    '0.36亿元'
    """
    return f"{value / 10_000:.4f}".rstrip("0").rstrip(".") + "亿元"


def sums_in_words(sums: Mapping[str, float]) -> str | None:
    """One total per currency, as offices write a total over several; None where nothing is known.

    A currency that adds up to nothing is not mentioned beside another.

    >>> sums_in_words({"CNY": 3600.0, "USD": 500.0}), sums_in_words({"CNY": 3600.0, "USD": 0.0})
    ('3600万元、500万美元', '3600万元')
    """
    return "、".join(with_unit(value, currency) for currency, value in _mentioned(sums).items()) or None


def sums_as_typed(sums: Mapping[str, float], currency: str = "CNY") -> Cell:
    """Number where all is of the column's own currency, one total per currency in words where it is not."""
    mentioned = _mentioned(sums)
    return number(mentioned[currency]) if set(mentioned) == {currency} else sums_in_words(sums)


def _mentioned(sums: Mapping[str, float]) -> Mapping[str, float]:
    return {currency: value for currency, value in sums.items() if value} or dict(list(sums.items())[:1])


def amount_cell(project: Project, field: str, pen: Pen, *, always_unit: bool = False) -> Cell:
    """Amount of one project: mostly a number, now and then text; foreign currency always with its unit.

    Capital that arrives is spelled soberly, as it is typed anew each month.
    """
    value = amount(project, field, pen.index)
    if value is None:
        return None
    if project.currency != "CNY":
        return with_unit(value, project.currency)
    is_rough = project.total_is_approximate and amount(project, "signed", pen.index) is None
    if field == "total_investment" and is_rough:
        return "约" + (with_unit(value, "CNY") if always_unit else tidy(value))
    is_capital = field.startswith("arrived")
    if always_unit:
        may_be_large = value >= 10_000 or (value >= 1000 and value % 100 == 0)
        is_large = may_be_large and not is_capital and pen.pick((True, False, False), project.number, field)
        return in_hundred_millions(value) if is_large else with_unit(value, "CNY")
    plain = ("plain",) * 36
    odd = ("comma",) if is_capital else ("comma", "full", "unit", "large")
    how = pen.pick((*plain, *odd), project.number, field)
    spellings: dict[str, Cell] = {
        "comma": f"{value:,.2f}".removesuffix(".00"),
        "full": tidy(value).translate(_FULL_WIDTH),
        "unit": with_unit(value, "CNY"),
        "large": in_hundred_millions(value) if value == int(value) else number(value),
        "plain": number(value),
    }
    return spellings[how]


def day_cell(project: Project, pen: Pen) -> Cell:
    """Date of signing in the spelling of the form, to the month where only the month was noted."""
    on, precision = project.signed_on, project.signed_precision
    if on is None or precision is None or amount(project, "signed", pen.index) is None:
        return None
    return on_cell(on, precision, pen, project.number, "signed")


def done_cell(milestone: Milestone, pen: Pen, number: str) -> Cell:
    """Date of a milestone that is told of by the month written of."""
    on, precision = milestone.actual_on, milestone.actual_precision
    if on is None or precision is None or milestone.known_from is None or milestone.known_from > pen.index:
        return None
    return on_cell(on, precision, pen, number, milestone.step)


def on_cell(on: date, precision: str, pen: Pen, *about: str) -> Cell:
    """Date in the spelling of the form; the month alone where no more was noted.

    >>> on_cell(date(2010, 9, 1), "month", Pen(1, 3, 0), "P001") in ("2010.9", "2010年9月")
    True
    """
    if precision == "month":
        return pen.pick((f"{on.year}.{on.month}", month_words(on)), *about)
    dotted, spelled = f"{on.year}.{on.month}.{on.day}", f"{month_words(on)}{on.day}日"
    if pen.form == 3:
        return datetime(on.year, on.month, on.day)
    return pen.pick(((dotted, spelled), (dotted,), (), (spelled, on.isoformat()))[pen.form - 1], *about)


def month_words(on: date) -> str:
    """Month in words.

    >>> month_words(date(2010, 9, 1))
    '2010年9月'
    """
    return f"{on.year}年{on.month}月"


def name_cell(project: Project, pen: Pen) -> str:
    """Name as the lists of the month have it; one form types brackets half-width."""
    name = project.name_at(pen.index)
    return name.translate(_HALF_WIDTH) if pen.form == 3 else name


def stage_cell(project: Project, pen: Pen) -> str:
    """Stage in free text; some signed projects also tell the start that is planned."""
    month = project.at(pen.index)
    stage = "lead" if month is None else month.stage
    text = pen.pick(words.STAGE_WORDS[stage], project.number, stage)
    if stage == "signed" and pen.form in {1, 2} and pen.pick((True, False, False), project.number, "plan"):
        return f"{text}，计划{month_words(project.planned_start_on)}开工"
    return text


def origin_cell(project: Project, *, short: bool) -> str:
    """Origin in full, or as clerks shorten it."""
    if not short:
        return project.origin
    known = [*words.HOME_ORIGINS, *(origin for group in words.OVERSEAS.values() for origin in group)]
    return next(origin.short for origin in known if origin.full == project.origin)


def content_cell(project: Project, pen: Pen) -> str:
    """What is built, a few with full-width digits."""
    is_full = pen.pick((True, *(False,) * 7), project.number, "content")
    return project.content.translate(_FULL_WIDTH) if is_full else project.content
