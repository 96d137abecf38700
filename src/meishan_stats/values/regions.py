"""Where capital comes from: places of GB/T 2260 and countries, and their level seen from home."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from meishan_stats.codelists import ALIAS_SEPARATOR, read_codelist
from meishan_stats.values.text import match_key
from meishan_stats.values.words import (
    WordIndex,
    codes_by_key,
    find_words,
    map_unique,
    outermost,
    spaced_key,
    word_index,
)

COLUMNS = ("adcode", "level", "name", "origin_level", "code")
CHINA = "CN"
LEVELS = ("country", "province", "city", "county")
MUNICIPALITIES = ("11", "12", "31", "50")

# Words before a place that a sheet may put there: 来自江苏, 由上海客商.
_LEAD = re.compile(r"^(?:\(?(?:投资方|客商|资金)?(?:来自|来源于|源自|源于|由)(?:于)?:?)+")
# 太湖南岸, 山东路, 国泰国际: the name is part of another word.
_NOT_A_PLACE = re.compile(r"岸|侧|路(?!桥)|街|大道")
_NOT_A_COUNTRY = re.compile(r"际|贸|营|企|资委")
_HOLDERS = re.compile(r"(?:客商|资金|投资者|投资|企业|商人|人士)+$")
_SEPARATORS = re.compile(r"[\s,，、/;；:：()\-·]+")

# Statements that are clear but can be several levels.
_WIDE_LEVELS = frozenset(("内资", "省内", "市内", "本省", "本市", "全国", "外地", "domestic"))


class _Place(NamedTuple):
    code: str
    level: str
    label: str


class _Mention(NamedTuple):
    start: int
    word: str
    places: tuple[_Place, ...]
    is_weak: bool


_Row = tuple[str | None, str | None, str | None, str | None, str | None]
_BLANK: _Row = (None, None, None, None, None)


def parse_regions(values: pd.Series, home: str | None = None) -> pd.DataFrame:
    """Place that each text names, as a code, and its level seen from `home`.

    The place a text begins with counts, taken to its deepest part (上海青浦 is 青浦区); only where it
    begins with none, a place inside it. Of several places of one name the one in a place that is named
    too counts, else the one in the province of `home`, else none: 朝阳区 alone is unknown. A province
    or city that holds `home` tells no level, since the capital may or may not be from home itself.

    Parameters
    ----------
    values : Series of text
        Places, countries, or names of investors that begin with one.
    home : str, optional
        GB/T 2260 code of the office's county, city or province.

    Returns
    -------
    DataFrame with the same index
        ``adcode`` (six digits, or ISO 3166-1 alpha-2 outside the mainland), ``level`` (province, city,
        county, country), ``name``, ``origin_level`` and ``code`` (``unknown_region`` or None).

    Examples
    --------
    >>> found = parse_regions(pd.Series(["上海青浦", "长兴宇峰", "日本", "浙江"]), home="330522")
    >>> found["adcode"].tolist(), found["origin_level"].tolist()
    (['310118', '330522', 'JP', '330000'], ['out_of_province', 'local', 'overseas', None])
    """
    rows = map_unique(values, lambda text: _region_of(text, home), _BLANK)
    return pd.DataFrame(rows, index=values.index, columns=list(COLUMNS), dtype=object)


def parse_origin_levels(values: pd.Series) -> pd.Series:
    """Level of origin that each text states, missing where it states none that is disjoint.

    县外 and 市外 are read as the levels of a disjoint list (县外 within the city, 市外 within the
    province). 内资 and 省内 can be several levels and are missing.

    Examples
    --------
    >>> parse_origin_levels(pd.Series(["国内省外", "市外", "外资", "内资"])).tolist()
    ['out_of_province', 'out_of_city', 'overseas', None]
    """
    return pd.Series(
        map_unique(values, _level_stated, None), index=values.index, dtype=object, name=values.name
    )


def _level_stated(text: str) -> str | None:
    key = match_key(text).strip("()")
    known = codes_by_key("origin_levels")
    hits = outermost(find_words(spaced_key(text), _level_index()))
    found = {known[match_key(word)] for _, word in hits}
    return known.get(key) or (found.pop() if len(found) == 1 else None)


def _region_of(text: str, home: str | None) -> _Row:
    key = _LEAD.sub("", spaced_key(text)).strip(" .,;()")
    place = _place_of(key, home)
    if place is not None:
        return (place.code, place.level, place.label, _origin_level(place, home), None)
    statement = _HOLDERS.sub("", match_key(text)) or key
    level = codes_by_key("origin_levels").get(statement)
    says_level = level is not None or statement in _WIDE_LEVELS
    return (None, None, None, level, None if says_level else "unknown_region")


def _place_of(key: str, home: str | None) -> _Place | None:
    whole = _names().get(key) or _names().get(_SEPARATORS.sub("", key))
    if whole is not None:
        return _chosen(whole, (), home)
    mentions = [m for m in _mentions(key) if not m.is_weak or _follows_its_parent(m, key)]
    mentions += [m for part in _SEPARATORS.split(key) for m in _short_code(key, part)]
    if not mentions:
        return None
    at_start = [m for m in mentions if m.start == 0]
    main = at_start[0] if at_start else max(mentions, key=lambda m: (len(m.word), -m.start))
    others = tuple(place for m in mentions if m is not main for place in m.places)
    place = _chosen(main.places, others, home)
    return None if place is None else _deepest(place, [m.places for m in mentions if m is not main])


def _mentions(key: str) -> list[_Mention]:
    found = []
    for start, word in outermost(find_words(key, _index())):
        rest = key[start + len(word) :]
        if (start > 0 and _NOT_A_PLACE.match(rest)) or (word.endswith("国") and _NOT_A_COUNTRY.match(rest)):
            continue
        found.append(_Mention(start, word, _names()[word], word in _weak()))
    return found


def _follows_its_parent(mention: _Mention, key: str) -> bool:
    """Whether a name that is also a word stands right behind the province or city that holds it."""
    before = [
        m
        for m in _mentions(key[: mention.start])
        if key[m.start + len(m.word) : mention.start] in ("", "省", "市")
    ]
    return any(
        _holds(place, part)
        for m in before
        for place in m.places
        if place.level != "country"
        for part in mention.places
    )


def _short_code(key: str, part: str) -> list[_Mention]:
    """ISO code or other short Latin name that makes up a whole part of the text, as in "Acme Inc, USA"."""
    is_short = 2 <= len(part) <= 3 and part.isascii() and part in _names() and key != part
    return [_Mention(key.index(part), part, _names()[part], False)] if is_short and "," in key else []


def _holds(outer: _Place, inner: _Place) -> bool:
    if outer.code == CHINA:
        return inner.level != "country"
    return outer.level != "country" and inner.code != outer.code and inner.code.startswith(_stem(outer))


def _stem(place: _Place) -> str:
    return place.code[: {"province": 2, "city": 4}.get(place.level, 6)]


def _chosen(places: Sequence[_Place], context: Sequence[_Place], home: str | None) -> _Place | None:
    """The one place meant by a name that several bear."""
    outermost_places = [p for p in places if not any(_holds(other, p) for other in places)]
    provinces = [p for p in outermost_places if p.level in ("province", "country")]
    for candidates in (
        provinces,
        [p for p in outermost_places if any(_holds(c, p) or _holds(p, c) for c in context)],
        outermost_places,
        [p for p in outermost_places if home is not None and p.code.startswith(home[:4])],
        [p for p in outermost_places if home is not None and p.code.startswith(home[:2])],
    ):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _deepest(place: _Place, mentioned: Sequence[Sequence[_Place]]) -> _Place:
    """The innermost of the places that lie in one another, in whatever order a text names them."""
    for places in sorted(mentioned, key=lambda group: min(LEVELS.index(p.level) for p in group)):
        inner = [p for p in places if _holds(place, p)]
        # 长沙 is the city and a county in it: the name of both means the city.
        inner = [p for p in inner if not any(_holds(other, p) for other in inner)]
        place = inner[0] if len(inner) == 1 else place
    return place


def _origin_level(place: _Place, home: str | None) -> str | None:
    if place.code == CHINA or home is None:
        return None
    if place.level == "country":
        return "overseas"
    home_stem = home[:2] if home.endswith("0000") else home[:4] if home.endswith("00") else home[:6]
    if place.code.startswith(home_stem):
        return "local"
    if place.code[:2] != home[:2]:
        return "out_of_province"
    if home_stem.startswith(_stem(place)):
        return None
    return "out_of_county" if _city(place.code) == _city(home) else "out_of_city"


def _city(code: str) -> str:
    """City of a county: a municipality is one city, a county right under its province a city of its own."""
    if code[:2] in MUNICIPALITIES:
        return code[:2]
    return code if code[2:4] == "90" else code[:4]


@cache
def _names() -> Mapping[str, tuple[_Place, ...]]:
    """Places by every folded spelling."""
    found: dict[str, list[_Place]] = {}
    divisions = read_codelist("adcodes").to_dict("records")
    countries = read_codelist("regions").assign(level="country").to_dict("records")
    for row in (*divisions, *countries):
        place = _Place(row["code"], row["level"], row["label_zh"])
        spellings = [row["label_zh"], row["label_en"], *row["aliases"].split(ALIAS_SEPARATOR)]
        spellings += row["weak_aliases"].split(ALIAS_SEPARATOR)
        if row["level"] == "country":
            spellings.append(row["code"])
        elif row["label_en"]:
            endings = {"province": (" province", " municipality"), "city": (" city",), "county": (" county",)}
            spellings += [row["label_en"] + ending for ending in endings[row["level"]]]
        for spelling in {spaced_key(spelling) for spelling in spellings} - {""}:
            found.setdefault(spelling, []).append(place)
    return {spelling: tuple(places) for spelling, places in found.items()}


@cache
def _weak() -> frozenset[str]:
    """Names that are words too; they count alone or behind their province or city."""
    tables = [read_codelist("adcodes"), read_codelist("regions")]
    strong, weak = (
        {
            spaced_key(a)
            for table in tables
            for aliases in table[column]
            for a in aliases.split(ALIAS_SEPARATOR)
        }
        for column in ("aliases", "weak_aliases")
    )
    return frozenset(weak - strong - {""})


@cache
def _index() -> WordIndex:
    """Names to look for inside a text: none of one character, no Latin abbreviation."""
    return word_index(name for name in _names() if len(name) > (3 if name.isascii() else 1))


@cache
def _level_index() -> WordIndex:
    return word_index(codes_by_key("origin_levels"))
