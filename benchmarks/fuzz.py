"""Fuzz the reading path: any file gives sheets or one clear refusal, and recognition never fails.

    pip install -e '.[fuzz]'
    python benchmarks/fuzz.py -runs=20000 -max_total_time=600

Arguments are those of libFuzzer. A case takes one of the small workbooks of the tests and changes some bytes:
of the file as it is, or of one of its parts, which is then packed again with right checksums, so that the
damage reaches the parsers behind the checks. Anything but ``UnreadableWorkbook`` stops the run and leaves the
input in a file ``crash-…``, which ``python benchmarks/fuzz.py crash-…`` runs again.
"""

import io
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["meishan_stats.extract", "meishan_stats.values"]):
    from meishan_stats.extract.limits import UnreadableWorkbook
    from meishan_stats.extract.recognise import recognise
    from meishan_stats.extract.workbook import SUFFIXES, read_workbook

FILES = Path(__file__).parents[1] / "tests" / "workbooks" / "files"
LARGEST = 12_000
"""Bytes of the largest file that cases are made from: small ones make many cases a second."""
MOST_CHANGES = 8
SEEDS = sorted(p for p in FILES.iterdir() if p.suffix.lower() in SUFFIXES and p.stat().st_size <= LARGEST)
TOKENS = [
    b"1048576", b"XFD1048576", b"A1:XFD1048576", b"-1", b"99999999999", b"1e999", b"nan", b"&x;", b"<!DOCTYPE a>", b"\x00", b"\xff\xfe",
    b"</c>", b"<c>", b"</row>", b"<row>", b't="e"', b't="s"', b"<f>", b"<v/>", b'"', b"<", b">", b"]]>", "万元".encode(), "合计".encode(),
]  # fmt: skip
outcomes: Counter[str] = Counter()
began = time.monotonic()


def changed(content: bytes, given: atheris.FuzzedDataProvider) -> bytes:
    """The content with a few bytes changed, cut out, or put in."""
    made = bytearray(content)
    for _ in range(given.ConsumeIntInRange(1, MOST_CHANGES)):
        place = given.ConsumeIntInRange(0, max(len(made) - 1, 0))
        kind = given.ConsumeIntInRange(0, 4)
        if kind == 0 and made:
            made[place] = given.ConsumeIntInRange(0, 255)
        elif kind == 1:
            made[place : place + given.ConsumeIntInRange(1, 200)] = b""
        elif kind == 2:
            made[place:place] = given.PickValueInList(TOKENS)
        elif kind == 3:
            made[place:place] = made[place : place + given.ConsumeIntInRange(1, 500)]
        else:
            token = given.PickValueInList(TOKENS)
            made[place : place + len(token)] = token
    return bytes(made)


def case(given: atheris.FuzzedDataProvider) -> tuple[bytes, str]:
    """Bytes of one file and its suffix."""
    seed = given.PickValueInList(SEEDS)
    data = seed.read_bytes()
    if not data.startswith(b"PK") or given.ConsumeIntInRange(0, 7) == 0:
        return changed(data, given), seed.suffix
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
            names = [name for name in source.namelist() if name.endswith((".xml", ".rels", ".bin"))]
            chosen = given.PickValueInList(names)
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, changed(content, given) if name == chosen else content)
    except zipfile.BadZipFile:
        return changed(data, given), seed.suffix
    return packed.getvalue(), seed.suffix


def run_one(data: bytes) -> None:
    """One case: refused with a reason, or read with every cell of every sheet in one role."""
    content, suffix = case(atheris.FuzzedDataProvider(data))
    path = FOLDER / f"case{suffix}"
    path.write_bytes(content)
    try:
        book = read_workbook(path)
    except UnreadableWorkbook as error:
        assert error.reason
        outcomes[error.code] += 1
        report()
        return
    for sheet in book.sheets:
        recognise(sheet, "case", {})
    outcomes["read"] += 1
    report()


def report() -> None:
    """Say now and then how many cases ended how."""
    if outcomes.total() % 2000 == 0:
        print(f"{outcomes.total()} cases in {time.monotonic() - began:.0f} s: {dict(outcomes)}", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FOLDER = Path(folder)
        atheris.Setup(
            [*sys.argv, "-rss_limit_mb=2048", "-timeout=60", "-max_len=512", "-verbosity=0"], run_one
        )
        atheris.Fuzz()
