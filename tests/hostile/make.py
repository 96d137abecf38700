"""Hostile and broken workbooks made from small real ones: the same ones every time.

``python tests/hostile/make.py FOLDER`` writes them all.
"""

import io
import random
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

FILES = Path(__file__).parents[1] / "workbooks" / "files"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
SEEDS = ("thousands_of_yuan.xlsx", "subtotal_wrong.ods", "xlsb_out_of_city_capital.xlsb", "all_cells_are_text.xls", "html_called_xls.xls", "csv_gb18030.csv")  # fmt: skip
Case = tuple[str, bytes]
Edit = Callable[[bytes], bytes]


def xlsx() -> bytes:
    """The small workbook that most cases are made from."""
    return (FILES / SEEDS[0]).read_bytes()


def repacked(data: bytes, edits: dict[str, Edit | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The package with some parts edited, or left out (None), and some added; checksums are right."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            edit = edits.get(name, lambda content: content)
            if edit is not None:
                target.writestr(_stamped(name), edit(source.read(name)))
        for name, content in (extra or {}).items():
            target.writestr(_stamped(name), content)
    return packed.getvalue()


def _stamped(name: str) -> zipfile.ZipInfo:
    """Entry of a package with a fixed time."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def renamed(data: bytes, name: Callable[[str], str]) -> bytes:
    """The package with its parts named otherwise."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for old in source.namelist():
            entry = _stamped(old)
            entry.filename = name(old)  # set later than made: the library would mend it
            target.writestr(entry, source.read(old))
    return packed.getvalue()


def prefixed(sheet: bytes) -> bytes:
    """XML of a sheet with a prefix before the name of every element."""
    named = sheet.replace(b'xmlns="http', b'xmlns:x="http')
    return re.sub(rb"<(/?)(?=[A-Za-z])([\w.]+)(?=[\s/>])", rb"<\1x:\2", named)


def with_sheet(pattern: str, by: str) -> bytes:
    """The workbook with the first match of the pattern in the XML of its sheet replaced."""

    def edit(content: bytes) -> bytes:
        made, n = re.subn(pattern, lambda _: by, content.decode("utf-8"), count=1)
        assert n == 1, f"{pattern} is not in the sheet"
        return made.encode("utf-8", "surrogatepass")

    return repacked(xlsx(), {SHEET: edit})


def with_cells(cells: str) -> bytes:
    """The workbook with more rows of XML at the end of its sheet."""
    return with_sheet("</sheetData>", f"{cells}</sheetData>")


def flips_and_cuts() -> Iterator[Case]:
    """Bits turned in every kind of file, and files that end too early."""
    for seed in SEEDS:
        data = (FILES / seed).read_bytes()
        stem, suffix = seed.split(".")
        for i in range(11):
            chance = random.Random(f"{seed}{i}")
            made = bytearray(data)
            for _ in range(chance.choice((1, 1, 2, 8, 64))):
                made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
            yield f"flip_{stem}_{i:02}.{suffix}", bytes(made)
        for i in range(6):
            yield f"cut_{stem}_{i:02}.{suffix}", data[: len(data) * i // 6 + i]


def edited_xml() -> Iterator[Case]:
    """Tags left out, doubled, put elsewhere, in the XML of a sheet and of what belongs to it."""
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/") and "theme" not in name]
    tag = re.compile(rb"<[^>]+>")
    for name in names:
        for i in range(10):
            chance = random.Random(f"{name}{i}")

            def edit(content: bytes, i: int = i, chance: random.Random = chance) -> bytes:
                tags = list(tag.finditer(content))
                one, other = chance.choice(tags), chance.choice(tags)
                kinds = (
                    b"",
                    one[0] * 2,
                    other[0],
                    one[0].replace(b'"', b"", 1),
                    b"<" + one[0],
                    b"\xb2\xe2" + one[0],
                    b"]]>",
                )
                return content[: one.start()] + kinds[i % len(kinds)] + content[one.end() :]

            yield f"xml_{Path(name).stem.lower()}_{i:02}.xlsx", repacked(xlsx(), {name: edit})


def zip_surgery() -> Iterator[Case]:
    """Packages whose directory, parts or checksums are not what they should be."""
    data = xlsx()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    for info in infos:
        name = re.sub(r"\W+", "_", info.filename)
        yield f"zip_without_{name}.xlsx", repacked(data, {info.filename: None})
        made = bytearray(data)  # a bit of the checksum in the directory
        made[data.rfind(info.filename.encode()) - 30] ^= 1
        yield f"zip_checksum_{name}.xlsx", bytes(made)
        empty: Edit = lambda _: b""  # noqa: E731
        yield f"zip_empty_{name}.xlsx", repacked(data, {info.filename: empty})
    yield "zip_twice.xlsx", repacked(data, {}, {SHEET.upper(): b"<worksheet/>"})
    yield "zip_in_zip.xlsx", repacked(data, dict.fromkeys([i.filename for i in infos]), {"a.xlsx": data})
    yield (
        "zip_renamed_sheet.xlsx",
        repacked(data, {SHEET: None}, {"xl/worksheets/other.xml": b"<worksheet/>"}),
    )
    yield "zip_many_parts.xlsx", repacked(data, {}, {f"xl/media/{i}.png": b"" for i in range(10_050)})
    start = data.rfind(b"PK\x01\x02")
    size = bytearray(data)
    size[start + 24 : start + 28] = (4).to_bytes(4, "little")
    yield "zip_lying_size.xlsx", bytes(size)
    offset = bytearray(data)
    offset[start + 42 : start + 46] = (0).to_bytes(4, "little")
    yield "zip_overlap.xlsx", bytes(offset)
    flagged = bytearray(data)
    flagged[start + 8] |= 1
    yield "zip_encrypted.xlsx", bytes(flagged)


def bombs() -> Iterator[Case]:
    """Little that becomes much: unpacked, as a rectangle, as entities, as merged ranges."""
    blank: Edit = lambda content: content + b" " * 80_000_000  # noqa: E731
    yield "bomb_blanks.xlsx", repacked(xlsx(), {SHEET: blank})
    row = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
    yield "far_corner.xlsx", with_cells(row.format(1048576, "XFD"))
    yield "far_row.xlsx", with_cells(row.format(1048576, "B"))
    yield "far_column.xlsx", with_cells(row.format(99, "XFD"))
    yield "far_beyond_rows.xlsx", with_cells(row.format(99999999, "B"))
    yield "far_beyond_columns.xlsx", with_cells(row.format(99, "ZZZZZZ"))
    yield "far_without_reference.xlsx", with_cells('<row r="90000000"><c><v>1</v></c></row>')
    yield "far_other_quotes.xlsx", with_cells("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")
    yield "far_many.xlsx", with_cells("".join(row.format(n, "XFD") for n in range(5_000, 1_000_000, 5_000)))
    yield "far_dimension.xlsx", with_sheet('<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')
    entities = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    yield "entities.xlsx", with_sheet("<worksheet", entities + "<worksheet")
    yield "entity_undeclared.xlsx", with_cells('<row r="50"><c r="A50"><v>&b;</v></c></row>')
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    book = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>&l11;</Worksheet></Workbook>'
    yield "entities_2003.xls", book.encode()
    strings: Edit = lambda content: content.replace(b"<sst", entities.encode() + b"<sst", 1)  # noqa: E731
    if STRINGS in zipfile.ZipFile(io.BytesIO(xlsx())).namelist():
        yield "entities_in_strings.xlsx", repacked(xlsx(), {STRINGS: strings})

    def relations(content):
        return content.replace(b"<Relationships", entities.encode() + b"<Relationships", 1)

    yield "entities_in_relations.xlsx", repacked(xlsx(), {"xl/_rels/workbook.xml.rels": relations})
    for name, ranges in {
        "whole": ["A1:XFD1048576"],
        "overlap": ["A1:C3", "B2:D4", "A1:C3", "C1:C9"],
        "backwards": ["D4:A1"],
        "nonsense": ["A0:ZZZZZZZ99999999999"],
        "many": [f"A{i}:C{i}" for i in range(1, 20_000)],
    }.items():
        cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
        yield (
            f"merge_{name}.xlsx",
            with_sheet("</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>"),
        )
    yield (
        "html_spans.xls",
        b"<table><tr>" + b"<td rowspan=1000 colspan=1000>1</td></tr><tr>" * 3000 + b"</tr></table>",
    )
    yield "html_deep.xls", b"<table><tr><td>" * 50_000
    yield "html_open_comment.xls", b"<table><tr><td>" + b"<!--" * 5_000
    ss = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    for name, at in {"far": "99999999999", "negative": "-5", "words": "abc", "last": "1048576"}.items():
        row = f'<Workbook {ss}><Worksheet><Table><Row ss:Index="{at}"><Cell><Data>1</Data></Cell></Row></Table></Worksheet></Workbook>'
        yield f"xml2003_{name}.xls", row.encode()
    yield "csv_wide.csv", b"," * 200_000 + b"\n" + b"1\n" * 2_000
    yield "csv_long_cell.csv", "项目,投资\n".encode() + "甲".encode() * 60_000 + b",1\n"
    yield "csv_open_quote.csv", '项目,投资\n"甲,1\n'.encode() + b"a,b\n" * 50_000
    yield "csv_nulls.csv", "项目,投资\n甲\x00,1\n".encode()
    for name, text in {"rows": 'number-rows-repeated="1048576"', "huge": 'number-rows-repeated="99999999999"', "words": 'number-columns-repeated="x"', "columns": 'number-columns-repeated="16384" table:number-rows-repeated="900000"'}.items():  # fmt: skip
        many: Edit = lambda content, text=text: re.sub(  # noqa: E731
            rb"<table:table-row\b", f"<table:table-row table:{text}".encode(), content, count=3
        )
        cells: Edit = lambda content, text=text: content.replace(  # noqa: E731
            b"<table:table-cell ", f"<table:table-cell table:{text} ".encode(), 9
        )
        yield (
            f"ods_{name}.ods",
            repacked((FILES / SEEDS[1]).read_bytes(), {"content.xml": cells if "columns" in text else many}),
        )


def other_spellings() -> Iterator[Case]:
    """What the reader takes for a sheet or a cell by another spelling than Excel's, with a cell at the far corner."""
    corner = with_cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "far_prefixed.xlsx", repacked(corner, {SHEET: prefixed})
    yield (
        "far_upper_case.xlsx",
        renamed(corner, lambda name: name.replace("xl/workbook.xml", "xl/Workbook.xml")),
    )
    yield "far_other_case.xlsx", renamed(corner, lambda name: name.replace("sheet1", "Sheet1"))
    yield "far_backslashes.xlsx", renamed(corner, lambda name: name.replace("/", "\\"))
    with zipfile.ZipFile(FILES / SEEDS[1]) as ods:
        both = {name: ods.read(name) for name in ("mimetype", "content.xml")}
    yield "far_two_kinds.xlsx", repacked(corner, {}, both)
    other: Edit = lambda content: content.replace(  # noqa: E731
        b"<sheet ", b'<z:sheet xmlns:z="other" ', 1
    )
    yield "sheet_of_another_kind.xlsx", repacked(corner, {"xl/workbook.xml": other})
    with_claim = (FILES / "error_cells_xls.xls").read_bytes()
    at = with_claim.index(b"\x00\x02\x0e\x00") + 4
    for name, rows in {"huge": (0, 0xD8000006), "backwards": (9, 3)}.items():
        claim = b"".join(row.to_bytes(4, "little") for row in rows)
        yield f"claim_{name}.xls", with_claim[:at] + claim + with_claim[at + 8 :]
    encoding: Edit = lambda content: content.replace(b"UTF-8", b"UTD-8", 1)  # noqa: E731
    yield (
        "encoding_unknown.xlsb",
        repacked((FILES / SEEDS[2]).read_bytes(), {"xl/_rels/workbook.bin.rels": encoding}),
    )
    yield "encoding_unknown.ods", repacked((FILES / SEEDS[1]).read_bytes(), {"content.xml": encoding})
    rows: Edit = lambda content: content.replace(b"\x91\x01\x00", b"\x91\x01\x00\x00\x00", 1)  # noqa: E731
    xlsb = (FILES / "error_cells_xlsb.xlsb").read_bytes()
    yield "row_cut_short.xlsb", repacked(xlsb, {"xl/worksheets/sheet1.bin": rows})
    torn = "<c " * 60_000
    yield "cells_torn.xlsx", with_cells(torn)


def odd_cells() -> Iterator[Case]:
    """References, types, styles and values that no program writes."""
    cell = '<row r="60"><c r="A60"{0}>{1}</c></row>'
    for i, (attributes, content) in enumerate(
        [
            (' t="s"', "<v>999999</v>"), (' t="s"', "<v>-1</v>"), (' s="99999"', "<v>1</v>"), (' s="-1"', "<v>1</v>"), (' t="zz"', "<v>1</v>"),
            ("", "<v>1e999</v>"), ("", "<v>nan</v>"), ("", "<v>-inf</v>"), ("", "<v>1e-400</v>"), ("", "<v></v>"), ("", "<v/>"), ("", "<x/>"),
            (' t="d"', "<v>0000-99-99</v>"), (' t="d"', "<v>九月</v>"), (' s="1"', "<v>1e300</v>"), (' s="1"', "<v>-99999999</v>"), (' t="b"', "<v>7</v>"),
            (' t="e"', "<v>#REF!</v>"), (' t="e"', "<v>#WHAT</v>"), (' t="e"', ""), ("", "<f>A61</f>"), ("", "<f>A60</f><v></v>"), ("", "<f>1+</f><v>3</v>"),
            (' t="str"', "<f>A1</f><v></v>"), ("", "<f>[9]外部!A1</f><v>12</v>"), (' t="inlineStr"', "<is><t>" + "甲" * 32_767 + "</t></is>"),
            (' t="inlineStr"', "<is><t>" + "1," * 16_000 + "</t></is>"), (' t="inlineStr"', "<is><t>" + "(" * 32_767 + "</t></is>"),
            (' t="inlineStr"', "<is><t>\u202e甲\u200b乙\u200f\ufeff</t></is>"), (' t="inlineStr"', "<is><t>_x0000_甲&#10;乙&#9;</t></is>"),
            (' t="inlineStr"', "<is><t>\x01\x02\x0b</t></is>"), (' t="inlineStr"', "<is><t>\ud800</t></is>"),
            (' t="inlineStr"', "<is><t>=HYPERLINK(&quot;http://example.org&quot;)</t></is>"), (' t="inlineStr"', "<is><t>../../etc/passwd</t></is>"),
            (' t="inlineStr"', "<is><t>&lt;script&gt;alert(1)&lt;/script&gt;{0}%s$(id)`id`</t></is>"),
        ]
    ):  # fmt: skip
        yield f"cell_{i:02}.xlsx", with_cells(cell.format(attributes, content.replace("{0}", "{{0}}")))
    for i, reference in enumerate(
        ("A0", "A-1", "1A", "", "A", "9", "a60", "A60:B61", "$A$60", "A1.5", "Ａ60", "A99999999999999999999")
    ):
        yield f"reference_{i:02}.xlsx", with_cells(f'<row r="60"><c r="{reference}"><v>1</v></c></row>')
        yield f"row_{i:02}.xlsx", with_cells(f'<row r="{reference}"><c><v>1</v></c></row>')
    for i, name in enumerate(
        ("", " ", "甲\n乙", "a" * 5_000, "../../x", "\u202e甲", "CON", "=1+1", "招商&#10;项目", "<b>")
    ):
        escaped = name.replace("<", "&lt;")
        edit: Edit = lambda content, escaped=escaped: re.sub(  # noqa: E731
            rb'(<sheet [^>]*?name=")[^"]*"',
            lambda found: found[1] + escaped.encode() + b'"',
            content,
            count=1,
        )
        yield f"sheet_name_{i:02}.xlsx", repacked(xlsx(), {"xl/workbook.xml": edit})
    one = re.compile(rb"<sheet [^>]*/>")
    twice: Edit = lambda content: one.sub(lambda found: found[0] * 2, content, count=1)  # noqa: E731
    yield "sheet_twice.xlsx", repacked(xlsx(), {"xl/workbook.xml": twice})
    many: Edit = lambda content: one.sub(  # noqa: E731
        lambda found: b"".join(re.sub(rb'name="[^"]*"', b'name="%d"' % i, found[0]) for i in range(800)),
        content,
        count=1,
    )
    yield "sheet_many.xlsx", repacked(xlsx(), {"xl/workbook.xml": many})


def wrong_kind() -> Iterator[Case]:
    """Files that are not what their name says."""
    for seed in SEEDS:
        data = (FILES / seed).read_bytes()
        for suffix in ("xlsx", "xls", "ods", "csv", "et", "xlsb"):
            yield f"renamed_{seed.split('.')[0]}.{suffix}", data
    yield "empty.xlsx", b""
    yield "zeros.xlsx", b"\x00" * 4096
    yield "noise.xlsx", random.Random(1).randbytes(4096)
    yield "noise_behind_mark.xlsx", b"PK\x03\x04" + random.Random(2).randbytes(4096)
    yield "noise_behind_mark.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(8192)
    yield "password.xlsx", (FILES / "password_protected.xlsx").read_bytes()
    yield "filepass.xls", _with_file_password((FILES / SEEDS[3]).read_bytes())
    chain = bytearray((FILES / SEEDS[3]).read_bytes())
    chain[512:1024] = bytes(512)  # every sector is followed by sector 0: a chain without an end
    yield "cyclic_sectors.xls", bytes(chain)


def _with_file_password(data: bytes) -> bytes:
    """An xls whose record behind the first is one of encryption: it cannot be read without the password."""
    first = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    assert first > 0, "no workbook stream"
    at = first + 20
    return data[:at] + b"\x2f\x00" + data[at + 2 :]


def every_case() -> Iterator[Case]:
    """Name and bytes of every hostile file."""
    for family in (flips_and_cuts, edited_xml, zip_surgery, bombs, other_spellings, odd_cells, wrong_kind):
        yield from family()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in every_case():
        (folder / name).write_bytes(content)
