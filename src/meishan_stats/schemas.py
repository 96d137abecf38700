"""Every table and column, once: type, unit, labels and meaning.

A table is a pandera model; its name in snake case is the name of the frame, the file and the statistic.
Everything that shows a column (charts, workbooks, the data dictionary) takes its label from here.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError
from pandera.typing import Series

from meishan_stats.errors import TableError

Text = Series[str]
Number = Series[float]
Count = Series[pd.Int64Dtype]
Flag = Series[pd.BooleanDtype]
Date = Series["datetime64[ns]"]  # type: ignore[name-defined]

TEN_THOUSAND_YUAN = "万元"
TEN_THOUSAND = "万（本币）"


def column(zh: str, en: str, unit: str = "", *, nullable: bool = True, codelist: str = "") -> Any:
    """Field of a table: Chinese label, English label, unit of measure, codelist of its values."""
    return pa.Field(
        nullable=nullable, title=zh, description=en, metadata={"unit": unit, "codelist": codelist}
    )


class Table(pa.DataFrameModel):
    """Base of all tables: exactly the columns declared, in their order, of their types."""

    class Config:
        strict = True
        coerce = True
        ordered = True


class Sourced(Table):
    """A record traceable to its row of a sheet."""

    office: Text = column("单位名称", "office that reports", nullable=False)
    source_file: Text = column("来源文件", "workbook the record comes from")
    source_sheet: Text = column("来源工作表", "sheet of the workbook")
    source_row: Count = column("来源行", "row of the sheet, counted from 1")


class Offices(Table):
    """One office (填报单位): a sub-folder of data/raw."""

    office: Text = column("单位名称", "name of the office", nullable=False)
    name: Text = column("全称", "full name")
    county: Text = column("县（区）", "county")
    adcode: Text = column("区划代码", "administrative code of home, GB/T 2260")
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)
    as_of: Date = column("截至", "last day the workbooks speak of")
    source: Text = column("数据来源", "where the workbooks come from")


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


class ProjectReports(_ProjectColumns):
    """One row of a project sheet as stated, before the months are merged."""

    period: Date = column("报表月份", "first day of the month the sheet reports")
    period_precision: Text = column("报表时间精度", "month, quarter, half or year")
    sector_problem: Text = column("产业疑问", "doubt about the sector", codelist="problems")
    cell: Text = column("单元格", "cell of the name")
    extra: Text = column("其他列", "columns not recognised, JSON")


class Projects(_ProjectColumns):
    """One project as last reported; every project named anywhere has a row."""

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

    precision: Text = column("时间精度", "month, quarter, half or year")
    investor: Text = column("投资方", "investor")
    project_code: Text = column("项目编码", "code of the project as stated")
    cell: Text = column("单元格", "cell of the amount")


class Funding(_FundingColumns):
    """Capital of one project in one month."""

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    precision: Text = column("时间精度", "month, or year where no month is stated")
    is_derived: Flag = column("推算", "difference of two cumulative reports", nullable=False)
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)


class StageEvents(Sourced):
    """The month a project was first reported at a stage."""

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    stage: Text = column("阶段", "stage", codelist="stages", nullable=False)
    seen_on: Date = column("首次见于", "first month reported at the stage")


class Milestones(Sourced):
    """One milestone of one project."""

    project_id: Text = column("项目代号", "identifier, unique across offices", nullable=False)
    name: Text = column("项目名称", "name of the project", nullable=False)
    milestone: Text = column("节点", "milestone", codelist="stages", nullable=False)
    planned_on: Date = column("计划日期", "planned date")
    planned_precision: Text = column("计划日期精度", "day, month, quarter or year")
    actual_on: Date = column("实际日期", "actual date")
    actual_precision: Text = column("实际日期精度", "day, month, quarter or year")
    responsible: Text = column("责任人", "person responsible")


class Targets(Sourced):
    """One target: an amount or a number, for a year."""

    year: Count = column("年度", "year")
    indicator: Text = column("指标", "what is to be reached")
    issuer: Text = column("下达单位", "who set the target")
    assignee: Text = column("承担单位", "who is to reach it")
    sector: Text = column("产业", "sector it is set for", codelist="sectors")
    amount_cny_10k: Number = column("目标金额", "target amount", TEN_THOUSAND_YUAN)
    n: Number = column("目标数量", "target number", "个")


class Visits(Sourced):
    """One visit made or received."""

    visited_on: Date = column("日期", "date of the visit")
    visited_precision: Text = column("日期精度", "day, month, quarter or year")
    direction: Text = column("来访/出访", "received or made", codelist="directions")
    visitor: Text = column("客商", "who visits, or is visited")
    origin: Text = column("来自", "where the visitor comes from")
    host: Text = column("接待人", "who receives, or goes")
    n_visitors: Number = column("人数", "persons", "人")
    project_name: Text = column("洽谈项目", "project spoken of")


class Recruiters(Sourced):
    """One posting of recruiters."""

    station: Text = column("驻点", "city they are stationed in")
    kind: Text = column("类别", "full-time, leader or adviser", codelist="recruiter_kinds")
    name: Text = column("姓名", "name")
    n: Number = column("人数", "persons", "人")
    from_on: Date = column("起", "from")
    to_on: Date = column("止", "to")


class Infrastructure(Sourced):
    """One item of infrastructure."""

    item: Text = column("项目", "item", nullable=False)
    kind: Text = column("类别", "kind of work")
    period: Date = column("时间", "month or year")
    amount_cny_10k: Number = column("金额", "amount", TEN_THOUSAND_YUAN)
    is_planned: Flag = column("计划", "planned, not yet spent")
    payer: Text = column("投入主体", "public or private")
    land_mu: Number = column("用地", "land", "亩")


class FxRates(Sourced):
    """A rate of exchange that an office gives."""

    currency: Text = column("币种", "currency, ISO 4217", nullable=False)
    period: Date = column("时间", "month or year of the rate")
    rate: Number = column("汇率", "yuan for one unit")
    basis: Text = column("口径", "mean, end of month or fixed")
    source: Text = column("来源", "where the rate comes from")


class StatedTotals(Sourced):
    """A total (合计) as the sheet states it beside the sum of its rows."""

    cell: Text = column("单元格", "cell of the total", nullable=False)
    table: Text = column("表", "table the rows went to")
    field: Text = column("字段", "what is added up")
    stated: Number = column("表中合计", "total as stated, unit of the sheet")
    computed: Number = column("各行相加", "sum of the rows, unit of the sheet")
    agrees: Flag = column("相符", "the two agree")


class Sources(Table):
    """One sheet: what was read, and what became of its cells."""

    office: Text = column("单位名称", "office that reports", nullable=False)
    source_file: Text = column("来源文件", "workbook", nullable=False)
    source_sheet: Text = column("来源工作表", "sheet")
    sha256: Text = column("校验码", "SHA-256 of the file")
    format: Text = column("格式", "format of the file")
    layout: Text = column("版式", "tables recognised on the sheet")
    period: Date = column("报表月份", "month the sheet reports")
    n_rows: Count = column("数据行", "rows taken as data")
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


class _Result(Table):
    office: Text = column("单位名称", "office", nullable=False)
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)
    as_of: Date = column("截至", "last month reported")


class SectorBreakdown(_Result):
    """Projects and capital of one office, sector and year."""

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


class FundingByMonth(_Result):
    """Capital of one office in one month, all projects together."""

    kind: Text = column("资金类别", "arrived, fixed_asset or completed", nullable=False)
    period: Date = column("月份", "first day of the month")
    amount_cny_10k: Number = column("当月金额", "amount of the month", TEN_THOUSAND_YUAN)
    ytd_cny_10k: Number = column("本年累计", "amount of the year to date", TEN_THOUSAND_YUAN)
    n_projects: Count = column("项目数", "projects with a known amount", "个", nullable=False)
    n_missing: Count = column("缺项", "amounts not known", "项", nullable=False)
    yoy_growth: Number = column("同比", "growth over the same month last year", "fraction")
    mom_growth: Number = column("环比", "growth over the month before", "fraction")
    ytd_yoy_growth: Number = column("累计同比", "growth of the year to date", "fraction")


TABLES: dict[str, type[Table]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower(): model
    for model in (
        Offices, ProjectReports, FundingReports, Projects, Funding, Milestones, StageEvents, Targets,
        Visits, Recruiters, Infrastructure, FxRates, StatedTotals, Sources, Problems,
    )
}  # fmt: skip
RESULTS: dict[str, type[Table]] = {
    "sector_breakdown": SectorBreakdown,
    "funding_by_month": FundingByMonth,
}


@cache
def _declared(model: type[Table]) -> dict[str, Any]:
    return dict(model.to_schema().columns)


def columns(model: type[Table]) -> dict[str, Any]:
    """Columns of a table in their order, each with its declaration.

    >>> columns(Targets)["amount_cny_10k"].metadata["unit"]
    '万元'
    """
    return dict(_declared(model))


def label(model: type[Table], name: str, lang: str = "zh") -> str:
    """Label of a column, in Chinese (``zh``) or English (``en``).

    >>> label(Projects, "signed_cny_10k")
    '协议资金'
    """
    declared = columns(model)[name]
    return str(declared.title if lang == "zh" else declared.description)


def require_columns(present: Collection[str], needed: Collection[str], model: type[Table], user: str) -> None:
    """Stop where a frame lacks columns that a function needs; all of them are named at once.

    Raises
    ------
    TableError
        Names the function (`user`), the table it expects and every column that is absent.

    Examples
    --------
    >>> require_columns(["office", "item"], ["item"], Infrastructure, "infrastructure_totals")
    """
    absent = [name for name in needed if name not in present]
    if absent:
        zh = "、".join(f"{name}（{label(model, name)}）" for name in absent)
        raise TableError(
            f"{user} 需要 {model.__name__} 表，缺少列：{zh}",
            f"{user} expects a {model.__name__} table; columns missing: {', '.join(absent)}",
        )


def arrange(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """New frame with the columns of a table in their order; types are left to `conform`.

    Checking types costs the same for ten rows as for ten thousand: it is done once an office.

    >>> arrange(pd.DataFrame({"item": ["道路"], "x": [1]}), Infrastructure).shape
    (1, 11)
    """
    return frame.reindex(columns=list(columns(model)))


def conform(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """New frame with exactly the columns of a table: absent ones missing, types as declared.

    Raises
    ------
    TableError
        A column cannot be of its type, or a value is missing that must not be.

    Examples
    --------
    >>> conform(pd.DataFrame({"office": ["示例镇"], "item": ["道路"]}), Infrastructure).shape
    (1, 11)
    """
    return validate(arrange(frame, model), model)


def validate(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """The frame with the types of its table; the columns must all be there.

    Raises
    ------
    TableError
        Names the table, the column and what was expected.
    """
    try:
        return model.validate(frame.reset_index(drop=True))
    except SchemaError as error:
        raise TableError(
            f"表 {model.__name__} 不合要求：{error}".splitlines()[0],
            f"table {model.__name__}: {error}".splitlines()[0],
        ) from error


def data_dictionary() -> pd.DataFrame:
    """Every column of every table: table, column, type, unit, Chinese and English meaning.

    >>> data_dictionary().columns.tolist()
    ['table', 'column', 'type', 'unit', 'label_zh', 'meaning_en']
    """
    rows = [
        (table, name, str(field.dtype), field.metadata["unit"], field.title, field.description)
        for table, model in {**TABLES, **RESULTS}.items()
        for name, field in columns(model).items()
    ]
    return pd.DataFrame(rows, columns=["table", "column", "type", "unit", "label_zh", "meaning_en"])
