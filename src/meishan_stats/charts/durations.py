"""Chart of the months that projects stay at each stage."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from meishan_stats.charts.item_rows import (
    axes_inches,
    finish_rows,
    limit_for,
    name_rows,
    rows_axes,
    say_behind,
)
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    INK,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.codelists import codes, labels
from meishan_stats.schemas.results.pipeline import TimeInStage

_BAR = 0.5
_FACE, _OPEN = tint(TOTAL_COLOUR, 0.55), "#FFFFFF"


def plot_time_in_stage(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """Draw how many months projects of one office stay at each stage: the middle half, and the median.

    A bar reaches from the month by which a quarter has left to that by which three quarters have; the
    thick line is the median. Where too few stays have ended for a quartile, the bar is open and dashed
    up to the longest stay seen, and the words say that it is not reached.

    Parameters
    ----------
    result : TimeInStage of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"

    Returns
    -------
    Axes
        The ends of the bars are months.

    Raises
    ------
    ChoiceError
        The result is of several offices.
    TableError
        The result lacks a column of ``TimeInStage``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> stays = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "stage": ["negotiating"], "n_spells": 8, "n_finished": 7,
    ...     "n_stopped": 0, "n_begun_before": 0, "lower_quartile_months": 3.0, "median_months": 4.0,
    ...     "upper_quartile_months": 6.0,
    ... }), TimeInStage)
    >>> bar = plot_time_in_stage(stays).patches[0]
    >>> float(bar.get_x()), float(bar.get_width())
    (3.0, 3.0)
    """
    office = one_office(result, TimeInStage, "plot_time_in_stage", lang)
    rank = {code: place for place, code in enumerate(codes("stages"))}
    stages = result.sort_values("stage", key=lambda stage: stage.map(rank), ignore_index=True)
    title = word("stay_title", lang, office=office)
    with theme() as font:
        ax, height = rows_axes(ax, 2.1 + 0.5 * max(len(stages), 3))
        if stages["n_spells"].sum() == 0:
            n_before = int(stages["n_begun_before"].sum())
            reason = word("stay_all_before", lang, n_before) if n_before else word("stay_empty", lang)
            say_no_data(ax, reason, lang)
            finish_rows(ax, result, title, lang=lang, height=height)
            return ax
        named = labels("stages", lang)
        names = [named.get(code, code) for code in stages["stage"]]
        below = [
            word("stay_counts", lang, row["n_spells"], row["n_finished"]) for row in stages.to_dict("records")
        ]
        name_rows(ax, range(len(stages)), names, below)
        ends, texts = _draw(ax, stages, lang)
        across = axes_inches(ax, names, below)
        ax.set_xlim(0, max(1.0, limit_for(ends, texts, across)))
        ax.set_ylim(len(stages) - 0.4, -0.6)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
        ax.set_xlabel(word("stay_axis", lang, word("stay_unit", lang)), fontfamily=font)
        ax.grid(True, axis="x", color=GRID, linewidth=0.8)
        _legend(ax, stages, lang)
        notes, unit = _notes(stages, lang), word("stay_unit", lang)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=unit, notes=notes, names=names, below=below
        )
    return ax


def _draw(ax: Axes, stages: pd.DataFrame, lang: str) -> tuple[list[float], list[str]]:
    """Bars and medians with their words; gives where each row ends and the words behind it."""
    ends, texts = [], []
    for place, row in enumerate(stages.to_dict("records")):
        low, middle, high = (row[f"{part}_months"] for part in ("lower_quartile", "median", "upper_quartile"))
        longest = max(
            (month for month in (low, middle, high, row["horizon_months"]) if pd.notna(month)), default=0
        )
        end = high if pd.notna(high) else (longest if pd.notna(low) else 0.0)
        if pd.notna(high):
            ax.barh(place, high - low, _BAR, left=low, color=_FACE, edgecolor=EDGE, linewidth=0.8)
        elif pd.notna(low):
            ax.barh(place, longest - low, _BAR, left=low, color=_OPEN, edgecolor=EDGE, linestyle=(0, (3, 2)))
        if pd.notna(middle):
            ax.plot([middle] * 2, [place - 0.34, place + 0.34], color=INK, linewidth=3, solid_capstyle="butt")
        text = _said(row, lang)
        say_behind(ax, end, place, text, muted=pd.isna(middle))
        ends.append(float(end))
        texts.append(text)
    return ends, texts


def _said(row: dict[Any, Any], lang: str) -> str:
    if not row["n_spells"]:
        return word("stay_none", lang)
    if not row["n_finished"]:
        return word("stay_none_ended", lang, f"{row['horizon_months']:g}")
    if pd.isna(row["median_months"]):
        return word("stay_no_median", lang, f"{row['horizon_months']:g}")
    quartiles = [row["lower_quartile_months"], row["upper_quartile_months"]]
    low, high = (word("stay_not_reached", lang) if pd.isna(month) else f"{month:g}" for month in quartiles)
    span = low if low == high else word("stay_span", lang, low, high)
    return word("stay_median", lang, f"{row['median_months']:g}") + word("brackets", lang, span)


def _notes(stages: pd.DataFrame, lang: str) -> list[str]:
    n_before, n_stopped = int(stages["n_begun_before"].sum()), int(stages["n_stopped"].sum())
    is_open = stages["n_finished"] < stages["n_spells"]
    return [
        word("stay_open", lang) if is_open.any() else "",
        word("stay_before", lang, n_before) if n_before else "",
        word("stay_stopped", lang, n_stopped) if n_stopped else "",
    ]


def _legend(ax: Axes, stages: pd.DataFrame, lang: str) -> None:
    handles: list[Patch | Line2D] = [
        Patch(facecolor=_FACE, edgecolor=EDGE, linewidth=0.8, label=word("stay_quartiles", lang)),
        Line2D([], [], color=INK, linewidth=3, label=word("stay_median_legend", lang)),
    ]
    if (stages["lower_quartile_months"].notna() & stages["upper_quartile_months"].isna()).any():
        handles.append(
            Patch(
                facecolor=_OPEN, edgecolor=EDGE, linestyle=(0, (3, 2)), label=word("stay_open_legend", lang)
            )
        )
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
