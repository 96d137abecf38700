"""What is not a list of projects: targets, visits, recruiters, infrastructure, bulletins, scores."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="targets_by_township",
        about="Targets of the year and how far they are reached; the townships are not projects.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2011年各乡镇利用县外资金目标任务完成情况表
（截至9月底） | | | 单位：万元
乡镇 | 年度目标任务 | 1-9月完成数 | 完成率
云溪镇 | 35000 | 28000 | 80%
南桥乡 | 12000 | 9000 | 75%
北山镇 | 20000 | 21000 | 105%
合计 | 67000 | 58000 | 86.57%
""",
                merged="A1:D1",
            )
        ],
        targets="""
year | assignee | amount_cny_10k
2011 | 云溪镇 | 35000
2011 | 南桥乡 | 12000
2011 | 北山镇 | 20000
""",
    ),
    Case(
        name="targets_in_mixed_units",
        about="Targets in 亿元, performance in 万元, in one row, each with its unit in the header.",
        sheets=[
            Sheet(
                "浙商回归",
                """
2014年浙商回归项目到位资金完成情况表
序号 | 责任单位 | 目标任务（亿元） | 完成（万元） | 占年计划%
1 | 柳河乡 | 7 | 82086 | 117.27
2 | 松岭经济开发区 | 15 | 120000 | 80
""",
                merged="A1:E1",
            )
        ],
        targets="""
year | assignee | amount_cny_10k
2014 | 柳河乡 | 70000
2014 | 松岭经济开发区 | 150000
""",
    ),
    Case(
        name="visits_received_and_made",
        about="来访 and 外出 in one table, with dates, hosts and the number of people.",
        sheets=[
            Sheet(
                "接待",
                """
2011年客商来访及外出招商活动登记表
序号 | 日期 | 类型 | 客商（单位） | 客商来源 | 人数 | 接待（带队）人 | 洽谈内容
1 | 2011-03-08 | 来访 | 南京亚飞配件 | 江苏南京 | 4 | 钱伟 | 考察标准厂房
2 | 2011-04-15 | 来访 | 上海联合会 | 上海 | 12 | 周建 |
3 | 2011-05-20 | 外出 | 萧山羽绒商会 | 浙江萧山 | 6 | 周建 | 了解搬迁意向
""",
                merged="A1:H1",
            )
        ],
        visits="""
visited_on | visitor | origin | n_visitors | host
2011-03-08 | 南京亚飞配件 | 江苏南京 | 4 | 钱伟
2011-04-15 | 上海联合会 | 上海 | 12 | 周建
2011-05-20 | 萧山羽绒商会 | 浙江萧山 | 6 | 周建
""",
    ),
    Case(
        name="recruiters_by_station",
        about="Who is stationed where, with numbers of people.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2011年专职招商人员驻点安排表
驻点城市 | 招商员 | 人数 | 驻点时间
杭州 | 陆一、陆二 | 2 | 2011年3月起
上海 | 陆三、陆四、陆五 | 3 | 2011年3月起
无锡 | 陆六 | 1 | 2011年5月起
合计 | | 6 |
""",
                merged="A1:D1",
            )
        ],
        recruiters="""
station | n
杭州 | 2
上海 | 3
无锡 | 1
""",
    ),
    Case(
        name="infrastructure_plan",
        about="Infrastructure of the park: planned amounts and who pays; not investment attracted.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2012年工业园区基础设施建设计划 | | | 单位：万元
建设内容 | 类别 | 计划投资 | 投资主体
三期主干道2.1公里 | 道路 | 1800 | 镇政府
场地平整300亩 | 土地平整 | 2400 | 镇政府
35千伏变电所 | 电力 | 900 | 社会资本
合计 | | 5100 |
""",
            )
        ],
        infrastructure="""
item | amount_cny_10k
三期主干道2.1公里 | 1800
场地平整300亩 | 2400
35千伏变电所 | 900
""",
    ),
    Case(
        name="bulletin_of_indicators",
        about="Layout G: indicators by month and growth, # for “of which”; no project at all.",
        file="bulletin_of_indicators.xls",
        sheets=[
            Sheet(
                "外经",
                """
九、利用外资 | | | |
指标名称 | 9月 | 比去年同月增长(%) | 1-9月 | 比去年同期增长(%)
合同外资金额（亿美元） | 12.36 | 8.1 | 104.22 | 15.3
␣␣#中外合资 | 2.10 | -3.4 | 18.55 | 4.0
␣␣␣中外合作 | 0.02 | | -2.34 |
␣␣␣外商独资 | 10.24 | 12.2 | 88.01 | 19.8
实际到位金额（亿美元） | 9.80 | 6.2 | 82.17 | 10.9
""",
                merged="A1:E1",
            )
        ],
        allowed=("no_table", "negative_amount"),
    ),
    Case(
        name="score_table_of_recruiters",
        about="Layout B: value and score side by side under two-row headers; people, not projects.",
        sheets=[
            Sheet(
                "比拼",
                """
驻点招商员月度绩效比拼表
招商组名称：上海组   5月
序号 | 招商员 | 驻点天数 | | 走访企业 | | 签约项目数 | | 总分
 | | 天 | 得分 | 家 | 得分 | 个 | 得分 |
1 | 陆一 | 22 | 11 | 18 | 10 | 1 | 15 | 36
2 | 陆二 | 20 | 10 | 9 | 5 | 0 | 0 | 15
备注：驻点天数以20天为基数计10分。
""",
                merged="A1:I1 A2:I2 A3:A4 B3:B4 C3:D3 E3:F3 G3:H3 I3:I4 A7:I7",
            )
        ],
        allowed=("no_table",),
    ),
    Case(
        name="milestone_plan",
        about="倒排时间: plan and fact of start, completion and production under merged headers, with owners.",
        sheets=[
            Sheet(
                "倒排",
                """
2011年重点项目倒排时间表
项目名称 | 开工 | | 竣工 | | 投产 | | 责任人
 | 计划时间 | 实际时间 | 计划时间 | 实际时间 | 计划时间 | 实际时间 |
涂装线 | 2011-03 | 2011-03-25 | 2011-10 | | 2011-12 | | 周建
抛丸机 | 2011-02 | 2011-02-18 | 2011-08 | 2011-08-30 | 2011-09 | 2011-09-28 | 钱伟
""",
                merged="A1:H1 A2:A3 B2:C2 D2:E2 F2:G2 H2:H3",
            )
        ],
        projects="""
name
涂装线
抛丸机
""",
        milestones="""
name | milestone | planned_on | actual_on
涂装线 | started | 2011-03-01 | 2011-03-25
涂装线 | completed | 2011-10-01 | None
涂装线 | production | 2011-12-01 | None
抛丸机 | started | 2011-02-01 | 2011-02-18
抛丸机 | completed | 2011-08-01 | 2011-08-30
抛丸机 | production | 2011-09-01 | 2011-09-28
""",
    ),
    Case(
        name="completed_projects_of_a_city",
        about="Layout D: signed against completed investment, with the parts and a ratio that is no amount.",
        sheets=[
            Sheet(
                "Sheet1",
                """
竣工项目及投资情况统计表
市区 | 园区 | 年份 | 项目名称 | 签约投资额（万元） | 完成投资额（万元） | 其中：固定资产投资（万元） | 设备投资（万元） | 投资完成比重
青禾 | 医药城 | 2013 | 中药饮片 | 12000 | 9000 | 7000 | 3000 | 75.00%
青禾 | 开发区 | 2013 | 船用阀 | 5000 | 5000 | 4100 | 2500 | 100.00%
""",
                merged="A1:I1",
            )
        ],
        projects="""
name | signed_10k | signed_currency
中药饮片 | 12000 | CNY
船用阀 | 5000 | CNY
""",
        funding="""
name | kind | amount_10k
中药饮片 | completed | 9000
船用阀 | completed | 5000
""",
        # “其中” says: fixed assets of what is completed, not of the plan; both readings are seen.
        funding_allowed="""
name | kind | amount_10k
中药饮片 | fixed_asset | 7000
船用阀 | fixed_asset | 4100
""",
    ),
]
