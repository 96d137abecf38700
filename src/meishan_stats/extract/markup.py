"""HTML tables that offices save under the name of a workbook."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from meishan_stats.extract.limits import check_positions, check_text, refuse

Grid = tuple[str, list[list[object]], list[tuple[int, int, int, int]]]
MAX_SPAN = 1000
MAX_PLACED = 2_000_000
"""Cells of one table, those that merged ranges cover with them: each is kept as an object while it is placed."""


def is_html(text: str) -> bool:
    """True if the text is an HTML page or fragment with a table.

    >>> is_html("<html><table></table></html>"), is_html("a < b")
    (True, False)
    """
    return bool(re.search(r"<table[\s>]", text[:200_000], re.IGNORECASE))


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
            check_text(len(text))
            self.tables[-1][-1].append((text, *self._span))
            self._cell = None


def _span(text: str | None) -> int:
    is_number = text is not None and text.strip().isascii() and text.strip().isdigit()
    return min(max(int(text.strip()[:6]), 1), MAX_SPAN) if text and is_number else 1


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
    n_placed = 0
    for r, line in enumerate(table):
        c = 0
        for text, tall, width in line:
            height = min(tall, len(table) - r)
            n_placed += height * width
            if n_placed > MAX_PLACED:
                refuse("合并单元格范围过大", f"merged ranges of more than {MAX_PLACED:,} cells")
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
    check_positions(len(table) * columns, "")
    return [[cells.get((r, c), "") for c in range(columns)] for r in range(len(table))], merged
