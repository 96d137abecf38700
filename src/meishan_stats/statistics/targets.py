"""Targets and what is reached of them: attainment, time progress, and the gap between the two."""

from typing import Any

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Funding, Offices, Projects, Targets, conform
from meishan_stats.schemas.results.funding import TargetAttainment
from meishan_stats.statistics.dates import Day, month_of
from meishan_stats.statistics.frames import check_choice, collected, in_codelist_order, opened
from meishan_stats.statistics.indicators import COUNTED, Measure, measure_of, tiers_from
from meishan_stats.statistics.reported import reported_until
from meishan_stats.statistics.target_actuals import FUNDING_COLUMNS, USER, WHO, actual_totals
from meishan_stats.values.text import match_key

TARGET_COLUMNS = ("office", "year", "indicator", "issuer", "assignee", "sector", "amount_cny_10k", "n")
OFFICE_COLUMNS = ("office", "is_demo", "as_of", "include_foreign")
_KEYS = ["office", "year", "indicator", "sector", "issuer", "assignee", "target_cny_10k", "n_target"]
_WHOLE = frozenset("全本我")


def target_attainment(
    targets: IntoFrame,
    funding: IntoFrame,
    projects: IntoFrame,
    *,
    as_of: Day | None = None,
    time_progress: str = "months",
    offices: IntoFrame | None = None,
    milestones: IntoFrame | None = None,
    stage_events: IntoFrame | None = None,
) -> pd.DataFrame:
    """Hold every target against what is reached of it, beside the share of the year that has passed.

    What an indicator measures is read from its name by definitions/codelists/indicators.csv, and told in
    ``measured_as``; a target of which nothing is measured is still a row, with a ``reason``. Capital counts
    by the origin of its project: what has none is left out of 县外, 市外, 省外 and 外资 and told beside.
    Whether 县外, 市外 and 省外 include 境外 is a convention of the office (``offices.include_foreign``,
    else they do not) and stands in ``includes_foreign``.

    Parameters
    ----------
    targets : Targets
        One or more issuers may set targets for one figure: each is a row. A target of a sector is held
        against the projects of that sector, one of an assignee against those whose town, park, station,
        recruiter or person responsible is so named.
    funding, projects : Funding, Projects, of one engine
        Signed projects and amounts count in the year of ``signed_on``, else of ``first_reported_on``.
    as_of : month to the end of which is reckoned; the office's last report by default
    time_progress : "months" for months passed / 12, "days" for days passed / 365 or 366
        Both to the end of the month.
    offices : Offices, for ``include_foreign``
    milestones, stage_events : Milestones, StageEvents, of the engine of the projects
        Needed for 开工, 竣工, 投产 and the like: the actual date of the milestone, else the month in which
        the project was first reported there after an earlier stage.

    Returns
    -------
    TargetAttainment, one row per target
        With ``actual`` in 万元 or a number, and ``target`` alike::

            attainment = actual / target
            gap_pp     = 100 * (attainment - time_progress)        百分点, 超进度 > 0, 欠进度 < 0
            gap_amount = actual - target * time_progress           万元
            needed_per_remaining_month = max(target - actual, 0) / (12 - months passed)

        ``gap_pp`` and ``gap_amount`` are two figures: Luxi 2012 prints the one for one line and the other
        over the actual for the next (cinic.org.cn). Panzhihua 2006-10 prints 125.64 % at 83.33 % of the
        time as 超 42.31 百分点 (tz.panzhihua.gov.cn).

    Raises
    ------
    ChoiceError
        There is no such `time_progress`, or `as_of` is no date.
    TableError
        A frame lacks a column or holds another type, a project stands twice, or frames are of several
        engines.

    Examples
    --------
    600 of 1 200 arrived from another province by the end of March.

    >>> about = {"office": ["示例镇"], "is_demo": [True], "project_id": ["a"], "name": ["甲"]}
    >>> projects = conform(pd.DataFrame({**about, "sector": "other", "origin_level": "out_of_province"}), Projects)
    >>> funding = conform(pd.DataFrame({
    ...     **about, "kind": "arrived", "period": pd.to_datetime(["2011-03-01"]), "precision": "month",
    ...     "amount_cny_10k": 600.0, "is_derived": False,
    ... }), Funding)
    >>> targets = conform(pd.DataFrame({
    ...     "office": ["示例镇"], "year": 2011, "indicator": "利用县外资金", "amount_cny_10k": 1200.0,
    ... }), Targets)
    >>> shown = ["attainment", "time_progress", "gap_pp", "gap_amount_cny_10k"]
    >>> target_attainment(targets, funding, projects)[shown]
       attainment  time_progress  gap_pp  gap_amount_cny_10k
    0         0.5           0.25    25.0               300.0
    """
    check_choice(USER, "time_progress", time_progress, ["months", "days"])
    until = None if as_of is None else month_of(as_of, "as_of")
    listed = collected(opened(targets, Targets, TARGET_COLUMNS, USER))
    listed = listed.astype(object).where(listed.notna(), None).reset_index(drop=True)
    measures = [measure_of(row["indicator"], _is_count(row)) for row in listed.to_dict("records")]
    has_dates = milestones is not None or stage_events is not None
    stages = tuple(sorted({m.stage for m in measures if m.stage})) if has_dates else ()
    sums = actual_totals(
        funding, projects, until=until, stages=stages, milestones=milestones, stage_events=stage_events
    )
    of_office = dict(list(sums.groupby("office")))
    about = _about(funding, projects, offices, until)
    actuals = [
        _actual(row, measure, of_office.get(row["office"], sums.iloc[:0]), about, has_dates)
        for row, measure in zip(listed.to_dict("records"), measures, strict=True)
    ]
    table = listed.rename(columns={"amount_cny_10k": "target_cny_10k", "n": "n_target"})
    table = pd.concat([table, pd.DataFrame(actuals, index=table.index)], axis=1)
    table = conform(table.assign(**_of_office(table["office"], about)), TargetAttainment)
    ordered = in_codelist_order(table, _KEYS, sector="sectors")
    return conform(ordered.assign(**_gaps(ordered, time_progress)), TargetAttainment)


