"""Methods of attraction and visits: what they yield, and when."""

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Visits, conform
from meishan_stats.schemas.results.activity import MethodBreakdown, VisitCalendar
from meishan_stats.statistics.frames import check_choice, collected, in_codelist_order, opened
from meishan_stats.statistics.groups import looked_up, share_of, span_totals, summed, year_span
from meishan_stats.values.methods import parse_methods

VISIT_COLUMNS = (
    "office",
    "is_demo",
    "visited_on",
    "visited_precision",
    "direction",
    "n_visitors",
    "project_name",
    "project_id",
)
_SEPARATORS = r"[、，,；;/／+＋|｜\n]|和|及|与"
_FREQUENCIES = {"month": "MS", "week": "W-MON", "day": "D"}


def method_breakdown(
    projects: IntoFrame, funding: IntoFrame, *, multiple: str = "main", year: int | None = None
) -> pd.DataFrame:
    """Break projects and capital down by the method that attracted them (招商方式).

    A sheet may state several methods for a project. With ``multiple="main"`` the project counts once,
    under the first stated, and the rows add up to the office. With ``"each"`` it counts in full under
    every method stated: **the rows do not add up**, and their shares pass one together.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark. ``method`` is the main method; further ones are read
        from ``method_stated``, unless that does not name the main one (it was corrected).
    funding : Funding, one row per project and month, of the same engine
    multiple : "main" or "each"
    year : projects of the year (signed, else first reported) and capital that arrived in it; all where None

    Returns
    -------
    MethodBreakdown, one row per office and method in the order of the codelist, a missing method last
        Amounts in 万元, missing where none is known. Averages divide by the amounts known, not by all
        projects. Shares are fractions of the office over all its projects, each counted once.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the engines differ.
    ChoiceError
        ``multiple`` is neither, or ``year`` is no year.

    Notes
    -----
    Several methods may apply to one project, one of them the main one: the methods of the county's own
    reports (Meishan 2011: leaders, full-time and citizens "三合一", referral by investors, commissions).

    Examples
    --------
    One project signed for 3 000, attracted by referral and by an agent.

    >>> from meishan_stats.schemas import Funding, Projects
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a"], "name": "甲", "sector": "other",
    ...     "method": "merchant_referral", "method_stated": "以商引商、委托招商", "is_signed": True,
    ...     "signed_cny_10k": 3000,
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({"office": []}), Funding)
    >>> method_breakdown(projects, funding, multiple="each")[["method", "signed_cny_10k", "signed_share"]]
                  method  signed_cny_10k  signed_share
    0  merchant_referral          3000.0           1.0
    1       commissioned          3000.0           1.0
    """
    check_choice("method_breakdown", "multiple", multiple, ("main", "each"))
    span = year_span(year, "method_breakdown")
    stated = span_totals(projects, funding, ["method", "method_stated"], "method_breakdown", span)
    whole = summed(stated.drop(columns=["method", "method_stated"]), ["office"]).set_index("office")
    methods = stated["method"] if multiple == "main" else _each_method(stated)
    counted = stated.assign(method=methods).explode("method", ignore_index=True)
    table = summed(counted.drop(columns="method_stated"), ["office", "method"])
    shares = {
        f"{what}_share": share_of(table[part], looked_up(table["office"], whole[part]))
        for what, part in (
            ("project", "n_projects"), ("signed", "signed_cny_10k"), ("arrived", "arrived_cny_10k")
        )
    }  # fmt: skip
    result = table.assign(
        year=year,
        multiple=multiple,
        n_investment_known=table["n_total_investment_known"],
        average_signed_cny_10k=share_of(table["signed_cny_10k"], table["n_signed_known"]),
        average_investment_cny_10k=share_of(
            table["total_investment_cny_10k"], table["n_total_investment_known"]
        ),
        **shares,
    )
    return conform(in_codelist_order(result, ["office", "method"], method="methods"), MethodBreakdown)


def _each_method(table: pd.DataFrame) -> pd.Series:
    """The main method, then the others its stated text names, each once."""
    pieces = table["method_stated"].astype("str").str.split(_SEPARATORS, regex=True).explode()
    found = parse_methods(pieces).groupby(level=0, sort=False).agg(list)

    def methods(main: object, named: list[str | None]) -> list[object]:
        if main not in named:
            return [main]
        return list(dict.fromkeys([main, *(code for code in named if code and code != "other")]))

    each = [methods(main, named) for main, named in zip(table["method"], found, strict=True)]
    return pd.Series(each, index=table.index, dtype=object)


