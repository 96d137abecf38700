"""Chart of what stations and recruiters did: one measure, or the points of the contest."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, minus, scale_for, show_amounts
from meishan_stats.charts.choices import check_choice, check_top, only_value
from meishan_stats.charts.item_rows import (
    axes_inches,
    finish_rows,
    inches,
    limit_for,
    name_rows,
    rows_axes,
    say_behind,
)
from meishan_stats.charts.labels import shortened
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    INK,
    MUTED,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    theme,
    word,
)
from meishan_stats.schemas import columns, label
from meishan_stats.schemas.results.activity import StationPerformance

USER = "plot_station_performance"
# Lightness and hatch differ between neighbours, so that parts beside each other differ in grey too.
PARTS: dict[str, tuple[str, str]] = {
    "station_days_points": ("#0072B2", ""),
    "n_visits_points": ("#F0E442", ""),
    "n_receptions_points": ("#6B1D4E", ""),
    "n_leads_points": ("#D9D9D9", "////"),
    "n_excellent_leads_points": ("#009E73", ""),
    "n_leader_visits_points": ("#FFFFFF", ""),
    "n_foreign_signed_points": ("#E69F00", "...."),
    "n_absences_points": ("#B2380B", "xxxx"),
}
_DARK = ("#0072B2", "#6B1D4E", "#009E73")
_NO_MEASURE = ("office", "is_demo", "as_of", "grouped_by", "period", "station", "recruiter")
_MISSING = {
    "signed_cny_10k": "n_signed_missing",
    "arrived_cny_10k": "n_arrived_missing",
    "score": "n_points_missing",
}


def plot_station_performance(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    measure: str = "score",
    top: int = 30,
) -> Axes:
    """Draw one measure of each station or recruiter as points in a line, or the score with its parts.

    The largest stand first; what is missing is written, not drawn as 0. What could be attributed to no
    station or recruiter is the last row. The score is that of the contest: its parts lie beside each
    other, absences to the left of 0, the triangle is their sum and, of a single month, the circle the score that the sheets
    state, where they do.

    Parameters
    ----------
    result : StationPerformance of one office, one grouping and one period
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    measure : "score", or any other number of ``StationPerformance``, such as ``signed_cny_10k``
    top : most rows drawn; the caption says how many more there are

    Returns
    -------
    Axes
        The places of the points, or the lengths of the parts, are the numbers of the table.

    Raises
    ------
    ChoiceError
        The result is of several offices, groupings or periods, there is no such measure, or `top` is no
        number from 1 on.
    TableError
        The result lacks a column of ``StationPerformance``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> needed = {name: 0 for name, column in columns(StationPerformance).items() if not column.nullable}
    >>> result = conform(pd.DataFrame({
    ...     **needed, "office": "示例镇", "is_demo": True, "grouped_by": "station", "station": ["上海", "杭州"],
    ...     "n_visits": [8, 4],
    ... }), StationPerformance)
    >>> plot_station_performance(result, measure="n_visits").lines[0].get_xdata().tolist()
    [8.0, 4.0]
    """
    office = one_office(result, StationPerformance, USER, lang)
    check_choice(
        USER, "measure", measure, [name for name in columns(StationPerformance) if name not in _NO_MEASURE]
    )
    check_top(USER, top)
    by, period = only_value(result, "grouped_by", USER), only_value(result, "period", USER)
    group = "recruiter" if by == "recruiter" else "station"
    told = label(StationPerformance, measure, lang)
    title = word("stations_title", lang, office=office, what=told, who=word(f"stations_by_{group}", lang))
    title += word("brackets", lang, period or word("all_years", lang))
    rows, n_more = _ranked(result, group, measure, top)
    with theme() as font:
        ax, height = rows_axes(ax, 2.5 + 0.4 * max(len(rows), 2))
        if rows[measure].isna().all():
            reason = word("stations_unknown", lang, told) if len(rows) else word("stations_empty", lang)
            say_no_data(ax, reason, lang)
            finish_rows(ax, result, title, lang=lang, height=height, legend_rows=0)
            return ax
        names, below = _names(rows, group, lang)
        across = axes_inches(ax, names, below)
        scale = scale_for(rows[measure].abs().max(), lang) if measure.endswith("_cny_10k") else None
        counted = columns(StationPerformance)[measure].unit if lang == "zh" else ""
        unit = scale.unit if scale else counted
        axis = word("trend_axis", lang, told, unit) if unit else told
        texts = [_said(row, measure, scale, lang) for row in rows.to_dict("records")]
        legend_rows = _draw(ax, rows, measure, texts, across, lang)
        name_rows(ax, range(len(rows)), names, below)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        if scale:
            show_amounts(ax.xaxis, scale, axis, font)
        else:
            ax.set_xlabel(axis, fontfamily=font)
        ax.grid(True, axis="x" if measure == "score" else "both", color=GRID, linewidth=0.8)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=unit, notes=_notes(rows, measure, n_more, lang),
            names=names, below=below, legend_rows=legend_rows,
        )  # fmt: skip
    return ax


def _ranked(result: pd.DataFrame, group: str, measure: str, top: int) -> tuple[pd.DataFrame, int]:
    """Rows from the largest measure to the smallest, a missing one after them, nobody's last; and those left out."""
    is_nobody = result[group].isna()
    somebody = result[~is_nobody].sort_values(measure, ascending=False, kind="stable")
    nobody = result[is_nobody]
    nobody = nobody[nobody[measure].notna()]
    return pd.concat([somebody.head(top), nobody], ignore_index=True), max(len(somebody) - top, 0)


