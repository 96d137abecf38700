"""When each step of a project was planned for and when it happened, drawn from the course of its stages."""

import random
from datetime import date

from meishan_stats.demo import words
from meishan_stats.demo.facts import Milestone
from meishan_stats.demo.truth import STAGES, month_of

STEPS = {
    "signed": "签订投资协议",
    "registered": "完成工商注册",
    "approval": "完成项目报批",
    "started": "厂房开工建设",
    "completed": "厂房竣工",
    "production": "正式投产",
}
OTHER_STEPS = {"approval": "施工图纸设计", "started": "厂房主体结顶", "completed": "设备安装调试"}
"""A step that is none of the milestones, and the milestone it follows."""


def draw_milestones(
    rng: random.Random,
    course: dict[str, int],
    end: int,
    signed_on: date,
    signed_precision: str,
    planned_start: int,
    responsible: str,
) -> tuple[Milestone, ...]:
    """Steps of one signed project in their order.

    A stage is told of from its month on; what happened may lie a month earlier. A stage that the lists pass
    over happened between its neighbours. Before month `end` only; plans are made for what never happens too.
    """
    extra = rng.choice(list(OTHER_STEPS))
    before_start = {STEPS["registered"], STEPS["approval"], OTHER_STEPS["approval"]}
    found: list[Milestone] = []
    happened, last_day, planned = course["signed"], signed_on.day, course["signed"] - rng.randint(0, 2)
    for code, step in _order(extra):
        known_from = _told_from(course, code or extra, of_next=code is None)
        if code == "signed":
            on, precision = signed_on, signed_precision
        else:
            month = _month(rng, course, code, happened, known_from)
            last_day = 1 if month > happened else last_day
            is_by_day = rng.random() < 0.7
            last_day = rng.randint(last_day, 28) if is_by_day else last_day
            happened = month
            on = month_of(month).replace(day=last_day if is_by_day else 1)
            precision = "day" if is_by_day else "month"
            planned = max(planned, month - rng.choice((-1, 0, 0, 1, 1, 2)))
            if code == "started":
                planned = planned_start
            elif step in before_start:
                planned = min(planned, planned_start)
        plan, plan_precision = _plan(rng, planned, may_be_day=code not in {"signed", "started"})
        is_done = known_from < end
        found.append(
            Milestone(
                code, step, plan, plan_precision,
                on if is_done else None, precision if is_done else None, known_from if is_done else None,
                responsible if code else rng.choice(words.DUTY_HOLDERS),
            )
        )  # fmt: skip
    return tuple(found)


def _order(extra: str) -> list[tuple[str | None, str]]:
    steps: list[tuple[str | None, str]] = []
    for code, step in STEPS.items():
        steps.append((code, step))
        if code == extra:
            steps.append((None, OTHER_STEPS[extra]))
    return steps


def _told_from(course: dict[str, int], code: str, *, of_next: bool) -> int:
    """Month in which a stage, or a later one where it is passed over, is first on the lists."""
    later = STAGES[STAGES.index(code) + of_next :]
    return min(course[stage] for stage in later if stage in course)


def _month(rng: random.Random, course: dict[str, int], code: str | None, before: int, known_from: int) -> int:
    """Month a step happens in: never before the step before it, never after it is told of."""
    if code in course:
        return max(before, known_from - rng.choice((0, 0, 0, 0, 1)))
    return rng.randint(before, known_from)


def _plan(rng: random.Random, month: int, *, may_be_day: bool) -> tuple[date, str]:
    on = month_of(month)
    if not may_be_day or rng.random() < 0.5:
        return on, "month"
    return on.replace(day=rng.choice((10, 15, 20, 28))), "day"
