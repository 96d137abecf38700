"""Capital by month: the month, the year to date, and how both compare."""

from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Funding, FundingByMonth, conform
from meishan_stats.statistics.frames import as_declared, in_codelist_order, opened, totals

SERIES = ["office", "kind"]
KEYS = [*SERIES, "period"]
FUNDING_COLUMNS = ("office", "project_id", "kind", "period", "precision", "amount_cny_10k", "is_demo")


def funding_by_month(
    funding: IntoFrame, *, kind: str | None = "arrived", join_january_february: bool = False
) -> pd.DataFrame:
    """Follow the capital of each office month by month: amount, year to date, growth.

    Every month from the first to the last has a row. A month without any known amount is missing, not
    0; the year to date adds the months that are known. ``n_missing`` and ``n_ytd_missing`` say how many
    amounts are not.
    Capital known only to the year is in no month: it stands in a last row whose month is missing.

    Parameters
    ----------
    funding : Funding, one row per project and month
        pandas, Polars, PyArrow, DuckDB or PySpark.
    kind : "arrived", "fixed_asset", "completed", or None for all three, each in its own rows
    join_january_february : one row for January and February, as offices publish them
        The Spring Festival falls in either. The row stands at February and ``is_joined`` is true; it
        also holds the year to date of a February before which the year had no report. Two months do not
        compare with one: 环比 is missing in this row and in March. Where an office has reported no
        further than January, the row does not compare with last year's either.

    Returns
    -------
    FundingByMonth, one row per office, kind and month, sorted by all three
        Amounts in 万元 (10 000 yuan). Growth is a fraction, over the same month last year (同比), the
        month before (环比) and the year to date a year ago (累计同比); it is missing (不可比) where the
        base is missing, zero or negative. 累计同比 is also missing where last year's reports begin
        later in the year than this year's: a part of a year is no base for a whole one.

    Raises
    ------
    TableError
        The frame lacks a column or holds another type.
    ChoiceError
        There is no such kind.

    Examples
    --------
    500 arrived in January 2011, nothing is known of February, 600 arrived in March.

    >>> from meishan_stats.schemas import conform
    >>> funding = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": "a", "name": "甲", "kind": "arrived",
    ...     "period": pd.to_datetime(["2011-01-01", "2011-03-01"]), "precision": "month",
    ...     "amount_cny_10k": [500, 600], "is_derived": False,
    ... }), Funding)
    >>> funding_by_month(funding)[["period", "amount_cny_10k", "ytd_cny_10k"]]
          period  amount_cny_10k  ytd_cny_10k
    0 2011-01-01           500.0        500.0
    1 2011-02-01             NaN        500.0
    2 2011-03-01           600.0       1100.0
    """
    kinds = codes("funding_kinds")
    if kind is not None and kind not in kinds:
        raise ChoiceError(
            f"kind 只能是 {'、'.join(kinds)} 或 None，不能是 {kind!r}",
            f"kind must be one of {', '.join(kinds)} or None, not {kind!r}",
        )
    table = funding_totals(funding, join_january_february=join_january_february)
    offices = table.groupby("office").agg(is_demo=("is_demo", "max"), as_of=("as_of", "max"))
    chosen = table if kind is None else table[table["kind"] == kind]
    chosen = chosen.drop(columns=["is_demo", "as_of"]).dropna(subset=["office", "kind"])
    is_dated = chosen["period"].notna()
    months = _followed(_every_month(chosen[is_dated]), offices["as_of"], join_january_february)
    result = pd.concat([months, chosen[~is_dated].assign(is_joined=False)]).join(offices, on="office")
    ordered = in_codelist_order(result.reset_index(drop=True), KEYS, kind="funding_kinds")
    return conform(ordered, FundingByMonth)


def funding_totals(funding: IntoFrame, *, join_january_february: bool = False) -> pd.DataFrame:
    """Sum capital by office, kind and month, on the engine of the frame.

    Parameters
    ----------
    funding : Funding
    join_january_february : January and February are one row, at February; needs ``stated_as`` too

    Returns
    -------
    One row per office, kind and month, in no order
        ``period`` is the first day of the month, missing where only the year is known; ``as_of`` the last
        month reported; ``amount_cny_10k`` in 万元; ``n_projects`` with a known amount; ``n_missing``
        amounts not known.

    Raises
    ------
    TableError
        The frame lacks a column or holds another type.
    """
    needed = (*FUNDING_COLUMNS, "stated_as") if join_january_february else FUNDING_COLUMNS
    dated = _dated(opened(funding, Funding, needed, "funding_by_month"), join_january_february)
    last = {"as_of": nw.col("month").max()} if join_january_february else {}
    by_project = dated.group_by(*KEYS, "project_id").agg(
        amount_cny_10k=nw.col("amount_cny_10k").sum(),
        n_known=nw.col("amount_cny_10k").count(),
        n_rows=nw.len(),
        is_demo=nw.col("is_demo").max(),
        **last,
    )
    is_known = nw.col("n_known") > 0
    table = totals(
        by_project.with_columns(
            amount_cny_10k=nw.when(is_known).then("amount_cny_10k"),
            n_missing=nw.col("n_rows") - nw.col("n_known"),
            as_of=nw.col("as_of" if join_january_february else "period"),
        ),
        KEYS,
        {"amount_cny_10k": "n_projects"},
        n_missing=nw.col("n_missing").sum(),
        is_demo=nw.col("is_demo").max(),
        as_of=nw.col("as_of").max(),
    )
    typed = as_declared(table, FundingByMonth)
    if join_january_february:
        is_january = typed["period"].dt.month == 1
        typed["period"] = typed["period"].mask(is_january, typed["period"] + pd.DateOffset(months=1))
    return typed


