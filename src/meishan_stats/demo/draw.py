"""Draw what happens in the invented town, from one seed."""

import random
from dataclasses import dataclass, replace
from typing import Any

from meishan_stats.demo import words
from meishan_stats.demo.contests import draw_contests
from meishan_stats.demo.identities import draw_identities
from meishan_stats.demo.milestones import draw_milestones
from meishan_stats.demo.names import draw_names
from meishan_stats.demo.platform import draw_platform
from meishan_stats.demo.postings import draw_postings
from meishan_stats.demo.rates import draw_rates
from meishan_stats.demo.targets import draw_targets
from meishan_stats.demo.truth import STAGES, Month, Project, Truth, month_of
from meishan_stats.demo.visits import draw_visits

# Months spent at a stage, and of ten projects how many pass through it by name.
_STAYS = {
    "lead": (1, 3, 5), "negotiating": (2, 6, 10), "signed": (1, 3, 10), "registered": (1, 2, 5),
    "approval": (1, 4, 8), "landed": (1, 2, 5), "started": (5, 12, 10), "completed": (1, 2, 8),
    "production": (3, 8, 10), "capacity": (1, 1, 10),
}  # fmt: skip
_NEVER = 10_000


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
    one; about one project in twenty is terminated and one vanishes. Only ``random.Random`` of the seed
    decides, in whole numbers, so that every platform draws the same; each table beside the projects has a
    generator of its own, so that none changes what another draws.

    Examples
    --------
    >>> truth = draw_truth(months=3, projects=8, seed=1)
    >>> [f"{period:%Y-%m}" for period in truth.periods], len(truth.projects)
    (['2010-01', '2010-02', '2010-03'], 8)
    """
    rng = random.Random(seed)
    people = draw_identities(projects, rng)
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
    drawn = [_project(rng, place, draft, months, seed) for place, draft in enumerate(drafts)]
    named = draw_names(drawn, months, seed, spared=correction[0] if correction else None)
    truth = Truth(seed, tuple(month_of(i) for i in range(months)), tuple(named), correction)
    truth = replace(truth, targets=draw_targets(truth), visits=draw_visits(truth))
    truth = replace(truth, postings=draw_postings(truth), platform=draw_platform(truth))
    return replace(truth, contests=draw_contests(truth), rates=draw_rates(truth))


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


def _project(rng: random.Random, place: int, draft: _Draft, months: int, seed: int) -> Project:
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
        lived.append(Month(month_of(i), stage or "lead", arrived, who["name"]))
    planned = max(signed_at, course["started"] - rng.randint(0, 2)) if signed_at < _NEVER else first + 12
    is_rough = who["currency"] == "CNY" and rng.random() < 0.08
    land = None if rng.random() < 0.15 else rng.randint(8, 120) + rng.choice((0.0, 0.0, 0.5))
    method = rng.choice(words.METHODS)
    station = rng.choice(words.STATIONS) if rng.random() < 0.7 else None
    responsible = rng.choice(words.DUTY_HOLDERS)
    signed_on = month_of(signed_at).replace(day=day if by_day else 1) if is_signed else None
    precision = "day" if by_day else "month"
    own = random.Random(f"{seed}/{place}/milestones and benefits")
    milestones = (
        draw_milestones(own, course, min(end, months), signed_on, precision, planned, responsible)
        if signed_on
        else ()
    )
    return Project(
        number=f"P{place + 1:03d}",
        name=who["name"],
        investor=who["investor"],
        origin=who["origin"].full,
        origin_level=who["origin"].level,
        sector=who["sector"],
        currency=who["currency"],
        total_investment_10k=float(total),
        total_is_approximate=is_rough,
        signed_10k=float(who["signed"]) if is_signed else None,
        signed_on=signed_on,
        signed_precision=precision if is_signed else None,
        fixed_asset_10k=float(fixed),
        equipment_10k=float(fixed * equipment_percent // 100),
        content=who["content"],
        land_mu=land,
        **_benefits(own, total * (6 if who["currency"] == "USD" else 1), land),
        method=method,
        station=station,
        responsible=responsible,
        planned_start_on=month_of(planned),
        milestones=milestones,
        arrived_before_10k=round(sum((value for i, value in capital.items() if i < 0), 0.0), 2),
        first_month=first,
        months=tuple(lived),
    )


def _benefits(rng: random.Random, total: int, land: float | None) -> dict[str, Any]:
    """Plant, yearly output and tax, jobs that a project expects, in the size of its investment and land."""
    output = total * rng.randint(10, 25) // 10
    plant = int(land * rng.randint(40, 90)) * 10 if land else rng.randint(10, 60) * 100
    return {
        "plant_area_m2": float(plant),
        "annual_output_10k": float(output),
        "annual_tax_10k": float(output * rng.randint(30, 90) // 1000),
        "n_jobs": None if rng.random() < 0.1 else rng.randint(10, 30) + total // 50,
    }
