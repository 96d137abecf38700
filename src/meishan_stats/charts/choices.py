"""Rows to draw: of one kind, of a year, or added up by a key."""

from collections.abc import Sequence

import pandas as pd

from meishan_stats.charts.theme import word
from meishan_stats.errors import ChoiceError


def check_choice(user: str, name: str, value: object, choices: Sequence[str]) -> None:
    """Stop where an argument is none of its choices.

    Raises
    ------
    ChoiceError
        Names the function (`user`), the argument and its choices.

    Examples
    --------
    >>> check_choice("plot_sector_trend", "measure", "signed", ["signed", "arrived"])
    """
    if value not in choices:
        listed = ", ".join(map(repr, choices))
        raise ChoiceError(
            f"{user}：{name} 只能是 {listed}，不能是 {value!r}",
            f"{user}: {name} must be one of {listed}, not {value!r}",
        )


def check_top(user: str, top: object) -> None:
    """Stop where the number of rows asked for is no whole number from 1 on.

    Raises
    ------
    ChoiceError
        Names the function (`user`).

    Examples
    --------
    >>> check_top("plot_pareto", 15)
    """
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise ChoiceError(
            f"{user}：top 应为 1 以上的整数，不能是 {top!r}",
            f"{user}: top must be a whole number from 1 on, not {top!r}",
        )


def only_value(result: pd.DataFrame, column: str, user: str) -> object:
    """The one value of a column; None where all are missing or there is no row.

    Raises
    ------
    ChoiceError
        The column holds several values: rows that a chart may not mix.

    Examples
    --------
    >>> only_value(pd.DataFrame({"by": ["year", "year"]}), "by", "plot_sector_trend")
    'year'
    """
    values = result[column].drop_duplicates().tolist()
    if len(values) > 1:
        listed = ", ".join("—" if pd.isna(value) else str(value) for value in values)
        raise ChoiceError(
            f"{user} 一次只画一种 {column}，得到 {listed}：请先用 result[result.{column} == …] 选一种",
            f"{user} draws one {column}, not {listed}: choose with result[result.{column} == ...]",
        )
    return values[0] if values and pd.notna(values[0]) else None


def of_year(result: pd.DataFrame, year: int | None, user: str) -> pd.DataFrame:
    """Rows of a year; all rows where none is named.

    Raises
    ------
    ChoiceError
        There is no such year: names those there are.

    Examples
    --------
    >>> of_year(pd.DataFrame({"year": [2010, 2011]}), 2011, "plot_sector_breakdown")
       year
    1  2011
    """
    if year is None:
        return result
    years = sorted(result["year"].dropna().unique().tolist())
    if year not in years:
        listed = ", ".join(map(str, years)) or "—"
        raise ChoiceError(
            f"{user}：没有 {year} 年，有：{listed}", f"{user}: there is no year {year}; there are: {listed}"
        )
    return result[(result["year"] == year).fillna(False)]


def years_of(shown: pd.DataFrame, lang: str) -> str:
    """What years the rows are of, for a title.

    >>> years_of(pd.DataFrame({"year": [2010, 2011]}), "zh")
    '2010—2011年合计'
    """
    years = sorted(set(shown["year"].dropna()))
    if len(years) > 1:
        return word("several_years", lang, years[0], years[-1])
    return word("one_year", lang, years[0]) if years else word("all_years", lang)


def added_up(shown: pd.DataFrame, keys: Sequence[str], amounts: Sequence[str]) -> pd.DataFrame:
    """One row per key, missing ones too: amounts of nothing are missing, counts (``n_``) are 0.

    Examples
    --------
    >>> rows = pd.DataFrame({"sector": ["a", "a"], "signed": [1.0, 2.0], "n_signed": [1, 1]})
    >>> added_up(rows, ["sector"], ["signed"])
      sector  signed  n_signed
    0      a     3.0         2
    """
    groups = shown.groupby(list(keys), dropna=False, sort=False)
    counts = [name for name in shown if str(name).startswith("n_") and name not in amounts]
    return groups[list(amounts)].sum(min_count=1).join(groups[counts].sum()).reset_index()
