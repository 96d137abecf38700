"""Works of infrastructure, planned and built, as offices draw them."""

import pytest

from meishan_stats.schemas import Infrastructure, columns


def test_the_plan_of_the_year_and_what_was_completed_in_it_are_a_row_each(read):
    works = read(
        "infrastructure",
        """
2011年煤山镇工业平台基础设施建设进展情况表
单位：万元
序号 | 项目名称 | 建设内容 | 总投资 | 本年计划投资 | 本月完成 | 本年累计完成 | 开工以来累计完成 | 形象进度 | 责任单位
一、道路工程
1 | 园区三期主干道 | 2.1公里 | 1800 | 1000 | 100 | 650 | 950 | 路基完成 | 城建办
2 | 支路改造 | 0.8公里 | 400 | 400 | 0 | 120 | 120 | 在建 | 城建办
二、管网工程
3 | 污水管网 | 5公里 | 900 | 500 | 50 | 300 | 300 | 在建 | 城建办
合计 | | | 3100 | 1900 | 150 | 1070 | 1370 | |
""",
        "A1:J1",
        "9月",
    )
    assert works("item", "kind", "is_planned", "amount_cny_10k") == [
        ("园区三期主干道", "道路工程", True, 1000),
        ("园区三期主干道", "道路工程", False, 650),
        ("支路改造", "道路工程", True, 400),
        ("支路改造", "道路工程", False, 120),
        ("污水管网", "管网工程", True, 500),
        ("污水管网", "管网工程", False, 300),
    ]
    assert works("period", "precision") == [("2011-09-01", "month")] * 6


def test_payers_side_by_side_are_a_row_each_and_the_land_counts_once(read):
    works = read(
        "infrastructure",
        """
2012年园区平台建设计划表
序号 | 建设项目 | 项目类别 | 用地面积（公顷） | 计划投入（万元） | | 实施单位
 | | | | 财政投入 | 企业投入 |
1 | 场地平整 | 土地平整 | 20 | 2400 | | 开发公司
2 | 标准厂房 | 厂房 | 4 | 1000 | 5000 | 某公司
 | 合计 | | 24 | 3400 | 5000 |
""",
        "A1:G1 A2:A3 B2:B3 C2:C3 D2:D3 E2:F2 G2:G3",
    )
    assert works("item", "payer", "payer_stated", "amount_cny_10k", "is_planned", "land_mu") == [
        ("场地平整", "public", "财政投入", 2400, True, 300),
        ("标准厂房", "public", "财政投入", 1000, True, 60),
        ("标准厂房", "private", "企业投入", 5000, True, None),
    ]


def test_parts_by_payer_stand_in_place_of_the_cost_they_add_up_to(read):
    works = read(
        "infrastructure",
        """
2011年度标准厂房及配套工程建设情况
工程名称 | 建设规模 | 占地（亩） | 建筑面积（㎡） | 工程造价（万元） | 资金来源（万元） | |
 | | | | | 上级补助 | 镇自筹 | 社会资金
一期标准厂房 | 3幢 | 30 | 18000 | 2700 | 500 | 1000 | 1200
排水工程 | 2公里 | | | 300 | | |
""",
        "A2:A3 B2:B3 C2:C3 D2:D3 E2:E3 F2:H2",
    )
    assert works("item", "payer", "amount_cny_10k", "is_planned") == [
        ("一期标准厂房", "public", 500, False),
        ("一期标准厂房", "public", 1000, False),
        ("一期标准厂房", "private", 1200, False),
        ("排水工程", None, 300, False),
    ]


def test_a_budget_and_what_was_paid_in_yuan_and_a_road_that_two_pay_for(read):
    works = read(
        "infrastructure",
        """
2011年基础设施建设资金使用情况表
单位：元
项目 | 预算数 | 实际支出数 | 资金来源 | 备注
道路硬化 | 1,200,000.00 | 1,150,000.00 | 县级补助 |
绿化工程 | 300,000.00 | | 镇财政与企业共同出资 |
合计 | 1,500,000.00 | 1,150,000.00 | |
注：以上为财政口径。
""",
    )
    assert works("item", "is_planned", "amount_cny_10k", "payer", "payer_stated") == [
        ("道路硬化", True, 120, "public", "县级补助"),
        ("道路硬化", False, 115, "public", "县级补助"),
        ("绿化工程", True, 30, "mixed", "镇财政与企业共同出资"),
    ]


def test_one_amount_is_planned_or_spent_by_the_progress_of_the_item(read):
    works = read(
        "infrastructure",
        """
煤山镇2012年重点工程（基础设施）推进情况
工程名称 | 投资额（万元） | 进度 | 责任人
文体中心 | 1200 | 已完工 | 李某
农贸市场 | 800 | 在建 | 王某
绕镇公路 | 3000 | 未开工 | 钱某
""",
    )
    assert works("item", "is_planned", "amount_cny_10k") == [
        ("文体中心", False, 1200),
        ("农贸市场", True, 800),
        ("绕镇公路", True, 3000),
    ]


