"""Statistics: plain functions, frames of any engine in, one new pandas frame out."""

from meishan_stats.statistics.funding import funding_by_month, funding_totals
from meishan_stats.statistics.sectors import sector_breakdown, sector_totals

__all__ = ["funding_by_month", "funding_totals", "sector_breakdown", "sector_totals"]
