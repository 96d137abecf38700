"""What stations and their recruiters did and what it yielded."""

from collections.abc import Mapping

import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Projects, Recruiters, conform
from meishan_stats.schemas.results.activity import StationPerformance
from meishan_stats.statistics.attribution import (
    Homes,
    capital_by_unit,
    homes_of,
    names_in,
    unit_of,
    visits_by_unit,
)
from meishan_stats.statistics.contest import WEIGHTS, contest_points
from meishan_stats.statistics.frames import check_choice, collected, in_codelist_order, opened
from meishan_stats.statistics.groups import (
    Span,
    last_stated,
    lies_in,
    looked_up,
    share_of,
    span_of,
    span_totals,
    summed,
)
from meishan_stats.statistics.joining import about_offices

FIGURES = ("station_days", *WEIGHTS, "n_foreign_signed", "n_absences", "score")
_TEXTS = ("office", "source_file", "source_sheet", "station", "kind", "name", "period_precision")
_DATES = ("from_on", "to_on", "period")
RECRUITER_COLUMNS = (*_TEXTS, *_DATES, "n", *FIGURES)
_ABOUT = ("office", "is_demo", "as_of", "first_reported_on")
_COUNTS = (
    "n_work_rows", "n_work_missing", "n_visits_listed", "n_receptions_listed", "n_direction_unknown",
    "n_projects", "n_signed", "n_signed_missing", "n_arrived_known", "n_arrived_missing", "n_foreign_listed",
)  # fmt: skip
_LENGTHS = {"quarter": 3, "half": 6, "year": 12}
_NOT_STATIONED = ("leader", "adviser", "citizen")
"""Kinds of recruiters (recruiter_kinds.csv) that are no one's post at a station."""


