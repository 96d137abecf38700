"""Sectors crossed with the origin of the capital and with the stage reached, in long form."""

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import conform
from meishan_stats.schemas.records import Projects
from meishan_stats.schemas.results.sectors import SectorByOrigin, SectorByStage
from meishan_stats.statistics.breakdowns import breakdown_totals
from meishan_stats.statistics.frames import as_declared, in_codelist_order, opened, totals
from meishan_stats.statistics.joining import check_each_once

STAGE_COLUMNS = (
    "office", "project_id", "sector", "stage", "total_investment_cny_10k", "as_of", "is_demo",
)  # fmt: skip


def sector_by_origin(projects: IntoFrame, funding: IntoFrame | None = None) -> pd.DataFrame:
    """Cross sectors with the level their capital comes from: projects, signed and arrived amounts.

    All years are added together, projects and capital alike. The levels are disjoint, so that rows may
    be summed either way; 市外 here is another city of the province and nothing further away.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.
    funding : Funding of the same engine, or None
        Only capital that arrived counts. Without it amounts arrived and their counts are missing.

    Returns
    -------
    SectorByOrigin, one row per office, sector and level of origin that occur together
        Amounts in 万元 (10 000 yuan). Sectors and levels in the order of their codelists; a missing
        sector or level is a row of its own, last.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        two engines.

    Examples
    --------
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b", "c"], "name": "甲",
    ...     "sector": "new_energy", "origin_level": ["overseas", "overseas", None], "is_signed": True,
    ...     "signed_cny_10k": [1000, 3000, None],
    ... }), Projects)
    >>> sector_by_origin(projects)[["origin_level", "n_projects", "signed_cny_10k", "n_signed_missing"]]
      origin_level  n_projects  signed_cny_10k  n_signed_missing
    0     overseas           2          4000.0                 0
    1          NaN           1             NaN                 1
    """
    table = breakdown_totals(projects, funding, ["sector", "origin_level"], "sector_by_origin")
    keys = ["office", "sector", "origin_level"]
    ordered = in_codelist_order(table, keys, sector="sectors", origin_level="origin_levels")
    return conform(ordered, SectorByOrigin)


def sector_by_stage(projects: IntoFrame) -> pd.DataFrame:
    """Cross sectors with the stage their projects have reached: projects and total investment.

    Total investment is what the project is planned to cost, signed or not: the sum over all stages
    is no amount signed, and less so an amount arrived.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.

    Returns
    -------
    SectorByStage, one row per office, sector and stage that occur together
        Amounts in 万元 (10 000 yuan). Sectors and stages in the order of their codelists, stopped
        projects behind; a missing sector or stage is a row of its own, last.

    Raises
    ------
    TableError
        The frame lacks a column or holds another type, or a project stands twice.

    Examples
    --------
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b", "c"], "name": "甲",
    ...     "sector": "new_energy", "stage": ["started", "lead", "started"],
    ...     "total_investment_cny_10k": [1000, None, 3000],
    ... }), Projects)
    >>> sector_by_stage(projects)[["stage", "n_projects", "total_investment_cny_10k"]]
         stage  n_projects  total_investment_cny_10k
    0     lead           1                       NaN
    1  started           2                    4000.0
    """
    table = stage_totals(projects)
    offices = table.groupby("office")[["is_demo", "as_of"]].transform("max")
    keys = ["office", "sector", "stage"]
    ordered = in_codelist_order(table.assign(**offices), keys, sector="sectors", stage="stages")
    return conform(ordered, SectorByStage)


def stage_totals(projects: IntoFrame) -> pd.DataFrame:
    """Count projects and sum their total investment by office, sector and stage, on the engine.

    The columns of ``SectorByStage``, ``as_of`` and ``is_demo`` those of the row, in no order of rows.

    Raises
    ------
    TableError
        As ``sector_by_stage``.
    """
    listed = opened(projects, Projects, STAGE_COLUMNS, "sector_by_stage")
    check_each_once(listed, "sector_by_stage")
    table = totals(
        listed,
        ["office", "sector", "stage"],
        {"total_investment_cny_10k": "n_known"},
        n_projects=nw.len(),
        as_of=nw.col("as_of").max(),
        is_demo=nw.col("is_demo").max(),
    )
    n_missing = table["n_projects"] - table["n_known"]
    table = table.assign(n_total_investment_missing=n_missing).drop(columns="n_known")
    return as_declared(as_declared(table, Projects), SectorByStage)
