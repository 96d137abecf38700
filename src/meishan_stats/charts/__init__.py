"""Charts: a result frame in, matplotlib axes out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from meishan_stats.charts.cohorts import plot_cohort_conversion as plot_cohort_conversion
    from meishan_stats.charts.cumulative import plot_funding_cumulative as plot_funding_cumulative
    from meishan_stats.charts.durations import plot_time_in_stage as plot_time_in_stage
    from meishan_stats.charts.flows import plot_stage_flow as plot_stage_flow
    from meishan_stats.charts.forecast import plot_year_end_forecast as plot_year_end_forecast
    from meishan_stats.charts.funding import plot_funding_by_month as plot_funding_by_month
    from meishan_stats.charts.infrastructure import (
        plot_infrastructure_progress as plot_infrastructure_progress,
    )
    from meishan_stats.charts.land import plot_land_efficiency as plot_land_efficiency
    from meishan_stats.charts.location_quotient import plot_location_quotient as plot_location_quotient
    from meishan_stats.charts.methods import plot_method_breakdown as plot_method_breakdown
    from meishan_stats.charts.milestone_summary import plot_milestone_summary as plot_milestone_summary
    from meishan_stats.charts.milestones import plot_milestone_status as plot_milestone_status
    from meishan_stats.charts.negotiations import plot_stale_negotiations as plot_stale_negotiations
    from meishan_stats.charts.new_and_carried import (
        plot_funding_new_and_carried as plot_funding_new_and_carried,
    )
    from meishan_stats.charts.origins import plot_origin_breakdown as plot_origin_breakdown
    from meishan_stats.charts.pareto import plot_pareto as plot_pareto
    from meishan_stats.charts.pipeline import plot_stage_stock as plot_stage_stock
    from meishan_stats.charts.schedules import plot_backward_schedule as plot_backward_schedule
    from meishan_stats.charts.sector_matrices import plot_sector_by_origin as plot_sector_by_origin
    from meishan_stats.charts.sector_matrices import plot_sector_by_stage as plot_sector_by_stage
    from meishan_stats.charts.sector_trend import plot_sector_trend as plot_sector_trend
    from meishan_stats.charts.sectors import plot_sector_breakdown as plot_sector_breakdown
    from meishan_stats.charts.shift_share import plot_shift_share as plot_shift_share
    from meishan_stats.charts.stations import plot_station_performance as plot_station_performance
    from meishan_stats.charts.structure import plot_size_tiers as plot_size_tiers
    from meishan_stats.charts.targets import plot_target_attainment as plot_target_attainment
    from meishan_stats.charts.visits import plot_visit_calendar as plot_visit_calendar

_HOME = {
    "plot_backward_schedule": "schedules",
    "plot_cohort_conversion": "cohorts",
    "plot_funding_by_month": "funding",
    "plot_funding_cumulative": "cumulative",
    "plot_funding_new_and_carried": "new_and_carried",
    "plot_infrastructure_progress": "infrastructure",
    "plot_land_efficiency": "land",
    "plot_location_quotient": "location_quotient",
    "plot_method_breakdown": "methods",
    "plot_milestone_status": "milestones",
    "plot_milestone_summary": "milestone_summary",
    "plot_origin_breakdown": "origins",
    "plot_pareto": "pareto",
    "plot_sector_breakdown": "sectors",
    "plot_sector_by_origin": "sector_matrices",
    "plot_sector_by_stage": "sector_matrices",
    "plot_sector_trend": "sector_trend",
    "plot_shift_share": "shift_share",
    "plot_size_tiers": "structure",
    "plot_stage_flow": "flows",
    "plot_stage_stock": "pipeline",
    "plot_stale_negotiations": "negotiations",
    "plot_station_performance": "stations",
    "plot_target_attainment": "targets",
    "plot_time_in_stage": "durations",
    "plot_visit_calendar": "visits",
    "plot_year_end_forecast": "forecast",
}
__all__ = [
    "plot_backward_schedule",
    "plot_cohort_conversion",
    "plot_funding_by_month",
    "plot_funding_cumulative",
    "plot_funding_new_and_carried",
    "plot_infrastructure_progress",
    "plot_land_efficiency",
    "plot_location_quotient",
    "plot_method_breakdown",
    "plot_milestone_status",
    "plot_milestone_summary",
    "plot_origin_breakdown",
    "plot_pareto",
    "plot_sector_breakdown",
    "plot_sector_by_origin",
    "plot_sector_by_stage",
    "plot_sector_trend",
    "plot_shift_share",
    "plot_size_tiers",
    "plot_stage_flow",
    "plot_stage_stock",
    "plot_stale_negotiations",
    "plot_station_performance",
    "plot_target_attainment",
    "plot_time_in_stage",
    "plot_visit_calendar",
    "plot_year_end_forecast",
]


def __getattr__(name: str) -> Any:
    """Load a chart on first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)
