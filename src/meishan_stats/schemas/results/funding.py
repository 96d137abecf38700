"""Capital over time, against targets, and what it may come to by the end of the year."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Date, Flag, Number, Text, column
from meishan_stats.schemas.results.base import Result


class FundingByMonth(Result):
    """Capital of one office in one month, all projects together."""

    title = "资金进度"

    kind: Text = column("资金类别", "arrived, fixed_asset or completed", nullable=False)
    period: Date = column("月份", "first day of the month")
    is_joined: Flag = column("一二月合计", "January and February together")
    amount_cny_10k: Number = column("当月金额", "amount of the month", TEN_THOUSAND_YUAN)
    ytd_cny_10k: Number = column("本年累计", "amount of the year to date", TEN_THOUSAND_YUAN)
    n_ytd_missing: Count = column("本年累计缺项", "amounts of the year to date not known", "项")
    n_projects: Count = column("项目数", "projects with a known amount", "个", nullable=False)
    n_missing: Count = column("缺项", "amounts not known", "项", nullable=False)
    yoy_growth: Number = column("同比", "growth over the same month last year", "fraction")
    mom_growth: Number = column("环比", "growth over the month before", "fraction")
    ytd_yoy_growth: Number = column("累计同比", "growth of the year to date", "fraction")


class FundingNewAndCarried(Result):
    """Capital that arrived in one year at one office, of projects signed in that year or earlier."""

    title = "新签与结转"

    year: Count = column("年度", "year the capital arrived; missing where none is known")
    vintage: Text = column(
        "新签/结转", "signed in the year or earlier; missing where it is not known", codelist="vintages"
    )
    n_projects: Count = column("到位项目数", "projects of which capital arrived", "个", nullable=False)
    n_known: Count = column("到位资金笔数", "amounts known", "笔", nullable=False)
    n_missing: Count = column("到位资金缺项", "amounts not known", "笔", nullable=False)
    arrived_cny_10k: Number = column("到位资金", "capital arrived", TEN_THOUSAND_YUAN)
    arrived_share: Number = column("占比", "share of the year's capital arrived", "fraction")
    average_cny_10k: Number = column("平均每个项目到位", "capital per project", TEN_THOUSAND_YUAN)
    n_projects_growth: Number = column("项目数同比", "growth of the projects", "fraction")
    arrived_growth: Number = column("到位资金同比", "growth of the capital", "fraction")
    average_growth: Number = column("平均到位同比", "growth of the capital per project", "fraction")
    large_tier: Text = column("大项目档次", "tier from which a project is large", codelist="size_tiers")
    n_large: Count = column("大项目数", "large projects of which capital arrived", "个", nullable=False)
    large_cny_10k: Number = column("大项目到位资金", "capital of large projects", TEN_THOUSAND_YUAN)
    n_size_unknown: Count = column("规模不明项目数", "projects of unknown size", "个", nullable=False)
    n_before_signing: Count = column(
        "签约前到位项目数", "projects of which capital arrived in a year before that of signing", "个",
        nullable=False,
    )  # fmt: skip


class TargetAttainment(Result):
    """One target of one office for one year, and what is reached of it to date."""

    title = "目标完成"

    year: Count = column("年度", "year")
    indicator: Text = column("指标", "what is to be reached, as stated")
    issuer: Text = column("下达单位", "who set the target")
    assignee: Text = column("承担单位", "who is to reach it")
    sector: Text = column("产业", "sector it is set for", codelist="sectors")
    measured_as: Text = column(
        "计算口径", "what is measured; missing where nothing is", codelist="indicators"
    )
    from_tier: Text = column(
        "规模下限", "smallest tier that counts; missing where all do", codelist="size_tiers"
    )
    includes_foreign: Flag = column(
        "含外资", "capital from overseas counts; missing where origin plays no part"
    )
    target_cny_10k: Number = column("目标金额", "target amount", TEN_THOUSAND_YUAN)
    actual_cny_10k: Number = column("完成金额", "amount reached to date", TEN_THOUSAND_YUAN)
    n_target: Number = column("目标数量", "target number", "个")
    n_actual: Number = column("完成数量", "number reached to date", "个")
    n_known: Count = column("已知笔数", "amounts known, or projects counted", "项", nullable=False)
    n_missing: Count = column(
        "缺项", "amounts not known, or projects of which the year is not known", "项", nullable=False
    )
    unknown_origin_cny_10k: Number = column(
        "来源不明金额", "amount of unknown origin, which is left out", TEN_THOUSAND_YUAN
    )
    n_unknown_origin: Count = column(
        "来源不明项", "amounts or projects of unknown origin, which are left out", "项", nullable=False
    )
    attainment: Number = column("完成率", "reached over target", "fraction")
    time_progress: Number = column("时间进度", "share of the year that has passed", "fraction")
    gap_pp: Number = column("超欠进度", "attainment less time progress", "百分点")
    gap_amount_cny_10k: Number = column(
        "超欠进度金额", "amount reached less target times time progress", TEN_THOUSAND_YUAN
    )
    n_gap: Number = column("超欠进度数量", "number reached less target times time progress", "个")
    needed_per_remaining_month_cny_10k: Number = column(
        "余月月均需完成", "amount still needed in each month left", TEN_THOUSAND_YUAN
    )
    n_needed_per_remaining_month: Number = column(
        "余月月均需完成数量", "number still needed in each month left", "个"
    )
    reason: Text = column("未算原因", "why nothing is measured", codelist="refusals")


class YearEndForecast(Result):
    """What the capital of one office may come to by the end of the year, by one method."""

    title = "全年预测"

    kind: Text = column(
        "资金类别", "arrived, fixed_asset or completed", codelist="funding_kinds", nullable=False
    )
    year: Count = column("年度", "year")
    method: Text = column("方法", "method", codelist="forecast_methods", nullable=False)
    n_months: Count = column("已过月数", "months passed", "个月")
    ytd_cny_10k: Number = column("本年累计", "amount of the year to date", TEN_THOUSAND_YUAN)
    n_known: Count = column("已知笔数", "amounts of the year known", "笔", nullable=False)
    n_missing: Count = column("缺项", "amounts of the year not known", "笔", nullable=False)
    forecast_cny_10k: Number = column("全年预测", "forecast of the year", TEN_THOUSAND_YUAN)
    low_cny_10k: Number = column("预测下限", "lower end of the interval", TEN_THOUSAND_YUAN)
    high_cny_10k: Number = column("预测上限", "upper end of the interval", TEN_THOUSAND_YUAN)
    level: Number = column("置信水平", "probability meant for the interval", "fraction")
    n_years: Count = column("参照年数", "former years used", "年", nullable=False)
    history_years: Text = column("参照年度", "former years used")
    used_share: Number = column(
        "所用比例",
        "seasonal: mean share of a year arrived by now; pipeline: share of the rest expected",
        "fraction",
    )
    outstanding_cny_10k: Number = column(
        "未到位协议资金", "signed and not yet arrived, for the pipeline", TEN_THOUSAND_YUAN
    )
    n_signed_missing: Count = column(
        "协议资金缺项", "signed projects without an amount, for the pipeline", "项"
    )
    reason: Text = column("未算原因", "why there is no forecast or no interval", codelist="refusals")
