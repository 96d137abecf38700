"""Ledgers of visits: investors who came (来访) and trips to investors (出访)."""

import re
from dataclasses import replace

import pandas as pd

from meishan_stats.extract.cells import is_remark, total_word
from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.coding import code_of, code_texts, codes_in
from meishan_stats.normalise.counting import numbers, party_sizes
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import Visits, arrange
from meishan_stats.values.text import is_blank

_DATE_FIELDS = ("visited_on", "date", "contact.actual", "from_on", "build_span")
_STAND_INS = ("town", "recruiter_name", "name")
_VISITORS = ("visitor", "investor", "company")
_MONTHS_OF = {"quarter": 3, "half": 6}
_DAY = r"(?:\d{4}[-./年]\s*)?\d{1,2}[-./月]\s*\d{1,2}[日号]?"
_SEVERAL_DAYS = re.compile(
    rf"^\s*({_DAY})\s*(?:、|,|，|和|及|与|至|到|~|～|—|–|-(?=\s*{_DAY}\s*$)|/(?=\d{{1,2}}日)).*$"
)
_MONTH_AND_DAY = re.compile(r"^(\d{1,2})[./](\d{1,2})$")
_DAY_ALONE = re.compile(r"^(\d{1,2})[日号](?:[-—–~～至到、].*)?$")


def normalise_visits(source: Source) -> pd.DataFrame:
    """Visits of a ledger of visits made (出访) or received (来访).

    A visit of several days is of the first. Where a ledger names where one went and not to whom, that
    place is the origin. Direction is that of the row, else of the heading above it, of the title, of the
    headers (接待人, 拜访企业), of what was done; where all of them are silent it is missing. The heads of a
    party come from their column, else from the name of the visitor (某公司总经理一行5人).

    Returns
    -------
    Visits, one row per data row that names a visitor, a place, or a day and what was done
    """
    frame = source.frame()
    on = _dates(source)
    frame["visited_on"], frame["visited_precision"] = on["on"], on["precision"]
    frame["visitor"], by_name = _visitors(source)
    content = cols.texts(source, "visit_content", "content")
    frame["direction"] = _directions(source, content)
    origin = cols.texts(source, "visit_origin", "origin", "region")
    place = cols.texts(source, "place", "park")
    frame["origin"] = origin.where(origin.notna() | (frame["direction"] != "made"), place)
    hosts = (
        ("host", "responsible", "recruiter")
        if by_name
        else ("host", "responsible", "recruiter", "recruiter_name")
    )
    frame["host"] = cols.texts(source, *hosts)
    frame["n_visitors"] = _sizes(source, frame, content)
    frame["project_name"] = None if by_name == "name" else cols.texts(source, "name")
    told = on["on"].notna() & _tells_more(source)
    named = frame["visitor"].notna() | origin.notna() | (frame["origin"].notna() & on["on"].notna())
    return arrange(frame[(named | told) & ~_is_sum(frame)], Visits)


def _visitors(source: Source) -> tuple[pd.Series, str]:
    """Who visits or is visited: the enterprise, else the person; and the field that had to stand in for both."""
    fields = source.table.fields()
    visitor = cols.texts(source, *_VISITORS)
    stand_in = ""
    if not set(_VISITORS) & fields.keys():
        stand_in = next((field for field in _STAND_INS if _may_be_visitor(fields.get(field, []))), "")
        if "visitor_person" in fields and stand_in != "town":
            stand_in = ""
        if stand_in:
            visitor = cols.texts(source, stand_in)
    person = cols.texts(source, "visitor_person")
    return visitor.where(visitor.notna(), person), stand_in


def _may_be_visitor(columns: list[Column]) -> bool:
    """True for 单位 or 姓名 in a ledger without 客商; 责任单位, 人员 and 洽谈项目 are none."""
    return bool(columns) and not re.search(
        "项目|责任|承办|牵头|填报|引荐|接待|陪同|我方|人员|project|staff|responsible",
        columns[0].header,
        re.IGNORECASE,
    )


def _tells_more(source: Source) -> pd.Series:
    """True for a row with a text beside its date and running number."""
    texts = [c.index for c in source.table.columns if c.field not in ("seq", "remark", *_DATE_FIELDS)]
    is_text = source.table.cells[texts].map(lambda value: isinstance(value, str) and not is_blank(value))
    return is_text.any(axis=1)


