"""The chart of visits shows what the table says."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.text import Text

from meishan_stats.charts.visits import plot_visit_calendar
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import columns, conform
from meishan_stats.schemas.results.activity import VisitCalendar


def rows(by: str, periods: object, **given: object) -> pd.DataFrame:
    counts = {name: 0 for name, column in columns(VisitCalendar).items() if not column.nullable}
    about = {**counts, "office": "示例镇", "is_demo": True, "grouped_by": by}
    frame = pd.DataFrame({**about, "period": pd.to_datetime(periods)})  # type: ignore[arg-type, call-overload]
    return conform(frame.assign(**given), VisitCalendar)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def cells(ax: Axes) -> list[np.ma.MaskedArray]:
    return [np.ma.asarray(item.get_array()) for item in ax.collections if isinstance(item, QuadMesh)]


MONTHS = ["2011-01-01", "2011-02-01", "2011-03-01"]


def test_bars_of_a_month_are_visits_made_and_received_on_each_other() -> None:
    ax = plot_visit_calendar(
        rows("month", MONTHS, n_visits=[3, 0, 5], n_made=[1, 0, 2], n_received=[2, 0, 3])
    )
    bars = [(bar.get_y(), bar.get_height()) for bar in ax.patches]
    assert bars == [(0, 1), (0, 0), (0, 2), (1, 2), (0, 0), (2, 3)]
    assert [text.get_text() for text in ax.texts if text.get_text().isdigit()] == ["3", "0", "5"]


def test_visits_of_unknown_direction_are_a_part_of_their_own() -> None:
    ax = plot_visit_calendar(rows("month", MONTHS, n_visits=2, n_made=1, n_direction_unknown=[1, 1, 1]))
    assert [bar.get_height() for bar in ax.patches][-3:] == [1, 1, 1]
    assert "含方向不明3次" in texts(ax)


def test_visits_not_dated_so_precisely_are_told_and_not_drawn() -> None:
    result = rows("week", ["2011-01-03", None], n_visits=[1, 4], n_made=[1, 4])
    ax = plot_visit_calendar(result)
    assert [bar.get_height() for bar in ax.patches] == [1, 0]
    assert "另有4次日期不精确到周，图中未列" in texts(ax)
    only = plot_visit_calendar(result.tail(1))
    assert "无数据" in texts(only)
    assert "4次均未注明日期" in texts(only)


def test_the_calendar_has_a_cell_for_each_day_of_the_table_and_none_outside() -> None:
    days = pd.date_range("2011-12-30", "2012-01-03")
    ax = plot_visit_calendar(rows("day", days, n_visits=[2, 0, 1, 0, 3]))
    drawn = cells(ax)
    assert [int(year.count()) for year in drawn] == [2, 3]
    assert [year.compressed().tolist() for year in drawn] == [[2, 0], [0, 3, 1]]  # by weekday, Monday first


@pytest.mark.parametrize("year", [2010, 2011, 2012, 2024, 2028])
def test_every_day_of_a_year_has_its_own_cell(year: int) -> None:
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    ax = plot_visit_calendar(rows("day", days, n_visits=range(len(days))))
    (drawn,) = cells(ax)
    assert sorted(drawn.compressed()) == list(range(len(days)))


def test_a_sunday_stands_in_the_last_row_and_a_week_in_one_column() -> None:
    ax = plot_visit_calendar(rows("day", ["2011-05-01", "2011-05-02", "2011-05-08"], n_visits=[1, 2, 3]))
    (drawn,) = cells(ax)
    at = {int(drawn[place]): place for place in zip(*np.nonzero(~drawn.mask), strict=True)}
    assert at[1][0] == at[3][0] == 6
    assert at[2][0] == 0
    assert at[2][1] == at[3][1] == at[1][1] + 1


def test_shades_of_days_are_in_the_legend_with_their_numbers() -> None:
    few = plot_visit_calendar(rows("day", ["2011-05-01", "2011-05-02"], n_visits=[0, 3]))
    assert [text.get_text() for text in few.get_legend().get_texts()] == ["0", "1", "2", "3"]
    many = plot_visit_calendar(rows("day", ["2011-05-01", "2011-05-02"], n_visits=[0, 20]))
    assert [text.get_text() for text in many.get_legend().get_texts()] == [
        "0",
        "1–5",
        "6–10",
        "11–15",
        "16–20",
    ]


@pytest.mark.parametrize(
    ("by", "frequency", "n"), [("month", "MS", 1), ("month", "MS", 60), ("week", "W-MON", 160)]
)
def test_labels_of_times_never_overlap(by: str, frequency: str, n: int) -> None:
    ax = plot_visit_calendar(
        rows(by, pd.date_range("2010-01-04", periods=n, freq=frequency), n_visits=1, n_made=1)
    )
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text().strip()]
    assert boxes
    assert all(left.x1 <= right.x0 for left, right in pairwise(boxes))


def test_months_and_days_together_are_refused() -> None:
    with pytest.raises(ChoiceError, match="one grouped_by"):
        plot_visit_calendar(pd.concat([rows("month", MONTHS), rows("day", MONTHS)]))
