"""Frames that are joined on the project: of one engine, each project once."""

from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from meishan_stats.errors import TableError
from meishan_stats.statistics.frames import collected, retyped


def check_engines(user: str, **frames: nw.LazyFrame[Any] | None) -> None:
    """Stop where frames are not all of one engine.

    Raises
    ------
    TableError
        Names the function (`user`), the frames and their engines.

    Examples
    --------
    >>> frame = nw.from_native(pd.DataFrame({"project_id": ["a"]})).lazy()
    >>> check_engines("stage_stock", projects=frame, stage_events=None)
    """
    engines = {name: frame.implementation.value for name, frame in frames.items() if frame is not None}
    if len(set(engines.values())) > 1:
        found = ", ".join(f"{name}: {engine}" for name, engine in engines.items())
        raise TableError(
            f"{user} 的各表应为同一引擎，得到 {found}", f"{user} expects frames of one engine, not {found}"
        )


def check_each_once(projects: nw.LazyFrame[Any], user: str) -> None:
    """Stop where a project stands twice: it would count twice.

    Raises
    ------
    TableError
        Names the function (`user`), how many stand twice and the first of them.
    """
    counted = collected(projects.select(n=nw.len(), n_ids=nw.col("project_id").n_unique()))
    if counted["n"].iloc[0] == counted["n_ids"].iloc[0]:
        return
    repeated = projects.group_by("project_id").agg(n=nw.len()).filter(nw.col("n") > 1)
    found = collected(repeated.select(nw.col("project_id").min(), nw.len().alias("n")))
    if found["n"].iloc[0]:  # engines differ in how many ids a table without rows has
        first, n = found["project_id"].iloc[0], found["n"].iloc[0]
        raise TableError(
            f"{user} 需要每个项目一行，projects 中有 {n} 个 project_id 重复，如 {first}",
            f"{user} expects one row per project; {n} project_id stand twice, such as {first}",
        )


def about_offices(projects: nw.LazyFrame[Any], as_of: pd.Timestamp | None = None) -> pd.DataFrame:
    """Per office whether it is a demonstration, its first and its last month reported, or the month asked for.

    Returns
    -------
    DataFrame
        Columns office, is_demo, as_of, begins_on; sorted by office.
    """
    table = collected(
        projects.group_by("office").agg(
            nw.col("is_demo", "as_of").max(),
            begins_on=nw.col("first_reported_on").min(),
        )
    ).sort_values("office", ignore_index=True)
    types = {"office": "str", "is_demo": "boolean", "as_of": "datetime64[ns]", "begins_on": "datetime64[ns]"}
    typed = retyped(table, types)
    return typed if as_of is None else typed.assign(as_of=as_of.as_unit("ns"))
