"""Monthly copies merged: what a careful clerk would make of them by hand."""

import pandas as pd
import pytest

from meishan_stats.history.merge import merge_reports
from meishan_stats.schemas import FundingReports, ProjectReports, conform


def project_reports(*rows: dict[str, object]) -> pd.DataFrame:
    base = {"office": "甲镇", "source_sheet": "1", "sector": "new_energy", "sector_basis": "stated"}
    frame = pd.DataFrame([base | {"source_row": i + 5} | row for i, row in enumerate(rows)])
    frame["period"] = pd.to_datetime(frame["period"])
    frame["source_file"] = frame["period"].dt.strftime("%Y-%m")
    return conform(frame, ProjectReports)


def funding_reports(projects: pd.DataFrame, stated: list[dict[str, float | None]]) -> pd.DataFrame:
    rows = []
    for (_, project), amounts in zip(projects.iterrows(), stated, strict=True):
        for stated_as, amount in amounts.items():
            kept = ("office", "source_file", "source_sheet", "source_row", "name", "period")
            rows.append({name: project[name] for name in kept} | {
                "stated_as": stated_as, "amount_10k": amount, "amount_cny_10k": amount, "currency": "CNY",
                "kind": "arrived", "cell": "F5", "precision": "month",
            })  # fmt: skip
    return conform(pd.DataFrame(rows), FundingReports)


def monthly(periods: list[str], stated: list[dict[str, float | None]]):
    projects = project_reports(*({"name": "光伏项目", "period": period} for period in periods))
    return merge_reports(projects, funding_reports(projects, stated))


def by_month(history) -> dict[str, float]:
    months = history.funding["period"].dt.strftime("%Y-%m").fillna("undated")
    return dict(zip(months, history.funding["amount_10k"], strict=True))


def test_twelve_monthly_copies_are_one_project_as_last_reported():
    stages = ["negotiating", "signed", "started"]
    reports = project_reports(
        *(
            {"name": "光伏项目", "period": f"2011-0{m}", "stage": stage}
            for m, stage in enumerate(stages, start=1)
        )
    )
    history = merge_reports(reports, conform(pd.DataFrame({"office": []}), FundingReports))
    assert len(history.projects) == 1
    row = history.projects.iloc[0]
    assert (row["stage"], row["first_reported_on"], row["as_of"]) == (
        "started", pd.Timestamp("2011-01-01"), pd.Timestamp("2011-03-01"),
    )  # fmt: skip
    assert history.stage_events["stage"].tolist() == stages


def test_a_value_left_blank_later_keeps_its_last_known_value():
    reports = project_reports(
        {
            "name": "光伏项目",
            "period": "2011-01",
            "total_investment_10k": 500.0,
            "currency": "USD",
            "fx_rate": 6.5,
        },
        {"name": "光 伏项目", "period": "2011-02"},
    )
    row = merge_reports(reports, conform(pd.DataFrame({"office": []}), FundingReports)).projects.iloc[0]
    assert (row["total_investment_10k"], row["currency"], row["fx_rate"]) == (500, "USD", 6.5)


def test_cumulative_amounts_become_monthly_increments():
    history = monthly(["2011-01", "2011-02", "2011-03"], [{"ytd": 100}, {"ytd": 250}, {"ytd": 250}])
    assert by_month(history) == {"2011-01": 100, "2011-02": 150, "2011-03": 0}
    assert history.problems == []


def test_a_correction_is_a_negative_month_with_a_problem_and_not_a_loss():
    history = monthly(["2011-01", "2011-02", "2011-03"], [{"ytd": 100}, {"ytd": 80}, {"ytd": 130}])
    assert by_month(history) == {"2011-01": 100, "2011-02": -20, "2011-03": 50}
    assert [p["code"] for p in history.problems] == ["cumulative_decrease"]
    assert history.funding["amount_10k"].sum() == 130


def test_a_year_begins_again_at_nothing():
    history = monthly(["2010-12", "2011-01"], [{"month": 30, "ytd": 300}, {"ytd": 40}])
    assert by_month(history)["2010-12"] == 30
    assert by_month(history)["2011-01"] == 40


def test_what_came_before_the_first_report_is_kept_apart_in_its_year():
    history = monthly(["2011-06"], [{"month": 30, "ytd": 300}])
    rows = list(zip(history.funding["precision"], history.funding["amount_10k"], strict=True))
    assert rows == [("year", 270), ("month", 30)]


def test_amounts_of_all_years_before_the_first_report_have_no_date():
    history = monthly(["2011-06", "2011-07"], [{"total": 300}, {"total": 320}])
    assert by_month(history) == {"undated": 300, "2011-07": 20}


