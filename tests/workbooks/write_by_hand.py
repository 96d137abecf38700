"""xlsb and ods by hand: no library writes the one, LibreOffice stamps the other with the clock."""

import datetime as dt
import struct
from xml.sax.saxutils import escape

from workbooks.case import Cell, Formula, Sheet
from workbooks.parts import cells, merged_ranges, rezip, saved, text_of

_ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17}


def _record(kind: int, data: bytes = b"") -> bytes:
    """One BIFF12 record: kind and length in seven-bit groups, then the data."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size, length = len(data), b""
    while True:
        size, rest = size >> 7, size & 127
        length += bytes([rest | (128 if size else 0)])
        if not size:
            return head + length + data


def _wide(text: str) -> bytes:
    coded = text.encode("utf-16-le")
    return struct.pack("<I", len(coded) // 2) + coded


def _xlsb_sheet(sheet: Sheet) -> bytes:
    out = _record(129)
    last_row = last_column = 0
    for r, c, _ in cells(sheet):
        last_row, last_column = max(last_row, r), max(last_column, c)
    out += _record(148, struct.pack("<IIII", 0, max(last_row - 1, 0), 0, max(last_column - 1, 0)))
    out += _record(145)
    for r, row in enumerate(sheet.rows):
        out += _record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
        for c, cell in enumerate(row):
            value = saved(cell)
            head = struct.pack("<II", c, 0)
            if isinstance(cell, Formula) and str(value) in _ERRORS:
                formula = b"\x2a" + bytes(6)  # a reference that is lost
                result = bytes([_ERRORS[str(value)]]) + bytes(2)
                out += _record(11, head + result + struct.pack("<I", len(formula)) + formula + bytes(4))
            elif isinstance(value, str):
                out += _record(6, head + _wide(value))
            elif isinstance(value, int | float):
                out += _record(5, head + struct.pack("<d", value))
            elif value is not None:
                raise TypeError(f"no dates in the xlsb case: {value}")
    out += _record(146)
    merged = merged_ranges(sheet)
    if merged:
        out += _record(177, struct.pack("<I", len(merged)))
        for left, top, right, bottom in merged:
            out += _record(176, struct.pack("<IIII", top - 1, bottom - 1, left - 1, right - 1))
        out += _record(178)
    return out + _record(130)


def write_xlsb(sheets: list[Sheet]) -> bytes:
    """Binary workbook of Excel 2007 and later."""
    types = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    bundle, sheet_relations, parts = b"", relations, {}
    for i, sheet in enumerate(sheets, 1):
        state = struct.pack("<II", int(sheet.hidden), i)
        bundle += _record(156, state + _wide(f"rId{i}") + _wide(sheet.name))
        part = f"worksheets/sheet{i}.bin"
        sheet_relations += f'<Relationship Id="rId{i}" Type="{office}/worksheet" Target="{part}"/>'
        types += f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.worksheet"/>'
        parts[f"xl/{part}"] = _xlsb_sheet(sheet)
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    root = f'{relations}<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.bin"/>'
    return rezip(
        {
            "[Content_Types].xml": f"{types}</Types>".encode(),
            "_rels/.rels": f"{root}</Relationships>".encode(),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": f"{sheet_relations}</Relationships>".encode(),
            **parts,
        }
    )


def _ods_cell(cell: Cell, span: str) -> str:
    value = saved(cell)
    if isinstance(cell, Formula) and (value is None or str(value).startswith("#")):
        formula = f'<table:table-cell table:formula="of:{escape(cell.text)}"'
        if value is None:
            return f"{formula}/>"
        kind = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
        return f"{formula} {kind}><text:p>{value}</text:p></table:table-cell>"
    if value is None:
        return "<table:table-cell/>"
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in text_of(value).split("\n"))
    if isinstance(value, dt.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}{span}>{shown}</table:table-cell>"


def _ods_table(sheet: Sheet) -> str:
    spans, covered = {}, set()
    for left, top, right, bottom in merged_ranges(sheet):
        columns, rows = right - left + 1, bottom - top + 1
        spans[top, left] = f' table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    style = "hidden" if sheet.hidden else "shown"
    out = f'<table:table table:name="{escape(sheet.name)}" table:style-name="{style}">'
    for r, row in enumerate(sheet.rows, 1):
        out += "<table:table-row>"
        for c, value in enumerate(row, 1):
            if (r, c) in covered:
                out += "<table:covered-table-cell/>"
            else:
                out += _ods_cell(value, spans.get((r, c), ""))
        out += '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
    # As LibreOffice does: a million empty rows in one element.
    out += '<table:table-row table:number-rows-repeated="1048500">'
    return out + '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'


def write_ods(sheets: list[Sheet]) -> bytes:
    """OpenDocument spreadsheet as LibreOffice writes it, with its repeated empty rows."""
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    if any(isinstance(cell, Formula) for sheet in sheets for row in sheet.rows for cell in row):
        spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("shown", "true"), ("hidden", "false"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(map(_ods_table, sheets))}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return rezip(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )
