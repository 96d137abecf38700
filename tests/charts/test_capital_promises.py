"""What every chart of capital, targets, activity and land promises, whatever it draws."""

from collections.abc import Callable
from typing import Any, NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from meishan_stats.charts.cumulative import plot_funding_cumulative
from meishan_stats.charts.forecast import plot_year_end_forecast
from meishan_stats.charts.infrastructure import plot_infrastructure_progress
from meishan_stats.charts.land import plot_land_efficiency
from meishan_stats.charts.methods import plot_method_breakdown
from meishan_stats.charts.new_and_carried import plot_funding_new_and_carried
from meishan_stats.charts.stations import plot_station_performance
from meishan_stats.charts.targets import plot_target_attainment
from meishan_stats.charts.visits import plot_visit_calendar
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import FundingByMonth, Table, columns, conform
from meishan_stats.schemas.results.activity import MethodBreakdown, StationPerformance, VisitCalendar
from meishan_stats.schemas.results.funding import FundingNewAndCarried, TargetAttainment, YearEndForecast
from meishan_stats.schemas.results.land import InfrastructureProgress, LandEfficiency


class Chart(NamedTuple):
    draw: Callable[..., Axes]
    model: type[Table]
    rows: dict[str, Any]


CHARTS = {
    "cumulative": Chart(plot_funding_cumulative, FundingByMonth, {
        "kind": "arrived", "period": pd.to_datetime(["2011-01-01", "2011-02-01"]),
        "amount_cny_10k": [500.0, None], "ytd_cny_10k": [500.0, 500.0], "n_missing": [0, 2],
    }),
    "new_and_carried": Chart(plot_funding_new_and_carried, FundingNewAndCarried, {
        "year": 2011, "vintage": ["new", None], "arrived_cny_10k": [100.0, 300.0], "arrived_share": [0.25, 0.75],
        "n_missing": [0, 2],
    }),
    "targets": Chart(plot_target_attainment, TargetAttainment, {
        "year": 2011, "indicator": "FDI", "issuer": ["A", "B"], "target_cny_10k": [1000.0, 2000.0],
        "actual_cny_10k": 500.0, "attainment": [0.5, 0.25], "time_progress": 0.25, "gap_pp": [25.0, 0.0],
        "includes_foreign": True, "n_missing": [0, 2],
    }),
    "forecast": Chart(plot_year_end_forecast, YearEndForecast, {
        "kind": "arrived", "year": 2011, "method": ["run_rate", "seasonal"], "n_months": 6,
        "ytd_cny_10k": 600.0, "forecast_cny_10k": [1200.0, None], "low_cny_10k": [1000.0, None],
        "high_cny_10k": [1400.0, None], "level": 0.8, "reason": [None, "too_few_years"],
    }),
    "methods": Chart(plot_method_breakdown, MethodBreakdown, {
        "method": ["fair", None], "multiple": "main", "n_projects": 1, "n_signed": 1,
        "signed_cny_10k": [3000.0, None], "signed_share": [1.0, None], "n_signed_missing": [0, 1],
    }),
    "stations": Chart(plot_station_performance, StationPerformance, {
        "grouped_by": "station", "station": ["A", None], "n_visits": [8.0, None], "n_visits_points": [10.0, None],
        "n_absences_points": [-10.0, None], "score": [0.0, None], "n_points_missing": [6, 8],
    }),
    "visits": Chart(plot_visit_calendar, VisitCalendar, {
        "grouped_by": "month", "period": [pd.Timestamp("2011-05-01"), pd.NaT], "n_visits": [3, 4],
        "n_made": [1, 4], "n_received": [2, 0],
    }),
    "visits_by_day": Chart(plot_visit_calendar, VisitCalendar, {
        "grouped_by": "day", "period": pd.to_datetime(["2011-05-01", "2011-05-02"]), "n_visits": [3, 0],
    }),
    "land": Chart(plot_land_efficiency, LandEfficiency, {
        "grouped_by": "project", "group": ["a", "b"], "name": ["A", "B"], "status": "signed", "n_projects": 1,
        "land_mu": [10.0, None], "investment_cny_10k": [4000.0, None], "investment_per_mu_cny_10k": [400.0, None],
        "is_below": [False, None], "threshold_cny_10k": 350.0, "n_land_missing": [0, 1],
    }),
    "land_by_sector": Chart(plot_land_efficiency, LandEfficiency, {
        "grouped_by": "sector", "group": ["new_energy", None], "status": "signed", "n_projects": 2, "n_used": 2,
        "land_mu": 10.0, "investment_per_mu_cny_10k": [400.0, 90.0], "lowest_per_mu_cny_10k": [300.0, 80.0],
        "highest_per_mu_cny_10k": [500.0, 100.0], "threshold_cny_10k": 350.0, "n_below": [1, 2],
    }),
    "infrastructure": Chart(plot_infrastructure_progress, InfrastructureProgress, {
        "year": 2011, "kind": [None, None], "is_total": [True, False], "n_items": 2, "planned_cny_10k": 500.0,
        "planned_public_cny_10k": 500.0, "completed_cny_10k": [None, None], "n_completed_missing": 2,
    }),
}  # fmt: skip

