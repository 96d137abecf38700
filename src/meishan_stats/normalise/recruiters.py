"""Who is stationed where, and what recruiters did in a month: postings and the tables of the monthly contest."""

import re

import pandas as pd

from meishan_stats.extract.cells import is_remark, total_word
from meishan_stats.extract.fields import WORK
from meishan_stats.extract.raw_table import Column
from meishan_stats.extract.shapes import row_heading
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.coding import code_of, code_texts
from meishan_stats.normalise.counting import numbers, party_sizes
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import Recruiters, arrange
from meishan_stats.values.dates import parse_dates
from meishan_stats.values.text import match_key

_LABELLED_STATION = re.compile(
    r"(?:所属片组|片组|招商组名称|招商小组|招商组|驻点城市|驻点招商组|驻点名称|驻点|驻地|组别|小组|station)(?:名称)?\s*[:：]\s*"
    r"(?P<station>[^\s:：,，。；;|]+?)(?=\s|$|[,，。；;（(]|\d{1,4}[年月]|填报|组长|负责|联系)",
    re.IGNORECASE,
)
_TITLE_STATION = re.compile(
    r"驻(?!点|外|村|企|地)(?P<a>[\u4e00-\u9fff]{2,4}?)(?=招商|工作|联络|办事|驻点|人员|小?组|办)"
    r"|(?:^|[—－-])(?P<b>[\u4e00-\u9fff]{2,4}?(?:招商)?(?:组|片区|分局|联络处|办事处|驻点))(?:$|[\d(（])"
)
_SHEET_STATION = re.compile(r"^[\u4e00-\u9fff]{2,6}(?:组|片区|分局|联络处|办事处|驻点|站)$")
_NO_STATION = re.compile(r"招商员|人员|项目|绩效|考核|明细|名单|情况|汇总|合计")
_WEEK = re.compile(r"周报|本周|上周|每周|第\s*[\d一二三四五六七八九十]+\s*周|week", re.IGNORECASE)
_SUMMARY = re.compile(r"^(?:平均|人均|均值|最高|最低|最大值|最小值|average|mean|max|min)", re.IGNORECASE)
_ISO_WEEK = re.compile(r"第\s*(\d{1,2})\s*周|week\s*(\d{1,2})", re.IGNORECASE)
_SPAN = re.compile(r"\d\D*(?:至|到|[-—–~～])\D*\d")
_ISO_DATE = re.compile(r"\s*\d{4}-\d{1,2}(?:-\d{1,2})?\s*$")
_LONGEST_NAME = 40


def normalise_recruiters(source: Source) -> pd.DataFrame:
    """Postings of recruiters by station, and what each did in a month, quarter or year.

    A table with numbers of work (驻点天数, 走访, 接待, 得分 …) is told for its period: that of its columns
    (5月), of its column 月份, or of the table; a week counts in the month of its last day, with the
    precision ``week``. Points of single activities, weights and ranks are derived and go nowhere; a sole
    column 得分 is the score. The station is that of the row, of the heading or line above it, or the
    sheet's name where it is one.

    Returns
    -------
    Recruiters, one row per data row, and per month where months stand side by side
    """
    fields = source.table.fields()
    work = [c for field, found in fields.items() if field in WORK or field == "score" for c in found]
    frame = _postings(source)
    own_kind = code_texts(cols.texts(source, "recruiter_kind"), "recruiter_kinds")
    stated = frame["station"].notna() | frame["name"].notna() | own_kind.notna()
    frame["station"] = frame["station"].fillna(_heading_station(source)).fillna(_station_above(source))
    if not work:
        return arrange(_by_kind(source, frame[stated]), Recruiters)
    parts = []
    times = dict.fromkeys((c.month, c.year, c.grain if c.month else None) for c in work)
    for month, year, grain in times:
        part = frame.assign(**_period(source, month, year, grain))
        mine = [c for c in work if (c.month, c.year, c.grain if c.month else None) == (month, year, grain)]
        counted = pd.DataFrame({c.field: numbers(source, c) for c in mine}, index=frame.index)
        part = part.assign(**{str(name): counted[name] for name in counted})
        parts.append(
            part[(stated & ~_is_summary(frame)) & (counted.notna().any(axis=1) | (len(mine) == len(work)))]
        )
    return arrange(pd.concat(parts).sort_index(kind="stable"), Recruiters)


def _postings(source: Source) -> pd.DataFrame:
    frame = source.frame()
    frame["station"] = cols.texts(source, "station", "place", "visit_origin", "origin", "town", "park")
    frame["name"] = cols.texts(source, "recruiter_name", "recruiter", "responsible")
    frame["kind"] = _kinds(source)
    frame["n"] = float("nan")
    for field in ("n_recruiters", "n_visitors"):
        for column in source.table.fields().get(field, []):
            frame["n"] = frame["n"].fillna(numbers(source, column))
    frame["n"] = frame["n"].fillna(party_sizes(frame["name"]))
    start = cols.dates(source, "from_on", "build_span")
    frame["from_on"] = start["on"]
    frame["to_on"] = cols.dates(source, "to_on")["end_on"].fillna(_span_ends(source))
    for field in ("station", "name"):
        frame[field] = frame[field].mask(frame[field].map(_is_no_name))
    return frame


def _is_no_name(text: object) -> bool:
    """True for a sum or a note that stands where names stand."""
    if not isinstance(text, str):
        return False
    return bool(total_word(text)) or is_remark(text) or len(text) > _LONGEST_NAME


