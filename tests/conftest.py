"""A project of one's own to run notebooks and reports in: its data, its notebooks, its built tables."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy of the project's two offices and notebooks, after build."""
    home = tmp_path_factory.mktemp("project")
    for office in ("demo", "meishan"):
        shutil.copytree(ROOT / "data" / "raw" / office, home / "data" / "raw" / office)
    shutil.copytree(
        ROOT / "notebooks", home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    subprocess.run(
        [sys.executable, "-m", "meishan_stats.build", "--quiet"],
        cwd=home, env=os.environ | {"MEISHAN_STATS_HOME": str(home)}, timeout=600, check=True,
    )  # fmt: skip
    return home
