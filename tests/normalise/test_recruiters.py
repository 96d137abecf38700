"""Postings and monthly contests of recruiters, as offices draw them."""

import pandas as pd
import pytest

from meishan_stats.normalise.counting import party_sizes
from meishan_stats.schemas import Recruiters, columns

WORK = (
    "station_days", "n_visits", "n_receptions", "n_leads", "n_excellent_leads", "n_leader_visits",
    "n_foreign_signed", "n_absences", "score",
)  # fmt: skip


def test_the_monthly_contest_gives_values_and_the_total_score_and_no_partial_score(read):
    contest = read(
        "recruiters",
        """
2012年德清县驻点招商员月度绩效比拼表
招商组名称：上海组   5月
序号 | 姓名 | 驻点天数 | | 外出拜访 | | 接待客商 | | 上报项目 | | 优质项目 | | 领导走访 | | 签约外资 | | 缺勤 | | 总分
 | | 数量 | 得分 | 数量 | 得分 | 数量 | 得分 | 数量 | 得分 | 数量 | 得分 | 数量 | 得分 | 数量 | 得分 | 次数 | 扣分 |
1 | 陆一 | 22 | 11 | 18 | 10 | 5 | 10 | 3 | 15 | 1 | 15 | 1 | 20 | 1 | 20 | 0 | 0 | 101
2 | 陆二 | 20 | 10 | 9 | 5 | 2 | 4 | 1 | 5 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | -10 | 14
备注：1.驻点天数以20天为基数计10分，外出拜访、接待客商以最高者为满分；2.每签约一个外资项目加20分。
""",
        "A1:S1 A2:S2 A3:A4 B3:B4 C3:D3 E3:F3 G3:H3 I3:J3 K3:L3 M3:N3 O3:P3 Q3:R3 S3:S4 A7:S7",
    )
    assert contest("name", *WORK) == [
        ("陆一", 22, 18, 5, 3, 1, 1, 1, 0, 101),
        ("陆二", 20, 9, 2, 1, 0, 0, 0, 1, 14),
    ]
    assert (
        contest("station", "period", "period_precision", "kind")
        == [("上海组", "2012-05-01", "month", "full_time")] * 2
    )
    assert contest.doubts == []


def test_a_contest_without_groups_of_its_own_words_takes_the_only_column_of_points_as_the_score(read):
    year = read(
        "recruiters",
        """
煤山镇2011年度招商员考核得分表
序号 | 姓名 | 所在驻点 | 出差天数 | 走访次数 | 接待批次 | 项目信息数 | 签约项目数 | 得分 | 排名
1 | 陆一 | 上海 | 210 | 96 | 30 | 41 | 2 | 92.5 | 1
2 | 陆二 | 无锡 | 180 | 70 | 22 | 30 | 1 | 81 | 2
""",
    )
    assert year("station", "name", "station_days", "n_visits", "n_receptions", "n_leads", "score") == [
        ("上海", "陆一", 210, 96, 30, 41, 92.5),
        ("无锡", "陆二", 180, 70, 22, 30, 81),
    ]
    assert year("period", "period_precision") == [("2011-01-01", "year")] * 2


def test_a_plain_monthly_report_with_units_in_the_header_has_no_row_for_its_sum(read):
    month = read(
        "recruiters",
        """
2012年3月驻点招商工作月报
驻点 | 人员 | 驻点天数 | 走访企业（家） | 接待客商（批） | 获取信息（条） | 签约（个）
上海 | 陆一 | 20 | 12 | 3 | 5 | 1
杭州 | 陆二、陆三 | 18 | 8 | 2 | 4 | 0
合计 | | 38 | 20 | 5 | 9 | 1
""",
    )
    assert month("station", "name", "station_days", "n_visits", "n_receptions", "n_leads") == [
        ("上海", "陆一", 20, 12, 3, 5),
        ("杭州", "陆二、陆三", 18, 8, 2, 4),
    ]
    assert month("n_foreign_signed", "score") == [(None, None)] * 2


def test_a_week_counts_in_the_month_of_its_last_day_and_merged_stations_hold_for_their_rows(read):
    week = read(
        "recruiters",
        """
驻外招商人员工作情况周报表
（2012年5月28日—6月3日）
招商小组 | 招商员 | 在驻地天数 | 拜访客商数 | 邀请来访批次 | 新增项目信息 | 其中：有效信息 | 备注
上海组 | 陆一 | 5 | 4 | 1 | 2 | 1 |
 | 陆二 | 6天 | 3家 | 0 | 1 | 0 | 请假1天
深圳组 | 陆三 | 7 | 8 | 2 | 3 | 2 |
""",
        "A4:A5",
    )
    assert week("station", "station_days", "n_visits", "n_receptions", "n_leads", "n_excellent_leads") == [
        ("上海组", 5, 4, 1, 2, 1),
        ("上海组", 6, 3, 0, 1, 0),
        ("深圳组", 7, 8, 2, 3, 2),
    ]
    assert week("period", "period_precision") == [("2012-06-01", "week")] * 3


