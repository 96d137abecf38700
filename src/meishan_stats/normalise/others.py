"""Which function normalises each table around the projects."""

from collections.abc import Callable, Mapping

import pandas as pd

from meishan_stats.normalise.infrastructure import normalise_infrastructure
from meishan_stats.normalise.recruiters import normalise_recruiters
from meishan_stats.normalise.source import Source
from meishan_stats.normalise.targets import normalise_targets
from meishan_stats.normalise.visits import normalise_visits

NORMALISERS: Mapping[str, Callable[[Source], pd.DataFrame]] = {
    "targets": normalise_targets,
    "visits": normalise_visits,
    "recruiters": normalise_recruiters,
    "infrastructure": normalise_infrastructure,
}
