"""By how much a row is data rather than anything else, told from a glance at its cells.

In the midst of a table of a hundred thousand rows every row would be scored with the same outcome. What
its cells may be at most (`glance`) bounds each score of ``layout`` from above, and that of data from below.
"""

import numpy as np

from meishan_stats.extract.cells import DATE, NUMBER, PLACEHOLDER, TEXT
from meishan_stats.extract.glance import KIND, LABELLED, LEVEL, LEVEL_BIT, NUMBERS, OPENS
from meishan_stats.extract.shapes import RowShapes

_LEAST = 0.5
_A_HEADER = 5
_NO_TOTAL = -2.0
"""The best that the scores of ``layout`` give a row of three cells that is no header or title."""


def lead_of_data(shapes: RowShapes) -> np.ndarray:
    """Least lead of each row's score as data over its score as anything else; 0 where it is open.

    The scores are those of ``layout``: with a likeness to headers that is at most so much, as data a
    row has at least, as a header at most, what its exact likeness would give.
    """
    seen = shapes.grid.glances.T[:, shapes.rows]
    kind, at = seen & KIND, np.arange(len(shapes))
    is_text, is_number, filled = kind == TEXT, kind == NUMBER, kind != 0
    level = seen >> LEVEL_BIT & LEVEL
    n, n_texts, n_numbers = (_count(where) for where in (filled, is_text, is_number | (kind == DATE)))
    share = (level * is_text).sum(axis=0, dtype=np.int32) / 10 / np.maximum(n, 1)
    n_headers = _count(is_text & (level > 0))
    first = filled.argmax(axis=0)
    by_number = is_number[first, at]
    data = 1.3 + 1.2 * (n_numbers > 0) + 0.7 * (n >= 4) + 0.8 * by_number - 4.0 * share
    data += 0.5 * (kind == PLACEHOLDER).any(axis=0)
    header = 5.0 * share + 0.6 * np.minimum(n_headers, 5) - 1.5 - 4.0 * n_numbers / np.maximum(n, 1)
    header += 1.0 * (n_texts == n) - 2.0 * by_number - 3.0 * (n_headers == 0)
    title = np.where(n_numbers > 0, -1.0, 0.5) - 1.5 * (n > 3)
    lead = data - np.maximum(np.maximum(header, title), _NO_TOTAL)
    return np.where((lead >= _LEAST) & ~_needs_a_close_look(shapes, seen, n), lead, 0.0)


def _count(where: np.ndarray) -> np.ndarray:
    return where.sum(axis=0, dtype=np.int32)


def _needs_a_close_look(shapes: RowShapes, seen: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Rows whose words or numbers may decide: sums, headings, notes, sign-offs, periods, running numbers."""
    kind, level, at = seen & KIND, seen >> LEVEL_BIT & LEVEL, np.arange(len(shapes))
    is_text = kind == TEXT
    is_period = (kind == DATE) & (level > 0)
    only_words = ~((kind != 0) & ~is_period & ~(is_text & (level >= _A_HEADER))).any(axis=0)
    opens = is_text & ((seen & OPENS) > 0)
    first, first_text = (kind != 0).argmax(axis=0), is_text.argmax(axis=0)
    values = shapes.grid.cells.T[first, shapes.rows]
    numbers = ((seen[first, at] & NUMBERS) > 0) | (kind[first, at] == NUMBER) & (
        (values == 0) | (values == 1)
    )
    n_periods, n_labelled = _count(is_period), _count(is_text & ((seen & LABELLED) > 0))
    return (
        (n < 3)
        | shapes.is_under_header
        | (n_periods >= 3)
        | ((n_periods > 0) & only_words)
        | np.where(n > 3, opens[first_text, at], opens.any(axis=0))
        | ((n_labelled > 0) & (2 * n_labelled >= n))
        | numbers.astype(bool)
    )


def most_headers(shapes: RowShapes) -> tuple[np.ndarray, np.ndarray]:
    """Most words of headers that each row may hold, and the most of its cells' mean likeness to a header."""
    seen = shapes.grid.glances.T[:, shapes.rows]
    kind = seen & KIND
    level = np.where((kind == TEXT) | (kind == DATE), seen >> LEVEL_BIT & LEVEL, 0)
    return _count(level > 0), level.sum(axis=0, dtype=np.int32) / 10 / np.maximum(_count(kind != 0), 1)
