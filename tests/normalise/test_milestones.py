"""Dates of milestones in project lists, turned schedules and text; and the stage that follows from them."""

from types import MappingProxyType
from typing import Any

import pandas as pd

from meishan_stats.normalise.milestones import normalise_milestones
from meishan_stats.normalise.project_stages import read_progress
from meishan_stats.normalise.projects import normalise_projects
from normalise.drawn import sources, told


class Listed:
    """A project list as read: its milestones, its projects, its doubts."""

    def __init__(self, text: str, merged: str = "", **about: Any) -> None:
        (source,) = sources(text, merged, **about)
        assert source.table.table == "projects"
        progress = read_progress(source)
        projects = normalise_projects(source, progress)
        self.projects = projects.set_index("name")
        self.frame = normalise_milestones(source, projects, progress.dates)
        self.doubts = [
            (row["code"], row["cell"]) for row in source.problems if row["severity"] in ("error", "warning")
        ]
        self.messages = [row["message_zh"] for row in source.problems]

    def milestones(self, *more: str) -> list[tuple[Any, ...]]:
        order = self.frame.sort_values(["source_row", "milestone"], kind="stable")
        return told(order, "name", *more)

    def stages(self) -> dict[str, tuple[Any, Any, Any]]:
        rows = self.projects[["stage", "stage_basis", "is_signed"]]
        return {
            str(name): tuple(None if pd.isna(value) else value for value in row)  # type: ignore[misc]
            for name, row in zip(rows.index, rows.itertuples(index=False), strict=True)
        }


def test_a_column_a_step_with_dates_planned_in_a_schedule():
    found = Listed(
        """
2011年度重点工业项目节点计划表
序号 | 项目名称 | 投资方 | 签约 | 工商注册 | 立项备案 | 环评 | 供地 | 开工 | 主体结顶 | 竣工 | 责任人
1 | 锂电隔膜项目 | 甲公司 | 3月 | 4月 | 4月底 | 5月 | 6月 | 7月 | 11月 | 2012年3月 | 钱某
2 | 无纺布项目 | 乙公司 | 已签约 | 3月底 | 4月 | 4月 | 5月上旬 | 6月 | 9月 | 12月 | 孙某
""",
        merged="A1:L1",
    )
    assert found.milestones("step", "responsible") == [
        ("锂电隔膜项目", "供地", "钱某", "approval", "2011-06", ""),
        ("锂电隔膜项目", "竣工", "钱某", "completed", "2012-03", ""),
        ("锂电隔膜项目", "工商注册", "钱某", "registered", "2011-04", ""),
        ("锂电隔膜项目", "签约", "钱某", "signed", "2011-03", ""),
        ("锂电隔膜项目", "开工", "钱某", "started", "2011-07", ""),
        ("锂电隔膜项目", "立项备案", "钱某", None, "2011-04", ""),
        ("锂电隔膜项目", "环评", "钱某", None, "2011-05", ""),
        ("锂电隔膜项目", "主体结顶", "钱某", None, "2011-11", ""),
        ("无纺布项目", "供地", "孙某", "approval", "2011-05", ""),
        ("无纺布项目", "竣工", "孙某", "completed", "2011-12", ""),
        ("无纺布项目", "工商注册", "孙某", "registered", "2011-03", ""),
        ("无纺布项目", "开工", "孙某", "started", "2011-06", ""),
        ("无纺布项目", "立项备案", "孙某", None, "2011-04", ""),
        ("无纺布项目", "环评", "孙某", None, "2011-04", ""),
        ("无纺布项目", "主体结顶", "孙某", None, "2011-09", ""),
    ]
    assert found.doubts == []
    assert found.projects["signed_on"].isna().all()


def test_plan_and_fact_under_each_step():
    found = Listed(
        """
招商项目攻坚作战图（2012年5月）
项目名称 | 签订协议 | | 土地摘牌 | | 开工 |
 | 计划 | 实际 | 计划 | 实际 | 计划 | 实际
特种玻璃项目 | 2012年1月 | 2012.1.16 | 2012年3月 | 2012.4.2 | 2012年5月 |
经编面料项目 | 2012年2月 | 2012.2.28 | 2012年5月 | | 2012年7月 |
""",
        merged="A1:G1 A2:A3 B2:C2 D2:E2 F2:G2",
    )
    assert found.milestones() == [
        ("特种玻璃项目", "approval", "2012-03", "2012-04-02"),
        ("特种玻璃项目", "signed", "2012-01", "2012-01-16"),
        ("特种玻璃项目", "started", "2012-05", ""),
        ("经编面料项目", "approval", "2012-05", ""),
        ("经编面料项目", "signed", "2012-02", "2012-02-28"),
        ("经编面料项目", "started", "2012-07", ""),
    ]
    assert found.stages() == {
        "特种玻璃项目": ("approval", "dates", True),
        "经编面料项目": ("signed", "dates", True),
    }


