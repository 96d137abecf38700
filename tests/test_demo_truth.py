"""What is read of the demo town against what its generator meant, which knows nothing of the reading.

Names are compared without spaces and width: one form of the demo writes brackets half as wide. A project
that is spelled in several ways, or renamed, is one project under the name that is written last.
"""

from pathlib import Path

import pandas as pd
import pytest

import meishan_stats as ms
from meishan_stats.demo.draw import draw_truth
from meishan_stats.demo.record import truth_record
from meishan_stats.demo.truth import Truth
from meishan_stats.demo.workbooks import write_workbooks
from meishan_stats.values.text import match_key

DEMO = Path(__file__).parents[1] / "data" / "raw" / "demo"


@pytest.fixture(scope="module")
def truth() -> Truth:
    return draw_truth()


@pytest.fixture(scope="module")
def tables() -> ms.Tables:
    return ms.load(DEMO)


def by_name(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(key=frame["name"].map(match_key)).set_index("key")


def test_every_project_is_one_project(truth, tables):
    assert sorted(by_name(tables.projects).index) == sorted(
        match_key(project.name) for project in truth.projects
    )


@pytest.mark.parametrize(
    "field", ["sector", "currency", "total_investment_10k", "signed_10k", "land_mu", "origin_level"]
)
def test_every_project_has_what_was_meant(truth, tables, field):
    read = by_name(tables.projects)[field]
    meant = pd.Series({match_key(project.name): getattr(project, field) for project in truth.projects})
    wrong = {
        key: (value, read[key])
        for key, value in meant.items()
        if not (pd.isna(value) and pd.isna(read[key])) and value != read[key]
    }
    assert wrong == {}


def test_every_signing_date_is_read_with_its_precision(truth, tables):
    read = by_name(tables.projects)
    wrong = {
        project.name: (project.signed_on, row["signed_on"], row["signed_precision"])
        for project in truth.projects
        if project.signed_on
        and (row := read.loc[match_key(project.name)]) is not None
        and (
            row["signed_precision"] not in ("day", "month")
            or row["signed_on"].strftime("%Y-%m") != project.signed_on.strftime("%Y-%m")
        )
    }
    assert wrong == {}


def test_every_stage_of_every_month_is_read(truth, tables):
    reports = tables.project_reports[tables.project_reports["stage_stated"].notna()]
    read = {
        (match_key(row["name"]), row["period"].date()): row["stage"] for row in reports.to_dict("records")
    }
    meant = {(match_key(m.name), m.period): m.stage for p in truth.projects for m in p.months}
    assert {key: (stage, read.get(key)) for key, stage in meant.items() if stage != read.get(key)} == {}


def test_every_month_of_capital_is_read_to_the_cent(truth, tables):
    funding = tables.funding[tables.funding["kind"] == "arrived"]
    dated = funding[funding["period"].notna() & (funding["precision"] == "month")]
    read = by_name(dated).groupby(["key", "period"])["amount_10k"].sum().round(2)
    meant = {
        (match_key(p.name), pd.Timestamp(m.period)): round(m.arrived_10k, 2)
        for p in truth.projects
        for m in p.months
        if m.arrived_10k
    }
    assert {
        k: (v, read.get(k)) for k, v in meant.items() if read.get(k) is None or abs(read[k] - v) > 0.005
    } == {}
    assert {k: v for k, v in read.items() if abs(v) > 0.005 and k not in meant} == {}


def test_capital_of_the_years_before_is_kept_without_a_date(truth, tables):
    undated = tables.funding[tables.funding["period"].isna()]
    read = by_name(undated).groupby("key")["amount_10k"].sum().round(2)
    # Only the forms with a column 历年累计 state it; what is read there is what was meant.
    meant = {match_key(p.name): p.arrived_before_10k for p in truth.projects if p.arrived_before_10k}
    assert set(read.index) <= set(meant)
    assert {k: (v, meant[k]) for k, v in read.items() if abs(v - meant[k]) > 0.005} == {}


def test_the_one_correction_is_a_negative_month_with_one_problem(truth, tables):
    name, month = truth.correction
    negative = tables.funding[tables.funding["amount_10k"] < 0]
    assert [(match_key(r["name"]), r["period"].date()) for r in negative.to_dict("records")] == [
        (match_key(name), month)
    ]
    assert (tables.problems["code"] == "cumulative_decrease").sum() == 1


def test_every_stated_total_reconciles(tables):
    assert len(tables.stated_totals) > 500
    assert tables.stated_totals["agrees"].all()


def test_every_cell_is_accounted_for(truth, tables):
    counts = tables.sources[
        ["n_title", "n_unit", "n_header", "n_section", "n_data", "n_total", "n_remark", "n_ignored"]
    ]
    assert (counts.sum(axis=1) == tables.sources["n_cells"]).all()
    files = [f"{index}" for index in range(len(truth.periods))]
    assert (
        len(tables.sources) == sum(len(w["sheets"]) for w in truth_record(truth, files)["workbooks"]) == 110
    )


def test_no_error_and_no_more_than_one_warning_a_workbook_is_raised(tables):
    assert "error" not in set(tables.problems["severity"])
    approximate = {"approximate_amount"}  # the generator writes 约3000 on purpose
    warnings = tables.problems[
        (tables.problems["severity"] == "warning") & ~tables.problems["code"].isin(approximate)
    ]
    assert len(warnings) <= 24


def test_everything_is_marked_as_demo_data(tables):
    assert tables.offices["is_demo"].all()
    assert tables.projects["is_demo"].all()
    assert tables.funding["is_demo"].all()


@pytest.mark.parametrize("seed", [1, 2011])
def test_another_town_is_read_as_well(tmp_path, seed):
    other = draw_truth(months=14, projects=25, seed=seed)
    write_workbooks(other, tmp_path)
    tables = ms.load(tmp_path)
    assert sorted(by_name(tables.projects).index) == sorted(
        match_key(project.name) for project in other.projects
    )
    meant = {match_key(p.name): round(sum(m.arrived_10k or 0 for m in p.months), 2) for p in other.projects}
    funding = tables.funding[tables.funding["period"].notna()]
    read = by_name(funding).groupby("key")["amount_10k"].sum().round(2)
    assert {k: (v, read.get(k, 0.0)) for k, v in meant.items() if abs(read.get(k, 0.0) - v) > 0.005} == {}
    assert tables.stated_totals["agrees"].all()
