"""What each row of a sheet is, decided for all rows together.

Every row is scored for every role by its words, the types of its cells and its shape; the roles are
then the best path through the sequence title → unit → header → section → data → total → remark
(Viterbi). Deciding jointly is what the row-classification literature does (Adelfio & Samet 2013;
Pytheas, Christodoulakis et al. 2020; Strudel, Jiang et al. 2021); a chain of rules would let one
misread title turn a whole sheet.
"""

import re

import numpy as np

from meishan_stats.extract.cells import (
    DATE,
    NUMBER,
    PLACEHOLDER,
    TEXT,
    is_group_name,
    is_remark,
    is_unit_note,
    total_word,
)
from meishan_stats.extract.lead import lead_of_data
from meishan_stats.extract.shapes import RowShape, RowShapes

TITLE, UNIT, HEADER, SECTION, DATA, TOTAL, REMARK = range(7)
ROLE_NAMES = ("title", "unit", "header", "section", "data", "total", "remark")
IMPOSSIBLE = -50.0
PROSE_LENGTH = 30
_OFFICE = re.compile(r"(?:局|办|办公室|政府|委员会|管委会|中心|领导小组)$")

# log-odds of one role after another; only their order of size matters, not their values.
_START = {TITLE: 0.0, UNIT: 0.0, HEADER: -0.3, REMARK: -1.0, DATA: -8.0, SECTION: -4.0, TOTAL: -8.0}
_STEP = {
    TITLE: {TITLE: 0.0, UNIT: 0.0, HEADER: 0.0, REMARK: -0.5, SECTION: -4.0, DATA: -8.0},
    UNIT: {TITLE: -0.5, UNIT: -0.5, HEADER: 0.0, REMARK: -0.5, SECTION: -4.0, DATA: -8.0},
    HEADER: {HEADER: -0.4, SECTION: 0.0, DATA: 0.0, TOTAL: -0.2, UNIT: -1.0, REMARK: -3.0, TITLE: -6.0},
    SECTION: {SECTION: 0.0, DATA: 0.0, TOTAL: -0.7, REMARK: -2.0, TITLE: -4.0, HEADER: -2.0},
    DATA: {DATA: 0.0, SECTION: -0.1, TOTAL: 0.0, REMARK: -0.3, TITLE: -2.5, HEADER: -3.5, UNIT: -3.0},
    TOTAL: {TOTAL: 0.0, SECTION: 0.0, DATA: -0.2, REMARK: 0.0, TITLE: -1.5, HEADER: -2.5, UNIT: -2.0},
    REMARK: {REMARK: 0.0, TITLE: -1.0, UNIT: -0.5, HEADER: -0.5, DATA: -6.0, TOTAL: -4.0, SECTION: -5.0},
}
_GAP_BONUS = {
    (DATA, TITLE): 1.5, (DATA, HEADER): 2.0, (DATA, UNIT): 1.5, (TOTAL, TITLE): 1.0, (TOTAL, HEADER): 1.5,
    (DATA, REMARK): 0.3, (TOTAL, UNIT): 1.0,
}  # fmt: skip


def _title_score(shape: RowShape) -> float:
    score = -1.0 if shape.n_numbers else 0.5
    score += 1.5 if shape.is_wide else 0.0
    score += 1.0 if shape.n == 1 and shape.texts and not shape.heading else 0.0
    score -= 1.5 * (shape.n > 3) + 3.0 * (shape.header_share > 0.5 and shape.n >= 2)
    score += 1.0 if shape.longest >= 6 and shape.n <= 2 and not _total_word(shape) else 0.0
    return score - (2.0 if not shape.texts else 0.0)


def _unit_score(shape: RowShape) -> float:
    units = sum(is_unit_note(text) for text in shape.texts)
    return 3.5 + (units == shape.n) if units and shape.n <= 3 else -4.0


def _header_score(shape: RowShape) -> float:
    """Header words for, numbers and long texts against; a numbering row or merges from above decide."""
    if shape.is_numbering:
        score = 5.0
    else:
        score = 5.0 * shape.header_share + min(shape.n_header, 5) * 0.6 - 1.5
        score -= 4.0 * shape.n_numbers / shape.n + (3.0 if shape.n_header == 0 else 0.0)
        score += 1.0 if len(shape.texts) == shape.n and shape.n >= 3 and shape.longest <= 20 else 0.0
        score -= 2.5 * (shape.n == 1) + 3.0 * (shape.longest > 40)
        score -= 2.0 if shape.looks[0] == NUMBER and shape.n >= 3 else 0.0
    return max(score, 0.0) + 5.0 if shape.is_under_header else score


def _section_score(shape: RowShape) -> float:
    heading, n_text = shape.heading, len(shape.texts)
    short = shape.longest <= PROSE_LENGTH
    if heading and heading[0] <= 2 and n_text <= 2 + (len(shape.first_text) <= 4) and short:
        return 4.0
    if shape.n > 2 or not n_text:
        return -2.5
    score = 0.6 + (1.2 if shape.is_wide else 0.0) + (0.6 if shape.first_column == 0 else -0.8)
    if not shape.is_wide and not heading:  # a project of which only the name is known looks the same
        score += 0.6 if is_group_name(shape.first_text) else -2.0
    score -= 3.0 if PLACEHOLDER in shape.looks else 0.0
    score -= 2.0 * shape.first_text.rstrip().endswith("。")  # a sentence heads nothing
    return score - 1.0 * shape.n_numbers + (0.5 if heading and short else 0.0)


