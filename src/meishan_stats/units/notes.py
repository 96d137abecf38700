"""Where a unit stands: in a note (单位：万元), in the bracket of a header, or at its end."""

import re
from functools import cache, lru_cache

from meishan_stats.units.expressions import Unit, read_expression, unit_characters
from meishan_stats.units.words import WEAK_CURRENCY, normalised

_BRACKET = re.compile(r"[(（\[［【〔]([^()（）\[\]［］【】〔〕]*)[)）\]］】〕]")
_LABEL = re.compile(
    r"^[\s:：]*(?:(?:计量|金额|货币)?(?:单位|單位)|币种|units?\b|in\b|amounts? in\b)[\s:：为]*", re.IGNORECASE
)
_NOTE = re.compile(r"(?:单位|單位|币种|\bunits?\b)\s*[:为]?\s*(?P<zh>[^)\n]+)|\bin\s+(?P<en>[^)\n]+)")
_JOINT = r"\s,，、:：;；/／\-—_"
_SIGN = re.compile(rf"[{_JOINT}]")
_CONNECTOR = re.compile(rf"(?:[{_JOINT}]|(?<![a-z])in(?![a-z])|(?:单位|單位)[:：]?)+$", re.IGNORECASE)
# "超5000万元", "上亿元", "每亩": the words before say how much, not in which unit.
_QUANTIFIED = re.compile(r"[\d.超过過达達逾近约約上满滿每各几幾数數一二两三四五六七八九十百千万亿]$")
_LIST_SIGN = re.compile(r"(?<!\d)[,，]|[,，](?!\d)|[、;；]")  # not in 10,000


def parse_unit_alternatives(text: str) -> list[Unit]:
    """Every unit that a note, bracket or header names, money first; one per currency for 亿美元/亿元.

    Examples
    --------
    >>> parse_unit_alternatives("投资金额（亿美元/亿元）")
    [Unit(dimension='money', factor=10000.0, currency='USD'),
     Unit(dimension='money', factor=10000.0, currency='CNY')]
    >>> [unit.dimension for unit in parse_unit_alternatives("单位:万美元、亩")]
    ['money', 'land']
    """
    return list(_alternatives(text))


def parse_unit(text: str, dimension: str | None = None) -> Unit | None:
    """Unit that a whole note, bracket or header names, or None.

    Where several of one dimension are named (亿美元/亿元) the currency is None if they agree in scale;
    if they do not, no unit is given: guessing would be wrong by a factor.

    Parameters
    ----------
    text : str
        Such as ``单位：万元``, ``(in US$ millions)`` or ``用地面积（亩）``.
    dimension : str, optional
        Only a unit of this dimension, converted to it: ``land`` takes the 亩 of ``万元、亩``.

    Examples
    --------
    >>> parse_unit("单位：万元")
    Unit(dimension='money', factor=1.0, currency='CNY')
    >>> parse_unit("(in US$ millions)")
    Unit(dimension='money', factor=100.0, currency='USD')
    >>> parse_unit("责任单位") is None
    True
    """
    units = [u for u in _alternatives(text) if dimension is None or u.to(dimension) is not None]
    if not units:
        return None
    if dimension is not None:
        same = [u for u in units if u.dimension == dimension] or units
        units = [converted for u in same if (converted := u.to(dimension)) is not None]
    first = units[0]
    same = [u for u in units if u.dimension == first.dimension]
    if any(u.factor != first.factor for u in same):
        return None
    is_agreed = all(u.currency == first.currency for u in same)
    return first if is_agreed else Unit(first.dimension, first.factor)


