"""Native charts of the office workbook: drawn by Excel or WPS from the cells, and edited there."""

from typing import Any

import pandas as pd
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from meishan_stats.codelists import codes
from meishan_stats.outputs import styles
from meishan_stats.outputs.cells import plain
from meishan_stats.outputs.office_facts import OfficeFacts
from meishan_stats.outputs.office_layout import EVERY, ShownChart, ShownColumn
from meishan_stats.outputs.office_table import Drawn
from meishan_stats.outputs.office_totals import Group
from meishan_stats.outputs.office_values import shown_value

CHART_HEIGHT_CM = 7.5
BAR_HEIGHT_CM = 0.7
"""Of each category of a chart with lying bars."""
LINE_AXIS = 200
MOST_LEVEL_LABELS = 14
UPWARDS = -5_400_000
BAR_WIDTH_SHARE = 60
_GRID = "D9D9D9"


def chart_series(drawn: Drawn, chart: ShownChart) -> list[str]:
    """Letters of the columns of a chart that have a value; none where there is nothing to draw.

    A series without any value is left out: its legend would promise what is not there.
    """
    letters = [letter for name in chart.series for letter in drawn.letters(name)]
    return [letter for letter in letters if _has_values(drawn, letter, _groups(drawn, chart))]


def native_chart(
    sheet: Worksheet, drawn: Drawn, chart: ShownChart, facts: OfficeFacts, width_cm: float
) -> BarChart:
    """Chart of a table that stands on the sheet and has something to draw.

    The chart refers to the cells, so that a number changed by hand changes the chart.
    """
    groups, series = _groups(drawn, chart), chart_series(drawn, chart)
    bars = BarChart()
    bars.type = "bar" if chart.form == "bar" else "col"
    if chart.form == "stacked":
        bars.grouping, bars.overlap = "stacked", 100
    bars.gapWidth = BAR_WIDTH_SHARE
    possible = [letter for name in chart.series for letter in drawn.letters(name)]
    for letter in series:
        colour = _colour(drawn, letter, possible.index(letter))
        bars.series.append(_series(sheet, drawn, chart, letter, groups, _filled(colour)))
    _axes(bars, chart)
    bars.x_axis.tickLblSkip = 1
    if sum(len(group.records) for group in groups) > MOST_LEVEL_LABELS:
        bars.x_axis.txPr = _small(is_turned=True)
    if chart.form == "bar":
        bars.x_axis.scaling.orientation = "maxMin"
        bars.y_axis.crosses = "max"
        bars.x_axis.axPos, bars.y_axis.axPos = "l", "b"
        bars.dataLabels = DataLabelList(
            showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
        )
    line = drawn.letter(chart.line) if chart.line else None
    if line is not None and _has_values(drawn, line, groups):
        bars += _line(sheet, drawn, chart, line, groups, len(series))
    bars.title = _title(chart_title(drawn, chart, facts), size=1200, bold=True)
    if len(chart.series) > 1 or chart.series[0].endswith(EVERY):
        bars.legend.position, bars.legend.overlay = "b", False
    else:
        bars.legend = None
    bars.roundedCorners = False
    bars.display_blanks = "gap"
    bars.width, bars.height = width_cm, chart_height(drawn, chart)
    return bars


def chart_height(drawn: Drawn, chart: ShownChart) -> float:
    """Height of a chart in cm; lying bars need room for each."""
    n_bars = sum(len(group.records) for group in _groups(drawn, chart))
    return max(CHART_HEIGHT_CM, 3 + BAR_HEIGHT_CM * n_bars) if chart.form == "bar" else CHART_HEIGHT_CM


def chart_title(drawn: Drawn, chart: ShownChart, facts: OfficeFacts) -> str:
    """Title of a chart, with the office, the group of rows it draws, and whether the figures are invented."""
    return facts.marked(facts.fill(chart.title, group=_groups(drawn, chart)[-1].label))


def _groups(drawn: Drawn, chart: ShownChart) -> tuple[Group, ...]:
    chosen = {"first group": drawn.groups[:1], "last group": drawn.groups[-1:]}
    return chosen.get(chart.rows, drawn.groups)


def _has_values(drawn: Drawn, letter: str, groups: tuple[Group, ...]) -> bool:
    name = _column(drawn, letter).name
    values = [record.get(name) for group in groups for record in group.records]
    return any(pd.notna(value) and value != 0 for value in values)


def _column(drawn: Drawn, letter: str) -> ShownColumn:
    return drawn.columns[column_index_from_string(letter) - 1]


