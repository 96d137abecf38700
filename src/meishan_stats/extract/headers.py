"""Which field a header names: exact spelling, normalised spelling, or a near one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from meishan_stats.extract.fields import AMOUNTS_OVER_TIME, DATES, is_field, kind_of
from meishan_stats.extract.header_text import (
    BRACKET,
    LONGEST_HEADER,
    SAYS_TIME,
    Part,
    folded,
    match_key_text,
    read_header,
    vocabulary,
)
from meishan_stats.units import strip_unit
from meishan_stats.values.text import match_key

NEAR_SCORE = 80
"""Least likeness (0-100, rapidfuzz ratio) of a near match; the values must agree as well."""
_QUESTIONS = ("是否", "有无", "未")
_SHARE = re.compile(
    r"^占(?![地用])|[%％]$|(?:占比|比重|比例|增幅|增速|增长率|完成率|到位率|到资率)(?:[(（].*[)）])?$"
)
"""A share or a growth rate, whatever it is a share of."""
HINT_SCORE = 60
"""Least likeness of a field that a hint may name: a wrong hint is worse than none."""
STEP_WEIGHT = {"exact": 1.0, "normalised": 0.95, "near": 0.7, "office": 1.1}


@dataclass(frozen=True)
class HeaderMatch:
    """A field that a column's header may name, with the step that found it and its likeness."""

    field: str
    step: str
    score: float
    month: int | None = None
    year: int | None = None
    grain: str | None = None
    is_open: bool = False
    """A bare 累计: of the year, or of all years where another column says 本年."""


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
    texts = tuple(text for text in path if text.strip())
    if not texts:
        return []
    for text in (texts[-1], "/".join(texts)):
        if own and match_key(text) in own:
            return [HeaderMatch(own[match_key(text)], "office", 1.0)]
    return list(_matches(texts))


@lru_cache(maxsize=5_000)
def _matches(texts: tuple[str, ...]) -> Sequence[HeaderMatch]:
    """Fields that the vocabulary knows for a path of texts."""
    parts = [read_header(text) for text in texts]
    merged = _merge(texts, parts)
    if "converted" in merged.modifiers:
        return []
    if _SHARE.search(texts[-1]) and "rate" not in merged.stems:
        return [HeaderMatch("rate", "normalised", 0.95)]
    if texts[-1].startswith(_QUESTIONS) and merged.step != "exact":
        return []
    matches = [
        HeaderMatch(
            field,
            merged.step,
            merged.score,
            merged.month,
            merged.year,
            merged.grain,
            _is_open(merged),
        )
        for stem in merged.stems
        if (field := qualify(stem, merged)) is not None
    ]
    return matches or near_matches(texts[-1], merged)


def _is_open(part: Part) -> bool:
    return (
        "cumulative" in part.modifiers
        and not part.modifiers & {"ytd", "total", "month"}
        and part.month is None
    )


def _merge(texts: Sequence[str], parts: Sequence[Part]) -> Part:
    """One reading of the whole path: the lowest stem, with the modifiers and times of all levels."""
    leaf = parts[-1]
    above = next((part.stems[0] for part in reversed(parts[:-1]) if part.stems), None)
    # 签约 over 时间 is the day of signing; 活动情况 over 时间 is a day, whatever stands above it.
    is_own_day = "date" in leaf.stems and above is not None and kind_of(above) in ("prose", "word")
    if match_key(texts[-1]) in vocabulary()[1] and above is not None and not is_own_day:
        leaf = match_key_text("") if not leaf.modifiers else replace(leaf, stems=(), step="")
        leaf = replace(leaf, modifiers=leaf.modifiers | {vocabulary()[1][match_key(texts[-1])]})
    merged = leaf
    if len(parts) > 1 and not _speaks_alone(leaf) and not is_own_day:
        for join in (texts[-2] + texts[-1], texts[-1] + texts[-2]):
            joined = read_header(join)
            if joined.stems and joined.step:
                merged = replace(joined, score=joined.score - 0.02)
                break
    own_time = merged.grain is not None
    for parent in reversed(parts[:-1]):
        if not merged.stems and parent.stems and _may_inherit(merged):
            merged = replace(merged, stems=parent.stems, step="normalised", score=parent.score - 0.05)
        elif parent.stems and parent.stems[0] == "fixed_asset" and merged.stems == ("completed_investment",):
            merged = replace(merged, stems=parent.stems, modifiers=merged.modifiers | {"completed"})
        merged = replace(
            merged,
            modifiers=merged.modifiers
            | (parent.modifiers - {"cumulative"} if own_time else parent.modifiers),
            month=merged.month or parent.month,
            year=merged.year or parent.year,
            grain=parent.grain if merged.grain in (None, "year") and parent.grain else merged.grain,
        )
    return merged


