"""What happens in the invented town: projects, their stages and their capital, month by month."""

from dataclasses import dataclass
from datetime import date

from meishan_stats.demo.facts import Contestant, Milestone, PlatformItem, Posting, Rate, Target, Visit

FIRST_YEAR = 2010
STAGES = (
    "lead", "negotiating", "signed", "registered", "approval",
    "landed", "started", "completed", "production", "capacity",
)  # fmt: skip
FIELDS = ("total_investment", "signed", "arrived_month", "arrived_ytd", "arrived_total")
CURRENCIES = ("CNY", "USD", "HKD")


@dataclass(frozen=True)
class Month:
    """One project in one month, under the name its lists give it that month.

    `arrived_10k` is missing until the project is signed.
    """

    period: date
    stage: str
    arrived_10k: float | None
    name: str


@dataclass(frozen=True)
class Project:
    """One project under its last name; amounts in 10 000 of its own currency (万), output and tax of yuan."""

    number: str
    name: str
    investor: str
    origin: str
    origin_level: str
    sector: str
    currency: str
    total_investment_10k: float
    total_is_approximate: bool
    signed_10k: float | None
    signed_on: date | None
    signed_precision: str | None
    fixed_asset_10k: float
    equipment_10k: float
    content: str
    land_mu: float | None
    plant_area_m2: float
    annual_output_10k: float
    annual_tax_10k: float
    n_jobs: int | None
    method: str
    station: str | None
    responsible: str
    planned_start_on: date
    milestones: tuple[Milestone, ...]
    arrived_before_10k: float
    first_month: int
    months: tuple[Month, ...]
    former_name: str | None = None
    is_vanished: bool = False

    def at(self, index: int) -> Month | None:
        """Month `index` counted from 0, or None where the lists of that month do not show the project."""
        place = index - self.first_month
        return self.months[place] if 0 <= place < len(self.months) else None

    def name_at(self, index: int) -> str:
        """Name that the lists of month `index` give the project."""
        month = self.at(index)
        return self.name if month is None else month.name

    def milestone(self, code: str) -> Milestone | None:
        """Milestone by its code, or None before the project is signed."""
        return next((milestone for milestone in self.milestones if milestone.milestone == code), None)


@dataclass(frozen=True)
class Truth:
    """All that happens; `correction` names the project and the month whose capital is negative."""

    seed: int
    periods: tuple[date, ...]
    projects: tuple[Project, ...]
    correction: tuple[str, date] | None
    targets: tuple[Target, ...] = ()
    visits: tuple[Visit, ...] = ()
    postings: tuple[Posting, ...] = ()
    contests: tuple[Contestant, ...] = ()
    platform: tuple[PlatformItem, ...] = ()
    rates: tuple[Rate, ...] = ()

    def shown(self, index: int) -> list[Project]:
        """Projects that the workbook of month `index` lists."""
        return [project for project in self.projects if project.at(index) is not None]

    def form(self, index: int) -> int:
        """Form (1 to 4) in use in month `index`: the forms share the months, one after the other."""
        return index * 4 // len(self.periods) + 1


def month_of(index: int) -> date:
    """First day of the month counted from January 2010.

    >>> month_of(0), month_of(-1)
    (datetime.date(2010, 1, 1), datetime.date(2009, 12, 1))
    """
    return date(FIRST_YEAR + index // 12, index % 12 + 1, 1)


def amount(project: Project, field: str, index: int) -> float | None:
    """What a sheet of month `index` can say of one of `FIELDS`, in 万 of the project's own currency."""
    if field == "total_investment":
        return project.total_investment_10k
    month = project.at(index)
    if month is None or month.arrived_10k is None:
        return None
    if field == "signed":
        return project.signed_10k
    past = [m for m in project.months if m.period <= month.period]
    if field == "arrived_month":
        return month.arrived_10k
    if field == "arrived_ytd":
        past = [m for m in past if m.period.year == month.period.year]
    before = project.arrived_before_10k if field == "arrived_total" else 0.0
    return round(before + sum(m.arrived_10k or 0.0 for m in past), 2)


def sums(projects: list[Project], field: str, index: int) -> dict[str, float]:
    """Sum of one of `FIELDS` by currency, yuan first; a currency without a known amount is left out."""
    found: dict[str, float] = {}
    for project in projects:
        value = amount(project, field, index)
        if value is not None:
            found[project.currency] = round(found.get(project.currency, 0.0) + value, 2)
    return {currency: found[currency] for currency in CURRENCIES if currency in found}
