"""The chart of the sector breakdown shows what the table says."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

from meishan_stats.charts import plot_sector_breakdown
from meishan_stats.errors import ChoiceError, TableError


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def bars(ax: Axes) -> list[float]:
    return [bar.get_width() for bar in ax.patches]


def test_bars_of_a_year_are_the_amounts_of_the_table(breakdown: pd.DataFrame) -> None:
    ax = plot_sector_breakdown(breakdown, year=2011)
    assert bars(ax) == [6000, 1500, 700, 300]  # signed; arrived; negotiating of both sectors
    assert "2011年" in ax.get_title(loc="left")


def test_without_a_year_all_years_are_added_and_the_title_says_so(breakdown: pd.DataFrame) -> None:
    ax = plot_sector_breakdown(breakdown)
    assert bars(ax) == [9000, 1000, 2400, 1200, 300]
    assert "2010—2011年合计" in ax.get_title(loc="left")
    assert "9,000（90.0%）" in texts(ax)


def test_shares_of_a_year_are_those_of_the_table(breakdown: pd.DataFrame) -> None:
    shown = texts(plot_sector_breakdown(breakdown, year=2010))
    assert "3,000（75.0%）" in shown
    assert "1,000（25.0%）" in shown


def test_a_missing_amount_is_written_and_has_no_bar(breakdown: pd.DataFrame) -> None:
    ax = plot_sector_breakdown(breakdown, year=2011)
    shown = texts(ax)
    assert "未知（缺1项）" in shown  # the textiles' signed amount
    assert "无到位记录" in shown  # nothing was ever reported as arrived for them
    assert "1,500（100.0%） 缺1项" in shown
    assert 0 not in bars(ax)


def test_sectors_stand_from_top_to_bottom_in_codelist_order_whatever_the_order_of_rows(
    breakdown: pd.DataFrame,
) -> None:
    ax = plot_sector_breakdown(breakdown[::-1])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["新能源", "现代纺织"]
    assert ax.yaxis_inverted()


def test_a_sector_has_the_same_colour_in_every_chart(breakdown: pd.DataFrame) -> None:
    together = plot_sector_breakdown(breakdown)
    alone = plot_sector_breakdown(breakdown[breakdown["sector"] == "modern_textiles"])
    assert to_hex(together.patches[1].get_facecolor()) == to_hex(alone.patches[0].get_facecolor())


def test_the_caption_states_office_date_unit_source_and_that_the_data_is_invented(
    breakdown: pd.DataFrame,
) -> None:
    shown = texts(plot_sector_breakdown(breakdown))
    for part in (
        "示例镇",
        "截至2011年12月",
        "单位：万元",
        "来源：示例镇的工作簿",
        "示例数据，不是真实统计",
    ):
        assert part in shown
    assert "示例数据" not in texts(plot_sector_breakdown(breakdown.assign(is_demo=False)))


def test_large_amounts_are_numbered_in_hundreds_of_millions_with_bars_as_in_the_table(
    breakdown: pd.DataFrame,
) -> None:
    large = breakdown.assign(signed_cny_10k=breakdown["signed_cny_10k"] * 100)
    ax = plot_sector_breakdown(large, year=2011)
    assert ax.get_xlabel() == "金额（亿元）"
    assert bars(ax)[0] == 600_000
    assert "60.00（100.0%）" in texts(ax)


def test_an_english_chart_is_english_but_for_names(breakdown: pd.DataFrame) -> None:
    shown = texts(plot_sector_breakdown(breakdown, lang="en")).replace("示例镇", "")
    assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]
    assert "90.0 (90.0%)" in shown  # 9 000 万元 are 90 million


def test_an_empty_result_and_one_without_any_amount_say_that_there_is_no_data(
    breakdown: pd.DataFrame,
) -> None:
    names = ["signed_cny_10k", "arrived_cny_10k", "negotiating_cny_10k"]
    empty = plot_sector_breakdown(breakdown.head(0))
    unknown = plot_sector_breakdown(breakdown.assign(**dict.fromkeys(names, float("nan"))))
    for ax in (empty, unknown):
        assert "无数据" in texts(ax)
        assert bars(ax) == []
        ax.figure.canvas.draw()
    assert "8个项目，金额均未知" in texts(unknown)


def test_projects_of_unknown_sector_year_or_stage_are_drawn_and_noted(breakdown: pd.DataFrame) -> None:
    unknown = breakdown.assign(sector=None, year=pd.NA, n_stage_unknown=[1, 0, 0, 0]).head(1)
    shown = texts(plot_sector_breakdown(unknown))
    assert "产业不明" in shown
    assert "含年份不明的项目2个" in shown
    assert "另有1个项目阶段不明" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_drawing_warns_of_nothing_and_leaves_the_users_settings(breakdown: pd.DataFrame, lang: str) -> None:
    before = dict(mpl.rcParams)
    ax = plot_sector_breakdown(breakdown, lang=lang)
    ax.figure.canvas.draw()  # a glyph that is missing warns, and a warning is an error here
    assert dict(mpl.rcParams) == before


def test_on_axes_of_the_user_everything_is_drawn_there(breakdown: pd.DataFrame) -> None:
    _, ax = plt.subplots()
    assert plot_sector_breakdown(breakdown, ax=ax) is ax
    ax.figure.canvas.draw()
    assert len(plt.get_fignums()) == 1


def test_the_result_is_not_changed(breakdown: pd.DataFrame) -> None:
    before = breakdown.copy()
    plot_sector_breakdown(breakdown)
    pd.testing.assert_frame_equal(breakdown, before)


def test_two_offices_are_refused_by_name(breakdown: pd.DataFrame) -> None:
    two = pd.concat([breakdown, breakdown.assign(office="煤山镇")])
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot_sector_breakdown(two)


def test_a_year_that_is_not_there_is_refused_and_the_years_are_named(breakdown: pd.DataFrame) -> None:
    with pytest.raises(ChoiceError, match=r"2015.*2010, 2011"):
        plot_sector_breakdown(breakdown, year=2015)


def test_another_language_is_refused(breakdown: pd.DataFrame) -> None:
    with pytest.raises(ChoiceError, match="'fr'"):
        plot_sector_breakdown(breakdown, lang="fr")


def test_a_table_that_is_no_breakdown_is_refused_with_the_columns_it_lacks(breakdown: pd.DataFrame) -> None:
    with pytest.raises(TableError, match=r"plot_sector_breakdown.*SectorBreakdown.*signed_cny_10k"):
        plot_sector_breakdown(breakdown.drop(columns="signed_cny_10k"))


def test_quarters_and_parts_of_sectors_are_added_up_to_the_same_chart(breakdown: pd.DataFrame) -> None:
    half = breakdown.assign(
        **{name: breakdown[name] / 2 for name in ("signed_cny_10k", "arrived_cny_10k", "negotiating_cny_10k")}
    )
    parts = pd.concat(
        [
            half.assign(by="quarter", period=pd.Timestamp("2011-01-01"), subsector="光伏制造"),
            half.assign(by="quarter", period=pd.NaT, subsector=None),
        ]
    )
    assert bars(plot_sector_breakdown(parts)) == bars(plot_sector_breakdown(breakdown))


def test_stopped_projects_are_noted_as_neither_signed_nor_negotiating(breakdown: pd.DataFrame) -> None:
    assert "终止或暂停" not in texts(plot_sector_breakdown(breakdown))
    stopped = breakdown.assign(n_stopped=[1, 0, 2, 0])
    assert "另有3个项目终止或暂停，不计入签约和在谈" in texts(plot_sector_breakdown(stopped))
