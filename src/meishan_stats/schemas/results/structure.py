"""Size, concentration and change of the structure."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Date, Flag, Number, Text, column
from meishan_stats.schemas.results.base import Result


class SizeTiers(Result):
    """Projects of one office by tier of their total investment."""

    title = "规模结构"

    year: Count = column("年度", "year chosen; missing where all years are counted")
    status: Text = column("签约情况", "signed, negotiating, stopped or unknown", nullable=False)
    size_tier: Text = column("规模档次", "tier; missing where no investment is known", codelist="size_tiers")
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    total_investment_cny_10k: Number = column("总投资", "total investment", TEN_THOUSAND_YUAN)
    n_investment_known: Count = column("总投资项数", "total investments known", "项", nullable=False)
    n_investment_missing: Count = column("总投资缺项", "total investments not known", "项", nullable=False)
    average_investment_cny_10k: Number = column(
        "平均总投资", "total investment of a project", TEN_THOUSAND_YUAN
    )
    project_share: Number = column("项目数占比", "share of the projects of the status", "fraction")
    investment_share: Number = column("总投资占比", "share of the investment of the status", "fraction")
    n_from: Count = column("该档以上项目数", "projects of the tier or above it", "个")
    from_cny_10k: Number = column(
        "该档以上总投资", "investment of the tier and all above it", TEN_THOUSAND_YUAN
    )
    from_share: Number = column("该档以上项目数占比", "share of the projects of a known tier", "fraction")


class KeyProjects(Result):
    """One key project: on a list of key projects, or large."""

    title = "重点项目"

    rank: Count = column("序号", "place by total investment", nullable=False)
    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    name: Text = column("项目名称", "name of the project", nullable=False)
    sector: Text = column("产业", "sector", codelist="sectors")
    investor: Text = column("投资方", "investor")
    total_investment_cny_10k: Number = column("总投资", "total investment", TEN_THOUSAND_YUAN)
    size_tier: Text = column("规模档次", "tier of the total investment", codelist="size_tiers")
    is_key: Flag = column("重点项目", "on a list of key projects")
    status: Text = column("签约情况", "signed, negotiating, stopped or unknown", nullable=False)
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    arrived_cny_10k: Number = column("到位资金", "capital arrived until now", TEN_THOUSAND_YUAN)
    n_arrived_known: Count = column("到位资金笔数", "monthly amounts known", "笔", nullable=False)
    n_arrived_missing: Count = column("到位资金缺项", "monthly amounts not known", "笔", nullable=False)
    stage: Text = column("阶段", "stage reached", codelist="stages")
    responsible: Text = column("责任人", "person responsible")
    next_milestone: Text = column("下一节点", "earliest planned milestone not yet reached", codelist="stages")
    next_step: Text = column("下一步工作", "step of the schedule, as stated")
    next_on: Date = column("下一节点计划日期", "planned date of the next milestone")


class Concentration(Result):
    """How far capital or projects of one office are concentrated on few."""

    title = "集中度"

    year: Count = column("年度", "year chosen; missing where all years are counted")
    grouped_by: Text = column("分组", "investor, origin_adcode, sector or station", nullable=False)
    measure: Text = column("指标", "arrived, signed or n_projects", nullable=False)
    n_groups: Count = column("组数", "groups of a positive amount", "个", nullable=False)
    n_projects: Count = column("项目数", "projects of these groups", "个", nullable=False)
    total_cny_10k: Number = column("合计金额", "amount of these groups", TEN_THOUSAND_YUAN)
    hhi: Number = column("赫芬达尔指数", "sum of squared shares, from 1/n to 1", "fraction")
    effective_number: Number = column("有效组数", "1 / HHI: so many equal groups are as concentrated", "个")
    top1_share: Number = column("最大者占比", "share of the largest", "fraction")
    top3_share: Number = column("前三占比", "share of the three largest", "fraction")
    top5_share: Number = column("前五占比", "share of the five largest", "fraction")
    top10_share: Number = column("前十占比", "share of the ten largest", "fraction")
    gini: Number = column(
        "基尼系数", "Gini coefficient between the groups: 0 where they are equal", "fraction"
    )
    n_not_positive: Count = column(
        "非正值组数", "groups of no known or no positive amount", "个", nullable=False
    )
    n_unattributed: Count = column("无组别项目数", "projects of no known group", "个", nullable=False)
    unattributed_cny_10k: Number = column("无组别金额", "amount of no known group", TEN_THOUSAND_YUAN)
    n_missing: Count = column("缺项", "amounts not known", "项", nullable=False)


class Pareto(Result):
    """One investor, origin, sector or station by rank, with the share of all up to it."""

    title = "排名与累计占比"

    year: Count = column("年度", "year chosen; missing where all years are counted")
    grouped_by: Text = column("分组", "investor, origin_adcode, sector or station", nullable=False)
    measure: Text = column("指标", "arrived, signed or n_projects", nullable=False)
    rank: Count = column("名次", "rank, from the largest", nullable=False)
    group: Text = column("组别", "investor, code of the origin or sector, or station", nullable=False)
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    amount_cny_10k: Number = column("金额", "amount; missing where projects are counted", TEN_THOUSAND_YUAN)
    n_missing: Count = column("缺项", "amounts not known", "项", nullable=False)
    share: Number = column("占比", "share of all groups", "fraction")
    cumulative_share: Number = column("累计占比", "share of this and all larger groups", "fraction")


class LocationQuotient(Result):
    """One sector of one area against the same sector of a reference."""

    title = "区位商"

    sector: Text = column("产业", "sector; missing where none is known")
    value: Number = column("数值", "value of the sector in the area, in its own unit")
    n_missing: Count = column("缺项", "values not known", "项", nullable=False)
    local_share: Number = column("本地占比", "share of the area", "fraction")
    reference_value: Number = column("参照数值", "value of the sector in the reference, in its own unit")
    reference_share: Number = column("参照占比", "share of the reference", "fraction")
    location_quotient: Number = column("区位商", "local share / share of the reference", "ratio")


class ShiftShare(Result):
    """Change of one sector of one area, parted in three effects."""

    title = "偏离—份额分析"

    sector: Text = column("产业", "sector; missing where none is known")
    before: Number = column("基期数值", "value before, in its own unit")
    after: Number = column("报告期数值", "value after, in its own unit")
    n_missing: Count = column("缺项", "values of both years not known", "项")
    change: Number = column("变化", "after - before")
    national_effect: Number = column("总体增长效应", "growth as all sectors of the reference together")
    industry_mix: Number = column("产业结构效应", "growth of the sector in the reference beyond that of all")
    regional_effect: Number = column(
        "区域竞争力效应", "growth of the area beyond that of the sector in the reference"
    )
    growth: Number = column("增长率", "growth of the sector in the area", "fraction")
    reference_growth: Number = column("参照产业增长率", "growth of the sector in the reference", "fraction")
    reference_total_growth: Number = column("参照总体增长率", "growth of the whole reference", "fraction")
