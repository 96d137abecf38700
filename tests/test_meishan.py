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
    received = tables.visits[tables.visits["direction"] == "received"]
    assert received["visitor"].tolist() == ["上海", "南京亚飞通讯", "上海知青联合会", "光利集团"]
    assert received["n_visitors"].isna().all()
    assert set(received["visited_precision"]) == {"year"}


def test_officials_of_the_town_went_to_qingpu_to_negotiate_the_polysilicon_project(tables):
    made = tables.visits[tables.visits["direction"] == "made"]
    assert made[["origin", "host", "project_name"]].to_numpy().tolist() == [
        ["上海青浦", "镇干部", "物理法提炼多晶硅"]
    ]
    assert made["visitor"].isna().all()
    assert made["project_id"].tolist() == [project(tables, "多晶硅")["project_id"]]


def test_eight_recruiters_are_stationed_in_four_cities_without_a_number_for_each(tables):
    stationed = tables.recruiters[tables.recruiters["station"].notna()]
    assert stationed["station"].tolist() == ["杭州", "萧山", "上海", "无锡"]
    assert set(stationed["kind"]) == {"full_time"}
    assert tables.recruiters["n"].isna().all()
    total = tables.stated_totals[tables.stated_totals["source_sheet"] == "驻点招商"]
    assert total["stated"].tolist() == [8]
    assert total["computed"].isna().all()


def test_leaders_full_time_recruiters_and_citizens_are_one_mechanism_with_advisers_to_be_engaged(tables):
    mechanism = tables.recruiters[tables.recruiters["station"].isna()]
    assert mechanism["kind"].tolist() == ["leader", "full_time", "citizen", "adviser"]


def test_the_origins_of_the_two_projects_are_other_provinces(tables):
    assert project(tables, "多晶硅")[["origin", "origin_level"]].tolist() == ["上海青浦", "out_of_province"]
    assert project(tables, "宇峰")[["origin", "origin_level"]].tolist() == ["江苏", "out_of_province"]


def test_the_third_stage_of_the_park_the_cement_works_platform_and_private_capital_have_no_amount(tables):
    items = tables.infrastructure.set_index("item")["amount_cny_10k"]
    for item in ("工业园区三期建设", "三狮水泥厂北侧平台建设", "鼓励民间资本投资基础设施建设"):
        assert pd.isna(items[item])


def test_the_target_for_infrastructure_is_50_million_yuan_or_more(tables):
    target = tables.targets[tables.targets["indicator"].str.contains("基础设施")]
    assert target["amount_cny_10k"].tolist() == [5000]
    doubts = tables.problems[tables.problems["code"] == "approximate_amount"]
    assert "5000万元以上" in doubts["value"].tolist()


def test_the_article_gives_no_date_for_a_step_and_no_rate(tables):
    """开工、竣工、投产 are to be scheduled backwards, with a person for each; dates and names are not told."""
    assert tables.milestones.empty
    assert tables.fx_rates.empty
    assert tables.projects["responsible"].isna().all()
    assert tables.projects["land_mu"].isna().all()


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
