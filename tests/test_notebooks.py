"""Every notebook runs from top to bottom for both offices, and is kept short and without output."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
OFFICES = ("示例镇", "煤山镇")

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


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
def test_a_notebook_names_office_and_language_in_its_parameters_cell(path: Path) -> None:
    tagged = [cell for cell in code_cells(read(path)) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    targets = [target for node in ast.parse(tagged[0].source).body for target in node.targets]  # type: ignore[attr-defined]
    assert {target.id for target in targets} >= {"office", "lang"}


@every_notebook
@pytest.mark.parametrize("office", OFFICES)
def test_a_notebook_runs_for_every_office(path: Path, office: str) -> None:
    notebook = read(path)
    for cell in code_cells(notebook):
        if "parameters" in cell.metadata.get("tags", []):
            cell.source += f"\noffice = {office!r}"
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    complaints = [output.text for output in outputs if output.get("name") == "stderr"]
    n_charts = sum(cell.source.count("ms.charts.plot_") for cell in code_cells(notebook))
    assert len(pictures) == n_charts
    assert not complaints
