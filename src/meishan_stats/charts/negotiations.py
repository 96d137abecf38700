"""Charts of the projects under negotiation by the time that nothing has moved."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from meishan_stats.charts.choices import check_choice, check_top
from meishan_stats.charts.item_rows import (
    axes_inches,
    finish_rows,
    limit_for,
    name_rows,
    rows_axes,
    say_behind,
)
from meishan_stats.charts.labels import shortened
from meishan_stats.charts.theme import (
    EDGE,
    GRID,
    LIGHT_COLOURS,
    one_office,
    say_no_data,
    theme,
    word,
)
from meishan_stats.codelists import codes, labels
from meishan_stats.schemas.results.pipeline import StaleNegotiations

KINDS = ("ages", "projects")
# First month of each class of age; each month has its own while the lights change.
_CLASSES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 25)
_UNKNOWN = "#FFFFFF"  # no date, so no light


def plot_stale_negotiations(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", kind: str = "ages", top: int = 15
) -> Axes:
    """Draw the stock of negotiations of one office by months without progress, or list the oldest.

    Every bar has the colour of its light, and the words name it.

    Parameters
    ----------
    result : StaleNegotiations of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    kind : "ages" counts projects by months without progress; "projects" lists the longest silent ones
        with stage, person responsible and last progress
    top : projects listed at most; the caption counts the rest

    Returns
    -------
    Axes
        The lengths of the bars are numbers of projects, or months.

    Raises
    ------
    ChoiceError
        The result is of several offices, there is no such kind, or ``top`` is no whole number from 1.
    TableError
        The result lacks a column of ``StaleNegotiations``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> stale = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"],
    ...     "months_without_progress": [4, 1], "light": ["red", "green"],
    ... }), StaleNegotiations)
    >>> ax = plot_stale_negotiations(stale, kind="projects")
    >>> [text.get_text() for text in ax.get_yticklabels()], [float(bar.get_width()) for bar in ax.patches]
    (['甲', '乙'], [4.0, 1.0])
    """
    check_choice("plot_stale_negotiations", "kind", kind, KINDS)
    check_top("plot_stale_negotiations", top)
    office = one_office(result, StaleNegotiations, "plot_stale_negotiations", lang)
    title = word(f"stale_title_{kind}", lang, office=office)
    with theme() as font:
        if result.empty:
            ax, height = rows_axes(ax, 3.2)
            say_no_data(ax, word("stale_empty", lang), lang)
            finish_rows(ax, result, title, lang=lang, height=height)
            return ax
        draw = _draw_ages if kind == "ages" else _draw_projects
        ax = draw(ax, result, title, lang, top)
        ax.tick_params(labelfontfamily=font)
        ax.xaxis.label.set_fontfamily(font)
    return ax


def _draw_ages(ax: Axes | None, result: pd.DataFrame, title: str, lang: str, top: int) -> Axes:
    """A row for each class of age, divided by light where the lights of a class differ."""
    months = result["months_without_progress"].astype("float64")
    classes = pd.cut(months, [*_CLASSES, float("inf")], right=False, labels=False)
    last = int(classes.max()) if classes.notna().any() else -1
    names = [_class_name(k, lang) for k in range(last + 1)]
    groups = [result[classes == k] for k in range(last + 1)]
    if classes.isna().any():
        names.append(word("stale_undated", lang))
        groups.append(result[classes.isna()])
    ax, height = rows_axes(ax, 2.1 + 0.38 * max(len(groups), 3))
    name_rows(ax, range(len(groups)), names)
    ends, texts = [], []
    for place, group in enumerate(groups):
        start, parts = 0, []
        for light in _lights(group):
            count = int((group["light"] == light).sum() if light else group["light"].isna().sum())
            colour = LIGHT_COLOURS.get(light, _UNKNOWN)
            ax.barh(place, count, 0.62, left=start, color=colour, edgecolor=EDGE, linewidth=0.8)
            start += count
            parts.append(word("stale_count", lang, count, _light(light, lang)))
        ends.append(float(start))
        texts.append(word("rows_comma", lang).join(parts) or "0")
        say_behind(ax, start, place, texts[-1], muted=not parts)
    ax.set_xlim(0, limit_for(ends, texts, axes_inches(ax, names)))
    ax.set_ylim(len(groups) - 0.4, -0.6)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, steps=[1, 2, 5, 10]))
    ax.grid(True, axis="x", color=GRID, linewidth=0.8)
    _legend(ax, result, lang)
    notes = [word("stale_total", lang, len(result)), word("stale_note", lang)]
    unit = word("rows_projects", lang)
    finish_rows(ax, result, title, lang=lang, height=height, unit=unit, notes=notes, names=names)
    return ax


def _draw_projects(ax: Axes | None, result: pd.DataFrame, title: str, lang: str, top: int) -> Axes:
    """A row for each project, the longest silent first."""
    table = result.sort_values(
        ["months_without_progress", "project_id"], ascending=[False, True], na_position="last"
    ).head(top)
    ax, height = rows_axes(ax, 2.1 + 0.44 * max(len(table), 3))
    rows = table.to_dict("records")
    names, below = [shortened(row["name"], 36) for row in rows], [_under(row, lang) for row in rows]
    name_rows(ax, range(len(rows)), names, below)
    ends, texts = [], []
    for place, row in enumerate(rows):
        months = row["months_without_progress"]
        ends.append(0.0 if pd.isna(months) else float(months))
        texts.append(_said(row, lang))
        if ends[-1]:
            colour = LIGHT_COLOURS.get(row["light"], _UNKNOWN)
            ax.barh(place, ends[-1], 0.55, color=colour, edgecolor=EDGE, linewidth=0.8)
        say_behind(ax, ends[-1], place, texts[-1], muted=pd.isna(months))
    ax.set_xlim(0, max(1.0, limit_for(ends, texts, axes_inches(ax, names, below))))
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True, steps=[1, 2, 3, 6, 10]))
    ax.grid(True, axis="x", color=GRID, linewidth=0.8)
    ax.set_xlabel(word("stale_axis", lang))
    _legend(ax, table, lang)
    n_left = len(result) - len(table)
    notes = [word("rows_rest", lang, n_left) if n_left else "", word("stale_note", lang)]
    unit = word("stay_unit", lang)
    finish_rows(ax, result, title, lang=lang, height=height, unit=unit, notes=notes, names=names, below=below)
    return ax


def _class_name(k: int, lang: str) -> str:
    first = _CLASSES[k]
    if k + 1 == len(_CLASSES):
        return word("stale_from", lang, first)
    last = _CLASSES[k + 1] - 1
    return word("stale_month", lang, first) if last == first else word("stale_months", lang, first, last)


def _lights(table: pd.DataFrame) -> list[str]:
    """Lights that occur in their order, "" last where one is not known."""
    present = set(table["light"].dropna())
    return [code for code in codes("lights") if code in present] + (
        [""] if table["light"].isna().any() else []
    )


def _light(light: str, lang: str) -> str:
    return labels("lights", lang)[light] if light else word("stale_no_light", lang)


def _under(row: dict[Any, Any], lang: str) -> str:
    stage = labels("stages", lang).get(row["stage"], "") if isinstance(row["stage"], str) else ""
    duty = next((row[name] for name in ("responsible", "recruiter") if isinstance(row[name], str)), "")
    parts = [part for part in (stage, shortened(duty, 20)) if part]
    return word("separator", lang, *parts) if len(parts) == 2 else "".join(parts)


def _said(row: dict[Any, Any], lang: str) -> str:
    if pd.isna(row["months_without_progress"]):
        return word("stale_undated", lang)
    light = _light(row["light"] if isinstance(row["light"], str) else "", lang)
    text = word("rows_and", lang, word("stale_month", lang, row["months_without_progress"]), light)
    if pd.isna(row["last_progress_on"]):
        return text
    kind = labels("progress_kinds", lang).get(row["progress"], "")
    return text + word("brackets", lang, f"{row['last_progress_on']:%Y-%m}{' ' if kind else ''}{kind}")


def _legend(ax: Axes, table: pd.DataFrame, lang: str) -> None:
    handles = [
        Patch(facecolor=LIGHT_COLOURS.get(light, _UNKNOWN), edgecolor=EDGE, label=_light(light, lang))
        for light in _lights(table)
    ]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=5, borderaxespad=0.2)
