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
    from meishan_stats.schemas import data_dictionary as data_dictionary
    from meishan_stats.statistics.funding import funding_by_month as funding_by_month
    from meishan_stats.statistics.funding import funding_totals as funding_totals
    from meishan_stats.statistics.sectors import sector_breakdown as sector_breakdown
    from meishan_stats.statistics.sectors import sector_totals as sector_totals
    from meishan_stats.tables import read_table as read_table

__version__ = "0.1.0"

_HOME = {
    "Tables": "loading",
    "load": "loading",
    "data_dictionary": "schemas",
    "explain": "explain",
    "funding_by_month": "statistics.funding",
    "funding_totals": "statistics.funding",
    "sector_breakdown": "statistics.sectors",
    "sector_totals": "statistics.sectors",
    "read_table": "tables",
    "charts": "",
}
__all__ = [
    "Tables",
    "charts",
    "data_dictionary",
    "explain",
    "funding_by_month",
    "funding_totals",
    "load",
    "read_table",
    "sector_breakdown",
    "sector_totals",
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
