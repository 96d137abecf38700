"""Projects that an office's lists stop showing."""

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from meishan_stats.problems import Problem, problem

_STOCK = 0.8
_RESTART = 0.6
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
    monthly = reports[reports["period"].notna() & (reports["period_precision"] != "year")]
    months = sorted(monthly["period"].unique())
    held = {month: set(ids) for month, ids in monthly.groupby("period")["project_id"]}
    kept = [len(held[a] & held[b]) / len(held[a]) for a, b in pairwise(months)]
    if len(months) < 3 or pd.Series(kept).median() < _STOCK:
        return
    restarts = {month for month, share in zip(months, kept, strict=False) if share < _RESTART}
    order = ["period", "source_file", "source_sheet", "source_row"]
    last = monthly.sort_values(order, kind="stable").groupby("project_id", sort=True).tail(1)
    stage = monthly.sort_values(order, kind="stable").groupby("project_id")["stage"].last()
    for row in last[(last["period"] < months[-1]) & ~last["period"].isin(restarts)].to_dict("records"):
        if stage[row["project_id"]] not in _MAY_GO:
            place = {name: row[name] for name in ("office", "source_file", "source_sheet")}
            yield problem("vanished_project", **place, source_row=int(row["source_row"]), value=row["name"],
                          name=row["name"], period=f"{row['period']:%Y-%m}") | {"cell": row["cell"]}  # fmt: skip
