"""Stages on the engine: their places on the way of a project, and where a project stood in a month."""

import operator
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from meishan_stats.codelists import codes
from meishan_stats.statistics.dates import is_up_to, month_number
from meishan_stats.values.stages import stage_order


def stage_place(column: str = "stage") -> nw.Expr:
    """Place of a stage in definitions/codelists/stages.csv, from 1; 0 where it is missing or not listed.

    Stopped projects have the places after the last stage, so that of two stages of one month the stop counts.

    >>> stages = nw.from_native(pd.DataFrame({"stage": ["lead", "signed", "terminated", None]}))
    >>> stages.select(stage_place())["stage"].to_list()
    [1, 3, 11, 0]
    """
    return _coded(column, {code: place for place, code in enumerate(codes("stages"), 1)})


def stage_rank(column: str = "stage") -> nw.Expr:
    """Place of a stage on the way of a project; 0 for stopped projects and unknown stages.

    >>> stages = nw.from_native(pd.DataFrame({"stage": ["lead", "signed", "terminated", None]}))
    >>> stages.select(stage_rank())["stage"].to_list()
    [1, 3, 0, 0]
    """
    return _coded(column, stage_order())


def stage_at(place: str) -> nw.Expr:
    """Code of the stage whose place of the codelist a column holds; missing for 0."""
    places = enumerate(codes("stages"), 1)
    return nw.coalesce(*(nw.when(nw.col(place) == i).then(nw.lit(code)) for i, code in places))


def stopped_stages() -> list[str]:
    """Codes of the stages that are no place on the way of a project.

    >>> stopped_stages()
    ['terminated', 'suspended']
    """
    return [code for code in codes("stages") if code not in stage_order()]


def listed_stage() -> nw.Expr:
    """Stage where the codelist has it, missing where not."""
    return nw.when(nw.col("stage").is_in(codes("stages"))).then("stage")


def dated_events(events: nw.LazyFrame[Any], until: pd.Timestamp | None = None) -> nw.LazyFrame[Any]:
    """Events of a known month and stage up to a month, each with ``step``: larger is later, then further.

    ``step`` is 100 times the number of the month plus the place of the stage.
    """
    known = events.filter(is_up_to("seen_on", until)).with_columns(place=stage_place())
    return known.filter(nw.col("place") > 0).with_columns(
        step=month_number("seen_on") * 100 + nw.col("place")
    )


def stages_as_of(events: nw.LazyFrame[Any], month: pd.Timestamp) -> nw.LazyFrame[Any]:
    """Stage each project was last seen to enter up to a month: project_id, stage_then.

    >>> seen = pd.to_datetime(["2011-01-01", "2011-03-01"])
    >>> events = pd.DataFrame({"project_id": "a", "stage": ["negotiating", "signed"], "seen_on": seen})
    >>> stages_as_of(nw.from_native(events).lazy(), pd.Timestamp("2011-02-01")).collect()["stage_then"].to_list()
    ['negotiating']
    """
    latest = dated_events(events, month).group_by("project_id").agg(step=nw.col("step").max())
    placed = latest.select("project_id", place=nw.col("step") % 100)
    return placed.select("project_id", stage_then=stage_at("place"))


def _coded(column: str, numbers: dict[str, int]) -> nw.Expr:
    """Number of each code, 0 for others: put together of binary digits, so that four questions tell 15 codes."""
    digits = [
        nw.col(column).is_in([code for code, n in numbers.items() if n & digit]).fill_null(False).cast(nw.Int64()) * digit
        for digit in (1 << place for place in range(max(numbers.values()).bit_length()))
    ]  # fmt: skip
    return reduce(operator.add, digits).alias(column)
