"""The structure of an area against a reference: location quotients and shift-share analysis."""

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.errors import TableError
from meishan_stats.schemas import conform
from meishan_stats.schemas.results.structure import LocationQuotient, ShiftShare
from meishan_stats.statistics.frames import collected, in_codelist_order, retyped
from meishan_stats.statistics.groups import share_of


def sector_values(breakdown: pd.DataFrame, *, year: int, value: str = "arrived_cny_10k") -> pd.DataFrame:
    """The sectors of one year of a ``sector_breakdown`` as area, sector and value.

    What ``location_quotient`` and ``shift_share`` take: for an office, or for several added up as their
    reference. A sector without a known value is left missing.

    Parameters
    ----------
    breakdown : SectorBreakdown, of one row per sector and year
    year : the year chosen
    value : a column of amounts or counts

    Raises
    ------
    TableError
        The frame lacks a column.

    Examples
    --------
    >>> breakdown = pd.DataFrame({
    ...     "office": "示例镇", "sector": ["other", "other"], "year": [2010, 2011], "arrived_cny_10k": [5.0, 8.0]})
    >>> sector_values(breakdown, year=2011)
      area sector  value
    0  示例镇  other    8.0
    """
    _require(breakdown.columns, ["office", "sector", "year", value], "sector_values", "breakdown")
    chosen = breakdown[(breakdown["year"] == year).fillna(False)]
    about = [name for name in ("is_demo", "as_of") if name in chosen]
    named = chosen[["office", "sector", value, *about]].rename(columns={"office": "area", value: "value"})
    return named.reset_index(drop=True)


def location_quotient(local: IntoFrame, reference: IntoFrame) -> pd.DataFrame:
    """Compare the weight of each sector in an area with its weight in a reference (区位商).

    Above 1 an area is specialised in the sector. The reference should hold all of its sectors, and
    values of the same kind and year; whether it includes the area itself is the analyst's choice and
    changes the result little where the reference is large.

    Parameters
    ----------
    local : area, sector, value
        pandas, Polars, PyArrow, DuckDB or PySpark; of a year and measure, such as ``sector_values`` gives.
        ``is_demo`` and ``as_of`` are kept where the frame has them.
    reference : sector, value
        One reference for all areas; further columns are not read.

    Returns
    -------
    LocationQuotient, one row per area (``office``) and sector
        (e_i / e) / (E_i / E), e of the area and E of the reference. Missing where the sector has no
        known or no positive value in the reference, or the area no positive total.

    Raises
    ------
    TableError
        A frame lacks a column, or ``value`` holds no numbers.

    Notes
    -----
    Textbook of regional economics (Isard, Methods of Regional Analysis, 1960).

    Examples
    --------
    Textiles are half of the town and a quarter of the county: 2.

    >>> town = pd.DataFrame({"area": "镇", "sector": ["modern_textiles", "other"], "value": [50.0, 50.0]})
    >>> county = pd.DataFrame({"sector": ["modern_textiles", "other"], "value": [100.0, 300.0]})
    >>> location_quotient(town, county)["location_quotient"].round(2).tolist()
    [2.0, 0.67]
    """
    here = _sums(local, ["area", "sector"], "location_quotient", "local")
    there = _sums(reference, ["sector"], "location_quotient", "reference").rename(
        columns={"value": "reference_value"}
    )
    table = here.merge(there[["sector", "reference_value"]], on="sector", how="left")
    local_share = share_of(table["value"], table.groupby("area")["value"].transform("sum"))
    reference_share = table["reference_value"] / (
        total if (total := there["reference_value"].sum()) > 0 else float("nan")
    )
    result = table.assign(
        office=table["area"],
        local_share=local_share,
        reference_share=reference_share,
        location_quotient=share_of(local_share, reference_share),
    )
    return conform(in_codelist_order(result, ["office", "sector"], sector="sectors"), LocationQuotient)


