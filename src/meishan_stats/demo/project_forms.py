"""The sheet 项目清单 in the four forms of the office, told apart in `forms`."""

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo import columns as col
from meishan_stats.demo.parts import NOTE, OFFICE, TOWN, by_sector, filled_on, sections_with_subtotals, signed
from meishan_stats.demo.sheets import banner, header, rows, split_banner, total
from meishan_stats.demo.spelling import Pen, month_words
from meishan_stats.demo.truth import Project, month_of


def list_1(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Project list, all cells text (the form of stationed recruiters)."""
    columns = [
        col.serial(),
        col.name("项 目 名 称"),
        col.investor("投资方"),
        col.origin("资金来源地", short=True),
        col.money("总投资", field="total_investment", width=16, always_unit=True, in_words=True),
        col.money("协议资金", field="signed", width=16, always_unit=True, in_words=True),
        col.content("项目内容"),
        col.land("需用土地\n（亩）", as_text=True),
        col.station("驻点"),
        col.method("招商方式"),
        col.responsible("责任人"),
        col.stage("进度、备注", 22),
        col.sector("产业类型"),
        col.signed_on("签约时间"),
    ]
    new = sum(project.first_month == pen.index for project in projects)
    n_signed = len(signed(projects, pen))
    row = banner(
        ws, 1, f"{TOWN}{month_words(month_of(pen.index))}招商引资项目信息采集表（示例数据）", columns, "title"
    )
    counts = f"其中未签约{len(projects) - n_signed}个、已签约{n_signed}个。"
    summary = f"共上报项目{len(projects)}个（新增{new}个），{counts}"
    row = banner(ws, row, summary, columns)
    row = banner(ws, row, f"{OFFICE}        {filled_on(pen)}", columns)
    row = header(ws, row, columns)
    row = rows(ws, row, columns, projects, pen)
    row = total(ws, row, columns, "合计", of=projects, pen=pen)
    row = banner(ws, row, f"备注：1.{NOTE}", columns)
    row = banner(ws, row, "2.总投资、协议资金须注明单位，外资项目按原币填写。", columns)
    banner(ws, row, "3.“进度、备注”栏填写当前所处阶段及下一步计划。", columns)


def list_2(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Project list in sections by sector; the section row carries its subtotals, 合计 stands first."""
    columns = [
        col.serial(),
        col.name("项目名称"),
        col.investor("投资单位", merges=True),
        col.origin("来源地", short=True),
        col.money("总投资", field="total_investment", width=19, in_words=True),
        col.money("协议\n引资额", field="signed", width=19, in_words=True),
        col.content("主要建设内容"),
        col.land("用地面积\n(亩)"),
        col.stage("进展情况", 22),
        col.signed_on("签约日期"),
        col.method("招商方式"),
        col.responsible("责任人"),
    ]
    title = f"{TOWN}招商引资项目汇总表（{month_words(month_of(pen.index))}·示例数据）"
    row = banner(ws, 1, title, columns, "title")
    row = split_banner(ws, row, f"{OFFICE}    {filled_on(pen)}", "单位：万元", columns)
    row = header(ws, row, columns)
    row = total(ws, row, columns, "合　计", of=projects, pen=pen)
    for label, group in by_sector(projects):
        row = total(ws, row, columns, label, of=group, pen=pen)
        row = rows(ws, row, columns, group, pen)
        row += 1
    banner(ws, row, f"备注：{NOTE}", columns)


def list_3(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Project list of the key-project report: unit in the header, real dates, 内资 and 外资 apart."""
    columns = [
        col.serial(),
        col.name("项目名称"),
        col.sector("产业类型"),
        col.investor("投资方名称", merges=True),
        col.origin("投资方\n所在地"),
        col.money("总投资\n（万元）", field="total_investment", width=19),
        col.money("协议资金\n（万元）", field="signed", width=19),
        col.content("建设内容及规模"),
        col.land("占地面积\n（亩）"),
        col.stage("项目进度"),
        col.signed_on("签约时间"),
        col.planned("计划开工\n时间", "started"),
        col.reached("实际开工\n时间", "started"),
        col.station("驻点"),
    ]
    title = f"{TOWN}招商引资重点项目月报表（{month_words(month_of(pen.index))}）"
    row = banner(ws, 1, title, columns, "title")
    row = banner(ws, row, "（示例数据）", columns, "right")
    row = banner(ws, row, f"{OFFICE}        {filled_on(pen)}", columns)
    row = header(ws, row, columns)
    row = sections_with_subtotals(ws, row, columns, projects, pen)
    banner(ws, row + 1, f"备注：{NOTE}外资项目按原币填写。", columns)


def list_4(ws: Worksheet, projects: list[Project], pen: Pen) -> None:
    """Project list with parts of the investment and foreign contracts in a column of dollars."""
    columns = [
        col.serial(),
        col.name("项目名称"),
        col.sector("产业类别"),
        col.investor("投资主体"),
        col.origin("资金来源地"),
        col.money("总投资\n（万元）", field="total_investment", width=19),
        col.part_of_total("其中：固定资产\n投资（万元）", "fixed_asset"),
        col.part_of_total("设备投资\n（万元）", "equipment"),
        col.domestic_money("协议资金\n（万元）", field="signed"),
        col.dollar_money("合同外资\n（万美元）", field="signed", width=19),
        col.content("主要建设内容"),
        col.land("用地面积\n（亩）"),
        col.stage("目前进展"),
        col.signed_on("签约时间"),
        col.planned("计划竣工\n时间", "completed"),
        col.reached("实际竣工\n时间", "completed"),
        col.method("招商方式"),
    ]
    row = banner(
        ws, 1, f"{TOWN}招商引资项目清单（{month_words(month_of(pen.index))}）（示例数据）", columns, "title"
    )
    row = header(ws, row, columns)
    row = rows(ws, row, columns, projects, pen)
    row = total(ws, row, columns, "合计", of=projects, pen=pen)
    row = banner(ws, row, f"{OFFICE}        {filled_on(pen)}", columns)
    banner(ws, row, f"备注：{NOTE}", columns)
