"""Every notebook runs from top to bottom for both offices, and is kept short and without output."""

import ast
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PARAMETERS = {"office", "year", "lang", "processed"}
DRAWS = "ms.charts.plot_"

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def run(path: Path, **parameters: object) -> nbformat.NotebookNode:
    """The notebook after it ran with other parameters."""
    notebook = read(path)
    for cell in code_cells(notebook):
        if "parameters" in cell.metadata.get("tags", []):
            cell.source += "".join(f"\n{name} = {value!r}" for name, value in parameters.items())
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def outputs_of(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def words_of(notebook: nbformat.NotebookNode) -> str:
    """What the sentences of a notebook say."""
    return "\n".join(output.get("data", {}).get("text/markdown", "") for output in outputs_of(notebook))


def assert_every_figure_is_drawn_without_complaint(notebook: nbformat.NotebookNode) -> None:
    for cell in code_cells(notebook):
        pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        assert len(pictures) == (DRAWS in cell.source), cell.source
    assert not [output.text for output in outputs_of(notebook) if output.get("name") == "stderr"]


def assert_every_figure_is_followed_by_a_sentence(notebook: nbformat.NotebookNode) -> None:
    for cell in code_cells(notebook):
        kinds = [set(output.get("data", {})) for output in cell.outputs]
        if DRAWS in cell.source:
            assert "image/png" in kinds[0] and "text/markdown" in kinds[-1], cell.source
            assert cell.outputs[-1].data["text/markdown"].rstrip().endswith(("。", ".")), cell.source


def test_the_notebooks_are_numbered_without_a_gap() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{i:02}" for i in range(7)]


@every_notebook
def test_a_notebook_is_short_and_defines_no_functions(path: Path) -> None:
    notebook = read(path)
    assert len(notebook.cells) <= 15
    source = "\n".join(cell.source for cell in code_cells(notebook))
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, defined)]


@every_notebook
def test_a_notebook_is_kept_without_output(path: Path) -> None:
    for cell in code_cells(read(path)):
        assert cell.outputs == []
        assert cell.execution_count is None


@every_notebook
def test_a_notebook_names_office_year_and_language_in_its_parameters_cell(path: Path) -> None:
    tagged = [cell for cell in code_cells(read(path)) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    targets = [target for node in ast.parse(tagged[0].source).body for target in node.targets]  # type: ignore[attr-defined]
    assert {target.id for target in targets} == PARAMETERS


@pytest.fixture
def project(built_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The built project, where kernels find it too."""
    monkeypatch.setenv("MEISHAN_STATS_HOME", str(built_project))
    return built_project


@cache
def ran(path: Path, office: str, lang: str) -> nbformat.NotebookNode:
    return run(path, office=office, lang=lang)


# The report is made of the notebooks too: test_report runs them for 示例镇 in Chinese, for 煤山镇 in English.
@every_notebook
@pytest.mark.parametrize(("office", "lang"), [("示例镇", "en"), ("煤山镇", "zh")])
@pytest.mark.usefixtures("project")
def test_a_notebook_runs_for_every_office_and_language(path: Path, office: str, lang: str) -> None:
    notebook = ran(path, office, lang)
    assert_every_figure_is_drawn_without_complaint(notebook)
    assert_every_figure_is_followed_by_a_sentence(notebook)


@every_notebook
def test_a_notebook_runs_where_nothing_is_built_and_nothing_known(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "raw" / "空镇"
    folder.mkdir(parents=True)
    (folder / "通知.csv").write_text("关于召开会议的通知\n请各单位准时参加\n", encoding="utf-8")
    monkeypatch.setenv("MEISHAN_STATS_HOME", str(tmp_path))
    notebook = run(path, office="空镇")
    assert_every_figure_is_drawn_without_complaint(notebook)
    assert_every_figure_is_followed_by_a_sentence(notebook)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("01_overview", "来源中没有到位资金的数字"),
        ("02_sectors", "煤山镇共有项目 2 个，其中已签约 1 个、在谈 1 个"),
        ("03_funding", "2011年没有到位资金数据"),
        ("04_pipeline", "2个项目中，在谈（含线索）1个"),
        ("05_activity_and_origins", "项目最多的来源是国内省外，2 个，占 100.0%"),
        ("06_land_and_milestones", "没有节点计划的数据"),
    ],
)
@pytest.mark.usefixtures("project")
def test_what_the_article_on_meishan_says_and_does_not_say_is_told(name: str, said: str) -> None:
    assert said in words_of(ran(ROOT / "notebooks" / f"{name}.ipynb", "煤山镇", "zh"))


@every_notebook
def test_a_name_that_is_imported_is_used(path: Path) -> None:
    source = ast.parse("\n".join(cell.source for cell in code_cells(read(path))))
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(source)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert imported <= {node.id for node in ast.walk(source) if isinstance(node, ast.Name)}


@pytest.mark.usefixtures("project")
def test_another_year_may_be_asked_for() -> None:
    assert "2010年已知到位" in words_of(run(ROOT / "notebooks" / "03_funding.ipynb", year=2010))
