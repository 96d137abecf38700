"""Monthly copies of an office merged: current projects, monthly increments, stages first seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from meishan_stats.codelists import codes as codes_of
from meishan_stats.corrections.apply import Corrections, corrected, with_same_as
from meishan_stats.history.current import current_projects, derived, sector_doubts, staged, sure_stages
from meishan_stats.history.identity import identify
from meishan_stats.history.increments import monthly_increments
from meishan_stats.history.mentions import find_mentions, new_projects, with_new_ids
from meishan_stats.history.runs import (
    PLACE,
    group_codes,
    last_known,
    ordered_groups,
    ordered_rows,
    rows_at,
    taken,
)  # fmt: skip
from meishan_stats.history.vanished import vanished_projects
from meishan_stats.normalise.exchange import Rates
from meishan_stats.problems import Problem
from meishan_stats.schemas import Milestones, StageEvents, Visits, columns, conform
from meishan_stats.values.distinct import ranks
from meishan_stats.values.rows import rows_where
from meishan_stats.values.text import match_key


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
    names = _names(identified) if by_hand.lines else {}
    identified = sure_stages(corrected(identified, "project_reports", by_hand, names, rates))
    named = find_mentions(identified, milestone_reports, visits, problems)
    added = identify(new_projects(named), problems)
    named = with_new_ids(named, added)
    everything = pd.concat([identified, added], ignore_index=True) if len(added) else identified
    milestones = _milestones(milestone_reports, identified, named)
    current = staged(current_projects(everything, is_demo), milestones, stage_order, problems)
    current = derived(corrected(current, "projects", by_hand, names, rates), stage_order)
    problems.extend(sector_doubts(current, everything))
    ids = taken(everything["project_id"], rows_at(funding_reports, everything))
    reports = funding_reports.assign(project_id=ids)
    known = rows_where(reports, reports["project_id"].notna())
    reports = corrected(known, "funding_reports", by_hand, names, rates)
    months = _months(project_reports) & _months(funding_reports)
    funding = monthly_increments(reports, months, problems, rates=rates, is_demo=is_demo)
    problems.extend(vanished_projects(identified))
    return History(
        projects=current,
        funding=corrected(_named_now(funding, current), "funding", by_hand, names, rates),
        stage_events=_stage_events(identified),
        milestones=corrected(_named_now(milestones, current), "milestones", by_hand, names),
        visits=corrected(_with_projects(visits, named), "visits", by_hand, names),
        problems=problems,
    )


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"office": []})


def _months(reports: pd.DataFrame) -> frozenset[pd.Timestamp]:
    return frozenset(reports["period"].drop_duplicates().dropna())


def _named_now(frame: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Records under the name that their project bears now, whatever the sheet of their month called it."""
    at = pd.Index(projects["project_id"]).get_indexer(frame["project_id"])
    return frame.assign(name=taken(projects["name"], at))


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
    return conform(visits.assign(project_id=taken(named["project_id"], rows_at(visits, named))), Visits)


def _milestones(reports: pd.DataFrame | None, identified: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Milestones as last reported: of every date the last known value."""
    if reports is None or reports.empty:
        return conform(_nothing(), Milestones)
    needed = [*PLACE, "project_id", "period"]
    places = pd.concat([identified[needed], named[needed]]) if len(named) else identified[needed]
    at = rows_at(reports, places)
    known = reports.assign(**{name: taken(places[name], at) for name in ("project_id", "period")})
    known = rows_where(known, known["project_id"].notna())
    # A milestone is one of its project whatever a sheet calls it; a step that is none goes by its words.
    known = known.assign(_step=known["step"].where(known["milestone"].isna()))
    known["_rank"] = ranks(known["milestone"], {stage: i for i, stage in enumerate(codes_of("stages"))})
    order = ordered_rows(known, ["period", *PLACE])
    if (np.diff(order) != 1).any():
        known = known.iloc[order].reset_index(drop=True)
    codes, n = group_codes(known, ["project_id", "milestone", "_step"])
    codes = ordered_groups(known, codes, n, ["office", "project_id", "_rank"], missing_last=True)
    kept = [name for name in columns(Milestones) if name in known]
    return conform(last_known(known, kept, codes, n, np.arange(len(known))), Milestones)


def _stage_events(reports: pd.DataFrame) -> pd.DataFrame:
    kept = [name for name in columns(StageEvents) if name in reports]
    known = reports[[*kept, "period"]]
    order = ordered_rows(known, ["period", *PLACE], missing_last=True)
    order = order[known["stage"].notna().to_numpy()[order]]
    seen = known[["project_id", "stage"]].iloc[order].duplicated().to_numpy()
    first = known.iloc[order[~seen]].rename(columns={"period": "seen_on"})
    return conform(
        first.iloc[ordered_rows(first, ["office", "project_id", "seen_on"], missing_last=True)], StageEvents
    )
