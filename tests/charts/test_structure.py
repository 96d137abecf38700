"""The charts of size and rank show what the tables say."""

from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

from meishan_stats.charts.pareto import plot_pareto
from meishan_stats.charts.structure import plot_size_tiers
from meishan_stats.charts.theme import sector_colours
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.structure import Pareto, SizeTiers

ABOUT = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-12-01")}


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for axes in ax.figure.axes for text in axes.findobj(Text))


def bars(ax: Axes) -> list[float]:
    return [float(bar.get_width()) for bar in ax.patches]


def names(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def twin_of(ax: Axes) -> Axes:
    return next(axes for axes in ax.figure.axes if axes is not ax)


@pytest.fixture
def tiers() -> pd.DataFrame:
    """Signed: 3 small projects, none of the middle tier, 2 large, one amount missing; 4 of no tier."""
    frame = pd.DataFrame(
        {
            "status": ["signed"] * 4 + ["negotiating"],
            "size_tier": ["from_10m", "from_30m", "from_100m", None, "from_10m"],
            "n_projects": [3, 0, 2, 4, 9],
            "total_investment_cny_10k": [6000.0, None, 30000.0, None, 18000.0],
            "n_investment_known": [3, 0, 1, 0, 9],
            "n_investment_missing": [0, 0, 1, 4, 0],
            "project_share": [1 / 3, 0, 2 / 9, 4 / 9, 1],
            "investment_share": [1 / 6, None, 5 / 6, None, 1],
            "n_from": [5, 2, 2, None, 9],
        }
    )
    return conform(frame.assign(**ABOUT), SizeTiers)


def ranked(groups: list[str], amounts: list[float], **others: object) -> pd.DataFrame:
    frame = pd.DataFrame({"group": groups, "amount_cny_10k": amounts, "rank": range(1, len(groups) + 1)})
    share = frame["amount_cny_10k"] / max(sum(amounts), 1)
    base = {"grouped_by": "investor", "measure": "arrived", "n_projects": 1, "n_missing": 0, **ABOUT}
    return conform(frame.assign(share=share, cumulative_share=share.cumsum(), **(base | others)), Pareto)


@pytest.fixture
def investors() -> pd.DataFrame:
    return ranked(
        ["甲公司", "乙公司", "丙公司", "丁公司"], [500.0, 300.0, 150.0, 50.0], n_missing=[0, 2, 0, 0]
    )


def test_bars_are_numbers_and_amounts_of_the_signed_projects_side_by_side(tiers: pd.DataFrame) -> None:
    ax = plot_size_tiers(tiers)
    assert bars(ax) == [3, 2, 4]
    assert bars(twin_of(ax)) == [6000, 30000]
    assert names(ax) == ["1000万—3000万元", "3000万—5000万元", "1亿—5亿元", "规模不明"]
    left, right = ax.get_xlim(), twin_of(ax).get_xlim()
    assert left[0] == 0
    assert right[0] == pytest.approx(-right[1])  # the zero of the amounts is in the middle


def test_no_project_is_a_written_0_and_an_unknown_amount_is_not(tiers: pd.DataFrame) -> None:
    numbers = [text.get_text() for text in plot_size_tiers(tiers).texts]
    assert "0" in numbers
    shown = texts(plot_size_tiers(tiers))
    assert "未知 缺4项" in shown
    assert "30,000（83.3%） 缺1项" in shown
    assert "共缺5项金额" in shown


def test_each_tier_says_how_many_projects_reach_it(tiers: pd.DataFrame) -> None:
    shown = texts(plot_size_tiers(tiers))
    assert "本档及以上5个" in shown
    assert "本档及以上2个" in shown


def test_negotiating_projects_are_drawn_apart(tiers: pd.DataFrame) -> None:
    ax = plot_size_tiers(tiers, status="negotiating")
    assert bars(ax) == [9]
    assert "在谈项目" in ax.get_title(loc="left")
    assert "没有终止或暂停的项目" in texts(plot_size_tiers(tiers, status="stopped"))


def test_tiers_stand_in_the_order_of_their_codelist(tiers: pd.DataFrame) -> None:
    assert names(plot_size_tiers(tiers[::-1])) == names(plot_size_tiers(tiers))


def test_numbers_in_the_left_half_do_not_reach_the_right_one(tiers: pd.DataFrame) -> None:
    ax = plot_size_tiers(tiers.assign(n_projects=[8888, 0, 8888, 8888, 1]))
    ax.figure.canvas.draw()
    middle = twin_of(ax).transData.transform((0, 0))[0]
    left = [text for text in ax.texts if "（" in text.get_text() and text.get_text()[0] == "8"]
    assert len(left) == 3
    assert max(Text.get_window_extent(text).x1 for text in left) < middle


def test_bars_are_the_amounts_by_rank_and_the_line_is_the_cumulative_share(investors: pd.DataFrame) -> None:
    ax = plot_pareto(investors[::-1])
    assert bars(ax) == [500, 300, 150, 50]
    line = twin_of(ax).lines[0]
    assert list(line.get_xdata()) == pytest.approx([0.5, 0.8, 0.95, 1.0])
    assert list(line.get_ydata()) == [0, 1, 2, 3]
    assert names(ax) == ["1 甲公司", "2 乙公司", "3 丙公司", "4 丁公司"]
    assert "缺2项" in texts(ax)


def test_the_width_of_the_chart_is_the_whole_for_bars_and_line(investors: pd.DataFrame) -> None:
    ax = plot_pareto(investors)
    assert ax.get_xlim() == (0, 1000)
    assert twin_of(ax).get_xlim() == (0, 1)


def test_all_after_the_first_are_one_bar_and_the_caption_says_so(investors: pd.DataFrame) -> None:
    ax = plot_pareto(investors, top=1)
    assert bars(ax) == [500, 500]
    assert names(ax) == ["1 甲公司", "其余3个"]
    assert list(twin_of(ax).lines[0].get_xdata()) == pytest.approx([0.5, 1.0])
    assert "前1名之后的3个合并为其余" in texts(ax)
    assert "缺2项" in texts(ax)


def test_numbers_of_projects_have_no_unit_of_money(investors: pd.DataFrame) -> None:
    counted = investors.assign(measure="n_projects", amount_cny_10k=float("nan"), n_projects=[4, 3, 2, 1])
    ax = plot_pareto(counted)
    assert bars(ax) == [4, 3, 2, 1]
    assert ax.get_xlabel() == "项目数（个）"


def test_codes_of_sectors_and_origins_are_named_and_sectors_keep_their_colour() -> None:
    sectors = plot_pareto(ranked(["modern_textiles", "new_energy"], [3.0, 1.0], grouped_by="sector"))
    assert names(sectors) == ["1 现代纺织", "2 新能源"]
    assert (
        to_hex(sectors.patches[0].get_facecolor()).upper() == sector_colours(["modern_textiles"])[0].upper()
    )
    origins = ranked(["320000", "HK"], [3.0, 1.0], grouped_by="origin_adcode")
    assert names(plot_pareto(origins)) == ["1 江苏省", "2 香港"]
    assert names(plot_pareto(origins, lang="en")) == ["1 Jiangsu", "2 Hong Kong"]


def test_long_names_are_shortened_with_begin_and_end_left() -> None:
    long = "江苏省苏州工业园区国际新能源材料科技发展投资集团股份有限公司"
    [name] = names(plot_pareto(ranked([long], [1.0])))
    assert name.startswith("1 江苏省苏州")
    assert name.endswith("有限公司")
    assert len(name) <= 18


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("n", [1, 5, 60])
def test_nothing_overlaps_however_many_investors(n: int, lang: str) -> None:
    ax = plot_pareto(
        ranked([f"第{k}投资发展有限公司" for k in range(n)], [float(2 * n - k) for k in range(n)]), lang=lang
    )
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert len(boxes) == min(n, 16)
    assert all(upper.y0 >= lower.y1 for upper, lower in pairwise(boxes))
    heads = [text for text in ax.texts if text.xycoords == "axes fraction" and text.xy == (1, 1)]
    extents = sorted((Text.get_window_extent(text) for text in heads), key=lambda box: box.x0)
    assert len(extents) == 3
    assert all(left.x1 < right.x0 for left, right in pairwise(extents))
    assert extents[0].x0 > ax.figure.axes[1].get_legend().get_window_extent().x1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_empty_results_say_so_and_one_row_is_drawn(
    tiers: pd.DataFrame, investors: pd.DataFrame, lang: str
) -> None:
    for plot, result in ((plot_size_tiers, tiers), (plot_pareto, investors)):
        ax = plot(result.head(0), lang=lang)
        ax.figure.canvas.draw()
        assert {"zh": "无数据", "en": "No data"}[lang] in texts(ax)
        ax = plot(result.head(1), lang=lang)
        ax.figure.canvas.draw()
        assert len(bars(ax)) == 1


def test_english_charts_are_english_but_for_names(tiers: pd.DataFrame, investors: pd.DataFrame) -> None:
    for ax in (
        plot_size_tiers(tiers, lang="en"),
        plot_pareto(investors.assign(group="ACME"), lang="en", top=2),
    ):
        shown = texts(ax).replace("示例镇", "")
        assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]


