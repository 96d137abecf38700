"""A notebook as an analyst opens it: in JupyterLab, run from the menu."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

TOKEN = secrets.token_hex(16)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def lab(chromium, built_project: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a JupyterLab that serves a copy of the notebooks."""
    shutil.copytree(built_project / "notebooks", tmp_path / "notebooks")
    port = free_port()
    settings = {f"JUPYTER_{name}_DIR": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    environment = os.environ | settings | {"MEISHAN_STATS_HOME": str(built_project), "HOME": str(tmp_path)}
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
             "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", "--LabApp.news_url=None",
             f"--ServerApp.root_dir={tmp_path / 'notebooks'}"],
            env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api?token={TOKEN}", server, tmp_path / "lab.log")
            yield address
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


def test_a_notebook_run_from_the_menu_shows_its_figures(lab, page, screenshots):
    page.goto(f"{lab}/lab/tree/02_sectors.ipynb?token={TOKEN}")
    page.locator(".jp-Notebook .jp-RenderedMarkdown h1").first.wait_for(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    figure = page.locator(".jp-OutputArea-output img").first
    figure.wait_for(timeout=300_000)
    page.get_by_text("| Idle").first.wait_for(timeout=300_000)
    figure.scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "jupyterlab.png")
    assert figure.evaluate("picture => picture.naturalWidth") > 500
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.complaints == []
