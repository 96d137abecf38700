"""Stages of projects, read from a status or from a sentence of progress."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from meishan_stats.codelists import read_codelist, read_definition
from meishan_stats.values.text import match_key
from meishan_stats.values.words import (
    WordIndex,
    codes_by_key,
    find_words,
    map_unique,
    outermost,
    spaced_key,
    word_index,
)

STOPPED = ("terminated", "suspended")

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
_BLANK: _Row = (None, None, None)


class _Said(NamedTuple):
    stage: str
    matched: str
    is_fallback: bool
    resumes: bool


def parse_stages(values: pd.Series) -> pd.DataFrame:
    """Stage that each text asserts, the most advanced where it asserts several.

    What is planned, awaited or denied does not count: 预计9月开工 says nothing of the stage; a status
    that names only a step to come stands for the one before (待签约 is ``negotiating``, 待开工
    ``landed``), and 未开工 for ``signed``. Agreement to settle and letters of intent are negotiation,
    because nothing is signed. ``terminated`` and ``suspended`` overrule all, unless work was resumed.

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
    """
    rows = map_unique(values, _stage_of, _BLANK)
    return pd.DataFrame(rows, index=values.index, columns=["stage", "code", "matched"], dtype=object)


def stage_order() -> dict[str, int]:
    """Place of every stage on the way of a project, from 1; stopped projects have none.

    >>> stage_order()["lead"], stage_order()["signed"], "terminated" in stage_order()
    (1, 3, False)
    """
    table = read_codelist("stages")
    return {code: int(order) for code, order in zip(table["code"], table["order"], strict=True) if order}


def is_signed(stage: pd.Series) -> pd.Series:
    """Whether a stage is that of a signed project; a stopped or unknown one is not.

    >>> is_signed(pd.Series(["negotiating", "approval", "terminated", None])).tolist()
    [False, True, False, False]
    """
    table = read_codelist("stages")
    signed = set(table.loc[table["is_signed"] == "yes", "code"])
    return stage.isin(signed).astype(bool)


def _stage_of(text: str) -> _Row:
    known = codes_by_key("stages")
    key = match_key(text).strip(" .。,，;；:、")
    for spelling in (key, _TRIM.sub("", key)):
        if spelling in known:
            return known[spelling], None, text
    said = [item for sentence in _SENTENCES.split(text) for item in _said_by(sentence)]
    order = stage_order()
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


def _said_by(sentence: str) -> list[_Said]:
    """Stages one sentence asserts, in its order; a plan reaches over a comma to the next date."""
    said: list[_Said] = []
    is_planned = False
    for clause in _CLAUSES.split(sentence):
        key = spaced_key(clause)
        hits = outermost(find_words(key, _index()))
        is_planned = is_planned and bool(_TIME.search(key))
        is_denied = False
        is_intent = any(_words()[word][0] == "intent" for _, word in hits)
        for position, word in hits:
            kind, stage = _words()[word]
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


@cache
def _words() -> Mapping[str, tuple[str, str]]:
    table = read_definition("stage_words.csv")
    rows = zip(table["phrase"], table["kind"], table["stage"], strict=True)
    return {spaced_key(phrase): (kind, stage) for phrase, kind, stage in rows}


@cache
def _index() -> WordIndex:
    return word_index(_words())
