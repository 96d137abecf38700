"""Sectors of projects: by industry code, by the sector stated, by words of content and name, in this order."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter

import numpy as np
import pandas as pd

from meishan_stats.codelists import ALIAS_SEPARATOR, labels, read_codelist
from meishan_stats.values.distinct import Distinct, combinations, distinct, one_dimensional
from meishan_stats.values.industries import (
    Industry,
    find_code,
    find_code_in_name,
    find_edition,
    industry_of_code,
    industry_of_name,
    trimmed,
    unnumbered,
)
from meishan_stats.values.sector_words import OTHER, Decision, by_words, of_word, sector_keywords
from meishan_stats.values.text import clean_text
from meishan_stats.values.words import find_words, map_unique, results_of_text, spaced_key, word_index

COLUMNS = (
    "sector",
    "subsector",
    "sector_basis",
    "sector_confidence",
    "sector_alt",
    "industry_code",
    "industry_edition",
    "sector_problem",
)
_OF_DECISION = {
    "sector": "sector", "subsector": "subsector", "sector_basis": "basis", "sector_confidence": "confidence",
    "sector_alt": "alt",
}  # fmt: skip
_PARTS = re.compile(r"[,，。;；、/|\n\r()（）:：>→—]+|-")


_UNKNOWN = Decision(OTHER, None, "none", "low")


def classify_sectors(frame: pd.DataFrame, own: Mapping[str, Iterable[str]] | None = None) -> pd.DataFrame:
    """Sector of every project, what it was decided by, and how sure that is.

    The first rule that decides wins: industry code with its edition, stated sector, the longest keyword
    of the content, the longest keyword of the name. A rule that leaves two sectors open (division 38,
    "Energy", 非金属容器) gives way to a later one that decides. Lead-acid batteries count as new energy,
    as counties of this industry do; the national scheme stands in ``sector_alt``. A project that no rule
    knows is ``other`` and marked ``unknown_sector``; none is left out.

    Parameters
    ----------
    frame : DataFrame, one row per project
        Any of the text columns ``industry_code``, ``industry_edition``, ``sector_stated``, ``subsector``,
        ``content`` and ``name``, and the number ``year``, which tells the edition of a code.
    own : mapping of a sector to its words, optional
        Sectors that an office adds (``[sectors]`` in office.toml); their words come before ours, in the
        stated sector as in content and name.

    Returns
    -------
    DataFrame with the same index
        ``sector``, ``subsector``, ``sector_basis``, ``sector_confidence``, ``sector_alt``,
        ``industry_code``, ``industry_edition`` and ``sector_problem`` (None, ``ambiguous_sector`` or
        ``unknown_sector``).

    Examples
    --------
    >>> names = pd.DataFrame({"name": ["光伏组件项目", "废旧电池回收项目", "物理法提炼多晶硅"]})
    >>> classify_sectors(names)[["sector", "sector_alt", "sector_problem"]].values.tolist()
    [['new_energy', None, None], ['other', None, None], ['new_energy', 'new_materials', 'ambiguous_sector']]
    """
    stated_by, words = _stated_rule(_spellings(own)), _words_rule(own)
    empty = pd.Series(None, index=frame.index, dtype=object)
    code, edition = _codes(frame, empty)
    by_code = distinct(_pairs(code, edition)).results(lambda pair: _by_code(*pair))  # type: ignore[misc]
    rules: tuple[tuple[str, Callable[[str], Decision | None]], ...] = (
        ("sector_stated", stated_by),
        ("subsector", stated_by),
        ("content", lambda text: words(text, "keyword_content")),
        ("name", lambda text: words(text, "keyword_name")),
    )
    candidates = [by_code]
    is_open = ~_decide(by_code)
    for column, rule in rules:  # what an earlier rule decided no later one is asked of
        if is_open.any() and column in frame:
            found = results_of_text(frame[column][is_open], rule).on_rows(is_open)
            is_open &= ~_decide(found)
            candidates.append(found)
    decided = _first_of(candidates)
    subsector = pd.Series(
        map_unique(frame.get("subsector", empty), clean_text, None), frame.index, dtype=object
    )
    columns = {name: decided.map(attrgetter(part)) for name, part in _OF_DECISION.items()}
    columns |= {
        "subsector": subsector.where(subsector.notna() & (subsector != ""), columns["subsector"]),
        "industry_code": code,
        "industry_edition": edition,
        "sector_problem": decided.map(_problem),  # type: ignore[arg-type]
    }
    return pd.DataFrame({name: columns[name] for name in COLUMNS}, index=frame.index, dtype=object)


def _codes(frame: pd.DataFrame, empty: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Industry code of each row, of its column, else before its sector; and the edition of GB/T 4754 it is of."""
    code = pd.Series(
        map_unique(frame.get("industry_code", empty), find_code, None), frame.index, dtype=object
    )
    in_name = map_unique(frame.get("sector_stated", empty), find_code_in_name, None)
    code = code.where(code.notna(), pd.Series(in_name, frame.index, dtype=object))
    edition = pd.Series(None, index=frame.index, dtype=object)
    coded = code.notna()
    if coded.any():
        stated = map_unique(frame.get("industry_edition", empty)[coded], str, None)
        years = pd.to_numeric(frame.get("year", empty)[coded], errors="coerce").tolist()
        edition[coded] = [
            find_edition(text, None if pd.isna(year) else int(year))
            for text, year in zip(stated, years, strict=True)
        ]
    return code, edition


