"""Columns to fields, all columns of a table together, over what headers say and what values look like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from meishan_stats.extract.cells import DATE, EMPTY, NUMBER, PLACEHOLDER, TEXT
from meishan_stats.extract.fields import REPEATABLE, kind_of
from meishan_stats.extract.glance import kinds_of
from meishan_stats.extract.headers import STEP_WEIGHT, HeaderMatch, match_path
from meishan_stats.extract.raw_table import Column
from meishan_stats.units import parse_unit

SAMPLE = 200
LEAST_SCORE = 0.45
NEAR_NEEDS = 0.5


@dataclass(frozen=True)
class Profile:
    """Shares of the non-empty cells of a column that are numbers, dates, text; and how these look."""

    n: int = 0
    number: float = 0.0
    date: float = 0.0
    text: float = 0.0
    mean_length: float = 0.0
    texts: tuple[str, ...] = ()
    numbers: np.ndarray = field(default_factory=lambda: np.zeros(0), compare=False)

    @cached_property
    def year_like(self) -> float:
        """Share of the cells that are numbers which may be a year or a date."""
        v = self.numbers
        is_date = ((v >= 1980) & (v < 2101)) | ((v >= 20_000) & (v <= 60_000))
        return int((is_date | ((v >= 198_001) & (v <= 21_001_231))).sum()) / max(self.n, 1)

    @cached_property
    def small_integer(self) -> float:
        """Share of the cells that are whole numbers below ten thousand."""
        v = self.numbers
        return int(((v % 1 == 0) & (v >= 0) & (v < 10_000)).sum()) / max(self.n, 1)

    @cached_property
    def unit(self) -> float:
        """Share of the cells that are a unit."""
        return sum(parse_unit(text) is not None for text in self.texts) / self.n if self.n else 0.0


def profile(values: Sequence[object] | np.ndarray | pd.Series, kinds: np.ndarray | None = None) -> Profile:
    """Profile of the first cells of a column, placeholders left out; `kinds` if they are known.

    >>> profile([1, 2, "三", ""]).number
    0.6666666666666666
    """
    cells = values.to_numpy() if isinstance(values, pd.Series) else np.array(values, dtype=object)
    kinds = kinds_of(cells) if kinds is None else kinds
    places = np.flatnonzero((kinds != EMPTY) & (kinds != PLACEHOLDER))[:SAMPLE]
    n = len(places)
    if not n:
        return Profile()
    kinds, cells = kinds[places], cells[places]
    texts = tuple(map(str, cells[kinds == TEXT]))
    numbers = cells[kinds == NUMBER].tolist()
    if not set(map(type, numbers)) <= {float, int}:
        numbers = [v for v in numbers if isinstance(v, int | float)]
    return Profile(
        n=n,
        number=int((kinds == NUMBER).sum()) / n,
        date=int((kinds == DATE).sum()) / n,
        text=len(texts) / n,
        mean_length=sum(map(len, texts)) / len(texts) if texts else 0.0,
        texts=texts,
        numbers=np.array(numbers, dtype=float),
    )


def agreement(field: str, seen: Profile) -> float:
    """How well the values of a column suit a field, 0 to 1; an empty column says little: 0.7."""
    if seen.n == 0:
        return 0.7
    kind = kind_of(field)
    if kind in ("money", "area", "count", "target"):
        fits = max(seen.number, 0.5 * (seen.number > 0), 0.15)
        return 0.9 * fits if kind == "money" and seen.year_like > 0.9 else fits
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
        Pair(score, c, match, _claim(match, columns[c]))
        for c, path in paths.items()
        if not _is_converted(units[c])
        for i, match in enumerate(match_path(path, own))
        if (score := _pair_score(match, profiles[c]) - 0.02 * i) >= LEAST_SCORE
    ]
    given, rivals = _best_pairs(pairs)
    for c, pair in given.items():
        match = pair.match
        columns[c] = replace(
            columns[c], field=match.field, step=match.step, score=round(pair.score, 3),
            month=match.month, year=match.year, grain=match.grain,
        )  # fmt: skip
    for c in _open_cumulatives(given):
        columns[c] = replace(columns[c], field=(columns[c].field or "").replace(".ytd", ".total"))
    for c, column in columns.items():
        if _is_converted(units[c]):
            rivals[c] = next((k for k in given if columns[k].header == column.header), c)
    for c, rival in rivals.items():
        columns[c] = replace(columns[c], rival=columns[rival].header or "?")
    return tuple(columns[c] for c in sorted(columns))


def _is_converted(unit_text: str | None) -> bool:
    """True for 折人民币（万元）: the amount beside it once more, in another currency."""
    return bool(unit_text) and str(unit_text).startswith("折")


class Pair(NamedTuple):
    """A column and a field it may have, with the score of the pair and what no two columns may share."""

    score: float
    column: int
    match: HeaderMatch
    claim: tuple[object, ...]


def _claim(match: HeaderMatch, column: Column) -> tuple[object, ...]:
    if match.field.partition(".")[0] in REPEATABLE:
        return (match.field, column.index)
    currency = column.unit.currency if column.unit else None
    return (match.field, match.month, match.year, match.grain, currency, match.is_open)


def _best_pairs(pairs: Sequence[Pair]) -> tuple[dict[int, Pair], dict[int, int]]:
    """Best pair first, no claim twice; a column that comes too late may still move its rival to another field."""
    given: dict[int, Pair] = {}
    holder: dict[tuple[object, ...], int] = {}
    lost: dict[int, Pair] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.column)):
        if pair.column in given:
            continue
        if pair.claim in holder:
            lost.setdefault(pair.column, pair)
            continue
        given[pair.column], holder[pair.claim] = pair, pair.column
    rivals: dict[int, int] = {}
    for c, pair in lost.items():
        if c in given:
            continue
        rival = holder[pair.claim]
        other = next((p for p in pairs if p.column == rival and p.claim not in holder), None)
        if other is None:
            rivals[c] = rival
        else:
            given[rival], holder[other.claim] = other, rival
            given[c], holder[pair.claim] = pair, c
    return given, rivals


def _open_cumulatives(given: Mapping[int, Pair]) -> list[int]:
    """Columns headed by a bare 累计 that stand beside the year's own amount: they are of all years."""
    of_year = {
        pair.match.field
        for pair in given.values()
        if pair.match.field.endswith(".ytd") and not pair.match.is_open
    }
    return [c for c, pair in given.items() if pair.match.is_open and pair.match.field in of_year]


def _pair_score(match: HeaderMatch, seen: Profile) -> float:
    fits = agreement(match.field, seen)
    if match.step == "near" and fits < NEAR_NEEDS:
        return 0.0
    return match.score * STEP_WEIGHT[match.step] * (0.35 + 0.65 * fits)
