"""Land, what it yields, and infrastructure."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Flag, Number, Text, column
from meishan_stats.schemas.results.base import Result


class LandEfficiency(Result):
    """Investment, output and tax of projects of one office for each mu of their land."""

    title = "亩均效益"

    grouped_by: Text = column("分组", "project, sector, park or town", nullable=False)
    group: Text = column("组别", "project_id, code of the sector, park or town; missing where none is known")
    name: Text = column("项目名称", "name of the project; missing for groups")
    status: Text = column("签约情况", "signed, negotiating, stopped or unknown", nullable=False)
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    n_used: Count = column("计入项目数", "projects whose land and investment are known", "个", nullable=False)
    n_land_missing: Count = column("缺用地项目数", "projects without known land", "个", nullable=False)
    n_investment_missing: Count = column(
        "缺投资项目数", "projects of known land without a known investment", "个", nullable=False
    )
    n_total_instead: Count = column(
        "以总投资代替项目数",
        "projects used whose total investment stands for fixed assets",
        "个",
        nullable=False,
    )
    investment_cny_10k: Number = column("固定资产投资", "investment of the projects used", TEN_THOUSAND_YUAN)
    land_mu: Number = column("用地面积", "land of the projects used", "亩")
    investment_per_mu_cny_10k: Number = column("亩均投资", "investment for each mu", "万元/亩")
    lowest_per_mu_cny_10k: Number = column(
        "最低亩均投资", "lowest investment for each mu of a project", "万元/亩"
    )
    highest_per_mu_cny_10k: Number = column(
        "最高亩均投资", "highest investment for each mu of a project", "万元/亩"
    )
    threshold_cny_10k: Number = column("亩均投资标准", "investment for each mu that is asked for", "万元/亩")
    n_below: Count = column("低于标准项目数", "projects used below the threshold", "个", nullable=False)
    below_share: Number = column("低于标准占比", "share of the projects used", "fraction")
    is_below: Flag = column("低于标准", "investment for each mu is below the threshold")
    annual_output_cny_10k: Number = column(
        "年产值", "annual output of projects of known land", TEN_THOUSAND_YUAN
    )
    n_output_used: Count = column(
        "产值计入项目数", "projects whose land and output are known", "个", nullable=False
    )
    output_per_mu_cny_10k: Number = column("亩均产值", "annual output for each mu", "万元/亩")
    annual_tax_cny_10k: Number = column("年税收", "annual tax of projects of known land", TEN_THOUSAND_YUAN)
    n_tax_used: Count = column(
        "税收计入项目数", "projects whose land and tax are known", "个", nullable=False
    )
    tax_per_mu_cny_10k: Number = column("亩均税收", "annual tax for each mu", "万元/亩")


class InfrastructureProgress(Result):
    """Infrastructure of one office and kind in one year: planned, completed, and who pays."""

    title = "基础设施进度"

    year: Count = column("年度", "year; missing where none is known")
    kind: Text = column("类别", "kind of work; missing where none is known, and in totals")
    is_total: Flag = column("合计", "all kinds together", nullable=False)
    n_items: Count = column("项目数", "items", "个", nullable=False)
    planned_cny_10k: Number = column("计划投入", "planned", TEN_THOUSAND_YUAN)
    n_planned_known: Count = column("计划投入项数", "planned amounts known", "项", nullable=False)
    n_planned_missing: Count = column("计划投入缺项", "planned amounts not known", "项", nullable=False)
    completed_cny_10k: Number = column("完成投入", "spent", TEN_THOUSAND_YUAN)
    n_completed_known: Count = column("完成投入项数", "amounts spent that are known", "项", nullable=False)
    n_completed_missing: Count = column("完成投入缺项", "amounts spent not known", "项", nullable=False)
    n_plan_unknown: Count = column(
        "计划或完成不明", "amounts of which it is unknown whether planned or spent", "项", nullable=False
    )
    attainment: Number = column("完成率", "spent / planned", "fraction")
    target_cny_10k: Number = column("目标金额", "target of the year, in totals", TEN_THOUSAND_YUAN)
    n_targets: Count = column("目标数", "targets of infrastructure of the year", "个", nullable=False)
    target_attainment: Number = column("目标完成率", "spent / target", "fraction")
    planned_public_cny_10k: Number = column("计划财政投入", "planned, public", TEN_THOUSAND_YUAN)
    planned_private_cny_10k: Number = column("计划民间投入", "planned, private", TEN_THOUSAND_YUAN)
    planned_mixed_cny_10k: Number = column("计划共同投入", "planned, public and private", TEN_THOUSAND_YUAN)
    planned_unknown_cny_10k: Number = column("计划投入主体不明", "planned, payer unknown", TEN_THOUSAND_YUAN)
    planned_private_share: Number = column("计划民间占比", "private, of what has a known payer", "fraction")
    completed_public_cny_10k: Number = column("完成财政投入", "spent, public", TEN_THOUSAND_YUAN)
    completed_private_cny_10k: Number = column("完成民间投入", "spent, private", TEN_THOUSAND_YUAN)
    completed_mixed_cny_10k: Number = column("完成共同投入", "spent, public and private", TEN_THOUSAND_YUAN)
    completed_unknown_cny_10k: Number = column("完成投入主体不明", "spent, payer unknown", TEN_THOUSAND_YUAN)
    completed_private_share: Number = column("完成民间占比", "private, of what has a known payer", "fraction")
    land_mu: Number = column("用地", "land of the items", "亩")
    n_land_known: Count = column("用地项数", "items whose land is known", "项", nullable=False)
