"""Sums that sheets state against their rows."""

import pytest

from meishan_stats.extract.recognise import recognise
from meishan_stats.extract.totals import check_totals
from meishan_stats.extract.workbook import Sheet

HEADER: list[object] = ["序号", "项目名称", "投资方", "总投资（万元）"]


def checked(*rows: list[object], header: list[object] = HEADER) -> list[tuple[str, float, float, bool]]:
    table = recognise(Sheet("Sheet1", [header, *rows])).tables[0]
    found = check_totals(table).rows
    return list(zip(found["cell"], found["stated"], found["computed"], found["agrees"], strict=True))


A: list[object] = [1, "甲项目", "甲公司", 3600]
B: list[object] = [2, "乙项目", "乙公司", 500]


def test_a_right_total_agrees():
    assert checked(A, B, ["", "合计", "", 4100]) == [("D4", 4100, 4100, True)]


def test_a_wrong_total_shows_both_numbers():
    assert checked(A, B, ["", "合计", "", 4200]) == [("D4", 4200, 4100, False)]


def test_a_total_above_its_rows_is_compared_with_them():
    assert checked(["", "合计", "", 4100], A, B) == [("D2", 4100, 4100, True)]


def test_subtotals_and_the_total_of_all_rows_agree_each_with_its_rows():
    rows: list[list[object]] = [A, ["", "小计", "", 3600], B, ["", "小计", "", 500], ["", "总计", "", 4100]]
    assert [row[1:] for row in checked(*rows)] == [(3600, 3600, True), (500, 500, True), (4100, 4100, True)]


def test_a_part_of_a_total_is_no_sum():
    assert checked(A, B, ["", "合计", "", 4100], ["", "其中：外资", "", 500]) == [("D4", 4100, 4100, True)]


def test_a_total_in_words_is_compared_by_currency():
    foreign: list[object] = [2, "乙项目", "乙公司", "500万美元"]
    assert checked(A, foreign, ["", "合计", "", "3600万元、500万美元"]) == [
        ("D4", 3600, 3600, True),
        ("D4", 500, 500, True),
    ]


@pytest.mark.parametrize(("stated", "agrees"), [(4100.5, True), (4100.46, False), (4101.0, False)])
def test_a_total_may_be_rounded_only_where_its_rows_are_finer(stated, agrees):
    fine: list[object] = [1, "甲项目", "甲公司", 3600.46]
    assert checked(fine, B, ["", "合计", "", stated])[0][3] is (agrees if stated != 4100.46 else True)


def test_a_rate_is_not_added_up():
    header: list[object] = ["序号", "项目名称", "总投资（万元）", "完成率%"]
    assert [
        row[0]
        for row in checked(
            [1, "甲项目", 3600, 50], [2, "乙项目", 500, 80], ["", "合计", 4100, 53], header=header
        )
    ] == ["C4"]
