"""What targets are held against: capital, signed amounts and projects by year, origin, size and who is to reach it."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Funding, Milestones, Projects, StageEvents
from meishan_stats.statistics.dates import is_up_to
from meishan_stats.statistics.frames import collected, opened, retyped, totals
from meishan_stats.statistics.joining import check_each_once, check_engines
from meishan_stats.statistics.reported import is_dated
from meishan_stats.statistics.stages import stage_rank
from meishan_stats.values.stages import stage_order

USER = "target_attainment"
WHO = ("town", "park", "station", "recruiter", "responsible")
ATTRIBUTES = ("origin_level", "sector", "size_tier", *WHO)
KEYS = ["office", "measure", "year", *ATTRIBUTES]
PROJECT_COLUMNS = (
    "office", "project_id", "stage", "is_signed", "signed_on", "first_reported_on", "as_of", "is_demo",
    "signed_cny_10k", *ATTRIBUTES,
)  # fmt: skip
FUNDING_COLUMNS = ("office", "project_id", "kind", "period", "precision", "amount_cny_10k", "is_demo")
Rows = nw.LazyFrame[Any]


def actual_totals(
    funding: IntoFrame,
    projects: IntoFrame,
    *,
    until: pd.Timestamp | None = None,
    stages: tuple[str, ...] = (),
    milestones: IntoFrame | None = None,
    stage_events: IntoFrame | None = None,
) -> pd.DataFrame:
    """Sum capital, signed amounts and projects by what a target may be set for, on the engine of the frames.

    Parameters
    ----------
    funding, projects : Funding, Projects
    until : last month that counts; None for all
    stages : stages whose entries are counted, from the other two tables
    milestones, stage_events : Milestones, StageEvents, of the same engine

    Returns
    -------
    One row per office, ``measure``, year, origin level, sector, size tier and who is to reach it
        ``measure`` is a kind of capital, ``signed`` or ``reached:`` with a stage. ``amount_cny_10k`` in
        万元 with ``n_known`` and ``n_missing``; ``n`` projects, those of a missing year being of unknown
        date.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        several engines.
    """
    listed = opened(projects, Projects, PROJECT_COLUMNS, USER)
    paid = opened(funding, Funding, FUNDING_COLUMNS, USER)
    planned = None if milestones is None else opened(
        milestones, Milestones, ("project_id", "milestone", "actual_on"), USER
    )  # fmt: skip
    seen = None if stage_events is None else opened(
        stage_events, StageEvents, ("project_id", "stage", "seen_on"), USER
    )  # fmt: skip
    check_engines(USER, funding=paid, projects=listed, milestones=planned, stage_events=seen)
    check_each_once(listed, USER)
    parts = [_capital(paid, listed, until), _signed(listed, until)]
    parts += [_reached(listed, planned, seen, stage, until) for stage in stages]
    frames = [_typed(part) for part in parts]
    return pd.concat(frames, ignore_index=True)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    texts = {name: "str" for name in KEYS if name != "year"}
    numbers = dict.fromkeys(("year", "amount_cny_10k", "n_known", "n_missing", "n"), "float64")
    return retyped(table, {**texts, **numbers})


def _capital(funding: Rows, projects: Rows, until: pd.Timestamp | None) -> pd.DataFrame:
    """Capital by kind; what is known to no month of the last year counts as not known before its end."""
    has_time = is_up_to("period", until)
    amount = nw.col("amount_cny_10k")
    if until is not None and until.month < 12:
        amount = nw.when(is_dated() | (nw.col("period").dt.year() < until.year)).then(amount)
    rows = (
        funding.filter(has_time)
        .with_columns(
            measure=nw.col("kind"),
            year=nw.col("period").dt.year().cast(nw.Float64()),
            amount_cny_10k=amount,
        )
        .join(projects.select("project_id", *ATTRIBUTES), on="project_id", how="left")
    )
    table = totals(rows, KEYS, {"amount_cny_10k": "n_known"}, n_rows=nw.len())
    return table.assign(n_missing=table["n_rows"] - table["n_known"], n=None).drop(columns="n_rows")


def _signed(projects: Rows, until: pd.Timestamp | None) -> pd.DataFrame:
    """Signed projects and amounts, in the year of signing, else of the first report.

    Projects of which it is not known whether they are signed stand beside, without a year.
    """
    is_signed = nw.col("is_signed") == 1
    dated = projects.filter(is_signed.fill_null(False) | nw.col("is_signed").is_null()).with_columns(
        on=nw.when(is_signed).then(nw.coalesce("signed_on", "first_reported_on")),
        signed_cny_10k=nw.when(is_signed).then(nw.col("signed_cny_10k")),
        measure=nw.lit("signed"),
    )
    counted = dated.filter(nw.col("on").is_null() | is_up_to("on", until))
    rows = counted.with_columns(year=nw.col("on").dt.year().cast(nw.Float64()))
    table = totals(rows, KEYS, {"signed_cny_10k": "n_known"}, n=nw.len())
    return table.assign(n_missing=table["n"] - table["n_known"]).rename(
        columns={"signed_cny_10k": "amount_cny_10k"}
    )


def _reached(
    projects: Rows, milestones: Rows | None, events: Rows | None, stage: str, until: pd.Timestamp | None
) -> pd.DataFrame:
    """Projects that reached a stage: on the actual date of its milestone, else when first reported there.

    A project that stood there in its first report got there some time before: its date is not known.
    """
    place = stage_order()[stage]
    joined = projects.with_columns(is_there=stage_rank() >= place, measure=nw.lit(f"reached:{stage}"))
    no_date = nw.lit(None, dtype=nw.Datetime("us"))
    joined = joined.with_columns(actual_on=no_date, first_on=no_date, before_on=no_date)
    if milestones is not None:
        done = milestones.filter((nw.col("milestone") == stage) & ~nw.col("actual_on").is_null())
        dates = done.group_by("project_id").agg(actual_on=nw.col("actual_on").min())
        joined = joined.drop("actual_on").join(dates, on="project_id", how="left")
    if events is not None:
        ranked = events.with_columns(rank=stage_rank()).filter(nw.col("rank") > 0)
        split = ranked.with_columns(
            first_on=nw.when(nw.col("rank") >= place).then(nw.col("seen_on")),
            before_on=nw.when(nw.col("rank") < place).then(nw.col("seen_on")),
        )
        ends = split.group_by("project_id").agg(nw.col("first_on").min(), nw.col("before_on").min())
        joined = joined.drop("first_on", "before_on").join(ends, on="project_id", how="left")
    seen_to_move = nw.when(nw.col("before_on") < nw.col("first_on")).then(nw.col("first_on"))
    dated = joined.with_columns(on=nw.coalesce(nw.col("actual_on"), seen_to_move))
    counted = dated.filter(is_up_to("on", until) | (nw.col("on").is_null() & nw.col("is_there")))
    rows = counted.with_columns(year=nw.col("on").dt.year().cast(nw.Float64()))
    table = collected(rows.group_by(*KEYS).agg(n=nw.len()))
    return table.assign(amount_cny_10k=None, n_known=0, n_missing=0)
