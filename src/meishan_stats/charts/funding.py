"""Chart of capital by month."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, scale_for, show_amounts
from meishan_stats.charts.theme import (
    INK,
    MUTED,
    TOTAL_COLOUR,
    finish,
    new_axes,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.codelists import labels
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import FundingByMonth

YTD_COLOUR = "#C1440E"
MANY_MONTHS = 18  # more cannot each carry a number of their own


def plot_funding_by_month(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """Draw the capital of one office month by month, with last year's month and the year to date.

    Bars are the months, a stroke across a bar the same month last year, the line the year to date on
    an axis of its own at the right; both axes have their zero at one height. A month that is not known
    is a grey band, not a bar of height 0.

    Parameters
    ----------
    result : FundingByMonth of one office and one kind
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"

    Returns
    -------
    Axes
        Those of the months; heights are amounts in 万元, numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices or several kinds.
    TableError
        The result lacks a column of ``FundingByMonth``.
    """
    office = one_office(result, FundingByMonth, "plot_funding_by_month", lang)
    kind = _one_kind(result)
    named = labels("funding_kinds", lang).get(kind, kind)
    title = word("funding_title", lang, office=office, kind=named)
    months = result.dropna(subset=["period"]).sort_values("period", ignore_index=True)
    with theme() as font:
        ax = new_axes(ax, height=4.8)
        if months["amount_cny_10k"].isna().all():
            n = int(result["n_missing"].sum())
            say_no_data(ax, word("funding_no_amount", lang, n) if n else word("funding_empty", lang), lang)
            finish(ax, result, title, lang=lang, notes=[_undated(result, lang)])
            return ax
        scale = scale_for(months[["amount_cny_10k", "ytd_cny_10k"]].abs().max().max(), lang)
        twin = ax.twinx()
        _draw_months(ax, months, scale, lang)
        _draw_ytd(twin, months, scale)
        _align_zero(ax, twin, months)
        _number_months(ax, months, lang)
        ax.axhline(0, color=MUTED, linewidth=0.8)
        show_amounts(ax.yaxis, scale, word("funding_axis", lang, scale.unit), font)
        show_amounts(twin.yaxis, scale, word("funding_ytd_axis", lang, scale.unit), font)
        twin.grid(False)
        twin.spines[["top", "right"]].set_visible(False)
        twin.tick_params(labelfontfamily=font, labelcolor=YTD_COLOUR, color=YTD_COLOUR)
        twin.yaxis.label.set_color(YTD_COLOUR)
        _legend(ax, months, lang)
        notes = [_missing(result, lang), _undated(result, lang)]
        finish(ax, result, title, lang=lang, unit=scale.unit, notes=notes)
    return ax


def _one_kind(result: pd.DataFrame) -> str:
    kinds = result["kind"].unique().tolist()
    if len(kinds) > 1:
        raise ChoiceError(
            f"plot_funding_by_month 一次只画一种资金，得到 {'、'.join(kinds)}",
            f"plot_funding_by_month draws one kind of capital, not {', '.join(kinds)}",
        )
    return str(kinds[0]) if kinds else "arrived"


def _last_year(months: pd.DataFrame) -> pd.Series:
    """Amount of the same month last year, by its date: the rows need not be complete."""
    amounts = months.set_index("period")["amount_cny_10k"]
    return (months["period"] - pd.DateOffset(years=1)).map(amounts)


def _draw_months(ax: Axes, months: pd.DataFrame, scale: Scale, lang: str) -> None:
    amount = months["amount_cny_10k"]
    for place in amount.index[amount.isna()]:
        ax.axvspan(place - 0.5, place + 0.5, facecolor="#EEEEEE", edgecolor="none", zorder=0)
    known = amount.dropna()
    ax.bar(known.index, known, 0.72, color=tint(TOTAL_COLOUR, 0.35), edgecolor=TOTAL_COLOUR, linewidth=0.8)
    before = _last_year(months).dropna()
    ax.hlines(before, before.index - 0.42, before.index + 0.42, color=INK, linewidth=1.8, zorder=3)
    is_many = len(months) > MANY_MONTHS
    for place, row in enumerate(months.to_dict("records")):
        value, n_missing = row["amount_cny_10k"], row["n_missing"]
        if is_many:
            text = "*" if n_missing else ""
        else:
            text = word("unknown", lang) if pd.isna(value) else scale.text(value)
            text += f"\n{word('missing', lang, n_missing)}" if n_missing else ""
        below = value < 0
        ax.annotate(
            text,
            (place, 0 if pd.isna(value) else value),
            xytext=(0, -3 if below else 3),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            fontsize=12 if is_many else 8,
            linespacing=1.35,
            color=MUTED if pd.isna(value) else INK,
        )


def _draw_ytd(twin: Axes, months: pd.DataFrame, scale: Scale) -> None:
    """One line a year: it starts anew each January, and joining December to January would be a fall."""
    for _, of_year in months.groupby(months["period"].dt.year):
        line = of_year["ytd_cny_10k"]
        marker = "o" if len(months) <= 2 * MANY_MONTHS else None
        twin.plot(line.index, line, color=YTD_COLOUR, linewidth=1.5, marker=marker, markersize=3.5)
    for place, value in months["ytd_cny_10k"].dropna().tail(1).items():
        twin.annotate(
            scale.text(value),
            (place, value),
            xytext=(3, 6),
            textcoords="offset points",
            ha="right",
            fontsize=8.5,
            color=YTD_COLOUR,
        )


def _align_zero(ax: Axes, twin: Axes, months: pd.DataFrame) -> None:
    """Give both axes their zero at one height: else a negative month seems to hang in the air."""
    columns = {ax: pd.concat([months["amount_cny_10k"], _last_year(months)]), twin: months["ytd_cny_10k"]}
    spans = {axes: (min(0.0, values.min()), max(0.0, values.max())) for axes, values in columns.items()}
    share_below = max(-low / (high - low) if high > low else 0 for low, high in spans.values())
    share_below = min(share_below + (0.08 if share_below else 0), 0.9)
    for axes, (low, high) in spans.items():
        height = max(high / (1 - share_below), -low / share_below if share_below else 0) or 1.0
        axes.set_ylim(-share_below * height * 1.15, (1 - share_below) * height * 1.15)


def _number_months(ax: Axes, months: pd.DataFrame, lang: str) -> None:
    """Label as many months as there is room for, counted from January, the year under the first of each."""
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / step <= 18 or step == 120)
    since = months["period"].dt.year * 12 + months["period"].dt.month - 1
    shown = months.loc[(since % step == 0) | (len(months) == 1), "period"]
    n_of_year = shown.dt.year.map(shown.dt.year.value_counts())
    named: list[str] = []
    for date, n, is_later in zip(shown, n_of_year, shown.dt.year.duplicated(), strict=True):
        month, year = word("month", lang, date.month), word("one_year", lang, date.year)
        # One label is too narrow for a year: a year of a single label leaves the place to the next.
        has_room = not is_later and (n > 1 or len(shown) == 1)
        named.append(year if step >= 12 else f"{month}\n{year if has_room else ''}")
    ax.set_xticks(shown.index.tolist(), named, linespacing=1.4)
    ax.set_xlim(-0.7, len(months) - 0.3)


def _missing(result: pd.DataFrame, lang: str) -> str:
    n = int(result["n_missing"].sum())
    starred = "_starred" if result["period"].notna().sum() > MANY_MONTHS else ""
    return word(f"funding_missing{starred}", lang, n) if n else ""


def _undated(result: pd.DataFrame, lang: str) -> str:
    amount = result.loc[result["period"].isna(), "amount_cny_10k"].sum(min_count=1)
    if pd.isna(amount):
        return ""
    scale = scale_for(abs(amount), lang)
    return word("funding_undated", lang, scale.text(amount), scale.unit)


def _legend(ax: Axes, months: pd.DataFrame, lang: str) -> None:
    handles: list[Patch | Line2D] = [
        Patch(facecolor=tint(TOTAL_COLOUR, 0.35), edgecolor=TOTAL_COLOUR, label=word("funding_month", lang))
    ]
    if _last_year(months).notna().any():
        handles.append(Line2D([], [], color=INK, linewidth=1.8, label=word("funding_last_year", lang)))
    handles.append(
        Line2D([], [], color=YTD_COLOUR, marker="o", markersize=3.5, label=word("funding_ytd", lang))
    )
    if months["amount_cny_10k"].isna().any():
        handles.append(Patch(facecolor="#EEEEEE", label=word("funding_unknown", lang)))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2)
