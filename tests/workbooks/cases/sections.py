"""Section rows, totals at the top, the bottom and inside, notes, merged investors."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="sections_by_industry_with_text_totals",
        about="Layout F: 一、industry, （一） part of it, projects 1, 2, 3; totals as text, one a currency.",
        file="招商项目汇总表.xls",
        sheets=[
            Sheet(
                "汇总",
                """
招商项目汇总表
（2011年9月）
序号 | 项目名称 | 投资方 | 总投资 | 进展情况
一、 | 新能源产业 | | 3600万元、500万美元 |
（一） | 光伏 | | 500万美元 |
1 | 物理法提纯太阳能级硅 | 上海青浦客商 | 500万美元 | 洽谈中
（二） | 蓄电池 | | 3600万元 |
1 | 动力电池极板 | 江苏客商 | 3600万元 | 已签协议
二、 | 现代纺织产业 | | 1.2亿元 |
（一） | 化纤 | | 1.2亿元 |
1 | 喷水织机织造 | 吴江客商 | 7000万元 | 开工
2 | 差别化长丝 | 萧山客商 | 5000万元 | 洽谈中
""",
                merged="A1:E1 A2:E2",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | sector | stage
物理法提纯太阳能级硅 | 上海青浦客商 | 500 | USD | new_energy | negotiating
动力电池极板 | 江苏客商 | 3600 | CNY | new_energy | signed
喷水织机织造 | 吴江客商 | 7000 | CNY | modern_textiles | started
差别化长丝 | 萧山客商 | 5000 | CNY | modern_textiles | negotiating
""",
    ),
    Case(
        name="sections_by_stage",
        about="Section rows carry the stage; what is under negotiation is not signed money.",
        sheets=[
            Sheet(
                "Sheet1",
                """
云溪镇2012年上半年招商引资项目汇总
 | | | | 单位:万元
序号 | 项目名称 | 投资方 | 总投资 | 协议资金 | 备注
一、签约项目（3个）
1 | 硅胶密封条 | 宁海胶业 | 2200 | 2200 |
2 | 新型干法水泥余热发电 | 中环能源 | 6800 | 6800 |
3 | 婴童服装 | 织里童装 | 1500 | 1200 |
小计 | | | 10500 | 10200 |
二、在谈项目（2个）
1 | 汽车轮毂 | 台州骏驰 | 18000 | |
2 | 有机农庄 | 上海个人 | 600 | |
小计 | | | 18600 | |
合计 | | | 29100 | 10200 |
""",
                merged="A1:F1 A4:F4 A9:F9",
            )
        ],
        projects="""
name | total_investment_10k | signed_10k | stage
硅胶密封条 | 2200 | 2200 | signed
新型干法水泥余热发电 | 6800 | 6800 | signed
婴童服装 | 1500 | 1200 | signed
汽车轮毂 | 18000 | None | negotiating
有机农庄 | 600 | None | negotiating
""",
        totals=[("D8", True), ("E8", True), ("D12", True), ("D13", True), ("E13", True)],
        roles={
            1: "title",
            2: "unit",
            3: "header",
            4: "section",
            5: "data",
            6: "data",
            7: "data",
            8: "total",
            9: "section",
            10: "data",
            11: "data",
            12: "total",
            13: "total",
        },
    ),
    Case(
        name="total_at_the_top_and_of_which",
        about="全镇合计 above the rows, then 其中 rows of the townships, then their projects.",
        sheets=[
            Sheet(
                "8月",
                """
2013年1-8月利用县外资金情况表
单位：万元
单位 | 项目名称 | 投资方 | 合同利用资金 | 实际利用资金
全县合计 | | | 21500 | 12300
其中：南桥乡 | | | 9500 | 5300
南桥乡 | 竹地板 | 安吉竹业 | 3500 | 3300
南桥乡 | 电子变压器 | 东阳磁业 | 6000 | 2000
其中：北山镇 | | | 12000 | 7000
北山镇 | 水晶工艺品 | 浦江晶艺 | 12000 | 7000
""",
                merged="A1:E1 A2:E2",
            )
        ],
        projects="""
name | investor | town | signed_10k
竹地板 | 安吉竹业 | 南桥乡 | 3500
电子变压器 | 东阳磁业 | 南桥乡 | 6000
水晶工艺品 | 浦江晶艺 | 北山镇 | 12000
""",
        funding="""
name | period | kind | stated_as | amount_10k
竹地板 | 2013-08-01 | arrived | ytd | 3300
电子变压器 | 2013-08-01 | arrived | ytd | 2000
水晶工艺品 | 2013-08-01 | arrived | ytd | 7000
""",
        totals=[("D4", True), ("E4", True)],
        roles={
            1: "title",
            2: "unit",
            3: "header",
            4: "total",
            5: "total",
            6: "data",
            7: "data",
            8: "total",
            9: "data",
        },
    ),
    Case(
        name="subtotals_inside_and_blank_rows",
        about="小计 after each township, blank rows between them, 总计 at the end, township only in the first row.",
        sheets=[
            Sheet(
                "Sheet1",
                """
招商引资到位资金明细（2014年第三季度）
乡镇（街道） | 项目名称 | 投资单位 | 投资总额（万元） | 1-9月到位（万元）
城关街道 | 电商产业园 | 义乌购联 | 8000 | 2600
 | 水处理膜组件 | 湖州净源 | 5000 | 1400
 | 小计 | | 13000 | 4000

柳河乡 | 羽绒制品 | 平湖鹅牌 | 2000 | 2000
 | 沼气发电 | 杭州绿能 | 3100 | 800
 | 小计 | | 5100 | 2800

总 计 | | | 18100 | 6800
""",
                merged="A1:E1 A3:A5 A7:A9",
            )
        ],
        projects="""
name | town | total_investment_10k
电商产业园 | 城关街道 | 8000
水处理膜组件 | 城关街道 | 5000
羽绒制品 | 柳河乡 | 2000
沼气发电 | 柳河乡 | 3100
""",
        funding="""
name | period | kind | stated_as | amount_10k
电商产业园 | 2014-09-01 | arrived | ytd | 2600
水处理膜组件 | 2014-09-01 | arrived | ytd | 1400
羽绒制品 | 2014-09-01 | arrived | ytd | 2000
沼气发电 | 2014-09-01 | arrived | ytd | 800
""",
        totals=[("D5", True), ("E5", True), ("D9", True), ("E9", True), ("D11", True), ("E11", True)],
    ),
    Case(
        name="total_that_is_wrong",
        about="The total misses the last project, a row added after the sum was made.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2015年新签约项目统计表（单位：万元）
序号 | 项目名称 | 投资方 | 协议总投资 | 到位资金
1 | 聚乳酸餐具 | 安徽丰元 | 6000 | 1500
2 | 水电站增容 | 大唐电力 | 9000 | 3000
3 | 电梯部件 | 苏州迅力 | 4500 | 500
合计 | | | =SUM(D3:D4) -> 15000 | 5000
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | investor
聚乳酸餐具 | 安徽丰元
水电站增容 | 大唐电力
电梯部件 | 苏州迅力
""",
        funding="""
name | kind | amount_10k
聚乳酸餐具 | arrived | 1500
水电站增容 | arrived | 3000
电梯部件 | arrived | 500
""",
        totals=[("D6", False), ("E6", True)],
        problems=[("total_mismatch", "D6")],
    ),
    Case(
        name="wrong_subtotal_right_total",
        about="A subtotal disagrees with its rows while the grand total agrees with all rows.",
        file="subtotal_wrong.ods",
        sheets=[
            Sheet(
                "统计",
                """
各产业签约情况 | | | 单位：亿元
产业 | 项目名称 | 投资方 | 签约额
新能源 | 充电桩制造 | 特锐电气 | 1.5
新能源 | 光热储能罐 | 兰州石化机 | 2.2
小计 | | | 3.6
新材料 | 稀土永磁 | 包头磁谷 | 4.0
新材料 | 芳烃树脂 | 濮阳化工 | 1.1
小计 | | | 5.1
合计 | | | 8.8
""",
            )
        ],
        projects="""
name | sector | signed_10k | signed_currency
充电桩制造 | new_energy | 15000 | CNY
光热储能罐 | new_energy | 22000 | CNY
稀土永磁 | new_materials | 40000 | CNY
芳烃树脂 | new_materials | 11000 | CNY
""",
        totals=[("D5", False), ("D8", True), ("D9", True)],
        problems=[("total_mismatch", "D5")],
    ),
    Case(
        name="notes_and_sign_off_rows",
        about="注, 说明, signatures and telephone below the table, and a remark that speaks of amounts.",
        sheets=[
            Sheet(
                "Sheet1",
                """
招商引资完成情况报表
报送单位：白鹭湖街道 | | | 2016年5月 | | 单位：万元
序号 | 项目名称 | 投资方 | 投资总额 | 1-5月实际到位 | 备注
1 | 智能家居控制器 | 深圳领居 | 3000 | 1000 | 租赁标准厂房2000平方米
2 | 石英坩埚 | 连云港晶石 | 4200 | 900 |
3 | 旅拍基地 | 丽江影业 | 800 | 800 | 5月新增到位300万元
合计 | | | 8000 | 2700 |

注：1.本表由各乡镇、街道每月5日前报县招商局；
2.实际到位资金以验资报告、银行进账单为准；
3.总投资3000万元以上项目附协议复印件。
说明：上月漏报200万元本月已补。
单位负责人：李 | | 审核人：王 | | 填报人：张 | 联系电话：0000-0000000
""",
                merged="A1:F1 A9:F9 A10:F10 A11:F11 A12:F12",
            )
        ],
        projects="""
name | investor | total_investment_10k
智能家居控制器 | 深圳领居 | 3000
石英坩埚 | 连云港晶石 | 4200
旅拍基地 | 丽江影业 | 800
""",
        funding="""
name | period | kind | stated_as | amount_10k
智能家居控制器 | 2016-05-01 | arrived | ytd | 1000
石英坩埚 | 2016-05-01 | arrived | ytd | 900
旅拍基地 | 2016-05-01 | arrived | ytd | 800
""",
        totals=[("D7", True), ("E7", True)],
    ),
    Case(
        name="merged_investor_of_several_projects",
        about="One investor and its province merged over its projects; a blank below it is not missing.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2019年浙商回归项目情况表
序号 | 投资方 | 资金来源 | 项目名称 | 总投资（亿元） | 建设地点 | 目前进展
1 | 青禾商会联合体 | 上海市 | 纺织机械研发中心 | 1.1 | 松岭开发区 | 开工
2 | | | 纱线智能仓库 | 0.6 | 松岭开发区 | 签约
3 | | | 职工公寓 | 0.3 | 云溪镇 | 竣工
4 | 徐州驰能科技 | 江苏徐州 | 换电站网络 | 2.4 | 全县 | 洽谈
5 | 个人投资 | | 茶叶加工 | 0.05 | 南桥乡 | 投产
""",
                merged="A1:G1 B3:B5 C3:C5",
            )
        ],
        projects="""
name | investor | origin | total_investment_10k | currency | stage
纺织机械研发中心 | 青禾商会联合体 | 上海市 | 11000 | CNY | started
纱线智能仓库 | 青禾商会联合体 | 上海市 | 6000 | CNY | signed
职工公寓 | 青禾商会联合体 | 上海市 | 3000 | CNY | completed
换电站网络 | 徐州驰能科技 | 江苏徐州 | 24000 | CNY | negotiating
茶叶加工 | 个人投资 | None | 500 | CNY | production
""",
    ),
    Case(
        name="total_row_with_counts",
        about="The total row counts the projects in words: 共4个; the name column of a project says 合计 too.",
        sheets=[
            Sheet(
                "Sheet1",
                """
开工项目清单 | | | 单位：亿元
序号 | 项目名称 | 总投资 | 用地（亩）
1 | 总部经济大厦 | 3.5 | 12
2 | 合计算力中心 | 6.2 | 40
3 | 小计量仪表制造 | 0.8 | 15
4 | 无总装线机器人 | 1.5 | 33
共4个 | | 12.0 | 100
""",
            )
        ],
        projects="""
name | total_investment_10k | currency | land_mu
总部经济大厦 | 35000 | CNY | 12
合计算力中心 | 62000 | CNY | 40
小计量仪表制造 | 8000 | CNY | 15
无总装线机器人 | 15000 | CNY | 33
""",
    ),
    Case(
        name="sections_by_township_in_a_merged_row",
        about="Section rows with 一、 carry the township; numbering starts anew in each.",
        file="sections_by_township.xls",
        sheets=[
            Sheet(
                "7月",
                """
2018年7月新开工项目
序号 | 项目名称 | 投资业主 | 计划投资（万元） | 开工日期
（一）柳河乡
1 | 香菇菌棒工厂化生产 | 庆元菌业 | 1800 | 7月8日
2 | 古村落民宿 | 隐居乡里 | 2500 | 7月20日
（二）北山镇
1 | 汽车内饰面料 | 旷达织造 | 9600 | 7月3日
""",
                merged="A1:E1 A3:E3 A6:E6",
            )
        ],
        projects="""
name | total_investment_10k | town | sector
香菇菌棒工厂化生产 | 1800 | 柳河乡 | other
古村落民宿 | 2500 | 柳河乡 | other
汽车内饰面料 | 9600 | 北山镇 | modern_textiles
""",
        milestones="""
name | milestone | actual_on | actual_precision
香菇菌棒工厂化生产 | started | 2018-07-08 | day
古村落民宿 | started | 2018-07-20 | day
汽车内饰面料 | started | 2018-07-03 | day
""",
    ),
]
