"""HTML and XML tables that offices save under the name of a workbook."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

Grid = tuple[str, list[list[object]], list[tuple[int, int, int, int]]]
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
MAX_SPAN = 1000


def is_html(text: str) -> bool:
    """True if the text is an HTML page or fragment with a table.

    >>> is_html("<html><table></table></html>"), is_html("a < b")
    (True, False)
    """
    return bool(re.search(r"<table[\s>]", text[:200_000], re.IGNORECASE))


def is_xml_spreadsheet(text: str) -> bool:
    """True if the text is a workbook in the XML format of Excel 2003."""
    return SPREADSHEET in text[:4000] and "<Workbook" in text[:4000]


class _Tables(HTMLParser):
    """Collects the cells of every table with their spans; nested tables join the outer cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth == 1 and tag == "tr":
            self._close()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._close()
            if not self.tables[-1]:
                self.tables[-1].append([])
            spans = dict(attrs)
            self._span = (_span(spans.get("rowspan")), _span(spans.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._close()
        if tag == "table" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None:
            text = re.sub(r"[ \t\r\f\xa0]+", " ", "".join(self._cell)).strip()
            self.tables[-1][-1].append((text, *self._span))
            self._cell = None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), MAX_SPAN) if text and text.strip().isdigit() else 1


def html_sheets(text: str) -> Iterator[Grid]:
    """Every table of an HTML page as a grid with its merged ranges.

    >>> list(html_sheets("<table><tr><td colspan=2>表</td></tr><tr><td>1</td><td>2</td></tr></table>"))
    [('Table 1', [['表', ''], ['1', '2']], [(0, 0, 0, 1)])]
    """
    parser = _Tables()
    parser.feed(text)
    parser.close()
    for number, table in enumerate(parser.tables, start=1):
        yield (f"Table {number}", *_place(table))


def _place(
    table: list[list[tuple[str, int, int]]],
) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
    cells: dict[tuple[int, int], str] = {}
    merged = []
    for r, line in enumerate(table):
        c = 0
        for text, tall, width in line:
            height = min(tall, len(table) - r)
            while (r, c) in cells:
                c += 1
            for rr in range(r, r + height):
                for cc in range(c, c + width):
                    cells[rr, cc] = ""
            cells[r, c] = text
            if height > 1 or width > 1:
                merged.append((r, c, r + height - 1, c + width - 1))
            c += width
    columns = max((c for _, c in cells), default=-1) + 1
    return [[cells.get((r, c), "") for c in range(columns)] for r in range(len(table))], merged


def xml_sheets(text: str) -> Iterator[Grid]:
    """Every sheet of an Excel 2003 XML workbook as a grid with its merged ranges."""
    if "<!ENTITY" in text:  # entities are never needed here and can expand without bound
        return
    name = f"{{{SPREADSHEET}}}"
    for sheet in ElementTree.fromstring(text).iter(f"{name}Worksheet"):
        lines: list[list[tuple[str, int, int]]] = []
        for row in sheet.iter(f"{name}Row"):
            index = int(row.get(f"{name}Index", len(lines) + 1))
            lines.extend([] for _ in range(min(index - 1 - len(lines), MAX_SPAN)))
            line: list[tuple[str, int, int]] = []
            for cell in row.iter(f"{name}Cell"):
                column = int(cell.get(f"{name}Index", len(line) + 1))
                line.extend(("", 1, 1) for _ in range(min(column - 1 - len(line), MAX_SPAN)))
                data = cell.find(f"{name}Data")
                value = "" if data is None else "".join(data.itertext())
                height = 1 + int(cell.get(f"{name}MergeDown", 0))
                width = 1 + int(cell.get(f"{name}MergeAcross", 0))
                line.append((value, height, width))
            lines.append(line)
        yield (sheet.get(f"{name}Name", "Sheet"), *_place(lines))
