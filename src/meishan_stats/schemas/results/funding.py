"""Capital over time."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Date, Number, Text, column
from meishan_stats.schemas.results.base import Result


class FundingByMonth(Result):
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
