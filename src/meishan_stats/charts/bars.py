"""Horizontal bars of signed, arrived and negotiated amounts beside each other."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, minus
from meishan_stats.charts.theme import EDGE, INK, MUTED, tint, word
from meishan_stats.schemas import Table, label


class Measure(NamedTuple):
    """An amount, the projects or payments behind it, those missing, and its fill: told in grey too."""

    amount: str
    n_counted: str
    n_missing: str
    white: float
    style: dict[str, Any]


SIGNED = Measure("signed_cny_10k", "n_signed", "n_signed_missing", 0.0, {})
ARRIVED = Measure("arrived_cny_10k", "n_arrived_known", "n_arrived_missing", 0.45, {"hatch": "////"})
NEGOTIATING = Measure(
    "negotiating_cny_10k", "n_negotiating", "n_negotiating_missing", 0.88, {"linestyle": (0, (3, 2))}
)


_TWO_LINES = 27  # points


def draw_bars(
    ax: Axes,
    table: pd.DataFrame,
    measures: Sequence[Measure],
    *,
    colours: Sequence[str],
    scale: Scale,
    lang: str,
    height: float = 0.27,
) -> None:
    """Draw a bar per row and measure, with its amount, share and what is missing; words where no amount is.

    Rows stand from top to bottom; a column ``<amount>_share`` is written in brackets where it is known.
    """
    first = -(len(measures) - 1) / 2
    for k, measure in enumerate(measures):
        amount, _, _, white, style = measure
        for place, row in enumerate(table.to_dict("records")):
            value, y = row[amount], place + (first + k) * height
            if pd.notna(value):
                face = tint(colours[place], white)
                ax.barh(y, value, height * 0.92, color=face, edgecolor=EDGE, linewidth=0.8, **style)
            text = _said(row, measure, scale, lang)
            ax.annotate(
                text,
                (0 if pd.isna(value) else value, y),
                xytext=(-4 if value < 0 else 4, 0),
                textcoords="offset points",
                ha="right" if value < 0 else "left",
                va="center_baseline",
                fontsize=8.5,
                color=MUTED if pd.isna(value) else INK,
            )
    values = table[[measure.amount for measure in measures]]
    low, high = min(0.0, values.min().min()), max(0.0, values.max().max())
    ax.set_xlim(low - (0.3 * (high - low) if low < 0 else 0), high + 0.38 * (high - low or 1.0))
    ax.axvline(0, color=MUTED, linewidth=0.8)


def _said(row: dict[Any, Any], measure: Measure, scale: Scale, lang: str) -> str:
    value, missing = row[measure.amount], int(row[measure.n_missing])
    lacking = word("missing", lang, missing) if missing else ""
    if pd.notna(value):
        share = row.get(f"{measure.amount}_share")
        percent = word("brackets", lang, minus(f"{share:.1%}")) if pd.notna(share) else ""
        return f"{scale.text(value)}{percent} {lacking}".strip()
    if missing:
        return word("unknown", lang) + word("brackets", lang, lacking)
    if measure is ARRIVED and not row[measure.n_counted]:
        return word("sector_no_arrival", lang)
    return word("none", lang)


def name_rows(ax: Axes, names: Sequence[str], counts: Sequence[str]) -> None:
    """Name the rows at the left, with a smaller line of counts under each name where there is room."""
    ax.set_ylim(len(names) - 0.45, -0.55)
    room = ax.get_window_extent().height / ax.figure.dpi * 72 / len(names)
    if room < _TWO_LINES:  # small axes of the user's
        ax.set_yticks(range(len(names)), names, va="center")
        ax.tick_params(axis="y", length=0, labelsize=min(max(0.55 * room, 5), 10.5))
        return
    ax.set_yticks(range(len(names)), names, va="bottom")
    ax.tick_params(axis="y", length=0, labelsize=10.5)
    for place, text in enumerate(counts):
        ax.annotate(
            text,
            (0, place),
            xycoords=("axes fraction", "data"),
            xytext=(-3.5, -3),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=8.5,
            color=MUTED,
            annotation_clip=False,
        )


def name_measures(
    ax: Axes, measures: Sequence[Measure], model: type[Table], lang: str, colour: str = "#888888"
) -> None:
    """Say above the chart which fill is which amount."""
    handles = [
        Patch(
            facecolor=tint(colour, measure.white), edgecolor=EDGE, linewidth=0.8,
            label=label(model, measure.amount, lang), **measure.style,
        )
        for measure in measures
    ]  # fmt: skip
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
