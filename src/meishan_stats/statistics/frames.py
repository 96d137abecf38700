"""Frames of any engine in, small pandas frames out: what every statistic does first and last.

Engines differ without a word: they sum nothing to 0.0, hold NaN beside null, drop or keep missing
keys. These functions are where that is settled; a statistic itself need not think of it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Table, columns, require_columns
from meishan_stats.schemas.base import DATE

# What a column may hold on its engine, by the type its table declares, and what it is read as.
_FAMILIES: dict[str, tuple[str, str, Any]] = {
    "float64": ("数字", "numbers", nw.Float64()),
    "datetime64[ns]": ("日期", "dates", nw.Datetime("us")),
    "boolean": ("是／否", "true or false", nw.Int64()),
    "Int64": ("整数", "whole numbers", nw.Int64()),
}
_READ_AS = {DATE: "datetime64[us]", pd.BooleanDtype(): "Int64"}
"""What columns of those types are read as, where they are of pandas and of the type declared."""

_COUNTED = "_counted"


def opened(frame: IntoFrame, model: type[Table], needed: Collection[str], user: str) -> nw.LazyFrame[Any]:
    """Open the columns a statistic needs of a frame of any engine, typed as their table declares.

    NaN becomes null, so that Polars and DuckDB count it as missing as pandas does; flags become 0
    and 1, because not every engine takes the largest of booleans. Nothing is computed yet.

    Parameters
    ----------
    frame : pandas, Polars, PyArrow, DuckDB or PySpark frame
    model : table the frame should be
    needed : names of the columns to read
    user : name of the public function, for the message

    Raises
    ------
    TableError
        The argument is no frame, lacks a column, or holds text where numbers or dates are declared.

    Examples
    --------
    >>> from meishan_stats.schemas import Targets
    >>> targets = pd.DataFrame({"year": [2011], "amount_cny_10k": [35000]})
    >>> opened(targets, Targets, ["amount_cny_10k"], "target_attainment").collect_schema().dtypes()
    [Float64]
    """
    try:
        native: Any = nw.from_native(frame)
    except TypeError:
        raise TableError(
            f"{user} 需要 {model.__name__} 表，得到的是 {type(frame).__name__}",
            f"{user} expects a {model.__name__} table, not {type(frame).__name__}",
        ) from None
    if native.implementation.is_pandas() and _is_declared(native.to_native(), model, needed):
        # A table of this package: pandas reads its columns in a fraction of the time that expressions take.
        read_as = {name: kind for name in needed if (kind := _READ_AS.get(model.declared[name].dtype))}
        return nw.from_native(retyped(native.to_native()[list(needed)], read_as)).lazy()
    schema = native.collect_schema()
    require_columns(schema.names(), needed, model, user)
    return native.lazy().select(*(_read(native, name, schema[name], model, user) for name in needed))


def _is_declared(frame: pd.DataFrame, model: type[Table], needed: Collection[str]) -> bool:
    """Whether a pandas frame holds columns of exactly the types their table declares."""
    held = dict(zip(frame.columns, frame.dtypes, strict=True))
    # numpy takes None for float64: a column that is not there must be asked for by name.
    return all(name in held and held[name] == model.declared[name].dtype for name in needed)


def _read(native: Any, name: str, held: Any, model: type[Table], user: str) -> nw.Expr:
    declared = columns(model)[name]
    wanted = str(declared.dtype)
    if wanted not in _FAMILIES:
        return nw.col(name).cast(nw.String())
    zh, en, target = _FAMILIES[wanted]
    fits = {
        "float64": held.is_numeric(),
        "Int64": held.is_numeric(),
        "datetime64[ns]": held in (nw.Date, nw.Datetime),
        "boolean": held == nw.Boolean,
    }[wanted]
    if fits:
        # Of a date with a time zone (the usual one of Spark) the day on the clock there counts.
        here = nw.col(name).dt.replace_time_zone(None) if _is_zoned(held) else nw.col(name)
        typed = here.cast(target)
        return typed.fill_nan(None) if wanted == "float64" else typed
    # A column without any value has whatever type its engine gives to nothing: that is no mistake.
    if held == nw.Unknown or (isinstance(native, nw.DataFrame) and native[name].is_null().all()):
        return nw.lit(None, dtype=target).alias(name)
    raise TableError(
        f"{user} 需要 {model.__name__} 表，列 {name}（{declared.title}）应为{zh}，实为 {held}",
        f"{user} expects a {model.__name__} table; column {name} should hold {en}, not {held}",
    )


def collected(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Compute a frame on its engine and bring it to pandas: by way of Arrow, so that types are alike.

    Spark's own way to pandas is another, and warns of pandas 3. Dates come as they stand on the clock of
    their time zone: a date that Spark has cut to its month is one of its session's.

    Examples
    --------
    >>> import pyarrow as pa
    >>> rows = pa.table({"sector": ["other"], "n": [2]})
    >>> collected(nw.from_native(rows).lazy().filter(nw.col("n") > 1))
      sector  n
    0  other  2
    """
    if frame.implementation.is_pandas():
        return frame.collect("pandas").to_native()
    zoned = [name for name, held in frame.collect_schema().items() if _is_zoned(held)]
    on_clock = frame.with_columns(nw.col(name).dt.replace_time_zone(None) for name in zoned)
    return on_clock.collect("pyarrow").to_native().to_pandas()


