"""What kind of values the column of a field holds, and which table it speaks for.

Fields are the left column of ``definitions/headers.csv``; here stands what a programmer knows of them.
"""

MONEY = frozenset({
    "total_investment", "signed_amount", "arrived", "fixed_asset", "equipment", "registered_capital",
    "completed_investment", "planned_investment", "item_amount", "payer_amount", "annual_output", "annual_tax",
})  # fmt: skip
AMOUNTS_OVER_TIME = frozenset({"arrived", "completed_investment", "fixed_asset"})
DATES = frozenset({
    "contact", "signed", "registered", "approval", "started", "completed", "production", "step_on", "step_at",
})  # fmt: skip
"""Planned or actual: ``step_on`` is of the step that a row tells, ``step_at`` of the step that a header names."""
PLAIN_DATES = frozenset({"arrived_on", "visited_on", "from_on", "to_on", "date", "build_span", "step_from"})
AREAS = frozenset({"land", "plant_area"})
WORK = frozenset({
    "station_days", "n_visits", "n_receptions", "n_leads", "n_excellent_leads", "n_leader_visits",
    "n_foreign_signed", "n_absences",
})  # fmt: skip
"""What a recruiter does in a month, counted."""
COUNTS = frozenset({"n_jobs", "n_projects", "n_visitors", "n_recruiters"}) | WORK
SHARES = frozenset({"rate", "score", "derived"})
INTEGERS = frozenset({"seq", "year", "month"})
PERSONAL = frozenset({"contact_person", "phone"})
CODES = frozenset({"project_code", "industry_code", "currency", "unit_of_measure"})
TARGET = frozenset({"target", "achieved", "rate_of_exchange", "rate_units"})
WORDS = frozenset({
    "stage", "sector", "subsector", "origin", "origin_level", "method", "investment_form", "is_key",
    "direction", "payer", "recruiter_kind", "item_kind", "region", "category",
    "rate_basis", "rate_source",
})  # fmt: skip
NAMES = frozenset({
    "name", "investor", "company", "station", "recruiter", "responsible", "town", "park", "indicator",
    "issuer", "assignee", "visitor", "visitor_person", "visit_origin", "place", "host", "recruiter_name",
    "item",
})  # fmt: skip
PROSE = frozenset({"content", "remark", "plan", "problem", "visit_content", "step", "step_in"})
REPEATABLE = frozenset({
    "remark", "target", "plan", "rate", "problem", "phone", "contact_person", "planned_investment", "host",
    "derived", "achieved", "payer_amount", "visit_content",
})  # fmt: skip
"""Several columns may bear these: texts, derived figures, targets of several issuers, shares of payers."""

OF_PROJECTS = frozenset({
    "seq", "year", "month", "currency", "unit_of_measure", "name", "project_code", "investor", "company", "content",
    "origin", "origin_level", "sector", "subsector", "industry_code", "method", "is_key", "stage", "station", "recruiter",
    "town", "park", "responsible", "total_investment", "signed_amount", "arrived", "completed_investment", "fixed_asset",
    "equipment", "annual_output", "annual_tax", "n_jobs", "signed", "registered", "approval", "started", "completed",
    "production", "step_at",
}) | AREAS  # fmt: skip
"""Fields that a project list has a place for in its own columns, its capital or its milestones."""

_KINDS = {
    "money": MONEY, "date": DATES | PLAIN_DATES, "area": AREAS, "count": COUNTS, "share": SHARES,
    "integer": INTEGERS, "personal": PERSONAL, "code": CODES, "target": TARGET, "word": WORDS,
    "name": NAMES, "prose": PROSE,
}  # fmt: skip
_KIND_OF = {field: kind for kind, fields in _KINDS.items() for field in fields}


FIELDS = frozenset(_KIND_OF)
"""Every field, without modifiers."""


def is_field(stem: str) -> bool:
    """True if the name is a field, without its modifier."""
    return stem in _KIND_OF


def kind_of(field: str) -> str:
    """Kind of values in a field's column.

    >>> kind_of("arrived.month"), kind_of("started.planned"), kind_of("investor")
    ('money', 'date', 'name')
    """
    return _KIND_OF[field.partition(".")[0]]
