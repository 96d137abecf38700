"""Location quotients and shift-share: hand cases, explicit loops, effects that add up."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.errors import TableError
from meishan_stats.statistics.shift_share import location_quotient, sector_values, shift_share

Convert = Callable[[pd.DataFrame], Any]
SECTORS = ["new_energy", "new_materials", "modern_textiles", "other"]
EFFECTS = ["national_effect", "industry_mix", "regional_effect"]


def values_of(values: list[float | None], area: str = "镇") -> pd.DataFrame:
    frame = pd.DataFrame({"area": area, "sector": SECTORS[: len(values)], "value": values})
    return frame.astype({"area": "str", "sector": "str", "value": "float64"})


def test_a_quotient_compares_the_share_in_the_area_with_that_in_the_reference() -> None:
    # 60, 30 and 10 % of the town against 20, 30 and 50 % of the county.
    result = location_quotient(values_of([60.0, 30.0, 10.0]), values_of([200.0, 300.0, 500.0]))
    assert result["location_quotient"].tolist() == pytest.approx([3, 1, 0.2])
    assert result["local_share"].tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert result["sector"].tolist() == SECTORS[:3]


def test_a_sector_the_reference_lacks_or_has_nothing_of_has_no_quotient() -> None:
    result = location_quotient(values_of([60.0, 30.0, 10.0]), values_of([0.0, 300.0]))
    assert result["location_quotient"].isna().tolist() == [True, False, True]


def test_a_missing_value_is_missing_and_counted() -> None:
    result = location_quotient(values_of([60.0, None]), values_of([200.0, 300.0]))
    assert result["location_quotient"].isna().tolist() == [False, True]
    assert result["n_missing"].tolist() == [0, 1]
    assert result["local_share"].tolist()[0] == 1


def test_areas_are_compared_with_the_reference_each_by_itself() -> None:
    local = pd.concat([values_of([1.0, 1.0], "甲镇"), values_of([30.0, 10.0], "乙镇")])
    result = location_quotient(local, values_of([500.0, 500.0]))
    assert result.groupby("office")["location_quotient"].agg(list).to_dict() == {
        "甲镇": [1, 1],
        "乙镇": [1.5, 0.5],
    }


# Krumme, Geography 350 (faculty.washington.edu/krumme/350/ssexcel.html): the nation has 10, 20, 40 and 30 per cent
# of its employment in four industries that grow by 10, 20, 30 and 40 per cent.
NATION = (values_of([100.0, 200.0, 400.0, 300.0]), values_of([110.0, 240.0, 520.0, 420.0]))
REGION = (values_of([500.0, 100.0, 200.0, 200.0]), values_of([1000.0, 100.0, 250.0, 280.0]))


def test_quotients_and_effects_of_a_published_exercise_are_those_it_prints() -> None:
    quotients = location_quotient(REGION[0], NATION[0])["location_quotient"]
    assert quotients.round(3).tolist() == [5, 0.5, 0.5, 0.667]
    table = shift_share(*REGION, *NATION)
    assert table["reference_total_growth"].tolist() == pytest.approx([0.29] * 4)
    assert table["industry_mix"].tolist() == pytest.approx([-95, -9, 2, 22])
    assert table["regional_effect"].tolist() == pytest.approx([450, -20, -10, 0])
    totals = [*(table[name].sum() for name in EFFECTS), table["change"].sum()]
    assert totals == pytest.approx([290, -80, 420, 630])


positive = st.integers(1, 10_000).map(float)
four = st.lists(positive, min_size=4, max_size=4)


@settings(max_examples=40, deadline=None)
@given(four, four)
def test_quotients_agree_with_numpy_and_average_one_with_the_weights_of_the_reference(
    local: list[float], reference: list[float]
) -> None:
    result = location_quotient(values_of(list(local)), values_of(list(reference)))
    e, total = np.array(local), np.array(reference)
    assert result["location_quotient"].to_numpy() == pytest.approx((e / e.sum()) / (total / total.sum()))
    weighted = (result["location_quotient"] * result["reference_share"]).sum()
    assert weighted == pytest.approx(1)


def test_three_effects_of_a_hand_case() -> None:
    # All sectors of the reference: 2 000 → 2 200, 10 %; its first 1 000 → 1 200, 20 %, its second 0 %.
    # The area's first 100 → 150: 10 national, 10 mix, 30 regional; its second 200 → 180: 20, −20, −20.
    result = shift_share(
        values_of([100.0, 200.0]),
        values_of([150.0, 180.0]),
        values_of([1000.0, 1000.0]),
        values_of([1200.0, 1000.0]),
    )
    assert result["national_effect"].tolist() == pytest.approx([10, 20])
    assert result["industry_mix"].tolist() == pytest.approx([10, -20])
    assert result["regional_effect"].tolist() == pytest.approx([30, -20])
    assert result["change"].tolist() == [50, -20]
    assert result["reference_total_growth"].tolist() == pytest.approx([0.1, 0.1])


def test_a_sector_that_begins_from_a_stated_zero_is_wholly_regional() -> None:
    result = shift_share(values_of([0.0]), values_of([70.0]), values_of([10.0]), values_of([20.0]))
    assert result[EFFECTS].to_numpy().tolist() == [[0, 0, 70]]
    assert pd.isna(result["growth"].iloc[0])


def test_a_sector_of_one_year_only_has_no_effects() -> None:
    result = shift_share(
        values_of([100.0]), values_of([150.0, 80.0]), values_of([10.0, 10.0]), values_of([20.0, 20.0])
    )
    assert result[EFFECTS].isna().all(axis=1).tolist() == [False, True]
    assert result["change"].isna().tolist() == [False, True]


def test_a_sector_that_the_reference_had_nothing_of_has_no_effects() -> None:
    result = shift_share(
        values_of([5.0, 5.0]), values_of([6.0, 6.0]), values_of([0.0, 10.0]), values_of([3.0, 11.0])
    )
    assert result[EFFECTS].isna().all(axis=1).tolist() == [True, False]


def naive(local: list[Any], reference: list[Any]) -> list[tuple[float, float, float]]:
    """The textbook's formulas, sector by sector, over pairs of (before, after)."""
    before = after = 0.0
    for first, last in reference:
        before, after = before + first, after + last
    everything = (after - before) / before
    effects = []
    for (first, last), (sector_first, sector_last) in zip(local, reference, strict=True):
        of_sector = (sector_last - sector_first) / sector_first
        own = (last - first) / first
        effects.append((first * everything, first * (of_sector - everything), first * (own - of_sector)))
    return effects


