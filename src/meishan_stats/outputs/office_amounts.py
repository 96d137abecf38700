"""Rows of the tables of amounts in the office workbook: sectors by year, capital by month, targets."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from meishan_stats.codelists import codes
from meishan_stats.outputs.office_facts import Frames, OfficeFacts, Shown
from meishan_stats.outputs.office_texts import text, word

AMOUNT_FORMAT = ",.2f"


def sector_years(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Sectors year by year, a year that is not known last."""
    yearly = rows[rows["by"] == "year"]
    return Shown(yearly.sort_values("year", kind="stable", na_position="last"))


def amounts_by_year(amount: str, missing: str) -> Callable[[pd.DataFrame, Frames, OfficeFacts], Shown]:
    """One row a year, one column a sector; no row at all where no amount is known."""

    def turned(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
        yearly = rows[rows["by"] == "year"]
        if not yearly[amount].notna().any():
            return Shown(yearly.iloc[:0])
        sector = yearly["sector"].astype(object).fillna(text("unknown"))
        year = yearly["year"].astype(object).where(yearly["year"].notna(), text("group_unknown"))
        listed = codes("sectors")
        present = [code for code in listed if (sector == code).any()] + sorted(set(sector) - set(listed))
        known = [*sorted(yearly["year"].dropna().unique()), text("group_unknown")]
        table = []
        for when in (when for when in known if (year == when).any()):
            of_year = yearly[year == when]
            amounts = of_year[amount].groupby(sector).sum(min_count=1)
            cells: dict[str, Any] = {f"sectors={code}": amounts.get(code) for code in present}
            table.append({"year": when, **cells, "across": None, "n_missing": of_year[missing].sum()})
        return Shown(pd.DataFrame(table))

    return turned


def months_of(kind: str) -> Callable[[pd.DataFrame, Frames, OfficeFacts], Shown]:
    """Twelve months of one kind of capital, the last year of the series beside the year before."""

    def turned(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
        series = rows[rows["kind"] == kind]
        dated = series.dropna(subset=["period"])
        notes = _undated(series[series["period"].isna()])
        if dated.empty:
            return Shown(dated, notes)
        year = int(dated["period"].dt.year.max())
        this, last = _months_of_year(dated, year), _months_of_year(dated, year - 1)
        is_joined = bool(dated["is_joined"].astype("boolean").fillna(False).any())
        months = [month for month in range(1, 13) if not (is_joined and month == 1)]
        names = {month: text("month_of_year", month) for month in months}
        if is_joined:
            names[2] = text("january_february")
        beside = {
            "amount_last": last["amount_cny_10k"], "amount_this": this["amount_cny_10k"],
            "yoy_growth": this["yoy_growth"], "mom_growth": this["mom_growth"],
            "ytd_last": last["ytd_cny_10k"], "ytd_this": this["ytd_cny_10k"],
            "ytd_yoy_growth": this["ytd_yoy_growth"], "n_projects": this["n_projects"],
            "missing_last": last["n_missing"], "missing_this": this["n_missing"],
        }  # fmt: skip
        table = pd.DataFrame({name: column.reindex(months) for name, column in beside.items()})
        words = {"this_year": text("year", year), "last_year": text("year", year - 1)}
        return Shown(table.assign(month=list(names.values())), notes, words=words)

    return turned


def _months_of_year(dated: pd.DataFrame, year: int) -> pd.DataFrame:
    """Rows of one year by number of month."""
    of_year = dated[dated["period"].dt.year == year]
    return of_year.set_index(of_year["period"].dt.month)


def _undated(rows: pd.DataFrame) -> list[str]:
    """What is said of capital of no month: it is in no row and yet not lost."""
    n, amount = int(rows["n_missing"].sum()), rows["amount_cny_10k"].sum(min_count=1)
    if pd.notna(amount):
        said = text("undated_amount", format(amount, AMOUNT_FORMAT))
        return [said + (text("undated_missing", n) if n else "")]
    return [text("undated_missing", n)] if n else []


def forecast(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Forecasts of a year that is not over: after its twelfth month every method gives what has arrived."""
    is_over = rows["n_months"].eq(12).fillna(False).astype(bool)
    why = text("year_over", int(rows["year"].max())) if len(rows) and is_over.all() else ""
    return Shown(rows[~is_over], why_empty=why)


def targets(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """The last year first; a light says whether the target is ahead of the calendar."""
    paces = [
        None if pd.isna(gap) else word("ahead" if gap > 0 else "behind" if gap < 0 else "on_pace")
        for gap in rows["gap_pp"]
    ]
    return Shown(rows.assign(pace=paces).sort_values("year", ascending=False, kind="stable"))