def test_captions_state_office_date_unit_source_and_that_the_data_is_invented(
    tiers: pd.DataFrame, investors: pd.DataFrame
) -> None:
    for ax, unit in ((plot_size_tiers(tiers), "个、万元"), (plot_pareto(investors), "万元")):
        shown = texts(ax)
        for part in (
            "示例镇",
            "截至2011年12月",
            f"单位：{unit}",
            "来源：示例镇的工作簿",
            "示例数据，不是真实统计",
        ):
            assert part in shown


def test_drawing_leaves_the_users_settings_axes_and_the_results(
    tiers: pd.DataFrame, investors: pd.DataFrame
) -> None:
    for plot, result in ((plot_size_tiers, tiers), (plot_pareto, investors)):
        settings, table = dict(mpl.rcParams), result.copy()
        _, ax = plt.subplots()
        assert plot(result, ax=ax) is ax
        ax.figure.canvas.draw()
        assert dict(mpl.rcParams) == settings
        pd.testing.assert_frame_equal(result, table)


def test_wrong_results_and_choices_are_refused_by_name(tiers: pd.DataFrame, investors: pd.DataFrame) -> None:
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot_size_tiers(pd.concat([tiers, tiers.assign(office="煤山镇")]))
    with pytest.raises(ChoiceError, match=r"one year, not —, 2011"):
        plot_size_tiers(pd.concat([tiers, tiers.assign(year=2011)]))
    with pytest.raises(ChoiceError, match=r"status must be one of 'signed'.*'lost'"):
        plot_size_tiers(tiers, status="lost")
    with pytest.raises(TableError, match=r"plot_size_tiers.*SizeTiers.*n_from"):
        plot_size_tiers(tiers.drop(columns="n_from"))
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot_pareto(pd.concat([investors, investors.assign(office="煤山镇")]))
    with pytest.raises(ChoiceError, match=r"one measure, not arrived, signed"):
        plot_pareto(pd.concat([investors, investors.assign(measure="signed")]))
    with pytest.raises(ChoiceError, match=r"one grouped_by, not investor, station"):
        plot_pareto(pd.concat([investors, investors.assign(grouped_by="station")]))
    with pytest.raises(TableError, match=r"plot_pareto.*Pareto.*cumulative_share"):
        plot_pareto(investors.drop(columns="cumulative_share"))
