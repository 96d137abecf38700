"""The sentence under a figure: computed from its result, and plain where nothing is known."""

import pandas as pd
import pytest

from meishan_stats.codelists import read_definition
from meishan_stats.errors import ChoiceError
from meishan_stats.outputs.report import finding
from meishan_stats.outputs.report.findings import _SAID
from meishan_stats.schemas import RESULTS, conform

NAN = float("nan")


def months(last_month: str) -> pd.DataFrame:
    """100 a month from January 2010, 150 a month in 2011."""
    period = pd.date_range("2010-01-01", last_month, freq="MS")
    amount = pd.Series(period.year, index=period).map({2010: 100.0, 2011: 150.0})
    ytd = amount.groupby(period.year).cumsum()
    frame = pd.DataFrame({"period": period, "ytd_cny_10k": ytd.to_numpy()})
    return frame.assign(ytd_yoy_growth=frame["period"].dt.year.eq(2011).map({True: 0.5, False: NAN}))


def test_capital_of_a_part_of_a_year_is_held_against_the_same_months() -> None:
    said = finding("funding_by_month", months("2011-03-01")).text
    assert said == "2011年前3个月累计到位450万元，上年同期300万元，累计同比50.0%。"
    assert finding("funding_by_month", months("2011-12-01")).text == (
        "2011年全年到位1,800万元，上年1,200万元，同比50.0%。"
    )


def test_a_forecast_is_told_by_method_and_not_of_a_year_that_is_over() -> None:
    rows = pd.DataFrame({
        "year": 2011, "n_months": 9, "method": ["run_rate", "seasonal"], "forecast_cny_10k": [1200.0, NAN],
    })  # fmt: skip
    assert finding("year_end_forecast", rows).text == "按前9个月推算，2011年全年到位：按月均推算1,200万元。"
    assert finding("year_end_forecast", rows.assign(n_months=12)).text == "2011年已满12个月，无需预测。"


def test_targets_are_told_with_how_far_they_are_ahead_or_behind() -> None:
    rows = pd.DataFrame({
        "year": 2011, "indicator": "利用县外资金", "issuer": ["县下达", "自加压力", "县下达"], "assignee": None,
        "sector": [None, None, "other"], "target_cny_10k": [1000.0, 2000.0, 10.0],
        "attainment": [0.8, 0.4, 1.0], "gap_pp": [30.0, -10.0, 50.0],
    })  # fmt: skip
    assert finding("target_attainment", rows).text == (
        "2011年目标：县下达利用县外资金完成80.0%，超进度30.0个百分点；自加压力利用县外资金完成40.0%，欠进度10.0个百分点。"
    )
    unknown = finding("target_attainment", rows.assign(attainment=NAN)).text
    assert unknown == "3项目标中没有一项全单位、全年的目标能与到位资金对照。"


def test_the_shares_of_new_and_carried_over_capital_make_a_whole() -> None:
    rows = pd.DataFrame({
        "year": [2010, 2011, 2011], "vintage": ["new", "new", "carried_over"], "arrived_cny_10k": [9.0, 300.0, 100.0],
    })  # fmt: skip
    said = finding("funding_new_and_carried", rows).text
    assert said.endswith("其中当年新签项目占75.0%，往年结转占25.0%。")


def test_sectors_are_compared_where_both_years_are_known() -> None:
    rows = pd.DataFrame({
        "year": [2010, 2011, 2010, 2011], "sector": ["new_energy", "new_energy", "other", "other"],
        "signed_cny_10k": [1000.0, 1500.0, NAN, 70.0], "arrived_cny_10k": [500.0, 200.0, 100.0, 100.0],
    })  # fmt: skip
    assert finding("sector_trend", rows).text == (
        "2011年与2010年相比，签约金额新能源增加500万元；到位资金新能源减少300万元、其他持平。"
    )


def test_every_project_is_in_one_part_of_the_sentence_on_stages() -> None:
    stages = ["lead", "negotiating", "signed", "started", "production", "terminated", None]
    rows = pd.DataFrame({"stage": stages, "n_projects": [1, 2, 3, 4, 5, 6, 7]})
    assert finding("stage_stock", rows).text == (
        "28个项目中，在谈（含线索）3个，签约至竣工之间7个，已投产或达产5个，终止或暂停6个，阶段不明7个。"
    )


def test_the_next_production_is_one_still_to_come() -> None:
    rows = pd.DataFrame({
        "project_id": ["a", "a", "b", "b"], "name": ["旧", "旧", "新", "新"], "as_of": pd.Timestamp("2011-12-31"),
        "milestone": ["completed", "production"] * 2,
        "latest_on": pd.to_datetime(["2010-04-20", "2010-07-20", "2012-02-10", "2012-05-10"]),
        "production_on": pd.to_datetime(["2010-07-20", "2010-07-20", "2012-05-10", "2012-05-10"]),
    })  # fmt: skip
    assert (
        finding("backward_schedule", rows).text
        == "最近要投产的是新：2012-05-10前投产，最迟2012-02-10前竣工。"
    )


def test_stations_without_work_are_named_and_given_no_points() -> None:
    rows = pd.DataFrame({"station": ["上海", "杭州", None], "score": NAN, "n_signed": [0, 0, 1]})
    assert "上海、杭州" in finding("station_performance", rows).text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", _SAID)
def test_a_result_without_rows_gives_a_sentence_all_the_same(name: str, lang: str) -> None:
    model = RESULTS.get(name, RESULTS["sector_breakdown"])
    empty = conform(pd.DataFrame(), model)
    said = finding(name, empty, lang).text
    assert said.endswith(("。", "."))
    assert "nan" not in said.lower().replace("finance", "")


def test_a_result_without_a_sentence_is_named_with_those_that_have_one() -> None:
    with pytest.raises(ChoiceError, match=r"concentration.*stage_stock"):
        finding("concentration", pd.DataFrame())


def test_every_sentence_is_in_both_languages() -> None:
    table = read_definition("report_texts.csv")
    said = table[table["key"].str.startswith("finding_")]
    assert len(said) > 30
    assert said["zh"].ne("").all() and said["en"].ne("").all()
