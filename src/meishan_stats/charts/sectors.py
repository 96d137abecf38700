"""Chart of the sector breakdown."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, minus, scale_for, show_amounts
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
    tint,
    word,
)
from meishan_stats.codelists import codes, labels
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import SectorBreakdown, label

# What each bar shows, top to bottom: amount, projects or payments behind it, missing ones, and its fill.
Measure = tuple[str, str, str, dict[str, Any]]
MEASURES: tuple[Measure, ...] = (
    ("signed_cny_10k", "n_signed", "n_signed_missing", {}),
    ("arrived_cny_10k", "n_arrived_known", "n_arrived_missing", {"hatch": "////"}),
    ("negotiating_cny_10k", "n_negotiating", "n_negotiating_missing", {"linestyle": (0, (3, 2))}),
)
_WHITE = {"signed_cny_10k": 0.0, "arrived_cny_10k": 0.45, "negotiating_cny_10k": 0.88}
_BAR = 0.27


def plot_sector_breakdown(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", year: int | None = None
) -> Axes:
    """Draw signed, arrived and negotiated capital of one office, sector by sector.

    All years are added together unless a year is named, so that no project is left out; the title
    says which. An amount that is not known is written as such: there is no bar of length 0 for it.

    Parameters
    ----------
    result : SectorBreakdown of one office
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
    """
    office = one_office(result, SectorBreakdown, "plot_sector_breakdown", lang)
    shown = result if year is None else _of_year(result, year)
    sectors = _by_sector(shown)
    amounts = sectors[[amount for amount, *_ in MEASURES]]
    with theme() as font:
        ax = new_axes(ax, height=2.4 + 0.85 * max(len(sectors), 2))
        title = word("sector_title", lang, office=office, when=_when(shown, lang))
        if amounts.isna().all(axis=None):
            n = int(shown["n_projects"].sum())
            say_no_data(ax, word("sector_no_amount", lang, n) if n else word("sector_empty", lang), lang)
            finish(ax, shown, title, lang=lang)
            return ax
        scale = scale_for(amounts.abs().max().max(), lang)
        for offset, measure in zip((-_BAR, 0.0, _BAR), MEASURES, strict=True):
            _draw(ax, sectors, measure, offset=offset, scale=scale, lang=lang)
        low, high = min(0.0, amounts.min().min()), max(0.0, amounts.max().max())
        ax.set_xlim(low - (0.3 * (high - low) if low < 0 else 0), high + 0.38 * (high - low))
        _name_sectors(ax, sectors, lang)
        ax.axvline(0, color=MUTED, linewidth=0.8)
        show_amounts(ax.xaxis, scale, word("amount_axis", lang, scale.unit), font)
        _legend(ax, lang)
        finish(ax, shown, title, lang=lang, unit=scale.unit, notes=_notes(shown, lang))
    return ax


def _of_year(result: pd.DataFrame, year: int) -> pd.DataFrame:
    years = sorted(result["year"].dropna().unique().tolist())
    if year not in years:
        listed = ", ".join(map(str, years)) or "—"
        raise ChoiceError(
            f"plot_sector_breakdown：没有 {year} 年，有：{listed}",
            f"plot_sector_breakdown: there is no year {year}; there are: {listed}",
        )
    return result[result["year"] == year]


def _by_sector(shown: pd.DataFrame) -> pd.DataFrame:
    """One row per sector in codelist order; amounts of nothing missing, shares of the sum over sectors."""
    groups = shown.groupby("sector", dropna=False)
    counts = [name for name in shown if str(name).startswith("n_")]
    names = [amount for amount, *_ in MEASURES]
    table = groups[names].sum(min_count=1).join(groups[counts].sum()).reset_index()
    total = table[names].sum().where(lambda value: value > 0)
    table = table.assign(**{f"{name}_share": table[name] / total[name] for name in names})
    rank = {code: place for place, code in enumerate(codes("sectors"))}
    return table.assign(rank=table["sector"].map(rank)).sort_values(["rank", "sector"], ignore_index=True)


def _draw(
    ax: Axes, sectors: pd.DataFrame, measure: Measure, *, offset: float, scale: Scale, lang: str
) -> None:
    """The bars of one measure, each with its amount, share and what is missing; words where no amount is."""
    amount, n_counted, n_missing, style = measure
    colours = sector_colours(sectors["sector"].tolist())
    for place, row in enumerate(sectors.to_dict("records")):
        value, share, missing = row[amount], row[f"{amount}_share"], int(row[n_missing])
        lacking = word("missing", lang, missing) if missing else ""
        if pd.notna(value):
            face = tint(colours[place], _WHITE[amount])
            ax.barh(place + offset, value, _BAR * 0.92, color=face, edgecolor=EDGE, linewidth=0.8, **style)
            text = scale.text(value)
            text += word("brackets", lang, minus(f"{share:.1%}")) if pd.notna(share) else ""
            text = f"{text} {lacking}".strip()
        elif missing:
            text = word("unknown", lang) + word("brackets", lang, lacking)
        elif amount == "arrived_cny_10k" and not row[n_counted]:
            text = word("sector_no_arrival", lang)
        else:
            text = word("none", lang)
        ax.annotate(
            text,
            (0 if pd.isna(value) else value, place + offset),
            xytext=(-4 if value < 0 else 4, 0),
            textcoords="offset points",
            ha="right" if value < 0 else "left",
            va="center_baseline",
            fontsize=8.5,
            color=MUTED if pd.isna(value) else INK,
        )


def _name_sectors(ax: Axes, sectors: pd.DataFrame, lang: str) -> None:
    named, missing = labels("sectors", lang), word("sector_missing", lang)
    names = [named.get(code, code) if isinstance(code, str) else missing for code in sectors["sector"]]
    ax.set_yticks(range(len(sectors)), names, va="bottom")
    ax.set_ylim(len(sectors) - 0.45, -0.55)
    ax.tick_params(axis="y", length=0, labelsize=10.5)
    for place, row in enumerate(sectors.to_dict("records")):
        ax.annotate(
            word("sector_counts", lang, row["n_signed"], row["n_negotiating"]),
            (0, place),
            xycoords=("axes fraction", "data"),
            xytext=(-3.5, -3),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=8.5,
            color=MUTED,
            annotation_clip=False,
        )


def _when(shown: pd.DataFrame, lang: str) -> str:
    years = sorted(set(shown["year"].dropna()))
    if len(years) > 1:
        return word("several_years", lang, years[0], years[-1])
    return word("one_year", lang, years[0]) if years else word("all_years", lang)


def _notes(shown: pd.DataFrame, lang: str) -> list[str]:
    undated = int(shown.loc[shown["year"].isna(), "n_projects"].sum())
    unknown = int(shown["n_stage_unknown"].sum())
    return [
        word("sector_share", lang),
        word("sector_no_year", lang, undated) if undated else "",
        word("sector_no_stage", lang, unknown) if unknown else "",
    ]


def _legend(ax: Axes, lang: str) -> None:
    grey = "#888888"
    handles = [
        Patch(
            facecolor=tint(grey, _WHITE[amount]), edgecolor=EDGE, linewidth=0.8,
            label=label(SectorBreakdown, amount, lang), **style,
        )
        for amount, _, _, style in MEASURES
    ]  # fmt: skip
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
