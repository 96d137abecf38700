"""Monthly amounts from what the reports state: of the month, of the year to date, of all years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from meishan_stats.normalise.exchange import Rates, in_yuan
from meishan_stats.problems import Problem, problem
from meishan_stats.schemas import Funding, conform

Report = dict[str, Any]
TOLERANCE = 0.01
"""Difference in 万 below which two statements of one amount agree: offices round to 0.01 万元."""


def monthly_increments(
    reports: pd.DataFrame,
    months: frozenset[pd.Timestamp],
    problems: list[Problem],
    *,
    rates: Rates | None = None,
    is_demo: bool = False,
) -> pd.DataFrame:
    """Monthly amounts of every project and kind from what was stated of month, year and all years.

    `months` are those the office reported at all: where it reported the month before and stated
    nothing of a project, the project's cumulative amounts began at nothing.
    """
    key = ["project_id", "kind", "currency"]
    ordered = reports.sort_values([*key, "period"], kind="stable", na_position="first").astype(object)
    records = ordered.where(ordered.notna(), None).to_dict("records")
    rows: list[Report] = []
    for _, series in groupby(records, key=lambda report: tuple(report[name] for name in key)):
        rows.extend(_series_increments(list(series), months, problems))
    if not rows:
        return conform(pd.DataFrame({"office": []}), Funding)
    frame = pd.DataFrame(rows)
    period = pd.to_datetime(frame["period"])
    yuan = in_yuan(frame["amount_10k"].astype(float), frame["currency"], period, frame["precision"], rates)
    cny = yuan["cny"].where(period.notna(), frame["amount_10k"].where(frame["currency"] == "CNY"))
    frame = frame.assign(period=period, amount_cny_10k=cny, is_demo=is_demo)
    order = ["office", "project_id", "kind", "period", "precision"]
    return conform(frame.sort_values(order, na_position="first", kind="stable"), Funding)


@dataclass
class _Running:
    """Cumulative amounts known so far: of the year, of all years.

    ``ytd`` is missing while it is not known what came before the first report of the year; ``months``
    is what the months reported of the year add up to; ``has_total`` whether a sum of all years was stated.
    """

    year: int | None = None
    ytd: float | None = None
    total: float | None = None
    months: float = 0.0
    has_total: bool = False


def _series_increments(
    series: Sequence[Report], months: frozenset[pd.Timestamp], problems: list[Problem]
) -> Iterator[Report]:
    """Amounts of one project, kind and currency, its reports in the order of their months."""
    undated = {report["amount_10k"]: report for report in series if report["period"] is None}
    for report in undated.values():
        yield _row(report, None, report["amount_10k"], "unknown", report["stated_as"], False)
    running = _Running()
    dated = (report for report in series if report["period"] is not None)
    for period, group in groupby(dated, key=lambda report: report["period"]):
        here = list(group)
        stated = {report["stated_as"]: report for report in here}
        problems.extend(_conflicts(here, stated))
        if running.year is None and period - pd.DateOffset(months=1) in months:
            running = _Running(period.year, 0.0, 0.0)
        yield from _month_increments(period, stated, running, months, problems)


def _conflicts(here: Sequence[Report], stated: Mapping[str, Report]) -> Iterator[Problem]:
    """One doubt where two sheets state different amounts of the same month; the last one counts."""
    for how, last in stated.items():
        amounts = [r["amount_10k"] for r in here if r["stated_as"] == how and r["amount_10k"] is not None]
        others = [amount for amount in amounts if abs(amount - amounts[-1]) > TOLERANCE]
        if others:
            yield _doubt("conflicting_amounts", last, last["amount_10k"], month=f"{last['period']:%Y-%m}",
                         one=others[0], other=last["amount_10k"])  # fmt: skip


def _doubt(code: str, report: Report, value: object, **details: Any) -> Problem:
    place = {name: report[name] for name in ("office", "source_file", "source_sheet")}
    row = problem(
        code, **place, source_row=int(report["source_row"]), value=value, name=report["name"], **details
    )
    return row | {"cell": report["cell"]}


def _month_increments(
    period: pd.Timestamp,
    stated: Mapping[str, Report],
    running: _Running,
    months: frozenset[pd.Timestamp],
    problems: list[Problem],
) -> Iterator[Report]:
    """Amounts of one month: the growth of a cumulative amount counts, the month's own amount checks it."""
    if running.year != period.year:
        begins = period.month == 1 or period - pd.DateOffset(months=1) in months
        running.year, running.ytd, running.months = period.year, 0.0 if begins else None, 0.0
    month, ytd, total = (_amount(stated, how) for how in ("month", "ytd", "total"))
    for how in ("quarter", "half"):
        if how in stated:
            yield _row(stated[how], period, stated[how]["amount_10k"], how, how, False)
    if (
        ytd is not None
        and total is not None
        and running.ytd is not None
        and running.total is not None
        and running.has_total
    ):
        of_year, of_all = round(ytd - running.ytd, 6), round(total - running.total, 6)
        if abs(of_year - of_all) > TOLERANCE:
            problems.append(
                _doubt("cumulatives_disagree", stated["total"], total, year=of_year, total=of_all)
            )
    if ytd is not None:
        before = running.ytd
        running.ytd = ytd
        if before is None:
            yield from _first_cumulative(stated["ytd"], period, ytd - running.months, month, "ytd")
        else:
            yield from _growth(stated["ytd"], period, ytd, before, month, "ytd", problems)
    elif total is not None and running.total is not None:
        yield from _growth(stated["total"], period, total, running.total, month, "total", problems)
    elif total is not None and month is None:
        yield from _first_cumulative(stated["total"], period, total - running.months, month, "total")
    elif month is not None:
        running.ytd = None if running.ytd is None else running.ytd + month
        yield _row(stated["month"], period, month, stated["month"]["precision"], "month", False)
    elif stated and not {"quarter", "half"} & set(stated):
        row = next(iter(stated.values()))
        yield _row(row, period, None, "month", row["stated_as"], False)
    running.months += month or 0.0
    if total is not None:
        running.total, running.has_total = total, True