def test_years_side_by_side_are_a_row_each_and_neither_their_total_nor_the_sum(read):
    plan = read(
        "infrastructure",
        """
十二五基础设施建设投资计划表
单位:亿元
项目名称 | 总投资 | 2011年 | 2012年 | 2013年 | 投资主体
绕镇公路 | 1.2 | 0.3 | 0.5 | 0.4 | 县交投公司
变电所 | 0.6 | 0.1 | 0.5 | | 某电器有限公司
桥梁 | 0.2 | | | | 煤山镇
""",
    )
    assert plan("item", "period", "amount_cny_10k", "payer", "is_planned") == [
        ("绕镇公路", "2011-01-01", 3000, "public", True),
        ("绕镇公路", "2012-01-01", 5000, "public", True),
        ("绕镇公路", "2013-01-01", 4000, "public", True),
        ("变电所", "2011-01-01", 1000, "private", True),
        ("变电所", "2012-01-01", 5000, "private", True),
        ("桥梁", None, 2000, "public", True),
    ]


def test_levelled_land_by_plot(read):
    works = read(
        "infrastructure",
        """
2011年工业园区土地平整情况
地块 | 面积（亩） | 平整费用（万元） | 完成情况
A地块 | 120 | 360 | 已完成
B地块 | 80 | 240 | 正在平整
合计 | 200 | 600 |
""",
    )
    assert works("item", "land_mu", "amount_cny_10k") == [("A地块", 120, 360), ("B地块", 80, 240)]


def test_kinds_of_works_by_year_spent(read):
    works = read(
        "infrastructure",
        """
基础设施投入情况（2010-2011年）
单位：万元
类别 | 2010年 | 2011年 | 合计
道路 | 800 | 1200 | 2000
管网 | 200 | 300 | 500
合计 | 1000 | 1500 | 2500
""",
    )
    assert works("item", "period", "amount_cny_10k", "is_planned") == [
        ("道路", "2010-01-01", 800, False),
        ("道路", "2011-01-01", 1200, False),
        ("管网", "2010-01-01", 200, False),
        ("管网", "2011-01-01", 300, False),
    ]


def test_a_plan_and_a_result_in_other_units_and_years_than_the_title(read):
    works = read(
        "infrastructure",
        """
市政基础设施项目一览表
序号 | 项目 | 建设规模 | 总投资（亿元） | 到2011年底累计完成投资（亿元） | 2012年计划投资（亿元） | 1-6月完成投资（亿元）
1 | 污水处理厂 | 5万吨/日 | 1.2 | 0.7 | 0.5 | 0.2
2 | 工业大道 | 6公里 | 2 | | 1 | 0.3
""",
    )
    assert works("item", "is_planned", "amount_cny_10k", "period") == [
        ("污水处理厂", True, 5000, "2012-01-01"),
        ("污水处理厂", False, 2000, "2012-06-01"),
        ("工业大道", True, 10000, "2012-01-01"),
        ("工业大道", False, 3000, "2012-06-01"),
    ]


def test_an_english_programme_is_read_as_well(read):
    works = read(
        "infrastructure",
        """
Infrastructure programme 2012 (RMB 10,000)
Item | Type | Planned investment | Completed investment | Funded by | Land (ha)
Main road phase III | Road | 1800 | 650 | Government | 2
Standard workshops | Buildings | 5000 | 1200 | Private | 4
Total | | 6800 | 1850 | |
""",
    )
    assert works("item", "is_planned", "amount_cny_10k", "payer", "land_mu") == [
        ("Main road phase III", True, 1800, "public", 30),
        ("Main road phase III", False, 650, "public", 30),
        ("Standard workshops", True, 5000, "private", 60),
        ("Standard workshops", False, 1200, "private", 60),
    ]


def test_an_item_without_an_amount_is_an_item(read):
    works = read(
        "infrastructure",
        """
2012年基础设施建设计划
建设内容 | 类别 | 计划投资（万元）
三期主干道 | 道路 | 1800
水厂北侧平台 | 土地平整 |
""",
    )
    assert works("item", "kind", "amount_cny_10k", "is_planned") == [
        ("三期主干道", "道路", 1800, True),
        ("水厂北侧平台", "土地平整", None, True),
    ]
    assert list(works.frame.columns) == list(columns(Infrastructure))


@pytest.mark.parametrize(("header", "payer"), [("业主单位（主体）", "public"), ("承建单位", None)])
def test_who_owns_a_work_pays_for_it_and_who_only_builds_it_does_not(read, header, payer):
    works = read(
        "infrastructure",
        f"""
2017年园区基础设施建设计划（万元）
工程名称 | 2017年计划投资 | {header}
临港大道 | 900 | 城投公司
雨水管网 | 350 | 城投公司
""",
    )
    assert works("item", "amount_cny_10k", "payer") == [("临港大道", 900, payer), ("雨水管网", 350, payer)]
