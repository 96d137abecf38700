"""Any sheet at all: it is read without a failure, and no cell is lost."""

import csv

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import meishan_stats as ms

COUNTS = ["n_title", "n_unit", "n_header", "n_section", "n_data", "n_total", "n_remark", "n_ignored"]
WORDS = [
    "序号", "项目名称", "投资方", "总投资（万元）", "总投资", "协议资金", "到位资金", "本月", "本年累计", "历年累计", "1月", "2月", "进度",
    "签约时间", "产业类型", "用地面积（亩）", "来源地", "备注", "联系电话", "目标任务", "来访客商", "驻点", "人数", "基础设施", "单位：万元", "（万元）",
    "合计", "小计", "其中：外资", "一、新能源", "（一）光伏", "二、", "备注：无", "填报人：", "2011年9月招商项目表", "甲光伏项目", "乙公司", "江苏无锡",
    "3600", "3,600", "3600万元", "500万美元", "约3000", "3000-5000", "—", "同上", "117%", "2011.3", "2011年13月", "3月15日", "在谈", "已签约", "38",
    "Project", "Investor", "Total cost (US$ million)", "Status", "Approval date", "Year", "Month", "Quantity in Millions", "US$ 1.2 billion", "",
]  # fmt: skip
CELLS = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=8))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=9))
def test_any_sheet_is_read_without_a_failure_and_every_cell_is_accounted_for(tmp_path, rows):
    path = tmp_path / "表.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    tables = ms.load(path)
    assert "internal_error" not in set(tables.problems["code"]), tables.problems["message_en"].tolist()
    assert (tables.sources[COUNTS].sum(axis=1) == tables.sources["n_cells"]).all()
    ms.sector_breakdown(tables.projects, tables.funding)
    ms.funding_by_month(tables.funding)
