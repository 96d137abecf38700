"""Charts of sectors crossed with the stage reached and with the origin of the capital."""

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.amounts import Scale, scale_for
from meishan_stats.charts.choices import check_choice
from meishan_stats.charts.heat import cell_texts, crossed, draw_heat
from meishan_stats.charts.theme import finish, new_axes, one_office, say_no_data, theme, word
from meishan_stats.schemas import Table, label
from meishan_stats.schemas.results.sectors import SectorByOrigin, SectorByStage

# Each measure with its column and the column of the values not known.
_STAGE_MEASURES = {
    "n_projects": ("n_projects", None),
    "total_investment": ("total_investment_cny_10k", "n_total_investment_missing"),
}
_ORIGIN_MEASURES = {
    "n_projects": ("n_projects", None),
    "n_signed": ("n_signed", None),
    "signed": ("signed_cny_10k", "n_signed_missing"),
    "arrived": ("arrived_cny_10k", "n_arrived_missing"),
}
_SECTOR = {"sector": ("sectors", "sector_missing")}


def plot_sector_by_stage(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", measure: str = "n_projects"
) -> Axes:
    """Draw how far the projects of each sector have got, as a table with shaded cells.

    Stages stand in the order of their codelist, stopped projects behind, an unknown stage last. Only
    stages and sectors that occur are drawn.

    Parameters
    ----------
    result : SectorByStage of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    measure : "n_projects" or "total_investment", which is planned, signed or not

    Returns
    -------
    Axes
        Every number is written in its cell; the last row and column are sums.

    Raises
    ------
    ChoiceError
        The result is of several offices, or there is no such measure.
    TableError
        The result lacks a column of ``SectorByStage``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "sector": "new_energy", "stage": ["lead", "started"],
    ...     "n_projects": [1, 2], "n_total_investment_missing": 0,
    ... }), SectorByStage)
    >>> ax = plot_sector_by_stage(result)
    >>> ax.collections[0].get_array().tolist()
    [[1.0, 2.0]]
    """
    check_choice("plot_sector_by_stage", "measure", measure, list(_STAGE_MEASURES))
    office = one_office(result, SectorByStage, "plot_sector_by_stage", lang)
    across = {"stage": ("stages", "heat_stage_missing")}
    title = word(
        "heat_stage_title", lang, office=office, what=_named(SectorByStage, _STAGE_MEASURES[measure], lang)
    )
    note = word("heat_planned", lang) if measure == "total_investment" else ""
    return _draw(result, ax, _SECTOR | across, _STAGE_MEASURES[measure], lang=lang, title=title, note=note)


def plot_sector_by_origin(
    result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh", measure: str = "n_projects"
) -> Axes:
    """Draw where the capital of each sector comes from, as a table with shaded cells.

    The levels of origin do not overlap: overseas capital is a column of its own, in none of the others.

    Parameters
    ----------
    result : SectorByOrigin of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    measure : "n_projects", "n_signed", "signed" or "arrived"

    Returns
    -------
    Axes
        Every number is written in its cell; the last row and column are sums.

    Raises
    ------
    ChoiceError
        The result is of several offices, or there is no such measure.
    TableError
        The result lacks a column of ``SectorByOrigin``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "sector": "new_energy", "origin_level": ["overseas", "local"],
    ...     "n_projects": [1, 2], "n_signed": 1, "n_signed_missing": 0,
    ... }), SectorByOrigin)
    >>> ax = plot_sector_by_origin(result)
    >>> ax.collections[0].get_array().tolist()
    [[1.0, 2.0]]
    """
    check_choice("plot_sector_by_origin", "measure", measure, list(_ORIGIN_MEASURES))
    office = one_office(result, SectorByOrigin, "plot_sector_by_origin", lang)
    across = {"origin_level": ("origin_levels", "origin_missing")}
    title = word(
        "heat_origin_title", lang, office=office, what=_named(SectorByOrigin, _ORIGIN_MEASURES[measure], lang)
    )
    note = word("origin_disjoint", lang)
    return _draw(result, ax, _SECTOR | across, _ORIGIN_MEASURES[measure], lang=lang, title=title, note=note)


def _named(model: type[Table], measure: tuple[str, str | None], lang: str) -> str:
    return label(model, measure[0], lang)


def _draw(
    result: pd.DataFrame,
    ax: Axes | None,
    codelists: dict[str, tuple[str, str]],
    measure: tuple[str, str | None],
    *,
    lang: str,
    title: str,
    note: str,
) -> Axes:
    value, n_missing = measure
    is_amount = value.endswith("_cny_10k")
    with theme():
        if result[value].isna().all():
            ax = new_axes(ax, height=3.5)
            n = int(result["n_projects"].sum())
            say_no_data(ax, word("sector_no_amount", lang, n) if n else word("sector_empty", lang), lang)
            finish(ax, result, title, lang=lang, legend_rows=0)
            return ax
        table = crossed(result, codelists, value, n_missing, lang)
        largest = table.numbers.iloc[:-1, :-1].abs().max().max()
        scale = scale_for(largest, lang) if is_amount else Scale(1, word("unit_projects", lang), 0)
        ax = draw_heat(ax, table.numbers, cell_texts(table, scale, lang), table.rows, table.columns)
        lacking = int(table.missing.iloc[-1, -1])
        notes = [
            word("heat_years", lang),
            note,
            word("heat_none", lang) if table.numbers.isna().any(axis=None) else "",
            word("amounts_missing", lang, lacking) if lacking else "",
        ]
        finish(ax, result, title, lang=lang, unit=scale.unit, notes=notes, legend_rows=0, below=14)
    return ax
