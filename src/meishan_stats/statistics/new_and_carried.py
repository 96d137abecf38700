"""Arrived capital of a year: of projects signed in that year, and of those carried over from earlier ones."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.schemas.results.funding import FundingNewAndCarried
from meishan_stats.statistics.frames import as_declared, check_choice, in_codelist_order, opened, totals
from meishan_stats.statistics.funding import growth
from meishan_stats.statistics.joining import check_each_once, check_engines
from meishan_stats.statistics.reported import followed_years, reported_until, with_places

USER = "funding_new_and_carried"
KEYS = ["office", "year", "vintage"]
PROJECT_COLUMNS = ("office", "project_id", "signed_on", "size_tier", "as_of", "is_demo")
FUNDING_COLUMNS = ("office", "project_id", "kind", "period", "precision", "amount_cny_10k", "is_demo")


def funding_new_and_carried(
    projects: IntoFrame, funding: IntoFrame, *, year: int | None = None, large_tier: str = "from_100m"
) -> pd.DataFrame:
    """Split the capital that arrived in a year into that of new projects and that of projects carried over.

    A project is new in the year of ``signed_on`` (当年新签) and carried over in every later one (往年结转,
    续建). Only the date of signing decides: the month of the first report says when the office began to
    report. Where it is missing, or capital arrived in a year before it, the row has no vintage.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.
    funding : Funding, one row per project and month, of the same engine
        Only capital that arrived counts (``kind`` "arrived"), in the year of its period.
    year : the year to show; None for all
    large_tier : tier of definitions/codelists/size_tiers.csv from which a project is large; 亿元以上 by default
        The tier is that of the project's total investment in its own currency.

    Returns
    -------
    FundingNewAndCarried, one row per office, year and vintage, a missing year or vintage last
        Amounts in 万元. ``n_projects`` are projects with a known amount other than 0 in the year, and
        ``average_cny_10k = arrived_cny_10k / n_projects``. Growth is over the same vintage a year before:
        ``value / value a year before - 1``. The year of the last report compares with the same months of
        the year before (1 to the month of ``as_of``). Growth is missing where the base is missing, zero or
        negative, where the first year was followed from a later month on than the second, and where the
        base year must be cut at a month but more than 5 % of its capital is known to no month.

    Raises
    ------
    ChoiceError
        There is no such tier, or `year` is no whole number.
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of two
        engines.

    Notes
    -----
    Gansu and Xining publish 当年签约履约 beside 往年签约履约; Fuling, first half of 2015, 新签 9.2 beside
    续建 124.5 亿元 (cnfl.com.cn).

    Examples
    --------
    Project a was signed in 2010 and b in 2011; 300 and 100 arrived in 2011.

    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"],
    ...     "sector": "other", "signed_on": pd.to_datetime(["2010-05-01", "2011-02-01"]),
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"],
    ...     "kind": "arrived", "period": pd.Timestamp("2011-06-01"), "precision": "month",
    ...     "amount_cny_10k": [300, 100], "is_derived": False,
    ... }), Funding)
    >>> funding_new_and_carried(projects, funding)[["year", "vintage", "arrived_cny_10k", "arrived_share"]]
       year       vintage  arrived_cny_10k  arrived_share
    0  2011           new            100.0           0.25
    1  2011  carried_over            300.0           0.75
    """
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ChoiceError(
            f"year 应为年份或 None，不能是 {year!r}", f"year must be a year or None, not {year!r}"
        )
    check_choice(USER, "large_tier", large_tier, codes("size_tiers"))
    listed, rows = _opened(projects, funding)
    placed = _with_vintage(with_places(rows), listed, large_tier)
    table = _vintage_totals(placed)
    about = reported_until(rows, listed)
    table = table.assign(
        arrived_share=table["arrived_cny_10k"] / _positive_total(table),
        average_cny_10k=_average(table),
        large_tier=large_tier,
    ).join(about, on="office")
    grown = table.assign(**_growths(table, placed, about))
    shown = grown if year is None else grown[grown["year"] == year]
    return conform(in_codelist_order(shown, KEYS, vintage="vintages"), FundingNewAndCarried)


def new_and_carried_totals(
    projects: IntoFrame, funding: IntoFrame, *, large_tier: str = "from_100m"
) -> pd.DataFrame:
    """Sum the capital that arrived by office, year and vintage, on the engine of the frames.

    The counts and sums of ``FundingNewAndCarried``, without shares and growth, in no order of rows.

    Raises
    ------
    TableError
        As ``funding_new_and_carried``.
    """
    listed, rows = _opened(projects, funding)
    return _vintage_totals(_with_vintage(with_places(rows), listed, large_tier))


def _opened(projects: IntoFrame, funding: IntoFrame) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]:
    listed = opened(projects, Projects, PROJECT_COLUMNS, USER)
    rows = opened(funding, Funding, FUNDING_COLUMNS, USER)
    check_engines(USER, projects=listed, funding=rows)
    check_each_once(listed, USER)
    return listed, rows.filter(nw.col("kind") == "arrived")


def _with_vintage(rows: nw.LazyFrame[Any], projects: nw.LazyFrame[Any], large_tier: str) -> nw.LazyFrame[Any]:
    """Amounts with the vintage of their project in their year, and whether it is large."""
    tiers = codes("size_tiers")
    of_project = projects.select(
        "project_id",
        signed_year=nw.col("signed_on").dt.year().cast(nw.Float64()),
        is_large=nw.coalesce(
            nw.when(nw.col("size_tier").is_in(tiers[tiers.index(large_tier) :])).then(nw.lit(1)),
            nw.when(~nw.col("size_tier").is_null()).then(nw.lit(0)),
        ),
    )
    signed, year = nw.col("signed_year"), nw.col("year")
    return rows.join(of_project, on="project_id", how="left").with_columns(
        vintage=nw.coalesce(
            nw.when(signed == year).then(nw.lit("new")), nw.when(signed < year).then(nw.lit("carried_over"))
        ),
        is_before=(signed > year).fill_null(False).cast(nw.Int64()),
    )


def _vintage_totals(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Sums by office, year and vintage; every project counts once."""
    of_project = rows.group_by(*KEYS, "project_id", "is_large", "is_before").agg(
        arrived_cny_10k=nw.col("amount_cny_10k").sum(),
        n_known=nw.col("amount_cny_10k").count(),
        n_rows=nw.len(),
    )
    has_arrived = (nw.col("n_known") > 0) & (nw.col("arrived_cny_10k") != 0)
    is_large = (nw.col("is_large") == 1).fill_null(False)
    counted = of_project.with_columns(
        arrived_cny_10k=nw.when(nw.col("n_known") > 0).then("arrived_cny_10k"),
        large_cny_10k=nw.when((nw.col("n_known") > 0) & is_large).then("arrived_cny_10k"),
        n_projects=has_arrived.cast(nw.Int64()),
        n_large=(has_arrived & is_large).cast(nw.Int64()),
        n_size_unknown=(has_arrived & nw.col("is_large").is_null()).cast(nw.Int64()),
        n_before_signing=has_arrived.cast(nw.Int64()) * nw.col("is_before"),
        n_missing=nw.col("n_rows") - nw.col("n_known"),
    )
    counts = ("n_projects", "n_large", "n_size_unknown", "n_before_signing", "n_known", "n_missing")
    sums = {"arrived_cny_10k": "n_with_arrived", "large_cny_10k": "n_with_large"}
    table = totals(counted, KEYS, sums, nw.col(*counts).sum())
    return as_declared(table.drop(columns=list(sums.values())), FundingNewAndCarried)


