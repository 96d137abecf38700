"""Chart of the capital of new projects and of those carried over."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, minus, scale_for, show_amounts
from meishan_stats.charts.item_rows import (
    SMALL,
    axes_inches,
    finish_rows,
    inches,
    limit_for,
    name_rows,
    rows_axes,
    say_behind,
)
from meishan_stats.charts.labels import in_order, name_of
from meishan_stats.charts.theme import (
    EDGE,
    INK,
    MUTED,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.schemas.results.funding import FundingNewAndCarried

USER = "plot_funding_new_and_carried"
_STYLES: dict[str, dict[str, Any]] = {
    "new": {"facecolor": TOTAL_COLOUR},
    "carried_over": {"facecolor": tint(TOTAL_COLOUR, 0.6), "hatch": "////"},
    "": {"facecolor": "#FFFFFF"},
}


def plot_funding_new_and_carried(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """Draw the capital that arrived in each year, split into that of new projects and of those carried over.

    Years stand from top to bottom, the parts of a year beside each other, each with its amount and its
    share of the year; capital of projects whose date of signing is not known is a part of its own.

    Parameters
    ----------
    result : FundingNewAndCarried of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"

    Returns
    -------
    Axes
        The lengths of the parts are amounts in 万元; the axis is numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices.
    TableError
        The result lacks a column of ``FundingNewAndCarried``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "year": 2011, "vintage": ["new", "carried_over"],
    ...     "arrived_cny_10k": [100.0, 300.0], "arrived_share": [0.25, 0.75], "n_projects": 1, "n_known": 1,
    ...     "n_missing": 0, "n_large": 0, "n_size_unknown": 0, "n_before_signing": 0,
    ... }), FundingNewAndCarried)
    >>> [float(part.get_width()) for part in plot_funding_new_and_carried(result).patches]
    [100.0, 300.0]
    """
    office = one_office(result, FundingNewAndCarried, USER, lang)
    title = word("vintage_title", lang, office=office)
    parts = _placed(result)
    ends = parts.groupby("place")["end"].max()
    with theme() as font:
        ax, height = rows_axes(ax, 2.5 + 0.5 * max(len(ends), 2))
        if result["arrived_cny_10k"].isna().all():
            n = int(result["n_missing"].sum())
            say_no_data(ax, word("funding_no_amount", lang, n) if n else word("funding_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height, legend_rows=0)
            return ax
        years = parts.groupby("place")["year"].first()
        names = [word("year_missing", lang) if pd.isna(y) else word("one_year", lang, y) for y in years]
        below = [word("vintage_projects", lang, n) for n in parts.groupby("place")["n_projects"].sum()]
        low = parts["start"].min() if (parts["arrived_cny_10k"] < 0).any() else 0.0
        scale = scale_for(max(ends.max(), -low), lang)
        across = axes_inches(ax, names, below)
        behind = _draw(ax, parts, (ends.max() - low or 1.0) / across * 1.1, scale, lang)
        for place, text in enumerate(behind):
            say_behind(ax, ends[place], place, text)
        ax.set_xlim(low * 1.02, limit_for(list(ends), behind, across, low=low) * 1.005)
        ax.set_ylim(len(ends) - 0.4, -0.6)
        ax.axvline(0, color=MUTED, linewidth=0.8)
        name_rows(ax, range(len(ends)), names, below)
        show_amounts(ax.xaxis, scale, word("arrived_axis", lang, scale.unit), font)
        ax.grid(False, axis="y")
        _legend(ax, in_order(result["vintage"], "vintages"), lang)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=scale.unit, notes=_notes(result, lang),
            names=names, below=below,
        )  # fmt: skip
    return ax


def _placed(result: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of their years and parts, with the place of the year and where each part begins and ends.

    What was taken back (below 0) is drawn to the left of zero, so that it hides nothing.
    """
    order = {code: rank for rank, code in enumerate(in_order(result["vintage"], "vintages"))}
    key = result["vintage"].astype(object).where(result["vintage"].notna(), "")
    parts = result.assign(key=key, rank=key.map(order)).sort_values(["year", "rank"], ignore_index=True)
    parts["place"] = parts["year"].astype("float64").rank(method="dense", na_option="bottom").astype(int) - 1
    amount = parts["arrived_cny_10k"].fillna(0.0)
    up, down = (amount.clip(lower=0).groupby(parts["place"]), amount.clip(upper=0).groupby(parts["place"]))
    is_up = amount >= 0
    end = up.cumsum().where(is_up, down.cumsum() - amount)
    return parts.assign(end=end, start=(end - amount).where(is_up, end + amount))


def _draw(ax: Axes, parts: pd.DataFrame, per_inch: float, scale: Scale, lang: str) -> list[str]:
    """Draw the parts; gives for each year what did not find room inside them."""
    behind: dict[int, list[str]] = {int(place): [] for place in parts["place"]}
    for row in parts.to_dict("records"):
        value, place = row["arrived_cny_10k"], int(row["place"])
        text = _said(row, scale, lang)
        if pd.notna(value):
            start = row["start"] if value >= 0 else row["end"]
            ax.barh(
                place,
                value,
                0.62,
                left=start,
                edgecolor=EDGE,
                linewidth=0.8,
                **_STYLES.get(row["key"], _STYLES[""]),
            )
        if pd.notna(value) and inches(text, SMALL) * per_inch < abs(value) * 0.94:
            is_dark = row["key"] == "new"
            box = None if is_dark else {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
            ax.text(
                start + value / 2, place, text, ha="center", va="center_baseline", fontsize=SMALL,
                color="white" if is_dark else INK, bbox=box,
            )  # fmt: skip
        elif text:
            behind[place].append(f"{_name(row['key'], lang)} {text}")
    comma = word("rows_comma", lang)
    return [comma.join(behind[place]) for place in sorted(behind)]


def _said(row: dict[Any, Any], scale: Scale, lang: str) -> str:
    """Amount, share and what is missing of a part."""
    value, share, n = row["arrived_cny_10k"], row["arrived_share"], int(row["n_missing"])
    lacking = word("missing", lang, n) if n else ""
    if pd.isna(value):
        return word("unknown", lang) + word("brackets", lang, lacking) if n else ""
    percent = word("brackets", lang, minus(f"{share:.1%}")) if pd.notna(share) else ""
    return f"{scale.text(value)}{percent} {lacking}".strip()


def _name(key: str, lang: str) -> str:
    return name_of(key, "vintages", "vintage_missing", lang)


def _legend(ax: Axes, keys: list[str], lang: str) -> None:
    handles = [
        Patch(edgecolor=EDGE, linewidth=0.8, label=_name(key, lang), **_STYLES.get(key, _STYLES[""]))
        for key in keys
    ]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)


def _notes(result: pd.DataFrame, lang: str) -> list[str]:
    missing, before = int(result["n_missing"].sum()), int(result["n_before_signing"].sum())
    is_partial = result["as_of"].notna().any() and result["as_of"].max().month < 12
    is_last = is_partial and result["year"].eq(result["as_of"].max().year).any()
    return [
        word("vintage_share", lang),
        word("vintage_missing_note", lang) if result["vintage"].isna().any() else "",
        word("vintage_before", lang, before) if before else "",
        word("vintage_partial", lang, result["as_of"].max().year, result["as_of"].max().month)
        if is_last
        else "",
        word("amounts_missing", lang, missing) if missing else "",
    ]
