"""What each row of a sheet is, decided for all rows together.

Every row is scored for every role by its words, the types of its cells and its shape; the roles are
then the best path through the sequence title → unit → header → section → data → total → remark
(Viterbi). Deciding jointly is what the row-classification literature does (Adelfio & Samet 2013;
Pytheas, Christodoulakis et al. 2020; Strudel, Jiang et al. 2021); a chain of rules would let one
misread title turn a whole sheet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from meishan_stats.extract.cells import (
    DATE,
    EMPTY,
    NUMBER,
    PLACEHOLDER,
    TEXT,
    enumerated,
    is_remark,
    is_unit_note,
    look,
    total_word,
)
from meishan_stats.extract.header_text import read_header
from meishan_stats.extract.headers import header_likeness
from meishan_stats.extract.workbook import Range
from meishan_stats.values.text import match_key

TITLE, UNIT, HEADER, SECTION, DATA, TOTAL, REMARK = range(7)
ROLE_NAMES = ("title", "unit", "header", "section", "data", "total", "remark")
IMPOSSIBLE = -50.0
_LABELLED = re.compile(r"^[^:：\d]{1,10}[:：].{0,16}$")
"""A sign-off: 审核：某某, 报出日期：2012年5月3日."""
PROSE_LENGTH = 30

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


@dataclass(frozen=True)
class RowShape:
    """What is seen of one row without knowing its role."""

    row: int
    n: int
    looks: tuple[str, ...]
    texts: tuple[str, ...]
    first_text: str
    width_share: float
    is_wide: bool
    header_share: float
    n_header: int
    is_numbering: bool
    is_under_header: bool
    heading: tuple[int, str] | None
    n_labelled: int
    after_gap: bool
    first_column: int


def row_shapes(rows: Sequence[Sequence[object]], merged: Sequence[Range]) -> list[RowShape]:
    """Shape of every row that is not empty."""
    width = _used_width(rows)
    spans = {(r0, c0): c1 - c0 + 1 for r0, c0, _, c1 in merged if c1 > c0}
    under = _rows_under_headers(rows, merged)
    shapes: list[RowShape] = []
    for r, row in enumerate(rows):
        cells = [(c, value, kind) for c, value in enumerate(row) if (kind := look(value)) != EMPTY]
        if cells:
            gap = bool(shapes) and shapes[-1].row < r - 1
            shapes.append(_shape(r, cells, spans, width, gap, r in under))
    return shapes


def _rows_under_headers(rows: Sequence[Sequence[object]], merged: Sequence[Range]) -> set[int]:
    """Rows that two or more header cells above them reach down to: the lower rows of a merged header."""
    reach: dict[int, int] = {}
    for r0, c0, r1, _ in merged:
        if (
            r0 < r1 <= r0 + 4
            and r1 < len(rows)
            and c0 < len(rows[r0])
            and header_likeness(str(rows[r0][c0])) >= 0.8
        ):
            for r in range(r0 + 1, r1 + 1):
                reach[r] = reach.get(r, 0) + 1
    return {r for r, n in reach.items() if n >= 2}


def _used_width(rows: Sequence[Sequence[object]]) -> int:
    used = (c for row in rows[:200] for c, value in enumerate(row) if look(value) != EMPTY)
    return max(used, default=0) + 1


def _shape(
    r: int,
    cells: list[tuple[int, object, str]],
    spans: dict[tuple[int, int], int],
    width: int,
    gap: bool,
    is_under: bool,
) -> RowShape:
    kinds = _kinds_in_context(cells)
    texts = tuple(str(value) for (_, value, _), kind in zip(cells, kinds, strict=True) if kind == TEXT)
    likeness = [0.0 if text.rstrip().endswith((":", "：")) else header_likeness(text) for text in texts]
    widest = max(spans.get((r, c), 1) for c, _, _ in cells)
    return RowShape(
        row=r,
        n=len(cells),
        looks=kinds,
        texts=texts,
        first_text=texts[0] if texts else "",
        width_share=len(cells) / width,
        is_wide=len(cells) == 1 and (widest >= max(3, width / 2)),
        header_share=sum(likeness) / len(cells),
        n_header=sum(score > 0 for score in likeness),
        is_numbering=is_numbering([value for _, value, _ in cells]),
        is_under_header=is_under,
        heading=row_heading(texts),
        n_labelled=sum(bool(_LABELLED.match(text)) for text in texts),
        after_gap=gap,
        first_column=cells[0][0],
    )


def _kinds_in_context(cells: Sequence[tuple[int, object, str]]) -> tuple[str, ...]:
    """Kinds of a row's cells; three or more periods side by side (1月 2月 3月) are words of a header."""
    periods = {
        str(value)
        for _, value, kind in cells
        if kind == DATE and isinstance(value, str) and _is_period(value)
    }
    only_words = all(
        str(v) in periods or (kind == TEXT and header_likeness(str(v)) > 0) for _, v, kind in cells
    )
    if len(periods) < 3 and not (periods and only_words):
        return tuple(kind for _, _, kind in cells)
    return tuple(
        TEXT if kind == DATE and isinstance(v, str) and _is_period(v) else kind for _, v, kind in cells
    )


