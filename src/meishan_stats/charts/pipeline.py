"""Chart of the projects by stage: the funnel."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, scale_for
from meishan_stats.charts.item_rows import (
    axes_inches,
    finish_rows,
    limit_for,
    name_rows,
    rows_axes,
    say_behind,
)
from meishan_stats.charts.theme import (
    EDGE,
    MUTED,
    TOTAL_COLOUR,
    one_office,
    say_no_data,
    theme,
    tint,
    word,
)
from meishan_stats.codelists import codes, labels
from meishan_stats.schemas import label
from meishan_stats.schemas.results.pipeline import StageStock

REACHED_COLOUR, HERE_COLOUR, APART_COLOUR = tint(TOTAL_COLOUR, 0.68), TOTAL_COLOUR, "#CCCCCC"
_BAR = 0.6
_APART = 0.55  # rows between the funnel and those who left it


def plot_stage_stock(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", amounts: bool = False
) -> Axes:
    """Draw the funnel of one office: how many projects reached each stage, and how many stand there.

    The pale bar counts the projects at the stage or further, its dark part those that stand there now;
    between two bars stands the share that went on. Stopped projects and those of unknown stage are
    drawn apart below, because how far they had come is not known.

    Parameters
    ----------
    result : StageStock of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    amounts : write the total investment of the projects at each stage as well

    Returns
    -------
    Axes
        The lengths of the bars are numbers of projects.

    Raises
    ------
    ChoiceError
        The result is of several offices.
    TableError
        The result lacks a column of ``StageStock``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> stock = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "stage": ["negotiating", "signed"], "n_projects": [1, 2],
    ...     "n_missing": 0, "n_reached": [3, 2], "conversion_ratio": [None, 2 / 3],
    ... }), StageStock)
    >>> ax = plot_stage_stock(stock)
    >>> ax.get_title(loc="left"), [int(bar.get_width()) for bar in ax.patches]
    ('示例镇项目阶段漏斗（示例数据）', [3, 1, 2, 2])
    """
    office = one_office(result, StageStock, "plot_stage_stock", lang)
    stages = _placed(result)
    title = word("stock_title", lang, office=office)
    with theme():
        ax, height = rows_axes(ax, 1.9 + 0.46 * max(len(stages), 3))
        if stages["n_projects"].sum() == 0:
            say_no_data(ax, word("stock_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height)
            return ax
        scale = scale_for(stages["total_investment_cny_10k"].fillna(0).abs().max(), lang)
        texts = [_said(row, scale if amounts else None, lang) for row in stages.to_dict("records")]
        named = labels("stages", lang)
        unknown = word("stock_unknown", lang)
        names = [named.get(code, code) if isinstance(code, str) else unknown for code in stages["stage"]]
        name_rows(ax, stages["place"], names)
        _draw(ax, stages.assign(text=texts), lang)
        width = axes_inches(ax, names)
        ends = stages["n_reached"].fillna(stages["n_projects"]).astype(float)
        ax.set_xlim(0, limit_for(ends.tolist(), texts, width))
        ax.set_ylim(stages["place"].max() + 0.6, stages["place"].min() - 0.6)
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)
        _legend(ax, stages, lang)
        unit = word("stock_unit", lang, scale.unit) if amounts else word("rows_projects", lang)
        notes = _notes(stages, lang)
        finish_rows(ax, result, title, lang=lang, height=height, unit=unit, notes=notes, names=names)
    return ax


def _placed(result: pd.DataFrame) -> pd.DataFrame:
    """Stages from top to bottom; those that are no step of the funnel apart, unknown where there are any."""
    rank = {code: place for place, code in enumerate(codes("stages"))}
    table = result[result["stage"].notna() | (result["n_projects"] > 0)]
    table = table.assign(is_apart=table["n_reached"].isna(), rank=table["stage"].map(rank))
    table = table.sort_values(["is_apart", "rank"], ignore_index=True)
    apart = table["is_apart"] & ~table["is_apart"].all()
    return table.assign(place=table.index + _APART * apart)


def _said(row: dict[Any, Any], scale: Scale | None, lang: str) -> str:
    here, reached, amount = row["n_projects"], row["n_reached"], row["total_investment_cny_10k"]
    worth = ""
    if scale and here:
        lacking = word("missing", lang, row["n_missing"]) if row["n_missing"] else ""
        known = word("unknown", lang) if pd.isna(amount) else f"{scale.text(amount)} {scale.unit}"
        worth = word("rows_and", lang, known, lacking) if lacking else known
    if pd.isna(reached):
        return f"{here}{word('brackets', lang, worth) if worth else ''}"
    stand = word("stock_here", lang, here)
    return f"{reached}{word('brackets', lang, word('rows_and', lang, stand, worth) if worth else stand)}"


def _draw(ax: Axes, stages: pd.DataFrame, lang: str) -> None:
    for number, row in enumerate(stages.to_dict("records")):
        here, place = row["n_projects"], row["place"]
        reached = 0 if row["is_apart"] else row["n_reached"]
        fill: dict[str, Any] = (
            {"color": APART_COLOUR, "hatch": "////"} if row["is_apart"] else {"color": HERE_COLOUR}
        )
        for length, look in ((reached, {"color": REACHED_COLOUR}), (here, fill)):
            if length:
                ax.barh(place, length, _BAR, edgecolor=EDGE, linewidth=0.8, **look)
        say_behind(ax, max(reached, here), place, row["text"])
        if number and pd.notna(row["conversion_ratio"]):
            ax.annotate(
                word("stock_step", lang, f"{row['conversion_ratio']:.1%}"),
                (0, place - 0.5),
                xytext=(8, 0),
                textcoords="offset points",
                va="center_baseline",
                fontsize=8,
                color=MUTED,
            )


def _notes(stages: pd.DataFrame, lang: str) -> list[str]:
    n_unknown = int(stages.loc[stages["stage"].isna(), "n_projects"].sum())
    return [
        word("stock_note", lang),
        word("stock_note_apart", lang) if stages["is_apart"].any() else "",
        word("stock_note_unknown", lang, n_unknown) if n_unknown else "",
    ]


def _legend(ax: Axes, stages: pd.DataFrame, lang: str) -> None:
    faces = [
        (REACHED_COLOUR, "", label(StageStock, "n_reached", lang).split(";")[0]),
        (HERE_COLOUR, "", word("stock_here_legend", lang)),
        (APART_COLOUR, "////", word("stock_apart_legend", lang) if stages["is_apart"].any() else ""),
    ]
    handles = [
        Patch(facecolor=face, hatch=hatch, edgecolor=EDGE, linewidth=0.8, label=text)
        for face, hatch, text in faces
        if text
    ]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, borderaxespad=0.2)
