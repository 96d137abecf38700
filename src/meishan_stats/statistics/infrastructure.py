"""Infrastructure: what was planned, what is done, who pays, and how far the target is reached."""

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Infrastructure, Targets, conform
from meishan_stats.schemas.results.land import InfrastructureProgress
from meishan_stats.statistics.activity import demo_offices
from meishan_stats.statistics.frames import collected, in_codelist_order, opened
from meishan_stats.statistics.groups import last_stated, share_of, summed, year_span

COLUMNS = (
    "office", "is_demo", "source_file", "source_sheet", "item", "kind", "period", "precision", "amount_cny_10k", "is_planned", "payer",
    "land_mu",
)  # fmt: skip
TARGET_COLUMNS = ("office", "year", "indicator", "amount_cny_10k")
TARGET_WORDS = "基础设施|平台|园区建设"
_PAYERS = ("public", "private", "mixed", "unknown")


def infrastructure_progress(
    infrastructure: IntoFrame,
    targets: IntoFrame | None = None,
    *,
    year: int | None = None,
) -> pd.DataFrame:
    """Follow infrastructure by kind and year: planned, completed, public and private, against the target.

    Offices restate their list every month, cumulatively: an item counts as the last sheet of the year
    that names it states it, per payer and for planned and spent apart. Planned and spent amounts are
    never added; those of which neither is known are counted in ``n_plan_unknown`` and in no sum.

    Parameters
    ----------
    infrastructure : Infrastructure; targets : Targets, or None
        pandas, Polars, PyArrow, DuckDB or PySpark. A target is one of infrastructure if its indicator
        names 基础设施, 平台 or 园区建设; of several in a year the highest counts, because one figure may
        have targets of several issuers, which are not to be added.
    year : only this year; all where None

    Returns
    -------
    InfrastructureProgress, one row per office, year and kind, then their total (``is_total``)
        Amounts in 万元. ``attainment`` = spent / planned and ``target_attainment`` = spent / target, which
        only totals have; a year with a target and no item is a total without amounts.
        ``…_private_share`` = private / (public + private + mixed): what has no known payer is left out of
        both and stands in ``…_unknown_cny_10k``.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type.
    ChoiceError
        ``year`` is no year.

    Examples
    --------
    Of 5 000 planned 3 000 are spent, 1 200 of them by enterprises.

    >>> infrastructure = conform(pd.DataFrame({
    ...     "office": "示例镇", "item": "道路", "period": pd.Timestamp("2011-06-01"),
    ...     "amount_cny_10k": [5000, 1800, 1200], "is_planned": [True, False, False],
    ...     "payer": [None, "public", "private"],
    ... }), Infrastructure)
    >>> total = infrastructure_progress(infrastructure).query("is_total")
    >>> total[["planned_cny_10k", "completed_cny_10k", "attainment", "completed_private_share"]]
       planned_cny_10k  completed_cny_10k  attainment  completed_private_share
    1           5000.0             3000.0         0.6                      0.4
    """
    user = "infrastructure_progress"
    span = year_span(year, user)
    rows = collected(opened(infrastructure, Infrastructure, COLUMNS, user))
    texts = ("office", "source_file", "source_sheet", "item", "kind", "payer", "precision")
    rows = rows.astype(dict.fromkeys(texts, "str") | {"period": "datetime64[ns]", "is_planned": "boolean"})
    rows["year"] = rows["period"].dt.year.astype("Int64")
    rows["payer"] = rows["payer"].where(rows["payer"].isin(_PAYERS), "unknown")
    last = last_stated(rows, ["office", "year", "item", "kind", "payer", "is_planned"])
    parts = _parts(last)
    by_kind = summed(parts, ["office", "year", "kind"]).assign(is_total=False)
    whole = summed(parts.drop(columns="kind"), ["office", "year"]).merge(
        _targets(targets), on=["office", "year"], how="outer"
    )
    table = pd.concat([by_kind, whole.assign(is_total=True)], ignore_index=True)
    counts = [str(name) for name in table if str(name).startswith("n_")]
    table = table.assign(**{name: table[name].astype("float64").fillna(0) for name in counts})
    if span:
        table = table[(table["year"] == span.start.year).fillna(False)]
    split = {
        f"{what}_private_share": share_of(
            table[f"{what}_private_cny_10k"].fillna(0),
            table[[f"{what}_{payer}_cny_10k" for payer in _PAYERS[:3]]].sum(axis=1, min_count=1),
        )
        for what in ("planned", "completed")
    }
    to_month = rows.assign(as_of=rows["period"].where(rows["precision"].ne("year").fillna(True)))
    spoken_of = to_month.groupby("office", as_index=False)["as_of"].max()
    result = table.merge(spoken_of, on="office", how="left").assign(
        attainment=share_of(table["completed_cny_10k"], table["planned_cny_10k"]).to_numpy(),
        target_attainment=share_of(table["completed_cny_10k"], table["target_cny_10k"]).to_numpy(),
        is_demo=table["office"].isin(demo_offices(rows)).to_numpy(),
        **{name: share.to_numpy() for name, share in split.items()},
    )
    return conform(in_codelist_order(result, ["office", "year", "is_total", "kind"]), InfrastructureProgress)


def _parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Every row's amount in the columns it belongs to, with the land of its item once."""
    amount, is_planned = rows["amount_cny_10k"].astype("float64"), rows["is_planned"]
    parts = rows[["office", "year", "kind"]].copy()
    for what, flag in (("planned", True), ("completed", False)):
        chosen = (is_planned == flag).fillna(False).astype(bool)
        parts[f"{what}_cny_10k"] = amount.where(chosen)
        parts[f"n_{what}_known"] = (chosen & amount.notna()).astype(int)
        parts[f"n_{what}_missing"] = (chosen & amount.isna()).astype(int)
        for payer in _PAYERS:
            parts[f"{what}_{payer}_cny_10k"] = amount.where(chosen & (rows["payer"] == payer))
    item = [rows[name] for name in ("office", "year", "kind", "item")]
    # The planned and the spent row of an item both carry its land: it counts on the first that has it.
    land = rows["land_mu"].astype("float64")
    has_land = land.notna()
    is_first_land = has_land & has_land.groupby(item, dropna=False).cumsum().eq(1)
    is_first = ~pd.concat(item, axis=1).duplicated()
    return parts.assign(
        n_plan_unknown=is_planned.isna().astype(int),
        land_mu=land.where(is_first_land),
        n_land_known=is_first_land.astype(int),
        n_items=is_first.astype(int),
    )


def _targets(targets: IntoFrame | None) -> pd.DataFrame:
    """The highest target of infrastructure of each office and year, and how many there are."""
    names = {"office": "str", "year": "Int64", "target_cny_10k": "float64", "n_targets": "Int64"}
    if targets is None:
        return pd.DataFrame(columns=list(names)).astype(names)
    rows = collected(opened(targets, Targets, TARGET_COLUMNS, "infrastructure_progress"))
    rows = rows.astype({"office": "str", "indicator": "str", "year": "Int64", "amount_cny_10k": "float64"})
    named = rows[rows["indicator"].str.contains(TARGET_WORDS, na=False) & rows["amount_cny_10k"].notna()]
    found = named.drop_duplicates().groupby(["office", "year"], dropna=False)["amount_cny_10k"]
    table = found.agg(target_cny_10k="max", n_targets="size").reset_index()
    return table.astype(names)
