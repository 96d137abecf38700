"""pandera, loaded only where a frame is not what its table wants, and so that PySpark beside it does no harm.

Where PySpark is installed pandera tries to load pyspark.pandas, which this package does not use: on loading,
and again with the first table that it checks. That warns of pandas 3; and pandera sets SPARK_LOCAL_IP to
127.0.0.1 for good, so that the workers of a cluster would look for this machine on their own.
"""

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pandas as pd

from meishan_stats.errors import TableError
from meishan_stats.schemas.base import Column

__all__ = ["SchemaError", "SchemaErrors", "checked", "schema"]


@contextmanager
def _spark_left_alone() -> Iterator[None]:
    address = os.environ.get("SPARK_LOCAL_IP")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield
    if address is None:
        os.environ.pop("SPARK_LOCAL_IP", None)


with _spark_left_alone():
    import pandera.pandas as pa
    from pandera.errors import SchemaError, SchemaErrors

    pa.DataFrameSchema({"number": pa.Column(float)}).validate(pd.DataFrame({"number": [1.0]}))


def schema(name: str, columns: Mapping[str, Column]) -> pa.DataFrameSchema:
    """The columns of a table as pandera checks them: exactly these, in their order, of their types.

    >>> from meishan_stats.schemas import Targets, columns
    >>> list(schema("Targets", columns(Targets)).columns)[:2]
    ['office', 'source_file']
    """
    return pa.DataFrameSchema(
        {
            key: pa.Column(
                str(column.dtype), nullable=column.nullable, title=column.title, description=column.description
            )
            for key, column in columns.items()
        },
        name=name, strict=True, coerce=True, ordered=True,
    )  # fmt: skip


def checked(frame: pd.DataFrame, name: str, columns: Mapping[str, Column]) -> pd.DataFrame:
    """The frame as pandera converts it.

    Raises
    ------
    TableError
        Names the table, the column and what was expected.

    Examples
    --------
    >>> from meishan_stats.schemas import FxRates, columns
    >>> checked(pd.DataFrame(columns=list(columns(FxRates))), "FxRates", columns(FxRates)).empty
    True
    """
    try:
        return schema(name, columns).validate(frame.reset_index(drop=True))
    except (SchemaError, SchemaErrors) as error:
        first = error.schema_errors[0] if isinstance(error, SchemaErrors) else error
        said = str(first).splitlines()[0].partition(" DataFrameSchema {")[0].rstrip(":")
        cases = getattr(first.failure_cases, "failure_case", None)
        value = "" if cases is None or cases.isna().all() else f": {cases.dropna().iloc[0]!r}"
        raise TableError(f"表 {name} 不合要求：{said}{value}", f"table {name}: {said}{value}") from error
