"""The facts of the article of 2011 as they come out of the tables (shared facts: the published article)."""

from pathlib import Path

import pandas as pd
import pytest

import meishan_stats as ms

MEISHAN = Path(__file__).parents[1] / "data" / "raw" / "meishan"


@pytest.fixture(scope="module")
def tables() -> ms.Tables:
    return ms.load(MEISHAN)


def test_there_are_exactly_two_projects(tables):
    assert len(tables.projects) == 2
    assert set(tables.projects["office"]) == {"煤山镇"}


def project(tables: ms.Tables, word: str) -> pd.Series:
    return tables.projects[tables.projects["name"].str.contains(word)].iloc[0]


def test_the_polysilicon_project_is_5_million_dollars_under_negotiation_in_new_energy(tables):
    row = project(tables, "多晶硅")
    assert (row["total_investment_10k"], row["currency"]) == (500, "USD")
    assert row["stage"] == "negotiating"
    assert (row["sector"], row["sector_basis"], row["sector_alt"]) == (
        "new_energy",
        "keyword_name",
        "new_materials",
    )


def test_its_yuan_value_has_a_dated_rate_with_its_basis(tables):
    row = project(tables, "多晶硅")
    assert row["fx_basis"] == "annual_mean 2011, ECB"
    # The central parity of 2011 averaged about 6.46 yuan to the dollar.
    assert row["fx_rate"] == pytest.approx(6.46, abs=0.01)
    assert row["total_investment_cny_10k"] == pytest.approx(500 * row["fx_rate"])


def test_the_container_project_is_3600_wan_yuan_in_approval_and_its_sector_is_in_doubt(tables):
    row = project(tables, "宇峰")
    assert (row["total_investment_10k"], row["total_investment_cny_10k"], row["currency"]) == (
        3600,
        3600,
        "CNY",
    )
    assert row["stage"] == "approval"
    assert row["sector_confidence"] == "low"
    doubts = tables.problems[tables.problems["code"] == "ambiguous_sector"]
    assert row["source_row"] in doubts["source_row"].tolist()


def test_the_target_of_2011_is_35000_wan_yuan(tables):
    capital = tables.targets[tables.targets["indicator"].str.contains("县外资金")]
    assert capital["amount_cny_10k"].tolist() == [35000]
    assert capital["year"].tolist() == [2011]


def test_sixteen_key_reserve_projects_are_a_number_and_not_money(tables):
    reserve = tables.targets[tables.targets["indicator"].str.contains("储备")]
    assert reserve["n"].tolist() == [16]
    assert reserve["amount_cny_10k"].isna().all()


def test_four_parties_visited(tables):
    assert len(tables.visits) == 4
    assert set(tables.visits["direction"]) == {"received"}


def test_eight_recruiters_are_stationed_in_four_cities_without_a_number_for_each(tables):
    assert set(tables.recruiters["station"]) == {"杭州", "萧山", "上海", "无锡"}
    assert tables.recruiters["n"].isna().all()
    assert set(tables.recruiters["kind"]) == {"full_time"}


def test_infrastructure_of_5000_wan_yuan_is_planned(tables):
    assert tables.infrastructure["amount_cny_10k"].dropna().tolist() == [5000]
    assert tables.infrastructure["is_planned"].all()


def test_capital_arrived_is_missing_everywhere_and_nowhere_zero(tables):
    assert tables.funding_reports.empty
    assert tables.funding.empty
    breakdown = ms.sector_breakdown(tables.projects, tables.funding)
    assert breakdown["arrived_cny_10k"].isna().all()
    assert breakdown["arrived_share"].isna().all()
    assert ms.funding_by_month(tables.funding).empty


def test_no_error_is_listed_and_few_warnings(tables):
    assert "error" not in set(tables.problems["severity"])
    assert (tables.problems["severity"] == "warning").sum() <= 4