def test_steps_written_under_months():
    found = Listed(
        """
2011年招商项目推进进度计划表
序号 | 项目名称 | 3月 | 4月 | 5月 | 6月 | 12月
1 | 光伏组件项目 | 签约 | 注册公司、立项 | 土地平整 | 开工 | 投产
2 | 电池壳体项目 | 洽谈 | 签订协议 | 工商注册 | 供地 |
""",
        merged="A1:G1",
    )
    assert found.milestones("step") == [
        ("光伏组件项目", "立项", "approval", "2011-04", ""),
        ("光伏组件项目", "投产", "production", "2011-12", ""),
        ("光伏组件项目", "注册公司", "registered", "2011-04", ""),
        ("光伏组件项目", "签约", "signed", "2011-03", ""),
        ("光伏组件项目", "开工", "started", "2011-06", ""),
        ("光伏组件项目", "土地平整", None, "2011-05", ""),
        ("电池壳体项目", "供地", "approval", "2011-06", ""),
        ("电池壳体项目", "工商注册", "registered", "2011-05", ""),
        ("电池壳体项目", "签订协议", "signed", "2011-04", ""),
        ("电池壳体项目", "洽谈", None, "2011-03", ""),
    ]


def test_targets_of_quarters_in_words():
    found = Listed(
        """
2012年重点项目形象进度目标表
序号 | 项目名称 | 总投资（万元） | 一季度目标 | 二季度目标 | 三季度目标 | 四季度目标
1 | 石膏板项目 | 8000 | 完成立项 | 开工建设 | 主体结顶 | 试生产
""",
        merged="A1:G1",
    )
    assert found.milestones() == [
        ("石膏板项目", "approval", "2012Q1", ""),
        ("石膏板项目", "production", "2012Q4", ""),
        ("石膏板项目", "started", "2012Q2", ""),
        ("石膏板项目", None, "2012Q3", ""),
    ]


def test_an_english_roadmap():
    found = Listed(
        """
Project milestone plan 2021
Project | Investor | Contract signed | Land allotment | Construction start | Commissioning | Responsible
Battery pack plant | ABC Ltd | Mar 2021 | May 2021 | Sep 2021 | Q3 2022 | Lee
Glass bottle plant | XYZ Inc | 15 Apr 2021 | Jul 2021 | Nov 2021 | Dec 2022 | Kim
""",
        merged="A1:G1",
    )
    assert found.milestones()[:4] == [
        ("Battery pack plant", "approval", "2021-05", ""),
        ("Battery pack plant", "production", "2022Q3", ""),
        ("Battery pack plant", "signed", "2021-03", ""),
        ("Battery pack plant", "started", "2021-09", ""),
    ]


PROGRESS = """
2011年9月招商项目进展情况表
序号 | 项目名称 | 投资方 | 总投资(万元) | 目前进展
1 | 风机叶片项目 | 甲公司 | 5000 | 2011年3月已签约，6月开工建设，预计年底投产
2 | 汽车座椅项目 | 乙公司 | 3000 | 已签约，计划10月开工
3 | 包装容器项目 | 丙公司 | 3600 | 4月8日签订协议，5月完成注册，正在报批
"""


def test_dates_told_in_the_text_of_progress():
    found = Listed(PROGRESS, merged="A1:E1")
    assert found.milestones() == [
        ("风机叶片项目", "production", "2011-12", ""),
        ("风机叶片项目", "signed", "", "2011-03"),
        ("风机叶片项目", "started", "", "2011-06"),
        ("汽车座椅项目", "started", "2011-10", ""),
        ("包装容器项目", "registered", "", "2011-05"),
        ("包装容器项目", "signed", "", "2011-04-08"),
    ]
    signed = found.projects["signed_on"].dt.strftime("%Y-%m-%d").where(found.projects["signed_on"].notna())
    assert signed.fillna("").tolist() == ["2011-03-01", "", "2011-04-08"]
    assert found.projects["signed_precision"].fillna("").tolist() == ["month", "", "day"]
    assert found.stages() == {
        "风机叶片项目": ("started", "stated", True),
        "汽车座椅项目": ("signed", "stated", True),
        "包装容器项目": ("approval", "stated", True),
    }


