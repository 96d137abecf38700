"""Monthly copies of an office merged: current projects, monthly increments, stages first seen."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from meishan_stats.codelists import codes, labels
from meishan_stats.increments import monthly_increments
from meishan_stats.normalise.exchange import Rates
from meishan_stats.problems import Problem, problem
from meishan_stats.schemas import Milestones, Projects, StageEvents, conform
from meishan_stats.values.text import match_key


@dataclass(frozen=True)
class History:
    """What the monthly reports of one office come to."""

    projects: pd.DataFrame
    funding: pd.DataFrame
    stage_events: pd.DataFrame
    milestones: pd.DataFrame
    problems: list[Problem]


def merge_reports(
    project_reports: pd.DataFrame,
    funding_reports: pd.DataFrame,
    milestone_reports: pd.DataFrame | None = None,
    *,
    rates: Rates | None = None,
    is_demo: bool = False,
) -> History:
    """Merge the monthly reports of one office.

    A project is known by its code, else by its name, spaces, width and script aside; two rows of one
    sheet with one name are two projects where their investors differ, and else a problem.

    Parameters
    ----------
    project_reports : ProjectReports
    funding_reports : FundingReports
    rates : Rates, optional
        The office's; the ECB's annual means by default.
    is_demo : bool
        The office's figures are invented.

    Returns
    -------
    History
        ``projects`` as last reported (each column its last known value), ``funding`` by month,
        ``stage_events``, and problems.
    """
    problems: list[Problem] = []
    identified = _identify(project_reports, problems)
    projects = _current(identified, problems, is_demo)
    events = _stage_events(identified)
    ids = identified.set_index(["source_file", "source_sheet", "source_row"])["project_id"]
    reports = funding_reports.join(ids, on=["source_file", "source_sheet", "source_row"])
    months = frozenset(project_reports["period"].dropna())
    funding = monthly_increments(
        reports[reports["project_id"].notna()], months, problems, rates=rates, is_demo=is_demo
    )
    milestones = _milestones(milestone_reports, identified)
    return History(projects, funding, events, milestones, problems)


def _milestones(reports: pd.DataFrame | None, identified: pd.DataFrame) -> pd.DataFrame:
    """Milestones as last reported: of every date the last known value."""
    if reports is None or reports.empty:
        return conform(pd.DataFrame({"office": []}), Milestones)
    place = ["source_file", "source_sheet", "source_row"]
    known = reports.drop(columns="project_id", errors="ignore").join(
        identified.set_index(place)[["project_id", "period"]], on=place
    )
    ordered = known[known["project_id"].notna()].sort_values(
        ["period", *place], na_position="first", kind="stable"
    )
    last = ordered.groupby(["project_id", "milestone"], sort=False).last().reset_index()
    order = {stage: i for i, stage in enumerate(codes("stages"))}
    rank = last["milestone"].map(order)
    return conform(last.assign(_rank=rank).sort_values(["office", "project_id", "_rank"]), Milestones)


def _identify(reports: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    name_key = reports["name"].map({name: match_key(name) for name in reports["name"].unique()})
    code = reports["project_code"].map(lambda text: match_key(text) if isinstance(text, str) else None)
    code_of_name = code.groupby(name_key).transform("first")
    key = code.where(code.notna(), code_of_name).where(lambda k: k.notna(), name_key)
    frame = reports.assign(_key=key.astype("str"), _copy=0)
    sheet = ["source_file", "source_sheet", "_key", "period"]
    twice = frame.duplicated(sheet, keep=False)
    if twice.any():
        investor = frame["investor"].map(lambda text: match_key(text) if isinstance(text, str) else "")
        splits = (
            investor[twice].groupby([frame.loc[twice, c] for c in sheet], dropna=False).transform("nunique")
            > 1
        )
        apart = splits.reindex(frame.index, fill_value=False)
        names_apart = set(frame.loc[apart, "_key"])
        use = frame["_key"].isin(names_apart)
        frame["_key"] = frame["_key"].where(~use, frame["_key"] + "|" + investor)
        frame["_copy"] = frame.groupby(sheet, dropna=False).cumcount()
        for _, rows in frame[frame["_copy"] > 0].groupby(sheet, sort=False, dropna=False):
            last = rows.iloc[-1]
            problems.append(
                problem("duplicate_project", office=last["office"], source_file=last["source_file"],
                        source_sheet=last["source_sheet"], source_row=int(last["source_row"]), value=last["name"],
                        name=last["name"], n=len(rows) + 1)
            )  # fmt: skip
    ids = {
        (
            office,
            key,
            copy,
        ): f"{office}:{hashlib.blake2s(f'{key}#{copy}'.encode(), digest_size=5).hexdigest()}"
        for office, key, copy in frame[["office", "_key", "_copy"]].drop_duplicates().itertuples(index=False)
    }
    keys = zip(frame["office"], frame["_key"], frame["_copy"], strict=True)
    return frame.assign(project_id=[ids[key] for key in keys]).drop(columns=["_key", "_copy"])


def _current(reports: pd.DataFrame, problems: list[Problem], is_demo: bool) -> pd.DataFrame:
    """Last known value of every column; currencies, rates and their amounts come from one report."""
    ordered = reports.sort_values(
        ["period", "source_file", "source_sheet", "source_row"], na_position="first", kind="stable"
    )
    groups = ordered.groupby("project_id", sort=False)
    current = groups.last()
    for lead, followers in _TOGETHER.items():
        stated = (
            ordered[ordered[lead].notna()].groupby("project_id", sort=False).tail(1).set_index("project_id")
        )
        current[list(followers)] = stated[list(followers)].reindex(current.index)
    current["first_reported_on"] = groups["period"].min()
    dated = ordered["period"].where(ordered["period_precision"] != "year")
    current["as_of"] = dated.groupby(ordered["project_id"], sort=False).max()
    best = _best_sector(ordered)
    current[_SECTOR_COLUMNS] = best[_SECTOR_COLUMNS].reindex(current.index)
    current["is_demo"] = is_demo
    problems.extend(_sector_doubts(best))
    return conform(current.reset_index().sort_values(["office", "project_id"]), Projects)


_TOGETHER = {
    "total_investment_10k": (
        "currency",
        "total_investment_10k",
        "total_investment_cny_10k",
        "fx_rate",
        "fx_basis",
    ),
    "signed_10k": ("signed_currency", "signed_10k", "signed_cny_10k"),
    "signed_on": ("signed_on", "signed_precision"),
}
_SECTOR_COLUMNS = [
    "sector", "subsector", "sector_stated", "sector_basis", "sector_confidence", "sector_alt",
    "industry_code", "industry_edition",
]  # fmt: skip
_BASIS_RANK = {"code": 0, "stated": 1, "keyword_content": 2, "keyword_name": 3, "none": 4}


def _best_sector(ordered: pd.DataFrame) -> pd.DataFrame:
    """The sector of the surest basis, of these the last: a sheet without a sector column says nothing new."""
    rank = ordered["sector_basis"].map(_BASIS_RANK).astype(float).fillna(len(_BASIS_RANK))
    best = ordered.assign(_rank=-rank).sort_values("_rank", kind="stable")
    return best.groupby("project_id", sort=False).tail(1).set_index("project_id")


def _sector_doubts(best: pd.DataFrame) -> Iterator[Problem]:
    """One doubt a project whose sector is uncertain or unknown, at the row that decided it."""
    names = labels("sectors")
    for row in best[best["sector_problem"].notna()].to_dict("records"):
        alternative = names.get(row["sector_alt"], "—") if isinstance(row["sector_alt"], str) else "—"
        yield problem(
            row["sector_problem"], office=row["office"], source_file=row["source_file"],
            source_sheet=row["source_sheet"], source_row=int(row["source_row"]), value=row["name"],
            sector=names.get(row["sector"], row["sector"]), alternative=alternative,
        ) | {"cell": row["cell"] if isinstance(row["cell"], str) else None}  # fmt: skip


def _stage_events(reports: pd.DataFrame) -> pd.DataFrame:
    known = reports[reports["stage"].notna()].sort_values(
        ["period", "source_file", "source_sheet", "source_row"], na_position="last", kind="stable"
    )
    first = known.drop_duplicates(["project_id", "stage"])
    events = first.rename(columns={"period": "seen_on"}).sort_values(
        ["office", "project_id", "seen_on"], kind="stable"
    )
    return conform(events, StageEvents)
