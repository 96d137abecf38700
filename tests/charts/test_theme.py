"""The theme: font, colours, units."""

import subprocess
import sys
from itertools import pairwise

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from meishan_stats.charts.amounts import minus, scale_for
from meishan_stats.charts.theme import (
    chinese_font,
    sector_colours,
    theme,
    word,
)
from meishan_stats.codelists import codes, read_definition


def lightness(colour: str) -> float:
    """CIE L* of a colour, 0 black to 100 white."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16


def test_the_theme_leaves_the_users_settings_as_they_were() -> None:
    before = dict(mpl.rcParams)
    with theme() as font:
        assert mpl.rcParams["font.family"] == [font]
    assert dict(mpl.rcParams) == before


def test_finding_the_font_does_not_import_zhplot_which_would_change_matplotlib() -> None:
    code = "import sys, meishan_stats.charts.theme as t; t.chinese_font(); sys.exit('zhplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_font_has_the_glyphs_of_every_text_of_the_charts() -> None:
    file = mpl.font_manager.findfont(chinese_font(), fallback_to_default=False)
    glyphs = mpl.ft2font.FT2Font(file).get_charmap()
    texts = read_definition("chart_texts.csv")
    assert {
        letter for text in (*texts["zh"], *texts["en"]) for letter in text if ord(letter) not in glyphs
    } == set()


def test_sectors_differ_in_lightness_so_that_they_can_be_told_apart_in_grey() -> None:
    shades = sorted(lightness(colour) for colour in sector_colours(codes("sectors")))
    assert min(b - a for a, b in pairwise(shades)) >= 14


def test_a_sector_keeps_its_colour_whatever_else_is_drawn() -> None:
    alone = sector_colours(["modern_textiles"])
    assert sector_colours(["other", None, "bio", "modern_textiles"])[3:] == alone


@pytest.mark.parametrize(
    ("largest", "lang", "unit", "text"),
    [
        (3229.4, "zh", "万元", "3,229"),
        (9.5, "zh", "万元", "9.5"),
        (99_999, "zh", "万元", "99,999"),
        (123_400, "zh", "亿元", "12.34"),
        (35_000, "en", "CNY million", "350.0"),
        (1_230_000, "en", "CNY billion", "12.30"),
        (-700, "zh", "万元", "−700.0"),
    ],
)
def test_the_unit_suits_the_size(largest: float, lang: str, unit: str, text: str) -> None:
    scale = scale_for(largest, lang)
    assert (scale.unit, scale.text(largest)) == (unit, text)


@given(st.floats(0.01, 1e7))
def test_an_amount_that_is_not_zero_is_never_printed_as_zero(amount: float) -> None:
    assert float(scale_for(1e7).text(amount).replace(",", "")) > 0


def test_both_languages_have_every_text_with_the_same_blanks() -> None:
    texts = read_definition("chart_texts.csv")
    assert texts["key"].is_unique
    assert (texts[["zh", "en"]] != "").all(axis=None)
    assert (texts["zh"].str.count(r"\{") == texts["en"].str.count(r"\{")).all()
    assert word("missing", "en", 3) == "3 missing"
    assert minus("-1") == "−1"
