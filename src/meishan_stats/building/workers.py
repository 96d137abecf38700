"""Reused worker processes, each task within bounds of time and memory.

Workbooks come by mail from anyone: one that makes the reader hang, eat the memory or die must cost its
own task and nothing else. On Windows every worker starts from nothing; elsewhere one process loads the
program once, and workers are copies of it.
"""

import multiprocessing as mp
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from typing import Any

import psutil

from meishan_stats.errors import MeishanStatsError, ProgramError

_TICK = 0.1
_UNDERSTOOD = True
_CONTEXT: Any = mp.get_context("forkserver" if "forkserver" in mp.get_all_start_methods() else "spawn")


@dataclass(frozen=True)
class Limits:
    """Bounds of one task: seconds, and bytes of memory beyond what the worker held before."""

    seconds: float = 60.0
    memory: int = 2 * 1024**3


@dataclass(frozen=True)
class Task:
    """A function of a module and its arguments, to be called in a worker; `limits` None: unbounded."""

    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    limits: Limits | None = None
    about: Any = None


@dataclass(frozen=True)
class Died:
    """What stands for the value of a task that was stopped: ``seconds``, ``memory`` or ``crash``."""

    reason: str


def prepare(module: str) -> None:
    """Begin to load a module for the workers to come, while this process goes on."""
    if isinstance(_CONTEXT, ForkServerContext):
        _CONTEXT.set_forkserver_preload([module])
        forkserver.ensure_running()


def run_tasks(tasks: Iterable[Task], jobs: int, on_done: Callable[[Task, Any], Sequence[Task]]) -> None:
    """Run tasks in `jobs` worker processes, and those that follow from them.

    Parameters
    ----------
    on_done : callable
        Called in this process with a task and its value, or ``Died``; returns tasks to be done next.

    Raises
    ------
    FolderError
        A task could not write.
    ProgramError
        A task raised another error: a flaw of the program, not of a workbook.
    """
    waiting = deque(tasks)
    workers: list[_Worker] = []
    try:
        while waiting or any(worker.task for worker in workers):
            idle = [worker for worker in workers if not worker.task]
            while waiting and (idle or len(workers) < jobs):
                worker = idle.pop() if idle else _Worker()
                if worker not in workers:
                    workers.append(worker)
                worker.give(waiting.popleft())
            for worker in _finished(workers):
                task, value = worker.take()
                if isinstance(value, Died):
                    workers.remove(worker)
                if isinstance(value, _Raised):
                    raise value.kind(value.zh, value.en)
                waiting.extendleft(reversed(on_done(task, value)))
    finally:
        for worker in workers:
            worker.stop()


def _finished(workers: Sequence["_Worker"]) -> list["_Worker"]:
    """Workers whose task has ended, or had to be ended; waits a moment for one."""
    busy = [worker for worker in workers if worker.task]
    ready = wait([worker.pipe for worker in busy], timeout=_TICK)
    return [worker for worker in busy if (worker.pipe in ready and worker.has_done()) or worker.exceeds()]


@dataclass(frozen=True)
class _Raised:
    """An error on its way between processes."""

    kind: type[MeishanStatsError]
    zh: str
    en: str


class _Worker:
    """One process and the task it works on."""

    def __init__(self) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, list(sys.path)), daemon=True)
        self._process.start()
        theirs.close()
        self.task: Task | None = None
        self._since = 0.0
        self._memory: float | None = None
        self._broken: str | None = None

    def give(self, task: Task) -> None:
        """Send a task."""
        self.task, self._memory = task, None
        self._since = time.monotonic()
        try:
            self.pipe.send((task.call, task.arguments))
        except (EOFError, OSError):  # it died between two tasks
            self._broken = "crash"

    def has_done(self) -> bool:
        """Whether what came of the worker is its value, or its end.

        First it says that it understood the task: the modules it loaded for it are not the task's own memory.
        """
        if self._memory is not None or self._broken:
            return True
        try:
            self.pipe.recv()
        except (EOFError, OSError):
            self._broken = "crash"
            return True
        self._memory, self._since = self._resident(), time.monotonic()
        return self.pipe.poll()

    def exceeds(self) -> bool:
        """Whether the worker passed a bound of its task; it is then stopped."""
        limits = self.task.limits if self.task else None
        if limits and not self._broken:
            if time.monotonic() - self._since > limits.seconds:
                self._broken = "seconds"
            elif self._memory is not None and self._resident() - self._memory > limits.memory:
                self._broken = "memory"
        return self._broken is not None

    def take(self) -> tuple[Task, Any]:
        """The task and its value; ``Died`` where the worker was stopped or ended by itself."""
        assert self.task is not None
        task, self.task = self.task, None
        if self._broken is None:
            try:
                return task, self.pipe.recv()
            except (EOFError, OSError):
                self._broken = "crash"
        self.stop()
        return task, Died(self._broken)

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _resident(self) -> float:
        try:
            return float(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0.0


def _serve(pipe: Connection, path: list[str]) -> None:
    """Work through the tasks that come, until the other side is gone."""
    sys.path[:] = path
    # Ctrl-C reaches the whole group of processes; the parent alone decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A panic of the Rust reader writes to the terminal before anyone can catch it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        try:
            call, arguments = pipe.recv()
            pipe.send(_UNDERSTOOD)
        except (EOFError, OSError):
            return
        try:
            value = call(*arguments)
        except MeishanStatsError as error:
            value = _Raised(type(error), error.zh, error.en)
        except BaseException as error:
            text = f"{type(error).__name__}: {error}".splitlines()[0][:300]
            value = _Raised(
                ProgramError,
                f"程序出错（{text}），原有结果不变；请把这一行交给维护人员",
                f"the program failed ({text}); the results are as before; please send this line to the maintainers",
            )
        pipe.send(value)
