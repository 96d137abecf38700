"""Projects and capital by sector: who signed, who still negotiates, what arrived."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import read_codelist
from meishan_stats.errors import TableError
from meishan_stats.schemas import Funding, Projects, SectorBreakdown, columns, validate
from meishan_stats.statistics.frames import as_declared, in_codelist_order, opened, totals

KEYS = ["office", "sector", "year"]
PROJECT_COLUMNS = (
    "office", "project_id", "sector", "stage", "signed_on", "first_reported_on", "as_of", "is_demo",
    "signed_cny_10k", "total_investment_cny_10k",
)  # fmt: skip
FUNDING_COLUMNS = ("office", "project_id", "kind", "period", "amount_cny_10k", "is_demo")


def sector_breakdown(projects: IntoFrame, funding: IntoFrame) -> pd.DataFrame:
    """Break projects and capital down by office, sector and year.

    A project counts in the year it was signed, or first reported where no date of signing is known;
    arrived capital counts in the year it arrived, whenever its project was signed. So the arrived
    capital of a row is not that of the row's projects, and their quotient is no rate of arrival.
    What is signed and what is under negotiation stand apart and are never added.

    Parameters
    ----------
    projects : Projects, one row per project
        pandas, Polars, PyArrow, DuckDB or PySpark; see ``signing`` for which projects are signed.
    funding : Funding, one row per project and month, of the same engine
        Only capital that arrived counts (``kind`` "arrived").

    Returns
    -------
    SectorBreakdown, one row per office, sector and year
        Sectors in the order of definitions/codelists/sectors.csv, a missing sector or year last.
        Amounts in 万元 (10 000 yuan); missing where none is known, with the number of missing values
        beside them. A signed project without a signed amount is such a missing value: its total
        investment does not stand in. Shares are fractions of the office's year over all sectors,
        missing where that total is not positive.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of
        two engines.

    See Also
    --------
    sector_totals : the same counts and sums, without shares and in no order.

    Examples
    --------
    Two projects signed in 2011 for 1 000 and 3 000; 600 arrived for the first.

    >>> from meishan_stats.schemas import conform
    >>> projects = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a", "b"], "name": ["甲", "乙"],
    ...     "sector": ["modern_textiles", "new_energy"], "stage": "signed",
    ...     "signed_on": pd.to_datetime(["2011-03-01", "2011-05-01"]), "signed_cny_10k": [1000, 3000],
    ... }), Projects)
    >>> funding = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": ["a"], "name": ["甲"], "kind": "arrived",
    ...     "period": pd.to_datetime(["2011-06-01"]), "amount_cny_10k": [600], "is_derived": False,
    ... }), Funding)
    >>> result = sector_breakdown(projects, funding)
    >>> result[["sector", "year", "signed_cny_10k", "signed_share", "arrived_cny_10k"]]
                sector  year  signed_cny_10k  signed_share  arrived_cny_10k
    0       new_energy  2011          3000.0          0.75              NaN
    1  modern_textiles  2011          1000.0          0.25            600.0
    """
    table = in_codelist_order(sector_totals(projects, funding), KEYS, sector="sectors")
    years = table.groupby(["office", "year"], dropna=False)
    shares = {
        share: table[part] / years[part].transform("sum").where(lambda total: total > 0)
        for share, part in {
            "project_share": "n_projects",
            "signed_share": "signed_cny_10k",
            "arrived_share": "arrived_cny_10k",
        }.items()
    }
    return validate(table.assign(**shares)[list(columns(SectorBreakdown))], SectorBreakdown)


def sector_totals(projects: IntoFrame, funding: IntoFrame) -> pd.DataFrame:
    """Count projects and sum their capital by office, sector and year, on the engine of the frames.

    The columns of ``SectorBreakdown`` without the shares, in no order of rows.

    Raises
    ------
    TableError
        As ``sector_breakdown``.
    """
    listed = opened(projects, Projects, PROJECT_COLUMNS, "sector_breakdown")
    paid = opened(funding, Funding, FUNDING_COLUMNS, "sector_breakdown")
    _check_frames_join(listed, paid)
    arrived = (
        paid.filter(nw.col("kind") == "arrived")
        .join(listed.select("project_id", "sector"), on="project_id", how="left")
        .with_columns(year=nw.col("period").dt.year(), arrived_cny_10k=nw.col("amount_cny_10k"))
    )
    by_project = as_declared(_project_totals(listed), SectorBreakdown)
    by_arrival = as_declared(
        totals(
            arrived,
            KEYS,
            {"arrived_cny_10k": "n_arrived_known"},
            n_rows=nw.len(),
            as_of=nw.col("period").max(),
            is_demo=nw.col("is_demo").max(),
        ),
        SectorBreakdown,
    )
    about = ["is_demo", "as_of"]
    offices = pd.concat([by_project, by_arrival])[["office", *about]].groupby("office").max()
    table = by_project.drop(columns=about).merge(by_arrival.drop(columns=about), on=KEYS, how="outer")
    # The outer join leaves counts missing where one side has no row: there is nothing there, so 0.
    counts = table.columns[table.columns.str.startswith("n_")]
    table[counts] = table[counts].fillna(0)
    table = table.assign(
        n_signed_missing=table["n_signed"] - table["n_signed_known"],
        n_negotiating_missing=table["n_negotiating"] - table["n_negotiating_known"],
        n_arrived_missing=table["n_rows"] - table["n_arrived_known"],
    ).join(offices, on="office")
    return as_declared(table[[name for name in columns(SectorBreakdown) if name in table]], SectorBreakdown)


def _project_totals(projects: nw.LazyFrame[Any]) -> pd.DataFrame:
    is_signed, is_negotiating = nw.col("signing") == "signed", nw.col("signing") == "negotiating"
    split = projects.with_columns(
        year=nw.coalesce("signed_on", "first_reported_on").dt.year(), signing=signing()
    ).with_columns(
        n_signed=is_signed.cast(nw.Int64()),
        n_negotiating=is_negotiating.cast(nw.Int64()),
        n_stage_unknown=(nw.col("signing") == "unknown").cast(nw.Int64()),
        signed_cny_10k=nw.when(is_signed).then("signed_cny_10k"),
        negotiating_cny_10k=nw.when(is_negotiating).then("total_investment_cny_10k"),
    )
    return totals(
        split,
        KEYS,
        {"signed_cny_10k": "n_signed_known", "negotiating_cny_10k": "n_negotiating_known"},
        n_projects=nw.len(),
        n_signed=nw.col("n_signed").sum(),
        n_negotiating=nw.col("n_negotiating").sum(),
        n_stage_unknown=nw.col("n_stage_unknown").sum(),
        as_of=nw.col("as_of").max(),
        is_demo=nw.col("is_demo").max(),
    )


def signing() -> nw.Expr:
    """Whether a project is signed, negotiating, stopped or unknown, from its stage and date of signing.

    The stage decides where it has a place in the order of definitions/codelists/stages.csv. A project
    that is terminated or suspended, or of unknown stage, counts as signed only where a date of signing
    is known; without one it is neither signed nor negotiating.
    """
    stages = read_codelist("stages")
    is_ordered, is_signed = stages["order"] != "", stages["is_signed"] == "yes"
    signed = stages.loc[is_ordered & is_signed, "code"].tolist()
    negotiating = stages.loc[is_ordered & ~is_signed, "code"].tolist()
    stopped = stages.loc[~is_ordered, "code"].tolist()
    stage = nw.col("stage").fill_null("")
    return nw.coalesce(
        nw.when(stage.is_in(signed)).then(nw.lit("signed")),
        nw.when(stage.is_in(negotiating)).then(nw.lit("negotiating")),
        nw.when(~nw.col("signed_on").is_null()).then(nw.lit("signed")),
        nw.when(stage.is_in(stopped)).then(nw.lit("stopped")),
        nw.lit("unknown"),
    )


def _check_frames_join(projects: nw.LazyFrame[Any], funding: nw.LazyFrame[Any]) -> None:
    if projects.implementation != funding.implementation:
        engines = f"{projects.implementation.value}, {funding.implementation.value}"
        raise TableError(
            f"sector_breakdown 需要同一引擎的 projects 与 funding，得到 {engines}",
            f"sector_breakdown expects projects and funding of one engine, not {engines}",
        )
    repeated = projects.group_by("project_id").agg(n=nw.len()).filter(nw.col("n") > 1)
    found = repeated.select(nw.col("project_id").min(), nw.len().alias("n")).collect("pandas").to_native()
    if found["n"].iloc[0]:
        first, n = found["project_id"].iloc[0], found["n"].iloc[0]
        raise TableError(
            f"sector_breakdown 需要每个项目一行，projects 中有 {n} 个 project_id 重复，如 {first}",
            f"sector_breakdown expects one row per project; {n} project_id stand twice, such as {first}",
        )
