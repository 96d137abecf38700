"""Every statistic on every engine: the same numbers from the demo tables, with rows that lack what rows may lack."""

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from narwhals.stable.v2.typing import IntoFrame

import meishan_stats as ms
from meishan_stats import statistics
from meishan_stats.errors import TableError
from meishan_stats.schemas import RESULTS, Funding, Projects, columns
from meishan_stats.statistics.breakdowns import breakdown_totals
from meishan_stats.statistics.forecast import FUNDING_COLUMNS, forecast_totals
from meishan_stats.statistics.frames import opened
from meishan_stats.statistics.groups import span_of, span_totals
from meishan_stats.statistics.land import COLUMNS as LAND_COLUMNS
from meishan_stats.statistics.land import land_totals
from meishan_stats.statistics.new_and_carried import new_and_carried_totals
from meishan_stats.statistics.reported import with_places
from meishan_stats.statistics.sector_matrices import stage_totals
from meishan_stats.statistics.target_actuals import actual_totals

DEMO = Path(__file__).parents[2] / "data" / "raw" / "demo"
RECORDS = (
    "offices", "projects", "funding", "milestones", "stage_events", "targets", "visits", "recruiters",
    "infrastructure",
)  # fmt: skip
JULY = pd.Timestamp("2011-07-01")
Convert = Callable[[pd.DataFrame], Any]
ENGINES = ("polars", "polars-lazy", "pyarrow", "duckdb", "pyspark")


class Frames:
    """The records on one engine, each put there when it is first asked for; ``asked`` says which were."""

    def __init__(self, records: dict[str, pd.DataFrame], convert: Convert) -> None:
        self.records, self.convert = records, convert
        self.asked: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name not in self.records:
            raise AttributeError(name)
        if name not in self.asked:
            self.asked[name] = self.convert(self.records[name])
        return self.asked[name]


