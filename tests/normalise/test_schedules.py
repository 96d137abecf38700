"""Schedules (倒排工期表, 推进计划表, 作战图) as offices draw them: one row a step."""

import pandas as pd
import pytest

from meishan_stats.normalise.project_names import project_in_title
from meishan_stats.normalise.schedules import normalise_schedule, schedule_projects
from meishan_stats.normalise.step_rows import with_milestones
from normalise.drawn import sources, told


def schedule(text: str, merged: str = "", **about: object) -> pd.DataFrame:
    tables = sources(text, merged, **about)
    assert {source.table.table for source in tables} == {"milestones"}
    return pd.concat([normalise_schedule(source) for source in tables], ignore_index=True)


def doubts(text: str, **about: object) -> list[str]:
    found = sources(text, **about)
    for source in found:
        normalise_schedule(source)
    return [row["code"] for source in found for row in source.problems]


def test_project_merged_over_its_steps_with_deadlines_in_words():
    found = schedule(
        """
某镇2011年重点招商项目倒排工期表
序号 | 项目名称 | 工作步骤 | 完成时限 | 实际完成时间 | 责任人 | 备注
1 | 多晶硅项目 | 签订投资协议 | 2011年3月15日前 | 2011-03-12 | 张某 |
2 | | 工商注册 | 3月底 | | 张某 |
3 | | 立项备案 | 4月中旬 | | 李某 |
4 | | 环评审批 | 5月底前 | | 李某 |
5 | | 土地平整 | 2011年4月—6月 | | 王某 |
6 | | 进场施工 | 7月上旬 | | 王某 |
7 | | 竣工验收 | 12月 | | 王某 |
8 | | 投产 | 2012年1月 | | 王某 |
9 | 容器项目 | 签约 | 已完成 | 2011.2.20 | 赵某 |
10 | | 开工建设 | 二季度 | | 赵某 |
备注：时限以月底为准。
""",
        merged="A1:G1 B3:B10 B11:B12",
    )
    assert told(found, "name", "step", "responsible") == [
        ("多晶硅项目", "签订投资协议", "张某", "signed", "2011-03-15", "2011-03-12"),
        ("多晶硅项目", "工商注册", "张某", "registered", "2011-03", ""),
        ("多晶硅项目", "立项备案", "李某", None, "2011-04", ""),
        ("多晶硅项目", "环评审批", "李某", "approval", "2011-05", ""),
        ("多晶硅项目", "土地平整", "王某", None, "2011-06", ""),
        ("多晶硅项目", "进场施工", "王某", "started", "2011-07", ""),
        ("多晶硅项目", "竣工验收", "王某", "completed", "2011-12", ""),
        ("多晶硅项目", "投产", "王某", "production", "2012-01", ""),
        ("容器项目", "签约", "赵某", "signed", "", "2011-02-20"),
        ("容器项目", "开工建设", "赵某", "started", "2011Q2", ""),
    ]
    assert found["source_row"].tolist() == list(range(3, 13))


def test_one_project_a_sheet_named_in_the_title_and_facts_told_in_the_progress():
    found = schedule(
        """
气凝胶毡项目推进计划表（2012年）
步骤 | 推进事项 | 计划完成时间 | 责任单位 | 责任领导 | 进展情况
一 | 完成公司注册 | 2月20日 | 工商所 | 周某 | 已于2月18日完成
二 | 项目备案 | 2月28日 | 发改局 | 周某 | 已完成
三 | 用地预审及供地 | 4月30日 | 国土所 | 吴某 | 正在办理
四 | 开工奠基 | 6月18日 | 指挥部 | 周某 | 推迟到7月
五 | 试生产 | 12月底 | 业主 | 郑某 |
""",
        merged="A1:F1",
    )
    assert set(found["name"]) == {"气凝胶毡项目"}
    assert told(found, "step") == [
        ("完成公司注册", "registered", "2012-02-20", "2012-02-18"),
        ("项目备案", None, "2012-02-28", ""),
        ("用地预审及供地", "approval", "2012-04-30", ""),
        ("开工奠基", "started", "2012-06-18", ""),
        ("试生产", "production", "2012-12", ""),
    ]


