"""A zip workbook made ready for the fast reader: within limits, whole, and with what the reader does not tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from meishan_stats.extract import limits, ods_sheets, xlsb_sheets, xlsx_cells, xlsx_flaws
from meishan_stats.extract.flaws import Flaws
from meishan_stats.extract.limits import broken, check_positions, refuse
from meishan_stats.extract.xml_parts import checked
from meishan_stats.extract.zip_parts import Part, open_parts, pack, part_name

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Range = tuple[int, int, int, int]
Doubt = tuple[str, dict[str, Any]]
"""Code of a problem and its details, among them ``source_row`` and ``column`` of the cell."""


@dataclass(frozen=True)
class Package:
    """A workbook that may be given to the reader; what it does not tell is by the name of the sheet."""

    form: str
    data: bytes
    flaws: dict[str, Flaws] = field(default_factory=dict)
    merges: dict[str, list[Range]] = field(default_factory=dict)
    doubts: dict[str, list[Doubt]] = field(default_factory=dict)
    n_sheets: int | None = None
    """Sheets that were looked at; the reader must find no others."""


def open_package(data: bytes) -> Package:
    """The workbook of a zip file, checked.

    Raises
    ------
    UnreadableWorkbook
        It is damaged, protected, no workbook, or exceeds a limit of :mod:`limits`.
    """
    parts = open_parts(data)
    sheets = _sheets(parts)
    for name, part in parts.items():
        if name not in sheets.values():
            for _ in checked(name, part):
                pass
    # In the order in which the reader tries them: it must not read what was not looked at.
    if _BOOK in parts:
        return _xlsx(data, parts, sheets)
    if xlsb_sheets.BOOK in parts:
        return Package("xlsb", data, flaws := xlsb_sheets.look(parts), n_sheets=len(flaws))
    if "mimetype" in parts and "content.xml" in parts:
        return Package("ods", data, *ods_sheets.look(parts["content.xml"].content()))
    broken("没有工作簿的内容", "no content of a workbook")


def _sheets(parts: Mapping[str, Part]) -> dict[str, str]:
    """Names of the sheets of an xlsx and their parts."""
    if _BOOK not in parts:
        return {}
    if _RELATIONS not in parts:
        broken("缺少工作表的目录", "the relations of the workbook are missing")
    book, relations = (parts[name].content() for name in (_BOOK, _RELATIONS))
    if xlsx_flaws.is_strict(book):
        book, relations = xlsx_flaws.transitional(book), xlsx_flaws.transitional(relations)
    sheets = {name: part_name(part) for name, part in xlsx_flaws.sheet_parts(book, relations)}
    for name, part in sheets.items():
        if part not in parts:
            broken(f"缺少工作表“{name[:40]}”的内容", f"the content of sheet {name[:40]!r} is missing")
    return sheets


def _xlsx(data: bytes, parts: Mapping[str, Part], sheets: Mapping[str, str]) -> Package:
    package = Package("xlsx", data, n_sheets=len(sheets))
    changed: dict[str, bytes] = {}
    book = parts[_BOOK].content()
    if xlsx_flaws.is_strict(book):
        changed = {name: xlsx_flaws.transitional(part.content()) for name, part in parts.items()}
    n_positions = 0
    flaws: dict[str, xlsx_flaws.SheetFlaws] = {}
    for name, part in sheets.items():
        content = changed.get(part)
        seen = xlsx_cells.look(checked(part, parts[part]))
        if seen.has_prefixes:
            content = xlsx_flaws.without_prefixes(content or parts[part].content())
            seen = xlsx_cells.look([content])
        rows, columns = seen.rows, seen.columns
        if rows is None or columns is None or xlsx_cells.is_sparse(rows, columns, seen.n_bytes):
            near, rows, columns, doubts = _near(content or parts[part].content())
            if doubts:
                changed[part] = near
                package.doubts[name] = doubts
        n_positions += rows * columns
        check_positions(n_positions, name)
        if seen.may_have_flaws:
            flaws[name] = xlsx_flaws.sheet_flaws(content or parts[part].content())
    package.flaws.update(_flaws(flaws, xlsx_flaws.asks_to_be_calculated(book)))
    if not changed:
        return package
    whole = {part.name: changed.get(name) or part.content() for name, part in parts.items()}
    return replace(package, data=pack(whole))


def _flaws(found: Mapping[str, xlsx_flaws.SheetFlaws], is_to_be_calculated: bool) -> dict[str, Flaws]:
    """Flaws by sheet; a result 0 is one where the file is to be calculated and no formula has another."""
    is_uncalculated = is_to_be_calculated and not any(sheet.has_results for sheet in found.values())
    return {
        name: {**sheet.flaws, **(sheet.zeros if is_uncalculated else {})} for name, sheet in found.items()
    }


def _near(xml: bytes) -> tuple[bytes, int, int, list[Doubt]]:
    """A sheet without the cells far from its table, the rows and columns it then has, and a doubt for the rest."""
    near, far = xlsx_cells.split_far(list(xlsx_cells.cells_with_values(xml)))
    rows, columns = (
        1 + max(places, default=-1) for places in ([c.row for c in near], [c.column for c in near])
    )
    if not far:
        return xml, rows, columns, []
    first = far[0]
    place = (
        {"source_row": first.row + 1, "column": first.column}
        if 0 <= first.row < limits.MAX_ROWS and 0 <= first.column < limits.MAX_COLUMNS
        else {}
    )
    return xlsx_cells.without(xml, far), rows, columns, [("far_cells", {**place, "n": len(far)})]


def sound_merges(merged: Sequence[Range], n_rows: int, n_columns: int) -> list[Range]:
    """Merged ranges cut to the sheet's cells; of two that overlap, which Excel never writes, the first.

    >>> sound_merges([(0, 0, 1048575, 16383), (0, 1, 0, 2), (5, 5, 6, 6)], 2, 3)
    [(0, 0, 1, 2)]
    """
    if len(merged) > limits.MAX_MERGES:
        refuse("合并单元格过多", f"more than {limits.MAX_MERGES:,} merged ranges")
    ordered = sorted(
        (r0, c0, min(r1, n_rows - 1), min(c1, n_columns - 1))
        for r0, c0, r1, c1 in merged
        if 0 <= r0 <= r1 and 0 <= c0 <= c1 and r0 < n_rows and c0 < n_columns
    )
    taken: dict[int, int] = {}
    return [place for place in ordered if _is_free(place, taken)]


def _is_free(place: Range, taken: dict[int, int]) -> bool:
    """True if no range before, in the order of rows, holds a cell of this one; `taken` has last rows by column."""
    r0, c0, r1, c1 = place
    if any(taken.get(c, -1) >= r0 for c in range(c0, c1 + 1)):
        return False
    taken.update(dict.fromkeys(range(c0, c1 + 1), r1))
    return True