def _positive_total(table: pd.DataFrame) -> pd.Series:
    total = table.groupby(["office", "year"], dropna=False)["arrived_cny_10k"].transform("sum")
    return total.where(total > 0)


def _average(table: pd.DataFrame) -> pd.Series:
    n = table["n_projects"].astype("float64")
    return table["arrived_cny_10k"] / n.where(n > 0)


def _growths(table: pd.DataFrame, rows: nw.LazyFrame[Any], about: pd.DataFrame) -> dict[str, pd.Series]:
    """Growth of projects, capital and their average over the same vintage, or the same months, a year ago."""
    last = about["as_of"].reindex(table["office"]).set_axis(table.index)
    is_partial = ((table["year"] == last.dt.year) & (last.dt.month < 12)).fillna(False).astype(bool)
    cut = _a_year_before(table, _to_month(rows, about["as_of"]))
    base = cut.where(is_partial, _a_year_before(table, table))
    places = totals(rows, ["office", "year", "month", "is_single"], {"amount_cny_10k": "n_known"})
    comparable = _comparable(table, followed_years(places), is_partial)
    pairs = {
        "n_projects": (table["n_projects"], base["n_projects"]),
        "arrived": (table["arrived_cny_10k"], base["arrived_cny_10k"]),
        "average": (_average(table), _average(base)),
    }
    return {
        f"{name}_growth": growth(value.astype("float64"), before.astype("float64")).where(comparable)
        for name, (value, before) in pairs.items()
    }


def _to_month(rows: nw.LazyFrame[Any], as_of: pd.Series) -> pd.DataFrame:
    """Sums of every year up to the month in which the last one ends; offices of one month are read at once."""
    known = as_of[as_of.dt.month < 12]
    parts = [
        _vintage_totals(rows.filter(nw.col("office").is_in(list(group.index)) & (nw.col("month") <= month)))
        for month, group in known.groupby(known.dt.month)
    ]
    return pd.concat(parts) if parts else _vintage_totals(rows.filter(nw.col("month") < 0))


def _a_year_before(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Capital and projects of the same office and vintage a year before, row for row."""
    known = before.dropna(subset=["year", "vintage"])
    shifted = known.assign(year=known["year"] + 1)[[*KEYS, "arrived_cny_10k", "n_projects"]]
    return table[KEYS].merge(shifted, on=KEYS, how="left").set_axis(table.index)


def _comparable(table: pd.DataFrame, years: pd.DataFrame, is_partial: pd.Series) -> pd.Series:
    """Whether the year before was followed from as early on, and can be cut where this one ends."""
    keys = ["office", "year"]
    here = table[keys].merge(years, on=keys, how="left")
    before = table[keys].merge(years.assign(year=years["year"] + 1), on=keys, how="left")
    starts_later = before["is_first"].eq(True) & (before["start"] > here["start"])
    is_uncut = before["is_loose"].eq(True) & is_partial.to_numpy()
    return (~(starts_later | is_uncut)).set_axis(table.index)