Call = Callable[[Frames], pd.DataFrame]
# How each function is called; what a function does otherwise on the engine is a call of its own.
CALLS: dict[str, list[Call]] = {
    "actual_totals": [
        lambda on: actual_totals(on.funding, on.projects),
        lambda on: actual_totals(
            on.funding, on.projects, until=JULY, stages=("started", "production"), milestones=on.milestones,
            stage_events=on.stage_events,
        ),
    ],
    "amount_hierarchy": [lambda on: ms.amount_hierarchy(on.projects, on.funding)],
    "backward_schedule": [lambda on: ms.backward_schedule(on.status)],
    "breakdown_totals": [
        lambda on: breakdown_totals(on.projects, on.funding, ["method", "station"], "f", time="month"),
        lambda on: breakdown_totals(on.projects, None, ["sector"], "f"),
    ],
    "cohort_conversion": [lambda on: ms.cohort_conversion(on.projects, on.funding, on.milestones)],
    "cohort_totals": [
        lambda on: ms.cohort_totals(on.projects, on.funding),
        lambda on: ms.cohort_totals(on.projects, on.funding, on.milestones, by="sector", as_of=JULY),
    ],
    "concentration": [lambda on: ms.concentration(on.projects, on.funding, measure="signed")],
    "flow_totals": [lambda on: ms.flow_totals(on.stage_events, on.projects)],
    "forecast_totals": [
        lambda on: forecast_totals(with_places(opened(on.funding, Funding, FUNDING_COLUMNS, "f")))
    ],
    "funding_by_month": [lambda on: ms.funding_by_month(on.funding, kind=None)],
    "funding_new_and_carried": [lambda on: ms.funding_new_and_carried(on.projects, on.funding)],
    "funding_totals": [
        lambda on: ms.funding_totals(on.funding),
        lambda on: ms.funding_totals(on.funding, join_january_february=True),
    ],
    "infrastructure_progress": [lambda on: ms.infrastructure_progress(on.infrastructure, on.targets)],
    "key_projects": [lambda on: ms.key_projects(on.projects, on.funding, on.milestones)],
    "land_efficiency": [lambda on: ms.land_efficiency(on.projects)],
    "land_totals": [lambda on: land_totals(opened(on.projects, Projects, LAND_COLUMNS, "f"), "sector", 350.0)],
    "location_quotient": [lambda on: ms.location_quotient(on.values_2011, on.values_2010)],
    "method_breakdown": [lambda on: ms.method_breakdown(on.projects, on.funding, multiple="each")],
    "milestone_status": [lambda on: ms.milestone_status(on.milestones, on.projects)],
    "milestone_summary": [lambda on: ms.milestone_summary(on.milestones, on.projects, as_of="2011-07-20")],
    "new_and_carried_totals": [lambda on: new_and_carried_totals(on.projects, on.funding)],
    "origin_breakdown": [
        lambda on: ms.origin_breakdown(on.projects, on.funding, nested=True, offices=on.offices)
    ],
    "origin_totals": [lambda on: ms.origin_totals(on.projects, on.funding, by="region")],
    "pareto": [lambda on: ms.pareto(on.projects, on.funding)],
    "sector_breakdown": [lambda on: ms.sector_breakdown(on.projects, on.funding)],
    "sector_by_origin": [lambda on: ms.sector_by_origin(on.projects, on.funding)],
    "sector_by_stage": [lambda on: ms.sector_by_stage(on.projects)],
    "sector_totals": [
        lambda on: ms.sector_totals(on.projects, on.funding, subsector=True),
        lambda on: ms.sector_totals(on.projects, on.funding, by="quarter"),
    ],
    "shift_share": [
        lambda on: ms.shift_share(on.values_2010, on.values_2011, on.values_2010, on.values_2011)
    ],
    "size_tiers": [lambda on: ms.size_tiers(on.projects, year=2011)],
    "span_totals": [
        lambda on: span_totals(on.projects, on.funding, ["method"], "f", span_of("2011Q2", "f"))
    ],
    "spell_totals": [lambda on: ms.spell_totals(on.stage_events, on.projects, as_of=JULY)],
    "stage_flow": [lambda on: ms.stage_flow(on.stage_events, on.projects)],
    "stage_stock": [lambda on: ms.stage_stock(on.projects)],
    "stage_totals": [lambda on: stage_totals(on.projects)],
    "stale_negotiations": [
        lambda on: ms.stale_negotiations(on.projects, on.stage_events, on.visits),
        lambda on: ms.stale_negotiations(on.projects, on.stage_events, as_of=JULY),
    ],
    "station_performance": [
        lambda on: ms.station_performance(on.recruiters, on.visits, on.projects, on.funding, period=2011)
    ],
    "stock_totals": [lambda on: ms.stock_totals(on.projects, on.stage_events, as_of=JULY)],
    "target_attainment": [
        lambda on: ms.target_attainment(
            on.targets, on.funding, on.projects, offices=on.offices, milestones=on.milestones,
            stage_events=on.stage_events,
        )
    ],
    "time_in_stage": [lambda on: ms.time_in_stage(on.stage_events, on.projects)],
    "visit_calendar": [lambda on: ms.visit_calendar(on.visits)],
    "year_end_forecast": [
        lambda on: ms.year_end_forecast(on.funding, method=None, as_of=JULY, projects=on.projects)
    ],
}  # fmt: skip


def takes_frames(function: Callable[..., Any]) -> bool:
    """Whether a parameter may be a frame of any engine."""
    frame = set(get_args(IntoFrame))
    hints = [parameter.annotation for parameter in inspect.signature(function).parameters.values()]
    return any(frame <= set(get_args(hint)) for hint in hints)


def found_functions() -> Iterator[str]:
    """Public statistics that take frames of any engine, and every function that sums on the engine."""
    for name in ms.__all__:
        function = getattr(ms, name)
        home = getattr(function, "__module__", "") or ""
        if inspect.isfunction(function) and home.startswith(statistics.__name__) and takes_frames(function):
            yield name
    for found in iter_modules(statistics.__path__):
        module = import_module(f"{statistics.__name__}.{found.name}")
        own = [
            name
            for name, value in vars(module).items()
            if getattr(value, "__module__", "") == module.__name__
        ]
        yield from (name for name in own if re.fullmatch(r"[a-z]\w*_totals", name))


FOUND = sorted(set(found_functions()))


@pytest.fixture(scope="session")
def records() -> dict[str, pd.DataFrame]:
    """The demo tables with rows that lack what rows may lack, and results made of them; one sector has no amount."""
    tables = ms.load(DEMO)
    found = {name: getattr(tables, name) for name in RECORDS}
    found["projects"] = pd.concat([found["projects"], lacking(found["projects"])], ignore_index=True)
    found["funding"] = pd.concat([found["funding"], unknown(found["funding"])], ignore_index=True)
    breakdown = ms.sector_breakdown(found["projects"], found["funding"])
    found["status"] = ms.milestone_status(found["milestones"], found["projects"])
    for year in (2010, 2011):
        found[f"values_{year}"] = ms.sector_values(breakdown, year=year)
    return found


