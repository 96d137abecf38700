"""The cover of the office workbook: whose figures, of when, from where, how to read them, and what is inside."""

from collections.abc import Sequence

import pandas as pd
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.codelists import labels
from meishan_stats.outputs import styles
from meishan_stats.outputs.cells import put_text
from meishan_stats.outputs.office_facts import Frames, OfficeFacts
from meishan_stats.outputs.office_layout import ShownSheet
from meishan_stats.outputs.office_pages import mark_pages
from meishan_stats.outputs.office_texts import cover_rows, text, word

WIDTHS = (20.0, 84.0, 14.0)
HEADINGS = ("目录", "内容", "数据行数")
MOST_RATES = 12


def draw_cover(
    sheet: Worksheet,
    cover: ShownSheet,
    others: Sequence[tuple[ShownSheet, int]],
    frames: Frames,
    facts: OfficeFacts,
) -> None:
    """Write the cover.

    Parameters
    ----------
    others : the other sheets, each with its number of rows of data
    """
    for letter, width in zip("ABC", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.merge_cells("A1:C1")
    put_text(sheet["A1"], facts.marked(facts.fill(cover.title)))
    styles.style_title(sheet["A1"])
    sheet.row_dimensions[1].height = 40
    if facts.is_demo:
        styles.style_warning(sheet["A1"])
    row = 3
    said = _answers(frames, facts)
    for line in cover_rows():
        row = _draw_line(sheet, row, line["label"], line["text"].format(**said))
        if line["key"] == "nature" and facts.is_demo:
            styles.style_warning(sheet.cell(row - 1, 2))
    row += 1
    styles.draw_header(sheet, row, HEADINGS, WIDTHS)
    for definition, n_rows in others:
        row += 1
        _draw_entry(sheet, row, definition, n_rows)
    styles.print_on_a4(sheet, pages_high=1)
    mark_pages(sheet, facts)


def _answers(frames: Frames, facts: OfficeFacts) -> dict[str, str]:
    """What fills the blanks of the cover."""
    severities = frames["problems"]["severity"].value_counts()
    problems = text("separator").join(
        f"{word(s)}{severities[s]}条" for s in ("error", "warning", "info") if s in severities
    )
    return {
        "office": facts.office,
        "county": facts.county or text("unknown"),
        "as_of": facts.as_of_month or text("no_as_of"),
        "source": facts.source or text("the_workbooks"),
        "nature": text("demo_nature" if facts.is_demo else "real_nature"),
        "fx": facts.fx_basis or text("unknown"),
        "rates": _rates(frames["projects"]),
        "foreign": text("foreign_counted" if facts.includes_foreign else "foreign_apart"),
        "projects": text("n_projects", len(frames["projects"])),
        "problems": problems or text("no_problems"),
    }


def _rates(projects: pd.DataFrame) -> str:
    """Every rate that foreign amounts of projects were converted by, a line each."""
    foreign = projects[
        (projects["currency"] != "CNY") & projects["currency"].notna() & projects["fx_rate"].notna()
    ]
    used = (
        foreign[["currency", "fx_basis", "fx_rate"]].drop_duplicates().sort_values(["currency", "fx_basis"])
    )
    lines = [
        text("rate", currency=labels("currencies").get(currency, currency), rate=rate, basis=_basis(basis))
        for currency, basis, rate in used.itertuples(index=False)
    ]
    if len(lines) > MOST_RATES:
        lines = [*lines[:MOST_RATES], text("more", len(lines) - MOST_RATES)]
    return "\n".join(lines) or text("no_rates")


def _basis(said: object) -> str:
    """``annual_mean 2011, ECB`` in words."""
    if not isinstance(said, str):
        return text("unknown")
    rule, _, source = said.partition(", ")
    basis, _, period = rule.partition(" ")
    words = [period, labels("fx_bases").get(basis, basis), word(source.lower()) if source else ""]
    return " ".join(filter(None, words))


def _draw_line(sheet: Worksheet, row: int, label: str, said: str) -> int:
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
    put_text(sheet.cell(row, 1), label)
    put_text(sheet.cell(row, 2), said)
    for place in (1, 2, 3):
        styles.style_value(sheet.cell(row, place))
    styles.style_header(sheet.cell(row, 1))
    lines = styles.lines_needed(said, sum(WIDTHS[1:]))
    sheet.row_dimensions[row].height = styles.ROW_HEIGHT + 4 + styles.LINE_HEIGHT * (lines - 1)
    return row + 1


def _draw_entry(sheet: Worksheet, row: int, definition: ShownSheet, n_rows: int) -> None:
    """A line of the contents; its name leads to the sheet."""
    link, purpose, count = (sheet.cell(row, place) for place in (1, 2, 3))
    put_text(link, definition.name)
    put_text(purpose, definition.purpose)
    for cell, align in ((link, "left"), (purpose, "left"), (count, "center")):
        styles.style_value(cell, "#,##0", align)
    link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{definition.name}'!A1")
    link.font = Font(name=styles.FONT, size=10, underline="single", color="0563C1")
    if n_rows:
        count.value = n_rows
    else:
        put_text(count, text("none"))
    sheet.row_dimensions[row].height = styles.ROW_HEIGHT + 2
