"""Sentences on projects: stages, lights, milestones, stations."""

from typing import Any

import pandas as pd

from meishan_stats.codelists import labels
from meishan_stats.outputs.report.words import say, share_text

LARGE = "from_100m"


def stock(rows: pd.DataFrame, lang: str) -> str:
    total = int(rows["n_projects"].sum())
    if not total:
        return say("stock_none", lang)
    n = rows.dropna(subset=["stage"]).set_index("stage")["n_projects"]
    groups = {
        "waiting": ["lead", "negotiating"], "producing": ["production", "capacity"],
        "stopped": ["terminated", "suspended"],
    }  # fmt: skip
    counts = {name: int(n.reindex(stages).sum()) for name, stages in groups.items()}
    unknown = int(rows.loc[rows["stage"].isna(), "n_projects"].sum())
    building = total - unknown - sum(counts.values())
    return say("stock", lang, n=total, building=building, unknown=unknown, **counts)


def flow(rows: pd.DataFrame, lang: str) -> str:
    if rows["start_on"].isna().all():
        return say("flow_none", lang)
    last = rows[rows["start_on"] == rows["start_on"].max()].set_index("stage")
    counts = {stage: int(last["n_entered"].get(stage, 0)) for stage in ("signed", "started", "production")}
    said = say("flow", lang, year=rows["start_on"].max().year, **counts)
    before = int(last["n_at_first_report"].sum())
    return f"{said}{' ' if lang == 'en' else ''}{say('flow_before', lang, before=before)}" if before else said


def sector_by_stage(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["sector", "stage"])
    if known["n_projects"].sum() == 0:
        return say("none_known", lang)
    top, total = known.loc[known["n_projects"].idxmax()], int(rows["n_projects"].sum())
    return say(
        "sector_by_stage", lang, sector=labels("sectors", lang).get(top["sector"], top["sector"]),
        stage=labels("stages", lang)[top["stage"]], n=int(top["n_projects"]), total=total,
        share=share_text(top["n_projects"] / total, lang),
    )  # fmt: skip


def cohorts(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["cohort"])
    if known.empty:
        return say("cohort_none", lang)
    last = known.sort_values("cohort", kind="stable").iloc[-1]
    shares = {name: share_text(last[f"{name}_share"], lang) for name in ("started", "production")}
    arrival = share_text(last["arrival_ratio"], lang)
    return say("cohort", lang, year=last["cohort"], n=int(last["n_signed"]), arrival=arrival, **shares)


def stays(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["median_months"])
    if known.empty:
        return say("stays_none", lang)
    longest = known.loc[known["median_months"].idxmax()]
    return say(
        "stays", lang, stage=labels("stages", lang)[longest["stage"]], months=f"{longest['median_months']:g}"
    )


def stale(rows: pd.DataFrame, lang: str) -> str:
    if rows.empty:
        return say("stale_none", lang)
    n = rows["light"].value_counts()
    counts = {light: int(n.get(light, 0)) for light in ("green", "yellow", "red", "out")}
    return say("stale", lang, n=len(rows), unknown=int(rows["light"].isna().sum()), **counts)


def tiers(rows: pd.DataFrame, lang: str) -> str:
    signed = rows[rows["status"] == "signed"].dropna(subset=["size_tier"])
    known = signed.groupby("size_tier")[["n_projects", "n_from"]].sum()
    total = int(known["n_projects"].sum())
    if not total:
        return say("none_known", lang)
    tier, most = str(known["n_projects"].idxmax()), int(known["n_projects"].max())
    return say(
        "tiers", lang, tier=labels("size_tiers", lang)[tier], n=most, share=share_text(most / total, lang),
        large=int(known["n_from"].get(LARGE, 0)),
    )  # fmt: skip


def stations(rows: pd.DataFrame, lang: str) -> str:
    named = rows.dropna(subset=["station"]).set_index("station")
    if named.empty:
        return say("stations_none", lang)
    if named["score"].isna().all():
        return say("stations_unscored", lang, listed=say("comma", lang).join(map(str, named.index)))
    return say(
        "stations", lang, station=named["score"].idxmax(), score=f"{named['score'].max():.1f}",
        best=named["n_signed"].idxmax(), n=int(named["n_signed"].max()),
    )  # fmt: skip


def milestones(rows: pd.DataFrame, lang: str) -> str:
    n = rows[["n_planned", "n_on_time", "n_late", "n_overdue", "n_due_soon"]].sum()
    if not n["n_planned"]:
        return say("milestones_none", lang)
    decided = n["n_on_time"] + n["n_late"] + n["n_overdue"]
    ratio = n["n_on_time"] / decided if decided else float("nan")
    return say(
        "milestones", lang, n=int(n["n_planned"]), ratio=share_text(ratio, lang), overdue=int(n["n_overdue"]),
        soon=int(n["n_due_soon"]),
    )  # fmt: skip


def overdue(rows: pd.DataFrame, lang: str) -> str:
    if rows.empty:
        return say("milestones_none", lang)
    late = rows[rows["status"] == "overdue"]
    if late.empty:
        return say("overdue_none", lang)
    worst = late.loc[late["days_late"].astype("float64").idxmax()]
    named: Any = worst["step"] if pd.notna(worst["step"]) else labels("stages", lang).get(worst["milestone"])
    lights = {light: int((late["light"] == light).sum()) for light in ("red", "yellow")}
    return say(
        "overdue", lang, n=len(late), name=worst["name"], step=named, days=int(worst["days_late"]), **lights
    )


def schedule(rows: pd.DataFrame, lang: str) -> str:
    ahead = rows["production_on"].notna() & ~(rows["production_on"] < rows["as_of"])
    known = rows[ahead]
    if known.empty:
        return say("schedule_none", lang)
    first = known[known["production_on"] == known["production_on"].min()]
    one = first[first["project_id"] == first["project_id"].iloc[0]].set_index("milestone")["latest_on"]
    return say(
        "schedule", lang, name=first["name"].iloc[0], day=f"{first['production_on'].iloc[0]:%Y-%m-%d}",
        previous=f"{one['completed']:%Y-%m-%d}",
    )  # fmt: skip
