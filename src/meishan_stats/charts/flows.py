"""Chart of the stages entered year by year."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from meishan_stats.charts.amounts import Scale, scale_for
from meishan_stats.charts.choices import check_choice
from meishan_stats.charts.item_rows import finish_rows, name_rows, rows_axes
from meishan_stats.charts.theme import (
    EDGE,
    INK,
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
from meishan_stats.schemas.results.pipeline import StageFlow

MEASURES = {
    "n_entered": "", "n_reached": "", "total_investment_cny_10k": "n_investment_missing",
    "signed_cny_10k": "n_signed_missing",
}  # fmt: skip
"""What may be drawn, each with the count of its missing values."""

MANY_PERIODS = 12
_PITCH = 1.45  # height of a row, the highest bar being 1


def plot_stage_flow(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", measure: str = "n_entered"
) -> Axes:
    """Draw how many projects of one office entered each stage, period by period.

    One row a stage, one column a period; all bars have one scale. Leads and negotiations are a stock
    and not drawn (see ``plot_stage_stock``). The hatched part of a bar stood at the stage in the
    office's first report and may have entered long before. Of more than twelve periods the last twelve
    are drawn.

    Parameters
    ----------
    result : StageFlow of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    measure : "n_entered", "n_reached", "total_investment_cny_10k" or "signed_cny_10k"
        ``n_reached`` counts projects that skipped the stage in the reports too.

    Returns
    -------
    Axes
        The heights of the bars are numbers of projects or amounts in 万元.

    Raises
    ------
    ChoiceError
        The result is of several offices, or there is no such measure.
    TableError
        The result lacks a column of ``StageFlow``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> flow = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "start_on": pd.Timestamp("2011-01-01"),
    ...     "end_on": pd.Timestamp("2011-12-31"), "stage": ["negotiating", "signed"], "is_flow": [False, True],
    ...     "n_entered": [5, 3], "n_at_first_report": [0, 1], "n_investment_missing": 0, "n_signed_missing": 0,
    ... }), StageFlow)
    >>> ax = plot_stage_flow(flow)
    >>> [text.get_text() for text in ax.get_yticklabels()], [int(bar.get_height()) for bar in ax.patches]
    (['签约'], [3, 1])
    """
    office = one_office(result, StageFlow, "plot_stage_flow", lang)
    check_choice("plot_stage_flow", "measure", measure, list(MEASURES))
    table, periods, n_left = _placed(result)
    title = word("flow_title", lang, office=office, what=word(f"flow_{measure}", lang))
    values = table[measure].astype(float)
    with theme() as font:
        n_rows = table["row"].nunique()
        ax, height = rows_axes(ax, 2.0 + 0.52 * max(n_rows, 3))
        stock = _stock(result, lang)
        if values.isna().all():
            n = int(table["n_entered"].sum())
            say_no_data(ax, word("flow_no_amount", lang, n) if n else word("flow_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height, notes=[stock])
            return ax
        scale = scale_for(values.abs().max(), lang) if MEASURES[measure] else None
        unit = max(values.max(), 1e-9) * _PITCH if values.max() > 0 else _PITCH
        table = table.assign(base=(n_rows - 1 - table["row"]) * unit)
        _draw(ax, table, measure, scale, lang)
        named = labels("stages", lang)
        bases = table.drop_duplicates("row").sort_values("row")
        names = [named.get(code, code) for code in bases["stage"]]
        name_rows(ax, (bases["base"] + 0.35 * unit / _PITCH).tolist(), names)
        for base in bases["base"]:
            ax.axhline(base, color=MUTED, linewidth=0.8)
        ax.set_ylim(-0.02 * unit, (n_rows + 0.12) * unit)
        ax.set_xticks(
            range(len(periods)), [_named(*period, result["as_of"].max(), lang) for period in periods]
        )
        ax.set_xlim(-0.5, len(periods) - 0.5)
        ax.tick_params(axis="x", length=0)
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.tick_params(labelfontfamily=font)
        _legend(ax, table, measure, lang)
        rest = word("flow_rest", lang, n_left, len(periods)) if n_left else ""
        notes = [stock, *_notes(table, measure, lang), rest]
        printed = scale.unit if scale else word("rows_projects", lang)
        finish_rows(ax, result, title, lang=lang, height=height, unit=printed, notes=notes, names=names)
    return ax


def _placed(result: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[pd.Timestamp, pd.Timestamp]], int]:
    """Flows with their row and column, the periods drawn, and how many earlier ones are not."""
    flows = result[result["is_flow"].astype(bool)]
    every = sorted(set(zip(flows["start_on"], flows["end_on"], strict=True)))
    periods = every[-MANY_PERIODS:]
    column = {period: place for place, period in enumerate(periods)}
    present = [code for code in codes("stages") if code in set(flows["stage"])]
    row = {code: place for place, code in enumerate(present)}
    keys = list(zip(flows["start_on"], flows["end_on"], strict=True))
    placed = flows.assign(row=flows["stage"].map(row), column=[column.get(key) for key in keys])
    shown = placed[placed["column"].notna()].astype({"column": int})
    return shown.sort_values(["row", "column"], ignore_index=True), periods, len(every) - len(periods)


def _draw(ax: Axes, table: pd.DataFrame, measure: str, scale: Scale | None, lang: str) -> None:
    n_columns = table["column"].max() + 1
    size, wide = 8.5 if n_columns <= 8 else 7.0, 0.62 * min(n_columns / 4, 1)
    for row in table.to_dict("records"):
        value = row[measure]
        if pd.notna(value) and value:
            face = tint(TOTAL_COLOUR, 0.3)
            ax.bar(row["column"], value, wide, bottom=row["base"], color=face, edgecolor=EDGE, linewidth=0.8)
        if measure == "n_entered" and row["n_at_first_report"]:
            first = row["n_at_first_report"]
            ax.bar(
                row["column"], first, wide, bottom=row["base"], color=tint(TOTAL_COLOUR, 0.8), edgecolor=EDGE,
                linewidth=0.8, hatch="////",
            )  # fmt: skip
        ax.annotate(
            _said(row, measure, scale, lang),
            (row["column"], row["base"] + (value if pd.notna(value) else 0)),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=size,
            color=INK if pd.notna(value) and value else MUTED,
        )


def _said(row: dict[Any, Any], measure: str, scale: Scale | None, lang: str) -> str:
    value = row[measure]
    if scale is None:
        return word("none", lang) if pd.isna(value) else str(value)
    n_missing = row[MEASURES[measure]]
    lacking = word("missing", lang, n_missing) if n_missing else ""
    if pd.isna(value):
        return word("unknown", lang) + word("brackets", lang, lacking) if n_missing else word("none", lang)
    return f"{scale.text(value)}{word('brackets', lang, lacking) if lacking else ''}"


def _named(start: pd.Timestamp, end: pd.Timestamp, as_of: pd.Timestamp, lang: str) -> str:
    is_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year
    name = word("one_year", lang, start.year) if is_year else f"{start:%Y-%m}\n—{end:%Y-%m}"
    is_open = pd.notna(as_of) and start <= as_of and as_of + pd.offsets.MonthEnd(0) < end
    return f"{name}\n{word('flow_until', lang, month=as_of.month)}" if is_open and is_year else name


def _stock(result: pd.DataFrame, lang: str) -> str:
    named = labels("stages", lang)
    present = set(result.loc[~result["is_flow"].astype(bool), "stage"])
    names = word("rows_comma", lang).join(named[code] for code in codes("stages") if code in present)
    return word("flow_stock", lang, names) if names else ""


def _notes(table: pd.DataFrame, measure: str, lang: str) -> list[str]:
    first = int(table["n_at_first_report"].sum())
    n_missing = int(table[MEASURES[measure]].sum()) if MEASURES[measure] else 0
    return [
        word("flow_first", lang, first) if first and measure != "n_reached" else "",
        word("flow_skipped", lang) if measure != "n_reached" else "",
        word("flow_missing", lang, n_missing) if n_missing else "",
    ]


def _legend(ax: Axes, table: pd.DataFrame, measure: str, lang: str) -> None:
    name = label(StageFlow, measure, lang)
    handles = [Patch(facecolor=tint(TOTAL_COLOUR, 0.3), edgecolor=EDGE, label=name.split(";")[0])]
    if measure == "n_entered" and table["n_at_first_report"].any():
        handles.append(
            Patch(
                facecolor=tint(TOTAL_COLOUR, 0.8),
                edgecolor=EDGE,
                hatch="////",
                label=word("flow_first_legend", lang),
            )
        )
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)
