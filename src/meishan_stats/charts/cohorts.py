"""Chart of what became of the projects signed together."""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from meishan_stats.charts.amounts import Scale, scale_for
from meishan_stats.charts.choices import check_top
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
    EDGE,
    GRID,
    MUTED,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.codelists import labels
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Projects, label
from meishan_stats.schemas.results.pipeline import CohortConversion


class Rate(NamedTuple):
    """A rate, its numerator, its denominator, the projects of which nothing is known, and its fill."""

    rate: str
    part: str
    whole: str
    n_unknown: str
    style: dict[str, Any]


RATES = (
    Rate(
        "arrival_ratio", "arrived_cny_10k", "signed_cny_10k", "n_arrived_unknown",
        {"color": "#E69F00", "hatch": "////"},
    ),
    Rate("started_share", "n_started", "n_signed", "n_started_unknown", {"color": tint(TOTAL_COLOUR, 0.8)}),
    Rate("completed_share", "n_completed", "n_signed", "n_completed_unknown", {"color": tint(TOTAL_COLOUR, 0.45)}),
    Rate("production_share", "n_production", "n_signed", "n_production_unknown", {"color": TOTAL_COLOUR}),
)  # fmt: skip
CODELISTS = {
    "sector": "sectors", "method": "methods", "origin_level": "origin_levels", "size_tier": "size_tiers",
}  # fmt: skip
EXCEEDS_COLOUR = "#B2380B"
_BAR = 0.205


