"""Doubts about amounts that only show beside each other: in a column, in a row."""

import numpy as np
import pandas as pd

from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise.columns import label_of
from meishan_stats.normalise.source import Source

OUTLIER_RATIO = 2000
"""An amount so many times larger or smaller than its column's median is likely in another unit (x10 000)."""
LEAST_ROWS = 4
SLACK = 1.0001


def check_amounts(source: Source, projects: pd.DataFrame, funding: pd.DataFrame) -> None:
    """Add doubts about units and about amounts that exceed what they are part of.

    Parameters
    ----------
    source : Source
    projects, funding : ProjectReports, FundingReports
        The same table, normalised.
    """
    fields = source.table.fields()
    for field, amount in (("total_investment", "total_investment_10k"), ("signed_amount", "signed_10k")):
        for column in fields.get(field, [])[:1]:
            _outliers(source, column, projects[amount])
    for column in fields.get("fixed_asset", [])[:1]:
        exceeds = projects["fixed_asset_10k"] > projects["total_investment_10k"] * SLACK
        parts = projects.loc[exceeds, ["fixed_asset_10k", "total_investment_10k"]]
        for row, fixed, total in parts.itertuples():
            source.doubt("fixed_exceeds_total", int(str(row)), column.index, fixed, fixed=fixed, total=total)
    _arrivals(source, projects, funding)


def _outliers(source: Source, column: Column, amounts: pd.Series) -> None:
    known = amounts[amounts > 0]
    of_table = known.groupby(source.place(known.index))
    median = of_table.transform("median")
    ratio = np.maximum(known / median, median / known)
    is_far = (ratio >= OUTLIER_RATIO) & (of_table.transform("size") >= LEAST_ROWS)
    for row in known.index[is_far]:
        source.doubt("unit_outlier", int(row), column.index, source.cell(row, column.index),
                     field=label_of(column), factor=round(ratio.loc[row]))  # fmt: skip


def _arrivals(source: Source, projects: pd.DataFrame, funding: pd.DataFrame) -> None:
    """Capital arrived so far above the signed amount, or above the investment where none is signed."""
    so_far = funding[(funding["kind"] == "arrived") & funding["stated_as"].isin(["ytd", "total"])]
    if so_far.empty:
        return
    of_row = so_far.groupby(level=0)
    amount = of_row["amount_10k"].max().reindex(projects.index)
    currency = so_far["currency"][so_far["currency"].notna()]
    currency = currency[~currency.index.duplicated()].reindex(projects.index)
    over = {
        code: (amount > limit * SLACK) & (unit == currency)
        for code, limit, unit in (
            ("arrived_exceeds_signed", projects["signed_10k"], projects["signed_currency"]),
            ("arrived_exceeds_total", projects["total_investment_10k"], projects["currency"]),
        )
    }
    fields = source.table.fields()
    columns = [c for field in ("arrived.total", "arrived.ytd") for c in fields.get(field, [])]
    limits = projects[["signed_10k", "total_investment_10k"]]
    for row in projects.index[over["arrived_exceeds_signed"] | over["arrived_exceeds_total"]]:
        code = next(code for code, rows in over.items() if rows.loc[row])
        limit = limits.loc[row].iloc[list(over).index(code)]
        here = amount.loc[row]
        source.doubt(code, int(row), columns[0].index, here, arrived=here, signed=limit, total=limit)
