"""A task that hangs, eats memory or kills its process costs itself alone."""

import operator
import os
import time
from typing import Any

import pytest

from meishan_stats.building.workers import Died, Limits, Task, run_tasks
from meishan_stats.errors import ProgramError


def outcomes(tasks: list[Task], jobs: int = 2) -> dict[Any, Any]:
    found: dict[Any, Any] = {}

    def on_done(task: Task, value: Any) -> list[Task]:
        found[task.about] = value
        return []

    run_tasks(tasks, jobs, on_done)
    return found


def test_tasks_are_worked_off_by_few_processes():
    found = outcomes([Task(os.getpid, (), about=i) for i in range(40)])
    assert len(found) == 40
    assert 1 <= len(set(found.values())) <= 2
    assert os.getpid() not in found.values()


def test_a_task_may_be_followed_by_others():
    said = []

    def on_done(task: Task, value: int) -> list[Task]:
        said.append(value)
        return [Task(operator.add, (value, 1))] if value < 5 else []

    run_tasks([Task(operator.add, (0, 1))], 1, on_done)
    assert said == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (Task(time.sleep, (60,), Limits(seconds=1), "bad"), "seconds"),
        (Task(operator.mul, (b"x", 900_000_000), Limits(memory=300_000_000), "bad"), "memory"),
        (Task(os._exit, (3,), Limits(), "bad"), "crash"),
        (Task(os.abort, (), Limits(), "bad"), "crash"),
    ],
)
def test_a_bad_task_dies_alone(bad, reason):
    others = [Task(operator.add, (i, i), Limits(), i) for i in range(20)]
    begun = time.monotonic()
    found = outcomes([*others[:10], bad, *others[10:]])
    assert found.pop("bad") == Died(reason)
    assert found == {i: 2 * i for i in range(20)}
    assert time.monotonic() - begun < 40


def test_an_error_of_the_program_is_raised_with_its_text():
    with pytest.raises(ProgramError, match="ZeroDivisionError"):
        outcomes([Task(operator.truediv, (1, 0))])
