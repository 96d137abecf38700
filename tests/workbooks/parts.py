"""Cells, merged ranges and zips, as every writer of a file needs them."""

import io
import zipfile
from collections.abc import Iterator

from openpyxl.utils import range_boundaries

from workbooks.case import Cell, Formula, Sheet

ZIP_STAMP = (2011, 9, 30, 8, 30, 0)


def rezip(parts: dict[str, bytes]) -> bytes:
    """Zip of the parts with one fixed date."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, ZIP_STAMP)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def unzip(content: bytes) -> dict[str, bytes]:
    """Parts of a zip, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved(value: Cell) -> Cell:
    """What a format that keeps no formulas holds in the cell."""
    return value.result if isinstance(value, Formula) else value


def merged_ranges(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Merged ranges as (first column, first row, last column, last row), from 1."""
    return [range_boundaries(text) for text in sheet.merged.split()]


def cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    """Cells that are not empty: (row, column, value), from 1."""
    for r, row in enumerate(sheet.rows, 1):
        for c, value in enumerate(row, 1):
            if value is not None:
                yield r, c, value


def text_of(value: Cell) -> str:
    value = saved(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
