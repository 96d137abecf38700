"""Projects on their way from lead to production."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Date, Flag, Number, Text, column
from meishan_stats.schemas.results.base import Result


class StageStock(Result):
    """Projects of one office that stand at one stage at a date."""

    title = "项目阶段存量"

    stage: Text = column("阶段", "stage; missing where it is not known", codelist="stages")
    n_projects: Count = column("项目数", "projects at the stage", "个", nullable=False)
    total_investment_cny_10k: Number = column("总投资", "total investment", TEN_THOUSAND_YUAN)
    n_missing: Count = column("总投资缺项", "amounts not known", "项", nullable=False)
    project_share: Number = column("项目数占比", "share of the office's projects", "fraction")
    investment_share: Number = column(
        "总投资占比", "share of the office's known total investment", "fraction"
    )
    n_reached: Count = column(
        "到达该阶段项目数", "projects at the stage or further; missing for stopped and unknown", "个"
    )
    conversion_ratio: Number = column(
        "阶段转化率", "projects at the stage or further, of those at the stage before or further", "fraction"
    )


class StageFlow(Result):
    """Projects of one office that entered one stage in a period."""

    title = "项目阶段流量"

    start_on: Date = column("起", "first day of the period", nullable=False)
    end_on: Date = column("止", "last day of the period", nullable=False)
    stage: Text = column("阶段", "stage", codelist="stages", nullable=False)
    is_flow: Flag = column(
        "流量指标",
        "printed as a flow; no for lead and negotiating, of which the stock counts",
        nullable=False,
    )
    n_entered: Count = column(
        "进入项目数", "projects first seen at the stage in the period", "个", nullable=False
    )
    n_at_first_report: Count = column(
        "其中首期报表已在该阶段", "of these seen in the office's first report: entered then or earlier", "个",
        nullable=False,
    )  # fmt: skip
    n_reached: Count = column(
        "首次到达项目数", "projects first seen at the stage or further: those that skipped it too", "个"
    )
    total_investment_cny_10k: Number = column(
        "总投资", "total investment of those entered", TEN_THOUSAND_YUAN
    )
    n_investment_missing: Count = column("总投资缺项", "amounts not known", "项", nullable=False)
    signed_cny_10k: Number = column(
        "签约金额", "signed amount of those entered; missing for stages before signing", TEN_THOUSAND_YUAN
    )
    n_signed_missing: Count = column("签约金额缺项", "amounts not known", "项", nullable=False)


class CohortConversion(Result):
    """What has become of the projects of one office signed in one year, or of another cohort."""

    title = "签约批次转化"

    by: Text = column("分组方式", "what makes a cohort: year of signing, sector, method …", nullable=False)
    cohort: Text = column("批次", "year or code of the cohort; missing where none is known")
    n_signed: Count = column("签约项目数", "projects signed", "个", nullable=False)
    n_stopped: Count = column("其中已终止或暂停", "of these terminated or suspended", "个", nullable=False)
    n_undated: Count = column(
        "其中签约日期不明",
        "of these without a date of signing: in the year first reported",
        "个",
        nullable=False,
    )
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    n_signed_missing: Count = column("签约金额缺项", "signed amounts not known", "项", nullable=False)
    arrived_cny_10k: Number = column(
        "到位资金", "capital arrived to date of projects whose signed amount is known", TEN_THOUSAND_YUAN
    )
    n_arrived_unknown: Count = column(
        "到位资金不明项目数",
        "projects with a signed amount of whose capital nothing is known",
        "个",
        nullable=False,
    )
    arrived_unmatched_cny_10k: Number = column(
        "签约金额不明项目的到位资金", "capital arrived of projects without a signed amount", TEN_THOUSAND_YUAN
    )
    n_arrived_unmatched: Count = column(
        "签约金额不明而有到位资金的项目数", "projects without a signed amount of which capital arrived", "个"
    )
    arrival_ratio: Number = column("资金到位率", "capital arrived over signed amount", "fraction")
    exceeds: Flag = column("到位超签约", "more arrived than was signed for", nullable=False)
    n_started: Count = column("开工项目数", "projects started", "个", nullable=False)
    n_started_unknown: Count = column("开工与否不明", "not known whether started", "个", nullable=False)
    started_share: Number = column("开工率", "projects started, of those signed", "fraction")
    n_completed: Count = column("建成项目数", "projects completed", "个", nullable=False)
    n_completed_unknown: Count = column("建成与否不明", "not known whether completed", "个", nullable=False)
    completed_share: Number = column("建成率", "projects completed, of those signed", "fraction")
    n_production: Count = column("投产项目数", "projects in production", "个", nullable=False)
    n_production_unknown: Count = column(
        "投产与否不明", "not known whether in production", "个", nullable=False
    )
    production_share: Number = column("投产率", "projects in production, of those signed", "fraction")


class TimeInStage(Result):
    """Months that projects of one office stay at one stage."""

    title = "阶段停留时间"

    stage: Text = column("阶段", "stage", codelist="stages", nullable=False)
    n_spells: Count = column("停留次数", "stays whose beginning was seen", "次", nullable=False)
    n_finished: Count = column("其中已结束", "of these ended by a next stage", "次", nullable=False)
    n_stopped: Count = column(
        "其中以终止或暂停结束", "of the finished, ended by termination or suspension", "次", nullable=False
    )
    n_begun_before: Count = column(
        "起点不明次数",
        "stays under way in the first report: length not known, left out",
        "次",
        nullable=False,
    )
    lower_quartile_months: Number = column("下四分位", "a quarter has left by then", "月")
    median_months: Number = column("中位数", "half have left by then", "月")
    upper_quartile_months: Number = column("上四分位", "three quarters have left by then", "月")
    restricted_mean_months: Number = column("限定平均", "mean stay up to the horizon", "月")
    horizon_months: Number = column("观察期", "longest stay seen", "月")


class StaleNegotiations(Result):
    """One project under negotiation, and how long nothing has moved."""

    title = "在谈项目预警"

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    name: Text = column("项目名称", "name of the project", nullable=False)
    stage: Text = column("阶段", "stage", codelist="stages")
    total_investment_cny_10k: Number = column("总投资", "total investment", TEN_THOUSAND_YUAN)
    last_progress_on: Date = column(
        "最近进展", "month of the last new stage or visit, or of the first report"
    )
    progress: Text = column("进展类型", "what moved last", codelist="progress_kinds")
    months_without_progress: Count = column("无进展月数", "months since", "月")
    light: Text = column("亮灯", "light", codelist="lights")
    responsible: Text = column("责任人", "person responsible")
    recruiter: Text = column("招商员", "recruiter")
