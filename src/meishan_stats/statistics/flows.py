"""Stages entered in a period: the flows beside the stock of stage_stock."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes, read_codelist
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
    flows = [
        _of_period(months, first, last)
        for _, months in table.groupby("office", sort=True)
        for first, last in _periods(months["seen_on"], asked)
    ]
    ordered = in_codelist_order(
        pd.concat(flows, ignore_index=True), ["office", "start_on", "stage"], stage="stages"
    )
    return conform(ordered, StageFlow)


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
    months: pd.Series, asked: tuple[pd.Timestamp | None, pd.Timestamp | None] | None
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    if asked is None:
        years = range(months.min().year, months.max().year + 1)
        return [(pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 1)) for year in years]
    first, last = asked
    first = months.min() if first is None else first
    return [(first, max(first, months.max()) if last is None else last)]


def _of_period(months: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """All stages of one office in one period, those nobody entered too."""
    listed = read_codelist("stages").set_index("code")
    within = months[months["seen_on"].between(first, last)]
    sums = ["total_investment_cny_10k", "signed_cny_10k"]
    counts = [name for name in months if str(name).startswith("n_")]
    by_stage = within.groupby("stage")
    table = by_stage[counts].sum().join(by_stage[sums].sum(min_count=1)).reindex(codes("stages"))
    table[counts] = table[counts].fillna(0)
    is_signed = listed["is_signed"] == "yes"
    n_signed_missing = (table["n_entered"] - table["n_signed_known"]).where(is_signed, 0)
    return table.assign(
        office=months["office"].iloc[0],
        is_demo=months["is_demo"].iloc[0],
        as_of=months["as_of"].iloc[0],
        start_on=first,
        end_on=last + pd.offsets.MonthEnd(0),
        is_flow=is_signed | (listed["order"] == ""),
        n_reached=table["n_reached"].where(listed["order"] != ""),
        n_investment_missing=table["n_entered"] - table["n_investment_known"],
        signed_cny_10k=table["signed_cny_10k"].where(is_signed),
        n_signed_missing=n_signed_missing,
    ).reset_index(names="stage")
