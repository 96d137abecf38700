"""Targets (目标任务), as offices draw them. A dollar is 6.5 yuan here."""

import pytest

from meishan_stats.extract.target_columns import is_target_word
from meishan_stats.schemas import Targets, columns


def test_towns_by_indicators_with_results_and_rates_beside_each_target(read):
    targets = read(
        "targets",
        """
2011年各乡镇招商引资目标任务完成情况表
乡镇 | 利用县外资金（万元） | | | 合同外资（万美元） | | | 新签约项目（个） | |
 | 目标 | 完成 | 完成率（%） | 目标 | 完成 | 完成率 | 目标 | 完成 | 完成率
煤山镇 | 35000 | 28000 | 80 | 500 | 300 | 60% | 16 | 12 | 75%
槐坎乡 | 12000 | 9000 | 75 | 100 | 0 | 0 | 5 | 5 | 100%
合计 | 47000 | 37000 | 78.7 | 600 | 300 | 50% | 21 | 17 | 81%
""",
        "A1:J1 A2:A3 B2:D2 E2:G2 H2:J2",
    )
    assert targets("year", "assignee", "indicator", "amount_cny_10k", "n") == [
        (2011, "煤山镇", "利用县外资金", 35000, None),
        (2011, "煤山镇", "合同外资", 3250, None),
        (2011, "煤山镇", "新签约项目", None, 16),
        (2011, "槐坎乡", "利用县外资金", 12000, None),
        (2011, "槐坎乡", "合同外资", 650, None),
        (2011, "槐坎乡", "新签约项目", None, 5),
    ]
    assert targets.doubts == []


def test_where_no_header_says_target_every_column_of_numbers_is_one(read):
    targets = read(
        "targets",
        """
2012年招商引资目标任务分解表
单位 | 内资（万元） | 合同外资（万美元） | 工业投入（亿元） | 亿元以上项目（个） | 新开工项目（个）
煤山镇 | 35000 | 500 | 3.2 | 2 | 6
开发区 | 120000 | 3000 | 15 | 8 | 20
合 计 | 155000 | 3500 | 18.2 | 10 | 26
注：目标以县考核办文件为准。
""",
    )
    assert targets("assignee", "indicator", "amount_cny_10k", "n") == [
        ("煤山镇", "内资", 35000, None),
        ("煤山镇", "合同外资", 3250, None),
        ("煤山镇", "工业投入", 32000, None),
        ("煤山镇", "亿元以上项目", None, 2),
        ("煤山镇", "新开工项目", None, 6),
        ("开发区", "内资", 120000, None),
        ("开发区", "合同外资", 19500, None),
        ("开发区", "工业投入", 150000, None),
        ("开发区", "亿元以上项目", None, 8),
        ("开发区", "新开工项目", None, 20),
    ]


def test_an_indicator_a_row_with_the_unit_in_a_column_of_its_own(read):
    targets = read(
        "targets",
        """
2011年煤山镇主要目标完成情况
序号 | 指标名称 | 单位 | 年度目标 | 1-9月完成 | 完成率 | 责任人
1 | 利用县外资金 | 亿元 | 3.5 | 2.8 | 80% | 李书记
2 | 合同外资 | 万美元 | 500 | 300 | 60% | 王镇长
3 | 千万元以上项目 | 个 | 16 | 12 | 75% | 钱伟
4 | 供地面积 | 亩 | 300 | 200 | 66.7% | 周建
5 | 项目开工率 | % | 80 | 75 | 93.8% | 周建
""",
    )
    assert targets("indicator", "assignee", "amount_cny_10k", "n") == [
        ("利用县外资金", "李书记", 35000, None),
        ("合同外资", "王镇长", 3250, None),
        ("千万元以上项目", "钱伟", None, 16),
        ("供地面积（亩）", "周建", None, 300),
    ]


def test_the_unit_may_stand_in_the_name_or_in_the_cell(read):
    targets = read(
        "targets",
        """
煤山镇2011年度目标任务书
序号 | 考核指标 | 目标值
1 | 利用县外资金 | 3.5亿元
2 | 合同利用外资（万美元） | 500
3 | 新签约千万元以上项目（个） | 16
4 | 项目开工率（%） | 80
5 | 驻点招商 | 不少于8人
""",
    )
    assert targets("indicator", "amount_cny_10k", "n") == [
        ("利用县外资金", 35000, None),
        ("合同利用外资（万美元）", 3250, None),
        ("新签约千万元以上项目（个）", None, 16),
        ("驻点招商", None, 8),
    ]


