"""How long projects stay at a stage, the unfinished stays included."""

from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import scipy  # its parts load on first use
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes
from meishan_stats.schemas import Projects, StageEvents, conform
from meishan_stats.schemas.results.pipeline import TimeInStage
from meishan_stats.statistics.dates import Day, is_up_to, month_number, month_of
from meishan_stats.statistics.frames import check_choice, collected, in_codelist_order, opened, retyped
from meishan_stats.statistics.joining import about_offices, check_each_once, check_engines
from meishan_stats.statistics.stages import dated_events, stage_rank, stopped_stages
from meishan_stats.values.stages import stage_order

PROJECT_COLUMNS = ("office", "project_id", "first_reported_on", "as_of", "is_demo")
EVENT_COLUMNS = ("project_id", "stage", "seen_on")
QUARTILES = {"lower_quartile_months": 0.75, "median_months": 0.5, "upper_quartile_months": 0.25}
"""Share of stays that still last when the quartile is reached."""

COUNTS = ("n_spells", "n_finished", "n_stopped", "n_begun_before")
_SPELL = ["office", "stage", "months", "is_finished", "is_stopped", "is_begun_before"]


def time_in_stage(
    stage_events: IntoFrame, projects: IntoFrame, *, stage: str | None = None, as_of: Day | None = None
) -> pd.DataFrame:
    """Tell how many months projects stay at each stage: quartiles and mean, unfinished stays included.

    A stay lasts from the month a project is first seen at a stage to the month it is first seen at
    whatever comes next, termination too (``n_stopped``). Stays that still last are not left out, which
    would make every stage look short: they are known to last at least until the project's last report
    (Kaplan-Meier). Stays already under way in the office's first report have no known beginning: they
    are counted in ``n_begun_before`` and left out of everything else.

    Parameters
    ----------
    stage_events : StageEvents, one row per project and stage
        pandas, Polars, PyArrow, DuckDB or PySpark.
    projects : Projects, of the same engine
        Their ``as_of`` ends the stays that last; ``first_reported_on`` begins the reports of an office.
    stage : str, optional
        One stage on the way of a project; by default all of them.
    as_of : date, optional
        Month to look back from; what came after it is left out.

    Returns
    -------
    TimeInStage, one row per office and stage
        A quartile is the first month by which that share of the stays has ended; it is missing where
        the curve does not come down to it. ``restricted_mean_months`` is the mean stay when those longer
        than ``horizon_months``, the longest seen, count as long as that; missing where none has ended.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        two engines.
    ChoiceError
        There is no such stage, or ``as_of`` is no date.

    Notes
    -----
    Product-limit estimate of Kaplan and Meier (1958): S(t) is the product over the months u <= t of
    1 - stays ended at u / stays that lasted at least until u. The restricted mean is the area under S.

    Examples
    --------
    Two projects negotiate from February 2011; one signs after 2 months, the other still talks in June.

    >>> events = conform(pd.DataFrame({
    ...     "office": "示例镇", "project_id": ["a", "a", "b"], "stage": ["negotiating", "signed", "negotiating"],
    ...     "seen_on": pd.to_datetime(["2011-02-01", "2011-04-01", "2011-02-01"]),
    ... }), StageEvents)
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["first", "a", "b"], "name": "x", "sector": "other",
    ...     "first_reported_on": pd.to_datetime(["2011-01-01", "2011-02-01", "2011-02-01"]),
    ...     "as_of": pd.to_datetime(["2011-06-01"] * 3),
    ... }), Projects)
    >>> stays = time_in_stage(events, projects, stage="negotiating")
    >>> stays[["n_spells", "n_finished", "median_months", "restricted_mean_months", "horizon_months"]]
       n_spells  n_finished  median_months  restricted_mean_months  horizon_months
    0         2           1            2.0                     3.0             4.0
    """
    order = stage_order()
    if stage is not None:
        check_choice("time_in_stage", "stage", stage, list(order))
    month = None if as_of is None else month_of(as_of, "as_of")
    spells = spell_totals(stage_events, projects, as_of=as_of)
    listed = opened(projects, Projects, PROJECT_COLUMNS, "time_in_stage")
    offices = about_offices(listed, month).drop(columns="begins_on")
    stages = pd.DataFrame({"stage": pd.Series([stage] if stage else list(order), dtype="str")})
    every = offices.merge(stages, how="cross").merge(_stays(spells), on=["office", "stage"], how="left")
    table = every.assign(**{name: every[name].fillna(0) for name in COUNTS})
    return conform(in_codelist_order(table, ["office", "stage"], stage="stages"), TimeInStage)