def _is_count(target: dict[str, Any]) -> bool | None:
    """Whether a target is a number, not an amount; None where it is neither."""
    if target["amount_cny_10k"] is None and target["n"] is None:
        return None
    return target["amount_cny_10k"] is None


def _about(
    funding: IntoFrame, projects: IntoFrame, offices: IntoFrame | None, until: pd.Timestamp | None
) -> pd.DataFrame:
    """is_demo, as_of and include_foreign by office; the month asked for comes before the last reported."""
    paid = opened(funding, Funding, FUNDING_COLUMNS, USER)
    listed = opened(projects, Projects, ("office", "as_of", "is_demo"), USER)
    table = reported_until(paid, listed).assign(include_foreign=False, has_report=True)
    if offices is not None:
        said = collected(opened(offices, Offices, OFFICE_COLUMNS, USER))
        said = said.drop_duplicates("office").set_index("office").astype({"as_of": "datetime64[ns]"})
        table = table.reindex(table.index.union(said.index.astype("str")))
        month = said["as_of"].dt.to_period("M").dt.to_timestamp()
        table["as_of"] = table["as_of"].fillna(month)
        table["has_report"] = table["has_report"].eq(True)
        table["is_demo"] = table["is_demo"].fillna(said["is_demo"].astype("boolean"))
        table["include_foreign"] = said["include_foreign"].eq(1).reindex(table.index, fill_value=False)
    return table if until is None else table.assign(as_of=until.as_unit("ns"))


def _of_office(offices: pd.Series, about: pd.DataFrame) -> dict[str, pd.Series]:
    here = about[["is_demo", "as_of"]].reindex(offices).set_axis(offices.index)
    return {"is_demo": here["is_demo"].astype("boolean").fillna(False), "as_of": here["as_of"]}


