"""Targets: published attainments recomputed, what an indicator measures, and the gap to the time passed."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.codelists import codes, read_codelist
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Offices, Projects, Targets, conform
from meishan_stats.schemas.records import Milestones, StageEvents
from meishan_stats.statistics.indicators import COUNTED, measure_of
from meishan_stats.statistics.targets import target_attainment

Convert = Callable[[pd.DataFrame], Any]
OFFICE = "示例镇"
LEVELS = ("out_of_province", "out_of_city", "out_of_county", "overseas", "local", None)


def projects_of(rows: list[dict[str, Any]], as_of: str = "2011-12-01") -> pd.DataFrame:
    """Projects of which each row says what matters; the other columns are missing."""
    about = {"office": OFFICE, "name": "x", "is_demo": True, "as_of": pd.Timestamp(as_of)}
    frame = pd.DataFrame(
        [{"sector": "other", **about, **row} for row in rows], columns=None if rows else ["office"]
    )
    for name in ("signed_on", "first_reported_on"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    return conform(frame, Projects)


def of_levels() -> pd.DataFrame:
    """One project of each level of origin, named after it; that of unknown origin is ``none``."""
    return projects_of([{"project_id": level or "none", "origin_level": level} for level in LEVELS])


def funding_of(rows: list[tuple[Any, ...]], kind: str = "arrived", precision: str = "month") -> pd.DataFrame:
    """Funding of (project id, month, amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": OFFICE, "name": "x", "kind": kind, "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision=precision), Funding)


def target_of(
    indicator: str | None,
    amount: float | None = None,
    n: float | None = None,
    year: int | None = 2011,
    **more: Any,
) -> pd.DataFrame:
    row = {"office": OFFICE, "year": year, "indicator": indicator, "amount_cny_10k": amount, "n": n, **more}
    return conform(pd.DataFrame([row]), Targets)


def events_of(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "stage", "seen_on"])
    return conform(frame.assign(office=OFFICE, seen_on=pd.to_datetime(frame["seen_on"])), StageEvents)


def only(result: pd.DataFrame) -> pd.Series:
    assert len(result) == 1
    return result.iloc[0]


def test_panzhihua_2006_prints_125_64_per_cent_at_83_33_of_the_time_as_42_31_points_ahead() -> None:
    # tz.panzhihua.gov.cn, January to October 2006, 万元; the targets follow from the printed rates.
    arrived = [("out_of_province", 412_678.0), ("out_of_city", 176_031.0), ("out_of_county", 416_427.0)]
    funding = funding_of([(level, "2006-10-01", amount) for level, amount in arrived])
    targets = pd.concat(
        [target_of("招商引资到位资金", 800_000, year=2006), target_of("省内市外到位资金", 250_000, year=2006)]
    )
    result = target_attainment(targets, funding, of_levels(), as_of="2006-10").set_index("indicator")
    all_of_it, of_province = result.loc["招商引资到位资金"], result.loc["省内市外到位资金"]
    assert all_of_it["actual_cny_10k"] == 1_005_136
    assert round(all_of_it["attainment"], 4) == 1.2564
    assert round(all_of_it["time_progress"], 4) == 0.8333
    assert round(all_of_it["gap_pp"], 2) == 42.31
    assert round(of_province["attainment"], 4) == 0.7041
    assert round(of_province["gap_pp"], 2) == -12.92


def test_luxi_2012_the_gap_in_points_and_the_gap_as_an_amount_are_two_figures() -> None:
    # cinic.org.cn: 18.18 亿元 reached where 16.5 (three quarters of 22) were due; the page prints their
    # quotient (18.18 - 16.5) / 18.18 = 9.24 %, cut to 9.23 %, as 超进度: it is neither.
    funding = funding_of([("out_of_province", "2012-09-01", 181_800.0)])
    found = only(
        target_attainment(target_of("省外资金", 220_000, year=2012), funding, of_levels(), as_of="2012-09")
    )
    assert found["time_progress"] == 0.75
    assert found["gap_amount_cny_10k"] == pytest.approx(16_800)
    assert found["gap_pp"] == pytest.approx(100 * (18.18 / 22 - 0.75))
    assert found["gap_pp"] == pytest.approx(7.636, abs=0.001)
    assert found["needed_per_remaining_month_cny_10k"] == pytest.approx((220_000 - 181_800) / 3)


