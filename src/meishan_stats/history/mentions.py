"""Projects that other tables name, a ledger of visits or a schedule: which project of the lists each one is."""

import re
from dataclasses import dataclass

import pandas as pd

from meishan_stats.history.runs import PLACE, rows_at
from meishan_stats.problems import Problem, problem
from meishan_stats.schemas import ProjectReports, arrange
from meishan_stats.values.names import (
    investor_stem,
    likeness,
    name_marks,
    name_stem,
    same_investor,
    without_former,
)
from meishan_stats.values.sectors import classify_sectors
from meishan_stats.values.text import match_key

_LIKE = 0.85
_PROSE = re.compile(
    r"[，,。；;：:？?]|^(?:洽谈|考察|了解|对接|商谈|拜访|参观|座谈|调研|协商|推进|就|关于|来|赴)|事宜|情况|意向|环境"
)
_PROJECT = re.compile(
    r"(?:项目|工程|基地|园|园区|中心|厂|厂房|生产线|综合体|project|plant)(?:[(（].*[)）])?$", re.IGNORECASE
)
_LONGEST = 40


@dataclass(frozen=True)
class _Known:
    """One project of the lists, by all the names it was reported under."""

    project_id: str
    name: str
    stems: frozenset[str]
    marks: frozenset[frozenset[str]]
    investors: frozenset[str]


def find_mentions(
    identified: pd.DataFrame,
    milestones: pd.DataFrame | None,
    visits: pd.DataFrame | None,
    problems: list[Problem],
) -> pd.DataFrame:
    """Every project that a schedule or a ledger of visits names, with its ``project_id`` where it is listed.

    Parameters
    ----------
    identified : ProjectReports with ``project_id``
    milestones, visits : frames with the place of the record; may have ``sheet_period``
    problems : list
        Doubts are added.

    Returns
    -------
    frame with the place, ``period``, ``name``, ``party`` (investor or visitor), ``is_listed`` (a schedule: what
        it names is a project) and ``project_id``
    """
    parts = []
    for frame, name, party, is_listed in (
        (_unlisted(milestones, identified), "name", "investor", True),
        (visits, "project_name", "visitor", False),
    ):
        if frame is None or frame.empty:
            continue
        found = frame.reindex(columns=["office", *PLACE]).assign(
            period=frame.get("sheet_period"), name=frame[name], party=frame.get(party), is_listed=is_listed
        )
        found = found[found["name"].notna()]
        parts.append(found.assign(project_id=project_ids(found, identified, problems, is_listed=is_listed)))
    columns = ["office", *PLACE, "period", "name", "party", "is_listed", "project_id"]
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return joined.astype({"period": "datetime64[ns]", "project_id": object, "party": object})


def _unlisted(milestones: pd.DataFrame | None, identified: pd.DataFrame) -> pd.DataFrame | None:
    """Milestones of schedules: their rows are no rows of a project list."""
    if milestones is None or milestones.empty:
        return None
    return milestones[rows_at(milestones, identified) < 0]


