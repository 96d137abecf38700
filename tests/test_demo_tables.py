"""The tables beside projects and capital, as read of the demo town, against what its generator meant.

Every row and every value is compared, for the town that is shipped and for another. Texts are compared
without spaces and width, since one form of the demo writes brackets half as wide.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import meishan_stats as ms
from meishan_stats.demo.contests import FIELDS
from meishan_stats.demo.draw import draw_truth
from meishan_stats.demo.facts import Milestone
from meishan_stats.demo.parts import signed
from meishan_stats.demo.timetable import CONTEST_FORMS, estimated, pen_of, scheduled
from meishan_stats.demo.truth import Project, Truth
from meishan_stats.demo.words import PAYERS
from meishan_stats.demo.workbooks import write_workbooks
from meishan_stats.values.text import match_key

DEMO = Path(__file__).parents[1] / "data" / "raw" / "demo"
Town = tuple[Truth, ms.Tables]


@pytest.fixture(scope="module", params=["the shipped town", "another town"])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Town:
    if request.param == "the shipped town":
        return draw_truth(), ms.load(DEMO)
    truth = draw_truth(months=16, projects=25, seed=11)
    folder = tmp_path_factory.mktemp("another")
    write_workbooks(truth, folder)
    return truth, ms.load(folder)


def plain(value: Any) -> Any:
    """Value that compares: text by its key, dates as dates, numbers to a cent of their unit, missing as None."""
    if isinstance(value, str):
        return match_key(value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, date | bool):
        return value
    return round(float(value), 2)


def rows_of(frame: pd.DataFrame, columns: Iterable[str]) -> Counter[tuple[Any, ...]]:
    """Rows of some columns and how often each stands in the table."""
    return Counter(tuple(map(plain, row)) for row in frame[list(columns)].itertuples(index=False, name=None))


def rows_meant(rows: Iterable[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(map(plain, row)) for row in rows)


def assert_same(read: Counter[tuple[Any, ...]], meant: Counter[tuple[Any, ...]]) -> None:
    assert meant
    assert {"missing": list((meant - read).elements()), "too many": list((read - meant).elements())} == {
        "missing": [],
        "too many": [],
    }


def ids(tables: ms.Tables) -> dict[str, str]:
    return {
        project_id: match_key(name)
        for project_id, name in zip(tables.projects["project_id"], tables.projects["name"], strict=True)
    }


def forms(truth: Truth) -> list[int]:
    return [truth.form(index) for index in range(len(truth.periods))]


def test_every_target_is_read_and_no_percentage_is_one(town: Town) -> None:
    truth, tables = town
    meant = [(t.year, t.indicator, t.issuer, t.sector, t.amount_10k, t.n) for t in truth.targets]
    columns = ["year", "indicator", "issuer", "sector", "amount_cny_10k", "n"]
    assert_same(rows_of(tables.targets, columns), rows_meant(meant))


def test_every_visit_is_read(town: Town) -> None:
    truth, tables = town
    meant = [
        (v.on, v.precision, v.direction, v.visitor, v.origin, v.host, v.n_visitors) for v in truth.visits
    ]
    columns = ["visited_on", "visited_precision", "direction", "visitor", "origin", "host", "n_visitors"]
    assert_same(rows_of(tables.visits, columns), rows_meant(meant))


def test_a_visit_that_speaks_of_a_project_is_tied_to_it(town: Town) -> None:
    truth, tables = town
    last_names = {project.number: project.name for project in truth.projects}
    meant = [(v.on, v.visitor, v.project_name, last_names.get(v.project_number or "")) for v in truth.visits]
    visits = tables.visits.assign(tied=tables.visits["project_id"].map(ids(tables)))
    columns = ["visited_on", "visitor", "project_name", "tied"]
    assert_same(rows_of(visits, columns), rows_meant(meant))


def test_every_posting_is_read(town: Town) -> None:
    truth, tables = town
    meant = [
        (p.station, p.kind, "、".join(p.names), len(p.names), p.from_on, p.to_on) for p in truth.postings
    ]
    postings = tables.recruiters[tables.recruiters["period"].isna()]
    assert_same(rows_of(postings, ["station", "kind", "name", "n", "from_on", "to_on"]), rows_meant(meant))


def test_every_month_of_work_of_every_recruiter_is_read_without_the_points_beside_it(town: Town) -> None:
    truth, tables = town
    written = {
        period for period, form in zip(truth.periods, forms(truth), strict=True) if form in CONTEST_FORMS
    }
    meant = [
        (one.period, "month", one.station, one.name, *(getattr(one, field) for field in FIELDS), one.score)
        for one in truth.contests
        if one.period in written
    ]
    work = tables.recruiters[tables.recruiters["period"].notna()]
    columns = ["period", "period_precision", "station", "name", *FIELDS, "score"]
    assert_same(rows_of(work, columns), rows_meant(meant))


def test_every_item_of_infrastructure_is_read_as_planned_and_as_completed(town: Town) -> None:
    truth, tables = town
    meant = [
        (item.item, item.kind, item.period, "quarter", amount, is_planned, item.payer, PAYERS[item.payer],
         item.land_mu)
        for item in truth.platform
        for amount, is_planned in ((item.planned_10k, True), (item.completed_10k, False))
        if amount is not None
    ]  # fmt: skip
    columns = [
        "item", "kind", "period", "precision", "amount_cny_10k", "is_planned", "payer", "payer_stated", "land_mu",
    ]  # fmt: skip
    assert_same(rows_of(tables.infrastructure, columns), rows_meant(meant))


def test_every_rate_of_the_office_is_read(town: Town) -> None:
    truth, tables = town
    meant = [(r.currency, date(r.year, 1, 1), "year", r.rate, "annual_mean") for r in truth.rates]
    columns = ["currency", "period", "precision", "rate", "basis"]
    assert_same(rows_of(tables.fx_rates, columns), rows_meant(meant))


def test_amounts_in_foreign_currency_become_yuan_at_the_rates_of_the_office(town: Town) -> None:
    truth, tables = town
    reports = tables.project_reports
    foreign = reports[reports["currency"].isin(["USD", "HKD"]) & reports["total_investment_10k"].notna()]
    # Projects signed before the first year the office gives rates for are converted at other rates.
    own_years = foreign[~(foreign["signed_on"] < pd.Timestamp(truth.periods[0]))]
    rates = {
        currency: {rate.rate for rate in truth.rates if rate.currency == currency}
        for currency in ("USD", "HKD")
    }
    assert len(own_years)
    for report in own_years.to_dict("records"):
        assert report["fx_rate"] in rates[report["currency"]]
        assert report["total_investment_cny_10k"] == pytest.approx(
            report["total_investment_10k"] * report["fx_rate"]
        )


def stated_steps(truth: Truth) -> dict[tuple[str, str], dict[str, Any]]:
    """What the sheets say of every step by the last workbook, by the last name of the project and the step."""
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def say(project: Project, step: Milestone, index: int, *what: str) -> None:
        of_step = found.setdefault((project.name, step.milestone or step.step), {})
        if "planned" in what:
            of_step |= {"planned_on": step.planned_on, "planned_precision": step.planned_precision}
        if "actual" in what and step.known_from is not None and step.known_from <= index:
            of_step |= {"actual_on": step.actual_on, "actual_precision": step.actual_precision}
        if "responsible" in what:
            of_step["responsible"] = step.responsible

    for index, form in enumerate(forms(truth)):
        for project in signed(truth.shown(index), pen_of(truth, index)):
            steps = {step.milestone: step for step in project.milestones}
            say(project, steps["signed"], index, "actual", *(("responsible",) if form <= 2 else ()))
            if form in {3, 4}:
                say(project, steps["started" if form == 3 else "completed"], index, "planned", "actual")
        for project in scheduled(truth, index):
            for step in project.milestones:
                say(project, step, index, "planned", "actual", "responsible")
    return found


def read_steps(tables: ms.Tables) -> dict[tuple[str, str], dict[str, Any]]:
    names = ids(tables)
    return {
        (
            names[row["project_id"]],
            match_key(row["milestone"] if isinstance(row["milestone"], str) else row["step"]),
        ): row
        for row in tables.milestones.to_dict("records")
    }


def test_every_step_has_a_row_and_no_row_stands_twice(town: Town) -> None:
    truth, tables = town
    read = read_steps(tables)
    assert len(read) == len(tables.milestones)
    assert set(read) == {(match_key(name), match_key(step)) for name, step in stated_steps(truth)}


@pytest.mark.parametrize("when", ["planned", "actual"])
def test_every_step_has_the_dates_that_were_written(town: Town, when: str) -> None:
    truth, tables = town
    read, wrong, n = read_steps(tables), {}, 0
    for (name, step), stated in stated_steps(truth).items():
        row = read.get((match_key(name), match_key(step)), {})
        for column in (f"{when}_on", f"{when}_precision"):
            n += stated.get(column) is not None
            if plain(row.get(column)) != plain(stated.get(column)):
                wrong[name, step, column] = (stated.get(column), row.get(column))
    assert wrong == {}
    assert n > 100


def test_every_step_has_the_person_who_is_written_beside_it(town: Town) -> None:
    truth, tables = town
    read = read_steps(tables)
    meant = {
        key: stated["responsible"] for key, stated in stated_steps(truth).items() if "responsible" in stated
    }
    assert {
        key: (person, read.get((match_key(key[0]), match_key(key[1])), {}).get("responsible"))
        for key, person in meant.items()
        if read.get((match_key(key[0]), match_key(key[1])), {}).get("responsible") != person
    } == {}


def test_land_plant_output_tax_and_jobs_are_read_where_a_sheet_tells_them(town: Town) -> None:
    truth, tables = town
    told = {p.number for index in range(len(truth.periods)) for p in estimated(truth, index)}
    columns = ["plant_area_m2", "annual_output_10k", "annual_tax_10k", "n_jobs"]
    meant = [
        (p.name, p.land_mu, *(getattr(p, column) if p.number in told else None for column in columns))
        for p in truth.projects
    ]
    assert 0 < len(told) < len(truth.projects)
    assert_same(rows_of(tables.projects, ["name", "land_mu", *columns]), rows_meant(meant))


def test_a_project_in_several_spellings_or_renamed_is_one_and_phases_are_two(town: Town) -> None:
    truth, tables = town
    several = [p for p in truth.projects if len({month.name for month in p.months}) > 1]
    phases = [p for p in truth.projects if p.name.endswith(("（一期）", "（二期）"))]
    read = Counter(ids(tables).values())
    every = {match_key(month.name) for p in several for month in p.months}
    assert {name: read[name] for name in every if read[name]} == {match_key(p.name): 1 for p in several}
    assert {match_key(p.name): read[match_key(p.name)] for p in phases} == {
        match_key(p.name): 1 for p in phases
    }
    assert len(several) >= 2 and len(phases) >= 2


def test_the_history_of_a_renamed_project_goes_on_under_its_new_name(town: Town) -> None:
    truth, tables = town
    names = ids(tables)
    for project in truth.projects:
        if len({month.name for month in project.months}) == 1:
            continue
        (row,) = tables.projects[tables.projects["name"].map(match_key) == match_key(project.name)].to_dict(
            "records"
        )
        assert row["first_reported_on"].date() == project.months[0].period
        events = tables.stage_events[tables.stage_events["project_id"].map(names) == match_key(project.name)]
        first = {month.stage: month.period for month in reversed(project.months)}
        assert {
            stage: on.date() for stage, on in zip(events["stage"], events["seen_on"], strict=True)
        } == first


def test_the_one_project_that_vanishes_is_told_of_and_keeps_its_last_month(town: Town) -> None:
    truth, tables = town
    (vanished,) = [project for project in truth.projects if project.is_vanished]
    doubts = tables.problems[tables.problems["code"] == "vanished_project"]
    assert doubts["value"].map(match_key).tolist() == [match_key(vanished.name)]
    (row,) = tables.projects[tables.projects["name"].map(match_key) == match_key(vanished.name)].to_dict(
        "records"
    )
    assert row["as_of"].date() == vanished.months[-1].period
    assert row["stage"] == vanished.months[-1].stage


def test_only_the_projects_are_projects(town: Town) -> None:
    truth, tables = town
    assert_same(rows_of(tables.projects, ["name"]), rows_meant((project.name,) for project in truth.projects))
