"""Projects under negotiation of which nothing has been heard: the lights of the project pool."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes, read_codelist
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Projects, StageEvents, Visits, conform
from meishan_stats.schemas.results.pipeline import StaleNegotiations
from meishan_stats.statistics.dates import Day, is_up_to, last_days, month_of, months_between
from meishan_stats.statistics.frames import as_declared, collected, opened
from meishan_stats.statistics.joining import about_offices, check_each_once, check_engines
from meishan_stats.statistics.stages import dated_events, stages_as_of
from meishan_stats.values.stages import STOPPED

PROJECT_COLUMNS = (
    "office", "project_id", "name", "stage", "is_signed", "total_investment_cny_10k", "responsible",
    "recruiter", "first_reported_on", "as_of", "is_demo",
)  # fmt: skip
EVENT_COLUMNS = ("project_id", "stage", "seen_on")
VISIT_COLUMNS = ("project_id", "visited_on", "visited_precision")


def stale_negotiations(
    projects: IntoFrame,
    stage_events: IntoFrame,
    visits: IntoFrame | None = None,
    *,
    as_of: Day | None = None,
    yellow: int = 2,
    red: int = 3,
    out: int = 6,
) -> pd.DataFrame:
    """List the projects under negotiation with the months since anything moved, and a light for each.

    Progress is a stage the project had not reached before, or a visit that names it; until then its
    first report. Talks that no sheet mentions are not seen, so a light asks a question and is no
    verdict. A visit known only to the quarter or year counts at its end.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark. Listed are those not signed and not stopped; where
        that is not known a project is not listed.
    stage_events : StageEvents, of the same engine
    visits : Visits, of the same engine, optional
    as_of : date, optional
        Month the list is made for, by default the last one reported. A project reported after it
        counts by the stage it had been first seen at last.
    yellow, red, out : int
        Months without progress. Yellow and red from that many on, out of the pool above ``out``.

    Returns
    -------
    StaleNegotiations, one row per project under negotiation, the longest silent first in each office
        ``light`` is a code of definitions/codelists/lights.csv; missing where no date at all is known.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        several engines.
    ChoiceError
        The thresholds are no months in rising order, or ``as_of`` is no date.

    Notes
    -----
    Two consecutive months without progress yellow, three red, more than half a year out of the pool: the
    economic development zone of Handan (handan.hebnews.cn, 2024-03-18).

    Examples
    --------
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"], "sector": "other",
    ...     "stage": "negotiating", "is_signed": False, "as_of": pd.to_datetime(["2011-05-01"] * 2),
    ... }), Projects)
    >>> events = conform(pd.DataFrame({
    ...     "office": "示例镇", "project_id": ["a", "b"], "stage": "negotiating",
    ...     "seen_on": pd.to_datetime(["2011-04-01", "2011-02-01"]),
    ... }), StageEvents)
    >>> stale_negotiations(projects, events)[["name", "months_without_progress", "light"]]
      name  months_without_progress  light
    0    乙                        3    red
    1    甲                        1  green
    """
    _check_thresholds(yellow, red, out)
    user = "stale_negotiations"
    month = None if as_of is None else month_of(as_of, "as_of")
    listed = opened(projects, Projects, PROJECT_COLUMNS, user)
    events = opened(stage_events, StageEvents, EVENT_COLUMNS, user)
    seen = None if visits is None else opened(visits, Visits, VISIT_COLUMNS, user)
    check_engines(user, projects=listed, stage_events=events, visits=seen)
    check_each_once(listed, user)
    offices = about_offices(listed, month).drop(columns="begins_on")
    table = _negotiating(listed, events, month).drop(columns=["is_demo", "as_of"]).merge(offices, on="office")
    progress = _last_progress(table, events, seen, month)
    table = table.assign(**{name: progress[name] for name in progress})
    months = months_between(table["last_progress_on"], table["as_of"]).clip(lower=0)
    table = table.assign(months_without_progress=months, light=_lights(months, yellow, red, out))
    ordered = table.sort_values(
        ["office", "months_without_progress", "project_id"], ascending=[True, False, True], na_position="last"
    )
    return conform(ordered, StaleNegotiations)


def _lights(months: pd.Series, yellow: int, red: int, out: int) -> pd.Series:
    light = pd.Series("green", index=months.index, dtype="str")
    for name, is_on in (("yellow", months >= yellow), ("red", months >= red), ("out", months > out)):
        light = light.mask(is_on.fillna(False).astype(bool), name)
    return light.where(months.notna())


def _check_thresholds(yellow: int, red: int, out: int) -> None:
    given = (yellow, red, out)
    whole = all(isinstance(months, int) and not isinstance(months, bool) for months in given)
    if not whole or not 0 < yellow <= red <= out:
        raise ChoiceError(
            f"yellow、red、out 应为由小到大的正整数（月），不能是 {given}",
            f"yellow, red and out must be whole months, rising from 1, not {given}",
        )


def _negotiating(
    projects: nw.LazyFrame[Any], events: nw.LazyFrame[Any], month: pd.Timestamp | None
) -> pd.DataFrame:
    """Projects under negotiation at the end of a month, in pandas."""
    is_negotiating = (nw.col("is_signed") == 0).fill_null(False) & ~nw.col("stage").is_in(STOPPED).fill_null(
        False
    )
    if month is None:
        chosen = projects.filter(is_negotiating)
    else:
        stages = read_codelist("stages")
        before = stages.loc[(stages["order"] != "") & (stages["is_signed"] != "yes"), "code"].tolist()
        first_known = nw.col("first_reported_on").is_null() | is_up_to("first_reported_on", month)
        # A project without a month of its last report was named elsewhere: what its row says holds.
        is_current = nw.col("as_of").is_null() | is_up_to("as_of", month)
        then = projects.filter(first_known).join(stages_as_of(events, month), on="project_id", how="left")
        was_negotiating = nw.col("stage_then").is_in(before).fill_null(False)
        chosen = then.filter((is_current & is_negotiating) | (~is_current & was_negotiating)).with_columns(
            stage=nw.when(is_current).then("stage").otherwise("stage_then")
        )
    return as_declared(collected(chosen.select(*PROJECT_COLUMNS)), Projects)


def _last_progress(
    table: pd.DataFrame,
    events: nw.LazyFrame[Any],
    visits: nw.LazyFrame[Any] | None,
    month: pd.Timestamp | None,
) -> pd.DataFrame:
    """Month and kind of the last progress of each project of a table."""
    ids, until = table["project_id"], table["as_of"]
    stages = dated_events(events, month).group_by("project_id").agg(on=nw.col("seen_on").max())
    seen = _by_project(collected(stages))["on"]
    # reindex, not map: pandas cannot map by a series of dates that is empty.
    dates = {"stage": seen.reindex(ids).set_axis(ids.index)}
    if visits is not None:
        known = visits.filter(is_up_to("visited_on", month) & ~nw.col("project_id").is_null())
        last = known.group_by("project_id", "visited_precision").agg(on=nw.col("visited_on").max())
        found = _by_project(collected(last))
        ends = last_days(found["on"], found["visited_precision"]).groupby(level=0).max()
        dates["visit"] = ends.reindex(ids).set_axis(ids.index)
    dates["first_report"] = table["first_reported_on"]
    # Of two kinds in one month the first of the codelist is named.
    months = pd.DataFrame(
        {kind: _month_start(dates[kind]) for kind in codes("progress_kinds") if kind in dates},
        index=table.index,
    )
    last_on = months.max(axis=1)
    kinds = pd.Series(None, index=table.index, dtype="str")
    for kind in reversed(months.columns):
        kinds = kinds.mask((months[kind] == last_on).astype(bool), kind)
    # What is known to the year only may end after the month of the report.
    return pd.DataFrame({"last_progress_on": last_on.where(~(last_on > until), until), "progress": kinds})


def _by_project(table: pd.DataFrame) -> pd.DataFrame:
    on = pd.to_datetime(table["on"]).astype("datetime64[ns]")
    text = {name: table[name].astype("str") for name in table if name != "on"}
    return table.assign(on=on, **text).set_index("project_id")


def _month_start(dates: pd.Series) -> pd.Series:
    days = pd.to_datetime(dates).astype("datetime64[ns]")
    return days - pd.to_timedelta(days.dt.day - 1, unit="D")
