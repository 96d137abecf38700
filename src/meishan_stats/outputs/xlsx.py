"""An openpyxl workbook as bytes that depend on nothing but what is in it."""

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook

FIXED_TIME = datetime(2012, 1, 1)
"""Time of writing of every workbook: the real one would make two equal workbooks differ."""


def workbook_bytes(book: Workbook, moment: datetime = FIXED_TIME) -> bytes:
    """The workbook as an xlsx file; the same content gives the same bytes on every day and every system.

    Parameters
    ----------
    moment : datetime
        Stands for the time of creation and of change, which openpyxl takes from the clock. The zip
        format knows no time before 1980.

    Examples
    --------
    >>> book = Workbook()
    >>> workbook_bytes(book) == workbook_bytes(book)
    True
    """
    book.properties.created = moment
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue(), moment)


def _without_clock(xlsx: bytes, moment: datetime) -> bytes:
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>"
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(<)", stamp, content)
            entry = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The system that writes is part of the file; 0 on every platform.
            entry.create_system = 0
            target.writestr(entry, content, compresslevel=9)
    return fixed.getvalue()
