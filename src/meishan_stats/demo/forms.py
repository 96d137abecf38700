"""The four forms of the office: one in use after the other, as a superior office changes its template.

1. Everything is text with its unit; totals are sums in words, one per currency (3600万元、500万美元).
2. Sections by sector, 单位：万元 above the table; in the project list the section row carries the subtotals
   and the total stands first, in words per currency; foreign amounts are text in the same column.
3. Sections 内资 and 外资, each with a 小计; the unit in the header; funding only as 1-n月累计.
4. Yuan and dollars in columns of their own; a Hong Kong dollar amount is text beside the dollars, so the
   total of that column is in words.

Every stated total is the exact sum of the rows it covers, once per currency; nothing is converted.
"""

from collections.abc import Callable

from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.demo.funding_forms import funding_1, funding_2, funding_3, funding_4
from meishan_stats.demo.project_forms import list_1, list_2, list_3, list_4
from meishan_stats.demo.spelling import Pen
from meishan_stats.demo.truth import Project

Draw = Callable[[Worksheet, list[Project], Pen], None]
FORMS: tuple[tuple[Draw, Draw], ...] = (
    (list_1, funding_1),
    (list_2, funding_2),
    (list_3, funding_3),
    (list_4, funding_4),
)
