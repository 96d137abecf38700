"""Chart of targets: what is reached of each, beside the share of the year that has passed."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, minus, scale_for
from meishan_stats.charts.choices import check_top, of_year
from meishan_stats.charts.item_rows import SMALL, finish_rows, inches, name_rows, rows_axes
from meishan_stats.charts.labels import name_of, shortened
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    INK,
    MUTED,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    sector_colours,
    theme,
    tint,
    word,
)
from meishan_stats.codelists import labels
from meishan_stats.schemas.results.funding import TargetAttainment

USER = "plot_target_attainment"
_MOST_SHOWN = 3.0  # a bar of more than 300 % runs to the edge; its percentage is written
_BESIDE = 0.12  # inches between two columns of words


def plot_target_attainment(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    year: int | None = None,
    top: int = 30,
) -> Axes:
    """Draw how much of each target of one office is reached, beside the share of the year that has passed.

    A bar is reached over target, the upright stroke at 100 % the target, the black stroke the time
    progress (时间进度). Beside the bar stand what is reached and the target, and by how many percentage
    points (百分点) the bar is ahead of the stroke or behind it. Targets of several issuers for one figure
    are bars of their own, never added. What is measured of no target is told under the chart.

    Parameters
    ----------
    result : TargetAttainment of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    year : the year of the last report where none is named, else the last of the result
    top : most targets drawn; the caption says how many more there are

    Returns
    -------
    Axes
        The lengths of the bars are fractions of the target, 1 where it is reached.

    Raises
    ------
    ChoiceError
        The result is of several offices, the year is not in it, or `top` is no number from 1 on.
    TableError
        The result lacks a column of ``TargetAttainment``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "year": [2011], "indicator": "利用县外资金", "issuer": "县下达",
    ...     "target_cny_10k": 1200.0, "actual_cny_10k": 600.0, "attainment": 0.5, "time_progress": 0.25,
    ...     "gap_pp": 25.0, "n_known": 1, "n_missing": 0, "n_unknown_origin": 0,
    ... }), TargetAttainment)
    >>> [float(bar.get_width()) for bar in plot_target_attainment(result).patches]
    [0.5]
    """
    office = one_office(result, TargetAttainment, USER, lang)
    check_top(USER, top)
    chosen = _year_of(result) if year is None else year
    here = result if chosen is None else of_year(result, chosen, USER)
    measured = _whole_first(here[here["attainment"].notna()])
    shown = measured.head(top).reset_index(drop=True)
    when = "" if chosen is None else word("one_year", lang, chosen)
    title = word("targets_title", lang, office=office, when=when)
    with theme() as font:
        ax, height = rows_axes(ax, 2.5 + 0.44 * max(len(shown), 2))
        notes = [*_notes(here, len(measured) - len(shown), lang), *_not_measured(here, lang)]
        if shown.empty:
            say_no_data(ax, word("targets_none" if len(here) else "targets_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height, notes=notes, legend_rows=0)
            return ax
        amounts = shown[["target_cny_10k", "actual_cny_10k"]].abs().max().max()
        scale = scale_for(0.0 if pd.isna(amounts) else amounts, lang)
        rows = shown.to_dict("records")
        names = [_name(row) for row in rows]
        below = [_about(row, lang) for row in rows]
        _draw(ax, shown)
        name_rows(ax, range(len(rows)), names, below)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlabel(word("targets_axis", lang), fontfamily=font)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.grid(True, axis="x", color=GRID, linewidth=0.8)
        _write(ax, [_said(row, scale, lang) for row in rows], scale.unit if pd.notna(amounts) else "", lang)
        _legend(ax, shown, lang)
        unit = scale.unit if pd.notna(amounts) else ""
        finish_rows(
            ax, here, title, lang=lang, height=height, unit=unit, notes=notes, names=names, below=below,
            legend_rows=2,
        )  # fmt: skip
    return ax


def _whole_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of an indicator together in their order, that of all sectors before those of single ones."""
    place = {name: k for k, name in enumerate(rows["indicator"].drop_duplicates())}
    keys = pd.DataFrame({"indicator": rows["indicator"].map(place), "part": rows["sector"].notna()})
    return rows.loc[keys.sort_values(["indicator", "part"], kind="stable").index]


def _year_of(result: pd.DataFrame) -> int | None:
    """Year of the last report where there are targets for it, else the last year of the result."""
    years = result["year"].dropna()
    if years.empty:
        return None
    last = result["as_of"].max()
    return last.year if pd.notna(last) and years.eq(last.year).any() else int(years.max())


def _draw(ax: Axes, shown: pd.DataFrame) -> None:
    colours = [
        TOTAL_COLOUR if pd.isna(sector) else colour
        for sector, colour in zip(shown["sector"], sector_colours(shown["sector"].tolist()), strict=True)
    ]
    values, progress = shown["attainment"], shown["time_progress"]
    ax.barh(shown.index, values, 0.42, color=[tint(c, 0.25) for c in colours], edgecolor=EDGE, linewidth=0.8)
    ax.axvline(1.0, color=MUTED, linewidth=1.2, zorder=2.5)
    ax.vlines(progress, shown.index - 0.34, shown.index + 0.34, color=INK, linewidth=2.4, zorder=3)
    low = min(0.0, values.min())
    high = min(max(1.0, values.max(), progress.max() if progress.notna().any() else 0.0), _MOST_SHOWN)
    ax.set_xlim(low * 1.05, high * 1.05)


