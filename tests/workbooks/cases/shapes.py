"""Tables that are not one header over many rows: stacked, side by side, turned, cards."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="two_tables_stacked",
        about="Signed projects and, below, projects under negotiation with other columns and another unit.",
        sheets=[
            Sheet(
                "Sheet1",
                """
表一：2014年1-6月签约项目（单位：万元）
序号 | 项目名称 | 投资方 | 协议资金 | 到位资金 | 签约时间
1 | 铜铝复合排 | 烟台孚信 | 6200 | 1500 | 2014.3.21
2 | 户外帐篷 | 高平帐篷 | 1800 | 600 | 2014.5.8
合计 | | | 8000 | 2100 |

表二：2014年1-6月在谈项目（单位：亿元）
序号 | 项目名称 | 洽谈对象 | 拟投资额 | 洽谈情况 | 跟进人
1 | 海上风电叶片 | 中复叶片 | 12 | 已考察两次 | 钱伟
2 | 智慧养老社区 | 上海亲源 | 5.5 | 意向协议待签 | 周建
""",
                merged="A1:F1 A7:F7",
            )
        ],
        projects="""
name | investor | signed_10k | total_investment_10k | stage | signed_on
铜铝复合排 | 烟台孚信 | 6200 | | signed | 2014-03-21
户外帐篷 | 高平帐篷 | 1800 | | signed | 2014-05-08
海上风电叶片 | 中复叶片 | None | 120000 | negotiating |
智慧养老社区 | 上海亲源 | None | 55000 | negotiating |
""",
        funding="""
