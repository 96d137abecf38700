"""Write the sheets of a case as a real file, the same bytes each time.

What a library stamps with the clock (document properties, dates inside the zip) is set to one moment.
``xlwt`` (xls, et), ``XlsxWriter`` and ``msoffcrypto-tool`` (the encrypted one) are needed by make.py only,
not by the tests.
"""

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from openpyxl import Workbook

from workbooks.case import Formula, Sheet
from workbooks.parts import cells, merged_ranges, rezip, saved, text_of, unzip
from workbooks.write_by_hand import write_ods, write_xlsb

STAMP = dt.datetime(2011, 9, 30, 8, 30)


def write_xlsx(sheets: list[Sheet]) -> bytes:
    """Workbook as Excel writes it; formulas with their saved result where one is typed."""
    book = Workbook()
    book.remove(book.active)
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
            result = escape(text_of(value))
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


SPREADSHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_prefixed(sheets: list[Sheet]) -> bytes:
    """The same with ``<x:c>`` for ``<c>``, as the Open XML SDK of Microsoft writes all its elements."""
    parts = unzip(write_xlsx(sheets))
    for name, content in parts.items():
        if b'xmlns="' + SPREADSHEET in content:
            named = content.replace(b'xmlns="' + SPREADSHEET, b'xmlns:x="' + SPREADSHEET)
            parts[name] = re.sub(rb"<(/?)(?=[A-Za-z])([\w.]+)(?=[\s/>])", rb"<\1x:\2", named)
    return rezip(parts)


def write_xlsxwriter(sheets: list[Sheet]) -> bytes:
    """As XlsxWriter writes it: 0 for every formula that nobody calculated."""
    import xlsxwriter  # noqa: PLC0415 - only make.py needs it

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": STAMP})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for r, c, value in cells(sheet):
            if isinstance(value, Formula):
                page.write_formula(
                    r - 1, c - 1, value.text, None, 0 if value.result is None else value.result
                )
            else:
                page.write(r - 1, c - 1, value)
        for left, top, right, bottom in merged_ranges(sheet):
            text = sheet.rows[top - 1][left - 1]
            page.merge_range(top - 1, left - 1, bottom - 1, right - 1, text)
    book.close()
    return rezip(unzip(stream.getvalue()))


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
            result = saved(value)
            if isinstance(value, Formula) and result is None:
                page.write(r - 1, c - 1, xlwt.Formula(value.text[1:]), plain)
            elif isinstance(value, Formula) and str(result).startswith("#"):
                page.row(r - 1).set_cell_error(c - 1, result, plain)
            else:
                page.write(r - 1, c - 1, result, date if isinstance(value, dt.date) else plain)
        for left, top, right, bottom in merged_ranges(sheet):
            page.merged_ranges.append((top - 1, bottom - 1, left - 1, right - 1))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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
                    text = html.escape(text_of(value)).replace("\n", "<br>") or "&nbsp;"
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
        writer.writerow([text_of(value) for value in [*row, *[None] * (width - len(row))]])
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
    "prefixed": write_prefixed,
    "xlsxwriter": write_xlsxwriter,
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
