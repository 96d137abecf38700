"""Units of measure: what "万元", "US$ million" or "公顷" make of the number beside them.

A unit is a scale word times a currency or measure (万 × 美元, million × yuan), so that a spelling nobody
has listed is read from its words. Currency words are edited in ``definitions/codelists/currencies.csv``.
"""

from meishan_stats.units.expressions import TEN_THOUSAND, Unit
from meishan_stats.units.notes import parse_unit, parse_unit_alternatives, strip_unit

__all__ = ["TEN_THOUSAND", "Unit", "parse_unit", "parse_unit_alternatives", "strip_unit"]
