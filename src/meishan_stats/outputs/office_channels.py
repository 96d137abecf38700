"""Rows of the tables of channels and places in the office workbook: methods, origins, visits, land."""

from collections.abc import Callable

import pandas as pd

from meishan_stats.codelists import codes
from meishan_stats.outputs.office_facts import Frames, OfficeFacts, Shown
from meishan_stats.outputs.office_texts import text

_ADDED = (
    "n_projects", "n_used", "n_land_missing", "n_investment_missing", "n_total_instead", "investment_cny_10k",
    "land_mu", "n_below",
)  # fmt: skip
"""Columns of a group that are sums over its projects."""  # fmt: skip


def methods(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Every project once, with its main method, all years together."""
    return Shown(rows[(rows["multiple"] == "main") & rows["year"].isna()])


def stations(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Stations over all times; none where no station is named."""
    chosen = rows[(rows["grouped_by"] == "station") & rows["period"].isna()]
    return Shown(chosen if chosen["station"].notna().any() else chosen.iloc[:0])


def origins(is_nested: bool) -> Callable[[pd.DataFrame, Frames, OfficeFacts], Shown]:
    """Rows by level year by year, disjoint or nested; rows by region are another table."""

    def chosen(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
        is_region = rows["region"].notna() | rows["is_rest"].astype("boolean").fillna(False)
        rows = rows[(rows["is_nested"].astype("boolean") == is_nested) & ~is_region]
        return Shown(rows.sort_values("year", kind="stable", na_position="last"))

    return chosen


def visits(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Months of the last two years, then the visits of no month."""
    monthly = rows[rows["grouped_by"] == "month"]
    last = monthly["period"].max()
    if pd.notna(last):
        monthly = monthly[~(monthly["period"].dt.year < last.year - 1)]
    said = [
        text("undated") if pd.isna(day) else text("month", day.year, day.month) for day in monthly["period"]
    ]
    return Shown(monthly.assign(month=said))


def land(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """By sector; added up from the projects where the result has no rows by sector."""
    by_sector = rows[rows["grouped_by"] == "sector"]
    if by_sector.empty:
        sectors = frames["projects"].set_index("project_id")["sector"]
        single = rows[rows["grouped_by"] == "project"]
        single = single.assign(group=single["group"].map(sectors))
        keys = ["status", "group", "threshold_cny_10k"]
        by_sector = (
            single.groupby(keys, sort=False, dropna=False)[list(_ADDED)].sum(min_count=1).reset_index()
        )
        by_sector["investment_per_mu_cny_10k"] = by_sector["investment_cny_10k"] / by_sector["land_mu"]
        place = {code: n for n, code in enumerate(codes("sectors"))}
        status = {code: n for n, code in enumerate(dict.fromkeys(by_sector["status"]))}
        order = pd.DataFrame({"s": by_sector["status"].map(status), "g": by_sector["group"].map(place)})
        by_sector = by_sector.loc[order.sort_values(["s", "g"], kind="stable").index]
    table = by_sector.assign(sector=by_sector["group"])
    return Shown(table if (table["n_used"] > 0).any() else table.iloc[:0])


def land_projects(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Projects whose land and investment are known, in the order of the result."""
    single = rows[rows["grouped_by"] == "project"]
    used = single[single["n_used"] > 0]
    n_left_out = len(single) - len(used)
    return Shown(used, [text("land_left_out", n_left_out)] if n_left_out and len(used) else [])


def infrastructure(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Kinds of work year by year, without the totals of the years."""
    kinds = rows[~rows["is_total"].astype("bool")]
    return Shown(kinds.sort_values("year", kind="stable", na_position="last"))


def infrastructure_years(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Totals of the years, against their targets."""
    return Shown(rows[rows["is_total"].astype("bool")].sort_values("year", kind="stable", na_position="last"))
