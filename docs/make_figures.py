"""Draw every chart from the demo town, and the page that shows them: ``python docs/make_figures.py``."""

from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

import meishan_stats as ms
from meishan_stats.results import every_result

HERE = Path(__file__).parent
FOLDER = HERE / "gallery"
YEAR = 2011
_HEAD = """# 图集 Gallery

由 `docs/make_figures.py` 用虚构的示例镇（示例数据）画成。
Drawn from the invented town 示例镇 by `docs/make_figures.py`.
"""


def charts() -> dict[str, Callable[[], Axes]]:
    """A figure for every chart, by the name of its function."""
    tables = ms.load(HERE.parent / "data" / "raw" / "demo")
    results = every_result(tables)
    sectors = results["sector_breakdown"]
    before, after = (
        ms.sector_values(sectors, year=year, value="arrived_cny_10k") for year in (YEAR - 1, YEAR)
    )
    # A reference an analyst would take from a yearbook; here the town's own signed amounts stand in.
    reference = [ms.sector_values(sectors, year=year, value="signed_cny_10k") for year in (YEAR - 1, YEAR)]
    statuses = results["milestone_status"]
    quarters = ms.sector_breakdown(tables.projects, tables.funding, by="quarter")
    months = results["funding_by_month"]
    special: dict[str, Callable[[], Axes]] = {
        "plot_sector_breakdown": lambda: ms.charts.plot_sector_breakdown(sectors, year=YEAR),
        "plot_sector_trend": lambda: ms.charts.plot_sector_trend(quarters),
        "plot_origin_breakdown": lambda: ms.charts.plot_origin_breakdown(
            results["origin_breakdown"], year=YEAR
        ),
        "plot_funding_cumulative": lambda: ms.charts.plot_funding_cumulative(
            months, targets=results["target_attainment"], forecast=results["year_end_forecast"]
        ),
        "plot_backward_schedule": lambda: ms.charts.plot_backward_schedule(
            ms.backward_schedule(pd.Timestamp(YEAR + 1, 12, 31))
        ),
        "plot_location_quotient": lambda: ms.charts.plot_location_quotient(
            ms.location_quotient(after, reference[1])
        ),
        "plot_shift_share": lambda: ms.charts.plot_shift_share(ms.shift_share(before, after, *reference)),
        "plot_milestone_status": lambda: ms.charts.plot_milestone_status(statuses, top=12),
    }
    drawn = {}
    for name in ms.charts.__all__:
        draw = getattr(ms.charts, name)
        result = results.get(name.removeprefix("plot_"))
        drawn[name] = special.get(name) or (lambda draw=draw, result=result: draw(result))
    return drawn


def main() -> None:
    """Write docs/gallery/*.png and docs/gallery.md, and the figure of the README."""
    FOLDER.mkdir(exist_ok=True)
    parts = [_HEAD]
    for name, draw in charts().items():
        figure = draw().figure
        file = FOLDER / f"{name.removeprefix('plot_')}.png"
        figure.savefig(file, dpi=90)
        plt.close(figure)
        parts.append(f"## `{name}`\n\n![{name}](gallery/{file.name})\n")
    (HERE / "gallery.md").write_text("\n".join(parts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
