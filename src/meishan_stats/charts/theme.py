"""The look of every chart: font, colours, texts, caption; a user's own matplotlib is left as it is."""

import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, reduce
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from meishan_stats.charts.wrapping import wrapped
from meishan_stats.codelists import codes, read_definition
from meishan_stats.errors import ChoiceError, DefinitionError
from meishan_stats.schemas import Table, columns, require_columns

LANGUAGES = ("zh", "en")
INK, EDGE, MUTED, GRID = "#222222", "#444444", "#666666", "#DDDDDD"
TOTAL_COLOUR = "#3B5B7A"  # all sectors together: of no sector
PLANNED_COLOUR, ACTUAL_COLOUR = "#BCC8D4", TOTAL_COLOUR  # lightness 80 and 37: told apart in grey too

# After Okabe and Ito, so that colour-blind readers tell them apart; the first four are sectors.csv in
# its order and lie 14 steps of lightness (CIE L*) or more from each other, so that they do in grey too.
_PALETTE = ("#0072B2", "#E69F00", "#6B1D4E", "#D9D9D9", "#009E73", "#CC79A7", "#56B4E9", "#F0E442", "#D55E00")
_NO_SECTOR = "#FFFFFF"
_TITLE, _LINE = 70, 100  # Latin letters that a line has room for
_OWN = "meishan_stats"
"""Marks axes of a figure that the package made and whose height it may choose."""
_EMPTY_HEIGHT = 2.1  # inches; a figure without data is no larger than what it says

# Lightness (CIE L*) 58, 89, 42 and 21: told apart in grey too; charts write the name of a light beside it.
LIGHT_COLOURS = {"green": "#009E73", "yellow": "#F0E442", "red": "#B2380B", "out": "#333333"}


@contextmanager
def theme() -> Iterator[str]:
    """Draw in the package's style inside the block; gives the font, leaves the user's rcParams alone."""
    font = chinese_font()
    style: dict[Any, Any] = {
        "font.family": [font],
        "font.size": 10,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": MUTED,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 13,
        "axes.axisbelow": True,
        "axes.grid": False,
        "grid.color": GRID,
        "hatch.linewidth": 0.7,
        "legend.frameon": False,
        "legend.fontsize": 9,
        "legend.borderpad": 0,
        "figure.dpi": 120,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
    }
    # Makes pyplot load its backend now. Loaded inside the block, a notebook's backend would have its
    # interactive mode undone at the end of the block, and later charts would not be shown.
    plt.draw_if_interactive()
    with plt.rc_context(style):
        yield font


@cache
def chinese_font() -> str:
    """Name of the Chinese font, made known to matplotlib.

    The file is the one zhplot carries, found by its path: importing zhplot would change matplotlib
    for the whole process.

    Raises
    ------
    DefinitionError
        zhplot is not installed or carries no such file.

    Examples
    --------
    >>> chinese_font()
    'Noto Sans SC'
    """
    spec = importlib.util.find_spec("zhplot")
    folders = spec.submodule_search_locations if spec else None
    files = [
        file for folder in folders or () for file in sorted(Path(folder).glob("fonts/NotoSansSC*.[ot]tf"))
    ]
    if not files:
        raise DefinitionError(
            "找不到中文字体 NotoSansSC：请重新安装 zhplot（pip install zhplot）",
            "no Chinese font NotoSansSC: install zhplot again (pip install zhplot)",
        )
    font_manager.fontManager.addfont(files[0])
    return font_manager.FontProperties(fname=files[0]).get_name()


def new_axes(ax: Axes | None, height: float, width: float = 8) -> Axes:
    """The axes given, or those of a new figure of the height in inches and the package's width or another."""
    if ax is not None:
        return ax
    axes = plt.subplots(figsize=(width, height), layout="constrained")[1]
    axes.set_gid(_OWN)
    return axes


def word(key: str, lang: str, *values: object, **named: object) -> str:
    """A text of ``definitions/chart_texts.csv`` in Chinese or English, its blanks filled.

    >>> word("missing", "zh", 3)
    '缺3项'
    """
    return _texts(lang)[key].format(*values, **named)


@cache
def _texts(lang: str) -> dict[str, str]:
    table = read_definition("chart_texts.csv")
    return dict(zip(table["key"], table[lang], strict=True))


