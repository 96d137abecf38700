"""Charts: a result frame in, matplotlib axes out."""

from meishan_stats.charts.funding import plot_funding_by_month
from meishan_stats.charts.sectors import plot_sector_breakdown

__all__ = ["plot_funding_by_month", "plot_sector_breakdown"]
