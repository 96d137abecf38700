"""XML that came by mail: refused where it declares entities, which can grow without bound or vanish unread."""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from meishan_stats.extract.limits import broken, refuse

_DECLARATION = b"<!DOCTYPE"
_UNKNOWN_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_LONGEST_ENTITY = 10


def checked(name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks of a part; of XML with a document type, not in UTF-8, or with an undeclared entity, an error.

    No spreadsheet program writes any of these into a workbook; the reader would pass over such a cell in
    silence.
    """
    is_xml = name.lower().endswith((".xml", ".rels"))
    is_first = True
    for chunk in chunks:
        if is_xml and is_first:
            if chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in chunk[:4]:
                broken("XML 不是 UTF-8 编码", f"{name[:80]} is not in UTF-8")
            if _DECLARATION in chunk:
                _refuse_declaration()
        if is_xml and b"&" in chunk and _has_unknown_entity(chunk):
            broken("XML 有未定义的实体", f"undeclared entity in {name[:80]}")
        is_first = False
        yield chunk


def _has_unknown_entity(chunk: bytes) -> bool:
    """True for an entity that XML does not know; one cut by the end of a chunk is given the benefit of the doubt."""
    found = _UNKNOWN_ENTITY.search(chunk)
    return found is not None and found.start() < len(chunk) - _LONGEST_ENTITY


def _refuse_declaration() -> None:
    refuse("XML 含有 DTD 或实体定义", "XML with a document type or entities")


def parse_xml(text: bytes | str) -> ElementTree.Element:
    """Root of a small XML document without a document type.

    Raises
    ------
    UnreadableWorkbook
        It has one, or it is not well-formed.

    Examples
    --------
    >>> parse_xml(b"<a><b/></a>").tag
    'a'
    """
    if (b"<!DOCTYPE" in text) if isinstance(text, bytes) else ("<!DOCTYPE" in text):
        _refuse_declaration()
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        broken("XML 已损坏", f"damaged XML: {error}"[:200])
