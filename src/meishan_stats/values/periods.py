"""The month, quarter or year that a title, a sheet name or a file name speaks of."""

import re
from collections.abc import Iterator

import pandas as pd

from meishan_stats.values.date_text import FORMS, Span, canonical, span_of

_MARKED_YEAR = re.compile(r"(?<!\d)(?:((?:19|20)\d\d)|(\d\d))年")
# A year without 年: not part of a longer number, and not so many 元 or 亩.
_BARE_YEAR = re.compile(
    r"(?<!\d)((?:199|20[0-9])\d)(?=(?:[01]\d(?:[0-3]\d)?)?(?!\d))(?! ?[万亿元亩个人家项户吨台套平公米美港欧批次%])"
)
_TO = r"\s*(?:-|~|至|到|to)\s*"
_FROM_DATE = re.compile(
    rf"(?:19|20)\d\d(?:年|[./_-])?\d{{1,2}}(?:月|[./]\d{{1,2}})?日?{_TO}(?=(?:19|20)\d\d(?:年|[./_-])?\d)"
)
_FROM_MONTH = re.compile(rf"\d{{1,2}}月?{_TO}(?=\d{{1,2}}月)")
_ORDER = ("month", "quarter", "half")


def find_year(text: str) -> int | None:
    """Year that a title or name speaks of, 1990 to 2100; a year written with 年 before any other.

    >>> find_year("2011年招商引资项目汇总表"), find_year("月报201109.xlsx"), find_year("投资2000万元以上项目")
    (2011, 2011, None)
    """
    said = canonical(text)
    for full, short in _MARKED_YEAR.findall(said):
        year = int(full) if full else 2000 + int(short)
        if 1990 <= year <= 2100 and (full or year < 2070):
            return year
    bare = _BARE_YEAR.search(said)
    return int(bare[1]) if bare is not None else None


def find_period(text: str, year: int | None = None) -> tuple[pd.Timestamp, str] | None:
    """Reporting period that a title, sheet name or file name speaks of, as a month and its precision.

    The month is the last of the period: September for 1-9月, March for the first quarter, June for
    上半年; a year alone is its 1 January. Months come before quarters, quarters before years; among
    equals the first counts.

    Parameters
    ----------
    text : str
        Such as ``2011年1-9月招商引资完成情况表`` or ``9月``.
    year : int, optional
        Year of a month that is named without one.

    Examples
    --------
    >>> find_period("2011年1-9月招商引资完成情况表")
    (Timestamp('2011-09-01 00:00:00'), 'month')
    >>> find_period("9月") is None, find_period("9月", 2011)
    (True, (Timestamp('2011-09-01 00:00:00'), 'month'))
    """
    stated = find_year(text) or year
    said = _FROM_MONTH.sub("", _FROM_DATE.sub("", canonical(text)))
    found = sorted(_found(said, stated), key=lambda each: (_ORDER.index(each[1]), each[0]))
    if found:
        _, precision, span = found[0]
        return pd.Timestamp(span.last.replace(day=1)), precision
    own = find_year(text)
    return None if own is None else (pd.Timestamp(own, 1, 1), "year")


def _found(said: str, year: int | None) -> Iterator[tuple[int, str, Span]]:
    """Every month, quarter and half year of a text: where it stands, its precision, its days."""
    for form in FORMS:
        for match in form.finditer(said):
            span = span_of(match, year)
            if span is not None and span.precision != "year":
                yield match.start(), span.precision if span.precision in _ORDER else "month", span
