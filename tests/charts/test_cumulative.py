"""The chart of the year to date shows what the tables say."""

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from meishan_stats.charts.cumulative import plot_funding_cumulative
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.funding import TargetAttainment, YearEndForecast

ABOUT = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-03-01")}


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def points(ax: Axes) -> list[list[tuple[float, float]]]:
    """Points of every line that are not gaps."""
    lines = [pd.Series(list(line.get_ydata()), index=list(line.get_xdata())) for line in ax.lines]
    return [[(float(x), float(y)) for x, y in line.dropna().items()] for line in lines]


def targets(**given: object) -> pd.DataFrame:
    row = {
        "year": 2011, "indicator": "招商引资到位资金", "issuer": "县下达", "measured_as": "arrived",
        "target_cny_10k": 2400.0, "actual_cny_10k": 700.0, "n_known": 1, "n_missing": 0, "n_unknown_origin": 0,
    }  # fmt: skip
    return conform(pd.DataFrame([{**ABOUT, **row, **given}]), TargetAttainment)


def forecast(**given: object) -> pd.DataFrame:
    row = {
        "kind": "arrived", "year": 2011, "method": "run_rate", "n_months": 3, "ytd_cny_10k": 700.0,
        "forecast_cny_10k": 2800.0, "low_cny_10k": 2000.0, "high_cny_10k": 3600.0, "level": 0.8, "n_known": 3,
        "n_missing": 0, "n_years": 0,
    }  # fmt: skip
    return conform(pd.DataFrame([{**ABOUT, **row, **given}]), YearEndForecast)


def test_lines_are_the_year_to_date_of_this_year_and_of_last(by_month: pd.DataFrame) -> None:
    ax = plot_funding_cumulative(by_month)
    assert [(1, 500), (2, 400), (3, 700)] in points(ax)
    assert [(1, 400), (2, 400), (3, 600)] in points(ax)
    assert "2011年 700" in texts(ax)
    assert "2010年 600" in texts(ax)


def test_a_month_that_is_not_known_is_a_hollow_point_where_the_line_stays(by_month: pd.DataFrame) -> None:
    ax = plot_funding_cumulative(by_month, year=2010)
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white" and len(line.get_xdata())]
    assert [(list(line.get_xdata()), list(line.get_ydata())) for line in hollow] == [([2], [400])]
    assert "空心点：当月金额未知" in texts(ax)


def test_months_without_a_row_are_a_gap_and_not_0(by_month: pd.DataFrame) -> None:
    ax = plot_funding_cumulative(by_month[by_month["period"].dt.month != 2])
    assert [(1, 500), (3, 700)] in points(ax)
    this_year = next(line for line in ax.lines if list(line.get_ydata())[:1] == [500])
    assert pd.isna(this_year.get_ydata()[1])


def test_missing_amounts_are_counted_of_the_two_years_drawn(by_month: pd.DataFrame) -> None:
    assert "共缺2项，未计入合计" in texts(plot_funding_cumulative(by_month))
    assert "共缺" not in texts(plot_funding_cumulative(by_month, year=2010))


def test_a_target_is_the_straight_path_to_the_end_of_the_year(by_month: pd.DataFrame) -> None:
    ax = plot_funding_cumulative(by_month, targets=targets())
    assert [(0, 0), (12, 2400)] in points(ax)
    assert "县下达目标 2,400" in texts(ax)
    assert "×" not in texts(ax)


def test_a_target_of_capital_of_some_origin_has_a_cross_at_its_own_measure(by_month: pd.DataFrame) -> None:
    narrow = targets(indicator="利用县外资金", measured_as="outside_county", includes_foreign=False)
    ax = plot_funding_cumulative(by_month, targets=narrow)
    assert [(3, 700)] in points(ax)
    assert "目标“利用县外资金”只计县外资金（不含外资）" in texts(ax)


@pytest.mark.parametrize(
    "given", [{"sector": "other"}, {"assignee": "甲村"}, {"year": 2010}, {"measured_as": "signed"}]
)
def test_targets_of_a_part_of_another_year_or_of_other_capital_are_not_drawn(
    by_month: pd.DataFrame, given: dict[str, object]
) -> None:
    ax = plot_funding_cumulative(by_month, targets=targets(**given))
    assert [(0, 0), (12, 2400)] not in points(ax)
    assert "没有可画的全年目标" in texts(ax)
    assert ("另有1个同类目标" in texts(ax)) == ("sector" in given or "assignee" in given)


def test_targets_and_forecasts_of_another_office_are_left_out(by_month: pd.DataFrame) -> None:
    ax = plot_funding_cumulative(
        by_month, targets=targets(office="煤山镇"), forecast=forecast(office="煤山镇")
    )
    assert "没有可画的全年目标" in texts(ax)
    assert "没有2011年的预测" in texts(ax)


def test_a_forecast_is_a_point_with_its_interval_after_december(by_month: pd.DataFrame) -> None:
    drawn = points(plot_funding_cumulative(by_month, forecast=forecast()))
    assert [(12.3, 2800)] in drawn
    assert [(12.3, 2000), (12.3, 3600)] in drawn


def test_a_refused_forecast_is_told_with_its_reason(by_month: pd.DataFrame) -> None:
    refused = forecast(forecast_cny_10k=None, low_cny_10k=None, high_cny_10k=None, reason="too_early")
    ax = plot_funding_cumulative(by_month, forecast=refused)
    assert "按月均推算：不满三个月，不作推算" in texts(ax)
    assert "置信水平" not in texts(ax)


def test_words_at_the_right_never_overlap(by_month: pd.DataFrame) -> None:
    close = pd.concat([targets(issuer=name, target_cny_10k=2400.0 + k) for k, name in enumerate("甲乙丙丁")])
    near = pd.concat([forecast(method=m) for m in ("run_rate", "seasonal", "pipeline")])
    ax = plot_funding_cumulative(by_month, targets=close, forecast=near)
    ax.figure.canvas.draw()
    beside = [text for text in ax.texts if text.get_position()[0] == 1.025]
    boxes = sorted((Text.get_window_extent(text) for text in beside), key=lambda box: box.y0)
    assert len(boxes) == 7
    assert all(low.y1 <= high.y0 + 1 for low, high in pairwise(boxes))


def test_a_year_that_is_not_there_is_refused_and_the_years_are_named(by_month: pd.DataFrame) -> None:
    with pytest.raises(ChoiceError, match=r"2015.*2010, 2011"):
        plot_funding_cumulative(by_month, year=2015)
