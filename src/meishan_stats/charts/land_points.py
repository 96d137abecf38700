"""Points of projects by land and investment, of which those that stand out are named."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator
from matplotlib.transforms import Bbox

from meishan_stats.charts.amounts import Scale, scale_for, show_amounts
from meishan_stats.charts.funding import HALO
from meishan_stats.charts.item_rows import inches
from meishan_stats.charts.labels import shortened
from meishan_stats.charts.theme import GRID, INK, TOTAL_COLOUR, word
from meishan_stats.schemas import label
from meishan_stats.schemas.results.land import LandEfficiency

_SIZE = 8.0
_LARGE_SPREAD = 30  # from here on a linear axis presses the small projects into a corner
_OUTSTANDING = 2  # of each kind


def draw_points(ax: Axes, known: pd.DataFrame, lang: str, font: str) -> None:
    """Draw projects of known land and investment with the line of what is asked for."""
    scale = scale_for(known["investment_cny_10k"].max(), lang)
    is_below = known["is_below"].fillna(False).astype(bool)
    line = known["threshold_cny_10k"].iloc[0]
    is_log = _is_log(known["land_mu"]) or _is_log(known["investment_cny_10k"])
    _limit(ax, known, line, is_log)
    for below, marker, face, key in (
        (False, "o", TOTAL_COLOUR, "land_above"),
        (True, "v", "white", "land_under"),
    ):
        rows = known[is_below == below]
        if len(rows):
            ax.plot(
                rows["land_mu"], rows["investment_cny_10k"], marker, color=TOTAL_COLOUR, markerfacecolor=face,
                markersize=6.5, markeredgewidth=1.2, label=word(key, lang, len(rows)), zorder=3,
            )  # fmt: skip
    if pd.notna(line):
        ends = np.array(ax.get_xlim())
        ax.plot(
            ends,
            ends * line,
            "--",
            color=INK,
            linewidth=1.3,
            label=word("land_line", lang, f"{line:g}"),
            zorder=2,
        )
    _name(ax, known)
    _number(ax, scale, is_log, lang, font)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)


def _is_log(values: pd.Series) -> bool:
    return bool(values.min() > 0 and values.max() / values.min() > _LARGE_SPREAD)


def _limit(ax: Axes, known: pd.DataFrame, line: float, is_log: bool) -> None:
    """Limits that hold all points; a line far above them is cut, not the points pressed together."""
    land, money = known["land_mu"], known["investment_cny_10k"]
    if is_log and money.min() > 0:
        ax.set(xscale="log", yscale="log")
        ax.set_xlim(land.min() / 1.4, land.max() * 1.8)
        ax.set_ylim(money.min() / 1.6, money.max() * 2.2)
        return
    ax.set_xlim(0, land.max() * 1.18)
    low = min(0.0, money.min() * 1.1)
    ax.set_ylim(low, (money.max() or 1.0) * 1.15)


def _outstanding(known: pd.DataFrame) -> pd.DataFrame:
    """Projects of most land, most investment, and of the highest and the lowest investment for each mu."""
    found = [
        known.nlargest(_OUTSTANDING, "investment_cny_10k"),
        known.nlargest(_OUTSTANDING, "land_mu"),
        known.nlargest(_OUTSTANDING, "investment_per_mu_cny_10k"),
        known.nsmallest(1, "investment_per_mu_cny_10k"),
    ]
    return pd.concat(found).drop_duplicates("group")


def _name(ax: Axes, known: pd.DataFrame) -> None:
    """Name points that stand out where the name hides no point and no other name; others go without."""
    per_point = ax.figure.dpi / 72
    frame = ax.get_window_extent()
    points = ax.transData.transform(known[["land_mu", "investment_cny_10k"]].to_numpy(dtype=float))
    taken = [
        Bbox.from_bounds(x - 4 * per_point, y - 4 * per_point, 8 * per_point, 8 * per_point)
        for x, y in points
    ]
    for row in _outstanding(known).to_dict("records"):
        text = shortened(str(row["name"]), 24) if pd.notna(row["name"]) else ""
        place = (row["land_mu"], row["investment_cny_10k"])
        x, y = ax.transData.transform(place)
        wide, tall = inches(text, _SIZE) * 72 * 1.05 * per_point, _SIZE * 1.4 * per_point
        for across, up, ha, va in _PLACES:
            left = x + across * 7 * per_point - {"left": 0, "right": wide, "center": wide / 2}[ha]
            bottom = y + up * 7 * per_point - {"bottom": 0, "top": tall, "center": tall / 2}[va]
            box = Bbox.from_bounds(left, bottom, wide, tall)
            is_inside = (
                frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            )
            if text and is_inside and not box.count_overlaps(taken):
                taken.append(box)
                ax.annotate(
                    text, place, xytext=(across * 7, up * 7), textcoords="offset points", ha=ha, va=va,
                    fontsize=_SIZE, path_effects=HALO, zorder=4,
                )  # fmt: skip
                break


_PLACES: tuple[tuple[int, int, Any, Any], ...] = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
)


def _number(ax: Axes, scale: Scale, is_log: bool, lang: str, font: str) -> None:
    land = word("trend_axis", lang, label(LandEfficiency, "land_mu", lang), word("land_mu", lang))
    money = word("trend_axis", lang, label(LandEfficiency, "investment_cny_10k", lang), scale.unit)
    if not is_log:
        show_amounts(ax.yaxis, scale, money, font)
    else:
        for axis, limits in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            is_short = limits[1] < 400 * limits[0]
            axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if is_short else (1.0,)))
            axis.set_minor_locator(NullLocator())
        ax.yaxis.set_major_formatter(lambda value, _: f"{value / scale.divisor:,g}")
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
        ax.set_ylabel(f"{money}{word('land_log', lang)}", fontfamily=font)
    ax.set_xlabel(f"{land}{word('land_log', lang) if is_log else ''}", fontfamily=font)
    ax.grid(True, which="major", color=GRID, linewidth=0.8)