def lacking(projects: pd.DataFrame) -> pd.DataFrame:
    """Copies of signed and negotiating projects: without sector, amounts or dates, or with a doubtful amount."""
    some = projects.groupby("is_signed").head(3)
    amounts = [str(name) for name in projects.select_dtypes("float64")]
    texts = [
        "sector",
        "subsector",
        "origin_level",
        "origin_adcode",
        "method",
        "station",
        "size_tier",
        "stage",
    ]
    dates = ["signed_on", "signed_precision", "first_reported_on", "as_of"]
    parts = [
        some.assign(**dict.fromkeys(texts)),
        some.assign(**dict.fromkeys(amounts, np.nan)),
        some.assign(**dict.fromkeys(amounts, np.nan), sector="园林机械"),
        some.assign(**dict.fromkeys(dates), is_signed=None),
        some.assign(currency="CNY", total_investment_10k=100.0, fixed_asset_10k=200.0),
    ]
    named = [part.assign(project_id=f"lacking{n}" + part["project_id"]) for n, part in enumerate(parts)]
    # A table of Projects has a sector in each row; a frame of a user need not have one.
    return pd.concat([part.astype(projects.dtypes) for part in named], ignore_index=True)


def unknown(funding: pd.DataFrame) -> pd.DataFrame:
    """Capital of unknown amount, of an unknown month, of a project of unknown sector, of no known project."""
    some = funding.groupby("kind").head(4)
    parts = [
        some.assign(amount_cny_10k=np.nan, amount_10k=np.nan, project_id="lacking2" + some["project_id"]),
        some.assign(period=None, precision=None),
        some.assign(project_id="lacking0" + some["project_id"]),
        some.assign(project_id="nobody's", precision="year"),
    ]
    return pd.concat([part.astype(funding.dtypes) for part in parts], ignore_index=True)


@pytest.fixture(scope="session")
def on_pandas(records: dict[str, pd.DataFrame]) -> Callable[[str], list[pd.DataFrame]]:
    """A function that tells what the calls of a function give on pandas, computed when it is first asked for."""
    return cache(lambda name: [call(Frames(records, pd.DataFrame.copy)) for call in CALLS[name]])


@pytest.fixture(scope="session")
def placed(records: dict[str, pd.DataFrame]) -> dict[str, Frames]:
    """Records on the engines that were asked for."""
    return {}


def comparable(table: pd.DataFrame) -> pd.DataFrame:
    """Rows in an order of their own, numbers as numbers, dates as dates, whatever type an engine gave them."""
    columns = {}
    for name, values in table.items():
        if pd.api.types.is_datetime64_any_dtype(values):
            columns[name] = values.astype("datetime64[ns]")
        elif pd.api.types.is_numeric_dtype(values) or pd.api.types.is_bool_dtype(values):
            columns[name] = values.astype("float64")
        else:
            texts = values.astype(object).where(values.notna(), None)
            numbers = pd.to_numeric(texts, errors="coerce").astype("float64")
            is_number = not any(isinstance(value, str) for value in texts)
            columns[name] = numbers if is_number else texts.astype("str")
    found = pd.DataFrame(columns)
    keys = found.assign(**{name: found[name].round(3) for name in found.select_dtypes("float64")})
    order = keys.sort_values(sorted(keys.columns, key=lambda name: found[name].dtype == "float64")).index
    return found.loc[order, sorted(found.columns)].reset_index(drop=True)


@pytest.mark.parametrize("on_engine", ENGINES, indirect=True)
@pytest.mark.parametrize("name", FOUND)
def test_every_function_gives_the_same_on_every_engine(
    name: str,
    on_engine: Convert,
    records: dict[str, pd.DataFrame],
    on_pandas: Callable[[str], list[pd.DataFrame]],
    placed: dict[str, Frames],
    request: pytest.FixtureRequest,
) -> None:
    assert name in CALLS, f"say in CALLS how {name} is called"
    frames = placed.setdefault(request.node.callspec.params["on_engine"], Frames(records, on_engine))
    for call, expected in zip(CALLS[name], on_pandas(name), strict=True):
        assert len(expected)
        same(name, call(frames), expected)