def with_new_ids(mentions: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Mentions with the ids of the projects that were added for them."""
    if added.empty:
        return mentions
    key = [*PLACE[:2], "name"]
    ids = added.drop_duplicates(key).set_index(key)["project_id"]
    new = mentions[key].join(ids, on=key)["project_id"]
    return mentions.assign(project_id=mentions["project_id"].where(mentions["project_id"].notna(), new))


def project_ids(
    mentions: pd.DataFrame, identified: pd.DataFrame, problems: list[Problem], *, is_listed: bool
) -> pd.Series:
    """Project that each mention means; missing where it is none of the lists.

    A name is that of a project if it is spelled so in any month, or differs only in words that clerks
    add and drop. A part of a project's name counts where the other party is the project's investor, or
    the table only tells of projects that are listed elsewhere. What is merely alike is a doubt.

    Parameters
    ----------
    mentions : frame with ``name``, ``party`` (may be missing) and the place of the record
    identified : ProjectReports with ``project_id``
    problems : list
        Doubts are added.
    is_listed : bool
        The table speaks of projects that are listed (a schedule), not of new ones (a ledger of visits).

    Returns
    -------
    text, index of `mentions`
    """
    lists = _lists(identified)
    found: dict[tuple[str, str], str | None] = {}
    for row in mentions.drop_duplicates(["name", "party"]).to_dict("records"):
        party = investor_stem(row["party"]) if isinstance(row["party"], str) else ""
        best, other = _find(row["name"], party, lists, is_listed)
        found[row["name"], party] = best
        if best is None and other is not None:
            place = {name: row[name] for name in ("office", "source_file", "source_sheet")}
            problems.append(
                problem("doubtful_match", **place, source_row=int(row["source_row"]), value=row["name"],
                        name=row["name"], other=other.name)
            )  # fmt: skip
    parties = mentions["party"].map(lambda text: investor_stem(text) if isinstance(text, str) else "")
    ids = [found[name, party] for name, party in zip(mentions["name"], parties, strict=True)]
    return pd.Series(ids, index=mentions.index, dtype=object)


@dataclass(frozen=True)
class _Lists:
    """Projects of the lists in the order of their ids, by what they may be found by."""

    by_key: dict[str, list[_Known]]
    by_stem: dict[str, list[_Known]]
    by_marks: dict[frozenset[str], list[_Known]]


def _lists(identified: pd.DataFrame) -> _Lists:
    lists = _Lists({}, {}, {})
    distinct = identified[["project_id", "name", "investor"]].drop_duplicates()
    for project_id, rows in distinct.groupby("project_id", sort=True):
        names = [without_former(name) for name in rows["name"]]
        known = _Known(
            str(project_id), names[-1], frozenset(map(name_stem, names)), frozenset(map(name_marks, names)),
            frozenset(investor_stem(text) for text in rows["investor"].dropna()),
        )  # fmt: skip
        for key in {match_key(name) for name in names}:
            lists.by_key.setdefault(key, []).append(known)
        for stem in known.stems:
            lists.by_stem.setdefault(stem, []).append(known)
        for marks in known.marks:
            lists.by_marks.setdefault(marks, []).append(known)
    return lists


def _find(name: str, party: str, lists: _Lists, is_listed: bool) -> tuple[str | None, _Known | None]:
    """Project that a name means, and the one that it may mean where that is not sure."""
    bare = without_former(name)
    key, stem, marks = match_key(bare), name_stem(bare), name_marks(bare)
    for exact in (
        lists.by_key.get(key, []),
        [one for one in lists.by_stem.get(stem, []) if marks in one.marks],
    ):
        ours = [one for one in exact if _is_of(one, party)] or exact
        if len(ours) == 1:
            return ours[0].project_id, None
    like = [
        one for one in lists.by_marks.get(marks, [])
        if any(_holds(other, stem) or likeness(stem, other) >= _LIKE for other in one.stems)
    ]  # fmt: skip
    ours = [one for one in like if _is_of(one, party)]
    if len(ours) == 1:
        return ours[0].project_id, None
    if is_listed and len(like) == 1:
        return like[0].project_id, None
    return None, like[0] if len(like) == 1 else None


def _holds(whole: str, part: str) -> bool:
    return (len(part) >= 4 and part in whole) or (len(whole) >= 4 and whole in part)


def _is_of(project: _Known, party: str) -> bool:
    return bool(party) and any(same_investor(party, investor) for investor in project.investors)


def new_projects(mentions: pd.DataFrame) -> pd.DataFrame:
    """Reports of the projects that only a mention names: name, investor, month, sector by the name.

    Prose is no project: what names no thing to build or make stays a visit without one.

    Parameters
    ----------
    mentions : frame of ``find_mentions``

    Returns
    -------
    ProjectReports, without stage and amount

    Examples
    --------
    >>> mentions = pd.DataFrame({"name": ["光伏组件项目", "考察投资环境"], "party": None,
    ...     "is_listed": False, "project_id": None})
    >>> new_projects(mentions)["name"].tolist()
    ['光伏组件项目']
    """
    free = mentions[mentions["project_id"].isna()]
    if free.empty:
        return arrange(free, ProjectReports)
    free = free.drop_duplicates([name for name in (*PLACE[:2], "name") if name in free])
    sector = classify_sectors(free[["name"]])
    said = zip(free["name"], sector["sector_basis"], free["is_listed"], strict=True)
    kept = free.loc[
        pd.Series(
            [listed or _is_project(name, basis) for name, basis, listed in said], index=free.index, dtype=bool
        )
    ]
    return arrange(
        kept.assign(investor=kept["party"], **sector.loc[kept.index].to_dict("series")), ProjectReports
    )


def _is_project(name: str, sector_basis: str) -> bool:
    if len(name) > _LONGEST or _PROSE.search(name):
        return False
    return bool(_PROJECT.search(name)) or sector_basis != "none"
