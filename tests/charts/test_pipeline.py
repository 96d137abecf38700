"""Charts of the pipeline: funnel, flows, cohorts, time at a stage, silent negotiations."""

from collections.abc import Callable

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

from meishan_stats.charts.cohorts import plot_cohort_conversion
from meishan_stats.charts.durations import plot_time_in_stage
from meishan_stats.charts.flows import plot_stage_flow
from meishan_stats.charts.negotiations import plot_stale_negotiations
from meishan_stats.charts.pipeline import plot_stage_stock
from meishan_stats.charts.theme import LIGHT_COLOURS
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.pipeline import (
    CohortConversion,
    StageFlow,
    StageStock,
    StaleNegotiations,
    TimeInStage,
)

ABOUT = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-06-01")}


def stock() -> pd.DataFrame:
    """Ten projects: 1 lead, 4 negotiating, 2 signed, 1 started, 1 terminated, 1 of unknown stage."""
    frame = pd.DataFrame(
        {
            "stage": ["lead", "negotiating", "signed", "started", "terminated", None],
            "n_projects": [1, 4, 2, 1, 1, 1],
            "total_investment_cny_10k": [100.0, 4000.0, None, 500.0, 50.0, None],
            "n_missing": [0, 1, 2, 0, 0, 1],
            "n_reached": [8, 7, 3, 1, None, None],
            "conversion_ratio": [None, 7 / 8, 3 / 7, 1 / 3, None, None],
        }
    )
    return conform(frame.assign(**ABOUT), StageStock)


def flow() -> pd.DataFrame:
    """Two years of negotiating (a stock), signed and started; the second ends in June."""
    frame = pd.DataFrame(
        {
            "start_on": pd.to_datetime(["2010-01-01"] * 3 + ["2011-01-01"] * 3),
            "end_on": pd.to_datetime(["2010-12-31"] * 3 + ["2011-12-31"] * 3),
            "stage": ["negotiating", "signed", "started"] * 2,
            "is_flow": [False, True, True] * 2,
            "n_entered": [9, 5, 3, 8, 2, 0],
            "n_at_first_report": [9, 2, 0, 0, 0, 0],
            "n_reached": [9, 5, 4, 8, 2, 0],
            "total_investment_cny_10k": [900.0, 500.0, None, 800.0, 200.0, None],
            "n_investment_missing": [0, 1, 3, 0, 0, 0],
            "signed_cny_10k": [None, 400.0, 300.0, None, 150.0, None],
            "n_signed_missing": 0,
        }
    )
    return conform(frame.assign(**ABOUT), StageFlow)


def cohorts() -> pd.DataFrame:
    """More arrived than signed in 2010; of 2011 nothing is known of capital and of completion."""
    frame = pd.DataFrame(
        {
            "by": "year",
            "cohort": ["2010", "2011"],
            "n_signed": [4, 5],
            "n_stopped": [1, 0],
            "n_undated": [0, 2],
            "signed_cny_10k": [1000.0, 2000.0],
            "n_signed_missing": [0, 1],
            "arrived_cny_10k": [1200.0, None],
            "n_arrived_unknown": [0, 4],
            "arrived_unmatched_cny_10k": [None, 70.0],
            "arrival_ratio": [1.2, None],
            "exceeds": [True, False],
            "n_started": [3, 2],
            "n_started_unknown": [1, 0],
            "started_share": [0.75, 0.4],
            "n_completed": [2, 0],
            "n_completed_unknown": [0, 5],
            "completed_share": [0.5, None],
            "n_production": [1, 0],
            "n_production_unknown": [0, 0],
            "production_share": [0.25, 0.0],
        }
    )
    return conform(frame.assign(**ABOUT), CohortConversion)


def stays() -> pd.DataFrame:
    """Known quartiles; no upper one; no median; none ended; none at all."""
    frame = pd.DataFrame(
        {
            "stage": ["lead", "negotiating", "signed", "started", "completed"],
            "n_spells": [8, 6, 9, 4, 0],
            "n_finished": [8, 4, 3, 0, 0],
            "n_stopped": [0, 1, 0, 0, 0],
            "n_begun_before": [3, 2, 0, 0, 0],
            "lower_quartile_months": [1.0, 3.0, 5.0, None, None],
            "median_months": [2.0, 4.0, None, None, None],
            "upper_quartile_months": [5.0, None, None, None, None],
            "horizon_months": [6.0, 11.0, 13.0, 7.0, None],
        }
    )
    return conform(frame.assign(**ABOUT), TimeInStage)


