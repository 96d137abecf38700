"""The chart of methods of attraction shows what the table says."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from meishan_stats.charts.methods import plot_method_breakdown
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import columns, conform
from meishan_stats.schemas.results.activity import MethodBreakdown


def rows(**given: object) -> pd.DataFrame:
    """Fairs, referral (of which nothing is known to have arrived) and a project of unknown method."""
    counts = {name: 0 for name, column in columns(MethodBreakdown).items() if not column.nullable}
    frame = pd.DataFrame(
        {
            **counts,
            "method": [None, "fair", "merchant_referral"],
            "multiple": "main",
            "n_signed": [1, 2, 3],
            "n_negotiating": [0, 1, 0],
            "signed_cny_10k": [None, 1000.0, 3000.0],
            "n_signed_missing": [1, 0, 0],
            "signed_share": [None, 0.25, 0.75],
            "arrived_cny_10k": [None, 400.0, None],
            "arrived_share": [None, 1.0, None],
            "office": "示例镇",
            "is_demo": True,
        }
    )
    return conform(frame.assign(**given), MethodBreakdown)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def test_bars_are_the_amounts_in_the_order_of_the_codelist_a_missing_method_last() -> None:
    ax = plot_method_breakdown(rows())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["以商引商", "节会招商", "方式不明"]
    assert [bar.get_width() for bar in ax.patches] == [3000, 1000, 400]


def test_shares_are_those_of_the_table_and_what_is_missing_is_written() -> None:
    shown = texts(plot_method_breakdown(rows()))
    for part in (
        "3,000（75.0%）",
        "400（100.0%）",
        "未知（缺1项）",
        "无到位记录",
        "签约2个，在谈1个",
        "共缺1项金额",
    ):
        assert part in shown


def test_methods_counted_each_warn_that_the_rows_do_not_add_up() -> None:
    assert "各行不能相加" in texts(plot_method_breakdown(rows(multiple="each")))
    assert "do not add up" in texts(plot_method_breakdown(rows(multiple="each"), lang="en"))
    assert "各行不能相加" not in texts(plot_method_breakdown(rows()))


def test_the_year_is_in_the_title() -> None:
    assert "历年合计" in plot_method_breakdown(rows()).get_title(loc="left")
    assert "2011年" in plot_method_breakdown(rows(year=2011)).get_title(loc="left")


def test_rows_of_two_years_or_counted_in_two_ways_are_refused() -> None:
    with pytest.raises(ChoiceError, match="one year"):
        plot_method_breakdown(pd.concat([rows(year=2010), rows(year=2011)]))
    with pytest.raises(ChoiceError, match="one multiple"):
        plot_method_breakdown(pd.concat([rows(), rows(multiple="each")]))


def test_projects_without_any_amount_are_no_data() -> None:
    ax = plot_method_breakdown(rows(signed_cny_10k=None, arrived_cny_10k=None, n_projects=2))
    assert len(ax.patches) == 0
    assert "6个项目，金额均未知" in texts(ax)
