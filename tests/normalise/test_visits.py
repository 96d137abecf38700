"""Ledgers of visits received and made, as offices draw them."""

from meishan_stats.schemas import Visits, columns


def test_a_register_of_visitors_counts_the_heads_that_their_names_tell(read):
    ledger = read(
        "visits",
        """
2011年煤山镇来访客商登记表
序号 | 来访时间 | 来访客商 | 来自何地 | 洽谈项目 | 接待人 | 联系电话 | 备注
1 | 3月5日-7日 | 南京某公司总经理一行5人 | 江苏南京 | 标准厂房租赁 | 钱伟 | '13900000001 |
2 | 2011.4.12 | 上海知青联合会（12人） | 上海 | | 周建、钱伟 | '13900000002 |
注：来访3人以上须登记。
""",
        "A1:H1 A5:H5",
    )
    assert ledger("visited_on", "visited_precision", "visitor", "origin", "n_visitors", "host") == [
        ("2011-03-05", "day", "南京某公司总经理一行5人", "江苏南京", 5, "钱伟"),
        ("2011-04-12", "day", "上海知青联合会（12人）", "上海", 12, "周建、钱伟"),
    ]
    assert ledger("direction", "project_name", "project_id") == [
        ("received", "标准厂房租赁", None),
        ("received", None, None),
    ]
    assert "1390000000" not in ledger.frame.astype(str).to_string()


def test_a_trip_to_a_place_without_a_visitor_is_a_visit_made_there(read):
    ledger = read(
        "visits",
        """
2011年度外出招商台账
填报单位：煤山镇招商办 | | | | | |
序号 | 出访时间 | 出访地 | 带队领导 | 拜访企业 | 洽谈内容 | 成效
1 | 2011-03-08 | 上海、无锡 | 王镇长 | 上海某机械公司、无锡某纺织公司 | 纺机项目 | 达成意向
2 | 2011-05-20 | 深圳 | 李书记等4人 | | 参加推介会 |
""",
    )
    assert ledger("visited_on", "direction", "visitor", "origin", "host", "n_visitors") == [
        ("2011-03-08", "made", "上海某机械公司、无锡某纺织公司", "上海、无锡", "王镇长", None),
        ("2011-05-20", "made", None, "深圳", "李书记等4人", 4),
    ]
    assert ledger.doubts == []


def test_a_list_of_receptions_by_enterprise_person_and_number(read):
    ledger = read(
        "visits",
        """
客商考察接待一览表（1-6月）
日期 | 单位名称 | 姓名 | 职务 | 人数 | 考察内容 | 接待领导 | 陪同人员
2012年1月9日 | 杭州某新材料公司 | 张三 | 总经理 | 4人 | 工业园区 | 李书记 | 钱伟
2012年2月 | 浙江省江苏商会 | 李四 | 秘书长 | 一行6人 | 投资环境 | 王镇长 | 周建
""",
    )
    assert ledger("visited_on", "visited_precision", "direction", "visitor", "n_visitors", "host") == [
        ("2012-01-09", "day", "received", "杭州某新材料公司", 4, "李书记"),
        ("2012-02-01", "month", "received", "浙江省江苏商会", 6, "王镇长"),
    ]


def test_two_sections_of_one_sheet_tell_the_direction_and_its_sum_is_no_visit(read):
    ledger = read(
        "visits",
        """
2011年三季度招商活动情况
序号 | 时间 | 地点 | 活动内容 | 参加人员
一、来访接待 | | | |
1 | 7月3日 | 镇政府 | 南京亚飞公司商谈新能源项目 | 李书记
2 | 7月15日 | 园区 | 光利集团一行3人实地考察 | 王镇长
二、外出拜访 | | | |
1 | 8月2日 | 上海 | 某集团商谈合作 | 李书记等4人
小计 | 3次 | | |
""",
    )
    assert ledger("visited_on", "direction", "origin", "host", "n_visitors") == [
        ("2011-07-03", "received", None, "李书记", None),
        ("2011-07-15", "received", None, "王镇长", 3),
        ("2011-08-02", "made", "上海", "李书记等4人", 4),
    ]


