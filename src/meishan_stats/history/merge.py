"""Monthly copies of an office merged: current projects, monthly increments, stages first seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from meishan_stats.codelists import codes, labels
from meishan_stats.corrections.apply import Corrections, corrected, with_same_as
from meishan_stats.history.identity import identify
from meishan_stats.history.increments import monthly_increments
from meishan_stats.history.mentions import PLACE, find_mentions, new_projects, with_new_ids
from meishan_stats.history.vanished import vanished_projects
from meishan_stats.normalise.exchange import Rates
from meishan_stats.problems import Problem, problem
from meishan_stats.schemas import Milestones, Projects, StageEvents, Visits, conform
from meishan_stats.values.stages import signing
from meishan_stats.values.text import match_key
from meishan_stats.values.tiers import size_tiers


@dataclass(frozen=True)
class History:
    """What the monthly reports of one office come to."""

    projects: pd.DataFrame
    funding: pd.DataFrame
    stage_events: pd.DataFrame
    milestones: pd.DataFrame
    visits: pd.DataFrame
    problems: list[Problem]


def merge_reports(
    project_reports: pd.DataFrame,
    funding_reports: pd.DataFrame,
    milestone_reports: pd.DataFrame | None = None,
    visits: pd.DataFrame | None = None,
    *,
    corrections: Corrections | None = None,
    rates: Rates | None = None,
    stage_order: Sequence[str] = (),
    is_demo: bool = False,
) -> History:
    """Merge the monthly reports of one office.

    Which rows speak of one project is decided by ``identify``; a project that only a schedule or a
    ledger of visits names has a row too, without stage and amount.

    Parameters
    ----------
    project_reports : ProjectReports
    funding_reports : FundingReports
    milestone_reports : Milestones without ``project_id``, optional
        Of project lists and of schedules; may have ``sheet_period``, the month of the sheet.
    visits : Visits, optional
        May have ``sheet_period``.
    corrections : Corrections, optional
        Made by hand; takes note of what was made.
    rates : Rates, optional
        The office's; the ECB's annual means by default.
    stage_order : sequence of str
        The office's own order of stages; empty where it is that of ``stages.csv``.
    is_demo : bool
        The office's figures are invented.

    Returns
    -------
    History
        ``projects`` as last reported (each column its last known value), ``funding`` by month,
        ``stage_events``, ``milestones``, ``visits`` with the project each speaks of, and problems.
    """
    problems: list[Problem] = []
    by_hand = corrections or Corrections("")
    identified = identify(with_same_as(project_reports, by_hand), problems)
    names = _names(identified)
    identified = _sure_stages(corrected(identified, "project_reports", by_hand, names, rates))
    named = find_mentions(identified, milestone_reports, visits, problems)
    added = identify(new_projects(named), problems)
    named = with_new_ids(named, added)
    everything = pd.concat([identified, added], ignore_index=True) if len(added) else identified
    current = corrected(_current(everything, is_demo), "projects", by_hand, names, rates)
    current = _derived(current, stage_order)
    problems.extend(_sector_doubts(current, everything))
    at = everything.set_index(PLACE)["project_id"]
    reports = funding_reports.join(at[~at.index.duplicated()], on=PLACE)
    reports = corrected(reports[reports["project_id"].notna()], "funding_reports", by_hand, names, rates)
    months = frozenset(project_reports["period"].dropna())
    funding = monthly_increments(reports, months, problems, rates=rates, is_demo=is_demo)
    milestones = _named_now(_milestones(milestone_reports, identified, named), current)
    problems.extend(vanished_projects(identified))
    return History(
        projects=current,
        funding=corrected(_named_now(funding, current), "funding", by_hand, names, rates),
        stage_events=_stage_events(identified),
        milestones=corrected(milestones, "milestones", by_hand, names),
        visits=corrected(_with_projects(visits, named), "visits", by_hand, names),
        problems=problems,
    )


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"office": []})


def _sure_stages(reports: pd.DataFrame) -> pd.DataFrame:
    """Reports in which a title (签约项目用地表) tells the stage only of projects that nothing else tells of.

    Such a title says how far its projects are at least, and never that one went back.
    """
    by_title = reports["stage_basis"] == "title"
    told = reports.loc[reports["stage"].notna() & ~by_title, "project_id"].unique()
    weak = by_title & reports["project_id"].isin(told)
    return reports.assign(**{name: reports[name].mask(weak) for name in ("stage", "stage_basis")})


def _derived(projects: pd.DataFrame, stage_order: Sequence[str]) -> pd.DataFrame:
    """Projects with what follows from their other columns."""
    tier = size_tiers(
        projects["total_investment_10k"], projects["currency"], projects["total_investment_cny_10k"]
    )
    is_signed = signing(projects["stage"], projects["signed_on"], tuple(stage_order))
    return conform(projects.assign(size_tier=tier, is_signed=is_signed), Projects)


def _named_now(frame: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Records under the name that their project bears now, whatever the sheet of their month called it."""
    return frame.assign(name=frame["project_id"].map(projects.set_index("project_id")["name"]).astype("str"))