def _colour(drawn: Drawn, letter: str, place: int) -> str:
    """Colour by place; of a sector the one of its place in the codelist, whichever others there are."""
    name = _column(drawn, letter).name
    if name in styles.STATUS_COLOURS:
        return styles.STATUS_COLOURS[name]
    codelist, _, code = name.partition("=")
    listed = codes(codelist) if code else []
    place = listed.index(code) if code in listed else place + len(listed)
    return styles.CHART_COLOURS[place % len(styles.CHART_COLOURS)]


def _area(sheet: Worksheet, letter: str, groups: tuple[Group, ...]) -> str:
    column = column_index_from_string(letter)
    return str(Reference(sheet, min_col=column, min_row=groups[0].first, max_row=groups[-1].last))


def _series(
    sheet: Worksheet,
    drawn: Drawn,
    chart: ShownChart,
    letter: str,
    groups: tuple[Group, ...],
    look: GraphicalProperties,
) -> Any:
    """One series: its cells, and their present values for programs that show a chart and compute nothing."""
    header = Reference(sheet, min_col=column_index_from_string(letter), min_row=drawn.header_row)
    column = _column(drawn, letter)
    records = [record for group in groups for record in group.records]
    points = [
        NumVal(idx=place, v=repr(float(record[column.name])))
        for place, record in enumerate(records)
        if pd.notna(record.get(column.name))
    ]
    values = NumRef(f=_area(sheet, letter, groups), numCache=NumData(ptCount=len(records), pt=points))
    category = drawn.letter(chart.category) or "A"
    shown = [shown_value(_column(drawn, category), record)[0] for record in records]
    names = [StrVal(idx=place, v=plain(str(value))) for place, value in enumerate(shown) if value is not None]
    categories = StrRef(f=_area(sheet, category, groups), strCache=StrData(ptCount=len(records), pt=names))
    title = StrRef(f=str(header), strCache=StrData(ptCount=1, pt=[StrVal(idx=0, v=plain(column.heading))]))
    return Series(
        tx=SeriesLabel(strRef=title), cat=AxDataSource(strRef=categories), val=NumDataSource(numRef=values),
        spPr=look,
    )  # fmt: skip


def _filled(colour: str) -> GraphicalProperties:
    return GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill="7F7F7F", w=6350))


def _line(
    sheet: Worksheet, drawn: Drawn, chart: ShownChart, letter: str, groups: tuple[Group, ...], place: int
) -> LineChart:
    """A line on an axis of its own at the right."""
    line = LineChart()
    colour = styles.CHART_COLOURS[(place + 6) % len(styles.CHART_COLOURS)]
    look = GraphicalProperties(ln=LineProperties(solidFill=colour, w=28575))
    series = _series(sheet, drawn, chart, letter, groups, look)
    series.marker = Marker(symbol="circle", spPr=GraphicalProperties(solidFill=colour))
    series.smooth = False
    line.series.append(series)
    # An axis of categories of its own, unseen, as Excel itself writes it
    line.x_axis.axId, line.x_axis.crossAx, line.x_axis.delete = LINE_AXIS + 10, LINE_AXIS, True
    line.y_axis.axId, line.y_axis.crossAx = LINE_AXIS, LINE_AXIS + 10
    line.y_axis.title = _title(chart.y2_title)
    line.y_axis.crosses = "max"
    line.y_axis.axPos = "r"
    line.y_axis.majorGridlines = None
    line.y_axis.delete = False
    line.y_axis.number_format = "#,##0"
    line.y_axis.txPr = _small()
    return line


def _axes(bars: BarChart, chart: ShownChart) -> None:
    """Titles with units; newer Excel hides an axis unless it is told that it is not deleted."""
    for axis, title in ((bars.x_axis, chart.x_title), (bars.y_axis, chart.y_title)):
        axis.delete = False
        axis.title = _title(title)
        axis.txPr = _small()
    bars.x_axis.tickLblPos = "low"
    bars.x_axis.axPos = "b"
    bars.y_axis.number_format = "#,##0"
    bars.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_GRID))


def _title(said: str, *, size: int = 900, bold: bool = False) -> Title:
    """A title that takes its own room: without the flag Excel lays it over the bars."""
    look = CharacterProperties(sz=size, b=bold)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=plain(said))])
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])), overlay=False)


def _small(*, is_turned: bool = False) -> RichText:
    """Small print of an axis, upwards where labels would not fit beside one another."""
    look = CharacterProperties(sz=800)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)
    return RichText(bodyPr=RichTextProperties(rot=UPWARDS if is_turned else None), p=[paragraph])
