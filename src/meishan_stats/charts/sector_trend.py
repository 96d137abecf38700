"""Chart of the sectors over time."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import Normal, Stroke

from meishan_stats.charts.amounts import Scale, scale_for, show_amounts
from meishan_stats.charts.choices import added_up, check_choice, check_top, only_value
from meishan_stats.charts.labels import in_order, name_of, shortened, spread
from meishan_stats.charts.theme import (
    EDGE,
    INK,
    MUTED,
    finish,
    new_axes,
    one_office,
    say_no_data,
    sector_colours,
    theme,
    word,
)
from meishan_stats.schemas import SectorBreakdown, label

# Each measure with its column and the column of the values not known.
MEASURES = {
    "arrived": ("arrived_cny_10k", "n_arrived_missing"),
    "signed": ("signed_cny_10k", "n_signed_missing"),
    "n_projects": ("n_projects", None),
    "n_signed": ("n_signed", None),
}
_MARKERS = "osD^vPX*h"
_STEPS = {"year": "YS", "quarter": "QS", "month": "MS"}
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_FEW, _MANY = 16, 60  # periods that can carry a large mark each, and any mark
_REST = "\0rest"  # no code


def plot_sector_trend(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", measure: str = "arrived", top: int = 6
) -> Axes:
    """Draw one line a sector over years, quarters or months.

    A period without a known value is a gap in the line, not a point at 0. Arrived capital stands in the
    period it arrived, signed amounts in the period of signing.

    Parameters
    ----------
    result : SectorBreakdown of one office, by year, quarter or month
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    measure : "arrived", "signed", "n_projects" or "n_signed"
    top : the sectors drawn one by one, the largest; others are added up in one line

    Returns
    -------
    Axes
        One line a sector; heights are amounts in 万元, or numbers of projects.

    Raises
    ------
    ChoiceError
        The result is of several offices or of several kinds of periods, there is no such measure, or
        `top` is no number from 1 on.
    TableError
        The result lacks a column of ``SectorBreakdown``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "sector": "new_energy", "by": "year", "year": [2010, 2011],
    ...     "n_projects": 1, "n_signed": 1, "n_negotiating": 0, "n_stage_unknown": 0, "n_negotiating_missing": 0,
    ...     "n_signed_missing": 0, "arrived_cny_10k": [500.0, 800.0], "n_arrived_known": 6, "n_arrived_missing": 0,
    ... }), SectorBreakdown)
    >>> plot_sector_trend(result).lines[0].get_ydata().tolist()
    [500.0, 800.0]
    """
    user = "plot_sector_trend"
    check_choice(user, "measure", measure, list(MEASURES))
    check_top(user, top)
    office = one_office(result, SectorBreakdown, user, lang)
    by = str(only_value(result, "by", user) or "year")
    column, n_missing = MEASURES[measure]
    what = label(SectorBreakdown, column, lang)
    title = word("trend_title", lang, office=office, what=what)
    dated = _dated(result, by)
    lines, rest = _lines(dated.dropna(subset=["on"]), column, by, top)
    is_amount = n_missing is not None
    with theme() as font:
        ax = new_axes(ax, height=5.0)
        notes = _notes(dated, column, n_missing, by, lang)
        if lines.isna().all(axis=None):
            n = int(result["n_projects"].sum())
            say_no_data(ax, word("sector_no_amount", lang, n) if n else word("sector_empty", lang), lang)
            finish(ax, result, title, lang=lang, notes=notes, legend_rows=0)
            return ax
        largest = lines.abs().max().max()
        scale = scale_for(largest, lang) if is_amount else Scale(1, word("unit_projects", lang), 0)
        _draw(ax, lines, scale, lang)
        _name_periods(ax, lines.index, by, lang)
        show_amounts(ax.yaxis, scale, word("trend_axis", lang, what, scale.unit), font)
        if rest:
            notes.append(word("trend_rest", lang, top, rest))
        if lines.isna().any(axis=None):
            notes.append(word("trend_gaps", lang))
        finish(ax, result, title, lang=lang, unit=scale.unit, notes=notes, legend_rows=0)
    return ax


def _dated(result: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows with the first day of their period, missing where it is not known."""
    if by != "year":
        return result.assign(on=result["period"])
    years = result["year"].astype("float64")
    return result.assign(on=pd.to_datetime(years.map("{:.0f}-01-01".format, na_action="ignore")))