def test_a_month_that_disagrees_with_its_cumulative_is_a_problem_and_both_are_kept():
    history = monthly(["2011-01", "2011-02"], [{"ytd": 100}, {"month": 60, "ytd": 150}])
    rows = sorted(zip(history.funding["precision"], history.funding["amount_10k"], strict=True))
    assert rows == [("month", 60), ("month", 100), ("year", -10)]
    assert history.funding["amount_10k"].sum() == 150
    assert [p["code"] for p in history.problems] == ["cumulative_mismatch"]


def test_cumulative_amounts_of_the_year_and_of_all_years_that_grow_apart_are_told():
    history = monthly(
        ["2011-01", "2011-02", "2011-03"],
        [{"ytd": 100, "total": 1100}, {"ytd": 150, "total": 1150}, {"ytd": 180, "total": 1200}],
    )
    assert by_month(history) == {"2011-01": 100, "2011-02": 50, "2011-03": 30}
    assert [p["code"] for p in history.problems] == ["cumulatives_disagree"]


def test_months_reported_before_the_first_cumulative_are_counted_once():
    """March to May with a sum of the year at the end: 300 + 400 + 500 = 1200."""
    stated = [{"month": 300}, {"month": 400}, {"month": 500, "ytd": 1200}]
    history = monthly(["2011-03", "2011-04", "2011-05"], stated)
    assert by_month(history) == {"2011-03": 300, "2011-04": 400, "2011-05": 500}
    assert history.problems == []


def test_two_amounts_of_one_month_are_told():
    projects = project_reports(
        {"name": "甲", "period": "2011-01"}, {"name": "甲", "period": "2011-01", "source_sheet": "2"}
    )
    history = merge_reports(projects, funding_reports(projects, [{"ytd": 100}, {"ytd": 130}]))
    assert history.funding["amount_10k"].tolist() == [130]
    assert [p["code"] for p in history.problems] == ["conflicting_amounts"]


def test_an_unreadable_amount_stays_a_row_with_a_missing_amount():
    history = monthly(["2011-01"], [{"month": None}])
    assert len(history.funding) == 1
    assert history.funding["amount_10k"].isna().all()


def test_two_investors_under_one_name_on_one_sheet_are_two_projects():
    reports = project_reports(
        {"name": "标准厂房", "period": "2011-01", "investor": "甲公司"},
        {"name": "标准厂房", "period": "2011-01", "investor": "乙公司"},
    )
    history = merge_reports(reports, conform(pd.DataFrame({"office": []}), FundingReports))
    assert len(history.projects) == 2
    assert history.problems == []


def test_one_name_twice_on_a_sheet_is_a_problem_and_no_row_is_lost():
    reports = project_reports(
        {"name": "标准厂房", "period": "2011-01"}, {"name": "标准厂房", "period": "2011-01"}
    )
    history = merge_reports(reports, conform(pd.DataFrame({"office": []}), FundingReports))
    assert len(history.projects) == 2
    assert [p["code"] for p in history.problems] == ["duplicate_project"]


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1], [1, 2, 0]])
def test_the_order_of_reports_does_not_matter(order):
    projects = project_reports(*({"name": "光伏项目", "period": f"2011-0{m}"} for m in (1, 2, 3)))
    reports = funding_reports(projects, [{"ytd": 10}, {"ytd": 30}, {"ytd": 60}])
    history = merge_reports(projects.iloc[order], reports.iloc[order])
    assert by_month(history) == {"2011-01": 10, "2011-02": 20, "2011-03": 30}


NO_FUNDING = conform(pd.DataFrame({"office": []}), FundingReports)


def merged(*rows: dict[str, object]):
    return merge_reports(project_reports(*rows), NO_FUNDING)


def codes(history) -> list[str]:
    return [row["code"] for row in history.problems]


INVESTOR = {"investor": "上海示例光电科技有限公司"}