def _name(row: dict[Any, Any]) -> str:
    return "" if pd.isna(row["indicator"]) else shortened(str(row["indicator"]), 32)


def _about(row: dict[Any, Any], lang: str) -> str:
    """Who set the target, who is to reach it, of which sector, and whether foreign capital is inside."""
    foreign = row["includes_foreign"]
    parts = [
        "" if pd.isna(row["issuer"]) else str(row["issuer"]),
        "" if pd.isna(row["assignee"]) else str(row["assignee"]),
        "" if pd.isna(row["sector"]) else name_of(str(row["sector"]), "sectors", "sector_missing", lang),
        "" if pd.isna(foreign) else word("includes_foreign" if foreign else "excludes_foreign", lang),
    ]
    return shortened(word("rows_comma", lang).join(part for part in parts if part), 44)


def _said(row: dict[Any, Any], scale: Scale, lang: str) -> tuple[str, str, str]:
    """What is reached of how much, the percentage, and how far that is ahead or behind."""
    if pd.isna(row["target_cny_10k"]):
        pair = [minus(f"{row[name]:,g}") for name in ("n_actual", "n_target")]
        reached = word("targets_number", lang, *pair)
    else:
        reached = word(
            "targets_reached", lang, scale.text(row["actual_cny_10k"]), scale.text(row["target_cny_10k"])
        )
    n = int(row["n_missing"])
    lacking = word("missing", lang, n) if n else ""
    gap = row["gap_pp"]
    ahead = (
        ""
        if pd.isna(gap)
        else word("targets_ahead" if gap >= 0 else "targets_behind", lang, f"{abs(gap):.1f}")
    )
    return f"{reached} {lacking}".strip(), minus(f"{row['attainment']:.1%}"), ahead


def _write(ax: Axes, rows: list[tuple[str, str, str]], unit: str, lang: str) -> None:
    """Write the words in columns at the right of the axes."""
    reached = word("targets_head_reached", lang) + (word("brackets", lang, unit) if unit else "")
    heads = (reached, word("targets_head_share", lang), word("targets_head_gap", lang))
    widths = [max(inches(row[k], SMALL) for row in [heads, *rows]) for k in range(3)]
    right = 0.1
    for k, wide in enumerate(widths):
        right += wide + _BESIDE
        for place, row in enumerate([heads, *rows]):
            ax.annotate(
                row[k],
                (1, 1) if place == 0 else (1, place - 1),
                xycoords="axes fraction" if place == 0 else ("axes fraction", "data"),
                xytext=(72 * right, 6 if place == 0 else 0),
                textcoords="offset points",
                ha="right",
                va="bottom" if place == 0 else "center_baseline",
                fontsize=SMALL,
                color=MUTED if place == 0 else INK,
                annotation_clip=False,
            )


def _legend(ax: Axes, shown: pd.DataFrame, lang: str) -> None:
    handles: list[Patch | Line2D] = [
        Patch(
            facecolor=tint(TOTAL_COLOUR, 0.25), edgecolor=EDGE, linewidth=0.8, label=word("targets_bar", lang)
        )
    ]
    if shown["time_progress"].notna().any():
        progress = shown["time_progress"].dropna().unique()
        said = word("brackets", lang, f"{progress[0]:.1%}") if len(progress) == 1 else ""
        name = f"{word('targets_time', lang)}{said}"
        handles.append(Line2D([], [], color=INK, linewidth=2.4, label=name))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=1, borderaxespad=0.2)


def _notes(here: pd.DataFrame, n_more: int, lang: str) -> list[str]:
    unknown = here[here["n_unknown_origin"] > 0]
    n = int(unknown["n_unknown_origin"].max()) if len(unknown) else 0
    return [
        word("targets_colours", lang) if here["sector"].notna().any() else "",
        word("targets_over", lang) if (here["attainment"] > _MOST_SHOWN).any() else "",
        word("targets_unknown_origin", lang, n) if n else "",
        word("targets_more", lang, n_more) if n_more else "",
    ]


def _not_measured(here: pd.DataFrame, lang: str) -> list[str]:
    """For each reason the targets of which nothing is measured."""
    rest = here[here["attainment"].isna()]
    reasons = rest["reason"].astype(object).where(rest["reason"].notna(), "")
    notes = []
    for reason in dict.fromkeys(reasons):
        names = rest.loc[reasons == reason, "indicator"].fillna("").drop_duplicates().tolist()
        said = labels("refusals", lang).get(reason, reason) if reason else word("targets_no_goal", lang)
        listed = word("rows_comma", lang).join(filter(None, names)) or word("unknown", lang)
        notes.append(word("targets_not_measured", lang, listed, said))
    return notes
