"""What every result of a statistic has."""

from meishan_stats.schemas.base import Date, Flag, Table, Text, column


class Result(Table):
    """One office, whether its figures are invented, and the last month reported: what a caption needs."""

    office: Text = column("单位名称", "office", nullable=False)
    is_demo: Flag = column("示例数据", "invented data for demonstration", nullable=False)
    as_of: Date = column("截至", "last month reported")
