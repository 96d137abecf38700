"""Size of projects: how many there are of every tier, and of it or above it (以上)."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes
from meishan_stats.schemas import Projects, conform
from meishan_stats.schemas.results.structure import SizeTiers
from meishan_stats.statistics.frames import as_declared, in_codelist_order, opened, totals
from meishan_stats.statistics.groups import STATUSES, is_project_of, project_status, share_of, year_span
from meishan_stats.statistics.joining import about_offices, check_each_once

TIER_COLUMNS = (
    "office", "project_id", "stage", "is_signed", "signed_on", "first_reported_on", "as_of", "is_demo", "size_tier",
    "total_investment_cny_10k",
)  # fmt: skip


def size_tiers(projects: IntoFrame, *, year: int | None = None) -> pd.DataFrame:
    """Count projects and add their total investment by size, with how many reach every bound (以上).

    The tier of a project is that of its own currency: 亿元（1000万美元） are two bounds and no conversion
    of each other, so a dollar project above 10 million dollars is in the tier whatever the rate. A bound
    belongs to the tier above it. Signed and negotiating projects are rows apart and never added.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.
    year : only projects signed (else first reported) in the year; all where None

    Returns
    -------
    SizeTiers, one row per office, status and tier of definitions/codelists/size_tiers.csv
        Every tier has a row, 0 projects where there is none; projects without a tier are a last row that
        ``n_from`` and ``from_share`` leave out. Amounts in 万元; shares are of the office and status.

    Raises
    ------
    TableError
        The frame lacks a column or holds another type, or a project stands twice.
    ChoiceError
        ``year`` is no year.

    Notes
    -----
    Bounds and "含" as in the bulletins of Sichuan and Taizhou: 亿元(1000 万美元)、5 亿元(3000 万美元)、
    10 亿元(1 亿美元).

    Examples
    --------
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b", "c"], "name": "甲", "sector": "other",
    ...     "is_signed": True, "size_tier": ["from_10m", "from_100m", "from_100m"],
    ...     "total_investment_cny_10k": [2000, 10000, 30000],
    ... }), Projects)
    >>> table = size_tiers(projects).query("n_projects > 0")
    >>> table[["size_tier", "n_projects", "average_investment_cny_10k", "n_from"]]
       size_tier  n_projects  average_investment_cny_10k  n_from
    1   from_10m           1                      2000.0       3
    4  from_100m           2                     20000.0       2
    """
    span = year_span(year, "size_tiers")
    listed = opened(projects, Projects, TIER_COLUMNS, "size_tiers")
    check_each_once(listed, "size_tiers")
    offices = about_offices(listed).drop(columns="begins_on")
    chosen = listed.filter(is_project_of(span.start.year)) if span else listed
    table = _every_tier(_tier_totals(chosen))
    groups = table.groupby(["office", "status"])
    upwards = table[table["size_tier"].notna()][::-1]
    amount = upwards["total_investment_cny_10k"]
    known = upwards.assign(amount=amount.fillna(0), n_amounts=amount.notna().astype(int))
    statuses = known.groupby(["office", "status"])
    from_here = statuses[["n_projects", "amount", "n_amounts"]].cumsum()
    result = table.merge(offices, on="office", how="left").assign(
        year=year,
        n_investment_missing=table["n_projects"] - table["n_investment_known"],
        average_investment_cny_10k=share_of(table["total_investment_cny_10k"], table["n_investment_known"]),
        project_share=share_of(table["n_projects"], groups["n_projects"].transform("sum")),
        investment_share=share_of(
            table["total_investment_cny_10k"], groups["total_investment_cny_10k"].transform("sum")
        ),
        n_from=from_here["n_projects"],
        from_cny_10k=from_here["amount"].where(from_here["n_amounts"] > 0),
        from_share=share_of(from_here["n_projects"], statuses["n_projects"].transform("sum")),
    )
    return conform(result, SizeTiers)


def _tier_totals(listed: nw.LazyFrame[Any]) -> pd.DataFrame:
    table = totals(
        listed.with_columns(status=project_status()),
        ["office", "status", "size_tier"],
        {"total_investment_cny_10k": "n_investment_known"},
        n_projects=nw.len(),
    )
    typed = as_declared(table, SizeTiers)
    tiers = codes("size_tiers")
    # A code that the codelist no longer has is no tier that could be compared.
    return typed.assign(size_tier=typed["size_tier"].where(typed["size_tier"].isin(tiers)))


def _every_tier(table: pd.DataFrame) -> pd.DataFrame:
    """All tiers of every office and status in their order, then what has none."""
    tiers = pd.DataFrame({"size_tier": pd.Series(codes("size_tiers"), dtype="str")})
    pairs = table[["office", "status"]].drop_duplicates()
    whole = pairs.merge(tiers, how="cross").merge(table, on=["office", "status", "size_tier"], how="left")
    both = pd.concat([whole, table[table["size_tier"].isna()]], ignore_index=True)
    counts = ["n_projects", "n_investment_known"]
    both[counts] = both[counts].fillna(0)
    places = both.assign(place=both["status"].map({s: i for i, s in enumerate(STATUSES)}).astype("float64"))
    return in_codelist_order(places, ["office", "place", "size_tier"], size_tier="size_tiers").drop(
        columns="place"
    )
