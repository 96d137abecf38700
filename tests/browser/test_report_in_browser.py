"""The report as a reader opens it: from a file, in a browser."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def written(chromium, built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    subprocess.run(
        [sys.executable, "-m", "meishan_stats.report", "--office", "示例镇", "--out", str(out), "--pdf"],
        env=os.environ | {"MEISHAN_STATS_HOME": str(built_project)}, cwd=built_project, timeout=600, check=True,
    )  # fmt: skip
    return next(out.glob("*.html"))


def test_a_reader_follows_the_contents_and_sees_every_figure(page, written, screenshots):
    page.goto(written.as_uri())
    assert page.title() == "示例镇招商引资统计报告"
    page.screenshot(path=screenshots / "report_cover.png")
    page.get_by_role("link", name="项目进展").click()
    page.wait_for_function("location.hash === '#chapter-5'")
    top = page.locator("#chapter-5 h2").evaluate("heading => heading.getBoundingClientRect().top")
    assert 0 <= top < 200
    page.screenshot(path=screenshots / "report_chapter.png")
    widths = page.locator("img").evaluate_all("pictures => pictures.map(picture => picture.naturalWidth)")
    assert widths
    assert min(widths) > 500
    assert page.complaints == []


@pytest.mark.parametrize("width", [1200, 390])
def test_nothing_is_wider_than_the_window(page, written, screenshots, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(written.as_uri())
    page.screenshot(path=screenshots / f"report_{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_a_chapter_begins_on_a_page_of_its_own(written):
    pdf = written.with_suffix(".pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 8
