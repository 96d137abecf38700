"""The page on large data is run as it stands."""

import re

import pandas as pd

import meishan_stats as ms
from building.small_offices import ROOT


def test_the_examples_of_larger_than_memory_run_on_what_build_wrote(raw, build, tmp_path, monkeypatch):
    page = (ROOT / "docs" / "large.md").read_text(encoding="utf-8")
    section = page.split("## Larger than memory")[1].split("\n## ")[0]
    code = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert len(code) == 1
    (tmp_path / "data").mkdir()
    assert build("--raw", raw, "--out", tmp_path / "data" / "processed").returncode == 0
    monkeypatch.chdir(tmp_path)
    said: dict[str, pd.DataFrame] = {}
    exec(code[0], said)  # what a reader of the page would type
    projects, funding = (ms.read_table(name, "data/processed") for name in ("projects", "funding"))
    pd.testing.assert_frame_equal(said["breakdown"], ms.sector_breakdown(projects, funding))
    order = ["office", "kind", "period"]
    on_duckdb, on_pandas = (
        table.sort_values(order).reset_index(drop=True)
        for table in (said["totals"], ms.funding_totals(funding))
    )
    pd.testing.assert_frame_equal(on_duckdb, on_pandas)
    assert on_pandas["amount_cny_10k"].sum() > 0
