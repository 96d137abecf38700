"""Draw the figures of the README from the demo town: python docs/make_figures.py."""

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import meishan_stats as ms

HERE = Path(__file__).parent
tables = ms.load(HERE.parent / "data" / "raw" / "demo")
breakdown = ms.sector_breakdown(tables.projects, tables.funding)
axes = ms.charts.plot_sector_breakdown(breakdown, year=2011)
axes.figure.savefig(HERE / "sector_breakdown.png", dpi=120)
