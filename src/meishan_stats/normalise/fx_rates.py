"""Tables of rates of exchange (汇率): every quoted rate → yuan for one unit of the currency."""

import re

import pandas as pd

from meishan_stats.codelists import alias_to_code
from meishan_stats.extract.rate_columns import ANY_YEAR, currency_in, named_currency
from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.exchange import ecb_rate
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import FxRates, arrange
from meishan_stats.values.periods import find_period
from meishan_stats.values.text import match_key
from meishan_stats.values.words import find_words, outermost, word_index

_PER_HUNDRED = re.compile(r"(?:每|per|[(/])?100(?:单位|外币|美元|元|units?|[a-z]{3})?")
_IN_YUAN = re.compile(r"人民币|rmb|cny|yuan")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FAR = 0.4
"""A rate that differs by more from the ECB's of the same time is quoted for another number of units."""
_YUAN = re.compile(r"(?:折合|兑换?|对|to|in)?(?:人民币|rmb|cny|yuan)(?:元)?")


def normalise_fx_rates(source: Source) -> pd.DataFrame:
    """Rates of a table of exchange rates, one row a currency and time.

    The currency stands in a column 币种 or in the header; the time in columns, in the header, or in the
    title; a rate without a time holds for all. A quotation for 100 units is divided; where no number of
    units is stated, the ECB's rate of that time tells 100 from 1, with a doubt.

    Returns
    -------
    FxRates
    """
    parts = [_rates_of(source, column) for column in source.table.fields().get("rate_of_exchange", [])]
    parts = [part for part in parts if len(part)]
    frame = pd.concat(parts).sort_index(kind="stable") if parts else source.frame().iloc[:0]
    return arrange(frame, FxRates)


def _rates_of(source: Source, column: Column) -> pd.DataFrame:
    if find_period(column.header, ANY_YEAR) and not find_period(column.header, source.table.year):
        source.doubt_column("unparseable_date", column, field=cols.label_of(column))
        return source.frame().iloc[:0]
    stated = source.table.cells[column.index].map(_number)
    frame = source.frame().assign(rate=stated.astype(float), row=source.table.cells.index)
    named = cols.texts(source, "currency").map(named_currency)
    frame["currency"] = named.where(named.notna(), currency_in(column))
    time = _times(source, column)
    frame["period"], frame["precision"] = time["on"], time["precision"]
    frame["basis"] = _basis(source, column, frame)
    frame["source"] = cols.texts(source, "rate_source")
    frame = frame[frame["rate"].notna() & frame["currency"].notna()]
    divisor = _divisors(source, column, frame)
    return frame.assign(rate=frame["rate"] / divisor)


def _number(value: object) -> float | None:
    """Rate of a cell: its number, or the last one of its text.

    >>> _number(6.46), _number("1美元=6.46元"), _number("—") is None
    (6.46, 6.46, True)
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = _NUMBER.findall(str(value)) if isinstance(value, str) else []
    return float(found[-1]) if found else None


def _times(source: Source, column: Column) -> pd.DataFrame:
    """Time of every rate: of its header, else of its row, else of the table."""
    table = source.table
    index = table.cells.index
    found = find_period(column.header, table.year)
    rows = cols.dates(source, "date")
    by_columns = cols.year_month(source)
    on = rows["on"].where(rows["on"].notna(), by_columns["on"])
    precision = rows["precision"].where(rows["on"].notna(), by_columns["precision"])
    if found:
        on, precision = pd.Series(found[0], index=index), pd.Series(found[1], index=index)
    if (
        "year" not in table.fields()
        and "month" not in table.fields()
        and not found
        and rows["on"].isna().all()
    ):
        on = pd.Series(table.period, index=index, dtype="datetime64[ns]")
        precision = pd.Series(table.precision, index=index, dtype=object)
    first = on.dt.to_period("M").dt.to_timestamp().where(precision != "day", on)
    return pd.DataFrame({"on": first, "precision": precision})


def _basis(source: Source, column: Column, frame: pd.DataFrame) -> pd.Series:
    """Basis by a column 口径, else by header and title; else the mean of the time the rate is for."""
    spellings = {match_key(spelling): code for spelling, code in alias_to_code("fx_bases").items()}
    index = word_index(spellings)

    def named(text: object) -> str | None:
        hits = outermost(find_words(match_key(text), index)) if isinstance(text, str) else []
        return spellings[hits[-1][1]] if hits else None

    stated = cols.texts(source, "rate_basis", "category", "remark").map(named)
    around = named(column.header) or named(cols.title_key(source))
    stated = stated.where(stated.notna(), around)
    by_time = frame["precision"].map({"year": "annual_mean", "month": "month_mean", "day": "transaction_day"})
    return stated.where(stated.notna(), by_time.where(frame["period"].notna(), "fixed"))


def _divisors(source: Source, column: Column, frame: pd.DataFrame) -> pd.Series:
    """Units of the currency that each rate is quoted for: 1 or 100."""
    units = source.table.fields().get("rate_units")
    if units:
        cells = source.table.cells[units[0].index].loc[frame.index]
        stated = pd.to_numeric(cells.astype("str").str.extract(r"(\d+)")[0], errors="coerce")
        if stated.notna().any():
            return stated.fillna(1.0)
    words = match_key(
        "".join([*source.table.titles, column.header, column.unit_text or "", source.table.unit_text or ""])
    )
    if _PER_HUNDRED.search(words):
        return pd.Series(100.0, index=frame.index)
    divisors = pd.Series(1.0, index=frame.index)
    for row in frame.to_dict("records"):
        year = row["period"].year if pd.notna(row["period"]) else source.table.year or ANY_YEAR
        known = ecb_rate(row["currency"], "annual_mean", year)
        if known and abs(row["rate"] / 100 / known[0] - 1) < _FAR:
            divisors.loc[row["row"]] = 100.0
            source.doubt("ambiguous_unit", int(row["row"]), column.index, row["rate"], field=cols.label_of(column) or row["currency"],
                         unit="100 外币 (per 100)")  # fmt: skip
    return divisors
