"""The frames of one office and what its workbook says of it on every sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from meishan_stats.codelists import labels
from meishan_stats.errors import ChoiceError
from meishan_stats.outputs.office_definitions import office_sheets
from meishan_stats.outputs.office_texts import text
from meishan_stats.schemas import RESULTS, TABLES, columns

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Shown:
    """Rows of one table, the notes below it, why it is empty where it has an own reason, words of headings."""

    rows: pd.DataFrame
    notes: list[str] = field(default_factory=list)
    why_empty: str = ""
    words: dict[str, str] = field(default_factory=dict)


class NamedFrames(Protocol):
    """Frames by name: a dict, or the ``Tables`` that ``load`` gives."""

    def items(self) -> Iterable[tuple[str, pd.DataFrame]]: ...


@dataclass(frozen=True)
class OfficeFacts:
    """One office, as its sheets name it; ``year`` is the year of its last report, where one is known."""

    office: str
    county: str
    is_demo: bool
    as_of: pd.Timestamp | None
    year: int | None
    source: str
    fx_basis: str
    includes_foreign: bool

    def fill(self, template: str, **more: str) -> str:
        """A title or sentence of the definitions with its blanks filled for this office."""
        said = {
            "office": self.office, "year": text("year", self.year) if self.year else "",
            "source": text("the_source", source=self.source) if self.source else text("the_workbooks"),
            "foreign": text("foreign_yes" if self.includes_foreign else "foreign_no"),
        }  # fmt: skip
        return template.format(**{**said, **more})

    def marked(self, title: str) -> str:
        """A title that says so where the figures are invented."""
        return text("demo_title", title) if self.is_demo else title

    @property
    def as_of_month(self) -> str:
        """The month the workbooks speak of last, empty where none is known."""
        return "" if self.as_of is None else text("month", self.as_of.year, self.as_of.month)

    @property
    def as_of_text(self) -> str:
        """Until when the figures reach, as it stands below a title."""
        return text("as_of", self.as_of_month) if self.as_of_month else text("no_as_of")


def office_frames(tables: NamedFrames, results: NamedFrames, office: str) -> Frames:
    """Rows of one office of every table and result, by name; an optional one that is absent is empty.

    Raises
    ------
    ChoiceError
        A table or result that a sheet shows is absent, or there is no such office.

    Examples
    --------
    >>> office_frames({}, {}, "示例镇")     # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    meishan_stats.errors.ChoiceError: 缺少 offices...
    """
    given = {**dict(tables.items()), **dict(results.items())}
    shown = [table for sheet in office_sheets() for table in sheet.tables]
    needed = ["offices", "projects", "funding", *(table.source for table in shown if not table.is_optional)]
    absent = [name for name in dict.fromkeys(needed) if name not in given]
    if absent:
        named = ", ".join(absent)
        raise ChoiceError(
            f"缺少 {named}，不能做各单位的工作簿", f"absent, and shown in the workbook: {named}"
        )
    known = given["offices"]["office"].tolist()
    if office not in known:
        said = "、".join(known)
        raise ChoiceError(f"没有单位“{office}”；有：{said}", f"no office {office!r}; there are: {said}")
    optional = {
        table.source: pd.DataFrame(columns=list(columns({**TABLES, **RESULTS}[table.source])))
        for table in shown
        if table.source not in given
    }
    return {
        name: frame[frame["office"] == office].reset_index(drop=True)
        for name, frame in {**given, **optional}.items()
        if "office" in frame
    }


def office_facts(frames: Mapping[str, pd.DataFrame]) -> OfficeFacts:
    """What the sheets say of an office, from its row of ``offices`` and the years of its figures.

    >>> offices = pd.DataFrame({
    ...     "office": ["甲镇"], "county": None, "is_demo": False, "as_of": pd.Timestamp("2011-06-01"),
    ...     "source": None, "fx_basis": "fixed", "include_foreign": False,
    ... })
    >>> office_facts({"offices": offices}).as_of_text
    '截至2011年6月'
    """
    row = frames["offices"].iloc[0]
    as_of = None if pd.isna(row["as_of"]) else pd.Timestamp(row["as_of"])
    return OfficeFacts(
        office=str(row["office"]),
        county=_said(row["county"]),
        is_demo=bool(row["is_demo"]),
        as_of=as_of,
        year=as_of.year if as_of is not None else _last_year(frames),
        source=_said(row["source"]),
        fx_basis=labels("fx_bases").get(_said(row["fx_basis"]), ""),
        includes_foreign=pd.notna(row["include_foreign"]) and bool(row["include_foreign"]),
    )


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""


def _last_year(frames: Mapping[str, pd.DataFrame]) -> int | None:
    """Last year of the breakdown by sector, else of the targets: where no report is dated."""
    for name in ("sector_breakdown", "targets"):
        years = frames[name]["year"].dropna() if name in frames else pd.Series(dtype="Int64")
        if len(years):
            return int(years.max())
    return None
