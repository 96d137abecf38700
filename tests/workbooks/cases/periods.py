"""Amounts by month: groups, twelve columns, quarters, openings, sheets a month."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="month_ytd_and_all_years",
        about="本月、本年累计、历年累计 side by side, the unit above the last column.",
        sheets=[
            Sheet(
                "2011.9",
                """
松岭镇招商引资到位资金统计表
统计时间：2011年9月 | | | | | 单位：万元
项目名称 | 投资方 | 协议资金 | 本月到位 | 本年累计到位 | 历年累计到位
示例光伏组件 | 常熟阿特新能源 | 3600 | 300 | 1800 | 1800
玻璃钢冷却塔 | 枣强环塔 | 1500 | 100 | 700 | 1200
经编毛毯 | 绍兴暖阳 | 2400 | | 960 | 2400
合  计 | | 7500 | 400 | 3460 | 5400
""",
                merged="A1:F1 A2:C2",
            )
        ],
        projects="""
name | investor | signed_10k | signed_currency
示例光伏组件 | 常熟阿特新能源 | 3600 | CNY
玻璃钢冷却塔 | 枣强环塔 | 1500 | CNY
经编毛毯 | 绍兴暖阳 | 2400 | CNY
""",
        funding="""
name | period | kind | stated_as | amount_10k | currency
示例光伏组件 | 2011-09-01 | arrived | month | 300 | CNY
示例光伏组件 | 2011-09-01 | arrived | ytd | 1800 | CNY
示例光伏组件 | 2011-09-01 | arrived | total | 1800 | CNY
玻璃钢冷却塔 | 2011-09-01 | arrived | month | 100 | CNY
玻璃钢冷却塔 | 2011-09-01 | arrived | ytd | 700 | CNY
玻璃钢冷却塔 | 2011-09-01 | arrived | total | 1200 | CNY
经编毛毯 | 2011-09-01 | arrived | ytd | 960 | CNY
经编毛毯 | 2011-09-01 | arrived | total | 2400 | CNY
""",
        totals=[("C7", True), ("D7", True), ("E7", True), ("F7", True)],
        roles={
            1: "title",
            "A2": "title",
            "F2": "unit",
            3: "header",
            4: "data",
            5: "data",
            6: "data",
            7: "total",
        },
        fields={
            "A": "name",
            "B": "investor",
            "C": "signed",
            "D": "arrived.month",
            "E": "arrived.ytd",
            "F": "arrived.total",
        },
    ),
    Case(
        name="twelve_month_columns",
        about="A column a month under 各月到位资金, and the sum of the row at the end.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2010年各项目分月到位资金情况（万元）
序号 | 项目名称 | 各月到位资金 | | | | | | | | | | | | 全年合计
 | | 1月 | 2月 | 3月 | 4月 | 5月 | 6月 | 7月 | 8月 | 9月 | 10月 | 11月 | 12月 |
1 | 节能灯管 | 100 | | 50 | | 80 | | | 120 | | | | 150 | 500
2 | 棉纺扩建 | | | 200 | 200 | | 300 | | | | 100 | | | 800
合计 | | 100 | | 250 | 200 | 80 | 300 | | 120 | | 100 | | 150 | 1300
""",
                merged="A1:O1 A2:A3 B2:B3 C2:N2 O2:O3",
            )
        ],
        projects="""
name
节能灯管
棉纺扩建
""",
        funding="""
name | period | kind | stated_as | amount_10k
节能灯管 | 2010-01-01 | arrived | month | 100
节能灯管 | 2010-03-01 | arrived | month | 50
节能灯管 | 2010-05-01 | arrived | month | 80
节能灯管 | 2010-08-01 | arrived | month | 120
节能灯管 | 2010-12-01 | arrived | month | 150
棉纺扩建 | 2010-03-01 | arrived | month | 200
棉纺扩建 | 2010-04-01 | arrived | month | 200
棉纺扩建 | 2010-06-01 | arrived | month | 300
棉纺扩建 | 2010-10-01 | arrived | month | 100
""",
        # 全年合计 says nothing new: a reader may keep it as the year's cumulative or use it as a check only.
        funding_allowed="""
name | period | kind | stated_as | amount_10k
节能灯管 | 2010-12-01 | arrived | ytd | 500
棉纺扩建 | 2010-12-01 | arrived | ytd | 800
""",
        totals=[("C6", True), ("E6", True), ("O6", True)],
    ),
    Case(
        name="quarter_columns",
        about="到位 by quarter; which month stands for a quarter is the reader's choice, the sums are not.",
        sheets=[
            Sheet(
                "季报",
                """
2012年签约项目分季度到位资金表 | | | | | 单位：万元
项目名称 | 客商 | 一季度到位 | 二季度到位 | 三季度到位 | 四季度到位
复合地板 | 常州林海 | 400 | 600 | | 200
锂电铜箔 | 灵宝铜业 | 1000 | 1500 | 2500 | 3000
""",
            )
        ],
        projects="""
name | investor
复合地板 | 常州林海
锂电铜箔 | 灵宝铜业
""",
        funding="""
name | kind | amount_10k
复合地板 | arrived | 400
复合地板 | arrived | 600
复合地板 | arrived | 200
锂电铜箔 | arrived | 1000
锂电铜箔 | arrived | 1500
锂电铜箔 | arrived | 2500
锂电铜箔 | arrived | 3000
""",
    ),
    Case(
        name="half_years_cumulative",
        about="1-6月 and 1-12月, both cumulative, of fixed-asset investment completed.",
        sheets=[
            Sheet(
                "2017",
                """
2017年重点项目固定资产投资完成情况
项目名称 | 项目单位 | 计划总投资（万元） | 固定资产投资完成额（万元） |
 | | | 1-6月 | 1-12月
不锈钢管件 | 松岭管业 | 20000 | 4800 | 9900
高支纱色织 | 鲁云色织 | 15000 | 3000 | 8200
""",
                merged="A1:E1 A2:A3 B2:B3 C2:C3 D2:E2",
            )
        ],
        projects="""
name | company | total_investment_10k
不锈钢管件 | 松岭管业 | 20000
高支纱色织 | 鲁云色织 | 15000
""",
        funding="""
name | period | stated_as | amount_10k
不锈钢管件 | 2017-06-01 | ytd | 4800
不锈钢管件 | 2017-12-01 | ytd | 9900
高支纱色织 | 2017-06-01 | ytd | 3000
高支纱色织 | 2017-12-01 | ytd | 8200
""",
    ),
    Case(
        name="opening_plan_and_completed",
        about="Layout E: completed to the end of last year, plan of this year, completed of this year.",
        sheets=[
            Sheet(
                "重点项目月报",
                """
青禾县重点建设项目月报表（2014年6月）
填报单位（盖章）：青禾县招商局 | | | | | | | 单位：万元
序号 | 项目名称 | 建设内容及规模 | 建设起止年限 | 总投资 | 到上年底累计完成投资 | 本年度投资计划 | 1-6月完成投资 | 形象进度
1 | 年产6万吨高档纸 | 两条造纸线 | 2012-2014 | 45000 | 30000 | 15000 | 8100 | 二号线设备安装
2 | 青禾污水处理厂提标 | 日处理4万吨 | 2013-2015 | 12000 | 2000 | 6000 | 3500 | 土建
3 | 新能源汽车电机 | 年产20万台电机 | 2014-2016 | 38000 | | 10000 | 2600 | 桩基施工
""",
                merged="A1:I1",
            )
        ],
        projects="""
name | total_investment_10k | content | stage
年产6万吨高档纸 | 45000 | 两条造纸线 | started
青禾污水处理厂提标 | 12000 | 日处理4万吨 | started
新能源汽车电机 | 38000 | 年产20万台电机 | started
""",
        funding="""
name | period | kind | stated_as | amount_10k
年产6万吨高档纸 | 2013-12-01 | completed | total | 30000
年产6万吨高档纸 | 2014-06-01 | completed | ytd | 8100
青禾污水处理厂提标 | 2013-12-01 | completed | total | 2000
青禾污水处理厂提标 | 2014-06-01 | completed | ytd | 3500
新能源汽车电机 | 2014-06-01 | completed | ytd | 2600
""",
    ),
    Case(
        name="sheet_per_month_cumulative_falls",
        about="Sheets 1月, 2月, 3月, cumulative of the year; one project is corrected downwards in March.",
        file="2011年到位资金月报.xlsx",
        sheets=[
            Sheet(
                month,
                f"""
到位资金月报（2011年{month}） | | | 单位：万元
项目名称 | 投资方 | 协议资金 | 本年累计到位资金
齿轮箱加工 | 杭齿配件 | 4000 | {gears}
丝绸面料 | 湖州绫绢 | 2500 | {silk}
""",
            )
            for month, gears, silk in (("1月", 500, 200), ("2月", 800, 450), ("3月", 700, 600))
        ],
        projects="""
name | investor | signed_10k
齿轮箱加工 | 杭齿配件 | 4000
丝绸面料 | 湖州绫绢 | 2500
""",
        funding="""
name | period | kind | stated_as | amount_10k
齿轮箱加工 | 2011-01-01 | arrived | ytd | 500
齿轮箱加工 | 2011-02-01 | arrived | ytd | 800
齿轮箱加工 | 2011-03-01 | arrived | ytd | 700
丝绸面料 | 2011-01-01 | arrived | ytd | 200
丝绸面料 | 2011-02-01 | arrived | ytd | 450
丝绸面料 | 2011-03-01 | arrived | ytd | 600
""",
        problems=[("cumulative_decrease", None)],
        allowed=("negative_amount",),
    ),
    Case(
        name="month_in_the_sheet_name_only",
        about="The year stands in the title, the month only in the name of the sheet; stages move on.",
        file="month_in_the_sheet_name_only.xls",
        sheets=[
            Sheet(
                "4月",
                """
2013年招商引资进度
项目 | 投资方 | 总投资(亿元) | 当月到位(万元) | 进度
铝合金门窗 | 佛山凤铝材 | 0.5 | 300 | 签约
""",
            ),
            Sheet(
                "5月",
                """
2013年招商引资进度
项目 | 投资方 | 总投资(亿元) | 当月到位(万元) | 进度
铝合金门窗 | 佛山凤铝材 | 0.5 | 400 | 开工
碎布再生棉 | 苍南再生 | 0.2 | 150 | 签约
""",
            ),
        ],
        projects="""
name | total_investment_10k | stage
铝合金门窗 | 5000 | started
碎布再生棉 | 2000 | signed
""",
        funding="""
name | period | kind | stated_as | amount_10k
铝合金门窗 | 2013-04-01 | arrived | month | 300
铝合金门窗 | 2013-05-01 | arrived | month | 400
碎布再生棉 | 2013-05-01 | arrived | month | 150
""",
    ),
    Case(
        name="month_in_the_file_name_only",
        about="Nothing in the sheet speaks of a time, only the name of the file.",
        file="云溪镇2012年4月招商月报.xlsx",
        sheets=[
            Sheet(
                "Sheet1",
                """
项目名称 | 投资方 | 总投资（万元） | 本年累计到位资金（万元）
塑料薄膜 | 余姚塑业 | 1800 | 650
消防水带 | 泰州消防 | 900 | 900
""",
            )
        ],
        projects="""
name | total_investment_10k
塑料薄膜 | 1800
消防水带 | 900
""",
        funding="""
name | period | stated_as | amount_10k
塑料薄膜 | 2012-04-01 | ytd | 650
消防水带 | 2012-04-01 | ytd | 900
""",
    ),
]
