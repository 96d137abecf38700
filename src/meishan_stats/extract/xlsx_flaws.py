"""What the fast reader does not tell of an xlsx: error cells, formulas without a result, strict namespaces."""

import re
from collections.abc import Iterator
from posixpath import join, normpath

from meishan_stats.extract.xml_parts import parse_xml

STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_ERROR, _MAY_BE_FLAWED = b't="e"', re.compile(rb't="e"|<f\b')
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _REL.encode()),
)
Flaws = dict[tuple[int, int], str]


def is_strict(workbook: bytes) -> bool:
    """True if the workbook was saved as Strict OOXML."""
    return STRICT in workbook


def transitional(content: bytes) -> bytes:
    """Part of a Strict workbook with the namespaces of ordinary OOXML."""
    for strict, ordinary in _TRANSITIONAL:
        content = content.replace(strict, ordinary)
    return content


def sheet_parts(workbook: bytes, relations: bytes) -> list[tuple[str, str]]:
    """Name and part of every sheet, in the order of the workbook.

    Raises
    ------
    UnreadableWorkbook
        The XML is damaged or has a document type.
    """
    targets = {node.get("Id"): node.get("Target", "") for node in parse_xml(relations)}
    members = []
    for sheet in parse_xml(workbook).iter(f"{{{_MAIN}}}sheet"):
        target = targets.get(sheet.get(f"{{{_REL}}}id"), "")
        member = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        members.append((sheet.get("name", ""), member))
    return members


def sheet_flaws(xml: bytes) -> Flaws:
    """Cells of a sheet whose value cannot be had, as ``{(row, column): what}`` from 0.

    ``what`` is the error (``#REF!``), or ``"formula"`` for a formula that was never calculated: the
    reader returns an empty cell for both.
    """
    return dict(_flawed(xml))


def _flawed(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    end = xml.find(b"</sheetData>")
    position = 0
    while sign := _MAY_BE_FLAWED.search(xml, position, end if end >= 0 else len(xml)):
        position = sign.end()
        start = xml.rfind(b"<c ", 0, sign.start())
        if start < 0:
            continue
        cell = _CELL.match(xml, start)
        if cell is None:  # no cell ends behind this place
            return
        position = max(position, cell.end())
        if found := _flaw(cell[1], cell[2] or b""):
            yield found


def _flaw(attributes: bytes, content: bytes) -> tuple[tuple[int, int], str] | None:
    is_error = _ERROR in attributes
    value = _VALUE.search(content)
    if not is_error and (b"<f" not in content or (value is not None and value[1])):
        return None
    reference = _REFERENCE.search(attributes)
    if reference is None or (b't="str"' in attributes and value is not None):
        return None
    what = value[1].decode("utf-8", "replace") if is_error and value else "formula"
    return (int(reference[2]) - 1, _column(reference[1])), what


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
