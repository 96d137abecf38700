"""Offices and their settings: what is missing has a default, what is wrong is named."""

from pathlib import Path

import openpyxl
import pytest

import meishan_stats as ms
from meishan_stats.errors import FolderError, OfficeFileError
from meishan_stats.offices import find_offices


def workbook(path: Path, header: str = "投资方") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.active.append(["项目名称", header, "总投资（万元）"])
    book.active.append(["甲项目", "乙公司", 3600])
    book.save(path)
    return path


def test_a_folder_of_offices_an_office_and_a_workbook_are_all_read(tmp_path):
    file = workbook(tmp_path / "甲镇" / "a.xlsx")
    workbook(tmp_path / "乙镇" / "b.xlsx")
    assert [office.name for office in find_offices(tmp_path)] == ["乙镇", "甲镇"]
    assert [office.name for office in find_offices(tmp_path / "甲镇")] == ["甲镇"]
    assert ms.load(file).projects["total_investment_cny_10k"].tolist() == [3600]


def test_an_office_is_named_by_its_file_else_by_its_folder(tmp_path):
    workbook(tmp_path / "a" / "a.xlsx")
    (tmp_path / "a" / "office.toml").write_text('name = "煤山镇"\ndemo = true\n', encoding="utf-8")
    office = find_offices(tmp_path)[0]
    assert (office.name, office.is_demo) == ("煤山镇", True)


def test_a_header_of_the_office_itself_is_read(tmp_path):
    workbook(tmp_path / "a.xlsx", header="甲方老板")
    before = ms.load(tmp_path)
    assert before.projects["investor"].isna().all()
    hint = before.problems.loc[before.problems["code"] == "unmapped_column", "hint"].iloc[0]
    assert '"甲方老板" = ' in hint
    (tmp_path / "office.toml").write_text('[headers]\n"甲方老板" = "investor"\n', encoding="utf-8")
    assert ms.load(tmp_path).projects["investor"].tolist() == ["乙公司"]


@pytest.mark.parametrize(
    ("text", "offender"),
    [
        ("name = 煤山", "TOML"),
        ('nmae = "煤山"', "nmae"),
        ("name = 3", "name"),
        ('[headers]\n"甲" = "investors"', "investors"),
        ('fx_basis = "spot"', "fx_basis"),
        ("headers = 3", "headers"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path, text, offender):
    workbook(tmp_path / "a.xlsx")
    (tmp_path / "office.toml").write_text(text, encoding="utf-8")
    with pytest.raises(OfficeFileError, match=offender) as caught:
        ms.load(tmp_path)
    assert "office.toml" in str(caught.value)


def test_two_folders_of_one_name_are_refused(tmp_path):
    for folder in ("a", "b"):
        workbook(tmp_path / folder / "a.xlsx")
        (tmp_path / folder / "office.toml").write_text('name = "甲镇"', encoding="utf-8")
    with pytest.raises(OfficeFileError, match="甲镇"):
        find_offices(tmp_path)


def test_a_missing_folder_and_an_empty_one_are_named(tmp_path):
    with pytest.raises(FolderError, match="nowhere"):
        ms.load(tmp_path / "nowhere")
    with pytest.raises(FolderError, match="no workbook"):
        ms.load(tmp_path)


def test_lock_files_and_hidden_files_are_skipped_with_a_reason(tmp_path):
    workbook(tmp_path / "a.xlsx")
    (tmp_path / "~$a.xlsx").write_bytes(b"x")
    (tmp_path / ".a.xlsx").write_bytes(b"x")
    (tmp_path / "letter.docx").write_bytes(b"x")
    sources = ms.load(tmp_path).sources.set_index("source_file")["ignored_because"]
    assert sources["~$a.xlsx"] == "lock_file"
    assert sources[".a.xlsx"] == "hidden_file"
    assert sources["letter.docx"] == "not_a_workbook"


def test_the_same_file_twice_counts_once(tmp_path):
    file = workbook(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(file.read_bytes())
    tables = ms.load(tmp_path)
    assert len(tables.project_reports) == 1
    assert "repeated_sheet" in set(tables.problems["code"])


@pytest.mark.parametrize("total_header", ["全年累计", "合计", "累计", "1-9月累计", "年初至今"])
def test_a_sum_beside_the_months_is_not_counted_again(tmp_path, total_header):
    book = openpyxl.Workbook()
    months = [None, None, 300, 400, 500, 400, 400, 400, 800]
    book.active.append(["2011年各项目分月到位资金表（万元）"])
    book.active.append(["项目名称", *[f"{m}月" for m in range(1, 10)], total_header])
    book.active.append(["甲电池项目", *months, 3200])
    book.active.append(["乙面料项目", *[100] * 9, 900])
    book.save(tmp_path / "a.xlsx")
    tables = ms.load(tmp_path)
    paid = tables.funding.groupby("name")["amount_10k"].sum()
    assert paid.to_dict() == {"甲电池项目": 3200, "乙面料项目": 900}
    assert "error" not in set(tables.problems["severity"])
