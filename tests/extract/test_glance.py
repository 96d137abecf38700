"""A glance promises no less than a close look finds; rows it leaves out are data however they are scored."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meishan_stats.extract import layout
from meishan_stats.extract.cells import TEXT, enumerated, is_remark, is_unit_note, look, total_word
from meishan_stats.extract.glance import KIND, LABELLED, LEVEL, LEVEL_BIT, NUMBERS, OPENS, glances, kinds_of
from meishan_stats.extract.header_text import vocabulary
from meishan_stats.extract.headers import header_likeness
from meishan_stats.extract.shapes import is_numbering, row_shapes
from meishan_stats.values.text import match_key, simplified_characters

HEADERS = sorted(vocabulary()[0])[::7] + sorted(vocabulary()[1])
PIECES = st.one_of(
    st.sampled_from(HEADERS),
    st.sampled_from(
        [
            "示例",
            "薄膜",
            "號",
            "1号",
            "LED",
            "Project",
            "（一期）",
            "万元",
            "2011年",
            "：",
            "和",
            "及",
            "甲",
            "一、",
            "\n",
        ]
    ),
    st.text(alphabet="示例浒墅玻璃钢项目投资总額計畫0123（）", max_size=9),
    st.text(max_size=3),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=3).map("".join)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("甲总投资额")
@example("示例项目名称")
@example("總計")
def test_a_glance_promises_no_less_than_a_close_look_finds(text):
    seen = int(glances([text])[0])
    assert seen & KIND == look(text)
    if look(text) == TEXT:
        assert (seen >> LEVEL_BIT & LEVEL) / 10 >= header_likeness(text) - 1e-9
        opens = total_word(text) or is_remark(text) or is_unit_note(text) or enumerated(text)
        assert seen & OPENS or not opens
        assert seen & LABELLED or not any(colon in text for colon in ":：")
    assert seen & NUMBERS or not is_numbering([text, "2", "3"])


def test_whatever_character_begins_a_text_its_kind_is_the_same_at_a_glance():
    texts = [f"{character}{rest}" for character in simplified_characters() for rest in ("", "300")]
    assert kinds_of(texts).tolist() == [look(text) for text in texts]


def test_cells_of_any_type_have_the_kind_that_a_look_gives():
    cells = [1, 1.5, float("nan"), None, "", True, dt.date(2011, 3, 5), dt.time(8), "3600", "—", "示例", b"x"]
    for column in (cells, cells * 200, [2.0] * 2000, [dt.date(2011, 3, 5)] * 40, [True] * 40):
        assert kinds_of(column).tolist() == list(map(look, column))


@given(TEXTS)
def test_a_space_before_a_text_does_not_change_its_key(text):
    assert match_key(f" {text}") == match_key(text)  # the text alone may be known to be its own key


NAMES = [
    "示例%d号光伏项目",
    "某公司%d",
    "年产%d吨材料项目",
    "总部%d",
    "其中：%d号",
    "和平%d号",
    "项目%d",
    "一、%d",
]
CELLS = {
    "seq": st.integers(1, 300),
    "name": st.builds(lambda name, n: name % n, st.sampled_from(NAMES), st.integers(1, 99)),
    "number": st.one_of(st.integers(0, 9000), st.floats(0, 500), st.sampled_from(["", "—", "3600万元"])),
    "stage": st.sampled_from(["在谈", "签约", "开工", ""]),
    "date": st.sampled_from([dt.date(2011, 3, 5), "2011年3月", "2011年4月", ""]),
}


@settings(max_examples=60, deadline=None)
@given(data=st.data(), kinds=st.lists(st.sampled_from(sorted(CELLS)), min_size=3, max_size=7))
def test_rows_that_are_not_scored_are_data_on_the_best_path(data, kinds):
    row = st.tuples(*(CELLS[kind] for kind in kinds)).map(list)
    special = st.sampled_from(["合计", "一、新能源", "备注：无", "项目名称", ""]).map(
        lambda text: [text, *[""] * (len(kinds) - 1)]
    )
    pool = data.draw(st.lists(row, min_size=6, max_size=6))
    order = data.draw(st.lists(st.integers(0, 5), min_size=30, max_size=70))
    rows = [
        ["序号", "项目名称", "总投资", "进度", "签约时间", "备注", "来源地"][: len(kinds)],
        *(pool[i] for i in order),
    ]
    for at, line in data.draw(st.lists(st.tuples(st.integers(0, len(rows)), special), max_size=3)):
        rows.insert(at, line)
    is_sure = layout._surely_data(row_shapes(rows, []))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "lead_of_data", lambda shapes: np.zeros(len(shapes)))
        scored = layout.row_roles(row_shapes(rows, []))
    assert (scored[is_sure] == layout.DATA).all()


def test_of_a_long_plain_table_only_the_ends_are_scored():
    rows = [
        ["序号", "项目名称", "总投资"],
        *([i, f"示例{i}号光伏项目", 500 + i] for i in range(2, 102)),
        ["合计", "", 9000],
    ]
    assert layout._surely_data(row_shapes(rows, [])).sum() >= 90
    assert layout.row_roles(row_shapes(rows, [])).tolist() == [
        layout.HEADER,
        *[layout.DATA] * 100,
        layout.TOTAL,
    ]


def test_no_step_to_another_role_is_worth_more_than_to_stay_with_data():
    steps = np.array(layout._INTO)
    assert steps.max() <= 0
    assert (steps[:, layout.DATA, layout.DATA] == 0).all()
