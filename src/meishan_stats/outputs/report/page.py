"""One page of HTML that stands alone: cover, contents, chapters; its figures are inside it."""

import base64
import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources

import pandas as pd
from PIL import Image

from meishan_stats.loading import Tables
from meishan_stats.outputs.report.markup import clean_html, in_language, markdown_html
from meishan_stats.outputs.report.notebooks import Chapter, Shown
from meishan_stats.outputs.report.words import text

LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
# Nothing on the page runs or is fetched, whatever a cell of a workbook holds.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass
class _Section:
    """A chapter or a part of one: where it stands, its heading (HTML), its parts."""

    place: str
    heading: str
    parts: list["_Section"] = field(default_factory=list)


def report_page(tables: Tables, chapters: Sequence[Chapter], lang: str = "zh") -> str:
    """The report of one office as a page of HTML.

    Parameters
    ----------
    tables : tables of the office, for the cover
    chapters : what its notebooks show, in their order
    lang : "zh" or "en"

    Returns
    -------
    str
        A whole document: figures are data URIs, styles are inside, nothing is fetched and nothing runs.
    """
    sections: list[_Section] = []
    bodies = [
        "\n".join(_chapter(chapter, number, sections, lang)) for number, chapter in enumerate(chapters, 1)
    ]
    title = text("title", lang, office=tables.offices["office"].iloc[0])
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{LANGUAGE_TAGS[lang]}">',
            '<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{html.escape(title)}</title>",
            f"<style>\n{_style()}</style>\n</head>\n<body>",
            *_cover(tables, title, lang),
            *_contents(sections, lang),
            "<main>",
            *bodies,
            "</main>\n</body>\n</html>\n",
        ]
    )


def month_of_report(tables: Tables) -> str:
    """Month of the last report of the office, as 2011-12; empty where none is known.

    >>> from meishan_stats.outputs.report.tables import office_tables
    >>> month_of_report(office_tables("煤山镇"))
    ''
    """
    as_of = tables.offices["as_of"].max()
    return f"{as_of:%Y-%m}" if pd.notna(as_of) else ""


def _style() -> str:
    return resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")


def _cover(tables: Tables, title: str, lang: str) -> Iterator[str]:
    about = tables.offices.iloc[0]
    month, is_demo = month_of_report(tables), bool(about["is_demo"])
    severities = tables.problems["severity"].value_counts()
    lines = [
        text("as_of", lang, month=month) if month else text("as_of_unknown", lang),
        text("source", lang, source=about["source"])
        if pd.notna(about["source"])
        else text("source_unknown", lang, office=about["office"]),
        text(
            "counts", lang, files=tables.sources["source_file"].nunique(), projects=len(tables.projects),
            errors=severities.get("error", 0), warnings=severities.get("warning", 0),
            notes=severities.get("info", 0),
        ),
        text("made_by", lang),
    ]  # fmt: skip
    yield f"<header>\n<h1>{html.escape(title)}</h1>"
    if is_demo:
        yield f'<p class="demo">{html.escape(text("demo", lang))}</p>'
    yield from (f"<p>{html.escape(line)}</p>" for line in lines)
    yield "</header>"


def _contents(sections: Sequence[_Section], lang: str) -> Iterator[str]:
    yield f"<nav>\n<h2>{html.escape(text('contents', lang))}</h2>\n<ol>"
    for chapter in sections:
        parts = "".join(f"<li>{_link(part)}</li>" for part in chapter.parts)
        yield f"<li>{_link(chapter)}" + (f"<ul>{parts}</ul>" if parts else "") + "</li>"
    yield "</ol>\n</nav>"


def _link(section: _Section) -> str:
    return f'<a href="#{section.place}">{section.heading}</a>'


def _chapter(chapter: Chapter, number: int, sections: list[_Section], lang: str) -> Iterator[str]:
    """HTML of a chapter; its headings are added to the sections."""
    top = _Section(f"chapter-{number}", html.escape(chapter.name))
    sections.append(top)
    yield f'<section id="{top.place}">'
    bodies = [_with_places(_html(shown, lang), top) for shown in chapter.shown if shown.kind != "png"]
    if top.heading == html.escape(chapter.name):
        yield f"<h2>{top.heading}</h2>"
    rest = iter(bodies)
    heading, n_figures = top.heading, 0
    for shown in chapter.shown:
        if shown.kind != "png":
            body = next(rest)
            found = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", body, re.DOTALL)
            heading = found[-1] if found else heading
            yield body
            continue
        n_figures += 1
        number_of = f"{number}.{n_figures}"
        alt = text("figure", lang, number=number_of, heading=html.unescape(_TAG.sub("", heading)))
        yield f'<figure><img alt="{html.escape(alt)}" src="data:image/png;base64,{_picture(shown.content)}"></figure>'
    yield "</section>"


def _html(shown: Shown, lang: str) -> str:
    if shown.kind == "markdown":
        return markdown_html(in_language(shown.content, lang))
    if shown.kind == "html":
        return f'<div class="table">{clean_html(shown.content)}</div>'
    return f"<pre>{html.escape(shown.content)}</pre>"


def _with_places(body: str, top: _Section) -> str:
    """Headings one level lower (the page's title is the first), each part with a place to link to."""

    def placed(found: re.Match[str]) -> str:
        level, words = int(found[1]), found[2]
        if level == 1:
            top.heading = words
            return f"<h2>{words}</h2>"
        if level > 2:
            return f"<h{min(level + 1, 6)}>{words}</h{min(level + 1, 6)}>"
        part = _Section(f"{top.place}-{len(top.parts) + 1}", words)
        top.parts.append(part)
        return f'<h3 id="{part.place}">{words}</h3>'

    return _HEADING.sub(placed, body)


def _picture(content: str) -> str:
    """The picture anew, of 256 colours: a third of the size, and nothing in the page but base64 of a PNG."""
    with Image.open(io.BytesIO(base64.b64decode(content))) as picture:
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    small = io.BytesIO()
    flat.quantize(256, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return base64.b64encode(small.getvalue()).decode("ascii")
