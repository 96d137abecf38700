"""Heat tables: a cross table whose cells are shaded by their numbers, every number written out."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from meishan_stats.charts.amounts import Scale
from meishan_stats.charts.labels import in_order, name_of, width, wrapped
from meishan_stats.charts.theme import INK, MUTED, TOTAL_COLOUR, new_axes, word

# Lightness falls from white to the dark end, so that the shades keep their order in grey.
_SHADES = LinearSegmentedColormap.from_list("shades", ["#F3F6F9", TOTAL_COLOUR])
_ROW, _LINE = 0.44, 0.17  # inches: a row of cells, a line of a heading
_CELL = 0.8  # inches


class Crossed(NamedTuple):
    """Two columns crossed: the numbers, those missing in each cell, and the names of rows and columns."""

    numbers: pd.DataFrame
    missing: pd.DataFrame
    rows: list[str]
    columns: list[str]


def crossed(
    result: pd.DataFrame, codelists: dict[str, tuple[str, str]], value: str, n_missing: str | None, lang: str
) -> Crossed:
    """Cross two columns of codes, their missing codes last, with the sums of rows and columns behind.

    Parameters
    ----------
    result : a result in long form
    codelists : the column of the rows and that of the columns, each with its codelist and the key of the
        text that names a missing code
    value : column of counts or amounts; a cell without a known value is missing, not 0
    n_missing : column of the values not known, None where there is none
    """
    down, across = codelists
    keyed = result.assign(**{name: result[name].astype(object).fillna("") for name in codelists})
    orders = {name: in_order(keyed[name], codelist) for name, (codelist, _) in codelists.items()}
    cells = keyed.assign(
        number=keyed[value].astype("float64"),
        missing=keyed[n_missing].astype("float64") if n_missing else 0.0,
    )
    wide = {
        name: cells.pivot_table(name, down, across, lambda part: part.sum(min_count=1), dropna=False).reindex(
            index=orders[down], columns=orders[across]
        )
        for name in ("number", "missing")
    }
    names = {
        name: [name_of(code, *codelists[name], lang) for code in order] for name, order in orders.items()
    }
    total = word("heat_total", lang)
    numbers, missing = (_with_sums(table) for table in wide.values())
    return Crossed(numbers, missing.fillna(0), [*names[down], total], [*names[across], total])


def _with_sums(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a last column and a last row of sums; a sum of nothing is missing."""
    wider = np.column_stack([table.to_numpy(dtype=float), table.sum(axis=1, min_count=1)])
    both = pd.DataFrame(wider)
    return pd.DataFrame(np.vstack([both, both.sum(min_count=1)]))


def cell_texts(table: Crossed, scale: Scale, lang: str) -> list[list[str]]:
    """Text of every cell: its number, what is missing under it, a stroke where there is nothing."""
    return [
        [_said(value, int(missing), scale, lang) for value, missing in zip(*pair, strict=True)]
        for pair in zip(table.numbers.to_numpy(), table.missing.to_numpy(), strict=True)
    ]


def _said(value: float, missing: int, scale: Scale, lang: str) -> str:
    if np.isnan(value) and not missing:
        return word("none", lang)
    text = word("unknown", lang) if np.isnan(value) else scale.text(value)
    return f"{text}\n{word('missing', lang, missing)}" if missing else text


def draw_heat(
    ax: Axes | None, values: pd.DataFrame, texts: list[list[str]], rows: Sequence[str], columns: Sequence[str]
) -> Axes:
    """Draw a heat table whose last row and last column are sums, which no shade is given.

    Parameters
    ----------
    ax : axes to draw on; None makes a figure as wide and high as the table needs
    values : numbers of the cells, missing ones unshaded
    texts : what is written in the cells
    rows, columns : names, wrapped as the room allows

    Returns
    -------
    Axes
        The first collection holds the numbers of the shaded cells; texts stand at the cells' centres, the
        headings above them.
    """
    n_rows, n_columns = values.shape
    cell = max(_CELL, 6.2 / n_columns)
    if ax is not None:
        cell = ax.get_window_extent().width / ax.figure.dpi / n_columns
    size = float(np.clip(11.5 * cell, 5, 9))
    heads = [wrapped(name, max(6, int(cell * 13 * 9 / size))) for name in columns]
    head = (max(name.count("\n") for name in heads) + 1) * _LINE * size / 9 / _ROW + 0.25
    ax = new_axes(ax, height=1.75 + _ROW * (n_rows + head), width=max(8.0, 1.8 + cell * n_columns))
    inner = values.iloc[:-1, :-1]
    top = inner.max().max()
    top = top if top > 0 else 1.0
    low = min(0.0, inner.min().min())
    mesh = ax.pcolormesh(
        np.arange(n_columns), np.arange(n_rows), np.ma.masked_invalid(inner.to_numpy(dtype=float)),
        cmap=_SHADES, vmin=low, vmax=top, edgecolors="white", linewidth=1.5,
    )  # fmt: skip
    mesh.set_rasterized(False)
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            value = values.iloc[row, column]
            is_sum = row == n_rows - 1 or column == n_columns - 1
            is_dark = not is_sum and (value - low) / (top - low) > 0.75
            ax.text(
                column + 0.5, row + 0.5, text, ha="center", va="center_baseline", fontsize=_fitting(text, cell, size),
                color="white" if is_dark else MUTED if np.isnan(value) else INK, linespacing=1.25,
            )  # fmt: skip
    for column, name in enumerate(heads):
        ax.text(column + 0.5, -0.12, name, ha="center", va="bottom", fontsize=size, linespacing=1.2)
    ax.set_yticks(np.arange(n_rows) + 0.5, [wrapped(name, 22) for name in rows])
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    ax.axhline(n_rows - 1, color=MUTED, linewidth=0.8)
    ax.plot([n_columns - 1] * 2, [0, n_rows], color=MUTED, linewidth=0.8)
    ax.set(xlim=(0, n_columns), ylim=(n_rows, -head))
    ax.spines[:].set_visible(False)
    return ax


def _fitting(text: str, cell: float, size: float) -> float:
    """Size of letters by which the text is no wider than its cell (a letter is about 0.6 of its size wide)."""
    widest = max(width(line) for line in text.split("\n"))
    return min(size, cell * 72 * 0.94 / (0.57 * widest)) if widest else size
