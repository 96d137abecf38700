"""Targets and forecasts that belong beside the capital of a year, and what a caption says of them."""

import pandas as pd

from meishan_stats.charts.theme import one_office, word
from meishan_stats.codelists import labels, read_codelist
from meishan_stats.schemas import columns
from meishan_stats.schemas.results.funding import TargetAttainment, YearEndForecast

MOST_TARGETS = 4


def targets_of(
    targets: pd.DataFrame | None, office: str, year: int | None, kind: str, user: str, lang: str
) -> tuple[pd.DataFrame, int]:
    """Targets of the whole office for capital of this kind in this year, and how many more there are."""
    if targets is None:
        targets = pd.DataFrame(columns=list(columns(TargetAttainment)))
    one_office(targets[targets["office"] == office], TargetAttainment, user, lang)
    known = read_codelist("indicators").set_index("code")
    rows = targets[(targets["office"] == office) & targets["year"].eq(year).fillna(False)]
    of_kind = rows[rows["measured_as"].map(known["measure"]).eq(kind) & rows["target_cny_10k"].notna()]
    is_whole = of_kind["sector"].isna() & (of_kind["assignee"].isna() | of_kind["assignee"].eq(office))
    whole = of_kind[is_whole].sort_values("target_cny_10k", ascending=False, kind="stable")
    is_narrow = whole["measured_as"].map(known["origin"]).ne("") | whole["from_tier"].notna()
    shown = whole.assign(is_narrow=is_narrow.astype(bool)).head(MOST_TARGETS)
    return shown, len(of_kind) - len(shown)


def forecast_of(
    forecast: pd.DataFrame | None, office: str, year: int | None, kind: str, user: str, lang: str
) -> pd.DataFrame:
    if forecast is None:
        forecast = pd.DataFrame(columns=list(columns(YearEndForecast)))
    rows = forecast[forecast["office"] == office]
    one_office(rows, YearEndForecast, user, lang)
    return rows[rows["year"].eq(year).fillna(False) & rows["kind"].eq(kind)]


def still_open(forecast: pd.DataFrame) -> pd.DataFrame:
    """Forecasts of a year that has months left: after the twelfth each method gives what has arrived."""
    return forecast[~forecast["n_months"].eq(12).fillna(False).astype(bool)]


def target_notes(aims: pd.DataFrame, n_more: int, is_given: bool, lang: str) -> list[str]:
    if not is_given:
        return []
    narrow = aims[aims["is_narrow"]].drop_duplicates(["indicator", "includes_foreign"])
    notes = []
    for row in narrow.to_dict("records"):
        foreign = "excludes_foreign" if row["includes_foreign"] is False else "includes_foreign"
        name = labels("indicators", lang).get(row["measured_as"], row["measured_as"])
        measure = (
            name
            if pd.isna(row["includes_foreign"])
            else f"{name}{word('brackets', lang, word(foreign, lang))}"
        )
        notes.append(word("cumulative_other_measure", lang, row["indicator"], measure))
    named = [str(name) for name in aims["indicator"].dropna().unique()]
    if aims.empty:
        notes.append(word("cumulative_no_target", lang))
    elif aims["is_narrow"].sum() == 0 and named:
        notes.append(word("cumulative_targets", lang, word("rows_comma", lang).join(named)))
    return [*notes, word("cumulative_targets_more", lang, n_more) if n_more else ""]


def forecast_notes(ends: pd.DataFrame, year: int | None, is_given: bool, lang: str) -> list[str]:
    if not is_given:
        return []
    if ends.empty:
        return [word("cumulative_no_forecast", lang, year)]
    if still_open(ends).empty:
        return [word("forecast_over", lang, year)]
    reasons, methods = labels("refusals", lang), labels("forecast_methods", lang)
    refused = ends[ends["reason"].notna()]
    notes = [
        word("said_of", lang, methods.get(method, method), reasons.get(reason, reason))
        for method, reason in zip(refused["method"], refused["reason"], strict=True)
    ]
    level, months = ends["level"].dropna(), ends["n_months"].dropna()
    is_drawn = ends["low_cny_10k"].notna().any()
    return [
        *notes,
        word("forecast_grounds", lang, int(months.max())) if len(months) else "",
        word("forecast_level", lang, f"{level.iloc[0]:.0%}") if is_drawn and len(level) else "",
    ]
