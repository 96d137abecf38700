"""What a cell looks like before anyone knows its column: number, date, text, placeholder, total word."""

import datetime as dt
import re
from functools import cache, lru_cache

from meishan_stats.codelists import alias_to_code
from meishan_stats.values.text import clean_text, is_blank, match_key

EMPTY, NUMBER, DATE, TEXT, PLACEHOLDER = range(5)

_NUMBER = re.compile(
    r"^[约近超逾达~≈<>≥≤△▲+\-(¥$€£]*(?:usd|us\$|rmb|cny|hkd|eur|hk\$|人民币|美元)?[$¥]?\d[\d,.]*"
    r"(?:[-—–~～至到]\d[\d,.]*)?"
    r"(?:[%‰]|[十百千万亿]*(?:多|余)?(?:元|美元|美金|港元|港币|欧元|日元|英镑|人民币|亩|公顷|平方米|平方公里|m2|㎡|人|名|个|家|批|次|天)?"
    r"|million|billion|m|bn|mn|k)?(?:人民币)?(?:以上|左右|余|多|以内|以下|\+)?\)?(?:\([^()]{1,6}\))?$"
)
_LIST = re.compile(r"[、;；+和及]|(?<=[元金币])[,，]")
_DATE = re.compile(
    r"^(?:\d{4}|\d{2}(?=年))[-./年]\d{1,2}(?:[-./月]?(?:\d{1,2})?日?(?:前|底|初|[上中下]旬)?)?(?:\d{2}:\d{2}(?::\d{2})?)?$"
    r"|^\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初)?$|^\d{4}年(?:底|初|[上下]半年|第?[一二三四]季度)?$|^\d{1,2}/\d{1,2}/\d{4}$"
)
_DATE_SPAN = re.compile(
    r"^(?:19|20)\d\d[./]\d{1,2}[-—–~～至到]+(?:19|20)\d\d[./]\d{1,2}$"
    r"|^(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}[-—–~～至到]+(?:(?:(?:19|20)\d\d[-./])?\d{1,2}[-./])?\d{1,2}$"
)
"""2011.2.15-2011.12.31: no number has two points, and no amount reads 2011.2-2011.12."""
_TOTAL = re.compile(
    r"^(?:[^:：,，。;；]{0,12}?)(?:合计|总计|小计|共计|总和)(?:数|total|sum)?(?:[(（].*[)）]|\d+[个项家]?.*|[:：].*)?$"
    r"|^共\d+[个项家户](?:项目|企业)?$"
    r"|^累计$|^全[省市县区镇乡]$|^(?:grand|sub)?-?total(?:s|[:(].*)?$|^sum[:]?$|^(?:total|subtotal)(?:for|of|[-–—]).*$"
)
_OF_WHICH = re.compile(r"^(?:其中|#|ofwhich)[:：]?")
_REMARK = re.compile(
    r"^(?:备注|附注|注释|注|说明|填报说明|填表说明|填报要求|填报单位|填报人|填表人|填表单位|制表人?|制表单位|报送单位|报送人|审核人?|"
    r"审核签字|单位负责人|负责人|统计负责人|主管领导|分管领导|领导签字|签发人?|经办人|联系电话|电话|联系人|报出日期|填报日期|填报时间|"
    r"填表日期|填表时间|报送时间|报送日期|上报时间|制表时间|制表日期|资料来源|数据来源|来源|统计时间|打印日期|所属片组|招商组名称|"
    r"source|sources|note|notes|remark|remarks|preparedby|disclaimer)(?:\(.*?\))?\d*(?:[:：.、,]|$)"
)
_UNIT_NOTE = re.compile(
    r"^[(（]?(?:金额|计量|货币|数量|资金|面积)?单位(?:\(.*\))?[:：/]"
    r"|^[(（]?(?:unit|units|in)(?=[:：]|us\$|usd|million|thousand|billion|rmb|\$)"
    r"|^\(?(?:all)?(?:amounts|figures|values|sums)(?:are)?(?:stated|expressed|given|shown)?(?:in|:)|^currency:"
    r"|^[(（](?:人民币)?(?:百|千|十)?(?:[万亿])?(?:元|美元|港元)(?:人民币)?[)）]$"
)
_GROUP = re.compile(
    r"(?:镇|乡|街道|县|区|市|省|园|园区|片区|开发区|办事处|管委会|局|办|组|类|产业|行业|领域|阶段|投资|企业)$"
    r"|^(?:新|已|拟|在|续|重点|储备|签约|在谈|洽谈|意向|开工|在建|竣工|投产|落地|落户|引进|续建|新建|结转|内资|外资|工业|农业|服务业)\S{0,6}项目$"
    r"|^(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|fy)\d*$"
)
_ENUMERATED = (
    re.compile(
        r"^(?:第?[一二三四五六七八九十]+[、.．,:：]|[ivx]+[、.．]|[A-Za-z][、.．])(?P<text>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^[(（][一二三四五六七八九十]+[)）][、.．]?(?P<text>.+)$"),
    re.compile(r"^(?:\d{1,2}[、.．)）](?!\d)|[(（]\d{1,2}[)）][、.．]?|[①②③④⑤⑥⑦⑧⑨⑩])(?P<text>.+)$"),
)


