"""An openpyxl workbook as bytes that depend on nothing but what is in it."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

from openpyxl import Workbook

Cached = Mapping[tuple[str, str], float | str]
"""Value of a formula, by sheet and cell."""
_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)')
FIXED_TIME = datetime(2012, 1, 1)
"""Time of writing of every workbook: the real one would make two equal workbooks differ."""


def workbook_bytes(book: Workbook, moment: datetime = FIXED_TIME, cached: Cached | None = None) -> bytes:
    """The workbook as an xlsx file; the same content gives the same bytes on every day and every system.

    Parameters
    ----------
    moment : datetime
        Stands for the time of creation and of change, which openpyxl takes from the clock. The zip
        format knows no time before 1980.
    cached : mapping, optional
        Values of formulas: a program that does not recalculate shows these.

    Examples
    --------
    >>> book = Workbook()
    >>> workbook_bytes(book) == workbook_bytes(book)
    True
    """
    book.properties.created = moment
    raw = io.BytesIO()
    book.save(raw)
    return _finished(raw.getvalue(), moment, _by_part(book, cached or {}))


def _by_part(book: Workbook, cached: Cached) -> dict[str, dict[str, float | str]]:
    """Values of formulas by the part of the file that holds their sheet, then by cell."""
    parts: dict[str, dict[str, float | str]] = {}
    for place, name in enumerate(book.sheetnames, start=1):
        cells = {cell: value for (sheet, cell), value in cached.items() if sheet == name}
        if cells:
            parts[f"xl/worksheets/sheet{place}.xml"] = cells
    return parts


def _with_values(xml: bytes, values: Mapping[str, float | str]) -> bytes:
    """The XML of a sheet, every formula with its value; openpyxl writes formulas without."""

    def filled(match: re.Match[str]) -> str:
        cell, attributes, formula = match.groups()
        value = values.get(cell)
        if value is None:
            return match.group(0)
        if isinstance(value, str):  # the only text a formula of ours gives is the empty one
            return f'<c r="{cell}"{attributes} t="str"><f>{formula}</f><v></v>'
        return f'<c r="{cell}"{attributes}><f>{formula}</f><v>{value!r}</v>'

    return _FORMULA.sub(filled, xml.decode("utf-8")).encode("utf-8")


def _finished(xlsx: bytes, moment: datetime, values: Mapping[str, Mapping[str, float | str]]) -> bytes:
    """The same file without the clock of its writing and with the values of its formulas."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>"
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(<)", stamp, content)
            elif name in values:
                content = _with_values(content, values[name])
            entry = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The system that writes is part of the file; 0 on every platform.
            entry.create_system = 0
            target.writestr(entry, content, compresslevel=9)
    return fixed.getvalue()