def test_three_spellings_of_one_investor_are_one_project_and_are_told():
    history = merged(
        {"name": "示例光伏组件生产线项目", "period": "2011-01"} | INVESTOR,
        {"name": "示例光伏光伏组件项目", "period": "2011-02"} | INVESTOR,
        {"name": "示例（光伏组件）项目", "period": "2011-03"} | INVESTOR,
    )
    assert history.projects["name"].tolist() == ["示例（光伏组件）项目"]
    assert codes(history) == ["merged_names", "merged_names"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例光伏组件项目（一期）", "示例光伏组件项目（二期）"),
        ("示例光伏组件项目", "示例光伏组件扩建项目"),
        ("年产10万台逆变器项目", "年产20万台逆变器项目"),
        ("3号厂房", "4号厂房"),
        ("标准厂房A区", "标准厂房B区"),
        ("示例厂房Ⅰ期", "示例厂房Ⅱ期"),
    ],
)
def test_names_that_differ_in_a_number_a_phase_or_an_extension_never_merge(one, other):
    history = merged(
        {"name": one, "period": "2011-01"} | INVESTOR, {"name": other, "period": "2011-02"} | INVESTOR
    )
    assert len(history.projects) == 2
    assert "merged_names" not in codes(history)


def test_names_that_stand_on_one_sheet_are_two_projects_however_alike():
    one = {"name": "示例光伏组件项目"} | INVESTOR
    other = {"name": "示例光伏组件生产线项目"} | INVESTOR
    later = {"period": "2011-02"}
    history = merged(one | {"period": "2011-01"}, other | {"period": "2011-01"}, one | later)
    assert len(history.projects) == 2
    assert codes(history) == []


def test_names_that_are_alike_stay_apart_and_are_a_doubt():
    history = merged(
        {"name": "示例锂电池正极材料项目", "period": "2011-01"} | INVESTOR,
        {"name": "示例锂电池负极材料项目", "period": "2011-02"} | INVESTOR,
    )
    assert len(history.projects) == 2
    assert codes(history) == ["doubtful_match"]
    assert history.problems[0]["source_row"] == 6


def test_one_typing_error_is_merged_where_the_amount_agrees():
    same = {"total_investment_10k": 3600.0, "currency": "CNY"} | INVESTOR
    history = merged(
        {"name": "示例玻璃钢储罐项目", "period": "2011-01"} | same,
        {"name": "示例玻璃纲储罐项目", "period": "2011-02"} | same,
    )
    assert len(history.projects) == 1
    assert codes(history) == ["merged_names"]


def test_another_amount_keeps_like_names_apart():
    history = merged(
        {"name": "示例玻璃钢储罐项目", "period": "2011-01", "total_investment_10k": 3600.0, "currency": "CNY"} | INVESTOR,
        {"name": "示例玻璃钢储运项目", "period": "2011-02", "total_investment_10k": 800.0, "currency": "CNY"} | INVESTOR,
    )  # fmt: skip
    assert len(history.projects) == 2


def test_other_investors_are_other_projects():
    history = merged(
        {"name": "光伏组件生产线项目", "period": "2011-01", "investor": "上海甲公司"},
        {"name": "光伏组件项目", "period": "2011-02", "investor": "江苏乙公司"},
    )
    assert len(history.projects) == 2


def test_other_codes_are_other_projects_and_one_code_is_one_whatever_its_name():
    history = merged(
        {"name": "光伏组件项目", "period": "2011-01", "project_code": "A1"} | INVESTOR,
        {"name": "光伏组件生产线项目", "period": "2011-02", "project_code": "A2"} | INVESTOR,
        {"name": "纺织面料项目", "period": "2011-03", "project_code": "A1"} | INVESTOR,
    )
    assert sorted(history.projects["name"]) == ["光伏组件生产线项目", "纺织面料项目"]


def test_a_renamed_project_that_says_its_former_name_is_one():
    history = merged(
        {"name": "示例蓄电池项目", "period": "2011-01"} | INVESTOR,
        {"name": "示例新能源产业园项目（原示例蓄电池项目）", "period": "2011-02"} | INVESTOR,
    )
    assert len(history.projects) == 1
    assert history.projects["first_reported_on"].tolist() == [pd.Timestamp("2011-01-01")]


def test_a_renamed_project_is_known_by_what_it_is():
    same = {"total_investment_10k": 8000.0, "currency": "CNY", "land_mu": 45.5} | INVESTOR
    history = merged(
        {"name": "示例蓄电池项目", "period": "2011-01"} | same,
        {"name": "新型储能电源项目", "period": "2011-02"} | same,
    )
    assert len(history.projects) == 1


def lists(*months: list[str], **stage: str) -> pd.DataFrame:
    rows = [
        {"name": name, "period": f"2011-{m:02}", "stage": stage.get(name, "started")}
        for m, names in enumerate(months, start=1)
        for name in names
    ]
    return project_reports(*rows)


FIVE = ["甲光伏", "乙纺织", "丙材料", "丁机械", "戊食品"]


