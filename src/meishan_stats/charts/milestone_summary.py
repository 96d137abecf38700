"""Chart of the milestones of one office, counted."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

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
from meishan_stats.charts.theme import EDGE, GRID, INK, one_office, say_no_data, theme, word
from meishan_stats.codelists import codes, labels
from meishan_stats.schemas import label
from meishan_stats.schemas.results.milestones import MilestoneSummary

# From left to right; neighbours differ in lightness or hatch, so that they are told apart in grey.
PARTS: dict[str, dict[str, Any]] = {
    "n_on_time": {"color": "#009E73"},
    "n_late": {"color": "#E69F00"},
    "n_done_undated": {"color": "#CDE9DF", "hatch": "...."},
    "n_overdue": {"color": "#B2380B"},
    "n_due_soon": {"color": "#F0E442"},
    "n_on_plan": {"color": "#FFFFFF"},
    "n_stopped": {"color": "#CCCCCC", "hatch": "////"},
}
_UNKNOWN: dict[str, Any] = {"color": "#FFFFFF", "hatch": "xxxx"}
_BAR = 0.6


def plot_milestone_summary(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """Draw for each milestone of one office how many were done on time, done late, are overdue or to come.

    Behind the bar stands the share done on time, of those of which it is decided.

    Parameters
    ----------
    result : MilestoneSummary of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"

    Returns
    -------
    Axes
        The lengths of the parts are numbers of milestones.

    Raises
    ------
    ChoiceError
        The result is of several offices.
    TableError
        The result lacks a column of ``MilestoneSummary``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> counts = dict.fromkeys(PARTS, 0) | {"n_planned": 3, "n_on_time": 2, "n_overdue": 1}
    >>> about = {"office": "示例镇", "is_demo": True, "milestone": ["started"], "on_time_ratio": 2 / 3}
    >>> ax = plot_milestone_summary(conform(pd.DataFrame(about | counts), MilestoneSummary))
    >>> [float(bar.get_width()) for bar in ax.patches]
    [2.0, 1.0]
    """
    office = one_office(result, MilestoneSummary, "plot_milestone_summary", lang)
    rank = {code: place for place, code in enumerate(codes("stages"))}
    table = result.sort_values("milestone", key=lambda code: code.map(rank), ignore_index=True)
    table = table.assign(n_unknown=table["n_planned"] - table[list(PARTS)].sum(axis=1))
    title = word("summary_title", lang, office=office)
    with theme() as font:
        ax, height = rows_axes(ax, 2.0 + 0.52 * max(len(table), 3))
        if table["n_planned"].sum() == 0:
            say_no_data(ax, word("summary_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height)
            return ax
        named = labels("stages", lang)
        others = word("summary_others", lang)
        names = [named.get(code, code) if isinstance(code, str) else others for code in table["milestone"]]
        below = [word("summary_planned", lang, n) for n in table["n_planned"]]
        name_rows(ax, range(len(table)), names, below)
        texts = [_said(row, lang) for row in table.to_dict("records")]
        across = axes_inches(ax, names, below)
        high = limit_for(table["n_planned"].astype(float).tolist(), texts, across)
        shown = [(part, look) for part, look in _parts().items() if table[part].sum() > 0]
        _draw(ax, table, dict(shown), inch=across / high)
        for place, (n, text) in enumerate(zip(table["n_planned"], texts, strict=True)):
            say_behind(ax, n, place, text)
        ax.set_xlim(0, high)
        ax.set_ylim(len(table) - 0.4, -0.6)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, steps=[1, 2, 5, 10]))
        ax.grid(True, axis="x", color=GRID, linewidth=0.8)
        ax.tick_params(labelfontfamily=font)
        handles = [
            Patch(
                facecolor=look["color"], hatch=look.get("hatch", ""), edgecolor=EDGE, linewidth=0.8,
                label=_named(part, lang),
            )
            for part, look in shown
        ]  # fmt: skip
        ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=word("rows_items", lang), names=names, below=below,
            notes=[word("summary_note", lang)], legend_rows=1 + (len(shown) > 4),
        )  # fmt: skip
    return ax


def _parts() -> dict[str, dict[str, Any]]:
    return PARTS | {"n_unknown": _UNKNOWN}


def _named(part: str, lang: str) -> str:
    return word("milestone_unknown", lang) if part == "n_unknown" else label(MilestoneSummary, part, lang)


def _draw(ax: Axes, table: pd.DataFrame, parts: dict[str, dict[str, Any]], *, inch: float) -> None:
    """The parts beside each other, each with its number where there is room for it."""
    for place, row in enumerate(table.to_dict("records")):
        start = 0
        for part, look in parts.items():
            n = row[part]
            if not n:
                continue
            ax.barh(place, n, _BAR, left=start, edgecolor=EDGE, linewidth=0.8, **look)
            if n * inch > inches(str(n), SMALL) + 0.02:
                dark = part in ("n_on_time", "n_overdue")
                ground = (
                    {"facecolor": look["color"], "edgecolor": "none", "pad": 0.8} if "hatch" in look else None
                )
                ax.text(
                    start + n / 2, place, str(n), ha="center", va="center_baseline", fontsize=SMALL,
                    color="white" if dark else INK, bbox=ground,
                )  # fmt: skip
            start += n


def _said(row: dict[Any, Any], lang: str) -> str:
    decided = row["n_on_time"] + row["n_late"] + row["n_overdue"]
    if pd.isna(row["on_time_ratio"]):
        return word("summary_undecided", lang)
    return word("summary_ratio", lang, f"{row['on_time_ratio']:.1%}", row["n_on_time"], decided)
