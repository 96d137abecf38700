"""Key projects: which they are, how far they are, and what comes next."""

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes, read_codelist
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Funding, Milestones, Projects, conform
from meishan_stats.schemas.results.structure import KeyProjects
from meishan_stats.statistics.frames import (
    as_declared,
    check_choice,
    collected,
    in_codelist_order,
    opened,
    retyped,
    totals,
)
from meishan_stats.statistics.groups import project_status
from meishan_stats.statistics.joining import check_each_once, check_engines

PROJECT_COLUMNS = (
    "office", "project_id", "stage", "is_signed", "as_of", "is_demo", "size_tier", "total_investment_cny_10k",
    "name", "sector", "investor", "is_key", "signed_cny_10k", "responsible",
)  # fmt: skip
FUNDING_COLUMNS = ("office", "project_id", "kind", "amount_cny_10k")
MILESTONE_COLUMNS = ("project_id", "milestone", "step", "planned_on", "actual_on")


def key_projects(
    projects: IntoFrame,
    funding: IntoFrame,
    milestones: IntoFrame | None = None,
    *,
    tier: str = "from_100m",
    min_cny_10k: float | None = None,
) -> pd.DataFrame:
    """List the key projects: those on a list of key projects, and those large enough.

    Large enough is a total investment of the tier, in the project's own currency, or above it; with
    ``min_cny_10k`` it is that amount in yuan instead. A project on a list is here whatever its size.

    Parameters
    ----------
    projects : Projects; funding : Funding; milestones : Milestones, or None
        pandas, Polars, PyArrow, DuckDB or PySpark; projects and funding of the same engine.
    tier : code of definitions/codelists/size_tiers.csv; "from_100m" is 亿元以上
    min_cny_10k : 万元, in place of the tier

    Returns
    -------
    KeyProjects, one row per project, of each office from the largest total investment to the smallest
        ``arrived_cny_10k`` is all that arrived until now. The next milestone is the earliest planned one
        that has no actual date and lies beyond the stage reached; it may be overdue. Stopped projects have
        none.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the engines differ.
    ChoiceError
        There is no such tier, or ``min_cny_10k`` is no number.

    Examples
    --------
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"], "sector": "other",
    ...     "size_tier": ["from_10m", "from_100m"], "total_investment_cny_10k": [2000, 10000],
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({"office": []}), Funding)
    >>> key_projects(projects, funding)["name"].tolist()
    ['乙']
    >>> key_projects(projects, funding, min_cny_10k=2000)["name"].tolist()
    ['乙', '甲']
    """
    user = "key_projects"
    tiers = codes("size_tiers")
    check_choice(user, "tier", tier, tiers)
    if min_cny_10k is not None and (
        isinstance(min_cny_10k, bool) or not isinstance(min_cny_10k, (int, float))
    ):
        raise ChoiceError(
            f"{user}：min_cny_10k 应为数（万元）或 None，不能是 {min_cny_10k!r}",
            f"{user}: min_cny_10k must be a number (10 000 yuan) or None, not {min_cny_10k!r}",
        )
    listed = opened(projects, Projects, PROJECT_COLUMNS, user)
    paid = opened(funding, Funding, FUNDING_COLUMNS, user)
    check_engines(user, projects=listed, funding=paid)
    check_each_once(listed, user)
    is_large = nw.col("size_tier").fill_null("").is_in(tiers[tiers.index(tier) :])
    if min_cny_10k is not None:
        is_large = (nw.col("total_investment_cny_10k") >= min_cny_10k).fill_null(False)
    is_key = nw.col("is_key").fill_null(0) == 1
    chosen = listed.with_columns(status=project_status()).filter(is_large | is_key)
    table = as_declared(collected(chosen), Projects)
    of_chosen = paid.filter(nw.col("kind") == "arrived").join(
        chosen.select("project_id"), on="project_id", how="semi"
    )
    arrived = totals(
        of_chosen.with_columns(arrived_cny_10k=nw.col("amount_cny_10k")),
        ["project_id"],
        {"arrived_cny_10k": "n_arrived_known"},
        n_rows=nw.len(),
    )
    result = table.merge(arrived.astype({"project_id": "str"}), on="project_id", how="left")
    result = result.merge(_next_milestones(milestones, table), on="project_id", how="left")
    counts = ["n_arrived_known", "n_rows"]
    result[counts] = result[counts].astype("float64").fillna(0)
    ordered = in_codelist_order(
        result.assign(from_largest=-result["total_investment_cny_10k"]),
        ["office", "from_largest", "name", "project_id"],
    )
    ranked = ordered.assign(
        rank=ordered.groupby("office").cumcount() + 1,
        n_arrived_missing=ordered["n_rows"] - ordered["n_arrived_known"],
    )
    return conform(ranked, KeyProjects)


def _next_milestones(milestones: IntoFrame | None, projects: pd.DataFrame) -> pd.DataFrame:
    """Earliest planned milestone of each project that it has not reached."""
    names = {"project_id": "str", "next_milestone": "str", "next_step": "str", "next_on": "datetime64[ns]"}
    if milestones is None:
        return pd.DataFrame(columns=list(names)).astype(names)
    rows = opened(milestones, Milestones, MILESTONE_COLUMNS, "key_projects")
    wanted = projects.loc[projects["status"] != "stopped", "project_id"].tolist() or [""]
    open_rows = rows.filter(
        nw.col("project_id").is_in(wanted) & ~nw.col("planned_on").is_null() & nw.col("actual_on").is_null()
    )
    table = collected(open_rows).rename(
        columns={"milestone": "next_milestone", "step": "next_step", "planned_on": "next_on"}
    )[list(names)]  # fmt: skip
    table = retyped(table, names)
    stages = read_codelist("stages")
    order = {c: int(o) for c, o in zip(stages["code"], stages["order"], strict=True) if o}
    reached = projects.set_index("project_id")["stage"].map(order).astype("float64").fillna(0)
    place = table["next_milestone"].map(order).astype("float64")
    ahead = table[~(place <= reached.reindex(pd.Index(table["project_id"])).to_numpy())]
    first = ahead.assign(place=place).sort_values(["next_on", "place", "next_step"], kind="stable")
    return first.drop_duplicates("project_id")[list(names)]
