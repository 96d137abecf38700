"""The charts of an area against a reference show what the tables say."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

from meishan_stats.charts.location_quotient import plot_location_quotient
from meishan_stats.charts.shift_share import plot_shift_share
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.structure import LocationQuotient, ShiftShare

ABOUT = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-12-01")}


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def dots(ax: Axes) -> dict[float, float]:
    """Quotient of each dot by the place of its row."""
    return {line.get_ydata()[0]: line.get_xdata()[0] for line in ax.lines if line.get_label() == "dot"}


def steps(ax: Axes) -> list[tuple[float, float]]:
    """Begin and length of each bar from top to bottom."""
    return [(float(bar.get_x()), float(bar.get_width())) for bar in ax.patches]


@pytest.fixture
def quotients() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "sector": ["new_energy", "new_materials", "modern_textiles", "other"],
            "value": [50.0, None, 50.0, 0.0],
            "n_missing": [0, 1, 0, 0],
            "local_share": [0.5, None, 0.5, 0.0],
            "reference_value": [100.0, 100.0, 250.0, 50.0],
            "reference_share": [0.2, 0.2, 0.5, 0.1],
            "location_quotient": [2.5, None, 1.0, 0.0],
        }
    )
    return conform(frame.assign(**ABOUT), LocationQuotient)


@pytest.fixture
def shift() -> pd.DataFrame:
    """Energy grows by 50 = 10 + 10 + 30, textiles fall by 20 = 10 - 5 - 25; nothing is known of the rest."""
    frame = pd.DataFrame(
        {
            "sector": ["new_energy", "modern_textiles", "other"],
            "before": [100.0, 100.0, None],
            "after": [150.0, 80.0, 30.0],
            "change": [50.0, -20.0, None],
            "national_effect": [10.0, 10.0, None],
            "industry_mix": [10.0, -5.0, None],
            "regional_effect": [30.0, -25.0, None],
        }
    )
    return conform(frame.assign(**ABOUT), ShiftShare)


def test_dots_are_the_quotients_and_an_unknown_one_has_none(quotients: pd.DataFrame) -> None:
    ax = plot_location_quotient(quotients)
    assert dots(ax) == {0: 2.5, 2: 1.0, 3: 0.0}
    shown = texts(ax)
    assert "2.50（本地50.0%，参照20.0%）" in shown
    assert "未知（本地未知，参照20.0%）" in shown
    assert "0.00（本地0.0%，参照10.0%）" in shown
    assert "共缺1项数值" in shown


def test_dots_below_1_are_hollow_so_that_they_are_told_without_colour(quotients: pd.DataFrame) -> None:
    faces = {
        line.get_xdata()[0]: to_hex(line.get_markerfacecolor())
        for line in plot_location_quotient(quotients).lines
        if line.get_label() == "dot"
    }
    assert faces[0.0] == "#ffffff"
    assert "#ffffff" not in (faces[1.0], faces[2.5])


def test_steps_begin_where_the_one_before_ends_and_add_up_to_the_change(shift: pd.DataFrame) -> None:
    ax = plot_shift_share(shift, sector="new_energy")
    assert steps(ax) == [(0, 10), (10, 10), (20, 30), (0, 50)]
    assert "+50.0" in texts(ax)
    assert "基期100.0，报告期150.0" in texts(ax)
    down = plot_shift_share(shift, sector="modern_textiles")
    assert steps(down) == [(0, 10), (10, -5), (5, -25), (0, -20)]
    assert "−25.0" in texts(down)


def test_without_a_sector_those_known_are_added_up_and_the_others_named(shift: pd.DataFrame) -> None:
    ax = plot_shift_share(shift)
    assert steps(ax) == [(0, 20), (20, 5), (25, 5), (0, 30)]
    assert "未计入（数值不全）：其他" in texts(ax)
    assert "全部产业" in ax.get_title(loc="left")


def test_negative_effects_are_hatched_and_fit_in_the_axes(shift: pd.DataFrame) -> None:
    ax = plot_shift_share(shift, sector="modern_textiles")
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, True, True, True]
    assert ax.get_xlim()[0] < -20


def test_amounts_are_numbered_in_a_unit_that_suits_and_other_units_as_said(shift: pd.DataFrame) -> None:
    numbers = ["before", "after", "change", "national_effect", "industry_mix", "regional_effect"]
    large = shift.assign(**{name: shift[name] * 10_000 for name in numbers})
    assert plot_shift_share(large).get_xlabel() == "变化（亿元）"
    assert steps(plot_shift_share(large))[0] == (0, 200_000)
    ax = plot_shift_share(shift, unit="人")
    assert ax.get_xlabel() == "变化（人）"
    assert "单位：人" in texts(ax)


def test_titles_say_the_years_that_the_tables_do_not_know(
    quotients: pd.DataFrame, shift: pd.DataFrame
) -> None:
    assert "，2011年" in plot_location_quotient(quotients, when="2011年").get_title(loc="left")
    assert "，2010—2011年" in plot_shift_share(shift, when="2010—2011年").get_title(loc="left")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_results_without_rows_or_values_say_so_and_one_row_is_drawn(
    quotients: pd.DataFrame, shift: pd.DataFrame, lang: str
) -> None:
    for plot, result, count in ((plot_location_quotient, quotients, dots), (plot_shift_share, shift, steps)):
        for none in (result.head(0), result.assign(location_quotient=float("nan"), change=float("nan"))):
            ax = plot(none[list(result)], lang=lang)
            ax.figure.canvas.draw()
            assert {"zh": "无数据", "en": "No data"}[lang] in texts(ax)
            assert not count(ax)
        ax = plot(result.head(1), lang=lang)
        ax.figure.canvas.draw()
        assert len(count(ax)) == {plot_location_quotient: 1, plot_shift_share: 4}[plot]


def test_english_charts_are_english_but_for_names(quotients: pd.DataFrame, shift: pd.DataFrame) -> None:
    for ax in (plot_location_quotient(quotients, lang="en"), plot_shift_share(shift, lang="en")):
        shown = texts(ax).replace("示例镇", "")
        assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]


def test_captions_state_office_date_source_and_that_the_data_is_invented(
    quotients: pd.DataFrame, shift: pd.DataFrame
) -> None:
    for ax, unit in ((plot_location_quotient(quotients), "倍"), (plot_shift_share(shift), "万元")):
        for part in ("截至2011年12月", f"单位：{unit}", "来源：示例镇的工作簿", "示例数据，不是真实统计"):
            assert part in texts(ax)


def test_drawing_leaves_the_users_settings_axes_and_the_results(
    quotients: pd.DataFrame, shift: pd.DataFrame
) -> None:
    for plot, result in ((plot_location_quotient, quotients), (plot_shift_share, shift)):
        settings, table = dict(mpl.rcParams), result.copy()
        _, ax = plt.subplots()
        assert plot(result, ax=ax) is ax
        ax.figure.canvas.draw()
        assert dict(mpl.rcParams) == settings
        pd.testing.assert_frame_equal(result, table)


def test_wrong_results_and_choices_are_refused_by_name(quotients: pd.DataFrame, shift: pd.DataFrame) -> None:
    for plot, result in ((plot_location_quotient, quotients), (plot_shift_share, shift)):
        with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
            plot(pd.concat([result, result.assign(office="煤山镇")]))
    with pytest.raises(ChoiceError, match=r"sector must be one of 'new_energy', 'modern_textiles', 'other'"):
        plot_shift_share(shift, sector="bio")
    with pytest.raises(TableError, match=r"plot_shift_share.*ShiftShare.*industry_mix"):
        plot_shift_share(shift.drop(columns="industry_mix"))
    with pytest.raises(TableError, match=r"plot_location_quotient.*LocationQuotient.*local_share"):
        plot_location_quotient(quotients.drop(columns="local_share"))
