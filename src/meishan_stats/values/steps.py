"""Steps of a schedule: which milestone of its project a step completes, if any."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from meishan_stats.codelists import labels, read_definition
from meishan_stats.values.stages import stage_order
from meishan_stats.values.words import (
    WordIndex,
    columns_of_unique,
    find_words,
    outermost,
    spaced_key,
    word_index,
)

BEGINNINGS = ("signed", "started", "production")
"""Milestones that something begins with: reached with the first of their steps, the others with the last."""

_VERBS = frozenset(("签订", "签署", "签定", "签下", "签约", "sign", "signed", "signing", "signature"))
_OBJECT = re.compile(r".{0,16}?(?:协议|合同|意向书|备忘录|mou|memorandum|loi|letter of intent)")
# 签约前, 开工准备, 投产后: the step is another one. 注册手续 is still registration.
_BEFORE = re.compile(r"(?:之|以)?前(?![往来])|准备|筹备|条件|计划|方案|申请|预备|率")
_AFTER = re.compile(r"(?:之|以)?后|以来")
_PREPARING = re.compile(r"(?:筹备|准备|策划|谋划|具备|达到)(?:好|项目|工作|正式)?$")
# 主体竣工, 消防验收, 二期开工: a part of the works, unless 厂房 stands there as well.
_PART = re.compile(
    r"(?:主体|附房|附属用房|办公楼|综合楼|宿舍楼?|倒班楼|围墙|道路|绿化|管网|配套.{0,2}|装修|装饰|地下室|[二三四五六七]期)"
    r"(?:工程|施工|建设|设施)*(?:全面|正式|全部)?$"
)
_PART_DONE = re.compile(
    r"(?:桩基|基础|土建|钢结构|[一二三四五六七八九十\d]+[层楼]|环保|消防|规划|节能|人防|防雷|设备|隐蔽|职业卫生)"
    r"(?:工程|施工|建设|设施|安装)*(?:全面|正式|全部)?$"
)
_WHOLE = re.compile("(?:厂房|车间|项目|全部工程)(?!主体)")
_EVENTS = frozenset(("signed", "landed", "started", "completed", "production", "capacity"))
_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_Row = tuple[str | None, bool, bool]


class Hit(NamedTuple):
    """A word of a step found in a text: where, the word, the milestone it completes (None: of none)."""

    position: int
    word: str
    milestone: str | None


class StepWords(NamedTuple):
    """Words of steps with their milestone, and the words by their first character."""

    milestones: Mapping[str, str | None]
    lookup: WordIndex


def parse_steps(texts: pd.Series, own_words: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Milestone that each step of a schedule completes; None for a step that completes none of them.

    Levelling the site, drawing plans or mounting machines completes no milestone; signing a building
    contract is not the signing of the project. A step that completes two (竣工投产) stands for the later.

    Parameters
    ----------
    texts : Series
        Steps as stated.
    own_words : mapping, optional
        Words that mean another stage in this office, word → stage.

    Returns
    -------
    DataFrame with the same index
        ``milestone``, a code of ``stages.csv`` or None; ``is_named``, the step bears the milestone's own
        name (开工) and does not only imply it (奠基); ``is_known``, there is a word of a step in the text.

    Examples
    --------
    >>> steps = pd.Series(["签订投资协议", "办理工商注册", "环评审批", "土地平整", "进场施工", "签订施工合同"])
    >>> parse_steps(steps)["milestone"].tolist()
    ['signed', 'registered', 'approval', None, 'started', None]
    """
    words = step_words(own_words)
    order = stage_order()
    names = labels("stages")

    def read(text: str) -> _Row:
        hits = find_steps(spaced_key(text), words)
        going = [hit for hit in hits if hit.milestone in order]
        if not going:
            return None, False, bool(hits)
        best = max(going, key=lambda hit: order[hit.milestone or ""])
        is_named = any(
            names[best.milestone or ""] in hit.word for hit in going if hit.milestone == best.milestone
        )
        return best.milestone, is_named, True

    found = columns_of_unique(texts, read, ["milestone", "is_named", "is_known"])
    return found.astype({"is_named": bool, "is_known": bool})


def find_steps(key: str, words: StepWords) -> list[Hit]:
    """Words of steps in a folded text, in order; what the text only prepares or looks back on has none.

    >>> find_steps("开工前完成施工许可", step_words())
    [Hit(position=0, word='开工', milestone=None), Hit(position=5, word='施工许可', milestone='approval')]
    """
    found = outermost(find_words(key, words.lookup))
    hits: list[Hit] = []
    for i, (position, word) in enumerate(found):
        milestone = words.milestones[word]
        rest = key[position + len(word) :]
        if milestone in _EVENTS and (_BEFORE.match(rest) or _PREPARING.search(key[:position])):
            milestone = None
        if _AFTER.match(rest):
            milestone = None
        if milestone in ("started", "completed") and _is_part(milestone, key[:position]):
            milestone = None
        if word in _VERBS and _signs_another(rest, position + len(word), found[i + 1 : i + 2]):
            milestone = None
        hits.append(Hit(position, word, milestone))
    return hits


def _is_part(milestone: str, before: str) -> bool:
    """True if what is begun or finished is a part of the works."""
    is_part = _PART.search(before) or (milestone == "completed" and _PART_DONE.search(before))
    return bool(is_part) and not _WHOLE.search(before)


def _signs_another(rest: str, start: int, following: Sequence[tuple[int, str]]) -> bool:
    """True if a word of its own says what is signed: 签订土地出让合同, 签订设备采购合同."""
    signed = _OBJECT.match(rest)
    return signed is not None and any(position < start + signed.end() for position, _ in following)


def step_words(own_words: Mapping[str, str] | None = None) -> StepWords:
    """Words of ``step_words.csv`` with those of the office; a word of leads or talks completes nothing."""
    return _step_words(tuple(sorted((own_words or _NO_WORDS).items())))


@lru_cache(maxsize=64)
def _step_words(own: tuple[tuple[str, str], ...]) -> StepWords:
    table = read_definition("step_words.csv")
    milestones: dict[str, str | None] = {
        spaced_key(phrase): stage or None
        for phrase, stage in zip(table["phrase"], table["stage"], strict=True)
    }
    reached = {code for code, place in stage_order().items() if place >= stage_order()["signed"]}
    for word, stage in own:
        key = spaced_key(word)
        meant = stage if stage in reached else None
        usual = milestones.get(key)
        milestones = {text: meant if key in text and said == usual and usual else said
                      for text, said in milestones.items()}  # fmt: skip
        milestones[key] = meant
    return StepWords(MappingProxyType(milestones), word_index(milestones))