def test_months_without_a_year_go_on_into_the_next_one():
    found = schedule("""
石墨烯项目工期倒排表（2011年）
序号 | 节点 | 时间 | 责任人
1 | 签约 | 9月 | 甲
2 | 报批 | 12月 | 乙
3 | 开工 | 1月 | 乙
4 | 竣工 | 10月 | 乙
""")
    assert told(found) == [
        ("signed", "2011-09", ""),
        ("approval", "2011-12", ""),
        ("started", "2012-01", ""),
        ("completed", "2012-10", ""),
    ]


def test_projects_in_headings_and_spans_that_end_a_step():
    found = schedule(
        """
某开发区2013年签约项目开工倒排计划
序号 | 工作内容 | 起止时间 | 责任人 | 完成情况
一、差别化纤维项目
1 | 签订投资合同 | 2013年1月—2月 | 甲 | 2月6日已签
2 | 规划设计 | 2月—3月 | 甲 |
3 | 办理土地出让手续 | 3月—5月 | 乙 |
二、碳酸钙项目
1 | 公司设立登记 | 3月1日-3月20日 | 丙 | 3月18日取得营业执照
2 | 竣工投产 | 12月 | 丙 |
""",
        merged="A1:E1 A3:E3 A7:E7",
    )
    assert told(found, "name") == [
        ("差别化纤维项目", "signed", "2013-02", "2013-02-06"),
        ("差别化纤维项目", None, "2013-03", ""),
        ("差别化纤维项目", "approval", "2013-05", ""),
        ("碳酸钙项目", "registered", "2013-03-20", "2013-03-18"),
        ("碳酸钙项目", "production", "2013-12", ""),
    ]


def test_headings_of_phases_are_no_projects():
    found = schedule(
        """
2013年重点工业项目倒排工期表
项目名称：紧固件生产项目 | | | 投资方：宁波某公司
序号 | 工作内容 | 时间安排 | 责任单位
一 | 前期阶段 | |
1 | 环评批复 | 2月28日前 | 环保局
二 | 建设阶段 | |
2 | 开工建设 | 3月20日 | 企业
3 | 主体完工 | 8月31日 | 企业
""",
        merged="A1:D1 B4:D4 B6:D6",
    )
    assert told(found, "name", "investor", "responsible") == [
        ("紧固件生产项目", "宁波某公司", "环保局", "approval", "2013-02-28", ""),
        ("紧固件生产项目", "宁波某公司", "企业", "started", "2013-03-20", ""),
        ("紧固件生产项目", "宁波某公司", "企业", None, "2013-08-31", ""),
    ]


def test_first_and_last_days_planned_and_actual():
    found = schedule(
        """
碳纤维项目
序号 | 任务名称 | 计划开始时间 | 计划完成时间 | 实际开始时间 | 实际完成时间 | 负责人
1 | 签订协议 | 2014-01-05 | 2014-01-20 | 2014-01-05 | 2014-01-18 | 卫某
2 | 项目核准 | 2014-02-01 | 2014-03-31 | 2014-02-10 | 2014-04-05 | 蒋某
3 | 土建施工 | 2014-05-01 | 2014-10-31 | | | 沈某
4 | 开工仪式 | 2014-05-08 | 2014-05-08 | | | 沈某
""",
        merged="A1:G1",
    )
    assert told(found) == [
        ("signed", "2014-01-20", "2014-01-18"),
        ("approval", "2014-03-31", "2014-04-05"),
        (None, "2014-10-31", ""),
        ("started", "2014-05-08", ""),
    ]


def test_bars_over_months_end_a_step_where_they_end():
    found = schedule(
        """
化纤长丝项目倒排进度横道图
工作内容 | 责任人 | 2011年 | | | | | 2012年 |
 | | 8月 | 9月 | 10月 | 11月 | 12月 | 1月 | 2月
立项、环评 | 冯某 | ■ | ■ | | | | |
开工 | 陈某 | | | √ | | | |
厂房建设 | 陈某 | | | —— | | | |
投产 | 陈某 | | | | | | | ★
""",
        merged="A1:I1 A2:A3 B2:B3 C2:G2 H2:I2 E6:G6",
    )
    assert told(found, "name") == [
        ("化纤长丝项目", "approval", "2011-09", ""),
        ("化纤长丝项目", "started", "2011-10", ""),
        ("化纤长丝项目", None, "2011-12", ""),
        ("化纤长丝项目", "production", "2012-02", ""),
    ]


