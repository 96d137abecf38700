"""Cells that hold no value although they seem to: errors, formulas never computed."""

from dataclasses import replace

from workbooks.case import Case, Sheet


def in_other_formats(case: Case, **files: str) -> list[Case]:
    """The case written in other ways: the extension of each."""
    return [
        replace(
            case, name=f"{case.name}_{made_as}", file=f"{case.name}_{made_as}.{extension}", made_as=made_as
        )
        for made_as, extension in files.items()
    ]


CASES = [
    Case(
        name="error_cells",
        about="#REF! and #DIV/0! after a sheet was deleted: the amount is missing, the cell is named.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2016年8月到位资金 | | | | 单位：万元
项目名称 | 投资方 | 总投资 | 本年累计到位 | 完成率
陶瓷刀具 | 株洲陶刀 | 4000 | 1000 | =D3/C3 -> 0.25
金属门窗 | 青禾门窗 | =Sheet3!C4 -> #REF! | 600 | =D4/C4 -> #REF!
渔网渔具 | 威海渔具 | 2000 | =Sheet3!D5 -> #REF! | =D5/C5 -> #REF!
""",
            )
        ],
        projects="""
name | investor | total_investment_10k
陶瓷刀具 | 株洲陶刀 | 4000
金属门窗 | 青禾门窗 | None
渔网渔具 | 威海渔具 | 2000
""",
        funding="""
name | period | stated_as | amount_10k
陶瓷刀具 | 2016-08-01 | ytd | 1000
金属门窗 | 2016-08-01 | ytd | 600
""",
        # Whether an error in a rate that is not read deserves a row of its own is a matter of taste.
        problems=[("error_value", "C4"), ("error_value", "D5")],
        allowed=("error_value",),
    ),
    Case(
        name="formulas_never_computed",
        about="Written by a program: formulas without results, nothing may be read from them.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2017年项目投资构成（万元）
项目名称 | 投资方 | 固定资产投资 | 设备投资 | 总投资
锌合金压铸 | 宁波压铸 | 3000 | 1800 | =C3+500
电镀中心 | 表面处理园 | 9000 | 4000 | 9800
合计 | | =SUM(C3:C4) | 5800 | =SUM(E3:E4)
""",
                merged="A1:E1",
            )
        ],
        projects="""
name | investor | fixed_asset_10k | equipment_10k | total_investment_10k
锌合金压铸 | 宁波压铸 | 3000 | 1800 | None
电镀中心 | 表面处理园 | 9000 | 4000 | 9800
""",
        totals=[("D5", True)],
        problems=[("formula_without_value", "E3")],
        allowed=("formula_without_value",),
    ),
    Case(
        name="words_in_an_amount_column",
        about="Text that is no amount where an amount is wanted: missing, and told of with its cell.",
        sheets=[
            Sheet(
                "Sheet1",
                """
2015年签约项目（单位：万元）
项目名称 | 投资方 | 协议资金 | 签约日期
伞骨 | 上虞伞件 | 1300 | 2015-01-21
文具盒 | 宁海文具 | 详见协议第三条 | 2015-02-09
卷尺 | 余姚量具 | 2100 | 见附件
""",
                merged="A1:D1",
            )
        ],
        projects="""
name | investor | signed_10k | signed_on
伞骨 | 上虞伞件 | 1300 | 2015-01-21
文具盒 | 宁海文具 | None | 2015-02-09
卷尺 | 余姚量具 | 2100 | None
""",
        problems=[("unparseable_amount", "C4"), ("unparseable_date", "D5")],
    ),
]

CASES += [
    *in_other_formats(CASES[0], prefixed="xlsx", xls="xls", xlsb="xlsb", ods="ods"),
    *in_other_formats(CASES[1], prefixed="xlsx", xlsxwriter="xlsx", xls="xls", ods="ods"),
]
