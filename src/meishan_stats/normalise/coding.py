"""Texts of a sheet → codes of a codelist, by the longest spellings they hold."""

from functools import cache

import pandas as pd

from meishan_stats.values.text import match_key
from meishan_stats.values.words import WordIndex, codes_by_key, find_words, outermost, spaced_key, word_index

SHORTEST = 2
"""A spelling of one character counts only as the whole text: 镇 is a payer, 镇 in 小城镇建设 is none."""


@cache
def _index(codelist: str) -> WordIndex:
    return word_index(word for word in codes_by_key(codelist) if len(word) >= SHORTEST)


def codes_in(text: str, codelist: str) -> list[str]:
    """Codes that a text names, in its order, each once; a longer spelling hides the shorter ones inside it.

    >>> codes_in("外出考察", "directions"), codes_in("客商来访及外出招商", "directions")
    (['made'], ['received', 'made'])
    """
    known = codes_by_key(codelist)
    whole = known.get(match_key(text))
    if whole:
        return [whole]
    found = outermost(find_words(spaced_key(text), _index(codelist)))
    return list(dict.fromkeys(known[match_key(word)] for _, word in found))


def code_texts(texts: pd.Series, codelist: str, several: str | None = None) -> pd.Series:
    """Code of every text that names one; `several` where it names more, else None.

    >>> code_texts(pd.Series(["镇财政", "财政和企业", "待定"]), "payers", several="mixed").tolist()
    ['public', 'mixed', None]
    """
    codes: dict[object, str | None] = {}
    for text in texts.dropna().unique():
        found = codes_in(text, codelist) if isinstance(text, str) else []
        codes[text] = found[0] if len(found) == 1 else several if found else None
    return pd.Series([codes.get(text) for text in texts], index=texts.index, dtype=object)


def code_of(text: str, codelist: str) -> str | None:
    """Code of a text that names exactly one; None where it names none or several.

    >>> code_of("来访登记表", "directions"), code_of("来访出访登记表", "directions")
    ('received', None)
    """
    found = codes_in(text, codelist)
    return found[0] if len(found) == 1 else None
