"""Rates that an office states, as sheets draw them, and amounts converted by them."""

from pathlib import Path

import pandas as pd
import pytest

from meishan_stats.extract.recognise import recognise
from meishan_stats.extract.settled import settle
from meishan_stats.extract.workbook import Sheet
from meishan_stats.normalise.exchange import Rates, in_yuan
from meishan_stats.normalise.fx_rates import normalise_fx_rates
from meishan_stats.normalise.source import Source
from meishan_stats.offices import Office
from meishan_stats.schemas import FxRates, conform


def rates(*rows: list[object], sheet: str = "汇率") -> pd.DataFrame:
    return read(*rows, sheet=sheet)[0]


def read(*rows: list[object], sheet: str = "汇率") -> tuple[pd.DataFrame, list[str]]:
    tables = recognise(Sheet(sheet, list(rows)), "book").tables
    assert [table.table for table in tables] == ["fx_rates"]
    source = Source(Office(Path(), "甲镇"), "a.xlsx", settle(tables[0]))
    return normalise_fx_rates(source), [row["code"] for row in source.problems]


def quoted(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    times = [
        "always" if pd.isna(on) else f"{on:%Y}" if precision == "year" else f"{on:%Y-%m}"
        for on, precision in zip(frame["period"], frame["precision"], strict=True)
    ]
    keys = zip(frame["currency"], times, strict=True)
    return dict(zip(keys, frame["rate"].round(6), strict=True))


def test_a_row_a_currency_and_year():
    found = rates(
        ["2011年汇率表", "", ""], ["币种", "年份", "汇率"], ["美元", 2011, 6.46], ["港币", 2010, 0.87]
    )
    assert quoted(found) == {("USD", "2011"): 6.46, ("HKD", "2010"): 0.87}
    assert set(found["basis"]) == {"annual_mean"}


def test_a_column_a_currency_and_a_row_a_month_for_a_hundred_units():
    title = "2011年人民币汇率中间价（100外币兑人民币）"
    found = rates([title, "", ""], ["月份", "美元", "日元"], ["1月", 660.27, 8.1], ["2月", 658.31, 8.0])
    assert quoted(found) == {
        ("USD", "2011-01"): 6.6027, ("JPY", "2011-01"): 0.081,
        ("USD", "2011-02"): 6.5831, ("JPY", "2011-02"): 0.08,
    }  # fmt: skip


def test_a_column_a_month():
    found = rates(["2011年各月汇率", "", ""], ["币种", "1月", "2月"], ["美元", 6.6, 6.58], ["欧元", 8.8, 8.9])
    assert quoted(found)["EUR", "2011-02"] == 8.9
    assert len(found) == 4


def test_months_of_no_year_are_a_doubt_and_no_rate():
    found, codes = read(["考核汇率", "", ""], ["币种", "1月", "2月"], ["美元", 6.6, 6.58], ["欧元", 8.8, 8.9])
    assert found.empty
    assert codes == ["unparseable_date", "unparseable_date"]


def test_a_fixed_rate_has_no_time():
    found = rates(["考核用固定汇率", ""], ["货币", "对人民币汇率"], ["USD", 6.5], ["EUR", 9])
    assert quoted(found) == {("USD", "always"): 6.5, ("EUR", "always"): 9}
    assert set(found["basis"]) == {"fixed"}


def test_a_quotation_for_a_hundred_units_that_nothing_says_is_told_by_its_size():
    found, codes = read(["2011年汇率", ""], ["币种", "汇率"], ["美元", 645.88], ["港币", 0.83])
    assert quoted(found) == {("USD", "2011"): 6.4588, ("HKD", "2011"): 0.83}
    assert codes == ["ambiguous_unit"]


def test_units_in_a_column_divide():
    found = rates(
        ["Exchange rates 2011", "", ""], ["Currency", "Units", "CNY"], ["USD", 1, 6.46], ["JPY", 100, 8.1]
    )
    assert quoted(found) == {("USD", "2011"): 6.46, ("JPY", "2011"): 0.081}


def test_days_are_rates_of_the_day():
    found = rates(["日期", "美元兑人民币"], ["2011-01-31", 6.5891], ["2011-02-28", 6.5752])
    assert quoted(found) == {("USD", "2011-01"): 6.5891, ("USD", "2011-02"): 6.5752}
    assert set(found["precision"]) == {"day"}


def own(*rows: tuple[str, str | None, str | None, float, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["currency", "period", "precision", "rate", "basis"])
    return conform(frame.assign(office="甲镇", period=pd.to_datetime(frame["period"])), FxRates)


MARCH = pd.Timestamp("2011-03-01")


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("annual_mean", (6.0, "annual_mean 2011, office")),
        ("month_mean", (6.3, "month_mean 2011-03, office")),
        ("month_end", (6.4, "month_end 2011-03, office")),
        ("fixed", (6.5, "fixed, office")),
    ],
)
def test_the_basis_of_the_office_chooses_among_its_own_rates(basis, expected):
    stated = own(
        ("USD", "2011-01-01", "year", 6.0, "annual_mean"),
        ("USD", "2011-03-01", "month", 6.3, "month_mean"),
        ("USD", "2011-03-01", "month", 6.4, "month_end"),
        ("USD", None, None, 6.5, "fixed"),
    )
    assert Rates(basis, stated).rate("USD", MARCH) == expected


def test_months_of_an_unfinished_year_give_a_mean_that_says_so():
    stated = own(("USD", "2011-01-01", "month", 6.6, None), ("USD", "2011-02-01", "month", 6.4, None))
    assert Rates(own=stated).rate("USD", MARCH) == (6.5, "mean of 2 months of 2011, office")


def test_without_own_rates_the_ecb_gives_every_basis_but_a_fixed_one():
    mean = Rates().rate("USD", MARCH)
    end = Rates("month_end").rate("USD", MARCH)
    # The central parity stood at 6.5564 on 31 March 2011 (State Administration of Foreign Exchange).
    assert end == (pytest.approx(6.556, abs=0.02), "month_end 2011-03-31, ECB")
    assert mean == (pytest.approx(6.4588, abs=0.02), "annual_mean 2011, ECB")
    assert Rates("fixed").rate("USD", MARCH) is None


def test_what_is_known_to_the_year_only_takes_the_mean_of_the_year():
    rate = Rates("month_end").rate("USD", pd.Timestamp("2011-01-01"), "year")
    assert rate is not None
    assert rate[1] == "annual_mean 2011, ECB"


def test_a_currency_that_nobody_quotes_is_missing_until_the_office_gives_its_rate():
    amounts, currency, on = pd.Series([100.0]), pd.Series(["TWD"]), pd.Series([MARCH])
    missing = in_yuan(amounts, currency, on)
    assert missing["cny"].isna().all()
    assert missing["is_missing_rate"].all()
    given = in_yuan(amounts, currency, on, rates=Rates(own=own(("TWD", "2011-01-01", "year", 0.22, None))))
    assert given["cny"].tolist() == [22.0]


def test_yuan_for_a_hundred_in_the_header_with_basis_and_source_in_columns():
    found, codes = read(
        ["甲镇2010年外币折算汇率表"],
        ["序号", "币种", "年度", "100外币折合人民币\n（元）", "口径", "来源"],
        [1, "美元", "2010年", "660.00", "年平均", "县商务局"],
        [2, "港元", "2010年", "85.00", "年平均", "县商务局"],
    )
    assert quoted(found) == {("USD", "2010"): 6.6, ("HKD", "2010"): 0.85}
    assert set(found["source"]) == {"县商务局"}
    assert codes == []