@lru_cache(maxsize=4096)
def strip_unit(text: str) -> tuple[str, str | None]:
    """Header without its unit, and the unit as written; the unit is None where the header names none.

    A bracket that is no unit stays; of a bracket that is partly one (万元，1-9月) the rest stays. At the
    end of a header, without a bracket, only a unit that cannot be part of a word is taken: 负责人 keeps 人.

    Examples
    --------
    >>> strip_unit("总投资(万元)"), strip_unit("总投资万元")
    (('总投资', '万元'), ('总投资', '万元'))
    >>> strip_unit("Quantity in Millions")
    ('Quantity', 'Millions')
    >>> strip_unit("到位资金（1-9月）")
    ('到位资金（1-9月）', None)
    """
    found: list[str] = []

    def rest_of(bracket: re.Match[str]) -> str:
        inner = _without_label(bracket[1])
        if read_expression(inner):
            found.append(inner)
            return ""
        items = _LIST_SIGN.split(bracket[1])
        units = [item for item in items if read_expression(_without_label(item))]
        found.extend(_without_label(item) for item in units)
        kept = "，".join(item.strip() for item in items if item not in units)
        return bracket[0] if not units else f"{bracket[0][0]}{kept}{bracket[0][-1]}"

    header = _BRACKET.sub(rest_of, text).strip()
    if (split := _split_tail(header)) is not None:
        header, tail = split
        found.insert(0, tail)
    return header, " ".join(found) or None


def _without_label(text: str) -> str:
    return _LABEL.sub("", text).strip()


def _split_tail(header: str) -> tuple[str, str] | None:
    """Header and the longest unit at its end; None where it ends with none."""
    for start in range(_after_words(header), len(header)):
        tail = header[start:]
        units = () if _SIGN.match(tail) else read_expression(tail)
        if not units or (start and _cuts_a_word(header[start - 1], tail[0])):
            continue
        before, unit = header[:start], _without_label(tail)
        stem = _CONNECTOR.sub("", before).strip()
        is_apart = len(stem) < len(before.rstrip()) or unit != tail.strip()
        if not stem:
            return ("", unit) if units[0].dimension != "count" else None
        if _is_unmistakable(tail, units[0], is_apart) and not _QUANTIFIED.search(normalised(stem)):
            return stem, unit
    return None


def _after_words(header: str) -> int:
    """Place behind the last Chinese character that no unit holds: no unit at the end can begin before it."""
    return max((found.end() for found in _no_unit().finditer(header)), default=0)


@cache
def _no_unit() -> re.Pattern[str]:
    chinese = "".join(sorted(c for c in unit_characters() if "\u4e00" <= c <= "\u9fff"))
    return re.compile(f"[\u4e00-\u9fff](?<![{chinese}])")


def _cuts_a_word(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _is_unmistakable(tail: str, unit: Unit, is_apart: bool) -> bool:
    """Whether letters at the end of a header can only be its unit (万元, US$ million), not a word's end."""
    word = normalised(tail).strip()
    if re.search(r"\d", word) and not (word.isascii() and unit.currency):
        return False
    if is_apart or word == "%" or unit.dimension == "ratio":
        return unit.dimension != "count"
    if unit.dimension == "money":
        is_scaled = read_expression(word)[0].factor >= 1e-3
        is_code = tail.strip().isupper() or not any(c.isalpha() for c in tail)
        is_named = not word.isascii() and not set(word) <= WEAK_CURRENCY
        return unit.currency is not None and (is_scaled or is_code or is_named)
    return unit.dimension in ("land", "area") and len(word) > 1


@lru_cache(maxsize=4096)
def _alternatives(text: str) -> tuple[Unit, ...]:
    for candidate in _candidates(text):
        if units := read_expression(candidate):
            return units
    return ()


def _candidates(text: str) -> list[str]:
    """Pieces of a text that may be a unit: the whole, what its header gives up, what follows 单位 or "in"."""
    notes = [m["zh"] or m["en"] for m in _NOTE.finditer(normalised(text))]
    pieces = [head for note in notes for head in _heads(note)]
    stripped = strip_unit(text)[1]
    return [text, *([stripped] if stripped else []), *pieces]


def _heads(note: str) -> list[str]:
    """A note and its beginnings up to each gap, longest first: "万元 填表日期：9月" begins with 万元."""
    gaps = [m.start() for m in re.finditer(r"[\s,;。]+", note)]
    return [note, *(note[:gap] for gap in reversed(gaps))]
