"""Workbooks of several sheets: townships, teams, summaries, hidden copies."""

from workbooks.case import Case, Sheet

HEADER_A = (
    "序号 | 项目名称 | 投资方 | 固定资产投资 | 投资方简介 | 项目内容 | 需用土地 | 企业联系人 | 联系方式 | 片区 | "
    "进度、备注 | 产业类型 | 研判结果"
)
MERGED_A = "A1:M1 A2:M2 A3:M3"

CASES = [
    Case(
        name="townships_and_a_summary_that_repeats_them",
        about="A sheet a township and 汇总, which repeats all rows: nothing is counted twice.",
        sheets=[
            Sheet(
                "汇总",
                """
全县招商引资项目汇总表（2015年10月） | | | | 单位：万元
乡镇 | 项目名称 | 投资方 | 总投资 | 本年累计到位资金
南桥乡 | 竹纤维毛巾 | 高阳毛巾 | 2600 | 1100
南桥乡 | 山核桃深加工 | 临安坚果 | 900 | 500
北山镇 | 液压油缸 | 常州液缸 | 7400 | 3000
柳河乡 | 光伏提水灌溉 | 合肥阳科 | 1300 | 300
合计 | | | 12200 | 4900
""",
            ),
            Sheet(
                "南桥乡",
                """
南桥乡招商引资项目表（2015年10月） | | | 单位：万元
项目名称 | 投资方 | 总投资 | 本年累计到位资金
竹纤维毛巾 | 高阳毛巾 | 2600 | 1100
山核桃深加工 | 临安坚果 | 900 | 500
""",
            ),
            Sheet(
                "北山镇",
                """
北山镇招商引资项目表（2015年10月） | | | 单位：万元
项目名称 | 投资方 | 总投资 | 本年累计到位资金
液压油缸 | 常州液缸 | 7400 | 3000
""",
            ),
            Sheet(
                "柳河乡",
                """
柳河乡招商引资项目表（2015年10月） | | | 单位：万元
项目名称 | 投资方 | 总投资 | 本年累计到位资金
光伏提水灌溉 | 合肥阳科 | 1300 | 300
""",
            ),
        ],
        projects="""
name | investor | total_investment_10k
竹纤维毛巾 | 高阳毛巾 | 2600
山核桃深加工 | 临安坚果 | 900
液压油缸 | 常州液缸 | 7400
光伏提水灌溉 | 合肥阳科 | 1300
""",
        funding="""
name | period | kind | stated_as | amount_10k
竹纤维毛巾 | 2015-10-01 | arrived | ytd | 1100
山核桃深加工 | 2015-10-01 | arrived | ytd | 500
液压油缸 | 2015-10-01 | arrived | ytd | 3000
光伏提水灌溉 | 2015-10-01 | arrived | ytd | 300
""",
        problems=[("repeated_sheet", None)],
        allowed=("ambiguous_sector",),
    ),
    Case(
        name="townships_and_a_summary_of_sums",
        about="汇总 holds one row of sums a township: the townships are not projects.",
        sheets=[
            Sheet(
                "汇总",
                """
2016年1-4月到位资金汇总表 | | | 单位：万元
乡镇 | 项目数 | 总投资 | 累计到位
南桥乡 | 2 | 3500 | 1600
北山镇 | 1 | 7400 | 3000
合计 | 3 | 10900 | 4600
""",
            ),
            Sheet(
                "南桥",
                """
南桥乡2016年1-4月到位资金明细 | | | 单位：万元
序号 | 项目名称 | 总投资 | 累计到位
1 | 笋制品加工 | 1200 | 600
2 | 纸箱包装 | 2300 | 1000
""",
            ),
            Sheet(
                "北山",
                """
北山镇2016年1-4月到位资金明细 | | | 单位：万元
序号 | 项目名称 | 总投资 | 累计到位
1 | 数控刀片 | 7400 | 3000
""",
            ),
        ],
        projects="""
name | total_investment_10k
笋制品加工 | 1200
纸箱包装 | 2300
数控刀片 | 7400
""",
        funding="""
name | period | kind | stated_as | amount_10k
笋制品加工 | 2016-04-01 | arrived | ytd | 600
纸箱包装 | 2016-04-01 | arrived | ytd | 1000
数控刀片 | 2016-04-01 | arrived | ytd | 3000
""",
        allowed=("no_table",),
    ),
    Case(
        name="hidden_copy",
        about="A hidden copy of the same sheet, left from filling it in: read once, told of.",
        sheets=[
            Sheet(
                "项目表",
                """
2018年招商项目（单位：万元）
项目名称 | 投资方 | 总投资 | 签约日期
水性涂料 | 中山漆业 | 5200 | 2018/3/9
针刺毡 | 抚顺滤材 | 1900 | 2018/4/27
""",
            ),
            Sheet(
                "项目表 (2)",
                """
2018年招商项目（单位：万元）
项目名称 | 投资方 | 总投资 | 签约日期
水性涂料 | 中山漆业 | 5200 | 2018/3/9
针刺毡 | 抚顺滤材 | 1900 | 2018/4/27
""",
                hidden=True,
            ),
        ],
        projects="""
name | investor | total_investment_10k | signed_on
水性涂料 | 中山漆业 | 5200 | 2018-03-09
针刺毡 | 抚顺滤材 | 1900 | 2018-04-27
""",
        problems=[("hidden_sheet", None)],
    ),
    Case(
        name="sheet_per_team",
        about="Layout A: a sheet a team, title, a summary sentence, who fills it in; all cells are text.",
        file="sheet_per_team.xls",
        sheets=[
            Sheet(
                "上海片组",
                f"""
2013德清县驻点招商项目信息采集表
共上报在谈项目2个（新增1个），（其中产业项目2个，人才项目0个）
所属片组：上海片组    填报人：张    联系电话：000-0000    填报时间：2013年5月
{HEADER_A}
'1 | 医用导管 | 上海康导医疗 | '8000万元 | 国家高新技术企业 | 年产导管500万套 | '30亩 | 陈 | '000 | 上海片组 | 正在洽谈 | 生物医药 | 可跟进
'2 | 汽车滤清器 | 上海弗列滤清 | '1.2亿元 | 外资企业 | 滤清器生产线 | '50亩 | 林 | '000 | 上海片组 | 已签约 | 汽车零部件 | 优质
备注：1.项目内容要写明产品和规模。
2.固定资产投资包括土地、厂房和设备。
""",
                merged=MERGED_A,
            ),
            Sheet(
                "深圳片组",
                f"""
2013德清县驻点招商项目信息采集表
共上报在谈项目1个（新增1个），（其中产业项目1个，人才项目0个）
所属片组：深圳片组    填报人：吴    联系电话：000-0000    填报时间：2013年5月
{HEADER_A}
'1 | 锂电池结构件 | 深圳科达壳体 | '5000万元 | 上市公司子公司 | 方形铝壳 | '20亩 | 黄 | '000 | 深圳片组 | 初步接触 | 新能源 | 可跟进
备注：1.项目内容要写明产品和规模。
2.固定资产投资包括土地、厂房和设备。
""",
                merged=MERGED_A,
            ),
        ],
        projects="""
name | investor | fixed_asset_10k | land_mu | content | sector | stage
医用导管 | 上海康导医疗 | 8000 | 30 | 年产导管500万套 | other | negotiating
汽车滤清器 | 上海弗列滤清 | 12000 | 50 | 滤清器生产线 | other | signed
锂电池结构件 | 深圳科达壳体 | 5000 | 20 | 方形铝壳 | new_energy |
""",
    ),
    Case(
        name="cover_and_notes_beside_the_table",
        about="A cover sheet and filling-in instructions: no tables, and no reason to worry the reader.",
        sheets=[
            Sheet(
                "封面",
                """


青禾县招商引资统计报表
二〇一三年十一月
青禾县招商局 编
""",
            ),
            Sheet(
                "填表说明",
                """
填表说明
一、本表按月填报，每月5日前报送。
二、总投资按协议填写，单位为万元。
三、到位资金指当年累计实际到位数。
""",
            ),
            Sheet(
                "报表",
                """
项目名称 | 投资方 | 总投资（万元） | 2013年1-11月到位资金（万元）
高压电瓷 | 醴陵电瓷 | 3300 | 1250
桑蚕茧缫丝 | 南充丝业 | 1700 | 1000
""",
            ),
        ],
        projects="""
name | investor | total_investment_10k
高压电瓷 | 醴陵电瓷 | 3300
桑蚕茧缫丝 | 南充丝业 | 1700
""",
        funding="""
name | period | kind | stated_as | amount_10k
高压电瓷 | 2013-11-01 | arrived | ytd | 1250
桑蚕茧缫丝 | 2013-11-01 | arrived | ytd | 1000
""",
        allowed=("no_table",),
    ),
]