def test_a_column_of_dates_comes_before_the_text():
    found = Listed("""
2011年9月招商项目进展情况表
项目名称 | 投资方 | 签约时间 | 目前进展
风机叶片项目 | 甲公司 | 2011-03-05 | 2011年2月签约，6月开工
汽车座椅项目 | 乙公司 | | 4月签约
""")
    assert found.milestones() == [
        ("风机叶片项目", "signed", "", "2011-03-05"),
        ("风机叶片项目", "started", "", "2011-06"),
        ("汽车座椅项目", "signed", "", "2011-04"),
    ]


def test_what_is_planned_next_is_planned():
    found = Listed("""
2014年6月在谈及签约项目推进表
项目名称 | 投资方 | 目前进展 | 推进计划
轮毂轴承项目 | 甲公司 | 4月已签约 | 7月完成注册；9月开工；2015年6月投产
密封件项目 | 乙公司 | 在谈 | 8月签约
""")
    assert found.milestones() == [
        ("轮毂轴承项目", "production", "2015-06", ""),
        ("轮毂轴承项目", "registered", "2014-07", ""),
        ("轮毂轴承项目", "signed", "", "2014-04"),
        ("轮毂轴承项目", "started", "2014-09", ""),
        ("密封件项目", "signed", "2014-08", ""),
    ]


def test_the_next_step_of_a_project_with_its_deadline():
    found = Listed("""
2018年5月重点项目推进情况表
项目名称 | 业主单位 | 总投资（亿元） | 形象进度 | 重点工作内容 | 完成时限
轴承钢管项目 | 甲公司 | 1.2 | 已签约 | 开工建设 | 2018年8月
""")
    assert found.milestones("step") == [("轴承钢管项目", "开工建设", "started", "2018-08", "")]


STAGES = """
2011年9月招商项目情况表
序号 | 项目名称 | 投资方 | 阶段 | 签约时间 | 开工时间 | 竣工时间
1 | 风机叶片项目 | 甲公司 | 在谈 | 2011-03-05 | |
2 | 汽车座椅项目 | 乙公司 | 签约 | 2011-04-05 | 2011-06-01 |
3 | 包装容器项目 | 丙公司 | 开工 | | 2011-06-01 | 2012-03
4 | 陶瓷阀芯项目 | 丁公司 | 投产 | | |
5 | 铜箔项目 | 戊公司 | | 2011-02-01 | 2011-05-20 |
6 | 岩棉板项目 | 己公司 | 待开工 | 2011-05-01 | 2011-09 |
7 | 石英砂项目 | 庚公司 | 终止 | 2011-01-05 | 2011-03-01 |
8 | 树脂项目 | 辛公司 | 洽谈 | | |
"""


def test_the_stage_follows_the_dates_where_it_lags_behind_them():
    assert Listed(STAGES).stages() == {
        "风机叶片项目": ("signed", "dates", True),
        "汽车座椅项目": ("started", "dates", True),
        "包装容器项目": ("started", "stated", True),
        "陶瓷阀芯项目": ("production", "stated", True),
        "铜箔项目": ("started", "dates", True),
        "岩棉板项目": ("landed", "stated", True),
        "石英砂项目": ("terminated", "stated", True),
        "树脂项目": ("negotiating", "stated", False),
    }


def test_a_stage_that_its_dates_contradict_is_told_at_its_cell():
    found = Listed(STAGES)
    assert found.doubts == [("stage_contradiction", "D3"), ("stage_contradiction", "D4")]
    assert found.messages[:1] == ["“风机叶片项目”的进度写作在谈，而签约日期为 2011-03-05，按签约计"]


def test_dates_after_the_month_or_in_it_beside_an_earlier_stage_are_planned():
    found = [row for row in Listed(STAGES).milestones() if row[0] in ("包装容器项目", "岩棉板项目")]
    assert found == [
        ("包装容器项目", "completed", "2012-03", ""),
        ("包装容器项目", "started", "", "2011-06-01"),
        ("岩棉板项目", "signed", "", "2011-05-01"),
        ("岩棉板项目", "started", "2011-09", ""),
    ]


def test_a_registered_project_may_be_called_signed():
    found = Listed("""
2011年9月签约项目表
项目名称 | 投资方 | 阶段 | 注册时间 | 备案时间
风机叶片项目 | 甲公司 | 签约 | 2011-03-05 | 2011-05-01
汽车座椅项目 | 乙公司 | 在谈 | 2011-04-05 |
""")
    assert found.stages() == {
        "风机叶片项目": ("approval", "dates", True),
        "汽车座椅项目": ("registered", "dates", True),
    }
    assert found.doubts == [("stage_contradiction", "C4")]


