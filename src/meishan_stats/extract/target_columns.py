"""Which columns of a table of targets are targets, and which stand beside them: results, shares, parts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from meishan_stats.extract.assignment import profile
from meishan_stats.extract.fields import COUNTS, MONEY, kind_of
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.raw_table import Column
from meishan_stats.values.text import match_key

_TARGET = re.compile(
    r"目标|任务|下达|自加压|自我加压|考核数|计划数|(?:年度|全年|年)计划$|指标数|指标值|应完成|力争|确保|奋斗|认领|承诺|target|goal|quota"
)
_DONE = re.compile(
    r"完成|实绩|执行|实现(?:数|额|情况)|累计|本月|当月|进展|上年|去年|前年|同期|基数|剩余|差额|缺口|欠|超额|尚需|还需|余额|结转"
    r"|achiev|actual|complet|realis|realiz|previous|lastyear|result|todate|remaining|shortfall|gap"
)
_DONE_ALONE = re.compile(
    r"(?:完成|实绩|实际|执行)(?:数|额|情况|值|量)?$|上年|去年|前年|同期|基数|剩余|差额|缺口|欠|超额|尚需|还需|余额|结转"
    r"|^(?:actual|achieved|completed|result|previous|last|remaining)"
)
_SHARE = re.compile(
    r"^[%％]|[率%％比]$|占|增幅|增长|同比|环比|序时|时间进度|进度$|排名|名次|得分|分值|权重|percent|share|rate|rank|score|growth"
)
_SUM = re.compile(r"^(?:合计|小计|总计|共计|总数|总额|累计|grandtotal|total|sum)(?:数|额)?$")
_NO_MEASURE = frozenset(
    {"seq", "year", "month", "rate", "derived", "score", "achieved", "plan", "remark", "phone"}
)
_PARTIAL = frozenset({"month", "quarter", "half", "ytd"})
NUMERIC = 0.5


def levels(column: Column) -> list[str]:
    """Header texts of a column from top to bottom, folded for matching."""
    return [key for text in column.header.split("/") if (key := match_key(text))]


def is_target_word(text: str) -> bool:
    """True for a header that says target and neither result nor share: 目标任务 yes, 完成率 and 完成目标% no.

    >>> is_target_word("县下达目标"), is_target_word("目标完成率"), is_target_word("完成数")
    (True, False, False)
    """
    key = match_key(text)
    return bool(_TARGET.search(key)) and not _SHARE.search(key) and not _DONE.search(_without_target(key))


def _without_target(key: str) -> str:
    """应完成 and 目标任务完成情况 speak of targets although they hold 完成."""
    return re.sub(r"应完成|要求完成|(?:目标|任务)[^率%]*?完成情况", "", key)


def settle_targets(
    columns: Sequence[Column], cells: pd.DataFrame, titles: Sequence[str]
) -> tuple[Column, ...]:
    """Columns of a table of targets with those that hold targets headed as such, whatever they are called.

    A column is a target if a level of its header says so (目标, 任务, 下达, 自加压力); where none does, or
    the title speaks of targets and the table shows no results, every column of numbers is one. Results,
    shares and last year's figures are none, and a report of progress (完成情况) without a column 目标 has none; a sum (合计) of other targets, and the parts of a year
    (一季度) beside the year's own target, are none either.
    """
    numbers = {c.index: profile(cells[c.index]).number for c in columns}
    measures = [c for c in columns if _is_measure(c, numbers)]
    stated = [c for c in measures if any(is_target_word(level) for level in levels(c))]
    has_results = any(_is_done(c) or _is_share(c) for c in columns if c not in stated)
    says_target = any(is_target_word(title) for title in titles)
    is_progress = any("完成" in match_key(title) for title in titles)
    chosen = stated if stated and (has_results or not says_target) else [] if is_progress else measures
    fields = dict.fromkeys((c.index for c in chosen), "target")
    whole = [c for c in chosen if partial_grain(c) is None]
    for column in chosen:
        beside = [c for c in whole if c is not column and levels(c)[:-1] == levels(column)[:-1]]
        if whole and partial_grain(column) is not None:
            fields[column.index] = "plan"
        elif _SUM.match(levels(column)[-1]) and len(beside) >= 2:
            fields[column.index] = "derived"
    for column in columns:
        is_settled = column.field not in (None, "target") and column.step != "near"
        if column.index in fields or is_settled or not (numbers[column.index] or column.field == "target"):
            continue
        if _is_share(column):
            fields[column.index] = "rate"
        elif _is_done(column) or column.field == "target":
            fields[column.index] = "achieved"
    return tuple(_settled(c, fields) for c in columns)


def _settled(column: Column, fields: Mapping[int, str]) -> Column:
    field = fields.get(column.index)
    if field is None or (field == column.field and column.step != "near"):
        return column
    parts = [read_header(text) for text in column.header.split("/")]
    year = column.year or next((part.year for part in reversed(parts) if part.year), None)
    return replace(column, field=field, step="table", score=1.0, year=year, rival=None)


def partial_grain(column: Column) -> str | None:
    """Part of the year that a column is about: month, quarter, half or ytd; None for the whole year."""
    grains = [read_header(text).grain for text in column.header.split("/")]
    return next((grain for grain in reversed(grains) if grain in _PARTIAL), None)


def _is_measure(column: Column, numbers: Mapping[int, float]) -> bool:
    """True for a column of numbers that may be a target: no result, share, running number or year."""
    stem = (column.field or "").partition(".")[0]
    if (
        not levels(column)
        or stem in _NO_MEASURE
        or (stem and kind_of(stem) in ("date", "personal", "code", "prose"))
    ):
        return False
    holds_numbers = numbers[column.index] >= NUMERIC or (
        numbers[column.index] > 0 and stem in MONEY | COUNTS | {"target"}
    )
    return holds_numbers and not _is_done(column) and not _is_share(column)


def _is_done(column: Column) -> bool:
    own = levels(column)
    if own and is_target_word(own[-1]):
        return False
    if any(
        is_target_word(level) for level in own[:-1]
    ):  # 目标/完成固定资产投资 is an indicator, 目标/完成数 none
        return bool(_DONE_ALONE.search(own[-1]))
    return any(_DONE.search(_without_target(level)) for level in own)


def _is_share(column: Column) -> bool:
    own = levels(column)
    if column.field in ("rate", "derived", "score"):
        return True
    if column.unit is not None and column.unit.dimension in ("percent", "ratio"):
        return True
    return bool(own) and bool(_SHARE.search(own[-1]))