def visit_calendar(visits: IntoFrame, *, by: str = "month") -> pd.DataFrame:
    """Count visits made and received in every month, week or day.

    A visit known less precisely than ``by`` (a month only, in weeks) is in no period: it stands in a
    last row whose period is missing. Between the first and the last period every period has a row, 0
    visits where the ledger has none.

    Parameters
    ----------
    visits : Visits, one row per visit
        pandas, Polars, PyArrow, DuckDB or PySpark.
    by : "month", "week" (from Monday) or "day"

    Returns
    -------
    VisitCalendar, one row per office and period, in time
        ``n_visitors`` adds the persons that are known. ``n_with_project`` are visits that speak of a
        project, whether or not it is in the project list. ``as_of`` is the last day of a visit whose month is known.

    Raises
    ------
    TableError
        The frame lacks a column or holds another type.
    ChoiceError
        ``by`` is none of the three.

    Examples
    --------
    >>> visits = conform(pd.DataFrame({
    ...     "office": "示例镇", "visited_on": pd.to_datetime(["2011-01-05", "2011-03-01"]),
    ...     "visited_precision": ["day", "month"], "direction": ["made", "received"], "n_visitors": [3, None],
    ... }), Visits)
    >>> visit_calendar(visits)[["period", "n_visits", "n_made", "n_visitors"]]
          period  n_visits  n_made  n_visitors
    0 2011-01-01         1       1         3.0
    1 2011-02-01         0       0         NaN
    2 2011-03-01         1       0         NaN
    """
    check_choice("visit_calendar", "by", by, tuple(_FREQUENCIES))
    rows = collected(opened(visits, Visits, VISIT_COLUMNS, "visit_calendar"))
    on = rows["visited_on"].astype("datetime64[ns]")
    fine = ("day", "ten_days", "month") if by == "month" else ("day",)
    exact = on.where(rows["visited_precision"].fillna("day").isin(fine))
    first_days = {
        "month": exact.dt.to_period("M").dt.start_time,
        "week": exact - pd.to_timedelta(exact.dt.day_of_week, unit="D"),
        "day": exact,
    }
    known = rows["n_visitors"].notna().astype(int)
    counted = rows[["office"]].astype("str").assign(
        period=first_days[by].astype("datetime64[ns]"),
        n_visits=1,
        n_made=(rows["direction"] == "made").astype(int),
        n_received=(rows["direction"] == "received").astype(int),
        n_direction_unknown=(~rows["direction"].isin(["made", "received"])).astype(int),
        n_visitors=rows["n_visitors"].astype("float64"),
        n_visitors_known=known,
        n_visitors_missing=1 - known,
        n_with_project=(rows["project_name"].notna() | rows["project_id"].notna()).astype(int),
    )  # fmt: skip
    table = summed(counted, ["office", "period"])
    parts = [_without_gaps(part, _FREQUENCIES[by]) for _, part in table.groupby("office")]
    result = pd.concat(parts, ignore_index=True) if parts else table
    demo = demo_offices(rows)
    undated = result[result["period"].isna()].set_index("office")["n_visits"]
    to_month = on.where(rows["visited_precision"].fillna("day").isin(("day", "ten_days", "month")))
    last = to_month.groupby(rows["office"].astype("str")).max()
    result = result.assign(
        grouped_by=by,
        n_undated=looked_up(result["office"], undated).fillna(0),
        is_demo=result["office"].isin(demo),
        as_of=looked_up(result["office"], last),
    )
    return conform(result, VisitCalendar)


def _without_gaps(part: pd.DataFrame, frequency: str) -> pd.DataFrame:
    """Every period of one office from its first to its last, then what has no period."""
    dated = part.dropna(subset=["period"]).set_index("period")
    undated = part[part["period"].isna()]
    if dated.empty:
        return undated
    periods = pd.date_range(dated.index.min(), dated.index.max(), freq=frequency, name="period", unit="ns")
    whole = dated.reindex(periods)
    counts = [name for name in whole if str(name).startswith("n_") and name != "n_visitors"]
    whole = whole.assign(office=part["office"].iloc[0], **{str(n): whole[n].fillna(0) for n in counts})
    return pd.concat([whole.reset_index(), undated])


def demo_offices(rows: pd.DataFrame) -> set[str]:
    """Names of the offices whose rows are invented."""
    return set(rows.loc[rows["is_demo"] == 1, "office"])
