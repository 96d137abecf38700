"""Forecast from the projects at hand: what is signed and has not arrived, and how much of it tends to."""

from math import sqrt
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd

from meishan_stats.statistics.forecast_methods import (
    Outlook,
    Row,
    named_years,
    refused,
    spread,
    t_quantile,
    with_interval,
)
from meishan_stats.statistics.frames import collected, retyped

PROJECT_COLUMNS = (
    "office", "project_id", "is_signed", "signed_on", "first_reported_on", "signed_cny_10k", "as_of", "is_demo",
)  # fmt: skip


class Pipeline(NamedTuple):
    """Signed projects of an office, and what arrived of each.

    Attributes
    ----------
    signed : office, project_id, on (date of signing, else of the first report), signed_cny_10k
    arrived : office, project_id, year, is_late (after the month of the forecast), amount_cny_10k
    """

    signed: pd.DataFrame
    arrived: pd.DataFrame


_KINDS = {
    "signed": {"office": "str", "project_id": "str", "on": "datetime64[ns]", "signed_cny_10k": "float64"},
    "arrived": {"office": "str", "project_id": "str", **dict.fromkeys(
        ("year", "is_late", "amount_cny_10k", "n_known"), "float64"
    )},
}  # fmt: skip
NOTHING = Pipeline(
    *(pd.DataFrame({n: pd.Series(dtype=kind) for n, kind in each.items()}) for each in _KINDS.values())
)


def pipelines(
    placed: nw.LazyFrame[Any], projects: nw.LazyFrame[Any], as_of: pd.Series
) -> dict[str, Pipeline]:
    """By office signed projects and what arrived of each by year, before and after a month; summed on the engine.

    Parameters
    ----------
    placed : Funding of one kind, opened, with the places of `with_places`
    projects : Projects, opened
    as_of : month of the forecast by office; offices of one month are read at once
    """
    is_signed = projects.filter(nw.col("is_signed") == 1)
    dated = is_signed.with_columns(on=nw.coalesce("signed_on", "first_reported_on")).select(*_KINDS["signed"])
    parts = [
        collected(
            placed.filter(nw.col("office").is_in(list(group.index)))
            .with_columns(is_late=(nw.col("month") > month).cast(nw.Int64()))
            .group_by("office", "project_id", "year", "is_late")
            .agg(amount_cny_10k=nw.col("amount_cny_10k").sum(), n_known=nw.col("amount_cny_10k").count())
        )
        for month, group in as_of.dropna().groupby(as_of.dropna().dt.month)
    ]
    signed = retyped(collected(dated), _KINDS["signed"]).groupby("office")
    arrived = retyped(pd.concat([NOTHING.arrived, *parts]), _KINDS["arrived"]).groupby("office")
    frames = [dict(list(groups)) for groups in (signed, arrived)]
    return {
        office: Pipeline(*(found.get(office, empty) for found, empty in zip(frames, NOTHING, strict=True)))
        for office in as_of.index
    }


def pipeline(outlook: Outlook, at_hand: Pipeline, level: float, years: int, conversion: float | None) -> Row:
    """``ytd + R * c``: R signed and not arrived, c the share of it expected in the months left."""
    rest, _ = outstanding(at_hand, outlook.year, outlook.n_months)
    signed = _signed_by(at_hand, outlook.year, outlook.n_months)
    about = {
        "outstanding_cny_10k": rest.sum() if len(rest) else None,
        "n_signed_missing": int(signed["signed_cny_10k"].isna().sum()),
    }
    if not len(rest):
        return {**about, **refused("no_signed_amount")}
    whole = float(rest.sum())
    if conversion is not None:
        forecast = outlook.ytd + whole * conversion
        return {
            **about, "forecast_cny_10k": forecast, "used_share": conversion, "n_years": 0, "reason": "given_share",
        }  # fmt: skip
    shares = former_shares(at_hand, outlook.full_years, outlook.n_months).tail(years)
    if shares.empty:
        return {**about, **refused("no_history")}
    share = float(shares.median())
    forecast = outlook.ytd + whole * share
    row = {**about, "forecast_cny_10k": forecast, "used_share": share, **named_years(list(shares.index))}
    if len(shares) < 2:
        return {**row, "reason": "one_year_only"}
    half = t_quantile(level, len(shares)) * spread(shares) * sqrt(1 + 1 / len(shares))
    low, high = (outlook.ytd + whole * max(end, 0.0) for end in (share - half, share + half))
    return {**row, **with_interval(outlook, forecast, low, high)}


def former_shares(at_hand: Pipeline, full_years: list[int], month: int) -> pd.Series:
    """Share of what was signed and not arrived at the end of a month that arrived in the rest of its year.

    All projects of a year together; a year in which nothing is known of what they brought has none.
    """
    found: dict[int, float] = {}
    for year in full_years:
        rest, later = outstanding(at_hand, year, month)
        if rest.sum() > 0 and later.notna().any():
            found[year] = later.sum() / rest.sum()
    return pd.Series(found, dtype="float64")


def outstanding(at_hand: Pipeline, year: int, month: int) -> tuple[pd.Series, pd.Series]:
    """Of each project signed by the end of a month: what had not arrived, none below 0, and what arrived later
    in the year, missing where nothing is known.

    Examples
    --------
    >>> on = pd.to_datetime(["2010-01-15", "2010-12-01"])
    >>> signed = pd.DataFrame({"project_id": ["a", "b"], "on": on, "signed_cny_10k": [1000.0, 50.0]})
    >>> arrived = pd.DataFrame({"project_id": "a", "year": 2010, "is_late": [0, 1], "amount_cny_10k": [300.0, 200.0]})
    >>> rest, later = outstanding(Pipeline(signed, arrived.assign(n_known=1)), 2010, 6)
    >>> rest.tolist(), later.tolist()
    ([700.0], [200.0])
    """
    known = _signed_by(at_hand, year, month).dropna(subset=["signed_cny_10k"]).set_index("project_id")
    arrived = at_hand.arrived[at_hand.arrived["n_known"] > 0]
    is_of_year, is_late = arrived["year"] == year, arrived["is_late"] == 1
    # An amount without any date was told with the first cumulative report: it had arrived before.
    is_before = arrived["year"].isna() | (arrived["year"] < year) | (is_of_year & ~is_late)
    before = arrived[is_before].groupby("project_id")["amount_cny_10k"].sum()
    later = arrived[is_of_year & is_late].groupby("project_id")["amount_cny_10k"].sum()
    rest = known["signed_cny_10k"] - before.reindex(known.index, fill_value=0.0)
    return rest.clip(lower=0), later.reindex(known.index)


def _signed_by(at_hand: Pipeline, year: int, month: int) -> pd.DataFrame:
    return at_hand.signed[at_hand.signed["on"] < pd.Timestamp(year, month, 1) + pd.DateOffset(months=1)]
