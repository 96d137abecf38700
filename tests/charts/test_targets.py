"""The chart of targets shows what the table says."""

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Text

from meishan_stats.charts.targets import plot_target_attainment
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.funding import TargetAttainment


def rows(**given: object) -> pd.DataFrame:
    """At the middle of 2011: one target ahead of time, one behind, of one nothing is measured."""
    frame = pd.DataFrame(
        {
            "year": 2011,
            "indicator": ["利用县外资金", "签约项目数", "重点储备项目"],
            "issuer": ["县下达", "自加压力", "县下达"],
            "target_cny_10k": [1000.0, None, None],
            "actual_cny_10k": [600.0, None, None],
            "n_target": [None, 20.0, 10.0],
            "n_actual": [None, 8.0, None],
            "attainment": [0.6, 0.4, None],
            "time_progress": 0.5,
            "gap_pp": [10.0, -10.0, None],
            "includes_foreign": [True, None, None],
            "n_missing": [3, 0, 0],
            "n_unknown_origin": [2, 0, 0],
            "reason": [None, None, "indicator_unknown"],
        }
    )
    about = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-06-01"), "n_known": 1}
    return conform(frame.assign(**about).assign(**given), TargetAttainment)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def test_bars_are_reached_over_target_and_strokes_the_time_progress() -> None:
    ax = plot_target_attainment(rows())
    assert [bar.get_width() for bar in ax.patches] == [0.6, 0.4]
    strokes = next(item for item in ax.collections if isinstance(item, LineCollection))
    assert [float(line[0, 0]) for line in strokes.get_segments()] == [0.5, 0.5]


def test_each_row_says_reached_target_percentage_and_gap_in_points() -> None:
    shown = texts(plot_target_attainment(rows()))
    for part in ("600 / 1,000 缺3项", "60.0%", "超10.0个百分点", "8 / 20个", "40.0%", "欠10.0个百分点"):
        assert part in shown
    assert "完成 / 目标（万元）" in shown


def test_issuer_sector_assignee_and_foreign_capital_are_told_under_the_name() -> None:
    shown = texts(plot_target_attainment(rows(sector=["new_energy", None, None], assignee="甲村")))
    assert "县下达、甲村、新能源、含外资" in shown
    assert "自加压力、甲村\n" in shown + "\n"


def test_a_target_of_which_nothing_is_measured_is_in_the_caption_with_the_reason() -> None:
    ax = plot_target_attainment(rows())
    assert len(ax.patches) == 2
    assert "未计算：重点储备项目（指标无法由项目和资金表算出" in texts(ax).replace("\n", "")


def test_amounts_of_unknown_origin_are_told() -> None:
    assert "来源不明的资金或项目不计入，最多的一个目标有2项" in texts(plot_target_attainment(rows()))


def test_the_year_of_the_last_report_is_drawn_unless_another_is_named() -> None:
    both = pd.concat([rows(), rows(year=2012, attainment=[0.1, 0.1, None])])
    assert "2011年" in plot_target_attainment(both).get_title(loc="left")
    later = plot_target_attainment(both, year=2012)
    assert [bar.get_width() for bar in later.patches] == [0.1, 0.1]
    with pytest.raises(ChoiceError, match=r"2009.*2011, 2012"):
        plot_target_attainment(both, year=2009)


def test_only_so_many_targets_are_drawn_and_the_rest_is_told() -> None:
    ax = plot_target_attainment(rows(), top=1)
    assert len(ax.patches) == 1
    assert "另有1个目标未画" in texts(ax)
    with pytest.raises(ChoiceError, match="top"):
        plot_target_attainment(rows(), top=0)


def test_a_bar_far_beyond_its_target_keeps_its_length_and_does_not_press_the_others_together() -> None:
    ax = plot_target_attainment(rows(attainment=[50.0, 0.4, None]))
    assert ax.patches[0].get_width() == 50
    assert ax.get_xlim()[1] < 4
    assert "超过300%的条画到边为止" in texts(ax)


def test_columns_of_words_do_not_overlap() -> None:
    ax = plot_target_attainment(rows(target_cny_10k=[99_999.0, None, None]))
    ax.figure.canvas.draw()
    row = [text for text in ax.texts if text.get_text() in ("600 / 99,999 缺3项", "60.0%", "超10.0个百分点")]
    boxes = sorted((text.get_window_extent() for text in row), key=lambda box: box.x0)
    assert len(boxes) == 3
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_targets_without_any_measure_are_no_data_with_their_reasons() -> None:
    ax = plot_target_attainment(rows().tail(1))
    assert "无数据" in texts(ax)
    assert "未计算：重点储备项目" in texts(ax)
