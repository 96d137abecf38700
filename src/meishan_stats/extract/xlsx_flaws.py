"""What the fast reader does not tell of an xlsx: error cells, formulas without a result, strict namespaces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath

from meishan_stats.extract.flaws import FORMULA, Flaws
from meishan_stats.extract.xlsx_cells import PREFIXED, cells_with_values, column_number
from meishan_stats.extract.xml_parts import parse_xml

STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c\s*>)", re.DOTALL)
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]+)(\d+)["']""")
_VALUE = re.compile(rb"<v\b[^<>]*?(?:/>|>([^<]*)</v)")
_FORMULA = re.compile(rb"<f[\s/>]")
_ERROR, _TEXT = (re.compile(rb"""\st\s*=\s*["']""" + kind + rb"""["']""") for kind in (b"e", b"str"))
_TYPE = re.compile(rb"\st\s*=")
_MAY_BE_FLAWED = re.compile(_ERROR.pattern + b"|" + _FORMULA.pattern)
_PREFIX = re.compile(rb"""<(/?)[^\s<>/!?:"'=]+:""")
_ZERO = "0"
_ON_LOAD = re.compile(rb"""\bfullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _REL.encode()),
)


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


def without_prefixes(xml: bytes) -> bytes:
    """A sheet whose elements are named as Excel names them; other programs write ``<x:c>`` for ``<c>``.

    >>> without_prefixes(b'<x:c r="A1"><x:v>1</x:v></x:c>')
    b'<c r="A1"><v>1</v></c>'
    """
    # Mostly it is one prefix, that of the first element; looking for others takes twenty times as long.
    if first := _PREFIX.search(xml):
        named = first[0].lstrip(b"</")
        xml = xml.replace(b"<" + named, b"<").replace(b"</" + named, b"</")
    return _PREFIX.sub(rb"<\1", xml) if PREFIXED.search(xml) else xml


def asks_to_be_calculated(workbook: bytes) -> bool:
    """True if a program wrote the workbook that left its formulas to be calculated on opening."""
    return _ON_LOAD.search(workbook) is not None


@dataclass
class SheetFlaws:
    """What is wrong with the cells of a sheet.

    ``flaws`` holds errors, and formulas without any result. ``zeros`` holds the formulas with the result 0,
    which some programs write for "not calculated"; ``has_results`` says that another formula has a
    result that somebody calculated.
    """

    flaws: Flaws = field(default_factory=dict)
    zeros: Flaws = field(default_factory=dict)
    has_results: bool = False


def sheet_flaws(xml: bytes) -> SheetFlaws:
    """Cells of a sheet whose value could not be had: the reader returns an empty cell for errors and formulas
    without a result, and 0 for the zeros.
    """
    found = SheetFlaws()
    places: dict[int, tuple[int, int]] = {}
    for start, attributes, content in _suspects(xml):
        what = _flaw(attributes, content)
        found.has_results |= what not in (FORMULA, _ZERO)
        if what is None:
            continue
        reference = _REFERENCE.search(attributes)
        if reference:
            place = int(reference[2]) - 1, column_number(reference[1]) - 1
        else:  # a cell without a reference follows the last one
            places = places or {cell.start: (cell.row, cell.column) for cell in cells_with_values(xml)}
            if start not in places:
                continue
            place = places[start]
        if what == _ZERO:
            found.zeros[place] = FORMULA
        else:
            found.flaws[place] = what
    return found


def _suspects(xml: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Place, attributes and content of every cell with an error or a formula."""
    end = xml.find(b"</sheetData>")
    position = 0
    while sign := _MAY_BE_FLAWED.search(xml, position, end if end >= 0 else len(xml)):
        start = xml.rfind(b"<c", position, sign.end())
        position = sign.end()
        if start < 0:
            continue
        if not xml[start + 2 : start + 3].isspace():  # a name that begins so, such as <color>
            continue
        cell = _CELL.match(xml, start)
        if cell is None:  # no cell ends behind this place
            return
        position = max(position, cell.end())
        if cell.end() > sign.start():
            yield start, cell[1], cell[2] or b""


def _flaw(attributes: bytes, content: bytes) -> str | None:
    """What is wrong with a cell that is an error or a formula; ``_ZERO`` where that depends on the others."""
    found = _VALUE.search(content)
    value = (found[1] or b"").strip() if found else b""
    if _ERROR.search(attributes):
        return value.decode("utf-8", "replace") or FORMULA
    if value == b"0" and not _TYPE.search(attributes):
        return _ZERO
    is_empty_text = found is not None and _TEXT.search(attributes)
    return None if value or is_empty_text else FORMULA
