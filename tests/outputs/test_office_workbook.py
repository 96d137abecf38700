"""The workbook that goes to an office: what its cells, formulas, charts and pages hold."""

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.errors import ChoiceError, DefinitionError, FolderError
from meishan_stats.outputs import styles
from meishan_stats.outputs.cells import put_text
from meishan_stats.outputs.office_definitions import office_sheets, shown_column
from meishan_stats.outputs.office_names import office_file_name
from meishan_stats.outputs.office_pages import break_pages
from meishan_stats.outputs.office_values import shown_value
from meishan_stats.outputs.office_workbook import office_workbook, write_office_workbook
from meishan_stats.problems import problem, problems_frame
from meishan_stats.schemas import TABLES, conform
from meishan_stats.statistics.activity import method_breakdown, visit_calendar
from meishan_stats.statistics.forecast import year_end_forecast
from meishan_stats.statistics.funding import funding_by_month
from meishan_stats.statistics.infrastructure import infrastructure_progress
from meishan_stats.statistics.land import land_efficiency
from meishan_stats.statistics.milestones import milestone_status, milestone_summary
from meishan_stats.statistics.negotiations import stale_negotiations
from meishan_stats.statistics.origins import origin_breakdown
from meishan_stats.statistics.pipeline import stage_stock
from meishan_stats.statistics.sectors import sector_breakdown
from meishan_stats.statistics.stations import station_performance
from meishan_stats.statistics.targets import target_attainment

Frames = dict[str, pd.DataFrame]
REAL, DEMO, EMPTY = "甲镇", "乙镇", "丙镇"
HOSTILE = '=HYPERLINK("http://evil.example","点我")'
MONTHS = pd.to_datetime(["2010-11-01", "2011-01-01", "2011-02-01", "2011-02-01"])


def offices() -> pd.DataFrame:
    return pd.DataFrame({
        "office": [REAL, DEMO, EMPTY], "name": [REAL, DEMO, EMPTY], "county": ["某县", "某县", None],
        "is_demo": [False, True, False], "as_of": pd.to_datetime(["2011-02-01", "2011-02-01", None]),
        "source": ["《某报》2011年 A&B", "虚构", None], "fx_basis": "annual_mean",
        "include_foreign": [False, True, False],
    })  # fmt: skip


def projects(office: str, *, is_demo: bool = False, prefix: str = "") -> pd.DataFrame:
    """Three signed projects, one of them without a signed amount, and one under negotiation."""
    return pd.DataFrame({
        "office": office, "is_demo": is_demo, "project_id": [f"{office}{n}" for n in range(4)],
        "name": [f"{prefix}光伏项目", f"{prefix}碳纤维项目", f"{prefix}{HOSTILE}", f"{prefix}纺机项目"],
        "investor": ["@投资方", "-1+2", None, "+86"],
        "sector": ["new_energy", "new_materials", "new_energy", "modern_textiles"],
        "stage": ["started", "signed", "signed", "negotiating"], "is_signed": [True, True, True, False],
        "signed_on": pd.to_datetime(["2010-10-01", "2011-01-15", "2011-01-01", None]),
        "signed_precision": ["quarter", "day", "year", None],
        "first_reported_on": pd.to_datetime(["2010-11-01", "2011-01-01", "2011-01-01", "2011-02-01"]),
        "as_of": pd.Timestamp("2011-02-01"), "origin": ["江苏苏州", "美国", "本县", "上海"],
        "origin_level": ["out_of_province", "overseas", "local", "out_of_province"],
        "method": ["full_time", "full_time", "merchant_referral", None], "station": ["苏州", "上海", "上海", None],
        "currency": ["CNY", "USD", "CNY", "CNY"], "total_investment_10k": [5000, 100, 800, 2000.5],
        "total_investment_cny_10k": [5000, 646.25, 800, 2000.5], "fx_rate": [1, 6.4625, 1, 1],
        "fx_basis": ["CNY", "annual_mean 2011, ECB", "CNY", "CNY"], "signed_10k": [4000, 100, None, None],
        "signed_cny_10k": [4000, 646.25, None, None], "fixed_asset_cny_10k": [3000, None, 600, None],
        "land_mu": [30, None, 12.5, None], "responsible": ["张三", None, "李四", None],
    })  # fmt: skip


