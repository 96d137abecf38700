"""What a figure shows, in one sentence computed from its result."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from meishan_stats.errors import ChoiceError
from meishan_stats.outputs.report import finding_amounts as amounts
from meishan_stats.outputs.report import finding_projects as projects


@dataclass(frozen=True)
class Finding:
    """A sentence; a notebook shows it."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text


def finding(name: str, result: pd.DataFrame, lang: str = "zh") -> Finding:
    """What a result says, in a sentence; where nothing is known, that nothing is.

    Parameters
    ----------
    name : name of the result, such as ``"stage_stock"``
    result : the result of one office
    lang : "zh" or "en"

    Raises
    ------
    ChoiceError
        There is no sentence for such a result.

    Examples
    --------
    >>> land = pd.DataFrame({
    ...     "status": ["signed", "signed", "negotiating"], "is_below": [True, False, True], "land_mu": [10, 10, 5],
    ...     "investment_cny_10k": [1000, 4000, 9], "threshold_cny_10k": 350.0,
    ... })
    >>> finding("land_efficiency", land).text
    '用地和投资都已知的签约项目2个，低于每亩350万元的1个，占50.0%；合计亩均250万元。'
    """
    if name not in _SAID:
        raise ChoiceError(
            f"没有“{name}”的一句话；有：{'、'.join(_SAID)}",
            f"no sentence for {name!r}; there are: {', '.join(_SAID)}",
        )
    return Finding(_SAID[name](result, lang))


_SAID: dict[str, Callable[[pd.DataFrame, str], str]] = {
    "funding_by_month": amounts.cumulative,
    "target_attainment": amounts.targets,
    "year_end_forecast": amounts.forecast,
    "sector_breakdown": amounts.most("arrived_sector", "sector", "sectors"),
    "sector_trend": amounts.trend,
    "sector_by_stage": projects.sector_by_stage,
    "funding_new_and_carried": amounts.vintages,
    "stage_stock": projects.stock,
    "stage_flow": projects.flow,
    "cohort_conversion": projects.cohorts,
    "time_in_stage": projects.stays,
    "stale_negotiations": projects.stale,
    "size_tiers": projects.tiers,
    "origin_breakdown": amounts.origins,
    "method_breakdown": amounts.most("arrived_method", "method", "methods"),
    "station_performance": projects.stations,
    "milestone_summary": projects.milestones,
    "milestone_status": projects.overdue,
    "backward_schedule": projects.schedule,
    "land_efficiency": amounts.land,
    "infrastructure_progress": amounts.infrastructure,
}
