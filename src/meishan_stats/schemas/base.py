"""What a table is made of: the types of its columns, and frames held to their table."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from meishan_stats.errors import TableError
from meishan_stats.schemas.checking import SchemaError, SchemaErrors, Series, pa

Text = Series[str]
Number = Series[float]
Count = Series[pd.Int64Dtype]
Flag = Series[pd.BooleanDtype]
Date = Series["datetime64[ns]"]  # type: ignore[name-defined]

TEN_THOUSAND_YUAN = "万元"
TEN_THOUSAND = "万（本币）"


def column(zh: str, en: str, unit: str = "", *, nullable: bool = True, codelist: str = "") -> Any:
    """Field of a table: Chinese label, English label, unit of measure, codelist of its values."""
    return pa.Field(
        nullable=nullable, title=zh, description=en, metadata={"unit": unit, "codelist": codelist}
    )


class Table(pa.DataFrameModel):
    """Base of all tables: exactly the columns declared, in their order, of their types."""

    class Config:
        strict = True
        coerce = True
        ordered = True


@cache
def _declared(model: type[Table]) -> dict[str, Any]:
    return dict(model.to_schema().columns)


def columns(model: type[Table]) -> dict[str, Any]:
    """Columns of a table in their order, each with its declaration.

    >>> from meishan_stats.schemas import Targets
    >>> columns(Targets)["amount_cny_10k"].metadata["unit"]
    '万元'
    """
    return dict(_declared(model))


def label(model: type[Table], name: str, lang: str = "zh") -> str:
    """Label of a column, in Chinese (``zh``) or English (``en``).

    >>> from meishan_stats.schemas import Projects
    >>> label(Projects, "signed_cny_10k")
    '协议资金'
    """
    declared = columns(model)[name]
    return str(declared.title if lang == "zh" else declared.description)


def title(model: type[Table], lang: str = "zh") -> str:
    """Name of a table: in Chinese (``zh``), or what one row is, in English (``en``).

    >>> from meishan_stats.schemas import Funding
    >>> title(Funding), title(Funding, "en")
    ('资金', 'Capital of one project in one month.')
    """
    if lang == "zh":
        return str(model.to_schema().title)
    return (model.__doc__ or "").strip().splitlines()[0]


def require_columns(present: Collection[str], needed: Collection[str], model: type[Table], user: str) -> None:
    """Stop where a frame lacks columns that a function needs; all of them are named at once.

    Raises
    ------
    TableError
        Names the function (`user`), the table it expects and every column that is absent.

    Examples
    --------
    >>> from meishan_stats.schemas import Infrastructure
    >>> require_columns(["office", "item"], ["item"], Infrastructure, "infrastructure_totals")
    """
    absent = [name for name in needed if name not in present]
    if absent:
        units = {name: columns(model)[name].metadata["unit"] for name in absent}
        zh = "、".join(
            f"{name}（{'，'.join(filter(None, (label(model, name), unit)))}）" for name, unit in units.items()
        )
        en = ", ".join(f"{name} ({unit})" if unit else name for name, unit in units.items())
        raise TableError(
            f"{user} 需要 {model.__name__} 表，缺少列：{zh}",
            f"{user} expects a {model.__name__} table; columns missing: {en}",
        )


def arrange(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """New frame with the columns of a table in their order; types are left to `conform`.

    Checking types costs the same for ten rows as for ten thousand: it is done once an office.

    >>> from meishan_stats.schemas import Infrastructure
    >>> arrange(pd.DataFrame({"item": ["道路"], "x": [1]}), Infrastructure).shape
    (1, 14)
    """
    return frame.reindex(columns=list(columns(model)))


def conform(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """New frame with exactly the columns of a table: absent ones missing, types as declared.

    Raises
    ------
    TableError
        A column cannot be of its type, or a value is missing that must not be.

    Examples
    --------
    >>> from meishan_stats.schemas import Infrastructure
    >>> conform(pd.DataFrame({"office": ["示例镇"], "item": ["道路"]}), Infrastructure).shape
    (1, 14)
    """
    if len(frame.index) == 0:
        return _empty(model).copy()
    return validate(arrange(frame, model), model)


def validate(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    """The frame with the types of its table; the columns must all be there.

    Only what is not of its type yet is converted, and only columns that must be full are searched for
    what is missing; where either fails, or the columns are others, pandera tells what is wrong.

    Raises
    ------
    TableError
        Names the table, the column and what was expected.

    Examples
    --------
    >>> from meishan_stats.schemas import Infrastructure
    >>> validate(pd.DataFrame({"office": ["示例镇"]}), Infrastructure)     # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    meishan_stats.errors.TableError: 表 Infrastructure 不合要求：...
    """
    plan = _plan(model)
    if list(frame.columns) != plan.names:
        return _by_pandera(frame, model)
    table = frame.reset_index(drop=True)
    wrong = [
        i for i, (found, dtype) in enumerate(zip(table.dtypes, plan.dtypes, strict=True)) if found != dtype
    ]
    try:
        for name, coerce in ((plan.names[i], plan.coerce[i]) for i in wrong):
            table[name] = coerce(table[name])
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return _by_pandera(frame, model)
    if any(table[name].isna().any() for name in plan.full):
        return _by_pandera(frame, model)
    return table


class _Plan(NamedTuple):
    """What holds a frame to a table: of each column its name, type and conversion; and those that must be full."""

    names: list[str]
    dtypes: list[Any]
    coerce: list[Callable[[pd.Series], pd.Series]]
    full: list[str]


@cache
def _plan(model: type[Table]) -> _Plan:
    declared = _declared(model)
    return _Plan(
        names=list(declared),
        dtypes=[field.dtype.type for field in declared.values()],
        coerce=[field.dtype.coerce for field in declared.values()],
        full=[name for name, field in declared.items() if not field.nullable],
    )


@cache
def _empty(model: type[Table]) -> pd.DataFrame:
    plan = _plan(model)
    return pd.DataFrame(
        {name: pd.Series(dtype=dtype) for name, dtype in zip(plan.names, plan.dtypes, strict=True)}
    )


def _by_pandera(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    try:
        return model.validate(frame.reset_index(drop=True))
    except (SchemaError, SchemaErrors) as error:
        first = error.schema_errors[0] if isinstance(error, SchemaErrors) else error
        said = str(first).splitlines()[0].partition(" DataFrameSchema {")[0].rstrip(":")
        cases = getattr(first.failure_cases, "failure_case", None)
        value = "" if cases is None or cases.isna().all() else f": {cases.dropna().iloc[0]!r}"
        raise TableError(
            f"表 {model.__name__} 不合要求：{said}{value}", f"table {model.__name__}: {said}{value}"
        ) from error
