"""Builds of small raw folders, as their user starts them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from building.small_offices import ROOT, command, write_month

Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two offices of three and two months."""
    folder = tmp_path / "raw"
    for month in (1, 2, 3):
        write_month(folder / "东镇", month)
    for month in (1, 2):
        write_month(folder / "西镇", month, arrived=50)
    return folder


@pytest.fixture
def build() -> Build:
    """Run the command; an environment may be given."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments), capture_output=True, encoding="utf-8", cwd=ROOT,
            env=os.environ | {"COLUMNS": "120"} | environment, timeout=300, check=False,
        )  # fmt: skip

    return run