def _lines(dated: pd.DataFrame, column: str, by: str, top: int) -> tuple[pd.DataFrame, int]:
    """One column a sector and one row a period from the first to the last; how many sectors are added up."""
    if dated.empty:
        return pd.DataFrame(), 0
    keyed = dated.assign(sector=dated["sector"].astype(object).fillna(""))
    sizes = added_up(keyed, ["sector"], [column]).set_index("sector")[column].astype("float64")
    order = in_order(sizes.index, "sectors")
    kept = set(sizes[order].fillna(0).sort_values(ascending=False, kind="stable").index[:top])
    rest = len(order) - len(kept)
    keyed["sector"] = keyed["sector"].where(keyed["sector"].isin(kept), _REST)
    wide = added_up(keyed, ["on", "sector"], [column])
    table = wide.set_index(["on", "sector"])[column].astype("float64").unstack()  # noqa: PD010
    begin = table.index[table.notna().any(axis=1)].min()  # projects are older than the first capital known
    periods = pd.date_range(
        begin if pd.notna(begin) else table.index.min(), table.index.max(), freq=_STEPS[by]
    )
    return table.reindex(index=periods, columns=[s for s in [*order, _REST] if s in table]), rest


def _draw(ax: Axes, lines: pd.DataFrame, scale: Scale, lang: str) -> None:
    """The lines with a dark edge, so that light colours are seen on white, and their names at the right."""
    colours = [*sector_colours([code or None for code in lines if code != _REST]), "#FFFFFF"]
    last = {code: lines[code].last_valid_index() for code in lines if lines[code].notna().any()}
    low, high = min(0.0, lines.min().min()), max(0.0, lines.max().max())
    room = (high - low) or 1.0
    ax.set_ylim(low - (0.08 * room if low < 0 else 0), high + 0.08 * room)
    for code, colour, marker in zip(lines, colours, _MARKERS * len(colours), strict=False):
        size = 5.5 if len(lines) <= _FEW else 3.5 if len(lines) <= _MANY else 0.0
        ax.plot(
            range(len(lines)), lines[code], color=colour, linewidth=2, label=code,
            linestyle="--" if code == _REST else "-", marker=marker, markersize=size,
            markeredgewidth=0, clip_on=False, zorder=3,
            path_effects=[Stroke(linewidth=3.2, foreground=EDGE), Normal()],
        )  # fmt: skip
    ends = {code: float(lines.loc[on, code]) for code, on in last.items()}
    heights = spread(list(ends.values()), gap=0.072 * room, least=low)
    for (code, value), height in zip(ends.items(), heights, strict=True):
        name = word("rest", lang) if code == _REST else name_of(code, "sectors", "sector_missing", lang)
        ax.annotate(
            word("trend_end", lang, shortened(name, 22), scale.text(value)),
            xy=(lines.index.get_loc(last[code]), value),
            xytext=(len(lines) - 0.9 + 0.03 * len(lines), height),
            textcoords="data",
            va="center_baseline",
            fontsize=9,
            color=INK,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": MUTED,
                "linewidth": 0.6,
                "shrinkB": 5,
                "shrinkA": 2,
                "relpos": (0, 0.5),
            },
        )
    if low < 0:
        ax.axhline(0, color=MUTED, linewidth=0.8)
    ax.set_xlim(-0.4, len(lines) - 0.9 if len(lines) > 1 else 0.4)


def _name_periods(ax: Axes, periods: pd.Index, by: str, lang: str) -> None:
    """Label as many periods as there is room for, the year under the first of each."""
    a_year = 12 // _MONTHS[by]
    steps = [step for step in (1, 2, 3, 6, 12) if not a_year % step] + [
        a_year * k for k in (2, 5, 10, 20, 50)
    ]
    step = next((step for step in steps if len(periods) / step <= 12), steps[-1])
    places, named, years = [], [], set()
    for place, on in enumerate(periods):
        nth = (on.month - 1) // _MONTHS[by] + on.year * a_year
        if nth % step and len(periods) > 1:
            continue
        year = word("one_year", lang, on.year)
        within = (
            word("quarter", lang, (on.month + 2) // 3) if by == "quarter" else word("month", lang, on.month)
        )
        text = year if step >= a_year else within if on.year in years else f"{within}\n{year}"
        years.add(on.year)
        places.append(place)
        named.append(text)
    ax.set_xticks(places, named, linespacing=1.4)


def _notes(dated: pd.DataFrame, column: str, n_missing: str | None, by: str, lang: str) -> list[str]:
    """What the lines leave out: missing amounts, rows of no period, and a last period not yet over."""
    notes = []
    lacking = int(dated[n_missing].sum()) if n_missing else 0
    if lacking:
        notes.append(word("amounts_missing", lang, lacking))
    undated = dated.loc[dated["on"].isna(), column].sum(min_count=1)
    if pd.notna(undated) and undated:
        scale = scale_for(abs(undated), lang) if n_missing else Scale(1, word("unit_projects", lang), 0)
        notes.append(word("trend_undated", lang, scale.text(undated), scale.unit))
    last, as_of = dated["on"].max(), dated["as_of"].max()
    if pd.notna(last) and pd.notna(as_of):
        end = last + pd.DateOffset(months=_MONTHS[by] - 1)
        if last <= as_of < end:
            notes.append(word("trend_not_over", lang, year=as_of.year, month=as_of.month))
    return notes