def plot_cohort_conversion(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", top: int = 8
) -> Axes:
    """Draw the four rates of each cohort of one office: capital arrived, started, completed, in production.

    Numerator and denominator stand behind each bar. Projects of which a step is not known are in the
    denominator, so that the bar is a lower bound; they are counted beside it. A rate that is not known
    has no bar.

    Parameters
    ----------
    result : CohortConversion of one office and one way to make cohorts
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    top : cohorts drawn at most: the latest years, or those with most projects; the caption counts the rest

    Returns
    -------
    Axes
        The lengths of the bars are the rates; 1 is 100 %.

    Raises
    ------
    ChoiceError
        The result is of several offices or several ways to make cohorts, or ``top`` is no whole number from 1.
    TableError
        The result lacks a column of ``CohortConversion``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> cohorts = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "by": "year", "cohort": ["2011"], "n_signed": 4, "n_stopped": 0,
    ...     "n_undated": 0, "signed_cny_10k": 1000.0, "n_signed_missing": 0, "arrived_cny_10k": 600.0,
    ...     "n_arrived_unknown": 0, "arrival_ratio": 0.6, "exceeds": False, "n_started": 3, "started_share": 0.75,
    ...     "n_started_unknown": 0, "n_completed": 1, "completed_share": 0.25, "n_completed_unknown": 0,
    ...     "n_production": 1, "production_share": 0.25, "n_production_unknown": 0,
    ... }), CohortConversion)
    >>> [float(bar.get_width()) for bar in plot_cohort_conversion(cohorts).patches]
    [0.6, 0.75, 0.25, 0.25]
    """
    office = one_office(result, CohortConversion, "plot_cohort_conversion", lang)
    check_top("plot_cohort_conversion", top)
    by = _one_way(result)
    cohorts = _chosen(result, by, top)
    way = word("cohort_year", lang) if by == "year" else label(Projects, by, lang)
    title = word("cohort_title", lang, office=office, by=way)
    with theme() as font:
        ax, height = rows_axes(ax, 2.1 + 0.94 * max(len(cohorts), 1))
        if cohorts["n_signed"].sum() == 0:
            say_no_data(ax, word("cohort_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height)
            return ax
        names = [_named(code, by, lang) for code in cohorts["cohort"]]
        below = [_counted(row, lang) for row in cohorts.to_dict("records")]
        name_rows(ax, range(len(cohorts)), names, below)
        scale = scale_for(cohorts[["signed_cny_10k", "arrived_cny_10k"]].fillna(0).abs().max().max(), lang)
        ends, texts = _draw(ax, cohorts, scale, lang)
        # The axis reaches 100 % even where nothing comes near: a rate is read against the whole.
        across = axes_inches(ax, names, below)
        ax.set_xlim(0, max(1.04, limit_for(ends, texts, across)))
        ax.set_ylim(len(cohorts) - 0.45, -0.55)
        ax.axvline(1, color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0.8)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
        ax.xaxis.set_major_formatter(PercentFormatter(1.0))
        ax.grid(True, axis="x", color=GRID, linewidth=0.8)
        ax.tick_params(labelfontfamily=font)
        _legend(ax, lang)
        notes = _notes(cohorts, len(result) - len(cohorts), scale, lang)
        unit = word("cohort_unit", lang, scale.unit)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=unit, notes=notes, names=names, below=below
        )
    return ax


def _one_way(result: pd.DataFrame) -> str:
    ways = result["by"].unique().tolist()
    if len(ways) > 1:
        raise ChoiceError(
            f"plot_cohort_conversion 一次只画一种分组，得到 {'、'.join(ways)}：请先用 result[result.by == …] 选一种",
            f"plot_cohort_conversion draws one way to make cohorts, not {', '.join(ways)}: "
            "choose with result[result.by == ...]",
        )
    return str(ways[0]) if ways else "year"


def _chosen(result: pd.DataFrame, by: str, top: int) -> pd.DataFrame:
    """The cohorts drawn, in the order of the result, that without a name last."""
    table = result.sort_values("cohort", na_position="last") if by == "year" else result
    table = pd.concat([table[table["cohort"].notna()], table[table["cohort"].isna()]], ignore_index=True)
    if len(table) <= top:
        return table
    kept = table.tail(top).index if by == "year" else table["n_signed"].nlargest(top).index
    return table.loc[sorted(kept)].reset_index(drop=True)


def _named(code: object, by: str, lang: str) -> str:
    if not isinstance(code, str):
        return word("cohort_missing", lang)
    if by == "year":
        return word("one_year", lang, code)
    named = labels(CODELISTS[by], lang) if by in CODELISTS else {}
    return shortened(named.get(code, code), 22)


def _counted(row: dict[Any, Any], lang: str) -> str:
    text = word("cohort_signed", lang, row["n_signed"])
    stopped = word("cohort_stopped", lang, row["n_stopped"]) if row["n_stopped"] else ""
    return word("rows_and", lang, text, stopped) if stopped else text


def _draw(ax: Axes, cohorts: pd.DataFrame, scale: Scale, lang: str) -> tuple[list[float], list[str]]:
    """The bars with their numbers; gives the end of each and the words behind it."""
    ends, texts = [], []
    for place, row in enumerate(cohorts.to_dict("records")):
        for number, rate in enumerate(RATES):
            value, y = row[rate.rate], place + (number - 1.5) * _BAR
            is_over = rate.rate == "arrival_ratio" and bool(row["exceeds"])
            if pd.notna(value) and value:
                edge, line = (EXCEEDS_COLOUR, 1.6) if is_over else (EDGE, 0.8)
                ax.barh(y, value, _BAR * 0.9, edgecolor=edge, linewidth=line, **rate.style)
            end, text = 0.0 if pd.isna(value) else float(value), _said(row, rate, scale, is_over, lang)
            say_behind(ax, end, y, text, muted=pd.isna(value))
            ends.append(end)
            texts.append(text)
    return ends, texts


def _said(row: dict[Any, Any], rate: Rate, scale: Scale, is_over: bool, lang: str) -> str:
    value, part, whole, n_unknown = (row[name] for name in rate[:4])
    is_money = rate.part.endswith("_cny_10k")
    lacking = word("cohort_unknown", lang, n_unknown) if n_unknown else ""
    if is_money and row["n_signed_missing"]:
        n_missing = word("missing", lang, row["n_signed_missing"])
        lacking = word("rows_and", lang, lacking, n_missing) if lacking else n_missing
    if pd.isna(value):
        return word("unknown", lang) + (word("brackets", lang, lacking) if lacking else "")
    of = f"{scale.text(part)}/{scale.text(whole)}" if is_money else f"{part}/{whole}"
    said = word("rows_and", lang, of, lacking) if lacking else of
    text = f"{value:.1%}{word('brackets', lang, said)}"
    return f"{text} {word('cohort_exceeds', lang)}" if is_over else text


def _notes(cohorts: pd.DataFrame, n_left: int, scale: Scale, lang: str) -> list[str]:
    unknown = [
        word("cohort_rate_unknown", lang, label(CohortConversion, rate.n_unknown, lang), n)
        for rate in RATES
        if (n := int(cohorts[rate.n_unknown].sum()))
    ]
    n_undated, n_missing = int(cohorts["n_undated"].sum()), int(cohorts["n_signed_missing"].sum())
    unmatched = cohorts["arrived_unmatched_cny_10k"].sum(min_count=1)
    return [
        word("cohort_bound", lang, word("rows_comma", lang).join(unknown)) if unknown else "",
        word("cohort_no_amount", lang, n_missing) if n_missing else "",
        word("cohort_unmatched", lang, scale.text(unmatched), scale.unit) if unmatched > 0 else "",
        word("cohort_undated", lang, n_undated) if n_undated else "",
        word("cohort_over", lang) if cohorts["exceeds"].any() else "",
        word("rows_rest", lang, n_left) if n_left else "",
    ]


def _legend(ax: Axes, lang: str) -> None:
    handles = [
        Patch(facecolor=rate.style["color"], hatch=rate.style.get("hatch", ""), edgecolor=EDGE, linewidth=0.8,
              label=word(f"cohort_{rate.rate}", lang))
        for rate in RATES
    ]  # fmt: skip
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2)
