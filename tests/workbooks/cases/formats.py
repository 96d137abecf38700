"""File formats, encodings, and extensions that lie."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="xlsx_progress_table",
        about="The plainest table an office sends: title, date and unit on one line, header, rows, total.",
        sheets=[
            Sheet(
                "进度表",
                """
青禾县2011年3月份招商引资项目进度表
2011年3月 | | | | | 单位：万元
序号 | 项目名称 | 投资方 | 总投资 | 协议引资额 | 本年累计到位 | 项目进展
1 | 年产30MW太阳能电池组件 | 无锡盛阳能源有限公司 | 12000 | 12000 | 3200 | 已开工建设
2 | 高强度玻璃钢储罐生产线 | 扬州恒固复合材料厂 | 3600 | 3600 | 800 | 正式签约，正在办理报批手续
3 | 差别化涤纶长丝二期 | 吴江锦华化纤有限公司 | 8500 | 6000 | 2100 | 厂房在建
4 | 汽车精密铸件 | 宁波申达机械有限公司 | 5200 | 5200 | | 刚签约
合计 | | | =SUM(D4:D7) -> 29300 | =SUM(E4:E7) -> 26800 | =SUM(F4:F7) -> 6100 |
""",
                merged="A1:G1",
            ),
            Sheet("Sheet2", ""),
            Sheet("Sheet3", ""),
        ],
        projects="""
name | investor | total_investment_10k | currency | signed_10k | stage | sector
年产30MW太阳能电池组件 | 无锡盛阳能源有限公司 | 12000 | CNY | 12000 | started | new_energy
高强度玻璃钢储罐生产线 | 扬州恒固复合材料厂 | 3600 | CNY | 3600 | approval | new_materials
差别化涤纶长丝二期 | 吴江锦华化纤有限公司 | 8500 | CNY | 6000 | started | modern_textiles
汽车精密铸件 | 宁波申达机械有限公司 | 5200 | CNY | 5200 | signed | other
""",
        funding="""
name | period | kind | stated_as | amount_10k | currency
年产30MW太阳能电池组件 | 2011-03-01 | arrived | ytd | 3200 | CNY
高强度玻璃钢储罐生产线 | 2011-03-01 | arrived | ytd | 800 | CNY
差别化涤纶长丝二期 | 2011-03-01 | arrived | ytd | 2100 | CNY
""",
        totals=[("D8", True), ("E8", True), ("F8", True)],
        roles={
            1: "title",
            "A2": "title",
            "F2": "unit",
            3: "header",
            4: "data",
            5: "data",
            6: "data",
            7: "data",
            8: "total",
        },
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "total_investment",
            "E": "signed",
            "F": "arrived.ytd",
            "G": "stage",
        },
    ),
    Case(
        name="xls_month_and_ytd",
        about="BIFF8 with a two-row merged header; the month stands in 填报时间 and in the header.",
        file="xls_month_and_ytd.xls",
        sheets=[
            Sheet(
                "Sheet1",
                """
松岭经济开发区重点招商项目推进情况汇总表
填报单位（盖章）：松岭经济开发区招商局 | | | | 填报时间：2012年6月25日 | | | 单位：万元
序号 | 项目名称 | 投资单位 | 计划总投资 | 到位资金 | | 形象进度 | 责任人
 | | | | 6月 | 1-6月 | |
1 | 锂离子动力电池项目 | 深圳市瑞能电池有限公司 | 25000 | 1500 | 6800 | 一期厂房主体封顶 | 周建
2 | 阻燃面料印染后整理 | 绍兴越彩印染有限公司 | 9800 | 300 | 2450 | 设备安装 | 钱伟
3 | 石墨烯导热膜 | 常州碳谷新材料有限公司 | 6600 | | 1000 | 土建施工 | 周建
 | 合  计 | | 41400 | 1800 | 10250 | |
