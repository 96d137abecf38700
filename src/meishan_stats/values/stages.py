"""Stages of projects, read from a status or from a sentence of progress."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd

from meishan_stats.codelists import read_codelist, read_definition
from meishan_stats.values.distinct import ranks
from meishan_stats.values.text import match_key
from meishan_stats.values.words import (
    WordIndex,
    codes_by_key,
    columns_of_unique,
    find_words,
    outermost,
    spaced_key,
    word_index,
)

STOPPED = ("terminated", "suspended")
SIGNED = "signed"

_SENTENCES = re.compile(r"[。；;！!？?\n\r]+|\.\s")
_CLAUSES = re.compile(r"[,，:：()（）]+")
_TIME = re.compile(r"年|月|季度|底|初|旬|\d{4}")
_TRIM = re.compile(r"^[(]?(?:[一二三四五六七八九十]+|\d{1,2})[)、.:]+|(?:阶段|状态|项目|情况|当中|中|了)+$")

# 开工手续, 签约前: the step named is still to come; 投产后: what it will bring is told.
_NOT_YET = re.compile(r"前|准备|手续|许可|条件|计划|时间|日期|方案|目标|事宜|率")
_AFTERWARDS = re.compile(r"后|以后|之后|时可")
_STEPS = frozenset(("signed", "registered", "landed", "started", "completed", "production", "capacity"))
_RESULTS = frozenset(("completed", "production", "capacity"))


_Row = tuple[str | None, str | None, str | None]
_NO_WORDS: Mapping[str, str] = MappingProxyType({})


class _Said(NamedTuple):
    stage: str
    matched: str
    is_fallback: bool
    resumes: bool


class _Words(NamedTuple):
    """Spellings of whole statuses, and phrases with their kind and stage, of one office."""

    statuses: Mapping[str, str]
    phrases: Mapping[str, tuple[str, str]]
    lookup: WordIndex


def parse_stages(
    values: pd.Series, own_words: Mapping[str, str] | None = None, order: Sequence[str] | None = None
) -> pd.DataFrame:
    """Stage that each text asserts, the most advanced where it asserts several.

    What is planned, awaited or denied does not count: 预计9月开工 says nothing of the stage; a status
    that names only a step to come stands for the one before (待签约 is ``negotiating``, 待开工
    ``landed``), and 未开工 for ``signed``. Agreement to settle and letters of intent are negotiation,
    because nothing is signed. ``terminated`` and ``suspended`` overrule all, unless work was resumed.

    Parameters
    ----------
    own_words : mapping, optional
        Words that mean another stage in this office, word → stage. They come before all others, alone
        or in a sentence; with 落户 = ``negotiating`` 已落户 is negotiation as well.
    order : sequence of str, optional
        Stages in the order of the office: which of two is the more advanced.

    Returns
    -------
    DataFrame with the same index
        ``stage``, a code of ``stages.csv`` or None; ``code``, ``unknown_stage`` where there is text but no
        stage; ``matched``, the words that decided.

    Examples
    --------
    >>> texts = pd.Series(["已签约，正在办理用地报批", "业主同意落户", "主体结顶，预计年底投产", "under construction"])
    >>> parse_stages(texts)["stage"].tolist()
    ['approval', 'negotiating', 'started', 'started']
    >>> parse_stages(pd.Series(["已落户园区"]), {"落户": "negotiating"})["stage"].tolist()
    ['negotiating']
    """
    words = _vocabulary(tuple(sorted((own_words or _NO_WORDS).items())))
    places = stage_order(order)
    return columns_of_unique(
        values, lambda text: _stage_of(text, words, places), ["stage", "code", "matched"]
    )


def stage_order(order: Sequence[str] | None = None) -> dict[str, int]:
    """Place of every stage on the way of a project, from 1; stopped projects have none.

    A stage that the office's order leaves out follows all those that it follows in ``stages.csv``.

    >>> stage_order()["lead"], stage_order()["signed"], "terminated" in stage_order()
    (1, 3, False)
    >>> list(stage_order(["negotiating", "landed", "signed"]))[:4]
    ['lead', 'negotiating', 'landed', 'signed']
    """
    return dict(_stage_order(tuple(order or ())))


@lru_cache(maxsize=64)
def _stage_order(order: tuple[str, ...]) -> Mapping[str, int]:
    table = read_codelist("stages")
    usual = table.loc[table["order"] != "", "code"].tolist()
    places = [code for code in dict.fromkeys(order or usual) if code in usual]
    for i, code in enumerate(usual):
        if code not in places:
            places.insert(max((places.index(before) for before in usual[:i]), default=-1) + 1, code)
    return {code: place for place, code in enumerate(places, start=1)}


def signing(stage: pd.Series, signed_on: pd.Series, order: Sequence[str] | None = None) -> pd.Series:
    """Whether each project is signed; missing where neither its stage nor its date of signing is known.

    The stage decides where it has a place in the order, whatever dates are stated. A project that is
    terminated or suspended, or of unknown stage, counts as signed only where it has a date of signing; a
    stopped one without it is taken as not signed.

    Examples
    --------
    >>> stage = pd.Series(["negotiating", "approval", "terminated", "terminated", None, None])
    >>> dates = pd.to_datetime(pd.Series(["2011-03-01", None, "2011-03-01", None, "2011-03-01", None]))
    >>> signing(stage, dates).tolist()
    [False, True, True, False, True, <NA>]
    """
    places = stage_order(order)
    place = ranks(stage, places)
    is_placed = ~np.isnan(place)
    by_date = signed_on.notna().to_numpy()
    is_told = is_placed | by_date | stage.isin(STOPPED).to_numpy()
    is_signed = np.where(is_placed, place >= places[SIGNED], by_date)
    return pd.Series(pd.arrays.BooleanArray(is_signed, ~is_told), index=stage.index)


def _stage_of(text: str, words: _Words, order: Mapping[str, int]) -> _Row:
    key = match_key(text).strip(" .。,，;；:、")
    for spelling in (key, _TRIM.sub("", key)):
        if spelling in words.statuses:
            return words.statuses[spelling], None, text
    said = [item for sentence in _SENTENCES.split(text) for item in _said_by(sentence, words)]
    asserted = [item for item in said if not item.is_fallback] or said
    if not asserted:
        return None, "unknown_stage", None
    stopped = [i for i, item in enumerate(asserted) if item.stage in STOPPED]
    if stopped and not any(item.resumes for item in asserted[stopped[-1] :]):
        last = asserted[stopped[-1]]
        return last.stage, None, last.matched
    going = [item for item in asserted if item.stage not in STOPPED]
    best = max(going, key=lambda item: order[item.stage])
    return best.stage, None, best.matched


def _said_by(sentence: str, words: _Words) -> list[_Said]:
    """Stages one sentence asserts, in its order; a plan reaches over a comma to the next date."""
    said: list[_Said] = []
    is_planned = False
    for clause in _CLAUSES.split(sentence):
        key = spaced_key(clause)
        hits = outermost(find_words(key, words.lookup))
        is_planned = is_planned and bool(_TIME.search(key))
        is_denied = False
        is_intent = any(words.phrases[word][0] == "intent" for _, word in hits)
        for position, word in hits:
            kind, stage = words.phrases[word]
            if kind in ("plan", "not", "fact"):
                is_planned = kind == "plan" or (is_planned and kind == "not")
                is_denied = kind == "not"
            elif kind == "fallback":
                said.append(_Said(stage, word, True, False))
            elif kind != "neutral" and (is_planned or is_denied):
                # Who plans to sign, or has not yet signed, negotiates; of other steps a plan says nothing.
                said += [_Said("negotiating", word, True, False)] if stage == "signed" else []
            elif kind != "neutral":
                if not _is_to_come(stage, key[position + len(word) :]):
                    read_as = "negotiating" if is_intent and stage == "signed" else stage
                    said.append(_Said(read_as, word, False, kind == "resume"))
                is_planned = is_planned or kind == "agree"
    return said


def _is_to_come(stage: str, rest: str) -> bool:
    return bool((stage in _STEPS and _NOT_YET.match(rest)) or (stage in _RESULTS and _AFTERWARDS.match(rest)))


@lru_cache(maxsize=64)
def _vocabulary(own: tuple[tuple[str, str], ...]) -> _Words:
    """Words of the definitions with those of one office.

    A general phrase that holds an own word and means what that word usually means (已落户 of 落户) goes
    over with it; one that means something else (落户外地) stays.
    """
    statuses = dict(codes_by_key("stages"))
    phrases = stage_phrases()
    for word, stage in own:
        key = spaced_key(word)
        usual = statuses.get(match_key(word), phrases.get(key, ("", ""))[1])
        statuses = {text: stage if match_key(word) in text and code == usual else code
                    for text, code in statuses.items()}  # fmt: skip
        phrases = {text: ("stage", stage) if key in text and said == ("stage", usual) else said
                   for text, said in phrases.items()}  # fmt: skip
        statuses[match_key(word)], phrases[key] = stage, ("stage", stage)
    return _Words(statuses, phrases, word_index(phrases))


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[str, str]]:
    table = read_definition("stage_words.csv")
    rows = zip(table["phrase"], table["kind"], table["stage"], strict=True)
    return MappingProxyType({spaced_key(phrase): (kind, stage) for phrase, kind, stage in rows})


def stage_phrases(kinds: Iterable[str] = ()) -> dict[str, tuple[str, str]]:
    """Phrases of ``stage_words.csv`` with their kind and stage; of some kinds only, or of all.

    >>> stage_phrases(["not"])["尚未"]
    ('not', '')
    """
    wanted = frozenset(kinds)
    return {phrase: said for phrase, said in _phrases().items() if not wanted or said[0] in wanted}
