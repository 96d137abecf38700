"""Chart of the year to date: this year, last year, the way to the target, the forecast of the year."""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from meishan_stats.charts.amounts import Scale, scale_for, show_amounts
from meishan_stats.charts.choices import of_year, only_value
from meishan_stats.charts.funding import HALO, YTD_COLOUR, kind_name, undated_note
from meishan_stats.charts.item_rows import finish_rows, rows_axes
from meishan_stats.charts.labels import spread, wrapped
from meishan_stats.charts.outlook import (
    forecast_notes,
    forecast_of,
    still_open,
    target_notes,
    targets_of,
)
from meishan_stats.charts.theme import (
    EDGE,
    INK,
    MUTED,
    TOTAL_COLOUR,
    finish,
    one_office,
    say_no_data,
    theme,
    word,
)
from meishan_stats.codelists import labels
from meishan_stats.schemas import FundingByMonth

USER = "plot_funding_cumulative"
_BESIDE = 24  # Latin letters a line of the words at the right may have
_LINE = 0.155  # inches


class _Words(NamedTuple):
    """What is written at the right: where it points to, the text, its colour."""

    place: float
    height: float
    text: str
    colour: str


def plot_funding_cumulative(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    year: int | None = None,
    targets: pd.DataFrame | None = None,
    forecast: pd.DataFrame | None = None,
) -> Axes:
    """Draw the year to date of one office month by month, beside last year, the target and a forecast.

    A target is the straight path from nothing at the start of the year to the target at its end: it is
    what the time progress (时间进度) compares with. Of the targets only those of the whole office are
    drawn. One for capital of some origin alone (县外资金) is drawn too, though the line holds all capital:
    a cross marks what is reached of it by its own measure, and the caption says so.

    Parameters
    ----------
    result : FundingByMonth of one office and one kind
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    year : the last year of the result where none is named
    targets : TargetAttainment; rows of other offices, years and kinds of capital are left out
    forecast : YearEndForecast; rows of other offices, years and kinds of capital are left out

    Returns
    -------
    Axes
        x is the months passed, 0 to 12; heights are amounts in 万元, numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices or several kinds, or the year is not in it.
    TableError
        A result lacks a column of its table.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "kind": "arrived", "n_projects": 1, "n_missing": 0,
    ...     "period": pd.to_datetime(["2011-01-01", "2011-02-01"]), "amount_cny_10k": [500.0, 300.0],
    ...     "ytd_cny_10k": [500.0, 800.0],
    ... }), FundingByMonth)
    >>> [float(height) for height in plot_funding_cumulative(result).lines[0].get_ydata()[:2]]
    [500.0, 800.0]
    """
    office = one_office(result, FundingByMonth, USER, lang)
    kind = str(only_value(result, "kind", USER) or "arrived")
    dated = result.dropna(subset=["period"])
    dated = dated.assign(year=dated["period"].dt.year, month=dated["period"].dt.month)
    chosen = year if year is not None else (int(dated["year"].max()) if len(dated) else None)
    here = of_year(dated, chosen, USER).set_index("month").sort_index()
    before = dated[dated["year"] + 1 == chosen].set_index("month").sort_index()
    aims, n_more = targets_of(targets, office, chosen, kind, USER, lang)
    given = forecast_of(forecast, office, chosen, kind, USER, lang)
    ends = still_open(given)
    when = "" if chosen is None else word("one_year", lang, chosen)
    title = word("cumulative_title", lang, office=office, year=when, kind=kind_name(result, USER, lang))
    with theme() as font:
        ax, height = rows_axes(ax, 5.2)
        if here["ytd_cny_10k"].isna().all():
            n = int(here["n_missing"].sum())
            say_no_data(ax, word("funding_no_amount", lang, n) if n else word("funding_empty", lang), lang)
            finish(ax, result, title, lang=lang, notes=[undated_note(result, lang)], legend_rows=0)
            return ax
        ytd = [here["ytd_cny_10k"], before["ytd_cny_10k"]]
        tops = pd.concat([*ytd, aims["target_cny_10k"], ends["high_cny_10k"], ends["forecast_cny_10k"]])
        scale = scale_for(tops.astype("float64").abs().max(), lang)
        lines = [(before, chosen - 1, MUTED, "--"), (here, chosen, YTD_COLOUR, "-")] if chosen else []
        words = [said for line in lines for said in _draw_year(ax, *line, scale, lang)]
        words += _draw_targets(ax, aims, scale, lang)
        words += _draw_forecast(ax, ends, scale, lang)
        _place(ax, words, bool((pd.concat(ytd) < 0).any()))
        show_amounts(ax.yaxis, scale, word("cumulative_axis", lang, scale.unit), font)
        ax.set_xticks(range(1, 13), [word("month", lang, month) for month in range(1, 13)])
        n_handles = _legend(ax, here, before, aims, ends, lang)
        notes = [
            _missing(pd.concat([here, before]), lang),
            undated_note(result, lang),
            *target_notes(aims, n_more, targets is not None, lang),
            *forecast_notes(given, chosen, forecast is not None, lang),
        ]
        rows = -(-n_handles // 3)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=scale.unit, notes=notes, legend_rows=rows
        )
    return ax