def test_a_direction_column_comes_before_the_title_and_its_longest_words_count(read):
    ledger = read(
        "visits",
        """
2011年客商来访及外出招商活动登记表
日期 | 类型 | 客商（单位） | 客商来源 | 人数 | 接待（带队）人 | 洽谈项目
2011-03-08 | 来镇考察 | 南京亚飞配件 | 江苏南京 | 4 | 钱伟 | 配件项目
2011-05-20 | 外出考察 | 萧山羽绒商会 | 浙江萧山 | 6 | 周建 |
2011-05-21 | 招商推介会 | 某商会 | 上海 | 30 | 周建 |
""",
    )
    assert ledger("direction", "visitor", "project_name") == [
        ("received", "南京亚飞配件", "配件项目"),
        ("made", "萧山羽绒商会", None),
        (None, "某商会", None),
    ]


def test_visits_to_enterprises_with_amounts_are_no_projects(read):
    ledger = read(
        "visits",
        """
走访企业情况表
走访日期 | 企业名称 | 企业所在地 | 走访领导 | 企业联系人 | 联系方式 | 洽谈项目 | 项目总投资（万元） | 进展
2012-03-01 | 萧山某羽绒公司 | 杭州萧山 | 王镇长 | 赵某 | '138 | 羽绒服装 | 5000 | 有意向
2012-03-02 | 萧山某化纤公司 | 杭州萧山 | 王镇长 | 钱某 | '138 | 化纤 | 8000 | 继续跟踪
""",
    )
    assert ledger("direction", "visitor", "origin", "host", "project_name") == [
        ("made", "萧山某羽绒公司", "杭州萧山", "王镇长", "羽绒服装"),
        ("made", "萧山某化纤公司", "杭州萧山", "王镇长", "化纤"),
    ]
    assert "赵某" not in ledger.frame.astype(str).to_string()


def test_days_without_a_month_take_that_of_the_title_and_the_first_of_several_counts(read):
    ledger = read(
        "visits",
        """
客商来访情况（2012年3月）
日期 | 来访客商 | 洽谈内容
2日 | 杭州某公司 | 厂房租赁
5日、6日 | 萧山某企业家协会考察团一行八人 | 投资环境
15日 | 某商会 | 二次洽谈
""",
    )
    assert ledger("visited_on", "visitor", "n_visitors") == [
        ("2012-03-02", "杭州某公司", None),
        ("2012-03-05", "萧山某企业家协会考察团一行八人", 8),
        ("2012-03-15", "某商会", None),
    ]


def test_several_days_however_they_are_written_are_a_visit_of_the_first(read):
    ledger = read(
        "visits",
        """
2011年来访登记
来访日期 | 来访企业
3月5日、6日 | 甲公司
3.28-4.2 | 乙公司
2011-05-05至05-07 | 丙公司
6月上旬 | 丁公司
d:2011-07-08 | 戊公司
""",
    )
    assert ledger("visited_on", "visited_precision") == [
        ("2011-03-05", "day"),
        ("2011-03-28", "day"),
        ("2011-05-05", "day"),
        ("2011-06-01", "ten_days"),
        ("2011-07-08", "day"),
    ]
    assert ledger.doubts == []


def test_trips_abroad_by_month_and_country(read):
    ledger = read(
        "visits",
        """
2012年出国（境）招商活动一览
出访时间 | 国家（地区） | 团长 | 人数 | 主要任务
4月10日-18日 | 日本 | 李书记 | 6 | 拜访某株式会社
9月 | 台湾 | 王镇长 | 5 | 参加台博会
合计 | | | 11 |
""",
    )
    assert ledger("visited_on", "visited_precision", "direction", "origin", "host", "n_visitors") == [
        ("2012-04-10", "day", "made", "日本", "李书记", 6),
        ("2012-09-01", "month", "made", "台湾", "王镇长", 5),
    ]


