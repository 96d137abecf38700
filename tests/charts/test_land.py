"""The chart of land shows what the table says."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from meishan_stats.charts.land import plot_land_efficiency
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import columns, conform
from meishan_stats.schemas.results.land import LandEfficiency


def made(frame: dict[str, object], **given: object) -> pd.DataFrame:
    counts = {name: 0 for name, column in columns(LandEfficiency).items() if not column.nullable}
    about = {"office": "示例镇", "is_demo": True, "threshold_cny_10k": 350.0, "status": "signed"}
    return conform(pd.DataFrame({**counts, **about, **frame}).assign(**given), LandEfficiency)


def projects(**given: object) -> pd.DataFrame:
    """One above the line, one below, one of unknown land, one negotiating."""
    frame = {
        "grouped_by": "project",
        "group": ["a", "b", "c", "d"],
        "name": ["甲项目", "乙项目", "丙项目", "丁项目"],
        "status": ["signed", "signed", "signed", "negotiating"],
        "n_projects": 1,
        "land_mu": [10.0, 40.0, None, 20.0],
        "investment_cny_10k": [4000.0, 1000.0, None, 8000.0],
        "investment_per_mu_cny_10k": [400.0, 25.0, None, 400.0],
        "is_below": [False, True, None, False],
        "n_land_missing": [0, 0, 1, 0],
    }
    return made(frame, **given)


def sectors(**given: object) -> pd.DataFrame:
    frame = {
        "grouped_by": "sector",
        "group": [None, "new_energy", "other"],
        "n_projects": 3,
        "n_used": [2, 2, 0],
        "n_below": [2, 1, 0],
        "land_mu": [50.0, 20.0, None],
        "investment_per_mu_cny_10k": [100.0, 400.0, None],
        "lowest_per_mu_cny_10k": [50.0, 300.0, None],
        "highest_per_mu_cny_10k": [150.0, 600.0, None],
    }
    return made(frame, **given)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def points(ax: Axes, marker: str) -> list[tuple[float, float]]:
    return [pair for line in ax.lines if line.get_marker() == marker
            for pair in zip(line.get_xdata(), line.get_ydata(), strict=True)]  # fmt: skip


def test_points_are_land_and_investment_and_their_shape_tells_the_line() -> None:
    ax = plot_land_efficiency(projects())
    assert points(ax, "o") == [(10, 4000)]
    assert points(ax, "v") == [(40, 1000)]
    assert "达标1个" in texts(ax)
    assert "低于标准1个" in texts(ax)


def test_the_line_is_the_threshold_times_the_land() -> None:
    line = next(line for line in plot_land_efficiency(projects()).lines if line.get_linestyle() == "--")
    x, y = line.get_xdata(), line.get_ydata()
    assert y == pytest.approx(np.asarray(x) * 350)
    assert "标准350万元/亩" in texts(plot_land_efficiency(projects()))


def test_one_status_is_drawn_and_the_others_are_told() -> None:
    assert "其他项目未画：在谈1个" in texts(plot_land_efficiency(projects()))
    ax = plot_land_efficiency(projects(), status="negotiating")
    assert points(ax, "o") == [(20, 8000)]
    assert "其他项目未画：签约3个" in texts(ax)
    with pytest.raises(ChoiceError, match=r"status.*'signed', 'negotiating', 'stopped', 'unknown'"):
        plot_land_efficiency(projects(), status="done")


def test_projects_of_unknown_land_are_counted_and_not_drawn() -> None:
    ax = plot_land_efficiency(projects())
    assert len(points(ax, "o")) + len(points(ax, "v")) == 2
    assert "缺用地1个，未计入" in texts(ax)


def test_axes_are_logarithmic_only_where_projects_differ_much() -> None:
    assert plot_land_efficiency(projects()).get_xscale() == "linear"
    wide = projects(investment_cny_10k=[400_000.0, 1000.0, None, 1.0])
    ax = plot_land_efficiency(wide)
    assert ax.get_xscale() == ax.get_yscale() == "log"
    assert "对数刻度" in texts(ax)


def test_names_of_many_projects_overlap_neither_each_other_nor_the_points() -> None:
    draw = np.random.default_rng(1)
    land, money = draw.uniform(5, 120, 200), draw.uniform(500, 20_000, 200)
    frame = {
        "grouped_by": "project", "group": [str(k) for k in range(200)], "land_mu": land,
        "name": "长兴示例启禾差别化纤维有限公司年产五万吨项目", "investment_cny_10k": money,
        "investment_per_mu_cny_10k": money / land, "is_below": money / land < 350,
    }  # fmt: skip
    ax = plot_land_efficiency(made(frame))
    ax.figure.canvas.draw()
    boxes = [
        Text.get_window_extent(text)
        for text in ax.texts
        if "示例" in text.get_text() and "…" in text.get_text()
    ]
    assert boxes
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_bars_of_sectors_are_the_figure_of_the_table_with_the_range_of_their_projects() -> None:
    ax = plot_land_efficiency(sectors())
    assert [bar.get_width() for bar in ax.patches] == [400, 100]  # none for a sector without a figure
    assert [label.get_text() for label in ax.get_yticklabels()] == ["新能源", "产业不明"]
    assert points(ax, "|") == [(300, 0), (50, 1), (600, 0), (150, 1)]
    for part in ("400.0（低于标准1/2个）", "2个项目，20亩"):
        assert part in texts(ax)


def test_parks_stand_from_the_highest_down_and_only_so_many() -> None:
    parks = sectors(grouped_by="park", group=["东园", "西园", None])
    ax = plot_land_efficiency(parks)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["西园", "东园"]
    few = plot_land_efficiency(parks, top=1)
    assert len(few.patches) == 1
    assert "其余1组未画" in texts(few)


def test_investment_that_stands_for_fixed_assets_is_told() -> None:
    assert "6个项目以总投资代替固定资产投资" in texts(plot_land_efficiency(sectors(n_total_instead=2)))


def test_projects_without_land_are_no_data() -> None:
    ax = plot_land_efficiency(projects().iloc[2:3])
    assert "无数据" in texts(ax)
    assert "1个项目，用地或投资未知" in texts(ax)


def test_two_thresholds_or_groupings_are_refused() -> None:
    with pytest.raises(ChoiceError, match="one threshold_cny_10k"):
        plot_land_efficiency(pd.concat([projects(), projects(threshold_cny_10k=200.0)]))
    with pytest.raises(ChoiceError, match="one grouped_by"):
        plot_land_efficiency(pd.concat([projects(), sectors()]))
