"""Charts of planned and actual dates and of schedules made backwards."""

from collections.abc import Callable
from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.dates import date2num
from matplotlib.text import Text

from meishan_stats.charts.milestone_summary import plot_milestone_summary
from meishan_stats.charts.milestones import plot_milestone_status
from meishan_stats.charts.schedules import plot_backward_schedule
from meishan_stats.charts.theme import LIGHT_COLOURS
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.milestones import BackwardSchedule, MilestoneStatus, MilestoneSummary

ABOUT = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-06-30")}


def status() -> pd.DataFrame:
    """Done in time, done late, overdue for 30 and for 181 days, due soon, and one without any date."""
    frame = pd.DataFrame(
        {
            "project_id": ["a", "a", "b", "b", "c", "c"],
            "name": ["甲项目", "甲项目", "乙项目", "乙项目", "丙项目", None],
            "milestone": ["signed", "started", "signed", "started", None, "started"],
            "step": [None, None, None, None, "主体结顶", None],
            "planned_on": pd.to_datetime(
                ["2011-01-01", "2011-03-01", "2011-05-31", "2010-01-01", "2011-07-10", None]
            ),
            "planned_precision": ["month", "month", "day", "year", "day", None],
            "due_on": pd.to_datetime(
                ["2011-01-31", "2011-03-31", "2011-05-31", "2010-12-31", "2011-07-10", None]
            ),
            "actual_on": pd.to_datetime(["2011-01-15", "2011-05-01", None, None, None, None]),
            "actual_precision": ["day", "month", None, None, None, None],
            "status": ["done_on_time", "done_late", "overdue", "overdue", "due_soon", "no_plan"],
            "days_late": [0, 31, 30, 181, 0, None],
            "months_missed": [0, 0, 1, 6, 0, None],
            "light": ["green", "green", "yellow", "red", "green", None],
            "responsible": ["张三", None, "李四", None, None, None],
        }
    )
    return conform(frame.assign(**ABOUT), MilestoneStatus)


def summary() -> pd.DataFrame:
    """Signing decided for 4 of 9, one of them of unknown status; other steps not decided at all."""
    counts = {
        "n_planned": [9, 2], "n_on_time": [2, 0], "n_late": [1, 0], "n_done_undated": [1, 0],
        "n_overdue": [1, 0], "n_due_soon": [1, 0], "n_on_plan": [1, 2], "n_stopped": [1, 0],
    }  # fmt: skip
    frame = pd.DataFrame({"milestone": ["signed", None], **counts, "on_time_ratio": [0.5, None]})
    return conform(frame.assign(**ABOUT), MilestoneSummary)


def schedule(project: str | None = "a", production: str = "2011-12-31") -> pd.DataFrame:
    """Signed, started and in production, 12 and 3 months apart."""
    end = pd.Timestamp(production)
    frame = pd.DataFrame(
        {
            "project_id": project,
            "name": None if project is None else f"项目{project}",
            "milestone": ["signed", "started", "production"],
            "latest_on": [end - pd.DateOffset(months=15), end - pd.DateOffset(months=3), end],
            "months": [None, 12.0, 3.0],
            "is_working_days": False,
            "production_on": end,
        }
    )
    return conform(frame.assign(**({} if project is None else ABOUT)), BackwardSchedule)


def schedules() -> pd.DataFrame:
    """Three projects: one past, one soon, one later."""
    return pd.concat(
        [schedule("past", "2011-03-31"), schedule("later", "2012-06-30"), schedule("soon", "2011-09-30")],
        ignore_index=True,
    )


Chart = tuple[Callable[..., Axes], Callable[[], pd.DataFrame]]
CHARTS: list[Chart] = [
    (plot_milestone_status, status),
    (plot_milestone_summary, summary),
    (plot_backward_schedule, schedule),
    (plot_backward_schedule, schedules),
]
every_chart = pytest.mark.parametrize(("plot", "frame"), CHARTS)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def day(date: str) -> float:
    return float(date2num(pd.Timestamp(date)))


