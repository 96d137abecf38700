"""The data dictionary shows every table and column, in Chinese and English, as the schemas declare them."""

import runpy
from pathlib import Path

from meishan_stats.codelists import codes
from meishan_stats.schemas import RESULTS, TABLES, columns, data_dictionary

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_is_what_the_schemas_say():
    page = runpy.run_path(str(DOCS / "make_data_dictionary.py"))["page"]()
    assert (DOCS / "data_dictionary.md").read_text(encoding="utf-8") == page


def test_every_column_of_every_table_has_a_meaning_in_both_languages():
    dictionary = data_dictionary()
    declared = {(name, column) for name, model in {**TABLES, **RESULTS}.items() for column in columns(model)}
    assert set(zip(dictionary["table"], dictionary["column"], strict=True)) == declared
    for text in ("table_zh", "table_en", "meaning_zh", "meaning_en"):
        assert dictionary[text].str.len().gt(0).all()
    assert dictionary["table_zh"].str.contains("[\u4e00-\u9fff]").all()


def test_every_codelist_it_names_exists():
    for name in data_dictionary()["codelist"].unique():
        assert name == "" or codes(name)
