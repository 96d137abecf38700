"""What stands in the tables of the office workbook: rows of results chosen, ordered, turned; none computed anew."""

from collections.abc import Callable

import pandas as pd

from meishan_stats.outputs import office_amounts, office_channels, office_lists
from meishan_stats.outputs.office_facts import Frames, OfficeFacts, Shown
from meishan_stats.outputs.office_layout import ShownTable


def shown(table: ShownTable, frames: Frames, facts: OfficeFacts) -> Shown:
    """Rows of a table of the workbook: those of its result, as the sheet arranges them.

    >>> from types import SimpleNamespace
    >>> table = SimpleNamespace(name="stages", source="stage_stock")
    >>> stock = pd.DataFrame({"stage": ["lead", None], "n_projects": [2, 0]})
    >>> shown(table, {"stage_stock": stock}, None).rows["stage"].tolist()
    ['lead']
    """
    rows = frames[table.source]
    arrange = _ARRANGED.get(table.name)
    return Shown(rows) if arrange is None else arrange(rows, frames, facts)


_ARRANGED: dict[str, Callable[[pd.DataFrame, Frames, OfficeFacts], Shown]] = {
    "sectors": office_amounts.sector_years,
    "sector_signed": office_amounts.amounts_by_year("signed_cny_10k", "n_signed_missing"),
    "sector_arrived": office_amounts.amounts_by_year("arrived_cny_10k", "n_arrived_missing"),
    "funding": office_amounts.months_of("arrived"),
    "fixed_assets": office_amounts.months_of("fixed_asset"),
    "completed": office_amounts.months_of("completed"),
    "targets": office_amounts.targets,
    "forecast": office_amounts.forecast,
    "projects": office_lists.project_ledger,
    "stages": office_lists.stages,
    "warnings": office_lists.warnings,
    "stale": office_lists.stale,
    "milestones": office_lists.milestones,
    "milestone_list": office_lists.milestone_list,
    "methods": office_channels.methods,
    "stations": office_channels.stations,
    "origins": office_channels.origins(is_nested=False),
    "origins_nested": office_channels.origins(is_nested=True),
    "visits": office_channels.visits,
    "land": office_channels.land,
    "land_projects": office_channels.land_projects,
    "infrastructure": office_channels.infrastructure,
    "infrastructure_years": office_channels.infrastructure_years,
    "problems": office_lists.problems,
}
"""How a table arranges the rows of its result; one that is not here shows them as they are."""
