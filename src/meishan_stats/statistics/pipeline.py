"""Projects by stage: how many stand where, and how many got there in a period."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Projects, StageEvents, conform
from meishan_stats.schemas.results.pipeline import StageStock
from meishan_stats.statistics.dates import Day, is_up_to, month_of
from meishan_stats.statistics.frames import as_declared, in_codelist_order, opened, totals
from meishan_stats.statistics.joining import about_offices, check_each_once, check_engines
from meishan_stats.statistics.stages import listed_stage, stages_as_of
from meishan_stats.values.stages import stage_order

PROJECT_COLUMNS = (
    "office", "project_id", "stage", "first_reported_on", "as_of", "is_demo", "total_investment_cny_10k",
)  # fmt: skip
EVENT_COLUMNS = ("project_id", "stage", "seen_on")


def stage_stock(
    projects: IntoFrame, stage_events: IntoFrame | None = None, *, as_of: Day | None = None
) -> pd.DataFrame:
    """Count the projects that stand at each stage, and how many of them got how far: the funnel.

    ``conversion_ratio`` compares projects of all years as they stand on one day. It is no rate of
    success: a young project has not had its time yet. For rates of those who signed together see
    ``cohort_conversion``. Stopped projects stand in rows of their own and in no step of the funnel,
    because how far they had come is not in the table.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.
    stage_events : StageEvents, of the same engine, optional
        Needed for a month before the last report.
    as_of : date, optional
        Month the stock is told of, its last day included; by default the last month reported. Then a
        project reported after it is left out, and one that was reported on stands at the stage it had
        been first seen at last; a stage it fell back to makes no event.

    Returns
    -------
    StageStock, one row per office and stage of definitions/codelists/stages.csv, also those without
    projects; projects of unknown stage in a last row
        ``total_investment_cny_10k`` in 万元, missing where none is known, with the number of missing
        values beside it. ``n_reached`` counts projects at the stage or further, ``conversion_ratio`` is
        n_reached over that of the stage before, missing where that is 0.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        two engines.
    ChoiceError
        ``as_of`` is no date, or is given without ``stage_events``.

    Notes
    -----
    在谈 is a stock, read here; 签约 and 开工 are flows of a period, read from ``stage_flow``: so a park
    system of Wuhan shows them (DOMAIN.md, section 1.4).

    Examples
    --------
    Three projects: one negotiates, one has signed, one has started to build.

    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b", "c"], "name": ["甲", "乙", "丙"],
    ...     "sector": "other", "stage": ["negotiating", "signed", "started"],
    ...     "total_investment_cny_10k": [500, 3000, 6500],
    ... }), Projects)
    >>> stock = stage_stock(projects).set_index("stage")
    >>> stock.loc[["negotiating", "signed", "started"], ["n_projects", "n_reached", "total_investment_cny_10k"]]
                 n_projects  n_reached  total_investment_cny_10k
    stage
    negotiating           1          3                     500.0
    signed                1          2                    3000.0
    started               1          1                    6500.0
    """
    table = stock_totals(projects, stage_events, as_of=as_of)
    if table.empty:
        return conform(table, StageStock)
    return conform(in_codelist_order(_funnels(table), ["office", "stage"], stage="stages"), StageStock)


def stock_totals(
    projects: IntoFrame, stage_events: IntoFrame | None = None, *, as_of: Day | None = None
) -> pd.DataFrame:
    """Count projects and sum their investment by office and stage, on the engine of the frames.

    The columns of ``StageStock`` that are counted and summed, stages without projects left out, in no
    order of rows.

    Raises
    ------
    TableError, ChoiceError
        As ``stage_stock``.
    """
    month = None if as_of is None else month_of(as_of, "as_of")
    if month is not None and stage_events is None:
        raise ChoiceError(
            "给出 as_of 时还需要 stage_events：projects 只有最近的阶段",
            "as_of needs stage_events: projects hold the last stage only",
        )
    listed = opened(projects, Projects, PROJECT_COLUMNS, "stage_stock")
    events = None
    if stage_events is not None:
        events = opened(stage_events, StageEvents, EVENT_COLUMNS, "stage_stock")
    check_engines("stage_stock", projects=listed, stage_events=events)
    check_each_once(listed, "stage_stock")
    offices = about_offices(listed, month)
    if month is not None and events is not None:
        listed = _as_they_stood(listed, events, month)
    table = totals(
        listed.with_columns(stage=listed_stage()),
        ["office", "stage"],
        {"total_investment_cny_10k": "n_known"},
        n_projects=nw.len(),
    )
    n_missing = table["n_projects"].astype("Int64") - table["n_known"].astype("Int64")
    table = as_declared(table.drop(columns="n_known").assign(n_missing=n_missing), StageStock)
    return table.merge(offices[["office", "is_demo", "as_of"]], on="office")


def _as_they_stood(
    projects: nw.LazyFrame[Any], events: nw.LazyFrame[Any], month: pd.Timestamp
) -> nw.LazyFrame[Any]:
    """Projects known by a month at their stages then; the last report of a project holds from its month on."""
    first_known = nw.col("first_reported_on").is_null() | is_up_to("first_reported_on", month)
    then = stages_as_of(events, month)
    joined = projects.filter(first_known).join(then, on="project_id", how="left")
    is_last_word = is_up_to("as_of", month)
    return joined.with_columns(stage=nw.when(is_last_word).then("stage").otherwise("stage_then"))


def _funnels(stock: pd.DataFrame) -> pd.DataFrame:
    """All stages of every office, those without projects too, with shares and what was reached."""
    offices = stock[["office", "is_demo", "as_of"]].drop_duplicates("office")
    # A missing stage is the last row; a merge, unlike a reindex, finds it whatever an engine calls it.
    stages = pd.DataFrame({"stage": [*codes("stages"), None]}).astype({"stage": "str"})
    every = offices.merge(stages, how="cross")
    table = every.merge(stock.drop(columns=["is_demo", "as_of"]), on=["office", "stage"], how="left")
    counts = {name: table[name].fillna(0) for name in ("n_projects", "n_missing")}
    n, amount = counts["n_projects"], table["total_investment_cny_10k"]
    total = amount.groupby(table["office"]).transform(lambda known: known.sum())
    on_the_way = n[table["stage"].isin(list(stage_order()))]
    reached = on_the_way[::-1].groupby(table["office"]).cumsum()[::-1].astype("float64")
    before = reached.groupby(table["office"]).shift(1)
    return table.assign(
        **counts,
        project_share=n / n.groupby(table["office"]).transform("sum"),
        investment_share=amount / total.where(total > 0),
        n_reached=reached.astype("Int64"),
        conversion_ratio=reached / before.where(before > 0),
    )
