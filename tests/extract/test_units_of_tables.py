"""Units that notes and titles state for a whole table."""

import pytest

from meishan_stats.extract.cells import is_unit_note
from meishan_stats.extract.context import find_unit


@pytest.mark.parametrize(
    ("text", "factor", "currency"),
    [
        ("Figures in EUR 10,000", 1, "EUR"),
        ("All amounts are in US$ million unless otherwise stated", 100, "USD"),
        ("Currency: HKD thousand", 0.1, "HKD"),
        ("Sample zone, list of deals, RMB million", 100, "CNY"),
        ("Values in ten thousand yuan, land in mu", 1, "CNY"),
        ("Unit: RMB hundred million   Date: 3 May 2014", 10000, "CNY"),
        ("Amounts: RMB '0000", 1, "CNY"),
        ("投资情况（单位：亿美元、亩）", 10000, "USD"),
    ],
)
def test_a_note_is_read_as_a_whole(text: str, factor: float, currency: str) -> None:
    found = find_unit([text])
    assert found is not None
    assert (found[0].factor, found[0].currency) == (factor, currency)


@pytest.mark.parametrize(
    "text", ["Investment in Euro area", "Visitors in May 2014", "Projects in Yuan county"]
)
def test_a_title_that_names_no_unit_gives_none(text: str) -> None:
    assert find_unit([text]) is None


def test_an_english_note_is_a_note_of_units_and_a_header_is_none() -> None:
    assert is_unit_note("Amounts in CNY million")
    assert is_unit_note("Currency: USD")
    assert not is_unit_note("Amount in CNY million")