def test_the_means_below_a_contest_are_no_recruiter_and_points_taken_off_no_doubt(read):
    month = read(
        "recruiters",
        """
驻点招商组工作绩效月度统计表
组别：无锡组 | | 2013年8月 | | | |
姓名 | 走访 | 接待 | 信息 | 签约 | 考勤扣分 | 总分
陆一 | 12 | 3 | 5 | 1 | 0 | 88
陆二 | 9 | 1 | 2 | 0 | -2 | -61
平均 | 10.5 | 2 | 3.5 | 0.5 | | 13.5
""",
    )
    assert month("station", "name", "n_visits", "n_receptions", "n_leads", "score") == [
        ("无锡组", "陆一", 12, 3, 5, 88),
        ("无锡组", "陆二", 9, 1, 2, -61),
    ]
    assert month("period") == [("2013-08-01",)] * 2
    assert month.doubts == []


def test_months_side_by_side_are_a_row_each_and_their_sum_none(read):
    quarter = read(
        "recruiters",
        """
2012年招商员得分情况（1-3月）
姓名 | 驻点城市 | 1月 | 2月 | 3月 | 合计
陆一 | 上海 | 88 | 90 | 71 | 249
陆二 | 无锡 | 61 | 77 | 80 | 218
""",
    )
    assert quarter("name", "period", "score") == [
        ("陆一", "2012-01-01", 88),
        ("陆一", "2012-02-01", 90),
        ("陆一", "2012-03-01", 71),
        ("陆二", "2012-01-01", 61),
        ("陆二", "2012-02-01", 77),
        ("陆二", "2012-03-01", 80),
    ]


def test_the_quarter_counts_and_not_what_was_done_so_far(read):
    quarter = read(
        "recruiters",
        """
二季度驻点招商工作统计
招商组 | 驻点天数 | | 走访企业（家次） | | 上报信息（条） |
 | 4-6月 | 累计 | 累计 | 本季 | 本季 | 累计
上海组 | 60 | 118 | 66 | 30 | 8 | 15
合计 | 60 | 118 | 66 | 30 | 8 | 15
""",
        "A2:A3 B2:C2 D2:E2 F2:G2",
        "2012年",
    )
    assert quarter("station", "station_days", "n_visits", "n_leads") == [("上海组", 60, 30, 8)]
    assert quarter("period", "period_precision") == [("2012-06-01", "quarter")]


def test_tables_of_two_stations_on_one_sheet_take_the_heading_above_each(read):
    month = read(
        "recruiters",
        """
2012年5月驻点招商工作情况
一、上海组
姓名 | 在岗天数 | 拜访企业 | 邀请客商 | 有效信息
陆一 | 22 | 12 | 3 | 5
陆二 | 20 | 8 | 2 | 3
二、杭州组
姓名 | 在岗天数 | 拜访企业 | 邀请客商 | 有效信息
陆三 | 18 | 7 | 1 | 2
""",
    )
    assert month("station", "name", "station_days", "n_leads", "period") == [
        ("上海组", "陆一", 22, 5, "2012-05-01"),
        ("上海组", "陆二", 20, 3, "2012-05-01"),
        ("杭州组", "陆三", 18, 2, "2012-05-01"),
    ]


def test_a_sheet_named_after_its_station_gives_the_station(read):
    month = read(
        "recruiters",
        """
驻点招商工作绩效（2012年7月）
招商员 | 驻点天数 | 走访客商 | 总分
陆一 | 22 | 12 | 80
""",
        sheet="深圳组",
    )
    assert month("station", "name", "station_days", "period") == [("深圳组", "陆一", 22, "2012-07-01")]


def test_an_english_report_is_read_as_well(read):
    report = read(
        "recruiters",
        """
Recruiter activity report, May 2012
Station | Recruiter | Days on station | Companies visited | Delegations received | Leads | Score
Shanghai | Lu Yi | 20 | 12 | 3 | 5 | 88
Hangzhou | Lu Er | 18 | 8 | 2 | 4 | 70
Total | | 38 | 20 | 5 | 9 |
""",
    )
    assert report("station", "station_days", "n_visits", "n_receptions", "n_leads", "score", "period") == [
        ("Shanghai", 20, 12, 3, 5, 88, "2012-05-01"),
        ("Hangzhou", 18, 8, 2, 4, 70, "2012-05-01"),
    ]


def test_postings_have_no_month_and_one_cell_tells_both_their_ends(read):
    postings = read(
        "recruiters",
        """
2011年专职招商人员驻点安排表
序号 | 驻点城市 | 人员姓名 | 联系电话 | 驻点起止时间
1 | 杭州 | 陆一、陆二 | '13900000001 | 2011年3月至2011年12月
2 | 上海 | 陆三 | '13900000002 | 2011年3月起
""",
    )
    assert postings("station", "name", "kind", "from_on", "to_on", "period") == [
        ("杭州", "陆一、陆二", "full_time", "2011-03-01", "2011-12-31", None),
        ("上海", "陆三", "full_time", "2011-03-01", None, None),
    ]
    assert "13900000001" not in postings.frame.astype(str).to_string()


