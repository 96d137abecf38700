"""What a cell may be, seen at a glance: its kind, and the most that its text can be of a header.

One small number a cell, kept for every text seen: a sheet of a hundred thousand rows is looked at once,
and only the rows that these numbers leave open are looked at closely.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from meishan_stats.extract.cells import (
    DATE,
    KIND_OF_TYPE,
    NUMBER,
    TEXT,
    enumerated,
    is_remark,
    is_unit_note,
    look,
    total_word,
)
from meishan_stats.extract.header_text import vocabulary
from meishan_stats.extract.headers import header_likeness
from meishan_stats.units.expressions import unit_characters
from meishan_stats.values.text import match_key, simplified_characters

KIND = 7
LEVEL_BIT, LEVEL = 3, 15
"""Four bits: tenths of the most that a text can be like a header (`header_likeness`)."""
OPENS = 1 << 7
"""The text may open a total, a remark, a heading or a unit note."""
LABELLED = 1 << 8
"""The text may be a sign-off: it has a colon."""
NUMBERS = 1 << 9
"""The text may open a row of running numbers (甲 | 乙 | 1 | 2)."""
ANYTHING = 10 << LEVEL_BIT | OPENS | LABELLED | NUMBERS
_MOST_TEXTS = 500_000
_HEAD, _AT_ONCE = 16, 1024
"""Cells looked at together, which below a header mostly are of one type."""
_LIKE_BY_ITS_END = TEXT | 6 << LEVEL_BIT
_OPENING = (
    "约約近超逾踰达達人美和及暂无没未待空不"  # a number, a placeholder
    "第一二三四五六七八九十甲乙丙丁戊己庚辛壬癸截止至到上下其累全"  # a heading, a time, a total
    "备附注说填制报审单统主分领签经联电资数来打所招金计货面"  # a remark, a unit note
)
"""Characters that begin what is more than plain words, beside those of the vocabulary of headers."""
_PARTS = "计計和与與或及"
"""Within a text, what sums (合计) and what parts a header in two (投资方及项目)."""


def glances(values: Sequence[object] | np.ndarray) -> np.ndarray:
    """What each of many cells may be, as an array of int16.

    >>> (glances([3600, "2011年3月", "—", None, "示例项目"]) & KIND).tolist()
    [1, 2, 4, 0, 3]
    """
    cells = values.tolist() if isinstance(values, np.ndarray) else list(values)
    if not cells:
        return np.zeros(0, np.int16)
    starts = [0, *range(_HEAD, len(cells), _AT_ONCE)]
    ends = [*starts[1:], len(cells)]
    return np.concatenate([_glances_at(cells[a:b]) for a, b in zip(starts, ends, strict=True)])


def _glances_at(cells: list[object]) -> np.ndarray:
    """Glances at a part of a column."""
    types = set(map(type, cells))
    if types == {str}:
        return np.fromiter(map(_TEXTS.__getitem__, cells), np.int16, len(cells))  # type: ignore[arg-type]
    if types == {float}:
        return (~np.isnan(np.array(cells, float))).astype(np.int16) * np.int16(NUMBER)
    if len(types) == 1 and types <= KIND_OF_TYPE.keys():
        return np.full(len(cells), _glance(cells[0]), np.int16)
    return np.fromiter(map(_glance, cells), np.int16, len(cells))


def kinds_of(values: Sequence[object] | np.ndarray) -> np.ndarray:
    """Kinds of many cells, such as a column: what `look` says of each, as an array of int8.

    >>> kinds_of([3600, "2011年3月", "—", None, float("nan")]).tolist()
    [1, 2, 4, 0, 0]
    """
    return (glances(values) & KIND).astype(np.int8)


def _glance(value: object) -> int:
    if type(value) is str:
        return _TEXTS[value]
    if type(value) is float:
        return NUMBER if value == value else 0  # noqa: PLR0124 - NaN is not itself
    kind = KIND_OF_TYPE.get(type(value))
    if kind is None:
        kind = look(value)
    return kind if kind != TEXT else kind | ANYTHING


class _Glances(dict[str, int]):
    """Glances at texts seen before: the words of one workbook stand in the next one as well."""

    def __missing__(self, text: str) -> int:
        if len(self) >= _MOST_TEXTS:
            self.clear()
        glance = _glance_at_words(text) if _plain_words().fullmatch(text) else _glance_at_text(text)
        self[text] = glance
        return glance


_TEXTS = _Glances()


def _glance_at_words(text: str) -> int:
    """Glance at plain words: they may be like a header but for one character at each end, or by their end."""
    n = len(text)
    is_like = 3 <= n <= 16 and (n >= 9 or text[-1] not in _no_ends())
    return _LIKE_BY_ITS_END if is_like else TEXT


def _glance_at_text(text: str) -> int:
    kind = look(text)
    if kind == DATE:
        return kind | 10 << LEVEL_BIT
    glance = kind
    if kind == TEXT:
        glance |= round(header_likeness(text) * 10) << LEVEL_BIT
        glance |= LABELLED if ":" in text or "：" in text else 0
        glance |= OPENS if _opens(text) else 0
    key = match_key(text)
    is_far = len(key) > 2 and "=" not in key and "(" not in key
    return glance if is_far else glance | NUMBERS


def _opens(text: str) -> bool:
    bare = text.strip()
    return (
        total_word(text) is not None
        or is_remark(text)
        or is_unit_note(text)
        or enumerated(bare) is not None
        or (len(bare) <= 4 and not bare.isascii())  # its words may stand in the next cell: 一 | 新能源
    )


@cache
def _plain_words() -> re.Pattern[str]:
    """Texts that begin neither like a header nor like a number, a date, a sum, a heading or a note.

    A stem of a header, or a modifier before it, begins with its first character; what is taken off
    before that (numbering, times, brackets, units) begins with one of the others left out here.
    """
    exact, modifiers, stems = vocabulary()
    opening = {word[0] for words in (exact, modifiers, stems) for word in words}
    first = _chinese_but({*opening, *unit_characters(), *_OPENING})
    other = f"{_chinese_but(set(_PARTS))}0-9()（）"
    return re.compile(f"[{first}][{other}]*(?:[A-Za-z]{{1,2}}[{other}]*)?")


@cache
def _no_ends() -> frozenset[str]:
    """Characters with which neither a header nor a unit behind it ends."""
    return frozenset(_chinese_but({*(stem[-1] for stem in vocabulary()[2]), *unit_characters()}))


def _chinese_but(others: Iterable[str]) -> str:
    """All Chinese characters but some, in whatever script these are written."""
    left_out = set(others)
    return "".join(
        old for old, new in simplified_characters().items() if old not in left_out and new not in left_out
    )
