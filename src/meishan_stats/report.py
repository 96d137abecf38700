"""``python -m meishan_stats.report``: the notebooks of one office as one page to mail or print."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from meishan_stats.errors import ChoiceError, FolderError, MeishanStatsError

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class _Parser(argparse.ArgumentParser):
    """Parser whose errors are one line; the usage is what --help is for."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def _month(said: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", said):
        raise argparse.ArgumentTypeError("应为 YYYY-MM / a month is written YYYY-MM")
    return said


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Arguments of the command; ends with exit status 2 and one line where they are wrong."""
    parser = _Parser(
        prog="python -m meishan_stats.report",
        description="运行各笔记本，写成一个可以发送、打印的网页 / run the notebooks and write one page to mail or print",
    )
    parser.add_argument(
        "--office", required=True, metavar="NAME",
        help="单位名称，或其文件夹名 / name of the office, or of its folder",
    )  # fmt: skip
    parser.add_argument(
        "--month", type=_month, metavar="YYYY-MM",
        help="应有的报表月份；数据不在该月则不写 / refuse tables that are not as of this month",
    )  # fmt: skip
    parser.add_argument(
        "--processed", type=Path, metavar="DIR",
        help="build 写结果的文件夹 / folder that build wrote (data/processed)",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, metavar="DIR",
        help="报告写到的文件夹 / folder of the report (data/processed/reports)",
    )  # fmt: skip
    parser.add_argument("--pdf", action="store_true", help="另存为 PDF / print it to PDF as well")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="语言 / language (zh)")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status (0 written, 2 it cannot be)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = parse_arguments(argv)
    try:
        written = write_report(
            arguments.office,
            month=arguments.month,
            processed=arguments.processed,
            out=arguments.out,
            pdf=arguments.pdf,
            lang=arguments.lang,
        )
    except MeishanStatsError as error:
        print(f"python -m meishan_stats.report: {error}", file=sys.stderr)
        return 2
    print("\n".join(map(str, written)))
    return 0


def write_report(
    office: str,
    *,
    month: str | None = None,
    processed: Path | None = None,
    out: Path | None = None,
    pdf: bool = False,
    lang: str = "zh",
) -> list[Path]:
    """Write the report of one office; returns the files.

    The report is as of the office's last report: the tables are not cut at an earlier month, because
    what a project list said then is not what it says now. For an earlier month build a folder that
    holds the workbooks up to then.

    Raises
    ------
    ChoiceError
        There is no such office, or its tables are not as of the month.
    FolderError
        There are no tables, no notebooks, no browser, or a file cannot be written.
    """
    from meishan_stats.paths import processed_folder, project_home

    folder = (processed if processed is not None else processed_folder()).resolve()
    if not (folder / "offices.parquet").is_file():
        raise FolderError(
            f"{folder} 里没有表：先运行 python -m meishan_stats.build",
            f"no tables in {folder}: run python -m meishan_stats.build first",
        )
    try:
        from meishan_stats.outputs.report.notebooks import find_notebooks, run_notebooks
        from meishan_stats.outputs.report.page import month_of_report, report_page
        from meishan_stats.outputs.report.pdf import find_browser, print_pdf
        from meishan_stats.outputs.report.tables import office_tables
    except ImportError as error:
        raise FolderError(
            f"缺少 {error.name}：python -m pip install -e '.[notebooks]'",
            f"{error.name} is not installed: python -m pip install -e '.[notebooks]'",
        ) from error
    browser = find_browser() if pdf else ""
    paths = find_notebooks(project_home())
    tables = office_tables(office, folder)
    found = month_of_report(tables)
    if month is not None and month != found:
        raise _other_month(office, month, found)
    name = str(tables.offices["office"].iloc[0])
    parameters = {"office": name, "lang": lang, "processed": str(folder)}
    chapters = run_notebooks(paths, parameters, lambda path: print(path, flush=True))
    page = _place(out if out is not None else folder / "reports", name, found, lang)
    _write(page, report_page(tables, chapters, lang))
    if not pdf:
        return [page]
    print_pdf(page, page.with_suffix(".pdf"), browser)
    return [page, page.with_suffix(".pdf")]


def _other_month(office: str, month: str, found: str) -> ChoiceError:
    return ChoiceError(
        f"{office}的数据截至 {found or '未注明'}，不是 {month}：只放入 {month} 及以前的工作簿，重新运行 build",
        f"the tables are as of {found or 'no month'}, not {month}: build the workbooks up to {month} alone",
    )


def _place(folder: Path, office: str, month: str, lang: str) -> Path:
    from meishan_stats.outputs.report.words import text

    name = text("file", lang, office=office, month=month or text("no_month", lang))
    return folder / f"{_NOT_IN_FILE_NAMES.sub('_', name)}.html"


def _write(path: Path, page: str) -> None:
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(page, encoding="utf-8", newline="\n")
        new.replace(path)
    except OSError as error:
        raise FolderError(
            f"写不了 {path}：{error.strerror}（是否正被打开？）",
            f"cannot write {path}: {error.strerror} (is it open?)",
        ) from error


if __name__ == "__main__":
    sys.exit(main())
