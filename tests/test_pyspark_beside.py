"""A PySpark that is installed beside the package: no warning on loading, and its settings left alone."""

import os
import subprocess
import sys

CHECKED = """
import os
import sys
from meishan_stats.errors import TableError
from meishan_stats.schemas import Infrastructure, conform
import pandas as pd
conform(pd.DataFrame({"office": ["示例镇"], "item": ["道路"]}), Infrastructure)
assert "pandera" not in sys.modules
try:
    conform(pd.DataFrame({"office": ["示例镇"]}), Infrastructure)
except TableError:
    assert "pandera" in sys.modules
print(os.environ.get("SPARK_LOCAL_IP"))
"""


def told(**environment: str) -> str:
    """What a new process prints that checks a table; a warning is an error there."""
    clean = {name: value for name, value in os.environ.items() if name != "SPARK_LOCAL_IP"}
    done = subprocess.run(
        [sys.executable, "-W", "error::FutureWarning", "-c", CHECKED],
        check=False, env=clean | environment, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout.strip()


def test_checking_a_table_warns_of_nothing_and_sets_no_address_for_spark() -> None:
    assert told() == "None"


def test_an_address_the_user_gave_to_spark_stays() -> None:
    assert told(SPARK_LOCAL_IP="10.0.0.7") == "10.0.0.7"
