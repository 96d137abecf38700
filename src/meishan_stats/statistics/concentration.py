"""Concentration: whether capital and projects hang on a few investors, origins, sectors or stations."""

import numpy as np
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import conform
from meishan_stats.schemas.results.structure import Concentration, Pareto
from meishan_stats.statistics.frames import check_choice, in_codelist_order
from meishan_stats.statistics.groups import share_of, span_totals, year_span

GROUPS = ("investor", "origin_adcode", "sector", "station")
MEASURES = {"arrived": "arrived_cny_10k", "signed": "signed_cny_10k", "n_projects": "n_projects"}
TOPS = (1, 3, 5, 10)


def concentration(
    projects: IntoFrame,
    funding: IntoFrame,
    *,
    by: str = "investor",
    measure: str = "arrived",
    year: int | None = None,
) -> pd.DataFrame:
    """Measure how far capital or projects hang on few investors, origins, sectors or stations.

    Shares are of the groups that are known and positive: what has no group is no group of its own, it
    stands in ``unattributed_cny_10k``; a group of net outflow has no share and counts in
    ``n_not_positive``.

    Parameters
    ----------
    projects : Projects; funding : Funding, of the same engine
        pandas, Polars, PyArrow, DuckDB or PySpark.
    by : "investor", "origin_adcode", "sector" or "station"
    measure : "arrived" (capital), "signed" (amount of signed projects) or "n_projects" (signed or not)
    year : projects of the year (signed, else first reported) and capital that arrived in it; all where None

    Returns
    -------
    Concentration, one row per office
        ``hhi`` = sum of squared shares, from 1/n (equal) to 1 (one alone); ``effective_number`` = 1 / hhi;
        ``top3_share`` the share of the three largest, 1 where there are no more than three; ``gini`` =
        Σ (2i - n - 1) x_i / (n Σ x), x ascending: 0 where all are equal. Missing where nothing is positive.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the engines differ.
    ChoiceError
        ``by`` or ``measure`` is none of its choices, or ``year`` is no year.

    Notes
    -----
    Herfindahl-Hirschman index, as in textbooks of industrial organisation; 0-1, not 0-10 000.

    Examples
    --------
    Two equal investors: an index of 0.5, as concentrated as two.

    >>> from meishan_stats.schemas import Funding, Projects
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": "甲", "sector": "other",
    ...     "investor": ["甲公司", "乙公司"], "is_signed": True, "signed_cny_10k": [500, 500],
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({"office": []}), Funding)
    >>> concentration(projects, funding, measure="signed")[["hhi", "effective_number", "top1_share"]]
       hhi  effective_number  top1_share
    0  0.5               2.0         0.5
    """
    table, value = _values(projects, funding, by, measure, year, "concentration")
    has_group = table[by].notna()
    is_used = has_group & (value > 0)
    n = table["n_projects"]
    counts = table[["office", "is_demo", "as_of", "n_missing"]].assign(
        n_projects=n.where(is_used, 0),
        n_not_positive=(has_group & ~is_used).astype(int),
        n_unattributed=n.where(~has_group, 0),
    )
    offices = counts.groupby("office")
    about, sums = offices[["is_demo", "as_of"]].first(), offices[list(counts.columns[3:])].sum()
    used, others = (dict(list(value[rows].groupby(table["office"]))) for rows in (is_used, ~has_group))
    nothing = value.iloc[:0]
    figures = [
        {
            "total_cny_10k": _amount(used.get(office, nothing), measure),
            **_measures(used.get(office, nothing)),
            "unattributed_cny_10k": _amount(others.get(office, nothing), measure),
        }
        for office in sums.index
    ]
    result = about.join(sums).join(pd.DataFrame(figures, index=sums.index)).reset_index()
    return conform(_about(result, by, measure, year), Concentration)


def _measures(values: pd.Series) -> dict[str, float]:
    """Indices of concentration of positive values."""
    x = np.sort(values.to_numpy(dtype="float64"))
    n = len(x)
    if not n:
        return {"n_groups": 0}
    shares = x / x.sum()
    hhi = float((shares**2).sum())
    ranks = 2 * np.arange(1, n + 1) - n - 1
    tops = {f"top{k}_share": float(shares[-k:].sum()) if k < n else 1.0 for k in TOPS}
    return {"n_groups": n, "hhi": hhi, "effective_number": 1 / hhi, "gini": float(ranks @ shares / n), **tops}


def pareto(
    projects: IntoFrame,
    funding: IntoFrame,
    *,
    by: str = "investor",
    measure: str = "arrived",
    year: int | None = None,
) -> pd.DataFrame:
    """Rank investors, origins, sectors or stations, with the share of all up to each (帕累托).

    Arguments and shares as in ``concentration``: only known groups of a positive amount have a rank.

    Returns
    -------
    Pareto, one row per office and group, from the largest; equal groups by their names

    Raises
    ------
    TableError, ChoiceError
        As ``concentration``.

    Examples
    --------
    >>> from meishan_stats.schemas import Funding, Projects
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": "甲", "sector": "other",
    ...     "investor": ["甲公司", "乙公司"], "is_signed": True, "signed_cny_10k": [250, 750],
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({"office": []}), Funding)
    >>> pareto(projects, funding, measure="signed")[["rank", "group", "share", "cumulative_share"]]
       rank group  share  cumulative_share
    0     1   乙公司   0.75              0.75
    1     2   甲公司   0.25              1.00
    """
    table, value = _values(projects, funding, by, measure, year, "pareto")
    used = table.assign(value=value, group=table[by])[table[by].notna() & (value > 0)]
    ordered = in_codelist_order(used.assign(from_largest=-used["value"]), ["office", "from_largest", "group"])
    offices = ordered.groupby("office")
    total = offices["value"].transform("sum")
    result = ordered.assign(
        rank=offices.cumcount() + 1,
        amount_cny_10k=ordered["value"] if measure != "n_projects" else float("nan"),
        share=share_of(ordered["value"], total),
        cumulative_share=share_of(offices["value"].cumsum(), total),
    )
    return conform(_about(result, by, measure, year), Pareto)


def _values(
    projects: IntoFrame, funding: IntoFrame, by: str, measure: str, year: int | None, user: str
) -> tuple[pd.DataFrame, pd.Series]:
    """Totals by group with the number of amounts not known, and the value measured."""
    check_choice(user, "by", by, GROUPS)
    check_choice(user, "measure", measure, tuple(MEASURES))
    table = span_totals(projects, funding, [by], user, year_span(year, user)).reset_index(drop=True)
    missing = table[f"n_{measure}_missing"] if measure != "n_projects" else 0
    return table.assign(n_missing=missing), table[MEASURES[measure]].astype("float64")


def _amount(values: pd.Series, measure: str) -> float:
    return float("nan") if measure == "n_projects" else float(values.sum(min_count=1))


def _about(table: pd.DataFrame, by: str, measure: str, year: int | None) -> pd.DataFrame:
    """What the rows are of; a table without rows still needs its office."""
    return table.assign(
        grouped_by=by, measure=measure, year=year, office=table.get("office", pd.Series(dtype="str"))
    )
