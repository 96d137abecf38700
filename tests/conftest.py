"""What tests of several folders need: programs of the machine, and a project of one's own to run them in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def cannot_run() -> Callable[[str], NoReturn]:
    """A function that skips a test this machine cannot run; under CI it fails, as .ci/run installs all it needs."""

    def stop(reason: str) -> NoReturn:
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; .ci/run should have installed it")
        pytest.skip(reason)

    return stop


@pytest.fixture(scope="session")
def libreoffice(cannot_run: Callable[[str], NoReturn]) -> str:
    """The program of LibreOffice."""
    return (
        shutil.which("soffice") or shutil.which("libreoffice") or cannot_run("LibreOffice is not installed")
    )


@pytest.fixture(scope="session")
def java(cannot_run: Callable[[str], NoReturn]) -> None:
    """Java, which Spark needs."""
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        cannot_run("Java is not installed, which Spark needs")


@pytest.fixture(scope="session")
def spark(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A small Spark on this machine, started when the first test asks for it; one for each worker of pytest."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - most tests need no Spark

    folder = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        # Many small queries: what is compiled for speed would be run once.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        f" -Dderby.system.home={folder} -Djava.io.tmpdir={folder}",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.adaptive.enabled": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
    }
    builder = SparkSession.builder.master("local[1]").appName("meishan_stats tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


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
