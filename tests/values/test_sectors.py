"""Sectors: the rules of classification, in their order, and the traps of the industry codes."""

import opencc
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.codelists import codes, read_definition
from meishan_stats.values.sectors import COLUMNS, classify_sectors

AMBIGUOUS, UNKNOWN = "ambiguous_sector", "unknown_sector"
TO_TRADITIONAL = opencc.OpenCC("s2t")
KEYWORDS = read_definition("sector_keywords.csv")["keyword"].tolist()


def classified(**cells: object) -> dict[str, object]:
    return classify_sectors(pd.DataFrame({name: [value] for name, value in cells.items()})).iloc[0].to_dict()


def sector(**cells: object) -> object:
    return classified(**cells)["sector"]


# --- the cases of the rulebook, each with its reason


def test_physically_refined_polysilicon_is_new_energy_by_name_but_may_be_electronic_grade() -> None:
    found = classified(name="物理法提炼多晶硅")
    assert (found["sector"], found["sector_basis"]) == ("new_energy", "keyword_name")
    assert (found["sector_alt"], found["sector_problem"]) == ("new_materials", AMBIGUOUS)
    assert found["sector_confidence"] == "medium"


def test_polysilicon_of_a_stated_grade_is_not_ambiguous() -> None:
    assert classified(content="太阳能级多晶硅")["sector_problem"] is None
    assert sector(content="电子级多晶硅") == "new_materials"


def test_non_metal_container_is_new_material_of_low_confidence_because_only_frp_would_support_it() -> None:
    found = classified(name="长兴宇峰非金属容器")
    assert (found["sector"], found["sector_confidence"]) == ("new_materials", "low")
    assert (found["sector_alt"], found["sector_problem"]) == ("other", AMBIGUOUS)


@pytest.mark.parametrize("name", ["铁容器制造", "压力容器生产线", "玻璃容器"])
def test_the_word_container_alone_makes_no_new_material(name: str) -> None:
    assert sector(name=name) == "other"


def test_glass_fibre_reinforced_plastic_is_new_material_though_isic_puts_it_with_plastics() -> None:
    assert sector(content="玻璃钢储罐") == "new_materials"


def test_lead_acid_batteries_are_new_energy_locally_and_other_nationally() -> None:
    found = classified(content="年产500万只铅酸蓄电池")
    assert (found["sector"], found["sector_alt"], found["sector_problem"]) == ("new_energy", "other", None)


def test_recycling_of_batteries_is_not_making_them() -> None:
    assert sector(content="锂电池") == "new_energy"
    assert sector(content="废旧电池回收") == "other"
    assert sector(content="废旧锂电池综合利用") == "other"


def test_a_negative_word_reaches_over_its_own_clause_only() -> None:
    assert sector(content="废旧物资回收，年产2GWh锂离子动力电池") == "new_energy"


def test_parts_of_electric_bicycles_are_other_because_class_3770_is_not_3612() -> None:
    assert sector(name="电动车配件") == "other"
    assert sector(name="电动自行车") == "other"
    assert sector(name="新能源汽车整车") == "new_energy"


def test_battery_materials_are_new_materials_with_new_energy_as_the_other_possibility() -> None:
    found = classified(content="锂电池隔膜")
    assert (found["sector"], found["sector_alt"]) == ("new_materials", "new_energy")


def test_ordinary_glass_is_no_new_material() -> None:
    assert sector(content="玻璃瓶") == "other"


def test_textile_machinery_is_left_to_the_reader_as_the_other_possibility() -> None:
    found = classified(content="纺织机械制造")
    assert (found["sector"], found["sector_alt"]) == ("other", "modern_textiles")
    assert sector(content="购置喷水织机200台，年产坯布1000万米") == "modern_textiles"


# --- editions of GB/T 4754


def test_code_30_is_plastics_in_2002_and_minerals_since_2011() -> None:
    assert classified(industry_code="30", industry_edition="2002")["subsector"] == "塑料制品业"
    assert (
        classified(industry_code="30", industry_edition="GB/T 4754-2017")["subsector"] == "非金属矿物制品业"
    )


def test_within_minerals_only_the_classes_named_are_new_materials() -> None:
    assert sector(industry_code="3062", industry_edition="2017") == "new_materials"
    assert sector(industry_code="3011", industry_edition="2017") == "other"


@pytest.mark.parametrize("code", ["30", "31", "39", "40"])
def test_a_division_that_changed_its_meaning_is_ambiguous_without_edition(code: str) -> None:
    assert classified(industry_code=code)["sector_problem"] == AMBIGUOUS
    assert classified(industry_code=code, industry_edition="2017")["sector_problem"] is None


