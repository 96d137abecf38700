"""Delimited text files: which encoding, which delimiter, which rows."""

import csv
import io

from meishan_stats.extract.limits import MAX_COLUMNS, broken, check_positions, check_text, refuse

ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = (",", "\t", ";", "|")
SAMPLE_LINES = 50
SAMPLE_CHARACTERS = 1_000_000


def decode(data: bytes) -> str | None:
    """Text of the bytes in UTF-8, UTF-16 or GB18030; None where it is no text.

    >>> decode("项目,投资".encode("gb18030"))
    '项目,投资'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates: tuple[str, ...] = ("utf-16",)
    elif data[:200].count(0) > len(data[:200]) // 4:
        candidates = ("utf-16-le", "utf-16-be")
    else:
        candidates = ENCODINGS
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    return None


def _is_text(text: str) -> bool:
    controls = sum(ord(character) < 32 and character not in "\t\r\n\f" for character in text[:5000])
    return controls == 0


def looks_delimited(text: str) -> bool:
    """True if at least two lines split into the same number, two or more, of fields.

    >>> looks_delimited("a,b\\n1,2\\n"), looks_delimited("just some words")
    (True, False)
    """
    return _consistency(text, _delimiter(text)) >= 2


def rows(text: str) -> list[list[object]]:
    """Cells of every line; all of them text, as typed.

    >>> rows("项目;投资\\n甲;3,600\\n")
    [['项目', '投资'], ['甲', '3,600']]
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    lines: list[list[object]] = []
    try:
        for line in reader:
            check_text(max(map(len, line), default=0))
            lines.append([*line])
    except (
        csv.Error
    ) as error:  # a quotation mark that is never closed takes the rest of the file for one cell
        broken("引号没有成对，或含有空字符", f"an unclosed quotation mark or a null: {error}")
    width = max(map(len, lines), default=0)
    if width > MAX_COLUMNS:
        refuse(f"超过 {MAX_COLUMNS} 列", f"more than {MAX_COLUMNS:,} columns")
    check_positions(len(lines) * width, "")
    return [line + [""] * (width - len(line)) for line in lines]


def _delimiter(text: str) -> str:
    return max(DELIMITERS, key=lambda delimiter: _consistency(text, delimiter))


def _consistency(text: str, delimiter: str) -> int:
    """Lines that have the commonest number of fields, weighted by that number; 0 where nothing splits."""
    sample = io.StringIO("\n".join(text[:SAMPLE_CHARACTERS].splitlines()[:SAMPLE_LINES]))
    try:
        widths = [len(line) for line in csv.reader(sample, delimiter=delimiter) if any(line)]
    except csv.Error:
        return 0
    split = [width for width in widths if width > 1]
    if not split:
        return 0
    commonest = max(set(split), key=lambda width: (split.count(width), width))
    return split.count(commonest) * (commonest - 1) if split.count(commonest) > 1 else 0
