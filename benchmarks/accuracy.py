"""How well the reader reads: ``python benchmarks/accuracy.py [-v] [case …]``.

Prints a line a workbook of ``tests/workbooks``: cells of the typed truth that are right, headers that are
mapped or told of, problems found, false alarms; with ``-v`` also what is wrong. Then the headers by the step
that found their field, and the demo town against what its generator meant. The comparison is the one of
the tests.
"""

import sys
from collections import Counter
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import meishan_stats as ms
from meishan_stats.demo.draw import draw_truth
from meishan_stats.values.text import match_key
from workbooks.case import Case
from workbooks.cases import all_cases
from workbooks.compare import Comparison, compare
from workbooks.header_steps import headers_by_step

DEMO = Path(__file__).parents[1] / "data" / "raw" / "demo"
DEMO_FIELDS = ("sector", "currency", "total_investment_10k", "signed_10k", "land_mu", "origin_level")

HEAD = ("case", "cells", "of", "headers", "of", "problems", "of", "false alarms", "totals wrong")
LISTS = (
    "projects",
    "funding",
    "other_tables",
    "headers",
    "missed_problems",
    "false_alarms",
    "totals",
    "roles",
    "cells",
)


def score(result: Comparison) -> tuple[int, ...]:
    """Numbers of one line, in the order of ``HEAD``."""
    return (
        result.n_cells_right,
        result.n_cells,
        result.n_headers_right,
        result.n_headers,
        result.n_problems - len(result.missed_problems),
        result.n_problems,
        len(result.false_alarms),
        len(result.totals),
    )


def line(name: str, numbers: tuple[int, ...]) -> str:
    """One line of the table."""
    return f"{name:<52}" + "".join(f"{number:>8}" for number in numbers)


def nothing_read(case: Case) -> Comparison:
    """What a workbook counts that stopped the reader: nothing of it is right."""
    truths = [truth for table in ("projects", "funding") for truth in case.truth(table)]
    result = Comparison(
        n_cells=sum(map(len, truths)), n_headers=len(case.fields), n_problems=len(case.problems)
    )
    result.missed_problems = [f"{case.name}: {code} at {cell or 'any cell'}" for code, cell in case.problems]
    return result


def print_steps(cases: list[Case]) -> None:
    """Headers whose field was typed, by the step that found it."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for case in cases:
        mine, all_of_case, _ = headers_by_step(case)
        right, every = right + mine, every + all_of_case
    print("headers by step: " + ", ".join(f"{step} {right[step]} of {n}" for step, n in every.most_common()))


def print_demo() -> None:
    """The demo town: fields of projects, stages and amounts of months that are as they were meant."""
    truth, tables = draw_truth(), ms.load(DEMO)
    projects = tables.projects.assign(key=tables.projects["name"].map(match_key)).set_index("key")
    reports, funding = tables.project_reports, tables.funding
    stages = {
        (match_key(n), p): s
        for n, p, s in zip(reports["name"], reports["period"], reports["stage"], strict=True)
        if isinstance(s, str)
    }
    months = funding.assign(key=funding["name"].map(match_key)).groupby(["key", "period"])["amount_10k"].sum()
    checks: list[bool] = []
    for project in truth.projects:
        key = match_key(project.name)
        read = projects.loc[key]
        for field in DEMO_FIELDS:
            meant = getattr(project, field)
            checks.append(read[field] == meant or (meant is None and pd.isna(read[field])))
        for month in project.months:
            period = pd.Timestamp(month.period)
            checks.append(stages.get((key, period)) == month.stage)
            if month.arrived_10k:
                checks.append(abs(float(months.get((key, period), 0.0)) - month.arrived_10k) < 0.005)
    alarms = tables.problems["severity"].isin(["error", "warning"]).sum()
    totals = tables.stated_totals["agrees"]
    print(
        f"demo: {sum(checks)} of {len(checks)} facts right; totals {totals.sum()} of {len(totals)}; "
        f"{alarms} warnings and errors in {tables.sources['source_file'].nunique()} workbooks"
    )


def main(arguments: list[str]) -> int:
    """Print the table; 1 where a workbook stopped the reader."""
    names = set(arguments) - {"-v"}
    sums, crashed = [0] * (len(HEAD) - 1), 0
    print(f"{HEAD[0]:<52}" + "".join(f"{head[:7]:>8}" for head in HEAD[1:]))
    for case in all_cases():
        if names and case.name not in names:
            continue
        try:
            result = compare(case, ms.load(case.path))
        except Exception as error:  # a table of all workbooks is wanted, also when one stops the reader
            crashed += 1
            result = nothing_read(case)
            print(f"{case.name}: {type(error).__name__}: {error}")
        numbers = score(result)
        sums = [total + number for total, number in zip(sums, numbers, strict=True)]
        print(line(case.name, numbers))
        if "-v" in arguments:
            for fault in (fault for name in LISTS for fault in getattr(result, name)):
                print(f"    {fault}")
    print(line("all", tuple(sums)))
    if sums[1]:
        print(f"cells right: {sums[0] / sums[1]:.2%}; workbooks that stopped the reader: {crashed}")
    if not names:
        print_steps(all_cases())
        print_demo()
    return int(crashed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
