"""What the fast reader does not tell of an OpenDocument spreadsheet: merged ranges, cells without a value, and how large its sheets are."""

from dataclasses import dataclass, field
from itertools import islice, product
from xml.parsers import expat

from meishan_stats.extract.flaws import FORMULA, Flaws, is_error_text
from meishan_stats.extract.limits import MAX_COLUMNS, MAX_REPEATS, MAX_ROWS, broken, check_positions, refuse

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_TYPE_SHOWN = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_FORMULA, _TYPE, _NOTE = f"{_TABLE}formula", f"{_OFFICE}value-type", f"{_OFFICE}annotation"
_VALUES = tuple(f"{_OFFICE}{name}" for name in ("value", "date-value", "time-value", "boolean-value"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
Range = tuple[int, int, int, int]


@dataclass
class _Formula:
    """A cell with a formula or an error, and what is shown in it."""

    attributes: dict[str, str]
    rows: range
    columns: range
    paragraphs: list[str] = field(default_factory=list)
    is_in_note: bool = False

    def flaw(self) -> str | None:
        """The error that is shown; of a formula without a result, that it is one."""
        shown = "".join(self.paragraphs).strip()
        if self.attributes.get(_TYPE_SHOWN) == "error":
            return shown or "#ERROR"
        if is_error_text(shown):
            return shown
        # LibreOffice writes an empty paragraph for an empty text, and no type.
        kind = self.attributes.get(_TYPE, "string" if self.paragraphs else None)
        has_value = kind == "string" or any(name in self.attributes for name in _VALUES)
        return None if has_value else FORMULA


@dataclass
class _Sheets:
    """Handlers of the XML parser: rows and columns written once with a count of repeats are counted, not expanded."""

    parser: expat.XMLParserType
    flaws: dict[str, Flaws] = field(default_factory=dict)
    merges: dict[str, list[Range]] = field(default_factory=dict)
    name: str = ""
    row: int = 0
    column: int = 0
    repeats: int = 1
    last_row: int = 0
    last_column: int = 0
    n_positions: int = 0
    formula: _Formula | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.formula:
            self._start_in_formula(self.formula, tag)
        elif tag == f"{_TABLE}table":
            self.name = attributes.get(f"{_TABLE}name", "")
            self.row = self.last_row = self.last_column = 0
        elif tag == f"{_TABLE}table-row":
            self.column, self.repeats = 0, _count(attributes, "number-rows-repeated")
        elif tag in _CELLS:
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        down = _count(attributes, "number-rows-spanned")
        across = _count(attributes, "number-columns-spanned")
        if down > 1 or across > 1:
            place = (self.row, self.column, self.row + down - 1, self.column + across - 1)
            self.merges.setdefault(self.name, []).append(place)
        first = self.column
        self.column += _count(attributes, "number-columns-repeated")
        if _TYPE not in attributes and _FORMULA not in attributes:
            return
        if self.repeats > MAX_REPEATS:
            refuse(f"有一行重复超过 {MAX_REPEATS} 次", f"a row repeated more than {MAX_REPEATS:,} times")
        self.last_row = max(self.last_row, self.row + self.repeats)
        self.last_column = max(self.last_column, self.column)
        if _FORMULA in attributes or attributes.get(_TYPE_SHOWN) == "error":
            rows, columns = range(self.row, self.row + self.repeats), range(first, self.column)
            self.formula = _Formula(attributes, rows, columns)
            self.parser.CharacterDataHandler = self._characters

    def _start_in_formula(self, formula: _Formula, tag: str) -> None:
        if tag == _NOTE:
            formula.is_in_note = True
        elif tag == _PARAGRAPH and not formula.is_in_note:
            formula.paragraphs.append("")

    def _characters(self, text: str) -> None:
        if self.formula and self.formula.paragraphs and not self.formula.is_in_note:
            self.formula.paragraphs[-1] += text

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table-row":
            self.row += self.repeats
        elif tag == f"{_TABLE}table":
            self.n_positions += self.last_row * self.last_column
            check_positions(self.n_positions, self.name)
        elif self.formula and tag == _NOTE:
            self.formula.is_in_note = False
        elif self.formula and tag in _CELLS:
            self._end_of_formula(self.formula)

    def _end_of_formula(self, formula: _Formula) -> None:
        if flaw := formula.flaw():
            flaws = self.flaws.setdefault(self.name, {})
            # A formula is written once for cells beside each other that have the same: a few, where no harm is meant.
            flaws.update(dict.fromkeys(islice(product(formula.rows, formula.columns), _most(flaws)), flaw))
        self.formula = self.parser.CharacterDataHandler = None

    def refuse_declaration(self, *_: object) -> None:
        refuse("XML 含有 DTD 或实体定义", "XML with a document type or entities")


def _most(flaws: Flaws) -> int:
    """So many cells of one formula are named: all, until there are more than anyone looks at."""
    return max(MAX_REPEATS - len(flaws), 1)


def look(content: bytes) -> tuple[dict[str, Flaws], dict[str, list[Range]]]:
    """Flaws and merged ranges of every sheet of a ``content.xml``: rows and columns from 0.

    Raises
    ------
    UnreadableWorkbook
        The XML is damaged, declares entities, or a sheet is larger than may be read.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    sheets = _Sheets(parser)
    parser.StartElementHandler, parser.EndElementHandler = sheets.start, sheets.end
    parser.StartDoctypeDeclHandler = sheets.refuse_declaration
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that nobody knows
        broken("XML 已损坏", f"damaged XML: {error}"[:200])
    return sheets.flaws, sheets.merges


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(f"{_TABLE}{name}", "1")
    if not (text.isascii() and text.isdigit()):
        broken("重复次数不是数字", f"{name} is {text[:40]!r}")
    number = int(text[:8])
    return min(max(number, 1), MAX_ROWS if "row" in name else MAX_COLUMNS)
