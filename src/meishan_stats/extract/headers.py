"""Which field a header names: exact spelling, normalised spelling, or a near one.

A header is read as a stem with modifiers: ``9月实际到位资金(万元)`` is the stem *arrived* with the
month 9 and the unit 万元. Stems and modifiers are rows of ``definitions/headers.csv``; a field that
begins with a dot is a modifier.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from meishan_stats.codelists import read_definition
from meishan_stats.extract.fields import AMOUNTS_OVER_TIME, DATES, is_field
from meishan_stats.units import strip_unit
from meishan_stats.values.text import match_key

NEAR_SCORE = 80
"""Least likeness (0-100, rapidfuzz ratio) of a near match; the values must agree as well."""
STEP_WEIGHT = {"exact": 1.0, "normalised": 0.95, "near": 0.7, "office": 1.1}
LONGEST_HEADER = 40

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")}
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度)?|(?<!\d)\d\d年(?:度)?")
_SPAN = re.compile(r"(\d{1,2})月?(?:份)?[-—–~～至到](\d{1,2})月(?:份|底|末)?")
_UNTIL = re.compile(r"截[至止]到?(?:目前|现在|(\d{1,2})月(?:份|底|末)?)(?:累计)?")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(?:份|底|末)?(?!\d)")
_QUARTER = re.compile(r"第?([一二三四1-4])季度?|q([1-4])(?!\d)")
_HALF = re.compile(r"([上下])半年")
_ENGLISH_MONTH = re.compile(r"^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LEAD = re.compile(r"^(?:其中[::]?|#|[一二三四五六七八九十]+[、.]|\(?\d+\)?[、.]|[:：*★☆])+")
_SAYS_TIME = re.compile(r"时间|時間|日期|年月|date|[计預预]", re.IGNORECASE)
_TRAIL = re.compile(r"[::*。.,,、;]+$")
_BRACKET = re.compile(r"[(\[【{]([^()\[\]【】{}]*)[)\]】}]")


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


@dataclass(frozen=True)
class HeaderMatch:
    """A field that a column's header may name, with the step that found it and its likeness."""

    field: str
    step: str
    score: float
    month: int | None = None
    year: int | None = None
    grain: str | None = None


@cache
def _vocabulary() -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, tuple[str, ...]]]:
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


@lru_cache(maxsize=20_000)
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
    exact, _, _ = _vocabulary()
    bare = text.strip()
    if not bare or len(bare) > LONGEST_HEADER:
        return Part(residue=bare)
    if bare in exact:
        return Part(stems=exact[bare], step="exact", score=1.0)
    stem_text, unit = strip_unit(bare)
    part = _match_key(folded(stem_text))
    if not part.stems and not part.modifiers and unit is not None:
        whole = _match_key(folded(bare))
        part = whole if whole.stems else part
    if not part.stems:
        part = next((p for text in _readings(stem_text) if (p := _match_key(folded(text))).stems), part)
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


def _match_key(key: str) -> Part:
    _, modifiers, stems = _vocabulary()
    if key in stems:
        return Part(stems=stems[key], step="normalised", score=0.98)
    if key in modifiers:
        return Part(modifiers=frozenset({modifiers[key]}))
    inside = "".join(_BRACKET.findall(key))
    key, times = _take_time(_BRACKET.sub("", key))
    if inside:
        _, more = _take_time(inside)
        times = {**more, **times}
    part = _strip_modifiers(key)
    if inside and not part.stems and not part.modifiers:
        part = _strip_modifiers(key + inside)
    if inside in modifiers:
        part = replace(part, modifiers=part.modifiers | {modifiers[inside]})
    found = {name: times[name] for name in ("month", "year") if name in times}
    grain = times.get("grain")
    return replace(part, grain=str(grain) if grain else None, **found)  # type: ignore[arg-type]


