"""Which reported rows speak of one project: by its code, its name, or a name like it of the same investor."""

import hashlib
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from meishan_stats.history.entities import Entity, candidates, entities_of, judge
from meishan_stats.history.runs import group_codes, last_rows, mapped, taken
from meishan_stats.problems import Problem, problem
from meishan_stats.values.names import without_former
from meishan_stats.values.text import match_key

_SHEET = ["source_file", "source_sheet"]


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
    if reports.empty:
        return reports.assign(project_id=pd.Series(dtype="str"))
    frame = _by_code_or_name(reports, problems)
    joined = _merge_alike(frame, problems)
    codes, n = group_codes(frame, ["office", "_key"])
    first = last_rows(np.ones(len(frame), dtype=bool), codes, n, np.arange(len(frame)))
    of_groups = (taken(frame[name], first).to_numpy(dtype=object) for name in ("office", "_key"))
    ids = [
        f"{office}:{hashlib.blake2s(joined.get(key, key).encode(), digest_size=5).hexdigest()}"
        for office, key in zip(*of_groups, strict=True)
    ]
    own = taken(pd.Series(ids, dtype="str"), codes)
    return frame.drop(columns="_key").assign(project_id=own)


def _by_code_or_name(reports: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    """Reports with ``_key``: the project's code, else its name, with the investor where a sheet has two."""
    key = mapped(reports["name"], lambda name: match_key(without_former(name)))
    if reports["project_code"].notna().any():
        code = mapped(reports["project_code"], match_key)
        code_of_name = code.groupby(key).transform("first")
        key = code.where(code.notna(), code_of_name).where(lambda k: k.notna(), key)
    frame = reports.assign(_key=key, _copy=0)
    sheet = [*_SHEET, "_key", "period"]
    twice = frame[sheet].duplicated(keep=False)
    if twice.any():
        investor = mapped(frame["investor"], match_key).fillna("")
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
    entities = entities_of(frame, sheets)
    root = {entity.key: entity.key for entity in entities}
    members = {entity.key: [entity] for entity in entities}
    judged = ((a, b, found) for a, b in candidates(entities) if (found := judge(a, b)))
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


def _begins(entities: Iterable[Entity]) -> tuple[pd.Timestamp, str]:
    return min((e.first if e.first is not None else pd.Timestamp.min, e.key) for e in entities)


def _told(code: str, row: Mapping[Any, Any] | pd.Series, **details: Any) -> Problem:
    """A doubt about a reported row, at the cell of its name."""
    place = {name: row[name] for name in ("office", *_SHEET)}
    found = problem(
        code, **place, source_row=int(row["source_row"]), value=row["name"], name=row["name"], **details
    )
    cell = row.get("cell")
    return found | {"cell": cell if isinstance(cell, str) else None}
