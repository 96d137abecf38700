"""A clause of a sentence of progress taken apart: its dates, its steps, its words of plan and denial."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import pandas as pd

from meishan_stats.values.date_text import FORMS, Span, canonical, months, span_of
from meishan_stats.values.stages import stage_phrases
from meishan_stats.values.steps import Hit, StepWords, find_steps
from meishan_stats.values.words import WordIndex, find_words, outermost, spaced_key, word_index

_UNIT = re.compile(r" ?[万亿元亩个人家项户吨台套平公米美港欧批次%]")
_CHINESE = re.compile("[\u3400-\u9fff]")
_DOING = re.compile(r"正在|着手|开始|启动|申请|申报|抓紧|跟进|进行|材料")
_GOES_ON = re.compile(r".{0,4}(?:过程中|办理中|进行中|之中)")
_PROCEDURES = ("registered", "approval")
_MODAL_MAY = re.compile(r"(?<!\d)(?<!\d )\bmay\b(?! ?\d|,? ?20\d\d)")
_RELATIVE_YEARS = (("(?:去年|上年|上一年)", -1), ("前年", -2), ("(?:明年|次年|来年|下一?年)", 1))
_RELATIVE_MONTHS = (("(?:本|当)月", 0), ("上个?月", -1), ("下个?月", 1))
_SPEECH = ("plan", "not", "fact", "neutral", "agree", "intent")
_ONLY_A_DATE = 4  # letters beside a date that say nothing: 目前, 于, 份
_LONG_AGO = 6  # months that a list of events may run back before it must mean the next year


class Report(NamedTuple):
    """When a text was reported: what a month without a year belongs to, and after which day all is plan."""

    year: int | None
    month: int | None

    @property
    def last_day(self) -> date | None:
        """Last day of the month, or of the year where no month is known."""
        whole = months(self.year, self.month or 12, 1, "month") if self.year else None
        return whole.last if whole else None


class Token(NamedTuple):
    """Something in a clause: a date, a step, or a word that plans, denies or affirms."""

    position: int
    kind: str
    hit: Hit | None = None
    found: re.Match[str] | None = None


class Dates:
    """Dates of one text in its order: each may take its year from the one before it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.stated: int | None = None
        self.last: Span | None = None

    def read(self, found: re.Match[str], is_fact: bool, is_planned: bool) -> Span | None:
        """Days of a date; the year it leaves out is that of the date before it, else of the report."""
        said = found.groupdict()
        span = span_of(found, self.stated or self.report.year)
        if said.get("y") or said.get("yy"):
            self.stated = span.first.year if span else self.stated
        elif span is not None and self.stated is None and is_fact and self.is_to_come(span):
            span = span_of(found, span.first.year - 1)  # 已于12月签约, told in February
        elif span is not None and self.last is not None and self._runs_back(span, is_planned):
            span = span_of(found, span.first.year + 1)
        self.last = span or self.last
        return span

    def _runs_back(self, span: Span, is_planned: bool) -> bool:
        last = self.last.first if self.last else span.first
        back = (last.year - span.first.year) * 12 + last.month - span.first.month
        return back > _LONG_AGO or (is_planned and back > 0)

    def is_to_come(self, span: Span) -> bool:
        """True for days after the report."""
        limit = self.report.last_day
        return limit is not None and span.first > limit


def read_clause(clause: str, report: Report, words: StepWords) -> tuple[str, list[Token]]:
    """A clause folded for matching, and what stands in it, in order; nothing inside another thing.

    >>> from meishan_stats.values.steps import step_words
    >>> _, tokens = read_clause("预计2012年3月开工", Report(2011, 9), step_words())
    >>> [token.kind for token in tokens]
    ['plan', 'date', 'step']
    """
    key = canonical(_relative(spaced_key(clause), report))
    dates = _dates(key)
    taken = [found.span() for found in dates]
    tokens = [Token(found.start(), "date", found=found) for found in dates]
    speech, index = _speech()
    outer = outermost([*find_words(key, index), *find_words(key, words.lookup)])
    places = set(outer)
    for hit in find_steps(key, words):
        if (hit.position, hit.word) in places and not _inside(hit.position, taken):
            read = hit._replace(milestone=None) if _goes_on(hit, key) else hit
            tokens.append(Token(hit.position, "step", hit=read))
    for position, word in outer:
        kind = speech.get(word, "neutral") if word not in words.milestones else "neutral"
        if kind != "neutral" and not _inside(position, taken):
            tokens.append(Token(position, kind))
    return key, sorted(tokens, key=lambda token: token.position)


def is_only_a_date(key: str, tokens: Sequence[Token]) -> bool:
    """True for a clause that says no more than when: 2011年3月份."""
    rest = key
    for token in tokens:
        if token.found:
            rest = rest.replace(token.found[0], "", 1)
    return len(rest.strip(" ./-")) <= _ONLY_A_DATE


def _goes_on(hit: Hit, key: str) -> bool:
    """True for a procedure that the clause says is under way: 3月开始办理立项."""
    before, rest = key[: hit.position], key[hit.position + len(hit.word) :]
    return hit.milestone in _PROCEDURES and bool(_DOING.search(before) or _GOES_ON.match(rest))


def _inside(position: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in taken)


def _dates(key: str) -> list[re.Match[str]]:
    """Dates of a clause: the longest first, none overlapping; a number that counts something is no year."""
    kept: list[re.Match[str]] = []
    candidates = (found for form in FORMS for found in form.finditer(key) if _is_date(found, key))
    for found in sorted(candidates, key=lambda found: (-len(found[0]), found.start())):
        if all(found.end() <= other.start() or other.end() <= found.start() for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda found: found.start())


def _is_date(found: re.Match[str], key: str) -> bool:
    said = found.groupdict()
    if said.get("m") or said.get("unit") or said.get("part"):
        return not _UNIT.match(key[found.end() :]) or not found[0].isdigit()
    if said.get("yy"):
        return False  # 10年 is ten years as well
    rest = key[found.end() :]
    return "年" in found[0] or (not _CHINESE.search(key) and not re.match(r" ?[a-z%$0-9]", rest))


def _relative(key: str, report: Report) -> str:
    """Clause with 去年, 明年, 上月 as dates; English may as no month."""
    key = _MODAL_MAY.sub("", key)
    if report.year is None:
        return key
    for words, offset in _RELATIVE_YEARS:
        key = re.sub(words, f"{report.year + offset}年", key)
    if report.month is None:
        return key
    for words, offset in _RELATIVE_MONTHS:
        on = pd.Period(year=report.year, month=report.month, freq="M") + offset
        key = re.sub(words, f"{on.year}年{on.month}月", key)
    return key


@cache
def _speech() -> tuple[Mapping[str, str], WordIndex]:
    phrases = {phrase: kind for phrase, (kind, _) in stage_phrases(_SPEECH).items()}
    return phrases, word_index(phrases)