def _take_time(key: str) -> tuple[str, dict[str, int | str]]:
    """The key without what it says of time, and that: year, month, grain (month, ytd, quarter, half, year)."""
    times: dict[str, int | str] = {}
    english = _ENGLISH_MONTH.match(key)
    if english:
        return "", {"month": _MONTH_NAMES.index(english[1]) + 1, "grain": "month"}
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
            times["grain"] = grain
            if last:
                times["month"] = min(int(last), 12)
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
    _, modifiers, stems = _vocabulary()
    taken: set[str] = set()
    while key:
        if key in stems:
            return Part(stems=stems[key], step="normalised", score=0.95, modifiers=frozenset(taken))
        if key in modifiers:
            return Part(modifiers=frozenset(taken | {modifiers[key]}))
        cut = next((w for w in _modifiers_longest_first() if key.startswith(w) and len(key) > len(w)), None)
        if cut and _knows(key[len(cut) :]):
            taken.add(modifiers[cut])
            key = key[len(cut) :]
            continue
        cut = next((w for w in _modifiers_longest_first() if key.endswith(w) and len(key) > len(w)), None)
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
def _modifiers_longest_first() -> tuple[str, ...]:
    return tuple(sorted(_vocabulary()[1], key=len, reverse=True))


def match_path(path: Sequence[str], own: Mapping[str, str] | None = None) -> list[HeaderMatch]:
    """Fields that a column's header may name, best first.

    Parameters
    ----------
    path : sequence of str
        Header texts of the column from the top row to the bottom row.
    own : mapping, optional
        Spellings of the office itself, header → field; they come before all others.

    Examples
    --------
    >>> [m.field for m in match_path(["到位资金（万元）", "本月"])]
    ['arrived.month']
    >>> [m.field for m in match_path(["计划开工时间"])]
    ['started.planned']
    """
    texts = [text for text in path if text.strip()]
    if not texts:
        return []
    for text in (texts[-1], "/".join(texts)):
        if own and match_key(text) in own:
            return [HeaderMatch(own[match_key(text)], "office", 1.0)]
    parts = [read_header(text) for text in texts]
    merged = _merge(texts, parts)
    matches = [
        HeaderMatch(qualify(stem, merged), merged.step, merged.score, merged.month, merged.year, merged.grain)
        for stem in merged.stems
    ]
    return matches or near_matches(texts[-1], merged)


def _merge(texts: Sequence[str], parts: Sequence[Part]) -> Part:
    """One reading of the whole path: the lowest stem, with the modifiers and times of all levels."""
    leaf = parts[-1]
    if match_key(texts[-1]) in _vocabulary()[1] and any(part.stems for part in parts[:-1]):
        leaf = _match_key("") if not leaf.modifiers else replace(leaf, stems=(), step="")
        leaf = replace(leaf, modifiers=leaf.modifiers | {_vocabulary()[1][match_key(texts[-1])]})
    merged = leaf
    if len(parts) > 1 and not _speaks_alone(leaf):
        for join in (texts[-2] + texts[-1], texts[-1] + texts[-2]):
            joined = read_header(join)
            if joined.stems and joined.step:
                merged = replace(joined, score=joined.score - 0.02)
                break
    for parent in reversed(parts[:-1]):
        if not merged.stems and parent.stems and _may_inherit(merged):
            merged = replace(merged, stems=parent.stems, step="normalised", score=parent.score - 0.05)
        elif parent.stems and parent.stems[0] == "fixed_asset" and merged.stems == ("completed_investment",):
            merged = replace(merged, stems=parent.stems, modifiers=merged.modifiers | {"completed"})
        merged = replace(
            merged,
            modifiers=merged.modifiers | parent.modifiers,
            month=merged.month or parent.month,
            year=merged.year or parent.year,
            grain=parent.grain if merged.grain in (None, "year") and parent.grain else merged.grain,
        )
    return merged


def _speaks_alone(part: Part) -> bool:
    return bool(part.stems) and part.stems[0] in ("rate", "name", "seq", "remark")


def _may_inherit(part: Part) -> bool:
    return bool(part.modifiers or part.grain) and not part.residue