def test_a_table_for_each_project_on_one_sheet_whose_name_tells_the_year():
    found = schedule(
        """
一、正极材料项目
工作步骤 | 完成时间 | 责任人
签约 | 3月 | 甲
开工 | 8月 | 乙

二、玻璃纤维项目
工作步骤 | 完成时间 | 责任人
注册 | 4月 | 丙
环评批复 | 5月 | 丙
能评批复 | 6月 | 丙
""",
        merged="A1:C1 A6:C6",
        sheet="2015年倒排计划",
    )
    assert told(found, "name") == [
        ("正极材料项目", "signed", "2015-03", ""),
        ("正极材料项目", "started", "2015-08", ""),
        ("玻璃纤维项目", "registered", "2015-04", ""),
        ("玻璃纤维项目", None, "2015-05", ""),
        ("玻璃纤维项目", "approval", "2015-06", ""),
    ]


def test_the_sheet_names_the_project_where_the_title_does_not():
    text = """
重点项目倒排工期表
序号 | 工作事项 | 完成期限 | 责任领导
1 | 签订协议 | 2012.3.31 | 甲
2 | 开工 | 2012.8.31 | 甲
"""
    assert set(schedule(text, sheet="冷轧带钢")["name"]) == {"冷轧带钢"}
    assert set(schedule(text, file="微型电机项目倒排表.xlsx")["name"]) == {"微型电机项目"}


def test_steps_headed_as_projects_are_steps_and_no_projects():
    found = schedule(
        """
热电联产项目工程进度计划表
序号 | 项目 | 开始日期 | 结束日期 | 负责人
1 | 土地平整 | 2016-3-1 | 2016-3-31 | 甲
2 | 桩基工程 | 2016-4-1 | 2016-5-15 | 甲
3 | 主体工程 | 2016-5-16 | 2016-10-31 | 乙
4 | 竣工验收 | 2017-1-5 | 2017-1-15 | 丙
""",
        merged="A1:E1",
    )
    assert set(found["name"]) == {"热电联产项目"}
    assert told(found)[-2:] == [(None, "2016-10-31", ""), ("completed", "2017-01-15", "")]


def test_an_english_schedule():
    found = schedule(
        """
Project implementation schedule: Solar Glass Plant
No. | Milestone | Owner | Planned date | Actual date | Status
1 | Contract signing | J. Smith | 2019-03-15 | 2019-03-20 | Done
2 | Company incorporation | J. Smith | 2019-04-30 | 2019-05-02 | Done
3 | Environmental permit | A. Brown | 2019-06-30 | | In progress
4 | Ground-breaking | A. Brown | 2019-09-01 | |
5 | Equipment installation | C. White | 2020-03-31 | |
6 | Commissioning | C. White | 2020-06-30 | |
""",
        merged="A1:F1",
    )
    assert told(found, "name", "responsible") == [
        ("Solar Glass Plant", "J. Smith", "signed", "2019-03-15", "2019-03-20"),
        ("Solar Glass Plant", "J. Smith", "registered", "2019-04-30", "2019-05-02"),
        ("Solar Glass Plant", "A. Brown", "approval", "2019-06-30", ""),
        ("Solar Glass Plant", "A. Brown", "started", "2019-09-01", ""),
        ("Solar Glass Plant", "C. White", None, "2020-03-31", ""),
        ("Solar Glass Plant", "C. White", "production", "2020-06-30", ""),
    ]


def test_an_actual_date_after_the_month_of_the_report_is_planned():
    found = schedule("""
2012年5月经编面料项目推进计划表
工作步骤 | 计划完成时间 | 实际完成时间
签约 | 2012-02 | 2012-02-28
开工 | | 2012-07-01
""")
    assert told(found) == [("signed", "2012-02", "2012-02-28"), ("started", "2012-07-01", "")]


def test_words_for_a_deadline_that_is_none_are_no_error():
    text = """
特种纸项目倒排时间表（2011年）
步骤 | 计划时间 | 责任人
签约 | 4月 | 甲
注册 | 待定 | 甲
开工 | 2011年13月 | 甲
"""
    assert told(schedule(text)) == [
        ("signed", "2011-04", ""),
        ("registered", "", ""),
        ("started", "", ""),
    ]
    assert doubts(text) == ["unparseable_date"]


