"""Chart of capital by month."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from meishan_stats.charts.amounts import Scale, scale_for, show_amounts
from meishan_stats.charts.choices import only_value
from meishan_stats.charts.item_rows import inches
from meishan_stats.charts.months import number_months
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
from meishan_stats.schemas import FundingByMonth

YTD_COLOUR = "#C1440E"
UNKNOWN_COLOUR = "#EEEEEE"
MANY_MONTHS = 18  # markers on more would hide the line
HALO = [withStroke(linewidth=2.5, foreground="white")]  # keeps a text legible that a line crosses


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

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "kind": "arrived", "n_projects": 1, "n_missing": 0,
    ...     "period": pd.to_datetime(["2011-01-01", "2011-02-01"]), "amount_cny_10k": [500.0, 300.0],
    ...     "ytd_cny_10k": [500.0, 800.0],
    ... }), FundingByMonth)
    >>> [bar.get_height() for bar in plot_funding_by_month(result).patches]
    [np.float64(500.0), np.float64(300.0)]
    """
    office = one_office(result, FundingByMonth, "plot_funding_by_month", lang)
    title = word("funding_title", lang, office=office, kind=kind_name(result, "plot_funding_by_month", lang))
    months = result.dropna(subset=["period"]).sort_values("period", ignore_index=True)
    with theme() as font:
        ax = new_axes(ax, height=4.8)
        if months["amount_cny_10k"].isna().all():
            n = int(result["n_missing"].sum())
            say_no_data(ax, word("funding_no_amount", lang, n) if n else word("funding_empty", lang), lang)
            finish(ax, result, title, lang=lang, notes=[undated_note(result, lang)])
            return ax
        scale = scale_for(months[["amount_cny_10k", "ytd_cny_10k"]].abs().max().max(), lang)
        across, tall = _size(ax)
        texts, size = _month_texts(months, scale, lang, across / (len(months) + 0.4))
        twin = ax.twinx()
        _draw_months(ax, months)
        _draw_ytd(twin, months)
        _align_zero(ax, twin, months)
        tops = _write_months(ax, twin, months, texts, size, tall)
        _write_last(twin, months, scale, tops, across, tall)
        number_months(ax, months["period"], lang, months["is_joined"])
        ax.axhline(0, color=MUTED, linewidth=0.8)
        show_amounts(ax.yaxis, scale, word("funding_axis", lang, scale.unit), font)
        show_amounts(twin.yaxis, scale, word("funding_ytd_axis", lang, scale.unit), font)
        twin.grid(False)
        twin.spines[["top", "right"]].set_visible(False)
        twin.tick_params(labelfontfamily=font, labelcolor=YTD_COLOUR, color=YTD_COLOUR)
        twin.yaxis.label.set_color(YTD_COLOUR)
        _legend(ax, months, lang)
        notes = [_missing(result, lang, "*" in texts), undated_note(result, lang)]
        finish(ax, result, title, lang=lang, unit=scale.unit, notes=notes)
    return ax


def kind_name(result: pd.DataFrame, user: str, lang: str) -> str:
    """Name of the one kind of capital of a result, arrived capital where it is empty."""
    kind = str(only_value(result, "kind", user) or "arrived")
    return labels("funding_kinds", lang).get(kind, kind)


