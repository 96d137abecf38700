"""A build that is stopped leaves the old results or the new ones, and the next one sets all right."""

import os
import random
import signal
import subprocess
import time

import psutil
import pytest

from building.small_offices import ROOT, command, results, write_month
from meishan_stats.schemas import TABLES
from meishan_stats.tables import read_tables

N_KILLS = 100
ARRIVED = (100, 150)


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env=os.environ,
    )  # fmt: skip


@pytest.fixture
def states(tmp_path):
    """The workbook of one small office in two states, which alternate: a build of its tables takes under three seconds."""
    return [write_month(tmp_path / f"state{arrived}", 1, arrived).read_bytes() for arrived in ARRIVED]


def test_killed_at_a_hundred_random_moments_a_build_leaves_one_whole_set(states, build, tmp_path):
    """After each kill the set is that of one state, whole; a build after every fourth is as if undisturbed."""
    raw, out, tables = tmp_path / "raw", tmp_path / "out", ["--no-workbooks", "--jobs", 1]
    path = raw / "东镇" / "1月.xlsx"
    path.parent.mkdir(parents=True)
    undisturbed = []
    for number, content in enumerate(states):
        path.write_bytes(content)
        begun = time.monotonic()
        assert build(*tables, "--raw", raw, "--out", tmp_path / f"undisturbed{number}").returncode == 0
        seconds = time.monotonic() - begun
        undisturbed.append(results(tmp_path / f"undisturbed{number}"))
    assert undisturbed[0] != undisturbed[1]
    assert build(*tables, "--raw", raw, "--out", out).returncode == 0
    chance = random.Random(2011)
    n_old = 0
    for turn in range(N_KILLS):
        new, old = turn % 2, 1 - turn % 2
        path.write_bytes(states[new])
        run = start(*tables, "--raw", raw, "--out", out)
        time.sleep(chance.uniform(0, seconds * 1.1))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        found = read_tables([*TABLES], out)
        seen = found["funding"]["amount_10k"].min()
        assert seen in {ARRIVED[old], ARRIVED[new]}
        n_old += seen == ARRIVED[old]
        assert set(found["project_reports"]["source_file"]) == {"1月.xlsx"}
        if turn % 4 == 3:  # the others are built on by the next turn, which is killed as well
            assert build(*tables, "--raw", raw, "--out", out).returncode == 0
            assert results(out) == undisturbed[new]
    assert 0 < n_old < N_KILLS, "all kills came too early or too late to show anything"


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_interrupted_says_so_by_its_status_and_leaves_no_process(
    raw, build, tmp_path, sent, status
):
    out = tmp_path / "out"
    assert build("--raw", raw, "--out", out).returncode == 0
    before = results(out)
    write_month(raw / "东镇", 3, arrived=999)
    run = start("--raw", raw, "--out", out, "--force", "--jobs", 2)
    children = _children(run.pid)
    os.kill(run.pid, sent)
    _, said = run.communicate(timeout=60)
    assert run.returncode == status
    assert "Traceback" not in said
    assert results(out) == before
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def _children(pid: int) -> list[psutil.Process]:
    """Processes that a build started, once it has workers: copies of a process that it started first."""
    for _ in range(600):
        found = psutil.Process(pid).children(recursive=True)
        if any(child.ppid() != pid for child in found):
            time.sleep(0.3)
            return found
        time.sleep(0.05)
    raise AssertionError("the build started no worker")


def test_workers_end_when_their_build_is_killed(raw, tmp_path):
    run = start("--raw", raw, "--out", tmp_path / "out", "--jobs", 2)
    children = _children(run.pid)
    run.kill()
    run.communicate()
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive
