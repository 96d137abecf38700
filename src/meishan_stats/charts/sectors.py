"""Chart of the sector breakdown."""

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.amounts import scale_for, show_amounts
from meishan_stats.charts.bars import ARRIVED, NEGOTIATING, SIGNED, draw_bars, name_measures, name_rows
from meishan_stats.charts.choices import added_up, of_year, years_of
from meishan_stats.charts.labels import in_order, name_of, wrapped
from meishan_stats.charts.theme import (
    finish,
    new_axes,
    one_office,
    say_no_data,
    sector_colours,
    theme,
    word,
)
from meishan_stats.schemas import SectorBreakdown

MEASURES = (SIGNED, ARRIVED, NEGOTIATING)


def plot_sector_breakdown(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", year: int | None = None
) -> Axes:
    """Draw signed, arrived and negotiated capital of one office, sector by sector.

    All years are added together unless a year is named, so that no project is left out; the title
    says which. An amount that is not known is written as such: there is no bar of length 0 for it.

    Parameters
    ----------
    result : SectorBreakdown of one office
        By year, quarter or month, with or without the parts of sectors: they are added up.
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    year : draw this year only

    Returns
    -------
    Axes
        The lengths of the bars are amounts in 万元; the axis is numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices, or the year is not in it.
    TableError
        The result lacks a column of ``SectorBreakdown``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": ["示例镇"], "is_demo": True, "sector": "new_energy", "year": 2011, "n_projects": 1,
    ...     "n_signed": 1, "n_negotiating": 0, "n_stage_unknown": 0, "n_negotiating_missing": 0,
    ...     "signed_cny_10k": 3000.0, "n_signed_missing": 0, "n_arrived_known": 0, "n_arrived_missing": 0,
    ... }), SectorBreakdown)
    >>> plot_sector_breakdown(result).get_title(loc="left")
    '示例镇各产业签约、到位与在谈金额，2011年（示例数据）'
    """
    office = one_office(result, SectorBreakdown, "plot_sector_breakdown", lang)
    shown = of_year(result, year, "plot_sector_breakdown")
    sectors = _by_sector(shown)
    amounts = sectors[[measure.amount for measure in MEASURES]]
    with theme() as font:
        ax = new_axes(ax, height=2.4 + 0.85 * max(len(sectors), 2))
        title = word("sector_title", lang, office=office, when=years_of(shown, lang))
        if amounts.isna().all(axis=None):
            n = int(shown["n_projects"].sum())
            say_no_data(ax, word("sector_no_amount", lang, n) if n else word("sector_empty", lang), lang)
            finish(ax, shown, title, lang=lang)
            return ax
        scale = scale_for(amounts.abs().max().max(), lang)
        colours = sector_colours(sectors["sector"].tolist())
        draw_bars(ax, sectors, MEASURES, colours=colours, scale=scale, lang=lang)
        names = [wrapped(name_of(code, "sectors", "sector_missing", lang), 24) for code in sectors["sector"]]
        counts = zip(sectors["n_signed"], sectors["n_negotiating"], strict=True)
        name_rows(ax, names, [word("sector_counts", lang, *pair) for pair in counts])
        show_amounts(ax.xaxis, scale, word("amount_axis", lang, scale.unit), font)
        name_measures(ax, MEASURES, SectorBreakdown, lang)
        finish(ax, shown, title, lang=lang, unit=scale.unit, notes=_notes(shown, lang))
    return ax


def _by_sector(shown: pd.DataFrame) -> pd.DataFrame:
    """One row per sector in codelist order; amounts of nothing missing, shares of the sum over sectors."""
    names = [measure.amount for measure in MEASURES]
    table = added_up(shown, ["sector"], names)
    total = table[names].sum().where(lambda value: value > 0)
    table = table.assign(**{f"{name}_share": table[name] / total[name] for name in names})
    rank = {code: place for place, code in enumerate(in_order(table["sector"], "sectors"))}
    return table.assign(rank=table["sector"].map(rank)).sort_values("rank", ignore_index=True)


def _notes(shown: pd.DataFrame, lang: str) -> list[str]:
    undated = int(shown.loc[shown["year"].isna(), "n_projects"].sum())
    counts = {"sector_no_stage": shown["n_stage_unknown"], "sector_stopped": shown["n_stopped"]}
    return [
        word("sector_share", lang),
        word("sector_no_year", lang, undated) if undated else "",
        *(word(key, lang, int(n.sum())) if n.sum() else "" for key, n in counts.items()),
    ]
