"""What is known of every name a project is reported under, and whether two names are of one project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from meishan_stats.history.runs import PLACE, Array, last_known, ordered_rows
from meishan_stats.values.names import (
    former_names,
    investor_stem,
    likeness,
    name_marks,
    name_stem,
    same_investor,
    without_former,
)
from meishan_stats.values.text import match_key

_LIKE = 0.8
"""Likeness of two stems from which names may be one: 正极材料 and 负极材料 are at 0.86, so it never decides alone."""
_MOST_PAIRS = 4_000_000


@dataclass(frozen=True)
class Entity:
    """All rows of one code or name: how it is called, by whom, when and where, and what is known of it."""

    key: str
    name: str
    stem: str
    marks: frozenset[str]
    investors: frozenset[str]
    sheets: frozenset[int]
    first: pd.Timestamp | None
    last: pd.Timestamp | None
    facts: Mapping[str, object]
    formerly: frozenset[str]
    row: Mapping[Any, Any]
    has_code: bool


def entities_of(frame: pd.DataFrame, sheets: pd.Series) -> list[Entity]:
    """Entities that may be merged: those given by hand, and those that stand on every sheet, are left."""
    may_move = _may_move(frame["_key"], sheets)
    if not may_move.any():
        return []
    part = frame.loc[may_move, _NEEDED].assign(_sheet=sheets[may_move])
    part = part.iloc[ordered_rows(part, ["period", *PLACE])].reset_index(drop=True)
    codes, keys = pd.factorize(part["_key"])
    order = np.arange(len(part))
    last = last_known(part, _NEEDED, codes, len(keys), order)
    begins = last_known(part, ["period"], codes, len(keys), order[::-1])["period"]
    first = part[~part["_key"].duplicated()].to_dict("records")
    investors, names, on_sheets = (_sets(part, name) for name in ("investor", "name", "_sheet"))
    remarks = _sets(part[part["extra"].astype("str").str.contains("原|更名|曾用")], "extra")
    return [
        Entity(
            key=row["_key"],
            name=row["name"],
            stem=name_stem(without_former(row["name"])),
            marks=name_marks(without_former(row["name"])),
            investors=frozenset(map(investor_stem, investors.get(row["_key"], ()))),
            sheets=frozenset(on_sheets[row["_key"]]),
            first=_known_time(begin),
            last=_known_time(row["period"]),
            facts=_facts(row),
            formerly=frozenset(
                match_key(former)
                for text in (names[row["_key"]] | remarks.get(row["_key"], set()))
                for former in former_names(str(text))
            ),
            row=reported,
            has_code=pd.notna(row["project_code"]),
        )
        for row, reported, begin in zip(last.to_dict("records"), first, begins, strict=True)
    ]


_NEEDED = [
    "_key", "office", *PLACE, "cell", "name", "period", "investor", "project_code", "extra", "currency",
    "total_investment_10k", "land_mu", "signed_on", "signed_precision", "content",
]  # fmt: skip


def _may_move(keys: pd.Series, sheets: pd.Series) -> Array:
    """True for rows whose key is not given by hand and is missing on some sheet."""
    codes, distinct = pd.factorize(keys)
    pairs = pd.DataFrame({"key": codes, "sheet": sheets.to_numpy()}).drop_duplicates()
    may = np.bincount(pairs["key"], minlength=len(distinct)) < sheets.nunique()
    may &= ~distinct.str.startswith("=")
    return may[codes]


def _sets(frame: pd.DataFrame, column: str) -> dict[str, set[Any]]:
    """Distinct values of a column by key."""
    sets: dict[str, set[Any]] = {}
    distinct = frame[["_key", column]].dropna().drop_duplicates()
    for key, value in zip(distinct["_key"], distinct[column], strict=True):
        sets.setdefault(key, set()).add(value)
    return sets


def _known_time(time: pd.Timestamp) -> pd.Timestamp | None:
    return None if pd.isna(time) else time


def _facts(row: Mapping[Any, Any]) -> dict[str, object]:
    """What tells a project whatever its name: its total, its land, its day of signing, what it builds."""
    facts: dict[str, object] = {}
    if pd.notna(row["total_investment_10k"]):
        facts["total"] = (row["currency"], round(float(row["total_investment_10k"]), 2))
    if pd.notna(row["land_mu"]):
        facts["land"] = round(float(row["land_mu"]), 2)
    if pd.notna(row["signed_on"]) and row["signed_precision"] == "day":
        facts["signed"] = row["signed_on"]
    if isinstance(row["content"], str) and len(row["content"]) >= 6:
        facts["content"] = match_key(row["content"])
    return facts


def candidates(entities: list[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Pairs worth judging: of one investor, of like names where one investor is not known, or one formerly the other."""
    seen: set[tuple[int, int]] = set()
    for i, j in (*_of_one_investor(entities), *_without_investor(entities), *_by_former_name(entities)):
        pair = (min(i, j), max(i, j))
        if i != j and pair not in seen:
            seen.add(pair)
            yield entities[pair[0]], entities[pair[1]]