def test_postings_with_kinds_and_numbers_are_rows_of_their_own_and_their_sum_none(read):
    postings = read(
        "recruiters",
        """
招商人员驻点安排（2011年）
驻点城市 | 人员类别 | 姓名 | 人数 | 驻点时间 |
 | | | | 起 | 止
上海 | 专职 | 陆一、陆二 | 2人 | 2011-03-01 | 2011-12-31
 | 镇领导 | 王某 | 1 | 2011-03-01 | 2011-06-30
 | 招商顾问 | 张某 | 1 | 2011-03-01 | 2011-12-31
合计 | | | 4 | |
""",
        "A2:A3 B2:B3 C2:C3 D2:D3 E2:F2 A4:A6",
    )
    assert postings("station", "kind", "n", "to_on") == [
        ("上海", "full_time", 2, "2011-12-31"),
        ("上海", "leader", 1, "2011-06-30"),
        ("上海", "adviser", 1, "2011-12-31"),
    ]


def test_a_list_of_advisers_is_of_advisers(read):
    advisers = read(
        "recruiters",
        """
招商顾问名单
序号 | 姓名 | 聘任时间 | 所在城市 | 联系电话
1 | 张某 | 2011年3月 | 上海 | '139
2 | 李某 | 2011年4月 | 香港 | '139
""",
    )
    assert advisers("station", "name", "kind", "from_on") == [
        ("上海", "张某", "adviser", "2011-03-01"),
        ("香港", "李某", "adviser", "2011-04-01"),
    ]


def test_every_column_of_the_schema_is_there_and_no_other(read):
    month = read("recruiters", "2012年3月驻点月报\n驻点 | 驻点天数 | 走访企业\n上海 | 20 | 3\n无锡 | 18 | 2")
    assert list(month.frame.columns) == list(columns(Recruiters))


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("南京某公司总经理一行5人", 5),
        ("某商会会长一行十二人", 12),
        ("张总等3人", 3),
        ("某联合会（12人）", 12),
        ("某协会考察团一行20余人", 20),
        ("Siemens, party of 4", 4),
        ("某公司董事长一行", None),
        ("年产5人座电动车", None),
        ("某人才公司", None),
    ],
)
def test_the_heads_of_a_party_are_counted_where_its_name_tells_them(text, size):

    assert party_sizes(pd.Series([text], dtype=object)).fillna(-1).tolist() == [-1 if size is None else size]


def test_a_term_written_with_points_is_two_days_and_no_number(read):
    hired = read(
        "recruiters",
        """
临港镇聘请招商顾问名册
编号 | 姓名 | 所在驻点 | 聘用期限
1 | 高某 | 苏州 | 2014.5.1-2015.4.30
2 | 柳某 | 宁波 | 2014.6.15～2014.12.15
""",
    )
    assert hired("name", "kind", "from_on", "to_on") == [
        ("高某", "adviser", "2014-05-01", "2015-04-30"),
        ("柳某", "adviser", "2014-06-15", "2014-12-15"),
    ]


def test_numbers_of_several_kinds_side_by_side_are_a_row_each(read):
    posted = read(
        "recruiters",
        """
2013年驻外招商人员配备表
序号 | 驻点 | 专职人员（人） | 招商顾问（人）
1 | 苏州 | 4 | 2
2 | 宁波 | 3 |
合计 | | 7 | 2
""",
    )
    assert posted("station", "kind", "n") == [
        ("苏州", "full_time", 4),
        ("苏州", "adviser", 2),
        ("宁波", "full_time", 3),
    ]


def test_a_table_of_kinds_without_stations_or_names_keeps_its_rows(read):
    kinds = read(
        "recruiters",
        """
2012年某镇招商队伍建设情况
序号 | 招商队伍 | 人数 | 备注
1 | 全民招商 | | 发动村民
2 | 专职招商员 | 6 |
3 | 班子成员 | 9 |
""",
    )
    assert kinds("station", "name", "kind", "n") == [
        (None, None, "citizen", None),
        (None, None, "full_time", 6),
        (None, None, "leader", 9),
    ]


def test_a_note_and_the_office_that_signs_below_a_scoreboard_are_no_recruiters(read):
    board = read(
        "recruiters",
        """
2016年5月招商小分队比武成绩
名次 | 小分队 | 队员 | 驻外（天） | 拜访企业（家） | 积分
1 | 东莞小分队 | 秦某 | 19 | 12 | 88
2 | 厦门小分队 | 安某 | 17 | 15 | 86.5
说明：外出不满15天的通报批评；连续三月末位的调整岗位。
投资促进局 | | | | | 2016年6月2日
""",
        "A5:F5",
    )
    assert board("station", "name", "period", "station_days", "n_visits") == [
        ("东莞小分队", "秦某", "2016-05-01", 19, 12),
        ("厦门小分队", "安某", "2016-05-01", 17, 15),
    ]
    assert board.doubts == []