def _names(rows: pd.DataFrame, group: str, lang: str) -> tuple[list[str], list[str]]:
    """Names of the rows, and the station of a recruiter or how many recruiters a station has."""
    nobody = word("stations_nobody", lang)
    names = [nobody if pd.isna(name) else shortened(str(name), 26) for name in rows[group]]
    if group == "recruiter":
        return names, ["" if pd.isna(name) else shortened(str(name), 32) for name in rows["station"]]
    heads = rows["n_recruiters"]
    return names, ["" if pd.isna(n) else word("stations_heads", lang, f"{n:g}") for n in heads]


def _said(row: dict[Any, Any], measure: str, scale: Scale | None, lang: str) -> str:
    """The number and what is missing behind it."""
    value, n = row[measure], int(row.get(_MISSING.get(measure, ""), 0))
    lacking = word("missing", lang, n) if n else ""
    if pd.isna(value):
        return word("unknown", lang) + (word("brackets", lang, lacking) if lacking else "")
    text = scale.text(value) if scale else minus(f"{value:,.1f}".removesuffix(".0"))
    return f"{text} {lacking}".strip()


def _draw(ax: Axes, rows: pd.DataFrame, measure: str, texts: list[str], across: float, lang: str) -> int:
    """Draw the points, or the parts of the score; gives the number of rows of the legend."""
    values = rows[measure]
    parts = rows[list(PARTS)] if measure == "score" else rows[[]]
    shown = parts.loc[:, (parts.fillna(0) != 0).any()]
    is_score = bool(len(shown.columns))
    ends = pd.concat([values.fillna(0), shown.clip(lower=0).sum(axis=1)], axis=1).max(axis=1).clip(lower=0)
    low = min(0.0, values.min(), shown.clip(upper=0).sum(axis=1).min() if is_score else 0.0)
    high = limit_for(list(ends), [f"  {text}" for text in texts], across, low=low)
    ax.set_xlim(low - 0.02 * (high - low), high)
    known = values.dropna()
    under = 0.41 if is_score else 0.0
    (line,) = ax.plot(known, known.index + under, "^" if is_score else "o", markersize=7, zorder=4)
    line.set_color(INK if is_score else TOTAL_COLOUR)
    ax.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
    for place, text in enumerate(texts):
        say_behind(ax, ends[place], place, f"  {text}", muted=pd.isna(values[place]))
    if not is_score:
        return 0
    _draw_parts(ax, shown, (high - low) / across)
    return _legend(ax, rows, shown, line, lang)


def _draw_parts(ax: Axes, shown: pd.DataFrame, per_inch: float) -> None:
    """Parts of the score beside each other, those below 0 to the left, each with its points where there is room."""
    for place, row in zip(range(len(shown)), shown.to_dict("records"), strict=True):
        right = left = 0.0
        for name, value in row.items():
            if pd.isna(value) or value == 0:
                continue
            colour, hatch = PARTS[str(name)]
            start = right if value > 0 else left
            ax.barh(place, value, 0.62, left=start, color=colour, hatch=hatch, edgecolor=EDGE, linewidth=0.7)
            text = minus(f"{value:.1f}".removesuffix(".0"))
            if inches(text, 7.5) * per_inch < abs(value):
                box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if hatch else None
                ax.text(
                    start + value / 2, place, text, ha="center", va="center_baseline", fontsize=7.5, bbox=box,
                    color="white" if colour in _DARK else INK, zorder=3,
                )  # fmt: skip
            right, left = (right + value, left) if value > 0 else (right, left + value)


def _legend(ax: Axes, rows: pd.DataFrame, shown: pd.DataFrame, line: Line2D, lang: str) -> int:
    handles: list[Patch | Line2D] = [
        Patch(facecolor=PARTS[name][0], hatch=PARTS[name][1], edgecolor=EDGE, linewidth=0.7,
              label=label(StationPerformance, name, lang))
        for name in shown
    ]  # fmt: skip
    line.set_label(label(StationPerformance, "score", lang))
    handles.append(line)
    stated = rows["score_stated"].dropna()
    if _is_of_a_month(rows) and len(stated):
        name = label(StationPerformance, "score_stated", lang)
        handles += ax.plot(
            stated, stated.index + 0.41, "o", color=INK, markerfacecolor="none", zorder=4, label=name
        )
    ncols = 4 if lang == "zh" else 2
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=ncols, borderaxespad=0.2)
    return -(-len(handles) // ncols)


def _is_of_a_month(rows: pd.DataFrame) -> bool:
    """Whether stated scores compare with the score: over several months they are the sum of those of each."""
    return bool(rows["period"].astype("str").str.fullmatch(r"\d{4}-\d{2}").all())


def _notes(rows: pd.DataFrame, measure: str, n_more: int, lang: str) -> list[str]:
    group = "recruiter" if rows["recruiter"].notna().any() else "station"
    is_sheet = measure in PARTS or measure == "score" or f"{measure}_points" in PARTS
    n_missing = int(rows["n_work_missing"].sum()) if is_sheet else 0
    return [
        word("stations_score", lang) if measure == "score" else "",
        word("stations_nobody_note", lang) if rows[group].isna().any() else "",
        word("stations_work_missing", lang, n_missing) if n_missing else "",
        word("rows_rest", lang, n_more) if n_more else "",
    ]
