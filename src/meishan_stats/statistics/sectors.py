"""Projects and capital by sector: who signed, who still negotiates, what arrived."""

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import columns, conform
from meishan_stats.schemas.results.sectors import SectorBreakdown
from meishan_stats.statistics.breakdowns import MONTHS, breakdown_totals, shares_of
from meishan_stats.statistics.frames import check_choice, in_codelist_order
from meishan_stats.statistics.funding import growth

KEYS = ["office", "sector", "subsector", "year", "period"]


def sector_breakdown(
    projects: IntoFrame, funding: IntoFrame, *, by: str = "year", subsector: bool = False
) -> pd.DataFrame:
    """Break projects and capital down by office, sector and year, quarter or month.

    A project counts in the year it was signed, or first reported where no date of signing is known;
    arrived capital counts in the year it arrived, whenever its project was signed. So the arrived
    capital of a row is not that of the row's projects, and their quotient is no rate of arrival: for
    that see ``cohort_conversion``. What is signed and what is under negotiation stand apart and are
    never added.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark. A project is signed where ``is_signed`` is true;
        it negotiates where that is false and its stage is neither terminated nor suspended; where
        ``is_signed`` is missing, that is unknown.
    funding : Funding, one row per project and month, of the same engine
        Only capital that arrived counts (``kind`` "arrived").
    by : "year", "quarter" or "month"
        What is known only to the year stands in a row of that year whose ``period`` is missing.
    subsector : whether the parts of a sector, such as 光伏制造, are rows of their own

    Returns
    -------
    SectorBreakdown, one row per office, sector, part of it where asked for, and period
        Sectors in the order of definitions/codelists/sectors.csv, a missing sector or date last.
        Amounts in 万元 (10 000 yuan); missing where none is known, with the number of missing values
        beside them. A signed project without a signed amount is such a missing value: its total
        investment does not stand in. Shares are fractions of the office's period over all sectors,
        missing where that total is not positive. Further:

        ``average_signed_cny_10k`` = signed amount / signed projects with a known amount.

        ``signed_growth``, ``arrived_growth`` (同比) = (amount - base) / base, the base being the same
        period a year before; missing (不可比) where the base is missing, zero or negative, where the
        period is not yet over by ``as_of``, and for ``arrived_growth`` where the office's reports
        begin later within the base than within the period: a part is no base for a whole, nor the
        reverse.

    Raises
    ------
    ChoiceError
        There is no such ``by``.
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        two engines.

    See Also
    --------
    sector_totals : the same counts and sums, without shares, averages and growth and in no order.
    sector_by_origin, sector_by_stage : sectors crossed with another column.
    cohort_conversion : what arrived of what the same projects signed for.

    Examples
    --------
    Two projects signed in 2011 for 1 000 and 3 000; 600 arrived for the first.

    >>> from meishan_stats.schemas.records import Funding, Projects
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"],
    ...     "sector": ["modern_textiles", "new_energy"], "stage": "signed", "is_signed": True,
    ...     "signed_on": pd.to_datetime(["2011-03-01", "2011-05-01"]), "signed_cny_10k": [1000, 3000],
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a"], "name": ["甲"], "kind": "arrived",
    ...     "period": pd.to_datetime(["2011-06-01"]), "amount_cny_10k": [600], "is_derived": False,
    ... }), Funding)
    >>> result = sector_breakdown(projects, funding)
    >>> result[["sector", "year", "signed_cny_10k", "signed_share", "arrived_cny_10k"]]
                sector  year  signed_cny_10k  signed_share  arrived_cny_10k
    0       new_energy  2011          3000.0          0.75              NaN
    1  modern_textiles  2011          1000.0          0.25            600.0
    >>> quarters = sector_breakdown(projects, funding, by="quarter")
    >>> quarters[["sector", "period", "signed_cny_10k", "arrived_cny_10k"]]
                sector     period  signed_cny_10k  arrived_cny_10k
    0       new_energy 2011-04-01          3000.0              NaN
    1  modern_textiles 2011-01-01          1000.0              NaN
    2  modern_textiles 2011-04-01             NaN            600.0
    """
    check_choice("sector_breakdown", "by", by, list(MONTHS))
    check_choice("sector_breakdown", "subsector", subsector, [True, False])
    table = in_codelist_order(_all_totals(projects, funding, by, subsector), KEYS, sector="sectors")
    n_known = table["n_signed"] - table["n_signed_missing"]
    result = table.assign(
        by=by,
        average_signed_cny_10k=table["signed_cny_10k"] / n_known,
        **shares_of(table, ["office", "year", "period"]),
        **_growth_on_year(table, by),
    )
    return conform(result, SectorBreakdown)


def sector_totals(
    projects: IntoFrame, funding: IntoFrame, *, by: str = "year", subsector: bool = False
) -> pd.DataFrame:
    """Count projects and sum their capital by office, sector and period, on the engine of the frames.

    The columns of ``SectorBreakdown`` that are counts and sums, in no order of rows.

    Raises
    ------
    ChoiceError, TableError
        As ``sector_breakdown``.
    """
    check_choice("sector_totals", "by", by, list(MONTHS))
    table = _all_totals(projects, funding, by, subsector).assign(by=by)
    return table[[name for name in columns(SectorBreakdown) if name in table]]


def _all_totals(projects: IntoFrame, funding: IntoFrame, by: str, subsector: bool) -> pd.DataFrame:
    keys = ["sector", *["subsector"][:subsector]]
    table = breakdown_totals(projects, funding, keys, "sector_breakdown", time=by)
    blank = {"subsector": pd.Series(dtype="str"), "period": pd.Series(dtype="datetime64[ns]")}
    return table.assign(**{name: values for name, values in blank.items() if name not in table})


def _growth_on_year(table: pd.DataFrame, by: str) -> dict[str, pd.Series]:
    """Growth of signed and arrived amounts over the same period a year before, where they compare."""
    amounts = ["signed_cny_10k", "arrived_cny_10k"]
    periods = table.groupby(["office", "year", "period"], dropna=False)
    known = table.assign(first_on=periods["first_on"].transform("min"))
    earlier = known.assign(year=known["year"] + 1, period=known["period"] + pd.DateOffset(years=1))
    base = known[KEYS].merge(earlier[[*KEYS, *amounts, "first_on"]], on=KEYS, how="left")
    compares = _is_over(table, by) & table["year" if by == "year" else "period"].notna()
    # Only the first period an office reports can be cut off; a later one without capital had none.
    begins = base["first_on"] == table.groupby("office")["first_on"].transform("min")
    is_cut_off = begins & (base["first_on"].dt.month > known["first_on"].dt.month)
    signed, arrived = (growth(known[name], base[name]).where(compares) for name in amounts)
    return {"signed_growth": signed, "arrived_growth": arrived.where(~is_cut_off)}


def _is_over(table: pd.DataFrame, by: str) -> pd.Series:
    """Whether the last month of a row's period has been reported, as far as the date of the row tells."""
    months = table["year"].astype("float64") * 12 + table["period"].dt.month.fillna(1)
    reported = table["as_of"].dt.year * 12 + table["as_of"].dt.month
    return ~(reported < months + MONTHS[by] - 1)