def _data_score(shape: RowShape) -> float:
    score = 0.5 + 1.2 * (shape.n_numbers > 0) + 0.8 * (shape.n >= 3) + 0.7 * (shape.n >= 4)
    score += 0.8 if shape.looks[0] == NUMBER and shape.n >= 2 else 0.0
    score -= 4.0 * (shape.header_share if shape.n >= 2 else 0.0)
    score -= (
        1.5 * (shape.n == 1 and not _may_be_a_name(shape)) + 1.5 * shape.is_wide + 3.0 * _is_sign_off(shape)
    )
    return score + (0.5 if PLACEHOLDER in shape.looks else 0.0)


def _total_score(shape: RowShape) -> float:
    word = _total_word(shape)
    if word is None and not shape.texts and shape.n_numbers >= 2 and shape.looks[0] != NUMBER:
        return -2.0
    # 小计 | 省外 | 市外 without a number is the lower row of a header, and no sum.
    is_words = len(shape.texts) == shape.n and (shape.n >= 3 or shape.is_under_header)
    return {"total": 6.0, "of_which": 3.5, None: -6.0}[word] - 3.0 * (shape.n == 1) - 6.0 * is_words


def _remark_score(shape: RowShape) -> float:
    if shape.first_text and is_remark(shape.first_text):
        score = 4.5 if shape.header_share < 0.7 or shape.n <= 2 else 0.0
    elif shape.n <= 2 and shape.longest > PROSE_LENGTH:
        score = 2.2
    else:
        score = 0.8 if shape.is_wide or (shape.n == 1 and shape.texts) else -2.5
    return max(score, 3.5) if _is_sign_off(shape) else score


def _may_be_a_name(shape: RowShape) -> bool:
    """True for a short text that names no group: all that is known of a project may be its name."""
    return bool(shape.texts) and shape.longest <= 20 and not is_group_name(shape.first_text)


def _total_word(shape: RowShape) -> str | None:
    """Whether a word such as 合计 stands in the first three cells of the row."""
    return total_word(shape.first_text) if shape.first_text and shape.looks.index(TEXT) <= 2 else None


def _is_sign_off(shape: RowShape) -> bool:
    """True for 审核：某某, and for the office and the day that stand alone at the end of a form."""
    if shape.n == 2 and shape.width_share < 0.5 and DATE in shape.looks:
        return bool(_OFFICE.search(shape.first_text))
    return shape.n_labelled > 0 and shape.n_labelled >= shape.n / 2


_SCORES = (_title_score, _unit_score, _header_score, _section_score, _data_score, _total_score, _remark_score)


def row_roles(shapes: RowShapes) -> np.ndarray:
    """Role of every row, as the best path over all of them.

    Examples
    --------
    >>> from meishan_stats.extract.shapes import row_shapes
    >>> rows = [["某镇招商引资项目表", "", ""], ["序号", "项目名称", "总投资"], [1, "某项目", 3600], ["合计", "", 3600]]
    >>> [ROLE_NAMES[role] for role in row_roles(row_shapes(rows, [(0, 0, 0, 2)]))]
    ['title', 'header', 'data', 'total']
    """
    roles = np.full(len(shapes), DATA, dtype=np.int8)
    if len(shapes):
        edges = np.flatnonzero(np.diff(_surely_data(shapes), prepend=True, append=True))
        for start, end in edges.reshape(-1, 2).tolist():
            roles[start:end] = _best_path(shapes, start, end)
    return roles


def _surely_data(shapes: RowShapes) -> np.ndarray:
    """Rows in the midst of a table that are data on every best path.

    Of a run of rows that lead as data, a path may only begin later or end sooner with data where all
    that it leads by there is less than what the step into data, or out of it, costs.
    """
    lead = lead_of_data(shapes)
    leads = lead > 0
    edges = np.flatnonzero(np.diff(leads, prepend=False, append=False)).reshape(-1, 2)
    is_sure = np.zeros(len(shapes), dtype=bool)
    for start, end in edges[edges[:, 1] - edges[:, 0] > 1].tolist():
        so_far = lead[start:end].cumsum()
        is_sure[start:end] = (so_far - lead[start:end] > _ENTRY) & (so_far[-1] - so_far > _EXIT)
    return is_sure


def _best_path(shapes: RowShapes, start: int, end: int) -> list[int]:
    """Best roles of the rows from `start` up to `end`, between rows that are data or at an end of the sheet."""
    best: list[float] = []
    back: list[list[int]] = []
    for i in range(start, end):
        shape = shapes[i]
        scores = [score(shape) for score in _SCORES]
        if i == start:
            entry = [_INTO[shape.after_gap][role][DATA] if i else _START[role] for role in range(7)]
            best = [a + b for a, b in zip(scores, entry, strict=True)]
            continue
        step, fresh = [], []
        for role, into in enumerate(_INTO[shape.after_gap]):
            options = [a + b for a, b in zip(best, into, strict=True)]
            most = max(options)
            step.append(options.index(most))
            fresh.append(most + scores[role])
        best = fresh
        back.append(step)
    if end < len(shapes):
        best = [a + b for a, b in zip(best, _INTO[bool(shapes.after_gap[end])][DATA], strict=True)]
    role = best.index(max(best))
    path = [role]
    for step in reversed(back):
        role = step[role]
        path.append(role)
    return path[::-1]


def _transition(before: int, role: int, after_gap: bool) -> float:
    score = _STEP[before].get(role, IMPOSSIBLE)
    return score + (_GAP_BONUS.get((before, role), 0.0) if after_gap else 0.0)


_INTO = [
    [[_transition(before, role, after_gap) for before in range(7)] for role in range(7)]
    for after_gap in (False, True)
]
"""By ``after_gap`` and role: what the step from each other role costs."""
_ENTRY = -min(*_INTO[False][DATA], _START[DATA]) + 0.01
_EXIT = -min(_STEP[DATA].values()) + 0.01