def test_deqing_82086_of_70000_is_117_27_per_cent() -> None:
    funding = funding_of([("out_of_province", "2011-11-01", 82_086.0)])
    found = only(target_attainment(target_of("到位资金", 70_000), funding, of_levels()))
    assert round(found["attainment"], 4) == 1.1727


def test_two_issuers_set_two_targets_for_one_figure() -> None:
    # ytjhdl.cn: 25.47 亿元 are 59.94 % of the city's target and 54.78 % of the county's.
    targets = pd.concat(
        [target_of("到位资金", 425_000, issuer="市下达"), target_of("到位资金", 465_000, issuer="县下达")]
    )
    funding = funding_of([("out_of_city", "2011-06-01", 254_700.0)])
    result = target_attainment(targets, funding, of_levels()).set_index("issuer")["attainment"]
    # 25.47 / 42.5 = 59.93 %; the page rounds it up.
    assert result["市下达"] == pytest.approx(0.5994, abs=0.0002)
    assert result["县下达"] == pytest.approx(0.5478, abs=0.0001)


@pytest.mark.parametrize(
    ("indicator", "counted", "foreign"),
    [
        ("利用县外资金", 7, False),
        ("到位县外资金", 7, False),
        ("县外到位资金", 7, False),
        ("利用市外资金", 3, False),
        ("市外内资", 3, False),
        ("省外资金", 1, False),
        ("省内市外资金", 2, False),
        ("市内县外资金", 4, False),
        ("引进内资", 7, False),
        ("实到外资", 8, True),
        ("利用外资", 8, True),
        ("实际使用外资（FDI）", 8, True),
        ("招商引资到位资金", 63, None),
    ],
)
def test_capital_counts_by_the_levels_of_origin_its_indicator_names(
    indicator: str, counted: float, foreign: bool | None
) -> None:
    # 1, 2, 4, ... : any sum tells which of them were added
    funding = funding_of([(level or "none", "2011-05-01", 2.0**i) for i, level in enumerate(LEVELS)])
    found = only(target_attainment(target_of(indicator, 100), funding, of_levels()))
    assert found["actual_cny_10k"] == counted
    assert found["includes_foreign"] is pd.NA if foreign is None else found["includes_foreign"] == foreign


def test_capital_from_overseas_is_from_outside_the_county_where_the_office_says_so() -> None:
    funding = funding_of([("out_of_city", "2011-05-01", 10.0), ("overseas", "2011-05-01", 5.0)])
    offices = conform(pd.DataFrame([{"office": OFFICE, "is_demo": True, "include_foreign": True}]), Offices)
    targets = pd.concat([target_of("利用县外资金", 100), target_of("县外内资", 100)])
    result = target_attainment(targets, funding, of_levels(), offices=offices).set_index("indicator")
    assert result["actual_cny_10k"].to_dict() == {"利用县外资金": 15, "县外内资": 10}
    assert result["includes_foreign"].to_dict() == {"利用县外资金": True, "县外内资": False}


def test_capital_of_unknown_origin_is_left_out_and_told() -> None:
    funding = funding_of(
        [("out_of_city", "2011-05-01", 10.0), ("none", "2011-05-01", 5.0), ("zz", "2011-05-01", 2.0)]
    )
    found = only(target_attainment(target_of("利用县外资金", 100), funding, of_levels()))
    assert (found["actual_cny_10k"], found["unknown_origin_cny_10k"], found["n_unknown_origin"]) == (10, 7, 2)


