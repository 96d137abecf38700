"""The report as its reader gets it: one file, from the command run in a process of its own."""

import base64
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meishan_stats.outputs.report.markup import TAGS, clean_html, in_language, markdown_html
from meishan_stats.report import main

ROOT = Path(__file__).parents[1]


def report(home: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "meishan_stats.report", *map(str, arguments)],
        capture_output=True, encoding="utf-8", cwd=home, timeout=600, check=False,
        env=os.environ | {"MEISHAN_STATS_HOME": str(home), "PYTHONIOENCODING": "ascii"} | environment,
    )  # fmt: skip


def assert_one_line(run: subprocess.CompletedProcess[str], *said: str) -> None:
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "Traceback" not in run.stderr
    for word in said:
        assert word in run.stderr


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.source = path.read_text(encoding="utf-8")
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[str, str]] = []
        self.words = ""
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.headings and not self.headings[-1][1]:
            self.headings[-1] = (self.headings[-1][0], data)

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module")
def demo(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Page:
    out = tmp_path_factory.mktemp("demo")
    run = report(built_project, "--office", "demo", "--month", "2011-12", "--out", out)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return Page(out / "示例镇招商引资统计报告_2011-12.html")


@pytest.fixture(scope="module")
def meishan(built_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Page:
    out = tmp_path_factory.mktemp("meishan")
    run = report(built_project, "--office", "煤山镇", "--lang", "en", "--out", out)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return Page(out / "煤山镇_report_undated.html")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A built project of one office whose project bears a name that would run as a script."""
    folder = tmp_path / "data" / "raw" / "小镇"
    folder.mkdir(parents=True)
    (folder / "项目.csv").write_text(
        "项目名称,投资方,产业类型,项目进展,总投资（万元）\n"
        "<script>alert(1)</script>甲,<img src=x onerror=alert(2)>,新能源,在谈,1200\n",
        encoding="utf-8",
    )
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "04_pipeline.ipynb", tmp_path / "notebooks")
    subprocess.run(
        [sys.executable, "-m", "meishan_stats.build", "--quiet"],
        env=os.environ | {"MEISHAN_STATS_HOME": str(tmp_path)}, check=True, timeout=120,
    )  # fmt: skip
    return tmp_path


def test_the_report_stands_alone(demo):
    assert all(source.startswith("data:image/png;base64,") for source in demo.values("src"))
    assert all(link.startswith("#") for link in demo.values("href"))
    assert {"script", "link", "iframe", "object"}.isdisjoint(tag for tag, _ in demo.elements)
    assert not re.search(r"@import|url\(", demo.source)


def test_every_figure_of_the_notebooks_is_in_the_report(demo):
    cells = [
        cell for path in sorted((ROOT / "notebooks").glob("*.ipynb")) for cell in nbformat.read(path, 4).cells
    ]
    assert len(demo.values("src")) == sum("ms.charts.plot_" in cell.source for cell in cells)
    for source in demo.values("src"):
        assert base64.b64decode(source.partition(",")[2], validate=True).startswith(b"\x89PNG")
    assert len(set(demo.values("alt"))) == len(demo.values("src"))


def test_every_link_of_the_contents_leads_to_a_place(demo):
    places = demo.values("id")
    assert len(places) == len(set(places))
    assert {link.removeprefix("#") for link in demo.values("href")} == set(places)


def test_every_notebook_is_a_chapter_in_its_order(demo):
    chapters = [words for level, words in demo.headings if level == "h2"]
    assert chapters == [
        "目录", "数据质量", "总览", "各产业的签约与到位", "到位资金", "项目进展", "招商活动与资金来源",
        "用地、节点与平台",
    ]  # fmt: skip


def test_no_code_is_shown(demo):
    assert "import meishan_stats" not in demo.words
    assert "ms.charts" not in demo.words
    assert "Axes" not in demo.words


def test_what_is_said_to_the_user_of_a_notebook_is_not_in_the_report(demo):
    cells = [
        cell for path in sorted((ROOT / "notebooks").glob("*.ipynb")) for cell in nbformat.read(path, 4).cells
    ]
    hidden = [cell.source for cell in cells if "remove-cell" in cell.metadata.get("tags", [])]
    assert hidden
    for source in hidden:
        assert source.split("\n\n")[0].replace("`", "") not in demo.words
    for said in ("换单位", ".toml", ".csv`", "再运行一次", "definitions/"):
        assert said not in demo.words.partition("疑问")[0] + demo.words.rpartition("总览")[2]


def test_the_cover_names_office_month_source_and_that_demo_data_are_invented(demo):
    assert demo.headings[0] == ("h1", "示例镇招商引资统计报告")
    for said in ("截至2011-12", "来源：示例数据，由 meishan_stats.demo 生成", "均为虚构，不是真实统计"):
        assert said in demo.words


def test_the_page_says_its_language_and_encoding(demo, meishan):
    assert demo.source.startswith('<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">')
    assert '<html lang="en">' in meishan.source


def test_an_english_report_is_in_english_and_a_real_office_no_demonstration(meishan):
    for _, words in meishan.headings:
        assert not re.search("[\u4e00-\u9fff]", words.replace("煤山镇", ""))
    assert "zj123.com" in meishan.words
    assert "invented" not in meishan.words
    assert "The source has no figures of capital arrived." in meishan.words


def test_the_page_is_laid_out_for_a4(demo):
    assert "@page { size: A4" in demo.source
    assert "break-before: page" in demo.source


def test_nothing_from_a_cell_runs(small):
    run = report(small, "--office", "小镇")
    assert run.returncode == 0, run.stderr
    page = Page(Path(run.stdout.splitlines()[-1]))
    assert page.values("alt") == [words for words in page.values("alt") if "<" not in words]
    assert "<script>alert(1)</script>甲" in page.words
    assert "script" not in {tag for tag, _ in page.elements}
    assert not page.values("onerror")


def test_the_same_tables_give_the_same_report(small):
    pages = []
    for out in ("a", "b"):
        run = report(small, "--office", "小镇", "--out", small / out)
        pages.append(Path(run.stdout.splitlines()[-1]).read_bytes())
    assert pages[0] == pages[1]


def test_an_unknown_office_is_one_line_that_names_those_there_are(built_project):
    assert_one_line(report(built_project, "--office", "没有镇"), "没有镇", "示例镇", "煤山镇")


def test_without_tables_the_command_says_to_run_build(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert_one_line(report(tmp_path, "--office", "示例镇"), "python -m meishan_stats.build")


def test_a_month_other_than_that_of_the_tables_is_refused(built_project):
    run = report(built_project, "--office", "示例镇", "--month", "2011-06")
    assert_one_line(run, "2011-06", "2011-12")


@pytest.mark.parametrize("month", ["2011-13", "2011-6", "六月"])
def test_a_month_that_is_none_is_refused(tmp_path, month):
    assert_one_line(report(tmp_path, "--office", "示例镇", "--month", month), "YYYY-MM")


def test_without_notebooks_the_command_says_where_they_come_from(small):
    shutil.rmtree(small / "notebooks")
    assert_one_line(report(small, "--office", "小镇"), "notebooks")


def test_a_notebook_that_stops_is_one_line_that_names_it(small):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("raise ValueError('没有这一列')")])
    nbformat.write(notebook, small / "notebooks" / "99_mine.ipynb")
    assert_one_line(report(small, "--office", "小镇"), "99_mine.ipynb", "ValueError: 没有这一列")
    assert not list(small.rglob("*.html"))


def test_without_a_browser_pdf_is_refused_before_anything_runs(small):
    environment = {"PATH": "", "ProgramFiles": "", "ProgramFiles(x86)": "", "LocalAppData": ""}
    run = report(small, "--office", "小镇", "--pdf", **environment)
    assert_one_line(run, "Chromium")
    assert run.stdout == ""


def test_help_answers_without_pandas():
    code = (
        "import sys\nfrom meishan_stats.report import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code + "assert 'pandas' not in sys.modules"], capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_the_office_must_be_named(capsys):
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


pieces = st.lists(
    st.sampled_from(
        ["<script>", "</script>", "<b>", "</b>", "<td class='number'>", "</td>", "<img src=x onerror=y>", "<", ">",
         '"', "<a href='javascript:x'>", "<style>", "</style>", "<!--", "-->", "<svg/onload=z>", "&lt;", "&", "甲"]
    )
)  # fmt: skip


@given(pieces)
def test_clean_html_holds_harmless_elements_only_and_stays_as_it_is(parts):
    cleaned = clean_html("".join(parts))
    for tag in re.findall(r"<[^>]*>", cleaned):
        assert re.fullmatch(r'</?[a-z0-9]+( class="number")?>', tag)
        assert tag.strip("</>").partition(" ")[0] in TAGS
    assert clean_html(cleaned) == cleaned


def test_a_link_in_a_sentence_is_text():
    assert markdown_html("[看](javascript:alert(1)) ![图](http://x/y.png)") == "<p>看 </p>\n"


def test_a_paragraph_in_one_language_alone_is_kept_in_both():
    assert in_language("## 我的 · Mine\n\n只有中文。", "en") == "## Mine\n\n只有中文。"
