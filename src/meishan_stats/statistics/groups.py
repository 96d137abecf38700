"""Spans of time, the standing of projects, and sums added up again: what statistics by group share."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.errors import ChoiceError
from meishan_stats.statistics.breakdowns import breakdown_totals
from meishan_stats.statistics.frames import retyped
from meishan_stats.statistics.stages import stopped_stages

STATUSES = ("signed", "negotiating", "stopped", "unknown")
# A date known to a quarter lies in no month: what is coarser than the span chosen is not in it.
_IN_A_MONTH = ("day", "ten_days", "week", "month")
_PRECISIONS: dict[str, tuple[str, ...]] = {
    "month": _IN_A_MONTH,
    "quarter": (*_IN_A_MONTH, "quarter"),
    "year": (*_IN_A_MONTH, "quarter", "half", "year"),
}
_PERIOD = re.compile(r"(?!0000)\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2]))?")
_LENGTHS = {"M": "month", "Q": "quarter", "Y": "year"}


class Span(NamedTuple):
    """A year, quarter or month."""

    name: str
    length: str
    start: pd.Timestamp
    end: pd.Timestamp


def span_of(period: int | str | None, user: str, argument: str = "period") -> Span | None:
    """The year, quarter or month that an argument names; None where it names none.

    Raises
    ------
    ChoiceError
        The argument is no year (2011), quarter ("2011Q2") or month ("2011-05").

    Examples
    --------
    >>> span_of("2011Q2", "station_performance").start, span_of(2011, "station_performance").length
    (Timestamp('2011-04-01 00:00:00'), 'year')
    """
    if period is None:
        return None
    if not _PERIOD.fullmatch(str(period)):
        raise ChoiceError(
            f'{user}：{argument} 应为年（2011）、季（"2011Q2"）或月（"2011-05"），不能是 {period!r}',
            f'{user}: {argument} must be a year (2011), quarter ("2011Q2") or month ("2011-05"), not {period!r}',
        )
    chosen = pd.Period(str(period))
    length = _LENGTHS[chosen.freqstr[0]]
    return Span(str(chosen), length, chosen.start_time, chosen.end_time)


def year_span(year: int | None, user: str) -> Span | None:
    """The year that an argument names; None where it names none.

    Raises
    ------
    ChoiceError
        ``year`` is no year.

    Examples
    --------
    >>> year_span(2011, "method_breakdown").name
    '2011'
    """
    span = span_of(year, user, "year")
    if span and span.length != "year":
        raise ChoiceError(
            f"{user}：year 应为年，如 2011，不能是 {year!r}",
            f"{user}: year must be a year such as 2011, not {year!r}",
        )
    return span


def lies_in(on: pd.Series, precision: pd.Series, span: Span) -> pd.Series:
    """Whether each date lies in a span; one known less precisely than the span does not.

    Examples
    --------
    >>> on = pd.Series(pd.to_datetime(["2011-05-03", "2011-01-01", None]))
    >>> lies_in(on, pd.Series(["day", "year", None]), span_of(2011, "f")).tolist()
    [True, True, False]
    >>> lies_in(on, pd.Series(["day", "year", None]), span_of("2011-01", "f")).tolist()
    [False, False, False]
    """
    is_fine = precision.isna() | precision.isin(_PRECISIONS[span.length])
    return on.between(span.start, span.end) & is_fine


def span_totals(
    projects: IntoFrame, funding: IntoFrame, by: Sequence[str], user: str, span: Span | None
) -> pd.DataFrame:
    """The totals of ``breakdown_totals`` of one span, or of all times.

    Projects are those signed in the span, or first reported where no date of signing is known; capital
    is what arrived in it, whenever its project was signed.
    """
    table = breakdown_totals(projects, funding, by, user, time=span.length if span else "year")
    # Amounts of a table without rows have no type yet.
    table = retyped(table, {str(name): "float64" for name in table if str(name).endswith("_10k")})
    if span is None:
        return summed(table, ["office", *by]).drop(columns="year")
    in_span = table["year"] == span.start.year
    if span.length != "year":
        in_span &= table["period"] == span.start
    chosen = table[in_span.fillna(False)]
    return chosen.drop(columns=[name for name in ("year", "period") if name in table])


def project_status() -> nw.Expr:
    """Whether a project is signed, negotiating, stopped, or unknown where ``is_signed`` is missing."""
    signed = nw.col("is_signed").fill_null(-1)
    return nw.coalesce(
        nw.when(signed == 1).then(nw.lit("signed")),
        nw.when(signed == -1).then(nw.lit("unknown")),
        nw.when(nw.col("stage").fill_null("").is_in(stopped_stages())).then(nw.lit("stopped")),
        nw.lit("negotiating"),
    )


def is_project_of(year: int) -> nw.Expr:
    """Whether a project was signed in a year, or first reported where no date of signing is known."""
    return nw.coalesce("signed_on", "first_reported_on").dt.year() == year


def last_stated(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Rows of the last sheet that states each combination of keys: monthly copies repeat what they stated.

    Sheets follow each other by their month, then by the names of file and sheet.

    Examples
    --------
    >>> rows = pd.DataFrame({"source_file": ["1.xlsx", "2.xlsx"], "source_sheet": "a", "period": pd.NaT,
    ...     "item": ["道路", "道路"], "amount": [100, 250]})
    >>> last_stated(rows, ["item"])["amount"].tolist()
    [250]
    """
    sheets = ["source_file", "source_sheet"]
    named = rows.assign(**{name: rows[name].astype(object).fillna("") for name in sheets})
    month = named.groupby(sheets)["period"].transform("max").fillna(pd.Timestamp(0))
    rank = named.assign(month=month).groupby(["month", *sheets]).ngroup()
    latest = rank.groupby([rows[key] for key in keys], dropna=False).transform("max")
    return rows[rank == latest]


def summed(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add up rows of totals again by fewer or other keys; a sum of nothing is missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"method": ["a", "a", "b"], "signed_cny_10k": [1.0, None, None]})
    >>> summed(rows, ["method"])["signed_cny_10k"].tolist()
    [1.0, nan]
    """
    groups = table.groupby(list(keys), dropna=False, sort=False)
    about = [name for name in ("is_demo", "as_of") if name in table]
    added = [name for name in table.select_dtypes("number") if name not in {*keys, *about}]
    sums = groups[added].sum(min_count=1)
    return sums.assign(**{name: groups[name].max().array for name in about}).reset_index()


def share_of(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Part as a fraction or multiple of a whole; missing where the whole is missing, zero or negative.

    Examples
    --------
    >>> share_of(pd.Series([1.0, 1.0]), pd.Series([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    return part.astype("float64") / whole.astype("float64").where(lambda total: total > 0)


def looked_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Value of every key, missing where there is none; of the type of the values even without any key.

    Examples
    --------
    >>> looked_up(pd.Series(["b", "c"]), pd.Series([1.0, 2.0], index=["a", "b"])).tolist()
    [2.0, nan]
    """
    return values.reindex(pd.Index(keys)).set_axis(keys.index)
