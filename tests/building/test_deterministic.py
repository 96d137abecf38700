"""The same raw folder gives the same bytes, whatever the machine is set to."""

import shutil

import pytest

from building.small_offices import results

ENVIRONMENTS = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
]


@pytest.fixture
def reference(raw, build, tmp_path):
    assert build("--raw", raw, "--out", tmp_path / "reference", "--jobs", 1).returncode == 0
    return results(tmp_path / "reference")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_jobs_hash_seed_time_zone_and_locale_change_no_byte(raw, build, tmp_path, reference, environment):
    run = build("--raw", raw, "--out", tmp_path / "out", "--jobs", 3, **environment)
    assert run.returncode == 0, run.stderr
    assert results(tmp_path / "out") == reference
    assert {"manifest.json", "projects.parquet", "projects.csv", "招商引资统计_东镇.xlsx"} < set(reference)


def test_the_order_in_which_files_came_into_the_folder_changes_no_byte(raw, build, tmp_path, reference):
    other = tmp_path / "other"
    for path in sorted(raw.rglob("*.xlsx"), reverse=True):
        place = other / path.relative_to(raw)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    assert build("--raw", other, "--out", tmp_path / "out").returncode == 0
    assert results(tmp_path / "out") == reference