@pytest.mark.parametrize("code", ["29", "38"])
def test_a_division_whose_editions_agree_on_the_sector_is_not_ambiguous(code: str) -> None:
    # 29 is rubber, later rubber and plastics; 38 is not in the edition of 2002.
    assert classified(industry_code=code)["sector_problem"] is None


@pytest.mark.parametrize("code", ["17", "1711", "18", "C28", "2822"])
@pytest.mark.parametrize("edition", ["2002", "2011", "2017", None])
def test_textile_divisions_are_the_same_in_all_editions(code: str, edition: str | None) -> None:
    found = classified(industry_code=code, industry_edition=edition)
    assert (found["sector"], found["sector_basis"], found["sector_problem"]) == (
        "modern_textiles",
        "code",
        None,
    )


@pytest.mark.parametrize(
    ("year", "edition"), [(2010, "2002"), (2011, "2002"), (2012, "2011"), (2020, "2017")]
)
def test_the_year_of_the_sheet_tells_the_edition_of_a_code(year: int, edition: str) -> None:
    assert classified(industry_code="3940", year=year)["industry_edition"] == edition


def test_code_3940_is_batteries_in_2002_and_radar_in_2017() -> None:
    assert sector(industry_code="3940", year=2011) == "new_energy"
    assert sector(industry_code="3940", year=2020) == "other"


def test_lead_acid_class_3843_is_of_the_2017_list() -> None:
    found = classified(industry_code=3843.0, industry_edition="2017")
    assert (found["sector"], found["sector_alt"], found["industry_code"]) == ("new_energy", "other", "3843")


def test_a_code_wins_over_the_stated_sector_and_this_over_words() -> None:
    assert sector(industry_code="1711", sector_stated="新材料", content="光伏组件") == "modern_textiles"
    assert sector(sector_stated="新材料", content="光伏组件", name="纺织") == "new_materials"
    assert sector(content="光伏组件", name="纺织") == "new_energy"


def test_a_division_too_wide_to_tell_gives_way_to_the_words_of_the_content() -> None:
    found = classified(industry_code="38", industry_edition="2017", content="光伏组件")
    assert (found["sector"], found["sector_basis"]) == ("new_energy", "keyword_content")


def test_a_code_in_the_column_of_sectors_is_read_and_a_year_is_not() -> None:
    assert classified(sector_stated="C17纺织业")["industry_code"] == "17"
    assert classified(sector_stated="2011年新增")["industry_code"] is None


# --- stated sectors


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("新能源产业", "new_energy"),
        ("一、新能源", "new_energy"),
        ("Renewable Energy", "new_energy"),
        ("新型材料", "new_materials"),
        ("现代纺织业", "modern_textiles"),
        ("纺织服装", "modern_textiles"),
        ("Textiles", "modern_textiles"),
        ("化学纤维制造业", "modern_textiles"),
        ("化学纤维", "modern_textiles"),
        ("制造业-纺织业", "modern_textiles"),
        ("Energy/Solar", "new_energy"),
    ],
)
def test_stated_sectors_are_known_by_many_spellings(stated: str, expected: str) -> None:
    found = classified(sector_stated=stated)
    assert (found["sector"], found["sector_basis"], found["sector_problem"]) == (expected, "stated", None)


@pytest.mark.parametrize(
    "stated",
    ["装备制造", "电子信息", "机械", "食品", "农业", "房地产", "旅游", "商贸服务", "Agriculture", "Real estate",
     "Transport", "Logistics", "Tourism", "软件和信息技术服务业", "其他"],
)  # fmt: skip
def test_a_known_sector_that_is_none_of_the_three_is_other_without_doubt(stated: str) -> None:
    found = classified(sector_stated=stated)
    assert (found["sector"], found["sector_confidence"]) == ("other", "high")
    assert found["sector_problem"] is None


def test_the_stated_text_names_the_part_of_other() -> None:
    assert classified(sector_stated="装备制造")["subsector"] == "装备制造"


def test_energy_alone_is_not_new_energy_until_words_say_so() -> None:
    assert classified(sector_stated="Energy")["sector_problem"] == AMBIGUOUS
    assert classified(sector_stated="Energy")["sector"] == "other"
    assert sector(sector_stated="Energy", subsector="Alternative") == "new_energy"
    assert classified(sector_stated="Energy", subsector="Hydro")["sector_confidence"] == "medium"
    assert sector(sector_stated="Energy", subsector="Coal") == "other"
    assert sector(sector_stated="能源", name="光伏电站") == "new_energy"


