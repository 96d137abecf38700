"""What headers and titles of tables of targets say: the indicator, who set it, its sector, its part of the year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.raw_table import Column
from meishan_stats.units import strip_unit
from meishan_stats.values.sectors import classify_sectors
from meishan_stats.values.text import clean_text, match_key
from meishan_stats.values.words import codes_by_key

_WHO = r"国家|上级|省|市|州|县|区|镇|乡|街道|管委会|开发区|园区|总部|集团"
_ORGAN = r"(?:级|里)?(?:委|政府|招商局|商务局|发改委|经信局|局|厅|考核办)?"
_SET_BY = re.compile(
    rf"^(?P<set_by>(?:{_WHO}){_ORGAN}(?:下达|考核|核定|分解|交办|自定|自报|自加压力?|自我加压|定))(?:给?(?:我|本)[镇县区市])?"
)
_BARE_ISSUER = re.compile(rf"^(?P<who>{_WHO})(?:级|里)?(?:年度|全年)?(?:目标|任务|计划|指标|数|值)*$")
_TITLE_ISSUER = re.compile(rf"(?:国家|上级|省|市|县|区){_ORGAN}下达")
_SELF_SET = re.compile(r"^(?:自加压力|自我加压|自加压|自定|自报|认领|承诺)")
_STRETCH = re.compile(r"^(?P<who>力争|奋斗|确保|挑战|冲刺|争取|基本|保底|期望)")
_TARGET_WORDS = re.compile(
    r"目标任务数?|目标数?值?|任务数?|指标数|指标值|计划数|下达数?|应完成数?|要求完成数?|(?:年度|全年)计划$|^(?:本|当|今)?年度?|年度|全年"
    r"|(?:19|20)\d\d年?度?|\b(?:annual|yearly|full-?year|year)\b|\b(?:targets?|goals?|quotas?)\b(?:\s+for\b)?|完成情况|分解",
    re.IGNORECASE,
)
_NO_MEASURE = re.compile(
    r"^(?:数量?|金额|数值|总额|总量|总数|合计|小计|额|值|情况|及?完成|number|amount|value|total|量)?$",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"资|金|额|数|量|项目|投|税|产值|收入|面积|批|率|企业|fdi|invest|project|amount|value|capital|number",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"(?:镇|乡|街道|区|县|市|园|管委会|办事处|局|办|委|科|组|队|部|部门|公司|中心|村|片区|分局)$"
)
_TEAMS = re.compile(r"(?:专班|专员|小?组|队|链长|中心|办|局|委|科|部|部门|公司)$")
_UP_TO_PLACE = re.compile(
    r"^.*?(?:各(?:乡镇|镇乡|镇街|镇|乡|街道|县区|区县|部门|单位|园区|[、和及])+|全[省市县区镇乡]|[省市县区镇乡](?!外|内|域|属))(?:、?(?:街道|园区|开发区|部门))*"
)
_SPLIT_BY = re.compile(r"分季度|分产业|分行业|分月|分乡镇|年度|主要")
_FROM_TARGET = re.compile(r"(?:目标|任务|计划|指标|分解|责任|考核|完成|进度|情况).*$")
_YEAR = re.compile(r"(?:19|20)?\d\d年度?|(?:19|20)\d\d")


@dataclass(frozen=True)
class Words:
    """What a target column's header says beside being a target."""

    measure: str | None = None
    issuer: str | None = None
    sector: str | None = None
    part: str | None = None
    is_measure: bool = False


