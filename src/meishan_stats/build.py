"""``python -m meishan_stats.build``: raw workbooks → processed tables."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meishan_stats.errors import MeishanStatsError

if TYPE_CHECKING:
    from rich.console import Console

    from meishan_stats.building.make import Begin
    from meishan_stats.result_set import Manifest


SEVERITY_LABELS = {"error": "错误\nerrors", "warning": "警告\nwarnings", "info": "提示\nnotes"}


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


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
        "--jobs", type=_count, metavar="N", help="同时读取的进程数 / worker processes (the cores)"
    )
    parser.add_argument(
        "--engine", choices=("local", "spark"), default="local",
        help="在本机还是在 Spark 集群上计算 / on this machine or on a Spark cluster (local)",
    )  # fmt: skip
    parser.add_argument(
        "--master", metavar="URL", help="Spark 主节点 / Spark master, such as spark://HOST:7077 (local[*])"
    )
    parser.add_argument("--force", action="store_true", help="全部重做 / make everything anew")
    parser.add_argument(
        "--no-workbooks", action="store_true", help="不写报送工作簿 / write no office workbooks"
    )
    parser.add_argument(
        "--strict", action="store_true", help="有错误时退出码为 1 / exit with 1 if there is an error"
    )
    parser.add_argument("--quiet", action="store_true", help="不显示进度和小结 / no progress, no summary")
    return parser.parse_args(argv)


def build_tables(
    raw: Path,
    out: Path,
    *,
    jobs: int | None = None,
    engine: str = "local",
    master: str | None = None,
    is_forced: bool = False,
    has_workbooks: bool = True,
    begin: "Begin | None" = None,
) -> "tuple[Manifest, bool]":
    """Build a raw folder into one complete set of results; returns its manifest, and whether it was there.

    Only what changed is read and computed anew. Whoever reads the folder meanwhile sees the old set.

    Parameters
    ----------
    raw, out : Path
        Folder of the offices' workbooks; folder of the results, made if need be.
    jobs : int, optional
        Worker processes; by default the cores of the machine.
    engine : "local" or "spark"
        Worker processes of this machine, or tasks of a Spark cluster; the results are the same.
    master : str, optional
        Address of the cluster; by default all cores of this machine.
    is_forced : bool
        Make everything anew, though nothing may have changed.
    has_workbooks : bool
        Write an office workbook (报送工作簿) for each office.
    begin : callable, optional
        Called with the number of workbooks to be read; returns what is called with the name of each.

    Raises
    ------
    FolderError, OfficeFileError
        The folders or an ``office.toml`` are wrong, another build is at work, or a file cannot be
        written; the results that were there stay.
    """
    from meishan_stats.building.lock import locked
    from meishan_stats.building.plan import current_manifest, plan
    from meishan_stats.result_set import recover

    planned = plan(raw, has_workbooks)
    with locked(out):
        recover(out)
        manifest = None if is_forced else current_manifest(out, planned)
        if manifest is not None:
            return manifest, True
        from meishan_stats.building.workers import prepare

        prepare("meishan_stats.building.tasks")
        from meishan_stats.building.make import Options, make_set

        options = Options(engine=engine, master=master, jobs=jobs, is_forced=is_forced)
        return make_set(planned, out, options, begin), False


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status (0 built, 1 errors with --strict, 2 wrong arguments)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = parse_arguments(argv)
    signal.signal(signal.SIGTERM, _end)
    try:
        return _build(arguments)
    except MeishanStatsError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断；原有结果不变 / interrupted; the results are as before", file=sys.stderr)
        return 130


def _end(number: int, frame: object) -> None:
    """End as after an error: workers are stopped, the lock is dropped, nothing is half done."""
    sys.exit(128 + number)


def _build(arguments: argparse.Namespace) -> int:
    from meishan_stats.paths import processed_folder, raw_folder

    raw = arguments.raw or raw_folder()
    out = arguments.out or processed_folder()
    with _ProgressBar(is_shown=not arguments.quiet) as progress:
        manifest, was_there = build_tables(
            raw.resolve(), out.resolve(), jobs=arguments.jobs, engine=arguments.engine, master=arguments.master,
            is_forced=arguments.force, has_workbooks=not arguments.no_workbooks, begin=progress.begin,
        )  # fmt: skip
    if not arguments.quiet:
        _print_summary(manifest, out, was_there)
    n_errors = sum(office["n_error"] for office in manifest["offices"])
    return 1 if arguments.strict and n_errors else 0


class _ProgressBar:
    """Progress bar on a terminal, from the first workbook on."""

    def __init__(self, is_shown: bool) -> None:
        self._is_shown = is_shown
        self._bar: Any = None

    def __enter__(self) -> "_ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, total: int) -> Callable[[str], None]:
        if not self._is_shown:
            return lambda name: None
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        self._bar = Progress(
            TextColumn("读取工作簿 reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"),
            transient=True,
        )  # fmt: skip
        task = self._bar.add_task("", total=total)
        self._bar.start()
        return lambda name: self._bar.update(task, advance=1, description=name)


def _print_summary(manifest: "Manifest", out: Path, was_there: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="小结 Summary")
    table.add_column("单位\noffice", overflow="fold")
    for heading in ("文件\nfiles", "表\nsheets", "行\nrows", "项目\nprojects", *SEVERITY_LABELS.values()):
        table.add_column(heading, justify="right", no_wrap=True)
    counts = (
        "n_files",
        "n_sheets",
        "n_rows",
        "n_projects",
        *(f"n_{severity}" for severity in SEVERITY_LABELS),
    )
    for office in manifest["offices"]:
        name = office["office"]
        label = f"{name}\n（示例数据 demo）" if office["is_demo"] else name
        table.add_row(label, *(str(office[count]) for count in counts))
    console = Console(soft_wrap=True)
    console.print(table)
    _print_conservation(manifest, console)
    if was_there:
        console.print("没有变化，结果照旧 / nothing has changed, the results stand")
    console.print(f"结果在 {out}；问题清单 problems.csv\nResults in {out}; doubts in problems.csv")
    for name in manifest["outputs"]:
        if name.endswith(".xlsx"):
            console.print(f"报送工作簿 workbook: {name}")


def _print_conservation(manifest: "Manifest", console: "Console") -> None:
    """Say what went in and what came out; a sheet that does not add up is named on stderr too."""
    n = {
        name: sum(office[name] for office in manifest["offices"])
        for name in ("n_rows", "n_rows_recorded", "n_amounts", "n_amounts_recorded")
    }
    console.print(
        f"核对 check: 数据行 rows {n['n_rows']} = 入表 recorded {n['n_rows_recorded']}"
        f" + 重复或列入问题 repeated or told {n['n_rows'] - n['n_rows_recorded']}；"
        f"金额 amounts {n['n_amounts']} = {n['n_amounts_recorded']} + {n['n_amounts'] - n['n_amounts_recorded']}"
    )
    for office in manifest["offices"]:
        for sheet in office["not_conserved"]:
            print(f"金额不守恒 amounts not conserved: {office['office']} {sheet}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
