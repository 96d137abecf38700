"""What the capital of a year may come to: by its months, by former years, by the projects at hand."""

from typing import Any, NamedTuple

import narwhals.stable.v2 as nw
import pandas as pd
from narwhals.stable.v2.typing import IntoFrame

from meishan_stats.codelists import codes
from meishan_stats.errors import ChoiceError
from meishan_stats.schemas import Funding, Projects, conform
from meishan_stats.schemas.results.funding import YearEndForecast
from meishan_stats.statistics.dates import Day
from meishan_stats.statistics.forecast_methods import Outlook, nothing_left, refused, run_rate, seasonal
from meishan_stats.statistics.forecast_outlook import outlooks
from meishan_stats.statistics.forecast_pipeline import NOTHING, PROJECT_COLUMNS, Pipeline, pipeline, pipelines
from meishan_stats.statistics.frames import check_choice, in_codelist_order, opened, retyped, totals
from meishan_stats.statistics.joining import check_each_once, check_engines
from meishan_stats.statistics.reported import reported_until, with_places

USER = "year_end_forecast"
FUNDING_COLUMNS = ("office", "project_id", "kind", "period", "precision", "amount_cny_10k", "is_demo")
FIRST_MONTH = 3
"""A forecast is refused before: two months tell nothing of a year."""


class _Wish(NamedTuple):
    """What the caller asked for."""

    years: int
    conversion: float | None
    level: float


def year_end_forecast(
    funding: IntoFrame,
    *,
    kind: str = "arrived",
    as_of: Day | None = None,
    method: str | None = "run_rate",
    years: int = 3,
    projects: IntoFrame | None = None,
    conversion: float | None = None,
    level: float = 0.8,
) -> pd.DataFrame:
    """Forecast the capital of each office by the end of the year, with an interval, by a stated method.

    No published report states its method, so none is the right one: set them side by side
    (``method=None``). An interval is that of its method's own spread; it knows nothing of a campaign
    that starts or a project that is lost. A forecast that cannot be made is a row with a ``reason``.

    Parameters
    ----------
    funding : Funding, one row per project and month
        pandas, Polars, PyArrow, DuckDB or PySpark. Capital known to the year only counts in the year to
        date as far as it had arrived by then.
    kind : "arrived", "fixed_asset" or "completed"
    as_of : last month that is known; the office's last report by default, and never later than it
    method : "run_rate", "seasonal", "pipeline", or None for all that the arguments allow
    years : former years looked at, the last ones; at least 2
    projects : Projects, of the same engine, for "pipeline"
    conversion : share, 0 to 1, of what is signed and not arrived that arrives in the months left
        For "pipeline"; from former years by default.
    level : probability meant for the interval, between 0 and 1

    Returns
    -------
    YearEndForecast, one row per office and method
        Amounts in 万元. With m months passed, r = 12 - m left, ytd the year to date, and q the quantile
        (1 + level) / 2 of Student's t with one degree of freedom less than there are values:

        run_rate
            ``ytd / m * 12``; interval ``± q * s * sqrt(r * (1 + r / n))``, s the standard deviation of
            the n months known: that of the sum of r further months of the same kind.
        seasonal
            ``ytd / p``, p the mean share of a year that had arrived by month m in the last full years;
            interval ``ytd / (p ± q * s * sqrt(1 + 1 / k))``, s the standard deviation of the k shares.
            Needs two full years; a first year followed from a later month than January is not full.
        pipeline
            ``ytd + R * c``; R is what signed projects have signed less what arrived of each so far, none
            below 0; c is `conversion`, else the median share of R that arrived in the same months of the
            last full years, of the projects signed by then; interval ``ytd + R * (c ± q * s * sqrt(1 +
            1 / k))``, the share not below 0. Projects not yet signed are left out, and so are those of
            former years that are no longer signed.

        The lower end is never below the year to date where no month was negative. With m = 12 all
        methods give the year to date. Before month 3 all are refused.

    Raises
    ------
    ChoiceError
        An argument is none of its choices, or "pipeline" is asked for without `projects` or of another
        kind than arrived capital.
    TableError
        A frame lacks a column or holds another type, a project stands twice, or the frames are of two
        engines.

    Examples
    --------
    100 in each of the first three months.

    >>> funding = conform(pd.DataFrame({
    ...     "office": "示例镇", "is_demo": True, "project_id": "a", "name": "甲", "kind": "arrived",
    ...     "period": pd.date_range("2011-01-01", periods=3, freq="MS"), "precision": "month",
    ...     "amount_cny_10k": 100.0, "is_derived": False,
    ... }), Funding)
    >>> year_end_forecast(funding)[["n_months", "forecast_cny_10k", "low_cny_10k", "high_cny_10k"]]
       n_months  forecast_cny_10k  low_cny_10k  high_cny_10k
    0         3            1200.0       1200.0        1200.0
    """
    methods = _methods(kind, method, projects is not None)
    wish = _checked(years, conversion, level)
    rows = opened(funding, Funding, FUNDING_COLUMNS, USER)
    listed = None if projects is None else opened(projects, Projects, PROJECT_COLUMNS, USER)
    if listed is not None:
        check_engines(USER, funding=rows, projects=listed)
        check_each_once(listed, USER)
    about = reported_until(rows, listed, as_of)
    placed = with_places(rows.filter(nw.col("kind") == kind))
    places = forecast_totals(placed)
    at_hand = (
        pipelines(placed, listed, about["as_of"]) if listed is not None and "pipeline" in methods else {}
    )
    known = outlooks(places, about["as_of"].dropna(), is_latest=as_of is None)
    table = [
        {
            "office": office, "is_demo": row.is_demo, "as_of": row.as_of, "kind": kind, "method": each,
            **_forecast(known.get(office), each, wish, at_hand.get(office, NOTHING)),
        }
        for office, row in zip(about.index, about.itertuples(), strict=True)
        for each in methods
    ]  # fmt: skip
    result = conform(pd.DataFrame(table, columns=None if table else ["office"]), YearEndForecast)
    return in_codelist_order(result, ["office", "method"], method="forecast_methods")