def funding(office: str, *, is_demo: bool = False) -> pd.DataFrame:
    """100 in November 2010, 250.5 in January and 40 in February 2011, and one amount not known."""
    return pd.DataFrame({
        "office": office, "is_demo": is_demo, "project_id": [f"{office}{n}" for n in (0, 0, 1, 2)], "name": "项目",
        "period": MONTHS, "precision": "month", "kind": "arrived", "currency": "CNY", "is_derived": False,
        "amount_10k": [100, 250.5, 40, None], "amount_cny_10k": [100, 250.5, 40, None], "stated_as": "month",
    })  # fmt: skip


def milestones(office: str, *, is_demo: bool = False) -> pd.DataFrame:
    return pd.DataFrame({
        "office": office, "is_demo": is_demo, "project_id": f"{office}0", "name": "光伏项目",
        "milestone": ["signed", "completed", "production"], "planned_precision": "day", "actual_precision": ["day", None, None],
        "planned_on": pd.to_datetime(["2010-10-05", "2010-10-31", "2012-01-31"]),
        "actual_on": pd.to_datetime(["2010-10-01", None, None]),
    })  # fmt: skip


def others(office: str, *, is_demo: bool = False) -> Frames:
    base = {"office": office, "is_demo": is_demo}
    targets = {"year": 2011, "indicator": "到位资金", "issuer": "县", "amount_cny_10k": [6000.0]}
    visits = {
        "visited_on": pd.to_datetime(["2011-01-05", "2011-02-01"]), "visited_precision": ["day", "month"],
        "direction": ["made", "received"], "visitor": ["某公司", "某协会"], "n_visitors": [3, None],
    }  # fmt: skip
    recruiters = {"station": ["苏州"], "kind": "full_time", "n": [2.0]}
    works = {
        "item": ["道路", "管网"], "kind": ["道路", "管网"], "period": pd.Timestamp("2011-02-01"), "precision": "month",
        "amount_cny_10k": [500.0, 120.25], "is_planned": [True, False], "payer": ["public", "private"],
    }  # fmt: skip
    return {
        "targets": pd.DataFrame(base | targets), "visits": pd.DataFrame(base | visits),
        "recruiters": pd.DataFrame(base | recruiters), "infrastructure": pd.DataFrame(base | works),
    }  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Frames:
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    parts["offices"] = [offices()]
    for office, is_demo, prefix in ((REAL, False, ""), (DEMO, True, "乙镇独有")):
        parts["projects"].append(projects(office, is_demo=is_demo, prefix=prefix))
        parts["funding"].append(funding(office, is_demo=is_demo))
        parts["milestones"].append(milestones(office, is_demo=is_demo))
        for name, frame in others(office, is_demo=is_demo).items():
            parts[name].append(frame)
    frames = {
        name: conform(pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(), TABLES[name])
        for name, frames in parts.items()
        if name != "problems"
    }
    doubts = [
        problem("unmapped_column", office=REAL, source_file="a.xlsx", value="备注", header="备注", suggestion="x"),
        problem("unparseable_amount", office=REAL, source_file="a.xlsx", source_row=5, column=2, value="=若干", field="总投资"),
    ]  # fmt: skip
    return frames | {"problems": conform(problems_frame(doubts), TABLES["problems"])}


