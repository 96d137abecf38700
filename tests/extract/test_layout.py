"""Roles of rows, decided together: small sheets whose roles anyone can name."""

import math

from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.extract.layout import ROLE_NAMES, row_roles
from meishan_stats.extract.recognise import ROLES, recognise
from meishan_stats.extract.shapes import row_shapes
from meishan_stats.extract.workbook import Sheet
from meishan_stats.values.text import clean_text

HEADER = ["序号", "项目名称", "投资方", "总投资（万元）", "进度"]


def roles(rows: list[list[object]], merged: list[tuple[int, int, int, int]] | None = None) -> list[str]:
    return [ROLE_NAMES[role] for role in row_roles(row_shapes(rows, merged or []))]


def test_a_title_of_three_rows_is_title_and_not_header():
    rows = [
        ["某县招商引资工作领导小组", "", "", "", ""],
        ["重点项目情况表", "", "", "", ""],
        ["（2011年9月）", "", "", "", ""],
        HEADER,
        [1, "甲项目", "甲公司", 3600, "在谈"],
        [2, "乙项目", "乙公司", 500, "已签约"],
    ]
    merged = [(r, 0, r, 4) for r in range(3)]
    assert roles(rows, merged) == ["title"] * 3 + ["header", "data", "data"]


def test_a_total_above_the_data_is_a_total():
    rows = [
        HEADER,
        ["", "合计", "", 4100, ""],
        [1, "甲项目", "甲公司", 3600, "在谈"],
        [2, "乙项目", "乙公司", 500, ""],
    ]
    assert roles(rows) == ["header", "total", "data", "data"]


def test_headings_between_data_are_sections():
    rows = [
        HEADER,
        ["一、新能源", "", "", "", ""],
        [1, "甲项目", "甲公司", 3600, "在谈"],
        ["二、新材料", "", "", "", ""],
        [1, "乙项目", "乙公司", 500, "在谈"],
        ["小计", "", "", 500, ""],
    ]
    assert roles(rows) == ["header", "section", "data", "section", "data", "total"]


def test_notes_below_the_table_are_remarks():
    rows = [
        HEADER,
        [1, "甲项目", "甲公司", 3600, "在谈"],
        ["备注：1.本表每月5日前上报。", "", "", "", ""],
        ["填报人：", "", "", "审核人：", ""],
    ]
    assert roles(rows) == ["header", "data", "remark", "remark"]


def test_a_sheet_in_which_all_cells_are_text_has_data():
    rows = [HEADER, ["1", "甲项目", "甲公司", "3600", "在谈"], ["2", "乙项目", "乙公司", "约500", "在谈"]]
    assert roles(rows) == ["header", "data", "data"]


def test_the_numbering_row_of_an_official_form_belongs_to_the_header():
    rows = [
        ["项目名称", "投资方", "总投资", "到位资金"],
        ["甲", "乙", 1, 2],
        ["光伏项目", "某公司", 3600, 100],
    ]
    assert roles([["项目名称", "投资方", "总投资", "到位资金", "土地"], ["甲", "乙", 1, 2, 3], ["光伏项目", "某公司", 3600, 100, 5]]) == [
        "header", "header", "data",
    ]  # fmt: skip
    assert roles(rows)[0] == "header"


def test_two_tables_one_above_the_other_are_two():
    rows = [
        ["一季度签约项目表", "", "", "", ""], HEADER, [1, "甲项目", "甲公司", 3600, "签约"], ["", "", "", "", ""],
        ["一季度在谈项目表", "", "", "", ""], HEADER, [1, "乙项目", "乙公司", 500, "在谈"],
    ]  # fmt: skip
    sheet = Sheet("Sheet1", rows, [(0, 0, 0, 4), (4, 0, 4, 4)])
    assert [table.titles[0] for table in recognise(sheet).tables] == ["一季度签约项目表", "一季度在谈项目表"]


def test_two_tables_side_by_side_are_two():
    rows = [
        ["项目名称", "总投资（万元）", "", "项目名称", "总投资（万元）"],
        ["甲项目", 3600, "", "丙项目", 100],
        ["乙项目", 500, "", "丁项目", 200],
    ]
    tables = recognise(Sheet("Sheet1", rows)).tables
    assert [len(table.cells) for table in tables] == [2, 2]