def forecast_totals(placed: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Sum capital by office, year and month, on the engine of the frame.

    Parameters
    ----------
    placed : Funding of one kind, opened, with the places of `with_places`

    Returns
    -------
    One row per office, year, month (0: known to none) and ``is_single``, in no order
        ``amount_cny_10k`` in 万元, ``n_known`` and ``n_missing`` amounts.
    """
    table = totals(
        placed, ["office", "year", "month", "is_single"], {"amount_cny_10k": "n_known"}, n_rows=nw.len()
    )
    typed = retyped(table, {"office": "str", **dict.fromkeys(table.columns.drop("office"), "float64")})
    return typed.assign(n_missing=typed["n_rows"] - typed["n_known"]).drop(columns="n_rows")


def _forecast(outlook: Outlook | None, method: str, wish: _Wish, at_hand: Pipeline) -> dict[str, Any]:
    """One row: the year to date, then the method, or why there is no forecast."""
    if outlook is None:
        return {"n_known": 0, "n_missing": 0, "n_years": 0, "reason": "no_report"}
    row = {
        "year": outlook.year, "n_months": outlook.n_months, "ytd_cny_10k": outlook.ytd, "level": wish.level,
        "n_known": outlook.n_known, "n_missing": outlook.n_missing, **_by_method(outlook, method, wish, at_hand),
    }  # fmt: skip
    # There is no level of an interval that is not given.
    return row if pd.notna(row.get("low_cny_10k")) else {**row, "level": None}


def _by_method(outlook: Outlook, method: str, wish: _Wish, at_hand: Pipeline) -> dict[str, Any]:
    """Forecast of an office that has reported a month."""
    if outlook.n_months < FIRST_MONTH:
        return refused("too_early")
    if pd.isna(outlook.ytd):
        return refused("no_amount")
    if outlook.n_months == 12:
        return nothing_left(outlook)
    if method == "run_rate":
        return run_rate(outlook, wish.level)
    if method == "seasonal":
        return seasonal(outlook, wish.level, wish.years)
    return pipeline(outlook, at_hand, wish.level, wish.years, wish.conversion)


def _methods(kind: str, method: str | None, has_projects: bool) -> list[str]:
    check_choice(USER, "kind", kind, codes("funding_kinds"))
    listed = codes("forecast_methods")
    check_choice(USER, "method", method, [*listed, None])
    if method == "pipeline" and (not has_projects or kind != "arrived"):
        raise ChoiceError(
            f"{USER}：method='pipeline' 需要 projects，且只用于 kind='arrived'",
            f"{USER}: method='pipeline' needs projects, and kind='arrived'",
        )
    if method is not None:
        return [method]
    return listed if has_projects and kind == "arrived" else [each for each in listed if each != "pipeline"]


def _checked(years: int, conversion: float | None, level: float) -> _Wish:
    for name, value, fits, zh, en in (
        ("years", years, isinstance(years, int) and years >= 2, "不小于 2 的整数", "a whole number from 2 on"),
        ("level", level, _is_number(level) and 0 < level < 1, "0 与 1 之间的数", "between 0 and 1"),
        ("conversion", conversion, conversion is None or (_is_number(conversion) and 0 <= conversion <= 1),
         "0 到 1 的数或 None", "a number from 0 to 1, or None"),
    ):  # fmt: skip
        if not fits or isinstance(value, bool):
            raise ChoiceError(
                f"{USER}：{name} 应为{zh}，不能是 {value!r}", f"{USER}: {name} must be {en}, not {value!r}"
            )
    return _Wish(years, conversion, level)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