def test_signed_amounts_and_projects_count_in_the_year_of_signing_up_to_the_month() -> None:
    signed = {"is_signed": True, "origin_level": "overseas", "signed_cny_10k": 100.0}
    projects = projects_of(
        [
            {"project_id": "a", "signed_on": "2011-03-01", **signed},
            {"project_id": "b", "signed_on": None, "first_reported_on": "2011-05-01", **signed},
            {"project_id": "late", "signed_on": "2011-07-01", **signed},
            {"project_id": "before", "signed_on": "2010-12-31", **signed},
            {"project_id": "talks", "first_reported_on": "2011-02-01", **signed, "is_signed": False},
            {"project_id": "local", "signed_on": "2011-04-01", **signed, "origin_level": "local"},
        ]
    )
    targets = pd.concat(
        [target_of("合同外资", 400), target_of("签约项目数", n=4), target_of("外资签约项目", n=4)]
    )
    result = target_attainment(targets, funding_of([]), projects, as_of="2011-06").set_index("indicator")
    assert result.loc["合同外资", ["actual_cny_10k", "attainment"]].tolist() == [200, 0.5]
    assert result["n_actual"].dropna().to_dict() == {"签约项目数": 3, "外资签约项目": 2}
    assert result.loc["签约项目数", ["gap_pp", "n_gap"]].tolist() == [25, 1]
    assert pd.isna(result.loc["签约项目数", "gap_amount_cny_10k"])


def test_projects_not_known_to_be_signed_are_told_and_where_all_are_the_number_is_missing() -> None:
    unknown = {"project_id": "u", "signed_on": "2011-03-01"}
    known = {"project_id": "a", "signed_on": "2011-03-01", "is_signed": True}
    some = only(
        target_attainment(target_of("签约项目数", n=4), funding_of([]), projects_of([unknown, known]))
    )
    assert (some["n_actual"], some["n_missing"]) == (1, 1)
    none = only(target_attainment(target_of("签约项目数", n=4), funding_of([]), projects_of([unknown])))
    assert pd.isna(none["n_actual"])
    assert none["reason"] == "no_amount"


def test_no_project_signed_is_none_and_not_unknown() -> None:
    talks = projects_of([{"project_id": "a", "is_signed": False}])
    found = only(target_attainment(target_of("签约项目数", n=4), funding_of([]), talks))
    assert (found["n_actual"], found["attainment"]) == (0, 0)


def test_projects_started_count_on_the_milestone_else_when_first_reported_there() -> None:
    projects = projects_of(
        [
            {"project_id": name, "stage": stage}
            for name, stage in zip("abcd", ["started"] * 3 + ["signed"], strict=True)
        ]
    )
    milestones = pd.DataFrame(
        [{"project_id": "a", "milestone": "started", "actual_on": pd.Timestamp("2011-02-10")}]
    )
    events = events_of(
        [
            ("a", "started", "2011-09-01"),
            ("b", "signed", "2011-01-01"), ("b", "started", "2011-05-01"),
            ("c", "started", "2011-01-01"),
            ("d", "signed", "2011-01-01"),
        ]
    )  # fmt: skip
    target = target_of("开工项目数", n=4)
    dates = {
        "milestones": conform(milestones.assign(office=OFFICE, name="x"), Milestones),
        "stage_events": events,
    }
    found = only(target_attainment(target, funding_of([]), projects, **dates))
    # c stood there in its first report: the year it started in is not known
    assert (found["n_actual"], found["n_missing"]) == (2, 1)
    assert (
        only(target_attainment(target, funding_of([]), projects, as_of="2011-04", **dates))["n_actual"] == 1
    )
    assert only(target_attainment(target, funding_of([]), projects))["reason"] == "stage_dates_needed"


def test_fixed_assets_and_completed_investment_are_their_own_kinds_of_capital() -> None:
    kinds = [funding_of([("local", "2011-05-01", 9.0)], kind=kind) for kind in ("fixed_asset", "completed")]
    funding = pd.concat([*kinds, funding_of([("local", "2011-05-01", 70.0)])]).assign(
        amount_cny_10k=[1.0, 2.0, 4.0]
    )
    targets = pd.concat([target_of(name, 10) for name in ("固定资产投资", "完成投资额", "到位资金")])
    result = target_attainment(targets, funding, of_levels()).set_index("indicator")["actual_cny_10k"]
    assert result.to_dict() == {"固定资产投资": 1, "完成投资额": 2, "到位资金": 4}


