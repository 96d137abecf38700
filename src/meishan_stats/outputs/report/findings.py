"""What a figure shows, in one sentence computed from its result."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from meishan_stats.charts.amounts import minus
from meishan_stats.codelists import labels, read_definition
from meishan_stats.errors import ChoiceError
from meishan_stats.outputs.report.words import amount_text, share_text

LARGE = "from_100m"


@dataclass(frozen=True)
class Finding:
    """A sentence; a notebook shows it."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text


def finding(name: str, result: pd.DataFrame, lang: str = "zh") -> Finding:
    """What a result says, in a sentence; where nothing is known, that nothing is.

    Parameters
    ----------
    name : name of the result, such as ``"stage_stock"``
    result : the result of one office
    lang : "zh" or "en"

    Raises
    ------
    ChoiceError
        There is no sentence for such a result.

    Examples
    --------
    >>> land = pd.DataFrame({
    ...     "status": ["signed", "signed", "negotiating"], "is_below": [True, False, True], "land_mu": [10, 10, 5],
    ...     "investment_cny_10k": [1000, 4000, 9], "threshold_cny_10k": 350.0,
    ... })
    >>> finding("land_efficiency", land).text
    '用地和投资都已知的签约项目2个，低于每亩350万元的1个，占50.0%；合计亩均250万元。'
    """
    if name not in _SAID:
        raise ChoiceError(
            f"没有“{name}”的一句话；有：{'、'.join(_SAID)}", f"no sentence for {name!r}; there are: {', '.join(_SAID)}"
        )
    return Finding(_SAID[name](result, lang))


@cache
def _texts(lang: str) -> dict[str, str]:
    table = read_definition("finding_texts.csv")
    return dict(zip(table["key"], table[lang], strict=True))


def _say(key: str, lang: str, **values: object) -> str:
    return _texts(lang)[key].format(**values)


def _last_year(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["year"] == rows["year"].max()]


def _cumulative(months: pd.DataFrame, lang: str) -> str:
    known = months.dropna(subset=["period", "ytd_cny_10k"])
    if known.empty:
        return _say("no_amounts", lang)
    last = known.loc[known["period"].idxmax()]
    on = last["period"]
    before = known.loc[known["period"] == on - pd.DateOffset(years=1), "ytd_cny_10k"]
    return _say(
        "cumulative", lang, year=on.year, month=on.month, amount=amount_text(last["ytd_cny_10k"], lang),
        before=amount_text(before.sum(min_count=1), lang), growth=share_text(last["ytd_yoy_growth"], lang),
    )  # fmt: skip


def _forecast(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["forecast_cny_10k"])
    if known.empty:
        return _say("forecast_none", lang)
    year, month = int(known["year"].iloc[0]), int(known["n_months"].iloc[0])
    if month == 12:
        return _say("forecast_over", lang, year=year)
    names = labels("forecast_methods", lang)
    listed = [
        _say("forecast_method", lang, method=names.get(method, method), amount=amount_text(amount, lang))
        for method, amount in zip(known["method"], known["forecast_cny_10k"], strict=True)
    ]
    return _say("forecast", lang, year=year, month=month, listed=_say("separator", lang).join(listed))


def _most(key: str, column: str, codelist: str) -> Callable[[pd.DataFrame, str], str]:
    """The group of which most capital arrived."""

    def said(rows: pd.DataFrame, lang: str) -> str:
        label = f"{column}_{lang}"
        groups = rows[label] if label in rows else rows[column].map(labels(codelist, lang)).fillna(rows[column])
        amounts = rows.groupby(groups)["arrived_cny_10k"].sum(min_count=1).dropna()
        if amounts.empty or amounts.max() <= 0:
            return _say("no_amounts", lang)
        share = amounts.max() / rows["arrived_cny_10k"].sum()
        return _say(
            key, lang, name=amounts.idxmax(), amount=amount_text(amounts.max(), lang), share=share_text(share, lang)
        )

    return said


def _origins(rows: pd.DataFrame, lang: str) -> str:
    by_region = rows["region"].notna().any()
    return _most("arrived_origin", "region" if by_region else "origin_level", "origin_levels")(rows, lang)


