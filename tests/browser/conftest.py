"""A real browser; without one the tests are skipped, but fail where CI is set."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from meishan_stats.errors import FolderError
from meishan_stats.outputs.report.pdf import find_browser


@pytest.fixture(scope="session")
def chromium(cannot_run: Callable[[str], NoReturn]) -> Iterator[Browser]:
    try:
        program = find_browser()
    except FolderError as error:
        cannot_run(error.en)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that keeps what the console says of errors in ``page.complaints``."""
    context: BrowserContext = chromium.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    complaints: list[str] = []

    def keep(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", keep)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints  # type: ignore[attr-defined]
    yield page
    context.close()


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Folder of pictures: that of SCREENSHOTS where it is set, so that a machine of CI can keep them."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
