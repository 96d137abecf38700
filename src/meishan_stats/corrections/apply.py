"""Corrections made by hand, applied after normalising: every one is told, and one that matches nothing is an error."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from meishan_stats.corrections.file import SAME_AS, Correction, correct_value
from meishan_stats.normalise.exchange import Rates, first_days, in_yuan
from meishan_stats.offices import CORRECTIONS_FILE
from meishan_stats.problems import Problem, problem
from meishan_stats.values.text import match_key

Names = Mapping[str, Collection[str]]
"""Projects (``project_id``) by every name and code they were reported under, normalised."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    "targets": ("indicator", "assignee", "issuer"),
    "visits": ("project_name", "visitor"),
    "recruiters": ("station", "name"),
    "infrastructure": ("item",),
    "fx_rates": ("currency",),
}
"""Columns that name a record, where it is not the project's name."""
_TIMES = ("period", "visited_on", "year", "seen_on", "signed_on", "as_of")
_CURRENCY_OF = {"signed_10k": "signed_currency"}
_BASES: Mapping[str, Mapping[str, object]] = {
    "sector": {"sector_basis": "correction", "sector_confidence": "high", "sector_alt": None, "sector_problem": None},
    "stage": {"stage_basis": "correction"},
}  # fmt: skip
"""What follows from a corrected column."""


@dataclass
class Corrections:
    """The corrections of one office, and what became of them (line → value before, or why it was refused)."""

    office: str
    lines: Sequence[Correction] = ()
    made: dict[int, str] = field(default_factory=dict)
    refused: dict[int, tuple[str, str]] = field(default_factory=dict)

    def problems(self) -> list[Problem]:
        """One row a line: what was corrected, or an error where it was not."""
        return [self._problem(line) for line in self.lines]

    def _problem(self, line: Correction) -> Problem:
        said: dict[str, Any] = {
            "office": self.office, "source_file": CORRECTIONS_FILE, "source_row": line.line, "value": line.project,
            "line": line.line, "table": line.table, "field": line.column,
        }  # fmt: skip
        if line.line in self.made:
            told: dict[str, Any] = {"reason": line.reason or "—", "by": line.by or "—", "on": line.on or "—"}
            return problem("corrected", **said, **told, before=self.made[line.line], after=line.value)
        why, why_en = self.refused.get(line.line, ("找不到对象", "it matches nothing"))
        return problem("correction_unmatched", **said, why=why, why_en=why_en)


def with_same_as(reports: pd.DataFrame, corrections: Corrections) -> pd.DataFrame:
    """Project reports with the column ``same_as``: the project that a name was said by hand to be one of.

    Rows under the name that is pointed to belong to it too; a name said to be the same as itself is
    thereby kept apart from names like it.
    """
    lines = [line for line in corrections.lines if line.column == SAME_AS]
    if not lines:
        return reports
    names = reports["name"].map(match_key)
    given = pd.Series(None, index=reports.index, dtype=object)
    for line in lines:
        where = (names == match_key(line.project)) & _narrowed(reports, line)
        if where.any():
            given = given.mask(where, match_key(line.value))
            corrections.made.setdefault(line.line, line.project)
    pointed_to = names.where(names.isin({match_key(line.value) for line in lines}))
    return reports.assign(same_as=given.where(given.notna(), pointed_to))


def corrected(
    frame: pd.DataFrame,
    table: str,
    corrections: Corrections,
    names: Names | None = None,
    rates: Rates | None = None,
) -> pd.DataFrame:
    """Table with its corrections made, and with what follows from them (amounts in yuan, bases).

    Parameters
    ----------
    frame : one of TABLES
    table : str
        Its name.
    corrections : Corrections
        Takes note of what was made and what was refused.
    names : mapping, optional
        See ``Names``.
    rates : Rates, optional
        The office's.
    """
    for line in corrections.lines:
        if line.table != table or line.column == SAME_AS or frame.empty:
            continue
        try:
            value = correct_value(line.value, table, line.column)
        except ValueError:
            corrections.refused[line.line] = (
                f"“{line.value}”不是 {line.column} 的值",
                f"{line.value!r} is no value of {line.column}",
            )
            continue
        where = _named(frame, line, names or {}) & _narrowed(frame, line)
        if where.any():
            before = frame.loc[where, line.column].iloc[0]
            corrections.made.setdefault(line.line, "—" if pd.isna(before) else str(before))
            changed: dict[str, object] = {line.column: value, **_BASES.get(line.column, {})}
            for column, new in changed.items():
                if column in frame:
                    frame = frame.assign(**{column: _replaced(frame[column], where, new)})
            frame = _in_yuan_again(frame, where, line.column, rates)
    return frame


def _named(frame: pd.DataFrame, line: Correction, names: Names) -> pd.Series:
    key = match_key(line.project)
    where = pd.Series(False, index=frame.index)
    for column in {*_KEYS.get(line.table, ("name",)), "project_id"} & set(frame.columns):
        where |= frame[column].map(lambda text: isinstance(text, str) and match_key(text) == key).astype(bool)
    if "project_id" in frame:
        where |= frame["project_id"].isin(names.get(key, ()))
    return where


def _narrowed(frame: pd.DataFrame, line: Correction) -> pd.Series:
    where = pd.Series(True, index=frame.index)
    if line.file:
        where &= frame["source_file"].astype("str").str.contains(line.file, regex=False)
    time = next((name for name in _TIMES if name in frame), None)
    if line.period and time:
        on = first_days(frame["year"]) if time == "year" else frame[time]
        form = "%Y-%m" if len(line.period) > 4 and time != "year" else "%Y"
        where &= on.dt.strftime(form) == line.period[: 7 if form == "%Y-%m" else 4]
    return where


def _replaced(column: pd.Series, where: pd.Series, value: object) -> pd.Series:
    values = column.astype(object)
    values[where] = value
    return values.astype(column.dtype)


def _in_yuan_again(frame: pd.DataFrame, where: pd.Series, column: str, rates: Rates | None) -> pd.DataFrame:
    """Amounts in yuan of the rows in which an amount in its own currency, or the currency, was corrected."""
    own = [name for name in frame if name.endswith("_10k") and not name.endswith("_cny_10k")]
    own = [name for name in own if f"{name.removesuffix('_10k')}_cny_10k" in frame]
    amounts = [name for name in own if column in (name, _CURRENCY_OF.get(name, "currency"))]
    rows = frame[where]
    time = next(
        (
            rows[name]
            for name in ("signed_on", "period", "as_of")
            if name in rows and rows[name].notna().any()
        ),
        None,
    )
    for name in amounts:
        on = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[ns]") if time is None else time
        yuan = in_yuan(rows[name], rows[_CURRENCY_OF.get(name, "currency")], on, rates=rates)
        target = f"{name.removesuffix('_10k')}_cny_10k"
        frame = frame.assign(**{target: frame[target].where(~where, yuan["cny"].reindex(frame.index))})
        if name == "total_investment_10k":
            rate, basis = yuan["rate"].reindex(frame.index), yuan["basis"].reindex(frame.index)
            frame = frame.assign(
                fx_rate=frame["fx_rate"].where(~where, rate), fx_basis=frame["fx_basis"].where(~where, basis)
            )
    return frame
