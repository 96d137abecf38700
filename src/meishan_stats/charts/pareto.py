"""Chart of the largest investors, origins, sectors or stations and of what they hold together."""

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.amounts import Scale, minus, scale_for, show_amounts
from meishan_stats.charts.choices import check_top, only_value
from meishan_stats.charts.labels import shortened
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
from meishan_stats.codelists import labels
from meishan_stats.schemas.results.structure import Pareto

_LINE = "#C1440E"
_NAMED = {"sector": ("sectors",), "origin_adcode": ("adcodes", "regions")}  # codelists of the groups
# Right edges of the numbers beside the chart, in points from its right end.
_AMOUNT, _SHARE, _CUMULATIVE = 58, 104, 158


def plot_pareto(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", top: int = 15) -> Axes:
    """Draw the largest groups by rank, with the share that each and all before it hold together.

    The width of the chart is the whole (100 %) for bars and line alike. Numbers stand beside the bars.

    Parameters
    ----------
    result : Pareto of one office, grouping, measure and year
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    top : the groups drawn one by one; all others are added up in a last bar

    Returns
    -------
    Axes
        The lengths of the bars are amounts in 万元, or numbers of projects; the line of cumulative shares
        is drawn on axes of its own from 0 to 1.

    Raises
    ------
    ChoiceError
        The result is of several offices, groupings, measures or years, or `top` is no number from 1 on.
    TableError
        The result lacks a column of ``Pareto``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "grouped_by": "investor", "measure": "signed", "rank": [1, 2],
    ...     "group": ["乙公司", "甲公司"], "n_projects": 1, "amount_cny_10k": [750.0, 250.0], "n_missing": 0,
    ...     "share": [0.75, 0.25], "cumulative_share": [0.75, 1.0],
    ... }), Pareto)
    >>> [float(bar.get_width()) for bar in plot_pareto(result).patches]
    [750.0, 250.0]
    """
    user = "plot_pareto"
    check_top(user, top)
    office = one_office(result, Pareto, user, lang)
    grouped_by, measure, year = (only_value(result, name, user) for name in ("grouped_by", "measure", "year"))
    when = word("all_years", lang) if year is None else word("one_year", lang, year)
    group = word(f"group_{grouped_by or 'investor'}", lang)
    what = word(f"measure_{measure or 'arrived'}", lang)
    title = word("pareto_title", lang, office=office, group=group, what=what, when=when)
    is_amount = measure != "n_projects"
    column = "amount_cny_10k" if is_amount else "n_projects"
    groups = result.sort_values("rank", ignore_index=True)
    with theme() as font:
        shown = _with_rest(groups, column, top)
        ax = new_axes(ax, height=2.4 + 0.3 * max(len(shown), 3), width=9)
        if shown.empty:
            say_no_data(ax, word("pareto_empty", lang, group), lang)
            finish(ax, result, title, lang=lang, legend_rows=0)
            return ax
        total = float(shown[column].sum())
        scale = (
            scale_for(shown[column].max(), lang) if is_amount else Scale(1, word("unit_projects", lang), 0)
        )
        n_rest = max(len(groups) - top, 0)
        colours = sector_colours(shown["group"]) if grouped_by == "sector" else [TOTAL_COLOUR] * len(shown)
        _draw(ax, shown, column, colours, scale, lang)
        _name(ax, shown, str(grouped_by), n_rest, lang)
        ax.set(xlim=(0, total), ylim=(len(shown) - 0.4, -0.6))
        show_amounts(ax.xaxis, scale, word("trend_axis", lang, what, scale.unit), font)
        _draw_line(ax, shown, lang)
        lacking = int(groups["n_missing"].sum())
        notes = [
            word("pareto_known", lang, group),
            word("pareto_rest", lang, top, n_rest) if n_rest else "",
            word("amounts_missing", lang, lacking) if lacking else "",
        ]
        finish(ax, result, title, lang=lang, unit=scale.unit, notes=notes)
    return ax


def _with_rest(groups: pd.DataFrame, column: str, top: int) -> pd.DataFrame:
    """The first groups, and all others added up in one row without a rank."""
    first, others = groups[:top], groups[top:]
    names = [column, "share", "n_missing"]
    if others.empty:
        return first
    rest = (
        others[names].sum().to_frame().T.assign(cumulative_share=others["cumulative_share"].max(), rank=pd.NA)
    )
    used = [*names, "cumulative_share", "rank"]
    table = pd.concat([first[[*used, "group"]].astype(object), rest[used].astype(object)], ignore_index=True)
    return table.astype(dict.fromkeys([column, "share", "cumulative_share"], "float64"))


def _draw(ax: Axes, shown: pd.DataFrame, column: str, colours: list[str], scale: Scale, lang: str) -> None:
    heads = {_AMOUNT: "pareto_value", _SHARE: "pareto_share", _CUMULATIVE: "pareto_cumulative"}
    for right, key in heads.items():
        ax.annotate(
            word(key, lang, scale.unit), (1, 1), xycoords="axes fraction", xytext=(right, 4),
            textcoords="offset points", ha="right", fontsize=8.5, annotation_clip=False,
            color=_LINE if right == _CUMULATIVE else MUTED,
        )  # fmt: skip
    for place, row in enumerate(shown.to_dict("records")):
        face = tint(TOTAL_COLOUR, 0.75) if pd.isna(row["rank"]) else colours[place]
        ax.barh(place, float(row[column]), 0.66, color=face, edgecolor=EDGE, linewidth=0.8)
        _beside(ax, place, _AMOUNT, scale.text(float(row[column])), INK)
        _beside(ax, place, _SHARE, minus(f"{row['share']:.1%}"), INK)
        _beside(ax, place, _CUMULATIVE, minus(f"{row['cumulative_share']:.1%}"), _LINE)
        if row["n_missing"]:
            _beside(ax, place, _CUMULATIVE + 6, word("missing", lang, int(row["n_missing"])), MUTED, "left")


def _beside(ax: Axes, place: float, right: float, text: str, colour: str, align: str = "right") -> None:
    ax.annotate(
        text, (1, place), xycoords=("axes fraction", "data"), xytext=(right, 0), textcoords="offset points",
        ha=align, va="center_baseline", fontsize=8.5, color=colour, annotation_clip=False,
    )  # fmt: skip


def _draw_line(ax: Axes, shown: pd.DataFrame, lang: str) -> None:
    """The cumulative share, on axes as wide as the whole."""
    twin = ax.twiny()
    twin.plot(
        shown["cumulative_share"], range(len(shown)), color=_LINE, marker="o", markersize=4,
        linewidth=1.4, label=word("pareto_line", lang), clip_on=False,
    )  # fmt: skip
    twin.set_xlim(0, 1)
    twin.set_axis_off()
    twin.legend(loc="lower left", bbox_to_anchor=(0, 1.0), borderaxespad=0.2)


def _name(ax: Axes, shown: pd.DataFrame, grouped_by: str, n_rest: int, lang: str) -> None:
    names: dict[str, str] = {}
    for codelist in _NAMED.get(grouped_by, ()):
        # Divisions below the province have no English name: their own is better than a number.
        chinese, named = labels(codelist, "zh"), labels(codelist, lang)
        names |= {code: named[code] or chinese[code] for code in chinese}
    texts = [
        word("pareto_others", lang, n_rest)
        if pd.isna(row["rank"])
        else word("pareto_name", lang, row["rank"], shortened(names.get(row["group"], row["group"]), 28))
        for row in shown.to_dict("records")
    ]
    ax.set_yticks(range(len(texts)), texts)
    ax.tick_params(axis="y", length=0, labelsize=9)