def test_a_target_of_a_sector_is_held_against_that_sector() -> None:
    projects = projects_of(
        [{"project_id": "a", "sector": "new_energy"}, {"project_id": "b", "sector": "other"}]
    )
    funding = funding_of([("a", "2011-05-01", 30.0), ("b", "2011-05-01", 50.0)])
    targets = pd.concat([target_of("到位资金", 60, sector="new_energy"), target_of("到位资金", 160)])
    result = target_attainment(targets, funding, projects)
    assert result["sector"].fillna("all").tolist() == ["new_energy", "all"]
    assert result["attainment"].tolist() == [0.5, 0.5]


def test_a_target_of_an_assignee_is_held_against_its_projects_and_never_against_all() -> None:
    projects = projects_of([{"project_id": "a", "town": "煤山镇"}, {"project_id": "b", "station": "杭州"}])
    funding = funding_of([("a", "2011-05-01", 30.0), ("b", "2011-05-01", 50.0)])
    who = ["煤山镇", "杭州", "水口乡", OFFICE, "全镇"]
    targets = pd.concat([target_of("到位资金", 100, assignee=name) for name in who])
    result = target_attainment(targets, funding, projects).set_index("assignee")
    assert result["actual_cny_10k"].dropna().to_dict() == {"煤山镇": 30, "杭州": 50, OFFICE: 80, "全镇": 80}
    assert result.loc["水口乡", "reason"] == "assignee_unknown"


def test_projects_of_a_size_count_by_the_tier_of_their_own_currency() -> None:
    tiers = {"a": "from_50m", "b": "from_100m", "c": "from_1bn"}
    signed = {"is_signed": True, "signed_on": "2011-03-01"}
    projects = projects_of(
        [{"project_id": name, "size_tier": tier, **signed} for name, tier in tiers.items()]
    )
    names = ["引进亿元以上项目", "签约10亿元以上项目", "签约五千万元以上项目", "签约2000万元以上项目"]
    targets = pd.concat([target_of(name, n=5) for name in names])
    result = target_attainment(targets, funding_of([]), projects).set_index("indicator")
    assert result["n_actual"].fillna(-1).to_dict() == dict(zip(names, [2, 1, 3, -1], strict=True))
    assert result.loc["引进亿元以上项目", "from_tier"] == "from_100m"
    assert result.loc["签约2000万元以上项目", "reason"] == "size_unknown"


@pytest.mark.parametrize(
    ("indicator", "reason"),
    [
        ("来访客商批次", "indicator_unknown"),
        ("重点储备项目", "indicator_unknown"),
        ("到位资金增长率", "indicator_unknown"),
        ("工业项目到位资金", "indicator_unknown"),
        ("镇外资金", "indicator_unknown"),
        (None, "indicator_unknown"),
        ("利用县外资金（一季度）", "part_of_year"),
    ],
)
def test_a_target_that_is_not_measured_is_still_a_row_with_its_reason(
    indicator: str | None, reason: str
) -> None:
    funding = funding_of([("out_of_city", "2011-02-01", 10.0)])
    found = only(target_attainment(target_of(indicator, 100), funding, of_levels()))
    assert found["reason"] == reason
    assert found[["actual_cny_10k", "n_actual", "attainment", "gap_pp"]].isna().all()
    assert found["target_cny_10k"] == 100
    assert found["time_progress"] == 1


def test_every_reason_and_every_measure_has_its_code() -> None:
    table = read_codelist("indicators")
    assert set(table["measure"]) <= {"", "signed", *COUNTED, *codes("funding_kinds")}
    assert set(table["stage"]) <= {"", *codes("stages")}
    assert set(table["origin"]) <= {"", *codes("origin_views"), *codes("origin_levels")}
    assert set(table["foreign"]) <= {"", "yes", "no", "office"}
    for row in table[table["measure"] != ""].to_dict("records"):
        assert measure_of(row["label_zh"], row["measure"] in COUNTED).code == row["code"]


@pytest.mark.parametrize(
    ("as_of", "months", "days"),
    [("2011-03", 3 / 12, 90 / 365), ("2012-02", 14 / 12, 1.0), ("2010-12", 0.0, 0.0), ("2011-12", 1.0, 1.0)],
)
def test_time_progress_is_months_or_days_to_the_end_of_the_month(
    as_of: str, months: float, days: float
) -> None:
    funding = funding_of([("local", "2010-01-01", 1.0)])
    found = [
        only(target_attainment(target_of("到位资金", 1), funding, of_levels(), as_of=as_of, time_progress=by))
        for by in ("months", "days")
    ]
    assert [row["time_progress"] for row in found] == pytest.approx([min(months, 1), days])


