"""Cells whose value could not be had: errors, and formulas that were never calculated."""

import re

FORMULA = "formula"
"""What is wrong with a cell whose formula was never calculated; any other flaw is the text of an error."""
Flaws = dict[tuple[int, int], str]
"""What is wrong by row and column, both from 0."""

_NAMES = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_TEXT = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!)|Err:\d{3}")


def error_name(code: int) -> str:
    """What Excel shows for the code of an error in a binary workbook.

    >>> error_name(0x17), error_name(0x99)
    ('#REF!', '#ERROR 153')
    """
    return _NAMES.get(code, f"#ERROR {code}")


def is_error_text(text: str) -> bool:
    """True if a text is what Excel, WPS or LibreOffice shows in a cell with an error.

    >>> is_error_text("#REF!"), is_error_text(" Err:502 "), is_error_text("#1 厂房"), is_error_text("见#REF!")
    (True, True, False, False)
    """
    return _TEXT.fullmatch(text.strip()) is not None


def text_flaws(rows: list[list[object]], text: str) -> Flaws:
    """Errors among cells that are all text, of a format that tells text and errors not apart.

    `text` is the whole file: where no error can be in it, no cell is looked at.

    >>> text_flaws([["甲", "#N/A"], ["乙", "3600"]], "甲,#N/A\\n乙,3600")
    {(0, 1): '#N/A'}
    """
    if "#" not in text and "Err:" not in text:
        return {}
    return {
        (r, c): cell.strip()
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if isinstance(cell, str) and ("#" in cell or "Err" in cell) and is_error_text(cell)
    }