def test_a_project_that_the_lists_stop_showing_is_a_doubt_at_its_last_row():
    history = merge_reports(lists(FIVE, FIVE, FIVE[:4], FIVE[:4]), NO_FUNDING)
    assert len(history.projects) == 5
    assert [(p["code"], p["value"], p["source_file"]) for p in history.problems] == [
        ("vanished_project", "戊食品", "2011-02")
    ]


@pytest.mark.parametrize("stage", ["terminated", "production", "completed"])
def test_a_project_that_is_finished_or_ended_may_go(stage):
    history = merge_reports(lists(FIVE, FIVE, FIVE[:4], FIVE[:4], 戊食品=stage), NO_FUNDING)
    assert history.problems == []


def test_an_office_that_lists_only_what_is_new_loses_nothing():
    history = merge_reports(lists(FIVE[:1], FIVE[1:2], FIVE[2:3], FIVE[3:4]), NO_FUNDING)
    assert history.problems == []


def test_a_list_that_begins_anew_loses_nothing():
    others = ["己", "庚", "辛"]
    history = merge_reports(lists(FIVE, FIVE, FIVE, [*others, "甲光伏"], [*others, "甲光伏"]), NO_FUNDING)
    assert history.problems == []


def visits(*rows: dict[str, object]) -> pd.DataFrame:
    base = {
        "office": "甲镇",
        "source_file": "visits",
        "source_sheet": "1",
        "sheet_period": pd.Timestamp("2011-02-01"),
    }
    return pd.DataFrame([base | {"source_row": i + 3} | row for i, row in enumerate(rows)])


def visited(*rows: dict[str, object]):
    reports = project_reports({"name": "示例晨源光伏组件生产项目", "period": "2011-01"} | INVESTOR)
    return merge_reports(reports, NO_FUNDING, visits=visits(*rows))


def test_a_visit_belongs_to_the_project_it_speaks_of():
    history = visited(
        {"visitor": "某公司", "project_name": "示例晨源光伏组件项目"},
        {"visitor": "上海示例光电科技有限公司", "project_name": "光伏组件项目"},
    )
    assert len(history.projects) == 1
    assert history.visits["project_id"].tolist() == history.projects["project_id"].tolist() * 2


def test_a_project_that_only_a_visit_names_has_a_row_without_stage_and_amount():
    history = visited(
        {"visitor": "丙公司", "project_name": "差别化纤维项目"},
        {"visitor": "丁", "project_name": "考察投资环境"},
    )
    added = history.projects.set_index("name").loc["差别化纤维项目"]
    assert (added["investor"], added["sector"]) == ("丙公司", "modern_textiles")
    assert pd.isna(added["stage"])
    assert pd.isna(added["total_investment_10k"])
    assert history.visits["project_id"].fillna("").tolist() == [added["project_id"], ""]
    assert len(history.projects) == 2


def milestones(*rows: dict[str, object]) -> pd.DataFrame:
    base = {
        "office": "甲镇",
        "source_file": "schedule",
        "source_sheet": "倒排",
        "step": None,
        "planned_on": pd.NaT,
    }
    frame = pd.DataFrame([base | {"source_row": i + 3} | row for i, row in enumerate(rows)])
    return frame.assign(actual_on=pd.to_datetime(frame["actual_on"]), sheet_period=pd.Timestamp("2011-06-01"))


def scheduled(stage: str | None, *rows: dict[str, object]):
    reports = project_reports(
        {
            "name": "示例光伏组件项目",
            "period": "2011-06",
            "stage": stage,
            "stage_basis": "stated" if stage else None,
        }
    )
    return merge_reports(reports, NO_FUNDING, milestones(*rows))


def test_dates_of_a_schedule_move_a_project_on_and_contradict_what_its_list_states():
    history = scheduled(
        "negotiating", {"name": "光伏组件项目", "milestone": "started", "actual_on": "2011-05-20"}
    )
    row = history.projects.iloc[0]
    assert (row["stage"], row["stage_basis"], row["is_signed"]) == ("started", "dates", True)
    assert codes(history) == ["stage_contradiction"]
    assert history.milestones["project_id"].tolist() == [row["project_id"]]


def test_a_date_after_the_last_report_says_nothing_yet():
    history = scheduled("signed", {"name": "光伏组件项目", "milestone": "started", "actual_on": "2011-08-20"})
    assert history.projects["stage"].tolist() == ["signed"]
    assert codes(history) == []


def test_a_schedule_names_a_project_that_no_list_has():
    history = scheduled("signed", {"name": "涂装线", "milestone": "started", "actual_on": "2011-05-20"})
    assert history.projects.set_index("name")["stage"].to_dict() == {
        "示例光伏组件项目": "signed",
        "涂装线": "started",
    }
