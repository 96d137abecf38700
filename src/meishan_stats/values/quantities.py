"""Grammar of an amount cell: words, and the numbers with a scale, currency or measure they make up."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from meishan_stats.units.words import Word, any_of, normalised, unit_words
from meishan_stats.values.numerals import DIGITS, compose

# Kinds of word are one letter, so that the grammar below is an expression over letters.
_KIND = {"scale": "s", "digit_unit": "d", "letter": "l", "currency": "c", "measure": "m"}
_WORDS = {
    "about": "约 約 约合 大约 大概 近 将近 接近 左右 上下 余 餘 多 来 ± ≈ about approx approx. approximately around circa "
    "ca. nearly almost est. estimated roughly",
    "least": "以上 超 超过 逾 突破 达到 不低于 不少于 不小于 至少 最少 起 ≥ >= > ≧ + 以上的 at_least over more_than above "
    "min min. minimum from",
    "most": "以下 以内 之内 不超过 不高于 不大于 不足 至多 最多 最高 ≤ <= < ≦ up_to less_than under below max max. "
    "maximum at_most",
    "x": "△ ▲ 负 負",
    "t": "~ 〜 至 到 to",
    "noise": "共 共计 合计 总计 计 整 正 总投资 总投资额 投资 投资额 投资总额 金额 计划 计划总投资 预计 拟 拟投资 规划 约需 需 "
    "为 折合 折 每年 /年 年均 total : per_year p.a. /year annually",
    ",": ", ; 、 和 及 与 and & +",
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d\d?(?!\d))?|\.\d+"
_NUMERAL = f"[{''.join(DIGITS)}]+"
_DASH = "[-‐‑‒–—―−]+"
_BRACKET = re.compile(r"\(([^()]*)(?:\)|$)")
_ACCOUNTING = re.compile(r"\(\s*([\d,. ]+)\s*\)")
_QUANTITY = "[nd][nzds]*l?"
_TERM = re.compile(
    rf"(?P<minus>[x-]?)(?P<prefix>c*)(?P<minus2>[x-]?)(?P<quantity>{_QUANTITY})(?P<suffix>[cm]*)"
)
_RANGE = re.compile(rf"(?P<low>c*{_QUANTITY}[cm]*)[t-](?P<high>c*{_QUANTITY}[cm]*)")


class Quantity(NamedTuple):
    """One number of a cell, written out, and what stands beside it."""

    value: Decimal
    number: Decimal  # as typed, without its scale
    is_scaled: bool
    currency: str | None = None
    is_prefixed: bool = False  # the currency stands before the number, as a number format writes it
    measure: Word | None = None


class Reading(NamedTuple):
    """What a cell says: quantities joined by "and" or, if `is_range`, the two ends of one amount."""

    quantities: tuple[Quantity, ...]
    is_range: bool = False
    qualifiers: frozenset[str] = frozenset()


def read_quantities(text: str) -> Reading | None:
    """Quantities of a cell, remarks in brackets left out; None where it says anything else.

    Examples
    --------
    >>> [float(q.value) for q in read_quantities("1亿2000万（一期）").quantities]
    [120000000.0]
    >>> [q.currency for q in read_quantities("3600万元、500万美元").quantities]
    ['CNY', 'USD']
    >>> read_quantities("正在洽谈") is None
    True
    """
    words = _words(_without_remarks(normalised(text).strip(" '。.,;、").removeprefix("+")))
    if words is None:
        return None
    segments: list[list[Word]] = [[]]
    for word in words:
        if word.kind == ",":
            segments.append([])
        elif word.kind != "noise":
            segments[-1].append(word)
    if segments[-1] == [] and words and words[-1].text == "+":  # 5000+
        segments.pop()
        segments[-1].append(Word("least", "+"))
    qualifiers = frozenset(w.kind for s in segments for w in s if w.kind in ("about", "least", "most"))
    segments = [[w for w in s if w.kind not in qualifiers] for s in segments]
    if segments[0] and segments[0][0].text in ("~", "〜"):
        segments[0].pop(0)
        qualifiers |= {"about"}
    if len(segments) == 1 and (ends := _ends(segments[0])) is not None:
        return Reading(ends, True, qualifiers)
    terms = [_terms(segment) for segment in segments]
    if any(not found for found in terms):
        return None
    return Reading(tuple(q for found in terms for q in found or ()), False, qualifiers)


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, Word]]:
    words = {text: word._replace(kind=_KIND[word.kind]) for text, word in unit_words().items()}
    for kind, spellings in _WORDS.items():
        words |= {s: Word(kind, s) for s in spellings.replace("_", " ").split() if "_" not in s}
        words |= {s.replace("_", " "): Word(kind, s) for s in spellings.split()}
    pattern = f"(?P<number>{_NUMBER})|(?P<numeral>{_NUMERAL})|(?P<dash>{_DASH})|(?P<word>{any_of(list(words))})|\\s+"
    return re.compile(pattern), words


def _words(text: str) -> list[Word] | None:
    """Words of an amount cell; None where it holds anything else, or a number that is a code (0572)."""
    pattern, known = _grammar()
    words: list[Word] = []
    at = 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            return None
        spelling, at = match.group(), match.end()
        if match.lastgroup == "number":
            if re.match(r"0\d", spelling):
                return None
            words.append(Word("n", spelling.replace(",", "").replace(" ", "")))
        elif match.lastgroup == "numeral":
            digits = "".join(str(DIGITS[numeral]) for numeral in spelling)
            if len(digits) > 1 and digits[0] == "0":  # 一百零五
                words.append(Word("z", "0"))
            words.append(Word("n" if digits != "0" or not words else "z", digits.lstrip("0") or "0"))
        elif match.lastgroup == "dash":
            words.append(Word("-", "-"))
        elif match.lastgroup == "word":
            words.append(known[spelling])
    return words


def _without_remarks(text: str) -> str:
    """Text without its brackets; one that holds only units or qualifiers is kept: 3600（万元）, 3000（约）."""
    accounting = _ACCOUNTING.fullmatch(text)
    if accounting is not None:
        return f"-{accounting[1].strip()}"

    def kept(bracket: re.Match[str]) -> str:
        words = _words(bracket[1])
        return " " if words is None or any(word.kind in "nz" for word in words) else f" {bracket[1]} "

    outside = _BRACKET.sub(kept, text)
    if re.search(rf"[\d{''.join(DIGITS)}]", outside):
        return outside.strip()
    return " ".join(_BRACKET.findall(text)) or text


def _ends(words: list[Word]) -> tuple[Quantity, Quantity] | None:
    """The two ends of a range; the lower takes scale, currency and measure of the upper: 3000-5000万元."""
    match = _RANGE.fullmatch("".join(word.kind for word in words))
    if match is None:
        return None
    low, high = (next(_quantities(words[slice(*match.span(end))]), None) for end in ("low", "high"))
    if low is None or high is None:
        return None
    currency = low.currency or high.currency
    is_one_measure = high.measure is None or low.measure in (None, high.measure)
    if high.currency not in (None, currency) or not is_one_measure:
        return None
    low, high = low._replace(currency=currency), high._replace(currency=currency)
    if low.measure is None:
        low = low._replace(measure=high.measure)
    if not low.is_scaled and high.is_scaled and low.value * high.value / high.number <= high.value:
        low = low._replace(value=low.value * high.value / high.number, is_scaled=True)
    return low, high._replace(is_prefixed=low.is_prefixed or high.is_prefixed)


def _terms(words: list[Word]) -> list[Quantity] | None:
    found = list(_quantities(words))
    return None if not found or None in found else [q for q in found if q is not None]


def _quantities(words: list[Word]) -> Iterator[Quantity | None]:
    """Quantities of words that stand together; None where they do not make one."""
    kinds, at = "".join(word.kind for word in words), 0
    while at < len(kinds):
        match = _TERM.match(kinds, at)
        if match is None:
            yield None
            return
        prefix, middle, suffix = (words[slice(*match.span(g))] for g in ("prefix", "quantity", "suffix"))
        yield _quantity(prefix, middle, suffix, is_negative=bool(match["minus"] or match["minus2"]))
        at = match.end()


def _quantity(
    prefix: list[Word], middle: list[Word], suffix: list[Word], *, is_negative: bool
) -> Quantity | None:
    """One quantity; None where its numbers do not compose or two currencies contradict each other."""
    amounts = [
        (w.kind.replace("l", "s"), Decimal(w.text if w.kind in "nz" else str(w.number))) for w in middle
    ]
    value = compose(amounts)
    beside = prefix + suffix
    strong = {w.code for w in beside if w.kind == "c" and w.text not in "元圆圓"}
    codes = strong or {w.code for w in beside if w.kind == "c"}
    measures = [w for w in beside if w.kind == "m"]
    if value is None or len(codes) > 1 or len(measures) > 1 or (codes and measures):
        return None
    sign = -1 if is_negative else 1
    is_plain = [kind for kind, _ in amounts] in (["n"], ["n", "s"])
    return Quantity(
        value=sign * value,
        number=sign * (amounts[0][1] if is_plain else value),
        is_scaled=any(kind == "s" for kind, _ in amounts),
        currency=next(iter(codes), None),
        is_prefixed=any(w.kind == "c" for w in prefix),
        measure=measures[0] if measures else None,
    )
