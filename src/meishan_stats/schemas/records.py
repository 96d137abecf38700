"""Tables of what the workbooks say: one record a row, traceable to its sheet."""

from meishan_stats.schemas.base import (
    TEN_THOUSAND,
    TEN_THOUSAND_YUAN,
    Count,
    Date,
    Flag,
    Number,
    Table,
    Text,
    column,
)


class Sourced(Table):
    """A record traceable to its row of a sheet."""

    office: Text = column("单位名称", "office that reports", nullable=False)
    source_file: Text = column("来源文件", "workbook the record comes from")
    source_sheet: Text = column("来源工作表", "sheet of the workbook")
    source_row: Count = column("来源行", "row of the sheet, counted from 1")
    is_demo: Flag = column("示例数据", "invented data for demonstration")


class Offices(Table):
    """One office (填报单位): a sub-folder of data/raw."""

    title = "填报单位"

    office: Text = column("单位名称", "name of the office", nullable=False)
    name: Text = column("全称", "full name")
    county: Text = column("县（区）", "county")
    adcode: Text = column("区划代码", "administrative code of home, GB/T 2260")
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)
    as_of: Date = column("截至", "last day the workbooks speak of")
    source: Text = column("数据来源", "where the workbooks come from")
    fx_basis: Text = column("汇率口径", "basis of the rates of exchange", codelist="fx_bases")
    include_foreign: Flag = column(
        "县外资金含外资", "foreign capital counts as capital from outside the county"
    )


class _ProjectColumns(Sourced):
    name: Text = column("项目名称", "name of the project", nullable=False)
    project_code: Text = column("项目编码", "code of the project as stated")
    investor: Text = column("投资方", "investor")
    company: Text = column("项目公司", "company that carries the project")
    origin: Text = column("资金来源地", "where the capital comes from, as stated")
    origin_adcode: Text = column("来源地代码", "GB/T 2260 code or ISO country of the origin")
    origin_level: Text = column("来源层级", "level of the origin, disjoint", codelist="origin_levels")
    sector: Text = column("产业", "sector", codelist="sectors", nullable=False)
    subsector: Text = column("细分产业", "part of the sector")
    sector_stated: Text = column("产业（原文）", "sector as stated")
    sector_basis: Text = column("产业依据", "what the sector was decided by", codelist="sector_bases")
    sector_confidence: Text = column("产业可信度", "high, medium or low")
    sector_alt: Text = column("产业（另一可能）", "the other sector that is possible")
    industry_code: Text = column("行业代码", "GB/T 4754 code")
    industry_edition: Text = column("行业代码版本", "edition of GB/T 4754")
    content: Text = column("建设内容", "what is built or made")
    stage: Text = column("阶段", "stage reached", codelist="stages")
    stage_basis: Text = column("阶段依据", "what the stage was decided by", codelist="stage_bases")
    is_signed: Flag = column(
        "已签约", "signed, by the order of stages of the office; a stopped project is not"
    )
    stage_stated: Text = column("进度（原文）", "progress as stated")
    method: Text = column("招商方式", "method of attraction", codelist="methods")
    method_stated: Text = column("招商方式（原文）", "method as stated")
    station: Text = column("驻点", "station of the recruiters")
    recruiter: Text = column("招商员", "recruiter")
    town: Text = column("乡镇", "town or office responsible")
    park: Text = column("园区", "park or place")
    currency: Text = column("投资币种", "currency of the investment, ISO 4217")
    total_investment_10k: Number = column("总投资（本币）", "total investment, own currency", TEN_THOUSAND)
    total_investment_cny_10k: Number = column("总投资", "total investment", TEN_THOUSAND_YUAN)
    signed_currency: Text = column("协议币种", "currency of the signed amount, ISO 4217")
    signed_10k: Number = column("协议资金（本币）", "signed amount, own currency", TEN_THOUSAND)
    signed_cny_10k: Number = column("协议资金", "signed amount", TEN_THOUSAND_YUAN)
    fixed_asset_10k: Number = column("固定资产投资（本币）", "fixed assets, own currency", TEN_THOUSAND)
    fixed_asset_cny_10k: Number = column("固定资产投资", "fixed assets", TEN_THOUSAND_YUAN)
    equipment_10k: Number = column("设备投资（本币）", "equipment, own currency", TEN_THOUSAND)
    equipment_cny_10k: Number = column("设备投资", "equipment", TEN_THOUSAND_YUAN)
    land_mu: Number = column("用地面积", "land", "亩")
    plant_area_m2: Number = column("建筑面积", "plant area", "平方米")
    annual_output_10k: Number = column("年产值", "annual output", TEN_THOUSAND_YUAN)
    annual_tax_10k: Number = column("年税收", "annual tax", TEN_THOUSAND_YUAN)
    n_jobs: Number = column("用工", "jobs", "人")
    is_key: Flag = column("重点项目", "on a list of key projects")
    responsible: Text = column("责任人", "person responsible")
    signed_on: Date = column("签约日期", "date of signing; the first day where only month or year is known")
    signed_precision: Text = column("签约日期精度", "day, month, quarter or year")
    fx_rate: Number = column("汇率", "yuan for one unit of the currency")
    fx_basis: Text = column("汇率依据", "basis and source of the rate")
    size_tier: Text = column(
        "规模档次", "tier of the total investment, in its own currency", codelist="size_tiers"
    )


