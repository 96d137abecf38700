"""A date cell is a period with a first day, a last day and a precision; what is open is decided by its column."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.values.dates import find_period, find_year, parse_dates


def read(cell: object, year: int | None = None) -> pd.Series:
    return parse_dates(pd.Series([cell], dtype=object), year=year).iloc[0]


def column(cells: list[object], year: int | None = None, dayfirst: bool | None = None) -> pd.DataFrame:
    return parse_dates(pd.Series(cells, dtype=object), year=year, dayfirst=dayfirst)


def days(table: pd.DataFrame) -> list[str]:
    return table["on"].dt.strftime("%Y-%m-%d").tolist()


def open_cells(table: pd.DataFrame) -> list[bool]:
    return (table["code"] == "ambiguous_date").tolist()


@pytest.mark.parametrize(
    "cell",
    [dt.date(2011, 3, 15), dt.datetime(2011, 3, 15, 8, 30), pd.Timestamp("2011-03-15"), np.datetime64("2011-03-15"),
     "2011-3-15", "2011/3/15", "2011.3.15", "2011年3月15日", "2011 年 3 月 15 日", "2011年3月15号", "二〇一一年三月十五日",
     "２０１１年３月１５日", "11年3月15日", 20110315, "20110315", 20110315.0, 40617, 40617.5, "15 March 2011", "March 15, 2011",
     "15-Mar-11", "15th March 2011", "3/15/2011", "15/3/2011", "2011-03-15T10:00:00", "2011-03-15 00:00:00",
     "Tue, 15 March 2011", "2011年3月15日前", "于2011年3月15日签约"],
)  # fmt: skip
def test_many_spellings_are_one_day(cell: object) -> None:
    row = read(cell)
    assert (row["on"], row["end_on"]) == (pd.Timestamp("2011-03-15"), pd.Timestamp("2011-03-15"))
    assert (row["precision"], row["code"]) == ("day", None)


@pytest.mark.parametrize(
    "cell",
    ["2011年3月", "2011年3月份", "11年3月", "2011-03", "2011.3", "2011.03", 2011.3, 2011.03, 201103, "201103", "二〇一一年三月",
     "Mar-2011", "Mar-11", "March 2011", "3/2011", "2011-3月", "已于2011年3月开工", "预计2011年3月", "计划2011年3月投产",
     "Started March 2011", "2011-03 或 2011-3"],
)  # fmt: skip
def test_many_spellings_are_one_month(cell: object) -> None:
    row = read(cell)
    assert (row["on"], row["end_on"]) == (pd.Timestamp("2011-03-01"), pd.Timestamp("2011-03-31"))
    assert (row["precision"], row["code"]) == ("month", None)


@pytest.mark.parametrize(
    ("cell", "first", "last", "precision"),
    [
        ("2011年3月上旬", "2011-03-01", "2011-03-10", "ten_days"),
        ("2011年2月下旬", "2011-02-21", "2011-02-28", "ten_days"),
        ("2011年6月底前", "2011-06-21", "2011-06-30", "ten_days"),
    ],
)
def test_part_of_a_month_is_its_days(cell: str, first: str, last: str, precision: str) -> None:
    row = read(cell)
    assert (row["on"], row["end_on"]) == (pd.Timestamp(first), pd.Timestamp(last))
    assert (row["precision"], row["code"]) == (precision, None)


@pytest.mark.parametrize(
    ("cell", "first", "last", "precision"),
    [
        ("2011年", "2011-01-01", "2011-12-31", "year"),
        (2011, "2011-01-01", "2011-12-31", "year"),
        ("2011", "2011-01-01", "2011-12-31", "year"),
        ("二○一一年", "2011-01-01", "2011-12-31", "year"),
        ("2011年内", "2011-01-01", "2011-12-31", "year"),
        ("2009-2011", "2009-01-01", "2011-12-31", "year"),
        ("2013年至2015年", "2013-01-01", "2015-12-31", "year"),
        ("2011年第二季度", "2011-04-01", "2011-06-30", "quarter"),
        ("Q2 2011", "2011-04-01", "2011-06-30", "quarter"),
        ("2011Q2", "2011-04-01", "2011-06-30", "quarter"),
        ("2nd quarter 2011", "2011-04-01", "2011-06-30", "quarter"),
        ("2011年下半年", "2011-07-01", "2011-12-31", "half"),
        ("H2 2011", "2011-07-01", "2011-12-31", "half"),
        ("2011年底", "2011-12-01", "2011-12-31", "month"),
        ("力争2011年年底前", "2011-12-01", "2011-12-31", "month"),
        ("end of 2011", "2011-12-01", "2011-12-31", "month"),
        ("2011年初", "2011-01-01", "2011-01-31", "month"),
    ],
)
def test_what_is_known_to_the_quarter_or_year_is_imprecise(
    cell: object, first: str, last: str, precision: str
) -> None:
    row = read(cell)
    assert (row["on"], row["end_on"]) == (pd.Timestamp(first), pd.Timestamp(last))
    assert (row["precision"], row["code"]) == (precision, "imprecise_date")


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2011.3-2012.6", "2011-03-01", "2012-06-30"),
        ("2011年3-5月", "2011-03-01", "2011-05-31"),
        ("2011年12月至2012年2月", "2011-12-01", "2012-02-29"),
        ("2011年3月15日-18日", "2011-03-15", "2011-03-18"),
        ("15-18 March 2011", "2011-03-15", "2011-03-18"),
        ("March 2011 to June 2012", "2011-03-01", "2012-06-30"),
    ],
)
def test_a_span_ends_on_the_last_day_of_its_end(cell: str, first: str, last: str) -> None:
    row = read(cell)
    assert (row["on"], row["end_on"], row["code"]) == (pd.Timestamp(first), pd.Timestamp(last), None)


@pytest.mark.parametrize(
    ("cell", "first"),
    [("3月15日", "2011-03-15"), ("3月", "2011-03-01"), ("三月中旬", "2011-03-11"), ("二季度", "2011-04-01"), ("年底", "2011-12-01"),
     ("3.15", "2011-03-15"), ("3-5月", "2011-03-01"), (9, "2011-09-01"), ("15 March", "2011-03-15"), ("上半年", "2011-01-01")],
)  # fmt: skip
def test_a_date_without_a_year_needs_the_year_of_its_sheet(cell: object, first: str) -> None:
    assert read(cell, year=2011)["on"] == pd.Timestamp(first)
    without = read(cell)
    assert without["on"] is pd.NaT
    assert without["code"] == "unparseable_date"


@pytest.mark.parametrize(
    "cell",
    ["2011年13月", "2011-02-30", "2011-13", "20111301", "2011.25", 2011.25, "已开工", "尽快", "明年3月", "2011年3月签约，5月开工",
     "第3批", "2011年完成率", "may be delayed", True, dt.time(8), dt.datetime(9999, 12, 31), dt.datetime(1900, 1, 5),
     float("inf"), 123456, -5, 10**400, [2011], object(), "3600万元"],
)  # fmt: skip
def test_what_is_no_date_is_missing_and_never_january(cell: object) -> None:
    row = read(cell, year=2011)
    assert row["on"] is pd.NaT
    assert row["code"] == "unparseable_date"


@pytest.mark.parametrize("cell", [None, float("nan"), pd.NaT, "", "—", "/", "待定", "暂无"])
def test_a_blank_is_missing_without_a_problem(cell: object) -> None:
    row = read(cell, year=2011)
    assert row["on"] is pd.NaT
    assert row["code"] is None


def test_the_number_2011_1_alone_is_january_or_october() -> None:
    row = read(2011.1)
    assert (row["on"], row["second"]) == (pd.Timestamp("2011-01-01"), pd.Timestamp("2011-10-01"))
    assert row["code"] == "ambiguous_date"


def test_the_text_2011_10_is_october_and_the_text_2011_1_january() -> None:
    table = column(["2011.10", "2011.1"])
    assert days(table) == ["2011-10-01", "2011-01-01"]
    assert table["code"].tolist() == [None, None]


@pytest.mark.parametrize(
    ("cells", "month"),
    [
        ([2011.8, 2011.9, 2011.1, 2011.12], "2011-10-01"),
        ([2011.1, 2011.2, 2011.3], "2011-01-01"),
        ([2011.12, 2011.1, 2011.9], "2011-10-01"),
        ([2011.1, 2011.11, 2011.12], "2011-10-01"),
        ([2010.12, 2011.1, 2011.2], "2011-01-01"),
        ([2011.03, 2011.1], "2011-10-01"),
        (["2011.10", 2011.1], "2011-01-01"),
    ],
)
def test_its_neighbours_tell_january_from_october(cells: list[object], month: str) -> None:
    table = column(cells)
    assert days(table)[cells.index(2011.1)] == month
    assert not any(open_cells(table))
    assert table["second"].isna().all()


def test_one_column_may_hold_january_and_october() -> None:
    table = column([2011.1, 2011.2, 2011.9, 2011.1, 2011.11])
    assert days(table) == ["2011-01-01", "2011-02-01", "2011-09-01", "2011-10-01", "2011-11-01"]
    assert table["end_on"].iloc[3] == pd.Timestamp("2011-10-31")


def test_a_column_without_order_leaves_it_open() -> None:
    assert open_cells(column([2011.5, 2011.1, 2011.3, 2011.12])) == [False, True, False, False]


def test_a_cell_that_reads_one_way_decides_day_and_month_for_its_column() -> None:
    assert days(column(["3/4/2011", "15/4/2011"])) == ["2011-04-03", "2011-04-15"]
    assert days(column(["3/4/2011", "4/15/2011"])) == ["2011-03-04", "2011-04-15"]
    assert days(column(["3/4/2011"], dayfirst=True)) == ["2011-04-03"]
    assert days(column(["3/4/2011", "4/15/2011"], dayfirst=True)) == ["2011-04-03", "2011-04-15"]


def test_day_and_month_that_nothing_decides_stay_open() -> None:
    row = read("3/4/2011")
    assert (row["on"], row["second"]) == (pd.Timestamp("2011-03-04"), pd.Timestamp("2011-04-03"))
    assert row["code"] == "ambiguous_date"
    assert read("3/3/2011")["code"] is None


def test_an_excel_day_needs_a_column_of_dates() -> None:
    assert days(column([40617, "2011年3月"])) == ["2011-03-15", "2011-03-01"]
    assert column([40617, "在建", "洽谈中"])["on"].isna().all()


def test_a_column_of_datetimes_keeps_its_index() -> None:
    cells = pd.Series([pd.Timestamp("2011-03-01"), pd.NaT], index=[5, 3])
    table = parse_dates(cells)
    assert table.index.tolist() == [5, 3]
    assert table["on"].tolist() == [pd.Timestamp("2011-03-01"), pd.NaT]
    assert table["code"].tolist() == [None, None]
    assert str(table["on"].dtype) == "datetime64[ns]"
    assert parse_dates(pd.Series([], dtype=object)).empty


@pytest.mark.parametrize(
    ("text", "month", "precision"),
    [
        ("2011年3月", "2011-03", "month"),
        ("2011年1-9月招商引资完成情况表", "2011-09", "month"),
        ("2011年1月-9月", "2011-09", "month"),
        ("2010年10月-2011年3月", "2011-03", "month"),
        ("截至2011年9月底", "2011-09", "month"),
        ("截至2011年9月30日", "2011-09", "month"),
        ("2011-03", "2011-03", "month"),
        ("2011_03", "2011-03", "month"),
        ("招商月报201103.xlsx", "2011-03", "month"),
        ("招商月报20110930.xlsx", "2011-09", "month"),
        ("11年9月", "2011-09", "month"),
        ("二〇一一年九月", "2011-09", "month"),
        ("2011年招商引资项目表（9月）", "2011-09", "month"),
        ("Sep 2011", "2011-09", "month"),
        ("January-September 2011", "2011-09", "month"),
        ("as of 30 September 2011", "2011-09", "month"),
        ("2011年第一季度", "2011-03", "quarter"),
        ("2011年前三季度", "2011-09", "quarter"),
        ("2011Q3", "2011-09", "quarter"),
        ("2011年上半年", "2011-06", "half"),
        ("2011年度招商引资项目", "2011-01", "year"),
    ],
)
def test_a_title_says_its_month(text: str, month: str, precision: str) -> None:
    assert find_period(text) == (pd.Timestamp(f"{month}-01"), precision)


def test_a_sheet_named_by_a_month_takes_the_year_of_its_workbook() -> None:
    for name in ("9月", "1-9月", "九月", "9月份", "Sep"):
        assert find_period(name) is None
        assert find_period(name, 2011) == (pd.Timestamp("2011-09-01"), "month")


@pytest.mark.parametrize("text", ["投资2000万元以上项目", "Sheet1", "汇总", "13812345678", "附表3", ""])
def test_a_name_without_a_period_has_none(text: str) -> None:
    assert find_period(text) is None
    assert find_year(text) is None


def test_a_year_is_found_with_and_without_its_mark() -> None:
    assert find_year("2011年招商引资项目") == 2011
    assert find_year("项目汇总（2011）") == 2011
    assert find_year("二〇一一年") == 2011
    assert find_year("11年9月") == 2011
    assert find_year("2000万元以上项目2011年情况") == 2011


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_every_spelling_of_a_day_comes_back(day: dt.date) -> None:
    y, m, d = day.year, day.month, day.day
    spellings: list[object] = [
        day, pd.Timestamp(day), f"{y}-{m}-{d}", f"{y}.{m}.{d}", f"{y}/{m:02}/{d:02}", f"{y}年{m}月{d}日", f"{y}{m:02}{d:02}",
        y * 10000 + m * 100 + d, f"{d} {day:%B} {y}", f"{day:%b} {d}, {y}", f"预计{y}年{m}月{d}日前",
        f"{y}年{m}月{d}日".translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)}),
    ]  # fmt: skip
    table = column(spellings)
    assert days(table) == [f"{day:%Y-%m-%d}"] * len(spellings)
    assert table["precision"].eq("day").all()


@given(st.integers(1990, 2099), st.integers(1, 12))
def test_every_spelling_of_a_month_comes_back(year: int, month: int) -> None:
    name = dt.date(year, month, 1).strftime("%B")
    numeral = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][month - 1]
    spellings = [f"{year}年{month}月", f"{year}-{month:02}", f"{year}.{month}", f"{year}{month:02}", f"{name} {year}",
                 f"{name[:3]}-{year}", f"{year}年{numeral}月"]  # fmt: skip
    assert set(days(column(list(spellings)))) == {f"{year}-{month:02}-01"}
    assert {find_period(text) for text in spellings} == {(pd.Timestamp(year, month, 1), "month")}


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(), st.complex_numbers(), st.binary(), st.lists(st.integers()), st.text(),
    st.floats(1, 13), st.floats(1990, 2100), st.sampled_from([2011.1, 2011.11, 2011.3, "2011.10"]),
    st.text(alphabet="0123456789.-/~年月日季度上下半旬底初第至或 QqMarh"),
)  # fmt: skip


@given(st.lists(CELLS), st.sampled_from([None, 2011]), st.sampled_from([None, True, False]))
def test_no_cell_stops_the_reading_and_a_period_ends_after_it_begins(
    cells: list[object], year: int | None, dayfirst: bool | None
) -> None:
    table = column(cells, year, dayfirst)
    assert len(table) == len(cells)
    assert not (table["end_on"] < table["on"]).any()
    assert table.loc[table["code"] == "unparseable_date", "on"].isna().all()
    assert table.loc[table["on"].notna(), "precision"].notna().all()
    assert (table["second"].notna() == (table["code"] == "ambiguous_date")).all()


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789年月日季度上半至-~._ ")), st.sampled_from([None, 2011])
)
def test_any_title_has_a_period_or_none(text: str, year: int | None) -> None:
    found = find_period(text, year)
    assert found is None or found[1] in {"month", "quarter", "half", "year"}
    assert find_year(text) is None or 1990 <= (find_year(text) or 0) <= 2100