def _draw_year(
    ax: Axes, months: pd.DataFrame, year: int, colour: str, style: str, scale: Scale, lang: str
) -> list[_Words]:
    """The line of a year, hollow where a month is not known; its name for the right."""
    line = months["ytd_cny_10k"].reindex(range(1, 13))
    if line.isna().all():
        return []
    ax.plot(
        line.index, line, color=colour, linestyle=style, linewidth=1.8, marker="o", markersize=4, zorder=3
    )
    hollow = line[months["amount_cny_10k"].reindex(range(1, 13)).isna()].dropna()
    ax.plot(hollow.index, hollow, "o", color=colour, markerfacecolor="white", markersize=4, zorder=4)
    last = line.dropna()
    text = f"{word('cumulative_line', lang, year)} {scale.text(last.iloc[-1])}"
    if last.index[-1] > 10:
        return [_Words(float(last.index[-1]), float(last.iloc[-1]), text, colour)]
    side = "left" if last.index[-1] < 3 else "right"
    ax.annotate(
        text, (last.index[-1], last.iloc[-1]), xytext=(-4, 8), textcoords="offset points", ha=side, fontsize=8.5,
        color=colour, path_effects=HALO, zorder=5,
    )  # fmt: skip
    return []


def _draw_targets(ax: Axes, aims: pd.DataFrame, scale: Scale, lang: str) -> list[_Words]:
    words = []
    is_one = len(aims["indicator"].drop_duplicates()) == 1 and aims["issuer"].notna().all()
    for place, row in enumerate(aims.to_dict("records")):
        goal = row["target_cny_10k"]
        ax.plot(
            [0, 12], [0, goal], color=TOTAL_COLOUR, linestyle=(0, (1, 1 + place)), linewidth=1.4, zorder=2
        )
        text = word("cumulative_target", lang, _target_name(row, is_one), scale.text(goal))
        words.append(_Words(12.0, goal, wrapped(text, _BESIDE), TOTAL_COLOUR))
        if row["is_narrow"] and pd.notna(row["actual_cny_10k"]) and pd.notna(row["as_of"]):
            passed = row["as_of"].month if row["as_of"].year == row["year"] else 12
            ax.plot(
                passed, row["actual_cny_10k"], "x", color=INK, markersize=7, markeredgewidth=1.6, zorder=5
            )
    return words


def _target_name(row: dict[Any, Any], is_one: bool) -> str:
    """Who set the target, and its indicator unless all targets have the same."""
    issuer = "" if pd.isna(row["issuer"]) else str(row["issuer"])
    return issuer if is_one or pd.isna(row["indicator"]) else f"{issuer}{row['indicator']}"


def _draw_forecast(ax: Axes, ends: pd.DataFrame, scale: Scale, lang: str) -> list[_Words]:
    """A point and its interval for each method, a little apart from each other at the end of the year."""
    words = []
    known = ends[ends["forecast_cny_10k"].notna()]
    names = labels("forecast_methods", lang)
    for place, row in enumerate(known.to_dict("records")):
        at, value = 12.3 + 0.3 * place, row["forecast_cny_10k"]
        low, high = row["low_cny_10k"], row["high_cny_10k"]
        text = f"{names.get(row['method'], row['method'])} {scale.text(value)}"
        if pd.notna(low) and pd.notna(high) and low < high:
            ax.plot([at, at], [low, high], color=INK, linewidth=1.2, marker="_", markersize=7, zorder=3)
            interval = word("interval", lang, scale.text(low), scale.text(high))
            text += "\n" + word("brackets", lang, interval).strip()
        ax.plot(at, value, "D", color=INK, markersize=5, zorder=4)
        words.append(_Words(at, value, text, INK))
    return words


def _place(ax: Axes, words: list[_Words], is_negative: bool) -> None:
    """Write the words at the right of the axes, moved apart, each with a thin line to its end."""
    low, high = ax.get_ylim()
    low, high = low if is_negative else 0.0, high * 1.06
    ax.set_ylim(low, high)
    tall = 0.72 * ax.get_window_extent().height / ax.figure.dpi  # the caption takes its part later
    ax.set_xlim(0, max([12.3, *(said.place + 0.2 for said in words)]))
    gap = _LINE * max((1 + said.text.count("\n") for said in words), default=1) / tall * (high - low)
    heights = spread([said.height for said in words], gap=gap, least=low)
    for said, height in zip(words, heights, strict=True):
        ax.annotate(
            said.text,
            (said.place, said.height),
            xytext=(1.025, (height - low) / (high - low)),
            textcoords="axes fraction",
            va="center",
            fontsize=8.5,
            linespacing=1.25,
            color=said.colour,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": EDGE, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 3},
        )


def _legend(
    ax: Axes, here: pd.DataFrame, before: pd.DataFrame, aims: pd.DataFrame, ends: pd.DataFrame, lang: str
) -> int:
    dot: dict[str, Any] = {"marker": "o", "markersize": 4}
    handles = [Line2D([], [], color=YTD_COLOUR, label=word("funding_ytd_plain", lang), **dot)]
    if before["ytd_cny_10k"].notna().any():
        name = word("cumulative_last_year", lang)
        handles.append(Line2D([], [], color=MUTED, linestyle="--", label=name, **dot))
    if len(aims):
        handles.append(Line2D([], [], color=TOTAL_COLOUR, linestyle=":", label=word("cumulative_path", lang)))
    if aims["is_narrow"].any():
        handles.append(
            Line2D([], [], color=INK, marker="x", linestyle="", label=word("cumulative_own", lang))
        )
    if ends["forecast_cny_10k"].notna().any():
        name = word("cumulative_forecast", lang)
        handles.append(Line2D([], [], color=INK, marker="D", markersize=5, linestyle="-", label=name))
    if pd.concat([here, before])["amount_cny_10k"].isna().any():
        name = word("cumulative_unknown", lang)
        handles.append(Line2D([], [], color=INK, markerfacecolor="white", linestyle="", label=name, **dot))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
    return len(handles)


def _missing(months: pd.DataFrame, lang: str) -> str:
    n = int(months["n_missing"].sum())
    return word("funding_missing", lang, n) if n else ""