@pytest.fixture(scope="module")
def results(tables: Frames) -> Frames:
    p, f, o = tables["projects"], tables["funding"], tables["offices"]
    by_level = origin_breakdown(p, f, offices=o)
    nested = origin_breakdown(p, f, nested=True, offices=o)
    return {
        "sector_breakdown": sector_breakdown(p, f),
        "funding_by_month": funding_by_month(f, kind=None),
        "target_attainment": target_attainment(tables["targets"], f, p, offices=o),
        "year_end_forecast": year_end_forecast(f, method=None, projects=p),
        "stage_stock": stage_stock(p),
        "milestone_status": milestone_status(tables["milestones"], p),
        "milestone_summary": milestone_summary(tables["milestones"], p),
        "stale_negotiations": stale_negotiations(p, tables["stage_events"], tables["visits"]),
        "method_breakdown": method_breakdown(p, f),
        "station_performance": station_performance(tables["recruiters"], tables["visits"], p, f),
        "origin_breakdown": pd.concat([by_level, nested], ignore_index=True),
        "visit_calendar": visit_calendar(tables["visits"]),
        "land_efficiency": land_efficiency(p),
        "infrastructure_progress": infrastructure_progress(tables["infrastructure"], tables["targets"]),
    }


@pytest.fixture(scope="module")
def files(tables: Frames, results: Frames, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Workbook of every office, as written."""
    folder = tmp_path_factory.mktemp("offices")
    paths = {office: folder / office_file_name(office) for office in (REAL, DEMO, EMPTY)}
    for office, path in paths.items():
        write_office_workbook(path, tables, results, office)
    return paths


@pytest.fixture(scope="module")
def book(files: dict[str, Path]) -> Workbook:
    return load_workbook(files[REAL])


def table(sheet: Worksheet, heading: str) -> list[dict[str, Any]]:
    """Rows of a table by the headings of its columns, to the first blank row; headings without their units."""
    top = next(cell.row for cell in sheet["A"] if cell.value == heading) + 1
    names = [str(cell.value).split("\n")[0] for cell in sheet[top] if cell.value is not None]
    rows = []
    for row in sheet.iter_rows(min_row=top + 1, max_col=len(names)):
        if all(cell.value is None for cell in row):
            break
        rows.append({name: cell.value for name, cell in zip(names, row, strict=True)})
    return rows


def ledger(sheet: Worksheet) -> list[dict[str, Any]]:
    names = [str(cell.value).split("\n")[0] for cell in sheet[3]]
    return [dict(zip(names, (c.value for c in row), strict=True)) for row in sheet.iter_rows(min_row=4)]


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_the_sheets_stand_in_the_order_of_the_definitions_and_the_cover_leads_to_each(book: Workbook) -> None:
    assert book.sheetnames == [
        "封面", "产业分析", "资金进度", "项目台账", "推进情况", "节点清单", "招商渠道", "用地与基础设施", "数据问题",
    ]  # fmt: skip
    links = [cell.hyperlink for row in book["封面"].iter_rows() for cell in row if cell.hyperlink]
    assert [link.location for link in links] == [f"'{name}'!A1" for name in book.sheetnames[1:]]
    assert all(link.target is None for link in links)  # nothing leads out of the workbook


def test_the_cover_says_whose_figures_they_are_and_how_they_were_made(book: Workbook) -> None:
    said = {row[0].value: row[1].value for row in book["封面"].iter_rows(min_row=3, max_row=14)}
    assert said["填报单位"] == REAL and said["县（区）"] == "某县" and said["截至时间"] == "2011年2月"
    assert said["数据来源"] == "《某报》2011年 A&B" and said["汇率口径"] == "年平均"
    assert said["所用汇率"] == "美元 1 元 = 人民币 6.4625 元（2011 年平均 欧洲央行参考汇率）"
    assert "不含外资" in said["县外资金"] and said["项目"] == "4个" and said["数据问题"] == "错误1条、提示1条"


def test_a_row_by_sector_holds_the_values_of_the_result(book: Workbook, results: Frames) -> None:
    rows = [row for row in table(book["产业分析"], "各年度各产业情况") if isinstance(row["年度"], int)]
    expected = results["sector_breakdown"].query("office == @REAL").sort_values("year", kind="stable")
    assert len(rows) == len(expected) == 4
    for row, (_, result) in zip(rows, expected.iterrows(), strict=True):
        for heading, column in (
            ("年度", "year"), ("项目数", "n_projects"), ("签约金额", "signed_cny_10k"), ("到位资金", "arrived_cny_10k"),
            ("签约占比", "signed_share"), ("在谈投资额", "negotiating_cny_10k"),
        ):  # fmt: skip
            assert (row[heading] is None) == pd.isna(result[column])
            assert row[heading] is None or row[heading] == pytest.approx(result[column], rel=1e-12)


def test_a_missing_amount_is_blank_and_counted_and_never_zero(book: Workbook) -> None:
    rows = table(book["产业分析"], "各年度各产业情况")
    solar = next(row for row in rows if row["年度"] == 2011 and row["产业"] == "新能源")
    assert solar["签约金额"] is None and solar["签约额缺项"] == 1
    project = next(row for row in ledger(book["项目台账"]) if row["项目名称"] == HOSTILE)
    assert project["协议资金"] is None and project["到位资金累计"] is None
    notes = [cell.value for cell in book["项目台账"]["A"] if isinstance(cell.value, str)]
    assert (
        notes[-1]
        == "空白为未知，不计入合计：签约项目的协议资金缺1项、签约项目的到位资金缺1项、用地面积缺2项。"
    )


def test_the_months_of_two_years_stand_side_by_side(book: Workbook) -> None:
    rows = {row["月份"]: row for row in table(book["资金进度"], "逐月到位资金")}
    assert rows["11月"]["2010年当月"] == 100 and rows["11月"]["2011年当月"] is None
    assert rows["1月"]["2011年当月"] == 250.5 and rows["2月"]["2011年累计"] == 290.5
    assert rows["2月"]["2011年缺项"] == 1


def test_the_ledger_holds_every_project_with_its_own_currency_and_what_arrived(book: Workbook) -> None:
    rows = [row for row in ledger(book["项目台账"]) if isinstance(row["序号"], int)]
    assert [row["序号"] for row in rows] == [1, 2, 3, 4]
    carbon = next(row for row in rows if row["项目名称"] == "碳纤维项目")
    assert carbon["币种"] == "美元"
    names = [str(cell.value) for cell in book["项目台账"][3]]
    values = {
        name: cell.value for name, cell in zip(names, book["项目台账"][3 + carbon["序号"]], strict=True)
    }
    assert values["总投资\n（万，本币）"] == 100 and values["总投资\n（万元）"] == 646.25
    assert carbon["层级"] == "境外（含港澳台）" and carbon["阶段"] == "签约" and carbon["驻点"] == "上海"
    assert next(row for row in rows if row["项目名称"] == "光伏项目")["到位资金累计"] == 350.5


def test_a_date_shows_no_more_than_is_known(book: Workbook) -> None:
    sheet = book["项目台账"]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "签约日期")
    name = next(cell.column_letter for cell in sheet[3] if cell.value == "项目名称")
    cells = {sheet[f"{name}{row}"].value: sheet[f"{column}{row}"] for row in range(4, 8)}
    assert cells["光伏项目"].value == "2010年4季度"
    assert cells["碳纤维项目"].number_format == "yyyy-mm-dd"
    assert cells[HOSTILE].number_format == 'yyyy"年"'
    assert cells["纺机项目"].value is None


def test_every_sum_covers_exactly_the_rows_above_it(book: Workbook) -> None:
    sheet = book["产业分析"]
    first = next(cell.row for cell in sheet["A"] if cell.value == "年度") + 1
    by_label = {cell.value: cell.row for cell in sheet["A"] if isinstance(cell.value, str)}
    signed = next(cell.column_letter for cell in sheet[first - 1] if cell.value == "签约金额")
    of_2010, of_2011 = by_label["2010年小计"], by_label["2011年小计"]
    older, newer = f"{signed}{first}:{signed}{of_2010 - 1}", f"{signed}{of_2010 + 1}:{signed}{of_2011 - 1}"
    assert sheet[f"{signed}{of_2010}"].value == f'=IF(COUNT({older})=0,"",SUM({older}))'
    assert sheet[f"{signed}{of_2011}"].value == f'=IF(COUNT({newer})=0,"",SUM({newer}))'
    both = f"{older},{newer}"
    assert sheet[f"{signed}{of_2011 + 1}"].value == f'=IF(COUNT({both})=0,"",SUM({both}))'
    listed = book["项目台账"]
    amount = next(cell.column_letter for cell in listed[3] if cell.value == "总投资\n（万元）")
    assert listed[f"{amount}8"].value == f'=IF(COUNT({amount}4:{amount}7)=0,"",SUM({amount}4:{amount}7))'


def recalculated(libreoffice: str, path: Path, folder: Path) -> Workbook:
    """The workbook after LibreOffice has computed its formulas."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        libreoffice,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "out"),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return load_workbook(folder / "out" / path.name, data_only=True)


def test_another_program_computes_the_totals_of_the_results(
    libreoffice: str, tables: Frames, results: Frames, files: dict[str, Path], tmp_path: Path
) -> None:
    bare = tmp_path / "bare.xlsx"  # as openpyxl saves it: formulas without values
    office_workbook(tables, results, REAL).save(bare)
    computed, written = recalculated(libreoffice, bare, tmp_path), load_workbook(files[REAL], data_only=True)
    cells = formulas(load_workbook(files[REAL]))
    assert len(cells) > 40
    for sheet, cell in cells:
        one, other = computed[sheet][cell].value or None, written[sheet][cell].value or None
        assert one == pytest.approx(other, abs=0.005), (sheet, cell)
    mine = results["sector_breakdown"].query("office == @REAL")
    total = table(computed["产业分析"], "各年度各产业情况")[-2]
    assert total["年度"] == "合计" and total["项目数"] == 4
    assert total["签约金额"] == pytest.approx(4646.25, abs=0.005) == mine["signed_cny_10k"].sum()
    assert total["到位资金"] == pytest.approx(390.5, abs=0.005) == mine["arrived_cny_10k"].sum()
    assert total["在谈投资额"] == pytest.approx(2000.5)
    month = table(computed["资金进度"], "逐月到位资金")[-1]
    assert month["2010年当月"] == 100 and month["2011年当月"] == 290.5 and month["2011年缺项"] == 1
    across = table(computed["产业分析"], "各产业签约金额逐年对比")
    assert [row["合计"] for row in across] == [4000, 646.25, 4646.25]
    land = next(
        row for row in table(computed["用地与基础设施"], "各产业亩均效益") if row["产业"] == "已签约小计"
    )
    assert land["亩均投资"] == pytest.approx(3600 / 42.5)
    works = next(
        row for row in table(computed["用地与基础设施"], "各类基础设施") if row["类别"] == "2011年小计"
    )
    assert works["计划投入"] == 500 and works["完成投入"] == 120.25 and works["完成率"] == 120.25 / 500


def test_a_sum_of_nothing_is_blank(files: dict[str, Path]) -> None:
    rows = table(load_workbook(files[REAL], data_only=True)["产业分析"], "各年度各产业情况")
    of_2010 = next(row for row in rows if row["年度"] == "2010年小计")
    assert of_2010["在谈投资额"] in (None, "") and of_2010["签约金额"] == 4000


def test_the_same_frames_give_the_same_bytes(
    tables: Frames, results: Frames, files: dict[str, Path], tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    write_office_workbook(again, tables, results, REAL)
    assert again.read_bytes() == files[REAL].read_bytes()
    with zipfile.ZipFile(again) as file:
        assert b"2011-02-01T00:00:00Z" in file.read("docProps/core.xml")  # the office's date, no clock


def test_invented_figures_are_marked_on_every_sheet_and_in_every_chart(files: dict[str, Path]) -> None:
    for office, is_marked in ((DEMO, True), (REAL, False)):
        for sheet in load_workbook(files[office]):
            assert ("示例数据" in sheet["A1"].value) is is_marked, sheet.title
            assert (
                sheet["A1"].font.color is not None and sheet["A1"].font.color.rgb == "00C00000"
            ) is is_marked
            assert ("示例数据" in (sheet.oddHeader.center.text or "")) is is_marked
    with zipfile.ZipFile(files[DEMO]) as file:
        charts = [file.read(name).decode() for name in file.namelist() if "charts/chart" in name]
    assert charts and all("（示例数据）" in chart for chart in charts)


def test_nothing_of_another_office_is_in_the_file(files: dict[str, Path]) -> None:
    with zipfile.ZipFile(files[REAL]) as file:
        content = "".join(file.read(name).decode("utf-8") for name in file.namelist())
    assert "碳纤维项目" in content
    assert "乙镇" not in content and "示例" not in content


def test_an_office_without_any_data_says_so_on_every_sheet(files: dict[str, Path]) -> None:
    empty = load_workbook(files[EMPTY])
    for sheet in empty.worksheets[1:]:
        said = [
            cell.value
            for cell in sheet["A"]
            if isinstance(cell.value, str) and cell.value.startswith("无数据：")
        ]
        assert said, sheet.title
        assert sheet.auto_filter.ref is None and not sheet._charts
    assert "无数据：来源工作簿没有写明到位资金" in [cell.value for cell in empty["资金进度"]["A"]]
    assert formulas(empty) == {}
    assert empty["封面"]["B5"].value == "截止时间不详"


def test_text_that_looks_like_a_formula_stays_text(book: Workbook) -> None:
    found = {
        cell.value: cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        and cell.value.startswith(("=", "+", "-", "@"))
        and cell.data_type != "f"
    }
    assert {HOSTILE, "@投资方", "-1+2", "+86", "=若干"} <= set(found)
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in found.values())
    assert all(re.match(r"=IF\((COUNT|AND)\(", formula) for formula in formulas(book).values())


@example("\t=1+1")
@example("#REF!")
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_reads_back_as_it_was(said: str) -> None:
    book = Workbook()
    put_text(book.active["A1"], said)
    saved = io.BytesIO()
    book.save(saved)
    cell = load_workbook(saved).active["A1"]
    assert (cell.value or "") == said
    assert not said or cell.data_type == "s"


def test_text_like_an_escape_of_excel_is_written_so_that_excel_shows_it_as_it_was() -> None:
    cell = Workbook().active["A1"]
    put_text(cell, "型号_x0041_改")
    assert cell.value == "型号_x005F_x0041_改"  # Excel reads _x005F_ as the underscore


def test_lights_are_told_by_colour_and_by_word(book: Workbook) -> None:
    sheet = book["节点清单"]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "亮灯")
    assert [sheet[f"{column}{row}"].value for row in range(4, 7)] == ["绿灯", "红灯", "绿灯"]
    rules = {
        str(area.sqref): [rule.formula[0] for rule in area.rules] for area in sheet.conditional_formatting
    }
    assert rules == {f"{column}4:{column}6": ['"绿灯"', '"黄灯"', '"红灯"', '"移出项目库"']}


