"""Chart of where capital comes from."""

import pandas as pd
from matplotlib.axes import Axes

from meishan_stats.charts.amounts import minus, scale_for, show_amounts
from meishan_stats.charts.bars import ARRIVED, SIGNED, draw_bars, name_measures, name_rows
from meishan_stats.charts.choices import added_up, check_top, of_year, years_of
from meishan_stats.charts.labels import in_order, name_of, wrapped
from meishan_stats.charts.theme import (
    TOTAL_COLOUR,
    finish,
    new_axes,
    one_office,
    say_no_data,
    theme,
    word,
)
from meishan_stats.codelists import ALIAS_SEPARATOR, labels, read_codelist
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas.results.origins import OriginBreakdown
from meishan_stats.schemas.results.sectors import SectorByOrigin

MEASURES = (SIGNED, ARRIVED)
_AMOUNTS = [measure.amount for measure in MEASURES]
_SHARES = {"signed_cny_10k": "signed_share", "arrived_cny_10k": "arrived_share"}
_HEIGHT = 0.32
_NO_ORIGIN = "#999999"  # the rest and the unknown
_OVERSEAS = "overseas"


def plot_origin_breakdown(
    result: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "zh",
    year: int | None = None,
    top: int = 15,
) -> Axes:
    """Draw signed and arrived capital of one office by where it comes from: levels, regions or nested views.

    All years are added together unless one is named. Nested views are drawn as lying in one another,
    each before the bar of the view around it, and are never stacked or added; the caption says whether
    they include foreign capital.

    Parameters
    ----------
    result : OriginBreakdown of one office
    ax : axes to draw on; a new figure where none are given
    lang : "zh" or "en"
    year : draw this year only
    top : the regions drawn one by one, those by which most capital arrived; others are added up

    Returns
    -------
    Axes
        The lengths of the bars are amounts in 万元; the axis is numbered in 万元 or 亿元.

    Raises
    ------
    ChoiceError
        The result is of several offices or mixes levels, regions and views; the year is not in it;
        `top` is no number from 1 on; or no year is named and the result keeps the first origins of each
        year only, which are others every year and cannot be added up.
    TableError
        The result lacks a column of ``OriginBreakdown``.

    Examples
    --------
    >>> from meishan_stats.schemas import conform
    >>> result = conform(pd.DataFrame({
    ...     "office": ["示例镇"], "is_demo": True, "year": 2011, "origin_level": "overseas", "n_projects": 1,
    ...     "n_signed": 1, "signed_cny_10k": 500.0, "n_signed_missing": 0, "n_arrived_known": 0,
    ...     "n_arrived_missing": 0, "is_rest": False, "is_nested": False,
    ... }), OriginBreakdown)
    >>> [float(bar.get_width()) for bar in plot_origin_breakdown(result).patches]
    [500.0]
    """
    user = "plot_origin_breakdown"
    check_top(user, top)
    office = one_office(result, OriginBreakdown, user, lang)
    shown = of_year(result, year, user)
    key = _key(shown)
    _refuse_changing_rest(shown)
    table, n_rest = _rows(shown, key, top)
    includes_foreign = bool(shown["includes_foreign"].fillna(False).any())
    is_nested = key == "origin_view"
    around = _around(table["code"] if is_nested else pd.Series([""] * len(table)), includes_foreign)
    with theme() as font:
        ax = new_axes(ax, height=2.5 + 0.72 * max(len(table), 2))
        title = word(
            "origin_region_title" if key == "region" else "origin_title",
            lang,
            office=office,
            when=years_of(shown, lang),
        )
        if table[_AMOUNTS].isna().all(axis=None):
            n = int(shown["n_projects"].sum())
            say_no_data(ax, word("sector_no_amount", lang, n) if n else word("sector_empty", lang), lang)
            finish(ax, shown, title, lang=lang)
            return ax
        scale = scale_for(table[_AMOUNTS].abs().max().max(), lang)
        _draw_around(ax, table, around)
        colours = [_NO_ORIGIN if no_origin else TOTAL_COLOUR for no_origin in table["code"] == ""]
        draw_bars(ax, table, MEASURES, colours=colours, scale=scale, lang=lang, height=_HEIGHT)
        counts = zip(table["n_projects"], table["n_signed"], strict=True)
        name_rows(
            ax, _names(table, key, around, lang), [word("origin_counts", lang, *pair) for pair in counts]
        )
        show_amounts(ax.xaxis, scale, word("amount_axis", lang, scale.unit), font)
        name_measures(ax, MEASURES, SectorByOrigin, lang, TOTAL_COLOUR)  # of one year or of all
        notes = _notes(shown, table, key, includes_foreign, n_rest, lang)
        finish(ax, shown, title, lang=lang, unit=scale.unit, notes=notes)
    return ax


