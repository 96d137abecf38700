"""Small results to draw; figures are closed after each test."""

from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from meishan_stats.schemas import FundingByMonth, SectorBreakdown, conform


@pytest.fixture(autouse=True)
def no_window() -> Iterator[None]:
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.fixture
def breakdown() -> pd.DataFrame:
    """Two sectors in 2010 and 2011; in 2011 nothing is known of the textiles' signed amount."""
    frame = pd.DataFrame(
        {
            "sector": ["new_energy", "new_energy", "modern_textiles", "modern_textiles"],
            "year": [2010, 2011, 2010, 2011],
            "n_projects": [2, 3, 1, 2],
            "n_signed": [1, 2, 1, 1],
            "n_negotiating": [1, 1, 0, 1],
            "n_stage_unknown": 0,
            "negotiating_cny_10k": [500.0, 700.0, None, 300.0],
            "n_negotiating_missing": 0,
            "signed_cny_10k": [3000.0, 6000.0, 1000.0, None],
            "n_signed_missing": [0, 0, 0, 1],
            "arrived_cny_10k": [900.0, 1500.0, None, None],
            "n_arrived_known": [2, 3, 0, 0],
            "n_arrived_missing": [0, 1, 0, 0],
            "project_share": [2 / 3, 0.6, 1 / 3, 0.4],
            "signed_share": [0.75, 1.0, 0.25, None],
            "arrived_share": [1.0, 1.0, None, None],
        }
    )
    frame = frame.assign(office="示例镇", is_demo=True, as_of=pd.Timestamp("2011-12-01"))
    return conform(frame, SectorBreakdown)


@pytest.fixture
def by_month() -> pd.DataFrame:
    """January to March of two years: a month not known, a negative one, one with an amount missing."""
    frame = pd.DataFrame(
        {
            "period": pd.to_datetime(
                [f"{year}-{month:02d}-01" for year in (2010, 2011) for month in (1, 2, 3)]
            ),
            "amount_cny_10k": [400.0, None, 200.0, 500.0, -100.0, 300.0],
            "ytd_cny_10k": [400.0, 400.0, 600.0, 500.0, 400.0, 700.0],
            "n_projects": [1, 0, 1, 1, 1, 1],
            "n_missing": [0, 0, 0, 0, 0, 2],
        }
    )
    about = {"office": "示例镇", "kind": "arrived", "is_demo": True, "as_of": pd.Timestamp("2011-03-01")}
    return conform(frame.assign(**about), FundingByMonth)
