"""Amounts of capital over time: every arrived or completed amount of a row → ``funding_reports``."""

from dataclasses import replace

import pandas as pd

from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise import money
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.source import Source
from meishan_stats.problems import cell_name
from meishan_stats.schemas import FundingReports, arrange

KINDS = {"arrived": "arrived", "completed_investment": "completed", "fixed_asset": "fixed_asset"}


def normalise_funding(source: Source, projects: pd.DataFrame) -> pd.DataFrame:
    """Every amount of capital that a project list states, with the period and how it is stated.

    A blank cell states nothing and has no row; a cell that cannot be read has a row with a missing
    amount and a problem.

    Parameters
    ----------
    source : Source
    projects : ProjectReports
        The same table, normalised: gives the names.

    Returns
    -------
    FundingReports, one row per project and column of capital
    """
    parts = [
        _column(source, column, *field.split("."))
        for field, found in source.table.fields().items()
        if field.partition(".")[0] in KINDS and "." in field
        for column in found
    ]
    if not parts:
        return arrange(pd.DataFrame({"office": []}), FundingReports)
    names = projects.set_index("source_row")[["name", "investor", "project_code"]]
    reports = pd.concat(parts, ignore_index=True).join(names, on="source_row")
    return arrange(reports[reports["name"].notna()], FundingReports)


def _column(source: Source, column: Column, stem: str, stated_as: str) -> pd.DataFrame:
    """Amounts of one column; what came before this year (到上年底累计) is the total of last December."""
    if stated_as == "opening":
        stated_as = "total"
        column = replace(column, year=source.table.year - 1 if source.table.year else None, month=12)
    here = money.column_amounts(source, column)
    period = _period(source, column)
    of_year = _is_yearly(source, column)
    precision = "year" if of_year else column.grain if column.grain in ("quarter", "half") else "month"
    on = period.fillna(source.year_start())
    known = pd.Series(precision, index=on.index).where(period.notna(), "year")
    yuan = in_yuan(here["amount"], here["currency"], on, known, source.rates)
    money.report_missing_rates(source, here.assign(column=column.index), yuan, on)
    frame = source.frame().assign(
        period=period,
        precision=precision,
        kind=KINDS[stem],
        currency=here["currency"],
        amount_10k=here["amount"],
        amount_cny_10k=yuan["cny"],
        stated_as=column.grain if column.grain in ("quarter", "half") else stated_as,
        cell=[_cell(source, int(row), column) for row in here.index],
    )
    stated = here["number"].notna() | here["code"].notna()
    return frame[stated]


def _cell(source: Source, row: int, column: Column) -> str:
    source_row, source_column = source.table.position(row, column.index)
    return cell_name(source_row + 1, source_column)


def _last_month(source: Source, column: Column) -> int | None:
    """Last month that has a column of its own for the same amounts: a 累计 beside them reaches so far."""
    stem = (column.field or "").partition(".")[0]
    months = [c.month for c in source.table.columns if c.month and (c.field or "").partition(".")[0] == stem]
    return max(months, default=None)


def _is_yearly(source: Source, column: Column) -> bool:
    """True where only a year is said of the amounts: by the table, or by the column's header."""
    table = source.table
    return not column.month and (table.precision == "year" or (column.year or table.year) != table.year)


def _period(source: Source, column: Column) -> pd.Series:
    """Month an amount speaks of: the header's own, else the table's; a bare other year ends in December."""
    table = source.table
    year = column.year or table.year
    stated = None
    if column.month and year:
        stated = pd.Timestamp(year, column.month, 1)
    elif year and table.precision == "year" and (last := _last_month(source, column)):
        stated = pd.Timestamp(year, last, 1)
    elif year and _is_yearly(source, column) and "month" not in table.fields():
        stated = pd.Timestamp(year, 12, 1)
    if stated is None:
        return cols.row_periods(source)
    return pd.Series(stated, index=table.cells.index, dtype="datetime64[ns]")