def test_the_gravest_doubts_come_first_with_what_to_do(book: Workbook) -> None:
    rows = ledger(book["数据问题"])
    assert [row["程度"] for row in rows] == ["错误", "提示"]
    assert rows[0]["问题"] == "金额无法识别" and rows[0]["单元格"] == "C5" and rows[0]["原值"] == "=若干"
    assert " / " not in rows[0]["怎么办"]


def test_lists_are_frozen_filtered_and_printed_with_their_header(book: Workbook) -> None:
    sheet = book["项目台账"]
    assert (
        sheet.freeze_panes == "C4" and sheet.print_title_rows == "$1:$3" and sheet.print_title_cols == "$A:$B"
    )
    assert range_boundaries(sheet.auto_filter.ref)[1::2] == (3, 7)  # header and rows, not the total
    for other in book:
        assert other.page_setup.orientation == "landscape" and other.page_setup.paperSize == 9
        assert other.sheet_properties.pageSetUpPr.fitToPage
        assert other.page_setup.fitToWidth == (2 if other is sheet else 1)
        assert "&P" in other.oddFooter.center.text
        assert "来源：《某报》2011年 A&&B" in other.oddFooter.left.text


def test_charts_have_titled_axes_and_draw_the_rows_of_their_table(files: dict[str, Path]) -> None:
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    book = load_workbook(files[REAL])
    n_charts = 0
    with zipfile.ZipFile(files[REAL]) as file:
        for name in (name for name in file.namelist() if name.startswith("xl/charts/chart")):
            chart = ElementTree.fromstring(file.read(name))
            n_charts += 1
            for axis in [*chart.iterfind(".//c:catAx", space), *chart.iterfind(".//c:valAx", space)]:
                is_hidden = axis.find("c:delete", space).attrib["val"] == "1"  # type: ignore[union-attr]
                assert is_hidden or "".join(axis.find("c:title", space).itertext()).strip()  # type: ignore[union-attr]
            assert not chart.findall(".//c:bar3DChart", space)
            for values in chart.iterfind(".//c:val/c:numRef", space):
                sheet, _, area = values.findtext("c:f", "", space).rpartition("!")
                cells = [cell for row in book[sheet.strip("'")][area.replace("$", "")] for cell in row]
                points = {
                    int(point.attrib["idx"]): float(point.findtext("c:v", "", space))
                    for point in values.iterfind(".//c:pt", space)
                }
                assert points == {n: cell.value for n, cell in enumerate(cells) if cell.value is not None}
    assert n_charts >= 9
    for sheet_name in ("产业分析", "资金进度", "推进情况", "招商渠道", "用地与基础设施"):
        assert book[sheet_name]._charts, sheet_name


