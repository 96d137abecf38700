"""Times and memory, side by side in one run: pairs repeated in turn, medians and their ratio."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

import psutil


def seconds(call: Callable[[], object]) -> float:
    """Wall-clock time of one call."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def side_by_side(calls: Mapping[str, Callable[[], object]], pairs: int = 5) -> dict[str, float]:
    """Median time of each call; they take turns, so that what else the machine does meets them all alike."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(pairs):
        for name, call in calls.items():
            times[name].append(seconds(call))
    return {name: statistics.median(found) for name, found in times.items()}


def run(*arguments: object) -> None:
    """Run a Python command to its end; an error stops the benchmark."""
    subprocess.run([sys.executable, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def peak_memory(*arguments: object) -> int:
    """Largest resident memory of a Python command with all its processes, in bytes, looked at every 20 ms."""
    process = subprocess.Popen([sys.executable, *map(str, arguments)], stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{arguments}: exit status {process.returncode}")
    return peak


def _resident(pid: int) -> int:
    try:
        parent = psutil.Process(pid)
        family = [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for member in family:
        try:
            # Memory shared between processes counts once for each: an upper bound.
            total += member.memory_info().rss
        except psutil.Error:
            continue
    return total


def line(what: str, value: float, unit: str, bound: str = "") -> None:
    """One line of the table that is printed."""
    print(f"| {what} | {value:,.2f} {unit} | {bound} |", flush=True)
