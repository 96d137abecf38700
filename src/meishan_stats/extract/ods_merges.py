"""Merged ranges of an OpenDocument spreadsheet, which the fast reader does not tell."""

import io
import zipfile
from xml.etree import ElementTree

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
Range = tuple[int, int, int, int]


def find_merges(data: bytes) -> dict[str, list[Range]]:
    """Merged ranges of every sheet, as first row, first column, last row, last column from 0.

    Rows and columns that the format writes once with a count of repeats are counted, not expanded.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
            return {name: ranges for name, ranges in _sheets(content) if ranges}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, ElementTree.ParseError):
        return {}


def _sheets(content: object) -> list[tuple[str, list[Range]]]:
    found = []
    root = ElementTree.parse(content).getroot()  # type: ignore[arg-type]
    for table in root.iter(f"{_TABLE}table"):
        ranges: list[Range] = []
        r = 0
        for row in table.iter(f"{_TABLE}table-row"):
            c = 0
            for cell in row:
                down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                if down > 1 or across > 1:
                    ranges.append((r, c, r + down - 1, c + across - 1))
                c += _count(cell, "number-columns-repeated")
            r += _count(row, "number-rows-repeated")
        found.append((table.get(f"{_TABLE}name", ""), ranges))
    return found


def _count(node: ElementTree.Element, attribute: str) -> int:
    return int(node.get(f"{_TABLE}{attribute}", 1))