def row_heading(texts: Sequence[str]) -> tuple[int, str] | None:
    """Level and words of a heading, its number in a cell of its own or not: 一、新能源, or 一 | 新能源.

    >>> row_heading(["一、新能源"]), row_heading(["（一）", "电池"]), row_heading(["某项目"])
    ((1, '新能源'), (2, '电池'), None)
    """
    if not texts:
        return None
    bare = texts[0].strip()
    if len(texts) >= 2 and len(bare) <= 4 and not bare.isascii():
        number = bare if bare.endswith((")", "）", "、", ".", "．")) else f"{bare}、"
        return enumerated(number + texts[1].strip())
    return enumerated(bare)


def _is_period(text: str) -> bool:
    part = read_header(text)
    return part.grain is not None and not part.residue and not part.stems


def is_numbering(values: Sequence[object]) -> bool:
    """True for the row 甲 | 乙 | 1 | 2 | 3, or A | B | C, that official forms print under their header."""
    keys = [
        match_key(str(int(v) if isinstance(v, float) and v.is_integer() else v)).strip("()") for v in values
    ]
    keys = [key.partition("=")[0] for key in keys]
    if len(keys) < 3 or not all(keys):
        return False
    runs: list[list[int]] = []
    for kind, number in map(_ordinal, keys):
        if number is None:
            return False
        if runs and kind == runs[-1][0] and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        elif number in (0, 1) and len(runs) < 2:
            runs.append([kind, number])
        else:
            return False
    return True


def _ordinal(key: str) -> tuple[int, int | None]:
    """Kind and place of a column's number: digits, letters or heavenly stems, the first 1."""
    if key.isdigit() and len(key) <= 2:
        return -1, int(key)
    for kind, signs in ((-2, "abcdefghijklmnopqrstuvwxyz"), (-3, "甲乙丙丁戊己庚辛壬癸")):
        if len(key) == 1 and key in signs:
            return kind, signs.index(key) + 1
    return 0, None


