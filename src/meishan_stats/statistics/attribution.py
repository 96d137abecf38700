"""Which station or recruiter a visit, a project and its capital belong to."""

import re
from collections.abc import Collection, Iterable, Mapping

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.schemas import Projects, Visits
from meishan_stats.statistics.frames import collected, opened
from meishan_stats.statistics.groups import Span, lies_in, summed

Homes = Mapping[tuple[str, str], str]
VISIT_COLUMNS = ("office", "visited_on", "visited_precision", "direction", "host", "project_id")
_BETWEEN_NAMES = re.compile(r"[、，,；;/／|\n]")


def names_in(text: object) -> list[str]:
    """Names that one cell lists.

    >>> names_in("甲、乙"), names_in(None)
    (['甲', '乙'], [])
    """
    return (
        [name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip()] if isinstance(text, str) else []
    )


def homes_of(recruiters: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Station of every recruiter who is listed at one station only, by office and name.

    >>> rows = pd.DataFrame({"office": "镇", "station": ["上海", "杭州", "上海"], "name": ["甲、乙", "乙", "甲"]})
    >>> homes_of(rows)
    {('镇', '甲'): '上海'}
    """
    stations: dict[tuple[str, str], set[str]] = {}
    for office, station, cell in recruiters[["office", "station", "name"]].itertuples(index=False):
        for name in names_in(cell):
            stations.setdefault((office, name), set()).update([station] if isinstance(station, str) else [])
    return {key: next(iter(found)) for key, found in stations.items() if len(found) == 1}


def unit_of(by: str, office: str, station: object, names: Iterable[str], homes: Homes) -> str | None:
    """Station stated, else that of the first recruiter whose station is known; or the first recruiter."""
    if by == "recruiter":
        return next(iter(names), None)
    if isinstance(station, str):
        return station
    return next((homes[office, name] for name in names if (office, name) in homes), None)


def capital_by_unit(table: pd.DataFrame, by: str, homes: Homes) -> pd.DataFrame:
    """Totals by office, station, recruiter and level of origin, added up by station or recruiter.

    Everything counts once, with the first recruiter named; only foreign projects that are signed are
    shared between all that are named.
    """
    stated = list(table[["office", "station", "recruiter"]].itertuples(index=False))
    units = [unit_of(by, office, station, names_in(who), homes) for office, station, who in stated]
    once = summed(table.assign(**{by: pd.Series(units, index=table.index, dtype="str")}), ["office", by])
    foreign = table["n_signed"].astype("float64").where(table["origin_level"] == "overseas").fillna(0)
    parts = []
    for (office, station, who), n in zip(stated, foreign, strict=True):
        names = names_in(who)
        for one in [[name] for name in names] or [[]]:
            parts.append((office, unit_of(by, office, station, one, homes), n / max(len(names), 1)))
    shared = pd.DataFrame(parts, columns=["office", by, "n_foreign_listed"])
    shared = shared.astype({"office": "str", by: "str", "n_foreign_listed": "float64"})
    return once.merge(summed(shared, ["office", by]), on=["office", by], how="outer")


def visits_by_unit(
    visits: IntoFrame, projects: IntoFrame, recruiters: pd.DataFrame, by: str, span: Span | None, homes: Homes
) -> pd.DataFrame:
    """Visits made and received by station or recruiter: as the host says, else as their project does."""
    user = "station_performance"
    rows = collected(opened(visits, Visits, VISIT_COLUMNS, user))
    if span:
        rows = rows[lies_in(rows["visited_on"].astype("datetime64[ns]"), rows["visited_precision"], span)]
    wanted = rows["project_id"].dropna().unique().tolist()
    listed = opened(projects, Projects, ("project_id", "station", "recruiter"), user)
    spoken_of = collected(listed.filter(nw.col("project_id").is_in(wanted or [""])))
    stated = spoken_of.set_index("project_id")[["station", "recruiter"]].to_dict("index")
    known = {
        office: (sorted(set(part["station"].dropna())), sorted({n for cell in part["name"] for n in names_in(cell)}))
        for office, part in recruiters.groupby("office")
    }  # fmt: skip

    def unit(office: str, host: object, project_id: object) -> str | None:
        stations, names = known.get(office, ([], []))
        hosts = [name for piece in names_in(host) if (name := _named(piece, names))]
        places = [place for piece in names_in(host) if (place := _named(piece, stations))]
        by_host = unit_of(by, office, places[0] if places else None, hosts, homes)
        project = stated.get(project_id, {})
        return by_host or unit_of(
            by, office, project.get("station"), names_in(project.get("recruiter")), homes
        )

    direction = rows["direction"]
    counted = pd.DataFrame(
        {
            "office": rows["office"].astype("str"),
            by: pd.Series(
                [unit(*row) for row in rows[["office", "host", "project_id"]].itertuples(index=False)],
                index=rows.index,
                dtype="str",
            ),
            "n_visits_listed": (direction == "made").fillna(False).astype(int),
            "n_receptions_listed": (direction == "received").fillna(False).astype(int),
            "n_direction_unknown": (~direction.isin(["made", "received"])).astype(int),
        }
    )
    return summed(counted, ["office", by])


def _named(text: str, names: Collection[str]) -> str | None:
    """The longest of some names that a text holds: 上海 in 上海驻点.

    >>> _named("上海驻点", ["上", "上海"])
    '上海'
    """
    held = [name for name in names if name in text]
    return max(held, key=len) if held else None
