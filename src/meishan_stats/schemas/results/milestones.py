"""Planned and actual dates."""

from meishan_stats.schemas.base import Count, Date, Flag, Number, Text, column
from meishan_stats.schemas.results.base import Result


class MilestoneStatus(Result):
    """One milestone or step of one project: planned, done, late."""

    title = "节点完成情况"

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    name: Text = column("项目名称", "name of the project")
    milestone: Text = column("节点", "milestone; missing where the step is none of them", codelist="stages")
    step: Text = column("工作步骤（原文）", "step of the schedule as stated")
    planned_on: Date = column("计划日期", "planned date")
    planned_precision: Text = column("计划日期精度", "day, month, quarter or year")
    due_on: Date = column("期限", "last day that is still on plan")
    actual_on: Date = column("实际日期", "actual date")
    actual_precision: Text = column("实际日期精度", "day, month, quarter or year")
    status: Text = column(
        "状态", "status; missing where the day it is told of is not known", codelist="milestone_statuses"
    )
    days_late: Count = column("逾期天数", "days after the plan, at least; 0 where not late", "天")
    months_missed: Count = column(
        "逾期月数", "months that ended without it, that of the plan included; 0 where done", "月"
    )
    light: Text = column("亮灯", "light; missing without a plan and for stopped projects", codelist="lights")
    responsible: Text = column("责任人", "person responsible")


class MilestoneSummary(Result):
    """One milestone over the projects of one office."""

    title = "节点完成汇总"

    milestone: Text = column("节点", "milestone; missing for all other steps together", codelist="stages")
    n_planned: Count = column("计划数", "planned", "个", nullable=False)
    n_on_time: Count = column("按期完成", "done on time", "个", nullable=False)
    n_late: Count = column("逾期完成", "done late", "个", nullable=False)
    n_done_undated: Count = column("完成日期不明", "done, date not known", "个", nullable=False)
    n_overdue: Count = column("逾期未完成", "overdue", "个", nullable=False)
    n_due_soon: Count = column("即将到期", "due soon", "个", nullable=False)
    n_on_plan: Count = column("未到期", "not yet due", "个", nullable=False)
    n_stopped: Count = column("项目已停", "not done, of stopped projects", "个", nullable=False)
    on_time_ratio: Number = column(
        "按期完成率", "done on time, of those done on a known date or overdue", "fraction"
    )


class BackwardSchedule(Result):
    """One milestone scheduled backwards from the date of production."""

    title = "倒排时间表"

    office: Text = column("单位名称", "office; missing for a date alone")
    is_demo: Flag = column("示例数据", "invented data for demonstration; missing for a date alone")
    project_id: Text = column("项目代号", "identifier; missing for a date alone")
    name: Text = column("项目名称", "name of the project")
    milestone: Text = column("节点", "milestone", codelist="stages", nullable=False)
    latest_on: Date = column("最迟日期", "latest day that keeps the date of production", nullable=False)
    months: Number = column("用时（月）", "months it takes from the milestone before", "月")
    days: Number = column("用时（天）", "days it takes from the milestone before", "天")
    is_working_days: Flag = column("按工作日", "days are working days", nullable=False)
    production_on: Date = column("投产日期", "date of production aimed at", nullable=False)
