"""The lines of the sectors over time show what the table says."""

from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

from meishan_stats.charts.labels import spread
from meishan_stats.charts.sector_trend import plot_sector_trend
from meishan_stats.charts.theme import sector_colours
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import SectorBreakdown, conform


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def drawn(ax: Axes) -> dict[str, list[float | None]]:
    """Heights of each line by its sector, None for a gap."""
    return {
        str(line.get_label()): [None if np.isnan(value) else value for value in line.get_ydata()]
        for line in ax.lines
        if len(line.get_ydata()) != 2 or not str(line.get_label()).startswith("_")
    }


def rows(
    sectors: list[object], years: list[object], arrived: list[float | None], **others: object
) -> pd.DataFrame:
    known = [value is not None for value in arrived]
    frame = pd.DataFrame({"sector": sectors, "year": years, "arrived_cny_10k": arrived})
    base = {
        "office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-12-01"), "by": "year", "n_projects": 1,
        "n_signed": 1, "n_negotiating": 0, "n_stage_unknown": 0, "n_negotiating_missing": 0,
        "n_signed_missing": 0, "n_arrived_known": known, "n_arrived_missing": 0,
    }  # fmt: skip
    return conform(frame.assign(**(base | others)), SectorBreakdown)


@pytest.fixture
def trend() -> pd.DataFrame:
    """Textiles in 2009 and 2011 only; energy in all three years, in 2010 without a known amount."""
    return rows(
        ["modern_textiles", "modern_textiles", "new_energy", "new_energy", "new_energy"],
        [2009, 2011, 2009, 2010, 2011],
        [50.0, 70.0, 100.0, None, 300.0],
        n_arrived_missing=[0, 0, 0, 2, 0],
    )


def test_lines_are_the_amounts_of_the_table_and_what_is_not_known_is_a_gap(trend: pd.DataFrame) -> None:
    ax = plot_sector_trend(trend)
    assert drawn(ax) == {"new_energy": [100, None, 300], "modern_textiles": [50, None, 70]}
    assert "断开处为没有记录或金额未知" in texts(ax)
    assert "共缺2项金额" in texts(ax)


def test_lines_carry_the_name_and_the_last_amount_of_their_sector(trend: pd.DataFrame) -> None:
    shown = texts(plot_sector_trend(trend))
    assert "新能源 300" in shown
    assert "现代纺织 70" in shown


def test_counts_are_drawn_as_counts(trend: pd.DataFrame) -> None:
    ax = plot_sector_trend(trend, measure="n_projects")
    assert drawn(ax) == {"new_energy": [1, 1, 1], "modern_textiles": [1, None, 1]}
    assert ax.get_ylabel() == "项目数（个）"


def test_parts_of_a_sector_are_added_up(trend: pd.DataFrame) -> None:
    parts = pd.concat([trend.assign(subsector="光伏制造"), trend.assign(subsector="储能")])
    assert drawn(plot_sector_trend(parts))["modern_textiles"] == [100, None, 140]


def test_quarters_between_first_and_last_are_all_there_and_named() -> None:
    quarters = rows(
        ["other", "other"],
        [2010, 2011],
        [5.0, 8.0],
        by="quarter",
        period=pd.to_datetime(["2010-07-01", "2011-01-01"]),
    )
    ax = plot_sector_trend(quarters)
    assert drawn(ax) == {"other": [5, None, 8]}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["3季度\n2010年", "4季度", "1季度\n2011年"]


def test_what_has_no_period_is_noted_and_not_drawn(trend: pd.DataFrame) -> None:
    undated = rows(["other"], [pd.NA], [900.0])
    ax = plot_sector_trend(pd.concat([trend, undated]))
    assert "other" not in drawn(ax)
    assert "另有900万元没有注明时期" in texts(ax)


def test_a_last_year_that_is_not_over_is_told(trend: pd.DataFrame) -> None:
    assert "最后一期未满" not in texts(plot_sector_trend(trend))
    halfway = trend.assign(as_of=pd.Timestamp("2011-06-01"))
    assert "最后一期未满，仅截至2011年6月" in texts(plot_sector_trend(halfway))


