"""Dates of milestones told in a sentence: 2011年3月已签约，6月开工，预计年底投产."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from meishan_stats.values.clauses import Dates, Report, Token, is_only_a_date, read_clause
from meishan_stats.values.date_text import Span
from meishan_stats.values.distinct import distinct
from meishan_stats.values.steps import BEGINNINGS, Hit, StepWords, step_words
from meishan_stats.values.words import columns_of_unique, stated_text

_SENTENCES = re.compile(r"[。；;！!？?\n\r]+|\.\s")
_CLAUSE = re.compile(r"[^,，:：()（）]+")
_POSTPONED = re.compile(r"推迟|延期|延后|延至|顺延|调整|postponed|delayed", re.IGNORECASE)
_DONE = re.compile(r"完成|办结|办好|办理完|取得|通过|获得|获批|领取|签订|签署|done|completed|obtained|signed")
_BEHIND = (":", "：", "(", "（")
"""Signs after which a date belongs to the step before them: 开工时间：2011年6月, 已开工（2011年6月）."""
_Cells = tuple[pd.Timestamp, str | None]
_NO_CELLS: _Cells = (pd.NaT, None)
_COLUMNS = (
    "row", "milestone", "planned_on", "planned_precision", "actual_on", "actual_precision",
)  # fmt: skip


class Event(NamedTuple):
    """A milestone with the date said of it."""

    milestone: str
    span: Span
    is_planned: bool


def parse_stage_dates(
    texts: pd.Series,
    year: int | pd.Series | None,
    month: int | pd.Series | None = None,
    own_words: Mapping[str, str] | None = None,
    *,
    is_plan: bool = False,
) -> pd.DataFrame:
    """Give planned and actual dates of the milestones that texts of progress tell of.

    A date belongs to the step that follows it in its clause, or that it follows (开工时间：2011年6月);
    2011年总投资 is no milestone's date, nor is that of 主体封顶. A date is planned if a word says so or it
    lies after the month of the report; a month without a year is of the year named before it, else of the
    report's. Of two dates of signing, start or production the first counts, of the others the last.

    Parameters
    ----------
    texts : Series
        Progress as stated.
    year, month : int, optional, or a Series of them
        When the report was made; without a month all dates of that year may have passed.
    own_words : mapping, optional
        Words that mean another stage in this office, word → stage.
    is_plan : bool
        The texts tell what is planned (下步计划), unless a word says that it is done.

    Returns
    -------
    DataFrame, one row per text and milestone
        ``row`` (index of the text), ``milestone``, ``planned_on``, ``planned_precision``, ``actual_on``,
        ``actual_precision``.

    Examples
    --------
    >>> texts = pd.Series(["2011年3月已签约，6月开工建设，预计年底投产"])
    >>> parse_stage_dates(texts, 2011, 9)[["milestone", "planned_on", "actual_on"]]
        milestone planned_on  actual_on
    0      signed        NaT 2011-03-01
    1     started        NaT 2011-06-01
    2  production 2011-12-01        NaT
    """
    words, found = step_words(own_words), distinct(texts)
    reports, of_report = _reports(texts.index, year, month)
    said = [stated_text(value) for value in found.kinds]
    # A text is read once for every month that reports it, and only rows with dates are gone through.
    known = np.flatnonzero(found.codes >= 0)
    pairs, of_pair = np.unique(found.codes[known] * len(reports) + of_report[known], return_inverse=True)
    told = [
        _told(said[pair // len(reports)], reports[pair % len(reports)], words, is_plan)
        for pair in pairs.tolist()
    ]
    dated = np.array([bool(each) for each in told], dtype=bool)[of_pair]
    rows = [
        (row, *cells)
        for row, pair in zip(texts.index[known[dated]], of_pair[dated].tolist(), strict=True)
        for cells in told[pair]
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    return frame.astype({"planned_on": "datetime64[ns]", "actual_on": "datetime64[ns]"})


def _reports(
    index: pd.Index, year: int | pd.Series | None, month: int | pd.Series | None
) -> tuple[list[Report], np.ndarray]:
    """The different reports that rows stand in, and which of them each row is of."""
    when = pd.DataFrame({"year": year, "month": month}, index=index, dtype="Int64")
    of_report = when.groupby(["year", "month"], sort=False, dropna=False).ngroup().to_numpy()
    first = when.drop_duplicates().astype(object)
    first = first.where(first.notna(), None)
    return [Report(*each) for each in first.itertuples(index=False)], of_report


def _told(
    text: str | None, report: Report, words: StepWords, is_plan: bool
) -> list[tuple[str, pd.Timestamp, str | None, pd.Timestamp, str | None]]:
    """Milestone, planned and actual date of everything that one text tells of."""
    events = () if text is None else _events(text, report, words, is_plan)
    return [
        (milestone, *_cells(planned), *_cells(actual))
        for milestone, (planned, actual) in _by_milestone(events).items()
    ]


def _cells(span: Span | None) -> _Cells:
    if span is None:
        return _NO_CELLS
    if span.precision == "ten_days":
        return pd.Timestamp(span.first.replace(day=1)), "month"
    return pd.Timestamp(span.first), span.precision


def _by_milestone(events: Sequence[Event]) -> dict[str, tuple[Span | None, Span | None]]:
    """Planned and actual date of each milestone, in the order they are told."""
    found: dict[str, tuple[Span | None, Span | None]] = {}
    for milestone in dict.fromkeys(event.milestone for event in events):
        pick = min if milestone in BEGINNINGS else max
        planned, actual = (
            [event.span for event in events if event.milestone == milestone and event.is_planned is kind]
            for kind in (True, False)
        )
        is_unfinished = planned and milestone not in BEGINNINGS
        found[milestone] = (
            pick(planned) if planned else None,
            pick(actual) if actual and not is_unfinished else None,
        )
    return found


def _events(text: str, report: Report, words: StepWords, is_plan: bool) -> tuple[Event, ...]:
    """Milestones with dates that one text tells of."""
    events: list[Event] = []
    dates = Dates(report)
    for sentence in _SENTENCES.split(text):
        is_planned, carried, open_step = is_plan, None, None
        for clause in _CLAUSE.finditer(sentence):
            is_behind = sentence[: clause.start()][-1:] in _BEHIND
            key, tokens = read_clause(clause[0], report, words)
            kinds = {token.kind for token in tokens}
            is_planned = is_planned and ("date" in kinds or is_plan)
            if is_behind and kinds == {"plan"}:  # 6月开工（计划）
                events[-1:] = [event._replace(is_planned=True) for event in events[-1:]]
            only_date = "date" in kinds and "step" not in kinds
            if only_date and open_step and is_behind:
                tokens = [Token(-1, "step", hit=open_step), *tokens]
            said = list(_said(tokens, dates, is_planned, carried))
            told = [event for event, _ in said if event]
            events = _postponed(events, told) if _POSTPONED.search(key) else events
            events += told
            is_planned = said[-1][1]
            # 2011年3月，正式签约: a date alone is of what the next clause tells.
            carried = dates.last if only_date and not is_behind and is_only_a_date(key, tokens) else None
            steps = [token.hit for token in tokens if token.hit]
            open_step = steps[-1] if steps and "date" not in kinds else None
    return tuple(events)


def _postponed(events: Sequence[Event], told: Sequence[Event]) -> list[Event]:
    """Events without the plans that a later word puts off."""
    again = {event.milestone for event in told}
    return [event for event in events if not (event.is_planned and event.milestone in again)]


def _said(
    tokens: Sequence[Token], dates: Dates, is_planned: bool, carried: Span | None
) -> Iterator[tuple[Event | None, bool]]:
    """Events of one clause, and at last whether what comes after it is still planned.

    A date is of the steps after it; where the clause begins with a step and ends with a date, of the
    step before it (签约2011年3月).
    """
    dated = [token.kind for token in tokens if token.kind in ("date", "step")]
    follows = bool(dated) and dated[0] == "step" and dated[-1] == "date"
    is_denied = is_fact = False
    span: Span | None = carried
    step: Hit | None = None
    for token in tokens:
        if token.found:
            span = dates.read(token.found, is_fact, is_planned)
            if follows and step:
                yield _event(step, span, dates, is_planned), is_planned
                step = None
        elif token.hit:
            step = None if is_denied else token.hit
            if step and not follows:
                yield _event(step, span, dates, is_planned), is_planned
        elif token.kind in ("plan", "fact"):
            is_planned, is_fact, is_denied = token.kind == "plan", token.kind == "fact", False
        elif token.kind in ("not", "agree", "intent"):
            is_denied = True
    yield None, is_planned


def _event(step: Hit, span: Span | None, dates: Dates, is_planned: bool) -> Event | None:
    if span is None or not step.milestone:
        return None
    return Event(step.milestone, span, is_planned or dates.is_to_come(span))


def facts_in(texts: pd.Series, year: int | None, month: int | None = None) -> pd.DataFrame:
    """Give the day that a text says something was done: 已于3月15日完成; a plan or a denial gives none.

    Returns
    -------
    DataFrame with the index of `texts`
        ``on`` and ``precision``.

    Examples
    --------
    >>> facts_in(pd.Series(["已于3月15日完成", "预计6月完成", "已完成"]), 2011, 5)["on"].tolist()
    [Timestamp('2011-03-15 00:00:00'), NaT, NaT]
    """
    report = Report(year, month)
    frame = columns_of_unique(texts, lambda text: _cells(_fact(text, report)), ["on", "precision"])
    return frame.astype({"on": "datetime64[ns]"})


def _fact(text: str, report: Report) -> Span | None:
    """The last date that a clause says is done, or that stands alone."""
    dates, words, done = Dates(report), step_words(), None
    for clause in _CLAUSE.finditer("，".join(_SENTENCES.split(text))):
        key, tokens = read_clause(clause[0], report, words)
        kinds = {token.kind for token in tokens}
        spans = [dates.read(token.found, "fact" in kinds, False) for token in tokens if token.found]
        is_done = _DONE.search(key) or "fact" in kinds or is_only_a_date(key, tokens)
        if is_done and not kinds & {"plan", "not", "agree"}:
            done = next((span for span in reversed(spans) if span and not dates.is_to_come(span)), done)
    return done