def test_the_person_stands_in_where_no_enterprise_is_named(read):
    ledger = read(
        "visits",
        """
2011年客商来访登记台账
序号 | 来访日期 | 来访单位 | 来访人员姓名 | 职务 | 联系方式 | 人数 | 投资意向 | 意向投资额（万元） | 接待人
1 | 2011-01-05 | 江苏某公司 | 赵某 | 经理 | '1380 | 3 | 化纤 | 5000 | 钱伟
2 | 2011-01-08 | | 孙某等2人 | | '1390 | | 机械 | 约3000 | 钱伟
合计 | 2批 | | | | | 5 | | |
""",
    )
    assert ledger("visitor", "n_visitors", "host") == [("江苏某公司", 3, "钱伟"), ("孙某等2人", 2, "钱伟")]


def test_an_english_log_is_read_as_well(read):
    ledger = read(
        "visits",
        """
Log of investor visits, 2012
Date | Direction | Visitor | From | Number of people | Received by | Project discussed
2012-03-01 | Inbound | Siemens delegation | Germany | 5 | Mr Qian | Motor plant
2012-04-11 | Outbound | Bosch (China) | Shanghai | 2 | Mr Wang |
Total | | | | 7 | |
""",
    )
    assert ledger("visited_on", "direction", "visitor", "origin", "n_visitors", "project_name") == [
        ("2012-03-01", "received", "Siemens delegation", "Germany", 5, "Motor plant"),
        ("2012-04-11", "made", "Bosch (China)", "Shanghai", 2, None),
    ]


def test_a_column_of_months_is_the_date_to_the_month(read):
    ledger = read(
        "visits",
        """
对外招商拜访记录
月份 | 城市 | 拜访单位 | 参与人员
3月 | 上海 | 某集团 | 陆一
4月 | 深圳 | 某公司 | 陆二
""",
        sheet="2012年",
    )
    assert ledger("visited_on", "visited_precision", "direction", "visitor", "origin", "host") == [
        ("2012-03-01", "month", "made", "某集团", "上海", "陆一"),
        ("2012-04-01", "month", "made", "某公司", "深圳", "陆二"),
    ]


def test_every_column_of_the_schema_is_there_and_no_other(read):
    ledger = read(
        "visits", "2012年来访登记\n来访日期 | 来访企业 | 接待人\n3月1日 | 甲公司 | 钱伟\n3月2日 | 乙 | 周建"
    )
    assert list(ledger.frame.columns) == list(columns(Visits))


def test_a_project_spoken_of_and_our_own_people_are_no_visitor(read):
    trips = read(
        "visits",
        """
煤山镇2011年外出招商情况表
序号 | 外出时间 | 前往地点 | 外出人员 | 洽谈项目 | 洽谈内容
1 | 2011年 | 上海青浦 | 镇干部 | 多晶硅提炼 | 与投资商深入洽谈
2 | 4月 | 深圳 | 李书记等3人 | | 参加推介会
""",
    )
    assert trips("visited_on", "visited_precision", "direction", "visitor", "origin", "host") == [
        ("2011-01-01", "year", "made", None, "上海青浦", "镇干部"),
        ("2011-04-01", "month", "made", None, "深圳", "李书记等3人"),
    ]
    assert trips("project_name", "n_visitors") == [("多晶硅提炼", None), (None, 3)]


