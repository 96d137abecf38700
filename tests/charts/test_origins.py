"""The chart of where capital comes from shows what the table says."""

from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.text import Text

from meishan_stats.charts.origins import plot_origin_breakdown
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.origins import OriginBreakdown


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def bars(ax: Axes) -> list[float]:
    """Lengths of the bars: all signed amounts from top to bottom, then all arrived ones."""
    return [float(bar.get_width()) for bar in ax.patches]


def names(ax: Axes) -> list[str]:
    return [label.get_text().replace("\n", "") for label in ax.get_yticklabels()]


def behind(ax: Axes) -> list[float]:
    """Lengths of the pale bars of the views around."""
    pale = [item for item in ax.collections if isinstance(item, PolyCollection)]
    return [float(item.get_paths()[0].get_extents().width) for item in pale]


def rows(**columns: object) -> pd.DataFrame:
    base = {
        "year": 2011, "n_projects": 2, "n_signed": 1, "n_signed_missing": 0, "n_arrived_known": 1,
        "n_arrived_missing": 0, "is_rest": False, "is_nested": False, "office": "示例镇", "is_demo": True,
        "as_of": pd.Timestamp("2011-12-01"),
    }  # fmt: skip
    return conform(
        pd.DataFrame(columns).assign(**{k: v for k, v in base.items() if k not in columns}), OriginBreakdown
    )


@pytest.fixture
def levels() -> pd.DataFrame:
    """Overseas, local and unknown capital in 2011; overseas in 2010 too."""
    return rows(
        year=[2010, 2011, 2011, 2011],
        origin_level=["overseas", "overseas", "local", None],
        signed_cny_10k=[1000.0, 3000.0, 1000.0, None],
        n_signed_missing=[0, 0, 0, 1],
        signed_share=[1.0, 0.75, 0.25, None],
        arrived_cny_10k=[100.0, 500.0, None, 300.0],
        n_arrived_known=[1, 1, 0, 1],
        arrived_share=[1.0, 0.625, None, 0.375],
    )


@pytest.fixture
def views() -> pd.DataFrame:
    return rows(
        origin_view=["outside_county", "outside_city", "outside_province", "overseas", None],
        signed_cny_10k=[900.0, 800.0, 500.0, 200.0, 40.0],
        arrived_cny_10k=[700.0, 700.0, 600.0, 300.0, 10.0],
        arrived_share=[0.7, 0.7, 0.6, 0.3, 0.01],
        is_nested=True,
        includes_foreign=False,
    )


@pytest.fixture
def regions() -> pd.DataFrame:
    return rows(
        region=["320000", "HK", "ZZ", None],
        region_zh=["江苏省", "香港", None, None],
        region_en=["Jiangsu", "Hong Kong", None, None],
        signed_cny_10k=[600.0, 300.0, 90.0, 10.0],
        arrived_cny_10k=[60.0, 30.0, 9.0, 1.0],
        signed_share=[0.6, 0.3, 0.09, 0.01],
        arrived_share=[0.6, 0.3, 0.09, 0.01],
        arrived_rank=[1, 2, 3, None],
    )


def test_bars_of_a_year_are_the_amounts_and_shares_of_the_table(levels: pd.DataFrame) -> None:
    ax = plot_origin_breakdown(levels, year=2011)
    assert names(ax) == ["境外（含港澳台）", "县内", "来源不明"]
    assert bars(ax) == [3000, 1000, 500, 300]
    shown = texts(ax)
    assert "3,000（75.0%）" in shown
    assert "500（62.5%）" in shown
    assert "无到位记录" in shown
    assert "未知（缺1项）" in shown
    assert "项目2个，签约1个" in shown


def test_without_a_year_all_years_are_added_and_the_title_says_so(levels: pd.DataFrame) -> None:
    ax = plot_origin_breakdown(levels)
    assert bars(ax) == [4000, 1000, 600, 300]
    assert "4,000（80.0%）" in texts(ax)
    assert "2010—2011年合计" in ax.get_title(loc="left")


def test_levels_do_not_overlap_and_overseas_stands_apart_the_caption_says(levels: pd.DataFrame) -> None:
    assert "各来源层级互不重叠，境外资金单列" in texts(plot_origin_breakdown(levels))


def test_views_are_drawn_before_the_view_around_them_and_not_stacked(views: pd.DataFrame) -> None:
    ax = plot_origin_breakdown(views)
    assert names(ax) == ["县外", "其中：市外", "其中：省外", "境外（含港澳台）", "来源不明"]
    assert bars(ax) == [900, 800, 500, 200, 40, 700, 700, 600, 300, 10]
    assert {bar.get_x() for bar in ax.patches} == {0}
    assert behind(ax) == [900, 700, 800, 700]  # the county behind the city, the city behind the province
    shown = texts(ax)
    assert "不能相加" in shown
    assert "县外、市外、省外不含境外资金，境外单列" in shown
    assert "700（70.0%）" in shown


def test_views_that_include_foreign_capital_have_overseas_in_the_narrowest(views: pd.DataFrame) -> None:
    ax = plot_origin_breakdown(views.assign(includes_foreign=True))
    assert names(ax)[3] == "其中：境外（含港澳台）"
    assert behind(ax)[4:] == [500, 600]
    assert "县外、市外、省外含境外资金" in texts(ax)


