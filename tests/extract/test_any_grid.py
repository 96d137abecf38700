"""Any grid of any cells: recognised without a failure, every non-empty cell in exactly one role."""

from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.extract.cells import EMPTY, look
from meishan_stats.extract.packages import sound_merges
from meishan_stats.extract.recognise import ROLES, recognise
from meishan_stats.extract.workbook import Sheet

WORDS = ["序号", "项目名称", "总投资（万元）", "到位资金", "1月", "合计", "其中：外资", "一、新能源", "单位：万元", "备注", "2011年9月招商项目表", "来访客商", "目标任务", "甲项目", "同上", "—"]  # fmt: skip
CELLS = st.one_of(
    st.just(""), st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=8), st.booleans(), st.integers(), st.floats(),
    st.datetimes(), st.dates(), st.times(), st.timedeltas(),
)  # fmt: skip
PLACES = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 20), st.integers(0, 20))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 7).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=9)), st.lists(PLACES, max_size=3), st.text(max_size=9))  # fmt: skip
def test_every_cell_of_any_grid_has_one_role(rows, merged, name):
    width = len(rows[0]) if rows else 0
    sheet = Sheet(name, rows, sound_merges(merged, len(rows), width))
    found = recognise(sheet, name, {})
    full = {(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if look(cell) != EMPTY}
    assert {(place[0], place[1]) for place in found.roles} == full
    assert set(found.roles.values()) <= set(ROLES)


@given(st.lists(st.tuples(*[st.integers(-2, 30)] * 4), max_size=8), st.integers(0, 12), st.integers(0, 12))
def test_sound_merges_lie_in_the_sheet_and_share_no_cell(merged, n_rows, n_columns):
    cells = [
        (r, c)
        for r0, c0, r1, c1 in sound_merges(merged, n_rows, n_columns)
        for r in range(r0, r1 + 1)
        for c in range(c0, c1 + 1)
    ]
    assert len(cells) == len(set(cells))
    assert all(0 <= r < n_rows and 0 <= c < n_columns for r, c in cells)
