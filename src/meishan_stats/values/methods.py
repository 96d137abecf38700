"""Methods by which projects were attracted (招商方式)."""

from collections.abc import Mapping
from functools import cache

import pandas as pd

from meishan_stats.codelists import ALIAS_SEPARATOR, read_codelist
from meishan_stats.values.text import match_key
from meishan_stats.values.words import (
    WordIndex,
    codes_by_key,
    find_words,
    map_unique,
    outermost,
    spaced_key,
    word_index,
)

# 投资方式 stands under the same headers and is another thing: how capital is held or works are paid.
_FORMS_OF_INVESTMENT = frozenset(
    (
        "独资",
        "合资",
        "合作",
        "内资",
        "外资",
        "股份制",
        "租赁",
        "收购",
        "并购",
        "参股",
        "bt",
        "bot",
        "ppp",
        "epc",
        "新建",
        "技术改造",
    )
)


def parse_methods(values: pd.Series) -> pd.Series:
    """Method of attraction that each text states, the first where it states several.

    A text that is no method of ``methods.csv`` is ``other``; a form of investment (独资, BOT), which
    sheets put under the same header, is no method and missing.

    Examples
    --------
    >>> parse_methods(pd.Series(["以商引商", "驻点招商、委托招商", "独资", None])).tolist()
    ['merchant_referral', 'full_time', None, None]
    """
    return pd.Series(map_unique(values, _method_of, None), index=values.index, dtype=object, name=values.name)


def _method_of(text: str) -> str | None:
    key = match_key(text)
    if key in _FORMS_OF_INVESTMENT:
        return None
    exact = codes_by_key("methods").get(key)
    hits = outermost(find_words(spaced_key(text), _index()))
    return exact or (_words()[hits[0][1]] if hits else "other")


@cache
def _words() -> Mapping[str, str]:
    rows = read_codelist("methods").to_dict("records")
    spellings = [
        (alias, row["code"])
        for row in rows
        for alias in (row["label_zh"], *row["aliases"].split(ALIAS_SEPARATOR))
    ]
    return {spaced_key(alias): code for alias, code in spellings if len(alias) > 1}


@cache
def _index() -> WordIndex:
    return word_index(_words())
