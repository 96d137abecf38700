"""Projects and capital by sector."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Number, Text, column
from meishan_stats.schemas.results.base import Result


class SectorBreakdown(Result):
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
