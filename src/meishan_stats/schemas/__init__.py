"""Every table and column, once: type, unit, labels and meaning.

A table is a class; its name in snake case is the name of the frame, the file and the statistic.
Everything that shows a column (charts, workbooks, the data dictionary) takes its label from here.
"""

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
from meishan_stats.schemas.results import RESULTS, snake_case
from meishan_stats.schemas.results.funding import FundingByMonth
from meishan_stats.schemas.results.sectors import SectorBreakdown

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
    snake_case(model.__name__): model
    for model in (
        Offices, ProjectReports, FundingReports, Projects, Funding, Milestones, StageEvents, Targets,
        Visits, Recruiters, Infrastructure, FxRates, StatedTotals, Sources, Problems,
    )
}  # fmt: skip


def data_dictionary() -> pd.DataFrame:
    """Every column of every table, in Chinese and English: what the table is, and type, unit, codes, meaning.

    >>> dictionary = data_dictionary()
    >>> dictionary.columns.tolist()
    ['table', 'table_zh', 'table_en', 'column', 'type', 'unit', 'codelist', 'meaning_zh', 'meaning_en']
    >>> dictionary.set_index(["table", "column"]).loc[("funding", "amount_cny_10k"), "meaning_zh"]
    '金额'
    """
    rows = [
        (
            name, title(model), title(model, "en"), column, _TYPES[str(field.dtype)], field.unit,
            field.codelist, field.title, field.description,
        )
        for name, model in {**TABLES, **RESULTS}.items()
        for column, field in columns(model).items()
    ]  # fmt: skip
    names = (
        "table",
        "table_zh",
        "table_en",
        "column",
        "type",
        "unit",
        "codelist",
        "meaning_zh",
        "meaning_en",
    )
    return pd.DataFrame(rows, columns=list(names))


_TYPES = {
    "str": "text", "float64": "number", "Int64": "whole number", "boolean": "yes/no", "datetime64[ns]": "date",
}  # fmt: skip
