"""Free text: stages, sectors, regions."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="stages_in_free_words",
        about="The stage is told as an officer tells it; plans and negations are not facts.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2016年在库项目动态
序号 | 项目名称 | 投资方 | 最新进展
1 | 蒸汽发生器 | 甲方一 | 3月12日赴苏州对接，对方有意向
2 | 蒸馏水机 | 甲方二 | 合同文本已定，尚未签约
3 | 蒸发冷凝器 | 甲方三 | 已于5月签约，计划9月开工
4 | 蒸养砖 | 甲方四 | 公司已注册，正在租赁厂房
5 | 锅炉辅机 | 甲方五 | 环评、立项批复已取得，待开工
6 | 除尘器 | 甲方六 | 基础施工
7 | 脱硫塔 | 甲方七 | 厂房已竣工，设备陆续进场
8 | 省煤器 | 甲方八 | 6月正式投产，日产80台
9 | 吹灰器 | 甲方九 | 已达产
10 | 输灰机 | 甲方十 | 因土地指标问题，项目终止
11 | 渣浆泵 | 甲方十一 | 企业资金紧张，暂缓推进
12 | 磨煤机 | 甲方十二 |
""",
                merged="A1:D1",
            )
        ],
        projects="""
name | investor | stage
蒸汽发生器 | 甲方一 |
蒸馏水机 | 甲方二 | negotiating
蒸发冷凝器 | 甲方三 | signed
蒸养砖 | 甲方四 | registered
锅炉辅机 | 甲方五 | approval
除尘器 | 甲方六 | started
脱硫塔 | 甲方七 | completed
省煤器 | 甲方八 | production
吹灰器 | 甲方九 | capacity
输灰机 | 甲方十 | terminated
渣浆泵 | 甲方十一 | suspended
磨煤机 | 甲方十二 | None
""",
    ),
    Case(
        name="sectors_from_names",
        about="No column for the sector: the products decide; some are ambiguous and said to be.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2011年9月签约项目
序号 | 项目名称 | 投资方 | 协议投资（万元） | 主要产品
1 | 年产1GW光伏组件 | 阿一 | 12000 | 单晶组件
2 | 风力发电机主轴 | 阿二 | 8000 | 风机主轴
3 | 物理法提炼多晶硅 | 阿三 | 3200 | 太阳能级多晶硅
4 | 玻璃钢管道 | 阿四 | 2600 | 玻璃钢夹砂管
5 | 气凝胶毡 | 阿五 | 4100 | 二氧化硅气凝胶
6 | 仿真丝面料 | 阿六 | 1900 | 涤纶仿真丝
7 | 羊毛衫 | 阿七 | 700 | 针织服装
8 | 黄花梨家具 | 阿八 | 1100 | 实木家具
9 | 废旧电池回收 | 阿九 | 2200 | 再生铅
10 | 酱菜加工 | 阿十 | 400 | 酱菜
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | signed_10k | sector
年产1GW光伏组件 | 12000 | new_energy
风力发电机主轴 | 8000 | new_energy
物理法提炼多晶硅 | 3200 | new_energy
玻璃钢管道 | 2600 | new_materials
气凝胶毡 | 4100 | new_materials
仿真丝面料 | 1900 | modern_textiles
羊毛衫 | 700 | modern_textiles
黄花梨家具 | 1100 | other
废旧电池回收 | 2200 | other
酱菜加工 | 400 | other
""",
        # 太阳能级 decides the polysilicon (GB/T 25074 against electronic grade); analysts may still ask.
        allowed=["ambiguous_sector"],
    ),
    Case(
        name="sector_column_overrides_the_name",
        about="The office states the sector in its own words; it knows better than the name.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2014年产业项目
项目名称 | 投资方 | 总投资（万元） | 产业门类
碳纤维织物 | 江苏碳谷 | 8000 | 新材料产业
光伏遮阳篷布 | 青禾篷布 | 1600 | 纺织服装
玻璃瓶 | 沧县玻瓶 | 2200 | 建材
储能逆变器 | 科诺电气 | 5200 | 新能源及节能
""",
                merged="A1:D1",
            )
        ],
        projects="""
name | total_investment_10k | sector
碳纤维织物 | 8000 | new_materials
光伏遮阳篷布 | 1600 | modern_textiles
玻璃瓶 | 2200 | other
储能逆变器 | 5200 | new_energy
""",
    ),
    Case(
        name="regions_and_levels",
        about="Where capital comes from in all forms, and the level as the office states it.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2012年到位资金来源情况 | | | | 单位：万元
项目名称 | 投资方 | 投资方所在地 | 资金类别 | 1-12月到位
滚针轴承 | 常州滚针 | 江苏省常州市 | 省外 | 2000
拖链 | 上海青浦拖链 | 上海青浦 | 省外 | 1500
气弹簧 | 温州气簧 | 温州 | 市外 | 900
导轨 | 本县个人 | 青禾县 | 县内 | 300
直线电机 | HIWAY | 台湾 | 境外 | 700
编码器 | Kohler Messtechnik | 德国 | 境外 | 1100
""",
            )
        ],
        projects="""
name | origin | origin_level
滚针轴承 | 江苏省常州市 | out_of_province
拖链 | 上海青浦 | out_of_province
气弹簧 | 温州 | out_of_city
导轨 | 青禾县 | local
直线电机 | 台湾 | overseas
编码器 | 德国 | overseas
""",
        funding="""
name | period | stated_as | amount_10k
滚针轴承 | 2012-12-01 | ytd | 2000
拖链 | 2012-12-01 | ytd | 1500
气弹簧 | 2012-12-01 | ytd | 900
导轨 | 2012-12-01 | ytd | 300
直线电机 | 2012-12-01 | ytd | 700
编码器 | 2012-12-01 | ytd | 1100
""",
    ),
    Case(
        name="methods_and_stations",
        about="How the project was found, by whom and from which station.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2013年驻点招商成果
驻点 | 招商员 | 项目名称 | 投资方 | 招商方式 | 意向投资额（万元） | 项目状态
杭州 | 陆一 | 伺服电机 | 杭州伺电 | 驻点招商 | 5000 | 在谈
上海 | 陆二 | 无刷风机 | 上海风机厂 | 以商引商 | 3200 | 已签约
无锡 | 陆三 | 涂布机 | 无锡涂装 | 委托招商 | 1800 | 在谈
""",
                merged="A1:G1",
            )
        ],
        projects="""
name | investor | station | recruiter | method_stated | stage
伺服电机 | 杭州伺电 | 杭州 | 陆一 | 驻点招商 | negotiating
无刷风机 | 上海风机厂 | 上海 | 陆二 | 以商引商 | signed
涂布机 | 无锡涂装 | 无锡 | 陆三 | 委托招商 | negotiating
""",
    ),
    Case(
        name="one_project_twice_on_a_sheet",
        about="The same project is listed twice with the same investor and amount: told of.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2015年签约项目
序号 | 项目名称 | 投资方 | 协议资金（万元） | 签约日期
1 | 橡胶密封圈 | 宁国中鼎胶 | 2300 | 2015-03-03
2 | 汽车拉索 | 芜湖索具 | 1700 | 2015-04-11
3 | 橡胶密封圈 | 宁国中鼎胶 | 2300 | 2015-03-03
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | investor | signed_10k
橡胶密封圈 | 宁国中鼎胶 | 2300
汽车拉索 | 芜湖索具 | 1700
""",
        problems=[("duplicate_project", None)],
    ),
    Case(
        name="phases_are_not_duplicates",
        about="一期 and 二期, 1# and 2#, names with long common parts: different projects, no warning.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2020年园区项目（单位：亿元）
项目名称 | 投资方 | 总投资 | 项目阶段
青禾新能源产业园一期 | 正泰源 | 5.1 | 投产
青禾新能源产业园二期 | 正泰源 | 6.3 | 在建
标准厂房1#地块 | 青禾城投 | 0.9 | 竣工
标准厂房2#地块 | 青禾城投 | 1.1 | 开工
""",
                merged="A1:D1",
            )
        ],
        projects="""
name | total_investment_10k | stage
青禾新能源产业园一期 | 51000 | production
青禾新能源产业园二期 | 63000 | started
标准厂房1#地块 | 9000 | completed
标准厂房2#地块 | 11000 | started
""",
    ),
]