def test_a_column_an_issuer_is_a_target_each(read):
    targets = read(
        "targets",
        """
煤山镇2012年招商引资任务表
指标 | 单位 | 省下达 | 市下达 | 县下达 | 自加压力
实到外资 | 万美元 | 200 | 250 | 300 | 400
县外内资 | 万元 | | 30000 | 35000 | 40000
""",
    )
    assert targets("indicator", "issuer", "amount_cny_10k") == [
        ("实到外资", "省下达", 1300),
        ("实到外资", "市下达", 1625),
        ("实到外资", "县下达", 1950),
        ("实到外资", "自加压力", 2600),
        ("县外内资", "市下达", 30000),
        ("县外内资", "县下达", 35000),
        ("县外内资", "自加压力", 40000),
    ]


def test_issuers_under_indicators_with_a_row_of_units_that_is_no_target(read):
    targets = read(
        "targets",
        """
2012年利用外资目标任务
乡镇 | 合同外资 | | 实到外资 |
 | 县下达 | 自加压力 | 县下达 | 自加压力
 | 万美元 | 万美元 | 万美元 | 万美元
煤山镇 | 500 | 600 | 300 | 350
合计 | 500 | 600 | 300 | 350
""",
        "A2:A4 B2:C2 D2:E2",
    )
    assert targets("assignee", "indicator", "issuer", "amount_cny_10k") == [
        ("煤山镇", "合同外资", "县下达", 3250),
        ("煤山镇", "合同外资", "自加压力", 3900),
        ("煤山镇", "实到外资", "县下达", 1950),
        ("煤山镇", "实到外资", "自加压力", 2275),
    ]


def test_an_issuer_in_a_column_of_its_own_and_the_year_of_every_row(read):
    targets = read(
        "targets",
        """
指标名称 | 下达单位 | 目标任务 | 计量单位 | 责任单位 | 年份
省外资金 | 市 | 30000 | 万元 | 招商局 | 2012
省外资金 | 县 | 35000 | 万元 | 招商局 | 2013
""",
        sheet="目标",
    )
    assert targets("year", "indicator", "issuer", "assignee", "amount_cny_10k") == [
        (2012, "省外资金", "市", "招商局", 30000),
        (2013, "省外资金", "县", "招商局", 35000),
    ]


def test_targets_and_results_as_groups_over_the_same_indicators(read):
    targets = read(
        "targets",
        """
2012年招商引资情况
乡镇 | 目标任务 | | | 完成情况 | |
 | 内资（万元） | 外资（万美元） | 签约项目（个） | 内资（万元） | 外资（万美元） | 签约项目（个）
煤山镇 | 35000 | 500 | 10 | 20000 | 100 | 5
水口乡 | 10000 | 100 | 4 | 8000 | 0 | 1
""",
        "A2:A3 B2:D2 E2:G2",
    )
    assert targets("assignee", "indicator", "amount_cny_10k", "n") == [
        ("煤山镇", "内资", 35000, None),
        ("煤山镇", "外资", 3250, None),
        ("煤山镇", "签约项目", None, 10),
        ("水口乡", "内资", 10000, None),
        ("水口乡", "外资", 650, None),
        ("水口乡", "签约项目", None, 4),
    ]


def test_parts_of_a_year_beside_the_year_are_none_and_alone_they_say_which_part(read):
    both = read(
        "targets",
        """
2011年分季度目标任务（万元）
单位 | 全年目标 | 一季度 | 二季度 | 三季度 | 四季度
煤山镇 | 35000 | 7000 | 10000 | 10000 | 8000
槐坎乡 | 12000 | 2000 | 4000 | 4000 | 2000
""",
    )
    assert both("assignee", "amount_cny_10k") == [("煤山镇", 35000), ("槐坎乡", 12000)]
    parts = read(
        "targets",
        """
2011年利用内资分季度目标
单位 | 一季度目标（万元） | 二季度目标（万元）
煤山镇 | 7000 | 10000
槐坎乡 | 2000 | 4000
""",
    )
    assert parts("year", "assignee", "indicator", "amount_cny_10k") == [
        (2011, "煤山镇", "利用内资（一季度）", 7000),
        (2011, "煤山镇", "利用内资（二季度）", 10000),
        (2011, "槐坎乡", "利用内资（一季度）", 2000),
        (2011, "槐坎乡", "利用内资（二季度）", 4000),
    ]


