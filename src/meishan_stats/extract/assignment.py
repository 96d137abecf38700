"""Columns to fields, all columns of a table together, over what headers say and what values look like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from meishan_stats.extract.cells import DATE, EMPTY, NUMBER, PLACEHOLDER, TEXT, look
from meishan_stats.extract.fields import REPEATABLE, kind_of
from meishan_stats.extract.headers import STEP_WEIGHT, HeaderMatch, match_path
from meishan_stats.extract.raw_table import Column
from meishan_stats.units import parse_unit

SAMPLE = 200
LEAST_SCORE = 0.45
NEAR_NEEDS = 0.5


@dataclass(frozen=True)
class Profile:
    """Shares of the non-empty cells of a column that are numbers, dates, text; and how text looks."""

    n: int
    number: float
    date: float
    text: float
    year_like: float
    small_integer: float
    unit: float
    mean_length: float
    distinct: float


def profile(values: Iterable[object]) -> Profile:
    """Profile of a column's cells, placeholders left out.

    >>> profile([1, 2, "三", ""]).number
    0.6666666666666666
    """
    cells = [(value, kind) for value in values if (kind := look(value)) not in (EMPTY, PLACEHOLDER)][:SAMPLE]
    n = len(cells)
    if not n:
        return Profile(0, 0, 0, 0, 0, 0, 0, 0, 0)
    numbers = [float(v) for v, kind in cells if kind == NUMBER and isinstance(v, int | float)]
    texts = [str(v) for v, kind in cells if kind == TEXT]
    return Profile(
        n=n,
        number=sum(kind == NUMBER for _, kind in cells) / n,
        date=sum(kind == DATE for _, kind in cells) / n,
        text=len(texts) / n,
        year_like=sum(_may_be_date(v) for v in numbers) / n,
        small_integer=sum(v.is_integer() and 0 <= v < 10_000 for v in numbers) / n,
        unit=sum(parse_unit(text) is not None for text in texts) / n,
        mean_length=sum(map(len, texts)) / len(texts) if texts else 0.0,
        distinct=len({str(v) for v, _ in cells}) / n,
    )


def _may_be_date(value: float) -> bool:
    return 1980 <= value < 2101 or 20_000 <= value <= 60_000 or 198_001 <= value <= 21_001_231


def agreement(field: str, seen: Profile) -> float:
    """How well the values of a column suit a field, 0 to 1; an empty column says little: 0.7."""
    if seen.n == 0:
        return 0.7
    kind = kind_of(field)
    if kind in ("money", "area", "count", "target"):
        return max(seen.number, 0.5 * (seen.number > 0), 0.15)
    if kind == "share":
        return max(seen.number, 0.4)
    if kind == "date":
        return max(seen.date + seen.year_like, 0.6 * (seen.date > 0), 0.45 * seen.text, 0.1)
    if kind == "integer":
        return 1.0 if field != "seq" else max(seen.small_integer, 0.8 * (seen.mean_length <= 4))
    if field == "unit_of_measure":
        return seen.unit
    if field == "town" and seen.unit > NEAR_NEEDS:
        return 0.0
    if kind in ("name", "word"):
        short = 1.0 if seen.mean_length <= 60 else 0.6
        return max(seen.text * short, 0.25 if kind == "word" else 0.1)
    if kind == "prose":
        return max(seen.text, 0.5)
    return 1.0


def assign_columns(
    paths: Mapping[int, Sequence[str]],
    units: Mapping[int, str | None],
    profiles: Mapping[int, Profile],
    own: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """Columns with the field each stands for; the best pair of all is taken first.

    Parameters
    ----------
    paths : header texts of each column, top to bottom, by column number
    units : unit written in the header of each column
    profiles : what the values of each column look like
    own : spellings of the office itself, header → field
    """
    columns = {
        c: Column(
            c,
            "/".join(dict.fromkeys(path)),
            unit=parse_unit(units[c] or ""),
            unit_text=units[c],
        )
        for c, path in paths.items()
    }
    pairs = [
        (score, -c, match)
        for c, path in paths.items()
        for i, match in enumerate(match_path(path, own))
        if (score := _pair_score(match, profiles[c]) - 0.02 * i) >= LEAST_SCORE
    ]
    taken: set[tuple[object, ...]] = set()
    done: set[int] = set()
    for score, minus_c, match in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        c = -minus_c
        column = columns[c]
        currency = column.unit.currency if column.unit else None
        claim = (match.field, match.month, match.year, match.grain, currency)
        if c in done:
            continue
        if claim in taken and match.field.partition(".")[0] not in REPEATABLE:
            columns[c] = replace(column, is_duplicate=True)
            continue
        taken.add(claim)
        done.add(c)
        columns[c] = replace(
            column, field=match.field, step=match.step, score=round(score, 3),
            month=match.month, year=match.year, grain=match.grain, is_duplicate=False,
        )  # fmt: skip
    return tuple(columns[c] for c in sorted(columns))


def _pair_score(match: HeaderMatch, seen: Profile) -> float:
    fits = agreement(match.field, seen)
    if match.step == "near" and fits < NEAR_NEEDS:
        return 0.0
    return match.score * STEP_WEIGHT[match.step] * (0.35 + 0.65 * fits)
