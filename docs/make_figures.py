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
NOT_OVER = "2011-09"
"""Month that a forecast is shown of: at the end of a year there is nothing to forecast."""
_HEAD = """# 图集 Gallery

由 `docs/make_figures.py` 用虚构的示例镇（示例数据）画成。
Drawn from the invented town 示例镇 by `docs/make_figures.py`.
"""


Chart = tuple[pd.DataFrame, dict[str, object]]
"""What a chart is drawn from: a result, and the other arguments."""


def charts() -> dict[str, Callable[[], Axes]]:
    """A figure for every chart, by the name of its function."""
    return {
        name: (lambda name=name, result=result, more=more: getattr(ms.charts, name)(result, **more))
        for name, (result, more) in drawn_from().items()
    }


def drawn_from() -> dict[str, Chart]:
    """Result of the demo town for every chart, by the name of its function."""
    tables = ms.load(HERE.parent / "data" / "raw" / "demo")
    results = every_result(tables)
    sectors = results["sector_breakdown"]
    before, after = (
        ms.sector_values(sectors, year=year, value="arrived_cny_10k") for year in (YEAR - 1, YEAR)
    )
    # A reference an analyst would take from a yearbook; here the town's own signed amounts stand in.
    reference = [ms.sector_values(sectors, year=year, value="signed_cny_10k") for year in (YEAR - 1, YEAR)]
    quarters = ms.sector_breakdown(tables.projects, tables.funding, by="quarter")
    months = results["funding_by_month"]
    forecast = ms.year_end_forecast(tables.funding, method=None, projects=tables.projects, as_of=NOT_OVER)
    targets = ms.target_attainment(
        tables.targets, tables.funding, tables.projects, offices=tables.offices, as_of=NOT_OVER
    )
    special: dict[str, Chart] = {
        "plot_sector_breakdown": (sectors, {"year": YEAR}),
        "plot_sector_trend": (quarters, {}),
        "plot_origin_breakdown": (results["origin_breakdown"], {"year": YEAR}),
        "plot_funding_cumulative": (
            months[months["period"] <= NOT_OVER].assign(as_of=pd.Timestamp(NOT_OVER)), {"targets": targets, "forecast": forecast},
        ),
        "plot_year_end_forecast": (forecast, {}),
        "plot_backward_schedule": (ms.backward_schedule(pd.Timestamp(YEAR + 1, 12, 31)), {}),
        "plot_location_quotient": (ms.location_quotient(after, reference[1]), {}),
        "plot_shift_share": (ms.shift_share(before, after, *reference), {}),
        "plot_milestone_status": (results["milestone_status"], {"top": 12}),
    }  # fmt: skip
    return {
        name: special.get(name) or (results[name.removeprefix("plot_")], {}) for name in ms.charts.__all__
    }


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