def sector_colours(sectors: Sequence[object]) -> list[str]:
    """Colour of each sector, the same in every chart; white for a missing one.

    >>> sector_colours(["new_materials", None, "new_energy"])
    ['#E69F00', '#FFFFFF', '#0072B2']
    """
    listed = codes("sectors")
    own = sorted({code for code in sectors if isinstance(code, str)} - set(listed))
    colours = {code: _PALETTE[place % len(_PALETTE)] for place, code in enumerate([*listed, *own])}
    return [colours[code] if isinstance(code, str) else _NO_SECTOR for code in sectors]


def tint(colour: str, white: float) -> str:
    """The colour mixed with a part of white.

    >>> tint("#000000", 1)
    '#ffffff'
    """
    red, green, blue = (part + (1 - part) * white for part in to_rgb(colour))
    return to_hex((red, green, blue))


def one_office(result: pd.DataFrame, model: type[Table], user: str, lang: str) -> str:
    """Name of the only office of a result, empty for an empty one and for one of no office.

    Raises
    ------
    ChoiceError
        The result is of several offices, or there is no such language.
    TableError
        The result lacks a column of its table.
    """
    if lang not in LANGUAGES:
        raise ChoiceError(f"lang 只能是 zh 或 en，不能是 {lang!r}", f"lang must be zh or en, not {lang!r}")
    require_columns(result.columns, list(columns(model)), model, user)
    offices = result["office"].dropna().unique().tolist()
    if len(offices) > 1:
        raise ChoiceError(
            f"{user} 一次只画一个单位，得到 {'、'.join(offices)}：请先用 result[result.office == …] 选一个",
            f"{user} draws one office, not {', '.join(offices)}: choose with result[result.office == ...]",
        )
    return str(offices[0]) if offices else ""


def finish(
    ax: Axes,
    result: pd.DataFrame,
    title: str,
    *,
    lang: str,
    unit: str = "",
    notes: Sequence[str] = (),
    legend_rows: int = 1,
    below: int = 44,
) -> None:
    """Write title and caption: office, date, unit, source, notes, and that demo data is demo data.

    The caption stands so many points below the axes; where there is no axis label it needs fewer.
    """
    font = chinese_font()
    is_demo = bool(result["is_demo"].any())
    title = word("demo_title", lang, title) if is_demo else title
    ax.set_title(wrapped(title, _TITLE), fontfamily=font, pad=14 + 16 * legend_rows, loc="left")
    # Axes that the user made, and ticks that matplotlib makes later, know nothing of the theme.
    ax.tick_params(labelfontfamily=font)
    ax.spines[["top", "right"]].set_visible(False)
    ax.set_axisbelow(True)
    lines = [_stated(result, unit, lang), *notes, word("demo_note", lang) if is_demo else ""]
    ax.annotate(
        "\n".join(wrapped(line, _LINE) for line in filter(None, lines)),
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(0, -below),
        textcoords="offset points",
        va="top",
        fontsize=8.5,
        color=MUTED,
        linespacing=1.5,
        annotation_clip=False,
    )


def _stated(result: pd.DataFrame, unit: str, lang: str) -> str:
    if result.empty:
        return ""
    office, as_of = result["office"].iloc[0], result["as_of"].max()
    if pd.isna(office):  # a date alone, of no office
        return word("unit", lang, unit) if unit else ""
    is_dated = pd.notna(as_of)
    dated = word("as_of", lang, year=as_of.year, month=as_of.month) if is_dated else word("no_date", lang)
    parts = [office, dated, word("unit", lang, unit) if unit else "", word("source", lang, office)]
    return reduce(lambda said, part: word("separator", lang, said, part), filter(None, parts))


def say_no_data(ax: Axes, reason: str, lang: str) -> None:
    """Write 无数据 and the reason where the chart would be, so that an empty frame is not taken for zero.

    A figure of the package's own becomes low: a page of empty charts would be a page of nothing.
    """
    figure = ax.figure.get_figure(root=True)
    if ax.get_gid() == _OWN and figure is not None:
        figure.set_figheight(_EMPTY_HEIGHT)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    for said, size, points, side in ((word("no_data", lang), 17, 3, "bottom"), (reason, 10, -5, "top")):
        ax.annotate(
            said, (0.5, 0.5), xycoords="axes fraction", xytext=(0, points), textcoords="offset points",
            ha="center", va=side, fontsize=size, color=MUTED,
        )  # fmt: skip
