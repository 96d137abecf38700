"""Tables of the statistics: one result a model, named as the function that makes it, one module a topic."""

import re
from importlib import import_module

from meishan_stats.schemas.base import Table
from meishan_stats.schemas.results.base import Result

_TOPICS = (
    "sectors", "funding", "pipeline", "origins", "activity", "land", "milestones", "structure", "checks",
)  # fmt: skip


def snake_case(name: str) -> str:
    """Name of the table of a model.

    >>> snake_case("SectorBreakdown")
    'sector_breakdown'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


RESULTS: dict[str, type[Table]] = {
    snake_case(model.__name__): model
    for topic in _TOPICS
    for model in vars(import_module(f"{__name__}.{topic}")).values()
    if isinstance(model, type) and issubclass(model, Result) and model.__module__.endswith(f".{topic}")
}
