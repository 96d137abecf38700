"""Write the workbooks of the invented town and its office.toml."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from meishan_stats.demo.forms import sheets_of
from meishan_stats.demo.parts import NOTE, TOWN
from meishan_stats.demo.sheets import fit_to_print
from meishan_stats.demo.spelling import month_words
from meishan_stats.demo.timetable import pen_of
from meishan_stats.demo.truth import Truth
from meishan_stats.errors import FolderError

_CLOCK = datetime(2012, 1, 1)
_OFFICE_TOML = f"""# 示例单位：镇名、企业、项目均为虚构。区划代码借用浙江省湖州市长兴县，以便判定来源层级。
name = "{TOWN}"
county = "示例县"
adcode = "330522"
source = "示例数据，由 meishan_stats.demo 生成"
demo = true
fx_basis = "annual_mean"
"""


def file_names(truth: Truth) -> list[str]:
    """One name a month; clerks do not always name their files alike.

    >>> from meishan_stats.demo.draw import draw_truth
    >>> file_names(draw_truth(months=3, projects=1, seed=1))[2]
    '示例镇2010年3月招商引资报表.xlsx'
    """
    return [
        f"{TOWN}{month_words(month)}招商引资报表.xlsx"
        if month.month % 3 == 0
        else f"{TOWN}招商引资月报_{month:%Y-%m}.xlsx"
        for month in truth.periods
    ]


def write_workbooks(truth: Truth, out: Path) -> list[Path]:
    """Write one workbook a month, and office.toml, to a folder; the workbooks' paths.

    The four forms share the months equally, one after the other. The same truth gives the same bytes.

    Raises
    ------
    FolderError
        The folder cannot be written, or holds workbooks of another run that would be read with these.
    """
    names = file_names(truth)
    try:
        out.mkdir(parents=True, exist_ok=True)
        others = sorted(path.name for path in out.glob("*.xls*") if path.name not in names)
        if others:
            raise FolderError(
                f"{out} 里有其他工作簿（{others[0]} 等 {len(others)} 个）：请换一个空文件夹",
                f"{out} holds {len(others)} other workbook(s): choose an empty folder",
            )
        paths = []
        for index, name in enumerate(names):
            path = out / name
            path.write_bytes(workbook_bytes(truth, index))
            paths.append(path)
        (out / "office.toml").write_text(_OFFICE_TOML, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or error
        raise FolderError(f"无法写入 {out}：{reason}", f"cannot write {out}: {reason}") from None
    return paths


def workbook_bytes(truth: Truth, index: int) -> bytes:
    """Workbook of month `index` counted from 0, as an xlsx file."""
    pen = pen_of(truth, index)
    book = Workbook()
    book.remove(book.active)
    for title, draw in sheets_of(truth, index):
        sheet = book.create_sheet(title)
        draw(sheet, truth, pen)
        fit_to_print(sheet)
    book.properties.creator = "meishan_stats.demo"
    book.properties.title = NOTE
    book.properties.created = _CLOCK
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


def _without_clock(xlsx: bytes) -> bytes:
    """Same workbook with the time of writing, which openpyxl stamps, replaced by a fixed one."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                stamp = rb"\g<1>" + f"{_CLOCK:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>"
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(<)", stamp, content)
            entry = zipfile.ZipInfo(name, date_time=(2012, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            # The system that writes is part of the file; 0 on every platform.
            entry.create_system = 0
            target.writestr(entry, content, compresslevel=9)
    return fixed.getvalue()