def _trend(rows: pd.DataFrame, lang: str) -> str:
    year = rows["year"].max()
    if pd.isna(year):
        return _say("trend_none", lang)
    names = labels("sectors", lang)
    sides = {}
    for side in ("signed", "arrived"):
        amounts = rows.pivot_table(f"{side}_cny_10k", "sector", "year", "sum", sort=False)
        changes = (amounts.get(year, pd.Series()) - amounts.get(year - 1, pd.Series())).dropna()
        listed = [_change(names.get(str(code), str(code)), change, lang) for code, change in changes.items()]
        sides[side] = _say("separator", lang).strip("；").join(listed) if lang == "en" else "、".join(listed)
    if not any(sides.values()):
        return _say("trend_none", lang)
    said = {side: words or _say("unknown_pair", lang) for side, words in sides.items()}
    return _say("trend", lang, year=int(year), before=int(year) - 1, **said)


def _change(name: str, change: float, lang: str) -> str:
    key = "trend_rise" if change > 0 else "trend_fall" if change < 0 else "trend_same"
    return _say(key, lang, name=name, amount=amount_text(abs(change), lang))


def _stock(rows: pd.DataFrame, lang: str) -> str:
    total = int(rows["n_projects"].sum())
    if not total:
        return _say("stock_none", lang)
    n = rows.dropna(subset=["stage"]).set_index("stage")["n_projects"]
    groups = {
        "waiting": ["lead", "negotiating"], "producing": ["production", "capacity"],
        "stopped": ["terminated", "suspended"],
    }  # fmt: skip
    counts = {name: int(n.reindex(stages).sum()) for name, stages in groups.items()}
    unknown = int(rows.loc[rows["stage"].isna(), "n_projects"].sum())
    building = total - unknown - sum(counts.values())
    return _say("stock", lang, n=total, building=building, unknown=unknown, **counts)


def _flow(rows: pd.DataFrame, lang: str) -> str:
    if rows["start_on"].isna().all():
        return _say("flow_none", lang)
    last = rows[rows["start_on"] == rows["start_on"].max()].set_index("stage")
    named = last.reindex(["signed", "started", "production"])
    counts = {str(stage): int(n) for stage, n in named["n_entered"].fillna(0).items()}
    before = int(named["n_at_first_report"].sum())
    return _say("flow", lang, year=rows["start_on"].max().year, before=before, **counts)


def _sector_by_stage(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["sector", "stage"])
    if known["n_projects"].sum() == 0:
        return _say("none_known", lang)
    top, total = known.loc[known["n_projects"].idxmax()], int(rows["n_projects"].sum())
    return _say(
        "sector_by_stage", lang, sector=labels("sectors", lang).get(top["sector"], top["sector"]),
        stage=labels("stages", lang)[top["stage"]], n=int(top["n_projects"]), total=total,
        share=share_text(top["n_projects"] / total, lang),
    )  # fmt: skip


def _vintages(rows: pd.DataFrame, lang: str) -> str:
    last = _last_year(rows).set_index("vintage")
    amount = last["arrived_cny_10k"].sum(min_count=1)
    if pd.isna(amount):
        return _say("no_amounts", lang)
    share = {name: share_text(last["arrived_cny_10k"].get(name, 0.0) / amount, lang) for name in ("new", "carried")}
    return _say("vintages", lang, year=int(last["year"].iloc[0]), amount=amount_text(amount, lang), **share)


def _cohorts(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["cohort"])
    if known.empty:
        return _say("cohort_none", lang)
    last = known.sort_values("cohort", kind="stable").iloc[-1]
    shares = {name: share_text(last[f"{name}_share"], lang) for name in ("started", "production")}
    arrival = share_text(last["arrival_ratio"], lang)
    return _say("cohort", lang, year=last["cohort"], n=int(last["n_signed"]), arrival=arrival, **shares)


def _stays(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["median_months"])
    if known.empty:
        return _say("stays_none", lang)
    longest = known.loc[known["median_months"].idxmax()]
    return _say("stays", lang, stage=labels("stages", lang)[longest["stage"]], months=f"{longest['median_months']:g}")


def _stale(rows: pd.DataFrame, lang: str) -> str:
    if rows.empty:
        return _say("stale_none", lang)
    n = rows["light"].value_counts()
    counts = {light: int(n.get(light, 0)) for light in ("green", "yellow", "red", "out")}
    return _say("stale", lang, n=len(rows), unknown=int(rows["light"].isna().sum()), **counts)


def _tiers(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["size_tier"]).set_index("size_tier")
    total = int(known["n_projects"].sum())
    if not total:
        return _say("none_known", lang)
    tier, most = str(known["n_projects"].idxmax()), int(known["n_projects"].max())
    return _say(
        "tiers", lang, tier=labels("size_tiers", lang)[tier], n=most, share=share_text(most / total, lang),
        large=int(known["n_from"].get(LARGE, 0)),
    )  # fmt: skip


