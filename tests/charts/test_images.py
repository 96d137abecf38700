"""What the theme looks like, against a picture that was looked at: fonts, colours, places of title and caption.

After a wanted change of the theme: ``python tests/charts/test_images.py`` draws the picture anew; look at it.
"""

from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.testing.compare import compare_images

mpl.use("Agg")

from meishan_stats.charts.sectors import plot_sector_breakdown
from meishan_stats.schemas import SectorBreakdown, columns, conform

BASELINE = Path(__file__).parent / "baseline" / "sector_breakdown.png"
TOLERANCE = 12
"""Root mean square of 255: other versions of the font library shift edges by a pixel (about 5)."""


def chart() -> Axes:
    counts = {name: 0 for name in columns(SectorBreakdown) if name.startswith("n_")}
    rows = pd.DataFrame(
        {
            **counts,
            "office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-12-01"), "by": "year", "year": 2011,
            "sector": ["new_energy", "new_materials", "modern_textiles", "other"],
            "n_projects": [4, 3, 2, 1], "n_signed": [3, 2, 2, 1],
            "signed_cny_10k": [12000.0, 8000.0, 5000.0, 1000.0],
            "arrived_cny_10k": [7000.0, 3000.0, 4000.0, None],
            "n_arrived_missing": [0, 0, 0, 2],
        }
    )  # fmt: skip
    return plot_sector_breakdown(conform(rows, SectorBreakdown))


def draw(path: Path) -> None:
    figure = chart().figure
    figure.savefig(path, dpi=60, metadata={"Software": None})


def test_the_theme_looks_as_it_was_looked_at(tmp_path):
    draw(tmp_path / "drawn.png")
    difference = compare_images(str(BASELINE), str(tmp_path / "drawn.png"), tol=TOLERANCE)
    assert difference is None, difference


def test_the_comparison_sees_another_theme(tmp_path):
    axes = chart()
    axes.set_facecolor("#222222")
    for bar in axes.patches:
        bar.set_facecolor("#ff0000")
    axes.figure.savefig(tmp_path / "drawn.png", dpi=60)
    assert compare_images(str(BASELINE), str(tmp_path / "drawn.png"), tol=TOLERANCE) is not None


if __name__ == "__main__":
    draw(BASELINE)
