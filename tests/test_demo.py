"""The demo town: what is drawn is consistent, and the workbooks say what was drawn.

The workbooks are read here with openpyxl and a few lines of this file only, so that neither the generator
nor the package's own reading is taken at its word.
"""

import json
import re
import subprocess
import sys
import tomllib
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.codelists import codes
from meishan_stats.demo import words
from meishan_stats.demo.__main__ import main
from meishan_stats.demo.draw import draw_truth
from meishan_stats.demo.spelling import in_hundred_millions, sums_in_words
from meishan_stats.demo.truth import STAGES, Month, Project, Truth, amount, month_of, sums
from meishan_stats.demo.workbooks import write_workbooks

SHIPPED = Path(__file__).parents[1] / "data" / "raw" / "demo"
SIGNED = STAGES.index("signed")
CURRENCY_OF_UNIT = {"万元": "CNY", "亿元": "CNY", "万美元": "USD", "万港元": "HKD"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The default town: its folder, and the truth as the JSON says it."""
    folder = tmp_path_factory.mktemp("demo")
    assert main([str(folder / "town"), "--truth", str(folder / "truth.json")]) == 0
    return folder / "town", json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def _plain_name(value: object) -> str:
    return unicodedata.normalize("NFKC", str(value))


def _money(value: object, currency: str) -> dict[str, float]:
    """Amounts of a cell by currency, zeros left out; the reading of this test, not of the package."""
    if value is None:
        return {}
    found: dict[str, float] = {}
    for part in _plain_name(value).replace(",", "").replace("约", "").split("、"):
        match = re.fullmatch(r"(-?[\d.]+)(.*)", part)
        if match is None:
            continue
        number, unit = float(match[1]), match[2]
        found[CURRENCY_OF_UNIT.get(unit, currency)] = number * 10_000 if unit == "亿元" else number
    return {key: round(number, 2) for key, number in found.items() if number}


def _add(parts: list[dict[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in parts:
        for currency, number in part.items():
            found[currency] = round(found.get(currency, 0.0) + number, 2)
    return {currency: number for currency, number in found.items() if number}


def _field(header: str) -> str | None:
    for word, field in (
        ("总投资", "total_investment"),
        ("历年", "arrived_total"),
        ("累计", "arrived_ytd"),
        ("本月", "arrived_month"),
        ("协议", "signed"),
        ("合同外资", "signed"),
    ):
        if word in header:
            return field
    return None


def _columns(sheet: Worksheet) -> tuple[int, dict[int, str]]:
    """First row below the header and the text of every column, groups spelled out."""
    row = next(row for row in range(1, 8) if sheet.cell(row, 1).value == "序号")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    depth = 2 if f"A{row}:A{row + 1}" in merged else 1
    headers, group = {}, ""
    for column in range(1, sheet.max_column + 1):
        group = str(sheet.cell(row, column).value or group)
        below = sheet.cell(row + 1, column).value if depth == 2 else None
        headers[column] = re.sub(r"\s", "", f"{group}{below or ''}")
    return row + depth, headers


def _rows(sheet: Worksheet, first: int) -> Iterator[tuple[int, str]]:
    """Rows and their kind: data, section, subtotal, total."""
    for row in range(first, sheet.max_row + 1):
        text = re.sub(r"\s", "", str(sheet.cell(row, 1).value or ""))
        kind = {"合计": "total", "小计": "subtotal"}.get(text)
        if kind or text.isdigit():
            yield row, kind or "data"
        elif re.match(r"[一二三四]、", text):
            yield row, "section"


def _tables(folder: Path, truth: dict[str, Any], title: str) -> Iterator[tuple[dict[str, Any], Worksheet]]:
    """Every sheet of one title with the record of its workbook."""
    for record in truth["workbooks"]:
        book = openpyxl.load_workbook(folder / record["file"])
        if title in book.sheetnames:
            yield record, book[title]


def _sheets(folder: Path, truth: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Worksheet]]:
    for record in truth["workbooks"]:
        book = openpyxl.load_workbook(folder / record["file"])
        assert book.sheetnames[:2] == ["项目清单", "资金进度"]
        assert book.sheetnames == record["sheets"]
        for sheet in book.worksheets[:2]:
            yield record, sheet


def _project(**changes: Any) -> Project:
    months = tuple(
        Month(date(year, month, 1), "started", arrived, "示例项目")
        for year, month, arrived in ((2010, 11, 100.0), (2010, 12, 50.5), (2011, 1, 20.0))
    )
    values: dict[str, Any] = {
        "number": "P001", "name": "示例项目", "investor": "示例公司", "origin": "上海市",
        "origin_level": "out_of_province", "sector": "other", "currency": "CNY",
        "total_investment_10k": 1000.0, "total_is_approximate": False, "signed_10k": 800.0,
        "signed_on": date(2010, 11, 1), "signed_precision": "month", "fixed_asset_10k": 600.0,
        "equipment_10k": 300.0, "content": "", "land_mu": None, "plant_area_m2": 0.0,
        "annual_output_10k": 0.0, "annual_tax_10k": 0.0, "n_jobs": None, "method": "", "station": None,
        "responsible": "", "planned_start_on": date(2010, 12, 1), "milestones": (), "arrived_before_10k": 30.0, "first_month": 10, "months": months,
    }  # fmt: skip
    return Project(**{**values, **changes})


def test_year_to_date_restarts_in_january_and_the_total_of_all_years_goes_on() -> None:
    project = _project()
    assert [amount(project, "arrived_ytd", i) for i in (10, 11, 12)] == [100.0, 150.5, 20.0]
    assert [amount(project, "arrived_total", i) for i in (10, 11, 12)] == [130.0, 180.5, 200.5]


def test_nothing_is_known_of_a_project_before_it_is_shown() -> None:
    assert amount(_project(), "signed", 9) is None


def test_currencies_are_never_added() -> None:
    projects = [_project(), _project(currency="USD", signed_10k=500.0), _project()]
    assert sums(projects, "signed", 12) == {"CNY": 1600.0, "USD": 500.0}
    assert sums_in_words(sums(projects, "signed", 12)) == "1600万元、500万美元"


def test_hundred_millions_are_exact() -> None:
    assert [in_hundred_millions(value) for value in (3600, 12000, 1)] == ["0.36亿元", "1.2亿元", "0.0001亿元"]


def _assert_possible(truth: Truth) -> None:
    order = {stage: place for place, stage in enumerate([*STAGES, "terminated"])}
    negative = []
    for project in truth.projects:
        places = [order[month.stage] for month in project.months]
        assert places == sorted(places)
        last = project.at(len(truth.periods) - 1)
        assert (last is None) == project.is_vanished
        assert last is None or last.period == truth.periods[-1]
        for i, month in enumerate(project.months, project.first_month):
            if month.stage != "terminated":
                assert (month.arrived_10k is not None) == (order[month.stage] >= SIGNED)
            ytd, total = amount(project, "arrived_ytd", i), amount(project, "arrived_total", i)
            if total is not None:
                assert (
                    0 <= (ytd or 0.0) <= total <= (project.signed_10k or 0.0) <= project.total_investment_10k
                )
            if (month.arrived_10k or 0.0) < 0:
                negative.append((project.name, month.period))
                assert project.currency == "CNY" and month.period.month > 1
        _assert_steps_possible(project, truth)
    assert negative == ([truth.correction] if truth.correction else [])
    assert len({project.name for project in truth.projects}) == len(truth.projects)
    for index in range(len(truth.periods)):
        shown = truth.shown(index)
        assert len({project.name_at(index) for project in shown}) == len(shown)


def _assert_steps_possible(project: Project, truth: Truth) -> None:
    """Steps happen one after the other, none after the month from which the lists say it is done."""
    order = {stage: place for place, stage in enumerate(STAGES)}
    assert bool(project.milestones) == (project.signed_10k is not None)
    before = date.min
    for step in project.milestones:
        if step.actual_on is None:
            assert step.known_from is None and step.actual_precision is None
            continue
        assert step.known_from is not None and step.known_from < len(truth.periods)
        assert step.actual_on < month_of(step.known_from + 1)
        month = project.at(step.known_from)
        if month is not None and step.milestone is not None:
            assert order[month.stage] >= order[step.milestone]
        assert step.actual_on.replace(day=1) >= before.replace(day=1)
        if step.actual_precision == "day":
            assert step.actual_on >= before
            before = step.actual_on
    if project.milestones:
        signing = project.milestones[0]
        assert (signing.milestone, signing.actual_on) == ("signed", project.signed_on)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 80), st.integers(0, 10_000))
def test_what_is_drawn_is_possible(months: int, projects: int, seed: int) -> None:
    truth = draw_truth(months, projects, seed)
    assert (len(truth.periods), len(truth.projects)) == (months, projects)
    assert truth.shown(0)
    _assert_possible(truth)


def test_the_default_town_has_all_that_makes_reading_hard() -> None:
    truth = draw_truth()
    _assert_possible(truth)
    assert truth.correction is not None
    assert {project.currency for project in truth.projects if project.signed_10k} == {"CNY", "USD", "HKD"}
    assert {project.sector for project in truth.projects} == set(words.SECTORS)
    assert {month.stage for project in truth.projects for month in project.months} == {*STAGES, "terminated"}
    assert any(project.total_is_approximate for project in truth.projects)
    assert any(project.arrived_before_10k for project in truth.projects)
    assert any("二期" in project.name for project in truth.projects)
    assert all("示例" in project.name and 10 <= len(project.name) <= 20 for project in truth.projects)


def test_the_default_town_has_names_that_change() -> None:
    truth = draw_truth()
    spellings = [list(dict.fromkeys(m.name for m in p.months)) for p in truth.projects if not p.former_name]
    assert sum(len(names) == 3 for names in spellings) == 2
    assert any(" " in name for names in spellings for name in names)
    (renamed,) = [project for project in truth.projects if project.former_name]
    assert [m.name for m in renamed.months].count(renamed.name) >= 4
    assert renamed.months[0].name == renamed.former_name
    assert any("（一期）" in project.name for project in truth.projects)
    (vanished,) = [project for project in truth.projects if project.is_vanished]
    assert vanished.months[-1].period < truth.periods[-3]
    assert {month.stage for month in vanished.months} <= {"lead", "negotiating"}


def test_the_default_town_keeps_and_misses_its_plans() -> None:
    steps = [step for project in draw_truth().projects for step in project.milestones if step.milestone]
    late = [step.actual_on > step.planned_on for step in steps if step.actual_on]
    assert 0.2 < sum(late) / len(late) < 0.8
    assert {step.milestone for step in steps} == {
        "signed", "registered", "approval", "started", "completed", "production",
    }  # fmt: skip


def test_sector_targets_add_up_and_the_town_asks_more_of_itself_than_the_county() -> None:
    targets = draw_truth().targets
    for year in (2010, 2011):
        whole = {}
        for issuer in ("县下达", "自加压力"):
            capital = [
                t for t in targets if (t.year, t.issuer, t.indicator) == (year, issuer, "利用县外资金")
            ]
            (whole[issuer],) = [t.amount_10k or 0.0 for t in capital if t.sector is None]
            assert whole[issuer] == sum(t.amount_10k or 0.0 for t in capital if t.sector)
        assert whole["县下达"] < whole["自加压力"]


def test_the_score_of_a_recruiter_is_the_sum_of_his_points() -> None:
    contests = draw_truth().contests
    assert len(contests) == 24 * 8
    first = [one for one in contests if one.period == date(2010, 9, 1)]
    most = max(one.n_visits for one in first)
    for one in first:
        assert one.points[0] == int(one.station_days / 20 * 100) / 10
        assert one.points[1] == int(one.n_visits * 100 / most) / 10
        assert one.points[7] == -10 * one.n_absences
        assert one.score == pytest.approx(sum(one.points))


def test_a_visit_speaks_of_a_project_by_its_name_of_that_month() -> None:
    truth = draw_truth()
    projects = {project.number: project for project in truth.projects}
    for index, period in enumerate(truth.periods):
        visits = [visit for visit in truth.visits if visit.on.replace(day=1) == period]
        assert 3 <= len(visits) <= 8
        for visit in visits:
            if visit.project_number:
                assert visit.project_name == projects[visit.project_number].name_at(index)
                assert projects[visit.project_number].at(index)


def test_the_rates_of_the_office_are_not_those_of_any_year() -> None:
    assert [(r.year, r.currency, r.rate) for r in draw_truth().rates] == [
        (2010, "USD", 6.60), (2010, "HKD", 0.85), (2011, "USD", 6.30), (2011, "HKD", 0.81),
    ]  # fmt: skip


def test_every_sheet_comes_in_its_months(town: tuple[Path, dict[str, Any]]) -> None:
    _, truth = town
    months: dict[str, list[str]] = {}
    for record in truth["workbooks"]:
        for title in record["sheets"]:
            months.setdefault(title, []).append(record["month"])
    years = (2010, 2011)
    quarters = [f"{year}-{month:02d}" for year in years for month in (3, 6, 9, 12)]
    assert {title: len(found) for title, found in months.items()} == {
        "项目清单": 24, "资金进度": 24, "来访出访台账": 24, "绩效比拼": 12, "目标任务": 2, "驻点安排": 2,
        "汇率": 2, "平台建设": 8, "倒排工期表": 8, "用地与效益": 4,
    }  # fmt: skip
    assert months["倒排工期表"] == months["平台建设"] == quarters
    assert months["目标任务"] == months["汇率"] == ["2010-01", "2011-01"]


def test_the_schedule_says_what_was_drawn(town: tuple[Path, dict[str, Any]]) -> None:
    projects = {project["number"]: project for project in town[1]["projects"]}
    for record, sheet in _tables(*town, "倒排工期表"):
        steps = [step for number in record["scheduled"] for step in projects[number]["milestones"]]
        index = (int(record["month"][:4]) - 2010) * 12 + int(record["month"][5:]) - 1
        texts = {step["step"] for step in steps}
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        written = [[cell for cell in row if cell is not None] for row in rows if texts & set(row)]
        assert len(written) == len(steps) > 0
        for row, step in zip(written, steps, strict=True):
            is_done = step["known_from"] is not None and step["known_from"] <= index
            place = row.index(step["step"])
            assert len(row) == place + (4 if is_done else 3)
            assert row[-1] == step["responsible"]
            for cell, when in zip(row[place + 1 :], ("planned", "actual")[: 1 + is_done], strict=False):
                assert _day(cell, step[f"{when}_precision"]) == step[f"{when}_on"]


def _day(cell: object, precision: str) -> str:
    """Date of a cell in ISO spelling; the reading of this test, not of the package."""
    numbers = [int(n) for n in re.findall(r"\d+", str(cell))[:3]]
    assert len(numbers) == (2 if precision == "month" else 3)
    return date(*[*numbers, 1][:3]).isoformat()


def test_the_remark_gives_the_former_name_for_three_months(town: tuple[Path, dict[str, Any]]) -> None:
    (project,) = [project for project in town[1]["projects"] if project["former_name"]]
    renamed_in = next(m["month"] for m in project["months"] if m["name"] == project["name"])
    months = [record["month"] for record in town[1]["workbooks"]]
    told = [
        record["month"]
        for record, sheet in _tables(*town, "资金进度")
        for row in sheet.iter_rows(values_only=True)
        if f"原名：{project['former_name']}" in row and project["name"] in row
    ]
    assert told == months[months.index(renamed_in) :][:3]


def test_stages_and_sectors_are_those_of_the_codelists() -> None:
    known = codes("stages")
    assert [stage for stage in known if stage in STAGES] == list(STAGES)
    assert "terminated" in known
    assert list(words.SECTORS) == codes("sectors")
    assert {origin.level for origin in words.HOME_ORIGINS} | {"overseas"} == set(codes("origin_levels"))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_workbooks(draw_truth(4, 12, 3), tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == 5
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_no_workbook_holds_the_time_of_writing(tmp_path: Path) -> None:
    (path,) = write_workbooks(draw_truth(1, 3, 3), tmp_path)
    with zipfile.ZipFile(path) as book:
        assert {entry.date_time for entry in book.infolist()} == {(2012, 1, 1, 0, 0, 0)}
        stamps = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", book.read("docProps/core.xml").decode())
    assert stamps == ["2012-01-01T00:00:00Z"] * 2


def test_another_seed_gives_another_town() -> None:
    one, two = draw_truth(seed=1), draw_truth(seed=2)
    assert {project.name for project in one.projects} != {project.name for project in two.projects}


def test_every_sheet_says_that_it_is_invented(town: tuple[Path, dict[str, Any]]) -> None:
    folder, truth = town
    n_checked = 0
    for record in truth["workbooks"]:
        for sheet in openpyxl.load_workbook(folder / record["file"]):
            texts = [
                str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
            ]
            assert any("示例数据" in text for text in texts)
            assert not any(re.search(r"\d{11}|\d{4}-\d{7}", text) for text in texts)
            n_checked += 1
    assert n_checked > 100


def test_every_project_of_a_month_is_listed_once(town: tuple[Path, dict[str, Any]]) -> None:
    folder, truth = town
    for record, sheet in _sheets(folder, truth):
        if sheet.title != "项目清单":
            continue
        first, _ = _columns(sheet)
        listed = [
            _plain_name(sheet.cell(row, 2).value) for row, kind in _rows(sheet, first) if kind == "data"
        ]
        shown = [
            _plain_name(month["name"])
            for project in truth["projects"]
            for month in project["months"]
            if month["month"] == record["month"]
        ]
        assert sorted(listed) == sorted(shown)


def test_every_stated_total_is_the_sum_of_its_rows(town: tuple[Path, dict[str, Any]]) -> None:
    n_checked = 0
    for record, sheet in _sheets(*town):
        first, headers = _columns(sheet)
        kinds = dict(_rows(sheet, first))
        data = [row for row, kind in kinds.items() if kind == "data"]
        totals = [row for row, kind in kinds.items() if kind != "data"]
        for column, header in headers.items():
            if _field(header) is None:
                continue
            currency = "USD" if "万美元" in header else "CNY"
            money = {row: _money(sheet.cell(row, column).value, currency) for row in kinds}
            for row in totals:
                if kinds[row] == "total":
                    covered = data
                elif kinds[row] == "subtotal":
                    section = max(r for r in totals if r < row and kinds[r] == "section")
                    covered = [r for r in data if section < r < row]
                elif sheet.cell(row, column).value is not None:
                    end = min([r for r in totals if r > row], default=sheet.max_row + 1)
                    covered = [r for r in data if row < r < end]
                else:
                    continue
                where = (record["file"], sheet.title, row, header)
                assert money[row] == _add([money[r] for r in covered]), where
                n_checked += 1
    assert n_checked > 200


def test_the_totals_stated_are_those_of_the_truth(town: tuple[Path, dict[str, Any]]) -> None:
    for record, sheet in _sheets(*town):
        first, headers = _columns(sheet)
        (row,) = [row for row, kind in _rows(sheet, first) if kind == "total"]
        stated: dict[str, list[dict[str, float]]] = {}
        for column, header in headers.items():
            field = _field(header)
            if field:
                currency = "USD" if "万美元" in header else "CNY"
                stated.setdefault(field, []).append(_money(sheet.cell(row, column).value, currency))
        assert stated
        for field, parts in stated.items():
            assert _add(parts) == _add([record["stated_totals_10k"][field]]), (record["file"], field)


def test_capital_of_the_year_on_the_sheets_is_the_sum_of_the_months_drawn(
    town: tuple[Path, dict[str, Any]],
) -> None:
    folder, truth = town
    projects = {
        (month["month"], _plain_name(month["name"])): project
        for project in truth["projects"]
        for month in project["months"]
    }
    n_checked = 0
    for record, sheet in _sheets(folder, truth):
        if sheet.title != "资金进度":
            continue
        first, headers = _columns(sheet)
        for row, kind in _rows(sheet, first):
            if kind != "data":
                continue
            project = projects[record["month"], _plain_name(sheet.cell(row, 2).value)]
            months = {month["month"]: month["arrived_10k"] for month in project["months"]}
            year = record["month"][:4]
            until = [v or 0.0 for m, v in months.items() if m[:4] == year and m <= record["month"]]
            expected = {project["currency"]: round(sum(until), 2)} if round(sum(until), 2) else {}
            columns = [c for c, header in headers.items() if _field(header) == "arrived_ytd"]
            money = [
                _money(sheet.cell(row, c).value, "USD" if "万美元" in headers[c] else "CNY") for c in columns
            ]
            assert _add(money) == expected, (record["file"], row)
            n_checked += 1
    assert n_checked > 500


def test_the_shipped_workbooks_are_those_of_the_default_seed(town: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = town
    assert sorted(p.name for p in SHIPPED.iterdir()) == sorted(p.name for p in folder.iterdir())
    for path in sorted(folder.glob("*.xlsx")):
        ours, shipped = openpyxl.load_workbook(path), openpyxl.load_workbook(SHIPPED / path.name)
        assert ours.sheetnames == shipped.sheetnames
        for sheet in ours:
            other = shipped[sheet.title]
            assert list(sheet.iter_rows(values_only=True)) == list(other.iter_rows(values_only=True))
            assert set(map(str, sheet.merged_cells.ranges)) == set(map(str, other.merged_cells.ranges))


def test_the_office_file_says_demo() -> None:
    office = tomllib.loads((SHIPPED / "office.toml").read_text(encoding="utf-8"))
    assert (office["name"], office["demo"], office["adcode"]) == ("示例镇", True, "330522")


@pytest.mark.parametrize("wrong", [["--months", "0"], ["--projects", "many"], ["--unknown", "1"]])
def test_a_wrong_argument_is_one_line_and_status_2(
    wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path), *wrong])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and wrong[0] in said


def test_a_folder_with_other_workbooks_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"")
    assert main([str(tmp_path), "--months", "1"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "old.xlsx" in said
    assert [path.name for path in tmp_path.iterdir()] == ["old.xlsx"]


def test_a_file_in_place_of_the_folder_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main([str(tmp_path / "file"), "--months", "1"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_help_does_not_wait_for_openpyxl() -> None:
    code = (
        "import sys\n"
        "from meishan_stats.demo.__main__ import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit:\n    sys.exit('openpyxl' in sys.modules or 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
