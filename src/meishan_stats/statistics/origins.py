"""Projects and capital by origin: disjoint levels, nested views, provinces and countries."""

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import ALIAS_SEPARATOR, labels, read_codelist
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import conform
from meishan_stats.schemas.records import Offices
from meishan_stats.schemas.results.origins import OriginBreakdown
from meishan_stats.statistics.breakdowns import breakdown_totals, shares_of
from meishan_stats.statistics.frames import check_choice, collected, in_codelist_order, opened

# Columns of the projects and of the result.
COLUMN_OF = {"level": "origin_level", "region": "origin_adcode"}
KEY_OF = {"level": "origin_level", "region": "region"}
OVERSEAS = "overseas"
ROW = ["office", "is_demo", "as_of", "year"]
_AMOUNTS = ["signed_cny_10k", "arrived_cny_10k"]
_COUNTS = ["n_projects", "n_signed", "n_signed_missing", "n_arrived_known", "n_arrived_missing"]
_SHARES = ["project_share", "signed_share", "arrived_share"]


def origin_breakdown(
    projects: IntoFrame,
    funding: IntoFrame,
    *,
    by: str = "level",
    top: int | None = None,
    nested: bool = False,
    include_foreign: bool | None = None,
    offices: IntoFrame | None = None,
) -> pd.DataFrame:
    """Break projects and capital down by where the capital comes from, office and year.

    Bulletins use two conventions. Disjoint levels part the total: Panzhihua 2006-10 prints 国内省外
    412 678 + 市外省内 176 031 + 市内县际 416 427 = 1 005 136 万元 (tz.panzhihua.gov.cn). Nested views
    lie in one another and are never summed: Dangtu county prints 县外 60.05 亿元, of which 市外 41.9
    and 省外 34.9 (mas360.cc). Projects hold the disjoint level, ``nested=True`` derives the views;
    whether 县外, 市外 and 省外 include foreign capital is a convention of the office.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.
    funding : Funding, one row per project and month, of the same engine
        Only capital that arrived counts (``kind`` "arrived"), in the year it arrived.
    by : "level" or "region"
        Region is the province in China, the country or territory outside the mainland. Capital from
        China without a province is the region CN.
    top : keep the n origins of each year by which most capital arrived, add up the others in one row
    nested : the views 县外, 市外, 省外 and 境外 instead of disjoint levels
    include_foreign : whether 县外, 市外 and 省外 include 境外; None takes it from `offices`
    offices : Offices, read for ``include_foreign`` where nothing is said here; without it, False

    Returns
    -------
    OriginBreakdown, one row per office, year and origin that occurs
        Amounts in 万元 (10 000 yuan). Shares are fractions of the office's year over all origins, the
        unknown ones too; those of disjoint rows add up to one. ``arrived_rank`` orders the known
        origins of a year by capital arrived, then by signed amount, number of projects and code;
        ``arrived_top_share`` is the share of the first n together (前n位占比), the unknown origin in no
        place. Levels and views stand in the order of their codelists, regions by rank; then the
        others added up, and last the unknown origin. Nested rows have no rank; a view without a
        project and a payment has no row; projects of unknown level are in no view and in a last row.

    Raises
    ------
    ChoiceError
        There is no such `by`; `top` is no number from 1 on; `nested` is asked of regions or with
        `top`; `include_foreign` is given without `nested`.
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames of
        projects and funding are of two engines.

    Examples
    --------
    600 arrived from Jiangsu, 300 from Hong Kong, 100 from another city of the province.

    >>> from meishan_stats.schemas.records import Funding, Projects
    >>> about = {"office": "示例镇", "is_demo": True, "project_id": ["a", "b", "c"], "name": "甲"}
    >>> projects = conform(pd.DataFrame({
    ...     **about, "sector": "other", "signed_on": pd.Timestamp("2011-03-01"), "origin_adcode": ["320000", "HK", "330100"],
    ...     "origin_level": ["out_of_province", "overseas", "out_of_city"],
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({
    ...     **about, "kind": "arrived", "period": pd.Timestamp("2011-06-01"),
    ...     "amount_cny_10k": [600, 300, 100], "is_derived": False,
    ... }), Funding)
    >>> shown = ["arrived_cny_10k", "arrived_share", "arrived_top_share"]
    >>> origin_breakdown(projects, funding, by="region").set_index("region_zh")[shown]
               arrived_cny_10k  arrived_share  arrived_top_share
    region_zh
    江苏省                600.0            0.6                0.6
    香港                 300.0            0.3                0.9
    浙江省                100.0            0.1                1.0
    >>> views = origin_breakdown(projects, funding, nested=True)
    >>> views.set_index("origin_view")["arrived_cny_10k"].to_dict()
    {'outside_county': 700.0, 'outside_city': 700.0, 'outside_province': 600.0, 'overseas': 300.0}
    """
    _check_choices(by, top, nested, include_foreign)
    table = origin_totals(projects, funding, by=by)
    table = table.assign(**shares_of(table, ["office", "year"]))
    if nested:
        return _views(table, _foreign_included(table["office"], include_foreign, offices))
    ranked = _ranked(table.assign(is_rest=False, is_nested=False), KEY_OF[by])
    shown = ranked if top is None else _with_rest(ranked, top)
    return conform(_named(_in_order(shown, KEY_OF[by])), OriginBreakdown)