def test_steps_of_nobody_are_left_out_and_told_of():
    text = """
2012年重点项目倒排工期表
序号 | 工作步骤 | 完成时限
1 | 签订协议 | 3月
2 | 开工 | 8月
"""
    assert schedule(text).empty
    assert doubts(text) == ["schedule_without_project"]


def test_what_all_rows_of_a_project_share_is_the_projects():
    (source,) = sources(
        """
2016年重点项目倒排推进表
序号 | 项目名称 | 投资方 | 总投资（万元） | 工作任务 | 完成时限 | 责任人
1 | 汽车线束项目 | 上海某公司 | 12000 | 完成签约 | 1月底 | 杨某
 | | | | 开工建设 | 6月底 | 秦某
2 | 缝制设备项目 | 杭州某公司 | 8600 | 工商登记 | 2月底 | 尤某
 | | | | 试生产 | 8月底 | 许某
""",
        merged="A1:G1 B3:B4 C3:C4 D3:D4 B5:B6 C5:C6 D5:D6",
    )
    projects = schedule_projects(source)
    assert projects is not None
    assert projects[["name", "investor", "total_investment_10k"]].to_numpy().tolist() == [
        ["汽车线束项目", "上海某公司", 12000.0],
        ["缝制设备项目", "杭州某公司", 8600.0],
    ]
    assert projects["responsible"].isna().all()
    assert projects["source_row"].tolist() == [3, 5]
    assert told(normalise_schedule(source), "name") == [
        ("汽车线束项目", "signed", "2016-01", ""),
        ("汽车线束项目", "started", "2016-06", ""),
        ("缝制设备项目", "registered", "2016-02", ""),
        ("缝制设备项目", "production", "2016-08", ""),
    ]


def test_a_schedule_that_only_names_its_projects_tells_nothing_else_of_them():
    (source,) = sources("""
某镇2011年招商项目推进时间表
项目名称 | 节点 | 计划完成时间
逆变器项目 | 签约 | 2011-03-10
逆变器项目 | 开工 | 2011-06-30
""")
    assert schedule_projects(source) is None


@pytest.mark.parametrize(
    "text",
    [
        """
2011年3月招商工作安排表
日期 | 工作内容 | 参加人员 | 地点
3月5日 | 拜访某集团 | 镇长 | 上海
3月12日 | 接待客商考察 | 书记 | 镇政府
""",
        """
2018年重点项目推进情况表（截至2018年5月）
序号 | 项目名称 | 业主单位 | 总投资（亿元） | 形象进度 | 完成时限 | 责任领导
1 | 轴承钢管项目 | 甲公司 | 1.2 | 已签约 | 2018年8月 | 张某
2 | 食品添加剂项目 | 乙公司 | 0.8 | 主体施工 | 2018年12月 | 李某
""",
        """
2011年度各乡镇招商引资目标任务分解表
单位 | 目标任务（万元） | 新签约项目（个）
甲镇 | 35000 | 10
乙镇 | 28000 | 8
""",
    ],
)
def test_other_tables_are_no_schedules(text):
    assert "milestones" not in {source.table.table for source in sources(text)}


def test_of_several_starts_the_one_named_so_counts_and_of_several_ends_the_last():
    steps = pd.DataFrame(
        {
            "project": "甲",
            "milestone": ["started", "started", "completed", "completed", None],
            "is_named": [False, True, True, True, False],
            "planned_on": pd.to_datetime(["2011-03-01", "2011-04-01", "2011-09-01", "2011-10-01", None]),
            "actual_on": pd.Series(pd.NaT, index=range(5), dtype="datetime64[ns]"),
        }
    )
    assert with_milestones(steps, "project")["milestone"].tolist() == [
        None, "started", None, "completed", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2011年示例镇光伏组件项目倒排工期表", "光伏组件项目"),
        ("XX有限公司年产3万吨环保涂料项目倒排工期推进计划表", "XX有限公司年产3万吨环保涂料项目"),
        ("附件1：电池壳体项目作战图（2012年）", "电池壳体项目"),
        ("2011年重点招商项目倒排工期表", None),
        ("示例镇16个千万元以上重点储备项目推进计划表", None),
        ("倒排", None),
        ("Sheet1", None),
        ("3月", None),
        ("Gantt chart for the Battery Plant", "Battery Plant"),
    ],
)
def test_a_title_names_a_project_or_a_kind_of_projects(title, expected):
    assert project_in_title(title, own=("示例镇",)) == expected
