"""What happens in the invented town: projects, their stages and their capital, month by month."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

FIRST_YEAR = 2010
STAGES = (
    "lead", "negotiating", "signed", "registered", "approval",
    "landed", "started", "completed", "production", "capacity",
)  # fmt: skip
FIELDS = ("total_investment", "signed", "arrived_month", "arrived_ytd", "arrived_total")
CURRENCIES = ("CNY", "USD", "HKD")


@dataclass(frozen=True)
class Month:
    """One project in one month; `arrived_10k` is missing until the project is signed."""

    period: date
    stage: str
    arrived_10k: float | None


@dataclass(frozen=True)
class Project:
    """One project; amounts in 10 000 of its own currency (万)."""

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
    method: str
    station: str | None
    responsible: str
    planned_start_on: date
    started_on: date | None
    arrived_before_10k: float
    first_month: int
    months: tuple[Month, ...]

    def at(self, index: int) -> Month | None:
        """Month `index` counted from 0, or None before the project is first shown."""
        place = index - self.first_month
        return self.months[place] if place >= 0 else None


@dataclass(frozen=True)
class Truth:
    """All that happens; `correction` names the project and the month whose capital is negative."""

    seed: int
    periods: tuple[date, ...]
    projects: tuple[Project, ...]
    correction: tuple[str, date] | None

    def shown(self, index: int) -> list[Project]:
        """Projects that the workbook of month `index` lists."""
        return [project for project in self.projects if project.first_month <= index]


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


def truth_record(truth: Truth, files: list[str]) -> dict[str, Any]:
    """Everything drawn as plain lists and dictionaries for JSON, with the totals each workbook states."""
    return {
        "about": "示例数据 / invented data: what the workbooks of 示例镇 were drawn from",
        "amounts": "万 (10 000) of the project's own currency; arrived_10k: of the month, null until signed",
        "total_is_approximate": "until it is signed the sheets write this project's total investment with 约",
        "signed_precision": "month: signed_on is the first day of the month that the sheets state",
        "stage_order": [*STAGES, "terminated"],
        "office": "示例镇",
        "seed": truth.seed,
        "correction": truth.correction
        and {"name": truth.correction[0], "month": f"{truth.correction[1]:%Y-%m}"},
        "projects": [_project_record(project) for project in truth.projects],
        "workbooks": [
            {
                "file": file,
                "month": f"{truth.periods[i]:%Y-%m}",
                "n_projects": len(truth.shown(i)),
                "stated_totals_10k": {field: sums(truth.shown(i), field, i) for field in FIELDS},
            }
            for i, file in enumerate(files)
        ],
    }


def _project_record(project: Project) -> dict[str, Any]:
    months = [
        {"month": f"{m.period:%Y-%m}", "stage": m.stage, "arrived_10k": m.arrived_10k} for m in project.months
    ]
    record = {**asdict(project), "first_month": months[0]["month"], "months": months}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in record.items()}
