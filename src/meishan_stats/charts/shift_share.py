"""Chart of a change parted in the growth of all, the mix of sectors and the area itself."""

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.amounts import Scale, scale_for, show_amounts
from meishan_stats.charts.choices import check_choice
from meishan_stats.charts.labels import in_order, name_of, wrapped
from meishan_stats.charts.theme import (
    EDGE,
    INK,
    MUTED,
    TOTAL_COLOUR,
    finish,
    new_axes,
    one_office,
    say_no_data,
    sector_colours,
    theme,
    tint,
    word,
)
from meishan_stats.schemas import label
from meishan_stats.schemas.results.structure import ShiftShare

_PARTS = ("national_effect", "industry_mix", "regional_effect")


def plot_shift_share(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    sector: str | None = None,
    when: str = "",
    unit: str = "万元",
) -> Axes:
    """Draw how a change is made of the growth of all, the mix of sectors and the area's own growth.

    Each step begins where the one before it ends; the last bar is the change. Sectors whose parts are not
    known are left out of the sum of all and named in the caption.

    Parameters
    ----------
    result : ShiftShare of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    sector : one sector by its code; None adds all
    when : the two years for the title, which the result does not know
    unit : unit of the values, which the result does not know either; 万元 are numbered as amounts are

    Returns
    -------
    Axes
        The lengths of the bars are the effects, negative ones drawn to the left.

    Raises
    ------
    ChoiceError
        The result is of several offices, or the sector is not in it.
    TableError
        The result lacks a column of ``ShiftShare``.

    Examples
    --------
    10 of the growth of all, 10 of the mix and 30 of the area make 50.

    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": ["示例镇"], "is_demo": True, "sector": "other", "before": 100.0, "after": 150.0, "change": 50.0,
    ...     "national_effect": 10.0, "industry_mix": 10.0, "regional_effect": 30.0,
    ... }), ShiftShare)
    >>> [float(bar.get_width()) for bar in plot_shift_share(result).patches]
    [10.0, 10.0, 30.0, 50.0]
    """
    user = "plot_shift_share"
    office = one_office(result, ShiftShare, user, lang)
    if sector is not None:
        check_choice(user, "sector", sector, [code for code in in_order(result["sector"], "sectors") if code])
    chosen = result if sector is None else result[(result["sector"] == sector).fillna(False)]
    known = chosen.dropna(subset=[*_PARTS, "change"])
    named = word("shift_all", lang) if sector is None else name_of(sector, "sectors", "sector_missing", lang)
    title = word("shift_title", lang, office=office, sector=named) + (
        word("said_when", lang, when) if when else ""
    )
    with theme() as font:
        ax = new_axes(ax, height=4.6)
        if known.empty:
            say_no_data(ax, word("shift_empty", lang), lang)
            finish(ax, result, title, lang=lang, legend_rows=0)
            return ax
        steps = known[[*_PARTS, "change"]].sum()
        ends = steps[list(_PARTS)].cumsum()
        largest = max(ends.abs().max(), steps.abs().max())
        scale = scale_for(largest, lang) if unit == "万元" else Scale(1, unit, 0 if largest >= 100 else 1)
        colour = TOTAL_COLOUR if sector is None else sector_colours([sector])[0]
        _draw_steps(ax, steps, ends, colour, scale)
        names = [*(wrapped(label(ShiftShare, name, lang), 26) for name in _PARTS), word("shift_axis", lang)]
        ax.set_yticks(range(len(names)), names)
        ax.tick_params(axis="y", length=0, labelsize=9.5)
        show_amounts(ax.xaxis, scale, word("trend_axis", lang, word("shift_axis", lang), scale.unit), font)
        ax.spines["left"].set_visible(False)
        before, after = (scale.text(known[name].sum()) for name in ("before", "after"))
        left_out = chosen.loc[~chosen.index.isin(known.index), "sector"]
        names = [name_of(code, "sectors", "sector_missing", lang) for code in left_out]
        listed = word("list_comma", lang).join(names)
        notes = [
            word("shift_values", lang, before, after),
            word("shift_how", lang),
            wrapped(word("shift_left_out", lang, listed), 100) if names else "",
        ]
        finish(ax, result, title, lang=lang, unit=scale.unit, notes=notes, legend_rows=0)
    return ax


def _draw_steps(ax: Axes, steps: pd.Series, ends: pd.Series, colour: str, scale: Scale) -> None:
    """The effects one after the other, negative ones hatched, then the change from 0."""
    starts = [0.0, *ends.tolist()[:-1], 0.0]
    places = [0.0, *ends.tolist()]
    low, high = min(places), max(places)
    room = (high - low) or 1.0
    for place, (value, start) in enumerate(zip(steps, starts, strict=True)):
        is_change = place == len(_PARTS)
        ax.barh(
            place, value, 0.56, left=start, edgecolor=EDGE, linewidth=0.8,
            color=tint(colour, 0.2 if is_change else 0.6), hatch="////" if value < 0 else "",
        )  # fmt: skip
        if not is_change:
            ax.plot([start + value] * 2, [place - 0.28, place + 1.28], color=MUTED, linewidth=0.8, zorder=0.8)
        sign = "+" if value > 0 else ""
        ax.annotate(
            sign + scale.text(value),
            (max(start, start + value), place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center_baseline",
            fontsize=9,
            color=INK,
        )
    ax.axvline(0, color=INK, linewidth=1.0)
    ax.set(xlim=(low - 0.06 * room, high + 0.2 * room), ylim=(len(steps) - 0.5, -0.55))
