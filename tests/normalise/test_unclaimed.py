"""Which cells of a project list are kept in ``extra``."""

from meishan_stats.extract.fields import FIELDS, PERSONAL
from meishan_stats.normalise.unclaimed import UNUSED, extra
from normalise.drawn import sources


def test_columns_of_other_tables_on_a_project_list_are_kept_as_they_stand() -> None:
    (source,) = sources(
        """
2012年签约项目表（万元）
项目名称 | 投资方 | 总投资 | 走访次数 | 信息数 | 得分
甲项目 | 甲公司 | 3000 | 12 | 3 | 95
"""
    )
    assert source.table.table == "projects"
    assert extra(source).tolist() == ['{"走访次数": "12", "信息数": "3", "得分": "95"}']


def test_no_field_is_both_used_and_kept_and_personal_data_are_never_kept() -> None:
    assert UNUSED < FIELDS
    assert not UNUSED & PERSONAL
    assert not UNUSED & {"name", "investor", "total_investment", "arrived", "land", "plant_area", "seq"}
