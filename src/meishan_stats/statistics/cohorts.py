"""What became of the projects that were signed together: capital arrived, building started, production."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Funding, Milestones, Projects, columns, conform
from meishan_stats.schemas.results.pipeline import CohortConversion
from meishan_stats.statistics.dates import Day, is_up_to, month_of
from meishan_stats.statistics.frames import as_declared, check_choice, in_codelist_order, opened, totals
from meishan_stats.statistics.joining import about_offices, check_each_once, check_engines
from meishan_stats.statistics.reported import is_dated, reported_until
from meishan_stats.statistics.stages import stage_rank
from meishan_stats.values.stages import STOPPED, stage_order

STEPS = ("started", "completed", "production")
COHORTS = {
    "year": "", "sector": "sectors", "method": "methods", "origin_level": "origin_levels",
    "size_tier": "size_tiers", "station": "", "town": "", "park": "",
}  # fmt: skip
"""What may make a cohort, each with the codelist that orders it."""

FUNDING_COLUMNS = ("office", "project_id", "kind", "period", "precision", "amount_cny_10k", "is_demo")
MILESTONE_COLUMNS = ("project_id", "milestone", "actual_on")


def cohort_conversion(
    projects: IntoFrame,
    funding: IntoFrame,
    milestones: IntoFrame | None = None,
    *,
    by: str = "year",
    as_of: Day | None = None,
) -> pd.DataFrame:
    """Follow the projects signed in one year to a date: capital arrived, building started, completed, in production.

    Numerator and denominator speak of the same projects: capital of a project whose signed amount is
    not known stands apart and is in no rate. A project that was terminated or suspended after signing
    (a date of signing is known) stays in its cohort; leaving it out would raise every rate. Whether it
    had started is not known without a date. Projects of which a step is not known are in the
    denominator of its rate, so that the rate is a lower bound, and are counted beside it.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.
    funding : Funding, of the same engine
        Only capital that arrived counts (``kind`` "arrived").
    milestones : Milestones, of the same engine, optional
        Actual dates; without them the stage alone says what is done.
    by : "year", "sector", "method", "origin_level", "size_tier", "station", "town" or "park"
        What makes a cohort. The year is that of signing, of the first report where no date of signing
        is known (``n_undated``).
    as_of : date, optional
        Month the rates are told of, its last day included; by default the last one reported. Capital
        not known to have arrived by then is left out. Before a project's last report only a date says that a step
        was done, and only a stage that it has not reached even now, or a later date, that it was not.

    Returns
    -------
    CohortConversion, one row per office and cohort
        Amounts in 万元. ``arrival_ratio`` (资金到位率) passes 1 where more arrived than was signed for,
        and ``exceeds`` says so; the shares of projects (开工率, 建成率, 投产率) cannot. Missing where
        the denominator is missing, zero or negative, or nothing is known of the numerator.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        several engines.
    ChoiceError
        There is no such ``by``, or ``as_of`` is no date.

    Notes
    -----
    Arrived over signed amount, and projects started over projects signed, of one cohort at a stated
    date: so a bulletin of Gansu compares three trade fairs of Lanzhou, 2 794.49 of 6 129.09 亿元 =
    45.59 %, 907 of 1 093 projects = 82.98 % and 401 of 1 093 = 36.69 % (ytjhdl.cn/xy/zs/363899.html).

    Examples
    --------
    Two projects signed in 2011 for 1 000 and 3 000; 600 arrived for the first, which is being built.

    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"],
    ...     "sector": "other", "stage": ["started", "signed"], "is_signed": True,
    ...     "signed_on": pd.to_datetime(["2011-03-01", "2011-05-01"]), "signed_cny_10k": [1000, 3000],
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a"], "name": ["甲"], "kind": "arrived",
    ...     "period": pd.to_datetime(["2011-06-01"]), "amount_cny_10k": [600], "is_derived": False,
    ... }), Funding)
    >>> result = cohort_conversion(projects, funding)
    >>> result[["cohort", "arrived_cny_10k", "signed_cny_10k", "arrival_ratio", "started_share"]]
      cohort  arrived_cny_10k  signed_cny_10k  arrival_ratio  started_share
    0   2011            600.0          4000.0           0.15            0.5
    """
    table = cohort_totals(projects, funding, milestones, by=by, as_of=as_of)
    signed, arrived = table["signed_cny_10k"], table["arrived_cny_10k"]
    ratio = arrived / signed.where(signed > 0)
    shares = {
        f"{step}_share": (table[f"n_{step}"] / table["n_signed"])
        .where(table[f"n_{step}_unknown"] < table["n_signed"])
        .astype("float64")
        for step in STEPS
    }
    rates = table.assign(by=by, arrival_ratio=ratio, exceeds=(arrived > signed).fillna(False), **shares)
    order = {"cohort": COHORTS[by]} if COHORTS[by] else {}
    return conform(in_codelist_order(rates, ["office", "cohort"], **order), CohortConversion)


def cohort_totals(
    projects: IntoFrame,
    funding: IntoFrame,
    milestones: IntoFrame | None = None,
    *,
    by: str = "year",
    as_of: Day | None = None,
) -> pd.DataFrame:
    """Count signed projects and sum their amounts by office and cohort, on the engine of the frames.

    The columns of ``CohortConversion`` without the rates, in no order of rows.

    Raises
    ------
    TableError, ChoiceError
        As ``cohort_conversion``.
    """
    check_choice("cohort_conversion", "by", by, list(COHORTS))
    month = None if as_of is None else month_of(as_of, "as_of")
    user = "cohort_conversion"
    needed = (
        "office", "project_id", "stage", "is_signed", "signed_on", "first_reported_on", "as_of", "is_demo",
        "signed_cny_10k", *([] if by == "year" else [by]),
    )  # fmt: skip
    listed = opened(projects, Projects, needed, user)
    paid = opened(funding, Funding, FUNDING_COLUMNS, user)
    dated = None if milestones is None else opened(milestones, Milestones, MILESTONE_COLUMNS, user)
    check_engines(user, projects=listed, funding=paid, milestones=dated)
    check_each_once(listed, user)
    signed = _signed(listed, month)
    key = nw.col("signing").dt.year() if by == "year" else nw.col(by)
    table = _sums(_with_steps(_with_capital(signed.with_columns(cohort=key), paid, month), dated, month))
    if by == "year":
        table["cohort"] = table["cohort"].astype("Int64").astype("string").astype("str")
    about = reported_until(paid, listed).reset_index() if month is None else about_offices(listed, month)
    declared = as_declared(
        table[[name for name in columns(CohortConversion) if name in table]], CohortConversion
    )
    return declared.merge(about[["office", "is_demo", "as_of"]], on="office")


def _signed(projects: nw.LazyFrame[Any], month: pd.Timestamp | None) -> nw.LazyFrame[Any]:
    """Projects of the cohorts: signed, or stopped after a known date of signing, by the month asked for."""
    is_stopped = nw.col("stage").is_in(STOPPED).fill_null(False)
    was_signed = (nw.col("is_signed") == 1).fill_null(False)
    flagged = projects.filter(was_signed | (is_stopped & ~nw.col("signed_on").is_null())).with_columns(
        signing=nw.coalesce("signed_on", "first_reported_on"), is_stopped=is_stopped
    )
    if month is None:
        return flagged
    return flagged.filter(is_up_to("signing", month) | nw.col("signing").is_null())


def _with_capital(
    projects: nw.LazyFrame[Any], funding: nw.LazyFrame[Any], month: pd.Timestamp | None
) -> nw.LazyFrame[Any]:
    chosen = funding.filter(nw.col("kind") == "arrived")
    if month is not None:
        # What is known to the year only had arrived by its end.
        is_whole_year = ~is_dated() & (
            nw.col("period").dt.year() <= (month.year if month.month == 12 else month.year - 1)
        )
        chosen = chosen.filter((is_dated() & is_up_to("period", month)) | is_whole_year.fill_null(False))
    arrived = chosen.group_by("project_id").agg(
        paid=nw.col("amount_cny_10k").sum(), n_paid=nw.col("amount_cny_10k").count()
    )
    joined = projects.join(arrived, on="project_id", how="left")
    is_known = (nw.col("n_paid") > 0).fill_null(False)
    has_amount = ~nw.col("signed_cny_10k").is_null()
    return joined.with_columns(
        arrived_cny_10k=nw.when(is_known & has_amount).then("paid"),
        arrived_unmatched_cny_10k=nw.when(is_known & ~has_amount).then("paid"),
    )


def _with_steps(
    projects: nw.LazyFrame[Any], milestones: nw.LazyFrame[Any] | None, month: pd.Timestamp | None
) -> nw.LazyFrame[Any]:
    """Per project and step 1 where it is done, 0 where it is not, missing where that is not known."""
    order = stage_order()
    if milestones is None:
        unknown = nw.lit(None, dtype=nw.Datetime("us"))
        joined = projects.with_columns(
            **{f"{kind}_{step}": unknown for step in STEPS for kind in ("own", "done")}
        )
    else:
        ranked = milestones.with_columns(rank=stage_rank("milestone")).filter(~nw.col("actual_on").is_null())
        # A project that is completed has been started, whether or not anybody wrote down when.
        dates = {f"done_{step}": nw.when(nw.col("rank") >= order[step]).then("actual_on") for step in STEPS}
        own = {f"own_{step}": nw.when(nw.col("milestone") == step).then("actual_on") for step in STEPS}
        wide = ranked.with_columns(**dates, **own).group_by("project_id")
        joined = projects.join(
            wide.agg(*(nw.col(name).min() for name in (*dates, *own))), on="project_id", how="left"
        )
    ranked_projects = joined.with_columns(rank=stage_rank())
    is_current = nw.lit(True) if month is None else is_up_to("as_of", month)
    return ranked_projects.with_columns(
        **{f"is_{step}": _step_state(step, order[step], is_current, month) for step in STEPS}
    )


def _step_state(step: str, rank: int, is_current: nw.Expr, month: pd.Timestamp | None) -> nw.Expr:
    has_place = nw.col("rank") > 0
    is_further = nw.col("rank") >= rank
    return nw.coalesce(
        nw.when(is_up_to(f"done_{step}", month)).then(nw.lit(1.0)),
        nw.when(has_place & ~is_further).then(nw.lit(0.0)),
        nw.when(is_further & is_current).then(nw.lit(1.0)),
        nw.when(~nw.col(f"own_{step}").is_null()).then(nw.lit(0.0)),
    )


def _sums(projects: nw.LazyFrame[Any]) -> pd.DataFrame:
    is_unpaid = ~nw.col("signed_cny_10k").is_null() & nw.col("arrived_cny_10k").is_null()
    flags = projects.with_columns(
        n_stopped=nw.col("is_stopped").cast(nw.Int64()),
        n_undated=nw.col("signed_on").is_null().cast(nw.Int64()),
        n_arrived_unknown=is_unpaid.cast(nw.Int64()),
    )
    counted = ("n_stopped", "n_undated", "n_arrived_unknown")
    table = totals(
        flags,
        ["office", "cohort"],
        {
            "signed_cny_10k": "n_signed_known", "arrived_cny_10k": "n_arrived_known",
            "arrived_unmatched_cny_10k": "n_arrived_unmatched",
            **{f"is_{step}": f"n_{step}_known" for step in STEPS},
        },
        nw.col(*counted).sum(),
        n_signed=nw.len(),
    )  # fmt: skip
    return table.assign(
        n_signed_missing=table["n_signed"] - table["n_signed_known"],
        **{f"n_{step}": table[f"is_{step}"].fillna(0) for step in STEPS},
        **{f"n_{step}_unknown": table["n_signed"] - table[f"n_{step}_known"] for step in STEPS},
    )