def same(name: str, found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Totals have no order of rows; a statistic has one, and types that are declared."""
    pd.testing.assert_frame_equal(comparable(found), comparable(expected), rtol=0, atol=1e-6)
    if not name.endswith("_totals"):
        pd.testing.assert_frame_equal(found, expected, rtol=0, atol=1e-6)


# How many known values make each sum of a result; what is no sum of one row is named in NO_SUM.
_ARRIVED = {"arrived_cny_10k": "n_arrived_known"}
_SIGNED = {"signed_cny_10k": "n_signed - n_signed_missing"}
KNOWN: dict[str, dict[str, str]] = {
    "cohort_conversion": _SIGNED | {
        "arrived_cny_10k": "n_signed - n_signed_missing - n_arrived_unknown",
        "arrived_unmatched_cny_10k": "n_arrived_unmatched",
    },
    "concentration": {"total_cny_10k": "n_groups", "unattributed_cny_10k": "n_unattributed"},
    "funding_by_month": {"amount_cny_10k": "n_projects"},
    "funding_new_and_carried": {"arrived_cny_10k": "n_known", "large_cny_10k": "n_large"},
    "infrastructure_progress": {
        "planned_cny_10k": "n_planned_known", "completed_cny_10k": "n_completed_known", "land_mu": "n_land_known",
    },
    "key_projects": _ARRIVED,
    "land_efficiency": {
        "investment_cny_10k": "n_used", "land_mu": "n_used", "annual_output_cny_10k": "n_output_used",
        "annual_tax_cny_10k": "n_tax_used",
    },
    "method_breakdown": _ARRIVED | {"signed_cny_10k": "n_signed_known"},
    "origin_breakdown": _ARRIVED | _SIGNED,
    "sector_breakdown": _ARRIVED | _SIGNED | {"negotiating_cny_10k": "n_negotiating - n_negotiating_missing"},
    "sector_by_origin": _ARRIVED | _SIGNED,
    "sector_by_stage": {"total_investment_cny_10k": "n_projects - n_total_investment_missing"},
    "size_tiers": {"total_investment_cny_10k": "n_investment_known"},
    "stage_flow": {"total_investment_cny_10k": "n_entered - n_investment_missing"},
    "stage_stock": {"total_investment_cny_10k": "n_projects - n_missing"},
    "station_performance": _ARRIVED | _SIGNED,
    "target_attainment": {"unknown_origin_cny_10k": "n_unknown_origin"},
    "year_end_forecast": {"ytd_cny_10k": "n_known"},
}  # fmt: skip
NO_SUM = {
    "cohort_conversion": set(), "concentration": set(), "funding_by_month": {"ytd_cny_10k"},
    "funding_new_and_carried": {"average_cny_10k"},
    # Parts by payer of the two sums whose counts stand beside them.
    "infrastructure_progress": {"target_cny_10k"} | {
        f"{what}_{payer}_cny_10k" for what in ("planned", "completed")
        for payer in ("public", "private", "mixed", "unknown")
    },
    "key_projects": {"total_investment_cny_10k", "signed_cny_10k"},
    "method_breakdown": {"average_signed_cny_10k", "average_investment_cny_10k"},
    "pareto": {"amount_cny_10k"},  # positive amounts alone, so never of nothing
    "sector_breakdown": {"average_signed_cny_10k"},
    "size_tiers": {"average_investment_cny_10k", "from_cny_10k"},
    "stage_flow": {"signed_cny_10k"},  # missing at stages before the signing too
    "stale_negotiations": {"total_investment_cny_10k"},
    "station_performance": {"signed_per_recruiter_cny_10k", "arrived_per_recruiter_cny_10k"},
    "target_attainment": {
        "target_cny_10k", "actual_cny_10k", "gap_amount_cny_10k", "needed_per_remaining_month_cny_10k",
    },
    "year_end_forecast": {"forecast_cny_10k", "low_cny_10k", "high_cny_10k", "outstanding_cny_10k"},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_a_sum_is_missing_exactly_where_no_value_is_known(
    name: str, on_pandas: Callable[[str], list[pd.DataFrame]]
) -> None:
    amounts = {column for column, field in columns(RESULTS[name]).items() if field.unit in ("万元", "亩")}
    assert amounts == KNOWN.get(name, {}).keys() | NO_SUM.get(name, set())
    for table in on_pandas(name) if name in KNOWN else []:
        for amount, count in KNOWN[name].items():
            assert (table[amount].notna() == (table.eval(count) > 0)).all(), amount


@pytest.mark.parametrize("name", FOUND)
def test_a_frame_of_another_kind_is_refused_with_what_was_expected(
    name: str, records: dict[str, pd.DataFrame]
) -> None:
    """Every frame of every function: without the columns it needs, and with text where they hold anything else."""
    asked = Frames(records, pd.DataFrame.copy)
    CALLS[name][-1](asked)
    for table in asked.asked:
        frame = records[table]
        other = [column for column in frame if not pd.api.types.is_string_dtype(frame[column])]
        for wrong, words in (
            (frame.rename(columns=lambda column: f"{column}_yuan"), r"(lacks columns|columns missing): \w"),
            (
                frame.assign(**dict.fromkeys(other, "many")),
                r"value|column \w+ should hold [a-z ]+, not String",
            ),
        ):
            with pytest.raises(TableError, match=rf"\w+ expects a|\w+: .*{words}") as error:
                CALLS[name][-1](Frames(records | {table: wrong}, pd.DataFrame.copy))
            assert re.search(words, error.value.en), error.value.en


def test_a_frame_of_another_kind_is_refused_on_every_engine(
    on_engine: Convert, records: dict[str, pd.DataFrame]
) -> None:
    funding = on_engine(records["funding"])
    projects = records["projects"]
    for wrong, message in (
        (
            projects.drop(columns="signed_cny_10k"),
            "sector_breakdown expects a Projects table; columns missing: signed_cny_10k \\(万元\\)",
        ),
        (
            projects.assign(signed_cny_10k="3000"),
            "sector_breakdown .*column signed_cny_10k should hold numbers, not String",
        ),
        (
            projects.assign(signed_on="2011"),
            "sector_breakdown .*column signed_on should hold dates, not String",
        ),
        (
            projects.assign(is_signed="是"),
            "sector_breakdown .*column is_signed should hold true or false, not String",
        ),
    ):
        with pytest.raises(TableError, match=message):
            ms.sector_breakdown(on_engine(wrong), funding)
    values = records["values_2011"]
    with pytest.raises(TableError, match="location_quotient: reference lacks columns: value"):
        ms.location_quotient(on_engine(values), on_engine(values.drop(columns="value")))
    with pytest.raises(TableError, match="location_quotient: value of local should hold numbers, not String"):
        ms.location_quotient(on_engine(values.assign(value="5")), on_engine(values))


def test_the_time_zone_of_a_spark_session_moves_no_month(
    spark: Any, records: dict[str, pd.DataFrame]
) -> None:
    """Dates as Spark holds them by default, as instants, in a session of China on a machine elsewhere."""
    session = spark.newSession()
    session.conf.set("spark.sql.session.timeZone", "Asia/Shanghai")

    def as_instants(frame: pd.DataFrame) -> Any:
        days = {
            name: frame[name].dt.tz_localize("Asia/Shanghai") for name in frame.select_dtypes("datetime64")
        }
        return session.createDataFrame(pa.Table.from_pandas(frame.assign(**days), preserve_index=False))

    frames = Frames(records, as_instants)
    assert dict(frames.projects.dtypes)["signed_on"] == "timestamp"
    for name in ("sector_totals", "stock_totals", "funding_totals", "flow_totals"):
        found, expected = (CALLS[name][-1](each) for each in (frames, Frames(records, pd.DataFrame.copy)))
        same(name, found, expected)


@pytest.mark.parametrize("name", FOUND)
@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 1_000_000))
def test_the_order_of_rows_changes_nothing(
    name: str, records: dict[str, pd.DataFrame], on_pandas: Callable[[str], list[pd.DataFrame]], seed: int
) -> None:
    mixed = {table: rows.sample(frac=1, random_state=seed) for table, rows in records.items()}
    for call, expected in zip(CALLS[name], on_pandas(name), strict=True):
        same(name, call(Frames(mixed, pd.DataFrame.copy)), expected)


def test_no_call_is_of_a_function_that_is_gone() -> None:
    assert sorted(CALLS) == FOUND
