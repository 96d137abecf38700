"""Charts of one row per item: names at the left, words behind each bar, and room for both."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num, num2date

from meishan_stats.charts.theme import GRID, INK, MUTED, finish, new_axes
from meishan_stats.charts.wrapping import width, wrapped

NAME_SIZE, SMALL = 10.0, 8.5
_GAP = 0.18  # inches between a bar and its words
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def inches(text: str, size: float) -> float:
    """Width in print of the widest line of a text whose letters have so many points.

    >>> inches("竣工", 72) > inches("竣", 72) > 1
    True
    """
    return max(map(width, text.split("\n"))) * 0.53 * size / 72


def axes_inches(ax: Axes, names: Sequence[str] = (), below: Sequence[str] = ()) -> float:
    """Width that the axes will have beside the names of their rows, as near as can be told before drawing."""
    figure = ax.figure.get_figure(root=True)
    across = ax.get_position().width * (figure.get_size_inches()[0] if figure else 8.0)
    if figure is None or figure.get_layout_engine() is None:
        return max(float(across), 1.0)
    beside = max(
        [0.4, *(inches(name, NAME_SIZE) for name in names), *(inches(text, SMALL) for text in below)]
    )
    return max(float(across) / 0.775 - beside - 0.3, 1.0)  # 0.775: what matplotlib leaves by default


def rows_axes(ax: Axes | None, height: float) -> tuple[Axes, float | None]:
    """The axes given, or new ones with the height of their figure in inches."""
    return (ax, None) if ax is not None else (new_axes(None, height), height)


def finish_rows(
    ax: Axes,
    result: pd.DataFrame,
    title: str,
    *,
    lang: str,
    height: float | None,
    unit: str = "",
    notes: Sequence[str] = (),
    names: Sequence[str] = (),
    below: Sequence[str] = (),
    legend_rows: int = 1,
) -> None:
    """Write title and caption as ``finish`` does, the notes broken into lines that fit under the axes.

    A figure of the package's own (of a height) grows with the caption.
    """
    letters = min(max(int(axes_inches(ax, names, below) * 72 / SMALL / 0.53), 40), 100)
    lines = [line for note in notes if note for line in wrapped(note, letters).split("\n")]
    figure = ax.figure.get_figure(root=True)
    if figure is not None and height is not None:
        more = 0.17 * max(len(lines) - 2, 0) + 0.2 * max(legend_rows - 1, 0)
        figure.set_figheight(figure.get_figheight() + more)
    # Less room between axes and caption where no numbers or no name of the axis stand between them.
    two_lines = any("\n" in tick.get_text() for tick in ax.get_xticklabels())
    points = (
        44 if ax.get_xlabel() or two_lines else 30 if ax.xaxis.get_visible() and len(ax.get_xticks()) else 12
    )
    finish(ax, result, title, lang=lang, unit=unit, notes=lines, legend_rows=legend_rows, below=points)


def name_rows(ax: Axes, places: Sequence[float], names: Sequence[str], below: Sequence[str] = ()) -> None:
    """Write the name of each row at the left and, smaller under it, what else there is to say."""
    ax.set_yticks(list(places), list(names), va="center_baseline")
    for label, text in zip(ax.get_yticklabels(), below, strict=False):
        label.set_verticalalignment("bottom" if text else "center_baseline")
    ax.tick_params(axis="y", length=0, labelsize=NAME_SIZE)
    for place, text in zip(places, below, strict=False):
        ax.annotate(
            text,
            (0, place),
            xycoords=("axes fraction", "data"),
            xytext=(-3.5, -2.5),
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize=SMALL,
            color=MUTED,
            annotation_clip=False,
        )


def say_behind(ax: Axes, end: float, place: float, text: str, *, muted: bool = False, gap: float = 4) -> None:
    """Write words so many points behind the end of a bar, on white where a line runs through them."""
    ax.annotate(
        text,
        (end, place),
        xytext=(gap, 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize=SMALL,
        color=MUTED if muted else INK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.4},
    )


def limit_for(ends: Sequence[float], texts: Sequence[str], across: float, low: float = 0.0) -> float:
    """Upper end of an axis so many inches wide that the words behind every bar have room.

    >>> limit_for([10, 5], ["", "x" * 70], 8.0) > 10
    True
    """
    room = [1 - min((inches(text, SMALL) + _GAP) / across, 0.85) for text in texts]
    return max([low + (end - low) / part for end, part in zip(ends, room, strict=True)], default=low + 1.0)


def last_day(on: pd.Timestamp, precision: object) -> pd.Timestamp:
    """Last day that a date of a precision may mean.

    >>> last_day(pd.Timestamp("2011-02-01"), "month")
    Timestamp('2011-02-28 00:00:00')
    """
    months = _MONTHS_OF.get(str(precision), 0)
    return on + pd.DateOffset(months=months) - pd.Timedelta(days=1) if months else on


def show_days(
    ax: Axes,
    days: Sequence[float],
    ends: Sequence[float],
    texts: Sequence[str],
    across: float,
    *,
    n_rows: int,
    as_of: pd.Timestamp,
) -> None:
    """Fit the axis to all days drawn and the words behind each row, and mark the day that is told of."""
    known = [*days, float(date2num(as_of))] if pd.notna(as_of) else list(days)
    margin = max(15.0, 0.02 * (max(known) - min(known)))
    low = min(known) - margin
    _number_days(ax, low, max(max(known) + margin, limit_for(ends, texts, across, low)), across)
    ax.set_ylim(max(n_rows, 2) - 0.4, -0.6)
    if pd.notna(as_of):
        ax.axvline(known[-1], color=INK, linewidth=1.0, linestyle=(0, (4, 3)), zorder=0.8)


def _number_days(ax: Axes, low: float, high: float, across: float) -> None:
    """Number an axis of days with as many months or years as there is room for."""
    months = pd.period_range(num2date(low).date(), num2date(high).date(), freq="M")
    steps = (1, 2, 3, 6, 12, 24, 60, 120)
    step = next((step for step in steps if len(months) / step * 0.68 <= max(across, 0.7)), 240)
    shown = [month for month in months if (month.year * 12 + month.month - 1) % step == 0]
    starts = [
        (float(date2num(month.start_time)), month.strftime("%Y" if step >= 12 else "%Y-%m"))
        for month in shown
    ]
    within = [(place, name) for place, name in starts if low <= place <= high]
    ax.set_xticks([place for place, _ in within], [name for _, name in within])
    ax.set_xlim(low, high)
    ax.tick_params(axis="x", labelsize=9)
    ax.grid(True, axis="x", color=GRID, linewidth=0.8)