def test_sectors_beyond_the_largest_are_added_up_in_one_line_and_the_caption_says_so() -> None:
    many = rows(["a", "b", "c", None], [2011] * 4, [10.0, 40.0, 30.0, 5.0])
    ax = plot_sector_trend(many, top=2)
    assert sorted(height for [height] in drawn(ax).values()) == [15, 30, 40]
    assert "其余 15" in texts(ax)
    assert "最大的2个产业之外还有2个" in texts(ax)


def test_a_sector_has_the_colour_it_has_in_every_chart(trend: pd.DataFrame) -> None:
    lines = {line.get_label(): line for line in plot_sector_trend(trend).lines}
    assert (
        to_hex(lines["modern_textiles"].get_color()).upper() == sector_colours(["modern_textiles"])[0].upper()
    )
    assert lines["modern_textiles"].get_marker() != lines["new_energy"].get_marker()


def test_names_at_the_ends_of_lines_do_not_overlap() -> None:
    sectors = ["new_energy", "new_materials", "modern_textiles", "other", "own", None]
    ax = plot_sector_trend(rows(sectors, [2011] * 6, [100.0, 101.0, 102.0, 1.0, 0.0, 2.0]))
    ax.figure.canvas.draw()
    named = [text for text in ax.texts if " 10" in text.get_text() or text.get_text().split(" ")[-1] in "102"]
    boxes = sorted((Text.get_window_extent(text) for text in named), key=lambda box: box.y0)
    assert len(boxes) == 6
    assert all(low.y1 <= high.y0 + 1 for low, high in pairwise(boxes))


@given(st.lists(st.floats(0, 100), max_size=12))
def test_spread_places_keep_their_gap_and_order(places: list[float]) -> None:
    moved = spread(places, gap=7, least=0)
    ranks = sorted(range(len(places)), key=lambda k: places[k])
    assert all(moved[later] - moved[former] >= 7 - 1e-6 for former, later in pairwise(ranks))
    assert min(moved, default=0) >= -1e-9


def test_an_english_chart_is_english_but_for_names(trend: pd.DataFrame) -> None:
    shown = texts(plot_sector_trend(trend.assign(as_of=pd.Timestamp("2011-06-01")), lang="en")).replace(
        "示例镇", ""
    )
    assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]
    assert "new energy 3.0" in shown  # 300 万元 are 3 million


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_result_without_rows_or_amounts_says_so_and_one_row_is_one_point(
    trend: pd.DataFrame, lang: str
) -> None:
    for result in (trend.head(0), trend.assign(arrived_cny_10k=float("nan"))):
        ax = plot_sector_trend(result, lang=lang)
        ax.figure.canvas.draw()
        assert {"zh": "无数据", "en": "No data"}[lang] in texts(ax)
        assert list(ax.lines) == []
    ax = plot_sector_trend(trend.head(1), lang=lang)
    ax.figure.canvas.draw()
    assert drawn(ax) == {"modern_textiles": [50]}


def test_drawing_leaves_the_users_settings_and_the_result(trend: pd.DataFrame) -> None:
    settings, table = dict(mpl.rcParams), trend.copy()
    plot_sector_trend(trend).figure.canvas.draw()
    assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(trend, table)


def test_wrong_results_and_choices_are_refused_by_name(trend: pd.DataFrame) -> None:
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot_sector_trend(pd.concat([trend, trend.assign(office="煤山镇")]))
    with pytest.raises(ChoiceError, match=r"one by, not year, month"):
        plot_sector_trend(pd.concat([trend, trend.assign(by="month")]))
    with pytest.raises(ChoiceError, match=r"measure must be one of 'arrived'.*'spent'"):
        plot_sector_trend(trend, measure="spent")
    with pytest.raises(ChoiceError, match="top must be a whole number"):
        plot_sector_trend(trend, top=0)
    with pytest.raises(TableError, match=r"plot_sector_trend.*SectorBreakdown.*arrived_cny_10k"):
        plot_sector_trend(trend.drop(columns="arrived_cny_10k"))
