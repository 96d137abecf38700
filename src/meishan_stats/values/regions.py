"""Where capital comes from: places of GB/T 2260 and countries, and their level seen from home."""

import re
from functools import cache, lru_cache

import pandas as pd

from meishan_stats.values.places import CHINA, Place, find_place, stem
from meishan_stats.values.text import match_key
from meishan_stats.values.words import (
    WordIndex,
    codes_by_key,
    columns_of_unique,
    find_words,
    map_unique,
    outermost,
    spaced_key,
    word_index,
)

COLUMNS = ("adcode", "level", "name", "origin_level", "code")
MUNICIPALITIES = ("11", "12", "31", "50")

_HOLDERS = re.compile(r"(?:客商|资金|投资者|投资|企业|商人|人士)+$")

# Statements that are clear but can be several levels, or tell whose capital it is and not from where.
_WIDE_LEVELS = frozenset(
    (
        *("内资", "省内", "市内", "本省", "本市", "全国", "外地", "domestic"),
        *(
            "自筹",
            "企业自筹",
            "自有",
            "自有资金",
            "银行贷款",
            "民资",
            "民营",
            "民间资本",
            "国资",
            "国有",
            "国企",
        ),
    )
)

_Row = tuple[str | None, str | None, str | None, str | None, str | None]


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
    return columns_of_unique(values, lambda text: _region_of(text, home), COLUMNS)


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


@lru_cache(maxsize=65536)
def _region_of(text: str, home: str | None) -> _Row:
    place = find_place(text, home)
    if place is not None:
        return (place.code, place.level, place.label, _origin_level(place, home), None)
    statement = _HOLDERS.sub("", match_key(text)) or match_key(text)
    level = codes_by_key("origin_levels").get(statement)
    says_level = level is not None or statement in _WIDE_LEVELS
    return (None, None, None, level, None if says_level else "unknown_region")


def _origin_level(place: Place, home: str | None) -> str | None:
    if place.code == CHINA or home is None:
        return None
    if place.level == "country":
        return "overseas"
    home_stem = home[:2] if home.endswith("0000") else home[:4] if home.endswith("00") else home[:6]
    if place.code.startswith(home_stem):
        return "local"
    if place.code[:2] != home[:2]:
        return "out_of_province"
    if home_stem.startswith(stem(place)):
        return None
    return "out_of_county" if _city(place.code) == _city(home) else "out_of_city"


def _city(code: str) -> str:
    """City of a county: a municipality is one city, a county right under its province a city of its own."""
    if code[:2] in MUNICIPALITIES:
        return code[:2]
    return code if code[2:4] == "90" else code[:4]


@cache
def _level_index() -> WordIndex:
    return word_index(codes_by_key("origin_levels"))
