"""What an indicator of a target measures, found from its name by definitions/codelists/indicators.csv."""

import re
from functools import lru_cache
from typing import NamedTuple

from meishan_stats.codelists import ALIAS_SEPARATOR, read_codelist
from meishan_stats.values.periods import find_period
from meishan_stats.values.text import match_key

ALL_WORDS = "+"
COUNTED = ("n_signed", "n_reached")
_SIZE = re.compile(r"(\d+(?:\.\d+)?|[一二两三五十百]*)(亿|千万|百万|万)元?(?:人民币)?(?:\(含\))?(?:及)?以上")
_NUMERALS = {
    "": 1, "一": 1, "二": 2, "两": 2, "三": 3, "五": 5, "十": 10, "二十": 20, "五十": 50, "百": 100, "一百": 100,
}  # fmt: skip
_UNITS = {"亿": 10_000, "千万": 1_000, "百万": 100, "万": 1}


class Measure(NamedTuple):
    """What is added up for an indicator; ``reason`` says why nothing is.

    Attributes
    ----------
    code : row of indicators.csv
    measure : a kind of capital, ``signed``, ``n_signed`` or ``n_reached``
    stage : the stage that ``n_reached`` counts
    levels : levels of origin that count; empty where origin plays no part
    foreign : whether capital from overseas counts besides: "yes", "no" or "office", as the office says
    from_tier : smallest size tier that counts
    """

    code: str | None = None
    measure: str | None = None
    stage: str | None = None
    levels: tuple[str, ...] = ()
    foreign: str = ""
    from_tier: str | None = None
    reason: str | None = None


@lru_cache(maxsize=4096)
def measure_of(indicator: str | None, is_count: bool | None = None) -> Measure:
    """What an indicator measures: that of the first row of indicators.csv which fits its name.

    A row fits where the name holds one of its ``aliases``, all words of it that ``+`` joins, and none of
    ``unless``, and where it counts if the target is a number and adds up if it is an amount. 亿元以上 and
    the like set the smallest tier. A target for a part of the year (一季度) is not measured.

    Parameters
    ----------
    indicator : name as stated
    is_count : the target is a number (True), an amount (False) or neither (None)

    Examples
    --------
    >>> measure_of("利用县外资金").levels
    ('out_of_county', 'out_of_city', 'out_of_province')
    >>> measure_of("亿元以上项目开工数", is_count=True)[:3], measure_of("亿元以上项目开工数").from_tier
    (('n_started', 'n_reached', 'started'), 'from_100m')
    >>> measure_of("来访客商批次").reason
    'indicator_unknown'
    """
    if indicator is None:
        return Measure(reason="indicator_unknown")
    part = find_period(indicator, 2000)
    if part is not None and part[1] != "year":
        return Measure(reason="part_of_year")
    key = match_key(indicator)
    size = _SIZE.search(key)
    rest = _SIZE.sub("", key)
    row = next((row for row in _rules() if _fits(row, rest, is_count)), None)
    if row is None or not row["measure"]:
        return Measure(reason="indicator_unknown")
    tier = _tier(size[1], size[2]) if size else None
    if "以上" in rest or (size and tier is None):
        return Measure(row["code"], reason="size_unknown")
    return Measure(
        row["code"], row["measure"], row["stage"] or None, _levels(row["origin"]), row["foreign"], tier
    )


def _rules() -> list[dict[str, str]]:
    return read_codelist("indicators").to_dict("records")


def _fits(row: dict[str, str], key: str, is_count: bool | None) -> bool:
    if row["measure"] and is_count is not None and (row["measure"] in COUNTED) != is_count:
        return False
    if any(word in key for word in _words(row["unless"])):
        return False
    return any(
        all(word in key for word in _words(alias, ALL_WORDS))
        for alias in row["aliases"].split(ALIAS_SEPARATOR)
    )


def _words(text: str, separator: str = ALIAS_SEPARATOR) -> list[str]:
    return [match_key(word) for word in text.split(separator) if word]


def _levels(origin: str) -> tuple[str, ...]:
    """Levels of a nested view of origin_views.csv, or the one disjoint level that is named."""
    views = read_codelist("origin_views").set_index("code")["levels"]
    return tuple(views.get(origin, origin).split(ALIAS_SEPARATOR)) if origin else ()


def _tier(number: str, unit: str) -> str | None:
    """Tier of size_tiers.csv that begins at so much; None where none does."""
    value = float(number) if number[:1].isdigit() else _NUMERALS.get(number)
    table = read_codelist("size_tiers")
    bounds = dict(zip(table["from_cny_10k"].astype(float), table["code"], strict=True))
    return None if value is None else bounds.get(value * _UNITS[unit])


def tiers_from(tier: str) -> list[str]:
    """Tiers from one on.

    >>> tiers_from("from_5bn")
    ['from_5bn', 'from_10bn']
    """
    listed = read_codelist("size_tiers")["code"].tolist()
    return listed[listed.index(tier) :]
