"""Chart of infrastructure: what was planned and what is spent, and who pays."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, minus, scale_for, show_amounts
from meishan_stats.charts.choices import check_top, of_year, years_of
from meishan_stats.charts.item_rows import (
    axes_inches,
    finish_rows,
    limit_for,
    name_rows,
    rows_axes,
    say_behind,
)
from meishan_stats.charts.labels import shortened
from meishan_stats.charts.theme import (
    ACTUAL_COLOUR,
    EDGE,
    INK,
    MUTED,
    PLANNED_COLOUR,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.codelists import labels
from meishan_stats.schemas import label
from meishan_stats.schemas.results.land import InfrastructureProgress

USER = "plot_infrastructure_progress"
_WHAT = {"planned": PLANNED_COLOUR, "completed": tint(ACTUAL_COLOUR, 0.3)}
_HATCHES = {"public": "", "private": "////", "mixed": "xx", "unknown": ".."}
_THICK = 0.34


def plot_infrastructure_progress(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    year: int | None = None,
    top: int = 30,
) -> Axes:
    """Draw what was planned for each kind of infrastructure of one office and what is spent, by who pays.

    Two bars a kind, the plan above what is spent, each split by payer (told by the hatching). All kinds
    together stand above a line, with a black stroke at the target of the year where there is one.

    Parameters
    ----------
    result : InfrastructureProgress of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    year : the last year of the result where none is named
    top : most kinds drawn, those of the largest amounts; the caption says how many more there are

    Returns
    -------
    Axes
        The lengths of the parts are amounts in 万元; the axis is numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices, the year is not in it, or `top` is no number from 1 on.
    TableError
        The result lacks a column of ``InfrastructureProgress``.

    Examples
    --------
    >>> from meishan_stats.schemas import columns, conform
    >>> needed = {name: 0 for name, column in columns(InfrastructureProgress).items() if not column.nullable}
    >>> result = conform(pd.DataFrame({
    ...     **needed, "office": "示例镇", "is_demo": True, "year": [2011], "kind": "道路",
    ...     "planned_cny_10k": 5000.0, "planned_public_cny_10k": 5000.0, "completed_cny_10k": 3000.0,
    ...     "completed_public_cny_10k": 1800.0, "completed_private_cny_10k": 1200.0,
    ... }), InfrastructureProgress)
    >>> [float(part.get_width()) for part in plot_infrastructure_progress(result).patches]
    [5000.0, 1800.0, 1200.0]
    """
    office = one_office(result, InfrastructureProgress, USER, lang)
    years = result["year"].dropna()
    chosen = int(years.max()) if year is None and len(years) else year
    here = of_year(result, chosen, USER)
    check_top(USER, top)
    rows, n_more = _largest(here, top)
    title = word("infra_title", lang, office=office, when=years_of(here, lang))
    with theme() as font:
        ax, height = rows_axes(ax, 2.6 + 0.62 * max(len(rows), 2))
        amounts = rows[["planned_cny_10k", "completed_cny_10k", "target_cny_10k"]]
        notes = [*_notes(here, result, lang), word("rows_rest", lang, n_more) if n_more else ""]
        if amounts[["planned_cny_10k", "completed_cny_10k"]].isna().all(axis=None):
            n = int(here.loc[here["is_total"], "n_items"].sum())
            say_no_data(ax, word("infra_no_amount", lang, n) if n else word("infra_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height, notes=notes, legend_rows=0)
            return ax
        scale = scale_for(amounts.abs().max().max(), lang)
        names = [_name(row, lang) for row in rows.to_dict("records")]
        below = [word("infra_items", lang, n) for n in rows["n_items"]]
        payers = _draw(ax, rows, scale, axes_inches(ax, names, below), lang)
        name_rows(ax, range(len(rows)), names, below)
        show_amounts(ax.xaxis, scale, word("amount_axis", lang, scale.unit), font)
        legend_rows = _legend(ax, rows, payers, lang)
        finish_rows(
            ax, here, title, lang=lang, height=height, unit=scale.unit, notes=notes, names=names, below=below,
            legend_rows=legend_rows,
        )  # fmt: skip
    return ax


def _largest(here: pd.DataFrame, top: int) -> tuple[pd.DataFrame, int]:
    """The total, then the kinds of the largest amounts in the order of the table; and how many are left out."""
    kinds = here[~here["is_total"]]
    size = kinds[["planned_cny_10k", "completed_cny_10k"]].max(axis=1).fillna(0.0)
    kept = size.nlargest(top).index
    rows = pd.concat([here[here["is_total"]], kinds[kinds.index.isin(kept)]], ignore_index=True)
    return rows, len(kinds) - len(kept)


def _name(row: dict[Any, Any], lang: str) -> str:
    if row["is_total"]:
        return word("heat_total", lang)
    return word("infra_kind_missing", lang) if pd.isna(row["kind"]) else shortened(str(row["kind"]), 26)


def _draw(ax: Axes, rows: pd.DataFrame, scale: Scale, across: float, lang: str) -> list[str]:
    """Draw plan and spent amounts by payer, with words behind each bar; gives the payers that occur."""
    payers, ends, texts, places = [], [], [], []
    for place, row in enumerate(rows.to_dict("records")):
        for what, up in (("planned", -1), ("completed", 1)):
            at, left, right = place + up * _THICK / 2, 0.0, 0.0
            for payer, hatch in _HATCHES.items():
                value = row[f"{what}_{payer}_cny_10k"]
                if pd.isna(value):
                    continue
                payers.append(payer)
                ax.barh(
                    at, value, _THICK * 0.94, left=right if value >= 0 else left, color=_WHAT[what],
                    hatch=hatch, edgecolor=EDGE, linewidth=0.7,
                )  # fmt: skip
                right, left = (right + value, left) if value >= 0 else (right, left + value)
            places.append(at)
            ends.append(right)
            texts.append(_said(row, what, scale, lang))
        if pd.notna(row["target_cny_10k"]):
            ax.vlines(row["target_cny_10k"], place - 0.42, place + 0.42, color=INK, linewidth=2.4, zorder=3)
    for at, end, text in zip(places, ends, texts, strict=True):
        say_behind(ax, end, at, text, muted=not end)
    goals = rows["target_cny_10k"].dropna().tolist()
    low = min(0.0, rows[["planned_cny_10k", "completed_cny_10k"]].min().min())
    ax.set_xlim(low, limit_for([*ends, *goals], [*texts, *([""] * len(goals))], across, low=low) * 1.02)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    if rows["is_total"].any() and len(rows) > 1:
        ax.axhline(int(rows["is_total"].sum()) - 0.5, color=MUTED, linewidth=0.8)
    return [payer for payer in _HATCHES if payer in payers]


def _said(row: dict[Any, Any], what: str, scale: Scale, lang: str) -> str:
    """The amount, how much of the plan it is, how much of it is private, and what is missing."""
    value, n = row[f"{what}_cny_10k"], int(row[f"n_{what}_missing"])
    lacking = word("missing", lang, n) if n else ""
    if pd.isna(value):
        return word("unknown", lang) + word("brackets", lang, lacking) if n else word("none", lang)
    done, private = row["attainment"], row[f"{what}_private_share"]
    parts = [
        word("infra_done", lang, minus(f"{done:.1%}")) if what == "completed" and pd.notna(done) else "",
        word("infra_private", lang, minus(f"{private:.1%}")) if pd.notna(private) else "",
    ]
    said = word("rows_comma", lang).join(filter(None, parts))
    return f"{scale.text(value)}{word('brackets', lang, said) if said else ''} {lacking}".strip()


def _legend(ax: Axes, rows: pd.DataFrame, payers: list[str], lang: str) -> int:
    handles: list[Patch | Line2D] = [
        Patch(facecolor=colour, edgecolor=EDGE, linewidth=0.7,
              label=label(InfrastructureProgress, f"{what}_cny_10k", lang))
        for what, colour in _WHAT.items()
    ]  # fmt: skip
    names = {**labels("payers", lang), "unknown": word("infra_payer_missing", lang)}
    if payers != ["unknown"]:
        handles += [
            Patch(facecolor="white", hatch=_HATCHES[payer], edgecolor=EDGE, linewidth=0.7, label=names[payer])
            for payer in payers
        ]
    goals = rows["target_cny_10k"].dropna()
    if len(goals):
        name = label(InfrastructureProgress, "target_cny_10k", lang)
        handles.append(Line2D([], [], color=INK, linewidth=2.4, label=name))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2)
    return -(-len(handles) // 4)


def _notes(here: pd.DataFrame, result: pd.DataFrame, lang: str) -> list[str]:
    total = here[here["is_total"]]
    unclear = int(total["n_plan_unknown"].sum())
    reached = total["target_attainment"].dropna()
    n_targets = int(total["n_targets"].max()) if len(total) else 0
    no_year = int(result.loc[result["is_total"] & result["year"].isna(), "n_items"].sum())
    goals = total["target_cny_10k"].dropna()
    scale = scale_for(goals.max(), lang) if len(goals) else None
    return [
        word("infra_goal", lang, scale.text(goals.max()), scale.unit) if scale else "",
        word("infra_target", lang, f"{reached.iloc[0]:.1%}") if len(reached) else "",
        word("infra_targets", lang, n_targets) if n_targets > 1 else "",
        word("infra_unclear", lang, unclear) if unclear else "",
        word("infra_no_year", lang, no_year) if no_year and here["year"].notna().any() else "",
    ]
