"""The four forms of the office: one in use after the other, as a superior office changes its template.

1. Everything is text with its unit; totals are sums in words, one per currency (3600万元、500万美元).
2. Sections by sector, 单位：万元 above the table; in the project list the section row carries the subtotals
   and the total stands first, in words per currency; foreign amounts are text in the same column.
3. Sections 内资 and 外资, each with a 小计; the unit in the header; funding only as 1-n月累计.
4. Yuan and dollars in columns of their own; a Hong Kong dollar amount is text beside the dollars, so the
   total of that column is in words.

Every stated total is the exact sum of the rows it covers, once per currency; nothing is converted.

The sheets beside these two come and go with the month (`timetable`); they follow the same four forms.
"""

from collections.abc import Callable

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo.benefits import benefits
from meishan_stats.demo.contests import contest
from meishan_stats.demo.funding_forms import funding_1, funding_2, funding_3, funding_4
from meishan_stats.demo.platform import platform
from meishan_stats.demo.postings import postings
from meishan_stats.demo.project_forms import list_1, list_2, list_3, list_4
from meishan_stats.demo.rates import rates
from meishan_stats.demo.schedules import schedule
from meishan_stats.demo.spelling import Pen
from meishan_stats.demo.targets import targets
from meishan_stats.demo.timetable import (
    CONTEST_FORMS,
    is_end_of_half,
    is_end_of_quarter,
    is_start_of_year,
)
from meishan_stats.demo.truth import Project, Truth
from meishan_stats.demo.visits import visits

Draw = Callable[[Worksheet, list[Project], Pen], None]
FORMS: tuple[tuple[Draw, Draw], ...] = (
    (list_1, funding_1),
    (list_2, funding_2),
    (list_3, funding_3),
    (list_4, funding_4),
)

DrawTable = Callable[[Worksheet, Truth, Pen], None]


def sheets_of(truth: Truth, index: int) -> list[tuple[str, DrawTable]]:
    """Sheets of the workbook of month `index`, in their order, and what draws each."""
    form = truth.form(index)
    sheets: list[tuple[str, DrawTable]] = [
        (title, _of_projects(draw))
        for title, draw in zip(("项目清单", "资金进度"), FORMS[form - 1], strict=True)
    ]
    sheets.append(("来访出访台账", visits))
    if form in CONTEST_FORMS:
        sheets.append(("绩效比拼", contest))
    if is_start_of_year(index):
        sheets += [("目标任务", targets), ("驻点安排", postings), ("汇率", rates)]
    if is_end_of_quarter(index):
        sheets += [("平台建设", platform), ("倒排工期表", schedule)]
    if is_end_of_half(index):
        sheets.append(("用地与效益", benefits))
    return sheets


def _of_projects(draw: Draw) -> DrawTable:
    return lambda ws, truth, pen: draw(ws, truth.shown(pen.index), pen)
