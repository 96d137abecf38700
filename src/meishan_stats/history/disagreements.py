"""Doubts about amounts: two statements of one month, or of one year, that do not agree."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from meishan_stats.history.runs import Array
from meishan_stats.history.stated import TOLERANCE, Known, Stated, cumulative, growth_and_rest
from meishan_stats.problems import Problem, problem

_Placed = tuple[int, int, Problem]


def disagreements(ordered: pd.DataFrame, stated: Stated, known: Known) -> list[Problem]:
    """One doubt for every amount that another contradicts, in the order of the months.

    Parameters
    ----------
    ordered : FundingReports with ``project_id``, in the order of series and months
    stated, known : of these reports
    """
    found = [
        *_conflicts(ordered, stated),
        *_cumulatives_disagree(ordered, stated, known),
        *_months_disagree(ordered, stated, known),
    ]
    return [row for *_, row in sorted(found, key=lambda item: item[:2])]


def _conflicts(ordered: pd.DataFrame, stated: Stated) -> Iterator[_Placed]:
    """Two sheets state different amounts of the same month; the last one counts."""
    reports = pd.DataFrame(
        {
            "month": stated.month_of,
            "how": pd.factorize(ordered["stated_as"].to_numpy()[stated.rows])[0],
            "amount": ordered["amount_10k"].to_numpy()[stated.rows],
            "row": stated.rows,
        }
    )
    several = reports[reports.duplicated(["month", "how"], keep=False)]
    if several.empty:
        return
    amounts = several.groupby(["month", "how"])["amount"]
    apart = several[(amounts.transform("max") - amounts.transform("min")) > TOLERANCE]
    for (month, _), rows in apart.groupby(["month", "how"], sort=False):
        known = rows["amount"].dropna().tolist()
        others = [amount for amount in known if abs(amount - known[-1]) > TOLERANCE]
        if others:
            last = ordered.iloc[rows["row"].iloc[-1]]
            amount = None if pd.isna(last["amount_10k"]) else float(last["amount_10k"])
            told = {"month": f"{last['period']:%Y-%m}", "one": others[0], "other": amount}
            yield month, 0, _doubt("conflicting_amounts", last, amount, **told)


def _cumulatives_disagree(ordered: pd.DataFrame, stated: Stated, known: Known) -> Iterator[_Placed]:
    """The year to date grew by another amount than the sum of all years."""
    total = stated.amount["total"]
    of_year = np.round(stated.amount["ytd"] - known.ytd, 6)
    of_all = np.where(known.has_total, np.round(total - known.total, 6), np.nan)
    for month in np.flatnonzero(np.abs(of_year - of_all) > TOLERANCE):
        told = {"year": float(of_year[month]), "total": float(of_all[month])}
        report = ordered.iloc[stated.last["total"][month]]
        yield int(month), 1, _doubt("cumulatives_disagree", report, float(total[month]), **told)


def _months_disagree(ordered: pd.DataFrame, stated: Stated, known: Known) -> Iterator[_Placed]:
    """A cumulative amount fell, or grew by another amount than the month's own."""
    own = stated.amount["month"]
    for how, after, before, where in cumulative(stated, known):
        growth, rest = growth_and_rest(after, before, own)
        for month in _places(
            where & ((growth < -TOLERANCE) | (np.abs(rest) > TOLERANCE) & ~np.isnan(before))
        ):
            report, stands = ordered.iloc[stated.last[how][month]], float(after[month])
            if growth[month] < -TOLERANCE:
                told = {"before": float(before[month]), "after": stands}
                yield month, 2, _doubt("cumulative_decrease", report, stands, **told)
            else:
                told = {
                    "month": float(own[month]),
                    "difference": float(growth[month]),
                    "rest": float(rest[month]),
                }
                yield month, 2, _doubt("cumulative_mismatch", report, stands, **told)


def _places(where: Array) -> list[int]:
    return np.flatnonzero(where).tolist()


def _doubt(code: str, report: "pd.Series[Any]", value: object, **details: Any) -> Problem:
    place = {name: _or_none(report[name]) for name in ("office", "source_file", "source_sheet")}
    row = problem(
        code, **place, source_row=int(report["source_row"]), value=value, name=report["name"], **details
    )
    return row | {"cell": _or_none(report["cell"])}


def _or_none(value: Any) -> Any:
    return None if pd.isna(value) else value
