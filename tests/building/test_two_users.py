"""Two builds at once, and readers while builds go on."""

import subprocess
import threading
import time

from filelock import FileLock

from building.small_offices import ROOT, command, results, write_month
from meishan_stats.tables import read_table, read_tables


def test_a_second_build_is_told_of_the_first_and_changes_nothing(raw, build, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".lock"):
        run = build("--raw", raw, "--out", out)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "另一个 build" in run.stderr
    assert results(out) == {}


def test_two_builds_started_together_leave_one_whole_set(raw, build, tmp_path):
    out = tmp_path / "out"
    runs = [
        subprocess.Popen(
            command("--raw", raw, "--out", out),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [run.communicate(timeout=300) for run in runs]
    statuses = sorted(run.returncode for run in runs)
    # Either one was turned away, or they were far enough apart in time for both.
    assert statuses in ([0, 2], [0, 0])
    assert all("Traceback" not in text for pair in said for text in pair)
    assert build("--raw", raw, "--out", tmp_path / "fresh").returncode == 0
    assert results(out) == results(tmp_path / "fresh")


def test_a_lock_that_a_killed_build_left_behind_locks_nothing(raw, build, tmp_path):
    out = tmp_path / "out"
    run = subprocess.Popen(
        command("--raw", raw, "--out", out), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not (out / ".lock").exists():
        time.sleep(0.01)
    time.sleep(0.2)
    run.kill()
    run.wait()
    assert (out / ".lock").exists()
    assert build("--raw", raw, "--out", out).returncode == 0


def test_a_reader_never_sees_a_mixed_set_during_twenty_rebuilds(build, tmp_path):
    """Projects and capital are written by the same build; their amounts tell which one it was."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    write_month(raw / "东镇", 1, arrived=1)
    assert build("--raw", raw, "--out", out, "--jobs", 1).returncode == 0
    seen: list[tuple[float, float]] = []
    failures: list[BaseException] = []
    is_over = threading.Event()

    def read() -> None:
        try:
            while not is_over.is_set():
                tables = read_tables(["funding", "funding_by_month", "sector_breakdown"], out)
                seen.append(
                    (
                        tables["funding"]["amount_10k"].sum(),
                        tables["sector_breakdown"]["arrived_cny_10k"].sum(),
                    )
                )
                read_table("projects", out)
        except BaseException as error:
            failures.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(2, 22):
        write_month(raw / "东镇", 1, arrived=turn)
        assert build("--raw", raw, "--out", out, "--jobs", 1).returncode == 0
    is_over.set()
    reader.join()
    assert not failures
    assert all(one == other for one, other in seen)
    assert len(set(seen)) > 10
