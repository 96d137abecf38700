"""Chart of the size of projects."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from meishan_stats.charts.amounts import Scale, minus, scale_for
from meishan_stats.charts.bars import name_rows
from meishan_stats.charts.choices import check_choice, only_value
from meishan_stats.charts.labels import in_order, name_of, wrapped
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    INK,
    MUTED,
    TOTAL_COLOUR,
    finish,
    new_axes,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.schemas import label
from meishan_stats.schemas.results.structure import SizeTiers

STATUSES = ("signed", "negotiating", "stopped", "unknown")
AMOUNT = "total_investment_cny_10k"


def plot_size_tiers(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", status: str = "signed"
) -> Axes:
    """Draw how many projects there are of every size and what they invest, side by side.

    Signed and negotiating projects are never added: one status is drawn. A tier without a project is a
    true 0; an amount that is not known is written as such.

    Parameters
    ----------
    result : SizeTiers of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    status : "signed", "negotiating", "stopped" or "unknown"

    Returns
    -------
    Axes
        Those of the numbers, in the left half; the amounts are drawn over them on axes of their own, their
        zero in the middle. Lengths of bars are numbers of projects and amounts in 万元.

    Raises
    ------
    ChoiceError
        The result is of several offices or years, or there is no such status.
    TableError
        The result lacks a column of ``SizeTiers``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "status": "signed", "size_tier": ["from_10m", "from_100m"],
    ...     "n_projects": [3, 1], "total_investment_cny_10k": [6000.0, 12000.0],
    ...     "n_investment_known": [3, 1], "n_investment_missing": 0,
    ... }), SizeTiers)
    >>> [float(bar.get_width()) for bar in plot_size_tiers(result).patches]
    [3.0, 1.0]
    """
    user = "plot_size_tiers"
    check_choice(user, "status", status, STATUSES)
    office = one_office(result, SizeTiers, user, lang)
    year = only_value(result, "year", user)
    when = word("all_years", lang) if year is None else word("one_year", lang, year)
    named = word(f"status_{status}", lang)
    title = word("size_title", lang, office=office, status=named, when=when)
    tiers = _in_order(result[result["status"] == status])
    with theme() as font:
        ax = new_axes(ax, height=2.3 + 0.5 * max(len(tiers), 3))
        if not tiers["n_projects"].sum():
            say_no_data(ax, word("size_empty", lang, named), lang)
            finish(ax, result, title, lang=lang, legend_rows=0)
            return ax
        twin = ax.twiny()
        largest = tiers[AMOUNT].abs().max()
        scale = scale_for(0 if pd.isna(largest) else largest, lang)
        counted = Scale(1, word("unit_projects", lang), 0)
        _draw(ax, tiers, "n_projects", "project_share", counted, lang)
        _draw(twin, tiers, AMOUNT, "investment_share", scale, lang)
        names = [
            wrapped(name_of(code, "size_tiers", "size_missing", lang), 24) for code in tiers["size_tier"]
        ]
        upwards = [word("size_from", lang, n) if pd.notna(n) else "" for n in tiers["n_from"]]
        name_rows(ax, names, upwards)
        _halve(ax, twin, tiers, scale)
        _head(ax, 0.0, label(SizeTiers, "n_projects", lang), counted.unit, lang)
        _head(ax, 0.5, label(SizeTiers, AMOUNT, lang), scale.unit, lang)
        twin.tick_params(labelfontfamily=font)
        twin.spines[:].set_visible(False)
        lacking = int(tiers["n_investment_missing"].sum())
        notes = [word("size_share", lang, named), word("amounts_missing", lang, lacking) if lacking else ""]
        unit = word("list_comma", lang).join([counted.unit, scale.unit])
        finish(ax, result, title, lang=lang, unit=unit, notes=notes, below=28)
    return ax


def _in_order(tiers: pd.DataFrame) -> pd.DataFrame:
    place = {code: k for k, code in enumerate(in_order(tiers["size_tier"], "size_tiers"))}
    places = tiers["size_tier"].astype(object).fillna("").map(place)
    return tiers.assign(place=places).sort_values("place", ignore_index=True)


def _draw(ax: Axes, tiers: pd.DataFrame, column: str, share: str, scale: Scale, lang: str) -> None:
    for place, row in enumerate(tiers.to_dict("records")):
        value, percent = row[column], row[share]
        if pd.notna(value) and value:
            # What has no tier is of no size: pale.
            face = TOTAL_COLOUR if isinstance(row["size_tier"], str) else tint(TOTAL_COLOUR, 0.7)
            ax.barh(place, float(value), 0.62, color=face, edgecolor=EDGE, linewidth=0.8)
        missing = int(row["n_investment_missing"]) if column == AMOUNT else 0
        text = scale.text(float(value)) if pd.notna(value) else word("unknown" if missing else "none", lang)
        if pd.notna(value) and value and pd.notna(percent):
            text += word("brackets", lang, minus(f"{percent:.1%}"))
        text += f" {word('missing', lang, missing)}" if missing else ""
        ax.annotate(
            text,
            (0 if pd.isna(value) else float(value), place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center_baseline",
            fontsize=8.5,
            color=MUTED if pd.isna(value) or not value else INK,
        )


def _halve(ax: Axes, twin: Axes, tiers: pd.DataFrame, scale: Scale) -> None:
    """Give the numbers the left half of the width and the amounts the right one, each with ticks of its own."""
    for axes, column, divisor, zero in ((ax, "n_projects", 1.0, 0.0), (twin, AMOUNT, scale.divisor, 0.5)):
        most = float(tiers[column].max()) if tiers[column].notna().any() else 0.0
        most = most if most > 0 else 1.0
        wide = most * (3.15 if axes is ax else 3.4)  # room for the text behind the longest bar
        axes.set_xlim(-wide * zero, wide * (1 - zero))
        ticks = [tick * divisor for tick in MaxNLocator(3, integer=axes is ax).tick_values(0, most / divisor)]
        axes.xaxis.set_major_locator(FixedLocator([tick for tick in ticks if 0 <= tick <= most * 1.001]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _, by=divisor: f"{value / by:,g}"))
        axes.xaxis.set_ticks_position("bottom")
        axes.grid(True, axis="x", color=GRID, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.plot([0, 0], [-0.55, len(tiers) - 0.45], color=MUTED, linewidth=0.8)
    ax.spines["bottom"].set_visible(False)
    ax.spines["left"].set_visible(False)


def _head(ax: Axes, left: float, what: str, unit: str, lang: str) -> None:
    ax.annotate(
        word("trend_axis", lang, what, unit),
        (left, 1),
        xycoords="axes fraction",
        xytext=(2, 6),
        textcoords="offset points",
        fontsize=9.5,
        color=INK,
    )
