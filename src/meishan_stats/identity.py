"""Which reported rows speak of one project: by its code, its name, or a name like it of the same investor."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from meishan_stats.problems import Problem, problem
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
_SHEET = ["source_file", "source_sheet"]


@dataclass(frozen=True)
class _Entity:
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


def identify(reports: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Reports with ``project_id``, one for all rows of one project.

    A project is known by its code, else by its name; two rows of one sheet with one name are two projects
    where their investors differ, and else a problem. Two codes are two projects. Two names are one project if they never stand on
    one sheet, have the same investor (or none), no number, phase or word such as 扩建 tells them apart,
    and they differ only in words that clerks add and drop, or are alike and agree in amount, date or
    content. Such a merger is told; names that are merely alike are a ``doubtful_match`` and stay apart.

    Parameters
    ----------
    reports : ProjectReports
        May have a column ``same_as``: a name given by hand (corrections.csv), which alone decides.
    problems : list
        Doubts are added.
    """
    frame = _by_code_or_name(reports, problems)
    joined = _merge_alike(frame, problems)
    keys = frame["_key"].map(lambda key: joined.get(key, key))
    ids = {
        (office, key): f"{office}:{hashlib.blake2s(key.encode(), digest_size=5).hexdigest()}"
        for office, key in set(zip(frame["office"], keys, strict=True))
    }
    own = [ids[office, key] for office, key in zip(frame["office"], keys, strict=True)]
    return frame.assign(project_id=own).drop(columns="_key")