def shift_share(
    before: IntoFrame, after: IntoFrame, reference_before: IntoFrame, reference_after: IntoFrame
) -> pd.DataFrame:
    """Part the change of each sector of an area: growth of all, of the sector, and of the area itself.

    The three effects add up to the change. A sector that the frame of one year does not name is missing
    in it, not 0: state the 0 to have a new sector counted, its whole change is then regional.

    Parameters
    ----------
    before, after : area, sector, value, of two years
        pandas, Polars, PyArrow, DuckDB or PySpark; ``sector_values`` makes them.
    reference_before, reference_after : sector, value, of the same years, all sectors of the reference

    Returns
    -------
    ShiftShare, one row per area (``office``) and sector
        With e of the area, E_i of the sector and E of all sectors in the reference, G = E'/E - 1 and
        G_i = E_i'/E_i - 1: national effect e G, industry mix e (G_i - G), regional (competitive) effect
        e' - e (1 + G_i). E adds the sectors known in both years. Missing where a value is, or where the
        reference has no positive value before.

    Raises
    ------
    TableError
        A frame lacks a column, or ``value`` holds no numbers.

    Notes
    -----
    Classic shift-share of Dunn (1960), as in textbooks of regional economics.

    Examples
    --------
    The town's sector grows from 100 to 150; the county's by 20 %, all its sectors by 10 %.

    >>> def one(value, rest=None):
    ...     values = [value] if rest is None else [value, rest]
    ...     return pd.DataFrame({"area": "镇", "sector": ["a", "b"][:len(values)], "value": values})
    >>> result = shift_share(one(100.0), one(150.0), one(1000.0, 1000.0), one(1200.0, 1000.0))
    >>> result[["national_effect", "industry_mix", "regional_effect"]].round(9).values.tolist()
    [[10.0, 10.0, 30.0]]
    """
    keys = ["area", "sector"]
    first = _sums(before, keys, "shift_share", "before")
    last = _sums(after, keys, "shift_share", "after")
    held = [*keys, "value", "n_missing"]
    table = first[held].merge(last[held], on=keys, how="outer", suffixes=("_0", "_1"))
    about = pd.concat([first, last])[["area", "is_demo", "as_of"]].groupby("area", as_index=False).max()
    parts = (
        _sums(frame, ["sector"], "shift_share", name)[["sector", "value"]].rename(columns={"value": column})
        for frame, name, column in (
            (reference_before, "reference_before", "E0"),
            (reference_after, "reference_after", "E1"),
        )
    )
    reference = next(parts).merge(next(parts), on="sector", how="outer")
    both = reference.dropna(subset=["E0", "E1"])
    total = both["E0"].sum()
    growth_of_all = both["E1"].sum() / total - 1 if total > 0 else float("nan")
    joined = table.merge(reference, on="sector", how="left").merge(about, on="area", how="left")
    e0, e1 = joined["value_0"], joined["value_1"]
    growth_of_sector = share_of(joined["E1"], joined["E0"]) - 1
    is_whole = e0.notna() & e1.notna() & growth_of_sector.notna() & (total > 0)
    result = joined.assign(
        office=joined["area"],
        before=e0,
        after=e1,
        n_missing=joined[["n_missing_0", "n_missing_1"]].sum(axis=1),
        change=e1 - e0,
        national_effect=(e0 * growth_of_all).where(is_whole),
        industry_mix=(e0 * (growth_of_sector - growth_of_all)).where(is_whole),
        regional_effect=(e1 - e0 * (1 + growth_of_sector)).where(is_whole),
        growth=share_of(e1 - e0, e0),
        reference_growth=growth_of_sector,
        reference_total_growth=growth_of_all,
    )
    return conform(in_codelist_order(result, ["office", "sector"], sector="sectors"), ShiftShare)


def _sums(frame: IntoFrame, keys: Sequence[str], user: str, argument: str) -> pd.DataFrame:
    """Values of a frame of any engine by keys, missing where none is known, with ``is_demo`` and ``as_of``."""
    try:
        native = nw.from_native(frame)
    except TypeError:
        raise TableError(
            f"{user} 的 {argument} 应为表，得到的是 {type(frame).__name__}",
            f"{user} expects a frame for {argument}, not {type(frame).__name__}",
        ) from None
    schema = native.collect_schema()
    _require(schema.names(), [*keys, "value"], user, argument)
    if not schema["value"].is_numeric():
        raise TableError(
            f"{user} 的 {argument} 中 value 应为数字，实为 {schema['value']}",
            f"{user}: value of {argument} should hold numbers, not {schema['value']}",
        )
    wanted = [*keys, "value", *(name for name in ("is_demo", "as_of") if name in schema.names())]
    rows = collected(native.lazy().select(*wanted))
    types = dict.fromkeys(keys, "str") | {"value": "float64", "is_demo": "boolean", "as_of": "datetime64[ns]"}
    rows = rows.assign(**{name: rows.get(name) for name in ("is_demo", "as_of")})
    rows = retyped(rows, types)
    groups = rows.groupby(list(keys), dropna=False)
    table = groups["value"].sum(min_count=1).reset_index()
    table["n_missing"] = groups["value"].apply(lambda part: part.isna().sum()).to_numpy()
    about = groups[["is_demo", "as_of"]].max().reset_index(drop=True)
    return table.assign(is_demo=about["is_demo"].fillna(False), as_of=about["as_of"])


def _require(present: Sequence[str], needed: Sequence[str], user: str, argument: str) -> None:
    absent = [name for name in needed if name not in present]
    if absent:
        raise TableError(
            f"{user} 的 {argument} 缺少列：{'、'.join(absent)}",
            f"{user}: {argument} lacks columns: {', '.join(absent)}",
        )