def test_without_a_month_an_open_date_beside_an_earlier_stage_is_planned():
    found = Listed("""
项目名称 | 投资方 | 阶段 | 开工时间 | 实际竣工时间
风机叶片项目 | 甲公司 | 签约 | 2012-03 |
汽车座椅项目 | 乙公司 | 开工 | 2010-04 | 2011-06-30
""")
    assert found.milestones() == [
        ("风机叶片项目", "started", "2012-03", ""),
        ("汽车座椅项目", "completed", "", "2011-06-30"),
        ("汽车座椅项目", "started", "", "2010-04"),
    ]
    assert found.stages()["风机叶片项目"] == ("signed", "stated", True)
    assert found.stages()["汽车座椅项目"] == ("completed", "dates", True)
    assert found.doubts == [("stage_contradiction", "C3")]


def test_an_open_column_that_contradicts_nearly_every_stage_holds_plans():
    found = Listed("""
2011年9月在建项目表
项目名称 | 投资方 | 进度 | 竣工时间
甲材料项目 | 甲公司 | 在建 | 2011-05
乙材料项目 | 乙公司 | 在建 | 2011-06
丙材料项目 | 丙公司 | 在建 | 2011-07
丁材料项目 | 丁公司 | 在建 | 2011-08
戊材料项目 | 戊公司 | 在建 | 2012-08
""")
    assert found.doubts == []
    assert {row[1:] for row in found.milestones()} == {
        ("completed", f"2011-0{month}", "") for month in (5, 6, 7, 8)
    } | {("completed", "2012-08", "")}
    assert {stage for stage, _, _ in found.stages().values()} == {"started"}


def test_headings_and_titles_give_a_stage_and_say_so():
    found = Listed("""
2011年9月招商项目表
序号 | 项目名称 | 投资方 | 开工时间
一、在谈项目
1 | 风机叶片项目 | 甲公司 |
二、签约项目
1 | 汽车座椅项目 | 乙公司 |
2 | 包装容器项目 | 丙公司 | 2011-05
""")
    assert found.stages() == {
        "风机叶片项目": ("negotiating", "heading", False),
        "汽车座椅项目": ("signed", "heading", True),
        "包装容器项目": ("started", "dates", True),
    }
    assert found.doubts == []
    titled = Listed("2011年9月签约项目表\n项目名称 | 投资方 | 总投资（万元）\n风机叶片项目 | 甲公司 | 500")
    assert titled.stages() == {"风机叶片项目": ("signed", "title", True)}


def test_a_stopped_project_is_signed_where_its_signing_is_dated():
    found = Listed("""
2011年9月招商项目表
项目名称 | 投资方 | 阶段 | 签约时间
风机叶片项目 | 甲公司 | 终止 | 2011-03-05
汽车座椅项目 | 乙公司 | 终止 |
包装容器项目 | 丙公司 | |
""")
    assert found.stages() == {
        "风机叶片项目": ("terminated", "stated", True),
        "汽车座椅项目": ("terminated", "stated", False),
        "包装容器项目": (None, None, None),
    }


def test_an_office_may_have_words_and_an_order_of_its_own():
    text = """
2011年9月招商项目表
项目名称 | 投资方 | 进度
风机叶片项目 | 甲公司 | 业主同意落户
汽车座椅项目 | 乙公司 | 已落户
"""
    assert Listed(text).stages()["汽车座椅项目"] == ("landed", "stated", True)
    own = Listed(text, stage_words=MappingProxyType({"落户": "negotiating"}))
    assert own.stages() == {
        "风机叶片项目": ("negotiating", "stated", False),
        "汽车座椅项目": ("negotiating", "stated", False),
    }
    order = ("lead", "negotiating", "landed", "signed")
    assert Listed(text, stage_order=order).stages()["汽车座椅项目"] == ("landed", "stated", False)


def test_dates_that_run_backwards_are_told_of():
    found = Listed("""
项目名称 | 投资方 | 签约时间 | 实际开工时间
滤芯项目 | 甲公司 | 2014-03-02 | 2014-08-16
滤袋项目 | 乙公司 | 2015-06-11 | 2014-06-30
""")
    assert found.doubts == [("date_order", "D3")]


def test_a_cell_that_says_only_that_it_is_done_has_no_date_and_is_no_error():
    found = Listed("""
2011年9月招商项目表
项目名称 | 投资方 | 签约时间 | 开工时间
滤芯项目 | 甲公司 | 已签约 | 未开工
滤袋项目 | 乙公司 | 2011-06-11 | 见附件
""")
    assert found.milestones() == [("滤袋项目", "signed", "", "2011-06-11")]
    assert found.doubts == [("unparseable_date", "D4")]