class ProjectReports(_ProjectColumns):
    """One row of a project sheet as stated, before the months are merged."""

    title = "项目报表（逐期）"

    period: Date = column("报表月份", "first day of the month the sheet reports")
    period_precision: Text = column("报表时间精度", "month, quarter, half or year")
    sector_problem: Text = column("产业疑问", "doubt about the sector", codelist="problems")
    cell: Text = column("单元格", "cell of the name")
    extra: Text = column("其他列", "columns not recognised, JSON")


class Projects(_ProjectColumns):
    """One project as last reported; every project named anywhere has a row."""

    title = "项目"

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    first_reported_on: Date = column("首次上报", "first month the project is reported")
    as_of: Date = column("截至", "month of the last report")
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)
    extra: Text = column("其他列", "columns not recognised, JSON")


class _FundingColumns(Sourced):
    name: Text = column("项目名称", "name of the project", nullable=False)
    period: Date = column("月份", "first day of the month; missing where none is stated")
    kind: Text = column("资金类别", "arrived, fixed_asset or completed", nullable=False)
    currency: Text = column("币种", "currency, ISO 4217")
    amount_10k: Number = column("金额（本币）", "amount, own currency", TEN_THOUSAND)
    amount_cny_10k: Number = column("金额", "amount", TEN_THOUSAND_YUAN)
    stated_as: Text = column("上报口径", "stated as month, ytd (of the year) or total (of all years)")


class FundingReports(_FundingColumns):
    """One amount of one project as a sheet states it: of the month, the year to date, or all years."""

    title = "资金报表（逐期）"

    precision: Text = column("时间精度", "month, quarter, half or year")
    investor: Text = column("投资方", "investor")
    project_code: Text = column("项目编码", "code of the project as stated")
    cell: Text = column("单元格", "cell of the amount")


class Funding(_FundingColumns):
    """Capital of one project in one month."""

    title = "资金"

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    precision: Text = column("时间精度", "month, or year where no month is stated")
    is_derived: Flag = column("推算", "difference of two cumulative reports", nullable=False)
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)


class StageEvents(Sourced):
    """The month a project was first reported at a stage."""

    title = "阶段变化"

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    stage: Text = column("阶段", "stage", codelist="stages", nullable=False)
    seen_on: Date = column("首次见于", "first month reported at the stage")


class Milestones(Sourced):
    """One milestone of one project, or one step of its schedule that is none of the milestones."""

    title = "节点"

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    name: Text = column("项目名称", "name of the project", nullable=False)
    milestone: Text = column("节点", "milestone; missing where the step is none of them", codelist="stages")
    step: Text = column("工作步骤（原文）", "step of the schedule as stated")
    planned_on: Date = column("计划日期", "planned date")
    planned_precision: Text = column("计划日期精度", "day, month, quarter or year")
    actual_on: Date = column("实际日期", "actual date")
    actual_precision: Text = column("实际日期精度", "day, month, quarter or year")
    responsible: Text = column("责任人", "person responsible")


class Targets(Sourced):
    """One target: an amount or a number, for a year."""

    title = "目标任务"

    year: Count = column("年度", "year")
    indicator: Text = column("指标", "what is to be reached")
    issuer: Text = column("下达单位", "who set the target")
    assignee: Text = column("承担单位", "who is to reach it")
    sector: Text = column("产业", "sector it is set for", codelist="sectors")
    amount_cny_10k: Number = column("目标金额", "target amount", TEN_THOUSAND_YUAN)
    n: Number = column("目标数量", "target number", "个")


class Visits(Sourced):
    """One visit made or received."""

    title = "来访出访"

    visited_on: Date = column("日期", "date of the visit")
    visited_precision: Text = column("日期精度", "day, month, quarter or year")
    direction: Text = column("来访/出访", "received or made", codelist="directions")
    visitor: Text = column("客商", "who visits, or is visited")
    origin: Text = column("来自", "where the visitor comes from")
    host: Text = column("接待人", "who receives, or goes")
    n_visitors: Number = column("人数", "persons", "人")
    project_name: Text = column("洽谈项目", "project spoken of")
    project_id: Text = column("项目代号", "project spoken of, where it is known")


