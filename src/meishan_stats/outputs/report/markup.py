"""Markdown and HTML of notebooks as HTML that can do nothing but be read."""

import html
import re
from html.parser import HTMLParser

import mistune

TAGS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "b",
        "i",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
        "sub",
        "sup",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "div",
        "span",
    ]
)
EMPTY = frozenset({"br", "hr"})
DROPPED = frozenset({"script", "style", "template", "iframe", "object", "svg", "math", "title", "noscript"})
"""Elements of which nothing is kept, not even their text."""
CLASSES = ("number", "short")
"""How cells are set."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PARTS = re.compile(r"\n\s*\n")
SEPARATOR = " · "
"""Between the Chinese and the English of a heading."""

_render = mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])


class _Cleaner(HTMLParser):
    """Writes the elements of TAGS anew, without attributes, and all text escaped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._open: list[str] = []
        self._dropped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self._dropped += 1
        elif tag in TAGS and not self._dropped:
            self.written.append(f"<{tag}{_attributes(attrs)}>")
            if tag not in EMPTY:
                self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self._dropped = max(self._dropped - 1, 0)
        elif tag in self._open and not self._dropped:
            while (closed := self._open.pop()) != tag:
                self.written.append(f"</{closed}>")
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.written.append(html.escape(data))

    def finished(self) -> str:
        self.close()
        return "".join([*self.written, *(f"</{tag}>" for tag in reversed(self._open))])


def _attributes(attrs: list[tuple[str, str | None]]) -> str:
    """Whether a cell is a number, and how many rows and columns it spans."""
    kept = ""
    for name, value in attrs:
        if name == "class" and value in CLASSES:
            kept += f' class="{value}"'
        if name in ("rowspan", "colspan") and (value or "").isascii() and (value or "").isdigit():
            kept += f' {name}="{value}"'
    return kept


def clean_html(text: str) -> str:
    """HTML with tables, lists and emphasis and nothing else: no script, style, link, picture or event.

    >>> clean_html("<td onclick='x()'>a<script>alert(1)</script> &lt;b&gt;</td>")
    '<td>a &lt;b&gt;</td>'
    """
    cleaner = _Cleaner()
    cleaner.feed(text)
    return cleaner.finished()


def markdown_html(text: str) -> str:
    """HTML of Markdown; HTML inside it is shown as it is typed.

    >>> markdown_html("**签约** <i>x</i>").strip()
    '<p><strong>签约</strong> &lt;i&gt;x&lt;/i&gt;</p>'
    """
    return clean_html(str(_render(text)))


def in_language(text: str, lang: str) -> str:
    """The paragraphs of a Markdown text in one language, where it has them in both; headings likewise.

    A paragraph with a Chinese character is Chinese. A text in one language alone stays as it is.

    >>> in_language("# 总览 · Overview\\n\\n一页看完。\\n\\nAt a glance.", "en")
    '# Overview\\n\\nAt a glance.'
    """
    parts = [part for part in _PARTS.split(text) if part.strip()]
    headings = [_heading(part, lang) if part.startswith("#") else part for part in parts]
    said = [part for part in parts if not part.startswith("#")]
    is_both = len({is_chinese(part) for part in said}) == 2
    kept = [
        heading
        for part, heading in zip(parts, headings, strict=True)
        if part.startswith("#") or not is_both or is_chinese(part) == (lang == "zh")
    ]
    return "\n\n".join(kept)


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character.

    >>> is_chinese("年 2011"), is_chinese("2011")
    (True, False)
    """
    return bool(_CHINESE.search(text))


def _heading(text: str, lang: str) -> str:
    """A heading in one language; what follows it in the same paragraph stays."""
    first, _, rest = text.partition("\n")
    marks, _, words = first.partition(" ")
    zh, _, en = words.partition(SEPARATOR)
    chosen = en if lang == "en" and en else zh
    return f"{marks} {chosen}" + (f"\n{rest}" if rest else "")