def _key(shown: pd.DataFrame) -> str:
    """The column that names the origins of the rows."""
    keys = ("origin_level", "region", "origin_view")
    named = [key for key in keys if shown[key].notna().any()]
    if shown["is_nested"].any() and "origin_view" not in named:
        named.append("origin_view")
    if len(named) > 1 or shown["is_nested"].drop_duplicates().size > 1:
        raise ChoiceError(
            "plot_origin_breakdown 一次只画一种：按层级、按地区或有重叠的口径",
            "plot_origin_breakdown draws levels, regions or nested views, not several of them",
        )
    return named[0] if named else keys[0]


def _refuse_changing_rest(shown: pd.DataFrame) -> None:
    years = sorted(shown["year"].dropna().unique().tolist())
    if shown["is_rest"].any() and shown["year"].drop_duplicates().size > 1:
        listed = ", ".join(map(str, years))
        raise ChoiceError(
            f"plot_origin_breakdown：各年前几位的来源不同，“其余”不能跨年相加，请选一年：year={listed}",
            "plot_origin_breakdown: the first origins are others every year and their rest cannot be added up; "
            f"choose a year: {listed}",
        )


def _rows(shown: pd.DataFrame, key: str, top: int) -> tuple[pd.DataFrame, int]:
    """One row per origin, the rest and the unknown last; how many origins beyond `top` are in the rest."""
    keyed = shown.assign(code=shown[key].astype(object).fillna(""))
    names = keyed.groupby("code")[["region_zh", "region_en"]].first()
    table = added_up(keyed, ["code", "is_rest"], [*_AMOUNTS, *_SHARES.values()])
    is_one_year = shown["year"].drop_duplicates().size <= 1
    total = table[_AMOUNTS].sum().where(lambda value: value > 0)
    for amount, share in _SHARES.items():
        # Views are no parts of a sum: their shares are known by the table only, a year at a time.
        of_sum = float("nan") if key == "origin_view" else table[amount] / total[amount]
        table[f"{amount}_share"] = table[share] if is_one_year else of_sum
    table["is_unknown"] = (table["code"] == "") & ~table["is_rest"]
    if key == "region":
        ranked = table.sort_values(["arrived_cny_10k", "signed_cny_10k"], ascending=False, kind="stable")
    else:
        place = {code: k for k, code in enumerate(in_order(table["code"], f"{key}s"))}
        ranked = table.sort_values("code", key=lambda codes: codes.map(place), kind="stable")
    known = ranked[~ranked["is_rest"] & ~ranked["is_unknown"]]
    last = [ranked[ranked["is_rest"]], ranked[ranked["is_unknown"]]]
    n_rest = max(len(known) - top, 0) if key == "region" else 0
    if n_rest:
        behind = pd.concat([known[top:], last[0]]).assign(code="", is_rest=True, is_unknown=False)
        sums = [*_AMOUNTS, *_SHARES.values(), *(f"{amount}_share" for amount in _AMOUNTS)]
        known, last[0] = known[:top], added_up(behind, ["code", "is_rest", "is_unknown"], sums)
    return pd.concat([known, *last]).join(names, on="code").reset_index(drop=True), n_rest