def _stations(rows: pd.DataFrame, lang: str) -> str:
    named = rows.dropna(subset=["station"]).set_index("station")
    if named.empty:
        return _say("stations_none", lang)
    if named["score"].isna().all():
        listed = ("、" if lang == "zh" else ", ").join(map(str, named.index))
        return _say("stations_unscored", lang, listed=listed)
    return _say(
        "stations", lang, station=named["score"].idxmax(), score=f"{named['score'].max():.1f}",
        best=named["n_signed"].idxmax(), n=int(named["n_signed"].max()),
    )  # fmt: skip


def _milestones(rows: pd.DataFrame, lang: str) -> str:
    n = rows[["n_planned", "n_on_time", "n_late", "n_overdue", "n_due_soon"]].sum()
    if not n["n_planned"]:
        return _say("milestones_none", lang)
    decided = n["n_on_time"] + n["n_late"] + n["n_overdue"]
    ratio = n["n_on_time"] / decided if decided else float("nan")
    return _say(
        "milestones", lang, n=int(n["n_planned"]), ratio=share_text(ratio, lang), overdue=int(n["n_overdue"]),
        soon=int(n["n_due_soon"]),
    )  # fmt: skip


def _overdue(rows: pd.DataFrame, lang: str) -> str:
    if rows.empty:
        return _say("milestones_none", lang)
    late = rows[rows["status"] == "overdue"]
    if late.empty:
        return _say("overdue_none", lang)
    worst = late.loc[late["days_late"].astype("float64").idxmax()]
    named: Any = worst["step"] if pd.notna(worst["step"]) else labels("stages", lang).get(worst["milestone"])
    lights = {light: int((late["light"] == light).sum()) for light in ("red", "yellow")}
    return _say("overdue", lang, n=len(late), name=worst["name"], step=named, days=int(worst["days_late"]), **lights)


def _schedule(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["production_on"])
    if known.empty:
        return _say("schedule_none", lang)
    first = known[known["production_on"] == known["production_on"].min()]
    one = first[first["project_id"] == first["project_id"].iloc[0]].set_index("milestone")["latest_on"]
    return _say(
        "schedule", lang, name=first["name"].iloc[0], day=f"{first['production_on'].iloc[0]:%Y-%m-%d}",
        previous=f"{one['completed']:%Y-%m-%d}",
    )  # fmt: skip


def _land(rows: pd.DataFrame, lang: str) -> str:
    judged = rows[(rows["status"] == "signed") & rows["is_below"].notna()]
    if judged.empty:
        return _say("land_none", lang)
    below = int(judged["is_below"].sum())
    mean = judged["investment_cny_10k"].sum() / judged["land_mu"].sum()
    return _say(
        "land", lang, n=len(judged), below=below, share=share_text(below / len(judged), lang),
        line=f"{judged['threshold_cny_10k'].iloc[0]:g}", mean=minus(f"{mean:.4g}"),
    )  # fmt: skip


def _infrastructure(rows: pd.DataFrame, lang: str) -> str:
    whole = rows[rows["is_total"].astype("boolean").fillna(False)].dropna(subset=["year"])
    if whole.empty:
        return _say("infrastructure_none", lang)
    last = whole.loc[whole["year"].astype(int).idxmax()]
    amounts = {name: amount_text(last[f"{name}_cny_10k"], lang) for name in ("planned", "completed")}
    return _say(
        "infrastructure", lang, year=int(last["year"]), share=share_text(last["attainment"], lang), **amounts
    )


_SAID: dict[str, Callable[[pd.DataFrame, str], str]] = {
    "funding_by_month": _cumulative,
    "year_end_forecast": _forecast,
    "sector_breakdown": _most("arrived_sector", "sector", "sectors"),
    "sector_trend": _trend,
    "sector_by_stage": _sector_by_stage,
    "funding_new_and_carried": _vintages,
    "stage_stock": _stock,
    "stage_flow": _flow,
    "cohort_conversion": _cohorts,
    "time_in_stage": _stays,
    "stale_negotiations": _stale,
    "size_tiers": _tiers,
    "origin_breakdown": _origins,
    "method_breakdown": _most("arrived_method", "method", "methods"),
    "station_performance": _stations,
    "milestone_summary": _milestones,
    "milestone_status": _overdue,
    "backward_schedule": _schedule,
    "land_efficiency": _land,
    "infrastructure_progress": _infrastructure,
}
