"""Words of a table found in the text of a cell: the longest first, and never inside an English word."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import TypeVar

import numpy as np
import pandas as pd

from meishan_stats.codelists import ALIAS_SEPARATOR, read_codelist
from meishan_stats.values.distinct import Distinct, distinct
from meishan_stats.values.text import clean_text, is_blank, match_key

T = TypeVar("T")
WordIndex = Mapping[str, tuple[str, ...]]
"""Words by their first character, longest first."""


def spaced_key(text: str) -> str:
    """Text folded for matching, with the spaces that part English words.

    >>> spaced_key("Ｓolar  Energy 太陽能 電池")
    'solar energy太阳能电池'
    """
    key = ""
    for token in map(match_key, text.replace("’", "'").split()):
        apart = key and token and key[-1].isascii() and token[0].isascii()
        key += f" {token}" if apart else token
    return key


def stated_text(value: object) -> str | None:
    """Text of a cell with its line breaks, or None where it holds none."""
    if is_blank(value):
        return None
    if isinstance(value, str):
        return "\n".join(filter(None, map(clean_text, value.splitlines()))) or None
    return clean_text(value) or None


def word_index(words: Iterable[str]) -> WordIndex:
    """Index for `find_words`; the words are folded as `spaced_key` folds a text."""
    index: dict[str, list[str]] = {}
    for word in {spaced_key(word) for word in words} - {""}:
        index.setdefault(word[0], []).append(word)
    return {first: tuple(sorted(group, key=lambda w: (-len(w), w))) for first, group in index.items()}


def find_words(key: str, index: WordIndex) -> list[tuple[int, str]]:
    """Position and word, the longest word at each position of a folded text.

    An English word counts as a word of its own or in the plural, never as a part of another.

    >>> find_words("wind farms in windhoek", word_index(["wind", "wind farm"]))
    [(0, 'wind farm')]
    """
    found = []
    for position, character in enumerate(key):
        for word in index.get(character, ()):
            if key.startswith(word, position) and _stands_alone(key, position, word):
                found.append((position, word))
                break
    return found


def _stands_alone(key: str, start: int, word: str) -> bool:
    if _is_latin(word[0]) and start > 0 and _is_latin(key[start - 1]):
        return False
    rest = key[start + len(word) : start + len(word) + 2]
    if not _is_latin(word[-1]) or not rest or not _is_latin(rest[0]):
        return not (word[-1].isdigit() and rest[:1].isdigit())
    return rest[0] == "s" and not _is_latin(rest[1:])


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def outermost(found: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Words that do not overlap, the longer before the shorter; in order of position.

    >>> outermost([(0, "电池"), (0, "电池隔膜"), (2, "隔膜"), (4, "回收")])
    [(0, '电池隔膜'), (4, '回收')]
    """
    taken: list[tuple[int, str]] = []
    covered: set[int] = set()
    for position, word in sorted(found, key=lambda hit: (-len(hit[1]), hit[0])):
        places = range(position, position + len(word))
        if covered.isdisjoint(places):
            covered.update(places)
            taken.append((position, word))
    return sorted(taken)


@cache
def codes_by_key(codelist: str) -> Mapping[str, str]:
    """Code of every folded spelling of a codelist: code, labels and aliases; the first code of a spelling."""
    found: dict[str, str] = {}
    for row in read_codelist(codelist).to_dict("records"):
        for spelling in (
            row["label_zh"],
            row["label_en"],
            row["code"],
            *row["aliases"].split(ALIAS_SEPARATOR),
        ):
            found.setdefault(match_key(spelling), row["code"])
    found.pop("", None)
    return found


def map_unique(values: pd.Series, function: Callable[[str], T], missing: T) -> np.ndarray:
    """Result of a function of text for every value in order, worked out once for each distinct one."""
    found = distinct(values)
    return found.take(_results(found, function, missing), missing)


def results_of_text(values: pd.Series, function: Callable[[str], Hashable]) -> Distinct:
    """Distinct results of a function of text; missing where there is no text or no result."""

    def result(value: object) -> Hashable:
        text = stated_text(value)
        return None if text is None else function(text)

    return distinct(values).results(result)


def columns_of_unique(
    values: pd.Series, function: Callable[[str], tuple[object, ...]], columns: Sequence[str]
) -> pd.DataFrame:
    """Frame of what a function of text gives for every value, a column for each part of its result.

    >>> columns_of_unique(pd.Series(["ab", None]), lambda text: (text[0], text[1]), ["one", "other"]).values.tolist()
    [['a', 'b'], [None, None]]
    """
    missing: tuple[object, ...] = (None,) * len(columns)
    found = distinct(values)
    rows = _results(found, function, missing)
    data = {name: found.take([row[i] for row in rows]) for i, name in enumerate(columns)}
    return pd.DataFrame(data, index=values.index, columns=list(columns), dtype=object)


def _results(found: Distinct, function: Callable[[str], T], missing: T) -> list[T]:
    known: dict[str | None, T] = {None: missing}
    texts = [stated_text(value) for value in found.kinds]
    for text in texts:
        if text is not None and text not in known:
            known[text] = function(text)
    return [known[text] for text in texts]
