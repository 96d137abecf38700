"""The cross tables of sectors show what the tables say."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from meishan_stats.charts.sector_matrices import plot_sector_by_origin, plot_sector_by_stage
from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.sectors import SectorByOrigin, SectorByStage

ABOUT = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-12-01")}


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def cells(ax: Axes) -> list[list[str]]:
    """Texts of the cells, row by row with the sums."""
    placed = {text.get_position(): text.get_text() for text in ax.texts if text.get_position()[1] > 0.1}
    rows, columns = (sorted({place[k] for place in placed if place[k] % 1 == 0.5}) for k in (1, 0))
    return [[placed[column, row] for column in columns] for row in rows]


def heads(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_position()[1] == -0.12]


def shaded(ax: Axes) -> list[list[float | None]]:
    return ax.collections[0].get_array().tolist()


@pytest.fixture
def stages() -> pd.DataFrame:
    """Two energy projects started, one of unknown stage; a project of unknown sector."""
    frame = pd.DataFrame(
        {
            "sector": ["new_energy", "new_energy", "other", "other", None],
            "stage": ["started", None, "lead", "started", "started"],
            "n_projects": [2, 1, 1, 3, 1],
            "total_investment_cny_10k": [3000.0, None, None, 500.0, 70.0],
            "n_total_investment_missing": [0, 1, 0, 2, 0],
        }
    )
    return conform(frame.assign(**ABOUT), SectorByStage)


@pytest.fixture
def origins() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "sector": ["new_energy", "new_energy", "other"],
            "origin_level": ["overseas", "local", None],
            "n_projects": [2, 1, 1],
            "n_signed": [1, 0, 1],
            "signed_cny_10k": [250_000.0, None, None],
            "n_signed_missing": [0, 0, 1],
        }
    )
    return conform(frame.assign(**ABOUT), SectorByOrigin)


def test_cells_are_the_numbers_of_the_table_with_unknown_rows_and_columns_last(stages: pd.DataFrame) -> None:
    ax = plot_sector_by_stage(stages)
    assert heads(ax) == ["线索", "开工", "阶段不明", "合计"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["新能源", "其他", "产业不明", "合计"]
    assert shaded(ax) == [[None, 2, 1], [1, 3, None], [None, 1, None]]
    assert cells(ax) == [
        ["—", "2", "1", "3"],
        ["1", "3", "—", "4"],
        ["—", "1", "—", "1"],
        ["1", "6", "1", "8"],
    ]


def test_an_unknown_amount_is_written_as_such_and_is_neither_0_nor_nothing(stages: pd.DataFrame) -> None:
    ax = plot_sector_by_stage(stages, measure="total_investment")
    assert shaded(ax) == [[None, 3000, None], [None, 500, None], [None, 70, None]]
    assert cells(ax) == [
        ["—", "3,000", "未知\n缺1项", "3,000\n缺1项"],
        ["—", "500\n缺2项", "—", "500\n缺2项"],
        ["—", "70", "—", "70"],
        ["—", "3,570\n缺2项", "未知\n缺1项", "3,570\n缺3项"],
    ]
    assert "共缺3项金额" in texts(ax)
    assert "总投资为计划数，含未签约项目" in texts(ax)


def test_a_true_0_is_a_shaded_cell_with_a_0(stages: pd.DataFrame) -> None:
    ax = plot_sector_by_stage(stages.assign(total_investment_cny_10k=0.0), measure="total_investment")
    assert shaded(ax)[0] == [None, 0, 0]


def test_order_of_rows_and_stages_is_that_of_the_codelists(stages: pd.DataFrame) -> None:
    assert cells(plot_sector_by_stage(stages[::-1])) == cells(plot_sector_by_stage(stages))


def test_origins_are_drawn_by_level_in_a_unit_that_suits_and_overseas_apart(origins: pd.DataFrame) -> None:
    ax = plot_sector_by_origin(origins, measure="signed")
    assert [head.replace("\n", "") for head in heads(ax)] == ["境外（含港澳台）", "县内", "来源不明", "合计"]
    assert cells(ax)[0] == ["25.00", "—", "—", "25.00"]
    assert cells(ax)[1] == ["—", "—", "未知\n缺1项", "未知\n缺1项"]
    assert "单位：亿元" in texts(ax)
    assert "境外资金单列" in texts(ax)


def test_without_a_table_of_capital_nothing_is_known_to_have_arrived(origins: pd.DataFrame) -> None:
    ax = plot_sector_by_origin(origins, measure="arrived")
    assert "无数据" in texts(ax)
    assert "4个项目，金额均未知" in texts(ax)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [4, 8, None])
def test_every_number_fits_in_its_cell_whatever_the_width(lang: str, width: float | None) -> None:
    pairs = [(sector, stage) for sector in codes("sectors") for stage in [*codes("stages"), None]]
    frame = pd.DataFrame(pairs, columns=["sector", "stage"]).assign(
        n_projects=3, total_investment_cny_10k=99_999.0, n_total_investment_missing=12, **ABOUT
    )
    ax = None if width is None else plt.subplots(figsize=(width, 4), layout="constrained")[1]
    ax = plot_sector_by_stage(conform(frame, SectorByStage), ax=ax, lang=lang, measure="total_investment")
    ax.figure.canvas.draw()
    cell = ax.get_window_extent().width / 14
    written = [
        text for text in ax.texts if text.get_position()[1] > 0.1 and text.get_position()[0] % 1 == 0.5
    ]
    assert len(written) == 5 * 14
    if width != 4:  # below 5 points letters would not be read and are drawn wider than their cell
        assert max(text.get_window_extent().width for text in written) <= cell


def test_shades_get_darker_with_the_number_so_that_grey_keeps_their_order(stages: pd.DataFrame) -> None:
    mesh = plot_sector_by_stage(stages).collections[0]
    shades = [sum(to_rgb(mesh.cmap(mesh.norm(value)))) for value in (0, 1, 2, 3)]
    assert shades == sorted(shades, reverse=True)


def test_the_caption_states_office_date_unit_source_and_that_the_data_is_invented(
    stages: pd.DataFrame,
) -> None:
    shown = texts(plot_sector_by_stage(stages))
    for part in ("示例镇", "截至2011年12月", "单位：个", "来源：示例镇的工作簿", "示例数据，不是真实统计"):
        assert part in shown


def test_an_english_chart_is_english_but_for_names(stages: pd.DataFrame, origins: pd.DataFrame) -> None:
    for ax in (
        plot_sector_by_stage(stages, lang="en", measure="total_investment"),
        plot_sector_by_origin(origins, lang="en"),
    ):
        shown = texts(ax).replace("示例镇", "")
        assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_result_says_so_and_one_row_is_one_cell(
    stages: pd.DataFrame, origins: pd.DataFrame, lang: str
) -> None:
    for plot, result in ((plot_sector_by_stage, stages), (plot_sector_by_origin, origins)):
        ax = plot(result.head(0), lang=lang)
        ax.figure.canvas.draw()
        assert {"zh": "无数据", "en": "No data"}[lang] in texts(ax)
        ax = plot(result.head(1), lang=lang)
        ax.figure.canvas.draw()
        assert shaded(ax) == [[2]]


def test_drawing_leaves_the_users_settings_and_the_result(stages: pd.DataFrame) -> None:
    settings, table = dict(mpl.rcParams), stages.copy()
    plot_sector_by_stage(stages).figure.canvas.draw()
    assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(stages, table)


def test_wrong_results_and_choices_are_refused_by_name(stages: pd.DataFrame, origins: pd.DataFrame) -> None:
    with pytest.raises(ChoiceError, match=r"示例镇、煤山镇.*draws one office"):
        plot_sector_by_stage(pd.concat([stages, stages.assign(office="煤山镇")]))
    with pytest.raises(ChoiceError, match=r"measure must be one of 'n_projects', 'total_investment'"):
        plot_sector_by_stage(stages, measure="signed")
    with pytest.raises(ChoiceError, match=r"plot_sector_by_origin: measure"):
        plot_sector_by_origin(origins, measure="total_investment")
    with pytest.raises(TableError, match=r"plot_sector_by_origin.*SectorByOrigin.*origin_level"):
        plot_sector_by_origin(origins.drop(columns="origin_level"))