class Recruiters(Sourced):
    """One posting of recruiters, or the work of one recruiter or station in one month."""

    title = "驻点招商"

    station: Text = column("驻点", "city they are stationed in")
    kind: Text = column("类别", "full-time, leader, adviser or citizen", codelist="recruiter_kinds")
    name: Text = column("姓名", "name")
    n: Number = column("人数", "persons", "人")
    from_on: Date = column("起", "from")
    to_on: Date = column("止", "to")
    period: Date = column("月份", "first day of the month whose work is told; missing for a posting")
    period_precision: Text = column("时间精度", "month, quarter, half or year")
    station_days: Number = column("驻点天数", "days at the station", "天")
    n_visits: Number = column("拜访", "enterprises visited", "次")
    n_receptions: Number = column("接待", "groups received", "批")
    n_leads: Number = column("项目信息", "projects reported", "个")
    n_excellent_leads: Number = column("优质项目", "projects found excellent", "个")
    n_leader_visits: Number = column("领导走访", "visits of leaders arranged", "次")
    n_foreign_signed: Number = column("签约外资项目", "foreign projects signed", "个")
    n_absences: Number = column("缺勤", "absences", "次")
    score: Number = column("得分", "score as stated", "分")


class Infrastructure(Sourced):
    """One item of infrastructure."""

    title = "基础设施"

    item: Text = column("项目", "item", nullable=False)
    kind: Text = column("类别", "kind of work")
    period: Date = column("时间", "first day of the month or year")
    precision: Text = column("时间精度", "month, quarter, half or year")
    amount_cny_10k: Number = column("金额", "amount", TEN_THOUSAND_YUAN)
    is_planned: Flag = column("计划", "planned, not yet spent")
    payer: Text = column("投入主体", "public or private", codelist="payers")
    payer_stated: Text = column("投入主体（原文）", "who pays, as stated")
    land_mu: Number = column("用地", "land", "亩")


class FxRates(Sourced):
    """A rate of exchange that an office gives."""

    title = "汇率"

    currency: Text = column("币种", "currency, ISO 4217", nullable=False)
    period: Date = column(
        "时间", "first day of the month or year of the rate; missing where it holds for all"
    )
    precision: Text = column("时间精度", "day, month or year")
    rate: Number = column("汇率", "yuan for one unit", "元")
    basis: Text = column("口径", "basis of the rate", codelist="fx_bases")
    source: Text = column("来源", "where the rate comes from")


class StatedTotals(Sourced):
    """A total (合计) as the sheet states it beside the sum of its rows."""

    title = "表中合计"

    cell: Text = column("单元格", "cell of the total", nullable=False)
    table: Text = column("表", "table the rows went to")
    field: Text = column("字段", "what is added up")
    stated: Number = column("表中合计", "total as stated, unit of the sheet")
    computed: Number = column("各行相加", "sum of the rows, unit of the sheet")
    agrees: Flag = column("相符", "the two agree")


class Sources(Table):
    """One sheet: what was read, and what became of its cells."""

    title = "来源"

    office: Text = column("单位名称", "office that reports", nullable=False)
    source_file: Text = column("来源文件", "workbook", nullable=False)
    source_sheet: Text = column("来源工作表", "sheet")
    sha256: Text = column("校验码", "SHA-256 of the file")
    format: Text = column("格式", "format of the file")
    layout: Text = column("版式", "tables recognised on the sheet")
    period: Date = column("报表月份", "month the sheet reports")
    n_rows: Count = column("数据行", "rows taken as data")
    n_rows_recorded: Count = column("入表行", "rows of data that are in a table")
    n_amounts: Count = column("金额格", "cells of project lists with an amount as a plain number")
    n_amounts_recorded: Count = column("入表金额", "amounts of those cells that are in a table")
    n_cells: Count = column("非空单元格", "cells that are not empty")
    n_title: Count = column("标题", "cells taken as title")
    n_unit: Count = column("单位说明", "cells taken as unit note")
    n_header: Count = column("表头", "cells taken as header")
    n_section: Count = column("分组行", "cells taken as section")
    n_data: Count = column("数据", "cells taken as data")
    n_total: Count = column("合计", "cells taken as total")
    n_remark: Count = column("备注", "cells taken as remark")
    n_ignored: Count = column("略去", "cells left out, with a reason")
    ignored_because: Text = column("略去原因", "why cells were left out")


class Problems(Table):
    """One doubt, with its cell and what to do."""

    title = "数据问题"

    office: Text = column("单位名称", "office that reports")
    source_file: Text = column("来源文件", "workbook")
    source_sheet: Text = column("来源工作表", "sheet")
    source_row: Count = column("来源行", "row of the sheet, counted from 1")
    severity: Text = column("程度", "error, warning or info", nullable=False)
    code: Text = column("问题", "code of the problem", codelist="problems", nullable=False)
    cell: Text = column("单元格", "cell")
    value: Text = column("原值", "what the cell holds")
    message_zh: Text = column("说明", "what is wrong, in Chinese", nullable=False)
    message_en: Text = column("说明（英文）", "what is wrong, in English", nullable=False)
    hint: Text = column("怎么办", "what to do", nullable=False)
