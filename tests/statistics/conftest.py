"""The same frame on every engine."""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

Convert = Callable[[pd.DataFrame], Any]


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)


@pytest.fixture(params=["pandas", "polars", "polars-lazy", "pyarrow", "duckdb", "pyspark"])
def on_engine(request: pytest.FixtureRequest) -> Convert:
    """A function that puts a pandas frame on one engine, its missing values as that engine's nulls."""
    connection = duckdb.connect()
    engines: dict[str, Convert] = {
        "pandas": lambda frame: frame.copy(),
        "polars": lambda frame: pl.from_arrow(to_arrow(frame)),
        "polars-lazy": lambda frame: pl.LazyFrame(pl.from_arrow(to_arrow(frame))),
        "pyarrow": to_arrow,
        "duckdb": lambda frame: connection.from_arrow(to_arrow(frame)),
        "pyspark": lambda frame: request.getfixturevalue("spark").createDataFrame(to_arrow(frame)),
    }
    return engines[request.param]
