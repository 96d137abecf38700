"""What makes Excel offer a repair: limits and references that other programs forgive."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@pytest.fixture(scope="module")
def files(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every workbook the project writes for people: those of both offices, and the form."""
    form = tmp_path_factory.mktemp("form") / "填报表.xlsx"
    subprocess.run(
        [sys.executable, "-m", "meishan_stats.template", str(form), "--office", "我镇"],
        env=os.environ | {"MEISHAN_STATS_HOME": str(built_project)}, check=True, timeout=300,
    )  # fmt: skip
    return [*sorted((built_project / "data" / "processed").glob("*.xlsx")), form]


@pytest.fixture(scope="module")
def sheets(files: list[Path]) -> list[Worksheet]:
    return [sheet for path in files for sheet in load_workbook(path)]


def test_there_is_a_workbook_of_each_office_and_a_form(files: list[Path]) -> None:
    assert [path.name for path in files] == [
        "招商引资统计_煤山镇.xlsx",
        "招商引资统计_示例镇.xlsx",
        "填报表.xlsx",
    ]


def test_every_part_is_there_once_is_xml_and_leads_to_parts_that_are_there(files: list[Path]) -> None:
    for path in files:
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
            assert len(names) == len(set(names))
            for name in names:
                root = ElementTree.fromstring(file.read(name))
                if not name.endswith(".rels"):
                    continue
                folder = Path(name).parent.parent
                for relation in root.iter(f"{RELATION}Relationship"):
                    target = relation.attrib["Target"]
                    if relation.attrib.get("TargetMode") == "External":
                        pytest.fail(f"{path.name}: {target}")
                    found = (
                        target.lstrip("/") if target.startswith("/") else os.path.normpath(folder / target)
                    )
                    assert str(found) in names, (path.name, name, target)


def test_sheets_have_names_that_excel_allows_and_merges_that_do_not_overlap(sheets: list[Worksheet]) -> None:
    for sheet in sheets:
        assert 0 < len(sheet.title) <= 31
        assert not set(sheet.title) & set("[]:*?/\\'")
        merged = [cell for area in sheet.merged_cells.ranges for cell in area.cells]
        assert len(merged) == len(set(merged)), sheet.title


def test_defined_names_name_cells_of_sheets_that_are_there(files: list[Path]) -> None:
    for path in files:
        with zipfile.ZipFile(path) as file:
            root = ElementTree.fromstring(file.read("xl/workbook.xml"))
        titles = [sheet.attrib["name"] for sheet in root.iter(f"{MAIN}sheet")]
        names = [
            (name.attrib["name"], name.attrib.get("localSheetId")) for name in root.iter(f"{MAIN}definedName")
        ]
        assert len(names) == len(set(names))
        for name in root.iter(f"{MAIN}definedName"):
            assert re.fullmatch(r"[A-Za-z_\u4e00-\u9fff][\w.]{0,254}", name.attrib["name"]), name.attrib
            assert "#REF!" not in (name.text or "#REF!")
            for title in re.findall(r"'([^']+)'!", name.text or ""):
                assert title in titles


def test_conditional_formats_have_formulas_and_lists_of_drop_downs_fit(sheets: list[Worksheet]) -> None:
    n_rules = n_lists = 0
    for sheet in sheets:
        priorities = [rule.priority for area in sheet.conditional_formatting for rule in area.rules]
        assert len(priorities) == len(set(priorities)), sheet.title
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                n_rules += 1
                assert rule.formula and all(0 < len(formula) <= 255 for formula in rule.formula)
                assert all(formula.count('"') % 2 == 0 for formula in rule.formula)
        for validation in sheet.data_validations.dataValidation:
            n_lists += validation.type == "list"
            assert len(validation.formula1 or "") <= 255, (sheet.title, validation.formula1)
            assert len(validation.promptTitle or "") <= 32 and len(validation.errorTitle or "") <= 32
            assert len(validation.prompt or "") <= 255 and len(validation.error or "") <= 225
    assert n_rules and n_lists


def test_charts_draw_cells_that_are_there(files: list[Path]) -> None:
    n_references = 0
    for path in files:
        book = load_workbook(path)
        with zipfile.ZipFile(path) as file:
            for name in (name for name in file.namelist() if name.startswith("xl/charts/chart")):
                for formula in ElementTree.fromstring(file.read(name)).iter(f"{CHART}f"):
                    n_references += 1
                    title, _, area = str(formula.text).rpartition("!")
                    sheet = book[title.strip("'")]
                    _, first, _, last = range_boundaries(area)
                    assert 1 <= first <= last <= sheet.max_row, (path.name, formula.text)
    assert n_references > 50


def test_texts_formulas_rows_and_columns_keep_the_limits(sheets: list[Worksheet]) -> None:
    for sheet in sheets:
        assert sheet.max_row <= 1_048_576 and sheet.max_column <= 16_384
        assert all(size.height is None or size.height <= 409 for size in sheet.row_dimensions.values())
        assert all(size.width <= 255 for size in sheet.column_dimensions.values())
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert len(cell.value) <= 8192 and cell.value.count("(") == cell.value.count(")")
                elif isinstance(cell.value, str):
                    assert len(cell.value) <= 32_767 and not re.search(r"[\x00-\x08\x0b-\x1f]", cell.value)
        for part in (sheet.oddHeader, sheet.oddFooter):
            assert sum(len(side.text or "") for side in (part.left, part.center, part.right)) <= 255
        # A list object and a filter of the sheet over the same cells are what Excel repairs most often.
        assert not (sheet.tables and sheet.auto_filter.ref)