KIND_OF_TYPE = {int: NUMBER, bool: TEXT, type(None): EMPTY} | dict.fromkeys(
    (dt.date, dt.datetime, dt.time, dt.timedelta), DATE
)
"""Kind of all cells of a type; a float may be NaN, a text anything."""


def look(value: object) -> int:
    """Kind of a cell: EMPTY 0, NUMBER 1, DATE 2, TEXT 3, or PLACEHOLDER 4 such as a dash.

    >>> look(3600), look("3,600万元"), look("2011年3月"), look("多晶硅项目"), look("—"), look("")
    (1, 1, 2, 3, 4, 0)
    """
    if isinstance(value, str):
        return _look_at_text(value)
    if value is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return EMPTY
    if isinstance(value, bool):
        return TEXT
    if isinstance(value, int | float):
        return NUMBER
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return DATE
    return _look_at_text(str(value))


@lru_cache(maxsize=100_000)
def _look_at_text(text: str) -> int:
    if not clean_text(text):
        return EMPTY
    if is_blank(text):
        return PLACEHOLDER
    if len(text) > 40:
        return TEXT
    key = match_key(text)
    if _DATE.match(key) or _DATE_SPAN.match(key):
        return DATE
    parts = [part for part in _LIST.split(key) if part]
    return NUMBER if parts and all(map(_NUMBER.match, parts)) else TEXT


@lru_cache(maxsize=20_000)
def total_word(text: str) -> str | None:
    """``total``, ``of_which`` or None: whether a row that begins with the text adds up others.

    >>> total_word("合 计"), total_word("共4个"), total_word("其中：外资"), total_word("合计器材项目")
    ('total', 'total', 'of_which', None)
    """
    key = match_key(text)
    if len(key) > 30:
        return None
    if _TOTAL.match(key):
        return "total"
    return "of_which" if _OF_WHICH.match(key) else None


def is_remark(text: str) -> bool:
    """True if a row that begins with the text is a note or a sign-off.

    >>> is_remark("备注：1.本表……"), is_remark("填报人：")
    (True, True)
    """
    return bool(_REMARK.match(match_key(text)))


def is_unit_note(text: str) -> bool:
    """True if the text tells the unit of the table.

    >>> is_unit_note("单位：万元"), is_unit_note("（万元）"), is_unit_note("单位负责人：")
    (True, True, False)
    """
    return len(text) <= 40 and bool(_UNIT_NOTE.match(match_key(text)))


@lru_cache(maxsize=20_000)
def is_group_name(text: str) -> bool:
    """True if the text names a group of projects, a sector, a place or a stage, and not one project.

    >>> is_group_name("新能源"), is_group_name("煤山镇"), is_group_name("签约项目"), is_group_name("甲光伏项目")
    (True, True, True, False)
    """
    key = match_key(text)
    return bool(_GROUP.search(key)) or key in _sector_keys()


@cache
def _sector_keys() -> frozenset[str]:
    return frozenset(match_key(alias) for alias in alias_to_code("sectors"))


def enumerated(text: str) -> tuple[int, str] | None:
    """Level and text of a heading such as ``一、新能源`` (1) or ``（二）电池`` (2) or ``1.光伏`` (3).

    >>> enumerated("一、新能源"), enumerated("（二） 电池"), enumerated("新能源")
    ((1, '新能源'), (2, '电池'), None)
    """
    for level, pattern in enumerate(_ENUMERATED, start=1):
        found = pattern.match(text.strip())
        if found:
            return level, found["text"].strip()
    return None