def _actual(
    target: dict[str, Any], measure: Measure, everything: pd.DataFrame, about: pd.DataFrame, has_dates: bool
) -> dict[str, Any]:
    """What is reached of one target, or the reason why that is not known."""
    found = {"measured_as": measure.code, "from_tier": measure.from_tier, "reason": measure.reason}
    nothing = {"n_known": 0, "n_missing": 0, "n_unknown_origin": 0, **found}
    if measure.reason:
        return nothing
    office, year = target["office"], target["year"]
    if office not in about.index or not about["has_report"][office]:
        return {**nothing, "reason": "no_report"}
    if measure.stage and not has_dates:
        return {**nothing, "reason": "stage_dates_needed"}
    as_of = about["as_of"][office]
    if pd.notna(as_of) and year is not None and year > as_of.year:
        return {**nothing, "reason": "year_not_begun"}
    key = f"reached:{measure.stage}" if measure.stage else measure.measure
    pool = everything[everything["measure"] == ("signed" if key == "n_signed" else key)]
    mine = _of_assignee(target["assignee"], everything, pool, office)
    if mine is None:
        return {**nothing, "reason": "assignee_unknown"}
    if target["sector"] is not None:
        mine = mine[mine["sector"] == target["sector"]]
    if measure.from_tier:
        mine = mine[mine["size_tier"].isin(tiers_from(measure.from_tier))]
    foreign = measure.foreign == "yes" or (
        measure.foreign == "office" and bool(about["include_foreign"][office])
    )
    levels = {*measure.levels, *(["overseas"] if foreign else [])}
    return {**found, **_sum(mine, year, measure, levels)}


def _sum(mine: pd.DataFrame, year: int | None, measure: Measure, levels: set[str]) -> dict[str, Any]:
    """Amount or number of a year, of the levels of origin that count, and what is of unknown origin."""
    is_count = measure.measure in COUNTED
    known = "n" if is_count else "n_known"
    is_here, is_undated, origin = mine["year"] == year, mine["year"].isna(), mine["origin_level"]
    counts = origin.isin(levels) if measure.levels else pd.Series(True, index=mine.index)
    here, undated = is_here & counts, is_undated & counts
    unknown = is_here & origin.isna() & bool(measure.levels)
    amount = mine["amount_cny_10k"]
    value = amount[here].sum(min_count=1)
    if is_count:
        # No project dated while some are not: their number is not known, and not 0.
        is_unknown = year is None or (undated.any() and is_undated.all())
        value = None if is_unknown else mine["n"][here].sum()
    return {
        "includes_foreign": "overseas" in levels if measure.levels else None,
        "n_actual" if is_count else "actual_cny_10k": value,
        "n_known": mine[known][here].sum(),
        "n_missing": mine["n"][undated].sum() if is_count else mine["n_missing"][here].sum(),
        "unknown_origin_cny_10k": None if is_count else amount[unknown].sum(min_count=1),
        "n_unknown_origin": mine[known][unknown].sum(),
        "reason": "no_amount" if pd.isna(value) else None,
    }


def _of_assignee(
    assignee: str | None, everything: pd.DataFrame, pool: pd.DataFrame, office: str
) -> pd.DataFrame | None:
    """Rows of who is to reach a target; all for the office itself, None where no project names the assignee."""
    key = match_key(assignee or "")
    if not key or key == match_key(office) or (key[0] in _WHOLE and len(key) == 2):
        return pool
    names = {text for name in WHO for text in everything[name].dropna().unique() if match_key(text) == key}
    return pool[pool[list(WHO)].isin(names).any(axis=1)] if names else None


def _gaps(table: pd.DataFrame, time_progress: str) -> dict[str, pd.Series]:
    """Attainment, time progress and what lies between; the formulas stand in `target_attainment`."""
    passed = _months_passed(table)
    share = passed / 12
    if time_progress == "days":
        last = table["as_of"] + pd.offsets.MonthEnd(0)
        of_year = last.dt.day_of_year / last.dt.is_leap_year.map({True: 366.0, False: 365.0})
        share = of_year.where(passed.between(1, 11), share)
    is_count = table["target_cny_10k"].isna()
    target = table["n_target"].where(is_count, table["target_cny_10k"])
    actual = table["n_actual"].where(is_count, table["actual_cny_10k"])
    attainment = actual / target.where(target > 0)
    gap = actual - target * share
    left = (12 - passed).where(passed < 12)
    needed = (target - actual).clip(lower=0) / left
    return {
        "attainment": attainment,
        "time_progress": share,
        "gap_pp": 100 * (attainment - share),
        "gap_amount_cny_10k": gap.where(~is_count),
        "n_gap": gap.where(is_count),
        "needed_per_remaining_month_cny_10k": needed.where(~is_count),
        "n_needed_per_remaining_month": needed.where(is_count),
    }


def _months_passed(table: pd.DataFrame) -> pd.Series:
    """Months of the target's year that had passed at the end of ``as_of``: 0 to 12."""
    years = table["as_of"].dt.year - table["year"].astype("float64")
    return (12 * years + table["as_of"].dt.month).clip(0, 12)
