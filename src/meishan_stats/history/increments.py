"""Monthly amounts from what the reports state: of the month, of the year to date, of all years."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from meishan_stats.history.disagreements import disagreements
from meishan_stats.history.runs import group_codes, ordered_rows
from meishan_stats.history.stated import (
    TOLERANCE,
    Array,
    Known,
    Stated,
    cumulative,
    growth_and_rest,
    known_before,
    stated_amounts,
)
from meishan_stats.normalise.exchange import Rates, in_yuan
from meishan_stats.problems import Problem
from meishan_stats.schemas import Funding, conform

_SERIES = ["project_id", "kind", "currency"]
_KEPT = ["office", "source_file", "source_sheet", "source_row", "project_id", "name", "kind", "currency"]


def monthly_increments(
    reports: pd.DataFrame,
    months: frozenset[pd.Timestamp],
    problems: list[Problem],
    *,
    rates: Rates | None = None,
    is_demo: bool = False,
) -> pd.DataFrame:
    """Monthly amounts of every project and kind from what was stated of month, year and all years.

    A series is one project, kind and currency. The growth of a cumulative amount counts, the month's own
    amount checks it; where both disagree both are kept, the month as stated and the rest in the year
    without a month. What came before the first cumulative report is kept apart, in the year or undated.

    `months` are those the office reported at all: where it reported the month before and stated
    nothing of a project, the project's cumulative amounts began at nothing.
    """
    if reports.empty:
        return conform(reports, Funding)
    ordered = reports[[*_KEPT, "period", "stated_as", "amount_10k", "precision", "cell"]]
    ordered = ordered.iloc[ordered_rows(ordered, [*_SERIES, "period"])].reset_index(drop=True)
    series, _ = group_codes(ordered, _SERIES)
    stated = stated_amounts(ordered, series)
    known = known_before(stated, months)
    problems.extend(disagreements(ordered, stated, known))
    frame = _emitted(ordered, [_undated(ordered, series), *_amounts(ordered, stated, known)])
    yuan = in_yuan(frame["amount_10k"], frame["currency"], frame["period"], frame["precision"], rates)
    own = frame["amount_10k"].where(frame["currency"] == "CNY")
    cny = yuan["cny"].where(frame["period"].notna(), own)
    frame = frame.assign(amount_cny_10k=cny, is_demo=is_demo)
    return conform(frame.iloc[ordered_rows(frame, ["office", *_SERIES[:2], "period", "precision"])], Funding)


class _Piece(NamedTuple):
    """Rows of the table to come: their source rows, where they belong, and what they say."""

    row: Array
    place: Array
    period: Any
    amount: Array
    precision: Any
    stated_as: Any
    is_derived: bool


def _undated(ordered: pd.DataFrame, series: Array) -> _Piece:
    """Amounts without a month, each once; the last report of an amount is its source."""
    rows = np.flatnonzero(ordered["period"].isna())
    amounts = pd.DataFrame({"series": series[rows], "amount": ordered["amount_10k"].to_numpy()[rows]})
    same = amounts.groupby(["series", "amount"], sort=False, dropna=False).ngroup().to_numpy()
    last = np.zeros(same.max(initial=-1) + 1, dtype=int)
    last[same] = rows
    first = rows[~amounts.duplicated().to_numpy()]
    how, amount = ordered["stated_as"].to_numpy()[last], ordered["amount_10k"].to_numpy()[last]
    return _Piece(last, first, np.datetime64("NaT"), amount, "unknown", how, False)


def _amounts(ordered: pd.DataFrame, stated: Stated, known: Known) -> Iterator[_Piece]:
    """Amounts of every month, in the order in which one month's follow one another."""
    precisions, hows = (ordered[name].to_numpy() for name in ("precision", "stated_as"))
    period, new_year = stated.period.to_numpy(), stated.period.to_numpy().astype("M8[Y]")
    month, ytd, total = (stated.amount[how] for how in ("month", "ytd", "total"))
    has_month = ~np.isnan(month)

    def piece(
        where: Array, row: Array, time: Any, amount: Array, precision: Any, how: Any, derived: bool
    ) -> _Piece:
        def some(values: Any) -> Any:
            return values[where] if isinstance(values, np.ndarray) else values

        return _Piece(
            row[where], stated.first[where], some(time), amount[where], some(precision), some(how), derived
        )

    for how in ("quarter", "half"):
        yield piece(stated.last[how] >= 0, stated.last[how], period, stated.amount[how], how, how, False)
    for how, after, before, where in cumulative(stated, known):
        row = stated.last[how]
        growth, rest = growth_and_rest(after, before, month)
        is_whole = where & ~np.isnan(before) & ~(np.abs(rest) > TOLERANCE)
        is_parted = where & ~np.isnan(before) & (np.abs(rest) > TOLERANCE)
        precision = np.where((precisions[row] == "year") & ~has_month, "year", "month")
        yield piece(is_whole, row, period, growth, precision, how, True)
        yield piece(is_parted, row, period, month, precision, "month", False)
        yield piece(is_parted, row, new_year, rest, "year", how, True)
        is_first = where & np.isnan(before)
        earlier = np.round(after - known.months - np.nan_to_num(month), 6)
        yield piece(is_first & has_month, row, period, month, "month", "month", False)
        is_first &= ~(has_month & (np.abs(earlier) <= TOLERANCE))
        time = np.where(has_month, new_year, period) if how == "ytd" else np.datetime64("NaT")
        yield piece(is_first, row, time, earlier, "year" if how == "ytd" else "unknown", how, True)
    covered = ~np.isnan(ytd) | (~np.isnan(total) & (~np.isnan(known.total) | ~has_month))
    row = stated.last["month"]
    yield piece(~covered & has_month, row, period, month, precisions[row], "month", False)
    # A month that is named but tells no amount stays a row without one.
    is_silent = ~covered & ~has_month & (stated.last["quarter"] < 0) & (stated.last["half"] < 0)
    row = _last_like_the_first(ordered, stated)
    yield piece(is_silent, row, period, np.full(len(row), np.nan), "month", hows[row], False)


def _last_like_the_first(ordered: pd.DataFrame, stated: Stated) -> Array:
    """Row of the last report of a month that states its amount as the month's first report does."""
    hows = pd.factorize(ordered["stated_as"])[0]
    of_first = hows[stated.first][stated.month_of]
    alike = hows[stated.rows] == of_first
    last = stated.first.copy()
    last[stated.month_of[alike]] = stated.rows[alike]
    return last


def _emitted(ordered: pd.DataFrame, pieces: Sequence[_Piece]) -> pd.DataFrame:
    """One frame of all pieces, in the order of the reports they come from."""
    sizes = [len(piece.row) for piece in pieces]

    def joined(values: Sequence[Any], dtype: Any) -> Array:
        full = [np.broadcast_to(np.asarray(x, dtype), n) for x, n in zip(values, sizes, strict=True)]
        return np.concatenate(full)

    order = np.argsort(joined([piece.place for piece in pieces], int), kind="stable")
    rows = joined([piece.row for piece in pieces], int)[order]
    return ordered[_KEPT].iloc[rows].assign(
        period=joined([piece.period for piece in pieces], "M8[ns]")[order],
        amount_10k=joined([piece.amount for piece in pieces], float)[order],
        precision=joined([piece.precision for piece in pieces], object)[order],
        stated_as=joined([piece.stated_as for piece in pieces], object)[order],
        is_derived=joined([piece.is_derived for piece in pieces], bool)[order],
    ).reset_index(drop=True)  # fmt: skip
