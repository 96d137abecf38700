"""Where capital comes from: published cases of both conventions, literal frames, laws of the shares."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meishan_stats.codelists import codes, read_codelist
from meishan_stats.errors import ChoiceError, TableError
from meishan_stats.schemas import Funding, Offices, Projects, conform
from meishan_stats.statistics.origins import origin_breakdown, origin_totals
from meishan_stats.statistics.sectors import sector_breakdown

Convert = Callable[[pd.DataFrame], Any]


def projects_of(rows: list[tuple[Any, ...]], *, office: str = "示例镇") -> pd.DataFrame:
    """Projects of (id, origin level, origin code, signed on, signed, signed amount)."""
    names = ["project_id", "origin_level", "origin_adcode", "signed_on", "is_signed", "signed_cny_10k"]
    frame = pd.DataFrame(rows, columns=names)
    frame["signed_on"] = pd.to_datetime(frame["signed_on"])
    about = {"name": "x", "sector": "other", "is_demo": True, "as_of": pd.Timestamp("2011-12-01")}
    return conform(frame.assign(**about, office=office), Projects)


def funding_of(rows: list[tuple[Any, ...]], *, office: str = "示例镇") -> pd.DataFrame:
    """Funding of (project id, month, arrived amount)."""
    frame = pd.DataFrame(rows, columns=["project_id", "period", "amount_cny_10k"])
    frame["period"] = pd.to_datetime(frame["period"])
    about = {"office": office, "name": "x", "kind": "arrived", "is_derived": False, "is_demo": True}
    return conform(frame.assign(**about, precision="month"), Funding)


def arrived_by(
    column: str, amounts: dict[Any, Any], *, office: str = "示例镇"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One project of each origin, signed and paid in 2011: its projects and its funding."""
    projects = [(f"{office}{i}", None, None, "2011-03-01", True, None) for i in range(len(amounts))]
    paid = [(f"{office}{i}", "2011-06-01", amount) for i, amount in enumerate(amounts.values())]
    table = projects_of(projects, office=office)
    return table.assign(**{column: pd.Series(list(amounts), dtype="str")}), funding_of(paid, office=office)


def amounts_of(result: pd.DataFrame, key: str, column: str = "arrived_cny_10k") -> dict[Any, Any]:
    """A column by origin, missing values as None."""

    def known(values: pd.Series) -> list[Any]:
        return [None if pd.isna(value) else value for value in values]

    return dict(zip(known(result[key]), known(result[column]), strict=True))


def offices_of(**include_foreign: bool | None) -> pd.DataFrame:
    frame = pd.DataFrame({"office": list(include_foreign), "include_foreign": list(include_foreign.values())})
    return conform(frame.assign(is_demo=True), Offices)


# Panzhihua 2006-10 (tz.panzhihua.gov.cn/tzfw/zwgk/tzsj/512937.shtml), in 万元.
PANZHIHUA = {"out_of_province": 412678.0, "out_of_city": 176031.0, "out_of_county": 416427.0}
# Dangtu: 县外 60.05 亿元, of which 市外 41.9 and 省外 34.9 (mas360.cc/archiver/tid-31421.html); what the
# disjoint levels must then be: 34.9, 41.9 - 34.9 = 7.0 and 60.05 - 41.9 = 18.15.
DANGTU = {"out_of_province": 349000.0, "out_of_city": 70000.0, "out_of_county": 181500.0}


def test_disjoint_levels_of_panzhihua_sum_to_the_total_it_prints_and_its_nested_views_do_not() -> None:
    projects, funding = arrived_by("origin_level", PANZHIHUA)
    levels = origin_breakdown(projects, funding)
    assert amounts_of(levels, "origin_level") == PANZHIHUA
    assert levels["arrived_cny_10k"].sum() == 1_005_136
    assert not levels["is_nested"].any()
    views = origin_breakdown(projects, funding, nested=True)
    assert views["arrived_cny_10k"].max() == 1_005_136
    assert views["arrived_cny_10k"].sum() != 1_005_136


def test_nested_views_of_dangtu_are_as_it_prints_them_and_lie_in_one_another() -> None:
    projects, funding = arrived_by("origin_level", DANGTU)
    views = origin_breakdown(projects, funding, nested=True)
    printed = {"outside_county": 600_500, "outside_city": 419_000, "outside_province": 349_000}
    assert amounts_of(views, "origin_view") == printed
    assert list(printed) == views["origin_view"].tolist()
    assert views["is_nested"].all()
    assert origin_breakdown(projects, funding)["arrived_cny_10k"].sum() == 600_500


LEVELS = {"overseas": 50.0, "out_of_province": 30.0, "out_of_city": 10.0, "out_of_county": 6.0, "local": 4.0}