def test_a_leap_year_has_366_days() -> None:
    target, funding = target_of("到位资金", 1, year=2012), funding_of([("local", "2012-02-01", 1.0)])
    found = only(target_attainment(target, funding, of_levels(), as_of="2012-02-29", time_progress="days"))
    assert found["time_progress"] == pytest.approx(60 / 366)


def test_only_months_up_to_the_month_asked_for_count() -> None:
    monthly = funding_of([("local", "2011-03-31", 10.0), ("local", "2011-04-01", 20.0)])
    yearly = funding_of([("local", "2011-01-01", 5.0)], precision="year")
    found = only(
        target_attainment(
            target_of("到位资金", 40), pd.concat([monthly, yearly]), of_levels(), as_of="2011-03"
        )
    )
    # the yearly amount may have arrived later: it is not counted and told
    assert (found["actual_cny_10k"], found["n_missing"]) == (10, 1)
    assert found["needed_per_remaining_month_cny_10k"] == pytest.approx(30 / 9)
    latest = only(target_attainment(target_of("到位资金", 40), pd.concat([monthly, yearly]), of_levels()))
    assert latest["actual_cny_10k"] == 35


def test_a_target_reached_needs_nothing_more_and_a_finished_year_has_no_month_left() -> None:
    funding = funding_of([("local", "2011-03-01", 50.0)])
    found = only(target_attainment(target_of("到位资金", 40), funding, of_levels(), as_of="2011-03"))
    assert found["needed_per_remaining_month_cny_10k"] == 0
    over = only(target_attainment(target_of("到位资金", 400), funding, of_levels(), as_of="2011-12"))
    assert pd.isna(over["needed_per_remaining_month_cny_10k"])


@pytest.mark.parametrize("amount", [0.0, -5.0, None])
def test_a_target_of_zero_less_or_nothing_has_no_attainment(amount: float | None) -> None:
    funding = funding_of([("local", "2011-03-01", 50.0)])
    found = only(target_attainment(target_of("到位资金", amount), funding, of_levels()))
    assert found["actual_cny_10k"] == 50
    assert pd.isna(found["attainment"])
    assert pd.isna(found["gap_pp"])


def test_a_year_that_has_not_begun_an_office_without_reports_and_a_missing_amount_say_so() -> None:
    funding = funding_of([("local", "2011-03-01", None)])
    targets = pd.concat(
        [
            target_of("到位资金", 1, year=2012),
            target_of("到位资金", 1).assign(office="煤山镇"),
            target_of("到位资金", 1),
        ]
    )
    result = target_attainment(targets, funding, of_levels())
    reasons = dict(zip(zip(result["office"], result["year"], strict=True), result["reason"], strict=True))
    assert reasons == {
        (OFFICE, 2012): "year_not_begun", ("煤山镇", 2011): "no_report", (OFFICE, 2011): "no_amount",
    }  # fmt: skip
    assert result["actual_cny_10k"].isna().all()


def test_wrong_arguments_are_refused_by_name() -> None:
    frames = (target_of("到位资金", 1), funding_of([]), of_levels())
    with pytest.raises(ChoiceError, match=r"time_progress.*months.*days.*'weeks'"):
        target_attainment(*frames, time_progress="weeks")
    with pytest.raises(ChoiceError, match=r"as_of.*'soon'"):
        target_attainment(*frames, as_of="soon")
    with pytest.raises(TableError, match=r"target_attainment.*Targets.*indicator"):
        target_attainment(frames[0].drop(columns="indicator"), *frames[1:])


