"""Columns of a table of exchange rates: a currency or a month may head the rates themselves."""

import re
from dataclasses import replace

from meishan_stats.codelists import alias_to_code
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.units import parse_unit_alternatives
from meishan_stats.values.periods import find_period
from meishan_stats.values.text import match_key
from meishan_stats.values.words import find_words, outermost, word_index

ANY_YEAR = 2020
"""Year that stands for one that is not stated: a header 1月 is a month in whatever year."""
_YUAN = re.compile(r"(?:折合|兑换?|对|to|in)?(?:人民币|rmb|cny|yuan)(?:元)?")
_QUOTED_IN_YUAN = re.compile(r"人民币|rmb|cny|yuan|^元$|汇率|中间价|牌价|rate")
_WORDS = {
    "rate_basis": re.compile(r"口径|基准|汇率类型|^类型$|basis|type"),
    "rate_source": re.compile(r"来源|出处|依据|source"),
    "rate_units": re.compile(r"^(?:单位|数量|外币数量|外币单位|units?)$"),
}


def settle_rates(table: RawTable) -> list[Column]:
    """Columns with the fields of a table of rates: the rates, their basis, source and number of units."""
    has_currency = "currency" in table.fields()
    return [_settled(column, has_currency) for column in table.columns]


def _settled(column: Column, has_currency: bool) -> Column:
    words = header_words(column)
    is_free = (
        column.field is None
        or column.step == "near"
        or column.field in ("origin", "unit_of_measure", "category")
    )
    if not words or not is_free:
        return column
    stated = next((field for field, pattern in _WORDS.items() if pattern.search(words)), None)
    if stated:
        return replace(column, field=stated, step="table", score=1.0, rival=None)
    is_rate = currency_in(column) or (
        has_currency and (_QUOTED_IN_YUAN.search(words) or find_period(column.header, ANY_YEAR))
    )
    return (
        replace(column, field="rate_of_exchange", step="table", score=1.0, rival=None) if is_rate else column
    )


def header_words(column: Column) -> str:
    """Header of a column with the unit that was cut off it."""
    return match_key(f"{column.header}{column.unit_text or ''}")


def currency_in(column: Column) -> str | None:
    """Currency that a header names beside the yuan: what is quoted is the other one."""
    return named_currency(_YUAN.sub("", header_words(column)))


def named_currency(text: object) -> str | None:
    """Currency that a text names, other than the yuan.

    >>> named_currency("100美元"), named_currency("人民币"), named_currency("港币兑人民币")
    ('USD', None, 'HKD')
    """
    if not isinstance(text, str) or not text:
        return None
    for unit in parse_unit_alternatives(re.sub(r"\d+", "", text)):
        if unit.currency and unit.currency != "CNY":
            return unit.currency
    spellings = {match_key(spelling): code for spelling, code in alias_to_code("currencies").items()}
    named = [spellings[word] for _, word in outermost(find_words(match_key(text), word_index(spellings)))]
    return next((code for code in named if code != "CNY"), None)
