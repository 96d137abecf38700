"""Places that a text names: divisions of GB/T 2260, and countries and regions of ISO 3166-1."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from meishan_stats.codelists import ALIAS_SEPARATOR, read_codelist
from meishan_stats.values.words import WordIndex, find_words, outermost, spaced_key, word_index

CHINA = "CN"
LEVELS = ("country", "province", "city", "county")

# Words before a place that a sheet may put there: 来自江苏, 由上海客商.
_LEAD = re.compile(r"^(?:\(?(?:投资方|客商|资金)?(?:来自|来源于|源自|源于|由)(?:于)?:?)+")

# 太湖南岸, 山东路, 国泰国际: the name is part of another word.
_NOT_A_PLACE = re.compile(r"岸|侧|路(?!桥)|街|大道")
_NOT_A_COUNTRY = re.compile(r"际|贸|营|企|资委")
_SEPARATORS = re.compile(r"[\s,，、/;；:：()\-·]+")


class Place(NamedTuple):
    """A place: GB/T 2260 or ISO 3166-1 alpha-2 code, level and Chinese label."""

    code: str
    level: str
    label: str


class _Mention(NamedTuple):
    start: int
    word: str
    places: tuple[Place, ...]
    is_weak: bool


def find_place(text: str, home: str | None = None) -> Place | None:
    """Place that a text begins with, else the longest name in it, taken to its deepest part.

    Of several places of one name the one in a place that is named too counts, then the one in the city
    or province of `home`; else there is none.

    >>> find_place("苏州昆山").label, find_place("朝阳区"), find_place("北京朝阳").code
    ('昆山市', None, '110105')
    """
    full = _LEAD.sub("", spaced_key(text))
    key = full.strip(" .,;()")
    whole = next((_names()[k] for k in (full, key, _SEPARATORS.sub("", key)) if k in _names()), None)
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
        holds(place, part)
        for m in before
        for place in m.places
        if place.level != "country"
        for part in mention.places
    )


def _short_code(key: str, part: str) -> list[_Mention]:
    """ISO code or other short Latin name that makes up a whole part of the text, as in "Acme Inc, USA"."""
    is_short = 2 <= len(part) <= 3 and part.isascii() and part in _names() and key != part
    return [_Mention(key.index(part), part, _names()[part], False)] if is_short and "," in key else []


def holds(outer: Place, inner: Place) -> bool:
    """Whether one place lies in the other, by their codes; China holds every division."""
    if outer.code == CHINA:
        return inner.level != "country"
    return outer.level != "country" and inner.code != outer.code and inner.code.startswith(stem(outer))


def stem(place: Place) -> str:
    """Digits of the code that all places in a place share."""
    return place.code[: {"province": 2, "city": 4}.get(place.level, 6)]


def _chosen(places: Sequence[Place], context: Sequence[Place], home: str | None) -> Place | None:
    """The one place meant by a name that several bear."""
    outermost_places = [p for p in places if not any(holds(other, p) for other in places)]
    provinces = [p for p in outermost_places if p.level in ("province", "country")]
    for candidates in (
        provinces,
        [p for p in outermost_places if any(holds(c, p) or holds(p, c) for c in context)],
        outermost_places,
        [p for p in outermost_places if home is not None and p.code.startswith(home[:4])],
        [p for p in outermost_places if home is not None and p.code.startswith(home[:2])],
    ):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _deepest(place: Place, mentioned: Sequence[Sequence[Place]]) -> Place:
    """The innermost of the places that lie in one another, in whatever order a text names them."""
    for places in sorted(mentioned, key=lambda group: min(LEVELS.index(p.level) for p in group)):
        inner = [p for p in places if holds(place, p)]
        # 长沙 is the city and a county in it: the name of both means the city.
        inner = [p for p in inner if not any(holds(other, p) for other in inner)]
        place = inner[0] if len(inner) == 1 else place
    return place


@cache
def _names() -> Mapping[str, tuple[Place, ...]]:
    """Places by every folded spelling."""
    found: dict[str, list[Place]] = {}
    divisions = read_codelist("adcodes").to_dict("records")
    countries = read_codelist("regions").assign(level="country").to_dict("records")
    for row in (*divisions, *countries):
        place = Place(row["code"], row["level"], row["label_zh"])
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