def stale() -> pd.DataFrame:
    """Silent for 14, 8, 3, 3 and 0 months, and one of no date."""
    frame = pd.DataFrame(
        {
            "project_id": list("abcdef"),
            "name": ["甲项目", "乙项目", "丙项目", "丁项目", "戊项目", "己项目"],
            "stage": ["lead", "negotiating", "negotiating", "negotiating", "negotiating", None],
            "last_progress_on": pd.to_datetime(
                ["2010-04-01", "2010-10-01", "2011-03-01", "2011-03-01", "2011-06-01", None]
            ),
            "progress": ["first_report", "stage", "visit", "visit", "stage", None],
            "months_without_progress": [14, 8, 3, 3, 0, None],
            "light": ["out", "out", "red", "yellow", "green", None],
            "responsible": ["张三", None, "李四", None, None, None],
            "recruiter": [None, "王五", None, None, None, None],
        }
    )
    return conform(frame.assign(**ABOUT), StaleNegotiations)


def stale_projects(result: pd.DataFrame, ax: Axes | None = None, lang: str = "zh") -> Axes:
    return plot_stale_negotiations(result, ax=ax, lang=lang, kind="projects")


Chart = tuple[Callable[..., Axes], Callable[[], pd.DataFrame]]
CHARTS: list[Chart] = [
    (plot_stage_stock, stock),
    (plot_stage_flow, flow),
    (plot_cohort_conversion, cohorts),
    (plot_time_in_stage, stays),
    (plot_stale_negotiations, stale),
    (stale_projects, stale),
]
every_chart = pytest.mark.parametrize(("plot", "frame"), CHARTS)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def widths(ax: Axes) -> list[float]:
    return [float(bar.get_width()) for bar in ax.patches]


def chinese_in(text: str, *names: str) -> list[str]:
    for name in names:
        text = text.replace(name, "")
    return [letter for letter in text if "\u4e00" <= letter <= "\u9fff"]


# What every chart does.


@every_chart
def test_an_empty_result_says_that_there_is_no_data(plot: Callable[..., Axes], frame: Callable) -> None:
    ax = plot(frame().head(0))
    ax.figure.canvas.draw()
    assert "无数据" in texts(ax)
    assert widths(ax) == []
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
    for part in ("示例镇", "截至2011年6月", "来源：示例镇的工作簿", "单位：", "示例数据，不是真实统计"):
        assert part in shown
    assert "示例数据" not in texts(plot(frame().assign(is_demo=False)))


@every_chart
def test_an_english_chart_is_english_but_for_names(plot: Callable[..., Axes], frame: Callable) -> None:
    table = frame()
    names = [*table.get("name", []), "张三", "李四", "王五", "示例镇"]
    assert chinese_in(texts(plot(table, lang="en")), *names) == []


@every_chart
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_behind_bars_end_within_the_axes(plot: Callable[..., Axes], frame: Callable, lang: str) -> None:
    ax = plot(frame(), lang=lang)
    ax.figure.canvas.draw()
    right = ax.figure.bbox.x1
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert boxes
    assert max(box.x1 for box in boxes) <= right
    assert min(box.x0 for box in boxes) >= 0


@every_chart
def test_the_order_of_the_rows_does_not_matter(plot: Callable[..., Axes], frame: Callable) -> None:
    there, back = plot(frame()), plot(frame()[::-1])
    assert [text.get_text() for text in there.get_yticklabels()] == [
        text.get_text() for text in back.get_yticklabels()
    ]


# The funnel.


def test_funnel_bars_are_those_at_the_stage_or_further_and_those_there_now() -> None:
    ax = plot_stage_stock(stock())
    assert widths(ax) == [8, 1, 7, 4, 3, 2, 1, 1, 1, 1]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "线索", "在谈", "签约", "开工", "终止", "阶段不明",
    ]  # fmt: skip


