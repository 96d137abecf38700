"""``python -m meishan_stats.template``: the workbook that an office fills in."""

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from meishan_stats.errors import FolderError, MeishanStatsError

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Years that the dates of the entry workbook allow."""
LONGEST_OFFICE = 40


class _Parser(argparse.ArgumentParser):
    """Parser whose errors are one line; the usage is what --help is for."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def _between(low: int, high: int) -> "type[int]":
    def whole(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(
                f"应为 {low} 至 {high} 的整数 / a whole number from {low} to {high}"
            )
        return int(text)

    return whole  # type: ignore[return-value]


def _office(text: str) -> str:
    """Name of an office without spaces around it; a title has one line."""
    name = text.strip()
    if len(name) > LONGEST_OFFICE or not name.isprintable():
        raise argparse.ArgumentTypeError(
            f"应为一行文字，不超过 {LONGEST_OFFICE} 个字 / one line of at most {LONGEST_OFFICE} characters"
        )
    return name


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Arguments of the command; ends with exit status 2 and one line where they are wrong."""
    parser = _Parser(
        prog="python -m meishan_stats.template",
        description="生成填报模板（带下拉列表和填写提示的工作簿） / write the workbook that an office fills in",
    )
    parser.add_argument("out", type=Path, metavar="OUT.xlsx", help="要写的文件 / file to write")
    parser.add_argument(
        "--office",
        type=_office,
        default="",
        metavar="NAME",
        help="填报单位，写进标题 / office, for the titles",
    )
    parser.add_argument(
        "--year", type=_between(FIRST_YEAR, LAST_YEAR), metavar="YYYY",
        help="数据的年份（默认今年） / year of the figures (this year)",
    )  # fmt: skip
    parser.add_argument(
        "--month", type=_between(1, 12), metavar="M",
        help="数据的月份（默认本月） / month of the figures (this month)",
    )  # fmt: skip
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status (0 written, 2 wrong arguments or the file is there)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = parse_arguments(argv)
    today = dt.date.today()
    year, month = arguments.year or today.year, arguments.month or today.month
    try:
        _check_path(arguments.out)
        # After the checks, so that --help and a wrong path do not wait for pandas.
        from meishan_stats.outputs.entry_workbook import write_entry_workbook

        write_entry_workbook(arguments.out, arguments.office, year, month)
    except MeishanStatsError as error:
        print(f"python -m meishan_stats.template: {error}", file=sys.stderr)
        return 2
    print(
        f"{arguments.out}：{arguments.office}{year}年{month}月填报模板 / entry workbook of {year}-{month:02}"
    )
    return 0


def _check_path(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise FolderError(f"{out}：文件名应以 .xlsx 结尾", f"{out}: the name must end in .xlsx")
    if not out.parent.is_dir():
        raise FolderError(f"没有文件夹 {out.parent}：请先建好", f"no folder {out.parent}: make it first")


if __name__ == "__main__":
    sys.exit(main())
