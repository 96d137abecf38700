"""The chart of the forecast shows what the table says."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from meishan_stats.charts.forecast import plot_year_end_forecast
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.funding import YearEndForecast


def rows(**given: object) -> pd.DataFrame:
    """A forecast with an interval, one refused, one without an interval."""
    frame = pd.DataFrame(
        {
            "kind": "arrived",
            "year": 2011,
            "method": ["run_rate", "seasonal", "pipeline"],
            "n_months": 6,
            "ytd_cny_10k": 600.0,
            "forecast_cny_10k": [1200.0, None, 1500.0],
            "low_cny_10k": [1000.0, None, None],
            "high_cny_10k": [1400.0, None, None],
            "level": 0.8,
            "n_years": [0, 0, 1],
            "history_years": [None, None, "2010"],
            "outstanding_cny_10k": [None, None, 1800.0],
            "reason": [None, "too_few_years", "one_year_only"],
        }
    )
    about = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-06-01")}
    return conform(frame.assign(**about, n_known=6, n_missing=0).assign(**given), YearEndForecast)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def lines(ax: Axes) -> list[tuple[list[float], list[float]]]:
    return [([float(x) for x in line.get_xdata()], [float(y) for y in line.get_ydata()]) for line in ax.lines]


def test_points_and_intervals_are_those_of_the_table_in_its_order() -> None:
    drawn = lines(plot_year_end_forecast(rows()))
    assert ([1000, 1400], [0, 0]) in drawn
    assert ([1200], [0]) in drawn
    assert ([1500], [2]) in drawn
    assert ([600, 600], [0, 1]) in drawn  # the year to date, from the bottom to the top of the axes
    assert len(drawn) == 4


def test_a_refused_method_is_a_row_with_its_reason_and_no_point() -> None:
    ax = plot_year_end_forecast(rows())
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "按月均推算",
        "按往年进度推算",
        "按在手项目推算",
    ]
    assert "完整的往年不足两年，不作推算" in texts(ax)
    assert not [line for line in lines(ax) if line[1] == [1]]


def test_numbers_interval_level_and_grounds_are_written() -> None:
    shown = texts(plot_year_end_forecast(rows()))
    for part in ("1,200（1,000—1,400）", "1,500\n只有一年可比，不给区间", "本年累计 600", "区间的置信水平：80%",
                 "参照2010年、已签约未到位1,800", "已过6个月"):  # fmt: skip
        assert part in shown


def test_an_interval_without_an_upper_end_says_so_and_draws_none() -> None:
    open_ended = rows(low_cny_10k=[1000.0, None, None], high_cny_10k=None, reason="no_upper_end")
    ax = plot_year_end_forecast(open_ended)
    assert "1,200（不少于1,000）" in texts(ax)
    assert "往年进度相差太大，没有上限" in texts(ax)
    assert ([1000, 1200], [0, 0]) in lines(ax)


def test_missing_amounts_are_told() -> None:
    shown = texts(plot_year_end_forecast(rows(n_missing=4, n_signed_missing=[None, None, 2])))
    assert "本年金额缺4项" in shown
    assert "2个签约项目的协议资金未知" in shown


def test_a_year_that_is_over_has_points_and_no_intervals() -> None:
    over = rows(forecast_cny_10k=600.0, low_cny_10k=600.0, high_cny_10k=600.0, reason=None)
    assert texts(plot_year_end_forecast(over)).count("600\n") >= 3
    assert "—600" not in texts(plot_year_end_forecast(over))


def test_forecasts_that_are_all_refused_are_no_data_with_their_reasons() -> None:
    none = rows(forecast_cny_10k=None, low_cny_10k=None, high_cny_10k=None, reason="too_early")
    ax = plot_year_end_forecast(none)
    assert "无数据" in texts(ax)
    assert "按往年进度推算：不满三个月，不作推算" in texts(ax)


def test_two_years_or_kinds_are_refused() -> None:
    with pytest.raises(ChoiceError, match="one year"):
        plot_year_end_forecast(pd.concat([rows(), rows(year=2010)]))
    with pytest.raises(ChoiceError, match="one kind"):
        plot_year_end_forecast(pd.concat([rows(), rows(kind="completed")]))
