"""Tables of targets (目标任务): every target column of a row → one target."""

import re
from dataclasses import replace

import pandas as pd

from meishan_stats.extract.fields import MONEY
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise import money
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import Targets, arrange
from meishan_stats.units import Unit, parse_unit
from meishan_stats.values.amounts import parse_amounts
from meishan_stats.values.periods import find_year
from meishan_stats.values.sectors import classify_sectors
from meishan_stats.values.text import match_key

_COUNTING_NAME = re.compile(r"[(（](?:个|家|批|次|人|名|项)[)）]|个数|项目数|次数|人数|批次|户数")
_COUNTED_CELL = re.compile(r"\d\s*[个家批次人名项户]")


def normalise_targets(source: Source) -> pd.DataFrame:
    """Targets of a table 目标任务: an amount in 万元, or a number where the unit counts things.

    Where no column is headed 目标 or 任务, every column of amounts is a target named by its header.

    Returns
    -------
    Targets, one row per data row and target column
    """
    frame = source.frame()
    stated_year = cols.texts(source, "year").map(
        lambda text: find_year(text) if isinstance(text, str) else None
    )
    frame["year"] = stated_year.astype("Int64").fillna(source.table.year or pd.NA)
    frame["issuer"] = cols.texts(source, "issuer")
    frame["assignee"] = cols.texts(source, "assignee", "town", "station")
    sector = classify_sectors(pd.DataFrame({"sector_stated": cols.texts(source, "sector")}))
    frame["sector"] = sector["sector"].where(sector["sector_basis"] == "stated")
    named = cols.texts(source, "indicator", "name", "item")
    parts = [_targets_of(source, column, frame, named) for column in _target_columns(source)]
    if not parts:
        return arrange(frame.iloc[:0], Targets)
    targets = pd.concat(parts).sort_index(kind="stable")
    return arrange(targets[targets["amount_cny_10k"].notna() | targets["n"].notna()], Targets)


def _target_columns(source: Source) -> list[Column]:
    fields = source.table.fields()
    if "target" in fields:
        return fields["target"]
    measures = MONEY | {"n_projects"}
    return [column for column in source.table.columns if (column.field or "").partition(".")[0] in measures]


def _targets_of(source: Source, column: Column, frame: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    indicator = named.fillna(_indicator(source, column))
    cells = source.table.cells[column.index]
    counted = _is_counted(source, column, cells, indicator)
    bare = cells.map(lambda v: re.sub(r"(?:以上|左右)$", "", v) if isinstance(v, str) else v)
    count = parse_amounts(bare.where(counted), Unit("count", 1.0, None), dimension="count")
    amount = money.column_amounts(_without(source, column, counted), column)
    yuan = in_yuan(amount["amount"], amount["currency"], frame["year"])["cny"]
    return frame.assign(indicator=indicator, amount_cny_10k=yuan, n=count["amount"].where(counted))


def _indicator(source: Source, column: Column) -> str:
    """What a target column is about: its group's header, its own, or the table's title."""
    texts = column.header.split("/")
    named = [text for text in texts if "target" not in read_header(text).stems]
    if named:
        return named[-1]
    return source.table.titles[0] if source.table.titles else source.table.sheet


def _without(source: Source, column: Column, rows: pd.Series) -> Source:
    """The same source with some rows of one column empty."""
    cells = source.table.cells.copy()
    cells.loc[rows, column.index] = ""
    return replace(source, table=replace(source.table, cells=cells))


def _is_counted(source: Source, column: Column, cells: pd.Series, indicator: pd.Series) -> pd.Series:
    """True where a target is a number of things: its header, its cell, its unit or its name counts."""
    if column.field == "n_projects" or (column.unit and column.unit.dimension == "count"):
        return pd.Series(True, index=cells.index)
    in_cell = cells.map(lambda v: isinstance(v, str) and bool(_COUNTED_CELL.search(v)))
    in_name = indicator.map(lambda v: isinstance(v, str) and bool(_COUNTING_NAME.search(v)))
    return in_cell | in_name | _unit_words(source).map(_counts)


def _unit_words(source: Source) -> pd.Series:
    for column in source.table.columns:
        if match_key(column.header) in ("单位", "计量单位", "unit"):
            return source.table.cells[column.index].astype(str)
    return pd.Series("", index=source.table.cells.index)


def _counts(text: str) -> bool:
    unit = parse_unit(text)
    return unit is not None and unit.dimension == "count"
