"""Frames held to their table: as pandera would, and quickly where nothing is to be done."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import meishan_stats as ms
from meishan_stats.errors import TableError
from meishan_stats.schemas import (
    TABLES,
    Infrastructure,
    Table,
    Targets,
    Visits,
    arrange,
    columns,
    conform,
    validate,
)
from meishan_stats.schemas.checking import SchemaError, SchemaErrors, schema

RAW = Path(__file__).parents[1] / "data" / "raw"
VALUES: list[Any] = [
    "x", "3", "3.5", "2011-01-01", "2011/2/1", "2011年", "", None, np.nan, pd.NA, pd.NaT, 1, 2, 0, 1.5, 1.0, True, False,
    pd.Timestamp("2011-03-04"), date(2011, 3, 4), float("inf"), 10**30, "1,000", "True", "nan",
]  # fmt: skip
DTYPES = ("int64", "Int64", "float64", "Float64", "bool", "boolean", "str", "string", "category",
          "datetime64[s]", "datetime64[ns]", "datetime64[ns, UTC]", "timedelta64[ns]")  # fmt: skip
COLUMNS: list[tuple[type[Table], str]] = [
    (Targets, "year"), (Targets, "n"), (Targets, "is_demo"), (Visits, "visited_on"), (Visits, "host"), (Visits, "office"),
]  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> ms.Tables:
    return ms.load(RAW)


def of_pandera(model: type[Table]) -> Any:
    return schema(model.__name__, columns(model))


@pytest.mark.parametrize("name", TABLES)
def test_what_load_builds_is_as_pandera_wants_it(tables, name):
    built = getattr(tables, name)
    pd.testing.assert_frame_equal(of_pandera(TABLES[name]).validate(built), built)


def by_pandera_alone(frame: pd.DataFrame, model: type[Table]) -> pd.DataFrame | None:
    try:
        return of_pandera(model).validate(arrange(frame, model).reset_index(drop=True))
    except (SchemaError, SchemaErrors):
        return None


def columns_to_try() -> list[pd.Series]:
    one = [pd.Series([value], dtype=object) for value in VALUES]
    two = [pd.Series([first, second], dtype=object) for first in VALUES for second in ("2011-01-01", None, 1)]
    typed = [pd.Series([1, 0], dtype="int64").astype(dtype) for dtype in DTYPES]
    return [*one, *two, *typed]


@pytest.mark.filterwarnings("ignore:Could not infer format", "ignore:Parsing integer or float values")
@pytest.mark.parametrize(("model", "name"), COLUMNS)
def test_conform_takes_and_refuses_what_pandera_does(model, name):
    for values in columns_to_try():
        frame = pd.DataFrame({"office": "甲镇"}, index=values.index).assign(**{name: values})
        wanted = by_pandera_alone(frame, model)
        if wanted is None:
            with pytest.raises(TableError, match=model.__name__):
                conform(frame, model)
        else:
            pd.testing.assert_frame_equal(conform(frame, model), wanted)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rows_has_its_columns_and_types(name):
    model = TABLES[name]
    empty = conform(pd.DataFrame({"office": []}), model)
    assert list(empty.columns) == list(columns(model))
    pd.testing.assert_frame_equal(empty, of_pandera(model).validate(empty))


def test_changing_a_conformed_table_changes_neither_its_source_nor_the_next_one():
    frame = conform(pd.DataFrame({"office": ["甲镇"], "year": [2011]}), Targets)
    other = conform(frame, Targets)
    other.loc[0, "year"] = 2012
    assert frame.loc[0, "year"] == 2011
    empty = conform(frame.iloc[:0], Targets)
    empty["more"] = 1
    assert list(conform(frame.iloc[:0], Targets).columns) == list(columns(Targets))


def test_a_wrong_value_is_named_with_its_table_and_column():
    with pytest.raises(TableError, match=r"Targets.*'year'.*Int64.*'二〇一一'"):
        conform(pd.DataFrame({"office": ["甲镇"], "year": ["二〇一一"]}), Targets)


def test_a_missing_value_that_must_not_be_is_refused():
    with pytest.raises(TableError, match=r"Infrastructure.*'item'.*null"):
        conform(pd.DataFrame({"office": ["甲镇"]}), Infrastructure)


@pytest.mark.parametrize(
    "frame",
    [
        arrange(pd.DataFrame({"office": ["甲镇"], "item": ["道路"]}), Infrastructure).assign(more=1),
        arrange(pd.DataFrame({"office": ["甲镇"], "item": ["道路"]}), Infrastructure).iloc[:, ::-1],
        pd.DataFrame({"office": ["甲镇"], "item": ["道路"]}),
    ],
    ids=["one more column", "another order", "columns missing"],
)
def test_validate_refuses_other_columns_than_those_of_the_table(frame):
    with pytest.raises(TableError, match="Infrastructure"):
        validate(frame, Infrastructure)
