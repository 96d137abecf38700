"""The chart of infrastructure shows what the table says."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Text

from meishan_stats.charts.infrastructure import plot_infrastructure_progress
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import columns, conform
from meishan_stats.schemas.results.land import InfrastructureProgress


def rows(**given: object) -> pd.DataFrame:
    """Roads, half of them private, pipes of which nothing is known to be spent, and both together."""
    counts = {name: 0 for name, column in columns(InfrastructureProgress).items() if not column.nullable}
    frame = pd.DataFrame(
        {
            **counts,
            "year": 2011,
            "kind": ["管网", "道路", None],
            "is_total": [False, False, True],
            "n_items": [1, 2, 3],
            "planned_cny_10k": [500.0, 1000.0, 1500.0],
            "planned_public_cny_10k": [None, 1000.0, 1000.0],
            "planned_unknown_cny_10k": [500.0, None, 500.0],
            "completed_cny_10k": [None, 800.0, 800.0],
            "n_completed_missing": [2, 0, 2],
            "completed_public_cny_10k": [None, 400.0, 400.0],
            "completed_private_cny_10k": [None, 400.0, 400.0],
            "completed_private_share": [None, 0.5, 0.5],
            "attainment": [None, 0.8, 800 / 1500],
            "target_cny_10k": [None, None, 2000.0],
            "target_attainment": [None, None, 0.4],
            "n_targets": [0, 0, 2],
            "office": "示例镇",
            "is_demo": True,
        }
    )
    return conform(frame.assign(**given), InfrastructureProgress)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def parts(ax: Axes) -> list[tuple[float, float]]:
    return [(bar.get_x(), bar.get_width()) for bar in ax.patches]


def test_parts_are_the_amounts_of_each_payer_the_total_first() -> None:
    ax = plot_infrastructure_progress(rows())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["合计", "管网", "道路"]
    assert parts(ax) == [
        (0, 1000), (1000, 500), (0, 400), (400, 400),
        (0, 500),
        (0, 1000), (0, 400), (400, 400),
    ]  # fmt: skip


def test_payers_are_told_by_the_hatching() -> None:
    hatches = {bar.get_hatch() for bar in plot_infrastructure_progress(rows()).patches}
    assert len(hatches) == 3
    entries = [text.get_text() for text in plot_infrastructure_progress(rows()).get_legend().get_texts()]
    assert entries == ["计划投入", "完成投入", "财政（国有）投入", "民间投入", "投入主体不明", "目标金额"]


def test_the_target_is_a_stroke_at_the_total() -> None:
    ax = plot_infrastructure_progress(rows())
    (stroke,) = (
        line for item in ax.collections if isinstance(item, LineCollection) for line in item.get_segments()
    )
    assert (stroke[0, 0], round(stroke[:, 1].mean())) == (2000, 0)
    for part in ("年度目标2,000万元", "完成投入为年度目标的40.0%", "共有2个目标"):
        assert part in texts(ax)


def test_amounts_attainment_and_private_share_are_written_and_so_is_what_is_missing() -> None:
    shown = texts(plot_infrastructure_progress(rows(n_plan_unknown=[0, 1, 1])))
    for part in ("800（为计划的80.0%、民间50.0%）", "未知（缺2项）", "另有1项不知是计划还是完成"):
        assert part in shown


def test_the_last_year_is_drawn_unless_another_is_named() -> None:
    both = pd.concat([rows(year=2010, planned_cny_10k=7.0), rows()], ignore_index=True)
    assert "2011年" in plot_infrastructure_progress(both).get_title(loc="left")
    assert "2010年" in plot_infrastructure_progress(both, year=2010).get_title(loc="left")
    with pytest.raises(ChoiceError, match=r"2009.*2010, 2011"):
        plot_infrastructure_progress(both, year=2009)


def test_items_of_no_year_are_told() -> None:
    undated = rows(year=None).tail(1)
    assert "另有3项年份不明，图中未列" in texts(plot_infrastructure_progress(pd.concat([rows(), undated])))


def test_only_the_largest_kinds_are_drawn_and_the_rest_is_told() -> None:
    ax = plot_infrastructure_progress(rows(), top=1)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["合计", "道路"]
    assert "其余1项未画" in texts(ax)


def test_items_without_any_amount_are_no_data_and_the_target_is_told() -> None:
    ax = plot_infrastructure_progress(rows(planned_cny_10k=None, completed_cny_10k=None))
    assert "3项，金额均未知" in texts(ax)
    assert "年度目标2,000万元" in texts(ax)
