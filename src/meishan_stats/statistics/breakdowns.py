"""Projects and capital by columns of the projects: the sums that all breakdowns have in common."""

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Funding, Projects
from meishan_stats.schemas.results.sectors import SectorBreakdown
from meishan_stats.statistics.frames import opened, retyped, totals
from meishan_stats.statistics.joining import check_each_once, check_engines
from meishan_stats.statistics.stages import stopped_stages

PROJECT_COLUMNS = (
    "office", "project_id", "stage", "is_signed", "signed_on", "first_reported_on", "as_of", "is_demo",
    "signed_cny_10k", "total_investment_cny_10k",
)  # fmt: skip
FUNDING_COLUMNS = ("office", "project_id", "kind", "period", "amount_cny_10k", "is_demo")

_ABOUT = ["is_demo", "as_of"]

# Months in a period, and the precisions of a date that tell which period it is in.
MONTHS = {"year": 12, "quarter": 3, "month": 1}
_IN_A_MONTH = ["day", "ten_days", "week", "month"]
_FITTING = {"quarter": [*_IN_A_MONTH, "quarter"], "month": _IN_A_MONTH}
_EVERY = {"quarter": "1q", "month": "1mo"}
# Each amount with the count of its known values, and of the projects that should have one.
_AMOUNTS = {
    "signed": ("signed_cny_10k", "n_signed"),
    "negotiating": ("negotiating_cny_10k", "n_negotiating"),
    "total_investment": ("total_investment_cny_10k", "n_projects"),
}


def breakdown_totals(
    projects: IntoFrame, funding: IntoFrame | None, by: Sequence[str], user: str, *, time: str | None = None
) -> pd.DataFrame:
    """Count projects and sum their capital by office and columns of the projects, on the engine.

    Parameters
    ----------
    projects : Projects
    funding : Funding of the same engine, or None: what arrived is then missing, and so are its counts
    by : columns of the projects to group by
    user : name of the public function, for messages
    time : "year", "quarter" or "month" to group by that too; None adds all years

    Returns
    -------
    One row per combination that exists, in no order
        The counts and amounts of ``SectorBreakdown``, ``total_investment_cny_10k`` of all projects,
        and ``first_on``, the first month of the row with a known amount arrived.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        two engines.
    """
    is_finer = time in _FITTING
    keys = ["office", *by, *(["year"] if time else []), *(["period"] if is_finer else [])]
    dated = ["signed_precision"] if is_finer else []
    listed = opened(projects, Projects, [*PROJECT_COLUMNS, *by, *dated], user)
    check_each_once(listed, user)
    if funding is None:
        by_project = _project_totals(listed, keys, time)
        table = by_project.assign(arrived_cny_10k=float("nan"), n_arrived_known=pd.NA, n_rows=pd.NA)
        return _finished(table, by_project)
    paid = opened(funding, Funding, [*FUNDING_COLUMNS, *(["precision"] if is_finer else [])], user)
    check_engines(user, projects=listed, funding=paid)
    arrived = paid.filter(nw.col("kind") == "arrived")
    by_project = _project_totals(listed, keys, time)
    joined = arrived.join(listed.select("project_id", *by), on="project_id", how="left")
    by_arrival = _arrival_totals(joined, keys, time)
    table = by_project.merge(by_arrival.drop(columns=_ABOUT), on=keys, how="outer")
    # The outer join leaves counts missing where one side has no row: there is nothing there, so 0.
    counts = {name: table[name].fillna(0) for name in table if str(name).startswith("n_")}
    return _finished(table.assign(**counts), by_project, by_arrival)


def _finished(table: pd.DataFrame, *parts: pd.DataFrame) -> pd.DataFrame:
    """The table with what is missing counted, and with flag and date of each office from the rows of all parts."""
    rows = pd.concat([part[["office", *_ABOUT]] for part in parts])
    offices = rows.groupby("office").max().reindex(table["office"])
    about = {name: offices[name].set_axis(table.index) for name in _ABOUT}
    missing = {f"n_{name}_missing": table[n] - table[f"n_{name}_known"] for name, (_, n) in _AMOUNTS.items()}
    missing["n_arrived_missing"] = table["n_rows"] - table["n_arrived_known"]
    return _typed(table.assign(**missing, **about))


