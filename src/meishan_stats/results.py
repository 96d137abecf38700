"""Every statistic that needs no choice of the analyst, made of the tables at once."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from meishan_stats.statistics.activity import method_breakdown, visit_calendar
from meishan_stats.statistics.cohorts import cohort_conversion
from meishan_stats.statistics.concentration import concentration, pareto
from meishan_stats.statistics.durations import time_in_stage
from meishan_stats.statistics.flows import stage_flow
from meishan_stats.statistics.forecast import year_end_forecast
from meishan_stats.statistics.funding import funding_by_month
from meishan_stats.statistics.infrastructure import infrastructure_progress
from meishan_stats.statistics.key_projects import key_projects
from meishan_stats.statistics.land import land_efficiency
from meishan_stats.statistics.milestones import milestone_status, milestone_summary
from meishan_stats.statistics.negotiations import stale_negotiations
from meishan_stats.statistics.new_and_carried import funding_new_and_carried
from meishan_stats.statistics.origins import origin_breakdown
from meishan_stats.statistics.pipeline import stage_stock
from meishan_stats.statistics.sector_matrices import sector_by_origin, sector_by_stage
from meishan_stats.statistics.sectors import sector_breakdown
from meishan_stats.statistics.stations import station_performance
from meishan_stats.statistics.structure import size_tiers
from meishan_stats.statistics.targets import target_attainment

if TYPE_CHECKING:
    from meishan_stats.loading import Tables


_RESULTS: dict[str, Callable[["Tables"], pd.DataFrame]] = {
    "sector_breakdown": lambda t: sector_breakdown(t.projects, t.funding),
    "sector_by_origin": lambda t: sector_by_origin(t.projects, t.funding),
    "sector_by_stage": lambda t: sector_by_stage(t.projects),
    "origin_breakdown": lambda t: origin_breakdown(t.projects, t.funding),
    "funding_by_month": lambda t: funding_by_month(t.funding),
    "funding_new_and_carried": lambda t: funding_new_and_carried(t.projects, t.funding),
    "target_attainment": lambda t: target_attainment(
        t.targets,
        t.funding,
        t.projects,
        offices=t.offices,
        milestones=t.milestones,
        stage_events=t.stage_events,
    ),
    "year_end_forecast": lambda t: year_end_forecast(t.funding, method=None, projects=t.projects),
    "stage_stock": lambda t: stage_stock(t.projects),
    "stage_flow": lambda t: stage_flow(t.stage_events, t.projects),
    "cohort_conversion": lambda t: cohort_conversion(t.projects, t.funding, t.milestones),
    "time_in_stage": lambda t: time_in_stage(t.stage_events, t.projects),
    "stale_negotiations": lambda t: stale_negotiations(t.projects, t.stage_events, t.visits),
    "milestone_status": lambda t: milestone_status(t.milestones, t.projects),
    "milestone_summary": lambda t: milestone_summary(t.milestones, t.projects),
    "method_breakdown": lambda t: method_breakdown(t.projects, t.funding),
    "station_performance": lambda t: station_performance(t.recruiters, t.visits, t.projects, t.funding),
    "visit_calendar": lambda t: visit_calendar(t.visits),
    "land_efficiency": lambda t: land_efficiency(t.projects),
    "infrastructure_progress": lambda t: infrastructure_progress(t.infrastructure, t.targets),
    "size_tiers": lambda t: size_tiers(t.projects),
    "concentration": lambda t: concentration(t.projects, t.funding),
    "pareto": lambda t: pareto(t.projects, t.funding),
    "key_projects": lambda t: key_projects(t.projects, t.funding, t.milestones),
}
NAMES = tuple(_RESULTS)
"""Names of the results, in their order."""
USED_TABLES = frozenset({
    "offices", "projects", "funding", "milestones", "stage_events", "targets", "visits", "recruiters", "infrastructure",
})  # fmt: skip
"""Tables that results are made of."""


def every_result(tables: "Tables", names: Sequence[str] = NAMES) -> dict[str, pd.DataFrame]:
    """Every statistic on its defaults, by name; what needs a reference or a date of the analyst is left out.

    Parameters
    ----------
    tables : Tables
    names : sequence of str
        Results that are wanted; all of them by default.

    Returns
    -------
    dict of one frame a result, its columns as in ``data_dictionary()``

    Examples
    --------
    >>> from meishan_stats.loading import load
    >>> results = every_result(load("data/raw/meishan"))
    >>> int(results["sector_breakdown"]["n_projects"].sum())
    2
    """
    return {name: _RESULTS[name](tables) for name in names}


def office_results(tables: "Tables", results: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Results as the workbook of an office shows them: origins also in nested views, land also by sector.

    Parameters
    ----------
    tables : Tables
    results : dict of ``every_result``

    Returns
    -------
    dict of one frame a result
    """
    projects, funding = tables.projects, tables.funding
    nested = origin_breakdown(projects, funding, nested=True, offices=tables.offices)
    by_sector = land_efficiency(projects, by="sector")
    return results | {
        "origin_breakdown": pd.concat([results["origin_breakdown"], nested], ignore_index=True),
        "land_efficiency": pd.concat([results["land_efficiency"], by_sector], ignore_index=True),
    }