def _is_summary(frame: pd.DataFrame) -> pd.Series:
    first = frame["name"].fillna(frame["station"]).fillna("")
    return first.map(lambda text: bool(_SUMMARY.match(text)))


def _kinds(source: Source) -> pd.Series:
    """Kind by its column, by the heading above the row, or by the title where that names one."""
    kind = code_texts(cols.texts(source, "recruiter_kind", "category"), "recruiter_kinds")
    above = cols.section_texts(source).map(
        lambda texts: next(
            (code for text in reversed(texts) if (code := code_of(text, "recruiter_kinds"))), None
        )
    )
    titled = code_of("".join([*source.table.titles, source.table.sheet]), "recruiter_kinds")
    headed = next(iter(_headed_kinds(source).values()), None)
    return kind.where(kind.notna(), above.where(above.notna(), headed or titled)).astype(object)


def _headed_kinds(source: Source) -> dict[Column, str]:
    """Columns of numbers of recruiters whose header names the kind counted: 专职招商人员（人）."""
    kinds = {
        column: code_of(column.header, "recruiter_kinds")
        for column in source.table.fields().get("n_recruiters", [])
    }
    return {column: kind for column, kind in kinds.items() if kind}


def _by_kind(source: Source, postings: pd.DataFrame) -> pd.DataFrame:
    """Postings, a row for each kind where the kinds stand side by side (专职人数 | 顾问人数)."""
    headed = _headed_kinds(source)
    if len(headed) < 2:
        return postings
    parts = [postings.assign(kind=kind, n=numbers(source, column)) for column, kind in headed.items()]
    found = pd.concat(parts).sort_index(kind="stable")
    return found[found["n"].gt(0)]


def _span_ends(source: Source) -> pd.Series:
    """Last day of a span that one cell tells: 2011年3月至12月; a cell with one date ends nothing."""
    ends = pd.Series(pd.NaT, index=source.table.cells.index, dtype="datetime64[ns]")
    for column in [c for field in ("from_on", "build_span") for c in source.table.fields().get(field, [])]:
        cells = cols.filled_cells(source, column)
        is_span = cells.map(lambda v: isinstance(v, str) and bool(_SPAN.search(v)) and not _ISO_DATE.match(v))
        ends = ends.fillna(parse_dates(cells, year=source.table.year)["end_on"].where(is_span))
    return ends


def _heading_station(source: Source) -> pd.Series:
    """Station that the innermost heading above a row names: 一、上海组."""

    def station(texts: tuple[str, ...]) -> str | None:
        for text in reversed(texts):
            labelled = _LABELLED_STATION.search(text)
            if labelled:
                return labelled["station"]
            if _is_station(text):
                return text
        return None

    return cols.section_texts(source).map(station)


def _is_station(text: str) -> bool:
    """True for a heading that may name a station: no kind of recruiter, no sum, no list of something."""
    return not code_of(text, "recruiter_kinds") and not _NO_STATION.search(text) and not total_word(text)


def _station_above(source: Source) -> str | None:
    """Station of the line above a table (招商组名称：上海组), of its title, or of a sheet named as one."""
    for text in source.table.titles:
        found = _LABELLED_STATION.search(text)
        if found:
            return found["station"]
    for text in reversed(source.table.titles):
        heading = row_heading([text])
        if heading and _is_station(heading[1]):
            return heading[1]
    for text in source.table.titles:
        found = _TITLE_STATION.search(match_key(text))
        if found and not _NO_STATION.search(found[0]):
            return found["a"] or found["b"]
    sheet = match_key(source.table.sheet)
    return (
        source.table.sheet.strip() if _SHEET_STATION.match(sheet) and not _NO_STATION.search(sheet) else None
    )


def _period(
    source: Source, month: int | None, year: int | None, grain: str | None
) -> dict[str, pd.Series | str | None]:
    """Month a table of work is about, and how precisely: a column's own before the row's, that before the table's."""
    table = source.table
    index = table.cells.index
    if month and (year or table.year):
        period = pd.Series(pd.Timestamp(year or table.year, month, 1), index=index)
        return {"period": period, "period_precision": grain if grain in ("quarter", "half") else "month"}
    fields = table.fields()
    if "month" in fields:
        rows = cols.year_month(source)
        return {"period": rows["on"], "period_precision": rows["precision"]}
    period, precision = table.period, table.precision
    texts = [*table.titles, table.sheet]
    if any(_WEEK.search(text) for text in texts):
        return {
            "period": pd.Series(_week_month(texts, table.year) or period, index=index),
            "period_precision": "week",
        }
    return {"period": pd.Series(period, index=index, dtype="datetime64[ns]"), "period_precision": precision}


def _week_month(texts: list[str], year: int | None) -> pd.Timestamp | None:
    """Month of the last day of the days that a title names (5月28日-6月3日), or of 第20周."""
    for text in texts:
        days = re.findall(r"(?:(?<!\d)(\d{4})年)?(\d{1,2})月(\d{1,2})日", text)
        if days:
            last_year, last_month, _ = days[-1]
            known = last_year or next((y for y, _, _ in reversed(days) if y), None) or year
            return pd.Timestamp(int(known), int(last_month), 1) if known else None
    for text in texts:
        found = _ISO_WEEK.search(text)
        if found and year and not re.search(r"月\s*第", text) and 1 <= int(found[1] or found[2]) <= 53:
            sunday = pd.Timestamp(year, 1, 4) + pd.Timedelta(weeks=int(found[1] or found[2]) - 1)
            return (sunday + pd.Timedelta(days=6 - sunday.weekday())).replace(day=1)
    return None