def test_every_engine_gives_the_same_result(on_engine: Convert) -> None:
    projects = of_levels().assign(stage=["started", "signed", "signed", None, "started", None], is_signed=[True, True, None, False, True, None])  # fmt: skip
    projects = conform(
        projects.assign(signed_on=pd.to_datetime(["2011-01-01", None, None, None, "2011-02-01", None])),
        Projects,
    )
    funding = pd.concat(
        [
            funding_of([(level or "none", "2011-05-01", 2.0**i) for i, level in enumerate(LEVELS)]),
            funding_of([("local", "2011-01-01", None), ("zz", None, 3.0)], precision="year"),
        ]
    )
    events = events_of(
        [("out_of_province", "signed", "2011-01-01"), ("out_of_province", "started", "2011-04-01")]
    )
    targets = pd.concat(
        [
            target_of("利用县外资金", 100),
            target_of("签约项目数", n=3),
            target_of("开工项目数", n=3),
            target_of("来访", n=1),
        ]
    )
    offices = conform(pd.DataFrame([{"office": OFFICE, "is_demo": True, "include_foreign": True}]), Offices)
    expected = target_attainment(
        targets, funding, projects, offices=offices, stage_events=events, as_of="2011-08"
    )
    assert expected.set_index("indicator")["n_actual"].dropna().to_dict() == {
        "签约项目数": 2,
        "开工项目数": 1,
    }
    frames = (on_engine(frame) for frame in (targets, funding, projects))
    found = target_attainment(
        *frames, offices=on_engine(offices), stage_events=on_engine(events), as_of="2011-08"
    )
    pd.testing.assert_frame_equal(found, expected)


def test_tables_without_rows_give_a_result_without_rows(on_engine: Convert) -> None:
    empty = target_of("到位资金", 1)[:0]
    assert target_attainment(on_engine(empty), on_engine(funding_of([])), on_engine(projects_of([]))).empty


amounts = st.lists(
    st.tuples(
        st.sampled_from([level or "none" for level in LEVELS]),
        st.dates(pd.Timestamp("2010-01-01").date(), pd.Timestamp("2012-12-31").date()),
        st.none() | st.integers(0, 1000).map(float),
    ),
    max_size=8,
)
few = settings(max_examples=15, deadline=None)
VIEWS = ["利用县外资金", "利用市外资金", "省外资金", "市内县外资金", "省内市外资金", "实到外资", "到位资金"]


@few
@given(amounts)
def test_disjoint_origins_add_up_to_the_nested_one_and_nothing_exceeds_the_whole(rows: list[Any]) -> None:
    targets = pd.concat([target_of(name, 100) for name in VIEWS])
    result = target_attainment(targets, funding_of(rows), of_levels(), as_of="2011-12").set_index("indicator")
    actual = result["actual_cny_10k"].fillna(0)
    assert actual["利用市外资金"] == actual["省外资金"] + actual["省内市外资金"]
    assert actual["利用县外资金"] == actual["利用市外资金"] + actual["市内县外资金"]
    of_year = [amount or 0 for _, on, amount in rows if on.year == 2011]
    assert actual["到位资金"] == sum(of_year)
    assert actual["利用县外资金"] + actual["实到外资"] <= actual["到位资金"]


@few
@given(amounts, st.integers(1, 12), st.sampled_from([200.0, 5000.0]))
def test_the_gaps_are_one_fact_in_two_units_and_the_rest_divides_over_the_months_left(
    rows: list[Any], month: int, amount: float
) -> None:
    target = target_of("到位资金", amount)
    row = only(target_attainment(target, funding_of(rows), of_levels(), as_of=f"2011-{month:02d}"))
    if pd.isna(row["actual_cny_10k"]):
        assert row[["attainment", "gap_pp", "gap_amount_cny_10k"]].isna().all()
        return
    assert row["gap_pp"] == pytest.approx(100 * row["gap_amount_cny_10k"] / amount)
    if month < 12:
        needed = row["needed_per_remaining_month_cny_10k"] * (12 - month)
        assert needed == pytest.approx(max(amount - row["actual_cny_10k"], 0))


@few
@given(amounts)
def test_the_order_of_rows_does_not_matter_and_the_arguments_stay(rows: list[Any]) -> None:
    targets, funding = pd.concat([target_of(name, 100) for name in VIEWS]), funding_of(rows)
    before = targets.copy(), funding.copy()
    result = target_attainment(targets, funding, of_levels())
    pd.testing.assert_frame_equal(targets, before[0])
    pd.testing.assert_frame_equal(funding, before[1])
    pd.testing.assert_frame_equal(target_attainment(targets[::-1], funding[::-1], of_levels()[::-1]), result)
