"""Sheets of a workbook that repeat others: a 汇总 of the townships' sheets, a hidden copy."""

import re
from collections.abc import Collection, Sequence

import pandas as pd

from meishan_stats.normalise.project_tables import Normalised
from meishan_stats.values.text import match_key

_SUMMARY = re.compile("汇总|总表|合计|全部|summary|total|all", re.IGNORECASE)
Record = tuple[str, dict[str, float]]
Holdings = dict[str, list[dict[str, float]]]
_AMOUNTS = ("total_investment_10k", "signed_10k", "fixed_asset_10k")


def find_repeats(tables: Sequence[Normalised], hidden: Collection[str] = ()) -> dict[int, list[str]]:
    """Which tables only repeat others of the same month, by place, with the sheets that they repeat.

    A table repeats others if it has no column that they lack and each of its projects stands there
    with the same amounts. Of two copies the hidden one goes, then a summary, then the later one.

    Parameters
    ----------
    tables : project lists of one workbook
    hidden : names of its hidden sheets
    """
    if len(tables) < 2:
        return {}
    order = sorted(
        range(len(tables)),
        key=lambda i: (
            tables[i].source.table.sheet not in hidden,
            not _SUMMARY.search(tables[i].source.table.sheet),
            -i,
        ),
    )
    records = [_records(table) for table in tables]
    holdings = [_by_name(each) for each in records]
    dropped: dict[int, list[str]] = {}
    for i in order:
        others = [
            j for j in range(len(tables))
            if j != i and j not in dropped and tables[j].source.table.sheet != tables[i].source.table.sheet
            and _same_month(tables[i], tables[j])
        ]  # fmt: skip
        holders = {_holder(row, others, holdings) for row in records[i]}
        if (
            records[i]
            and None not in holders
            and _adds_no_column(tables[i], [tables[j] for j in others if j in holders])
        ):
            dropped[i] = sorted({tables[j].source.table.sheet for j in holders if j is not None})
    return dropped


def _same_month(one: Normalised, other: Normalised) -> bool:
    return one.source.table.period == other.source.table.period


def _adds_no_column(table: Normalised, others: Sequence[Normalised]) -> bool:
    known = {field for other in others for field in other.source.table.fields()}
    return set(table.source.table.fields()) - known <= {"seq", "town", "remark", "station", "park"}


def _records(table: Normalised) -> list[Record]:
    """Name and known amounts of every project of a table."""
    capital: dict[object, dict[str, float]] = {}
    known = table.funding[table.funding["amount_10k"].notna()]
    for row, *key, amount in known[["kind", "stated_as", "period", "amount_10k"]].itertuples(name=None):
        capital.setdefault(row, {})[".".join(map(str, key))] = amount
    return [
        (
            match_key(name),
            {field: amount for field, amount in zip(_AMOUNTS, amounts, strict=True) if pd.notna(amount)}
            | capital.get(row, {}),
        )
        for row, name, *amounts in table.projects[["name", *_AMOUNTS]].itertuples(name=None)
    ]


def _by_name(records: Sequence[Record]) -> Holdings:
    found: Holdings = {}
    for name, amounts in records:
        found.setdefault(name, []).append(amounts)
    return found


def _holder(row: Record, others: Sequence[int], holdings: Sequence[Holdings]) -> int | None:
    """Table that holds the same project with the same amounts."""
    name, amounts = row
    for j in others:
        for other in holdings[j].get(name, ()):
            if all(other.get(key) == value for key, value in amounts.items()):
                return j
    return None
