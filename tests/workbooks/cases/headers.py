"""Headers: rows, merges, spaces, spellings, duplicates, none at all."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="header_with_spaces_and_line_breaks",
        about="Spaced-out and broken headers, full-width brackets, four title rows.",
        sheets=[
            Sheet(
                "附件1",
                """
附件1
青政办发〔2014〕37号附表
青禾县２０１４年招商引资项目情况表
（截至2014年10月底）
序⏎号 | 项 目 名 称 | 投 资 方 | 总投资⏎（万元） | 其中：⏎固定资产⏎投资 | 占地⏎面积⏎(亩) | 签　约⏎时　间 | 备␣␣注
1 | LED外延片 | 江西晶辉 | 22000 | 15000 | 80 | 2014.01.16 |
2 | 年产5000吨⏎锦纶6切片 | 福建长锦 | 13000 | 9600 | 45 | 2014.03.27 | 已报发改
3 | 铝基复合材料 | 洛阳铝科 | 4700 | 3900 | 22.5 | 2014.09.05 |
""",
                merged="A2:H2 A3:H3 A4:H4",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | fixed_asset_10k | land_mu | signed_on | signed_precision
LED外延片 | 江西晶辉 | 22000 | CNY | 15000 | 80 | 2014-01-16 | day
年产5000吨锦纶6切片 | 福建长锦 | 13000 | CNY | 9600 | 45 | 2014-03-27 | day
铝基复合材料 | 洛阳铝科 | 4700 | CNY | 3900 | 22.5 | 2014-09-05 | day
""",
        roles={1: "title", 2: "title", 3: "title", 4: "title", 5: "header", 6: "data", 7: "data", 8: "data"},
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "total_investment",
            "E": "fixed_asset",
            "F": "land",
            "G": "signed_on",
            "H": "remark",
        },
    ),
    Case(
        name="header_of_three_rows",
        about="Three merged header rows with groups inside groups, sign-off rows below.",
        sheets=[
            Sheet(
                "8月",
                """
重点外来投资项目月报表（2015年8月）
填报单位（盖章）： | | | 填报人： | | 电话： | | | 金额单位：万元
项目基本情况 | | | | 投资规模 | | | 资金到位情况 | |
项目名称 | 投资者 | | 所属产业 | 总投资 | 其中 | | 本月 | 本年累计 | 开工以来累计
 | 名称 | 所在地 | | | 固定资产投资 | 设备投资 | | |
光热发电镜场 | 北京首昱新能源 | 北京市 | 新能源 | 48000 | 40000 | 21000 | 2600 | 15800 | 22400
玄武岩纤维布 | 四川航岩科技 | 成都市 | 新材料 | 9000 | 7000 | 4200 | 450 | 3300 | 3300
全自动络筒车间 | 江阴华芙 | 江阴市 | 纺织 | 5400 | 5000 | 3800 | 600 | 2000 | 4100
合计 | | | | 62400 | 52000 | 29000 | 3650 | 21100 | 29800
单位负责人： | | 审核人： | | | 报出日期：2015年9月3日
""",
                merged="A1:J1 A3:D3 E3:G3 H3:J3 A4:A5 B4:C4 D4:D5 E4:E5 F4:G4 H4:H5 I4:I5 J4:J5",
            )
        ],
        projects="""
name | investor | origin | sector | total_investment_10k | fixed_asset_10k | equipment_10k | currency
光热发电镜场 | 北京首昱新能源 | 北京市 | new_energy | 48000 | 40000 | 21000 | CNY
玄武岩纤维布 | 四川航岩科技 | 成都市 | new_materials | 9000 | 7000 | 4200 | CNY
全自动络筒车间 | 江阴华芙 | 江阴市 | modern_textiles | 5400 | 5000 | 3800 | CNY
""",
        funding="""
name | period | kind | stated_as | amount_10k
光热发电镜场 | 2015-08-01 | arrived | month | 2600
光热发电镜场 | 2015-08-01 | arrived | ytd | 15800
光热发电镜场 | 2015-08-01 | arrived | total | 22400
玄武岩纤维布 | 2015-08-01 | arrived | month | 450
玄武岩纤维布 | 2015-08-01 | arrived | ytd | 3300
玄武岩纤维布 | 2015-08-01 | arrived | total | 3300
全自动络筒车间 | 2015-08-01 | arrived | month | 600
全自动络筒车间 | 2015-08-01 | arrived | ytd | 2000
全自动络筒车间 | 2015-08-01 | arrived | total | 4100
""",
        totals=[("E9", True), ("F9", True), ("G9", True), ("H9", True), ("I9", True), ("J9", True)],
        fields={
            "A": "name",
            "B": "investor",
            "C": "origin",
            "D": "sector",
            "E": "total_investment",
            "F": "fixed_asset",
            "G": "equipment",
            "H": "arrived.month",
            "I": "arrived.ytd",
            "J": "arrived.total",
        },
    ),
    Case(
        name="header_groups_not_merged",
        about="Groups are typed into their first column only, the cells to the right are just empty.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2016年7月招商引资到资情况
 | | 单位：万元
乡镇 | 项目名称 | 到资情况 | | | 固定资产投资完成情况 |
 | | 当月 | 1-7月 | 历年累计 | 当月 | 1-7月
南桥乡 | 仿石涂料 | 200 | 900 | 900 | 150 | 700
南桥乡 | 蜂窝铝板 | 0 | 1500 | 2700 | 0 | 1200
云溪镇 | 毛巾织造 | 120 | 640 | 640 | 120 | 600
""",
            )
        ],
        projects="""
name | town
仿石涂料 | 南桥乡
蜂窝铝板 | 南桥乡
毛巾织造 | 云溪镇
""",
        funding="""
name | period | kind | stated_as | amount_10k
仿石涂料 | 2016-07-01 | arrived | month | 200
仿石涂料 | 2016-07-01 | arrived | ytd | 900
仿石涂料 | 2016-07-01 | arrived | total | 900
仿石涂料 | 2016-07-01 | fixed_asset | month | 150
仿石涂料 | 2016-07-01 | fixed_asset | ytd | 700
蜂窝铝板 | 2016-07-01 | arrived | month | 0
蜂窝铝板 | 2016-07-01 | arrived | ytd | 1500
蜂窝铝板 | 2016-07-01 | arrived | total | 2700
蜂窝铝板 | 2016-07-01 | fixed_asset | month | 0
蜂窝铝板 | 2016-07-01 | fixed_asset | ytd | 1200
毛巾织造 | 2016-07-01 | arrived | month | 120
毛巾织造 | 2016-07-01 | arrived | ytd | 640
毛巾织造 | 2016-07-01 | arrived | total | 640
毛巾织造 | 2016-07-01 | fixed_asset | month | 120
毛巾织造 | 2016-07-01 | fixed_asset | ytd | 600
""",
    ),
    Case(
        name="columns_without_a_header",
        about="No header over the numbering and over the province beside the investor.",
        sheets=[
            Sheet(
                "名单",
                """
在谈重点项目名单（2013年第二季度）
 | 项目名称 | 投资方 | | 拟投资额（亿元） | 项目内容
1 | 轨道交通减震器 | 株洲时进 | 湖南 | 1.5 | 建设减震器生产线4条
2 | 有机硅单体 | 浙江合盛源 | 浙江 | 8 | 年产10万吨有机硅单体
3 | 会展酒店 | 香江置业 | 广东 | 3.6 | 五星级酒店及配套会展
""",
                merged="A1:F1",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | stage | content
轨道交通减震器 | 株洲时进 | 15000 | CNY | negotiating | 建设减震器生产线4条
有机硅单体 | 浙江合盛源 | 80000 | CNY | negotiating | 年产10万吨有机硅单体
会展酒店 | 香江置业 | 36000 | CNY | negotiating | 五星级酒店及配套会展
""",
        fields={"B": "name", "C": "investor", "E": "total_investment", "F": "content"},
    ),
    Case(
        name="duplicate_headers",
        about="Two columns of one header, as a city's export has them: neither may be lost.",
        sheets=[
            Sheet(
                "Sheet0",
                """
项目编码 | 项目名称 | 项目来源 | 投资方 | 计划总投资（万元） | 预期税收（万元） | 项目来源 | 预期税收（万元）
TX-301 | 新能源汽车线束 | 以商招商 | 昆山沪线 | 7000 | 350 | 昆山商会 | 420
TX-302 | 特种陶瓷基板 | 驻点招商 | 潮州三和瓷 | 12000 | 800 | 驻深圳联络处 | 760
""",
            )
        ],
        projects="""
name | project_code | investor | total_investment_10k | currency | annual_tax_10k
新能源汽车线束 | TX-301 | 昆山沪线 | 7000 | CNY | 350
特种陶瓷基板 | TX-302 | 潮州三和瓷 | 12000 | CNY | 800
""",
        allowed=("ambiguous_sector",),
    ),
    Case(
        name="unlisted_spellings",
        about="Headers as another county words them; none of the words of the usual list.",
        sheets=[
            Sheet(
                "引进项目",
                """
二〇一七年度引进项目登记簿
顺序号 | 引进项目名称 | 投资商名称及简介 | 投资来源地 | 概算总投资（万元） | 协议总额（万元） | 累计到账资金（万元） | 产业方向 | 签协日期 | 项目所处阶段 | 需地（亩） | 承接地 | 包联领导
1 | 锌镍电池隔膜 | 佛山隔膜科技 | 广东佛山 | 15600 | 15600 | 2300 | 新能源 | 2017-06-12 | 建设期 | 40 | 松岭经济开发区 | 副县长 赵
2 | 牛仔布面料 | 开平蓝典纺织 | 广东开平 | 6200 | 5000 | 5000 | 现代纺织业 | 2017-02-20 | 投产达效 | 28 | 云溪镇 | 县委常委 孙
3 | 钢结构装配式构件 | 杭州萧钢 | 浙江杭州 | 9000 | 9000 | | 装备制造 | 2017-11-03 | 前期手续 | 66 | 南桥乡 | 副县长 赵
""",
                merged="A1:M1",
            )
        ],
        projects="""
name | origin | total_investment_10k | signed_10k | sector | signed_on | land_mu | investor
锌镍电池隔膜 | 广东佛山 | 15600 | 15600 | new_energy | 2017-06-12 | 40 | 佛山隔膜科技
牛仔布面料 | 广东开平 | 6200 | 5000 | modern_textiles | 2017-02-20 | 28 | 开平蓝典纺织
钢结构装配式构件 | 浙江杭州 | 9000 | 9000 | other | 2017-11-03 | 66 | 杭州萧钢
""",
        funding="""
name | kind | amount_10k | currency
锌镍电池隔膜 | arrived | 2300 | CNY
牛仔布面料 | arrived | 5000 | CNY
""",
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "origin",
            "E": "total_investment",
            "F": "signed",
            "H": "sector",
            "I": "signed_on",
            "J": "stage",
            "K": "land",
        },
    ),
    Case(
        name="unit_row_under_the_header",
        about="A row of units below the header; the columns have different ones.",
        sheets=[
            Sheet(
                "sheet1",
                """
2018年园区项目主要指标
项目名称 | 投资企业 | 总投资 | 设备投资 | 占地 | 建筑面积 | 达产产值 | 年税收 | 用工人数
 | | 亿元 | 万元 | 亩 | 平方米 | 万元 | 万元 | 人
光伏逆变器 | 合肥阳科 | 2.4 | 9800 | 75 | 42000 | 60000 | 2600 | 380
针织内衣 | 义乌芬达 | 0.65 | 2100 | 20 | 18500 | 12000 | 480 | 520
""",
                merged="A1:I1",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | equipment_10k | land_mu | plant_area_m2 | annual_output_10k | annual_tax_10k | n_jobs
光伏逆变器 | 合肥阳科 | 24000 | CNY | 9800 | 75 | 42000 | 60000 | 2600 | 380
针织内衣 | 义乌芬达 | 6500 | CNY | 2100 | 20 | 18500 | 12000 | 480 | 520
""",
        fields={"A": "name", "B": "investor", "C": "total_investment", "D": "equipment", "E": "land"},
    ),
    Case(
        name="unit_in_the_sheet_name",
        about="The only word about the unit is the name of the sheet.",
        sheets=[
            Sheet(
                "2012签约（亿元）",
                """
项目名称 | 投资方 | 签约金额 | 签约月份
超薄玻璃基板 | 蚌埠凯华 | 5.6 | 2012年3月
氨纶包覆纱 | 诸暨彩丝 | 0.32 | 2012年9月
""",
            )
        ],
        projects="""
name | investor | signed_10k | signed_currency | signed_on | signed_precision
超薄玻璃基板 | 蚌埠凯华 | 56000 | CNY | 2012-03-01 | month
氨纶包覆纱 | 诸暨彩丝 | 3200 | CNY | 2012-09-01 | month
""",
        allowed=("ambiguous_sector",),
    ),
    Case(
        name="traditional_characters",
        about="A list kept in traditional characters, header and cells.",
        sheets=[
            Sheet(
                "工作表1",
                """
臺商投資項目進度表（2009年12月）
項次 | 項目名稱 | 投資方 | 來源地 | 投資總額（萬美元） | 合同外資（萬美元） | 產業類別 | 進展情況
1 | 自行車鏈條 | 桂盟實業 | 臺灣 | 1200 | 600 | 機械製造 | 已投產
2 | 機能性布料 | 遠華紡織 | 臺灣 | 2500 | 1800 | 紡織 | 興建廠房
3 | 鋰電池隔離膜 | 明基新材 | 香港 | 900 | 900 | 新能源 | 簽約
""",
                merged="A1:H1",
            )
        ],
        projects="""
name | origin_level | total_investment_10k | currency | signed_10k | signed_currency | sector | stage
自行車鏈條 | overseas | 1200 | USD | 600 | USD | other | production
機能性布料 | overseas | 2500 | USD | 1800 | USD | modern_textiles | started
鋰電池隔離膜 | overseas | 900 | USD | 900 | USD | new_energy | signed
""",
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "origin",
            "E": "total_investment",
            "F": "signed",
            "G": "sector",
            "H": "stage",
        },
    ),
    Case(
        name="pinyin_glosses",
        about="Copied from a web page that sets pinyin behind traditional characters.",
        sheets=[
            Sheet(
                "Sheet1",
                """
項(xiàng)目名稱 | 投資(zī)方 | 總(zǒng)投資(zī)（萬元） | 進(jìn)度
提煉(liàn)多晶硅 | 上海青浦客商 | 3200 | 業(yè)主同意落戶(hù)，尚未簽(qiān)約
非金屬(shǔ)容器（擴建） | 江蘇(sū)客商 | 3600 | 正式簽(qiān)訂(dìng)協(xié)議
""",
            )
        ],
        projects="""
name | total_investment_10k | currency | stage
提煉多晶硅 | 3200 | CNY | negotiating
非金屬容器（擴建） | 3600 | CNY | signed
""",
        allowed=("ambiguous_sector",),
    ),
    Case(
        name="unknown_columns_stay",
        about="Columns that no office has but this one: kept aside, no reason for a warning.",
        sheets=[
            Sheet(
                "sheet1",
                """
2021年亿元以上项目会商表
序号 | 项目名称 | 投资主体 | 总投资（亿元） | 亮灯 | 会商批次 | 能耗（吨标煤/年） | 容积率
1 | 大丝束碳纤维原丝 | 吉林碳谷源 | 21 | 绿 | 第3批 | 18600 | 1.1
2 | 预制菜加工 | 安井食品厂 | 1.3 | 黄 | 第4批 | 900 | 1.6
""",
                merged="A1:H1",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency
大丝束碳纤维原丝 | 吉林碳谷源 | 210000 | CNY
预制菜加工 | 安井食品厂 | 13000 | CNY
""",
        allowed=("ambiguous_sector",),
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "total_investment",
            "E": None,
            "F": None,
            "G": None,
            "H": None,
        },
    ),
]
