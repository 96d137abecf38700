"""Amounts of a project that exceed what holds them: equipment, fixed assets, total; arrived, signed, total."""

from collections.abc import Iterable, Iterator
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.problems import problem, problems_frame
from meishan_stats.schemas import Funding, Problems, Projects, conform
from meishan_stats.statistics.frames import collected, opened
from meishan_stats.statistics.joining import check_each_once, check_engines

PLACE = ("office", "source_file", "source_sheet", "source_row")
SLACK = 1.0001
"""Amounts of one project that differ by rounding alone agree."""
PROJECT_COLUMNS = (
    *PLACE, "project_id", "name", "currency", "total_investment_10k", "signed_currency", "signed_10k",
    "fixed_asset_10k", "equipment_10k",
)  # fmt: skip
FUNDING_COLUMNS = ("project_id", "kind", "currency", "amount_10k")


def amount_hierarchy(projects: IntoFrame, funding: IntoFrame | None = None) -> pd.DataFrame:
    """Find projects with an amount that exceeds what holds it, in their own currency.

    Equipment is a part of fixed assets, these of the total investment; what arrived is a part of what is
    signed, this of the total. Amounts of two currencies are not compared: a rate of exchange proves
    nothing. Where an amount is missing, the next one that holds it stands in: equipment against the total.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark.
    funding : Funding, of the same engine, for what arrived; all years together

    Returns
    -------
    Problems, one row per pair, at the row of the sheet the project was last reported in
        Codes equipment_exceeds_fixed, equipment_exceeds_total, fixed_exceeds_total, signed_exceeds_total,
        arrived_exceeds_signed and arrived_exceeds_total.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of two
        engines.

    Examples
    --------
    >>> projects = conform(pd.DataFrame({
    ...     "office": ["示例镇"], "is_demo": [True], "project_id": ["a"], "name": ["甲"], "sector": ["other"],
    ...     "currency": ["USD"], "total_investment_10k": [500.0], "fixed_asset_10k": [600.0],
    ... }), Projects)
    >>> amount_hierarchy(projects)["message_zh"].tolist()
    ['固定资产投资 600 大于总投资 500']
    """
    table = hierarchy_rows(projects, funding)
    return as_problems(_exceeding(table))


def hierarchy_rows(projects: IntoFrame, funding: IntoFrame | None = None) -> pd.DataFrame:
    """Projects of which any amount exceeds another, found on the engine of the frames.

    Raises
    ------
    TableError
        As ``amount_hierarchy``.
    """
    user = "amount_hierarchy"
    rows = opened(projects, Projects, PROJECT_COLUMNS, user)
    check_each_once(rows, user)
    none = nw.lit(None, dtype=nw.Float64())
    if funding is None:
        rows = rows.with_columns(arrived_10k=none, arrived_currency=nw.lit(None, dtype=nw.String()))
    else:
        paid = opened(funding, Funding, FUNDING_COLUMNS, user)
        check_engines(user, projects=rows, funding=paid)
        of_project = (
            paid.filter((nw.col("kind") == "arrived") & ~nw.col("amount_10k").is_null())
            .with_columns(n_without=nw.col("currency").is_null().cast(nw.Int64()))
            .group_by("project_id")
            .agg(
                arrived_10k=nw.col("amount_10k").sum(),
                arrived_currency=nw.col("currency").min(),
                other_currency=nw.col("currency").max(),
                n_without=nw.col("n_without").sum(),
            )
        )
        is_one = (nw.col("arrived_currency") == nw.col("other_currency")) & (nw.col("n_without") == 0)
        rows = rows.join(of_project.filter(is_one), on="project_id", how="left")
    is_doubtful = [_is_above(*pair).fill_null(False) for pairs in _HELD.values() for pair in pairs]
    found = collected(rows.filter(nw.any_horizontal(*is_doubtful, ignore_nulls=True)))
    return found.astype(object).where(found.notna(), None).sort_values(["office", "project_id"])


_CURRENCY = {
    "equipment_10k": "currency", "fixed_asset_10k": "currency", "total_investment_10k": "currency",
    "signed_10k": "signed_currency", "arrived_10k": "arrived_currency",
}  # fmt: skip
# Each amount with what holds it; the second counts where the first is not known, or in another currency.
_HELD = {
    "equipment_10k": [("equipment_10k", "fixed_asset_10k"), ("equipment_10k", "total_investment_10k")],
    "fixed_asset_10k": [("fixed_asset_10k", "total_investment_10k")],
    "signed_10k": [("signed_10k", "total_investment_10k")],
    "arrived_10k": [("arrived_10k", "signed_10k"), ("arrived_10k", "total_investment_10k")],
}
_CODES = {
    ("equipment_10k", "fixed_asset_10k"): "equipment_exceeds_fixed",
    ("equipment_10k", "total_investment_10k"): "equipment_exceeds_total",
    ("fixed_asset_10k", "total_investment_10k"): "fixed_exceeds_total",
    ("signed_10k", "total_investment_10k"): "signed_exceeds_total",
    ("arrived_10k", "signed_10k"): "arrived_exceeds_signed",
    ("arrived_10k", "total_investment_10k"): "arrived_exceeds_total",
}


def _is_above(part: str, whole: str) -> nw.Expr:
    same = nw.col(_CURRENCY[part]) == nw.col(_CURRENCY[whole])
    return same & (nw.col(part) > nw.col(whole) * SLACK)


def _exceeding(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """One doubt an amount: against the first of what holds it that is known in its currency."""
    for row in table.to_dict("records"):
        for part, pairs in _HELD.items():
            comparable = [
                whole for _, whole in pairs
                if row[part] is not None and row[whole] is not None
                and row[_CURRENCY[part]] is not None and row[_CURRENCY[part]] == row[_CURRENCY[whole]]
            ]  # fmt: skip
            if comparable and row[part] > row[comparable[0]] * SLACK:
                texts = {name.removesuffix("_10k"): f"{row[name]:.10g}" for name in (part, comparable[0])}
                names = {"fixed_asset": "fixed", "total_investment": "total"}
                details: dict[str, Any] = {names.get(name, name): text for name, text in texts.items()}
                yield problem(_CODES[part, comparable[0]], **place_of(row), value=row["name"], **details)


def place_of(row: dict[str, Any]) -> dict[str, Any]:
    """Where a row of a frame comes from, as far as the frame says."""
    place = {name: None if pd.isna(row.get(name)) else row[name] for name in PLACE}
    return place | {"source_row": None if place["source_row"] is None else int(place["source_row"])}


def as_problems(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    return conform(problems_frame(rows), Problems)