def test_a_row_counts_and_sums_its_projects_and_payments_and_has_its_shares() -> None:
    rows = [
        ("a", "overseas", None, "2011-01-01", True, 300.0),
        ("b", "overseas", None, "2011-02-01", True, None),
        ("c", "overseas", None, "2011-02-01", False, 9.0),
        ("d", None, None, "2011-02-01", True, 100.0),
    ]
    result = origin_breakdown(
        projects_of(rows), funding_of([("a", "2011-05-01", 40.0), ("b", "2011-05-01", None)])
    )
    row = result.iloc[0].to_dict()
    assert (row["n_projects"], row["n_signed"], row["n_signed_missing"]) == (3, 2, 1)
    assert (row["signed_cny_10k"], row["arrived_cny_10k"]) == (300, 40)
    assert (row["n_arrived_known"], row["n_arrived_missing"]) == (1, 1)
    assert (row["project_share"], row["signed_share"], row["arrived_share"]) == (0.75, 0.75, 1)
    assert pd.isna(result["origin_level"].iloc[-1])
    assert pd.isna(result["arrived_cny_10k"].iloc[-1])


def test_levels_stand_in_their_order_and_are_ranked_by_what_arrived() -> None:
    result = origin_breakdown(*arrived_by("origin_level", {None: 100.0, **dict(reversed(LEVELS.items()))}))
    assert result["origin_level"].tolist()[:-1] == codes("origin_levels")
    ranks = amounts_of(result, "origin_level", "arrived_rank")
    assert ranks == {
        "overseas": 1,
        "out_of_province": 2,
        "out_of_city": 3,
        "out_of_county": 4,
        "local": 5,
        None: None,
    }
    cumulative = amounts_of(result, "origin_level", "arrived_top_share")
    assert cumulative["overseas"] == 0.25
    assert cumulative["out_of_province"] == pytest.approx(0.4)
    assert cumulative["local"] == pytest.approx(0.5)  # half the capital is of unknown origin
    assert cumulative[None] is None


@pytest.mark.parametrize(("include_foreign", "expected"), [(False, 46), (True, 96)])
def test_foreign_capital_is_in_the_views_where_it_is_asked_for(include_foreign: bool, expected: int) -> None:
    frames = arrived_by("origin_level", LEVELS)
    views = origin_breakdown(*frames, nested=True, include_foreign=include_foreign)
    found = amounts_of(views, "origin_view")
    assert found["outside_county"] == expected
    assert found["outside_city"] == expected - 6
    assert found["outside_province"] == expected - 16
    assert found["overseas"] == 50
    assert views["includes_foreign"].tolist() == [include_foreign] * 4
    assert amounts_of(views, "origin_view", "arrived_share")["outside_county"] == pytest.approx(
        expected / 100
    )


def test_without_a_word_the_convention_is_that_of_each_office_and_foreign_capital_stays_out() -> None:
    here, there = arrived_by("origin_level", LEVELS), arrived_by("origin_level", LEVELS, office="煤山镇")
    away = arrived_by("origin_level", LEVELS, office="另一镇")
    projects, funding = (pd.concat(frames) for frames in zip(here, there, away, strict=True))
    offices = offices_of(示例镇=True, 煤山镇=None)

    def outside(**choice: Any) -> dict[str, float]:
        result = origin_breakdown(projects, funding, nested=True, **choice)
        chosen = result[result["origin_view"] == "outside_county"]
        return dict(zip(chosen["office"], chosen["arrived_cny_10k"], strict=True))

    assert outside(offices=offices) == {"示例镇": 96, "煤山镇": 46, "另一镇": 46}
    assert outside() == {"示例镇": 46, "煤山镇": 46, "另一镇": 46}
    assert outside(offices=offices, include_foreign=False) == outside()


def test_capital_of_unknown_level_is_in_no_view_but_in_a_last_row() -> None:
    views = origin_breakdown(*arrived_by("origin_level", {None: 10.0, "out_of_city": 30.0}), nested=True)
    assert amounts_of(views, "origin_view") == {"outside_county": 30, "outside_city": 30, None: 10}
    assert pd.isna(views["origin_view"].iloc[-1])
    assert views["arrived_share"].tolist() == [0.75, 0.75, 0.25]


def test_regions_are_provinces_and_countries_by_what_arrived() -> None:
    amounts = {"330522": 10.0, "330100": 20.0, "310118": 50.0, "HK": 25.0, "JP": None, "CN": 5.0, None: 90.0}
    result = origin_breakdown(*arrived_by("origin_adcode", amounts), by="region")
    names = ["上海市", "浙江省", "香港", "中国", "日本", None]
    assert amounts_of(result, "region_zh") == dict(zip(names, [50, 30, 25, 5, None, 90], strict=True))
    assert result["region"].tolist()[:4] == ["310000", "330000", "HK", "CN"]
    assert result["region_en"].tolist()[:3] == ["Shanghai", "Zhejiang", "Hong Kong"]
    assert result["n_projects"].tolist() == [1, 2, 1, 1, 1, 1]
    assert result["arrived_rank"].tolist()[:5] == [1, 2, 3, 4, 5]