def qualify(stem: str, part: Part) -> str:
    """Field of a stem with its modifiers: ``arrived`` + month → ``arrived.month``."""
    if part.modifiers & {"last_year"}:
        return "rate"
    stem, _, usual = stem.partition(".")
    if stem in DATES:
        return f"{stem}.planned" if "planned" in part.modifiers else f"{stem}.actual"
    if stem not in AMOUNTS_OVER_TIME:
        return stem
    for modifier in ("month", "total", "ytd"):
        if modifier in part.modifiers:
            return f"{stem}.{modifier}"
    if part.grain in ("month", "quarter", "half", "ytd"):
        return f"{stem}.{'ytd' if part.grain == 'ytd' else 'month'}"
    if stem == "fixed_asset" and not usual and "completed" not in part.modifiers and part.grain is None:
        return stem
    return f"{stem}.{usual or 'ytd'}"


def near_matches(text: str, part: Part) -> list[HeaderMatch]:
    """Fields whose spelling is like the header's; a name that ends in a known header counts as like it."""
    _, _, stems = _vocabulary()
    key = folded(_BRACKET.sub("", match_key(strip_unit(text)[0])))
    if len(key) < 2 or len(key) > LONGEST_HEADER:
        return []
    found: dict[str, float] = {}
    for spelling, score, _ in process.extract(
        key, stems.keys(), scorer=fuzz.ratio, limit=5, score_cutoff=NEAR_SCORE
    ):
        for stem in stems[spelling]:
            found[stem] = max(found.get(stem, 0), score / 100)
    for length in range(len(key) - 1, 1, -1):
        tail = key[-length:]
        if tail in stems and (length >= 3 or not tail.isascii()):
            for stem in stems[tail]:
                found[stem] = max(found.get(stem, 0), 0.75 + 0.2 * length / len(key))
            break
    return [
        HeaderMatch(qualify(stem, part), "near", round(score, 3), part.month, part.year, part.grain)
        for stem, score in sorted(found.items(), key=lambda item: -item[1])
    ]


@lru_cache(maxsize=2_000)
def measure_in(text: str) -> str | None:
    """The longest known name of an amount over time that a title holds; None where it holds none.

    >>> measure_in("2010年各项目分月到位资金表")
    '到位资金'
    """
    key = match_key(text)
    names = [
        spelling
        for spelling, found in _vocabulary()[2].items()
        if len(spelling) >= 3 and found[0].partition(".")[0] in AMOUNTS_OVER_TIME and spelling in key
    ]
    return max(names, key=len, default=None)


def nearest_fields(text: str, n: int = 3) -> list[str]:
    """Fields whose headers are most like a text, for the hint of an unmapped column.

    >>> nearest_fields("项目明称", 1)
    ['name']
    """
    _, _, stems = _vocabulary()
    near = process.extract(match_key(text), stems.keys(), scorer=fuzz.ratio, limit=4 * n)
    return list(dict.fromkeys(field for spelling, _, _ in near for field in stems[spelling]))[:n]


@lru_cache(maxsize=20_000)
def header_likeness(text: str) -> float:
    """How much a cell's text reads like a header, 0 to 1: a known stem 1, a modifier alone 0.8, a unit 0.5.

    A bare milestone (投产) is as likely a value of the column 进度: 0.4.

    >>> header_likeness("项目名称"), header_likeness("已投产"), header_likeness("示例纺织公司")
    (1.0, 0.4, 0.0)
    """
    part = read_header(text)
    if part.stems:
        is_bare_milestone = bool(set(part.stems) & DATES) and not _SAYS_TIME.search(text)
        return 0.4 if is_bare_milestone else 1.0
    if (part.modifiers or part.grain) and not part.residue and len(text) <= 12:
        return 0.8
    if part.unit and not part.residue:
        return 0.5
    tail = near_matches(text, part) if 3 <= len(text) <= 16 else []
    return 0.6 if tail and tail[0].score >= 0.9 else 0.0


def known_field(field: str) -> bool:
    """True if the field is one that a header may name: ``arrived.month`` yes, ``arrived.week`` no."""
    stem, _, modifier = field.partition(".")
    return is_field(stem) and (not modifier or modifier in ("month", "ytd", "total", "planned", "actual"))