def test_a_card_of_one_project_is_one_record():
    rows = [
        ["项目信息表", "", "", ""],
        ["项目名称", "甲项目", "投资方", "甲公司"],
        ["总投资", "3600万元", "进度", "已签约"],
        ["用地面积", "50亩", "产业类型", "新能源"],
    ]
    table = recognise(Sheet("Sheet1", rows, [(0, 0, 0, 3)])).tables[0]
    assert len(table.cells) == 1
    assert {"name", "investor", "total_investment", "stage", "land", "sector"} <= set(table.fields())


CELLS = st.one_of(
    st.just(""), st.none(), st.integers(-10, 10**6), st.floats(allow_nan=True), st.booleans(), st.dates(),
    st.text(max_size=12), st.sampled_from([*HEADER, "合计", "小计", "一、新能源", "备注：无", "单位：万元", "3600万元", "—", "本月", "2011年3月"]),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=12))
def test_every_cell_that_is_not_empty_has_exactly_one_role(rows):
    width = max((len(row) for row in rows), default=0)
    square = [row + [""] * (width - len(row)) for row in rows]
    recognised = recognise(Sheet("Sheet1", square))
    filled = {(r, c) for r, row in enumerate(square) for c, v in enumerate(row) if _is_filled(v)}
    assert set(recognised.roles) == filled
    assert set(recognised.roles.values()) <= set(ROLES)


def _is_filled(value: object) -> bool:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    return not isinstance(value, str) or clean_text(value) != ""


def test_a_project_of_which_only_the_name_is_known_is_data():
    rows = [
        ["项目名称", "总投资（万元）", "投资方"],
        ["甲电池项目", "", ""],
        ["乙面料项目", 500, "乙公司"],
        ["丙项目", "—", ""],
    ]
    assert roles(rows) == ["header", "data", "data", "data"]


def test_the_name_of_a_group_alone_in_its_row_is_a_section():
    rows = [
        ["项目名称", "总投资（万元）", "投资方"],
        ["新能源", "", ""],
        ["甲电池项目", 300, "甲公司"],
        ["煤山镇", "", ""],
        ["乙面料项目", 500, "乙公司"],
    ]
    assert roles(rows) == ["header", "section", "data", "section", "data"]


def test_a_lower_header_row_that_begins_with_a_sum_is_header():
    rows = [
        ["乡镇", "境内资金（万元）", "", "", "备注"],
        ["", "小计", "省外", "市外", ""],
        ["甲镇", 90, 60, 30, ""],
        ["乙镇", 40, 25, 15, ""],
    ]
    assert roles(rows, [(0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 1, 4)]) == ["header", "header", "data", "data"]
    assert roles(rows) == ["header", "header", "data", "data"]


def test_a_sum_in_words_alone_stays_a_sum():
    rows = [HEADER, [1, "甲项目", "甲公司", 3600, "在谈"], ["合计", "", "共1个项目", "", ""]]
    assert roles(rows) == ["header", "data", "total"]


def test_the_office_and_the_day_below_a_note_are_no_data():
    rows = [
        HEADER,
        [1, "甲项目", "甲公司", 3600, "在谈"],
        [2, "乙项目", "乙公司", 500, "在谈"],
        ["说明：本表每季更新；金额以协议为准。", "", "", "", ""],
        ["某县投资促进中心", "", "", "", "2014年7月1日"],
    ]
    assert roles(rows, [(3, 0, 3, 4)])[-2:] == ["remark", "remark"]


def test_a_project_of_which_only_the_company_and_a_day_are_known_stays_data():
    rows = [HEADER, [1, "甲项目", "甲公司", 3600, "在谈"], ["", "", "乙公司", "", "2014年7月1日"]]
    assert roles(rows)[-1] == "data"


def test_rows_that_hold_a_running_number_alone_are_left_out_with_their_reason():
    rows = [HEADER, [1, "甲项目", "甲公司", 3600, "在谈"], [2, "", "", "", ""], [3, "", "—", "", ""]]
    found = recognise(Sheet("表", rows))
    assert found.reasons == {(2, 0): "numbered_empty_row"}
    assert found.roles[2, 0] == "ignored"
    assert found.tables[0].cells.index.tolist() == [1, 3]


def test_a_day_merged_over_rows_holds_for_each_and_an_amount_for_one():
    rows = [
        ["序号", "项目名称", "签约时间", "总投资（万元）"],
        [1, "甲项目", "2014年3月6日", 900],
        [2, "乙项目", "", ""],
    ]
    cells = recognise(Sheet("表", rows, merged=[(1, 2, 2, 2), (1, 3, 2, 3)])).tables[0].cells
    assert cells[2].tolist() == ["2014年3月6日", "2014年3月6日"]
    assert cells[3].tolist() == [900, ""]