def _amount(stated: Mapping[str, Report], how: str) -> float | None:
    amount = stated[how]["amount_10k"] if how in stated else None
    return None if amount is None else float(amount)


def _growth(
    row: Report, period: pd.Timestamp, after: float, before: float, month: float | None, how: str,
    problems: list[Problem],
) -> Iterator[Report]:  # fmt: skip
    """What a cumulative amount grew by is the month's; where the month states another amount, both are kept:
    the month as stated, and the rest in the year without a month."""
    growth = round(after - before, 6)
    rest = 0.0 if month is None else round(growth - month, 6)
    if growth < -TOLERANCE:
        problems.append(_doubt("cumulative_decrease", row, after, before=before, after=after))
    elif abs(rest) > TOLERANCE:
        problems.append(_doubt("cumulative_mismatch", row, after, month=month, difference=growth, rest=rest))
    precision = "year" if row["precision"] == "year" and month is None else "month"
    if abs(rest) > TOLERANCE:
        yield _row(row, period, month, precision, "month", False)
        yield _row(row, pd.Timestamp(period.year, 1, 1), rest, "year", how, True)
    else:
        yield _row(row, period, growth, precision, how, True)


def _first_cumulative(
    row: Report, period: pd.Timestamp, after: float, month: float | None, how: str
) -> Iterator[Report]:
    """The first cumulative report of a series: what came before is kept apart, in the year or undated."""
    earlier = round(after if month is None else after - month, 6)
    if month is not None:
        yield _row(row, period, month, "month", "month", False)
        if abs(earlier) <= TOLERANCE:
            return
    if how == "ytd":
        yield _row(
            row, pd.Timestamp(period.year, 1, 1) if month is not None else period, earlier, "year", how, True
        )
    else:
        yield _row(row, None, earlier, "unknown", how, True)


def _row(
    row: Report,
    period: pd.Timestamp | None,
    amount: float | None,
    precision: str,
    stated_as: str,
    is_derived: bool,
) -> Report:
    kept = ("office", "source_file", "source_sheet", "source_row", "project_id", "name", "kind", "currency")
    return {name: row[name] for name in kept} | {
        "period": period, "amount_10k": amount, "precision": precision, "stated_as": stated_as,
        "is_derived": is_derived,
    }  # fmt: skip