def _around(codes: pd.Series, includes_foreign: bool) -> list[int | None]:
    """For each view, the row of the narrowest view around it; None where it lies in none."""
    views = {
        view["code"]: set(view["levels"].split(ALIAS_SEPARATOR))
        | ({_OVERSEAS} if includes_foreign else set())
        for view in read_codelist("origin_views").to_dict("records")
    }
    parts = [views.get(code, set()) for code in codes]
    wider = [[k for k, whole in enumerate(parts) if part and part < whole] for part in parts]
    return [min(rows, key=lambda k: len(parts[k])) if rows else None for rows in wider]


def _draw_around(ax: Axes, table: pd.DataFrame, around: list[int | None]) -> None:
    """The bar of the view around each view, pale behind its own bar."""
    for place, row in enumerate(around):
        for k, amount in enumerate(_AMOUNTS):
            wide = float("nan") if row is None else table.loc[row, amount]
            if pd.notna(wide):
                y = place + (k - 0.5) * _HEIGHT - _HEIGHT / 2
                ax.broken_barh(
                    [(0, wide)], (y, _HEIGHT * 0.96), facecolor="#EBEBEB", edgecolor="none", zorder=0.5
                )


def _names(table: pd.DataFrame, key: str, around: list[int | None], lang: str) -> list[str]:
    names = []
    for row, wider in zip(table.to_dict("records"), around, strict=True):
        if row["is_rest"]:
            name = word("origin_rest", lang)
        elif key == "region" and row["code"]:
            named = row[f"region_{lang}"]
            name = named if isinstance(named, str) and named else row["code"]
        else:
            name = name_of(row["code"], f"{key}s", "origin_missing", lang)
        names.append(wrapped(name if wider is None else word("origin_within", lang, name), 26))
    return names


def _notes(
    shown: pd.DataFrame, table: pd.DataFrame, key: str, includes_foreign: bool, n_rest: int, lang: str
) -> list[str]:
    undated = int(shown.loc[shown["year"].isna(), "n_projects"].sum())
    lacking = int(table[[measure.n_missing for measure in MEASURES]].sum().sum())
    has_shares = table[[f"{amount}_share" for amount in _AMOUNTS]].notna().any(axis=None)
    notes = [word("origin_share", lang)] if has_shares else []
    if key == "origin_view":
        views = [label for code, label in labels("origin_views", lang).items() if code != _OVERSEAS]
        listed = word("list_comma", lang).join(views)
        notes.append(word("origin_nested", lang))
        notes.append(
            word("origin_with_foreign" if includes_foreign else "origin_without_foreign", lang, listed)
        )
    else:
        notes.append(word("origin_disjoint" if key == "origin_level" else "origin_regions", lang))
    if table["is_rest"].any() and shown["year"].drop_duplicates().size == 1:
        notes += _top_share(shown, table, lang)
    if n_rest:
        notes.append(word("origin_added_up", lang, n_rest))
    notes.append(word("amounts_missing", lang, lacking) if lacking and key != "origin_view" else "")
    notes.append(word("sector_no_year", lang, undated) if undated else "")
    return notes


def _top_share(shown: pd.DataFrame, table: pd.DataFrame, lang: str) -> list[str]:
    """The share of the origins drawn before the rest, as the table states it."""
    drawn = shown[shown["region"].isin(table["code"]) | shown["origin_level"].isin(table["code"])]
    last = drawn.dropna(subset=["arrived_rank", "arrived_top_share"]).nlargest(1, "arrived_rank")
    return [
        word("origin_top_share", lang, rank, minus(f"{share:.1%}"))
        for rank, share in zip(last["arrived_rank"], last["arrived_top_share"], strict=True)
    ]