def test_nothing_lies_under_a_chart(book: Workbook) -> None:
    for sheet in book:
        for chart in sheet._charts:
            first, left = chart.anchor._from.row + 1, chart.anchor.ext.height / 12_700
            row = first
            while left > 0:
                assert all(cell.value is None for cell in sheet[row]), (sheet.title, row)
                left -= sheet.row_dimensions[row].height
                row += 1


def test_a_chart_below_a_table_of_a_page_begins_a_page_of_its_own_on_wide_and_narrow_fonts() -> None:
    sheet = Workbook().active
    sheet.column_dimensions["A"].width = 100.0  # (7 * 100 + 5) * 0.75 = 529 points: nothing is scaled down
    for row in range(1, 46):
        sheet.row_dimensions[row].height = 18.0
    # 30 rows of 18 points are more than the 487 of a page, and less than a page of a third more.
    break_pages(sheet, [(3, 9), (34, 45)], 1)
    assert [one.id for one in sheet.row_breaks.brk] == [33]


def test_title_and_notes_of_a_sheet_two_pages_wide_stand_over_the_columns_both_pages_have(
    files: dict[str, Path],
) -> None:
    sheet = load_workbook(files[DEMO])["项目台账"]
    wide = [area for area in sheet.merged_cells.ranges if area.max_col > 2]
    assert sheet.print_title_cols == "$A:$B" and wide == []
    assert sheet["A1"].alignment.wrap_text or styles.title_lines(sheet["A1"].value, 34) == 1


