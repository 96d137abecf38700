"""Tables of the statistics: one result a model, named as the function that makes it."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Date, Flag, Number, Table, Text, column


class _Result(Table):
    office: Text = column("单位名称", "office", nullable=False)
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)
    as_of: Date = column("截至", "last month reported")


class SectorBreakdown(_Result):
    """Projects and capital of one office, sector and year."""

    class Config:
        title = "产业分析"

    sector: Text = column("产业", "sector; missing where none is known", codelist="sectors")
    year: Count = column("年度", "year; missing where none is known")
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    n_signed: Count = column("签约项目数", "projects signed", "个", nullable=False)
    n_negotiating: Count = column("在谈项目数", "projects not yet signed", "个", nullable=False)
    n_stage_unknown: Count = column("阶段不明项目数", "projects of unknown stage", "个", nullable=False)
    negotiating_cny_10k: Number = column("在谈投资额", "total investment not yet signed", TEN_THOUSAND_YUAN)
    n_negotiating_missing: Count = column("在谈投资额缺项", "amounts not known", "项", nullable=False)
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    n_signed_missing: Count = column("签约金额缺项", "amounts not known", "项", nullable=False)
    arrived_cny_10k: Number = column("到位资金", "capital arrived in the year", TEN_THOUSAND_YUAN)
    n_arrived_known: Count = column("到位资金笔数", "monthly amounts known", "笔", nullable=False)
    n_arrived_missing: Count = column("到位资金缺项", "monthly amounts not known", "笔", nullable=False)
    project_share: Number = column("项目数占比", "share of the year's projects", "fraction")
    signed_share: Number = column("签约金额占比", "share of the year's signed amount", "fraction")
    arrived_share: Number = column("到位资金占比", "share of the year's capital arrived", "fraction")


class FundingByMonth(_Result):
    """Capital of one office in one month, all projects together."""

    class Config:
        title = "资金进度"

    kind: Text = column("资金类别", "arrived, fixed_asset or completed", nullable=False)
    period: Date = column("月份", "first day of the month")
    amount_cny_10k: Number = column("当月金额", "amount of the month", TEN_THOUSAND_YUAN)
    ytd_cny_10k: Number = column("本年累计", "amount of the year to date", TEN_THOUSAND_YUAN)
    n_projects: Count = column("项目数", "projects with a known amount", "个", nullable=False)
    n_missing: Count = column("缺项", "amounts not known", "项", nullable=False)
    yoy_growth: Number = column("同比", "growth over the same month last year", "fraction")
    mom_growth: Number = column("环比", "growth over the month before", "fraction")
    ytd_yoy_growth: Number = column("累计同比", "growth of the year to date", "fraction")
