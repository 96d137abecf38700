"""A set of results is the old one or the new one, whenever the process that writes it is killed."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meishan_stats.errors import FolderError
from meishan_stats.result_set import (
    MANIFEST,
    MARKER,
    STAGE,
    commit,
    current_files,
    file_hash,
    is_whole,
    read_manifest,
    recover,
    stage,
)

N_FILES = 40
FILES_OF = {"old": [f"{i}.txt" for i in range(N_FILES)] + ["only_old.txt"],
            "new": [f"{i}.txt" for i in range(N_FILES)] + ["only_new.txt"]}  # fmt: skip

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_result_set import write
print("ready", flush=True)
for turn in range(10_000):
    write(Path(sys.argv[1]), ("new", "old")[turn % 2])
"""


def write(folder: Path, word: str) -> None:
    """Write a set whose every file holds one word, of two sets that differ in a file name too."""
    beside = stage(folder)
    for name in FILES_OF[word]:
        (beside / name).write_text(f"{word} {name}" * 50)
    outputs = {name: {"sha256": file_hash(beside / name)} for name in FILES_OF[word]}
    commit(folder, {"set": word, "outputs": outputs})


def seen(folder: Path) -> set[str]:
    """First words of all files that a reader of the current set finds."""
    manifest = read_manifest(folder)
    assert manifest is not None
    words = {manifest["set"]}
    for name in manifest["outputs"]:
        path = next(path for path in current_files(folder, name) if path.exists())
        words.add(path.read_text().split()[0])
    return words


def visible_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_set_replaces_the_old_one_and_what_only_the_old_one_had(tmp_path):
    write(tmp_path, "old")
    write(tmp_path, "new")
    assert seen(tmp_path) == {"new"}
    assert visible_files(tmp_path) == sorted([*FILES_OF["new"], MANIFEST])
    assert is_whole(tmp_path, json.loads((tmp_path / MANIFEST).read_text()))


def test_what_was_staged_and_not_committed_is_not_seen(tmp_path):
    write(tmp_path, "old")
    (stage(tmp_path) / "0.txt").write_text("new")
    recover(tmp_path)
    assert seen(tmp_path) == {"old"}


def test_files_of_the_user_in_the_folder_stay(tmp_path):
    (tmp_path / "我的笔记.txt").write_text("x")
    write(tmp_path, "old")
    write(tmp_path, "new")
    assert (tmp_path / "我的笔记.txt").read_text() == "x"


@pytest.mark.parametrize("n_moved", range(0, N_FILES + 2, 7))
def test_a_commit_stopped_after_some_renames_reads_as_the_new_set_and_is_finished_by_recover(
    tmp_path, n_moved
):
    write(tmp_path, "old")
    beside = stage(tmp_path)
    for name in FILES_OF["new"]:
        (beside / name).write_text(f"new {name}")
    outputs = {name: {"sha256": file_hash(beside / name)} for name in FILES_OF["new"]}
    (beside / MANIFEST).write_text(json.dumps({"set": "new", "outputs": outputs}))
    (beside / MARKER).touch()
    for name in FILES_OF["new"][:n_moved]:
        (beside / name).replace(tmp_path / name)
    assert seen(tmp_path) == {"new"}
    recover(tmp_path)
    assert seen(tmp_path) == {"new"}
    assert visible_files(tmp_path) == sorted([*FILES_OF["new"], MANIFEST])


@pytest.mark.parametrize("is_aimed", [False, True])
def test_killed_at_a_hundred_random_moments_the_folder_holds_one_whole_set(tmp_path, is_aimed):
    """The writer does nothing but write sets; aimed kills fall while files are moved to their places."""
    write(tmp_path, "old")
    chance = random.Random(2011)
    marker = tmp_path / STAGE / MARKER
    committed = 0
    for _ in range(50):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path, Path(__file__).parent], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        if is_aimed:
            while not marker.exists():
                pass
        time.sleep(chance.uniform(0, 0.002 if is_aimed else 0.2))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        committed += marker.exists()
        assert len(seen(tmp_path)) == 1
        recover(tmp_path)
        words = seen(tmp_path)
        assert len(words) == 1
        assert is_whole(tmp_path, read_manifest(tmp_path) or {})
        assert visible_files(tmp_path) == sorted([*FILES_OF[words.pop()], MANIFEST, *_staged(tmp_path)])
    assert committed > 0 or not is_aimed, "no kill fell between commit and the last rename"


def _staged(folder: Path) -> list[str]:
    """A stage that was never committed stays until the next build."""
    return [STAGE] if (folder / STAGE).exists() else []


def test_a_folder_that_cannot_be_written_is_one_line_that_names_it(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError, match="file"):
        stage(tmp_path / "file")
