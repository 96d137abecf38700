"""Every statistic that needs no choice of the analyst, made of the tables at once."""

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


def every_result(tables: "Tables") -> dict[str, pd.DataFrame]:
    """Every statistic on its defaults, by name; what needs a reference or a date of the analyst is left out.

    Parameters
    ----------
    tables : Tables

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
    projects, funding, offices = tables.projects, tables.funding, tables.offices
    milestones, events, visits = tables.milestones, tables.stage_events, tables.visits
    return {
        "sector_breakdown": sector_breakdown(projects, funding),
        "sector_by_origin": sector_by_origin(projects, funding),
        "sector_by_stage": sector_by_stage(projects),
        "origin_breakdown": origin_breakdown(projects, funding),
        "funding_by_month": funding_by_month(funding),
        "funding_new_and_carried": funding_new_and_carried(projects, funding),
        "target_attainment": target_attainment(
            tables.targets, funding, projects, offices=offices, milestones=milestones, stage_events=events
        ),
        "year_end_forecast": year_end_forecast(funding, method=None, projects=projects),
        "stage_stock": stage_stock(projects),
        "stage_flow": stage_flow(events, projects),
        "cohort_conversion": cohort_conversion(projects, funding, milestones),
        "time_in_stage": time_in_stage(events, projects),
        "stale_negotiations": stale_negotiations(projects, events, visits),
        "milestone_status": milestone_status(milestones, projects),
        "milestone_summary": milestone_summary(milestones, projects),
        "method_breakdown": method_breakdown(projects, funding),
        "station_performance": station_performance(tables.recruiters, visits, projects, funding),
        "visit_calendar": visit_calendar(visits),
        "land_efficiency": land_efficiency(projects),
        "infrastructure_progress": infrastructure_progress(tables.infrastructure, tables.targets),
        "size_tiers": size_tiers(projects),
        "concentration": concentration(projects, funding),
        "pareto": pareto(projects, funding),
        "key_projects": key_projects(projects, funding, milestones),
    }


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
