"""Date cells, and the month or year that a title, sheet name or file name speaks of."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from meishan_stats.values.date_text import ORDER_FORM, Span, canonical, months, of_month, read_spans
from meishan_stats.values.distinct import distinct
from meishan_stats.values.numerals import as_number
from meishan_stats.values.periods import find_period, find_year
from meishan_stats.values.text import is_blank

__all__ = ["find_period", "find_year", "parse_dates"]

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = (20000, 60000)  # 1954 to 2064
_YEARS = (1950, 2100)
_IMPRECISE = frozenset(("quarter", "half", "year"))
_NEAR = 2  # months: neighbours in a list kept by month


class DateReading(NamedTuple):
    """Days one cell may stand for, likeliest first, and what the column has to decide about it."""

    spans: tuple[Span, ...] = ()
    doubt: str = ""  # "serial", "october" (2011.1) or "order" (3/4/2011)
    is_blank: bool = False


def parse_dates(
    values: pd.Series,
    *,
    year: int | pd.Series | None = None,
    dayfirst: bool | None = None,
    tables: np.ndarray | None = None,
) -> pd.DataFrame:
    """Give the day, month or longer period that every cell names, with its precision and any doubt.

    What one cell leaves open its column decides: the number 2011.1, January or October, by the cells
    around it; 3/4/2011 by a cell that can only be read one way; 40617 is an Excel date unless most
    other cells are no dates. What stays open is ``ambiguous_date`` and keeps both readings.

    Parameters
    ----------
    values : Series
        Cells as read: dates, numbers, text, anything.
    year : int, optional, or a Series of them
        Year of dates that name none (3月15日); without it they are ``unparseable_date``. Of a Series it is
        one year a table.
    dayfirst : bool, optional
        Whether 3/4/2011 is 3 April; by default the column decides.
    tables : array of int, optional
        Table that each cell is of, where the column of several tables is read at once: each decides for
        its own cells.

    Returns
    -------
    DataFrame with the index of `values`
        ``on`` first and ``end_on`` last day; ``precision`` day, ten_days, month, quarter, half or year;
        ``code`` None, unparseable_date, ambiguous_date or imprecise_date; ``second`` the other reading.

    Examples
    --------
    >>> parse_dates(pd.Series(["2011年3月15日", 2011.3, "二季度", "2011年13月"]), year=2011)[["on", "precision"]]
              on precision
    0 2011-03-15       day
    1 2011-03-01     month
    2 2011-04-01   quarter
    3        NaT      None
    """
    of_table = np.zeros(len(values), dtype=int) if tables is None else tables
    columns, doubts = _read_alone(values, year)
    # Only in tables with a cell that its column must decide the column is read as a whole.
    for table in np.unique(of_table[doubts]):
        here = np.flatnonzero(of_table == table)
        own = year.iloc[here[0]] if isinstance(year, pd.Series) else year
        decided = _read_together(
            values.iloc[here], None if own is None or pd.isna(own) else int(own), dayfirst
        )
        for name, column in columns.items():
            column[here] = decided[name]
    return pd.DataFrame({n: pd.Series(c, values.index, c.dtype) for n, c in columns.items()}, values.index)


def _read_alone(values: pd.Series, year: int | pd.Series | None) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Columns of the cells each by itself, and which cells the others of their column must decide."""
    found = distinct(values)
    keys = [_key(value) for value in found.kinds]
    years: list[int | None] = [None if isinstance(year, pd.Series) else year]
    of_year = np.zeros(len(values), dtype=int)
    if isinstance(year, pd.Series) and not all(isinstance(key, date) or key is None for key in keys):
        of_year, stated = pd.factorize(year, use_na_sentinel=False)
        years = [None if pd.isna(one) else int(one) for one in stated]
    # A day is the same in every year; a text or a number is read once for each year of its tables.
    pairs, cells = np.unique(found.codes * len(years) + of_year, return_inverse=True)
    blank = DateReading(is_blank=True)
    readings = [
        blank if pair < 0 else _read(keys[pair // len(years)], years[pair % len(years)])
        for pair in pairs.tolist()
    ]
    columns = {name: column[cells] for name, column in _columns(readings).items()}
    return columns, np.array([bool(reading.doubt) for reading in readings], dtype=bool)[cells]


def _read_together(values: pd.Series, year: int | None, dayfirst: bool | None) -> dict[str, np.ndarray]:
    """Columns of the cells of one table, what one leaves open decided by the others."""
    places: dict[object, int] = {}
    cells = np.array(
        [places.setdefault(_key(cell), len(places)) for cell in values.astype(object)], dtype=int
    )
    keys = list(places)
    readings = _serials_decided([_read(key, year) for key in keys])
    readings = _orders_decided(readings, keys, dayfirst)
    columns = {name: column[cells] for name, column in _columns(readings).items()}
    is_open = np.array([reading.doubt == "october" for reading in readings], dtype=bool)[cells]
    if is_open.any():
        is_october, is_decided = _octobers(columns["on"], is_open, keys)
        _swap(columns, is_open & is_october)
        columns["code"][is_decided] = None
        columns["second"][is_decided] = np.datetime64("NaT")
    return columns


class _Nothing:
    """Stands for every cell that is neither text, number, date nor blank."""


def _key(cell: object) -> object:
    """Hashable form of a cell: text, a number, a day, None for a blank."""
    if is_blank(cell):
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, np.datetime64):
        stamp = pd.Timestamp(cell)
        return None if stamp is pd.NaT else stamp.date()
    number = as_number(cell)
    return _Nothing if number is None else number


@lru_cache(maxsize=65536)
def _read(key: object, year: int | None) -> DateReading:
    """Reading of one cell by itself."""
    if key is None:
        return DateReading(is_blank=True)
    if isinstance(key, date):
        is_plausible = _YEARS[0] <= key.year <= _YEARS[1]  # 1900-01-05 is a 5 that was formatted as a date
        return DateReading((Span(key, key, "day"),) if is_plausible else ())
    if isinstance(key, float):
        return _of_number(key, year)
    if not isinstance(key, str):
        return DateReading()
    text = canonical(key)
    if re.fullmatch(r"[0-9]{1,8}", text):
        return _of_number(float(text), year)
    spans = read_spans(key, year)
    return DateReading(spans, "order" if len(spans) > 1 else "")


def _of_number(number: float, year: int | None) -> DateReading:
    """Reading of a number: a year, 2011.3, 201103, 20110315, an Excel day, or 3 and 3.15 in a known year."""
    if not 1 <= number < 1e8:
        return DateReading()
    if _SERIALS[0] <= number <= _SERIALS[1]:
        on = _EXCEL_EPOCH + timedelta(days=int(number))
        return DateReading((Span(on, on, "day"),), "serial")
    whole, _, part = f"{number:.4f}".rstrip("0").rstrip(".").partition(".")
    if part == "":
        spans = read_spans(whole if number > 12 else f"{whole}月", year)
        return DateReading(spans if number <= 12 or len(whole) in (4, 6, 8) else ())
    if 1990 <= int(whole) <= 2100:
        if part == "1":  # 2011.10 as a number is 2011.1
            return DateReading(
                _known(months(int(whole), 1, 1, "month"), months(int(whole), 10, 1, "month")), "october"
            )
        day = None if len(part) < 3 else part.ljust(4, "0")[2:]
        return DateReading(_known(of_month(int(whole), int(part[:2]), day)))
    if year is None or int(whole) > 12 or len(part) > 2:
        return DateReading()
    days = [part, f"{part}0"] if part in ("1", "2", "3") else [part]  # 3.1 may have been 3.10
    return DateReading(_known(*(of_month(year, int(whole), day) for day in days)))


def _known(*spans: Span | None) -> tuple[Span, ...]:
    return tuple(span for span in spans if span is not None)


def _serials_decided(readings: list[DateReading]) -> list[DateReading]:
    """Readings with Excel days kept where most other cells are dates, too."""
    others = [bool(r.spans) for r in readings if not r.is_blank and r.doubt != "serial"]
    if sum(others) * 2 >= len(others):
        return readings
    return [DateReading() if r.doubt == "serial" else r for r in readings]


def _orders_decided(
    readings: list[DateReading], keys: list[object], dayfirst: bool | None
) -> list[DateReading]:
    """Readings with 3/4/2011 decided by the cells of the column that can be read one way only."""
    pairs = [ORDER_FORM.fullmatch(canonical(key)) if isinstance(key, str) else None for key in keys]
    numbers = [None if pair is None else (int(pair[1]), int(pair[3])) for pair in pairs]
    if dayfirst is None:
        full = [n for n, pair in zip(numbers, pairs, strict=True) if n and pair and len(pair[4]) == 4]
        is_day, is_month = any(n[0] > 12 for n in full), any(n[1] > 12 for n in full)
        if is_day == is_month:
            return readings
        dayfirst = is_day
    decided = []
    for reading, pair in zip(readings, numbers, strict=True):
        wanted = None if pair is None else (pair[::-1] if dayfirst else pair)
        spans = tuple(s for s in reading.spans if (s.first.month, s.first.day) == wanted)
        decided.append(DateReading(spans) if reading.doubt == "order" and spans else reading)
    return decided


def _columns(readings: list[DateReading]) -> dict[str, np.ndarray]:
    """Columns of the table, one row per different cell."""

    def days(dates: list[date | None]) -> np.ndarray:
        return np.array([str(d) if d else "NaT" for d in dates], dtype="datetime64[ns]")

    def code(reading: DateReading) -> str | None:
        if not reading.spans:
            return None if reading.is_blank else "unparseable_date"
        if len(reading.spans) > 1:
            return "ambiguous_date"
        span = reading.spans[0]
        return "imprecise_date" if span.is_vague or span.precision in _IMPRECISE else None

    firsts = [r.spans[0] if r.spans else None for r in readings]
    seconds = [r.spans[1] if len(r.spans) > 1 else None for r in readings]
    return {
        "on": days([s and s.first for s in firsts]),
        "precision": np.array([s and s.precision for s in firsts], dtype=object),
        "end_on": days([s and s.last for s in firsts]),
        "code": np.array([code(r) for r in readings], dtype=object),
        "second": days([s and s.first for s in seconds]),
    }


def _swap(columns: dict[str, np.ndarray], where: np.ndarray) -> None:
    """Put October, the second reading, in the place of January; the arrays belong to the caller."""
    january, october = columns["on"][where], columns["second"][where]
    last = october.astype("datetime64[M]") + np.timedelta64(1, "M")
    columns["on"][where], columns["second"][where] = october, january
    columns["end_on"][where] = last.astype("datetime64[D]") - np.timedelta64(1, "D")


def _octobers(on: np.ndarray, is_open: np.ndarray, keys: list[object]) -> tuple[np.ndarray, np.ndarray]:
    """Whether each open cell (2011.1) is October, and whether its column says so.

    A column with 2011.03 writes two digits, so 2011.1 lost its zero; one with "2011.10" as text has
    saved its Octobers. Else a column in the order of time leaves room for only one of both months.
    """
    nothing = np.zeros(len(on), dtype=bool)
    if any(isinstance(key, float) and re.search(r"^[12]\d{3}\.0[1-9]00$", f"{key:.4f}") for key in keys):
        return is_open, is_open
    if any(isinstance(key, str) and re.fullmatch(r"\d{4}\.10", canonical(key)) for key in keys):
        return nothing, is_open
    month = on.astype("datetime64[M]").astype(float)
    month[np.isnat(on)] = np.nan
    known = np.where(is_open, np.nan, month)
    steps = np.diff(known[~np.isnan(known)])
    if not steps.any() or ((steps > 0).any() and (steps < 0).any()):
        return nothing, nothing
    sign = 1 if (steps > 0).any() else -1
    before = pd.Series(sign * known).ffill().fillna(-np.inf).to_numpy(copy=True)
    after = pd.Series(sign * known).bfill().fillna(np.inf).to_numpy()
    is_october, is_decided, latest = nothing.copy(), nothing.copy(), -np.inf
    for i in np.flatnonzero(is_open):
        low, high = max(before[i], latest), after[i]
        choices = [sign * (month[i] + 9 * n) for n in (0, 1)]
        fits = [low <= choice <= high for choice in choices]
        if all(fits):
            fits = [min(choice - low, high - choice) <= _NEAR for choice in choices]
        if sum(fits) == 1:
            is_october[i], is_decided[i] = fits[1], True
            latest = choices[fits.index(True)]
    return is_october, is_decided
