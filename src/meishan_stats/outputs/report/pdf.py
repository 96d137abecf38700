"""A page of HTML printed to PDF by a browser that is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from meishan_stats.errors import FolderError

COMMANDS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
    "microsoft-edge",
)  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
    "%ProgramFiles%/Microsoft/Edge/Application/msedge.exe",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
)
SECONDS = 180


def find_browser() -> str:
    """Program of a browser that prints: Chromium, Chrome or Edge.

    Raises
    ------
    FolderError
        None is found.
    """
    for command in COMMANDS:
        if found := shutil.which(command):
            return found
    for place in PLACES:
        path = Path(os.path.expandvars(place))
        if path.is_file():
            return str(path)
    raise FolderError(
        "找不到 Chromium、Chrome 或 Edge，写不了 PDF：请安装其一，或不加 --pdf，用浏览器打开报告后打印",
        "no Chromium, Chrome or Edge to write the PDF: install one, or print the HTML report from a browser",
    )


def print_pdf(page: Path, pdf: Path, browser: str) -> None:
    """Print a page to a PDF file; a reader never sees half of one.

    Raises
    ------
    FolderError
        The browser fails or the file cannot be replaced.
    """
    with tempfile.TemporaryDirectory(prefix="meishan_stats_", ignore_cleanup_errors=True) as scratch:
        printed = Path(scratch) / "report.pdf"
        arguments = [
            browser, "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={scratch}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.resolve().as_uri(),
        ]  # fmt: skip
        if getattr(os, "geteuid", lambda: 1)() == 0:
            # Chromium refuses to run as the superuser with its sandbox, as in a container.
            arguments.insert(1, "--no-sandbox")
        try:
            subprocess.run(arguments, capture_output=True, timeout=SECONDS, check=True)
            new = pdf.with_name(f".{pdf.name}.new")
            shutil.copyfile(printed, new)
            new.replace(pdf)
        except (OSError, subprocess.SubprocessError) as error:
            raise FolderError(
                f"{pdf} 没有写成：{browser} 出错，或文件正被打开",
                f"cannot write {pdf}: {browser} failed, or it is open",
            ) from error