def test_two_tables_on_one_sheet_take_the_title_just_above_each(read):
    ledgers = read(
        "visits",
        """
2011年7月客商来访及外出招商活动台账
7月客商来访登记表
序号 | 日期 | 来访客商 | 来自 | 来访人数 | 接待人 | 洽谈项目
1 | 7月上旬 | 长兴机械有限公司 | 浙江长兴 | 7 | 专员戊 | 工程机械配件
2 | 7月6日 | 上海投资集团 | 上海青浦 | 11 | 专员己 |

7月外出招商登记表
序号 | 日期 | 拜访客商 | 前往地点 | 外出人数 | 带队人 | 洽谈项目
1 | 7月1日-2日 | 萧山光电公司 | 浙江萧山 | 12 | 镇长 |
""",
        "A1:G1 A2:G2 A7:G7",
    )
    assert ledgers("visited_on", "visited_precision", "direction", "visitor", "n_visitors", "host") == [
        ("2011-07-01", "ten_days", "received", "长兴机械有限公司", 7, "专员戊"),
        ("2011-07-06", "day", "received", "上海投资集团", 11, "专员己"),
        ("2011-07-01", "day", "made", "萧山光电公司", 12, "镇长"),
    ]


def test_workers_a_project_is_to_employ_are_no_visitors(read):
    ledger = read(
        "visits",
        """
2011年来访登记
来访日期 | 来访企业 | 洽谈内容 | 接待人
3月1日 | 甲公司 | 服装加工，用工500人 | 钱伟
3月2日 | 乙公司 | 董事长一行4人看地 | 周建
""",
    )
    assert ledger("visitor", "n_visitors") == [("甲公司", None), ("乙公司", 4)]


def test_a_column_of_regions_tells_where_visitors_come_from_and_one_of_places_where_they_met(read):
    ledger = read(
        "visits",
        """
2019年客商来访登记
日期 | 来访企业 | 省市 | 地点 | 接待人
2019-03-04 | 甲轴承公司 | 山东 | 会议中心 | 林某
2019-03-11 | 乙涂料公司 | 湖北 | 规划馆 | 邵某
""",
    )
    assert ledger("visitor", "direction", "origin") == [
        ("甲轴承公司", "received", "山东"),
        ("乙涂料公司", "received", "湖北"),
    ]


def test_under_a_merged_heading_a_day_is_a_day_and_the_words_below_tell_the_direction(read):
    ledger = read(
        "visits",
        """
2018年6月镇领导招商活动统计
序号 | 活动内容 | | | 带队领导
 | 日期 | 形式 | 企业名称 |
1 | 6月5日 | 外出 | 甲水泥公司 | 钱某
2 | 6月8日 | 接待 | 乙饲料公司 | 孔某
""",
        "A2:A3 B2:D2 E2:E3",
    )
    assert ledger("visited_on", "direction", "visitor", "host") == [
        ("2018-06-05", "made", "甲水泥公司", "钱某"),
        ("2018-06-08", "received", "乙饲料公司", "孔某"),
    ]


def test_a_trip_without_a_named_visitor_keeps_its_place_its_host_and_its_project(read):
    trips = read(
        "visits",
        """
2013年外出招商记录
序号 | 外出时间 | 前往地点 | 外出人员 | 洽谈项目 | 洽谈内容
1 | 2013年4月2日 | 福建晋江 | 镇长 | 运动鞋面料 | 初步达成意向
""",
    )
    assert trips("visitor", "origin", "host", "project_name", "direction") == [
        (None, "福建晋江", "镇长", "运动鞋面料", "made")
    ]


def test_a_day_merged_over_several_visits_is_the_day_of_each(read):
    ledger = read(
        "visits",
        """
2015年来访客商登记表
来访时间 | 来访单位 | 人数 | 接待人
2015-07-09 | 甲泵业公司 | 3 | 林某
 | 乙阀门公司 | 2 | 林某
2015-07-20 | 丙铸造公司 | 5 | 邵某
""",
        "A3:A4",
    )
    assert ledger("visited_on", "visitor", "n_visitors") == [
        ("2015-07-09", "甲泵业公司", 3),
        ("2015-07-09", "乙阀门公司", 2),
        ("2015-07-20", "丙铸造公司", 5),
    ]
