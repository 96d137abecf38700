"""Who is named and who is not: duty-holders are kept, contacts and telephone numbers are in no table."""

from pathlib import Path

import openpyxl
import pytest

import meishan_stats as ms

TELEPHONES = ("13900000001", "0572-6000001", "13900000002", "139-0000-0003", "13900000004")


def write(folder: Path, *, toml: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["2011年3月招商项目表"],
        ["填报单位：示例镇  填报人：某填表  联系电话：13900000004"],
        ["项目名称", "投资方", "总投资（万元）", "进度", "责任人", "企业联系人", "联系电话", "招商员", "备注情况", "号码"],
        ["光伏组件项目", "上海示例公司", 3600, "在谈，联系人：某联络 139-0000-0003", "专员甲", "某老板", 13900000001, "专员丙", "电话0572-6000001", 13900000002],
        ["面料项目", "江苏示例公司", "13900000001", "已签约", "专员乙", "某经理", "0572-6000001", "专员丁", "", "13900000002"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(folder / "a.xlsx")
    if toml:
        (folder / "office.toml").write_text(toml, encoding="utf-8")
    return folder


def everything(tables: ms.Tables) -> str:
    return "\n".join(frame.to_csv() for _, frame in tables.items())


@pytest.fixture
def tables(tmp_path) -> ms.Tables:
    return ms.load(write(tmp_path))


@pytest.mark.parametrize("secret", [*TELEPHONES, "某填表", "某老板", "某经理", "某联络"])
def test_no_contact_and_no_telephone_number_is_in_any_table(tables, secret):
    assert secret not in everything(tables)
    assert secret.replace("-", "") not in everything(tables)


def test_the_cells_left_out_are_counted_with_their_reason(tables):
    source = tables.sources.iloc[0]
    assert source["n_ignored"] == 6
    assert "personal" in source["ignored_because"]


def test_the_rest_of_a_text_with_a_number_in_it_is_kept(tables):
    stated = tables.projects.set_index("name")["stage_stated"]["光伏组件项目"]
    assert stated.startswith("在谈")


def test_duty_holders_are_kept(tables):
    assert sorted(tables.projects["responsible"]) == ["专员乙", "专员甲"]
    assert sorted(tables.projects["recruiter"]) == ["专员丁", "专员丙"]


def test_a_setting_drops_duty_holders_too(tmp_path):
    tables = ms.load(write(tmp_path, toml="drop_persons = true\n"))
    assert len(tables.projects) == 2
    for person in ("专员甲", "专员乙", "专员丙", "专员丁"):
        assert person not in everything(tables)