pairs = st.lists(st.tuples(positive, positive), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(pairs, pairs)
def test_effects_add_up_to_the_change_and_agree_with_an_explicit_loop(
    local: list[Any], reference: list[Any]
) -> None:
    frames = [
        values_of([first for first, _ in local]), values_of([last for _, last in local]),
        values_of([first for first, _ in reference]), values_of([last for _, last in reference]),
    ]  # fmt: skip
    before = [frame.copy() for frame in frames]
    result = shift_share(*frames)
    scale = max(value for pair in [*local, *reference] for value in pair)
    change = result["change"].to_numpy()
    largest = np.abs(result[EFFECTS].to_numpy()).max()
    assert result[EFFECTS].sum(axis=1).to_numpy() == pytest.approx(
        change, rel=1e-9, abs=1e-9 * max(largest, 1)
    )
    assert result[EFFECTS].to_numpy() == pytest.approx(
        np.array(naive(local, reference)), rel=1e-9, abs=1e-9 * scale
    )
    for frame, copy in zip(frames, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    pd.testing.assert_frame_equal(shift_share(*(frame[::-1] for frame in frames)), result)


@settings(max_examples=30, deadline=None)
@given(pairs)
def test_an_area_that_is_the_reference_has_no_regional_effect_and_a_mix_of_zero_in_all(
    both: list[Any],
) -> None:
    first, last = values_of([x for x, _ in both]), values_of([y for _, y in both])
    result = shift_share(first, last, first, last)
    assert result["regional_effect"].to_numpy() == pytest.approx(np.zeros(4), abs=1e-8)
    assert result["industry_mix"].sum() == pytest.approx(0, abs=1e-8 * max(y for _, y in both) * 1e3)


def test_sector_values_are_one_year_of_a_breakdown() -> None:
    breakdown = pd.DataFrame(
        {
            "office": "示例镇", "is_demo": True, "as_of": pd.Timestamp("2011-12-01"), "sector": ["other", "other"],
            "year": pd.array([2010, None], dtype="Int64"), "arrived_cny_10k": [5.0, 8.0], "signed_cny_10k": [1.0, 2.0],
        }
    )  # fmt: skip
    chosen = sector_values(breakdown, year=2010, value="signed_cny_10k")
    assert chosen[["area", "sector", "value"]].to_numpy().tolist() == [["示例镇", "other", 1.0]]
    result = location_quotient(chosen, values_of([1.0, 1.0, 1.0, 1.0]))
    assert result["is_demo"].tolist() == [True]
    assert result["as_of"].tolist() == [pd.Timestamp("2011-12-01")]
    assert result["location_quotient"].tolist() == [4]
    with pytest.raises(TableError, match=r"sector_values.*jobs"):
        sector_values(breakdown, year=2010, value="jobs")


def test_wrong_frames_are_refused() -> None:
    with pytest.raises(TableError, match=r"location_quotient.*reference.*sector"):
        location_quotient(values_of([1.0]), values_of([1.0]).drop(columns="sector"))
    with pytest.raises(TableError, match=r"shift_share.*after.*numbers"):
        shift_share(values_of([1.0]), values_of([1.0]).assign(value="1"), values_of([1.0]), values_of([1.0]))
    with pytest.raises(TableError, match=r"location_quotient.*local.*list"):
        location_quotient([1], values_of([1.0]))  # type: ignore[arg-type]


def test_every_engine_gives_the_same_tables(on_engine: Convert) -> None:
    frames = [
        values_of([100.0, None]),
        values_of([150.0, 80.0]),
        values_of([10.0, 10.0]),
        values_of([20.0, 15.0]),
    ]
    pd.testing.assert_frame_equal(shift_share(*map(on_engine, frames)), shift_share(*frames))
    expected = location_quotient(frames[0], frames[2])
    pd.testing.assert_frame_equal(location_quotient(on_engine(frames[0]), on_engine(frames[2])), expected)
    nothing = values_of([])
    assert location_quotient(on_engine(nothing), on_engine(nothing)).empty
