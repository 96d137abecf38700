"""Words that tell a sector: ``definitions/sector_keywords.csv`` applied to one text."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from meishan_stats.codelists import ALIAS_SEPARATOR, read_definition
from meishan_stats.values.words import WordIndex, find_words, outermost, spaced_key, word_index

OTHER = "other"

_CLAUSES = re.compile(r"[,，。;；、\n\r|]+")


class Decision(NamedTuple):
    """Sector of one text; an open one stands only where no later rule decides."""

    sector: str
    subsector: str | None
    basis: str
    confidence: str
    alt: str | None = None
    is_ambiguous: bool = False
    is_open: bool = False


class _Hit(NamedTuple):
    position: int
    word: str
    row: Mapping[str, str]


def of_word(row: Mapping[str, str], basis: str) -> Decision:
    """Decision of one row of the keywords; a keyword of low confidence leaves it open."""
    return Decision(
        row["sector"],
        row["subsector"] or None,
        basis,
        row["confidence"],
        row["national"] or row["sector_alt"] or None,
        bool(row["ambiguous"]),
        row["confidence"] == "low",
    )


def by_words(text: str, basis: str) -> Decision | None:
    """Decision of the longest keyword that says what is made; of two as long, that of a sector other than ``other``, then the earlier.

    A keyword does not count in a clause that holds one of its negative words: 电池 in 废旧电池回收.

    >>> by_words("锂电池隔膜项目", "keyword_content").sector, by_words("厂房", "keyword_content")
    ('new_materials', None)
    """
    hits = [hit for part in _CLAUSES.split(text) for hit in _hits(spaced_key(part))]
    if not hits:
        return None
    ranked = sorted(
        enumerate(hits),
        key=lambda item: (
            _says_little(item[1].row),
            -len(item[1].word),
            item[1].row["sector"] == OTHER,
            item[0],
        ),
    )
    best = ranked[0][1]
    rivals = [hit for _, hit in ranked if hit.row["sector"] not in (OTHER, best.row["sector"])]
    decision = of_word(best.row, basis)
    if rivals:
        is_tie = len(rivals[0].word) == len(best.word) and best.row["sector"] != OTHER
        decision = decision._replace(
            alt=decision.alt if decision.alt not in (None, OTHER) else rivals[0].row["sector"],
            is_ambiguous=decision.is_ambiguous or is_tie,
        )
    # A name says less than a description: companies bear the words of their other trades.
    if decision.confidence == "high" and (rivals or basis == "keyword_name"):
        decision = decision._replace(confidence="medium")
    return decision


def _says_little(row: Mapping[str, str]) -> bool:
    """True for a word such as 产业园 that names a place of work and not what is made there."""
    return row["sector"] == OTHER and row["confidence"] == "low"


def _hits(key: str) -> list[_Hit]:
    """Keywords of one clause, without those that a word beside them turns into something else."""
    hits = []
    for position, word in outermost(find_words(key, _keyword_index())):
        row = sector_keywords()[word]
        if not any(context in key for context in _contexts(row["negative"])):
            hits.append(_Hit(position, word, row))
    return hits


@cache
def _contexts(negative: str) -> tuple[str, ...]:
    return tuple(spaced_key(context) for context in negative.split(ALIAS_SEPARATOR) if context)


@cache
def sector_keywords() -> Mapping[str, Mapping[str, str]]:
    """Rows of ``sector_keywords.csv`` by folded keyword; one without a sector says nothing of it."""
    table = read_definition("sector_keywords.csv")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False)]
    return {spaced_key(row["keyword"]): row for row in rows}


@cache
def _keyword_index() -> WordIndex:
    return word_index(word for word, row in sector_keywords().items() if row["sector"])
