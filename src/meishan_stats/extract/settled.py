"""Columns that only the kind of their table explains: 合计 in a contest, 本月完成 of a road, 内资 of a target."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from meishan_stats.extract.assignment import profile
from meishan_stats.extract.cells import TEXT
from meishan_stats.extract.fields import MONEY, WORK
from meishan_stats.extract.glance import kinds_of
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.headers import match_path
from meishan_stats.extract.rate_columns import settle_rates
from meishan_stats.extract.raw_table import Column, RawTable
from meishan_stats.extract.target_columns import NUMERIC, levels, settle_targets
from meishan_stats.values.text import match_key
from meishan_stats.values.words import codes_by_key, find_words, word_index

_WORK = (
    ("n_absences", r"缺勤|缺席|旷工|脱岗|缺岗|离岗|absen"),
    ("n_foreign_signed", r"外资(?!.*(?:额|资金|金额|万))|foreign|fdi"),
    (
        "n_leader_visits",
        r"(?:领导|书记|[县镇区市]长|一把手|高层).*(?:走访|拜访|出访|外出|带队|对接|考察|招商)|leader|senior",
    ),
    ("n_excellent_leads", r"优质|优秀|高质量|有效|成熟|excellent|quality|qualified"),
    ("station_days", r"天数|出勤|在岗|(?:驻|在外)[^/]*天|days"),
    ("n_receptions", r"接待|来访|邀请|邀商|请进来|来[镇县园]考察|recei|inbound|hosted"),
    ("n_visits", r"走访|拜访|外出|上门|登门|出访|走出去|visit|outbound|calls"),
    ("n_leads", r"信息|线索|上报|lead|enquir|inquir"),
)
"""Words of what recruiters do, the most telling first: 领导走访 is no 走访."""
_POINTS = re.compile(r"得分|扣分|加分|减分|分值|折分|权重|计分|评分|排名|名次|位次|points?$|weight|rank")
_ABOUT_POINTS = re.compile(r"得分|绩效|积分|考核|成绩|评比|比拼|score|points")
_TOTAL = re.compile(r"^(?:合计|总计|总分|总得分|综合|累计|total|overall)(?:得?分|points?|score)?$")
_CUMULATIVE = re.compile(r"累计|本年|全年|今年|当年|ytd|todate")
_SIGNED = re.compile(r"签约|签订|signed")
_HEADS = re.compile(
    r"(?:人员|干部|招商员|专职|顾问|队员|组员|人数)(?:人?数|数量)?(?:[(（][人名][)）])?$|^(?:no\.?of)?(?:staff|people|persons|headcount)$"
)
_PLACE = re.compile(
    r"^(?:所在|所属|前往|到达|出访|走访)?(?:国家|国别|城市|地区|地点|区域|省市|省份|country|city|location|place|area)(?:[(（].*)?$"
)
_HOME = re.compile(r"国|城市|地区|省|country|city")
_MOSTLY = 0.5
_DAY = re.compile(r"日期|时间|date|when")
_COST = re.compile(
    r"造价|概算|预算|估算|决算|结算|中标|合同价|费用|投入|投资|资金|款|金额|cost|budget|spend|expenditure|invest|amount"
)
_DONE = re.compile(r"完成|已(?:投|付|拨|支付|用)|支付|拨付|支出|spent|paid|complet|actual")


def settle(table: RawTable) -> RawTable:
    """The table with a field for the columns that its kind alone explains; the same again when done twice.

    A header such as 合计, 城市 or 企业投入 means nothing by itself; on a list of recruiters or of works it
    does. What a header says by itself stays, but for targets: under 目标任务 every amount is a target.
    """
    by_kind: dict[str, Callable[[RawTable], Sequence[Column]]] = {
        "targets": lambda t: settle_targets(t.columns, t.cells, [*t.titles, t.sheet]),
        "recruiters": _of_recruiters,
        "visits": _of_visits,
        "infrastructure": _of_infrastructure,
        "fx_rates": settle_rates,
    }
    return replace(table, columns=tuple(by_kind[table.table](table))) if table.table in by_kind else table


def _of_month(column: Column) -> bool:
    """True for a header that is a month or a quarter and nothing else."""
    part = read_header(column.header.split("/")[-1])
    return part.grain in ("month", "quarter", "half") and not part.residue and not part.stems


def _given(column: Column, field: str) -> Column:
    """The column with a field and the period of its header."""
    parts = [read_header(text) for text in column.header.split("/")]
    month, year, grain = (
        next((value for part in reversed(parts) if (value := getattr(part, name))), getattr(column, name))
        for name in ("month", "year", "grain")
    )
    month = None if grain == "ytd" else month
    return replace(
        column, field=field, step="table", score=1.0, rival=None, month=month, year=year, grain=grain
    )


def _is_numeric(column: Column, cells: pd.DataFrame) -> bool:
    return profile(cells[column.index]).number >= NUMERIC


def _free(column: Column) -> bool:
    return column.field is None or column.step == "near"


def _of_recruiters(table: RawTable) -> list[Column]:
    """Columns of recruiters and their work: numbers by their words, a column each; 本月 before 累计."""
    about_points = bool(_ABOUT_POINTS.search(match_key("".join(table.titles))))
    columns = coded(table.columns, table.cells, "recruiter_kind", "recruiter_kinds", ("station",))
    columns = [_recruiters_column(column, table.cells, about_points) for column in columns]
    for field in WORK:
        mine = [c for c in columns if c.field == field and c.month is None]
        so_far = [c for c in mine if _CUMULATIVE.search(match_key(c.header))]
        dropped = so_far if len(so_far) < len(mine) else mine[1:]
        columns = [_given(c, "derived") if c in dropped else c for c in columns]
    if any(c.field in ("score", "derived") for c in columns) and not any(c.field == "score" for c in columns):
        points = [c for c in columns if c.field == "derived" and not re.search("排|名次|位次|rank", c.header)]
        total = [c for c in columns if levels(c) and _TOTAL.match(levels(c)[0])] or points[:1] * (
            len(points) == 1
        )
        columns = [_given(c, "score") if total and c is total[-1] else c for c in columns]
    sums = [c for c in columns if _free(c) and levels(c) and _TOTAL.match(levels(c)[-1])]
    return [_given(c, "derived") if c in sums and _is_numeric(c, table.cells) else c for c in columns]


def _recruiters_column(column: Column, cells: pd.DataFrame, about_points: bool) -> Column:
    words = "".join(levels(column))
    if not words or (column.field in ("seq", "score", "derived", "n_recruiters") and not _free(column)):
        return column
    if not _is_numeric(column, cells):
        return _given(column, "station") if _free(column) and _PLACE.match(words) else column
    is_money = column.unit is not None and column.unit.dimension == "money"
    signed = column.field in ("signed_amount", "signed.actual") and not is_money
    if signed and not re.search("外资|foreign|fdi", words):
        return _given(column, "n_projects")
    if not (_free(column) or signed or column.field in WORK or column.field == "arrived.ytd") or is_money:
        return column
    if _POINTS.search(levels(column)[-1]):
        return _given(column, "derived")
    if column.field in WORK and column.step != "near":
        return _given(column, column.field or "")
    field = next((field for field, pattern in _WORK if re.search(pattern, words)), None)
    if field is None and _SIGNED.search(words):
        field = "n_projects"
    if field is None and _HEADS.search(words) and not _TOTAL.match(levels(column)[-1]):
        field = "n_recruiters"
    if field is None and about_points and _of_month(column):
        field = "score"
    return _given(column, field) if field else column


def coded(
    columns: Sequence[Column], cells: pd.DataFrame, field: str, codelist: str, rivals: Sequence[str] = ()
) -> list[Column]:
    """Columns of which one, free or taken for a rival, has its field by holding little but words of a codelist.

    Headers such as 方式 or 招商队伍 say less than 来访, 出访 or 专职招商, 招商顾问 below them.
    """
    if any(column.field == field for column in columns):
        return list(columns)
    known = codes_by_key(codelist)
    for column in columns:
        if not (_free(column) or column.field in rivals):
            continue
        values = cells[column.index].to_numpy()
        n_of = Counter(v for v in values[kinds_of(values) == TEXT].tolist() if isinstance(v, str))
        n_known = sum(n for text, n in n_of.items() if match_key(text) in known)
        if n_known > _MOSTLY * n_of.total():
            return [_given(c, field) if c is column else c for c in columns]
    return list(columns)


def _of_visits(table: RawTable) -> list[Column]:
    """A ledger's places and directions, and its days where they are numbers (3.15) that look like no dates.

    A column 地区 tells where the other side is at home, one 地点 where they met.
    """
    has_days = any(column.field in ("visited_on", "date") for column in table.columns)
    has_home = any(column.field in ("visit_origin", "origin") for column in table.columns)
    columns = []
    for column in coded(table.columns, table.cells, "direction", "directions", ("method", "category")):
        own = levels(column)[-1] if levels(column) else ""
        if _free(column) and _PLACE.match(own):
            is_home = bool(_HOME.search(own)) and not has_home
            columns.append(_given(column, "visit_origin" if is_home else "place"))
            has_home |= is_home
        elif column.field is None and not has_days and _DAY.search(own):
            columns.append(_given(column, "date"))
            has_days = True
        else:
            columns.append(column)
    return columns


def payer_in(text: str) -> str | None:
    """Code of the one payer that a header names (财政投入); None where it names none or several.

    >>> payer_in("财政投入"), payer_in("企业自筹（万元）"), payer_in("总投资")
    ('public', 'private', None)
    """
    known = codes_by_key("payers")
    words = find_words(match_key(text), word_index(word for word in known if len(word) > 1))
    found = {known[match_key(word)] for _, word in words}
    return found.pop() if len(found) == 1 else None


def _of_infrastructure(table: RawTable) -> list[Column]:
    """Amounts of works: by payer, by what is done, by year; what stays is a cost if its header says so."""
    columns = [_infrastructure_column(column, table) for column in table.columns]
    if not any(column.field in ("item", "name", "content", "company", "category") for column in columns):
        named = next((c for c in columns if c.field is None and levels(c) and _is_text(c, table.cells)), None)
        columns = [_given(c, "item") if c is named else c for c in columns]
    by_year = any(c.step == "table" and c.year for c in columns)
    return [_given(c, "derived") if by_year and c.field is None and _is_total(c) else c for c in columns]


def _is_text(column: Column, cells: pd.DataFrame) -> bool:
    return profile(cells[column.index]).text >= NUMERIC


def _is_total(column: Column) -> bool:
    return bool(levels(column)) and bool(_TOTAL.match(levels(column)[-1]))


def _infrastructure_column(column: Column, table: RawTable) -> Column:
    own = levels(column)
    stem = (column.field or "").partition(".")[0]
    if (
        not own
        or (column.field and stem not in MONEY and not _free(column))
        or not _is_numeric(column, table.cells)
    ):
        return column
    if column.unit is not None and column.unit.dimension != "money":
        is_land = column.unit.dimension == "land" and _free(column)
        return _given(column, "land") if is_land else column
    if payer_in(own[-1]):
        return _given(column, "payer_amount")
    if not _free(column):
        return column
    words = "".join(own)
    if re.search("率|比例|占|%|增", own[-1]):
        return _given(column, "rate")
    if _DONE.search(words):
        said = re.sub(
            r"完成(?:投资)?(?:情况|额|数)?|已?(?:支付|拨付|投入|支出)(?:资金)?", "完成投资", own[-1]
        )
        matches = match_path([said]) or match_path([*column.header.split("/")[:-1], said])
        over_time = [m.field for m in matches if m.field.startswith("completed_investment")]
        return _given(column, over_time[0] if over_time else "completed_investment.ytd")
    if read_header(own[-1]).grain == "year" and not read_header(own[-1]).residue:
        planned = re.search("计划|规划|安排|plan|programme", match_key("".join(table.titles)))
        return _given(column, "planned_investment" if planned else "completed_investment.ytd")
    if _COST.search(words):
        return _given(column, "item_amount")
    return column