name | period | kind | stated_as | amount_10k
铜铝复合排 | 2014-06-01 | arrived | ytd | 1500
户外帐篷 | 2014-06-01 | arrived | ytd | 600
""",
        totals=[("D5", True), ("E5", True)],
        roles={
            1: "title",
            2: "header",
            3: "data",
            4: "data",
            5: "total",
            7: "title",
            8: "header",
            9: "data",
            10: "data",
        },
    ),
    Case(
        name="two_tables_side_by_side",
        about="Domestic projects on the left, foreign ones on the right, of different length and currency.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2012年12月招商引资情况
内资项目（万元） | | | | 外资项目（万美元） | |
项目名称 | 投资方 | 协议引资 | | 项目名称 | 外商 | 合同外资
蜂窝活性炭 | 南平元力炭 | 2700 | | 音响喇叭 | 港资国光 | 350
纸浆模塑 | 厦门吉宏塑 | 1400 | | 钓鱼竿 | 日资达亿瓦 | 1200
罗纹机 | 泉州精织机 | 5600 | | | |
合计 | | 9700 | | 合计 | | 1550
""",
                merged="A1:G1 A2:C2 E2:G2",
            )
        ],
        projects="""
name | investor | signed_10k | signed_currency
蜂窝活性炭 | 南平元力炭 | 2700 | CNY
纸浆模塑 | 厦门吉宏塑 | 1400 | CNY
罗纹机 | 泉州精织机 | 5600 | CNY
音响喇叭 | 港资国光 | 350 | USD
钓鱼竿 | 日资达亿瓦 | 1200 | USD
""",
        totals=[("C7", True), ("G7", True)],
    ),
    Case(
        name="turned_small_table",
        about="Transposed: the items of the header run down, each project is a column.",
        sheets=[
            Sheet(
                "对比",
                """
2016年拟落户项目对比表
项目名称 | 植物蛋白饮料 | 铝蜂窝天花 | 酒店布草
投资方 | 承德露饮 | 广州天花 | 南通大布草
总投资（亿元） | 2.2 | 0.9 | 0.35
用地面积（亩） | 100 | 45 | 12
建设内容 | 两条灌装线 | 年产60万平方米 | 年洗涤2万吨
项目进展 | 洽谈 | 签约 | 洽谈
""",
                merged="A1:D1",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | land_mu | content | stage
植物蛋白饮料 | 承德露饮 | 22000 | CNY | 100 | 两条灌装线 | negotiating
铝蜂窝天花 | 广州天花 | 9000 | CNY | 45 | 年产60万平方米 | signed
酒店布草 | 南通大布草 | 3500 | CNY | 12 | 年洗涤2万吨 | negotiating
""",
    ),
    Case(
        name="card_of_one_project",
        about="A sheet a project: pairs of key and value, two pairs on a line, text over merged cells.",
        sheets=[
            Sheet(
                "项目1",
                """
招商项目信息表
项目名称 | 智能机器人减速器 | 投资方 | 台州绿谐传动
总投资 | 3.2亿元 | 固定资产投资 | 2.5亿元
用地需求 | 70亩 | 投资方所在地 | 浙江台州
项目阶段 | 已签约 | 签约时间 | 2020年5月20日
项目内容 | 建设谐波减速器生产线6条
责任人 | 周建 | 联系电话 | '000-0000000
""",
                merged="A1:D1 B6:D6",
            ),
            Sheet(
                "项目2",
                """
招商项目信息表
项目名称 | 可降解餐盒 | 投资方 | 海南恒鑫餐具
总投资 | 8000万元 | 固定资产投资 | 6000万元
用地需求 | 26亩 | 投资方所在地 | 海南海口
项目阶段 | 在谈 | 签约时间 |
项目内容 | 租赁厂房建设PLA淋膜线
责任人 | 钱伟 | 联系电话 | '000-0000000
""",
                merged="A1:D1 B6:D6",
            ),
        ],
        projects="""
name | investor | origin | total_investment_10k | fixed_asset_10k | land_mu | stage | signed_on | content | responsible
智能机器人减速器 | 台州绿谐传动 | 浙江台州 | 32000 | 25000 | 70 | signed | 2020-05-20 | 建设谐波减速器生产线6条 | 周建
可降解餐盒 | 海南恒鑫餐具 | 海南海口 | 8000 | 6000 | 26 | negotiating | None | 租赁厂房建设PLA淋膜线 | 钱伟
""",
        allowed=("ambiguous_sector",),
    ),
    Case(
        name="table_not_at_the_corner",
        about="The table starts at C4, with empty columns to the left and an empty column inside.",
        sheets=[
            Sheet(
                "Sheet1",
                """


 | | | 2019年11月招商项目推进表 | | | | 单位：亿元
 | | 项目名称 | 投资方 | | 总投资 | 开工时间 | 项目状态
 | | 汽车天窗 | 英纳法天窗 | | 4.1 | 2019-05 | 建设中
 | | 光伏背板 | 苏州赛背膜 | | 2.6 | 2019-09 | 建设中
 | | 合计 | | | 6.7 | |
""",
            )
        ],
        projects="""
name | investor | total_investment_10k | stage
汽车天窗 | 英纳法天窗 | 41000 | started
光伏背板 | 苏州赛背膜 | 26000 | started
""",
        totals=[("F7", True)],
    ),
    Case(
        name="wide_and_narrow_stacked_of_the_same_projects",
        about="Amounts in the first table, dates of the same projects in the second one below it.",
        sheets=[
            Sheet(
                "Sheet1",
                """
一、项目投资情况 | | 单位：万元
项目名称 | 投资方 | 总投资
乳胶手套 | 蓝帆橡塑 | 6100
瓦楞纸板 | 荣晟包装 | 3900

二、项目进度安排
项目名称 | 计划开工时间 | 计划竣工时间 | 计划投产时间 | 责任人
乳胶手套 | 2015-03 | 2015-12 | 2016-02 | 周建
瓦楞纸板 | 2015-05 | 2016-01 | 2016-04 | 钱伟
""",
            )
        ],
        projects="""
name | investor | total_investment_10k
乳胶手套 | 蓝帆橡塑 | 6100
瓦楞纸板 | 荣晟包装 | 3900
""",
        milestones="""
name | milestone | planned_on | planned_precision
乳胶手套 | started | 2015-03-01 | month
乳胶手套 | completed | 2015-12-01 | month
乳胶手套 | production | 2016-02-01 | month
瓦楞纸板 | started | 2015-05-01 | month
瓦楞纸板 | completed | 2016-01-01 | month
瓦楞纸板 | production | 2016-04-01 | month
""",
    ),
]
