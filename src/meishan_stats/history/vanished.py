"""Projects that an office's lists stop showing."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from meishan_stats.history.runs import PLACE, last_rows, ordered_rows, taken
from meishan_stats.problems import Problem, problem

_STOCK = 0.8
_RESTART = 0.6
_NEEDED = ["office", *PLACE, "cell", "name", "project_id", "period", "stage"]
_MAY_GO = frozenset({"completed", "production", "capacity", "terminated"})


def vanished_projects(reports: pd.DataFrame) -> Iterator[Problem]:
    """One doubt a project that the office's lists no longer show, though it is neither finished nor ended.

    Lists that each show all projects, as most offices keep them, are told by what they share with the
    month before; an office that lists only what is new loses nothing. Where a list begins anew, as many
    do in January, nothing is said of what it leaves out.

    Parameters
    ----------
    reports : ProjectReports with ``project_id``
    """
    is_monthly = reports["period"].notna() & (reports["period_precision"] != "year")
    monthly = reports.loc[is_monthly, _NEEDED]
    months = sorted(monthly["period"].unique())
    if len(months) < 3:
        return
    codes, ids = pd.factorize(monthly["project_id"])
    of_month = pd.Series(codes).groupby(monthly["period"].to_numpy())
    held = {month: set(found.tolist()) for month, found in of_month}
    kept = [len(held[a] & held[b]) / len(held[a]) for a, b in pairwise(months)]
    if pd.Series(kept).median() < _STOCK:
        return
    restarts = {month for month, share in zip(months, kept, strict=False) if share < _RESTART}
    order = ordered_rows(monthly, ["period", *PLACE])
    last = last_rows(np.ones(len(monthly), dtype=bool), codes, len(ids), order)
    at_stage = last_rows(monthly["stage"].notna().to_numpy(), codes, len(ids), order)
    told = monthly.assign(_stage=taken(monthly["stage"], at_stage[codes])).iloc[order[np.isin(order, last)]]
    for row in told[(told["period"] < months[-1]) & ~told["period"].isin(restarts)].to_dict("records"):
        if row["_stage"] not in _MAY_GO:
            place = {name: row[name] for name in ("office", "source_file", "source_sheet")}
            yield problem("vanished_project", **place, source_row=int(row["source_row"]), value=row["name"],
                          name=row["name"], period=f"{row['period']:%Y-%m}") | {"cell": row["cell"]}  # fmt: skip
