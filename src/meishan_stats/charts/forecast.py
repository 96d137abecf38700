"""Chart of what the capital of a year may come to, by each method."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from meishan_stats.charts.amounts import Scale, scale_for, show_amounts
from meishan_stats.charts.choices import only_value
from meishan_stats.charts.funding import YTD_COLOUR, kind_name
from meishan_stats.charts.item_rows import (
    SMALL,
    axes_inches,
    finish_rows,
    inches,
    name_rows,
    rows_axes,
)
from meishan_stats.charts.labels import wrapped
from meishan_stats.charts.outlook import still_open
from meishan_stats.charts.theme import INK, MUTED, one_office, say_no_data, theme, word
from meishan_stats.codelists import labels
from meishan_stats.schemas.results.funding import YearEndForecast

USER = "plot_year_end_forecast"


def plot_year_end_forecast(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """Draw the forecast of a year by each method, with its interval and what has arrived so far.

    Methods stand below each other, so that their difference shows: none is the right one. A method that
    gives no forecast is a row with its reason; where it gives no interval, or one without an upper end,
    the reason stands beside the point.

    Parameters
    ----------
    result : YearEndForecast of one office, one kind and one year
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"

    Returns
    -------
    Axes
        Places of points are amounts in 万元; the axis, which need not begin at 0, is numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices, kinds or years.
    TableError
        The result lacks a column of ``YearEndForecast``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "kind": "arrived", "year": [2011], "method": "run_rate",
    ...     "n_months": 3, "ytd_cny_10k": 300.0, "forecast_cny_10k": 1200.0, "low_cny_10k": 1000.0,
    ...     "high_cny_10k": 1400.0, "level": 0.8, "n_known": 3, "n_missing": 0, "n_years": 0,
    ... }), YearEndForecast)
    >>> plot_year_end_forecast(result).get_title(loc="left")
    '示例镇2011年全年到位资金预测（示例数据）'
    """
    office = one_office(result, YearEndForecast, USER, lang)
    year = only_value(result, "year", USER)
    when = "" if year is None else word("one_year", lang, year)
    title = word("forecast_title", lang, office=office, when=when, kind=kind_name(result, USER, lang))
    rows = result.to_dict("records")
    with theme() as font:
        ax, height = rows_axes(ax, 2.5 + 0.5 * max(len(rows), 2))
        values = result[["ytd_cny_10k", "forecast_cny_10k", "low_cny_10k", "high_cny_10k"]]
        is_over = len(result) > 0 and still_open(result).empty
        if is_over or result["forecast_cny_10k"].isna().all():
            why = word("forecast_over", lang, year) if is_over else word("forecast_empty", lang)
            say_no_data(ax, why, lang)
            refused = [] if is_over else rows
            notes = [word("said_of", lang, _method(row, lang), _reason(row, lang)) for row in refused]
            finish_rows(ax, result, title, lang=lang, height=height, notes=notes, legend_rows=0)
            return ax
        scale = scale_for(values.abs().max().max(), lang)
        names = [wrapped(_method(row, lang), 26) for row in rows]
        below = [_based_on(row, scale, lang) for row in rows]
        low, high = values.min().min(), values.max().max()
        texts = [_said(row, scale, lang) for row in rows]
        across = axes_inches(ax, names, below)
        _limit(ax, low, high, texts, across)
        middle = sum(ax.get_xlim()) / 2
        for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
            _draw(ax, place, row, text, middle)
        for ytd in result["ytd_cny_10k"].dropna().unique():
            ax.axvline(ytd, color=YTD_COLOUR, linewidth=1.5, linestyle="--", zorder=1)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        name_rows(ax, range(len(rows)), names, below)
        show_amounts(ax.xaxis, scale, word("amount_axis", lang, scale.unit), font)
        _legend(ax, result, scale, lang)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=scale.unit, notes=_notes(result, lang),
            names=names, below=below,
        )  # fmt: skip
    return ax


def _method(row: dict[Any, Any], lang: str) -> str:
    return labels("forecast_methods", lang).get(row["method"], str(row["method"]))


def _reason(row: dict[Any, Any], lang: str) -> str:
    reason = row["reason"]
    return "" if pd.isna(reason) else labels("refusals", lang).get(reason, str(reason))


def _based_on(row: dict[Any, Any], scale: Scale, lang: str) -> str:
    """Former years used, and what is signed and has not arrived."""
    years = "" if pd.isna(row["history_years"]) else word("forecast_years", lang, row["history_years"])
    rest = row["outstanding_cny_10k"]
    signed = "" if pd.isna(rest) else word("forecast_outstanding", lang, scale.text(rest))
    return wrapped(word("rows_comma", lang).join(filter(None, [years, signed])), 34)


def _said(row: dict[Any, Any], scale: Scale, lang: str) -> str:
    """Forecast, interval and reason, each where it is there."""
    value, low, high = (row[name] for name in ("forecast_cny_10k", "low_cny_10k", "high_cny_10k"))
    reason = _reason(row, lang)
    if pd.isna(value):
        return wrapped(reason or word("unknown", lang), 44)
    text = scale.text(value)
    if pd.notna(low) and pd.notna(high) and low < high:
        text += word("brackets", lang, word("interval", lang, scale.text(low), scale.text(high)))
    elif pd.notna(low) and pd.isna(high):
        text += word("brackets", lang, word("forecast_from", lang, scale.text(low)))
    return f"{text}\n{wrapped(reason, 44)}" if reason else text


def _limit(ax: Axes, low: float, high: float, texts: list[str], across: float) -> None:
    """Leave room at the right of the highest end for the longest text."""
    span = high - low or abs(high) * 0.2 or 1.0
    room = min((max(inches(text, SMALL) for text in texts) + 0.5) / across, 0.7)
    ax.set_xlim(low - 0.06 * span, high + span * (room + 0.04) / (1 - room))


def _draw(ax: Axes, place: int, row: dict[Any, Any], text: str, middle: float) -> None:
    value, low, high = (row[name] for name in ("forecast_cny_10k", "low_cny_10k", "high_cny_10k"))
    if pd.isna(value):
        ax.text(middle, place, text, ha="center", va="center", fontsize=SMALL, color=MUTED, linespacing=1.3)
        return
    end, offset = value, 9
    if pd.notna(low) and pd.notna(high):
        ax.plot([low, high], [place, place], color=INK, linewidth=1.4, marker="|", markersize=10, zorder=2)
        end = high
    elif pd.notna(low):
        ax.plot([low, value], [place, place], color=INK, linewidth=1.4, zorder=2)
        ax.plot(low, place, marker="|", color=INK, markersize=10, zorder=2)
        arrow = {"arrowstyle": "<-", "color": INK, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (value, place), xytext=(26, 0), textcoords="offset points", arrowprops=arrow)
        offset = 30
    ax.plot(value, place, "D", color=INK, markersize=6.5, zorder=3)
    ax.annotate(
        text,
        (end, place),
        xytext=(offset, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
        linespacing=1.3,
    )


def _legend(ax: Axes, result: pd.DataFrame, scale: Scale, lang: str) -> None:
    ytd = result["ytd_cny_10k"].dropna()
    point = Line2D([], [], color=INK, marker="D", markersize=6, label=word("cumulative_forecast", lang))
    name = f"{word('funding_ytd_plain', lang)} {scale.text(ytd.iloc[0])}" if len(ytd) else ""
    so_far = [Line2D([], [], color=YTD_COLOUR, linestyle="--", linewidth=1.5, label=name)] if name else []
    ax.legend(handles=[point, *so_far], loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)


def _notes(result: pd.DataFrame, lang: str) -> list[str]:
    level, n_missing = result["level"].dropna(), int(result["n_missing"].max())
    unsigned = result["n_signed_missing"].dropna()
    n_unsigned = int(unsigned.max()) if len(unsigned) else 0
    months = result["n_months"].dropna()
    return [
        word("forecast_months", lang, int(months.max())) if len(months) else "",
        word("forecast_level", lang, f"{level.iloc[0]:.0%}") if len(level) else "",
        word("forecast_missing", lang, n_missing) if n_missing else "",
        word("forecast_signed_missing", lang, n_unsigned) if n_unsigned else "",
    ]
