"""The office workbook (招商引资统计): every result of one office as printed tables with native charts."""

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from meishan_stats.errors import FolderError
from meishan_stats.outputs.office_cover import draw_cover
from meishan_stats.outputs.office_definitions import office_sheets
from meishan_stats.outputs.office_facts import NamedFrames, OfficeFacts, office_facts, office_frames
from meishan_stats.outputs.office_layout import ShownSheet
from meishan_stats.outputs.office_sheet import draw_sheet
from meishan_stats.outputs.xlsx import FIXED_TIME, workbook_bytes

_IN_FILE_NAMES = str.maketrans(
    {c: chr(ord(c) + 0xFEE0) for c in '/\\:*?"<>|'}
    | {chr(n): " " for n in (*range(32), 127, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}
)
"""Marks of paths, and what is not seen but turns the direction of writing, so that a name looks like another."""
_LONGEST_NAME = 60
"""Characters of an office in a file name: 255 bytes are all that a name may have."""

Cached = dict[tuple[str, str], float | str]


def office_workbook(tables: NamedFrames, results: NamedFrames, office: str) -> Workbook:
    """Workbook of one office: cover, analysis by sector, capital, projects, progress, channels, land, doubts.

    Nothing is computed anew: the cells are those of the results, and only totals and subtotals are
    formulas, which a reader can follow. A missing amount is a blank cell and counted as 缺n项.

    Parameters
    ----------
    tables : Tables, or tables by name
    results : results of the statistics by name
        Those that ``definitions/office_tables.csv`` names; more are no harm. A result may hold rows of
        several groupings: ``origin_breakdown`` by level and nested, ``land_efficiency`` by project and
        sector, ``funding_by_month`` of several kinds; each table of the workbook takes its own.
    office : str
        One of the names in ``offices``.

    Raises
    ------
    ChoiceError
        There is no such office, or a table or result is absent.
    DefinitionError
        See ``office_sheets``.
    """
    return _drawn(tables, results, office)[0]


def write_office_workbook(path: Path, tables: NamedFrames, results: NamedFrames, office: str) -> None:
    """Write the workbook of one office; the same frames give the same bytes.

    The values of the formulas are written beside them, for programs that show a file and compute nothing.

    Raises
    ------
    ChoiceError, DefinitionError
        See ``office_workbook``.
    FolderError
        The file cannot be replaced: it is open in another program, or the folder is read-only.
    """
    book, facts, cached = _drawn(tables, results, office)
    moment = (
        FIXED_TIME if facts.as_of is None else datetime(facts.as_of.year, facts.as_of.month, facts.as_of.day)
    )
    content = workbook_bytes(book, moment, cached)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        reason = error.strerror or error
        raise FolderError(
            f"写不了 {path}：{reason}（文件是否在 Excel 中打开着？）",
            f"cannot write {path}: {reason} (is it open in Excel?)",
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def office_file_name(office: str) -> str:
    """Name of the file of an office; what no file may be called by becomes full-width.

    >>> office_file_name("示例镇"), office_file_name("甲/乙")
    ('招商引资统计_示例镇.xlsx', '招商引资统计_甲／乙.xlsx')
    """
    return f"招商引资统计_{office.translate(_IN_FILE_NAMES)[:_LONGEST_NAME]}.xlsx"


def _drawn(tables: NamedFrames, results: NamedFrames, office: str) -> tuple[Workbook, OfficeFacts, Cached]:
    frames = office_frames(tables, results, office)
    facts = office_facts(frames)
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "meishan_stats"
    book.properties.title = facts.marked(f"{office}招商引资统计")
    definitions = office_sheets()
    sheets = {definition.name: book.create_sheet(definition.name) for definition in definitions}
    cached: Cached = {}
    counts: list[tuple[ShownSheet, int]] = []
    for definition in definitions:
        if definition.tables:
            drawn = draw_sheet(sheets[definition.name], definition, frames, facts)
            cached |= {(definition.name, cell): value for one in drawn for cell, value in one.cached.items()}
            counts.append((definition, sum(one.n_rows for one in drawn)))
    for definition in definitions:
        if not definition.tables:
            draw_cover(sheets[definition.name], definition, counts, frames, facts)
    return book, facts, cached
