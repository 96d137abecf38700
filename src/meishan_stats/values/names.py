"""Names of projects and investors: what two spellings of one name share, and what tells two projects apart."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from meishan_stats.values.numerals import digits_of
from meishan_stats.values.text import match_key

_SIGNS = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_STAMMER = re.compile(r"([\u3400-\u9fff]{1,6})\1+")
"""A clerk's doubling: 多晶硅多晶硅, 光光伏."""

_PROJECT_WORDS = re.compile(
    r"有限责任公司|股份有限公司|有限公司|股份公司|集团公司|集团|公司|项目|工程|生产线|生产基地|产业化|建设|投资|新建"
    r"|年产|生产|制造|加工|及配套|配套|的|等|project|plant|factory|ltd|limited|company|co|inc"
)
_INVESTOR_WORDS = re.compile(
    r"有限责任公司|股份有限公司|有限公司|股份公司|集团公司|集团|总公司|分公司|公司|客商|先生|女士|老板|ltd|limited|company|co|inc|corp|gmbh"
)
_COUNTED = re.compile(
    r"(?:第)?([一二三四五六七八九十]{1,3})(?=期|号|线|标段|批|区|厂|车间|组|地块|阶段|部分)"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LETTERS = re.compile(r"(?<![a-z])([a-z]|iv|ix|v?i{1,3})(?![a-z])")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_KINDS = re.compile(
    r"扩建|扩产|技改|技术改造|改造|续建|迁建|搬迁|增资|增产|扩能|二次|再投资|后续|东区|西区|南区|北区|东侧|西侧|南侧|北侧"
)


_FORMER = re.compile(
    r"(?:原项目名称?|原名称?|曾用名|原称|原为|原|由)[:：为“\"《]*([^()（），,；;。”\"》]{3,}?)(?:更名|改名|变更)?(?=[()（），,；;。”\"》]|更名|改名|变更|$)"
)
_BRACKETED_FORMER = re.compile(r"[(（](?:原|曾用名)[^()（）]*[)）]")


def without_former(name: str) -> str:
    """Name without the former one beside it.

    >>> without_former("示例光伏组件项目（原示例电池项目）")
    '示例光伏组件项目'
    """
    return _BRACKETED_FORMER.sub("", name).strip() or name


def former_names(text: str) -> list[str]:
    """Names that a text says a project bore before.

    >>> former_names("示例光伏组件项目（原示例电池项目）"), former_names("由示例电池项目更名")
    (['示例电池项目'], ['示例电池项目'])
    """
    return [found.strip() for found in _FORMER.findall(text)]


@lru_cache(maxsize=65536)
def name_marks(name: str) -> frozenset[str]:
    """What tells two projects of like names apart: numbers, phases, letters, words such as 扩建.

    >>> sorted(name_marks("光伏组件（二期）")), sorted(name_marks("年产10万台逆变器扩建项目"))
    (['2'], ['10', '扩建'])
    >>> name_marks("厂房Ⅱ期") == name_marks("厂房2期")
    True
    """
    key = match_key(name)
    counted = {digits_of(word) for word in _COUNTED.findall(key)}
    digits = {f"{float(number):g}" for number in _DIGITS.findall(key)}
    letters = {_ROMAN.get(letter, letter) for letter in _LETTERS.findall(key)}
    return frozenset(counted | digits | letters | set(_KINDS.findall(key)))


@lru_cache(maxsize=65536)
def name_stem(name: str) -> str:
    """Name without signs, doublings and the words that clerks add and drop (项目, 生产线, 建设).

    >>> name_stem("长兴光伏组件生产线建设项目") == name_stem("长兴光伏 光伏组件项目")
    True
    """
    key = _STAMMER.sub(r"\1", _SIGNS.sub("", match_key(name)))
    return _PROJECT_WORDS.sub("", key) or key


@lru_cache(maxsize=65536)
def investor_stem(name: str) -> str:
    """Investor without its legal form.

    >>> investor_stem("上海示例光电科技有限公司")
    '上海示例光电科技'
    """
    key = _SIGNS.sub("", match_key(name))
    return _INVESTOR_WORDS.sub("", key) or key


def same_investor(one: str, other: str) -> bool:
    """Whether two stems name one investor: one may leave out the place before the name, or a word after it.

    >>> same_investor("上海示例光电科技", "示例光电科技"), same_investor("上海甲光电", "上海乙光电")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 4 and (long.endswith(short) or long.startswith(short)))


def likeness(one: str, other: str) -> float:
    """Likeness of two stems from 0 to 1.

    >>> likeness("光伏组件", "光伏组件"), likeness("光伏", "纺织")
    (1.0, 0.0)
    """
    return fuzz.ratio(one, other) / 100
