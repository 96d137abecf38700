"""Efficiency of land: investment, output and tax for each mu (亩均)."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Projects, conform
from meishan_stats.schemas.results.land import LandEfficiency
from meishan_stats.statistics.frames import check_choice, in_codelist_order, opened, retyped, totals
from meishan_stats.statistics.groups import STATUSES, project_status, share_of
from meishan_stats.statistics.joining import about_offices, check_each_once

COLUMNS = (
    "office", "project_id", "name", "sector", "park", "town", "stage", "is_signed", "is_demo", "as_of",
    "first_reported_on", "land_mu", "fixed_asset_cny_10k", "total_investment_cny_10k", "annual_output_10k",
    "annual_tax_10k",
)  # fmt: skip
GROUPS = {"project": "project_id", "sector": "sector", "park": "park", "town": "town"}


def land_efficiency(projects: IntoFrame, *, by: str = "project", threshold: float = 350.0) -> pd.DataFrame:
    """Relate investment, output and tax to land, and find projects below a line.

    A group's figure is the sum of its investment over the sum of its land, of the projects of which both
    are known, never the mean of their ratios: a small plot weighs little. Investment means fixed assets;
    where they are not known the total investment stands in, and ``n_total_instead`` counts it. Signed and
    negotiating projects are rows apart.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark. Land in 亩.
    by : "project", "sector", "park" or "town"
    threshold : 万元 (10 000 yuan) for each 亩
        350 is the line of Huzhou's standard for large, good and high projects (2013).

    Returns
    -------
    LandEfficiency, one row per office, status and group
        Groups by the codelist or the alphabet, a missing one last; projects from the highest investment
        for each 亩 to the lowest, those without a figure last. Output and tax have projects of their own:
        ``n_output_used``, ``n_tax_used``.

    Raises
    ------
    TableError
        The frame lacks a column or holds another type, or a project stands twice.
    ChoiceError
        ``by`` is none of the four, or the threshold no positive number.

    Notes
    -----
    投资强度 = fixed-asset investment (plant, equipment, land) / land of the project (工业项目建设用地控制指标,
    国土资发[2004]23号); 1 公顷 = 15 亩.

    Examples
    --------
    4 000 on 10 亩 and 1 000 on 40 亩 are 5 000 on 50 亩: 100, not the mean of 400 and 25.

    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"],
    ...     "sector": "other", "is_signed": True, "land_mu": [10, 40], "fixed_asset_cny_10k": [4000, 1000],
    ... }), Projects)
    >>> land_efficiency(projects, by="sector")[["group", "n_used", "investment_per_mu_cny_10k", "n_below"]]
       group  n_used  investment_per_mu_cny_10k  n_below
    0  other       2                      100.0        1
    """
    user = "land_efficiency"
    check_choice(user, "by", by, tuple(GROUPS))
    if isinstance(threshold, bool) or not isinstance(threshold, (int, float)) or not threshold > 0:
        raise ChoiceError(
            f"{user}：threshold 应为大于 0 的数（万元/亩），不能是 {threshold!r}",
            f"{user}: threshold must be a number above 0 (10 000 yuan for each mu), not {threshold!r}",
        )
    listed = opened(projects, Projects, COLUMNS, user)
    check_each_once(listed, user)
    table = land_totals(listed, GROUPS[by], threshold).merge(
        about_offices(listed).drop(columns="begins_on"), on="office", how="left"
    )
    ratio = share_of(table["investment_cny_10k"], table["land_mu"])
    result = table.assign(
        grouped_by=by,
        name=table["name"] if by == "project" else None,
        investment_per_mu_cny_10k=ratio,
        output_per_mu_cny_10k=share_of(table["annual_output_cny_10k"], table["output_land_mu"]),
        tax_per_mu_cny_10k=share_of(table["annual_tax_cny_10k"], table["tax_land_mu"]),
        threshold_cny_10k=float(threshold),
        below_share=share_of(table["n_below"], table["n_used"]),
        is_below=(ratio < threshold).astype("boolean").mask(ratio.isna()),
        status_place=table["status"].map({status: place for place, status in enumerate(STATUSES)}),
        from_highest=-ratio if by == "project" else 0,
    )
    order = ["office", "status_place", "from_highest", "group"]
    codelists = {"group": "sectors"} if by == "sector" else {}
    return conform(in_codelist_order(result, order, **codelists), LandEfficiency)


def land_totals(listed: nw.LazyFrame[Any], group: str, threshold: float) -> pd.DataFrame:
    """Sum investment, output and tax with the land of the same projects, on the engine."""
    land = nw.when(nw.col("land_mu") > 0).then("land_mu")
    investment = nw.coalesce("fixed_asset_cny_10k", "total_investment_cny_10k")
    rows = listed.with_columns(
        group=nw.col(group), status=project_status(), land=land, investment=investment
    ).with_columns(
        is_used=~nw.col("land").is_null() & ~nw.col("investment").is_null(),
        has_output=~nw.col("land").is_null() & ~nw.col("annual_output_10k").is_null(),
        has_tax=~nw.col("land").is_null() & ~nw.col("annual_tax_10k").is_null(),
    )
    used, with_output, with_tax = (nw.when(nw.col(name)) for name in ("is_used", "has_output", "has_tax"))
    ratio = nw.col("investment") / nw.col("land")
    parts = rows.with_columns(
        investment_cny_10k=used.then("investment"),
        land_mu=used.then("land"),
        per_mu=used.then(ratio),
        annual_output_cny_10k=with_output.then("annual_output_10k"),
        output_land_mu=with_output.then("land"),
        annual_tax_cny_10k=with_tax.then("annual_tax_10k"),
        tax_land_mu=with_tax.then("land"),
        n_land_missing=nw.col("land").is_null().cast(nw.Int64()),
        n_investment_missing=(~nw.col("land").is_null() & nw.col("investment").is_null()).cast(nw.Int64()),
        n_total_instead=(nw.col("is_used") & nw.col("fixed_asset_cny_10k").is_null()).cast(nw.Int64()),
        n_below=used.then((ratio < threshold).cast(nw.Int64())).otherwise(nw.lit(0)),
    )
    counts = ("n_land_missing", "n_investment_missing", "n_total_instead", "n_below")
    table = totals(
        parts,
        ["office", "group", "status"],
        {
            "investment_cny_10k": "n_used",
            "land_mu": "n_land_known",
            "annual_output_cny_10k": "n_output_used",
            "output_land_mu": "n_output_land",
            "annual_tax_cny_10k": "n_tax_used",
            "tax_land_mu": "n_tax_land",
        },
        nw.col(*counts).sum(),
        n_projects=nw.len(),
        name=nw.col("name").max(),
        lowest_per_mu_cny_10k=nw.col("per_mu").min(),
        highest_per_mu_cny_10k=nw.col("per_mu").max(),
    )
    return retyped(table, dict.fromkeys(("office", "group", "status"), "str") | {
        name: "float64" for name in table if str(name).startswith(("n_", "lowest", "highest", "invest", "annual"))
        or str(name).endswith("land_mu")
    })  # fmt: skip