def test_an_office_that_names_no_month_shows_the_year_of_its_reports_alone() -> None:
    record = {"first_reported_on": pd.Timestamp("2011-01-01"), "as_of": pd.NaT}
    columns = {
        column.name: column for sheet in office_sheets() for one in sheet.tables for column in one.columns
    }
    column = columns["first_reported_on"]
    assert shown_value(column, record)[1] == 'yyyy"年"'
    assert shown_value(column, record | {"as_of": pd.Timestamp("2011-03-01")})[1] == 'yyyy"年"m"月"'
    assert (
        shown_value(
            columns["last_progress_on"], {"last_progress_on": pd.Timestamp("2011-12-01"), "as_of": pd.NaT}
        )[0]
        == "2011年"
    )


def test_a_year_that_is_over_has_no_forecast(tables: Frames, results: Frames) -> None:
    over = results["year_end_forecast"].assign(n_months=12, year=2011)
    sheet = office_workbook(tables, results | {"year_end_forecast": over}, REAL)["资金进度"]
    assert "无数据：2011年已满12个月，无需预测" in [cell.value for cell in sheet["A"]]


def test_a_step_that_is_no_milestone_is_not_left_blank(tables: Frames, results: Frames) -> None:
    steps = results["milestone_status"].assign(milestone=None, step="图纸设计")
    sheet = office_workbook(tables, results | {"milestone_status": steps}, REAL)["节点清单"]
    assert {row["节点"] for row in ledger(sheet)} == {"其他步骤"}