def _speaks_alone(part: Part) -> bool:
    return bool(part.stems) and part.stems[0] in ("rate", "name", "seq", "remark")


def _may_inherit(part: Part) -> bool:
    return bool(part.modifiers or part.grain) and not part.residue


def qualify(stem: str, part: Part) -> str | None:
    """Field of a stem with its modifiers: ``arrived`` + month → ``arrived.month``.

    A word of time or amount may make another thing of it, or nothing: 项目 is a name, 项目日期 is none.
    """
    if part.modifiers & {"last_year"}:
        return "rate"
    stem, _, usual = stem.partition(".")
    if "date" in part.modifiers and stem == "arrived":
        return "arrived_on"
    if part.modifiers & {"date", "amount"} and kind_of(stem) == "name":
        return None
    if "amount" in part.modifiers and stem == "signed":
        return "signed_amount"
    if stem in AMOUNTS_OVER_TIME and (usual == "opening" or "opening" in part.modifiers):
        return f"{stem}.opening"
    if stem == "stage" and "planned" in part.modifiers:
        return "plan"
    if stem == "total_investment" and (part.grain or part.modifiers & {"ytd", "month"}):
        return "planned_investment"
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


@lru_cache(maxsize=1_000)
def _spellings_near(length: int, least: float) -> tuple[str, ...]:
    """Spellings whose length alone lets a key of a length be as like to them as required."""
    lengths = {n for n in range(1, LONGEST_HEADER + 1) if 200 * min(length, n) / (length + n) >= least}
    return tuple(spelling for spelling in vocabulary()[2] if len(spelling) in lengths)


def near_matches(text: str, part: Part, least: float = NEAR_SCORE) -> list[HeaderMatch]:
    """Fields whose spelling is like the header's; a name that ends in a known header counts as like it."""
    _, _, stems = vocabulary()
    key = folded(BRACKET.sub("", match_key(strip_unit(text)[0])))
    if len(key) < 2 or len(key) > LONGEST_HEADER:
        return []
    found: dict[str, float] = {}
    for spelling, score, _ in process.extract(
        key, _spellings_near(len(key), least), scorer=fuzz.ratio, limit=5, score_cutoff=least
    ):
        for stem in stems[spelling]:
            found[stem] = max(found.get(stem, 0), score / 100)
    for length in range(len(key) - 1, 1, -1):
        tail = key[-length:]
        # 单位 ends many words and means an office or a unit of measure: two characters must mean one thing.
        if tail in stems and (length >= 3 or (not tail.isascii() and len(stems[tail]) == 1)):
            for stem in stems[tail]:
                found[stem] = max(found.get(stem, 0), 0.75 + 0.2 * length / len(key))
            break
    return [
        HeaderMatch(
            qualify(stem, part) or "remark", "near", round(score, 3), part.month, part.year, part.grain
        )
        for stem, score in sorted(found.items(), key=lambda item: -item[1])
    ]


def nearest_fields(text: str, n: int = 3) -> list[str]:
    """Fields whose headers are most like a text, for the hint of an unmapped column.

    >>> nearest_fields("项目明称", 1)
    ['name']
    """
    _, _, stems = vocabulary()
    near = process.extract(
        match_key(text), stems.keys(), scorer=fuzz.ratio, limit=4 * n, score_cutoff=HINT_SCORE
    )
    return list(dict.fromkeys(field for spelling, _, _ in near for field in stems[spelling]))[:n]


@lru_cache(maxsize=100_000)
def header_likeness(text: str) -> float:
    """How much a cell's text reads like a header, 0 to 1: a known stem 1, a modifier alone 0.8, a unit 0.5.

    A bare milestone (投产) is as likely a value of the column 进度: 0.4.

    >>> header_likeness("项目名称"), header_likeness("已投产"), header_likeness("示例纺织公司")
    (1.0, 0.4, 0.0)
    """
    part = read_header(text)
    if part.stems:
        is_bare_milestone = bool(set(part.stems) & DATES) and not SAYS_TIME.search(text)
        return 0.4 if is_bare_milestone else 1.0
    if (part.modifiers or part.grain) and not part.residue and len(text) <= 12:
        return 0.8
    if part.unit and not part.residue:
        return 0.5
    tail = near_matches(text, part, 89.9) if 3 <= len(text) <= 16 else []
    return 0.6 if tail and tail[0].score >= 0.9 else 0.0


def known_field(field: str) -> bool:
    """True if the field is one that a header may name: ``arrived.month`` yes, ``arrived.week`` no."""
    stem, _, modifier = field.partition(".")
    return is_field(stem) and (
        not modifier or modifier in ("month", "ytd", "total", "opening", "planned", "actual")
    )
