"""Numbers of persons, days, visits and points, as cells and sentences tell them."""

import re

import pandas as pd

from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise.columns import filled_cells, label_of
from meishan_stats.normalise.source import Source
from meishan_stats.units import Unit
from meishan_stats.values.amounts import parse_amounts
from meishan_stats.values.distinct import distinct
from meishan_stats.values.numerals import digits_for_numerals

_COUNTER = re.compile(
    r"(?<=[\d多余])\s*(?:[个多]?工作日|人次|批次|[个家批次天日条场趟分名位件项户份组]|人|times?|days?|points?|pts|visits?|leads?|persons?|people)$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^(?:一行|等|共计?|合计|计)(?=[约近]?[\d一二三四五六七八九十百两])")
_FIRST_OF_TWO = re.compile(r"^(\d+)\s*[批家次个][次]?[、，,/(（]\s*\d+\s*[人次家个]+[)）]?$")
_NUMERALS = "[一二三四五六七八九十百两]"
_PARTY = re.compile(
    rf"(?:一行|等一行|等|共|率队|率|带队|带领)(?:约|近|共)?\s*(?P<a>\d+|{_NUMERALS}+)\s*(?P<about>余|多)?\s*(?:人|名|位)"
    rf"|[(（](?:约|共)?(?P<b>\d+|{_NUMERALS}+)\s*(?:余|多)?\s*(?:人|名|位)[)）]"
    rf"|(?:约|共)?(?P<c>\d+|{_NUMERALS}+)\s*(?:余|多)?\s*(?:人|名|位)(?:代表团|考察团|团队|来访|来镇考察|考察)?$"
    r"|\b(?:party|group|delegation|team) of (?P<d>\d+)|\+\s*(?P<e>\d+)\s*(?:people|persons|others)|\((?P<f>\d+)\s*(?:people|persons|pax)\)",
    re.IGNORECASE,
)
_QUIET = frozenset({"negative_amount"})


def numbers(source: Source, column: Column) -> pd.Series:
    """Numbers of a column whose cells may name what is counted: 22天, 3批, 一行5人; doubts are added.

    A negative number (points taken off) is no doubt here.
    """
    cells = filled_cells(source, column)
    bare = pd.Series(distinct(cells).map(_bare), index=cells.index, dtype=object)
    here = parse_amounts(bare, Unit("count", 1.0, None), dimension="count")
    codes = here["code"].where(~here["code"].isin(_QUIET))
    bounds = {name: here[name] for name in ("amount", "low", "high")}
    source.doubts(codes, column, field=label_of(column), **bounds)
    return here["amount"]


def _bare(value: object) -> object:
    """A cell without the counter beside its number.

    >>> _bare("22天"), _bare("一行6人"), _bare("5批/12人"), _bare(3)
    ('22', '6', '5', 3)
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    both = _FIRST_OF_TWO.match(text)
    if both:
        return both[1]
    return _COUNTER.sub("", _BEFORE.sub("", text)).strip()


def party_sizes(texts: pd.Series) -> pd.Series:
    """Heads of the party that a text names: 某公司总经理一行5人 is 5; missing where it names none.

    >>> party_sizes(pd.Series(["某公司总经理一行5人", "张总等三人", "某公司"])).tolist()
    [5.0, 3.0, nan]
    """
    sizes = {text: _party_size(text) for text in texts.dropna().unique()}
    return texts.map(sizes).astype(float)


def _party_size(text: str) -> float | None:
    found = _PARTY.search(str(text))
    if found is None:
        return None
    number = next(group for name, group in found.groupdict().items() if group and name != "about")
    digits = digits_for_numerals(f"{number}日").removesuffix("日")  # numerals are read before a day or a year
    return float(digits) if digits.isdigit() else None