every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)


def made(chart: Chart, office: str = "示例镇") -> pd.DataFrame:
    """The rows with counts that are not told 0."""
    counts = {name: 0 for name, column in columns(chart.model).items() if not column.nullable}
    about = {"office": office, "is_demo": True, "as_of": pd.Timestamp("2011-06-01")}
    index = range(max(len(value) for value in chart.rows.values() if isinstance(value, (list, pd.Index))))
    return conform(pd.DataFrame({**counts, **about, **chart.rows}, index=index), chart.model)


def texts(ax: Axes) -> str:
    ax.figure.canvas.draw()
    return "\n".join(text.get_text() for axes in ax.figure.axes for text in axes.findobj(Text))


@every_chart
def test_the_caption_states_office_date_unit_source_and_that_the_data_is_invented(chart: Chart) -> None:
    shown = texts(chart.draw(made(chart)))
    for part in ("示例镇", "截至2011年6月", "单位：", "来源：示例镇的工作簿", "示例数据，不是真实统计"):
        assert part in shown
    assert "示例数据" not in texts(chart.draw(made(chart).assign(is_demo=False)))


@every_chart
def test_an_english_chart_is_english_but_for_names(chart: Chart) -> None:
    shown = texts(chart.draw(made(chart), lang="en")).replace("示例镇", "")
    assert not [letter for letter in shown if "\u4e00" <= letter <= "\u9fff"]


@every_chart
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_result_and_one_of_one_row_are_drawn(chart: Chart, lang: str) -> None:
    result = made(chart)
    assert {"zh": "无数据", "en": "No data"}[lang] in texts(chart.draw(result.head(0), lang=lang))
    assert {"zh": "无数据", "en": "No data"}[lang] not in texts(chart.draw(result.head(1), lang=lang))


@every_chart
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_drawing_leaves_the_users_settings_and_the_result(chart: Chart, lang: str) -> None:
    result = made(chart)
    settings, table = dict(mpl.rcParams), result.copy()
    chart.draw(
        result, lang=lang
    ).figure.canvas.draw()  # a missing glyph warns, and a warning is an error here
    assert dict(mpl.rcParams) == settings
    pd.testing.assert_frame_equal(result, table)


@every_chart
def test_on_axes_of_the_user_everything_is_drawn_there(chart: Chart) -> None:
    _, ax = plt.subplots()
    assert chart.draw(made(chart), ax=ax) is ax
    ax.figure.canvas.draw()
    assert len(plt.get_fignums()) == 1


@every_chart
def test_two_offices_are_refused_by_name(chart: Chart) -> None:
    two = pd.concat([made(chart), made(chart, "煤山镇")])
    with pytest.raises(ChoiceError, match=rf"{chart.draw.__name__}.*示例镇、煤山镇.*draws one office"):
        chart.draw(two)


@every_chart
def test_another_language_is_refused(chart: Chart) -> None:
    with pytest.raises(ChoiceError, match="'fr'"):
        chart.draw(made(chart), lang="fr")


@every_chart
def test_another_table_is_refused_with_the_columns_it_lacks(chart: Chart) -> None:
    lacking = next(name for name in reversed(list(columns(chart.model))))
    with pytest.raises(TableError, match=rf"{chart.draw.__name__}.*{chart.model.__name__}.*{lacking}"):
        chart.draw(made(chart).drop(columns=lacking))
