"""Amounts of capital over time: every arrived or completed amount of a row → ``funding_reports``."""

from dataclasses import replace

import pandas as pd

from meishan_stats.extract.raw_table import Column
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise import money
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import FundingReports, arrange
from meishan_stats.values.rows import rows_where

KINDS = {"arrived": "arrived", "completed_investment": "completed", "fixed_asset": "fixed_asset"}


def normalise_funding(source: Source, projects: pd.DataFrame) -> pd.DataFrame:
    """Every amount of capital that a project list states, with the period and how it is stated.

    A blank cell states nothing and has no row; a cell that cannot be read has a row with a missing
    amount and a problem.

    Parameters
    ----------
    source : Source
    projects : ProjectReports
        The same table, normalised, by its rows: gives the names.

    Returns
    -------
    FundingReports, one row per project and column of capital; its index is the row of the table
    """
    parts = [
        _column(source, column, *field.split("."))
        for field, found in source.table.fields().items()
        if field.partition(".")[0] in KINDS and "." in field
        for column in found
    ]
    if not parts:
        return arrange(pd.DataFrame({"office": []}), FundingReports)
    names = projects[["name", "investor", "project_code"]]
    reports = pd.concat(parts) if len(parts) > 1 else parts[0]
    reports = rows_where(reports, reports.index.isin(names.index))
    named = names if reports.index.equals(names.index) else names.reindex(reports.index)
    return arrange(
        reports.assign(**{str(name): column.array for name, column in named.items()}), FundingReports
    )


def _column(source: Source, column: Column, stem: str, stated_as: str) -> pd.DataFrame:
    """Amounts of one column; what came before this year (到上年底累计) is the total of last December."""
    years = source.years if column.year is None else pd.Series(column.year, source.years.index, dtype="Int64")
    if stated_as == "opening":
        stated_as = "total"
        column, years = replace(column, month=12), source.years - 1
    here = money.column_amounts(source, column)
    of_year = ~_has_month(source, column, years)
    period = _periods(source, column, years, of_year)
    fine = column.grain if column.grain in ("quarter", "half") else "month"
    on = period.fillna(source.year_starts())
    precision = pd.Series(fine, index=on.index, dtype=object).mask(of_year, "year")
    yuan = in_yuan(
        here["amount"], here["currency"], on, precision.where(period.notna(), "year"), source.rates
    )
    money.report_missing_rates(source, here.assign(column=column.index), yuan, on)
    stated = here["number"].notna() | here["code"].notna()
    frame = source.frame().assign(
        period=period,
        precision=precision,
        kind=KINDS[stem],
        currency=here["currency"],
        amount_10k=here["amount"],
        amount_cny_10k=yuan["cny"],
        stated_as=column.grain if column.grain in ("quarter", "half") else stated_as,
        cell=source.cell_names(column),
    )
    return rows_where(frame, stated)


def _last_month(source: Source, column: Column) -> int | None:
    """Last month that has a column of its own for the same amounts: a 累计 beside them reaches so far."""
    stem = (column.field or "").partition(".")[0]
    months = [c.month for c in source.table.columns if c.month and (c.field or "").partition(".")[0] == stem]
    return max(months, default=None)


def _has_month(source: Source, column: Column, years: pd.Series) -> pd.Series:
    """False where only a year is said of the amounts: by the table, or by the column's header (`years`)."""
    if column.month:
        return pd.Series(True, index=years.index)
    is_same = (years == source.years).fillna(False) | (years.isna() & source.years.isna())
    return is_same.astype(bool) & (source.table.precision != "year")


def _periods(source: Source, column: Column, years: pd.Series, of_year: pd.Series) -> pd.Series:
    """Month an amount speaks of: the header's own, else the table's; a bare other year ends in December."""
    table = source.table
    last = _last_month(source, column) if table.precision == "year" else None
    months = pd.Series(column.month or last, index=years.index, dtype="Int64")
    if not column.month and "month" not in table.fields():
        months = months.mask(of_year & months.isna(), 12)
    stated = cols.month_starts(years, months)
    return stated if stated.notna().all() else stated.fillna(cols.row_periods(source))
