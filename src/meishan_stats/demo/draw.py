"""Draw what happens in the invented town, from one seed."""

import random
from dataclasses import dataclass, replace
from typing import Any

from meishan_stats.demo import words
from meishan_stats.demo.truth import STAGES, Month, Project, Truth, month_of

# Months spent at a stage, and of ten projects how many pass through it by name.
_STAYS = {
    "lead": (1, 3, 5), "negotiating": (2, 6, 10), "signed": (1, 3, 10), "registered": (1, 2, 5),
    "approval": (1, 4, 8), "landed": (1, 2, 5), "started": (5, 12, 10), "completed": (1, 2, 8),
    "production": (3, 8, 10), "capacity": (1, 1, 10),
}  # fmt: skip
_NEVER = 10_000
_CNY_TOTALS = (
    600, 800, 1000, 1000, 1200, 1500, 1800, 2000, 2000, 2500, 3000, 3000, 3600, 4500, 5000, 6000, 8000,
    10000, 12000, 20000,
)  # fmt: skip
_TOTALS = {"CNY": _CNY_TOTALS, "USD": (300, 500, 800, 1200), "HKD": (1500, 2400, 3000)}


@dataclass(frozen=True)
class _Draft:
    """One project while it is drawn: who, the first month of each stage, the end, the capital by month."""

    who: dict[str, Any]
    course: dict[str, int]
    end: int
    capital: dict[int, float]


def draw_truth(months: int = 24, projects: int = 60, seed: int = 7) -> Truth:
    """Draw what happens in the invented town.

    Exactly one month of one yuan project is negative (a clerk's correction), where the draw leaves room for
    one; about one project in twenty is terminated and none vanishes. Only ``random.Random(seed)`` decides,
    in whole numbers, so that every platform draws the same.

    Examples
    --------
    >>> truth = draw_truth(months=3, projects=8, seed=1)
    >>> [f"{period:%Y-%m}" for period in truth.periods], len(truth.projects)
    (['2010-01', '2010-02', '2010-03'], 8)
    """
    rng = random.Random(seed)
    people = _identities(projects, rng)
    courses = [_course(rng, months, place, who) for place, who in enumerate(people)]
    drafts = [
        _Draft(who, course, end, _capital(rng, who["signed"], course, min(end, months)))
        for who, course, end in zip(people, courses, _terminations(courses, months, rng), strict=True)
    ]
    correction = None
    corrected = _correction(drafts, months, rng)
    if corrected is not None:
        place, index, taken_back = corrected
        draft = drafts[place]
        drafts[place] = replace(draft, capital={**draft.capital, index: -taken_back})
        correction = (draft.who["name"], month_of(index))
    drawn = tuple(_project(rng, place, draft, months) for place, draft in enumerate(drafts))
    return Truth(seed, tuple(month_of(i) for i in range(months)), drawn, correction)


