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


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env=os.environ,
    )  # fmt: skip


@pytest.fixture
def small(tmp_path):
    """Raw folder of one office and one month: builds in under three seconds."""
    write_month(tmp_path / "raw" / "东镇", 1)
    return tmp_path / "raw"


def test_killed_at_a_hundred_random_moments_a_build_leaves_one_whole_set(small, build, tmp_path):
    """The month's capital changes before every build; a table that mixes two of them would show both."""
    out = tmp_path / "out"
    month = small / "东镇"
    begun = time.monotonic()
    assert build("--raw", small, "--out", out, "--jobs", 1).returncode == 0
    seconds = time.monotonic() - begun
    chance = random.Random(2011)
    expected = {100}
    n_undone = 0
    for turn in range(N_KILLS):
        arrived = 101 + turn
        write_month(month, 1, arrived=arrived)
        run = start("--raw", small, "--out", out, "--jobs", 1)
        time.sleep(chance.uniform(0, seconds * 1.1))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        found = read_tables([*TABLES], out)
        seen = found["funding"]["amount_10k"].min()
        assert seen in expected | {arrived}
        n_undone += seen != arrived
        assert found["project_reports"]["total_investment_10k"].notna().all()
        # The next build is the next turn's; every tenth runs to its end and is held against a fresh one.
        expected = {seen, arrived}
        if turn % 10 == 9:
            assert build("--raw", small, "--out", out).returncode == 0
            fresh = tmp_path / f"fresh{turn}"
            assert build("--raw", small, "--out", fresh).returncode == 0
            assert results(out) == results(fresh)
            expected = {arrived}
    assert 0 < n_undone < N_KILLS, "all kills came too early or too late to show anything"


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
    """Worker processes of a build, once there are any."""
    for _ in range(600):
        found = psutil.Process(pid).children()
        if found:
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
