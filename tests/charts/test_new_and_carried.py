"""The chart of new and carried-over capital shows what the table says."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from meishan_stats.charts.new_and_carried import plot_funding_new_and_carried
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.funding import FundingNewAndCarried


def rows(**given: object) -> pd.DataFrame:
    """2010: 300 new and 100 carried over; 2011: 40 new, 60 carried over, 100 of unknown signing."""
    frame = pd.DataFrame(
        {
            "year": [2010, 2010, 2011, 2011, 2011],
            "vintage": ["new", "carried_over", "new", "carried_over", None],
            "arrived_cny_10k": [300.0, 100.0, 40.0, 60.0, 100.0],
            "arrived_share": [0.75, 0.25, 0.2, 0.3, 0.5],
            "n_projects": [3, 1, 1, 2, 1],
        }
    )
    counts = dict.fromkeys(("n_known", "n_missing", "n_large", "n_size_unknown", "n_before_signing"), 0)
    about = {"office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-09-01")}
    return conform(frame.assign(**counts, **about).assign(**given), FundingNewAndCarried)


def texts(ax: Axes) -> str:
    return "\n".join(text.get_text() for text in ax.findobj(Text))


def parts(ax: Axes) -> list[tuple[float, float]]:
    """Where each part begins, and its length."""
    return [(float(bar.get_x()), float(bar.get_width())) for bar in ax.patches]


def test_parts_of_a_year_lie_beside_each_other_in_their_order() -> None:
    assert parts(plot_funding_new_and_carried(rows()[::-1])) == [
        (0, 300), (300, 100), (0, 40), (40, 60), (100, 100)
    ]  # fmt: skip


def test_each_part_says_its_amount_and_its_share_of_the_year() -> None:
    shown = texts(plot_funding_new_and_carried(rows()))
    for part in ("300（75.0%）", "100（25.0%）", "40.0（20.0%）", "60.0（30.0%）"):
        assert part.replace(".0（", "（") in shown or part in shown
    assert "签约时间不明" in shown
    assert "4个项目到位" in shown


def test_an_amount_that_is_not_known_is_written_and_has_no_part() -> None:
    unknown = rows(arrived_cny_10k=[300.0, 100.0, 40.0, 60.0, None], n_missing=[0, 0, 0, 0, 2])
    ax = plot_funding_new_and_carried(unknown)
    assert len(parts(ax)) == 4
    assert "签约时间不明 未知（缺2项）" in texts(ax)
    assert "共缺2项金额，未计入合计" in texts(ax)


def test_what_was_taken_back_lies_left_of_zero_and_hides_nothing() -> None:
    ax = plot_funding_new_and_carried(rows(arrived_cny_10k=[300.0, 100.0, 40.0, -60.0, 100.0]))
    drawn = parts(ax)[2:]
    assert drawn == [(0, 40), (0, -60), (40, 100)]
    assert ax.get_xlim()[0] < -60


def test_a_year_that_is_not_over_and_capital_before_signing_are_told() -> None:
    shown = texts(plot_funding_new_and_carried(rows(n_before_signing=[0, 0, 0, 0, 1])))
    assert "2011年仅至9月" in shown
    assert "1个项目的资金先于签约年度到位" in shown


def test_capital_of_no_year_is_the_last_row() -> None:
    ax = plot_funding_new_and_carried(rows(year=pd.array([2010, 2010, None, None, None], dtype="Int64")))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2010年", "年份不明"]


def test_nothing_known_is_no_data() -> None:
    ax = plot_funding_new_and_carried(rows(arrived_cny_10k=None, n_missing=1))
    assert parts(ax) == []
    assert "5项金额均未知" in texts(ax)