def _identities(n: int, rng: random.Random) -> list[dict[str, Any]]:
    """Names, investors, sectors and sizes; about one project in eight is followed by its second phase."""
    trades = [first + second for first in words.TRADE_FIRST for second in words.TRADE_SECOND]
    rng.shuffle(trades)
    foreign = ["USD"] * (max(1, n // 15) if n >= 2 else 0) + ["HKD"] * (max(1, n // 60) if n >= 4 else 0)
    currencies = foreign + ["CNY"] * (n - len(foreign))
    rng.shuffle(currencies)
    found: list[dict[str, Any]] = []
    taken: set[str] = set()
    while len(found) < n:
        currency = currencies[len(found)]
        before = found[-1] if found else None
        if before and not before["phase"] and before["currency"] == currency == "CNY" and rng.random() < 0.12:
            before["phase"], before["name"] = 1, before["name"] + "（一期）"
            name = before["name"].replace("一期", "二期")
            found.append({**before, "name": name, "phase": 2})
        else:
            frame = _identity(rng, trades[len(found) % len(trades)], currency)
            if frame["name"] in taken:
                continue
            found.append(frame)
            name = frame["name"]
        taken.add(name)
        signed_tenths = rng.choice((6, 7, 8, 9, 10, 10, 10))
        total = rng.choice(_TOTALS[currency])
        found[-1].update(total=total, signed=total * signed_tenths // 10)
    return found


def _identity(rng: random.Random, trade: str, currency: str) -> dict[str, Any]:
    sector = rng.choice(words.SECTOR_DRAWS)
    product = rng.choice(words.PRODUCTS[sector])
    origin = rng.choice(words.HOME_ORIGINS if currency == "CNY" else words.OVERSEAS[currency])
    company = f"{origin.short[:2]}示例{trade}{rng.choice(words.COMPANY_WORDS[sector])}"
    if currency == "CNY" and rng.random() < 0.07:
        company = f"{origin.short}客商"
    output = rng.randint(product.low, product.high)
    rounded = output if output < 100 else output // 100 * 100 if output >= 1000 else output // 10 * 10
    return {
        "name": f"示例{trade}{product.word}{rng.choice(words.NAME_ENDINGS)}",
        "investor": company,
        "origin": origin,
        "sector": sector,
        "currency": currency,
        "content": product.content.format(n=rounded),
        "phase": 0,
    }


def _course(rng: random.Random, months: int, place: int, who: dict[str, Any]) -> dict[str, int]:
    """First month of each stage passed through; months before the first workbook are negative."""
    # The first workbook needs a project, and the one in Hong Kong dollars is to be seen through its stages.
    is_early = place == 0 or who["currency"] == "HKD"
    start = -rng.randint(2, 12) if is_early else rng.randint(-16, max(0, months - 2))
    if who["phase"] == 2:
        start = max(start, 0)
    is_stuck = not is_early and rng.random() < 0.15
    course: dict[str, int] = {}
    for stage, (low, high, of_ten) in _STAYS.items():
        if rng.randint(1, 10) > of_ten:
            continue
        course[stage] = start
        start += rng.randint(low, high)
        if is_stuck and stage == "negotiating":
            start = _NEVER
    return course


def _stage(course: dict[str, int], index: int) -> str | None:
    reached = [stage for stage, start in course.items() if start <= index]
    return reached[-1] if reached else None


def _terminations(courses: list[dict[str, int]], months: int, rng: random.Random) -> list[int]:
    """Month each project is terminated in; a project that is being built is never terminated."""
    ended = [_NEVER] * len(courses)
    for place in rng.sample(range(len(courses)), len(courses)):
        may = [i for i in range(1, months) if _stage(courses[place], i - 1) in STAGES[1:5]]
        if may and sum(month < _NEVER for month in ended) < len(courses) // 20:
            ended[place] = rng.choice(may)
    return ended


def _capital(rng: random.Random, signed: int, course: dict[str, int], end: int) -> dict[int, float]:
    """Capital of each month from the one after signing until production, less than the signed amount."""
    window = range(course["signed"] + 1, course["production"])
    weights = [rng.randint(1, 10) if rng.random() < 0.6 else 0 for _ in window]
    hundredths = signed * rng.randint(70, 98)
    step = 1 if rng.random() < 0.2 else 500 if signed >= 1000 else 100
    whole = max(1, sum(weights))
    shares = [hundredths * weight // whole // step * step for weight in weights]
    return {i: share / 100 for i, share in zip(window, shares, strict=True) if i < end}


def _correction(drafts: list[_Draft], months: int, rng: random.Random) -> tuple[int, int, float] | None:
    """Which project, which month and how much is taken back; None where no project has room for it."""
    room = []
    for place, draft in enumerate(drafts):
        for i in range(1, months):
            year_so_far = sum(draft.capital.get(j, 0.0) for j in range(i // 12 * 12, i))
            is_open = draft.course["signed"] < i < min(draft.end, draft.course["production"])
            if draft.who["currency"] == "CNY" and is_open and year_so_far >= 100:
                room.append((place, i, int(year_so_far)))
    if not room:
        return None
    place, index, year_so_far = rng.choice(room)
    return place, index, float(year_so_far * rng.randint(10, 30) // 1000 * 10)


def _project(rng: random.Random, place: int, draft: _Draft, months: int) -> Project:
    who, course, end, capital = draft.who, draft.course, draft.end, draft.capital
    first = max(0, min(course.values()))
    signed_at = course["signed"]
    is_signed = signed_at < min(end, months)
    by_day = rng.random() < 0.6
    day = rng.randint(1, 28)
    total, fixed_percent, equipment_percent = who["total"], rng.randint(60, 90), rng.randint(30, 60)
    fixed = total * fixed_percent // 100
    lived = []
    for i in range(first, months):
        stage = "terminated" if i >= end else _stage(course, i)
        arrived = capital.get(i, 0.0) if is_signed and i >= signed_at else None
        lived.append(Month(month_of(i), stage or "lead", arrived))
    planned = max(signed_at, course["started"] - rng.randint(0, 2)) if signed_at < _NEVER else first + 12
    return Project(
        number=f"P{place + 1:03d}",
        name=who["name"],
        investor=who["investor"],
        origin=who["origin"].full,
        origin_level=who["origin"].level,
        sector=who["sector"],
        currency=who["currency"],
        total_investment_10k=float(total),
        total_is_approximate=who["currency"] == "CNY" and rng.random() < 0.08,
        signed_10k=float(who["signed"]) if is_signed else None,
        signed_on=month_of(signed_at).replace(day=day if by_day else 1) if is_signed else None,
        signed_precision=("day" if by_day else "month") if is_signed else None,
        fixed_asset_10k=float(fixed),
        equipment_10k=float(fixed * equipment_percent // 100),
        content=who["content"],
        land_mu=None if rng.random() < 0.15 else rng.randint(8, 120) + rng.choice((0.0, 0.0, 0.5)),
        method=rng.choice(words.METHODS),
        station=rng.choice(words.STATIONS) if rng.random() < 0.7 else None,
        responsible=rng.choice(words.DUTY_HOLDERS),
        planned_start_on=month_of(planned),
        started_on=month_of(course["started"]) if course["started"] < min(end, months) else None,
        arrived_before_10k=round(sum((value for i, value in capital.items() if i < 0), 0.0), 2),
        first_month=first,
        months=tuple(lived),
    )
