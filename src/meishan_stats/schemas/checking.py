"""pandera, loaded so that a PySpark installed beside it does no harm.

Where PySpark is installed pandera tries to load pyspark.pandas, which this package does not use: on loading,
and again with the first table that it checks. That warns of pandas 3; and pandera sets SPARK_LOCAL_IP to
127.0.0.1 for good, so that the workers of a cluster would look for this machine on their own.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

__all__ = ["SchemaError", "SchemaErrors", "Series", "pa"]


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
    from pandera.typing import Series

    class _First(pa.DataFrameModel):
        """The first table that is checked."""

        number: Series[float]

    _First.validate(pd.DataFrame({"number": [1.0]}))
