"""Write the sheets of a case as a real file, the same bytes each time.

What a library stamps with the clock (document properties, dates inside the zip) is set to one moment.
``xlwt`` (xls, et) and ``msoffcrypto-tool`` (the encrypted one) are needed by make.py only, not by the
tests. No library writes xlsb, and LibreOffice stamps ods: both are written by hand, which is short.
"""

import csv
import datetime as dt
import html
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import range_boundaries

from workbooks.case import Cell, Formula, Sheet

STAMP = dt.datetime(2011, 9, 30, 8, 30)
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
    return [range_boundaries(text) for text in sheet.merged.split()]  # type: ignore[misc]


def cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    """Cells that are not empty: (row, column, value), from 1."""
    for r, row in enumerate(sheet.rows, 1):
        for c, value in enumerate(row, 1):
            if value is not None:
                yield r, c, value


def _text_of(value: Cell) -> str:
    value = saved(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def write_xlsx(sheets: list[Sheet]) -> bytes:
    """Workbook as Excel writes it; formulas with their saved result where one is typed."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for r, c, value in cells(sheet):
            cell = page.cell(r, c, value.text if isinstance(value, Formula) else value)
            if isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            if isinstance(value, str) and value.startswith(("=", "+", "-")):
                cell.data_type = "s"
        for text in sheet.merged.split():
            page.merge_cells(text)
    book.properties.creator = "示例"
    book.properties.created = book.properties.modified = STAMP
    stream = io.BytesIO()
    book.save(stream)
    parts = unzip(stream.getvalue())
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ")
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), parts["docProps/core.xml"]
    )
    for i, sheet in enumerate(sheets, 1):
        name = f"xl/worksheets/sheet{i}.xml"
        parts[name] = _with_results(parts[name].decode(), sheet).encode()
    return rezip(parts)


def _with_results(xml: str, sheet: Sheet) -> str:
    """openpyxl writes no results of formulas; put those typed into the XML."""
    for r, c, value in cells(sheet):
        if isinstance(value, Formula) and value.result is not None:
            result = escape(_text_of(value))
            kind = "" if isinstance(value.result, float) else ' t="e"' if result[0] == "#" else ' t="str"'
            start = f'<c r="{_letters(c)}{r}"'
            xml = re.sub(
                re.escape(start) + r"([^>]*)>(<f>.*?</f>)<v\s*/?>(</v>)?",
                lambda found, start=start, kind=kind, result=result: (  # type: ignore[misc]
                    f"{start}{found[1]}{kind}>{found[2]}<v>{result}</v>"
                ),
                xml,
                count=1,
            )
    return xml


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def write_xlsm(sheets: list[Sheet]) -> bytes:
    """The same with the content type of a workbook with macros."""
    parts = unzip(write_xlsx(sheets))
    plain, macro = b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument." + plain, b"application/vnd.ms-excel." + macro
    )
    return rezip(parts)


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
}


def write_strict(sheets: list[Sheet]) -> bytes:
    """'Strict Open XML Spreadsheet' of Excel: other namespaces, dates as ISO text."""
    parts = unzip(write_xlsx(sheets))
    for old, new in STRICT.items():
        for name in parts:
            if name.endswith((".xml", ".rels")) and not name.startswith("docProps"):
                parts[name] = parts[name].replace(old, new)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<workbook ", b'<workbook conformance="strict" ', 1
    )
    return rezip(parts)


def write_xls(sheets: list[Sheet]) -> bytes:
    """BIFF8, as Excel 97-2003 and old WPS (.et) write it."""
    import xlwt  # noqa: PLC0415 - only make.py needs it

    book = xlwt.Workbook(encoding="utf-8")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    plain = xlwt.easyxf()
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.visibility = int(sheet.hidden)
        for r, c, value in cells(sheet):
            page.write(r - 1, c - 1, saved(value), date if isinstance(value, dt.date) else plain)
        for left, top, right, bottom in merged_ranges(sheet):
            page.merged_ranges.append((top - 1, bottom - 1, left - 1, right - 1))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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
            if isinstance(value, str):
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


def _ods_cell(value: Cell, span: str) -> str:
    value = saved(value)
    if value is None:
        return "<table:table-cell/>"
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in _text_of(value).split("\n"))
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


def write_html(sheets: list[Sheet]) -> bytes:
    """HTML table as the export of an office's web system, which calls it .xls; GB18030."""
    out = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>'
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        "<style>td{mso-number-format:'\\@'}</style></head><body>\r\n"
    )
    for sheet in sheets:
        spans, covered = {}, set()
        for left, top, right, bottom in merged_ranges(sheet):
            spans[top, left] = f' colspan="{right - left + 1}" rowspan="{bottom - top + 1}"'
            inside = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            covered |= inside - {(top, left)}
        width = max(map(len, sheet.rows))
        out += '<table border="1" cellspacing="0">\r\n'
        for r, row in enumerate(sheet.rows, 1):
            out += "<tr>"
            for c, value in enumerate([*row, *[None] * (width - len(row))], 1):
                if (r, c) not in covered:
                    text = html.escape(_text_of(value)).replace("\n", "<br>") or "&nbsp;"
                    out += f"<td{spans.get((r, c), '')}>{text}</td>"
            out += "</tr>\r\n"
        out += "</table>\r\n"
    return (out + "</body></html>\r\n").encode("gb18030")


def write_csv(sheets: list[Sheet], encoding: str, delimiter: str) -> bytes:
    """Delimited text, rows filled to one width as Excel saves them."""
    (sheet,) = sheets
    width = max(map(len, sheet.rows))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    for row in sheet.rows:
        writer.writerow([_text_of(value) for value in [*row, *[None] * (width - len(row))]])
    return stream.getvalue().encode(encoding)


def write_encrypted(sheets: list[Sheet]) -> bytes:
    """Workbook with a password to open it (not deterministic: the salt is random)."""
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - only make.py needs it

    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(write_xlsx(sheets))).encrypt("mima", stream)
    return stream.getvalue()


def write_broken(sheets: list[Sheet]) -> bytes:
    """The first half of a workbook: a copy that broke off."""
    content = write_xlsx(sheets)
    return content[: len(content) // 2]


WRITERS: dict[str, Callable[[list[Sheet]], bytes]] = {
    "xlsx": write_xlsx,
    "xlsm": write_xlsm,
    "strict": write_strict,
    "xls": write_xls,
    "xlsb": write_xlsb,
    "ods": write_ods,
    "html": write_html,
    "encrypted": write_encrypted,
    "broken": write_broken,
}


def write(sheets: list[Sheet], writer: str) -> bytes:
    """File of the sheets, by the name of its writer (``xlsx`` … or ``csv:<encoding>:<delimiter>``)."""
    kind, *options = writer.split(":", 2)
    if kind == "csv":
        encoding, delimiter = options
        return write_csv(sheets, encoding, delimiter.replace("tab", "\t"))
    return WRITERS[kind](sheets)
