"""Cells of target columns: an amount in yuan where they are money, a number where they count things."""

import re
from dataclasses import replace

import pandas as pd

from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise import money
from meishan_stats.normalise.exchange import first_days, in_yuan
from meishan_stats.normalise.source import Source
from meishan_stats.units import Unit, parse_unit, parse_unit_alternatives, strip_unit
from meishan_stats.values.amounts import parse_amounts

_COUNTED = re.compile(
    r"个数|项目数|次数|人数|批次|户数|家数|场次|数量$|number of|no\. of|count", re.IGNORECASE
)
_THINGS = re.compile(
    r"(?:项目|企业|客商|活动|推介会|信息|线索|人才|projects?|companies|enterprises)$", re.IGNORECASE
)
_COUNTED_CELL = re.compile(r"\d\s*[余多]?(?:个|家|批|次|人|名|项|户|场|件|条)")
_MONEY_CELL = re.compile(r"[元亿万$¥€]|usd|rmb|cny|million|billion", re.IGNORECASE)
_FOREIGN = re.compile(r"(?<![县市省区镇乡州])外资|外商|境外|fdi|foreign", re.IGNORECASE)
_BOUND = re.compile(r"^(?:≥|>=?|不低于|不少于|力争|确保|达到)\s*|(?:以上|左右|\+)$")


def target_amounts(source: Source, column: Column, rows: pd.DataFrame) -> dict[str, pd.Series]:
    """``amount_cny_10k`` and ``n`` of one target column, and ``indicator`` with the unit of what is no 个.

    The unit of a target is that of its cell, else of its row (column 单位), of its column, of the name of
    its indicator (签约项目（个）), of the note above the table. Per cent is neither an amount nor a number.

    Parameters
    ----------
    rows : frame with ``indicator`` and ``year`` of every target
    """
    cells = source.table.cells[column.index]
    kinds, units = _kinds(source, column, rows["indicator"])
    text = cells.map(lambda v: v if isinstance(v, str) else "")
    kinds = kinds.mask(text.str.contains("%|％"), "percent")
    kinds = kinds.mask(text.map(lambda v: bool(_COUNTED_CELL.search(v))), "count")
    kinds = kinds.mask(text.map(lambda v: bool(_MONEY_CELL.search(v))), "money")
    is_money = kinds.isna() | (kinds == "money")
    amounts = pd.Series(float("nan"), index=cells.index)
    for unit in [None, *units[is_money].dropna().unique()]:
        mine = is_money & (units == unit if unit is not None else units.isna())
        if mine.any():
            amounts = amounts.where(~mine, _in_yuan(source, column, unit, mine, rows["year"]))
    is_number = ~is_money & ~kinds.isin(["percent", "ratio"])
    bare = cells.where(is_number).map(lambda v: _BOUND.sub("", v.strip()) if isinstance(v, str) else v)
    counted = pd.Series(float("nan"), index=cells.index)
    for kind in kinds[is_number].dropna().unique():
        unit = Unit(kind, 1.0, None)
        counted = counted.where(
            kinds != kind, parse_amounts(bare.where(kinds == kind), unit, dimension=kind)["amount"]
        )
    return {
        "amount_cny_10k": amounts,
        "n": counted,
        "indicator": _with_unit(source, column, rows["indicator"], kinds),
    }


def _kinds(source: Source, column: Column, indicators: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Dimension of each target, None where nothing tells it; and the money unit that its indicator names."""
    row_units = cols.texts(source, "unit_of_measure").map(_unit)
    named = indicators.map(lambda text: _unit(strip_unit(text)[1]) if isinstance(text, str) else None)
    column_kind = column.unit.dimension if column.unit else None
    says_count = bool(re.search(r"单位.*[个家]", "".join(source.table.titles)))
    has_no_unit = column.unit is None and (source.table.unit_text is None or says_count)

    def by_name(text: object) -> str | None:
        if not isinstance(text, str) or column_kind == "money":
            return None
        is_count = _COUNTED.search(text) or (has_no_unit and _THINGS.search(text))
        return "count" if is_count else None

    kinds = row_units.map(_dimension)
    for other in (
        pd.Series(column_kind, index=kinds.index, dtype=object),
        named.map(_dimension),
        indicators.map(by_name),
    ):
        kinds = kinds.where(kinds.notna(), other)
    is_named = row_units.isna() & (column_kind is None) & (named.map(_dimension) == "money")
    units = named.where(is_named).astype(object)
    foreign = _foreign_unit(source)
    if foreign is not None and column_kind is None:
        is_foreign = row_units.isna() & units.isna() & indicators.map(lambda t: bool(_FOREIGN.search(str(t))))
        units = units.where(~is_foreign, pd.Series([foreign] * len(units), index=units.index, dtype=object))
    return kinds.astype(object), units


def _foreign_unit(source: Source) -> Unit | None:
    """The foreign one of several units of money in a note (单位：万元、万美元): that of 外资."""
    for text in source.table.titles:
        units = [unit for unit in parse_unit_alternatives(text) if unit.dimension == "money"]
        if len(units) > 1:
            return next((unit for unit in units if unit.currency not in (None, "CNY")), None)
    return None


def _unit(text: object) -> Unit | None:
    return parse_unit(text) if isinstance(text, str) else None


def _dimension(unit: object) -> str | None:
    return unit.dimension if isinstance(unit, Unit) else None


def _with_unit(source: Source, column: Column, indicators: pd.Series, kinds: pd.Series) -> pd.Series:
    """Indicators with the unit in brackets where it is neither money nor a count of things: 供地面积（亩）."""
    words = cols.texts(source, "unit_of_measure")
    words = words.where(words.notna(), column.unit_text)
    is_other = kinds.notna() & ~kinds.isin(["money", "count"]) & words.notna()
    return indicators.where(~is_other, indicators + "（" + words.fillna("") + "）")


def _in_yuan(
    source: Source, column: Column, unit: Unit | None, mine: pd.Series, years: pd.Series
) -> pd.Series:
    """Amounts of some rows of a column by one unit, or by what the sheet says where the unit is None."""
    cells = source.table.cells.copy()
    cells[column.index] = cells[column.index].astype(object).where(mine, "")
    source = replace(source, table=replace(source.table, cells=cells))
    here = money.column_amounts(source, replace(column, unit=unit) if unit is not None else column)
    on = first_days(years)
    yuan = in_yuan(here["amount"], here["currency"], on, "year", source.rates)
    money.report_missing_rates(source, here.assign(column=column.index), yuan, on)
    return yuan["cny"]
