"""Sentences on amounts: capital by month, sector and origin, land, infrastructure."""

from collections.abc import Callable

import pandas as pd

from meishan_stats.charts.amounts import minus
from meishan_stats.codelists import labels
from meishan_stats.outputs.report.words import amount_text, say, share_text


def last_year(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["year"] == rows["year"].max()]


def cumulative(months: pd.DataFrame, lang: str) -> str:
    known = months.dropna(subset=["period", "ytd_cny_10k"])
    if known.empty:
        return say("no_amounts", lang)
    last = known.loc[known["period"].idxmax()]
    on = last["period"]
    before = known.loc[known["period"] == on - pd.DateOffset(years=1), "ytd_cny_10k"]
    return say(
        "whole_year" if on.month == 12 else "cumulative", lang, year=on.year, month=on.month,
        amount=amount_text(last["ytd_cny_10k"], lang), before=amount_text(before.sum(min_count=1), lang),
        growth=share_text(last["ytd_yoy_growth"], lang),
    )  # fmt: skip


def targets(rows: pd.DataFrame, lang: str) -> str:
    """Targets of the whole office for amounts, of the last year that has any."""
    if rows["year"].isna().all():
        return say("targets_none", lang)
    of_year = last_year(rows)
    whole = of_year[
        of_year["sector"].isna() & of_year["target_cny_10k"].notna() & of_year["attainment"].notna()
    ]
    if whole.empty:
        return say("targets_unmeasured", lang, n=len(of_year))
    listed = []
    for row in whole.to_dict("records"):
        names = [row[name] for name in ("issuer", "assignee", "indicator") if pd.notna(row[name])]
        gap = row["gap_pp"]
        key = "target_no_gap" if pd.isna(gap) else "target_ahead" if gap >= 0 else "target_behind"
        name = "".join(names) if lang == "zh" else " ".join(names)
        listed.append(
            say(key, lang, name=name, share=share_text(row["attainment"], lang), gap=f"{abs(gap):.1f}")
        )
    return say("targets", lang, year=int(of_year["year"].iloc[0]), listed=say("separator", lang).join(listed))


def forecast(rows: pd.DataFrame, lang: str) -> str:
    known = rows.dropna(subset=["forecast_cny_10k"])
    if known.empty:
        return say("forecast_none", lang)
    year, month = int(known["year"].iloc[0]), int(known["n_months"].iloc[0])
    if month == 12:
        return say("forecast_over", lang, year=year)
    names = labels("forecast_methods", lang)
    listed = [
        say("forecast_method", lang, method=names.get(method, method), amount=amount_text(amount, lang))
        for method, amount in zip(known["method"], known["forecast_cny_10k"], strict=True)
    ]
    return say("forecast", lang, year=year, month=month, listed=say("separator", lang).join(listed))


def most(key: str, column: str, codelist: str) -> Callable[[pd.DataFrame, str], str]:
    """The group of which most capital arrived."""

    def said(rows: pd.DataFrame, lang: str) -> str:
        label = f"{column}_{lang}"
        groups = (
            rows[label] if label in rows else rows[column].map(labels(codelist, lang)).fillna(rows[column])
        )
        amounts = rows.groupby(groups)["arrived_cny_10k"].sum(min_count=1).dropna()
        if amounts.empty or amounts.max() <= 0:
            return say("no_amounts", lang)
        share = amounts.max() / rows["arrived_cny_10k"].sum()
        return say(
            key,
            lang,
            name=amounts.idxmax(),
            amount=amount_text(amounts.max(), lang),
            share=share_text(share, lang),
        )

    return said


def origins(rows: pd.DataFrame, lang: str) -> str:
    by_region = rows["region"].notna().any()
    return most("arrived_origin", "region" if by_region else "origin_level", "origin_levels")(rows, lang)


def trend(rows: pd.DataFrame, lang: str) -> str:
    year = rows["year"].max()
    if pd.isna(year):
        return say("trend_none", lang)
    names = labels("sectors", lang)
    sides = {}
    for side in ("signed", "arrived"):
        of_year = [
            rows[rows["year"] == one].groupby("sector", sort=False)[f"{side}_cny_10k"].sum(min_count=1)
            for one in (year, year - 1)
        ]
        changes = (of_year[0] - of_year[1]).reindex(of_year[0].index).dropna()
        listed = [change(names.get(str(code), str(code)), by, lang) for code, by in changes.items()]
        sides[side] = say("comma", lang).join(listed)
    if not any(sides.values()):
        return say("trend_none", lang)
    said = {side: words or say("unknown_pair", lang) for side, words in sides.items()}
    return say("trend", lang, year=int(year), before=int(year) - 1, **said)


def change(name: str, by: float, lang: str) -> str:
    """One sector: more, less or as before."""
    key = "trend_rise" if by > 0 else "trend_fall" if by < 0 else "trend_same"
    return say(key, lang, name=name, amount=amount_text(abs(by), lang))


def vintages(rows: pd.DataFrame, lang: str) -> str:
    last = last_year(rows).set_index("vintage")
    amount = last["arrived_cny_10k"].sum(min_count=1)
    if pd.isna(amount):
        return say("no_amounts", lang)
    share = {
        name: share_text(last["arrived_cny_10k"].get(name, 0.0) / amount, lang)
        for name in ("new", "carried_over")
    }
    return say("vintages", lang, year=int(last["year"].iloc[0]), amount=amount_text(amount, lang), **share)


def land(rows: pd.DataFrame, lang: str) -> str:
    judged = rows[(rows["status"] == "signed") & rows["is_below"].notna()]
    if judged.empty:
        return say("land_none", lang)
    below = int(judged["is_below"].sum())
    mean = judged["investment_cny_10k"].sum() / judged["land_mu"].sum()
    return say(
        "land", lang, n=len(judged), below=below, share=share_text(below / len(judged), lang),
        line=f"{judged['threshold_cny_10k'].iloc[0]:g}", mean=minus(f"{mean:.4g}"),
    )  # fmt: skip


def infrastructure(rows: pd.DataFrame, lang: str) -> str:
    whole = rows[rows["is_total"].astype("boolean").fillna(False)].dropna(subset=["year"])
    if whole.empty:
        return say("infrastructure_none", lang)
    last = whole.loc[whole["year"].astype(int).idxmax()]
    amounts = {name: amount_text(last[f"{name}_cny_10k"], lang) for name in ("planned", "completed")}
    return say(
        "infrastructure", lang, year=int(last["year"]), share=share_text(last["attainment"], lang), **amounts
    )