def header_words(column: Column) -> Words:
    """Indicator, issuer, sector and part of the year that the header of a target column names.

    Examples
    --------
    >>> words = header_words(Column(0, "利用县外资金（万元）/市下达目标"))
    >>> words.measure, words.issuer
    ('利用县外资金', '市下达')
    >>> header_words(Column(0, "一季度目标（万元）")).part
    '一季度'
    """
    issuer = sector = part = None
    measures: list[str] = []
    for text in column.header.split("/"):
        rest = re.sub(r"^(?:其中|#)[:：]?", "", strip_unit(clean_text(text))[0])
        found = issuer_of(rest)
        issuer = found[0] if found else issuer
        rest = found[1] if found else rest
        rest = _TARGET_WORDS.sub("", rest).strip(" :：-—()（）")
        if _says_part(rest):
            part = rest
        elif is_sector(rest):
            sector = sectors_of(pd.Series([rest], dtype=object)).iloc[0]
        elif not _NO_MEASURE.match(rest):
            measures.append(rest)
    own = column.unit is not None or any(_MEASURES.search(m) and not _PLACES.search(m) for m in measures)
    return Words(measures[-1] if measures else None, issuer, sector, part, own)


def _says_part(text: str) -> bool:
    read = read_header(text)
    return read.grain in ("month", "quarter", "half", "ytd") and not read.residue and not read.stems


def issuer_of(header: str) -> tuple[str, str] | None:
    """Who set a target as the header says it, and the rest of the header; None where it names nobody.

    >>> issuer_of("省下达内资目标"), issuer_of("自加压力"), issuer_of("县外资金目标")
    (('省下达', '内资目标'), ('自加压力', ''), None)
    """
    key = match_key(header)
    if found := _SELF_SET.match(key):
        return found[0], key[found.end() :]
    if found := _STRETCH.match(key):
        return f"{found['who']}目标", key[found.end() :]
    if found := _SET_BY.match(key):
        return found["set_by"], key[found.end() :]
    found = _BARE_ISSUER.match(key)
    return (found["who"], "") if found else None


def title_issuer(titles: Sequence[str]) -> str | None:
    """Who set all targets of a table, where its title says so: 县下达我镇2012年目标任务.

    >>> title_issuer(["县下达我镇2012年目标任务"]), title_issuer(["某县目标任务表"])
    ('县下达', None)
    """
    return next((found[0] for title in titles if (found := _TITLE_ISSUER.search(match_key(title)))), None)


def title_measure(titles: Sequence[str], sheet: str) -> str:
    """What a table of targets is about, by its title; the whole title where that is not told apart.

    >>> title_measure(["2011年各乡镇利用县外资金目标任务完成情况表"], "")
    '利用县外资金'
    """
    if not titles:
        return sheet
    whole = strip_unit(clean_text(titles[0]))[0]
    about = _FROM_TARGET.sub("", _SPLIT_BY.sub("", _UP_TO_PLACE.sub("", _YEAR.sub("", whole))))
    return about if len(about) >= 2 else whole


@lru_cache(maxsize=4096)
def _sector(text: str) -> str:
    return str(classify_sectors(pd.DataFrame({"sector_stated": [text]}))["sector"].iloc[0])


def _bare(text: str) -> str:
    return re.sub(r"(?:产业|行业|领域|类|项目)+$", "", text.strip()) or text


def is_sector(text: object) -> bool:
    """True for the name of a sector that the codelist knows: 新能源, 现代纺织产业; not for who tends to it.

    >>> is_sector("新能源产业"), is_sector("新能源专班"), is_sector("内资"), is_sector(None)
    (True, False, False, False)
    """
    if not isinstance(text, str) or len(text) > 12 or _TEAMS.search(match_key(text)):
        return False
    return match_key(_bare(text)) in codes_by_key("sectors") or _sector(_bare(text)) != "other"


def sectors_of(stated: pd.Series) -> pd.Series:
    """Sector of every text; one that is none of the sectors is ``other``, missing stays missing."""
    names = {text: _sector(_bare(text)) for text in stated.dropna().unique()}
    return pd.Series([names.get(text) for text in stated], index=stated.index, dtype=object)


def is_place(text: object) -> bool:
    """True for the name of a town, bureau or group: who may have a target.

    >>> is_place("煤山镇"), is_place("招商办"), is_place("利用内资")
    (True, True, False)
    """
    return isinstance(text, str) and bool(_PLACES.search(match_key(text)))
