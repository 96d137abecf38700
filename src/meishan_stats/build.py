"""``python -m meishan_stats.build``: raw workbooks → processed tables."""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meishan_stats.errors import MeishanStatsError

if TYPE_CHECKING:
    import pandas as pd

    from meishan_stats.loading import Tables


SEVERITY_LABELS = {"error": "错误\nerrors", "warning": "警告\nwarnings", "info": "提示\nnotes"}


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Arguments of the command; argparse ends with exit status 2 where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m meishan_stats.build",
        description="读取各单位的工作簿，生成处理后的表 / read the offices' workbooks, write the processed tables",
    )
    parser.add_argument(
        "--raw", type=Path, metavar="DIR", help="工作簿所在文件夹 / folder of workbooks (data/raw)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="结果文件夹 / folder of results (data/processed)"
    )
    parser.add_argument(
        "--strict", action="store_true", help="有错误时退出码为 1 / exit with 1 if there is an error"
    )
    parser.add_argument("--quiet", action="store_true", help="不显示进度和小结 / no progress, no summary")
    return parser.parse_args(argv)


def build_frames(
    raw: Path, progress: Callable[[str], None] | None = None
) -> "tuple[Tables, dict[str, pd.DataFrame]]":
    """Every table, and every statistic that needs no choice of the analyst, by name.

    Raises
    ------
    FolderError, OfficeFileError
        See ``load``.
    """
    from meishan_stats.loading import load
    from meishan_stats.results import every_result

    tables = load(raw, progress=progress)
    return tables, every_result(tables)


def write_tables(frames: "dict[str, pd.DataFrame]", out: Path) -> None:
    """Write every frame as Parquet and CSV into a folder, which is made if need be.

    Raises
    ------
    FolderError
        The folder or a file cannot be written.
    """
    from meishan_stats.errors import FolderError
    from meishan_stats.tables import write_table

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(
            f"建不了文件夹 {out}：{error.strerror}", f"cannot make {out}: {error.strerror}"
        ) from error
    for name, frame in frames.items():
        write_table(frame, name, out)


def write_workbooks(tables: "Tables", results: "dict[str, pd.DataFrame]", out: Path) -> list[Path]:
    """Write one workbook an office, for filing and printing; invented data never mixes with real.

    Raises
    ------
    FolderError
        A workbook cannot be written: it is open, or the folder is read-only.
    """
    from meishan_stats.outputs.office_workbook import office_file_name, write_office_workbook
    from meishan_stats.results import office_results

    shown = office_results(tables, results)
    paths = []
    for office in tables.offices["office"]:
        path = out / office_file_name(office)
        write_office_workbook(path, tables, shown, office)
        paths.append(path)
    return paths


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status (0 built, 1 errors with --strict, 2 wrong arguments)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = parse_arguments(argv)
    try:
        return _build(arguments)
    except MeishanStatsError as error:
        print(error, file=sys.stderr)
        return 2


def _build(arguments: argparse.Namespace) -> int:
    from meishan_stats.paths import processed_folder, raw_folder

    raw = arguments.raw or raw_folder()
    out = arguments.out or processed_folder()
    with nullcontext() if arguments.quiet else _progress_bar(raw) as advance:
        tables, results = build_frames(raw, advance)
    frames = {**dict(tables.items()), **results}
    write_tables(frames, out)
    workbooks = write_workbooks(tables, results, out)
    if not arguments.quiet:
        _print_summary(frames, out, workbooks)
    n_errors = int((frames["problems"]["severity"] == "error").sum())
    return 1 if arguments.strict and n_errors else 0


class _progress_bar:
    """Progress bar on a terminal; called with the name of each file."""

    def __init__(self, raw: Path) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        from meishan_stats.offices import find_offices

        total = sum(len(office.files) for office in find_offices(raw))
        self._progress = Progress(
            TextColumn("读取工作簿 reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"),
            transient=True,
        )  # fmt: skip
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> Callable[[str], None]:
        self._progress.start()
        return self._advance

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def _advance(self, name: str) -> None:
        self._progress.update(self._task, advance=1, description=name)


def _print_summary(frames: "dict[str, pd.DataFrame]", out: Path, workbooks: Sequence[Path]) -> None:
    from rich.console import Console
    from rich.table import Table

    offices, sources, problems = frames["offices"], frames["sources"], frames["problems"]
    table = Table(title="小结 Summary")
    table.add_column("单位\noffice", overflow="fold")
    for heading in ("文件\nfiles", "表\nsheets", "行\nrows", "项目\nprojects", *SEVERITY_LABELS.values()):
        table.add_column(heading, justify="right", no_wrap=True)
    for office, is_demo in zip(offices["office"], offices["is_demo"], strict=True):
        mine = sources[sources["office"] == office]
        severities = problems.loc[problems["office"] == office, "severity"].value_counts()
        cells: list[Any] = [
            f"{office}\n（示例数据 demo）" if is_demo else office,
            mine["source_file"].nunique(),
            mine["source_sheet"].notna().sum(),
            mine["n_rows"].sum(),
            (frames["projects"]["office"] == office).sum(),
            *(severities.get(severity, 0) for severity in SEVERITY_LABELS),
        ]
        table.add_row(*map(str, cells))
    console = Console(soft_wrap=True)
    console.print(table)
    console.print(f"结果在 {out}；问题清单 problems.csv\nResults in {out}; doubts in problems.csv")
    for path in workbooks:
        console.print(f"报送工作簿 workbook: {path.name}")


if __name__ == "__main__":
    sys.exit(main())
