"""What one header text says: a stem with modifiers, a time, a unit.

A header is read as a stem with modifiers: ``9月实际到位资金(万元)`` is the stem *arrived* with the
month 9 and the unit 万元. Stems and modifiers are rows of ``definitions/headers.csv``; a field that
begins with a dot is a modifier.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from meishan_stats.codelists import read_definition
from meishan_stats.extract.fields import AMOUNTS_OVER_TIME
from meishan_stats.units import parse_unit, strip_unit
from meishan_stats.values.text import match_key

LONGEST_HEADER = 80

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")}
_YEAR_END = re.compile(r"(?:截[至止]|[到至])((?:19|20)\d\d)年(?:度)?(?:底|末)")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度|底|末)?|(?<!\d)\d\d年(?:度)?")
_SPAN = re.compile(r"(\d{1,2})月?(?:份)?[-—–~～至到](\d{1,2})月(?:份|底|末)?")
_UNTIL = re.compile(r"截[至止]到?(?:目前|现在|(\d{1,2})月(?:份|底|末)?)(?:累计)?")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(?:份|底|末)?(?!\d)")
_QUARTER = re.compile(r"第?([一二三四1-4])季度?|q([1-4])(?!\d)")
_HALF = re.compile(r"([上下])半年")
_ENGLISH_MONTH = re.compile(r"^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LEAD = re.compile(r"^(?:其中[::]?|#|[一二三四五六七八九十]+[、.]|\(?\d+\)?[、.]|[:：*★☆])+")
SAYS_TIME = re.compile(r"时间|時間|日期|年月|date|[计預预]", re.IGNORECASE)
_TRAIL = re.compile(r"[::*。.,,、;]+$")
BRACKET = re.compile(r"[(\[【{]([^()\[\]【】{}]*)[)\]】}]")


@dataclass(frozen=True)
class Part:
    """What one header text says: candidate stems, how they were found, modifiers, time and unit."""

    stems: tuple[str, ...] = ()
    step: str = ""
    score: float = 0.0
    modifiers: frozenset[str] = frozenset()
    month: int | None = None
    year: int | None = None
    grain: str | None = None
    unit: str | None = None
    residue: str = ""


@cache
def vocabulary() -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, tuple[str, ...]]]:
    """Exact spellings of stems, modifiers by key, and stems by key, from definitions/headers.csv."""
    exact: dict[str, tuple[str, ...]] = {}
    modifiers: dict[str, str] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for row in read_definition("headers.csv").to_dict("records"):
        field, header = row["field"], row["header"]
        key = match_key(header)
        if field.startswith("."):
            modifiers[key] = field[1:]
        else:
            exact[header] = (*exact.get(header, ()), field)
            if field not in stems.get(key, ()):
                stems[key] = (*stems.get(key, ()), field)
    return exact, modifiers, stems


@lru_cache(maxsize=100_000)
def read_header(text: str) -> Part:
    """Read one header text into stem, modifiers, time and unit.

    Examples
    --------
    >>> part = read_header("9月实际到位资金(万元)")
    >>> part.stems, part.month, part.unit
    (('arrived',), 9, '万元')
    >>> sorted(read_header("本年累计").modifiers)
    ['ytd']
    """
    exact, _, _ = vocabulary()
    bare = text.strip()
    if not bare or len(bare) > LONGEST_HEADER:
        return Part(residue=bare)
    if bare in exact:
        return Part(stems=exact[bare], step="exact", score=1.0)
    stem_text, unit = strip_unit(bare)
    if unit is not None and "\n" in bare:  # two languages, a line each: the line whose unit names a currency
        lines = [found for line in bare.splitlines() if (found := strip_unit(line)[1])]
        unit = next((words for words in lines if (one := parse_unit(words)) and one.currency), unit)
    part = match_key_text(folded(stem_text))
    if not part.stems and not part.modifiers and unit is not None:
        whole = match_key_text(folded(bare))
        part = whole if whole.stems else part
    if not part.stems:
        part = next((p for text in _readings(stem_text) if (p := match_key_text(folded(text))).stems), part)
    return replace(part, unit=unit)


def folded(text: str) -> str:
    """A header without what stands around its words: 其中：, numbering, colons and stars.

    >>> folded("其中：固定资产投资*")
    '固定资产投资'
    """
    return _TRAIL.sub("", _LEAD.sub("", match_key(text)))


def _readings(text: str) -> list[str]:
    """Parts of a header that may speak for all of it: one of two languages, the first of two things."""
    readings = []
    chinese = "".join(re.findall(r"[\u4e00-\u9fff]+", text))
    latin = " ".join(re.findall(r"[A-Za-z][A-Za-z.\-/ ]*", text)).strip()
    if chinese and len(latin) >= 3:
        readings += [chinese, latin]
    joined = re.split(r"[及和与、/或]", text)
    return [*readings, *(part for part in joined if len(joined) > 1 and len(part) >= 2)]


def match_key_text(key: str) -> Part:
    """Reading of a folded header text without its unit."""
    _, modifiers, stems = vocabulary()
    if key in stems:
        return Part(stems=stems[key], step="normalised", score=0.98)
    if key in modifiers:
        return Part(modifiers=frozenset({modifiers[key]}))
    inside = "".join(BRACKET.findall(key))
    key, times = _take_time(BRACKET.sub("", key))
    if inside:
        _, more = _take_time(inside)
        times = {**more, **times}
    part = _strip_modifiers(key)
    if inside and not part.stems and not part.modifiers:
        part = _strip_modifiers(key + inside)
    if inside in modifiers:
        part = replace(part, modifiers=part.modifiers | {modifiers[inside]})
    if "until" in times:
        part = replace(part, modifiers=part.modifiers | {"total" if "year" in times else "cumulative"})
    found = {name: times[name] for name in ("month", "year") if name in times}
    grain = times.get("grain")
    return replace(part, grain=str(grain) if grain else None, **found)  # type: ignore[arg-type]


def _take_time(key: str) -> tuple[str, dict[str, int | str]]:
    """The key without what it says of time, and that: year, month, grain (month, ytd, quarter, half, year)."""
    times: dict[str, int | str] = {}
    english = _ENGLISH_MONTH.match(key)
    if english:
        return "", {"month": _MONTH_NAMES.index(english[1]) + 1, "grain": "month"}
    end = _YEAR_END.search(key)
    if end:
        return key.replace(end[0], "", 1), {"year": int(end[1]), "grain": "year", "until": 1}
    year = _YEAR.search(key)
    if year:
        digits = re.sub(r"\D", "", year[0])
        times["year"] = int(digits) if len(digits) == 4 else 2000 + int(digits)
        times["grain"] = "year"
        key = key.replace(year[0], "", 1)
    for pattern, grain in ((_SPAN, "ytd"), (_UNTIL, "ytd"), (_MONTH, "month")):
        found = pattern.search(key)
        if found:
            last = found.groups()[-1]
            if last:
                times.update(grain=grain, month=min(int(last), 12))
            elif pattern is _UNTIL:
                times["until"] = 1
            return key.replace(found[0], "", 1), times
    quarter, half = _QUARTER.search(key), _HALF.search(key)
    if quarter:
        n = quarter[1] or quarter[2]
        times.update(grain="quarter", month=3 * int(_DIGITS.get(n, n)))
        key = key.replace(quarter[0], "", 1)
    elif half:
        times.update(grain="half", month=6 if half[1] == "上" else 12)
        key = key.replace(half[0], "", 1)
    return key, times


def _strip_modifiers(key: str) -> Part:
    """Take modifiers off both ends until a known stem, or nothing, is left."""
    _, modifiers, stems = vocabulary()
    taken: set[str] = set()
    while key:
        if key in stems:
            return Part(stems=stems[key], step="normalised", score=0.95, modifiers=frozenset(taken))
        if key in modifiers:
            return Part(modifiers=frozenset(taken | {modifiers[key]}))
        first, last = _modifiers_longest_first()
        cut = next((w for w in first.get(key[0], ()) if key.startswith(w) and len(key) > len(w)), None)
        if cut and _knows(key[len(cut) :]):
            taken.add(modifiers[cut])
            key = key[len(cut) :]
            continue
        cut = next((w for w in last.get(key[-1], ()) if key.endswith(w) and len(key) > len(w)), None)
        if cut is None:
            break
        taken.add(modifiers[cut])
        key = key[: -len(cut)]
    return Part(modifiers=frozenset(taken), residue=key)


@lru_cache(maxsize=20_000)
def _knows(key: str) -> bool:
    part = _strip_modifiers(key)
    return bool(part.stems) or not part.residue


@cache
def _modifiers_longest_first() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Modifiers by their first and by their last character."""
    first: dict[str, list[str]] = {}
    last: dict[str, list[str]] = {}
    for modifier in sorted(vocabulary()[1], key=len, reverse=True):
        first.setdefault(modifier[0], []).append(modifier)
        last.setdefault(modifier[-1], []).append(modifier)
    return first, last


@lru_cache(maxsize=2_000)
def measure_in(text: str) -> str | None:
    """The longest known name of an amount over time that a title holds; None where it holds none.

    >>> measure_in("2010年各项目分月到位资金表")
    '到位资金'
    """
    key = match_key(text)
    names = [
        spelling
        for spelling, found in vocabulary()[2].items()
        if len(spelling) >= 3 and found[0].partition(".")[0] in AMOUNTS_OVER_TIME and spelling in key
    ]
    return max(names, key=len, default=None)
