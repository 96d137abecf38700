"""Write the workbooks of an invented town: ``python -m meishan_stats.demo OUT``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

MOST_MONTHS = 120
MOST_PROJECTS = 2000


class _Parser(argparse.ArgumentParser):
    """Parser whose errors are one line; the usage is what --help is for."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def _between(low: int, high: int) -> "type[int]":
    def whole(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(
                f"应为 {low} 至 {high} 的整数 / a whole number from {low} to {high}"
            )
        return value

    return whole  # type: ignore[return-value]


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(
        prog="python -m meishan_stats.demo",
        description="生成虚构的“示例镇”的月报工作簿 / Write the monthly workbooks of an invented town.",
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="输出文件夹 / folder to write to")
    parser.add_argument(
        "--months", type=_between(1, MOST_MONTHS), default=24, help="自 2010 年 1 月起的月数 / months (24)"
    )
    parser.add_argument(
        "--projects", type=_between(1, MOST_PROJECTS), default=60, help="项目数 / projects (60)"
    )
    parser.add_argument("--seed", type=int, default=7, help="随机种子 / seed of the draw (7)")
    parser.add_argument(
        "--truth", type=Path, metavar="FILE", help="另存真值（JSON） / also write the truth as JSON"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Write the workbooks asked for; 0 done, 2 the arguments or folders are wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    arguments = _arguments(argv)

    # After the arguments, so that --help does not wait for openpyxl.
    from meishan_stats.demo.draw import draw_truth
    from meishan_stats.demo.record import truth_record
    from meishan_stats.demo.workbooks import write_workbooks
    from meishan_stats.errors import MeishanStatsError

    truth = draw_truth(arguments.months, arguments.projects, arguments.seed)
    try:
        paths = write_workbooks(truth, arguments.out)
        if arguments.truth:
            record = truth_record(truth, [path.name for path in paths])
            text = json.dumps(record, ensure_ascii=False, indent=1)
            arguments.truth.write_text(text + "\n", encoding="utf-8", newline="\n")
    except MeishanStatsError as error:
        print(f"python -m meishan_stats.demo: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        reason = error.strerror or error
        print(f"python -m meishan_stats.demo: {arguments.truth}: {reason}", file=sys.stderr)
        return 2
    print(f"{len(paths)} 个工作簿 / workbooks: {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
