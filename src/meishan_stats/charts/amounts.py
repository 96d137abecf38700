"""Amounts in print: the unit that suits their size, and an axis numbered in it."""

from typing import NamedTuple

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator

from meishan_stats.charts.theme import GRID


def minus(text: str) -> str:
    """The number with a minus as wide as its digits in place of the hyphen.

    >>> minus("-5")
    '−5'
    """
    return text.replace("-", "−")


class Scale(NamedTuple):
    """A unit for amounts kept in 万元: what to divide by, its name, how many decimals to print."""

    divisor: float
    unit: str
    decimals: int

    def text(self, amount: float) -> str:
        """Amount in the unit as printed; an amount that would round to 0 keeps two digits.

        >>> Scale(10_000, "亿元", 2).text(123_456)
        '12.35'
        """
        value = amount / self.divisor
        text = f"{value:,.{self.decimals}f}"
        if value and not float(text.replace(",", "")):
            text = np.format_float_positional(value, precision=2, fractional=False, trim="-")
        return minus(text)


def scale_for(largest: float, lang: str = "zh") -> Scale:
    """Unit that suits the largest amount: 万元 below 10 亿元, else 亿元; in English millions or billions.

    >>> scale_for(35_000).unit, scale_for(350_000).unit, scale_for(35_000, "en").unit
    ('万元', '亿元', 'CNY million')
    """
    if lang == "zh":
        return Scale(1, "万元", 0 if largest >= 100 else 1) if largest < 100_000 else Scale(10_000, "亿元", 2)
    return Scale(100, "CNY million", 1) if largest < 1_000_000 else Scale(100_000, "CNY billion", 2)


def show_amounts(axis: Axis, scale: Scale, label: str, font: str) -> None:
    """Number an axis of 万元 in the unit of the scale and name the unit."""
    axis.set_major_locator(MaxNLocator(nbins=6))
    axis.set_major_formatter(FuncFormatter(lambda value, _: minus(f"{value / scale.divisor:,g}")))
    axis.set_label_text(label, fontfamily=font)
    axis.grid(True, color=GRID, linewidth=0.8)