def test_conversion_stands_between_the_stages_as_in_the_table() -> None:
    shown = texts(plot_stage_stock(stock()))
    for part in ("↓ 87.5%", "↓ 42.9%", "↓ 33.3%"):
        assert part in shown


def test_stopped_and_unknown_projects_stand_apart_below_the_funnel() -> None:
    places = plot_stage_stock(stock()).get_yticks()
    assert places[4] - places[3] > places[3] - places[2]
    assert "另有1个项目阶段不明" in texts(plot_stage_stock(stock()))


def test_amounts_are_written_only_if_asked_for_and_missing_ones_are_told() -> None:
    assert "万元" not in texts(plot_stage_stock(stock()))
    shown = texts(plot_stage_stock(stock(), amounts=True))
    assert "7（现有4，4,000 万元，缺1项）" in shown
    assert "3（现有2，未知，缺2项）" in shown
    assert "单位：个、万元" in shown


# The flows.


def test_heights_are_entries_and_the_first_report_is_told_apart() -> None:
    heights = [float(bar.get_height()) for bar in plot_stage_flow(flow()).patches]
    assert heights == [5, 2, 2, 3]  # signed 2010, of these in the first report, signed 2011, started 2010
    assert "含首期报表已在该阶段的2个" in texts(plot_stage_flow(flow()))


def test_negotiation_is_said_to_be_a_stock_and_not_drawn() -> None:
    ax = plot_stage_flow(flow())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["签约", "开工"]
    assert "在谈是存量，不按期间统计" in texts(ax)


def test_a_year_that_has_not_ended_says_up_to_which_month() -> None:
    ax = plot_stage_flow(flow())
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2010年", "2011年\n至6月"]


def test_amounts_of_a_flow_are_those_of_the_table_and_missing_ones_have_no_bar() -> None:
    ax = plot_stage_flow(flow(), measure="total_investment_cny_10k")
    assert [float(bar.get_height()) for bar in ax.patches] == [500, 200]
    shown = texts(ax)
    assert "500（缺1项）" in shown
    assert "未知（缺3项）" in shown
    assert "共缺4项" in shown


def test_a_period_that_is_no_year_is_named_by_its_months() -> None:
    half = flow().head(3).assign(end_on=pd.Timestamp("2010-06-30"))
    assert plot_stage_flow(half).get_xticklabels()[0].get_text() == "2010-01\n—2010-06"


def test_of_many_years_the_last_twelve_are_drawn_and_the_rest_is_counted() -> None:
    years = [
        flow().head(3).assign(start_on=pd.Timestamp(year, 1, 1), end_on=pd.Timestamp(year, 12, 31))
        for year in range(1996, 2010)
    ]
    ax = plot_stage_flow(pd.concat(years))
    assert len(ax.get_xticks()) == 12
    assert "更早的2期未画，只画最近12期" in texts(ax)


def test_another_measure_is_refused_and_the_choices_are_named() -> None:
    with pytest.raises(ChoiceError, match=r"measure.*n_reached.*'n_missing'"):
        plot_stage_flow(flow(), measure="n_missing")


# Cohorts.


def test_bars_are_the_rates_and_an_unknown_rate_has_none() -> None:
    ax = plot_cohort_conversion(cohorts())
    assert widths(ax) == [1.2, 0.75, 0.5, 0.25, 0.4]
    shown = texts(ax)
    assert "未知（不明4个，缺1项）" in shown  # capital of 2011
    assert "未知（不明5个）" in shown  # completion of 2011
    assert "0.0%（0/5）" in shown  # known to be none: not the same


def test_numerator_and_denominator_and_the_unknown_stand_behind_the_bar() -> None:
    shown = texts(plot_cohort_conversion(cohorts()))
    assert "120.0%（1,200/1,000）" in shown
    assert "75.0%（3/4，不明1个）" in shown


def test_more_arrived_than_signed_is_marked_by_words_and_edge() -> None:
    ax = plot_cohort_conversion(cohorts())
    assert "▲到位超签约" in texts(ax)
    assert to_hex(ax.patches[0].get_edgecolor()) != to_hex(ax.patches[1].get_edgecolor())
    assert "▲" not in texts(plot_cohort_conversion(cohorts().tail(1)))