def test_a_statement_of_two_sectors_takes_the_first_and_names_the_other() -> None:
    found = classified(sector_stated="新能源、新材料")
    assert (found["sector"], found["sector_alt"], found["sector_problem"]) == (
        "new_energy",
        "new_materials",
        AMBIGUOUS,
    )


def test_manufacturing_says_nothing_and_words_decide() -> None:
    assert sector(sector_stated="制造业", name="碳纤维生产线") == "new_materials"
    assert classified(sector_stated="工业")["sector_problem"] == UNKNOWN


def test_an_office_may_add_a_sector_of_its_own() -> None:
    frame = pd.DataFrame({"sector_stated": ["生物医药", "新能源"]})
    assert classify_sectors(frame, {"biotech": ["生物医药"]})["sector"].tolist() == ["biotech", "new_energy"]


# --- words


def test_the_longest_keyword_wins() -> None:
    assert sector(content="碳纤维复合材料光伏支架") == "new_materials"  # seven characters against four


def test_two_keywords_as_long_from_two_sectors_are_ambiguous() -> None:
    found = classified(content="生产光伏、面料")
    assert (found["sector"], found["sector_alt"], found["sector_problem"]) == (
        "new_energy",
        "modern_textiles",
        AMBIGUOUS,
    )


def test_an_english_keyword_is_never_part_of_another_word() -> None:
    assert sector(name="Wind farms in Gansu") == "new_energy"
    assert classified(name="Windows and doors")["sector_problem"] == UNKNOWN


def test_an_unknown_project_is_other_and_listed_never_dropped() -> None:
    frame = pd.DataFrame({"name": ["甲乙丙", None, "光伏"]}, index=[7, 8, 9])
    found = classify_sectors(frame)
    assert found.index.tolist() == [7, 8, 9]
    assert found["sector"].tolist() == ["other", "other", "new_energy"]
    assert found["sector_problem"].tolist() == [UNKNOWN, UNKNOWN, None]
    assert found["sector_basis"].tolist() == ["none", "none", "keyword_name"]


def test_a_frame_without_columns_or_rows_gives_the_columns_of_the_result() -> None:
    assert classify_sectors(pd.DataFrame()).columns.tolist() == list(COLUMNS)


# --- laws


@given(st.lists(st.one_of(st.none(), st.text()), max_size=4), st.lists(st.text(), min_size=4, max_size=4))
def test_any_text_gets_a_sector_a_basis_and_a_confidence(texts: list[str | None], others: list[str]) -> None:
    frame = pd.DataFrame(
        {"sector_stated": texts, "content": others[: len(texts)], "industry_code": texts}, dtype=object
    )
    found = classify_sectors(frame)
    assert set(found["sector"]) <= set(codes("sectors"))
    assert set(found["sector_basis"]) <= set(codes("sector_bases"))
    assert set(found["sector_confidence"]) <= {"high", "medium", "low"}


@given(
    st.sampled_from(KEYWORDS),
    st.sampled_from(KEYWORDS),
    st.sampled_from(["content", "name", "sector_stated"]),
)
def test_traditional_characters_and_full_width_change_no_sector(first: str, second: str, column: str) -> None:
    text = f"年产{first}，{second}"
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in TO_TRADITIONAL.convert(text))
    both = classify_sectors(pd.DataFrame({column: [text, wide]}))[["sector", "sector_alt", "sector_problem"]]
    assert both.iloc[0].tolist() == both.iloc[1].tolist()


def test_every_keyword_and_rule_names_a_sector_that_exists() -> None:
    known = {*codes("sectors"), ""}
    for table, columns in (
        ("sector_keywords.csv", ["sector", "sector_alt", "national"]),
        ("code_sectors.csv", ["sector", "sector_alt"]),
    ):
        assert set(read_definition(table)[columns].to_numpy().ravel()) <= known


def test_words_of_a_sector_of_its_own_come_before_ours_in_content_and_name() -> None:
    frame = pd.DataFrame({"name": ["智能割草机光伏配套项目", "光伏组件项目"], "content": [None, None]})
    found = classify_sectors(frame, {"园林机械": ["割草机", "绿篱机"]})
    assert found["sector"].tolist() == ["园林机械", "new_energy"]
    assert found["sector_basis"].tolist() == ["keyword_name", "keyword_name"]
