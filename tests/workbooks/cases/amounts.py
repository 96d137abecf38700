"""How amounts are typed: units, currencies, rough figures, ranges, nothing at all."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="every_habit_of_amounts",
        about="One column, 总投资（万元）, filled in by twenty hands.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2011年度项目投资额核对表
序号 | 项目名称 | 总投资（万元）
1 | 甲一轴承 | 3600
2 | 甲二弹簧 | 3,600
3 | 甲三钢丝 | ３６００
4 | 甲四阀门 | 3600万
5 | 甲五水泵 | 3600万元
6 | 甲六电机 | 0.36亿元
7 | 甲七电缆 | 3.5亿
8 | 甲八灯具 | 500万美元
9 | 甲九电表 | USD500万
10 | 乙一油漆 | 约3000
11 | 乙二胶水 | 5000以上
12 | 乙三染料 | 3000-5000
13 | 乙四助剂 | 1.2亿（一期）
14 | 乙五香精 | —
15 | 乙六颜料 | /
16 | 乙七油墨 | 无
17 | 乙八塑粉 | 暂无
18 | 乙九纸管 | '2 400
19 | 丙一纸板 | 人民币2400万元
20 | 丙二木盒 | '2400.00
21 | 丙三竹席 | 待定
22 | 丙四藤椅 | 20000000元
""",
                merged="A1:C1",
            )
        ],
        projects="""
name | total_investment_10k | currency
甲一轴承 | 3600 | CNY
甲二弹簧 | 3600 | CNY
甲三钢丝 | 3600 | CNY
甲四阀门 | 3600 | CNY
甲五水泵 | 3600 | CNY
甲六电机 | 3600 | CNY
甲七电缆 | 35000 | CNY
甲八灯具 | 500 | USD
甲九电表 | 500 | USD
乙一油漆 | 3000 | CNY
乙二胶水 | 5000 | CNY
乙三染料 | None |
乙四助剂 | 12000 | CNY
乙五香精 | None |
乙六颜料 | None |
乙七油墨 | None |
乙八塑粉 | None |
乙九纸管 | 2400 | CNY
丙一纸板 | 2400 | CNY
丙二木盒 | 2400 | CNY
丙三竹席 | None |
丙四藤椅 | 2000 | CNY
""",
        problems=[("approximate_amount", "C12"), ("approximate_amount", "C13"), ("range_amount", "C14")],
    ),
    Case(
        name="no_unit_anywhere",
        about="Numbers without any unit: 360 may be anything, so the value is missing and the reader is told.",
        sheets=[
            Sheet(
                "Sheet1",
                """
项目名称 | 投资方 | 总投资
鱼饲料 | 通威饲料厂 | 360
豆制品 | 祖名豆坊 | 1250
""",
            )
        ],
        projects="""
name | investor | total_investment_10k
鱼饲料 | 通威饲料厂 | None
豆制品 | 祖名豆坊 | None
""",
        problems=[("unknown_unit", None)],
    ),
    Case(
        name="unit_by_row",
        about="A column 单位 says of each row whether it is 万元, 亿元 or 万美元.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2010年引进项目
项目名称 | 投资方 | 投资总额 | 单位 | 签约日期
矿泉水 | 益力泉 | 900 | 万元 | 2010-04-12
生物柴油 | 源华能源 | 1.8 | 亿元 | 2010-06-30
喷气织机 | 丰田织机代理 | 450 | 万美元 | 2010-09-01
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | total_investment_10k | currency
矿泉水 | 900 | CNY
生物柴油 | 18000 | CNY
喷气织机 | 450 | USD
""",
    ),
    Case(
        name="unit_by_currency_column",
        about="Layout C: one column 投资金额（亿美元/亿元）; 币种 decides which of the two is meant.",
        sheets=[
            Sheet(
                "导出结果",
                """
项目名称 | 投资方 | 币种 | 投资金额（亿美元/亿元） | 实际签约时间
抗体药物 | 泰凌医药 | 人民币 | 5.5 | 2021-03-18
车规级芯片 | 新加坡联芯 | 美元 | 1.2 | 2021-06-25
预灌封注射器 | 威高普瑞 | 人民币 | 3 | 2021-09-10
""",
            )
        ],
        projects="""
name | total_investment_10k | currency
抗体药物 | 55000 | CNY
车规级芯片 | 12000 | USD
预灌封注射器 | 30000 | CNY
""",
    ),
    Case(
        name="two_columns_two_currencies",
        about="总投资 in 万元 and in 万美元 as two columns of one group; each project fills in one of them.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2008年利用外资和内资项目
序号 | 项目名称 | 投资方 | 总投资 |
 | | | 人民币（万元） | 美元（万美元）
1 | 手套箱 | 德国布劳恩 | | 600
2 | 冷轧带钢 | 甬金带钢 | 15000 |
3 | 圣诞灯饰 | 台州灯饰 | 1200 |
""",
                merged="A1:E1 A2:A3 B2:B3 C2:C3 D2:E2",
            )
        ],
        projects="""
name | total_investment_10k | currency
手套箱 | 600 | USD
冷轧带钢 | 15000 | CNY
圣诞灯饰 | 1200 | CNY
""",
    ),
    Case(
        name="thousands_of_yuan",
        about="A statistics office counts in 千元, another column is in 元.",
        sheets=[
            Sheet(
                "B201表",
                """
表号：B201 | | | 2007年
项目名称 | 建设单位 | 计划总投资（千元） | 注册资本（元）
精密铸钢 | 青禾铸钢 | 52000 | 3000000
锦纶帘子布 | 青禾化纤 | 118000 | 20000000
""",
            )
        ],
        projects="""
name | company | total_investment_10k | currency
精密铸钢 | 青禾铸钢 | 5200 | CNY
锦纶帘子布 | 青禾化纤 | 11800 | CNY
""",
    ),
    Case(
        name="ditto_marks",
        about="同上, 〃 and quotation marks for what stands above.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2013年签约项目（万元）
项目名称 | 投资方 | 来源地 | 协议资金 | 签约时间
电动叉车一期 | 杭叉配套 | 浙江杭州 | 4000 | 2013-05-06
电动叉车二期 | 同上 | 同上 | 6500 | 同上
塑料周转箱 | 力帆塑业 | 浙江台州 | 1100 | 2013-07-19
食品托盘 | 〃 | 〃 | 700 | 〃
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | investor | origin | signed_10k | signed_on
电动叉车一期 | 杭叉配套 | 浙江杭州 | 4000 | 2013-05-06
电动叉车二期 | 杭叉配套 | 浙江杭州 | 6500 | 2013-05-06
塑料周转箱 | 力帆塑业 | 浙江台州 | 1100 | 2013-07-19
食品托盘 | 力帆塑业 | 浙江台州 | 700 | 2013-07-19
""",
    ),
    Case(
        name="amount_slips",
        about="One project in 元 under a header of 万元, arrived above signed, a negative correction.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2014年9月到位资金表
项目名称 | 投资方 | 总投资（万元） | 协议资金（万元） | 本月到位（万元） | 本年累计到位（万元）
光学镜片 | 丹阳镜业 | 2800 | 2800 | 200 | 1100
铝型材 | 兴发铝业 | 56000000 | 5600 | 300 | 2000
冷库 | 海容冷链 | 1900 | 1900 | 500 | 2100
PU革 | 禾欣革业 | 7300 | 7300 | -150 | 950
乐器配件 | 雅声乐器 | 4400 | 4400 | 100 | 400
游艇配件 | 青云游艇 | 3200 | 3200 | | 600
""",
                merged="A1:F1",
            )
        ],
        projects="""
name | investor | signed_10k
光学镜片 | 丹阳镜业 | 2800
铝型材 | 兴发铝业 | 5600
冷库 | 海容冷链 | 1900
PU革 | 禾欣革业 | 7300
乐器配件 | 雅声乐器 | 4400
游艇配件 | 青云游艇 | 3200
""",
        funding="""
name | period | kind | stated_as | amount_10k
光学镜片 | 2014-09-01 | arrived | month | 200
光学镜片 | 2014-09-01 | arrived | ytd | 1100
铝型材 | 2014-09-01 | arrived | month | 300
铝型材 | 2014-09-01 | arrived | ytd | 2000
冷库 | 2014-09-01 | arrived | month | 500
冷库 | 2014-09-01 | arrived | ytd | 2100
PU革 | 2014-09-01 | arrived | month | -150
PU革 | 2014-09-01 | arrived | ytd | 950
乐器配件 | 2014-09-01 | arrived | month | 100
乐器配件 | 2014-09-01 | arrived | ytd | 400
游艇配件 | 2014-09-01 | arrived | ytd | 600
""",
        problems=[("unit_outlier", "C4"), ("arrived_exceeds_signed", None), ("negative_amount", "E6")],
        allowed=("arrived_exceeds_total",),
    ),
    Case(
        name="land_in_other_units",
        about="Land in 公顷 and in ㎡, an area with its unit in the cell.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2017年用地项目
项目名称 | 投资单位 | 总投资（万元） | 用地面积（公顷） | 建筑面积（㎡）
数据中心 | 云栖数据 | 30000 | 4 | 36000
物流园 | 安能物流 | 21000 | 10.2 | '52000平方米
展示中心 | 园区公司 | 800 | | 1500
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | total_investment_10k | land_mu | plant_area_m2
数据中心 | 30000 | 60 | 36000
物流园 | 21000 | 153 | 52000
展示中心 | 800 | None | 1500
""",
    ),
]
