"""What the fast reader does not tell of an OpenDocument spreadsheet: merged ranges, and how large its sheets are."""

from dataclasses import dataclass, field
from xml.parsers import expat

from meishan_stats.extract.limits import MAX_COLUMNS, MAX_REPEATS, MAX_ROWS, broken, check_positions, refuse

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_VALUE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
Range = tuple[int, int, int, int]


@dataclass
class _Sheets:
    """Handlers of the XML parser: rows and columns written once with a count of repeats are counted, not expanded."""

    merges: dict[str, list[Range]] = field(default_factory=dict)
    name: str = ""
    row: int = 0
    column: int = 0
    repeats: int = 1
    last_row: int = 0
    last_column: int = 0
    n_positions: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_TABLE}table":
            self.name, self.row, self.last_row, self.last_column = (
                attributes.get(f"{_TABLE}name", ""),
                0,
                0,
                0,
            )
        elif tag == f"{_TABLE}table-row":
            self.column, self.repeats = 0, _count(attributes, "number-rows-repeated")
        elif tag in _CELLS:
            down = _count(attributes, "number-rows-spanned")
            across = _count(attributes, "number-columns-spanned")
            if down > 1 or across > 1:
                place = (self.row, self.column, self.row + down - 1, self.column + across - 1)
                self.merges.setdefault(self.name, []).append(place)
            self.column += _count(attributes, "number-columns-repeated")
            if _VALUE in attributes:
                if self.repeats > MAX_REPEATS:
                    refuse(
                        f"有一行重复超过 {MAX_REPEATS} 次", f"a row repeated more than {MAX_REPEATS:,} times"
                    )
                self.last_row = max(self.last_row, self.row + self.repeats)
                self.last_column = max(self.last_column, self.column)

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table-row":
            self.row += self.repeats
        elif tag == f"{_TABLE}table":
            self.n_positions += self.last_row * self.last_column
            check_positions(self.n_positions, self.name)

    def refuse_declaration(self, *_: object) -> None:
        refuse("XML 含有 DTD 或实体定义", "XML with a document type or entities")


def find_merges(content: bytes) -> dict[str, list[Range]]:
    """Merged ranges of every sheet of a ``content.xml``: first row, first column, last row, last column from 0.

    Raises
    ------
    UnreadableWorkbook
        The XML is damaged, declares entities, or a sheet is larger than may be read.
    """
    sheets = _Sheets()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = sheets.start, sheets.end
    parser.StartDoctypeDeclHandler = sheets.refuse_declaration
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        broken("XML 已损坏", f"damaged XML: {error}"[:200])
    return sheets.merges


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{_TABLE}{name}", "1")
    if not (text.isascii() and text.isdigit()):
        broken("重复次数不是数字", f"{name} is {text[:40]!r}")
    number = int(text[:8])
    return min(max(number, 1), MAX_ROWS if "row" in name else MAX_COLUMNS)
