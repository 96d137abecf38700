"""Project lists of an office: those whose columns are alike are normalised in one pass, as one long table."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from meishan_stats.extract.step_columns import is_schedule_title
from meishan_stats.normalise.checks import check_amounts
from meishan_stats.normalise.funding import normalise_funding
from meishan_stats.normalise.milestones import normalise_milestones
from meishan_stats.normalise.project_stages import read_progress
from meishan_stats.normalise.projects import normalise_projects
from meishan_stats.normalise.source import Source, stack
from meishan_stats.normalise.unclaimed import report_unclaimed

FRAMES = {"project_reports": "projects", "funding_reports": "funding", "milestones": "milestones"}
"""Tables that project lists give rows to, and the part of a batch that holds them."""


@dataclass(frozen=True)
class Batch:
    """Project lists with the same columns, normalised: records in the order of the lists, and where each begins."""

    projects: pd.DataFrame
    funding: pd.DataFrame
    milestones: pd.DataFrame
    bounds: Mapping[str, np.ndarray]

    def span(self, part: str, number: int) -> tuple[int, int]:
        """Records of one list: the first, and the one after the last."""
        first, end = self.bounds[part][number : number + 2]
        return int(first), int(end)

    def rows(self, part: str, number: int) -> pd.DataFrame:
        """Frame of the records of one list."""
        first, end = self.span(part, number)
        frame: pd.DataFrame = getattr(self, part)
        return frame.iloc[first:end]


@dataclass(frozen=True)
class Normalised:
    """One project list, and where in which batch its records stand."""

    source: Source
    batch: Batch
    number: int

    @property
    def projects(self) -> pd.DataFrame:
        """Its rows of ``project_reports``."""
        return self.batch.rows("projects", self.number)

    @property
    def funding(self) -> pd.DataFrame:
        """Its rows of ``funding_reports``."""
        return self.batch.rows("funding", self.number)


def normalise_project_tables(sources: Sequence[Source]) -> list[Normalised]:
    """Normalise project lists, those of the same columns together; the doubts of each are added to it.

    Monthly copies of one list differ in their month and their rows alone. What a function of this package
    decides by a whole column it decides for each list by itself.

    Parameters
    ----------
    sources : sequence of Source
        Tables of the kind ``projects``.

    Returns
    -------
    list, one a source and in its order
    """
    alike: dict[Hashable, list[int]] = {}
    for i, source in enumerate(sources):
        alike.setdefault(_likeness(source), []).append(i)
    found: dict[int, Normalised] = {}
    for group in alike.values():
        batch = _normalised(stack([sources[i] for i in group]))
        found |= {i: Normalised(sources[i], batch, number) for number, i in enumerate(group)}
    return [found[i] for i in range(len(sources))]


def _likeness(source: Source) -> Hashable:
    """What the lists of one batch have in common: all that is read of a table besides its rows, year and month."""
    table = source.table
    return (
        tuple(
            tuple(said for name, said in vars(column).items() if name != "score") for column in table.columns
        ),
        tuple(table.cells.columns),
        (table.unit, table.unit_text),
        (table.precision, table.period is None, table.year is None, is_schedule_title(table)),
    )


def _normalised(source: Source) -> Batch:
    progress = read_progress(source)
    projects = normalise_projects(source, progress)
    funding = normalise_funding(source, projects)
    milestones = normalise_milestones(source, projects, progress.dates)
    check_amounts(source, projects, funding)
    report_unclaimed(source)
    parts = {"projects": projects, "funding": funding, "milestones": milestones}
    places = {name: source.place(frame.index) for name, frame in parts.items()}
    bounds = {
        name: np.searchsorted(np.sort(place), np.arange(len(source.tables) + 1))
        for name, place in places.items()
    }
    # Capital and milestones come a column after the other: each list takes its own together again.
    sorted_parts = {
        name: frame
        if (np.diff(places[name]) >= 0).all()
        else frame.iloc[np.argsort(places[name], kind="stable")]
        for name, frame in parts.items()
    }
    return Batch(**sorted_parts, bounds=bounds)