def origin_totals(projects: IntoFrame, funding: IntoFrame, *, by: str = "level") -> pd.DataFrame:
    """Count projects and sum their capital by office, year and disjoint origin.

    The sums by level or division are made on the engine of the frames, those by region of them.

    Returns
    -------
    One row per office, year and ``origin_level`` or ``region``, in no order

    Raises
    ------
    ChoiceError, TableError
        As ``origin_breakdown``.
    """
    check_choice("origin_breakdown", "by", by, list(COLUMN_OF))
    table = breakdown_totals(projects, funding, [COLUMN_OF[by]], "origin_breakdown", time="year")
    if by == "region":
        table = table.assign(region=_province_or_country(table["origin_adcode"]))
    return _added_up(table, [*ROW, KEY_OF[by]])


def _check_choices(by: str, top: int | None, nested: bool, include_foreign: bool | None) -> None:
    check_choice("origin_breakdown", "by", by, list(COLUMN_OF))
    check_choice("origin_breakdown", "nested", nested, [True, False])
    check_choice("origin_breakdown", "include_foreign", include_foreign, [None, True, False])
    if top is not None and (isinstance(top, bool) or not isinstance(top, int) or top < 1):
        raise ChoiceError(
            f"origin_breakdown：top 应为 1 以上的整数或 None，不能是 {top!r}",
            f"origin_breakdown: top must be a whole number from 1 on or None, not {top!r}",
        )
    if nested and (by != "level" or top is not None):
        raise ChoiceError(
            "origin_breakdown：nested=True 只用于 by='level'，且不能同时给 top",
            "origin_breakdown: nested=True goes with by='level' only, and without top",
        )
    if include_foreign is not None and not nested:
        raise ChoiceError(
            "origin_breakdown：include_foreign 只在 nested=True 时有意义：各层级互不重叠时境外单列",
            "origin_breakdown: include_foreign needs nested=True: among disjoint levels overseas stands apart",
        )


def _province_or_country(codes: pd.Series) -> pd.Series:
    is_division = codes.str.fullmatch(r"\d{6}").fillna(False).astype(bool)
    return codes.where(~is_division, codes.str[:2] + "0000")


def _added_up(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Rows of equal keys added up: amounts and shares of nothing are missing, counts are 0."""
    groups = table.groupby(keys, dropna=False)
    measures = [name for name in (*_AMOUNTS, *_SHARES) if name in table]
    return groups[measures].sum(min_count=1).join(groups[_COUNTS].sum()).reset_index()


def _ranked(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Place of every known origin within its year, and the share of all up to it."""
    measures = ["arrived_cny_10k", "signed_cny_10k", "n_projects"]
    known = table[table[key].notna()].sort_values([*measures, key], ascending=[False, False, False, True])
    years = known.groupby(["office", "year"], dropna=False)
    return table.assign(arrived_rank=years.cumcount() + 1, arrived_top_share=years["arrived_share"].cumsum())


def _with_rest(ranked: pd.DataFrame, top: int) -> pd.DataFrame:
    """The first origins of each year and the unknown one; all others in one row a year."""
    is_behind = ranked["arrived_rank"] > top
    rest = _added_up(ranked[is_behind], ROW).assign(is_rest=True, is_nested=False)
    return pd.concat([ranked[~is_behind], rest], ignore_index=True) if len(rest) else ranked


def _in_order(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Known origins, levels as their codelist has them and regions by rank; the rest; the unknown."""
    is_unknown = table[key].isna() & ~table["is_rest"]
    blocks = table["is_rest"].astype("int64") + 2 * is_unknown.astype("int64")
    within = "origin_level" if key == "origin_level" else "arrived_rank"
    order = ["office", "year", "block", within]
    return in_codelist_order(table.assign(block=blocks), order, origin_level="origin_levels")


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """With the names of the regions in both languages, where the rows are regions."""
    if "region" not in table:
        return table
    names = {lang: {**labels("adcodes", lang), **labels("regions", lang)} for lang in ("zh", "en")}
    return table.assign(**{f"region_{lang}": table["region"].map(known) for lang, known in names.items()})


def _foreign_included(rows: pd.Series, include_foreign: bool | None, offices: IntoFrame | None) -> pd.Series:
    """For the office of every row, whether foreign capital counts as capital from outside the county."""
    if include_foreign is not None or offices is None:
        return pd.Series(bool(include_foreign), index=rows.index)
    listed = opened(offices, Offices, ["office", "include_foreign"], "origin_breakdown")
    flags = collected(listed).groupby("office")["include_foreign"].max()
    return rows.map(flags).fillna(0).astype(bool)


def _views(levels: pd.DataFrame, includes_foreign: pd.Series) -> pd.DataFrame:
    """Views that lie in one another, made of disjoint levels; what has no level is in none of them."""
    table = levels.assign(includes_foreign=includes_foreign)
    parts = [table[table["origin_level"].isna()].assign(origin_view=None)]
    for view in read_codelist("origin_views").to_dict("records"):
        is_in = table["origin_level"].isin(view["levels"].split(ALIAS_SEPARATOR))
        is_foreign = (table["origin_level"] == OVERSEAS) & table["includes_foreign"]
        parts.append(table[is_in | is_foreign].assign(origin_view=view["code"]))
    views = _added_up(pd.concat(parts), [*ROW, "includes_foreign", "origin_view"])
    ordered = in_codelist_order(views, ["office", "year", "origin_view"], origin_view="origin_views")
    return conform(ordered.assign(is_rest=False, is_nested=True), OriginBreakdown)