def test_years_side_by_side_are_targets_of_their_years(read):
    targets = read(
        "targets",
        """
2011-2013年招商引资目标
指标 | 单位 | 2011年目标 | 2012年目标 | 2013年目标
县外资金 | 亿元 | 3.5 | 4 | 4.5
新项目 | 个 | 5 | 6 | 8
""",
    )
    assert targets("year", "indicator", "amount_cny_10k", "n") == [
        (2011, "县外资金", 35000, None),
        (2012, "县外资金", 40000, None),
        (2013, "县外资金", 45000, None),
        (2011, "新项目", None, 5),
        (2012, "新项目", None, 6),
        (2013, "新项目", None, 8),
    ]


def test_sectors_down_and_across_are_sectors_and_their_sums_no_targets(read):
    down = read(
        "targets",
        """
2012年分产业招商目标任务表
产业 | 目标任务（万元） | 责任部门
新能源 | 20000 | 经发办
新材料 | 10000 | 招商办
现代纺织 | 5000 | 农办
总计 | 35000 |
""",
    )
    assert down("sector", "assignee", "amount_cny_10k") == [
        ("new_energy", "经发办", 20000),
        ("new_materials", "招商办", 10000),
        ("modern_textiles", "农办", 5000),
    ]
    across = read(
        "targets",
        """
2012年乡镇分产业任务分解表（单位：万元）
乡镇 | 新能源 | 新材料 | 现代纺织 | 合计
煤山镇 | 20000 | 10000 | 5000 | 35000
槐坎乡 | 0 | 2000 | 1000 | 3000
""",
    )
    assert across("assignee", "sector", "amount_cny_10k") == [
        ("煤山镇", "new_energy", 20000),
        ("煤山镇", "new_materials", 10000),
        ("煤山镇", "modern_textiles", 5000),
        ("槐坎乡", "new_energy", 0),
        ("槐坎乡", "new_materials", 2000),
        ("槐坎乡", "modern_textiles", 1000),
    ]


def test_towns_across_and_indicators_down(read):
    targets = read(
        "targets",
        """
2012年招商引资主要目标任务分解到乡镇一览表
序号 | 指标 | 单位 | 煤山镇 | 槐坎乡 | 合计
1 | 县外资金 | 万元 | 35000 | 12000 | 47000
2 | 外资 | 万美元 | 500 | 100 | 600
3 | 签约项目 | 个 | 16 | 5 | 21
4 | 其中：亿元项目 | 个 | 2 | 0 | 2
""",
    )
    assert targets("indicator", "assignee", "amount_cny_10k", "n") == [
        ("县外资金", "煤山镇", 35000, None),
        ("县外资金", "槐坎乡", 12000, None),
        ("外资", "煤山镇", 3250, None),
        ("外资", "槐坎乡", 650, None),
        ("签约项目", "煤山镇", None, 16),
        ("签约项目", "槐坎乡", None, 5),
        ("其中：亿元项目", "煤山镇", None, 2),
        ("其中：亿元项目", "槐坎乡", None, 0),
    ]


def test_one_note_of_three_units_gives_each_indicator_its_own(read):
    targets = read(
        "targets",
        """
2013年度全县招商引资目标任务分解表
单位：万元、万美元、个
序号 | 责任单位 | 县外到位资金 | 其中：省外资金 | 实际利用外资 | 新引进亿元项目 | 备注
一、乡镇 | | | | | |
1 | 煤山镇 | 80000 | 30000 | 500 | 3 |
二、部门 | | | | | |
1 | 经信局 | 30000 | 10000 | | 1 |
总 计 | | 110000 | 40000 | 500 | 4 |
""",
    )
    assert targets("assignee", "indicator", "amount_cny_10k", "n") == [
        ("煤山镇", "县外到位资金", 80000, None),
        ("煤山镇", "省外资金", 30000, None),
        ("煤山镇", "实际利用外资", 3250, None),
        ("煤山镇", "新引进亿元项目", None, 3),
        ("经信局", "县外到位资金", 30000, None),
        ("经信局", "省外资金", 10000, None),
        ("经信局", "新引进亿元项目", None, 1),
    ]