def _is_sum(frame: pd.DataFrame) -> pd.Series:
    """True for a sum or a note that was taken for a visit."""
    first = frame["visitor"].fillna(frame["origin"]).fillna("")
    return first.map(lambda text: bool(total_word(text)) or is_remark(text))


def _dates(source: Source) -> pd.DataFrame:
    """First day of every visit; without any column of dates the period of the table."""
    table = source.table
    fields = table.fields()
    present = [c for field in _DATE_FIELDS for c in fields.get(field, [])]
    if present:
        cells = table.cells.copy()
        month = table.period.month if table.period is not None and table.precision == "month" else None
        for column in present:
            texts = cols.filled(cells[column.index])
            cells[column.index] = texts.map({v: _first_day(v, month) for v in texts.unique()}).astype(object)
        found = cols.dates(replace(source, table=replace(table, cells=cells)), *_DATE_FIELDS)
        said = table.cells[[c.index for c in present]].astype(str)
        of_ten_days = said.apply(lambda texts: texts.str.contains("旬")).any(axis=1)
        return found.assign(
            precision=found["precision"].mask(of_ten_days & (found["precision"] == "month"), "ten_days")
        )
    if {"month", "year"} & fields.keys():
        return cols.year_month(source)
    start = table.period
    if start is not None and table.precision in _MONTHS_OF:
        start -= pd.DateOffset(months=_MONTHS_OF[table.precision] - 1)
    on = pd.Series(start, index=table.cells.index, dtype="datetime64[ns]")
    return pd.DataFrame({"on": on, "precision": table.precision}, index=on.index)


def _first_day(value: object, month: int | None) -> object:
    """The first day of several, written so that one date is left; a lone day takes the month of the sheet.

    >>> _first_day("3月5日、6日", None), _first_day("3.5-3.7", None), _first_day("5日", 3), _first_day("3月", None)
    ('3月5日', '3月5日', '3月5日', '3月')
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    several = _SEVERAL_DAYS.match(text)
    text = several[1] if several else text
    alone = _DAY_ALONE.match(text)
    if alone and month:
        return f"{month}月{alone[1]}日"
    short = _MONTH_AND_DAY.match(text)
    if short and several and int(short[1]) <= 12:
        return f"{short[1]}月{short[2]}日"
    return text


def _directions(source: Source, content: pd.Series) -> pd.Series:
    table = source.table
    stated = code_texts(cols.texts(source, "direction", "category", "method"), "directions")
    headings = cols.section_texts(source).map(
        lambda texts: next((code for text in reversed(texts) if (code := code_of(text, "directions"))), None)
    )
    headers = [
        c.header for c in table.columns if c.field and not c.field.startswith(("direction", "visit_content"))
    ]
    titled = [
        found for text in [*reversed(table.titles), table.sheet] if (found := codes_in(text, "directions"))
    ]
    whole = next((found[0] for found in titled if len(found) == 1), None)
    whole = whole if titled else code_of("，".join(headers), "directions")
    for other in (
        headings,
        pd.Series(whole, index=stated.index, dtype=object),
        code_texts(content, "directions"),
    ):
        stated = stated.where(stated.notna(), other)
    return stated


def _sizes(source: Source, frame: pd.DataFrame, content: pd.Series) -> pd.Series:
    """Persons of each visit: by their column, by the names of the visitors, on a trip by those who went."""
    sizes = pd.Series(float("nan"), index=frame.index)
    for field in ("n_visitors", "n_recruiters", "n_jobs"):
        for column in source.table.fields().get(field, []):
            sizes = sizes.fillna(numbers(source, column))
    for field in ("visitor", "visitor_person", "recruiter_name"):
        sizes = sizes.fillna(party_sizes(cols.texts(source, field)))
    of_party = content.where(content.fillna("").str.contains("一行|party of|delegation of"))  # not 用工500人
    sizes = sizes.fillna(party_sizes(frame["visitor"])).fillna(party_sizes(of_party))
    return sizes.fillna(party_sizes(frame["host"]).where(frame["direction"] == "made"))
