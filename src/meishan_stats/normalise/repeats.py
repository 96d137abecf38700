"""Sheets of a workbook that repeat others: a 汇总 of the townships' sheets, a hidden copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from meishan_stats.normalise.source import Source
from meishan_stats.values.text import match_key

_SUMMARY = re.compile("汇总|总表|合计|全部|summary|total|all", re.IGNORECASE)
_AMOUNTS = ("total_investment_10k", "signed_10k", "fixed_asset_10k")


@dataclass(frozen=True)
class Normalised:
    """One project table of a workbook with its frames, and whether its sheet is hidden."""

    source: Source
    projects: pd.DataFrame
    funding: pd.DataFrame
    milestones: pd.DataFrame
    is_hidden: bool = False


def find_repeats(tables: Sequence[Normalised]) -> dict[int, list[str]]:
    """Which tables only repeat others of the same month, by place, with the sheets that they repeat.

    A table repeats others if it has no column that they lack and each of its projects stands there
    with the same amounts. Of two copies the hidden one goes, then a summary, then the later one.
    """
    order = sorted(
        range(len(tables)),
        key=lambda i: (not tables[i].is_hidden, not _SUMMARY.search(tables[i].source.table.sheet), -i),
    )
    records = [_records(table) for table in tables]
    dropped: dict[int, list[str]] = {}
    for i in order:
        others = [
            j for j in range(len(tables))
            if j != i and j not in dropped and tables[j].source.table.sheet != tables[i].source.table.sheet
            and _same_month(tables[i], tables[j])
        ]  # fmt: skip
        holders = {_holder(row, others, records) for row in records[i]}
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


def _records(table: Normalised) -> list[tuple[str, dict[str, float]]]:
    """Name and known amounts of every project of a table."""
    capital: dict[object, dict[str, float]] = {}
    for row in table.funding[table.funding["amount_10k"].notna()].to_dict("records"):
        key = f"{row['kind']}.{row['stated_as']}.{row['period']}"
        capital.setdefault(row["source_row"], {})[key] = row["amount_10k"]
    return [
        (
            match_key(row["name"]),
            {name: row[name] for name in _AMOUNTS if pd.notna(row[name])}
            | capital.get(row["source_row"], {}),
        )
        for row in table.projects.to_dict("records")
    ]


def _holder(
    row: tuple[str, dict[str, float]],
    others: Sequence[int],
    records: Sequence[list[tuple[str, dict[str, float]]]],
) -> int | None:
    """Table that holds the same project with the same amounts."""
    name, amounts = row
    for j in others:
        for other_name, other in records[j]:
            if other_name == name and all(other.get(key) == value for key, value in amounts.items()):
                return j
    return None