def _size(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes in inches, as near as can be told before drawing."""
    box = ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
    return box.width, box.height


def _last_year(months: pd.DataFrame) -> pd.Series:
    """Amount of the same month last year, by its date: the rows need not be complete."""
    amounts = months.set_index("period")["amount_cny_10k"]
    return (months["period"] - pd.DateOffset(years=1)).map(amounts)


def _draw_months(ax: Axes, months: pd.DataFrame) -> None:
    amount = months["amount_cny_10k"]
    for place in amount.index[amount.isna()]:
        ax.axvspan(place - 0.5, place + 0.5, facecolor=UNKNOWN_COLOUR, edgecolor="none", zorder=0)
    known = amount.dropna()
    ax.bar(known.index, known, 0.72, color=tint(TOTAL_COLOUR, 0.35), edgecolor=TOTAL_COLOUR, linewidth=0.8)
    before = _last_year(months).dropna()
    ax.hlines(before, before.index - 0.42, before.index + 0.42, color=INK, linewidth=1.8, zorder=3)


def _month_texts(months: pd.DataFrame, scale: Scale, lang: str, room: float) -> tuple[list[str], float]:
    """What is written at the months and how large; a star for what is missing where numbers have no room."""
    texts = []
    for value, n_missing in zip(months["amount_cny_10k"], months["n_missing"], strict=True):
        known = word("unknown", lang) if pd.isna(value) else scale.text(value)
        texts.append(f"{known}\n{word('missing', lang, n_missing)}" if n_missing else known)
    size = next((size for size in (8.0, 7.0) if max(inches(text, size) for text in texts) < room), None)
    return (texts, size) if size else (["*" if n else "" for n in months["n_missing"]], 12.0)


def _write_months(
    ax: Axes, twin: Axes, months: pd.DataFrame, texts: list[str], size: float, tall: float
) -> list[tuple[float, float]]:
    """Write above each bar, on the axes of the line so that it does not hide the text; gives the heights used."""
    (low, high), (line_low, line_high) = ax.get_ylim(), twin.get_ylim()
    points = (months["ytd_cny_10k"] - line_low) / (line_high - line_low)
    used = []
    for place, (value, text) in enumerate(zip(months["amount_cny_10k"], texts, strict=True)):
        below, end = value < 0, 0.0 if pd.isna(value) else value
        tall_text = (1.4 * size * (1 + text.count("\n")) + 3) / 72 / tall if text else 0.0
        top = (end - low) / (high - low)
        # A text that would hide the point of the line stands above it.
        lift = points[place] - top + 2 / 72 / tall if 0 <= points[place] - top < tall_text else 0.0
        lift = 0.0 if below else lift
        twin.annotate(
            text,
            (place, end),
            xycoords=ax.transData,
            xytext=(0, -3 if below else 3 + 72 * tall * lift),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            fontsize=size,
            linespacing=1.35,
            color=MUTED if pd.isna(value) else INK,
            path_effects=HALO,
        )
        used.append((top - tall_text, top) if below else (top, top + lift + tall_text))
    return used


def _draw_ytd(twin: Axes, months: pd.DataFrame) -> None:
    """One line a year: it starts anew each January, and joining December to January would be a fall."""
    for _, of_year in months.groupby(months["period"].dt.year):
        line = of_year["ytd_cny_10k"]
        marker = "o" if len(months) <= 2 * MANY_MONTHS else None
        twin.plot(line.index, line, color=YTD_COLOUR, linewidth=1.5, marker=marker, markersize=3.5)


def _write_last(
    twin: Axes,
    months: pd.DataFrame,
    scale: Scale,
    used: list[tuple[float, float]],
    across: float,
    tall: float,
) -> None:
    """Write the last year to date above its point, or below, or higher: where no number of a month stands."""
    known = months["ytd_cny_10k"].dropna()
    if known.empty:
        return
    place, value = int(known.index[-1]), known.iloc[-1]
    text, (low, high) = scale.text(value), twin.get_ylim()
    n_under = 1 + round(inches(text, 8.5) / across * (len(months) + 0.4))
    near = used[max(0, place - n_under) :]
    point, line = (value - low) / (high - low), 13 / 72 / tall
    heights = (point + 5 / 72 / tall, point - 5 / 72 / tall - line, max(top for _, top in near))
    height = next(
        (at for at in heights if all(at >= top or at + line <= bottom for bottom, top in near)), heights[-1]
    )
    twin.annotate(
        text,
        (place, height),
        xycoords=("data", "axes fraction"),
        xytext=(5, 0),
        textcoords="offset points",
        ha="right",
        fontsize=8.5,
        color=YTD_COLOUR,
        path_effects=HALO,
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


def _missing(result: pd.DataFrame, lang: str, is_starred: bool) -> str:
    n = int(result["n_missing"].sum())
    return word(f"funding_missing{'_starred' if is_starred else ''}", lang, n) if n else ""


def undated_note(result: pd.DataFrame, lang: str) -> str:
    """What capital of no stated month there is besides; empty where there is none."""
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
        handles.append(Patch(facecolor=UNKNOWN_COLOUR, label=word("funding_unknown", lang)))
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2)