def test_a_code_that_no_list_knows_keeps_its_row_without_a_name() -> None:
    result = origin_breakdown(*arrived_by("origin_adcode", {"999999": 10.0}), by="region")
    assert result["region"].tolist() == ["990000"]
    assert result["region_zh"].isna().all()


def test_of_the_first_origins_the_others_are_one_row_and_the_unknown_stays_apart() -> None:
    amounts = {"310000": 50.0, "330000": 30.0, "HK": 12.0, "JP": 8.0, None: 100.0}
    result = origin_breakdown(*arrived_by("origin_adcode", amounts), by="region", top=2)
    assert result["region_zh"].fillna("-").tolist() == ["上海市", "浙江省", "-", "-"]
    assert result["is_rest"].tolist() == [False, False, True, False]
    assert result["arrived_cny_10k"].tolist() == [50, 30, 20, 100]
    assert result["n_projects"].tolist() == [1, 1, 2, 1]
    assert result["arrived_top_share"].tolist()[:2] == pytest.approx([0.25, 0.4])
    assert result["arrived_share"].sum() == pytest.approx(1)
    everything = origin_breakdown(*arrived_by("origin_adcode", amounts), by="region", top=9)
    assert not everything["is_rest"].any()


def test_of_equal_amounts_the_larger_signed_amount_is_first_then_the_code() -> None:
    rows = [
        ("a", None, "JP", "2011-01-01", True, 5.0),
        ("b", None, "HK", "2011-01-01", True, 9.0),
        ("c", None, "DE", "2011-01-01", True, 5.0),
    ]
    result = origin_breakdown(projects_of(rows), funding_of([]), by="region")
    assert result["region"].tolist() == ["HK", "DE", "JP"]
    assert result["arrived_top_share"].isna().all()


def test_years_and_offices_have_shares_and_ranks_of_their_own() -> None:
    rows = [("a", "local", None, "2010-01-01", True, 5.0), ("b", "overseas", None, "2011-01-01", True, 7.0)]
    both = pd.concat(
        [projects_of(rows), projects_of([("m", "local", None, None, True, 1.0)], office="煤山镇")]
    )
    result = origin_breakdown(both, funding_of([("a", "2011-03-01", 4.0)]))
    assert result["office"].tolist() == ["煤山镇", "示例镇", "示例镇", "示例镇"]
    assert result["year"].fillna(0).tolist() == [0, 2010, 2011, 2011]
    assert result["origin_level"].tolist() == ["local", "local", "overseas", "local"]
    assert result["signed_share"].fillna(-1).tolist() == [1, 1, 1, -1]
    assert result["arrived_rank"].tolist() == [1, 1, 2, 1]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"by": "city"}, r"by .*'level', 'region'.*'city'"),
        ({"top": 0}, r"top .*0"),
        ({"top": 2.5}, r"top .*2\.5"),
        ({"top": True}, r"top .*True"),
        ({"nested": True, "by": "region"}, "nested=True.*by='level'"),
        ({"nested": True, "top": 3}, "nested=True.*without top"),
        ({"include_foreign": True}, "include_foreign needs nested=True"),
        ({"nested": True, "include_foreign": "yes"}, r"include_foreign .*None, True, False.*'yes'"),
    ],
)
def test_a_wrong_choice_is_refused_and_the_argument_named(choice: dict[str, Any], message: str) -> None:
    with pytest.raises(ChoiceError, match=message):
        origin_breakdown(projects_of([]), funding_of([]), **choice)


def test_a_missing_column_is_named_with_the_function_and_the_table() -> None:
    with pytest.raises(TableError, match=r"origin_breakdown.*Projects.*origin_level"):
        origin_breakdown(projects_of([]).drop(columns="origin_level"), funding_of([]))
    with pytest.raises(TableError, match=r"origin_breakdown.*Offices.*include_foreign"):
        offices = offices_of(示例镇=True).drop(columns="include_foreign")
        origin_breakdown(projects_of([]), funding_of([]), nested=True, offices=offices)


def test_the_views_are_made_of_levels_that_exist_and_lie_in_one_another() -> None:
    views = read_codelist("origin_views").set_index("code")["levels"].str.split("|").map(set)
    assert views["outside_county"] > views["outside_city"] > views["outside_province"]
    assert set().union(*views) == set(codes("origin_levels")) - {"local"}


