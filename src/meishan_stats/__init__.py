"""Statistics of investment attraction (招商引资) from the spreadsheets that offices really keep.

>>> import meishan_stats as ms
>>> tables = ms.load("data/raw/meishan")
>>> ms.sector_breakdown(tables.projects, tables.funding)["n_projects"].sum()
np.int64(2)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meishan_stats import charts as charts
    from meishan_stats.explain import explain as explain
    from meishan_stats.loading import Tables as Tables
    from meishan_stats.loading import load as load
    from meishan_stats.results import every_result as every_result
    from meishan_stats.schemas import data_dictionary as data_dictionary
    from meishan_stats.statistics.activity import method_breakdown as method_breakdown
    from meishan_stats.statistics.activity import visit_calendar as visit_calendar
    from meishan_stats.statistics.checks import growth_consistency as growth_consistency
    from meishan_stats.statistics.checks import rate_consistency as rate_consistency
    from meishan_stats.statistics.cohorts import cohort_conversion as cohort_conversion
    from meishan_stats.statistics.cohorts import cohort_totals as cohort_totals
    from meishan_stats.statistics.concentration import concentration as concentration
    from meishan_stats.statistics.concentration import pareto as pareto
    from meishan_stats.statistics.durations import spell_totals as spell_totals
    from meishan_stats.statistics.durations import time_in_stage as time_in_stage
    from meishan_stats.statistics.flows import flow_totals as flow_totals
    from meishan_stats.statistics.flows import stage_flow as stage_flow
    from meishan_stats.statistics.forecast import year_end_forecast as year_end_forecast
    from meishan_stats.statistics.funding import funding_by_month as funding_by_month
    from meishan_stats.statistics.funding import funding_totals as funding_totals
    from meishan_stats.statistics.hierarchy import amount_hierarchy as amount_hierarchy
    from meishan_stats.statistics.infrastructure import infrastructure_progress as infrastructure_progress
    from meishan_stats.statistics.key_projects import key_projects as key_projects
    from meishan_stats.statistics.land import land_efficiency as land_efficiency
    from meishan_stats.statistics.milestones import milestone_status as milestone_status
    from meishan_stats.statistics.milestones import milestone_summary as milestone_summary
    from meishan_stats.statistics.negotiations import stale_negotiations as stale_negotiations
    from meishan_stats.statistics.new_and_carried import funding_new_and_carried as funding_new_and_carried
    from meishan_stats.statistics.origins import origin_breakdown as origin_breakdown
    from meishan_stats.statistics.origins import origin_totals as origin_totals
    from meishan_stats.statistics.pipeline import stage_stock as stage_stock
    from meishan_stats.statistics.pipeline import stock_totals as stock_totals
    from meishan_stats.statistics.schedules import backward_schedule as backward_schedule
    from meishan_stats.statistics.sector_matrices import sector_by_origin as sector_by_origin
    from meishan_stats.statistics.sector_matrices import sector_by_stage as sector_by_stage
    from meishan_stats.statistics.sectors import sector_breakdown as sector_breakdown
    from meishan_stats.statistics.sectors import sector_totals as sector_totals
    from meishan_stats.statistics.shift_share import location_quotient as location_quotient
    from meishan_stats.statistics.shift_share import sector_values as sector_values
    from meishan_stats.statistics.shift_share import shift_share as shift_share
    from meishan_stats.statistics.stations import station_performance as station_performance
    from meishan_stats.statistics.structure import size_tiers as size_tiers
    from meishan_stats.statistics.targets import target_attainment as target_attainment
    from meishan_stats.tables import read_table as read_table
    from meishan_stats.tables import read_tables as read_tables

__version__ = "0.1.0"

_HOME = {
    "Tables": "loading",
    "amount_hierarchy": "statistics.hierarchy",
    "backward_schedule": "statistics.schedules",
    "charts": "",
    "cohort_conversion": "statistics.cohorts",
    "cohort_totals": "statistics.cohorts",
    "concentration": "statistics.concentration",
    "data_dictionary": "schemas",
    "every_result": "results",
    "explain": "explain",
    "flow_totals": "statistics.flows",
    "funding_by_month": "statistics.funding",
    "funding_new_and_carried": "statistics.new_and_carried",
    "funding_totals": "statistics.funding",
    "growth_consistency": "statistics.checks",
    "infrastructure_progress": "statistics.infrastructure",
    "key_projects": "statistics.key_projects",
    "land_efficiency": "statistics.land",
    "load": "loading",
    "location_quotient": "statistics.shift_share",
    "method_breakdown": "statistics.activity",
    "milestone_status": "statistics.milestones",
    "milestone_summary": "statistics.milestones",
    "origin_breakdown": "statistics.origins",
    "origin_totals": "statistics.origins",
    "pareto": "statistics.concentration",
    "rate_consistency": "statistics.checks",
    "read_table": "tables",
    "read_tables": "tables",
    "sector_breakdown": "statistics.sectors",
    "sector_by_origin": "statistics.sector_matrices",
    "sector_by_stage": "statistics.sector_matrices",
    "sector_totals": "statistics.sectors",
    "sector_values": "statistics.shift_share",
    "shift_share": "statistics.shift_share",
    "size_tiers": "statistics.structure",
    "spell_totals": "statistics.durations",
    "stage_flow": "statistics.flows",
    "stage_stock": "statistics.pipeline",
    "stale_negotiations": "statistics.negotiations",
    "station_performance": "statistics.stations",
    "stock_totals": "statistics.pipeline",
    "target_attainment": "statistics.targets",
    "time_in_stage": "statistics.durations",
    "visit_calendar": "statistics.activity",
    "year_end_forecast": "statistics.forecast",
}
__all__ = [
    "Tables",
    "amount_hierarchy",
    "backward_schedule",
    "charts",
    "cohort_conversion",
    "cohort_totals",
    "concentration",
    "data_dictionary",
    "every_result",
    "explain",
    "flow_totals",
    "funding_by_month",
    "funding_new_and_carried",
    "funding_totals",
    "growth_consistency",
    "infrastructure_progress",
    "key_projects",
    "land_efficiency",
    "load",
    "location_quotient",
    "method_breakdown",
    "milestone_status",
    "milestone_summary",
    "origin_breakdown",
    "origin_totals",
    "pareto",
    "rate_consistency",
    "read_table",
    "read_tables",
    "sector_breakdown",
    "sector_by_origin",
    "sector_by_stage",
    "sector_totals",
    "sector_values",
    "shift_share",
    "size_tiers",
    "spell_totals",
    "stage_flow",
    "stage_stock",
    "stale_negotiations",
    "station_performance",
    "stock_totals",
    "target_attainment",
    "time_in_stage",
    "visit_calendar",
    "year_end_forecast",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that importing the package costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if not _HOME[name]:
        return import_module(f"{__name__}.{name}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)
