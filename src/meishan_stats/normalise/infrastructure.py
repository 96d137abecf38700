"""Works of infrastructure: what an item is to cost, what was spent on it, and who pays."""

import re
from collections.abc import Sequence

import pandas as pd

from meishan_stats.extract.cells import is_remark, total_word
from meishan_stats.extract.raw_table import Column
from meishan_stats.extract.settled import payer_in
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise import money
from meishan_stats.normalise.coding import code_of, code_texts
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import Infrastructure, arrange
from meishan_stats.values.stages import parse_stages
from meishan_stats.values.text import match_key

_SPENT = ("completed_investment.ytd", "completed_investment.total", "completed_investment.month",
          "completed_investment.opening", "arrived.ytd", "arrived.total", "arrived.month")  # fmt: skip
_PLANNED = ("planned_investment", "target", "total_investment", "item_amount", "signed_amount", "fixed_asset")
_PLAN_WORDS = re.compile(
    r"计划|预计|目标|拟|概算|预算|估算|总投资|规划|需|安排|plan|budget|estimat|target|required|programme"
)
_DONE_WORDS = re.compile(
    r"完成|实际|已|决算|结算|审定|支付|拨付|支出|实施情况|建成|spent|paid|actual|complet"
)
_DONE_STAGES = frozenset({"completed", "production", "capacity"})
_OPEN_STAGES = frozenset({"lead", "negotiating", "signed", "registered", "approval", "landed", "started"})
_OWNER = re.compile(r"主体|业主|法人|出资|owner")
_PUBLIC_END = re.compile(r"(?:镇|乡|街道|村|管委会|政府|开发区|园区|局|办|中心)$")
_PRIVATE_END = re.compile(r"(?:公司|集团|厂|企业|ltd\.?|inc\.?|co\.?|corp\.?|company)$")


def normalise_infrastructure(source: Source) -> pd.DataFrame:
    """Items of infrastructure: a row for what is planned, a row for what was spent, and one for each payer.

    Planned is the plan of the year (本年计划) where there is one, else what the whole item is to cost (总投资,
    造价). Spent is what was completed this year (本年完成); only where no column says that, what was completed
    in all years (累计完成), else in the month: of a cumulative and its parts one alone counts. Columns headed by
    years are a row each. Amounts by payer (财政投入, 企业投入) stand in place of the planned amount they add up
    to, or of the amount spent where their header says so. A single amount is planned if its header, its title
    or the progress of the item says so, spent if they say that; where they say nothing it counts as spent.
    Planned and spent amounts of an item are never to be added; both carry its land, of several payers the first.

    Returns
    -------
    Infrastructure
    """
    frame = _items(source)
    if frame.empty:
        return arrange(frame, Infrastructure)
    parts = _parts(source, frame)
    silent = frame[~frame.index.isin([i for part in parts for i in part.index])]
    parts.append(silent.assign(amount_cny_10k=float("nan"), is_planned=_says_plan(source, None, silent)))
    found = pd.concat(parts).sort_values("source_row", kind="stable")
    found["land_mu"] = found["land_mu"].mask(found.duplicated(["source_row", "is_planned"]))
    return arrange(found, Infrastructure)


def _items(source: Source) -> pd.DataFrame:
    table = source.table
    frame = source.frame()
    named = ["item", "name", "content", "company"]
    named += [] if set(named) & table.fields().keys() else ["item_kind", "category", "sector"]
    frame["item"] = cols.texts(source, *named)
    heading = cols.section_texts(source).map(lambda texts: texts[-1] if texts else None)
    kind = cols.texts(source, "item_kind", "category", "sector", "subsector")
    frame["kind"] = kind.where(
        kind.notna(), heading.mask(heading.map(lambda t: bool(code_of(t or "", "payers"))))
    )
    frame["period"], frame["precision"] = (
        pd.Series(table.period, index=frame.index, dtype="datetime64[ns]"),
        table.precision,
    )
    if {"year", "month"} & table.fields().keys():
        rows = cols.year_month(source)
        frame["period"] = rows["on"].fillna(frame["period"])
        frame["precision"] = rows["precision"].where(rows["on"].notna(), table.precision)
    stated = cols.texts(source, "payer", "origin", "investor", "method", "investment_form")
    stated = stated.where(stated.notna(), _owners(source))
    frame["payer_stated"] = stated.where(
        stated.notna(), heading.where(heading.map(lambda t: bool(code_of(t or "", "payers"))))
    )
    frame["payer"] = _payers(frame["payer_stated"])
    frame["land_mu"] = cols.areas(source, "land")
    is_item = frame["item"].map(lambda t: isinstance(t, str) and not total_word(t) and not is_remark(t))
    return frame[is_item]


def _owners(source: Source) -> pd.Series:
    """Who owns each work as its column 建设主体 or 业主单位 says; 承建单位 and 施工单位 only build it."""
    fields = source.table.fields()
    headers = "".join(column.header for column in fields.get("company", []))
    is_owner = bool({"item", "name", "content"} & fields.keys()) and bool(_OWNER.search(match_key(headers)))
    owners = cols.texts(source, "company")
    return owners if is_owner else owners.mask(owners.notna())


