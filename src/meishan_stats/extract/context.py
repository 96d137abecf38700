"""What stands around a table and holds for all of it: its unit, its month, what it is a table of."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import pandas as pd

from meishan_stats.extract.fields import COUNTS, MONEY
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.raw_table import Column
from meishan_stats.units import Unit, parse_unit
from meishan_stats.units.expressions import read_expression
from meishan_stats.values.periods import find_period, find_year
from meishan_stats.values.text import match_key

_UNIT_WORD = re.compile(
    r"单位[^:：]{0,6}?[:：为是]\s*([^)）;；。]+)|计量单位[:：]?\s*([^)）]+)"
    r"|\b(?:units?|currency)(?:\s+units?)?\s*(?:[:：]|\s[-–—]\s)\s*(.+)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,24})[)）\]】]")
_IN_WORDS = re.compile(r"\bin\s+((?:[^,;.()]|[,.](?=\d))+)", re.IGNORECASE)
_PIECES = re.compile(r"[;()]|,(?!\d)|\s[-–—|]\s")
_PROVISO = re.compile(
    r"\s+(?:unless|except|excluding|excl|otherwise|as|at|for|and|by|date)\b.*$", re.IGNORECASE
)

# A table speaks for what it has most of; a title word is worth a little more than one field.
_SPEAKS_FOR: Mapping[str, Mapping[str, float]] = {
    "projects": {
        "name": 2.0, "investor": 1.0, "company": 0.6, "total_investment": 1.5, "signed_amount": 1.5, "stage": 1.0,
        "arrived": 1.5, "completed_investment": 1.2, "fixed_asset": 1.0, "sector": 0.7, "content": 0.7,
        "signed": 0.7, "started": 0.7, "project_code": 1.0, "land": 0.7, "origin": 0.4, "method": 0.5,
    },
    "targets": {"target": 2.5, "indicator": 1.5, "issuer": 1.5, "assignee": 1.0, "rate": 0.3},
    "visits": {
        "visitor": 2.5, "visitor_person": 1.5, "visited_on": 2.5, "direction": 1.5, "host": 1.5, "n_visitors": 1.5,
        "visit_content": 1.5, "visit_origin": 1.0,
    },
    "recruiters": {
        "station": 1.5, "n_recruiters": 2.0, "recruiter_kind": 1.5, "recruiter_name": 1.5, "from_on": 0.8,
        "to_on": 0.8, "recruiter": 0.7, "station_days": 2.0, "n_visits": 1.0, "n_receptions": 1.0, "n_leads": 1.0,
        "n_excellent_leads": 1.0, "n_leader_visits": 1.0, "n_foreign_signed": 0.7, "n_absences": 1.0,
        "score": 1.0, "derived": 0.3,
    },
    "infrastructure": {
        "item": 2.5, "item_amount": 2.0, "item_kind": 1.5, "payer": 1.5, "content": 1.0, "total_investment": 1.0,
        "planned_investment": 1.0, "name": 0.6, "completed_investment": 0.6, "land": 0.5,
    },
    "fx_rates": {"rate_of_exchange": 4.0, "currency": 1.0},
    "indicators": {"indicator": 1.6, "rate": 0.6},
}  # fmt: skip
_TITLE_WORDS = {
    "projects": r"项目|签约|在谈|project|deal",
    "targets": r"目标|任务|指标(?:分解|下达)|责任(?:状|书)|自加压力|target",
    "visits": r"来访|出访|考察|拜访|接待|走访|外出|对接活动|招商活动|客商(?:情况|名单|登记)|visit|delegation|trademission",
    "recruiters": r"驻点|驻外|派驻|招商(?:员|人员|干部|专员|小?组|小分队|队|团队|顾问|大使|代理)|绩效|recruiter",
    "infrastructure": r"基础设施|平台建设|园区建设|道路|配套(?:设施|工程)|管网|土地平整|场地平整|[三五七九]通一平"
    r"|标准(?:化)?厂房(?:建设|及|工程|进度)|市政工程|污水管|绿化工程|infrastructure",
    "fx_rates": r"汇率|中间价|牌价|外汇|exchange\s?rate",
    "indicators": r"主要指标|统计月报|经济指标",
}
_WHO_HAS_TARGETS = frozenset(
    {"town", "assignee", "station", "recruiter", "recruiter_name", "responsible", "sector", "indicator"}
)
_SHARED_OUT = r"(?:目标|任务|指标)(?:任务)?(?:分解|下达|安排|分配|落实)|任务书|责任书|责任状"
_TITLE_WEIGHT = 2.2
_LEAST = 2.5


def find_unit(texts: Iterable[str]) -> tuple[Unit, str] | None:
    """Unit that notes, titles or a sheet's name state for a whole table, with its words.

    >>> find_unit(["某镇招商引资项目表", "单位：万元"])[1]
    '万元'
    """
    for text in texts:
        worded = _UNIT_WORD.search(text)
        candidates = [next(filter(None, worded.groups()), "")] if worded else []
        candidates += _BRACKET.findall(text)
        if not worded and len(text) <= 12:
            candidates.append(text)
        for words in _wordings(text, candidates):
            unit = parse_unit(words) if words.strip() else None
            if unit is not None and unit.dimension == "money":
                return unit, words.strip()
    return None


def _wordings(text: str, candidates: Sequence[str]) -> Iterator[str]:
    """Words of a text that may be a unit: Chinese ones also in parts, English ones only as a whole.

    Of "USD million unless otherwise stated" the first word alone would be wrong by a million, and
    "in Euro area" is no unit.
    """
    for candidate in candidates:
        if not candidate.isascii():
            yield from (candidate, *re.split(r"[、,，/和;；\s]+", candidate))
    english = [*candidates, text, *_IN_WORDS.findall(text), *_PIECES.split(text)]
    for words in (_PROVISO.sub("", piece).strip(" .:") for piece in english if piece.isascii()):
        if read_expression(words):
            yield words


def find_month(
    titles: Sequence[str], sheet: str, file: str
) -> tuple[pd.Timestamp | None, str | None, int | None]:
    """Month a table reports: from its titles, else the sheet's name, else the file's; with precision and year.

    The most precise of them counts: a title may give the year and the sheet the month.

    >>> find_month(["2011年招商引资月报表"], "9月", "report")[0]
    Timestamp('2011-09-01 00:00:00')
    """
    texts = [*titles, sheet, file]
    year = next((y for text in texts if (y := find_year(text))), None)
    coarse: tuple[pd.Timestamp, str] | None = None
    for text in texts:
        found = find_period(text, year)
        if found is None:
            continue
        if found[1] not in ("year",):
            return found[0], found[1], found[0].year
        coarse = coarse or found
    if coarse:
        return coarse[0], coarse[1], coarse[0].year
    return None, None, year


def table_kind(columns: Sequence[Column], titles: Sequence[str]) -> str | None:
    """Table that the fields and titles speak for; None where they speak for none.

    A table of projects needs a name or an investor and one thing more: a list of words is no table.
    """
    stems = {column.field.partition(".")[0] for column in columns if column.field}
    text = match_key("".join(titles))
    scores: dict[str, float] = {}
    for table, weights in _SPEAKS_FOR.items():
        score = sum(weight for stem, weight in weights.items() if stem in stems)
        if score and re.search(_TITLE_WORDS[table], text):
            score += {"projects": 0.8, "infrastructure": 4.0}.get(table, _TITLE_WEIGHT)
        scores[table] = score
    is_built = bool(re.search(_TITLE_WORDS["infrastructure"], text))
    if not is_built and not stems & {"item", "item_amount", "payer", "item_kind"}:
        scores["infrastructure"] = 0.0
    if is_built and not _is_attracted(columns):
        scores["projects"] -= 3.0
        if stems & MONEY or any(_is_money(column) or _is_year(column) for column in columns):
            scores["infrastructure"] = max(scores["infrastructure"], _LEAST)
    if re.search(_TITLE_WORDS["targets"], text) and _sets_targets(columns, stems):
        is_shared_out = re.search(_SHARED_OUT, text) and "完成" not in text
        beyond_all = max(scores.values()) + 0.1 if is_shared_out else 0.0
        scores["targets"] = max(scores["targets"], _LEAST + 1.0, beyond_all)
    of_visits = len(stems & _SPEAKS_FOR["visits"].keys()) + bool(stems & {"date", "month"})
    if re.search(_TITLE_WORDS["visits"], text) and of_visits >= 2:
        scores["projects"] -= 3.0
    if not stems & {"name", "investor", "company", "content", "project_code"}:
        scores["projects"] = 0.0
    if _quotes_rates(columns, text) and not stems & (MONEY | {"name", "investor", "company"}):
        scores["fx_rates"] = _LEAST + 2.0
    if (
        stems & {"name"}
        and stems & {"total_investment", "signed_amount", "investor", "stage"}
        and "item" not in stems
    ):
        scores["projects"] += 1.5
    best = max(scores, key=lambda table: scores[table])
    return best if scores[best] >= _LEAST else None


def _is_attracted(columns: Sequence[Column]) -> bool:
    """True where columns tell of an outside investor; 资金来源 and 投资主体 may as well be who pays for a road."""
    return any(
        stem in ("signed_amount", "arrived")
        or (stem in ("investor", "origin") and not re.search("资金|主体|出资|业主", column.header))
        for column in columns
        for stem in [(column.field or "").partition(".")[0]]
    )


def _is_money(column: Column) -> bool:
    return column.unit is not None and column.unit.dimension == "money"


def _is_year(column: Column) -> bool:
    """True for a column headed by a year alone."""
    part = read_header(column.header.rpartition("/")[2])
    return part.grain == "year" and not part.stems and not part.residue


def _sets_targets(columns: Sequence[Column], stems: Set[str]) -> bool:
    """True where a title 目标 holds for amounts or numbers by town, person, sector or indicator."""
    if stems & {"name", "investor", "company", "visitor"} or not stems & _WHO_HAS_TARGETS:
        return False
    return any(
        (column.field or "").partition(".")[0] in MONEY | COUNTS or not column.field for column in columns
    )


def _quotes_rates(columns: Sequence[Column], titles: str) -> bool:
    """True where title or headers speak of rates of exchange and a column names a currency."""
    headers = match_key("".join(f"{column.header}{column.unit_text or ''}" for column in columns))
    speaks = re.search(_TITLE_WORDS["fx_rates"], titles + headers) or re.search("兑|折合|折算", headers)
    names_currency = any(
        (column.field or "").startswith("currency")
        or (column.unit and column.unit.currency and not column.field)
        for column in columns
    )
    return bool(speaks and names_currency)