def _scores(shape: RowShape) -> list[float]:
    """How well the row fits each role."""
    n_numbers = sum(kind in (NUMBER, DATE) for kind in shape.looks)
    n_text = len(shape.texts)
    first = shape.first_text
    longest = max(map(len, shape.texts), default=0)
    total = total_word(first) if first and shape.looks.index(TEXT) <= 2 else None
    heading = shape.heading
    score = [0.0] * 7

    score[TITLE] = -1.0 if n_numbers else 0.5
    score[TITLE] += 1.5 if shape.is_wide else 0.0
    score[TITLE] += 1.0 if shape.n == 1 and n_text and not heading else 0.0
    score[TITLE] -= 1.5 * (shape.n > 3) + 3.0 * (shape.header_share > 0.5 and shape.n >= 2)
    score[TITLE] += 1.0 if longest >= 6 and shape.n <= 2 and not total else 0.0
    score[TITLE] -= 2.0 if not n_text else 0.0

    units = sum(is_unit_note(text) for text in shape.texts)
    score[UNIT] = (3.5 + (units == shape.n)) if units and shape.n <= 3 else -4.0

    score[HEADER] = 5.0 * shape.header_share + min(shape.n_header, 5) * 0.6 - 1.5
    score[HEADER] -= 4.0 * n_numbers / shape.n + (3.0 if shape.n_header == 0 else 0.0)
    score[HEADER] += 1.0 if n_text == shape.n and shape.n >= 3 and longest <= 20 else 0.0
    score[HEADER] -= 2.5 if shape.n == 1 else 0.0
    score[HEADER] -= 3.0 if longest > 40 else 0.0
    score[HEADER] -= 2.0 if shape.looks[0] == NUMBER and shape.n >= 3 else 0.0
    if shape.is_numbering:
        score[HEADER] = 5.0
    if shape.is_under_header:
        score[HEADER] = max(score[HEADER], 0.0) + 5.0

    score[SECTION] = -2.5
    if shape.n <= 2 and n_text:
        score[SECTION] = 0.6 + (1.2 if shape.is_wide else 0.0) + (0.6 if shape.first_column == 0 else -0.8)
        score[SECTION] -= 1.0 * n_numbers
    if heading and heading[0] <= 2 and n_text <= 2 + (len(first) <= 4) and longest <= PROSE_LENGTH:
        score[SECTION] = 4.0
    elif heading and shape.n <= 2 and longest <= PROSE_LENGTH:
        score[SECTION] += 0.5

    score[DATA] = 0.5 + 1.2 * (n_numbers > 0) + 0.8 * (shape.n >= 3) + 0.7 * (shape.n >= 4)
    score[DATA] += 0.8 if shape.looks[0] == NUMBER and shape.n >= 2 else 0.0
    score[DATA] -= 4.0 * (shape.header_share if shape.n >= 2 else 0.0)
    score[DATA] -= 1.5 * (shape.n == 1) + 1.5 * shape.is_wide

    score[TOTAL] = {"total": 6.0, "of_which": 3.5, None: -6.0}[total] - (3.0 if shape.n == 1 else 0.0)
    if total is None and not n_text and n_numbers >= 2 and shape.looks[0] != NUMBER:
        score[TOTAL] = -2.0

    score[REMARK] = -2.5
    if first and is_remark(first):
        score[REMARK] = 4.5 if shape.header_share < 0.7 or shape.n <= 2 else 0.0
    elif shape.n <= 2 and longest > PROSE_LENGTH:
        score[REMARK] = 2.2
    elif shape.is_wide or (shape.n == 1 and n_text):
        score[REMARK] = 0.8
    if shape.n_labelled and shape.n_labelled >= shape.n / 2:
        score[REMARK] = max(score[REMARK], 3.5)
        score[DATA] -= 3.0
    if PLACEHOLDER in shape.looks:
        score[DATA] += 0.5
    return score


def row_roles(shapes: Sequence[RowShape]) -> list[int]:
    """Role of every row, as the best path over all of them.

    Examples
    --------
    >>> rows = [["某镇招商引资项目表", "", ""], ["序号", "项目名称", "总投资"], [1, "某项目", 3600], ["合计", "", 3600]]
    >>> [ROLE_NAMES[role] for role in row_roles(row_shapes(rows, [(0, 0, 0, 2)]))]
    ['title', 'header', 'data', 'total']
    """
    if not shapes:
        return []
    scores = _scores(shapes[0])
    best = [scores[role] + _START[role] for role in range(7)]
    back: list[list[int]] = []
    for shape in shapes[1:]:
        scores = _scores(shape)
        step = []
        fresh = []
        for role in range(7):
            options = [best[before] + _transition(before, role, shape.after_gap) for before in range(7)]
            before = max(range(7), key=options.__getitem__)
            step.append(before)
            fresh.append(options[before] + scores[role])
        best = fresh
        back.append(step)
    role = max(range(7), key=best.__getitem__)
    path = [role]
    for step in reversed(back):
        role = step[role]
        path.append(role)
    return path[::-1]


def _transition(before: int, role: int, after_gap: bool) -> float:
    score = _STEP[before].get(role, IMPOSSIBLE)
    return score + (_GAP_BONUS.get((before, role), 0.0) if after_gap else 0.0)
