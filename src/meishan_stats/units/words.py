"""Words of the grammar of units: scales, currencies and measures."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from meishan_stats.codelists import alias_to_code

SCALES = {
    1e3: "thousand", 1e4: "万 萬 ten_thousand ten-thousand", 1e5: "lakh lac hundred_thousand hundred-thousand",
    1e6: "million mio mln mn mil", 1e7: "crore cr ten_million ten-million",
    1e8: "亿 億 hundred_million hundred-million", 1e9: "billion bn bln", 1e12: "trillion tn",
}  # fmt: skip
DIGIT_UNITS = {10.0: "十 拾", 100.0: "百 佰", 1000.0: "千 仟"}
# A scale beside a currency or a number only: alone, m and k are metres and kilo-.
LETTER_SCALES = {1e3: "k", 1e4: "w", 1e6: "m mm", 1e9: "b"}
MEASURES = {  # words of two parts are written with _
    "land": {
        1.0: "亩 畝 市亩 mu", 15.0: "公顷 公頃 ha hectare", 100.0: "顷 頃", 6.0702846: "英亩 英畝 acre",
        1500.0: "平方公里 平方千米 km2 sqkm sq_km sq.km square_kilometre square_kilometer",
    },
    "area": {
        1.0: "平方米 平方公尺 平米 平方 m2 sqm sq_m sq.m square_metre square_meter",
        0.09290304: "平方英尺 ft2 sqft sq_ft sq.ft square_foot square_feet",
    },
    "count": {1.0: "人 名 个 個 家 项 項 次 批 户 戶 件 位 宗 人次 批次 person people job employee"},
    "percent": {0.01: "% 百分点 百分點 个百分点 個百分點 percent per_cent pct"},
    "power": {1.0: "兆瓦 mw mwp", 0.001: "千瓦 kw kwp", 1000.0: "吉瓦 gw gwp"},
}  # fmt: skip
WEAK_CURRENCY = frozenset("元圆圓")  # the money of any currency named beside it: 新台币万元 is no yuan


class Word(NamedTuple):
    """A word of the grammar of units: its kind, and the number and code it stands for."""

    kind: str
    text: str
    number: float = 1.0
    code: str = ""


def normalised(text: str) -> str:
    """Text in half width and lower case, with brackets, quotes and commas of one kind.

    >>> normalised("【ＵＳ＄，万】")
    '(us$,万)'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = re.sub(r"\b(us|hk|nt|nz|au?|ca?|s) (?=\$)", r"\1", folded)
    return folded.translate(str.maketrans("【】[]〔〕{}’‘`´", "()()()()''''"))


@cache
def unit_words() -> dict[str, Word]:
    """Scales, digit units, letters, currencies and measures by their normalised spelling.

    >>> unit_words()["us$"].code, unit_words()["hectares"].number
    ('USD', 15.0)
    """
    tables = [("scale", "", SCALES), ("digit_unit", "", DIGIT_UNITS), ("letter", "", LETTER_SCALES)]
    tables += [("measure", dimension, measures) for dimension, measures in MEASURES.items()]
    words = [
        Word(kind, spelling.replace("_", " "), number, code)
        for kind, code, table in tables
        for number, spellings in table.items()
        for spelling in spellings.split()
    ]
    words += [Word("currency", normalised(a), 1.0, c) for a, c in alias_to_code("currencies").items()]
    found = {word.text: word for word in words}
    for word in words:
        if word.text[-1].isascii() and word.text[-1].isalpha() and len(word.text) > 2:
            found.setdefault(f"{word.text}s", word)
    return found


def any_of(spellings: list[str]) -> str:
    """Pattern that matches the longest of several spellings."""
    return "|".join(re.escape(s) for s in sorted(spellings, key=lambda s: (-len(s), s)))
