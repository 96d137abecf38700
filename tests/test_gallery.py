"""Every chart is drawn from the demo town, nothing on it is cut or written over, and the gallery shows it.

A letter that the font lacks is a warning of matplotlib, and a warning fails a test (pyproject.toml).
"""

import runpy
from itertools import combinations
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import meishan_stats as ms

DOCS = Path(__file__).parents[1] / "docs"
TOUCH = 1.5
"""Points by which the boxes of two texts may touch: letters do not fill their box."""

every_chart = pytest.mark.parametrize("name", ms.charts.__all__)
in_both_languages = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def drawn_from():
    return runpy.run_path(str(DOCS / "make_figures.py"))["drawn_from"]()


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    plt.close("all")


def words_on(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is seen, and the box it fills."""
    seen: list[Text] = list(figure.texts)
    for axes in figure.axes:
        seen += [axes.title, axes._left_title, axes._right_title, *axes.texts]  # type: ignore[attr-defined]
        seen += axes.get_legend().get_texts() if axes.get_legend() else []
        for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            if axis.get_visible() and axes.axison:
                seen += [
                    axis.label,
                    *(tick.label1 for tick in axis.get_major_ticks() if tick.label1.get_visible()),
                    *(tick.label2 for tick in axis.get_major_ticks() if tick.label2.get_visible()),
                ]
                outside = [
                    tick
                    for tick in axis.get_major_ticks()
                    if not min(low, high) <= tick.get_loc() <= max(low, high)
                ]
                hidden = {id(label) for tick in outside for label in (tick.label1, tick.label2)}
                seen = [text for text in seen if id(text) not in hidden]
    # The box of an annotation is that of its words: its arrow may cross others.
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in seen if text.get_visible()]
    return [(said, box) for said, box in boxes if said.strip()]


def test_texts_that_lie_over_each_other_are_seen():
    figure, axes = plt.subplots()
    axes.text(0.5, 0.5, "one")
    axes.annotate("other", (0.5, 0.5))
    figure.canvas.draw()
    boxes = dict(words_on(figure))
    assert overlap(boxes["one"], boxes["other"]) > TOUCH


def overlap(one: Bbox, other: Bbox) -> float:
    """The smaller side of what two boxes share."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    return min(wide, min(one.y1, other.y1) - max(one.y0, other.y0))


def drawn(name: str, drawn_from, lang: str, rows: int | None = None) -> Axes:
    result, more = drawn_from[name]
    axes = getattr(ms.charts, name)(result if rows is None else result.head(rows), lang=lang, **more)
    axes.figure.canvas.draw()
    return axes


@in_both_languages
@every_chart
def test_a_chart_says_that_its_figures_are_invented_and_nothing_on_it_is_cut_or_covered(
    drawn_from, name, lang
):
    figure = drawn(name, drawn_from, lang).figure
    words = words_on(figure)
    said = "".join(text for text, _ in words)
    assert name == "plot_backward_schedule" or {"zh": "示例数据", "en": "demo data"}[lang] in said
    for text, box in words:
        inside = figure.bbox.padded(TOUCH)
        assert inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 and box.y1 <= inside.y1, (
            text
        )
    covered = [(one, other) for (one, a), (other, b) in combinations(words, 2) if overlap(a, b) > TOUCH]
    assert covered == []


@in_both_languages
@every_chart
def test_a_chart_of_no_rows_says_so_on_a_low_figure_and_one_of_one_row_is_drawn(drawn_from, name, lang):
    result, more = drawn_from[name]
    chosen = {key: value for key, value in more.items() if key not in ("year", "targets", "forecast")}
    for rows in (0, 1):
        axes = getattr(ms.charts, name)(result.head(rows), lang=lang, **chosen)
        axes.figure.canvas.draw()
        said = "".join(text for text, _ in words_on(axes.figure))
        if rows == 0:
            assert {"zh": "无数据", "en": "No data"}[lang] in said
            assert axes.figure.get_figheight() < 3


def test_the_page_shows_every_chart():
    page = (DOCS / "gallery.md").read_text(encoding="utf-8")
    for name in ms.charts.__all__:
        assert f"`{name}`" in page
        assert (DOCS / "gallery" / f"{name.removeprefix('plot_')}.png").is_file()
