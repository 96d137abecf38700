"""Points of stationed recruiters: each against the best of the team (驻点招商员绩效比拼)."""

from collections.abc import Mapping

import pandas as pd

from meishan_stats.errors import ChoiceError

WEIGHTS: Mapping[str, float] = {
    "n_visits": 10,
    "n_receptions": 10,
    "n_leads": 15,
    "n_excellent_leads": 15,
    "n_leader_visits": 20,
}
BASE_DAYS, BASE_POINTS = 20, 10
FOREIGN_POINTS, ABSENCE_POINTS = 20, -10


def contest_points(
    table: pd.DataFrame, months: pd.Series, team: pd.Series, weights: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Points of every row, by the rules of the monthly contest of Deqing county.

    Visits, receptions, leads, excellent leads and visits of leaders give own / best of the team × weight
    (10, 10, 15, 15, 20); 20 days at the station in a month are 10 points, in proportion and without an
    upper limit; every foreign project signed adds 20, every absence takes 10. Where the best of a team
    is 0 nobody has points for it; a missing figure has missing points. The score adds the points that
    are known, ``n_points_missing`` says how many of the eight kinds are not.

    Parameters
    ----------
    table : the figures by the names of Recruiters (station_days, n_visits, …)
    months : months of work of each row, those of several recruiters added, that 20 days each are asked for
    team : team of each row; a row of a missing team has no points and is nobody's best
    weights : points of the best, by name of the figure; others than the defaults are replaced

    Returns
    -------
    Columns ``<figure>_points``, ``score`` and ``n_points_missing``

    Raises
    ------
    ChoiceError
        A weight is given for something else.

    Notes
    -----
    德清县驻点招商员月度绩效比拼表 (Deqing county, Huzhou).

    Examples
    --------
    >>> table = pd.DataFrame({"n_visits": [8.0, 4.0], "station_days": [20.0, 10.0]})
    >>> contest_points(table, pd.Series([1, 1]), pd.Series(["a", "a"]))["score"].tolist()
    [20.0, 10.0]
    """
    chosen = {**WEIGHTS, **(weights or {})}
    unknown = sorted(set(chosen) - set(WEIGHTS))
    if unknown:
        raise ChoiceError(
            f"weights 只能是 {'、'.join(WEIGHTS)} 的权重，不能有 {'、'.join(unknown)}",
            f"weights must be for {', '.join(WEIGHTS)}, not for {', '.join(unknown)}",
        )
    figures = {
        name: pd.to_numeric(table[name]).astype("float64").where(team.notna())
        for name in ("station_days", *WEIGHTS, "n_foreign_signed", "n_absences")
        if name in table
    }
    points = pd.DataFrame(index=table.index)
    for name, own in figures.items():
        if name in chosen:
            best = own.groupby(team).transform("max")
            part = (own / best.where(best > 0)).mask(best.eq(0) & own.notna(), 0.0)
            points[f"{name}_points"] = part * chosen[name]
        elif name == "station_days":
            base = BASE_DAYS * months.astype("float64")
            points[f"{name}_points"] = own / base.where(base > 0) * BASE_POINTS
        else:
            each = FOREIGN_POINTS if name == "n_foreign_signed" else ABSENCE_POINTS
            points[f"{name}_points"] = own * each + 0.0  # no -0.0 where nothing was missed
    score = points.sum(axis=1, min_count=1)
    return points.assign(score=score, n_points_missing=len(WEIGHTS) + 3 - points.notna().sum(axis=1))