""",
                merged="A1:H1 A3:A4 B3:B4 C3:C4 D3:D4 E3:F3 G3:G4 H3:H4",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | stage | sector | responsible
锂离子动力电池项目 | 深圳市瑞能电池有限公司 | 25000 | CNY | started | new_energy | 周建
阻燃面料印染后整理 | 绍兴越彩印染有限公司 | 9800 | CNY | started | modern_textiles | 钱伟
石墨烯导热膜 | 常州碳谷新材料有限公司 | 6600 | CNY | started | new_materials | 周建
""",
        funding="""
name | period | kind | stated_as | amount_10k
锂离子动力电池项目 | 2012-06-01 | arrived | month | 1500
锂离子动力电池项目 | 2012-06-01 | arrived | ytd | 6800
阻燃面料印染后整理 | 2012-06-01 | arrived | month | 300
阻燃面料印染后整理 | 2012-06-01 | arrived | ytd | 2450
石墨烯导热膜 | 2012-06-01 | arrived | ytd | 1000
""",
        totals=[("D8", True), ("E8", True), ("F8", True)],
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "total_investment",
            "E": "arrived.month",
            "F": "arrived.ytd",
            "G": "stage",
            "H": "responsible",
        },
    ),
    Case(
        name="ods_signed_list",
        about="OpenDocument with real date cells, units in the header, a million repeated empty rows below.",
        file="ods_signed_list.ods",
        sheets=[
            Sheet(
                "签约项目",
                """
白鹭湖街道2013年签约项目一览表
序号 | 项目名称 | 投资商 | 来源地 | 签约日期 | 协议投资额（亿元） | 拟用地（亩） | 项目状态
1 | 高端家纺面料织造 | 南通锦恒布业 | 江苏南通 | d:2013-02-26 | 1.2 | 60 | 签约
2 | 风电塔筒及法兰 | 山东泰越重工 | 山东章丘 | d:2013-04-09 | 2.5 | 110 | 注册
3 | 医用无纺布 | 厦门延海卫材 | 福建厦门 | d:2013-05-20 | 0.86 | 35.5 | 开工
""",
                merged="A1:H1",
            )
        ],
        projects="""
name | investor | origin | signed_on | signed_precision | signed_10k | signed_currency | land_mu | stage | sector
高端家纺面料织造 | 南通锦恒布业 | 江苏南通 | 2013-02-26 | day | 12000 | CNY | 60 | signed | modern_textiles
风电塔筒及法兰 | 山东泰越重工 | 山东章丘 | 2013-04-09 | day | 25000 | CNY | 110 | registered | new_energy
医用无纺布 | 厦门延海卫材 | 福建厦门 | 2013-05-20 | day | 8600 | CNY | 35.5 | started | modern_textiles
""",
        roles={1: "title", 2: "header", 3: "data", 4: "data", 5: "data"},
        fields={
            "A": "seq",
            "B": "name",
            "C": "investor",
            "D": "origin",
            "E": "signed_on",
            "F": "signed",
            "G": "land",
            "H": "stage",
        },
    ),
    Case(
        name="xlsb_out_of_city_capital",
        about="Binary workbook; the months 1-11 stand in the title, the unit in a row of its own.",
        file="xlsb_out_of_city_capital.xlsb",
        sheets=[
            Sheet(
                "2014年11月",
                """
2014年1-11月到位市外资金统计表
单位：万元
项目名称 | 引资单位 | 客商 | 合同资金 | 实际到位资金 | 产业类别
新型墙体保温材料生产 | 云溪镇 | 湖州宏固建材 | 4800 | 3100 | 新材料
太阳能光热设备 | 松岭开发区 | 嘉兴日晖 | 7600 | 7600 | 新能源
农产品冷链物流中心 | 云溪镇 | 上海鲜达供应链 | 15000 | 4200 | 现代物流
合计 | | | 27400 | 14900 |
""",
                merged="A1:F1 A2:F2",
            )
        ],
        projects="""
name | investor | town | signed_10k | sector
新型墙体保温材料生产 | 湖州宏固建材 | 云溪镇 | 4800 | new_materials
太阳能光热设备 | 嘉兴日晖 | 松岭开发区 | 7600 | new_energy
农产品冷链物流中心 | 上海鲜达供应链 | 云溪镇 | 15000 | other
""",
        funding="""
name | period | kind | stated_as | amount_10k | currency
新型墙体保温材料生产 | 2014-11-01 | arrived | ytd | 3100 | CNY
太阳能光热设备 | 2014-11-01 | arrived | ytd | 7600 | CNY
农产品冷链物流中心 | 2014-11-01 | arrived | ytd | 4200 | CNY
""",
        totals=[("D7", True), ("E7", True)],
        roles={1: "title", 2: "unit", 3: "header", 4: "data", 5: "data", 6: "data", 7: "total"},
    ),
    Case(
        name="csv_utf8",
        about="UTF-8 without BOM, header in the first line, a name with a comma in it, codes with zeros.",
        file="csv_utf8.csv",
        made_as="csv:utf-8:,",
        sheets=[
            Sheet(
                "csv",
                """
项目编号 | 项目名称 | 投资主体 | 投资总额(万元) | 签订时间 | 当前阶段
'0015001 | 纺织器材,筘片加工 | 海宁金梭器材厂 | 1,200 | 2015-04-02 | 已投产
'0015002 | 铝塑膜软包材料 | 苏州集睿新材 | 10,500 | 2015-04-18 | 在建
'0015003 | 生物质热电联产 | 国恒电力 | 31,000 | 2015-07-30 | 核准中
""",
            )
        ],
        projects="""
name | project_code | investor | total_investment_10k | currency | signed_on | signed_precision | stage
纺织器材,筘片加工 | 0015001 | 海宁金梭器材厂 | 1200 | CNY | 2015-04-02 | day | production
铝塑膜软包材料 | 0015002 | 苏州集睿新材 | 10500 | CNY | 2015-04-18 | day | started
生物质热电联产 | 0015003 | 国恒电力 | 31000 | CNY | 2015-07-30 | day |
""",
        fields={
            "A": "project_code",
            "B": "name",
            "C": "investor",
            "D": "total_investment",
            "E": "signed_on",
            "F": "stage",
        },
    ),
    Case(
        name="csv_utf8_bom_with_title",
        about="Saved by Excel as CSV UTF-8: BOM, and title lines filled with commas.",
        file="csv_utf8_bom_with_title.csv",
        made_as="csv:utf-8-sig:,",
        sheets=[
            Sheet(
                "csv",
                """
云溪镇招商项目台账（2016年）
制表：云溪镇经济发展办 | | | | 单位：万元
编号 | 项目 | 业主单位 | 总投资额 | 目前状况
1 | 智能纺纱车间 | 云溪棉纺有限公司 | 4,300 | 竣工
2 | 磷酸铁锂正极材料 | 湖南锂源科技 | 52,000 | 签约

3 | 乡村民宿集群 | 杭州归田文旅 | 2,600 | 洽谈中
合计 | | | 58,900 |
""",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | stage
智能纺纱车间 | 云溪棉纺有限公司 | 4300 | CNY | completed
磷酸铁锂正极材料 | 湖南锂源科技 | 52000 | CNY | signed
乡村民宿集群 | 杭州归田文旅 | 2600 | CNY | negotiating
""",
        totals=[("D8", True)],
        allowed=("ambiguous_sector",),
    ),
    Case(
        name="csv_gb18030",
        about="Saved by Excel or WPS on a Chinese Windows; one character that only GB18030 has.",
        file="csv_gb18030.csv",
        made_as="csv:gb18030:,",
        sheets=[
            Sheet(
                "csv",
                """
序号 | 签约项目名称 | 签约主体 | 签约投资额（亿元） | 签约时间 | 落户地点
1 | 涡轮叶片高温合金 | 鑫㵘特钢集团 | 3.2 | 2018年5月11日 | 松岭经济开发区
2 | 智慧停车场 | 城安停车 | 0.45 | 2018年6月 | 白鹭湖街道
3 | 功能性运动服装 | 泉州风行服饰 | 1.08 | 2018年6月29日 | 云溪镇
""",
            )
        ],
        projects="""
name | investor | signed_10k | signed_currency | signed_on | signed_precision
涡轮叶片高温合金 | 鑫㵘特钢集团 | 32000 | CNY | 2018-05-11 | day
智慧停车场 | 城安停车 | 4500 | CNY | 2018-06-01 | month
功能性运动服装 | 泉州风行服饰 | 10800 | CNY | 2018-06-29 | day
""",
    ),
    Case(
        name="csv_utf16_tabs",
        about="Excel's “Unicode text”: UTF-16 with BOM, tabs, here called .csv.",
        file="csv_utf16_tabs.csv",
        made_as="csv:utf-16:tab",
        sheets=[
            Sheet(
                "csv",
                """
项目名称 | 外方投资者 | 国别/地区 | 合同外资(万美元) | 实到外资(万美元) | 批复时间
半导体封装测试（外资） | 三和电子株式会社 | 日本 | 1500 | 620 | 2010-03
高档服装面料 | 港泰纺织有限公司 | 香港 | 800 | 800 | 2010-08
""",
            )
        ],
        projects="""
name | investor | origin | origin_level | signed_10k | signed_currency
半导体封装测试（外资） | 三和电子株式会社 | 日本 | overseas | 1500 | USD
高档服装面料 | 港泰纺织有限公司 | 香港 | overseas | 800 | USD
""",
        funding="""
name | kind | amount_10k | currency
半导体封装测试（外资） | arrived | 620 | USD
高档服装面料 | arrived | 800 | USD
""",
        # No year is stated for the sheet, so that a rate of exchange may honestly be missing.
        allowed=("missing_rate",),
    ),
    Case(
        name="tsv_export",
        about="Tab-separated text with empty cells.",
        file="tsv_export.tsv",
        made_as="csv:utf-8:tab",
        sheets=[
            Sheet(
                "tsv",
                """
项目名称 | 投资人 | 固定资产投资（万元） | 设备投资（万元） | 用工（人） | 备注
碳纤维自行车架 | 中山轻骑 | 5600 | 2300 | 210 | 租用厂房
再生涤纶短纤 | | 8800 | 5100 | | 待环评
""",
            )
        ],
        projects="""
name | investor | fixed_asset_10k | equipment_10k | n_jobs
碳纤维自行车架 | 中山轻骑 | 5600 | 2300 | 210
再生涤纶短纤 | None | 8800 | 5100 | None
""",
    ),
    Case(
        name="csv_semicolons",
        about="Semicolons, as the export of a European system writes them; commas stand inside the cells.",
        file="csv_semicolons.csv",
        made_as="csv:utf-8:;",
        sheets=[
            Sheet(
                "csv",
                """
Project title | Investor | Country | Investment (EUR million) | Jobs | Status
Bearing plant, phase 1 | Adler Wälzlager GmbH | Germany | 12.5 | 140 | Under construction
Yarn dyeing line | Filatura Rossi, Prato | Italy | 3.4 | 55 | In operation
""",
            )
        ],
        projects="""
name | investor | origin_level | total_investment_10k | currency | n_jobs | stage
Bearing plant, phase 1 | Adler Wälzlager GmbH | overseas | 1250 | EUR | 140 | started
Yarn dyeing line | Filatura Rossi, Prato | overseas | 340 | EUR | 55 | production
""",
        allowed=("missing_rate",),
    ),
    Case(
        name="html_called_xls",
        about="Export of a web system: an HTML table with colspan and rowspan, called .xls, in GB18030.",
        file="html_called_xls.xls",
        made_as="html",
        sheets=[
            Sheet(
                "导出",
                """
项目调度信息（导出时间：2017-10-08 09:12:44）
项目名称 | 投资企业 | 投资情况（万元） | | 所属乡镇 | 项目阶段
 | | 计划总投资 | 其中：固定资产投资 | |
多层共挤光学膜 | 东莞景辉光学 | 16000 | 11200 | 青禾县工业园 | 已开工
年产800万米经编绒布 | 海宁华绒经编 | 7200.5 | 5000 | 南桥乡 | 已竣工
抽纱工艺品扶贫车间 | 汕头巧手 | 300 | 260 | 南桥乡 | 已投产
合计 | | 23500.5 | 16460 | |
""",
                merged="A1:F1 A2:A3 B2:B3 C2:D2 E2:E3 F2:F3",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | fixed_asset_10k | town | stage
多层共挤光学膜 | 东莞景辉光学 | 16000 | CNY | 11200 | 青禾县工业园 | started
年产800万米经编绒布 | 海宁华绒经编 | 7200.5 | CNY | 5000 | 南桥乡 | completed
抽纱工艺品扶贫车间 | 汕头巧手 | 300 | CNY | 260 | 南桥乡 | production
""",
        totals=[("C7", True), ("D7", True)],
    ),
    Case(
        name="csv_called_xls",
        about="A GB18030 csv that an old system calls .xls.",
        file="csv_called_xls.xls",
        made_as="csv:gb18030:,",
        sheets=[
            Sheet(
                "csv",
                """
招商项目名称 | 客商名称 | 投资额（万元） | 洽谈进度
纳米碳酸钙 | 安徽池石矿业 | 8000 | 在谈
光伏支架 | 天津海鑫钢构 | 5500 | 签约
""",
            )
        ],
        projects="""
name | investor | total_investment_10k | stage
纳米碳酸钙 | 安徽池石矿业 | 8000 | negotiating
光伏支架 | 天津海鑫钢构 | 5500 | signed
""",
    ),
    Case(
        name="xlsx_called_xls",
        about="A workbook of Excel 2007 renamed to .xls.",
        file="xlsx_called_xls.xls",
        made_as="xlsx",
        sheets=[
            Sheet(
                "2012",
                """
2012年度在建项目（单位：万元）
项目名称 | 承建（投资）企业 | 总投资 | 年内完成投资
热镀锌钢管 | 衡通管业 | 6000 | 2500
精梳棉纱 | 青禾棉业 | 3800 | 3800
""",
                merged="A1:D1",
            )
        ],
        projects="""
name | total_investment_10k | currency
热镀锌钢管 | 6000 | CNY
精梳棉纱 | 3800 | CNY
""",
        funding="""
name | kind | stated_as | amount_10k
热镀锌钢管 | completed | ytd | 2500
精梳棉纱 | completed | ytd | 3800
""",
    ),
    Case(
        name="xlsm_ledger",
        about="Workbook with the content type of macros.",
        file="xlsm_ledger.xlsm",
        sheets=[
            Sheet(
                "台账",
                """
招商引资项目管理台账
更新至：2019年8月31日 | | | | 计量单位：亿元
序号 | 项目名称 | 投资方名称 | 总投资 | 截至目前累计到位资金 | 推进情况
1 | 年产2GWh储能电池 | 宁德恒储 | 10.5 | 3.12 | 主体厂房施工
2 | 数码印花产业园 | 柯桥印彩 | 2 | 0.4 | 已签约，土地手续办理中
""",
                merged="A1:F1",
            )
        ],
        projects="""
name | investor | total_investment_10k | currency | stage | sector
年产2GWh储能电池 | 宁德恒储 | 105000 | CNY | started | new_energy
数码印花产业园 | 柯桥印彩 | 20000 | CNY | | modern_textiles
""",
        funding="""
name | period | kind | amount_10k | currency
年产2GWh储能电池 | 2019-08-01 | arrived | 31200 | CNY
数码印花产业园 | 2019-08-01 | arrived | 4000 | CNY
""",
    ),
    Case(
        name="strict_ooxml",
        about="“Strict Open XML”: the same parts in other namespaces.",
        sheets=[
            Sheet(
                "一季度",
                """
2020年一季度集中签约项目
序号 | 项目名称 | 投资方 | 合同金额（亿元） | 用地需求（亩） | 签约日期
1 | 氢燃料电池电堆 | 上海氢跃科技 | 6 | 150 | 2020.02.18
2 | 芳纶纸及芳纶制品 | 烟台芳诺新材料 | 4.5 | 88 | 2020.03.06
""",
                merged="A1:F1",
            )
        ],
        made_as="strict",
        projects="""
name | investor | signed_10k | signed_currency | land_mu | signed_on | signed_precision | sector
氢燃料电池电堆 | 上海氢跃科技 | 60000 | CNY | 150 | 2020-02-18 | day | new_energy
芳纶纸及芳纶制品 | 烟台芳诺新材料 | 45000 | CNY | 88 | 2020-03-06 | day |
""",
        allowed=("ambiguous_sector",),
    ),
    Case(
        name="wps_et",
        about="WPS workbook (.et), which is BIFF8 inside.",
        file="wps_et.et",
        sheets=[
            Sheet(
                "Sheet1",
                """
2010年度招商引资实绩
序号 | 企业名称 | 建设项目名称 | 投资方 | 注册资本（万元） | 总投资（万元） | 到位资金（万元）
1 | 青禾华泰铸造有限公司 | 球墨铸铁井盖 | 河北泊头华泰 | 500 | 2600 | 2600
2 | 青禾天蚕丝绸有限公司 | 蚕丝被深加工 | 桐乡天蚕 | 300 | 1500 | 900
总计 | | | | 800 | 4100 | 3500
""",
                merged="A1:G1",
            )
        ],
        projects="""
name | company | investor | total_investment_10k | currency
球墨铸铁井盖 | 青禾华泰铸造有限公司 | 河北泊头华泰 | 2600 | CNY
蚕丝被深加工 | 青禾天蚕丝绸有限公司 | 桐乡天蚕 | 1500 | CNY
""",
        funding="""
name | kind | amount_10k
球墨铸铁井盖 | arrived | 2600
蚕丝被深加工 | arrived | 900
""",
        totals=[("F5", True), ("G5", True)],
    ),
    Case(
        name="password_protected",
        about="A workbook that asks for a password to open it.",
        made_as="encrypted",
        sheets=[Sheet("Sheet1", "项目名称 | 总投资（万元）\n光伏玻璃 | 9000")],
        problems=[("password_protected", None)],
    ),
    Case(
        name="broken_copy",
        about="Half a file: the copy to the memory stick broke off.",
        made_as="broken",
        sheets=[Sheet("Sheet1", "项目名称 | 总投资（万元）\n光伏玻璃 | 9000")],
        problems=[("unreadable_workbook", None)],
    ),
    Case(
        name="nothing_but_empty_sheets",
        about="A new workbook nobody has typed into: nothing to read, nothing to warn of but that.",
        sheets=[Sheet("Sheet1", ""), Sheet("Sheet2", "")],
        allowed=("no_table",),
    ),
]
