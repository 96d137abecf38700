"""Doubts about amounts that only show beside each other: in a column, in a row."""

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
    at = dict(zip(source.table.source_rows(), source.table.cells.index, strict=True))
    fields = source.table.fields()
    for field, amount in (("total_investment", "total_investment_10k"), ("signed_amount", "signed_10k")):
        for column in fields.get(field, [])[:1]:
            _outliers(source, column, projects.set_index("source_row")[amount].rename(index=at))
    for column in fields.get("fixed_asset", [])[:1]:
        rows = projects[projects["fixed_asset_10k"] > projects["total_investment_10k"] * SLACK]
        for row in rows.to_dict("records"):
            source.doubt("fixed_exceeds_total", at[row["source_row"]], column.index, row["fixed_asset_10k"],
                         fixed=row["fixed_asset_10k"], total=row["total_investment_10k"])  # fmt: skip
    _arrivals(source, projects, funding, at)


def _outliers(source: Source, column: Column, amounts: pd.Series) -> None:
    known = amounts[amounts > 0]
    if len(known) < LEAST_ROWS:
        return
    median = known.median()
    for row, amount in known.items():
        ratio = max(amount / median, median / amount)
        if ratio >= OUTLIER_RATIO:
            source.doubt("unit_outlier", int(str(row)), column.index, source.table.cells[column.index].loc[row],
                         field=label_of(column), factor=round(ratio))  # fmt: skip


def _arrivals(source: Source, projects: pd.DataFrame, funding: pd.DataFrame, at: dict[int, int]) -> None:
    """Capital arrived so far above the signed amount, or above the investment where none is signed."""
    so_far = funding[(funding["kind"] == "arrived") & funding["stated_as"].isin(["ytd", "total"])]
    if so_far.empty:
        return
    arrived = so_far.groupby("source_row")["amount_10k"].max()
    currency = so_far.groupby("source_row")["currency"].first()
    columns = [
        column
        for field in ("arrived.total", "arrived.ytd")
        for column in source.table.fields().get(field, [])
    ]
    for row in projects.to_dict("records"):
        place = row["source_row"]
        amount = arrived.get(place)
        for code, limit, unit in (
            ("arrived_exceeds_signed", row["signed_10k"], row["signed_currency"]),
            ("arrived_exceeds_total", row["total_investment_10k"], row["currency"]),
        ):
            if (
                pd.notna(amount)
                and pd.notna(limit)
                and unit == currency.get(place)
                and amount > limit * SLACK
            ):
                source.doubt(
                    code, at[place], columns[0].index, amount, arrived=amount, signed=limit, total=limit
                )
                break