def _by_code_or_name(reports: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Reports with ``_key``: the project's code, else its name, with the investor where a sheet has two."""
    bare = {name: match_key(without_former(name)) for name in reports["name"].unique()}
    name_key = reports["name"].map(bare)
    code = reports["project_code"].map(lambda text: match_key(text) if isinstance(text, str) else None)
    code_of_name = code.groupby(name_key).transform("first")
    key = code.where(code.notna(), code_of_name).where(lambda k: k.notna(), name_key)
    frame = reports.assign(_key=key.astype("str"), _copy=0)
    sheet = [*_SHEET, "_key", "period"]
    twice = frame.duplicated(sheet, keep=False)
    if twice.any():
        investor = frame["investor"].map(lambda text: match_key(text) if isinstance(text, str) else "")
        named = (
            investor[twice].groupby([frame.loc[twice, c] for c in sheet], dropna=False).transform("nunique")
        )
        apart = (named > 1).reindex(frame.index, fill_value=False)
        use = frame["_key"].isin(set(frame.loc[apart, "_key"]))
        frame["_key"] = frame["_key"].where(~use, frame["_key"] + "|" + investor)
        frame["_copy"] = frame.groupby(sheet, dropna=False).cumcount()
        for _, rows in frame[frame["_copy"] > 0].groupby(sheet, sort=False, dropna=False):
            problems.append(_told("duplicate_project", rows.iloc[-1], n=len(rows) + 1))
    frame["_key"] = frame["_key"] + "#" + frame["_copy"].astype("str")
    if "same_as" in frame:
        given = frame["same_as"].notna()
        frame["_key"] = frame["_key"].where(~given, "=" + frame["same_as"].map(match_key, na_action="ignore"))
    return frame.drop(columns="_copy")


def _merge_alike(frame: pd.DataFrame, problems: list[Problem]) -> dict[str, str]:
    """Key under which each key that is merged goes: that of the project's first report."""
    sheets = frame.groupby(_SHEET, sort=False, dropna=False).ngroup()
    if sheets.nunique() < 2:
        return {}
    entities = _entities(frame, sheets)
    root = {entity.key: entity.key for entity in entities}
    members = {entity.key: [entity] for entity in entities}
    judged = ((a, b, found) for a, b in _candidates(entities) if (found := _judge(a, b)))
    doubtful = []
    for a, b, (is_same, _) in sorted(judged, key=lambda item: (-item[2][1], item[0].key, item[1].key)):
        one, other = root[a.key], root[b.key]
        if one == other:
            continue
        if not is_same:
            doubtful.append((a, b))
            continue
        if any(x.sheets & y.sheets or x.marks != y.marks for x, y in product(members[one], members[other])):
            continue
        first, second = sorted((one, other), key=lambda key: _begins(members[key]))
        members[first] += members.pop(second)
        root |= {entity.key: first for entity in members[first]}
        earlier, later = sorted((a, b), key=lambda e: _begins([e]))
        problems.append(_told("merged_names", later.row, other=earlier.name))
    told: set[str] = set()
    for a, b in doubtful:
        if root[a.key] != root[b.key] and not {a.key, b.key} & told:
            told |= {a.key, b.key}
            later, earlier = (a, b) if _begins([a]) > _begins([b]) else (b, a)
            problems.append(_told("doubtful_match", later.row, other=earlier.name))
    return {key: to for key, to in root.items() if key != to}


def _begins(entities: Iterable[_Entity]) -> tuple[pd.Timestamp, str]:
    return min((e.first if e.first is not None else pd.Timestamp.min, e.key) for e in entities)


def _told(code: str, row: Mapping[Any, Any] | pd.Series, **details: Any) -> Problem:
    """A doubt about a reported row, at the cell of its name."""
    place = {name: row[name] for name in ("office", *_SHEET)}
    found = problem(
        code, **place, source_row=int(row["source_row"]), value=row["name"], name=row["name"], **details
    )
    cell = row.get("cell")
    return found | {"cell": cell if isinstance(cell, str) else None}


def _entities(frame: pd.DataFrame, sheets: pd.Series) -> list[_Entity]:
    """Entities that may be merged: those given by hand, and those without a sheet to themselves, are left."""
    ordered = frame.assign(_sheet=sheets).sort_values(["period", *_SHEET, "source_row"], na_position="first")
    groups = ordered[~ordered["_key"].str.startswith("=")].groupby("_key", sort=False)
    n_sheets = sheets.nunique()
    counts = groups["_sheet"].nunique()
    movable = counts[counts < n_sheets].index
    return [_entity(str(key), groups.get_group(key)) for key in movable]


def _entity(key: str, rows: pd.DataFrame) -> _Entity:
    last = rows.iloc[-1]
    name = without_former(str(last["name"]))
    periods = rows["period"].dropna()
    said = [text for column in ("name", "extra") if column in rows for text in rows[column].dropna().unique()]
    return _Entity(
        key=key,
        name=str(last["name"]),
        stem=name_stem(name),
        marks=name_marks(name),
        investors=frozenset(investor_stem(text) for text in rows["investor"].dropna().unique()),
        sheets=frozenset(rows["_sheet"]),
        first=periods.min() if len(periods) else None,
        last=periods.max() if len(periods) else None,
        facts=_facts(rows),
        formerly=frozenset(match_key(former) for text in said for former in former_names(str(text))),
        row=rows.iloc[0].to_dict(),
        has_code=bool(rows["project_code"].notna().any()),
    )


def _facts(rows: pd.DataFrame) -> dict[str, object]:
    """What tells a project whatever its name: its total, its land, its day of signing, what it builds."""
    known = rows.ffill().iloc[-1]
    facts: dict[str, object] = {}
    if pd.notna(known["total_investment_10k"]):
        facts["total"] = (known["currency"], round(float(known["total_investment_10k"]), 2))
    if pd.notna(known["land_mu"]):
        facts["land"] = round(float(known["land_mu"]), 2)
    if pd.notna(known["signed_on"]) and known["signed_precision"] == "day":
        facts["signed"] = known["signed_on"]
    if isinstance(known["content"], str) and len(known["content"]) >= 6:
        facts["content"] = match_key(known["content"])
    return facts


def _candidates(entities: list[_Entity]) -> Iterator[tuple[_Entity, _Entity]]:
    """Pairs worth judging: of one investor, of like names where one investor is not known, or one formerly the other."""
    seen: set[tuple[int, int]] = set()
    for i, j in (*_of_one_investor(entities), *_without_investor(entities), *_by_former_name(entities)):
        pair = (min(i, j), max(i, j))
        if i != j and pair not in seen:
            seen.add(pair)
            yield entities[pair[0]], entities[pair[1]]


def _of_one_investor(entities: list[_Entity]) -> Iterator[tuple[int, int]]:
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


def _without_investor(entities: list[_Entity]) -> Iterator[tuple[int, int]]:
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


def _by_former_name(entities: list[_Entity]) -> Iterator[tuple[int, int]]:
    by_name = {match_key(entity.name): i for i, entity in enumerate(entities)}
    for i, entity in enumerate(entities):
        yield from ((i, by_name[name]) for name in entity.formerly if name in by_name)


def _judge(a: _Entity, b: _Entity) -> tuple[bool, float] | None:
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


def _follows(a: _Entity, b: _Entity) -> bool:
    """Whether one is reported only after the other was last reported."""
    if None in (a.first, a.last, b.first, b.last):
        return False
    return bool(a.last < b.first or b.last < a.first)  # type: ignore[operator]
