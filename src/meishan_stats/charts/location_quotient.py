"""Chart of the sectors of an area against a reference."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from meishan_stats.charts.amounts import minus
from meishan_stats.charts.labels import in_order, name_of, wrapped
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    INK,
    MUTED,
    finish,
    new_axes,
    one_office,
    say_no_data,
    sector_colours,
    theme,
    word,
)
from meishan_stats.schemas.results.structure import LocationQuotient


def plot_location_quotient(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", when: str = ""
) -> Axes:
    """Draw how far the weight of each sector is above or below its weight in the reference.

    A dot right of 1 is a sector in which the area is specialised, filled; left of 1 the dot is hollow. A
    quotient that is not known is written as such and has no dot.

    Parameters
    ----------
    result : LocationQuotient of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    when : year or span for the title, which the result does not know

    Returns
    -------
    Axes
        The places of the dots are quotients.

    Raises
    ------
    ChoiceError
        The result is of several offices.
    TableError
        The result lacks a column of ``LocationQuotient``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": ["示例镇"], "is_demo": True, "sector": "modern_textiles", "value": 50.0, "n_missing": 0,
    ...     "local_share": 0.5, "reference_value": 100.0, "reference_share": 0.25, "location_quotient": 2.0,
    ... }), LocationQuotient)
    >>> plot_location_quotient(result, when="2011年").get_title(loc="left")
    '示例镇各产业区位商，2011年（示例数据）'
    """
    office = one_office(result, LocationQuotient, "plot_location_quotient", lang)
    title = word("quotient_title", lang, office=office) + (word("said_when", lang, when) if when else "")
    sectors = _by_sector(result)
    quotients = sectors["location_quotient"]
    with theme() as font:
        ax = new_axes(ax, height=2.4 + 0.5 * max(len(sectors), 2))
        if quotients.isna().all():
            say_no_data(ax, word("quotient_empty", lang), lang)
            finish(ax, result, title, lang=lang, legend_rows=0)
            return ax
        low, high = min(0.0, quotients.min()), max(quotients.max(), 1.0)
        ax.axvline(1, color=INK, linewidth=1.2, zorder=1)
        colours = sector_colours(sectors["sector"].tolist())
        for place, row in enumerate(sectors.to_dict("records")):
            _draw_dot(ax, place, row, colours[place], lang)
        ax.set(
            xlim=(low - 0.03 * (high - low), high + 0.45 * (high - low)), ylim=(len(sectors) - 0.45, -0.55)
        )
        _name_sectors(ax, sectors, lang)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=7))
        ax.set_xlabel(word("quotient_axis", lang), fontfamily=font)
        ax.grid(True, axis="x", color=GRID, linewidth=0.8)
        ax.spines["left"].set_visible(False)
        lacking = int(sectors["n_missing"].sum())
        notes = [
            word("quotient_shares", lang),
            word("values_missing", lang, lacking) if lacking else "",
        ]
        finish(ax, result, title, lang=lang, unit=word("unit_times", lang), notes=notes, legend_rows=0)
    return ax


def _by_sector(result: pd.DataFrame) -> pd.DataFrame:
    place = {code: k for k, code in enumerate(in_order(result["sector"], "sectors"))}
    places = result["sector"].astype(object).fillna("").map(place)
    return result.assign(place=places).sort_values("place", ignore_index=True)


def _name_sectors(ax: Axes, sectors: pd.DataFrame, lang: str) -> None:
    names = [wrapped(name_of(code, "sectors", "sector_missing", lang), 24) for code in sectors["sector"]]
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, labelsize=10.5)


def _draw_dot(ax: Axes, place: int, row: dict[str, object], colour: str, lang: str) -> None:
    """The dot of a sector with a stroke from 1, its quotient and the two shares it is made of."""
    value = row["location_quotient"]
    shares = [
        word("unknown", lang) if pd.isna(row[name]) else minus(f"{row[name]:.1%}")
        for name in ("local_share", "reference_share")
    ]
    text = word("quotient_said", lang, *shares)
    if pd.isna(value):
        text, at = word("unknown", lang) + text, 1.0
    else:
        text, at = minus(f"{value:.2f}") + text, float(str(value))
        ax.plot([1, at], [place, place], color=MUTED, linewidth=1.5, zorder=2)
        ax.plot(
            [at], [place], "o", markersize=10, zorder=3, markeredgewidth=1.8 if at < 1 else 0.8,
            color=colour if at >= 1 else "white", markeredgecolor=EDGE, label="dot",
        )  # fmt: skip
    ax.annotate(
        text,
        (max(at, 1.0), place),
        xytext=(10, 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize=8.5,
        color=MUTED if pd.isna(value) else INK,
    )