def _dated(rows: nw.LazyFrame[Any], is_joined: bool) -> nw.LazyFrame[Any]:
    """Rows dated by their month, missing where only the year is known; joined, February is dated January.

    Not the other way round, because not every engine can add a month to a date; ``month`` then tells the two.
    """
    is_monthly = nw.col("precision").fill_null("month").is_in(["day", "month"])
    period: nw.Expr = nw.when(is_monthly).then(nw.col("period").dt.truncate("1mo"))
    if not is_joined:
        return rows.with_columns(period=period)
    # Where no January was reported, the year to date of February is known to the year only.
    number = nw.col("period").dt.month()
    is_both = (number == 2) & (nw.col("precision") == "year") & (nw.col("stated_as") == "ytd")
    first = nw.when((is_monthly & (number <= 2)) | is_both).then(nw.col("period").dt.truncate("1y"))
    month = nw.when(is_monthly | is_both).then(nw.col("period").dt.truncate("1mo"))
    return rows.with_columns(month=month, period=nw.coalesce(first, period))


def _every_month(dated: pd.DataFrame) -> pd.DataFrame:
    """All months of every office and kind, from the first to the last; those without a row have no amount."""
    number = dated["period"].dt.year * 12 + dated["period"].dt.month - 1
    series = number.groupby([dated["office"], dated["kind"]]).agg(["min", "max"]).reset_index()
    length = series["max"] - series["min"] + 1
    begins = length.cumsum() - length
    grid = series.loc[series.index.repeat(length), SERIES].reset_index(drop=True)
    month = np.arange(len(grid)) + (series["min"] - begins).repeat(length).to_numpy()
    period = pd.Series((month - 1970 * 12).astype("datetime64[M]"), index=grid.index).astype("datetime64[ns]")
    table = grid.assign(period=period).merge(dated, on=KEYS, how="left")
    counts = ("n_projects", "n_missing")
    return table.assign(**{name: table[name].fillna(0) for name in counts})


def _followed(table: pd.DataFrame, as_of: pd.Series, is_joined: bool) -> pd.DataFrame:
    """Months of every office and kind with the year to date and how both compare."""
    if is_joined:
        table = table[table["period"].dt.month > 1].reset_index(drop=True)
    year, month, amount = table["period"].dt.year, table["period"].dt.month, table["amount_cny_10k"]
    series, years = [table[name] for name in SERIES], [*(table[name] for name in SERIES), year]
    a_year = 11 if is_joined else 12
    is_both = (month == 2) & is_joined
    is_half = is_both & (table["period"] > as_of.reindex(table["office"]).set_axis(table.index))
    is_unequal = (month <= 3) & is_joined
    ytd = amount.fillna(0).groupby(years).cumsum().where(amount.notna().groupby(years).cummax())
    of_series, ytd_of_series = amount.groupby(series), ytd.groupby(series)
    is_comparable = _starts_no_later(table, series, years)
    return table.assign(
        ytd_cny_10k=ytd,
        n_ytd_missing=table["n_missing"].groupby(years).cumsum(),
        is_joined=is_both,
        yoy_growth=growth(amount, of_series.shift(a_year)).where(~is_half),
        mom_growth=growth(amount, of_series.shift(1)).where(~is_unequal),
        ytd_yoy_growth=growth(ytd, ytd_of_series.shift(a_year)).where(is_comparable & ~is_half),
    )


def _starts_no_later(table: pd.DataFrame, series: list[pd.Series], years: list[pd.Series]) -> pd.Series:
    """Whether the year before was followed from as early a month on: else the years do not compare.

    Only the first year of a series can be cut off; a later year without an amount in January had none.
    """
    year = years[-1]
    known = table["period"].dt.month.where(table["amount_cny_10k"].notna())
    first_year = year.where(known.notna()).groupby(series).transform("min")
    first_month = known.where(year == first_year).groupby(series).transform("min")
    is_cut_off = first_month > known.groupby(years).transform("min")
    return ~((year == first_year + 1) & is_cut_off)


def growth(value: pd.Series, base: pd.Series) -> pd.Series:
    """Growth of a value over its base as a fraction; missing where the base is missing, zero or negative.

    Examples
    --------
    >>> growth(pd.Series([120.0, 5.0, 5.0]), pd.Series([100.0, 0.0, -1.0])).tolist()
    [0.2, nan, nan]
    """
    return (value - base) / base.where(base > 0)
