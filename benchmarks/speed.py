"""How fast: ``python benchmarks/speed.py [--folder DIR] [workbook] [build] [memory] [totals] [growth]``.

Every comparison is made in one run, the two sides in turn. Files are made in the folder once and kept.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import python_calamine
from measuring import line, peak_memory, run, seconds, side_by_side
from raw_folders import write_offices, write_workbook

import meishan_stats as ms

BUILD = ("-m", "meishan_stats.build", "--no-workbooks", "--quiet")


def bare_calamine(path: Path) -> None:
    """Cells of the first sheet as Python objects, and nothing else."""
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def workbook(folder: Path) -> None:
    """One workbook of 100 000 rows × 12 columns."""
    path = folder / "100k.xlsx"
    if not path.exists():
        write_workbook(path, 100_000, 9)
    ms.load(path)  # what is loaded and cached once in a process
    times = side_by_side({"calamine": lambda: bare_calamine(path), "load": lambda: ms.load(path)})
    openpyxl = seconds(lambda: pd.read_excel(path, engine="openpyxl"))
    line("bare python-calamine, 100 000 × 12", times["calamine"], "s")
    line("ms.load", times["load"], "s")
    line("pandas.read_excel(engine='openpyxl')", openpyxl, "s")
    line("ms.load ÷ bare calamine", times["load"] / times["calamine"], "×", "≤ 1.6")
    line("openpyxl ÷ ms.load", openpyxl / times["load"], "×", "≥ 7")


def read_and_join(folder: Path) -> None:
    """What a user would write: every workbook read and put one under the other, nothing cleaned."""
    pd.concat(pd.read_excel(path, engine="openpyxl") for path in sorted(folder.rglob("*.xlsx")))


def build(folder: Path) -> None:
    """1 000 workbooks × 200 rows in 20 offices."""
    raw = folder / "offices"
    write_offices(raw, 20, 1_000, 200)
    outs = {jobs: folder / f"out{jobs}" for jobs in (1, 2)}

    def full(jobs: int) -> None:
        shutil.rmtree(outs[jobs], ignore_errors=True)
        run(*BUILD, "--raw", raw, "--out", outs[jobs], "--jobs", jobs)

    times = side_by_side({"one": lambda: full(1), "two": lambda: full(2)})
    loop = seconds(lambda: read_and_join(raw))
    line("full build, --jobs 2", times["two"], "s")
    line("full build, --jobs 1", times["one"], "s")
    line("loop of pandas.read_excel + concat", loop, "s")
    line("loop ÷ full build", loop / times["two"], "×", "≥ 5")
    line("--jobs 1 ÷ --jobs 2", times["one"] / times["two"], "×", "≥ 1.6")

    def changed() -> None:
        month = raw / "示例镇0007" / "2001年5月.xlsx"
        write_workbook(month, 200, 5, 2001, seed=changed.n)
        changed.n += 1
        changed.times.append(seconds(lambda: run(*BUILD, "--raw", raw, "--out", outs[2])))

    changed.n, changed.times = 1_000, []
    same = ("unchanged", lambda: run(*BUILD, "--raw", raw, "--out", outs[2]))
    found = side_by_side({"pandas": lambda: run("-c", "import pandas"), same[0]: same[1]})
    line("unchanged rebuild − import pandas", found["unchanged"] - found["pandas"], "s", "≤ 1.5")
    for _ in range(5):
        changed()
    write_workbook(raw / "示例镇0007" / "2001年5月.xlsx", 200, 5, 2001, seed=7)
    one = float(np.median(changed.times))
    line("one changed workbook", one, "s")
    line("one changed workbook ÷ full build", 100 * one / times["two"], "%", "≤ 10")


def memory(folder: Path) -> None:
    """Peak of the whole process tree at 1 000 and at 4 000 workbooks."""
    peaks = {}
    for n in (1_000, 4_000):
        raw = folder / ("offices" if n == 1_000 else "offices4")
        write_offices(raw, n // 50, n, 200)
        with tempfile.TemporaryDirectory(dir=folder) as out:
            peaks[n] = peak_memory(*BUILD, "--raw", raw, "--out", out, "--jobs", 2)
        line(f"peak memory, {n:,} workbooks", peaks[n] / 1024**2, "MiB")
    line("4 000 ÷ 1 000 workbooks", peaks[4_000] / peaks[1_000], "×", "≤ 1.3")


def totals(folder: Path) -> None:
    """``funding_totals`` of 20 million rows against SQL and groupby written by hand."""
    path = folder / "funding20m.parquet"
    if not path.exists():
        _write_funding(path, 20_000_000)
    query = f"""
        with dated as (
          select office, kind, project_id, amount_cny_10k, is_demo,
            case when coalesce(precision, 'month') in ('day', 'month') then date_trunc('month', period) end as month
          from '{path}'),
        projects as (
          select office, kind, month, project_id, sum(amount_cny_10k) as amount, count(amount_cny_10k) as n_known,
            count(*) as n, max(is_demo) as is_demo
          from dated group by all)
        select office, kind, month, sum(amount), count(amount), sum(n - n_known), max(is_demo), max(month)
        from projects group by all"""
    connection = duckdb.connect()
    duck = side_by_side(
        {
            "sql": lambda: connection.sql(query).df(),
            "totals": lambda: ms.funding_totals(connection.read_parquet(str(path))),
        }
    )
    line("hand-written SQL on DuckDB, 20 million rows", duck["sql"], "s")
    line("funding_totals on DuckDB", duck["totals"], "s")
    line("funding_totals ÷ SQL", duck["totals"] / duck["sql"], "×", "≤ 1.15")
    frame = pd.read_parquet(path)
    pandas = side_by_side({"groupby": lambda: _by_hand(frame), "totals": lambda: ms.funding_totals(frame)})
    line("hand-written groupby on pandas", pandas["groupby"], "s")
    line("funding_totals on pandas", pandas["totals"], "s")
    line("funding_totals ÷ groupby", pandas["totals"] / pandas["groupby"], "×", "≤ 1.15")


def _by_hand(frame: pd.DataFrame) -> pd.DataFrame:
    """The same sums as an analyst would write them, missing amounts told apart from 0."""
    is_monthly = frame["precision"].fillna("month").isin(["day", "month"])
    month = frame["period"].dt.to_period("M").dt.to_timestamp().where(is_monthly)
    dated = frame.assign(month=month)
    projects = dated.groupby(["office", "kind", "month", "project_id"], dropna=False).agg(
        amount=("amount_cny_10k", "sum"), n_known=("amount_cny_10k", "count"), n=("amount_cny_10k", "size"),
        is_demo=("is_demo", "max"), as_of=("month", "max"),
    )  # fmt: skip
    known = projects.assign(
        amount=projects["amount"].where(projects["n_known"] > 0),
        n_missing=projects["n"] - projects["n_known"],
    )
    return known.groupby(["office", "kind", "month"], dropna=False).agg(
        amount=("amount", lambda values: values.sum(min_count=1)), n_projects=("amount", "count"),
        n_missing=("n_missing", "sum"), is_demo=("is_demo", "max"), as_of=("as_of", "max"),
    )  # fmt: skip


def _write_funding(path: Path, n: int) -> None:
    """Capital of 40 offices: 20 000 projects, months of ten years, a tenth of the amounts unknown."""
    chance = np.random.default_rng(2011)
    project = chance.integers(0, 20_000, n)
    offices = np.array([f"示例镇{i:02d}" for i in range(40)])
    months = pd.date_range("2002-01-01", periods=120, freq="MS", unit="us")
    table = pa.table(
        {
            "office": pa.array(offices[project % 40]),
            "project_id": pa.array(np.array([f"示例{i:05d}" for i in range(20_000)])[project]),
            "kind": pa.array(np.array(["arrived", "fixed_asset"])[chance.integers(0, 2, n)]),
            "period": pa.array(months.to_numpy()[chance.integers(0, 120, n)]),
            "precision": pa.array(
                np.array(["month", "day", "year"])[chance.choice(3, n, p=[0.9, 0.05, 0.05])]
            ),
            "amount_cny_10k": pa.array(chance.integers(1, 90_000, n) / 10, mask=chance.random(n) < 0.1),
            "is_demo": pa.array(np.ones(n, dtype=bool)),
        }
    )
    pq.write_table(table, path)


def growth(folder: Path) -> None:
    """How the cost grows with rows and with workbooks."""
    for n in (1_000, 10_000, 100_000):
        path = folder / f"rows{n}.xlsx"
        if not path.exists():
            write_workbook(path, n, 9)
        found = side_by_side({"load": lambda path=path: ms.load(path)}, pairs=3)["load"]
        line(f"ms.load, {n:,} rows", found / n * 1e6, "µs a row")
    for n in (100, 400, 1_000):
        raw = folder / f"workbooks{n}"
        write_offices(raw, n // 50, n, 200)
        with tempfile.TemporaryDirectory(dir=folder) as out:
            took = seconds(lambda raw=raw, out=out: run(*BUILD, "--raw", raw, "--out", out, "--jobs", 2))
        line(f"build, {n:,} workbooks", took / n * 1e3, "ms a workbook")


PARTS = {part.__name__: part for part in (workbook, build, memory, totals, growth)}


def main() -> None:
    """Run the parts named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "meishan_stats_speed")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print("| measured | value | aim |\n|---|---|---|")
    for name in arguments.parts or PARTS:
        PARTS[name](arguments.folder)


if __name__ == "__main__":
    main()
