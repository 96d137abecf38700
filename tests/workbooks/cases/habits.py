"""Other habits of offices: repeated headers, a row a month, last year beside this one, foreign money."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="header_repeated_on_every_page",
        about="The header stands again after some rows, under “续表”, because the sheet is printed.",
        file="header_repeated_on_every_page.xls",
        sheets=[
            Sheet(
                "打印",
                """
2014年续建项目情况表
 | | | 单位：万元
序号 | 项目名称 | 投资单位 | 总投资
1 | 防爆灯 | 乐清灯具厂 | 2100
2 | 石材异型加工 | 南安石材 | 800
（续表）
序号 | 项目名称 | 投资单位 | 总投资
3 | 干混砂浆 | 三和建材 | 3300
4 | 保鲜膜 | 临海塑品 | 1200
共计 | | | 7400
""",
                merged="A1:D1 A6:D6",
            )
        ],
        projects="""
name | investor | total_investment_10k
防爆灯 | 乐清灯具厂 | 2100
石材异型加工 | 南安石材 | 800
干混砂浆 | 三和建材 | 3300
保鲜膜 | 临海塑品 | 1200
""",
        totals=[("D10", True)],
    ),
    Case(
        name="a_row_a_month",
        about="A running ledger: year and month are columns, a project comes again each month.",
        sheets=[
            Sheet(
                "流水",
                """
年份 | 月份 | 项目名称 | 投资方 | 当月到位资金（万元）
2013 | 1 | 蓄热砖 | 辽阳蓄热 | 100
2013 | 2 | 蓄热砖 | 辽阳蓄热 | 250
2013 | 2 | 手工地毯 | 和田地毯 | 60
2014 | 1 | 蓄热砖 | 辽阳蓄热 | 90
""",
            )
        ],
        projects="""
name | investor
蓄热砖 | 辽阳蓄热
手工地毯 | 和田地毯
""",
        funding="""
name | period | kind | stated_as | amount_10k
蓄热砖 | 2013-01-01 | arrived | month | 100
蓄热砖 | 2013-02-01 | arrived | month | 250
手工地毯 | 2013-02-01 | arrived | month | 60
蓄热砖 | 2014-01-01 | arrived | month | 90
""",
    ),
    Case(
        name="last_year_beside_this_year",
        about="本年累计, 去年同期 and 同比增长: last year's money is not this year's, growth is no money.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2014年1-5月到位资金同比情况表
制表单位：青禾县招商局 | | | | 单位：万元
项目名称 | 投资方 | 1-5月到位资金 | 去年同期 | 同比增长（%）
洁净板 | 吴江净化板 | 1200 | 800 | 50
塑料管材 | 临海管业 | 450 | 900 | -50
合计 | | 1650 | 1700 | -2.9
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | investor
洁净板 | 吴江净化板
塑料管材 | 临海管业
""",
        funding="""
name | period | kind | stated_as | amount_10k
洁净板 | 2014-05-01 | arrived | ytd | 1200
塑料管材 | 2014-05-01 | arrived | ytd | 450
""",
        funding_allowed="""
name | period | kind | stated_as | amount_10k
洁净板 | 2013-05-01 | arrived | ytd | 800
塑料管材 | 2013-05-01 | arrived | ytd | 900
""",
        totals=[("C6", True)],
    ),
    Case(
        name="foreign_money_in_the_cells",
        about="Currencies stand in the cells: Hong Kong dollars, euros, yen, and plain yuan.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2012年外资项目洽谈表
项目名称 | 外商 | 国别（地区） | 投资总额 | 洽谈进度
腕表零件 | 港丰钟表 | 香港 | 2000万港元 | 在谈
啤酒设备 | 克朗斯代理 | 德国 | 300万欧元 | 签约
光学胶片 | 富士代理 | 日本 | 5亿日元 | 在谈
红酒窖藏 | 侨商个人 | 澳门 | 1200万元 | 签约
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | origin_level | total_investment_10k | currency | stage
腕表零件 | overseas | 2000 | HKD | negotiating
啤酒设备 | overseas | 300 | EUR | signed
光学胶片 | overseas | 50000 | JPY | negotiating
红酒窖藏 | overseas | 1200 | CNY | signed
""",
    ),
    Case(
        name="millions_and_a_total_in_words",
        about="单位：百万元, and a total row that counts: 合计（3个项目）.",
        sheets=[
            Sheet(
                "Sheet1",
                """
产业园入驻项目（2019年）
计量单位：百万元
序号 | 项目名称 | 入驻企业 | 计划总投资 | 其中：设备投资
1 | 点胶机器人 | 园一科技有限公司 | 25 | 18
2 | 食品检测实验室 | 园二检测有限公司 | 8.4 | 6
3 | 服装打版中心 | 园三服饰有限公司 | 3.6 | 1.5
合计（3个项目） | | | 37 | 25.5
""",
                merged="A1:E1 A2:E2 A7:C7",
            )
        ],
        projects="""
name | total_investment_10k | currency | equipment_10k
点胶机器人 | 2500 | CNY | 1800
食品检测实验室 | 840 | CNY | 600
服装打版中心 | 360 | CNY | 150
""",
        totals=[("D7", True), ("E7", True)],
    ),
    Case(
        name="all_cells_are_text",
        about="A system's export: every number and date is text, with blanks around and a hard space.",
        file="all_cells_are_text.xls",
        sheets=[
            Sheet(
                "sheet1",
                """
项目编号 | 项目名称 | 投资方 | 计划总投资（万元） | 占地面积（亩） | 签约日期 | 当前项目进度
'00017 | 云母带 | 平江云母 | '3,150.00 | '18.0 | '2016-11-08 00:00:00 | 已开工
'00018 | ␣丙纶地毯␣ | 滨州化纤毯 | ' 12,000 | '66.5 亩 | '2016-12-01 00:00:00 | 已签约
'00021 | 养生度假村 | 青山文旅 | '180,000.00 | '- | '2017-01-16 00:00:00 | 在谈
""",
            )
        ],
        projects="""
name | project_code | total_investment_10k | currency | land_mu | signed_on | stage
云母带 | 00017 | 3150 | CNY | 18 | 2016-11-08 | started
丙纶地毯 | 00018 | 12000 | CNY | 66.5 | 2016-12-01 | signed
养生度假村 | 00021 | 180000 | CNY | None | 2017-01-16 |
""",
    ),
]
