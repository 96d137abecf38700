"""What a year of lists does to names: other spellings, a project renamed, one that is no longer listed."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from meishan_stats.demo import words
from meishan_stats.demo.truth import Month, Project

_UNSIGNED = ("lead", "negotiating")
_LEAST_LISTED = _LEAST_GONE = 3
_LONG = ("生产线项目", "生产项目", "扩建项目", "产业化项目")


def draw_names(
    projects: Sequence[Project], months: int, seed: int, *, spared: str | None = None
) -> list[Project]:
    """Same projects: two are spelled in three ways, one is renamed, one vanishes, where the months leave room.

    Projects in phases and the project named `spared` keep their names. A project that vanishes is not
    signed, and nothing is known of it after the month it is last listed in.
    """
    rng = random.Random(f"{seed}/names")
    found = {project.number: project for project in projects}
    free = [p for p in projects if p.currency == "CNY" and "期）" not in p.name and p.name != spared]
    investors = [project.investor for project in projects]
    changes: list[tuple[Callable[[Project], bool], Callable[[Project, random.Random], Project]]] = [
        (lambda p: _most_listed(p, months) >= _LEAST_LISTED, lambda p, r: _vanish(p, r, months)),
        (lambda p: len(p.months) >= 10 and p.name.endswith(_LONG), _word_dropped_and_doubled),
        (lambda p: len(p.months) >= 10 and p.name.endswith(_LONG), _spaced_and_bracketed),
        (lambda p: investors.count(p.investor) == 1 and _may_be_renamed(p), _renamed),
    ]
    for may, change in changes:
        choices = [project for project in free if may(project)]
        if choices:
            chosen = rng.choice(choices)
            free.remove(chosen)
            changed = change(chosen, rng)
            others = {m.name for p in found.values() if p.number != chosen.number for m in p.months}
            # Among many projects a shorter name may be that of another: then this one keeps its own.
            if not others & {month.name for month in changed.months}:
                found[chosen.number] = changed
    return list(found.values())


def _most_listed(project: Project, months: int) -> int:
    """Months a project that vanishes may be listed for: it is not signed, and the lists go on without it."""
    stages = [month.stage for month in project.months]
    n_unsigned = next((i for i, stage in enumerate(stages) if stage not in _UNSIGNED), len(stages))
    return min(n_unsigned, months - _LEAST_GONE - project.first_month)


def _vanish(project: Project, rng: random.Random, months: int) -> Project:
    n = rng.randint(_LEAST_LISTED, _most_listed(project, months))
    return replace(
        project,
        months=project.months[:n],
        signed_10k=None,
        signed_on=None,
        signed_precision=None,
        milestones=(),
        arrived_before_10k=0.0,
        is_vanished=True,
    )


def _word_dropped_and_doubled(project: Project, rng: random.Random) -> Project:
    """A word is dropped for some months; in one month a character is typed twice."""
    name = project.name
    dropped = name.removesuffix(_ending(name)) + "项目"
    place = rng.randint(4, len(name.removesuffix(_ending(name))) - 1)
    doubled = name[: place + 1] + name[place:]
    third = len(project.months) // 3
    return _written(project, [name] * third + [dropped] * third + [name] * 2 + [doubled])


def _spaced_and_bracketed(project: Project, rng: random.Random) -> Project:
    """A space after the words that tell the project from others; later a word goes into brackets."""
    name, ending = project.name, _ending(project.name)
    spaced = f"{name[:4]} {name[4:]}"
    bracketed = f"{name.removesuffix(ending)}（{ending.removesuffix('项目')}）项目"
    third = len(project.months) // 3
    written = [name] * third + [spaced] * third
    return _written(project, written + [bracketed] * (len(project.months) - len(written)))


def _may_be_renamed(project: Project) -> bool:
    is_going_on = project.months[-1].stage != "terminated"
    return is_going_on and sum(month.arrived_10k is not None for month in project.months) >= 6


def _renamed(project: Project, rng: random.Random) -> Project:
    """From some month after it is signed the project has another name: only what it makes stays."""
    first = next(i for i, month in enumerate(project.months) if month.arrived_10k is not None)
    place = rng.randint(max(2, first + 1), len(project.months) - 4)
    product = next(product.word for product in words.PRODUCTS[project.sector] if product.word in project.name)
    later = len(project.months) - place
    renamed = _written(project, [project.name] * place + [f"示例宏远{product}生产基地"] * later)
    return replace(renamed, former_name=project.name)


def _ending(name: str) -> str:
    return next(ending for ending in _LONG if name.endswith(ending))


def _written(project: Project, names: list[str]) -> Project:
    """Project whose months have these names, the rest its own; the last of them is its name."""
    rest = [project.name] * (len(project.months) - len(names))
    months: list[Month] = [
        replace(month, name=name) for month, name in zip(project.months, names + rest, strict=True)
    ]
    return replace(project, name=months[-1].name, months=tuple(months))