def _pairs(one: pd.Series, other: pd.Series) -> pd.Series:
    """Pairs of two columns; missing where the first is."""
    known = one.notna()
    pairs = pd.Series(None, index=one.index, dtype=object)
    pairs[known] = one_dimensional(list(zip(one[known], other[known], strict=True)))
    return pairs


def _decide(decisions: Distinct) -> np.ndarray:
    """Which rows have a decision that leaves nothing open."""
    return decisions.are(lambda decision: not decision.is_open)  # type: ignore[attr-defined]


def _first_of(found: Sequence[Distinct]) -> Distinct:
    """The decision of each row among those of all rules (``_first``)."""
    rows, of_row = combinations(found)
    decisions = [
        _first(tuple(each.kinds[i] if i >= 0 else None for each, i in zip(found, codes, strict=True)))
        for codes in rows.tolist()
    ]
    return Distinct(of_row, list(decisions))


def _first(candidates: tuple[Decision | None, ...]) -> Decision:
    """The first that decides; else the first open one that names two sectors, else the first at all."""
    found = [decision for decision in candidates if decision is not None]
    decided = [decision for decision in found if not decision.is_open]
    return next(iter([*decided, *(d for d in found if d.alt), *found]), _UNKNOWN)


def _problem(decision: Decision) -> str | None:
    if decision.is_ambiguous:
        return "ambiguous_sector"
    is_unknown = decision.basis == "none" or (decision.is_open and not decision.subsector)
    return "unknown_sector" if is_unknown else None


def _by_code(code: str | None, edition: str | None) -> Decision | None:
    industry = None if code is None else industry_of_code(code, edition)
    return None if industry is None else _of_industry(industry, "code")


def _of_industry(industry: Industry, basis: str) -> Decision:
    is_open = industry.confidence == "low"
    return Decision(
        industry.sector,
        industry.subsector,
        basis,
        industry.confidence,
        industry.alt,
        industry.is_ambiguous,
        is_open,
    )


def _spellings(own: Mapping[str, Iterable[str]] | None) -> dict[str, str]:
    found = {trimmed(spelling): code for code, group in (own or {}).items() for spelling in (code, *group)}
    return {**_shipped_spellings(), **found}


@cache
def _shipped_spellings() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in read_codelist("sectors").to_dict("records"):
        group = (row["code"], row["label_zh"], row["label_en"], *row["aliases"].split(ALIAS_SEPARATOR))
        for spelling in filter(None, group):
            found.setdefault(trimmed(spelling), row["code"])
    return found


@cache
def _labels() -> frozenset[str]:
    """Bare names of the sectors: they say nothing of the part of the sector."""
    return frozenset(map(trimmed, (*labels("sectors", "zh").values(), *labels("sectors", "en").values())))


def _stated_rule(spellings: Mapping[str, str]) -> Callable[[str], Decision | None]:
    """Rule for a stated sector: the whole cell, else its parts, else words in it."""

    def exactly(text: str) -> Decision | None:
        key = trimmed(text)
        if key in spellings:
            return Decision(
                spellings[key], None if key in _labels() else unnumbered(clean_text(text)), "stated", "high"
            )
        word = sector_keywords().get(spaced_key(text)) or sector_keywords().get(key)
        if word is not None:
            return _says_nothing() if not word["sector"] else of_word(word, "stated")
        industry = industry_of_name(text)
        return None if industry is None else _of_industry(industry, "stated")

    def rule(text: str) -> Decision | None:
        whole = exactly(text)
        if whole is not None:
            return whole
        parts = [exactly(part) for part in _PARTS.split(text) if part.strip()]
        found = [d for d in parts if d is not None and d != _says_nothing()]
        if not found:
            return by_words(text, "stated") or next((d for d in parts if d is not None), None)
        first = _first(tuple(found))
        rival = next((d.sector for d in found if not d.is_open and d.sector != first.sector), None)
        if rival is None or first.is_open:
            return first
        return first._replace(confidence="medium", alt=rival, is_ambiguous=True)

    return rule


def _words_rule(own: Mapping[str, Iterable[str]] | None) -> Callable[[str, str], Decision | None]:
    """Rule for content and name: the office's own words, else ours."""
    sector_of = {spaced_key(word): code for code, group in (own or {}).items() for word in (code, *group)}
    index = word_index(sector_of)

    def rule(text: str, basis: str) -> Decision | None:
        hits = sorted(find_words(spaced_key(text), index), key=lambda hit: -len(hit[1]))
        if hits:
            return Decision(sector_of[hits[0][1]], hits[0][1], basis, "medium")
        return by_words(text, basis)

    return rule


def _says_nothing() -> Decision:
    return Decision(OTHER, None, "stated", "low", is_open=True)
