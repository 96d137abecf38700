"""Projects and capital by sector."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Date, Number, Text, column
from meishan_stats.schemas.results.base import Result


class SectorBreakdown(Result):
    """Projects and capital of one office, sector and period."""

    title = "产业分析"

    sector: Text = column("产业", "sector; missing where none is known", codelist="sectors")
    subsector: Text = column("细分产业", "part of the sector; missing where none is known or asked for")
    by: Text = column("统计周期", "what the rows are by: year, quarter or month")
    year: Count = column("年度", "year; missing where none is known")
    period: Date = column(
        "季度（月份）", "first day of the quarter or month; missing in rows by year and where not known"
    )
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    n_signed: Count = column("签约项目数", "projects signed", "个", nullable=False)
    n_negotiating: Count = column("在谈项目数", "projects not yet signed", "个", nullable=False)
    n_stopped: Count = column("终止或暂停项目数", "projects terminated or suspended, not signed", "个")
    n_stage_unknown: Count = column(
        "阶段不明项目数", "projects of which it is unknown whether they are signed", "个", nullable=False
    )
    negotiating_cny_10k: Number = column("在谈投资额", "total investment not yet signed", TEN_THOUSAND_YUAN)
    n_negotiating_missing: Count = column("在谈投资额缺项", "amounts not known", "项", nullable=False)
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    n_signed_missing: Count = column("签约金额缺项", "amounts not known", "项", nullable=False)
    average_signed_cny_10k: Number = column(
        "平均签约金额", "signed amount of one project, of those with a known amount", TEN_THOUSAND_YUAN
    )
    arrived_cny_10k: Number = column("到位资金", "capital arrived in the period", TEN_THOUSAND_YUAN)
    n_arrived_known: Count = column("到位资金笔数", "monthly amounts known", "笔", nullable=False)
    n_arrived_missing: Count = column("到位资金缺项", "monthly amounts not known", "笔", nullable=False)
    project_share: Number = column("项目数占比", "share of the period's projects", "fraction")
    signed_share: Number = column("签约金额占比", "share of the period's signed amount", "fraction")
    arrived_share: Number = column("到位资金占比", "share of the period's capital arrived", "fraction")
    signed_growth: Number = column(
        "签约金额同比", "growth of the signed amount over the same period last year", "fraction"
    )
    arrived_growth: Number = column(
        "到位资金同比", "growth of the capital arrived over the same period last year", "fraction"
    )


class SectorByOrigin(Result):
    """Projects and capital of one office, sector and level of origin, all years together."""

    title = "产业与资金来源"

    sector: Text = column("产业", "sector; missing where none is known", codelist="sectors")
    origin_level: Text = column(
        "来源层级", "level of the origin, disjoint; missing where none is known", codelist="origin_levels"
    )
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    n_signed: Count = column("签约项目数", "projects signed", "个", nullable=False)
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    n_signed_missing: Count = column("签约金额缺项", "amounts not known", "项", nullable=False)
    arrived_cny_10k: Number = column("到位资金", "capital arrived", TEN_THOUSAND_YUAN)
    n_arrived_known: Count = column(
        "到位资金笔数", "monthly amounts known; missing without a table of capital", "笔"
    )
    n_arrived_missing: Count = column(
        "到位资金缺项", "monthly amounts not known; missing without a table of capital", "笔"
    )


class SectorByStage(Result):
    """Projects of one office, sector and stage, all years together."""

    title = "产业与阶段"

    sector: Text = column("产业", "sector; missing where none is known", codelist="sectors")
    stage: Text = column("阶段", "stage reached; missing where none is known", codelist="stages")
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    total_investment_cny_10k: Number = column("总投资", "total investment", TEN_THOUSAND_YUAN)
    n_total_investment_missing: Count = column("总投资缺项", "amounts not known", "项", nullable=False)
