"""Notebooks run for one office: what each cell shows, by chapter."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError

from meishan_stats.errors import FolderError, MeishanStatsError

TIMEOUT = 600
"""Seconds that one cell may take."""
MOST_AT_ONCE = 4
"""Notebooks that run at once: each takes some hundred megabytes."""
PARAMETERS = "parameters"
FOR_THE_USER = "remove-cell"
"""Tag of cells that speak to the user of a notebook and not to the reader of its report; Jupyter Book has it too."""
SHARP = "%config InlineBackend.figure_formats = ['retina']"
"""Figures of twice the points, so that they are sharp on paper."""


class NotebookError(MeishanStatsError):
    """A notebook stopped."""


@dataclass(frozen=True)
class Shown:
    """What a reader sees of one cell: Markdown, HTML, plain text or a PNG picture in base64."""

    kind: str
    content: str


@dataclass(frozen=True)
class Chapter:
    """One notebook that ran: its file name without the ending, and what it shows from top to bottom."""

    name: str
    shown: tuple[Shown, ...]


def find_notebooks(home: Path) -> list[Path]:
    """Notebooks of the project, in the order of their names.

    Raises
    ------
    FolderError
        The project has none: the package was installed without its copy of the project.
    """
    found = sorted((home / "notebooks").glob("*.ipynb"))
    if not found:
        raise FolderError(
            f"{home / 'notebooks'} 里没有笔记本：它们随项目的拷贝而来，不随安装的包",
            f"no notebooks in {home / 'notebooks'}: they come with the project's copy, not with the package",
        )
    return found


def run_notebook(path: Path, parameters: Mapping[str, object]) -> Chapter:
    """Run a notebook with other parameters; the file is left as it is.

    The parameters stand in a cell of their own after the cell tagged ``parameters``, as papermill does.

    Raises
    ------
    NotebookError
        A cell stopped, or Jupyter could not run the notebook.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = with_parameters(notebook.cells, parameters)
        client = NotebookClient(notebook, timeout=TIMEOUT, resources={"metadata": {"path": str(path.parent)}})
        # What a kernel says while it starts is no word to the reader of the report.
        client.execute(stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        raise _stopped(path, f"{error.ename}: {error.evalue}".splitlines()[0]) from error
    except (CellControlSignal, DeadKernelError, OSError, ValueError, RuntimeError) as error:
        raise _stopped(path, f"{type(error).__name__}: {error}".splitlines()[0]) from error
    return Chapter(path.stem, tuple(part for cell in notebook.cells for part in what_is_shown(cell)))


def run_notebooks(
    paths: Sequence[Path], parameters: Mapping[str, object], progress: Callable[[str], None] | None = None
) -> list[Chapter]:
    """Run notebooks, some at once; `progress` is called with the name of each when it begins."""
    with ThreadPoolExecutor(max_workers=min(MOST_AT_ONCE, os.cpu_count() or 1)) as pool:
        return list(pool.map(lambda path: _run(path, parameters, progress), paths))


def _run(path: Path, parameters: Mapping[str, object], progress: Callable[[str], None] | None) -> Chapter:
    if progress:
        progress(path.stem)
    return run_notebook(path, parameters)


def with_parameters(cells: Sequence[Any], parameters: Mapping[str, object]) -> list[Any]:
    """Cells with one more after the cell tagged ``parameters`` (else at the start) that sets parameters.

    >>> cells = [nbformat.v4.new_code_cell("office = '甲'", metadata={"tags": ["parameters"]})]
    >>> with_parameters(cells, {"office": "乙"})[1].source.splitlines()[-1]
    "office = '乙'"
    """
    places = [i for i, cell in enumerate(cells) if PARAMETERS in cell.metadata.get("tags", [])]
    place = places[0] + 1 if places else 0
    lines = [SHARP, *(f"{name} = {value!r}" for name, value in parameters.items())]
    return [*cells[:place], nbformat.v4.new_code_cell("\n".join(lines)), *cells[place:]]


def what_is_shown(cell: Any) -> list[Shown]:
    """Text and results of a cell: no code, nothing of stderr, of each result its richest form.

    A cell tagged ``remove-cell`` shows nothing.

    >>> what_is_shown(nbformat.v4.new_markdown_cell("# 总览"))
    [Shown(kind='markdown', content='# 总览')]
    """
    if FOR_THE_USER in cell.metadata.get("tags", []):
        return []
    if cell.cell_type == "markdown":
        return [Shown("markdown", cell.source)]
    if cell.cell_type != "code":
        return []
    return [shown for output in cell.outputs if (shown := _of_output(output))]


def _of_output(output: Any) -> Shown | None:
    if output.output_type == "stream":
        return Shown("text", output.text) if output.name == "stdout" else None
    data = output.get("data", {})
    for mime, kind in _KINDS:
        if mime in data:
            return Shown(kind, "".join(data[mime]))
    return None


_KINDS = (("image/png", "png"), ("text/markdown", "markdown"), ("text/html", "html"), ("text/plain", "text"))


def _stopped(path: Path, reason: str) -> NotebookError:
    return NotebookError(
        f"笔记本 {path.name} 没有运行完：{reason}（表是旧的就再运行一次 python -m meishan_stats.build）",
        f"notebook {path.name} stopped: {reason} (if the tables are old, run build again)",
    )
