"""Which field each column of a case became, by which step, against the field typed in the case."""

from collections import Counter

from meishan_stats.extract.raw_table import Column
from meishan_stats.extract.recognise import recognise
from meishan_stats.extract.workbook import read_workbook
from meishan_stats.problems import column_letter
from workbooks.case import Case

# The cases were typed before the reader's names were known.
SAME = {"signed": "signed_amount", "signed_on": "signed.actual", "completed": "completed_investment"}


def columns_of(case: Case) -> dict[str, Column]:
    """Columns of the first sheet of a case by letter, where its tables stand upright."""
    workbook = read_workbook(case.path)
    found: dict[str, Column] = {}
    for table in recognise(workbook.sheets[0], case.path.stem).tables:
        for column in table.columns:
            row = int(table.cells.index[0]) if len(table.cells) else 0
            found.setdefault(column_letter(table.position(row, column.index)[1]), column)
    return found


def field_of(name: str) -> str:
    """Field of the reader that a case means.

    >>> field_of("signed_on"), field_of("completed.ytd"), field_of("arrived.month")
    ('signed.actual', 'completed_investment.ytd', 'arrived.month')
    """
    stem, dot, modifier = name.partition(".")
    is_date = modifier in ("planned", "actual")
    return name if is_date else f"{SAME.get(stem, stem)}{dot}{modifier}"


def headers_by_step(case: Case) -> tuple[Counter[str], Counter[str], list[str]]:
    """Right and all columns by the step that found them, and the wrong ones in words."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    wrong = []
    columns = columns_of(case) if case.fields else {}
    for letter, name in case.fields.items():
        column = columns.get(letter)
        field, step = (column.field, column.step or "none") if column else (None, "none")
        every[step] += 1
        if field == (field_of(name) if name else None):
            right[step] += 1
        else:
            wrong.append(f"{case.name}: column {letter} is {name} and was read as {field} ({step})")
    return right, every, wrong