def _of_one_investor(entities: list[Entity]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = {}
    for i, entity in enumerate(entities):
        for investor in entity.investors:
            blocks.setdefault(investor, []).append(i)
    for investor, block in blocks.items():
        yield from combinations(block, 2)
        ends = {investor[i:] for i in range(1, len(investor) - 3)} | {
            investor[:i] for i in range(4, len(investor))
        }
        for end in sorted(ends & blocks.keys()):
            yield from product(block, blocks[end])


def _without_investor(entities: list[Entity]) -> Iterator[tuple[int, int]]:
    unknown = [i for i, entity in enumerate(entities) if not entity.investors]
    if not unknown:
        return
    if len(unknown) * len(entities) > _MOST_PAIRS:
        stems: dict[str, list[int]] = {}
        for i, entity in enumerate(entities):
            stems.setdefault(entity.stem, []).append(i)
        for i in unknown:
            yield from ((i, j) for j in stems[entities[i].stem])
        return
    scores = process.cdist(
        [entities[i].stem for i in unknown], [entity.stem for entity in entities],
        scorer=fuzz.ratio, score_cutoff=100 * _LIKE,
    )  # fmt: skip
    for row, j in zip(*scores.nonzero(), strict=True):
        yield unknown[row], int(j)


def _by_former_name(entities: list[Entity]) -> Iterator[tuple[int, int]]:
    by_name = {match_key(entity.name): i for i, entity in enumerate(entities)}
    for i, entity in enumerate(entities):
        yield from ((i, by_name[name]) for name in entity.formerly if name in by_name)


def judge(a: Entity, b: Entity) -> tuple[bool, float] | None:
    """Whether two entities are one project (True) or may be (False), and how surely; None: they are two."""
    if a.sheets & b.sheets or (a.has_code and b.has_code):
        return None
    if match_key(a.name) in b.formerly or match_key(b.name) in a.formerly:
        return True, 3.0
    if a.marks != b.marks:
        return None
    is_known = bool(a.investors and b.investors)
    if is_known and not any(same_investor(x, y) for x, y in product(a.investors, b.investors)):
        return None
    if a.stem == b.stem:
        return (True, 2.0) if is_known or len(a.stem) >= 4 else (False, 1.0)
    agreeing = [fact for fact in a.facts.keys() & b.facts.keys() if a.facts[fact] == b.facts[fact]]
    is_clashing = "total" in a.facts.keys() & b.facts.keys() and "total" not in agreeing
    like = likeness(a.stem, b.stem)
    if is_clashing:
        return None
    if like >= _LIKE and agreeing:
        return True, like
    if is_known and len(agreeing) >= 2 and _follows(a, b):
        return True, like
    if like >= (_LIKE if is_known else _LIKE + 0.05):
        return False, like
    return None


def _follows(a: Entity, b: Entity) -> bool:
    """Whether one is reported only after the other was last reported."""
    if None in (a.first, a.last, b.first, b.last):
        return False
    return bool(a.last < b.first or b.last < a.first)  # type: ignore[operator]
