"""What lies in a folder and is no plain file: never followed, never waited for, always told."""

import os
import shutil
import sys
from pathlib import Path

import pytest

import meishan_stats as ms
from meishan_stats.extract import limits
from meishan_stats.extract.limits import UnreadableWorkbook, read_bytes

SOUND = Path(__file__).parents[1] / "workbooks" / "files" / "thousands_of_yuan.xlsx"
pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "镇"
    folder.mkdir(parents=True)
    shutil.copy(SOUND, folder / "好.xlsx")
    return folder


def told(raw: Path) -> dict[str, str]:
    problems = ms.load(raw).problems
    return dict(zip(problems["source_file"], problems["message_zh"], strict=True))


def test_a_link_out_of_the_office_is_not_followed(office, tmp_path):
    outside = tmp_path / "秘密.xlsx"
    shutil.copy(SOUND, outside)
    (office / "链接.xlsx").symlink_to(outside)
    assert "链接" in told(office.parent)["链接.xlsx"]


def test_a_folder_that_is_a_link_out_is_not_followed(office, tmp_path):
    other = tmp_path / "别处"
    other.mkdir()
    shutil.copy(SOUND, other / "a.xlsx")
    (office.parent / "借来的镇").symlink_to(other)
    tables = ms.load(office.parent)
    assert "链接" in tables.problems.set_index("source_file")["message_zh"]["借来的镇"]
    assert set(tables.projects["office"]) == {"镇"}


def test_a_link_to_itself_and_one_to_nothing_are_told(office):
    (office / "环.xlsx").symlink_to(office / "环.xlsx")
    (office / "空.xlsx").symlink_to(office / "没有")
    assert {"环.xlsx", "空.xlsx"} <= told(office).keys()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes with a name in a folder")
def test_a_pipe_does_not_block(office):
    os.mkfifo(office / "管道.xlsx")
    assert "管道.xlsx" in told(office)


def test_a_folder_named_as_a_workbook_is_told(office):
    (office / "文件夹.xlsx").mkdir()
    assert "文件夹" in told(office)["文件夹.xlsx"]


def test_a_file_that_grows_while_it_is_read_is_refused(office, monkeypatch):
    """The state before and after is compared; a writer between them is stood for by a change in the first look."""
    path = office / "好.xlsx"
    states = iter([limits._state(path), (1, 1)])
    monkeypatch.setattr(limits, "_state", lambda _: next(states))
    with pytest.raises(UnreadableWorkbook, match="改写"):
        read_bytes(path)


def test_a_file_past_the_limit_is_refused_before_it_is_read(office):
    path = office / "大.xlsx"
    with path.open("wb") as stream:
        stream.truncate(limits.MAX_FILE_BYTES + 1)
    with pytest.raises(UnreadableWorkbook) as caught:
        read_bytes(path)
    assert caught.value.code == "limit_exceeded"
