"""Where capital comes from."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Flag, Number, Text, column
from meishan_stats.schemas.results.base import Result


class OriginBreakdown(Result):
    """Projects and capital of one office, origin and year."""

    title = "资金来源分析"

    year: Count = column("年度", "year; missing where none is known")
    origin_level: Text = column(
        "来源层级",
        "level of the origin, disjoint; missing where none is known, and in rows by region or nested",
        codelist="origin_levels",
    )
    origin_view: Text = column(
        "来源范围", "nested view of the origin; missing in other rows", codelist="origin_views"
    )
    region: Text = column(
        "来源地代码", "province (GB/T 2260) or country (ISO 3166-1); missing where none is known"
    )
    region_zh: Text = column("来源地", "name of the province or country, in Chinese")
    region_en: Text = column("来源地（英文）", "name of the province or country, in English")
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    n_signed: Count = column("签约项目数", "projects signed", "个", nullable=False)
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    n_signed_missing: Count = column("签约金额缺项", "amounts not known", "项", nullable=False)
    arrived_cny_10k: Number = column("到位资金", "capital arrived in the year", TEN_THOUSAND_YUAN)
    n_arrived_known: Count = column("到位资金笔数", "monthly amounts known", "笔", nullable=False)
    n_arrived_missing: Count = column("到位资金缺项", "monthly amounts not known", "笔", nullable=False)
    project_share: Number = column("项目数占比", "share of the year's projects", "fraction")
    signed_share: Number = column("签约金额占比", "share of the year's signed amount", "fraction")
    arrived_share: Number = column("到位资金占比", "share of the year's capital arrived", "fraction")
    arrived_rank: Count = column("到位资金位次", "place by capital arrived in the year", "位")
    arrived_top_share: Number = column(
        "前n位到位资金占比", "share of this origin and all before it by capital arrived", "fraction"
    )
    is_rest: Flag = column("其余合计", "all origins after the first n, added together", nullable=False)
    is_nested: Flag = column("口径有重叠", "views lie in one another and may not be summed", nullable=False)
    includes_foreign: Flag = column(
        "县外、市外、省外含外资", "the views outside county, city, province include foreign capital"
    )
