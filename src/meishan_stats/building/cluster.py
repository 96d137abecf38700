"""The parts of offices, made as tasks of a Spark cluster; the statistics of all of them computed by Spark.

Spark hands out offices. What is done to an office is what a machine of one's own does to it, so the tables
are the same. Raw folder and folder of results must be at the same path on every machine.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meishan_stats.building.local import build_parts
from meishan_stats.building.tasks import SHARES, OfficeWork, build_workbook, keep_results
from meishan_stats.errors import FolderError
from meishan_stats.loading import Tables
from meishan_stats.results import every_result
from meishan_stats.schemas import TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_TASKS_A_CORE = 4


@contextmanager
def on_cluster(master: str | None) -> "Iterator[SparkSession]":
    """A Spark session on a cluster, on all cores of this machine where no master is named.

    Raises
    ------
    FolderError
        PySpark or Java is not installed, or the master does not answer.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise FolderError(
            "缺少 pyspark：python -m pip install -e '.[spark]'",
            "pyspark is not installed: pip install -e '.[spark]'",
        ) from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("meishan_stats").config("spark.ui.enabled", "false")
    # Times of a day mean nothing here; a zone would shift dates.
    builder = builder.config("spark.sql.session.timeZone", "UTC")
    try:
        spark = builder.master(master or os.environ.get("SPARK_MASTER", "local[*]")).getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        reason = str(error).splitlines()[0][:200]
        raise FolderError(f"Spark 启动不了：{reason}", f"Spark does not start: {reason}") from error
    try:
        yield spark
    finally:
        spark.stop()


def build_tables_on(spark: "SparkSession", works: Sequence[OfficeWork], parts: Path) -> None:
    """Make the tables of every office given, some offices a task."""
    context = spark.sparkContext
    if works:
        rdd = context.parallelize(works, min(len(works), _TASKS_A_CORE * context.defaultParallelism))
        rdd.foreachPartition(lambda some: _build_some(list(some), parts))


def _build_some(works: Sequence[OfficeWork], parts: Path) -> None:
    """One task: workbooks are read by a process of its own, as everywhere, since any of them may kill it."""
    build_parts(works, parts, jobs=1, has_results=False, has_workbooks=False)


def build_results_on(
    spark: "SparkSession", tables: Path, works: Sequence[OfficeWork], parts: Path, has_workbooks: bool
) -> None:
    """Statistics of all offices, added up by Spark from the Parquet files of the tables; then the workbooks."""
    frames: dict[str, Any] = {name: spark.read.parquet(str(tables / f"{name}.parquet")) for name in TABLES}
    for share, names in enumerate(SHARES):
        keep_results(every_result(Tables(**frames), names), share, works, parts)
    if has_workbooks:
        spark.sparkContext.parallelize(works, len(works)).foreach(lambda work: build_workbook(work, parts))
