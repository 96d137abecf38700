"""What a table is made of: the types of its columns, and frames held to their table."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar

import numpy as np
import pandas as pd

from meishan_stats.errors import TableError

Text = Annotated[str, pd.StringDtype(na_value=np.nan)]
Number = Annotated[float, np.dtype("float64")]
Count = Annotated[int, pd.Int64Dtype()]
Flag = Annotated[bool, pd.BooleanDtype()]
DATE = np.dtype("datetime64[ns]")
Date = Annotated[date, DATE]

TEN_THOUSAND_YUAN = "万元"
TEN_THOUSAND = "万（本币）"


@dataclass(frozen=True)
class Column:
    """Declaration of a column: labels, unit of measure, codelist of its values, whether one may be missing, type."""

    title: str
    description: str
    unit: str
    nullable: bool
    codelist: str
    dtype: Any = None


def column(zh: str, en: str, unit: str = "", *, nullable: bool = True, codelist: str = "") -> Any:
    """Field of a table: Chinese label, English label, unit of measure, codelist of its values."""
    return Column(zh, en, unit, nullable, codelist)


class Table:
    """Base of all tables: exactly the columns declared, in their order, of their types."""

    title = ""
    declared: ClassVar[dict[str, Column]] = {}

    def __init_subclass__(cls) -> None:
        own = {
            name: replace(getattr(cls, name), dtype=kind.__metadata__[0])
            for name, kind in cls.__annotations__.items()
        }
        cls.declared = cls.declared | own


def columns(model: type[Table]) -> dict[str, Column]:
    """Columns of a table in their order, each with its declaration.

    >>> from meishan_stats.schemas import Targets
    >>> columns(Targets)["amount_cny_10k"].unit
    '万元'
    """
    return dict(model.declared)


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
        return model.title
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
        units = {name: columns(model)[name].unit for name in absent}
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
        return _empty(model).copy()  # type: ignore[arg-type]  # a class is hashable
    in_order = frame if list(frame.columns) == list(model.declared) else arrange(frame, model)
    return validate(in_order, model)


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
    declared = model.declared
    if list(frame.columns) != list(declared):
        return _by_pandera(frame, model)
    table = frame.reset_index(drop=True)
    try:
        for (name, field), found in zip(declared.items(), frame.dtypes, strict=True):
            if found != field.dtype:
                table[name] = _converted(table[name], field.dtype)
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return _by_pandera(frame, model)
    if any(table[name].isna().any() for name, field in declared.items() if not field.nullable):
        return _by_pandera(frame, model)
    return table


def _converted(values: pd.Series, dtype: Any) -> pd.Series:
    if dtype == DATE:
        values = pd.to_datetime(values)
        if values.dtype.kind != "M" or isinstance(values.dtype, pd.DatetimeTZDtype):
            raise TypeError("dates of time zones")
    return values.astype(dtype)


@cache
def _empty(model: Any) -> pd.DataFrame:
    nothing = {dtype: pd.Series(dtype=dtype) for dtype in {field.dtype for field in model.declared.values()}}
    return pd.DataFrame({name: nothing[field.dtype] for name, field in model.declared.items()})


def _by_pandera(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame:
    # pandera takes as long to load as all else together, and is seldom needed.
    from meishan_stats.schemas.checking import checked

    return checked(frame, model.__name__, model.declared)
