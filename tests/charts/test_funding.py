"""The chart of capital by month shows what the table says."""

from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.container import BarContainer
from matplotlib.text import Text

from meishan_stats.charts import plot_funding_by_month
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import FundingByMonth, conform


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for axes in ax.figure.axes for text in axes.findobj(Text))


def bars(ax: Axes) -> dict[int, float]:
    """Height of each bar by the place of its month."""
    drawn = [bar for group in ax.containers if isinstance(group, BarContainer) for bar in group]
    return {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in drawn}


def twin_of(ax: Axes) -> Axes:
    return next(axes for axes in ax.figure.axes if axes is not ax)


def long_series(n_months: int) -> pd.DataFrame:
    periods = pd.date_range("2006-03-01", periods=n_months, freq="MS")
    about = {"office": "示例镇", "kind": "arrived", "is_demo": False, "as_of": periods.max()}
    frame = pd.DataFrame({"period": periods, "amount_cny_10k": 100.0, "ytd_cny_10k": 100.0, "n_projects": 1})
    return conform(frame.assign(**about, n_missing=0), FundingByMonth)


def test_bars_are_the_months_of_the_table_and_an_unknown_month_has_none(by_month: pd.DataFrame) -> None:
    ax = plot_funding_by_month(by_month)
    assert bars(ax) == {0: 400, 2: 200, 3: 500, 4: -100, 5: 300}
    assert "未知" in texts(ax)
    assert "当月金额未知" in texts(ax)


def test_the_line_is_the_year_to_date_and_starts_anew_each_january(by_month: pd.DataFrame) -> None:
    lines = [list(line.get_ydata()) for line in twin_of(plot_funding_by_month(by_month)).lines]
    assert lines == [[400, 400, 600], [500, 400, 700]]


def test_strokes_are_the_same_month_last_year(by_month: pd.DataFrame) -> None:
    ax = plot_funding_by_month(by_month)
    strokes = next(item for item in ax.collections if isinstance(item, LineCollection))
    places = {round(line[:, 0].mean()): line[0, 1] for line in strokes.get_segments()}
    assert places == {3: 400, 5: 200}


def test_a_negative_month_is_visible_and_both_axes_have_zero_at_one_height(by_month: pd.DataFrame) -> None:
    ax = plot_funding_by_month(by_month)
    low, high = ax.get_ylim()
    assert low < -100
    twin_low, twin_high = twin_of(ax).get_ylim()
    assert low / (high - low) == pytest.approx(twin_low / (twin_high - twin_low))


def test_missing_amounts_are_counted_at_their_month_and_in_the_caption(by_month: pd.DataFrame) -> None:
    shown = texts(plot_funding_by_month(by_month))
    assert "300\n缺2项" in shown
    assert "共缺2项，未计入合计" in shown


def test_capital_without_a_month_is_noted_and_not_drawn(by_month: pd.DataFrame) -> None:
    undated = by_month.tail(1).assign(period=pd.NaT, amount_cny_10k=900.0, ytd_cny_10k=float("nan"))
    ax = plot_funding_by_month(pd.concat([by_month, undated]))
    assert len(bars(ax)) == 5
    assert "另有900万元没有注明月份" in texts(ax)


def test_the_caption_states_office_date_unit_source_and_that_the_data_is_invented(
    by_month: pd.DataFrame,
) -> None:
    shown = texts(plot_funding_by_month(by_month))
    for part in (
        "示例镇到位资金",
        "截至2011年3月",
        "单位：万元",
        "来源：示例镇的工作簿",
        "示例数据，不是真实统计",
    ):
        assert part in shown


def test_an_english_chart_is_english_but_for_names(by_month: pd.DataFrame) -> None:
    shown = texts(plot_funding_by_month(by_month, lang="en")).replace("示例镇", "")
    assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]
    assert "CNY million" in shown


def test_an_empty_result_and_one_without_any_amount_say_that_there_is_no_data(by_month: pd.DataFrame) -> None:
    unknown = by_month.assign(amount_cny_10k=float("nan"), ytd_cny_10k=float("nan"))
    for result in (by_month.head(0), unknown):
        ax = plot_funding_by_month(result)
        ax.figure.canvas.draw()
        assert "无数据" in texts(ax)
        assert bars(ax) == {}
    assert "2项金额均未知" in texts(plot_funding_by_month(unknown))


@pytest.mark.parametrize("n_months", [1, 2, 11, 24, 72, 300])
def test_labels_of_months_never_overlap(n_months: int) -> None:
    ax = plot_funding_by_month(long_series(n_months))
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text().strip()]
    assert boxes
    assert all(left.x1 <= right.x0 for left, right in pairwise(boxes))


def test_drawing_leaves_the_users_settings_and_the_result(by_month: pd.DataFrame) -> None:
    settings, table = dict(mpl.rcParams), by_month.copy()
    plot_funding_by_month(by_month).figure.canvas.draw()
    assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(by_month, table)


def test_two_offices_are_refused_by_name(by_month: pd.DataFrame) -> None:
    two = pd.concat([by_month, by_month.assign(office="煤山镇")])
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot_funding_by_month(two)


def test_two_kinds_of_capital_are_refused_by_name(by_month: pd.DataFrame) -> None:
    two = pd.concat([by_month, by_month.assign(kind="completed")])
    with pytest.raises(ChoiceError, match=r"arrived, completed.*one kind"):
        plot_funding_by_month(two)


def test_a_table_that_is_no_funding_is_refused_with_the_columns_it_lacks(by_month: pd.DataFrame) -> None:
    with pytest.raises(TableError, match=r"plot_funding_by_month.*FundingByMonth.*ytd_cny_10k"):
        plot_funding_by_month(by_month.drop(columns="ytd_cny_10k"))


def test_words_that_numbers_of_the_last_months_leave_no_room_for_move_away(by_month: pd.DataFrame) -> None:
    # The year to date ends as high as the bar of its month: their numbers would stand on each other.
    months = by_month.head(1).assign(amount_cny_10k=500.0, ytd_cny_10k=500.0)
    ax = plot_funding_by_month(months)
    ax.figure.canvas.draw()
    boxes = [Text.get_window_extent(text) for text in twin_of(ax).texts if text.get_text() == "500"]
    assert len(boxes) == 2
    assert not boxes[0].overlaps(boxes[1])


def test_numbers_of_months_never_overlap_and_give_way_to_stars_where_they_have_no_room() -> None:
    few, many = long_series(18).assign(amount_cny_10k=98_765.0), long_series(40).assign(n_missing=1)
    ax = plot_funding_by_month(few)
    ax.figure.canvas.draw()
    boxes = [Text.get_window_extent(text) for text in twin_of(ax).texts if text.get_text() == "98,765"]
    assert len(boxes) in (0, 18)
    assert not [pair for pair in pairwise(boxes) if pair[0].overlaps(pair[1])]
    assert texts(plot_funding_by_month(many)).count("*") == 41  # and once in the caption


def test_january_and_february_joined_are_named_so(by_month: pd.DataFrame) -> None:
    joined = by_month[by_month["period"].dt.month > 1]
    ax = plot_funding_by_month(joined.assign(is_joined=joined["period"].dt.month == 2))
    assert [label.get_text().split("\n")[0] for label in ax.get_xticklabels()] == ["1—2月", "3月"] * 2
