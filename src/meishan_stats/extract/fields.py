"""What kind of values the column of a field holds, and which table it speaks for.

Fields are the left column of ``definitions/headers.csv``; here stands what a programmer knows of them.
"""

MONEY = frozenset({
    "total_investment", "signed_amount", "arrived", "fixed_asset", "equipment", "registered_capital",
    "completed_investment", "planned_investment", "item_amount", "annual_output", "annual_tax",
})  # fmt: skip
AMOUNTS_OVER_TIME = frozenset({"arrived", "completed_investment", "fixed_asset"})
DATES = frozenset({"contact", "signed", "registered", "approval", "started", "completed", "production"})
PLAIN_DATES = frozenset({"arrived_on", "visited_on", "from_on", "to_on", "date", "build_span"})
AREAS = frozenset({"land", "plant_area"})
COUNTS = frozenset({"n_jobs", "n_projects", "n_visitors", "n_recruiters", "lead_time"})
SHARES = frozenset({"rate"})
INTEGERS = frozenset({"seq", "year", "month"})
PERSONAL = frozenset({"contact_person", "phone"})
CODES = frozenset({"project_code", "industry_code", "currency", "unit_of_measure"})
TARGET = frozenset({"target", "rate_of_exchange"})
WORDS = frozenset({
    "stage", "sector", "subsector", "origin", "origin_level", "method", "investment_form", "is_key",
    "direction", "payer", "recruiter_kind", "item_kind", "region", "category",
})  # fmt: skip
NAMES = frozenset({
    "name", "investor", "company", "station", "recruiter", "responsible", "town", "park", "indicator",
    "issuer", "assignee", "visitor", "visit_origin", "host", "recruiter_name", "item",
})  # fmt: skip
PROSE = frozenset({"content", "remark", "plan", "problem", "visit_content"})
REPEATABLE = frozenset(
    {"remark", "target", "plan", "rate", "problem", "phone", "contact_person", "planned_investment"}
)
"""Several columns may bear these; none of them is a figure of the tables."""

_KINDS = {
    "money": MONEY, "date": DATES | PLAIN_DATES, "area": AREAS, "count": COUNTS, "share": SHARES,
    "integer": INTEGERS, "personal": PERSONAL, "code": CODES, "target": TARGET, "word": WORDS,
    "name": NAMES, "prose": PROSE,
}  # fmt: skip
_KIND_OF = {field: kind for kind, fields in _KINDS.items() for field in fields}


def is_field(stem: str) -> bool:
    """True if the name is a field, without its modifier."""
    return stem in _KIND_OF


def kind_of(field: str) -> str:
    """Kind of values in a field's column.

    >>> kind_of("arrived.month"), kind_of("started.planned"), kind_of("investor")
    ('money', 'date', 'name')
    """
    return _KIND_OF[field.partition(".")[0]]