def test_shares_of_views_over_several_years_are_not_made_up(views: pd.DataFrame) -> None:
    ax = plot_origin_breakdown(pd.concat([views, views.assign(year=2010)]))
    assert bars(ax)[0] == 1800
    assert "%" not in texts(ax)


def test_regions_have_their_names_in_both_languages_and_a_code_where_there_is_none(
    regions: pd.DataFrame,
) -> None:
    assert names(plot_origin_breakdown(regions)) == ["江苏省", "香港", "ZZ", "来源不明"]
    assert names(plot_origin_breakdown(regions, lang="en")) == [
        "Jiangsu",
        "Hong Kong",
        "ZZ",
        "origin unknown",
    ]


def test_regions_beyond_the_first_are_added_up_before_the_unknown_and_the_caption_says_so(
    regions: pd.DataFrame,
) -> None:
    ax = plot_origin_breakdown(regions, top=1)
    assert names(ax) == ["江苏省", "其余来源", "来源不明"]
    assert bars(ax) == [600, 390, 10, 60, 39, 1]
    assert "390（39.0%）" in texts(ax)
    assert "图中未列的2个来源地合并为其余来源" in texts(ax)


def test_the_rest_of_the_table_is_drawn_with_the_share_of_those_before_it(regions: pd.DataFrame) -> None:
    kept = regions.assign(
        is_rest=[False, False, True, False],
        region=["320000", "HK", None, None],
        arrived_rank=pd.array([1, 2, None, None], dtype="Int64"),
        arrived_top_share=[0.6, 0.9, None, None],
    )
    ax = plot_origin_breakdown(kept)
    assert names(ax) == ["江苏省", "香港", "其余来源", "来源不明"]
    assert "前2位占到位资金的90.0%" in texts(ax)
    assert bars(ax)[2] == 90


def test_the_rest_of_several_years_is_refused_and_the_years_are_named(regions: pd.DataFrame) -> None:
    both = pd.concat([regions.assign(is_rest=[False, False, True, False]), regions.assign(year=2010)])
    with pytest.raises(ChoiceError, match=r"choose a year: 2010, 2011"):
        plot_origin_breakdown(both)
    assert bars(plot_origin_breakdown(both, year=2010))[0] == 600


def test_rows_of_several_kinds_are_refused(
    levels: pd.DataFrame, views: pd.DataFrame, regions: pd.DataFrame
) -> None:
    for two in ([levels, views], [levels, regions], [regions, views]):
        with pytest.raises(ChoiceError, match="levels, regions or nested views"):
            plot_origin_breakdown(pd.concat(two))


def test_a_negative_amount_is_drawn_to_the_left(levels: pd.DataFrame) -> None:
    ax = plot_origin_breakdown(levels.assign(arrived_cny_10k=[100.0, -50.0, None, None]), year=2011)
    assert -50 in bars(ax)
    assert ax.get_xlim()[0] < -50
    assert "−50" in texts(ax)


def test_on_small_axes_of_the_user_names_do_not_overlap(regions: pd.DataFrame) -> None:
    _, ax = plt.subplots(figsize=(5, 3.2), layout="constrained")
    assert plot_origin_breakdown(regions, ax=ax) is ax
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert all(low.y0 >= high.y1 - 2 for low, high in pairwise(boxes))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_result_without_rows_or_amounts_says_so_and_one_row_is_drawn(
    levels: pd.DataFrame, lang: str
) -> None:
    unknown = levels.assign(signed_cny_10k=float("nan"), arrived_cny_10k=float("nan"))
    for result in (levels.head(0), unknown):
        ax = plot_origin_breakdown(result, lang=lang)
        ax.figure.canvas.draw()
        assert {"zh": "无数据", "en": "No data"}[lang] in texts(ax)
        assert bars(ax) == []
    ax = plot_origin_breakdown(levels.head(1), lang=lang)
    ax.figure.canvas.draw()
    assert bars(ax) == [1000, 100]


def test_an_english_chart_is_english_but_for_names(levels: pd.DataFrame, views: pd.DataFrame) -> None:
    for result in (levels, views):
        shown = texts(plot_origin_breakdown(result, lang="en")).replace("示例镇", "")
        assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]


def test_the_caption_states_office_date_unit_source_and_that_the_data_is_invented(
    levels: pd.DataFrame,
) -> None:
    shown = texts(plot_origin_breakdown(levels))
    for part in ("示例镇", "截至2011年12月", "单位：万元", "来源：示例镇的工作簿", "示例数据，不是真实统计"):
        assert part in shown


def test_drawing_leaves_the_users_settings_and_the_result(levels: pd.DataFrame) -> None:
    settings, table = dict(mpl.rcParams), levels.copy()
    plot_origin_breakdown(levels).figure.canvas.draw()
    assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(levels, table)


def test_wrong_results_and_choices_are_refused_by_name(levels: pd.DataFrame) -> None:
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot_origin_breakdown(pd.concat([levels, levels.assign(office="煤山镇")]))
    with pytest.raises(ChoiceError, match=r"no year 2015; there are: 2010, 2011"):
        plot_origin_breakdown(levels, year=2015)
    with pytest.raises(ChoiceError, match="top must be a whole number"):
        plot_origin_breakdown(levels, top=0)
    with pytest.raises(TableError, match=r"plot_origin_breakdown.*OriginBreakdown.*includes_foreign"):
        plot_origin_breakdown(levels.drop(columns="includes_foreign"))
