"""The chart of stations and recruiters shows what the table says."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from meishan_stats.charts.stations import PARTS, plot_station_performance
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import columns, conform
from meishan_stats.schemas.results.activity import StationPerformance


def rows(**given: object) -> pd.DataFrame:
    """Two stations with points, one without figures, and what is attributed to none."""
    counts = {name: 0 for name, column in columns(StationPerformance).items() if not column.nullable}
    frame = pd.DataFrame(
        {
            **counts,
            "grouped_by": "station",
            "station": ["上海", "杭州", "深圳", None],
            "n_recruiters": [2.0, 1.0, None, None],
            "n_visits": [4.0, 8.0, None, None],
            "signed_cny_10k": [5000.0, None, 300.0, 9000.0],
            "n_signed_missing": [1, 2, 0, 0],
            "station_days_points": [10.0, 5.0, None, None],
            "n_visits_points": [5.0, 10.0, None, None],
            "n_absences_points": [-10.0, 0.0, None, None],
            "score": [5.0, 15.0, None, None],
            "n_points_missing": [5, 5, 8, 8],
            "score_stated": [6.0, 15.0, None, None],
            "office": "示例镇",
            "is_demo": True,
        }
    )
    return conform(frame.assign(**given), StationPerformance)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def names(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_points_are_the_measure_from_the_largest_down_and_nobodys_stand_last() -> None:
    ax = plot_station_performance(rows(), measure="signed_cny_10k")
    assert names(ax) == ["上海", "深圳", "杭州", "未能归属"]
    (points,) = (line for line in ax.lines if line.get_marker() == "o")
    assert list(zip(points.get_xdata(), points.get_ydata(), strict=True)) == [(5000, 0), (300, 1), (9000, 3)]


def test_what_is_missing_is_written_and_has_no_point() -> None:
    shown = texts(plot_station_performance(rows(), measure="signed_cny_10k"))
    assert "5,000 缺1项" in shown
    assert "未知（缺2项）" in shown
    assert "签约金额（万元）" in shown


def test_parts_of_the_score_lie_beside_each_other_and_what_is_lost_left_of_zero() -> None:
    ax = plot_station_performance(rows())
    parts = [(bar.get_x(), bar.get_width(), round(bar.get_y() + bar.get_height() / 2)) for bar in ax.patches]
    assert parts == [(0, 5, 0), (5, 10, 0), (0, 10, 1), (10, 5, 1), (0, -10, 1)]
    assert names(ax) == ["杭州", "上海", "深圳"]
    triangle = next(line for line in ax.lines if line.get_marker() == "^")
    assert list(triangle.get_xdata()) == [15, 5]
    assert "未知（缺8项）" in texts(ax)


def test_only_parts_that_occur_are_in_the_legend() -> None:
    entries = [text.get_text() for text in plot_station_performance(rows()).get_legend().get_texts()]
    assert entries == ["驻点天数得分", "拜访得分", "缺勤扣分", "综合得分"]


def test_the_score_of_the_sheets_is_drawn_for_a_single_month_only() -> None:
    def circles(result: pd.DataFrame) -> list[list[float]]:
        ax = plot_station_performance(result)
        return [list(line.get_xdata()) for line in ax.lines if line.get_markerfacecolor() == "none"]

    assert circles(rows(period="2011-05")) == [[15, 6]]
    assert circles(rows(period="2011")) == []
    assert circles(rows()) == []


def test_parts_beside_each_other_differ_in_colour_or_hatching() -> None:
    assert set(PARTS) == {name for name in columns(StationPerformance) if name.endswith("_points")}
    assert len(set(PARTS.values())) == len(PARTS)


def test_recruiters_are_named_with_their_station_and_the_period_is_in_the_title() -> None:
    people = rows(grouped_by="recruiter", recruiter=["甲", "乙", "丙", None], period="2011-05")
    ax = plot_station_performance(people, measure="n_visits")
    assert names(ax) == ["乙", "甲", "丙"]
    assert "杭州" in texts(ax)
    assert "（2011-05）" in ax.get_title(loc="left")


def test_only_so_many_rows_are_drawn_and_the_rest_is_told() -> None:
    ax = plot_station_performance(rows(), measure="n_visits", top=1)
    assert names(ax) == ["杭州"]
    assert "其余2项未画" in texts(ax)


@pytest.mark.parametrize(("given", "match"), [({"measure": "station"}, "measure"), ({"top": True}, "top")])
def test_a_measure_or_number_of_rows_that_is_none_is_refused(given: dict[str, object], match: str) -> None:
    with pytest.raises(ChoiceError, match=match):
        plot_station_performance(rows(), **given)  # type: ignore[arg-type]


def test_stations_and_recruiters_together_are_refused() -> None:
    with pytest.raises(ChoiceError, match="one grouped_by"):
        plot_station_performance(pd.concat([rows(), rows(grouped_by="recruiter")]))


def test_a_measure_that_nobody_states_is_no_data() -> None:
    assert "领导走访均未知" in texts(plot_station_performance(rows(), measure="n_leader_visits"))
