"""What recruiters, methods and visits yield."""

from meishan_stats.schemas.base import TEN_THOUSAND_YUAN, Count, Date, Number, Text, column
from meishan_stats.schemas.results.base import Result


class MethodBreakdown(Result):
    """Projects and capital of one office by method of attraction."""

    title = "招商方式分析"

    method: Text = column("招商方式", "method of attraction; missing where none is known", codelist="methods")
    year: Count = column("年度", "year chosen; missing where all years are counted")
    multiple: Text = column(
        "多种方式", "main: a project counts once; each: once for every method", nullable=False
    )
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    n_signed: Count = column("签约项目数", "projects signed", "个", nullable=False)
    n_negotiating: Count = column("在谈项目数", "projects not yet signed", "个", nullable=False)
    n_stage_unknown: Count = column("阶段不明项目数", "projects of unknown stage", "个", nullable=False)
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    n_signed_known: Count = column("签约金额项数", "signed amounts known", "项", nullable=False)
    n_signed_missing: Count = column("签约金额缺项", "signed amounts not known", "项", nullable=False)
    average_signed_cny_10k: Number = column("平均签约金额", "signed amount of a project", TEN_THOUSAND_YUAN)
    average_investment_cny_10k: Number = column(
        "平均总投资", "total investment of a project, signed or not", TEN_THOUSAND_YUAN
    )
    n_investment_known: Count = column("总投资项数", "total investments known", "项", nullable=False)
    arrived_cny_10k: Number = column("到位资金", "capital arrived", TEN_THOUSAND_YUAN)
    n_arrived_known: Count = column("到位资金笔数", "monthly amounts known", "笔", nullable=False)
    n_arrived_missing: Count = column("到位资金缺项", "monthly amounts not known", "笔", nullable=False)
    project_share: Number = column("项目数占比", "share of the projects of the office", "fraction")
    signed_share: Number = column("签约金额占比", "share of the signed amount of the office", "fraction")
    arrived_share: Number = column("到位资金占比", "share of the capital arrived of the office", "fraction")


class StationPerformance(Result):
    """Recruiters, work, projects, capital and points of one station or recruiter."""

    title = "驻点招商绩效"

    grouped_by: Text = column("分组", "station or recruiter", nullable=False)
    period: Text = column("期间", "year, quarter or month chosen; missing where all times are counted")
    station: Text = column("驻点", "station; missing where nothing says which")
    recruiter: Text = column("招商员", "recruiter; missing for a station, or where nothing says which")
    n_recruiters: Number = column("招商员人数", "full-time recruiters as last stated", "人")
    n_work_rows: Count = column("绩效行数", "rows of work stated", "行", nullable=False)
    n_work_missing: Count = column("绩效缺项", "figures missing in rows of work", "项", nullable=False)
    station_days: Number = column("驻点天数", "days at the station, as stated", "天")
    n_visits: Number = column("拜访", "enterprises visited, as stated", "次")
    n_receptions: Number = column("接待", "groups received, as stated", "批")
    n_leads: Number = column("项目信息", "projects reported, as stated", "个")
    n_excellent_leads: Number = column("优质项目", "projects found excellent, as stated", "个")
    n_leader_visits: Number = column("领导走访", "visits of leaders arranged, as stated", "次")
    n_foreign_signed: Number = column("签约外资项目", "foreign projects signed, as stated", "个")
    n_absences: Number = column("缺勤", "absences, as stated", "次")
    n_visits_listed: Count = column("台账出访", "visits made in the ledger of visits", "次", nullable=False)
    n_receptions_listed: Count = column(
        "台账来访", "visits received in the ledger of visits", "次", nullable=False
    )
    n_direction_unknown: Count = column(
        "台账方向不明", "visits in the ledger of unknown direction", "次", nullable=False
    )
    n_projects: Count = column("项目数", "projects", "个", nullable=False)
    n_signed: Count = column("签约项目数", "projects signed", "个", nullable=False)
    n_foreign_listed: Number = column(
        "外资签约（按项目）", "foreign projects signed, each shared between its introducers", "个"
    )
    signed_cny_10k: Number = column("签约金额", "signed amount", TEN_THOUSAND_YUAN)
    n_signed_missing: Count = column("签约金额缺项", "signed amounts not known", "项", nullable=False)
    arrived_cny_10k: Number = column("到位资金", "capital arrived", TEN_THOUSAND_YUAN)
    n_arrived_known: Count = column("到位资金笔数", "monthly amounts known", "笔")
    n_arrived_missing: Count = column("到位资金缺项", "monthly amounts not known", "笔", nullable=False)
    visits_per_recruiter: Number = column("人均拜访", "visits stated, per recruiter", "次/人")
    signed_projects_per_recruiter: Number = column("人均签约项目", "signed projects per recruiter", "个/人")
    signed_per_recruiter_cny_10k: Number = column(
        "人均签约金额", "signed amount per recruiter", TEN_THOUSAND_YUAN
    )
    arrived_per_recruiter_cny_10k: Number = column(
        "人均到位资金", "capital arrived per recruiter", TEN_THOUSAND_YUAN
    )
    station_days_points: Number = column("驻点天数得分", "points for days at the station", "分")
    n_visits_points: Number = column("拜访得分", "points for visits", "分")
    n_receptions_points: Number = column("接待得分", "points for groups received", "分")
    n_leads_points: Number = column("项目信息得分", "points for projects reported", "分")
    n_excellent_leads_points: Number = column("优质项目得分", "points for excellent projects", "分")
    n_leader_visits_points: Number = column("领导走访得分", "points for visits of leaders", "分")
    n_foreign_signed_points: Number = column("外资项目得分", "points for foreign projects signed", "分")
    n_absences_points: Number = column("缺勤扣分", "points lost by absences", "分")
    score: Number = column("综合得分", "sum of the points that are known", "分")
    n_points_missing: Count = column("得分缺项", "kinds of points not known", "项", nullable=False)
    score_stated: Number = column("上报得分", "score as the sheets state it", "分")


class VisitCalendar(Result):
    """Visits of one office in one month, week or day."""

    title = "来访出访日历"

    grouped_by: Text = column("分组", "month, week or day", nullable=False)
    period: Date = column("时间", "first day; missing for visits not dated so precisely")
    n_visits: Count = column("次数", "visits", "次", nullable=False)
    n_made: Count = column("出访", "visits made", "次", nullable=False)
    n_received: Count = column("来访", "visits received", "次", nullable=False)
    n_direction_unknown: Count = column("方向不明", "visits of unknown direction", "次", nullable=False)
    n_visitors: Number = column("人数", "persons", "人")
    n_visitors_known: Count = column("人数项数", "visits whose persons are known", "次", nullable=False)
    n_visitors_missing: Count = column("人数缺项", "visits whose persons are not known", "次", nullable=False)
    n_with_project: Count = column("有洽谈项目", "visits that speak of a project", "次", nullable=False)
    n_undated: Count = column("日期不详", "visits of the office not dated so precisely", "次", nullable=False)
