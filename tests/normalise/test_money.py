"""Which unit and currency each amount of a sheet has."""

import pandas as pd
import pytest

from meishan_stats.extract.recognise import recognise
from meishan_stats.extract.workbook import Sheet
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.money import amounts
from meishan_stats.normalise.source import Source
from meishan_stats.offices import Office


def source(*rows: list[object], tmp_path=None) -> Source:
    table = recognise(Sheet("Sheet1", list(rows))).tables[0]
    return Source(Office(folder=tmp_path, name="甲镇"), "a.xlsx", table)


def read(*rows: list[object]) -> list[tuple[float, str]]:
    found = amounts(source(*rows), "total_investment")
    return list(zip(found["amount"], found["currency"], strict=True))


def test_a_note_gives_the_unit_that_the_header_lacks():
    assert read(["某镇项目表", ""], ["单位：亿元", ""], ["项目名称", "总投资"], ["甲项目", 0.36]) == [
        (3600, "CNY")
    ]


def test_the_header_comes_before_the_note_and_the_cell_before_both():
    rows: list[list[object]] = [
        ["单位：亿元", ""],
        ["项目名称", "总投资（万元）"],
        ["甲项目", 3600],
        ["乙项目", "0.5亿元"],
        ["丙项目", "500万美元"],
    ]
    assert read(*rows) == [(3600, "CNY"), (5000, "CNY"), (500, "USD")]


def test_a_column_of_two_units_takes_each_from_the_currency_of_its_row():
    rows: list[list[object]] = [
        ["项目名称", "币种", "总投资（亿美元/亿元）"],
        ["甲项目", "美元", 0.05],
        ["乙项目", "人民币", 1.2],
    ]
    assert read(*rows) == [(500, "USD"), (12000, "CNY")]


def test_a_column_without_any_unit_is_one_problem_and_a_missing_amount():
    here = source(["项目名称", "总投资"], ["甲项目", 3600], ["乙项目", 500])
    assert amounts(here, "total_investment")["amount"].isna().all()
    assert [row["code"] for row in here.problems] == ["unknown_unit"]
    assert here.problems[0]["cell"] == "B2"


@pytest.mark.parametrize(
    ("text", "amount"),
    [("3000-5000", None), ("约3000", 3000), ("—", None), ("117.27%", None), ("13900000001", None)],
)
def test_what_is_not_one_number_is_missing_or_flagged(text, amount):
    here = source(["项目名称", "总投资（万元）"], ["甲项目", text], ["乙项目", 500])
    found = amounts(here, "total_investment")["amount"].iloc[0]
    assert (None if pd.isna(found) else found) == amount
    assert (text == "—") == (here.problems == [])


def test_a_currency_without_a_rate_has_no_yuan_value():
    yuan = in_yuan(pd.Series([100.0, 100.0]), pd.Series(["TWD", "USD"]), pd.Series([2011, 1990]))
    assert yuan["cny"].isna().all()
    assert yuan["is_missing_rate"].all()