@pytest.mark.parametrize("choice", [{}, {"by": "region"}, {"by": "region", "top": 1}, {"nested": True}])
def test_every_engine_gives_the_same_breakdown(on_engine: Convert, choice: dict[str, Any]) -> None:
    rows = [
        ("a", "overseas", "HK", "2011-01-01", True, 300.0),
        ("b", "out_of_city", "330100", "2010-02-01", True, None),
        ("c", None, None, None, None, 9.0),
    ]
    projects, funding = projects_of(rows), funding_of([("a", "2011-05-01", 40.0), ("zz", None, 1.0)])
    expected = origin_breakdown(projects, funding, **choice)
    assert len(expected)
    found = origin_breakdown(
        on_engine(projects), on_engine(funding), offices=on_engine(offices_of()), **choice
    )
    pd.testing.assert_frame_equal(found, expected)
    assert origin_breakdown(on_engine(projects_of([])), on_engine(funding_of([])), **choice).empty


money = st.none() | st.integers(0, 10_000).map(float)
days = st.none() | st.sampled_from(["2010-05-01", "2011-01-31"])
places = st.sampled_from(["330522", "330100", "310000", "HK", "JP", "CN", None])
project_rows = st.lists(
    st.tuples(st.none() | st.sampled_from(list(LEVELS)), places, days, st.none() | st.booleans(), money),
    max_size=8,
).map(lambda rows: [(f"p{i}", *row) for i, row in enumerate(rows)])
funding_rows = st.lists(st.tuples(st.sampled_from(["p0", "p1", "p2", "zz"]), days, money), max_size=8)
ways = st.sampled_from(["level", "region"])
tops = st.none() | st.integers(1, 3)
few = settings(max_examples=25, deadline=None)
ADDED = ["n_projects", "n_signed", "n_signed_missing", "n_arrived_known", "n_arrived_missing"]
ADDED += ["signed_cny_10k", "arrived_cny_10k"]


@few
@given(project_rows, funding_rows, ways, tops)
def test_disjoint_origins_add_up_to_the_breakdown_by_sector_and_shares_to_one(
    projects: list[Any], funding: list[Any], by: str, top: int | None
) -> None:
    first, second = projects_of(projects), funding_of(funding)
    result = origin_breakdown(first, second, by=by, top=top)
    found = result.groupby("year", dropna=False)[ADDED].sum(min_count=1).astype("float64")
    sectors = sector_breakdown(first, second)
    expected = sectors.groupby("year", dropna=False)[ADDED].sum(min_count=1).astype("float64")
    pd.testing.assert_frame_equal(found, expected)
    for share in ("project_share", "signed_share", "arrived_share"):
        for total in result.groupby("year", dropna=False)[share].sum(min_count=1).dropna():
            assert total == pytest.approx(1)


@few
@given(project_rows, funding_rows, ways)
def test_the_share_of_the_first_n_never_falls_and_never_passes_one(
    projects: list[Any], funding: list[Any], by: str
) -> None:
    result = origin_breakdown(projects_of(projects), funding_of(funding), by=by)
    for _, year in result.dropna(subset=["arrived_top_share"]).groupby("year", dropna=False):
        shares = year.sort_values("arrived_rank")["arrived_top_share"]
        assert shares.is_monotonic_increasing
        assert shares.max() <= 1 + 1e-9


@few
@given(project_rows, funding_rows, st.booleans())
def test_views_lie_in_one_another_and_are_sums_of_levels(
    projects: list[Any], funding: list[Any], include_foreign: bool
) -> None:
    first, second = projects_of(projects), funding_of(funding)
    result = origin_breakdown(first, second, nested=True, include_foreign=include_foreign)
    table = result.set_index("origin_view")
    levels = origin_totals(first, second)
    for name in ADDED:
        by_view = table[name].groupby(level=0).sum().reindex(codes("origin_views"), fill_value=0)
        county, city, province, overseas = by_view
        assert county >= city >= province
        by_level = levels.groupby("origin_level")[name].sum().reindex(list(LEVELS), fill_value=0)
        assert overseas == by_level["overseas"]
        assert province == by_level["out_of_province"] + include_foreign * by_level["overseas"]
        assert county == by_level.sum() - by_level["local"] - (not include_foreign) * by_level["overseas"]


@few
@given(project_rows, funding_rows, ways, tops)
def test_the_order_of_rows_does_not_matter_and_arguments_stay(
    projects: list[Any], funding: list[Any], by: str, top: int | None
) -> None:
    first, second = projects_of(projects), funding_of(funding)
    before = first.copy(), second.copy()
    result = origin_breakdown(first, second, by=by, top=top)
    pd.testing.assert_frame_equal(first, before[0])
    pd.testing.assert_frame_equal(second, before[1])
    pd.testing.assert_frame_equal(origin_breakdown(first[::-1], second[::-1], by=by, top=top), result)
