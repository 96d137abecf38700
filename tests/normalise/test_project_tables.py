"""Monthly copies of a list read in one pass say what each of them says by itself."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from meishan_stats.extract.recognise import recognise
from meishan_stats.extract.settled import settle
from meishan_stats.extract.steps import claim_steps
from meishan_stats.extract.workbook import Sheet
from meishan_stats.normalise.project_tables import FRAMES, Normalised, normalise_project_tables
from meishan_stats.normalise.source import Source
from meishan_stats.offices import Office

HEADER = [
    "项目名称",
    "投资方",
    "产业类型",
    "总投资",
    "本年累计到位资金",
    "签约时间",
    "开工时间",
    "项目进度",
    "说明",
]
Rows = Sequence[Sequence[object]]


def copy_of(month: str, rows: Rows, unit: str = "单位：万元") -> Source:
    """List of one month, as drawn in a workbook of that month."""
    blank = [""] * (len(HEADER) - 1)
    grid: list[list[object]] = [[f"甲镇{month}招商引资项目表", *blank], [unit, *blank], [*HEADER]]
    tables = recognise(Sheet("项目", grid + [list(row) for row in rows]), month).tables
    return Source(Office(Path(), "甲镇"), f"{month}.xlsx", claim_steps(settle(tables[0]), []))


def copies() -> list[Source]:
    """Four months of a list, each with something that its own column or its own title must decide."""
    march = [
        ["甲项目", "上海甲公司", "新能源", 3600, 100, "3/2/2011", "3月", "在谈", "靠近路口"],
        ["乙项目", "同上", "新材料", "3000-5000", "约50", "15/2/2011", "5月", "签约", ""],
        ["丙项目", "丙公司", "其他", 900, "", "16/2/2011", "", "开工", ""],
    ]
    april = [
        ["1.甲项目", "同上", "新能源", 3600, 5000, "3/4/2011", "3月", "签约", ""],
        ["2.乙项目", "乙公司", "新材料", 4000, -5, "", "", "暂无", ""],
        ["3.丁项目", "丁公司", "化纤", 500, 20, "", "12月", "签约", ""],
        ["4.戊项目", "戊公司", "化纤", 9000000, 30, "", "", "签约", ""],
    ]
    may = [
        ["甲项目", "甲公司", "新能源", 3600, 10, 2011.1, "2011年3月", "", "13900000000"],
        ["己项目", "己公司", "新能源", 800, 10, 2011.03, "", "", "联系人：某某某"],
    ]
    return [
        copy_of("2011年3月", march),
        copy_of("2011年4月", april),
        copy_of("2012年5月", may),
        copy_of("2012年6月", [["庚项目", "庚公司", "", 7, "", "", "", "计划10月签约", ""]]),
    ]


def told(found: Sequence[Normalised]) -> tuple[dict[str, pd.DataFrame], list[object]]:
    """Records of several lists one under the other, and their doubts."""
    frames = {
        name: pd.concat([one.batch.rows(part, one.number) for one in found], ignore_index=True)
        for name, part in FRAMES.items()
    }
    return frames, [one.source.problems for one in found]


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Frame in which missing is None, whatever type its column has."""
    return frame.astype(object).where(frame.notna(), None)


def test_copies_read_in_one_pass_say_what_each_says_by_itself() -> None:
    alone = [normalise_project_tables([source])[0] for source in copies()]
    together = normalise_project_tables(copies())
    assert len({id(one.batch) for one in together}) == 1
    frames, problems = told(together)
    expected, doubts = told(alone)
    assert problems == doubts
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(plain(frame), plain(expected[name]))


def test_each_copy_decides_for_itself() -> None:
    found = normalise_project_tables(copies())
    march, april, may, june = (one.projects for one in found)
    assert march["investor"].tolist() == ["上海甲公司", "上海甲公司", "丙公司"]
    assert april["investor"].isna().tolist() == [True, False, False, False]
    assert march["signed_on"].dt.month.tolist() == [2, 2, 2]
    assert april["name"].tolist() == ["甲项目", "乙项目", "丁项目", "戊项目"]
    assert [row["code"] for row in found[1].source.problems].count("unit_outlier") == 1
    assert may["signed_on"].dt.strftime("%Y-%m").tolist() == ["2011-10", "2011-03"]
    assert june["period"].tolist() == [pd.Timestamp("2012-06-01")]


def test_lists_in_different_units_are_not_read_together() -> None:
    row = [["甲项目", "甲公司", "新能源", 3, "", "", "", "签约", ""]]
    found = normalise_project_tables([copy_of("2011年3月", row), copy_of("2011年4月", row, "单位：亿元")])
    assert [one.projects["total_investment_10k"].item() for one in found] == [3, 30000]
    assert found[0].batch is not found[1].batch