def _is_zoned(held: Any) -> bool:
    return held == nw.Datetime and held.time_zone is not None


def totals(
    frame: nw.LazyFrame[Any],
    keys: Collection[str],
    sums: Mapping[str, str],
    *others: nw.Expr,
    **named: nw.Expr,
) -> pd.DataFrame:
    """Sum columns by keys on the engine; a sum of nothing is missing, not 0.

    Missing keys make a row of their own. This is where the engine computes.

    Parameters
    ----------
    keys : columns to group by
    sums : columns to add up, each with the name of the column that counts its known values
    others, named : further aggregates, such as ``nw.col("a", "b").max()`` and ``n_projects=nw.len()``

    Returns
    -------
    One row per combination of keys, in no order.

    Examples
    --------
    >>> rows = pd.DataFrame({"sector": ["a", "a", "b"], "signed": [3.0, 4.0, None]})
    >>> totals(nw.from_native(rows).lazy(), ["sector"], {"signed": "n_known"}).sort_values("sector")
      sector  signed  n_known
    0      a     7.0        2
    1      b     NaN        0
    """
    # All columns at once: an engine reads a list in hardly more time than one of it.
    of_each = nw.col(*sums)
    sum_up = [of_each.sum(), of_each.count().name.suffix(_COUNTED)] if sums else []
    table = collected(frame.group_by(*keys).agg(*sum_up, *others, **named))
    renamed = {f"{name}{_COUNTED}": known for name, known in sums.items()}
    found = {renamed.get(name, name): column for name, column in table.items()}
    found |= {name: found[name].astype("float64").where(found[known] > 0) for name, known in sums.items()}
    return pd.DataFrame(found, index=table.index, copy=False)


def as_declared(table: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """The frame with every column of the type its table declares, whatever the engine returned.

    Examples
    --------
    >>> from meishan_stats.schemas import Targets
    >>> as_declared(pd.DataFrame({"year": [2011.0, None]}), Targets)["year"].tolist()
    [2011, <NA>]
    """
    return retyped(table, {name: field.dtype for name, field in model.declared.items()})


def retyped(table: pd.DataFrame, types: Mapping[str, Any]) -> pd.DataFrame:
    """The frame with its columns of the types given by name; those of their type already are not touched.

    Examples
    --------
    >>> retyped(pd.DataFrame({"n": [1.0, None], "a": [1, 2]}), {"n": "Int64", "b": "str"}).dtypes.to_dict()
    {'n': Int64Dtype(), 'a': dtype('int64')}
    """
    if table.empty:
        # An empty text column of PyArrow or DuckDB has no chunks, and pandas cannot join on it: remake it.
        return table.assign(
            **{n: table[n].astype(object).astype(kind) for n, kind in types.items() if n in table}
        )
    others = [name for name, held in table.dtypes.items() if name in types and held != types[name]]
    return table.assign(**{name: table[name].astype(types[name]) for name in others})


def in_codelist_order(table: pd.DataFrame, by: Collection[str], **codelists: str) -> pd.DataFrame:
    """Sort by columns, those with a codelist in its order; other codes follow, missing values come last.

    Examples
    --------
    >>> table = pd.DataFrame({"sector": ["other", None, "new_energy"]})
    >>> in_codelist_order(table, ["sector"], sector="sectors")["sector"].tolist()
    ['new_energy', 'other', nan]
    """
    ranks = [_rank(table[name], codes(codelists[name]) if name in codelists else []) for name in by]
    return table.iloc[np.lexsort(ranks[::-1])].reset_index(drop=True)


def _rank(values: pd.Series, listed: Sequence[str]) -> np.ndarray:
    """Place of every value: those listed in their order, then others in theirs, then what is missing."""
    found, others = pd.factorize(values, sort=True)
    order = {code: place for place, code in enumerate(listed)}
    places = (
        [order.get(value, len(order) + i) for i, value in enumerate(others)] if order else range(len(others))
    )
    # What is missing has the code -1, and so the last place.
    return np.array([*places, len(order) + len(others)])[found]


def check_choice(user: str, name: str, value: object, choices: Sequence[object]) -> None:
    """Stop where an argument is none of its choices.

    Raises
    ------
    ChoiceError
        Names the function (`user`), the argument and its choices.

    Examples
    --------
    >>> check_choice("sector_breakdown", "by", "year", ["year", "month"])
    """
    if value not in choices:
        listed = ", ".join(map(repr, choices))
        raise ChoiceError(
            f"{user}：{name} 只能是 {listed}，不能是 {value!r}",
            f"{user}: {name} must be one of {listed}, not {value!r}",
        )