def test_nothing_is_in_the_file_that_excel_would_repair(files: dict[str, Path]) -> None:
    for path in files.values():
        with zipfile.ZipFile(path) as file:
            assert len(set(file.namelist())) == len(file.namelist())
            for name in file.namelist():
                ElementTree.fromstring(file.read(name))
            names = re.findall(
                r'<definedName name="([^"]+)" localSheetId="(\d+)"', file.read("xl/workbook.xml").decode()
            )
        assert len(set(names)) == len(names)
        for sheet in load_workbook(path):
            assert len(sheet.title) <= 31 and not set(sheet.title) & set("[]:*?/\\")
            assert all(str(area.sqref) for area in sheet.conditional_formatting)
            merged = [set(area.cells) for area in sheet.merged_cells.ranges]
            assert sum(map(len, merged)) == len(set().union(*merged))
            footer = sheet.oddFooter
            assert sum(len(part.text or "") for part in (footer.left, footer.center, footer.right)) < 200


def test_numbers_fit_their_columns(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and "," in cell.number_format:
                    shown = f"{cell.value:,.2f}" if "." in cell.number_format else f"{cell.value:,.0f}"
                    assert len(shown) < sheet.column_dimensions[cell.column_letter].width, (
                        sheet.title,
                        shown,
                    )


def test_a_result_that_is_absent_is_named(tables: Frames, results: Frames) -> None:
    some = {name: frame for name, frame in results.items() if name not in ("stage_stock", "visit_calendar")}
    with pytest.raises(ChoiceError, match="stage_stock, visit_calendar"):
        office_workbook(tables, some, REAL)


def test_an_optional_result_may_be_absent(tables: Frames, results: Frames) -> None:
    some = {name: frame for name, frame in results.items() if name != "milestone_summary"}
    sheet = office_workbook(tables, some, REAL)["推进情况"]
    assert "节点完成情况汇总" not in [cell.value for cell in sheet["A"]]


def test_an_unknown_office_is_named_with_those_that_are_there(tables: Frames, results: Frames) -> None:
    with pytest.raises(ChoiceError, match="没有单位“丁镇”；有：甲镇、乙镇、丙镇"):
        office_workbook(tables, results, "丁镇")


def test_land_by_sector_is_that_of_the_statistic_even_from_rows_by_project(
    tables: Frames, results: Frames
) -> None:
    by_sector = results | {"land_efficiency": land_efficiency(tables["projects"], by="sector")}
    one, other = (
        table(office_workbook(tables, frames, REAL)["用地与基础设施"], "各产业亩均效益")
        for frames in (results, by_sector)
    )
    assert [row | {"亩均产值": None} for row in one] == [row | {"亩均产值": None} for row in other]


def test_a_file_that_cannot_be_replaced_is_named_and_nothing_is_left_behind(
    tables: Frames, results: Frames, tmp_path: Path
) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(FolderError, match=r"taken\.xlsx"):
        write_office_workbook(tmp_path / "taken.xlsx", tables, results, REAL)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.xlsx"]


def test_a_column_that_nothing_knows_is_named_with_its_line() -> None:
    row = dict.fromkeys(("heading", "kind", "codelist", "width", "total", "optional"), "")
    with pytest.raises(DefinitionError, match=r"office_columns\.csv 第 7 行：land_ha"):
        shown_column(row | {"column": "land_ha"}, "projects", 7)


def test_every_table_of_a_chart_or_column_is_on_a_sheet() -> None:
    shown = [table for sheet in office_sheets() for table in sheet.tables]
    assert len({table.name for table in shown}) == len(shown)
    assert all(table.columns and (table.if_empty or table.is_optional) for table in shown)
