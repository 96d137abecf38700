"""Words and sentences of the office workbook, from ``definitions/``."""

from functools import cache

from meishan_stats.codelists import read_definition

TEXTS_FILE = "office_texts.csv"
COVER_FILE = "office_cover.csv"


@cache
def _texts() -> dict[str, str]:
    return {row["key"]: row["zh"] for row in read_definition(TEXTS_FILE).to_dict("records")}


def text(key: str, *values: object, **named: object) -> str:
    """A text of ``definitions/office_texts.csv``, its blanks filled.

    >>> text("subtotal", "2011年")
    '2011年小计'
    """
    return _texts()[key].format(*values, **named)


def word(code: str) -> str:
    """The word for a code that has no codelist of its own (``signed``, ``error``), else the code itself.

    >>> word("signed"), word("2011")
    ('已签约', '2011')
    """
    return _texts().get(code, code)


def cover_rows() -> list[dict[str, str]]:
    """Rows of the cover: key, label and text with its blanks.

    >>> cover_rows()[0]["label"]
    '填报单位'
    """
    return read_definition(COVER_FILE).to_dict("records")