def _payers(stated: pd.Series) -> pd.Series:
    """Codes of payers; a town or a bureau is public, a company of no public name private."""
    by_ending = {
        text: "public"
        if _PUBLIC_END.search(match_key(text))
        else "private"
        if _PRIVATE_END.search(match_key(text))
        else None
        for text in stated.dropna().unique()
    }
    codes = code_texts(stated, "payers", several="mixed")
    return codes.where(codes.notna(), stated.map(by_ending).astype(object))


def _parts(source: Source, items: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows by payer, and those of planned and spent amounts that no payers' amounts stand in for."""
    planned, spent = _likeliest(source, items, _PLANNED), _likeliest(source, items, _SPENT)
    by_payer = _by_payer(source, items, planned, bool(len(spent)))
    told = set(zip(by_payer.index, by_payer["is_planned"], strict=True))
    rest = pd.concat([planned, spent])
    is_told = [key in told for key in zip(rest.index, rest["is_planned"], strict=True)]
    return [by_payer, rest[~pd.Series(is_told, index=rest.index, dtype=bool)]]


def _likeliest(source: Source, items: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Amounts of each item from the first field that tells one; columns with years or months count each."""
    fields = source.table.fields()
    has_spent = any(field in fields for field in _SPENT)
    rows = items.iloc[:0].assign(amount_cny_10k=0.0, is_planned=False)
    for field in order:
        whole = [c for c in fields.get(field, []) if not (c.year or c.month)]
        parts = [_amounts(source, items, c) for c in whole[:1] or fields.get(field, [])]
        for part, column in zip(parts, whole[:1] or fields.get(field, []), strict=True):
            flag = _says_plan(source, column, part)
            if order is _SPENT:
                flag &= False
            elif has_spent or field in ("planned_investment", "target"):
                flag |= True
            part["is_planned"] = flag
        known = set(rows.index)
        rows = pd.concat([rows, *(part[~part.index.isin(known)] for part in parts)])
    return rows


def _by_payer(source: Source, items: pd.DataFrame, planned: pd.DataFrame, has_spent: bool) -> pd.DataFrame:
    """Amounts of columns headed by payers; planned as the amount they are parts of."""
    flags = dict(zip(planned.index, planned["is_planned"], strict=True))
    rows = items.iloc[:0].assign(amount_cny_10k=0.0, is_planned=False)
    for column in source.table.fields().get("payer_amount", []):
        part = _amounts(source, items, column)
        own = _says_plan(source, column, part)
        is_spent = bool(_DONE_WORDS.search(match_key(column.header))) or (has_spent and planned.empty)
        words = column.header.split("/")[-1]
        part["is_planned"] = [not is_spent and flags.get(i, own.loc[i]) for i in part.index]
        rows = pd.concat([rows, part.assign(payer=payer_in(words), payer_stated=words)])
    return rows


def _amounts(source: Source, frame: pd.DataFrame, column: Column) -> pd.DataFrame:
    """Items with the amount and period of one column; items of which the column says nothing are left out."""
    table = source.table
    here = money.column_amounts(source, column).loc[frame.index]
    part = frame.copy()
    year = column.year or table.year or _planned_year(source)
    if column.month and year:
        part["period"] = pd.Timestamp(year, column.month, 1)
        part["precision"] = column.grain if column.grain in ("quarter", "half") else "month"
    elif column.year and column.year != table.year:
        part["period"], part["precision"] = pd.Timestamp(column.year, 1, 1), "year"
    on = part["period"].fillna(source.year_starts())
    precision = part["precision"].where(part["period"].notna(), "year")
    yuan = in_yuan(here["amount"], here["currency"], on, precision, source.rates)
    money.report_missing_rates(source, here.assign(column=column.index), yuan, on)
    return part.assign(amount_cny_10k=yuan["cny"])[here["number"].notna() | here["code"].notna()]


def _planned_year(source: Source) -> int | None:
    """Year of 2012年计划投资, where neither title nor sheet names one."""
    years = {c.year for c in source.table.fields().get("planned_investment", []) if c.year}
    return years.pop() if len(years) == 1 else None


def _says_plan(source: Source, column: Column | None, rows: pd.DataFrame) -> pd.Series:
    """Whether each amount is planned: by the header, else by the progress of the item, else by the title."""
    header = match_key(column.header) if column else ""
    title = cols.title_key(source)
    if _DONE_WORDS.search(header) or re.search(r"计划|预计|目标|拟|plan", header):
        return pd.Series(not _DONE_WORDS.search(header), index=rows.index, dtype=bool)
    by_title = (
        True if re.search("计划|规划|安排|plan|programme", title)
        else False if _DONE_WORDS.search(title)
        else bool(_PLAN_WORDS.search(header))
    )  # fmt: skip
    stages = parse_stages(cols.texts(source, "stage").loc[rows.index])["stage"]
    by_stage = stages.map({**dict.fromkeys(_DONE_STAGES, False), **dict.fromkeys(_OPEN_STAGES, True)})
    return by_stage.where(by_stage.notna(), by_title).astype(bool)
