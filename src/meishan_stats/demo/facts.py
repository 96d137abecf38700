"""What the town records beside its projects and their capital: one class a table."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Milestone:
    """One step of one project, as planned and as it happened.

    `milestone` is missing where the step is none of the milestones; a date known only to its month is the
    first day of it. From month `known_from` on (counted from 0, negative before the first workbook) the
    office tells that the step is done; it is missing where nothing is done by the last workbook.
    """

    milestone: str | None
    step: str
    planned_on: date
    planned_precision: str
    actual_on: date | None
    actual_precision: str | None
    known_from: int | None
    responsible: str


@dataclass(frozen=True)
class Target:
    """One target of one year: an amount, or a number of things."""

    year: int
    indicator: str
    issuer: str
    sector: str | None
    amount_10k: float | None
    n: int | None
    growth_percent: float


@dataclass(frozen=True)
class Visit:
    """One visit; `precision` is ten_days or month where the day was not noted, `on` the first such day."""

    on: date
    precision: str
    n_days: int
    direction: str
    visitor: str
    origin: str
    host: str
    n_visitors: int | None
    project_number: str | None
    project_name: str | None


@dataclass(frozen=True)
class Posting:
    """Who is stationed where, of what kind, and from when to when."""

    year: int
    station: str
    kind: str
    names: tuple[str, ...]
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Contestant:
    """What one recruiter did in one month, the points of each count but the absences, and their sum."""

    period: date
    station: str
    name: str
    station_days: float
    n_visits: int
    n_receptions: int
    n_leads: int
    n_excellent_leads: int
    n_leader_visits: int
    n_foreign_signed: int
    n_absences: int
    points: tuple[float, ...]
    score: float


@dataclass(frozen=True)
class PlatformItem:
    """One item of infrastructure in one quarter; `period` is the last month of the quarter."""

    period: date
    item: str
    kind: str
    payer: str
    planned_10k: float
    completed_10k: float | None
    land_mu: float | None


@dataclass(frozen=True)
class Rate:
    """The office's own rate of one year: yuan for one unit of the currency."""

    year: int
    currency: str
    rate: float