def test_last_year_ranks_and_growth_are_no_targets(read):
    targets = read(
        "targets",
        """
招商引资目标责任完成情况（截至2012年10月底）
乡镇 | 年度目标（亿元） | 累计完成（亿元） | 完成目标（%） | 去年同期（亿元） | 同比增长（%） | 名次
煤山镇 | 3.5 | 2.8 | 80 | 2.1 | 33.3 | 1
槐坎乡 | 1.2 | 0.9 | 75 | 0.8 | 12.5 | 2
全县合计 | 4.7 | 3.7 | 78.7 | 2.9 | 27.6 |
""",
    )
    assert targets("year", "assignee", "amount_cny_10k") == [(2012, "煤山镇", 35000), (2012, "槐坎乡", 12000)]


def test_targets_of_recruiters_are_targets_and_no_work_done(read):
    targets = read(
        "targets",
        """
2012年招商员任务分解
招商员 | 驻点 | 引进项目（个） | 到位资金（万元） | 走访企业（次）
陆一 | 上海 | 3 | 3000 | 100
陆二 | 无锡 | 2 | 2000 | 100
""",
    )
    assert targets("assignee", "indicator", "amount_cny_10k", "n") == [
        ("陆一", "引进项目", None, 3),
        ("陆一", "到位资金", 3000, None),
        ("陆一", "走访企业", None, 100),
        ("陆二", "引进项目", None, 2),
        ("陆二", "到位资金", 2000, None),
        ("陆二", "走访企业", None, 100),
    ]


def test_a_title_tells_who_set_the_targets(read):
    targets = read(
        "targets",
        """
县政府下达煤山镇2012年招商引资目标任务
指标 | 目标
内资 | 3.5亿元
项目 | 16个
""",
    )
    assert targets("year", "indicator", "issuer", "amount_cny_10k", "n") == [
        (2012, "内资", "县政府下达", 35000, None),
        (2012, "项目", "县政府下达", None, 16),
    ]


def test_english_targets_in_two_rows_of_header(read):
    targets = read(
        "targets",
        """
District targets for 2013
District | Target | | Actual |
 | Projects | Investment (RMB million) | Projects | Investment (RMB million)
North | 12 | 350 | 8 | 210
South | 5 | 120 | 5 | 130
Total | 17 | 470 | 13 | 340
""",
        "A2:A3 B2:C2 D2:E2",
    )
    assert targets("year", "assignee", "indicator", "amount_cny_10k", "n") == [
        (2013, "North", "Projects", None, 12),
        (2013, "North", "Investment", 35000, None),
        (2013, "South", "Projects", None, 5),
        (2013, "South", "Investment", 12000, None),
    ]
    assert list(targets.frame.columns) == list(columns(Targets))


@pytest.mark.parametrize(
    ("header", "is_target"),
    [
        ("目标任务", True), ("县下达", True), ("应完成数", True), ("2012 target", True), ("自加压力", True),
        ("完成目标（%）", False), ("占任务%", False), ("完成数", False), ("目标完成率", False), ("% of target", False),
        ("去年任务完成数", False), ("项目名称", False),
    ],
)  # fmt: skip
def test_a_header_is_a_target_or_stands_beside_one(header, is_target):
    assert is_target_word(header) is is_target


def test_a_part_that_stands_among_the_indicators_has_targets_of_its_own(read):
    targets = read(
        "targets",
        """
2014年度招商引资目标任务
指标 | 单位 | 市下达 | 镇自定
签约项目 | 个 | 20 | 24
其中：外资项目 | 个 | 4 | 5
到位资金 | 万元 | 60000 | 66000
""",
    )
    assert targets("indicator", "issuer", "amount_cny_10k", "n") == [
        ("签约项目", "市下达", None, 20),
        ("签约项目", "镇自定", None, 24),
        ("其中：外资项目", "市下达", None, 4),
        ("其中：外资项目", "镇自定", None, 5),
        ("到位资金", "市下达", 60000, None),
        ("到位资金", "镇自定", 66000, None),
    ]


def test_who_tends_to_a_sector_is_no_sector(read):
    targets = read(
        "targets",
        """
2021年产业链招商目标任务
产业 | 目标（亿元） | 责任部门
新能源 | 8 | 新能源招商组
新材料 | 5 | 新材料工作队
""",
    )
    assert targets("sector", "assignee", "amount_cny_10k") == [
        ("new_energy", "新能源招商组", 80000),
        ("new_materials", "新材料工作队", 50000),
    ]