def station_performance(
    recruiters: IntoFrame,
    visits: IntoFrame,
    projects: IntoFrame,
    funding: IntoFrame,
    *,
    by: str = "station",
    period: int | str | None = None,
    team: str = "office",
    weights: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Compare stations, or recruiters: people, work, projects, capital, and points against the best.

    What the sheets of the contest state (``n_visits``, ``n_leads`` …) and what the ledger of visits and
    the project list show (``n_visits_listed``, ``n_projects`` …) are two accounts of the same work: they
    stand side by side and are never mixed; the points are those of the sheets. A visit belongs to the
    station its host names or is of, else to that of its project; what cannot be attributed is the last
    row of the office and has no points. A visit or project of several recruiters counts once, with the
    first; only ``n_foreign_listed`` shares a foreign project between all who introduced it.

    Parameters
    ----------
    recruiters : Recruiters; visits : Visits; projects : Projects; funding : Funding
        pandas, Polars, PyArrow, DuckDB or PySpark, projects and funding of the same engine.
    by : "station" or "recruiter"
    period : a year (2011), quarter ("2011Q2") or month ("2011-05"); all times where None
        What is dated less precisely than the period chosen is not in it.
    team : "office" or "station": whose best a recruiter is held against
    weights : points of the best of a team for ``n_visits``, ``n_receptions``, ``n_leads``,
        ``n_excellent_leads``, ``n_leader_visits``; 10, 10, 15, 15, 20 where not given

    Returns
    -------
    StationPerformance, one row per office and station or recruiter, in alphabetical order
        ``n_recruiters`` are the full-time recruiters of the last sheet that lists the station (the names
        or the number stated, whichever is more); leaders and advisers are not. Amounts in 万元.
        ``score`` follows ``contest_points``: over several months figures are added up first, and 20 days
        of each month with rows of work count as 10 points, at a station for every recruiter of those rows.
        So a larger station has more points for all but its days.

    Raises
    ------
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the engines differ.
    ChoiceError
        An argument is none of its choices.

    Notes
    -----
    Rules of the points: 德清县驻点招商员月度绩效比拼表 (Deqing county, Huzhou).

    Examples
    --------
    >>> from meishan_stats.schemas import Funding, Visits
    >>> recruiters = conform(pd.DataFrame({
    ...     "office": "示例镇", "station": ["上海", "杭州"], "name": ["甲", "乙"], "station_days": [20, 10],
    ...     "n_visits": [8, 4], "period": pd.to_datetime(["2011-05-01"] * 2),
    ... }), Recruiters)
    >>> nothing = pd.DataFrame({"office": []})
    >>> lists = [conform(nothing, model) for model in (Visits, Projects, Funding)]
    >>> station_performance(recruiters, *lists, period="2011-05")[["station", "n_visits", "score"]]
      station  n_visits  score
    0      上海       8.0   20.0
    1      杭州       4.0   10.0
    """
    user = "station_performance"
    check_choice(user, "by", by, ("station", "recruiter"))
    check_choice(user, "team", team, ("office", "station"))
    span = span_of(period, user)
    posted = collected(opened(recruiters, Recruiters, RECRUITER_COLUMNS, user))
    posted = posted.astype(dict.fromkeys(_TEXTS, "str") | dict.fromkeys(_DATES, "datetime64[ns]"))
    work, postings = _work(posted, span), _postings(posted, span)
    homes = homes_of(pd.concat([work, postings]))
    capital = span_totals(projects, funding, ["station", "recruiter", "origin_level"], user, span)
    table = _joined(
        ["office", by],
        capital_by_unit(capital, by, homes).drop(columns=["is_demo", "as_of"]),
        visits_by_unit(visits, projects, posted, by, span, homes),
        _work_by_unit(work, by, homes),
        _heads(postings, work, by),
    )
    offices = about_offices(opened(projects, Projects, _ABOUT, user)).drop(columns="begins_on")
    table = table.merge(offices, on="office", how="left")
    if by == "recruiter":
        found = [homes.get(key) for key in table[["office", by]].itertuples(index=False, name=None)]
        table["station"] = pd.Series(found, index=table.index, dtype="str")
    team_of = table["office"] if team == "office" else table["office"] + "\n" + table["station"]
    months = looked_up(table["office"], _months(work)) * table["n_workers"]
    points = contest_points(table, months, team_of.where(table[by].notna()), weights)
    heads = table["n_recruiters"]
    result = table.join(points).assign(
        is_demo=table["is_demo"].fillna(False),
        grouped_by=by,
        period=span.name if span else None,
        visits_per_recruiter=share_of(table["n_visits"], heads),
        signed_projects_per_recruiter=share_of(table["n_signed"], heads),
        signed_per_recruiter_cny_10k=share_of(table["signed_cny_10k"], heads),
        arrived_per_recruiter_cny_10k=share_of(table["arrived_cny_10k"], heads),
    )
    return conform(in_codelist_order(result, ["office", by]), StationPerformance)


def _joined(keys: list[str], *parts: pd.DataFrame) -> pd.DataFrame:
    table = parts[0]
    for part in parts[1:]:
        table = table.merge(part.astype(dict.fromkeys(keys, "str")), on=keys, how="outer")
    # The outer join leaves counts missing where one side has no row: there is nothing there, so 0.
    return table.assign(**{name: table[name].fillna(0) for name in _COUNTS})


def _work(posted: pd.DataFrame, span: Span | None) -> pd.DataFrame:
    """Rows of work of the span, each month of a recruiter as last stated."""
    is_work = posted["period"].notna() | posted[list(FIGURES)].notna().any(axis=1)
    work = posted[is_work]
    if span:
        work = work[lies_in(work["period"], work["period_precision"], span)]
    return last_stated(work, ["office", "station", "name", "period"])


def _work_by_unit(work: pd.DataFrame, by: str, homes: Homes) -> pd.DataFrame:
    figures = list(FIGURES[:-1])
    told = work.groupby("office")[figures].transform("count") > 0
    units = [
        unit_of(by, office, station, names_in(name), homes)
        for office, station, name in work[["office", "station", "name"]].itertuples(index=False)
    ]
    counted = work[["office", *FIGURES]].assign(
        **{by: pd.Series(units, index=work.index, dtype="str")},
        n_work_rows=1,
        n_work_missing=(work[figures].isna() & told).sum(axis=1),
    )
    table = summed(counted.rename(columns={"score": "score_stated"}), ["office", by])
    names = counted[["office", by]].assign(n_workers=work["name"])
    workers = names.groupby(["office", by], dropna=False, as_index=False)["n_workers"].nunique()
    return table.merge(workers.assign(n_workers=workers["n_workers"].clip(lower=1)), on=["office", by])


def _months(work: pd.DataFrame) -> pd.Series:
    """Months that the rows of work of each office are about."""
    periods = work[["office", "period", "period_precision"]].drop_duplicates(["office", "period"])
    lengths = (
        periods["period_precision"].map(_LENGTHS).astype("float64").fillna(1).where(periods["period"].notna())
    )
    return lengths.groupby(periods["office"]).sum(min_count=1)


def _postings(posted: pd.DataFrame, span: Span | None) -> pd.DataFrame:
    """Postings that hold in the span."""
    is_posting = posted["period"].isna() & posted[list(FIGURES)].isna().all(axis=1)
    if span:
        is_posting &= ~(posted["from_on"] > span.end) & ~(posted["to_on"] < span.start)
    return posted[is_posting]


def _heads(postings: pd.DataFrame, work: pd.DataFrame, by: str) -> pd.DataFrame:
    """Full-time recruiters: of the postings as last stated, else those whose work is told."""
    postings = postings[~postings["kind"].isin(_NOT_STATIONED)]
    workers = work[~work["kind"].isin(_NOT_STATIONED)]
    keys = ["office", "station"]
    if by == "recruiter":
        told = pd.concat([postings, workers])[["office", "name"]]
        names = (
            told.assign(recruiter=told["name"].map(names_in))
            .explode("recruiter")
            .dropna(subset=["recruiter"])
        )
        return names[["office", "recruiter"]].drop_duplicates().assign(n_recruiters=1.0)
    postings = last_stated(postings, keys)
    named = postings["name"].map(names_in).map(len).astype("float64")
    stated = postings["n"].astype("float64").fillna(0)
    heads = stated.where(stated > named, named)
    by_posting = heads.where(heads > 0).groupby([postings[k] for k in keys], dropna=False).sum(min_count=1)
    told = workers[keys].assign(name=workers["name"].map(names_in)).explode("name")
    by_work = told.groupby(keys, dropna=False)["name"].nunique().astype("float64")
    return by_posting.combine_first(by_work.where(by_work > 0)).rename("n_recruiters").reset_index()