def _project_totals(projects: nw.LazyFrame[Any], keys: list[str], time: str | None) -> pd.DataFrame:
    precision = (
        nw.when(nw.col("signed_on").is_null())
        .then(nw.lit("month"))
        .otherwise(nw.col("signed_precision").fill_null("day"))
    )
    flagged = projects.with_columns(
        **_time_keys(nw.coalesce("signed_on", "first_reported_on"), precision, time),
        signed=nw.col("is_signed").fill_null(-1),
        is_stopped=nw.col("stage").fill_null("").is_in(stopped_stages()),
    )
    signed = nw.col("signed")
    is_signed, is_negotiating = signed == 1, (signed == 0) & ~nw.col("is_stopped")
    split = flagged.with_columns(
        n_signed=is_signed.cast(nw.Int64()),
        n_negotiating=is_negotiating.cast(nw.Int64()),
        n_stopped=((signed == 0) & nw.col("is_stopped")).cast(nw.Int64()),
        n_stage_unknown=(signed == -1).cast(nw.Int64()),
        signed_cny_10k=nw.when(is_signed).then("signed_cny_10k"),
        negotiating_cny_10k=nw.when(is_negotiating).then("total_investment_cny_10k"),
    )
    counted = ("n_signed", "n_negotiating", "n_stopped", "n_stage_unknown")
    table = totals(
        split,
        keys,
        {amount: f"n_{name}_known" for name, (amount, _) in _AMOUNTS.items()},
        nw.col(*counted).sum(),
        nw.col(*_ABOUT).max(),
        n_projects=nw.len(),
    )
    return _typed(table)


def _arrival_totals(arrived: nw.LazyFrame[Any], keys: list[str], time: str | None) -> pd.DataFrame:
    precision = nw.col("precision").fill_null("month")
    amount = nw.col("amount_cny_10k")
    table = totals(
        arrived.with_columns(
            arrived_cny_10k=amount,
            first_on=nw.when(~amount.is_null()).then("period"),
            as_of=nw.col("period"),
            **_time_keys(nw.col("period"), precision, time),
        ),
        keys,
        {"arrived_cny_10k": "n_arrived_known"},
        nw.col("first_on").min(),
        nw.col(*_ABOUT).max(),
        n_rows=nw.len(),
    )
    return _typed(table)


def _time_keys(on: nw.Expr, precision: nw.Expr, time: str | None) -> dict[str, nw.Expr]:
    """Year of a date and first day of its period, missing where the date is not that precise."""
    if time is None:
        return {}
    if time not in _EVERY:
        return {"year": on.dt.year()}
    period = nw.when(precision.is_in(_FITTING[time])).then(on.dt.truncate(_EVERY[time]))
    return {"year": on.dt.year(), "period": period}


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Keys as Projects declares them, counts and amounts as SectorBreakdown does, other counts too."""
    types = {name: field.dtype for name, field in {**Projects.declared, **SectorBreakdown.declared}.items()}
    counts = {str(name): "Int64" for name in table if str(name).startswith("n_")}
    return retyped(table, {**types, **counts, "first_on": "datetime64[ns]"})


def shares_of(table: pd.DataFrame, keys: Sequence[str]) -> dict[str, pd.Series]:
    """Share of each row in its group: of the projects, the signed amount and the capital arrived.

    A share is missing where the group's total is not positive.

    Examples
    --------
    >>> table = pd.DataFrame({"year": 2011, "n_projects": [1, 3], "signed_cny_10k": [5.0, 5.0],
    ...     "arrived_cny_10k": [0.0, 0.0]})
    >>> {name: share.tolist() for name, share in shares_of(table, ["year"]).items()}
    {'project_share': [0.25, 0.75], 'signed_share': [0.5, 0.5], 'arrived_share': [nan, nan]}
    """
    groups = table.groupby(list(keys), dropna=False)
    parts = {
        "project_share": "n_projects",
        "signed_share": "signed_cny_10k",
        "arrived_share": "arrived_cny_10k",
    }
    return {
        share: table[part] / groups[part].transform("sum").where(lambda total: total > 0)
        for share, part in parts.items()
    }
