"""Every chart can be reached as ``ms.charts.plot_…``."""

import re
from pathlib import Path

import meishan_stats as ms


def test_every_chart_of_a_module_is_public():
    folder = Path(ms.charts.__file__).parent
    written = {
        name
        for file in folder.glob("*.py")
        for name in re.findall(r"^def (plot_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert written == set(ms.charts.__all__)
    assert all(callable(getattr(ms.charts, name)) for name in ms.charts.__all__)
