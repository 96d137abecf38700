"""The report of one office: its notebooks run, their text, tables and figures on one page to hand on."""

from meishan_stats.outputs.report.findings import finding
from meishan_stats.outputs.report.tables import latest_year, office_named, office_tables
from meishan_stats.outputs.report.words import amount_text, printed, share_text

__all__ = ["amount_text", "finding", "latest_year", "office_named", "office_tables", "printed", "share_text"]