def _names(identified: pd.DataFrame) -> dict[str, set[str]]:
    """Projects by every name and code they were reported under, normalised."""
    names: dict[str, set[str]] = {}
    for column in ("name", "project_code"):
        pairs = identified[[column, "project_id"]].dropna().drop_duplicates()
        for text, project_id in pairs.itertuples(index=False):
            names.setdefault(match_key(text), set()).add(project_id)
    return names


def _with_projects(visits: pd.DataFrame | None, named: pd.DataFrame) -> pd.DataFrame:
    if visits is None or visits.empty:
        return conform(_nothing(), Visits)
    ids = named.drop_duplicates(PLACE).set_index(PLACE)["project_id"]
    return conform(visits.drop(columns="project_id", errors="ignore").join(ids, on=PLACE), Visits)


def _milestones(reports: pd.DataFrame | None, identified: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Milestones as last reported: of every date the last known value."""
    if reports is None or reports.empty:
        return conform(_nothing(), Milestones)
    columns = [*PLACE, "project_id", "period"]
    places = pd.concat([identified[columns], named[columns]])
    ids = places.drop_duplicates(PLACE).set_index(PLACE)["project_id"]
    known = reports.drop(columns="project_id", errors="ignore").join(ids, on=PLACE)
    period = known.join(places.drop_duplicates(PLACE).set_index(PLACE)["period"], on=PLACE)["period"]
    known = known.assign(period=period)
    ordered = known[known["project_id"].notna()].sort_values(
        ["period", *PLACE], na_position="first", kind="stable"
    )
    # A milestone is one of its project whatever a sheet calls it; a step that is none goes by its words.
    step = ordered["step"].where(ordered["milestone"].isna())
    groups = ordered.assign(_step=step).groupby(
        ["project_id", "milestone", "_step"], sort=False, dropna=False
    )
    last = groups.last().reset_index()
    order = {stage: i for i, stage in enumerate(codes("stages"))}
    rank = last["milestone"].map(order)
    return conform(
        last.assign(_rank=rank).sort_values(["office", "project_id", "_rank"], kind="stable"), Milestones
    )


def _current(reports: pd.DataFrame, is_demo: bool) -> pd.DataFrame:
    """Last known value of every column; currencies, rates and their amounts come from one report."""
    ordered = reports.sort_values(_ORDER, na_position="first", kind="stable")
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
    return conform(current.reset_index().sort_values(["office", "project_id"]), Projects)


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
_BASIS_RANK = {"code": 0, "stated": 1, "keyword_content": 2, "keyword_name": 3, "none": 4}


def _best_sector(ordered: pd.DataFrame) -> pd.DataFrame:
    """The sector of the surest basis, of these the last: a sheet without a sector column says nothing new."""
    rank = ordered["sector_basis"].map(_BASIS_RANK).astype(float).fillna(len(_BASIS_RANK))
    best = ordered.assign(_rank=-rank).sort_values("_rank", kind="stable")
    return best.groupby("project_id", sort=False).tail(1).set_index("project_id")


def _sector_doubts(projects: pd.DataFrame, reports: pd.DataFrame) -> Iterator[Problem]:
    """One doubt a project whose sector is uncertain or unknown, at the row that decided it."""
    names = labels("sectors")
    best = _best_sector(reports.sort_values(_ORDER, na_position="first", kind="stable"))
    by_hand = set(projects.loc[projects["sector_basis"] == "correction", "project_id"])
    doubtful = best[best["sector_problem"].notna() & ~best.index.isin(by_hand)]
    for row in doubtful.to_dict("records"):
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
