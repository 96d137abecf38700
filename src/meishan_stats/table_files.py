"""Tables as files: Parquet for programs, CSV (UTF-8 with BOM) for Excel, written piece by piece.

Only one office need be in memory at a time; equal frames give equal bytes.
"""

from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from meishan_stats.schemas import RESULTS, TABLES, Table, columns, conform

SET = b"meishan_stats.set"
"""Key of the Parquet metadata that says to which set of results a file belongs."""
MONEY_UNITS = ("万元", "万（本币）")
_DECIMALS, _MONEY_DECIMALS = 9, 6
_ROWS = 65_536
"""Rows of a row group: small offices share one."""
_RUNS = r"""^(?:[\s"']*[=+\-@＝＋－＠]|[\t\r\n])"""
"""Beginning of a text that Excel or WPS would take for a formula, spaces and quotation marks before it included."""
_NUMBER = r"^[+-]?[0-9][0-9.,]*%?$"
_BOM = b"\xef\xbb\xbf"


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Arrow schema of a table or result, with what pandas needs to give the declared types back.

    >>> arrow_schema("targets").field("amount_cny_10k").type
    DataType(double)
    """
    declared = pa.Schema.from_pandas(
        conform(pd.DataFrame({"office": []}), _model(name)), preserve_index=False
    )
    # Spark reads no nanoseconds, and no office writes them.
    for place, field in enumerate(declared):
        if pa.types.is_timestamp(field.type):
            declared = declared.set(place, field.with_type(pa.timestamp("us")))
    return declared


def _model(name: str) -> type[Table]:
    return {**TABLES, **RESULTS}[name]


def to_arrow(frame: pd.DataFrame, name: str) -> pa.Table:
    """A table as Arrow. Numbers are rounded, so that the order of adding up leaves no trace in a file.

    Amounts keep 6 decimals of 万元 (a hundredth of a yuan has two more than it needs), other numbers 9.
    """
    if frame.empty:
        return arrow_schema(name).empty_table()
    rounded = {
        column: frame[column].round(_MONEY_DECIMALS if field.unit in MONEY_UNITS else _DECIMALS)
        for column, field in columns(_model(name)).items()
        if field.dtype == "float64"
    }
    return pa.Table.from_pandas(frame.assign(**rounded), schema=arrow_schema(name), preserve_index=False)


def from_arrow(table: pa.Table, name: str) -> pd.DataFrame:
    """A table read back, with the types of its schema."""
    frame = table.to_pandas()
    return frame.astype({column: field.dtype for column, field in columns(_model(name)).items()})


class TableFiles:
    """``<name>.parquet`` and ``<name>.csv`` of one table in a folder, to be filled piece by piece."""

    def __init__(self, folder: Path, name: str, set_id: str) -> None:
        schema = arrow_schema(name)
        self.schema = schema.with_metadata({**(schema.metadata or {}), SET: set_id.encode()})
        self.paths = (folder / f"{name}.parquet", folder / f"{name}.csv")
        self._parquet = pq.ParquetWriter(self.paths[0], self.schema)
        self._text = self.paths[1].open("wb")
        self._text.write(_BOM + ",".join(f'"{column}"' for column in schema.names).encode() + b"\n")
        self._waiting: list[pa.Table] = []
        self._n = 0

    def add(self, table: pa.Table, lines: pa.Buffer) -> None:
        """Add rows to both files; `lines` are what `csv_lines` makes of them."""
        if not table.num_rows:
            return
        self._text.write(lines)
        self._waiting.append(table.replace_schema_metadata(self.schema.metadata))
        self._n += table.num_rows
        if self._n >= _ROWS:
            self._write_group()

    def close(self) -> None:
        """Finish both files."""
        self._write_group()
        self._parquet.close()
        self._text.close()

    def _write_group(self) -> None:
        if self._waiting:
            self._parquet.write_table(pa.concat_tables(self._waiting), row_group_size=self._n)
        self._waiting, self._n = [], 0


def csv_lines(table: pa.Table) -> pa.Buffer:
    """The rows of a table as lines of CSV, without a heading.

    >>> csv_lines(pa.table({"a": ["甲", None], "n": [1.5, 2.0]})).to_pybytes().decode().splitlines()
    ['"甲",1.5', ',2']
    """
    sink = pa.BufferOutputStream()
    if table.num_rows:
        # Of a table whose first chunk is empty Arrow 26 writes bytes that are no text.
        whole = for_people(table.combine_chunks())
        pacsv.write_csv(whole, sink, pacsv.WriteOptions(include_header=False))
    return sink.getvalue()


def for_people(table: pa.Table) -> pa.Table:
    """Table as it is written to CSV: dates without a time of day, and text that no spreadsheet program runs.

    Text that would be a formula gets an apostrophe in front; a number written as text, and every column of
    numbers, stay as they are.

    >>> for_people(pa.table({"a": ["=1+1", "-3.5", "甲"], "n": [-1, 2, 3]})).to_pydict()
    {'a': ["'=1+1", '-3.5', '甲'], 'n': [-1, 2, 3]}
    """
    shown = table
    for place, field in enumerate(table.schema):
        column = table.column(place)
        if pa.types.is_timestamp(field.type):
            shown = shown.set_column(place, field.name, column.cast(pa.date32()))
        elif _is_text(field) and pc.any(pc.match_substring_regex(pc.unique(column), _RUNS)).as_py():
            shown = shown.set_column(place, field.name, _harmless(column))
    return shown


def _is_text(field: pa.Field) -> bool:
    return bool(pa.types.is_string(field.type) or pa.types.is_large_string(field.type))


def _harmless(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of texts with an apostrophe before those that would run and are no numbers."""
    runs = pc.match_substring_regex(column, _RUNS)
    is_number = pc.match_substring_regex(column, _NUMBER)
    mark, end = (pa.scalar(text, column.type) for text in ("'", ""))
    quoted = pc.binary_join_element_wise(mark, column, end)
    return pc.if_else(pc.and_(runs, pc.invert(is_number)), quoted, column)


def set_of(schema: pa.Schema) -> str | None:
    """Set of results that a Parquet file belongs to."""
    found = (schema.metadata or {}).get(SET)
    return found.decode() if found else None
