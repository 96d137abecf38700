"""How dates are typed."""

from workbooks.case import Case, Sheet

CASES = [
    Case(
        name="every_habit_of_dates",
        about="One column 签约时间 filled in by many hands; the year of 3月15日 stands in the title.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2011年签约项目时间表
序号 | 项目名称 | 签约时间
1 | 东一铸件 | d:2011-03-15
2 | 东二锻件 | 2011-3-15
3 | 东三冲件 | 2011/3/15
4 | 东四拉件 | 2011.3.15
5 | 东五车件 | 20110315
6 | 东六铣件 | 2011年3月15日
7 | 东七刨件 | 3月15日
8 | 东八磨件 | 2011年3月
9 | 东九钻件 | '2011.03
10 | 西一镗件 | 3月上旬
11 | 西二插件 | 2011年底
12 | 西三拔件 | 二季度
13 | 西四线件 | 2011年
14 | 西五绕件 | 40617
15 | 西六焊件 | 未定
16 | 西七铆件 | 二〇一一年三月十五日
17 | 西八钣件 | '2011-03-15 00:00:00
""",
                merged="A1:C1",
            )
        ],
        projects="""
name | signed_on | signed_precision
东一铸件 | 2011-03-15 | day
东二锻件 | 2011-03-15 | day
东三冲件 | 2011-03-15 | day
东四拉件 | 2011-03-15 | day
东五车件 | 2011-03-15 | day
东六铣件 | 2011-03-15 | day
东七刨件 | 2011-03-15 | day
东八磨件 | 2011-03-01 | month
东九钻件 | 2011-03-01 | month
西一镗件 | 2011-03-01 | month
西二插件 | |
西三拔件 | 2011-04-01 | quarter
西四线件 | 2011-01-01 | year
西五绕件 | 2011-03-15 | day
西六焊件 | None |
西七铆件 | 2011-03-15 | day
西八钣件 | 2011-03-15 | day
""",
    ),
    Case(
        name="october_written_as_a_number",
        about="Numbers 2011.8, 2011.9, 2011.1, 2011.11, 2011.12 in order: the third is October.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2011年下半年签约项目（按签约先后排列）
序号 | 项目名称 | 投资方 | 签约时间
1 | 南一灯罩 | 古镇照明 | 2011.8
2 | 南二灯杆 | 高邮灯具 | 2011.9
3 | 南三灯箱 | 中山灯箱 | 2011.1
4 | 南四灯带 | 深圳灯带 | 2011.11
5 | 南五灯座 | 宁波灯座 | 2011.12
""",
                merged="A1:D1",
            )
        ],
        projects="""
name | signed_on | signed_precision
南一灯罩 | 2011-08-01 | month
南二灯杆 | 2011-09-01 | month
南三灯箱 | 2011-10-01 | month
南四灯带 | 2011-11-01 | month
南五灯座 | 2011-12-01 | month
""",
        allowed=("ambiguous_date",),
    ),
    Case(
        name="january_or_october",
        about="The number 2011.1 with no neighbour to decide: taken as something, and told of.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2011年项目签约登记
项目名称 | 投资方 | 签约时间
北一木门 | 江山木门 | 2011.5
北二木窗 | 哈尔滨木窗 | 2011.1
北三木梯 | 满洲里木业 | 2011.3
""",
                merged="A1:C1",
            )
        ],
        projects="""
name | signed_precision
北一木门 | month
北二木窗 | month
北三木梯 | month
""",
        problems=[("ambiguous_date", "C4")],
    ),
    Case(
        name="impossible_dates",
        about="A thirteenth month and a 30 February: missing, and told of.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2012年项目签约登记
项目名称 | 投资方 | 签约日期
砂轮 | 白鸽磨料 | 2012年13月
砂纸 | 东冠砂纸 | 2012-02-30
砂带 | 金牛砂带 | 2012-02-29
""",
                merged="A1:C1",
            )
        ],
        projects="""
name | signed_on
砂轮 | None
砂纸 | None
砂带 | 2012-02-29
""",
        problems=[("unparseable_date", "C3"), ("unparseable_date", "C4")],
    ),
    Case(
        name="dates_and_spans_of_building",
        about="建设起止年限 as a span, planned start as month, started projects marked in words.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2015年重点项目节点计划
项目名称 | 建设单位 | 建设年限 | 计划开工时间 | 实际开工时间 | 计划竣工时间
压缩机 | 青禾压缩机 | 2015-2017 | 2015年4月 | 2015年5月6日 | 2017年6月
制冷剂 | 青禾氟化工 | 2014-2016 | 2014年9月 | 2014-09-28 | 2016年底前
换热器 | 青禾换热 | 2015.6-2016.8 | 2015年6月 | | 2016年8月
""",
                merged="A1:F1",
            )
        ],
        projects="""
name | company
压缩机 | 青禾压缩机
制冷剂 | 青禾氟化工
换热器 | 青禾换热
""",
    ),
    Case(
        name="start_before_signing",
        about="One project starts a year before it is signed: the dates contradict each other.",
        sheets=[
            Sheet(
                "Sheet1",
                """
项目名称 | 投资方 | 签约时间 | 实际开工时间 | 竣工时间
滤芯 | 新乡滤器 | 2014-03-02 | 2014-08-16 | 2015-05-20
滤袋 | 抚顺滤袋 | 2015-06-11 | 2014-06-30 | 2015-12-01
""",
            )
        ],
        projects="""
name | signed_on
滤芯 | 2014-03-02
滤袋 | 2015-06-11
""",
        milestones="""
name | milestone | actual_on
滤芯 | signed | 2014-03-02
滤袋 | signed | 2015-06-11
滤芯 | started | 2014-08-16
滤芯 | completed | 2015-05-20
滤袋 | started | 2014-06-30
滤袋 | completed | 2015-12-01
""",
        problems=[("date_order", None)],
    ),
]
