"""Chart of projects and capital by method of attraction."""

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.amounts import scale_for, show_amounts
from meishan_stats.charts.bars import ARRIVED, SIGNED, draw_bars, name_measures, name_rows
from meishan_stats.charts.choices import only_value
from meishan_stats.charts.item_rows import finish_rows, rows_axes
from meishan_stats.charts.labels import in_order, name_of, wrapped
from meishan_stats.charts.theme import TOTAL_COLOUR, one_office, say_no_data, theme, word
from meishan_stats.schemas.results.activity import MethodBreakdown

USER = "plot_method_breakdown"
MEASURES = (SIGNED, ARRIVED)


def plot_method_breakdown(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    """Draw signed and arrived capital of one office by the method that attracted it (招商方式).

    Where a project counts under each of its methods the caption warns that the bars do not add up.

    Parameters
    ----------
    result : MethodBreakdown of one office, one year (or all) and one way to count several methods
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"

    Returns
    -------
    Axes
        The lengths of the bars are amounts in 万元; the axis is numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices or years, or counts methods in both ways.
    TableError
        The result lacks a column of ``MethodBreakdown``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> counts = ["n_projects", "n_signed", "n_signed_known", "n_investment_known"]
    >>> nothing = ["n_negotiating", "n_stage_unknown", "n_signed_missing", "n_arrived_known", "n_arrived_missing"]
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "method": ["fair"], "multiple": "main",
    ...     "signed_cny_10k": 3000.0, **dict.fromkeys(counts, 1), **dict.fromkeys(nothing, 0),
    ... }), MethodBreakdown)
    >>> [float(bar.get_width()) for bar in plot_method_breakdown(result).patches]
    [3000.0]
    """
    office = one_office(result, MethodBreakdown, USER, lang)
    year, multiple = only_value(result, "year", USER), only_value(result, "multiple", USER)
    when = word("all_years", lang) if year is None else word("one_year", lang, year)
    title = word("methods_title", lang, office=office, when=when)
    rank = {code: place for place, code in enumerate(in_order(result["method"], "methods"))}
    codes = result["method"].astype(object).where(result["method"].notna(), "")
    rows = result.assign(code=codes, rank=codes.map(rank)).sort_values("rank", ignore_index=True)
    rows = rows.rename(
        columns={"signed_share": "signed_cny_10k_share", "arrived_share": "arrived_cny_10k_share"}
    )
    with theme() as font:
        ax, height = rows_axes(ax, 2.5 + 0.62 * max(len(rows), 2))
        amounts = rows[[measure.amount for measure in MEASURES]]
        if amounts.isna().all(axis=None):
            n = int(rows["n_projects"].sum())
            say_no_data(ax, word("sector_no_amount", lang, n) if n else word("sector_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height, legend_rows=0)
            return ax
        scale = scale_for(amounts.abs().max().max(), lang)
        colours = [TOTAL_COLOUR] * len(rows)
        draw_bars(ax, rows, MEASURES, colours=colours, scale=scale, lang=lang, height=0.34)
        names = [wrapped(name_of(code, "methods", "methods_missing", lang), 26) for code in rows["code"]]
        counts = [
            word("sector_counts", lang, *pair)
            for pair in zip(rows["n_signed"], rows["n_negotiating"], strict=True)
        ]
        name_rows(ax, names, counts)
        show_amounts(ax.xaxis, scale, word("amount_axis", lang, scale.unit), font)
        name_measures(ax, MEASURES, MethodBreakdown, lang, TOTAL_COLOUR)
        finish_rows(
            ax, result, title, lang=lang, height=height, unit=scale.unit, notes=_notes(rows, multiple, lang),
            names=names, below=counts,
        )  # fmt: skip
    return ax


def _notes(rows: pd.DataFrame, multiple: object, lang: str) -> list[str]:
    unknown = int(rows["n_stage_unknown"].sum())
    missing = int(rows[["n_signed_missing", "n_arrived_missing"]].sum().sum())
    is_each = multiple == "each"
    return [
        word("methods_share", lang),
        word("methods_each" if is_each else "methods_main", lang),
        # Under "each" a project stands in several rows: what the rows lack does not add up either.
        word("sector_no_stage", lang, unknown) if unknown and not is_each else "",
        word("amounts_missing", lang, missing) if missing and not is_each else "",
    ]
