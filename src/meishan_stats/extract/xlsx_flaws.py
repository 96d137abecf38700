"""What the fast reader does not tell of an xlsx: error cells, formulas without a result, strict namespaces."""

import io
import re
import zipfile
from posixpath import join, normpath
from xml.etree import ElementTree

STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _REL.encode()),
)


def member_names(data: bytes) -> set[str]:
    """Names of the files inside a zip; empty where the zip is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return set()


def transitional(data: bytes) -> bytes:
    """The workbook with the namespaces of ordinary OOXML, if it was saved as Strict; else unchanged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if STRICT not in archive.read("xl/workbook.xml"):
                return data
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
                for info in archive.infolist():
                    content = archive.read(info)
                    if info.filename.endswith((".xml", ".rels")):
                        for strict, ordinary in _TRANSITIONAL:
                            content = content.replace(strict, ordinary)
                    copy.writestr(info.filename, content)
            return out.getvalue()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return data


def find_flaws(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Cells of every sheet whose value cannot be had, as ``{sheet: {(row, column): what}}`` from 0.

    ``what`` is the error (``#REF!``), or ``"formula"`` for a formula that was never calculated: the
    reader returns an empty cell for both. Only sheets that hold such a cell are scanned closely.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: _sheet_flaws(archive.read(member)) for name, member in _members(archive)}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, ElementTree.ParseError):
        return {}
    return {name: flaws for name, flaws in found.items() if flaws}


def _members(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    members = []
    for sheet in book.iter(f"{{{_MAIN}}}sheet"):
        target = targets.get(sheet.get(f"{{{_REL}}}id"), "")
        member = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if member in archive.namelist():
            members.append((sheet.get("name", ""), member))
    return members


def _sheet_flaws(xml: bytes) -> dict[tuple[int, int], str]:
    if b't="e"' not in xml and b"<f" not in xml:
        return {}
    flaws = {}
    for attributes, content in _CELL.findall(xml):
        is_error = b't="e"' in attributes
        value = _VALUE.search(content)
        if is_error or (b"<f" in content and (value is None or not value[1])):
            reference = _REFERENCE.search(attributes)
            if reference is None or (b't="str"' in attributes and value is not None):
                continue
            what = value[1].decode("utf-8", "replace") if is_error and value else "formula"
            flaws[int(reference[2]) - 1, _column(reference[1])] = what
    return flaws


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
