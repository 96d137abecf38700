"""The same tables from a real Spark cluster: a standalone master and two worker processes on this machine."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest

from building.small_offices import ROOT, results
from meishan_stats.schemas import RESULTS, TABLES
from meishan_stats.tables import read_tables

SPARK_HOME = Path(pyspark.__file__).parent
# A reference table, or the date of production, is the analyst's to give.
NEED_A_CHOICE = {"location_quotient", "shift_share", "backward_schedule"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def spark_process(log: Path, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a master or worker as its own process; what it says goes to a log."""
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(SPARK_HOME)}
    with log.open("wb") as out:
        return subprocess.Popen(
            [SPARK_HOME / "bin" / "spark-class", *map(str, arguments)],
            stdout=out, stderr=subprocess.STDOUT, env=environment, start_new_session=True,
        )  # fmt: skip


def wait_for(log: Path, pattern: str, n: int = 1, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while len(re.findall(pattern, log.read_text(errors="replace"))) < n:
        if time.monotonic() > end:
            raise TimeoutError(f"no {pattern!r} in {log}:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


@pytest.fixture(scope="module")
def master(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a standalone cluster with two workers of one core each."""
    folder = tmp_path_factory.mktemp("cluster")
    port, log = free_port(), folder / "master.log"
    address = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    running = [
        spark_process(
            log, f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", free_port()
        )
    ]
    try:
        wait_for(log, "Starting Spark master")
        for number in (1, 2):
            running.append(
                spark_process(
                    folder / f"worker{number}.log",
                    f"{deploy}.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--cores",
                    1,
                    "--memory",
                    "1g",
                    "--work-dir",
                    folder / f"work{number}",
                    "--webui-port",
                    free_port(),
                    address,
                )
            )
        wait_for(log, "Registering worker", n=2)
        yield address
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_cluster_of_two_workers_gives_the_same_tables_row_for_row(master, build, tmp_path):
    """Both offices of the project: a year of an invented town, and the facts of the article."""
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "data" / "raw" / "meishan", raw / "meishan")
    demo = raw / "demo"
    demo.mkdir()
    for path in (ROOT / "data" / "raw" / "demo").iterdir():
        if "2010" in path.name or path.suffix == ".toml":
            shutil.copyfile(path, demo / path.name)
    assert build("--raw", raw, "--out", tmp_path / "local").returncode == 0
    run = build("--raw", raw, "--out", tmp_path / "spark", "--engine", "spark", "--master", master,
                SPARK_LOCAL_IP="127.0.0.1")  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    names = sorted({*TABLES, *RESULTS} - NEED_A_CHOICE)
    local, spark = (read_tables(names, tmp_path / engine) for engine in ("local", "spark"))
    for name in names:
        assert local[name].equals(spark[name]), name
    assert len(local["projects"]) > 30
    assert results(tmp_path / "local") == results(tmp_path / "spark")
    # Each worker keeps the logs of the executors that ran on it.
    used = {path.parents[2].name for path in tmp_path.parent.rglob("work[12]/app-*/*/stderr")}
    assert used == {"work1", "work2"}


def test_a_master_that_does_not_answer_is_one_line(java, raw, build, tmp_path):
    run = build("--raw", raw, "--out", tmp_path / "out", "--engine", "spark", "--master", "no-such-thing")
    assert run.returncode == 2
    assert "Spark" in run.stderr.splitlines()[-1]
    assert "Traceback" not in run.stderr
    assert not list((tmp_path / "out").glob("*.parquet"))
