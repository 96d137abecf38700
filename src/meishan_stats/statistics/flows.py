"""Stages entered in a period: the flows beside the stock of stage_stock."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import read_codelist
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Projects, StageEvents, conform
from meishan_stats.schemas.results.pipeline import StageFlow
from meishan_stats.statistics.dates import Day, month_of
from meishan_stats.statistics.frames import as_declared, in_codelist_order, opened, totals
from meishan_stats.statistics.joining import about_offices, check_each_once, check_engines
from meishan_stats.statistics.stages import dated_events, stage_rank
from meishan_stats.values.stages import stage_order

PROJECT_COLUMNS = (
    "office", "project_id", "first_reported_on", "as_of", "is_demo", "total_investment_cny_10k",
    "signed_cny_10k",
)  # fmt: skip
EVENT_COLUMNS = ("project_id", "stage", "seen_on")
_KEYS = ["office", "seen_on", "stage"]


def stage_flow(
    stage_events: IntoFrame,
    projects: IntoFrame,
    *,
    year: int | None = None,
    start: Day | None = None,
    end: Day | None = None,
) -> pd.DataFrame:
    """Count the projects that entered each stage in a period, with their amounts.

    签约, 开工 and what follows are flows; of 在谈 and 线索 the stock is printed, whatever the period
    (``stage_stock``), and ``is_flow`` says so. A project enters a stage in the month it is first seen
    there. Those that stand there in the office's first report may have entered long before; they are
    counted, and ``n_at_first_report`` says how many they are. A project that skips a stage in the
    reports never enters it: ``n_reached`` counts it all the same.

    Parameters
    ----------
    stage_events : StageEvents, one row per project and stage
        pandas, Polars, PyArrow, DuckDB or PySpark.
    projects : Projects, of the same engine
    year : int, optional
        One calendar year.
    start, end : date, optional
        One period of whole months, both included; by default from the first event, to the last.
        Without year, start and end every calendar year with events has its own rows.

    Returns
    -------
    StageFlow, one row per office, period and stage of definitions/codelists/stages.csv
        Amounts in 万元; missing where none is known, with the number of missing values beside them.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        two engines.
    ChoiceError
        Both a year and a start or an end are given, one of them is no date, or the end is before the
        start.

    Examples
    --------
    A project negotiates from January 2011 and has started to build in March; nobody reported its signing.

    >>> events = conform(pd.DataFrame({
    ...     "office": "示例镇", "project_id": "a", "stage": ["negotiating", "started"],
    ...     "seen_on": pd.to_datetime(["2011-01-01", "2011-03-01"]),
    ... }), StageEvents)
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a"], "name": "甲", "sector": "other",
    ...     "first_reported_on": pd.to_datetime(["2011-01-01"]),
    ... }), Projects)
    >>> flow = stage_flow(events, projects, year=2011).set_index("stage")
    >>> flow.loc[["negotiating", "signed", "started"], ["n_entered", "n_at_first_report", "n_reached"]]
                 n_entered  n_at_first_report  n_reached
    stage
    negotiating          1                  1          1
    signed               0                  0          1
    started              1                  0          1
    """
    asked = _asked_period(year, start, end)
    table = flow_totals(stage_events, projects)
    if table.empty:
        return conform(table, StageFlow)
    flows = _in_periods(table, _periods(table, asked))
    return conform(in_codelist_order(flows, ["office", "start_on", "stage"], stage="stages"), StageFlow)


def flow_totals(stage_events: IntoFrame, projects: IntoFrame) -> pd.DataFrame:
    """Count the projects that entered each stage, by office and month, on the engine of the frames.

    Returns
    -------
    One row per office, month (``seen_on``) and stage entered or reached in it, in no order
        The counts and sums of ``StageFlow``.

    Raises
    ------
    TableError
        As ``stage_flow``.
    """
    events = opened(stage_events, StageEvents, EVENT_COLUMNS, "stage_flow")
    listed = opened(projects, Projects, PROJECT_COLUMNS, "stage_flow")
    check_engines("stage_flow", stage_events=events, projects=listed)
    check_each_once(listed, "stage_flow")
    offices = about_offices(listed)
    dated = dated_events(events).with_columns(seen_on=nw.col("seen_on").dt.truncate("1mo"))
    begins = listed.group_by("office").agg(begins_on=nw.col("first_reported_on").min())
    entered = dated.join(listed, on="project_id", how="inner").join(begins, on="office", how="left")
    at_first = (nw.col("seen_on") <= nw.col("begins_on")).fill_null(False)
    by_entry = totals(
        entered.with_columns(n_at_first_report=at_first.cast(nw.Int64())),
        _KEYS,
        {"total_investment_cny_10k": "n_investment_known", "signed_cny_10k": "n_signed_known"},
        n_entered=nw.len(),
        n_at_first_report=nw.col("n_at_first_report").sum(),
    )
    by_reach = _first_reached(dated, listed)
    typed = [
        as_declared(part.astype({"seen_on": "datetime64[ns]"}), StageFlow) for part in (by_entry, by_reach)
    ]
    table = typed[0].merge(typed[1], on=_KEYS, how="outer")
    counts = table.columns[table.columns.str.startswith("n_")]
    table[counts] = table[counts].fillna(0).astype("Int64")
    return table.merge(offices[["office", "is_demo", "as_of"]], on="office")


def _first_reached(dated: nw.LazyFrame[Any], projects: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Projects first seen at each stage or further, by office, month and stage: n_reached.

    A project that goes from negotiation to building reaches all stages between in that month.
    """
    ranked = dated.with_columns(rank=stage_rank()).filter(nw.col("rank") > 0)
    monthly = ranked.group_by("project_id", "seen_on").agg(rank=nw.col("rank").max())
    earlier = monthly.rename({"seen_on": "earlier_on", "rank": "earlier"})
    before = (
        monthly.join(earlier, on="project_id", how="inner")
        .filter(nw.col("earlier_on") < nw.col("seen_on"))
        .group_by("project_id", "seen_on")
        .agg(before=nw.col("earlier").max())
    )
    advances = (
        monthly.join(before, on=["project_id", "seen_on"], how="left")
        .with_columns(before=nw.col("before").fill_null(0))
        .filter(nw.col("rank") > nw.col("before"))
        .join(projects.select("project_id", "office"), on="project_id", how="inner")
    )
    counts = totals(advances, ["office", "seen_on", "before", "rank"], {}, n_reached=nw.len())
    passed = [
        counts.loc[
            (counts["before"] < rank) & (rank <= counts["rank"]), ["office", "seen_on", "n_reached"]
        ].assign(stage=code)
        for code, rank in stage_order().items()
    ]
    return pd.concat(passed).groupby(_KEYS, as_index=False)["n_reached"].sum()


