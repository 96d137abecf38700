"""Figures in words: a result as a table to print, an amount or a share in a sentence."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from meishan_stats.charts.amounts import Scale, minus, scale_for
from meishan_stats.charts.labels import width
from meishan_stats.codelists import labels, read_definition
from meishan_stats.schemas import RESULTS, TABLES, columns, label
from meishan_stats.schemas.base import TEN_THOUSAND_YUAN

UNITS = {TEN_THOUSAND_YUAN: "unit_cny_10k", "万元/亩": "unit_per_mu"}
SHORT = 20
"""Width, in Latin letters, of words that are kept on one line; a Chinese character takes two."""
MONTHS = ("period", "as_of", "first_reported_on", "last_progress_on", "seen_on")
"""Dates that are known to the month."""


@dataclass(frozen=True)
class Printed:
    """A table for people; a notebook shows it."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


@cache
def _texts(lang: str) -> dict[str, str]:
    table = read_definition("report_texts.csv")
    return dict(zip(table["key"], table[lang], strict=True))


def text(key: str, lang: str, **named: object) -> str:
    """A text of ``definitions/report_texts.csv`` in Chinese or English, its blanks filled.

    >>> text("more_rows", "zh", n=3)
    '另有3行未列出'
    """
    return _texts(lang)[key].format(**named)


def say(key: str, lang: str, **named: object) -> str:
    """A sentence on a result: a text whose key begins with ``finding_``.

    >>> say("stale_none", "zh")
    '没有在谈项目。'
    """
    return text(f"finding_{key}", lang, **named)


def amount_text(amount: float, lang: str = "zh") -> str:
    """An amount of 万元 for a sentence, in the unit that suits it; a missing one is said to be unknown.

    >>> amount_text(35_000), amount_text(35_000, "en"), amount_text(float("nan"))
    ('35,000万元', 'CNY 350.0 million', '未知')
    """
    if pd.isna(amount):
        return text("unknown", lang)
    scale = scale_for(abs(amount), lang)
    return text("amount", lang, number=scale.text(amount), unit=scale.unit.removeprefix("CNY "))


def share_text(share: float, lang: str = "zh") -> str:
    """A fraction for a sentence, in percent; a missing one is said to be unknown.

    >>> share_text(0.1254), share_text(float("nan"), "en")
    ('12.5%', 'unknown')
    """
    return text("unknown", lang) if pd.isna(share) else minus(f"{share:.1%}")


def printed(
    result: pd.DataFrame,
    table: str,
    shown: Iterable[str],
    lang: str = "zh",
    *,
    named: Mapping[str, str] | None = None,
    top: int = 25,
) -> Printed:
    """Some columns of a table or result for people: labels, units, names of codes, percent.

    What is missing is a dash and never 0. Rows beyond `top` are not shown, but counted.

    Parameters
    ----------
    result : frame with columns of the table
    table : name of a table or result, such as ``"sector_breakdown"``
    shown : columns to show, in their order
    lang : "zh" or "en"
    named : headings of columns that the table does not declare, or that shall have another
    top : most rows to show

    Returns
    -------
    Printed

    Examples
    --------
    >>> rows = pd.DataFrame({"sector": ["new_energy", None], "signed_cny_10k": [1200.0, float("nan")]})
    >>> print(printed(rows, "sector_breakdown", ["sector", "signed_cny_10k"]).html)
    <table><thead><tr><th class="short">产业</th><th class="number">签约金额（万元）</th></tr></thead>
    <tbody><tr><td class="short">新能源</td><td class="number">1,200</td></tr>
    <tr><td class="short">—</td><td class="number">—</td></tr></tbody></table>
    """
    model = {**TABLES, **RESULTS}[table]
    declared = columns(model)
    said = dict(named or {})
    heads, cells = [], []
    for name in shown:
        field = declared.get(name)
        unit, codelist = (field.unit, field.codelist) if field else ("", "")
        heading = said.get(name) or _heading(label(model, name, lang), unit, lang)
        values = _texts_of(result[name].iloc[:top], name, unit, codelist, lang)
        if name in MONTHS and "as_of" in result:
            values = _years_where(values, result["as_of"].isna())
        mark = _mark(result[name], values)
        heads.append(f"<th{mark}>{html.escape(heading)}</th>")
        cells.append([f"<td{mark}>{html.escape(value)}</td>" for value in values])
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in zip(*cells, strict=True))
    more = len(result) - top
    note = f"\n<p>{html.escape(text('more_rows', lang, n=more))}</p>" if more > 0 else ""
    return Printed(f"<table><thead><tr>{''.join(heads)}</tr></thead>\n<tbody>{body}</tbody></table>{note}")


def _years_where(months: list[str], is_unknown: pd.Series) -> list[str]:
    """Only the years where no report of the office names its month."""
    return [
        month[:4] if unknown and month[:4].isdigit() else month
        for month, unknown in zip(months, is_unknown, strict=False)
    ]


def _mark(column: pd.Series, values: Sequence[str]) -> str:
    """How cells of a column are set: numbers to the right, short words on one line."""
    if pd.api.types.is_numeric_dtype(column):
        return ' class="number"'
    return ' class="short"' if max(map(width, values), default=0) <= SHORT else ""


def _heading(name: str, unit: str, lang: str) -> str:
    """Label of a column before its first semicolon, with the unit of amounts."""
    name = name.partition(";")[0]
    return text("heading", lang, name=name, unit=text(UNITS[unit], lang)) if unit in UNITS else name


def _texts_of(values: pd.Series, name: str, unit: str, codelist: str, lang: str) -> list[str]:
    """Values of one column in print."""
    values = values.reset_index(drop=True)
    known = values.dropna()
    if codelist:
        texts = known.map(labels(codelist, lang)).fillna(known)
    elif unit in UNITS:
        texts = known.map(Scale(1, "", 0 if known.abs().max() >= 100 else 1).text)
    elif unit == "fraction":
        texts = known.map(share_text)
    elif pd.api.types.is_bool_dtype(values):
        texts = known.astype(object).map({True: text("yes", lang), False: text("no", lang)})
    elif pd.api.types.is_datetime64_dtype(values):
        texts = known.dt.strftime("%Y-%m" if name in MONTHS else "%Y-%m-%d")
    elif pd.api.types.is_numeric_dtype(values) and name != "year":
        texts = known.astype("float64").round(2).map("{:,.12g}".format).map(minus)
    else:
        texts = known.astype(str)
    return texts.astype(object).reindex(values.index, fill_value="—").tolist()