def spell_totals(stage_events: IntoFrame, projects: IntoFrame, *, as_of: Day | None = None) -> pd.DataFrame:
    """Count the stays at each stage by their length, on the engine of the frames.

    Returns
    -------
    One row per office, stage, length in months and kind of end, in no order
        ``is_finished``, ``is_stopped`` (ended by termination or suspension), ``is_begun_before`` (under
        way in the first report of the office), and ``n``, how many.

    Raises
    ------
    TableError, ChoiceError
        As ``time_in_stage``.
    """
    month = None if as_of is None else month_of(as_of, "as_of")
    events = opened(stage_events, StageEvents, EVENT_COLUMNS, "time_in_stage")
    listed = opened(projects, Projects, PROJECT_COLUMNS, "time_in_stage")
    check_engines("time_in_stage", stage_events=events, projects=listed)
    check_each_once(listed, "time_in_stage")
    lengths = _lengths(_spells(dated_events(events, month)), listed, month)
    table = collected(lengths.group_by(*_SPELL).agg(n=nw.len()))
    types = {"office": "str", "stage": "str", "months": "int64", "n": "int64"}
    return retyped(table, types | dict.fromkeys(_SPELL[3:], "bool"))


def _spells(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Stays at stages on the way of a project, each with the ``step`` that ends it, if any."""
    steps = events.select("project_id", "step")
    later = steps.join(steps.rename({"step": "next_step"}), on="project_id", how="inner")
    following = (
        later.filter(nw.col("next_step") > nw.col("step"))
        .group_by("project_id", "step")
        .agg(next_step=nw.col("next_step").min())
    )
    ranked = events.with_columns(rank=stage_rank()).filter(nw.col("rank") > 0)
    return ranked.join(following, on=["project_id", "step"], how="left")


def _lengths(
    spells: nw.LazyFrame[Any], projects: nw.LazyFrame[Any], month: pd.Timestamp | None
) -> nw.LazyFrame[Any]:
    begins = (
        projects.filter(~nw.col("first_reported_on").is_null())
        .with_columns(begins=month_number("first_reported_on"))
        .group_by("office")
        .agg(begins=nw.col("begins").min())
    )
    reported = projects.filter(is_up_to("as_of", month)).select("project_id", last=month_number("as_of"))
    joined = (
        spells.join(projects.select("project_id", "office"), on="project_id", how="inner")
        .join(begins, on="office", how="left")
        .join(reported, on="project_id", how="left")
    )
    is_finished = ~nw.col("next_step").is_null()
    # A project reported after the month asked for had not left its stage then.
    until = (
        nw.col("last") if month is None else nw.coalesce("last", nw.lit(month.year * 12 + month.month - 1))
    )
    end = nw.when(is_finished).then(nw.col("next_step") // 100).otherwise(until)
    stopped_at = [place for place, code in enumerate(codes("stages"), 1) if code in stopped_stages()]
    begun = nw.col("step") // 100
    length = (end - begun).fill_null(0)
    return joined.with_columns(
        months=nw.when(length > 0).then(length).otherwise(nw.lit(0)).cast(nw.Int64()),
        is_finished=is_finished,
        is_stopped=is_finished & (nw.col("next_step") % 100).is_in(stopped_at).fill_null(False),
        is_begun_before=(begun <= nw.col("begins")).fill_null(False),
    )


def _stays(spells: pd.DataFrame) -> pd.DataFrame:
    """Counts, quartiles and mean of the stays by office and stage."""
    n, is_known = spells["n"], ~spells["is_begun_before"]
    counted = spells[["office", "stage"]].assign(
        n_spells=n.where(is_known, 0),
        n_finished=n.where(is_known & spells["is_finished"], 0),
        n_stopped=n.where(is_known & spells["is_stopped"], 0),
        n_begun_before=n.where(~is_known, 0),
        horizon_months=spells["months"].astype("float64").where(is_known),
    )
    groups = counted.groupby(["office", "stage"])
    table = groups[list(COUNTS)].sum().join(groups["horizon_months"].max())
    known = spells[is_known].groupby(["office", "stage"])
    figures = [
        _curve(known.get_group(key)) if n_finished else [np.nan] * 4
        for key, n_finished in table["n_finished"].items()
    ]
    names = [*QUARTILES, "restricted_mean_months"]
    return table.assign(**dict(zip(names, np.array(figures).reshape(-1, 4).T, strict=True))).reset_index()


def _curve(known: pd.DataFrame) -> list[float]:
    """Quartiles and mean of the stays of one office at one stage, some of which have ended."""
    months = np.repeat(known["months"].to_numpy(float), known["n"])
    has_ended = np.repeat(known["is_finished"].to_numpy(), known["n"])
    curve = scipy.stats.ecdf(
        scipy.stats.CensoredData(uncensored=months[has_ended], right=months[~has_ended])
    ).sf
    # Products of fractions miss a half by the last digit.
    reached = [curve.quantiles[curve.probabilities <= share + 1e-12] for share in QUARTILES.values()]
    lasting = np.concatenate([[1.0], curve.probabilities[:-1]])
    mean = float(np.sum(lasting * np.diff(curve.quantiles, prepend=0.0)))
    return [*(ends[0] if len(ends) else np.nan for ends in reached), mean]