def rows(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def marks(ax: Axes, kind: str) -> list[tuple[float, float]]:
    """First and last day of each bar or diamond of a kind, from the top."""
    bars = [
        (bar.get_y(), float(bar.get_x()), float(bar.get_x() + bar.get_width()))
        for bar in ax.patches
        if bar.get_gid() == kind
    ]
    points = [
        (float(line.get_ydata()[0]), float(line.get_xdata()[0]), float(line.get_xdata()[0]))
        for line in ax.lines
        if line.get_gid() == kind
    ]
    return [(first, last) for _, first, last in sorted(bars + points)]


# What every chart does.


@every_chart
def test_an_empty_result_says_that_there_is_no_data(plot: Callable[..., Axes], frame: Callable) -> None:
    ax = plot(frame().head(0))
    ax.figure.canvas.draw()
    assert "无数据" in texts(ax)
    assert list(ax.patches) == []
    assert "No data" in texts(plot(frame().head(0), lang="en"))


@every_chart
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_single_row_can_be_drawn(plot: Callable[..., Axes], frame: Callable, lang: str) -> None:
    for place in range(len(frame())):
        ax = plot(frame().iloc[[place]], lang=lang)
        ax.figure.canvas.draw()
        assert ax.get_title(loc="left")
        plt.close("all")


@every_chart
def test_two_offices_are_refused(plot: Callable[..., Axes], frame: Callable) -> None:
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot(pd.concat([frame(), frame().assign(office="煤山镇")]))


@every_chart
def test_a_table_that_lacks_a_column_is_refused_by_its_name(
    plot: Callable[..., Axes], frame: Callable
) -> None:
    with pytest.raises(TableError, match="as_of"):
        plot(frame().drop(columns="as_of"))


@every_chart
def test_drawing_changes_neither_settings_nor_result(plot: Callable[..., Axes], frame: Callable) -> None:
    settings, table, before = dict(mpl.rcParams), frame(), frame()
    plot(table).figure.canvas.draw()  # a glyph that is missing warns, and a warning is an error here
    assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(table, before)


@every_chart
def test_on_axes_of_the_user_everything_is_drawn_there(plot: Callable[..., Axes], frame: Callable) -> None:
    _, ax = plt.subplots()
    assert plot(frame(), ax=ax) is ax
    ax.figure.canvas.draw()
    assert len(plt.get_fignums()) == 1


@every_chart
def test_the_caption_states_office_date_source_and_that_the_data_is_invented(
    plot: Callable[..., Axes], frame: Callable
) -> None:
    shown = texts(plot(frame()))
    for part in ("示例镇", "截至2011年6月", "来源：示例镇的工作簿", "示例数据，不是真实统计"):
        assert part in shown
    assert "示例数据" not in texts(plot(frame().assign(is_demo=False)))


@every_chart
def test_an_english_chart_is_english_but_for_names(plot: Callable[..., Axes], frame: Callable) -> None:
    shown = texts(plot(frame(), lang="en"))
    for name in ("示例镇", "甲项目", "乙项目", "丙项目", "项目", "主体结顶", "张三", "李四"):
        shown = shown.replace(name, "")
    assert [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"] == []


@every_chart
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_behind_bars_end_within_the_figure(
    plot: Callable[..., Axes], frame: Callable, lang: str
) -> None:
    ax = plot(frame(), lang=lang)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert boxes
    assert max(box.x1 for box in boxes) <= ax.figure.bbox.x1
    assert min(box.x0 for box in boxes) >= 0


# Planned and actual.


def test_overdue_milestones_come_first_by_days_late_then_what_is_to_come() -> None:
    ax = plot_milestone_status(status())
    assert rows(ax) == ["乙项目", "乙项目", "丙项目", "c", "甲项目", "甲项目"]
    shown = texts(ax)
    assert "开工" in shown
    assert "逾期未完成181天（已过6个月），红灯" in shown
    assert "逾期未完成30天（已过1个月），黄灯" in shown
    assert "逾期完成31天" in shown
    assert "按期完成" in shown
    assert "无计划日期" in shown


def test_a_plan_is_drawn_as_long_as_it_is_not_known_more_exactly() -> None:
    plans = marks(plot_milestone_status(status()), "plan")
    assert plans == [
        (day("2010-01-01"), day("2011-01-01")),  # a year: to the end of its last day
        (day("2011-05-31"), day("2011-05-31")),  # a day: a diamond
        (day("2011-07-10"), day("2011-07-10")),
        (day("2011-03-01"), day("2011-04-01")),
        (day("2011-01-01"), day("2011-02-01")),
    ]


def test_what_was_done_is_drawn_as_exactly_as_it_is_known() -> None:
    done = marks(plot_milestone_status(status()), "actual")
    assert done == [(day("2011-05-01"), day("2011-06-01")), (day("2011-01-15"), day("2011-01-15"))]


def test_delays_reach_to_the_day_it_was_done_or_to_the_day_told_of_in_the_colour_of_the_light() -> None:
    ax = plot_milestone_status(status())
    assert marks(ax, "delay") == [
        (day("2010-12-31"), day("2011-06-30")),
        (day("2011-05-31"), day("2011-06-30")),
        (day("2011-03-31"), day("2011-05-01")),
    ]
    faces = [to_hex(bar.get_facecolor()).upper() for bar in ax.patches if bar.get_gid() == "delay"]
    assert faces[:2] == [LIGHT_COLOURS["red"], LIGHT_COLOURS["yellow"]]


def test_a_line_stands_at_the_day_told_of() -> None:
    ax = plot_milestone_status(status())
    vertical = [line for line in ax.lines if line.get_gid() is None]
    assert [float(line.get_xdata()[0]) for line in vertical] == [day("2011-06-30")]
    assert "截至2011-06-30" in texts(ax)


def test_milestones_left_out_are_counted_by_status() -> None:
    ax = plot_milestone_status(status(), top=2)
    assert len(rows(ax)) == 2
    assert "其余4项未画：按期完成1项、逾期完成1项、即将到期1项、无计划日期1项" in texts(ax).replace("\n", "")


def test_all_milestones_of_one_project_are_drawn_in_the_order_of_their_dates() -> None:
    for named in ("a", "甲项目"):
        ax = plot_milestone_status(status(), project=named)
        assert rows(ax) == ["签约", "开工"]
        assert "甲项目：节点计划与完成" in ax.get_title(loc="left")
    with pytest.raises(ChoiceError, match="'丁项目'"):
        plot_milestone_status(status(), project="丁项目")


def test_a_name_of_several_projects_is_refused() -> None:
    with pytest.raises(ChoiceError, match="3 projects"):
        plot_milestone_status(status().assign(name="甲项目"), project="甲项目")


def test_milestones_without_any_date_are_counted_and_not_drawn() -> None:
    assert "1项均无日期" in texts(plot_milestone_status(status().tail(1)))


def test_an_unknown_status_is_told_and_not_taken_for_done() -> None:
    unknown = status().iloc[[4]].assign(status=None, light=None)
    assert "状态不明" in texts(plot_milestone_status(unknown))


# Counts of milestones.


def test_parts_are_the_counts_of_the_table_and_what_is_not_known_is_a_part_too() -> None:
    ax = plot_milestone_summary(summary())
    assert [float(bar.get_width()) for bar in ax.patches] == [2, 1, 1, 1, 1, 1, 1, 1, 2]
    assert rows(ax) == ["签约", "其他步骤"]
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == [
        "按期完成", "逾期完成", "完成日期不明", "逾期未完成", "即将到期", "未到期", "项目已停", "状态不明",
    ]  # fmt: skip


def test_the_share_on_time_is_that_of_the_table_over_those_decided() -> None:
    shown = texts(plot_milestone_summary(summary()))
    assert "按期完成率50.0%（2/4）" in shown
    assert "尚无可判定的" in shown


def test_a_status_that_does_not_occur_is_not_in_the_legend() -> None:
    legend = plot_milestone_summary(summary().tail(1)).get_legend().get_texts()
    assert [text.get_text() for text in legend] == ["未到期"]


# Schedules.


def test_a_single_schedule_has_a_row_for_each_milestone_and_bars_between_the_latest_days() -> None:
    ax = plot_backward_schedule(schedule())
    assert rows(ax) == ["签约", "开工", "投产"]
    bars = [(float(bar.get_x()), float(bar.get_x() + bar.get_width())) for bar in ax.patches]
    assert bars == [(day("2010-09-30"), day("2011-09-30")), (day("2011-09-30"), day("2011-12-31"))]
    shown = texts(ax)
    assert "2010-09-30，已过" in shown
    assert "2011-09-30（12个月）" in shown
    assert "2011-12-31（3个月）" in shown
    assert "项目a：2011-12-31投产" in ax.get_title(loc="left")


def test_a_date_alone_is_drawn_without_office_and_without_a_day_told_of() -> None:
    ax = plot_backward_schedule(schedule(None, "2026-12-31"))
    ax.figure.canvas.draw()
    assert ax.get_title(loc="left") == "倒排时间表：2026-12-31投产"
    assert "nan" not in texts(ax).lower()
    assert "来源" not in texts(ax)
    assert "截至" not in texts(ax)
    assert rows(plot_backward_schedule(schedule(None), lang="en")) == ["signed", "started", "in production"]


def test_several_schedules_have_a_row_each_those_to_come_first() -> None:
    ax = plot_backward_schedule(schedules())
    assert rows(ax) == ["项目soon", "项目later", "项目past"]
    assert len(ax.patches) == 6
    assert "2011-09-30投产" in texts(ax)
    assert "至开工" in texts(ax)


def test_a_project_is_chosen_by_name_or_identifier_and_the_rest_of_many_is_counted() -> None:
    assert rows(plot_backward_schedule(schedules(), project="later")) == ["签约", "开工", "投产"]
    assert "项目later：2012-06-30投产" in texts(plot_backward_schedule(schedules(), project="项目later"))
    assert "其余1项未画" in texts(plot_backward_schedule(schedules(), top=2))
    with pytest.raises(ChoiceError, match="'nobody'"):
        plot_backward_schedule(schedules(), project="nobody")
    with pytest.raises(ChoiceError, match="top"):
        plot_backward_schedule(schedules(), top=0)


def test_working_days_are_named_as_such() -> None:
    working = schedule().assign(months=[None, None, None], days=[None, 20, 5], is_working_days=True)
    shown = texts(plot_backward_schedule(conform(working, BackwardSchedule)))
    assert "20个工作日" in shown
    assert "天数按工作日计" in shown


@pytest.mark.parametrize("years", [0, 1, 5, 30])
def test_labels_of_days_never_overlap(years: int) -> None:
    end = pd.Timestamp("2011-12-31") + pd.DateOffset(years=years)
    ax = plot_backward_schedule(pd.concat([schedule(), schedule("b", str(end.date()))]))
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text()]
    assert boxes
    assert all(left.x1 <= right.x0 for left, right in pairwise(boxes))
