"""Planned and actual dates of a project list or a schedule → milestones."""

from itertools import pairwise

import pandas as pd

from meishan_stats.extract.fields import DATES
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import Milestones, columns
from meishan_stats.values.stages import stage_order

_IN_ORDER = ("signed", "started", "completed", "production")
"""Milestones whose dates must not run backwards; approval and registration may come before signing."""


def normalise_milestones(source: Source, projects: pd.DataFrame) -> pd.DataFrame:
    """Milestones of every project of a table, with planned and actual date.

    Parameters
    ----------
    source : Source
    projects : ProjectReports
        The same table, normalised: gives names and persons responsible.

    Returns
    -------
    frame with the columns of Milestones but ``project_id``, which the history gives
    """
    stems = sorted({field.partition(".")[0] for field in source.table.fields()} & DATES & set(stage_order()))
    parts = []
    for stem in stems:
        planned, actual = cols.dates(source, f"{stem}.planned"), cols.dates(source, f"{stem}.actual")
        planned, actual = _not_yet(source, planned, actual)
        part = source.frame().assign(
            milestone=stem, step=None,
            planned_on=planned["on"], planned_precision=planned["precision"],
            actual_on=actual["on"], actual_precision=actual["precision"],
        )  # fmt: skip
        parts.append(part[part["planned_on"].notna() | part["actual_on"].notna()])
    names = projects.set_index("source_row")[["name", "responsible"]]
    wanted = [name for name in columns(Milestones) if name != "project_id"]
    if not parts:
        return pd.DataFrame(columns=wanted)
    milestones = pd.concat(parts, ignore_index=True).join(names, on="source_row")
    _report_order(source, milestones)
    return milestones.loc[milestones["name"].notna(), wanted]


def _not_yet(
    source: Source, planned: pd.DataFrame, actual: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A date after the month of the report is planned, whatever its header says."""
    table = source.table
    if table.period is None or table.precision == "year":
        return planned, actual
    future = actual["on"] >= table.period + pd.DateOffset(months=1)
    moved = planned.where(~(future & planned["on"].isna()), actual)
    return moved, actual.mask(future)


def _report_order(source: Source, milestones: pd.DataFrame) -> None:
    """Doubt a date that lies before the milestone it must follow; a date known to the month means its end."""
    fields = source.table.fields()
    for source_row, rows in milestones[milestones["actual_on"].notna()].groupby("source_row", sort=True):
        dates = rows.set_index("milestone")
        known = [stem for stem in _IN_ORDER if stem in dates.index]
        for before, after in pairwise(known):
            last = _last_day(dates.loc[after, "actual_on"], dates.loc[after, "actual_precision"])
            if last < dates.loc[before, "actual_on"]:
                column = fields[f"{after}.actual"][0]
                row = next(
                    i
                    for i, r in zip(source.table.cells.index, source.table.source_rows(), strict=True)
                    if r == source_row
                )
                source.doubt("date_order", int(row), column.index, source.table.cells[column.index].loc[row],
                             first=cols.label_of(column), second=cols.label_of(fields[f"{before}.actual"][0]))  # fmt: skip


def _last_day(on: pd.Timestamp, precision: str) -> pd.Timestamp:
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(precision)
    return on if months is None else on + pd.DateOffset(months=months) - pd.Timedelta(days=1)
