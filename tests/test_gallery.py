"""Every chart is drawn from the demo town without a missing glyph, and shown in the gallery."""

import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import meishan_stats as ms

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def charts():
    return runpy.run_path(str(DOCS / "make_figures.py"))["charts"]()


@pytest.mark.parametrize("name", ms.charts.__all__)
def test_a_chart_is_drawn_and_says_that_its_figures_are_invented(charts, name):
    axes = charts[name]()
    figure = axes.figure
    figure.canvas.draw()
    said = "".join(text.get_text() for axis in figure.axes for text in [axis.title, *axis.texts])
    said += "".join(axis.get_title(loc="left") for axis in figure.axes)
    assert name == "plot_backward_schedule" or "示例" in said
    plt.close(figure)


def test_the_page_shows_every_chart():
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    for name in ms.charts.__all__:
        assert f"`{name}`" in page
        assert (DOCS / "gallery" / f"{name.removeprefix('plot_')}.png").is_file()
