"""Projects as they stand: of every column the last known value, and what follows from it."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from meishan_stats.codelists import labels
from meishan_stats.history.runs import (
    PLACE,
    Array,
    group_codes,
    last_known,
    last_rows,
    ordered_groups,
    ordered_rows,
    taken,
)  # fmt: skip
from meishan_stats.normalise.plans import is_behind
from meishan_stats.problems import Problem, problem
from meishan_stats.schemas import Projects, columns, conform
from meishan_stats.values.distinct import ranks
from meishan_stats.values.stages import signing
from meishan_stats.values.stages import stage_order as order_of_stages
from meishan_stats.values.tiers import size_tiers


def sure_stages(reports: pd.DataFrame) -> pd.DataFrame:
    """Reports in which a title (签约项目用地表) tells the stage only of projects that nothing else tells of.

    Such a title says how far its projects are at least, and never that one went back.
    """
    by_title = reports["stage_basis"] == "title"
    if not by_title.any():
        return reports
    told = reports.loc[reports["stage"].notna() & ~by_title, "project_id"].unique()
    weak = by_title & reports["project_id"].isin(told)
    return reports.assign(**{name: reports[name].mask(weak) for name in ("stage", "stage_basis")})


def staged(
    projects: pd.DataFrame,
    milestones: pd.DataFrame,
    stage_order: Sequence[str],
    problems: list[Problem],
) -> pd.DataFrame:
    """Projects at the stage that the dates of all sheets together say, where it is further than the reported one.

    Where a sheet states another stage, that is a doubt: a schedule and the list of projects disagree.
    """
    if projects.empty or milestones.empty:
        return projects
    place = order_of_stages(stage_order)
    at = pd.Index(projects["project_id"]).get_indexer(milestones["project_id"])
    until = taken(projects["as_of"] + pd.offsets.MonthEnd(0), at)
    rank = ranks(milestones["milestone"], place)
    is_reached = milestones["actual_on"].notna() & ~(milestones["actual_on"] > until)
    known = is_reached.to_numpy() & ~np.isnan(rank) & (at >= 0)
    furthest = last_rows(known, at, len(projects), np.argsort(rank, kind="stable"))
    found = pd.Series(taken(milestones["milestone"], furthest), index=projects.index)
    is_stopped = projects["stage"].notna() & ~projects["stage"].isin(place)
    moved = (ranks(found, place) > np.nan_to_num(ranks(projects["stage"], place))) & ~is_stopped
    problems.extend(
        _contradiction(projects.iloc[i], milestones.iloc[furthest[i]])
        for i in np.flatnonzero(moved & (projects["stage_basis"] == "stated"))
        if is_behind(projects["stage"].iloc[i], found.iloc[i], tuple(stage_order))
    )
    return projects.assign(
        stage=projects["stage"].mask(moved, found), stage_basis=projects["stage_basis"].mask(moved, "dates")
    )


def _contradiction(project: pd.Series, date: pd.Series) -> Problem:
    zh, en = labels("stages"), labels("stages", "en")
    stage, by = project["stage"], date["milestone"]
    return problem(
        "stage_contradiction", office=project["office"], source_file=project["source_file"],
        source_sheet=project["source_sheet"], source_row=int(project["source_row"]), value=project["name"],
        name=project["name"], stage=zh[stage], stage_en=en[stage], by=zh[by], by_en=en[by],
        date=f"{date['actual_on']:%Y-%m-%d}",
    )  # fmt: skip


def derived(projects: pd.DataFrame, stage_order: Sequence[str]) -> pd.DataFrame:
    """Projects with what follows from their other columns."""
    tier = size_tiers(
        projects["total_investment_10k"], projects["currency"], projects["total_investment_cny_10k"]
    )
    is_signed = signing(projects["stage"], projects["signed_on"], tuple(stage_order))
    return conform(projects.assign(size_tier=tier, is_signed=is_signed), Projects)


def current_projects(reports: pd.DataFrame, is_demo: bool) -> pd.DataFrame:
    """Last known value of every column; currencies, rates and their amounts come from one report."""
    codes, n = group_codes(reports, ["project_id"])
    codes = ordered_groups(reports, codes, n, ["office", "project_id"])
    order = ordered_rows(reports, _ORDER)
    alone = [name for name in columns(Projects) if name in reports and name not in _FOLLOWING]
    current = last_known(reports, alone, codes, n, order)
    for lead, followers in _TOGETHER.items():
        stated = last_rows(reports[lead].notna().to_numpy(), codes, n, order)
        current = current.assign(**{name: taken(reports[name], stated) for name in followers})
    best = last_rows(np.ones(len(reports), dtype=bool), codes, n, _surest_last(reports, order))
    is_dated = reports["period"].notna() & (reports["period_precision"] != "year")
    current = current.assign(
        **{name: taken(reports[name], best) for name in _SECTOR_COLUMNS},
        first_reported_on=taken(
            reports["period"], last_rows(reports["period"].notna().to_numpy(), codes, n, order[::-1])
        ),
        as_of=taken(reports["period"], last_rows(is_dated.to_numpy(), codes, n, order)),
        is_demo=is_demo,
    )
    return conform(current, Projects)


_ORDER = ["period", *PLACE]
_TOGETHER = {
    "stage": ("stage", "stage_basis", "stage_stated"),
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
_FOLLOWING = frozenset(_SECTOR_COLUMNS).union(*_TOGETHER.values())
_BASIS_RANK = {"code": 0, "stated": 1, "keyword_content": 2, "keyword_name": 3, "none": 4}


def _surest_last(reports: pd.DataFrame, order: Array) -> Array:
    """Rows in the order of how sure their sector is, of one basis in the order of the months.

    The last one of a project tells its sector: a sheet without a sector column says nothing new.
    """
    rank = np.nan_to_num(ranks(reports["sector_basis"], _BASIS_RANK), nan=len(_BASIS_RANK))
    return order[np.argsort(-rank[order], kind="stable")]


def sector_doubts(projects: pd.DataFrame, reports: pd.DataFrame) -> Iterator[Problem]:
    """One doubt a project whose sector is uncertain or unknown, at the row that decided it."""
    if reports["sector_problem"].isna().all():
        return
    names = labels("sectors")
    codes, ids = pd.factorize(reports["project_id"])
    order = _surest_last(reports, ordered_rows(reports, _ORDER))
    best = last_rows(np.ones(len(reports), dtype=bool), codes, len(ids), order)
    told = reports.iloc[order[np.isin(order, best) & reports["sector_problem"].notna().to_numpy()[order]]]
    by_hand = set(projects.loc[projects["sector_basis"] == "correction", "project_id"])
    doubtful = told[~told["project_id"].isin(by_hand)]
    for row in doubtful.to_dict("records"):
        alternative = names.get(row["sector_alt"], "—") if isinstance(row["sector_alt"], str) else "—"
        yield problem(
            row["sector_problem"], office=row["office"], source_file=row["source_file"],
            source_sheet=row["source_sheet"], source_row=int(row["source_row"]), value=row["name"],
            sector=names.get(row["sector"], row["sector"]), alternative=alternative,
        ) | {"cell": row["cell"] if isinstance(row["cell"], str) else None}  # fmt: skip
