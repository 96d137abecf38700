"""Chart of the investment for each mu of land: projects as points, or groups as bars."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import minus
from meishan_stats.charts.choices import check_choice, check_top, only_value
from meishan_stats.charts.funding import HALO
from meishan_stats.charts.item_rows import (
    SMALL,
    axes_inches,
    finish_rows,
    limit_for,
    name_rows,
    rows_axes,
)
from meishan_stats.charts.labels import in_order, name_of, shortened
from meishan_stats.charts.land_points import draw_points
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    INK,
    MUTED,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    sector_colours,
    theme,
    tint,
    word,
)
from meishan_stats.schemas import label
from meishan_stats.schemas.results.land import LandEfficiency

USER = "plot_land_efficiency"
STATUSES = ("signed", "negotiating", "stopped", "unknown")


def plot_land_efficiency(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    status: str = "signed",
    top: int = 30,
) -> Axes:
    """Draw the investment of projects of one office against their land, or of groups for each mu of land.

    Projects are points, solid at or above the line of what is asked for and hollow triangles below it;
    only those that stand out are named. Both axes are logarithmic where land or investment differ more
    than fifty times. Sectors, parks and towns are bars of investment for each mu, with the line, and a
    thin stroke from their lowest to their highest project. Projects of another status are not drawn.

    Parameters
    ----------
    result : LandEfficiency of one office, one grouping and one threshold
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    status : "signed", "negotiating", "stopped" or "unknown"
    top : most groups drawn; the caption says how many more there are

    Returns
    -------
    Axes
        Points: x land in 亩, y investment in 万元. Bars: lengths in 万元/亩.

    Raises
    ------
    ChoiceError
        The result is of several offices, groupings or thresholds, there is no such status, or `top` is no
        number from 1 on.
    TableError
        The result lacks a column of ``LandEfficiency``.

    Examples
    --------
    >>> from meishan_stats.schemas import columns, conform
    >>> needed = {name: 0 for name, column in columns(LandEfficiency).items() if not column.nullable}
    >>> result = conform(pd.DataFrame({
    ...     **needed, "office": "示例镇", "is_demo": True, "grouped_by": "sector", "group": ["new_energy"],
    ...     "status": "signed", "investment_per_mu_cny_10k": 400.0, "threshold_cny_10k": 350.0,
    ... }), LandEfficiency)
    >>> [float(bar.get_width()) for bar in plot_land_efficiency(result).patches]
    [400.0]
    """
    office = one_office(result, LandEfficiency, USER, lang)
    check_choice(USER, "status", status, STATUSES)
    check_top(USER, top)
    by = str(only_value(result, "grouped_by", USER) or "project")
    only_value(result, "threshold_cny_10k", USER)
    here = result[result["status"] == status]
    known = here[here["investment_per_mu_cny_10k"].notna()]
    title = word(f"land_title_{by}", lang, office=office, status=word(f"land_status_{status}", lang))
    others = result[result["status"] != status].groupby("status")["n_projects"].sum()
    notes = [*_notes(here, lang), _others(others, lang)]
    n_rows = 0 if by == "project" else min(len(known), top)
    with theme() as font:
        ax, height = rows_axes(ax, 5.6 if by == "project" and len(known) else 2.6 + 0.46 * max(n_rows, 2))
        if known.empty:
            n = int(here["n_projects"].sum())
            say_no_data(ax, word("land_unknown", lang, n) if n else word("land_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height, notes=notes, legend_rows=0)
            return ax
        names: list[str] = []
        if by == "project":
            draw_points(ax, known, lang, font)
        else:
            names = _draw_groups(ax, known, by, top, lang, font)
            more = len(known) - n_rows
            notes.append(word("land_rest", lang, more) if more else "")
        unit = word("land_unit_points" if by == "project" else "land_unit", lang)
        finish_rows(ax, here, title, lang=lang, height=height, unit=unit, notes=notes, names=names)
    return ax


def _draw_groups(ax: Axes, known: pd.DataFrame, by: str, top: int, lang: str, font: str) -> list[str]:
    """Bars of groups with the line; gives their names."""
    rows = _ordered(known, by, top)
    values, line = rows["investment_per_mu_cny_10k"], rows["threshold_cny_10k"].iloc[0]
    missing = "sector_missing" if by == "sector" else "land_group_missing"
    names = [
        word(missing, lang) if pd.isna(group)
        else shortened(name_of(group, "sectors", missing, lang) if by == "sector" else str(group), 28)
        for group in rows["group"]
    ]  # fmt: skip
    below = [word("land_counts", lang, row.n_used, f"{row.land_mu:,.0f}") if pd.notna(row.land_mu) else ""
             for row in rows.itertuples()]  # fmt: skip
    colours = sector_colours(rows["group"].tolist()) if by == "sector" else [TOTAL_COLOUR] * len(rows)
    ax.barh(rows.index, values, 0.5, color=[tint(c, 0.15) for c in colours], edgecolor=EDGE, linewidth=0.8)
    ax.hlines(
        rows.index, rows["lowest_per_mu_cny_10k"], rows["highest_per_mu_cny_10k"], color=INK, linewidth=1.2
    )
    for name in ("lowest_per_mu_cny_10k", "highest_per_mu_cny_10k"):
        ax.plot(rows[name], rows.index, "|", color=INK, markersize=7)
    ends = rows[["investment_per_mu_cny_10k", "highest_per_mu_cny_10k"]].max(axis=1).tolist()
    texts = [_said(row, lang) for row in rows.to_dict("records")]
    for place, (end, text) in enumerate(zip(ends, texts, strict=True)):
        ax.annotate(
            text, (end, place), xytext=(4, 0), textcoords="offset points", va="center_baseline",
            fontsize=SMALL, path_effects=HALO, zorder=4,
        )  # fmt: skip
    across = axes_inches(ax, names, below)
    asked = [line] if pd.notna(line) else []
    ax.set_xlim(0, limit_for([*ends, *asked], [*texts, *([""] * len(asked))], across) * 1.02)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    name_rows(ax, range(len(rows)), names, below)
    ax.set_xlabel(word("trend_axis", lang, label(LandEfficiency, "investment_per_mu_cny_10k", lang),
                       word("land_unit", lang)), fontfamily=font)  # fmt: skip
    ax.grid(True, axis="x", color=GRID, linewidth=0.8)
    handles: list[Patch | Line2D] = [
        Patch(facecolor=tint(MUTED, 0.3), edgecolor=EDGE, linewidth=0.8, label=word("land_group_bar", lang)),
        Line2D([], [], color=INK, linewidth=1.2, marker="|", markersize=7, label=word("land_range", lang)),
    ]
    if asked:
        name = word("land_line", lang, f"{line:g}")
        handles.append(ax.axvline(line, color=INK, linestyle="--", linewidth=1.4, label=name))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
    return names


def _ordered(known: pd.DataFrame, by: str, top: int) -> pd.DataFrame:
    """Sectors in their order, parks and towns from the highest investment for each mu to the lowest."""
    if by != "sector":
        return known.sort_values(
            "investment_per_mu_cny_10k", ascending=False, kind="stable", ignore_index=True
        ).head(top)
    rank = {code: place for place, code in enumerate(in_order(known["group"], "sectors"))}
    keyed = known["group"].astype(object).where(known["group"].notna(), "")
    return known.assign(rank=keyed.map(rank)).sort_values("rank", ignore_index=True).head(top)


def _said(row: dict[Any, Any], lang: str) -> str:
    n_below, n_used = int(row["n_below"]), int(row["n_used"])
    below = word("land_below", lang, n_below, n_used) if n_used else ""
    value = row["investment_per_mu_cny_10k"]
    return minus(f"{value:,.1f}") + (word("brackets", lang, below) if below else "")


def _notes(here: pd.DataFrame, lang: str) -> list[str]:
    counts = {
        "land_missing": "n_land_missing",
        "land_investment_missing": "n_investment_missing",
        "land_total_instead": "n_total_instead",
    }
    sums = {key: int(here[name].sum()) for key, name in counts.items()}
    return [word(key, lang, n) for key, n in sums.items() if n]


def _others(others: pd.Series, lang: str) -> str:
    """How many projects of another status there are."""
    said = [
        word("land_other", lang, word(f"land_status_{status}", lang), int(others[status]))
        for status in STATUSES
        if others.get(status, 0)
    ]
    return word("land_others", lang, word("rows_comma", lang).join(said)) if said else ""
