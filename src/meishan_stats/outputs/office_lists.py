"""Rows of the lists in the office workbook: projects, stages, milestones, lights, doubts."""

import pandas as pd

from meishan_stats.codelists import codes, labels
from meishan_stats.outputs.office_facts import Frames, OfficeFacts, Shown
from meishan_stats.outputs.office_texts import text
from meishan_stats.problems import SEVERITIES
from meishan_stats.schemas import Projects, label

LIGHT_ORDER = ("out", "red", "yellow", "green")
UNFINISHED = ("overdue", "due_soon")
HINT_SEPARATOR = " / "


def project_ledger(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Every project, by sector, what arrived in all months beside it."""
    funding = frames["funding"]
    arrived = funding[funding["kind"] == "arrived"].groupby("project_id")["amount_cny_10k"]
    table = rows.assign(
        arrived_cny_10k=rows["project_id"].map(arrived.sum(min_count=1)),
        n_arrived_missing=rows["project_id"].map(arrived.apply(lambda amounts: amounts.isna().sum())),
    )
    place = {code: n for n, code in enumerate(codes("sectors"))}
    order = table.assign(_place=table["sector"].map(place)).sort_values(
        ["_place", "sector", "signed_on", "name"], kind="stable", na_position="last"
    )
    table = table.loc[order.index]
    is_signed = table["is_signed"].astype("boolean").fillna(False)
    signed = table[is_signed]
    lacking = {
        label(Projects, "total_investment_cny_10k"): table["total_investment_cny_10k"],
        text("of_signed", label(Projects, "signed_cny_10k")): signed["signed_cny_10k"],
        text("of_signed", labels("funding_kinds")["arrived"]): signed["arrived_cny_10k"],
        label(Projects, "land_mu"): table["land_mu"],
    }
    counts = {name: int(values.isna().sum()) for name, values in lacking.items()}
    said = text("separator").join(text("missing_item", name, n) for name, n in counts.items() if n)
    return Shown(_numbered(table), [text("missing_note", said)] if said else [])


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(serial=range(1, len(rows) + 1))


def stages(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Every stage; the row of unknown stages only where there are any."""
    return Shown(rows[rows["stage"].notna() | (rows["n_projects"] > 0)])


def milestones(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Milestones, then all other steps of schedules together."""
    return Shown(_steps_named(rows))


def _steps_named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose step is no milestone say so: a blank would be an unknown one."""
    return rows.assign(milestone=rows["milestone"].astype(object).fillna(text("other_steps")))


def milestone_list(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Every milestone of every project, in the order of the result."""
    return Shown(_numbered(_steps_named(rows)))


def warnings(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Milestones that are overdue or due soon, the worst light first, then the longest overdue."""
    is_open = rows["status"].isin(UNFINISHED) | rows["light"].isin(["red", "yellow"])
    open_rows = _by_light(_steps_named(rows[is_open]), "months_missed")
    none_known = "" if rows["status"].notna().any() else text("no_milestones", facts.fill("{source}"))
    return Shown(open_rows, why_empty=none_known)


def stale(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Projects under negotiation, the worst light first, then the longest without progress."""
    return Shown(_by_light(rows, "months_without_progress"))


def _by_light(rows: pd.DataFrame, then: str) -> pd.DataFrame:
    place = {light: n for n, light in enumerate(LIGHT_ORDER)}
    keys = pd.DataFrame({"light": rows["light"].map(place), "then": -rows[then].astype("float64")})
    return rows.loc[keys.sort_values(["light", "then"], kind="stable", na_position="last").index]


def problems(rows: pd.DataFrame, frames: Frames, facts: OfficeFacts) -> Shown:
    """Errors, warnings, notes; of what to do only the Chinese half, where the two can be told apart."""
    place = {severity: n for n, severity in enumerate(SEVERITIES)}
    ordered = rows.loc[rows["severity"].map(place).sort_values(kind="stable").index]
    halves = ordered["hint"].astype("str").str.split(HINT_SEPARATOR)
    hints = [
        parts[0] if len(parts) == 2 else whole for parts, whole in zip(halves, ordered["hint"], strict=True)
    ]
    return Shown(_numbered(ordered.assign(hint=hints)))
