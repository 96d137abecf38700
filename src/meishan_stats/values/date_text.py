"""Grammar of a date in words: which days 2011年3月上旬, Q2 2011 or 2009-2011 stand for."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from meishan_stats.values.numerals import digits_for_numerals

MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
    "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip

# Every spelling of a month, quarter, half year or part of a year in one: 3月, q2, h1, 年底.
_REWRITES = [
    (re.compile(pattern), rewritten)
    for pattern, rewritten in [
        ("[‐‑‒–—―−-]+", "-"),
        ("[〜～]", "~"),
        (r"\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\s+", ""),
        (r"(?:前|第|1-)?([1-4])(?:季度|季)|\bquarter ([1-4])\b|\b([1-4])q\b", r" q\1\2\3"),
        (r"\b(?:1st|first) quarter\b", "q1"),
        (r"\b(?:2nd|second) quarter\b", "q2"),
        (r"\b(?:3rd|third) quarter\b", "q3"),
        (r"\b(?:4th|fourth) quarter\b", "q4"),
        (r"上半年|\b(?:1st|first) half\b|\b1h(?=\d{4}\b|\b)", " h1"),
        (r"下半年|\b(?:2nd|second) half\b|\b2h(?=\d{4}\b|\b)", " h2"),
        (r"\b(?:year[- ])?(?:end|late)[- ]*(?:of )?((?:19|20)\d\d)\b", r"\1年底"),
        (r"\bearly[- ]*((?:19|20)\d\d)\b", r"\1年初"),
        (r"\bmid[- ]*((?:19|20)\d\d)\b", r"\1年中"),
        *((rf"(?<![a-z]){name}(?![a-z])\.?", f" {month}月 ") for month, name in enumerate(MONTHS, start=1)),
        (r"\s+", " "),
    ]
]

_Y = r"(?P<y>(?:19|20)\d\d)"
_YEAR = rf"(?:{_Y}年?度?|(?P<yy>\d\d)年度?|[今本当]年度?)"
_M, _D = r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_TH = r"(?:st|nd|rd|th)?"
_TIME = r"(?:[ t]*\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]m)?(?:z| ?[+-]\d\d:?\d\d)?)?"
FORMS = [
    re.compile(rf"(?<![\d])(?<!\d[./])(?:{form})(?!\d)(?![./]\d)")
    for form in [
        rf"{_Y}(?P<s>[-/._]){_M}(?:(?P=s){_D}日?{_TIME}|月?)",  # 2011-3-15, 2011.3
        rf"{_Y}(?P<m>[01]\d)(?P<d>[0-3]\d)?",  # 20110315, 201103
        rf"(?:{_YEAR}[ ./_-]*)?{_M}月份?(?: ?{_D}[日号]?{_TIME}|(?P<part>[上中下]旬|[初中底末]))?",  # 2011年3月上旬
        rf"(?:{_D}{_TH}[,./-]* (?:of )?)?{_M}月[ ,./'-]*(?:{_Y}|[-'/](?P<yy>\d\d))",  # 15 March 2011, Mar-11
        rf"{_M}月 ?{_D}{_TH}[ ,]+{_Y}",  # March 15, 2011
        rf"{_D}{_TH}-? (?:of )?{_M}月",  # 15 March
        rf"{_M}[-/._]{_Y}",  # 3/2011
        rf"(?:{_YEAR}[ -]*)?(?P<unit>[qh])(?P<n>[1-4])(?P<part>[初底末])?",  # 2011年二季度, 2011Q2
        rf"(?P<unit>[qh])(?P<n>[1-4])[ /',-]*(?:of )?{_Y}",  # Q2 2011
        rf"(?:{_YEAR}年?|年)(?P<part>[初中底末内])",  # 2011年底
        _YEAR,
    ]
]
ORDER_FORM = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d|\d\d)" + _TIME)
_NOISE = re.compile(
    r"预计|计划|拟定?|力争|争取|确保|已?于|约|左右|之?前|以前|前后|截[至止]|目前|时间|日期|建设期限?|建设年限|起止|"
    r"签约|注册|备案|立项|开工|动工|竣工|完工|建成|投产|达产|"
    r"\b(?:by|in|on|of|end|expected|planned|scheduled|est\.?|circa|ca\.?|c\.|the|fy|"
    r"mon|tue|wed|thu|fri|sat|sun)\b(?:day)?|[\s:,;.()、，。：；'-]"
)
_SECOND_DATE = re.compile(r"\d|[年月季旬]")
_TO = re.compile(r"\s*(?:至|到|~|-|\bto\b)\s*")
_LONGEST_REST = 20


class Span(NamedTuple):
    """Days from `first` to `last`, and how precisely they were stated."""

    first: date
    last: date
    precision: str
    is_vague: bool = False  # 年底 is December to the reader, not to its writer


_LONG_GAP = re.compile(r"(?<!\s)\s{20,}")
"""No form of a date has such a gap; each would be tried from every place in it."""


@lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """Text with numerals as digits and each kind of period in one spelling.

    >>> canonical("二〇一一年第二季度"), canonical("15 March 2011")
    ('2011年 q2', '15 3月 2011')
    """
    text = _LONG_GAP.sub(" ", text)
    folded = digits_for_numerals(unicodedata.normalize("NFKC", text).lower().replace("元月", "1月"))
    for pattern, rewritten in _REWRITES:
        folded = pattern.sub(rewritten, folded)
    return folded.strip()


def span_of(found: re.Match[str], year: int | None) -> Span | None:
    """Days that a match of `FORMS` stands for; None for a day that does not exist, or of no known year."""
    said = found.groupdict()
    if said.get("y"):
        year = int(said["y"])
    elif said.get("yy"):
        year = int(said["yy"]) + (2000 if int(said["yy"]) < 70 else 1900)
    if year is None or not 1900 <= year <= 2100:
        return None
    part = said.get("part")
    if said.get("m"):
        return of_month(year, int(said["m"]), said.get("d"), part)
    if said.get("unit"):
        length, n = (3 if said["unit"] == "q" else 6), int(said["n"])
        if n * length > 12:
            return None
        if part:
            return months(
                year, (n - 1) * length + 1 if part == "初" else n * length, 1, "month", is_vague=True
            )
        return months(year, (n - 1) * length + 1, length, "quarter" if length == 3 else "half")
    if part in ("初", "中", "底", "末"):
        return months(year, {"初": 1, "中": 6}.get(part, 12), 1, "month", is_vague=True)
    return months(year, 1, 12, "year") if year >= 1990 else None


def months(year: int, month: int, n: int, precision: str, *, is_vague: bool = False) -> Span | None:
    """Span of `n` months of one year from `month` on; None where there is no such month."""
    if month < 1 or month + n - 1 > 12:
        return None
    last = month + n - 1
    return Span(date(year, month, 1), date(year, last, monthrange(year, last)[1]), precision, is_vague)


def of_month(year: int, month: int, day: str | None, part: str | None = None) -> Span | None:
    """Day, ten days (上旬) or whole of a month; None where there is no such day."""
    whole = months(year, month, 1, "month")
    if whole is None or (day is None and part is None):
        return whole
    if day is not None:
        if not 1 <= int(day) <= whole.last.day:
            return None
        on = date(year, month, int(day))
        return Span(on, on, "day")
    start = {"上旬": 1, "初": 1, "中旬": 11, "中": 11}.get(part or "", 21)
    last = whole.last if start == 21 else date(year, month, start + 9)
    return Span(date(year, month, start), last, "ten_days")


@lru_cache(maxsize=65536)
def read_spans(text: str, year: int | None) -> tuple[Span, ...]:
    """Days a date cell may stand for, likeliest first: none, one, or two where its order is open.

    >>> [str(span.first) for span in read_spans("已于2011年3月开工", None)]
    ['2011-03-01']
    >>> [str(span.first) for span in read_spans("3/4/2011", None)]
    ['2011-03-04', '2011-04-03']
    """
    said = canonical(text)
    choices = [one for half in re.split(r"或|\bor\b", said) if (one := _one(half.strip(), year))]
    if len(choices) == 2:
        first, second = choices
        return (first,) if first == second else (first, second)
    if ordered := ORDER_FORM.fullmatch(said):
        return tuple(_orders(ordered, year))
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}", said):
        return tuple(_two_numbers(said, year))
    one = _one(said, year)
    return () if one is None else (one,)


def _one(said: str, year: int | None) -> Span | None:
    return _single(said, year) or _from_to(said, year)


def _single(said: str, year: int | None) -> Span | None:
    """The one date of a text, whatever words stand around it; None where there are two, or none."""
    for form in FORMS:
        if found := form.fullmatch(said):
            return span_of(found, year)
    searched = (found for form in FORMS if (found := form.search(said)))
    longest = max(searched, key=lambda found: len(found[0]), default=None)
    if longest is None:
        return None
    rest = said[: longest.start()] + " " + said[longest.end() :]
    span = span_of(longest, year)
    words = _NOISE.sub("", rest)
    if span is None or _SECOND_DATE.search(rest) or len(words) > _LONGEST_REST:
        return None
    # A year alone may be of anything; "may" without a year is a verb.
    is_doubtful = span.precision == "year" or (re.search("[a-z]", words) and not longest.groupdict().get("y"))
    return None if words and is_doubtful else span


def _from_to(said: str, year: int | None) -> Span | None:
    """Span between two dates; one takes from the other what it leaves out: 2011年3-5月, 3月15-18日."""
    bare = re.sub(r"^[^\da-z]{1,8}(?=\d)", "", said)
    for joint in _TO.finditer(bare):
        left, right = bare[: joint.start()], bare[joint.end() :]
        marker = re.search(r"[年月]", right)
        is_bare = re.search(r"(?:年|^)\d{1,2}$", left) is not None
        first = _single(left + marker[0] if marker and is_bare else left, year)
        if first is None:
            last = _single(right, year)
            is_day = last is not None and last.precision == "day" and left.isdigit()
            first = of_month(last.first.year, last.first.month, left) if last and is_day else None
        elif first.precision == "day" and re.fullmatch(r"\d{1,2}[日号]?", right):
            last = of_month(first.first.year, first.first.month, right.rstrip("日号"))
        else:
            is_month = first.precision == "month" and right.isdigit() and len(right) < 3
            last = _single(f"{right}月" if is_month else right, first.first.year)
        if first is not None and last is not None and first.first < last.first:
            return Span(first.first, last.last, first.precision, first.is_vague or last.is_vague)
    return None


def _orders(found: re.Match[str], year: int | None) -> Iterator[Span]:
    """Days that 3/15/2011 or 11-3-15 may be: month or day first, and year first where it has two digits."""
    first, sign, second, third = found[1], found[2], found[3], found[4]
    orders = [(third, first, second), (third, second, first)]
    if len(third) == 2:
        year_first = (first, second, third)
        orders = [*orders, year_first] if sign == "/" else [year_first, *orders]
    seen: set[date] = set()
    for y, m, d in orders:
        full = int(y) if len(y) == 4 else 2000 + int(y)
        is_near = len(y) == 4 or abs(full - year) <= 10 if year else 1990 <= full <= 2040
        span = of_month(full, int(m), d) if is_near else None
        if span is not None and span.first not in seen:
            seen.add(span.first)
            yield span


def _two_numbers(said: str, year: int | None) -> Iterator[Span]:
    """Days that 3.15 may be in a known year: month and day, or 11.3 a year and a month."""
    first, second = re.split(r"[-/.]", said)
    if year is None:
        return
    if span := of_month(year, int(first), second):
        yield span
    stated = 2000 + int(first)
    if len(first) == 2 and abs(stated - year) <= 5 and (span := months(stated, int(second), 1, "month")):
        yield span
