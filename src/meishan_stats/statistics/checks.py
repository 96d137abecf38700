"""Figures that cannot both be true: a growth and its parts, a rate and its terms, an amount and what holds it."""

from collections.abc import Sequence

import pandas as pd

from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.problems import problem
from meishan_stats.statistics.hierarchy import amount_hierarchy, as_problems, place_of

__all__ = ["amount_hierarchy", "growth_consistency", "rate_consistency"]


def growth_consistency(
    parts: pd.DataFrame, totals: pd.DataFrame, *, by: Sequence[str] = ("office",), tolerance_pp: float = 0.5
) -> pd.DataFrame:
    """Find stated growths of a total that its parts cannot give.

    The growth of a total lies between those of its parts, and where their values are known it is one
    figure: ``sum(value) / sum(value / (1 + growth)) - 1``. A total of which a part lacks its value or its
    growth, or fell by all, cannot be held against it and is passed over.

    Parameters
    ----------
    parts : frame with office, part, value and growth (fraction), one row per part
        The values of one total are in one unit. May hold source_file, source_sheet, source_row.
    totals : frame with office and growth, one row per total, with what tells totals apart, as in `by`
        May hold source_file, source_sheet, source_row: where the doubt is shown.
    by : columns that parts and their total share, such as ("office", "year")
    tolerance_pp : difference in percentage points that rounding may leave

    Returns
    -------
    Problems, one row ``growth_inconsistent`` per total

    Raises
    ------
    TableError
        A frame lacks a column, or a total stands twice.
    ChoiceError
        `tolerance_pp` is no number from 0 on.

    Examples
    --------
    Fuling, first half of 2015 (cnfl.com.cn): 新签 9.2 亿元, +17.1 %, and 续建 124.5, -7.3 %, beside a total
    of +7.9 %.

    >>> parts = pd.DataFrame({"office": "涪陵", "part": ["新签", "续建"],
    ...                       "value": [9.2, 124.5], "growth": [0.171, -0.073]})
    >>> found = growth_consistency(parts, pd.DataFrame({"office": ["涪陵"], "growth": [0.079]}))
    >>> found["message_zh"].tolist()
    ['合计增长 7.90%，各部分（新签、续建）推出的是 -5.95%']
    """
    _check_tolerance("growth_consistency", tolerance_pp)
    _require("growth_consistency", "parts", parts, [*by, "office", "part", "value", "growth"])
    _require("growth_consistency", "totals", totals, [*by, "office", "growth"])
    if totals.duplicated(list(by)).any():
        raise TableError(
            f"growth_consistency 的 totals 中同一 {'、'.join(by)} 有两行",
            f"growth_consistency: totals has two rows of one {', '.join(by)}",
        )
    base = parts["value"] / (1 + parts["growth"]).where(parts["growth"] > -1)
    groups = parts.assign(base=base, n=1, part=parts["part"].astype("str").fillna("?")).groupby(
        list(by), dropna=False
    )
    sums = groups.agg(
        value=("value", "sum"), base=("base", "sum"), n=("n", "sum"), n_known=("base", "count"),
        parts=("part", "、".join), parts_en=("part", ", ".join),
    ).reset_index()  # fmt: skip
    given = sums["value"] / sums["base"].where((sums["n_known"] == sums["n"]) & (sums["base"] > 0)) - 1
    both = totals.merge(
        sums.assign(given=given)[[*by, "given", "parts", "parts_en"]], on=list(by), how="left"
    )
    doubtful = both[(both["growth"] - both["given"]).abs() * 100 > tolerance_pp]
    return as_problems(
        problem("growth_inconsistent", **place_of(row), value=row["growth"], parts=row["parts"],
                parts_en=row["parts_en"], stated=f"{row['growth']:.2%}", given=f"{row['given']:.2%}")
        for row in doubtful.to_dict("records")
    )  # fmt: skip


def rate_consistency(stated: pd.DataFrame, *, tolerance_pp: float = 0.1) -> pd.DataFrame:
    """Find stated rates that are not their numerator over their denominator.

    Parameters
    ----------
    stated : frame with office, rate (fraction), numerator and denominator in one unit, one row per rate
        May hold ``name``, what the rate is called, and source_file, source_sheet, source_row.
    tolerance_pp : difference in percentage points that rounding may leave

    Returns
    -------
    Problems, one row ``rate_inconsistent`` per rate
        A rate with a term missing, or a denominator of zero or less, cannot be checked and is passed over.

    Raises
    ------
    TableError
        The frame lacks a column.
    ChoiceError
        `tolerance_pp` is no number from 0 on.

    Examples
    --------
    Deqing prints 82 086 of 70 000 万元 as 117.27 % (mgs.cn), Wuxing 13 037 of 24 923 万美元 as 61.8 %
    (zj123.com): its 到资率 has another base.

    >>> stated = pd.DataFrame({"office": ["德清", "吴兴"], "name": ["完成率", "到资率"], "rate": [1.1727, 0.618],
    ...                        "numerator": [82086, 13037], "denominator": [70000, 24923]})
    >>> rate_consistency(stated)["message_zh"].tolist()
    ['“到资率”写为 61.80%，13037 / 24923 是 52.31%']
    """
    _check_tolerance("rate_consistency", tolerance_pp)
    _require("rate_consistency", "stated", stated, ["office", "rate", "numerator", "denominator"])
    given = stated["numerator"] / stated["denominator"].where(stated["denominator"] > 0)
    doubtful = stated.assign(given=given)[(stated["rate"] - given).abs() * 100 > tolerance_pp + 1e-9]
    return as_problems(
        problem("rate_inconsistent", **place_of(row), value=row["rate"], field=row.get("name", "rate"),
                stated=f"{row['rate']:.2%}", given=f"{row['given']:.2%}",
                numerator=f"{row['numerator']:.10g}", denominator=f"{row['denominator']:.10g}")
        for row in doubtful.to_dict("records")
    )  # fmt: skip


def _require(user: str, argument: str, frame: pd.DataFrame, needed: Sequence[str]) -> None:
    absent = [name for name in dict.fromkeys(needed) if name not in frame]
    if absent:
        raise TableError(
            f"{user} 的 {argument} 缺少列：{'、'.join(absent)}",
            f"{user}: {argument} lacks {', '.join(absent)}",
        )


def _check_tolerance(user: str, tolerance_pp: float) -> None:
    is_number = isinstance(tolerance_pp, (int, float)) and not isinstance(tolerance_pp, bool)
    if not is_number or not tolerance_pp >= 0:
        raise ChoiceError(
            f"{user}：tolerance_pp 应为不小于 0 的数，不能是 {tolerance_pp!r}",
            f"{user}: tolerance_pp must be a number from 0 on, not {tolerance_pp!r}",
        )