def test_the_caption_counts_what_is_not_known() -> None:
    shown = texts(plot_cohort_conversion(cohorts())).replace("\n", "")
    for part in ("到位资金不明项目数4个", "开工与否不明1个", "建成与否不明5个", "签约金额共缺1项", "70万元"):
        assert part in shown
    assert "含签约日期不明的项目2个" in shown


def test_the_latest_years_are_kept_and_the_rest_is_counted() -> None:
    ax = plot_cohort_conversion(cohorts(), top=1)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2011年"]
    assert "其余1项未画" in texts(ax)
    with pytest.raises(ChoiceError, match="top"):
        plot_cohort_conversion(cohorts(), top=0)


def test_cohorts_of_other_kinds_have_their_labels_and_the_largest_are_kept() -> None:
    by_sector = cohorts().assign(by="sector", cohort=["new_energy", "other"])
    assert plot_cohort_conversion(by_sector).get_yticklabels()[0].get_text() == "新能源"
    kept = plot_cohort_conversion(by_sector, top=1).get_yticklabels()
    assert [label.get_text() for label in kept] == ["其他"]


def test_two_ways_to_make_cohorts_are_refused() -> None:
    with pytest.raises(ChoiceError, match="year、sector"):
        plot_cohort_conversion(pd.concat([cohorts(), cohorts().assign(by="sector")]))


# Time at a stage.


def test_bars_reach_from_quartile_to_quartile_and_the_line_is_the_median() -> None:
    ax = plot_time_in_stage(stays())
    bars = [(float(bar.get_x()), float(bar.get_x() + bar.get_width())) for bar in ax.patches]
    assert bars == [(1, 5), (3, 11), (5, 13)]  # the last two are open: up to the longest stay
    assert [float(line.get_xdata()[0]) for line in ax.lines] == [2, 4]


def test_a_median_that_is_not_reached_is_told() -> None:
    shown = texts(plot_time_in_stage(stays()))
    assert "中位2个月（1—5）" in shown
    assert "中位4个月（3—未到）" in shown
    assert "中位数未到（已观察13个月）" in shown
    assert "尚无结束的停留（最长已7个月）" in shown
    assert "没有可计的停留" in shown
    assert "另有5次停留起点不明" in shown


# Negotiations.


def test_ages_are_counted_by_class_and_divided_by_light() -> None:
    ax = plot_stale_negotiations(stale())
    assert sum(widths(ax)) == 6
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == [
        "0个月", "1个月", "2个月", "3个月", "4个月", "5个月", "6个月", "7—12个月", "13—24个月", "时间不明",
    ]  # fmt: skip
    shown = texts(ax)
    assert "1个黄灯、1个红灯" in shown
    assert "在谈项目共6个" in shown


def test_a_list_of_projects_starts_with_the_longest_silent_and_names_who_is_responsible() -> None:
    ax = stale_projects(stale())
    assert widths(ax) == [14, 8, 3, 3]  # none for 0 months and for an unknown time
    assert [to_hex(bar.get_facecolor()).upper() for bar in ax.patches] == [
        LIGHT_COLOURS[light] for light in ("out", "out", "red", "yellow")
    ]
    shown = texts(ax)
    assert "14个月，移出项目库（2010-04 首次上报）" in shown
    assert "线索　张三" in shown
    assert "在谈　王五" in shown  # the recruiter, where nobody else is named
    assert "时间不明" in shown


def test_the_projects_left_out_of_a_list_are_counted() -> None:
    ax = plot_stale_negotiations(stale(), kind="projects", top=2)
    assert widths(ax) == [14, 8]
    assert "其余4项未画" in texts(ax)


def test_another_kind_is_refused() -> None:
    with pytest.raises(ChoiceError, match=r"kind.*ages.*projects"):
        plot_stale_negotiations(stale(), kind="list")


def test_long_names_are_shortened_and_keep_their_end() -> None:
    long = "年产五百万套太阳能光伏组件及配套铝合金边框一体化智能制造生产线建设项目（二期）"
    name = stale_projects(stale().assign(name=long)).get_yticklabels()[0].get_text()
    assert len(name) < 20
    assert name.endswith("（二期）")
