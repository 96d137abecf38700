"""Every table and column, once: type, unit, labels and meaning.

A table is a pandera model; its name in snake case is the name of the frame, the file and the statistic.
Everything that shows a column (charts, workbooks, the data dictionary) takes its label from here.
"""

import re

import pandas as pd

from meishan_stats.schemas.base import (
    Table,
    arrange,
    columns,
    conform,
    label,
    require_columns,
    title,
    validate,
)
from meishan_stats.schemas.records import (
    Funding,
    FundingReports,
    FxRates,
    Infrastructure,
    Milestones,
    Offices,
    Problems,
    ProjectReports,
    Projects,
    Recruiters,
    Sources,
    StageEvents,
    StatedTotals,
    Targets,
    Visits,
)
from meishan_stats.schemas.results import (
    FundingByMonth,
    SectorBreakdown,
)

__all__ = [
    "RESULTS",
    "TABLES",
    "Funding",
    "FundingByMonth",
    "FundingReports",
    "FxRates",
    "Infrastructure",
    "Milestones",
    "Offices",
    "Problems",
    "ProjectReports",
    "Projects",
    "Recruiters",
    "SectorBreakdown",
    "Sources",
    "StageEvents",
    "StatedTotals",
    "Table",
    "Targets",
    "Visits",
    "arrange",
    "columns",
    "conform",
    "data_dictionary",
    "label",
    "require_columns",
    "title",
    "validate",
]

TABLES: dict[str, type[Table]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower(): model
    for model in (
        Offices, ProjectReports, FundingReports, Projects, Funding, Milestones, StageEvents, Targets,
        Visits, Recruiters, Infrastructure, FxRates, StatedTotals, Sources, Problems,
    )
}  # fmt: skip
RESULTS: dict[str, type[Table]] = {
    "sector_breakdown": SectorBreakdown,
    "funding_by_month": FundingByMonth,
}


def data_dictionary() -> pd.DataFrame:
    """Every column of every table: table, column, type, unit, Chinese and English meaning.

    >>> data_dictionary().columns.tolist()
    ['table', 'column', 'type', 'unit', 'label_zh', 'meaning_en']
    """
    rows = [
        (table, name, str(field.dtype), field.metadata["unit"], field.title, field.description)
        for table, model in {**TABLES, **RESULTS}.items()
        for name, field in columns(model).items()
    ]
    return pd.DataFrame(rows, columns=["table", "column", "type", "unit", "label_zh", "meaning_en"])
