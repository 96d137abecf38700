"""Codes and names of GB/T 4754 industries, and the sector each stands for in its edition."""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from meishan_stats.codelists import read_codelist, read_definition
from meishan_stats.values.text import match_key

EDITIONS = ("2017", "2011", "2002")
LAST_YEAR_OF_2002 = 2011
LAST_YEAR_OF_2011 = 2017

# A code: a section letter with or without digits, or two to four digits; "3985.0" is a number of a sheet.
_CODE = re.compile(r"[\[(【]?(?:gb/?t?4754[-—]?(?:\d{4})?[:,]?)?([a-t]?)[-_]?(\d{2,4})(?:\.0+$)?(?![\d.])")
_SECTION = re.compile(r"[\[(【]?([a-t])(?![a-z0-9])")
_NOT_A_CODE = re.compile(r"[年月日万亿元期号米吨个人项%兆kgmw]")
_SUFFIX = re.compile(r"(?:制造业|产业链|产业|行业|制造|领域|板块|项目|大类|门类|[业类])+$")
_NUMBERING = re.compile(r"^[(（]?(?:[一二三四五六七八九十]+|\d{1,2})[)）、.．:：]+")


class Industry(NamedTuple):
    """What a code or a name of the classification says of the sector; `alt` is the other one possible."""

    sector: str
    subsector: str | None
    confidence: str
    alt: str | None
    is_ambiguous: bool


def find_edition(edition: str | None, year: int | None) -> str | None:
    """Edition of GB/T 4754: the one stated, else the one in force in the year of the sheet.

    The 2011 edition came into force in November 2011, so a sheet up to 2011 is read by that of 2002.

    >>> find_edition("GB/T 4754-2017", 2010), find_edition(None, 2011), find_edition(None, None)
    ('2017', '2002', None)
    """
    for known in EDITIONS:
        if edition is not None and known in edition:
            return known
    if year is None:
        return None
    if year <= LAST_YEAR_OF_2002:
        return "2002"
    return "2011" if year <= LAST_YEAR_OF_2011 else "2017"


def find_code(text: str) -> str | None:
    """Code at the start of a cell of codes, without the letter before its digits.

    >>> find_code("C3985 电子专用材料制造"), find_code("3985.0"), find_code("C"), find_code("汽车")
    ('3985', '3985', 'C', None)
    """
    key = match_key(text)
    if found := _CODE.match(key):
        return found[2] if found[2] != "00" else None
    found = _SECTION.match(key)
    return found[1].upper() if found else None


def find_code_in_name(text: str) -> str | None:
    """Code before or without a name in a cell that should hold a name; years and amounts are none.

    >>> find_code_in_name("C17纺织业"), find_code_in_name("2011年新增"), find_code_in_name("3D打印")
    ('17', None, None)
    """
    key = match_key(text)
    found = _CODE.match(key)
    if found is None:
        return find_code(text) if len(key) == 1 else None
    rest = key[found.end() :].lstrip(")]】-—:、. ")
    if _NOT_A_CODE.match(rest) or (not found[1] and rest and not rest[0].isalpha()):
        return None
    return found[2] if found[2][:2] in _names() else None


def industry_of_code(code: str, edition: str | None) -> Industry | None:
    """Industry of a code; without an edition, of every edition in which it means something.

    Codes 30 and 39 mean other things in 2002 than later: without an edition the newest reading is
    taken and marked ambiguous.

    >>> industry_of_code("30", "2002").subsector, industry_of_code("30", "2017").subsector
    ('塑料制品业', '非金属矿物制品业')
    >>> industry_of_code("30", None).is_ambiguous, industry_of_code("17", None).is_ambiguous
    (True, False)
    """
    if edition is not None:
        return _read(code, edition)
    meanings: dict[tuple[str, str | None, str], Industry] = {}
    for known in EDITIONS:
        reading = _read(code, known, is_certain=True)
        if reading is not None:
            meanings.setdefault((reading.sector, reading.alt, _division(code, known)), reading)
    if not meanings:
        return None
    first, *others = meanings.values()
    if not others or all(r.sector == "other" and r.alt is None for r in meanings.values()):
        return first
    others.sort(key=lambda r: r.sector == first.sector)
    alternatives = [s for r in others for s in (r.sector, r.alt) if s is not None and s != first.sector]
    return first._replace(confidence="low", alt=next(iter(alternatives), first.alt), is_ambiguous=True)


def industry_of_name(text: str) -> Industry | None:
    """Industry whose official name a cell states, with or without 业 or 制造业; names are those of 2017.

    >>> industry_of_name("化学纤维").sector, industry_of_name("软件开发").sector
    ('modern_textiles', 'other')
    """
    code = _codes_of_names().get(trimmed(text))
    return None if code is None else _read(code, "2017")


def unnumbered(text: str) -> str:
    """Heading without its number.

    >>> unnumbered("（一）新能源产业"), unnumbered("3D打印")
    ('新能源产业', '3D打印')
    """
    return _NUMBERING.sub("", text).strip()


def trimmed(text: str) -> str:
    """Folded name of an industry or sector without numbering and without 业, 产业, 制造业 and the like.

    >>> trimmed("（一）新能源产业"), trimmed("纺织业"), trimmed("制造业")
    ('新能源', '纺织', '制造业')
    """
    key = _NUMBERING.sub("", match_key(text)).strip(" .。:、,;")
    return _SUFFIX.sub("", key) or key


@cache
def _names() -> Mapping[str, str]:
    table = read_codelist("gbt4754_2017")
    return dict(zip(table["code"], table["label_zh"], strict=True))


@cache
def _codes_of_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, name in sorted(_names().items(), key=lambda item: (item[0].isdigit(), len(item[0]), item[0])):
        found.setdefault(match_key(name), code)
        found.setdefault(trimmed(name), code)
    return found


@cache
def _rows() -> Mapping[tuple[str, str], Mapping[str, str]]:
    table = read_definition("code_sectors.csv")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False)]
    return {(edition, row["prefix"]): row for row in rows for edition in row["edition"].split("|")}


@cache
def _read(code: str, edition: str, is_certain: bool = False) -> Industry | None:
    """Reading of a code in one edition; `is_certain` leaves out codes the 2002 table does not list."""
    if code[:2] not in _names():
        return None
    prefixes = [
        code[:length] for length in range(len(code), 0 if edition != "2002" or is_certain else -1, -1)
    ]
    row = next((_rows()[edition, prefix] for prefix in prefixes if (edition, prefix) in _rows()), None)
    # The later lists are complete: a code of theirs that no rule names is none of the three sectors.
    if row is None:
        return None if edition == "2002" else Industry("other", _name_of(code, edition), "high", None, False)
    if not row["sector"]:
        return None
    name = row["subsector"] or _name_of(code, edition)
    return Industry(row["sector"], name, row["confidence"], row["sector_alt"] or None, bool(row["ambiguous"]))


def _division(code: str, edition: str) -> str:
    """What the division of a code is called in an edition; by the list of 2017 where no rule says otherwise."""
    row = _rows().get((edition, code[:2]))
    return (row["subsector"] if row else "") or _names()[code[:2]]


def _name_of(code: str, edition: str) -> str | None:
    """Name in the list of 2017; of an earlier edition only divisions are taken from it."""
    names = _names()
    if edition == "2017":
        return next((names[code[:n]] for n in range(len(code), 0, -1) if code[:n] in names), None)
    return names.get(code[:2]) if edition == "2011" or (edition, code[:2]) in _rows() else None