def _asked_period(
    year: int | None, start: Day | None, end: Day | None
) -> tuple[pd.Timestamp | None, pd.Timestamp | None] | None:
    """First and last month asked for; None for every year."""
    if year is not None:
        if start is not None or end is not None:
            raise ChoiceError("year 与 start、end 只能给一种", "give a year, or start and end, not both")
        if isinstance(year, bool) or not isinstance(year, int) or not 1900 <= year <= 2200:
            raise ChoiceError(
                f"year 应为年份，如 2011，不能是 {year!r}", f"year must be a year such as 2011, not {year!r}"
            )
        return pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 1)
    if start is None and end is None:
        return None
    first = None if start is None else month_of(start, "start")
    last = None if end is None else month_of(end, "end")
    if first is not None and last is not None and last < first:
        raise ChoiceError(
            f"end（{last:%Y-%m}）早于 start（{first:%Y-%m}）",
            f"end ({last:%Y-%m}) is before start ({first:%Y-%m})",
        )
    return first, last


def _periods(
    table: pd.DataFrame, asked: tuple[pd.Timestamp | None, pd.Timestamp | None] | None
) -> pd.DataFrame:
    """First and last month of the periods of each office, with what is told of the office."""
    months = table.groupby("office")
    offices = months[["is_demo", "as_of"]].first()
    first, last = months["seen_on"].min(), months["seen_on"].max()
    if asked is None:
        n_years = last.dt.year - first.dt.year + 1
        every = offices.assign(year=first.dt.year).loc[offices.index.repeat(n_years)].reset_index()
        year = (every.pop("year") + every.groupby("office").cumcount()).astype("str")
        ends = {"start_on": pd.to_datetime(year + "-01-01"), "last_month": pd.to_datetime(year + "-12-01")}
        return every.assign(**{name: ends[name].astype("datetime64[ns]") for name in ends})
    start, end = asked
    first = first if start is None else first.mask(first.notna(), start)
    last = last.where(last > first, first) if end is None else last.mask(last.notna(), end)
    return offices.assign(start_on=first, last_month=last).reset_index()


def _in_periods(table: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """All stages of every office and period, those nobody entered too."""
    listed = read_codelist("stages")
    keys, sums = ["office", "start_on", "stage"], ["total_investment_cny_10k", "signed_cny_10k"]
    counts = [name for name in table if str(name).startswith("n_")]
    dated = table.drop(columns=["is_demo", "as_of"]).merge(periods, on="office")
    entries = dated[dated["seen_on"].between(dated["start_on"], dated["last_month"])].groupby(keys)
    by_stage = entries[counts].sum().join(entries[sums].sum(min_count=1))
    stages = pd.DataFrame(
        {
            "stage": listed["code"].astype("str"),
            "is_signed": listed["is_signed"] == "yes",
            "is_ordered": listed["order"] != "",
        }
    )
    flows = periods.merge(stages, how="cross").merge(by_stage, on=keys, how="left")
    n = flows[counts].fillna(0)
    flows[counts] = n
    is_signed, is_ordered = flows["is_signed"], flows["is_ordered"]
    return flows.assign(
        end_on=flows["last_month"] + pd.offsets.MonthEnd(0),
        is_flow=is_signed | ~is_ordered,
        n_reached=n["n_reached"].where(is_ordered),
        n_investment_missing=n["n_entered"] - n["n_investment_known"],
        signed_cny_10k=flows["signed_cny_10k"].where(is_signed),
        n_signed_missing=(n["n_entered"] - n["n_signed_known"]).where(is_signed, 0),
    )
