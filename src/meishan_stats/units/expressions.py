"""Unit expressions: a text that holds nothing but units, and what it makes of a number."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from meishan_stats.units.words import WEAK_CURRENCY, Word, any_of, normalised, unit_words

TEN_THOUSAND = 1e4
MU_PER_M2 = 0.0015  # 1 公顷 = 15 亩 = 10 000 平方米
NOISE = (
    "单位 單位 计量单位 金额单位 货币单位 货币 币种 折合 折算 折 约合 等值 按 为 计 以 年 每年 "
    "unit currency in of the all is are amount value figure expressed stated current equivalent eq "
    "year annum per p.a."
)
LISTS = "/ | 、 , ; 或 和 及 与 or and"
BLANK = r"[\s()'_:.·\-]+"
POWER_OF_TEN = r"'?0{3,4}s?(?!\d)|10(?:[ ,']?0)*(?![\d.])"


@dataclass(frozen=True)
class Unit:
    """What one of a number counts: ``factor`` 万 of a currency, 亩 of land, m² of area, or pieces.

    Money without a currency word (``万``, ``million``) has the currency None; a ratio such as 万元/亩
    has the dimension ``ratio``, so that it is never read as money.
    """

    dimension: str
    factor: float
    currency: str | None = None

    def to(self, dimension: str) -> "Unit | None":
        """Give the unit in another dimension: ㎡ of land in 亩, a bare 万 as a count; None if there is none.

        >>> Unit("area", 10000.0).to("land")
        Unit(dimension='land', factor=15.0, currency=None)
        """
        if dimension == self.dimension:
            return self
        if (self.dimension, dimension) == ("area", "land"):
            return Unit("land", self.factor * MU_PER_M2)
        if (self.dimension, dimension) == ("land", "area"):
            return Unit("area", self.factor / MU_PER_M2)
        if self.dimension == "money" and self.currency is None and dimension in ("land", "area", "count"):
            return Unit(dimension, self.factor * TEN_THOUSAND)
        return None


@dataclass(frozen=True)
class _Part:
    """What stands between two separators: at most one scale, one currency and one measure."""

    scale: float | None = None
    currency: str | None = None
    is_weak: bool = False
    ends_in_scale: bool = False
    measure: Word | None = None
    is_divisor: bool = False

    def unit(self) -> Unit | None:
        if self.measure is not None:
            return Unit(self.measure.code, self.measure.number * (self.scale or 1.0))
        if self.currency is None and (self.scale or 1.0) < 1000:  # （十） numbers a section
            return None
        return Unit("money", (self.scale or 1.0) / TEN_THOUSAND, self.currency)


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, Word]]:
    words = dict(unit_words())
    for kind, spellings in (("noise", NOISE), ("list", LISTS)):
        words |= {s: Word(kind, s) for s in spellings.split()}
    words |= {f"{s}s": Word("noise", s) for s in ("unit", "amount", "value", "figure")}
    return re.compile(f"(?P<power>{POWER_OF_TEN})|(?P<word>{any_of(list(words))})|(?P<blank>{BLANK})"), words


@cache
def unit_characters() -> frozenset[str]:
    """Every character that a word of the grammar of units holds, in its normalised form."""
    return frozenset("".join(_grammar()[1]))


def _tokens(text: str) -> list[Word] | None:
    """Words of a unit expression; None where it holds anything else."""
    pattern, words = _grammar()
    found, at = [], 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            return None
        spelling, at = match.group(), match.end()
        if match.lastgroup == "power":
            digits = re.sub(r"\D", "", spelling)
            kind = "scale" if spelling.startswith("'") else "power"
            found.append(Word(kind, spelling, float(digits if digits[0] == "1" else f"1{digits}")))
        elif match.lastgroup == "word":
            found.append(words[spelling])
        else:
            found.append(Word("blank", spelling))
    return found


def _with(part: _Part, word: Word) -> _Part | None:
    """The part with one word more; None where the word cannot belong to it."""
    if word.kind in ("scale", "digit_unit", "letter", "power"):
        is_full = part.scale is not None and part.currency is not None and not part.ends_in_scale
        if part.measure is not None or is_full:
            return None
        return replace(part, scale=(part.scale or 1.0) * word.number, ends_in_scale=True)
    part = replace(part, ends_in_scale=False)
    if part.measure is not None:
        return None
    if word.kind == "measure":
        return None if part.currency is not None else replace(part, measure=word)
    is_weak = word.text in WEAK_CURRENCY
    if part.currency is None or (part.is_weak and not is_weak):
        return replace(part, currency=word.code, is_weak=is_weak)
    return part if is_weak or part.currency == word.code else None


def _parts(tokens: list[Word]) -> list[_Part] | None:
    """Parts of a unit expression; None where two words that exclude each other touch (项次, 个人)."""
    parts, part, touches = [], _Part(), False
    for token in tokens:
        if token.kind == "list":
            parts.append(part)
            part = _Part(is_divisor=token.text == "/")
        elif token.kind not in ("noise", "blank"):
            longer = _with(part, token)
            if longer is None and touches:
                return None
            if longer is None:
                parts.append(part)
                longer = _with(_Part(), token)
            part = longer or _Part()
        touches = token.kind not in ("noise", "blank", "list")
    parts.append(part)
    return [p for p in parts if p.unit() is not None]


def _joined(parts: list[_Part]) -> list[_Part]:
    """Parts with a scale and a currency that stand apart put together: 美元（万）, 亿元/美元."""
    joined: list[_Part] = []
    for part in parts:
        last = joined[-1] if joined else _Part()
        if not joined or last.measure is not None or part.measure is not None:
            joined.append(part)
        elif last.currency is None or (last.scale is None and part.currency is None):
            scale, currency = part.scale or last.scale, part.currency or last.currency
            joined[-1] = replace(part, scale=scale, currency=currency, is_divisor=last.is_divisor)
        else:
            joined.append(replace(part, scale=part.scale or last.scale))
    return joined


@lru_cache(maxsize=4096)
def read_expression(text: str) -> tuple[Unit, ...]:
    """Units of a text that holds nothing but units, money first; empty for any other text.

    >>> read_expression("万美元、亩")
    (Unit(dimension='money', factor=1.0, currency='USD'), Unit(dimension='land', factor=1.0, currency=None))
    >>> read_expression("1-9月")
    ()
    """
    tokens = _tokens(normalised(text))
    kinds = {token.kind for token in tokens or ()}
    if tokens is None or kinds.isdisjoint({"scale", "digit_unit", "currency", "measure"}):
        return ()
    if "letter" in kinds and "currency" not in kinds:
        return ()
    parts = _joined(_parts(tokens) or [])
    units = [unit for part in parts if (unit := part.unit()) is not None]
    for part, above, below in zip(parts[1:], units, units[1:], strict=False):
        if part.is_divisor and above.dimension != below.dimension:
            per = below.to("land") or below
            return (Unit("ratio", above.factor / per.factor, above.currency),)
    return tuple(sorted(units, key=lambda unit: unit.dimension != "money"))
