"""Write the files of all cases: ``python tests/workbooks/make.py [name …]``.

Needs xlwt, XlsxWriter and msoffcrypto-tool for the xls, one xlsx and the encrypted files. An encrypted file that exists is
kept, since its bytes differ each time; all others come out the same.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from workbooks.case import FILES
from workbooks.cases import all_cases
from workbooks.write import write


def main(names: list[str]) -> None:
    """Write the files of the cases named, or of all; remove files of no case."""
    FILES.mkdir(exist_ok=True)
    cases = all_cases()
    for case in cases:
        if (not names or case.name in names) and not (case.writer == "encrypted" and case.path.exists()):
            content = write(case.sheets, case.writer)
            if not case.path.exists() or case.path.read_bytes() != content:
                case.path.write_bytes(content)
                print(f"written {case.path.name}")
    for file in set(FILES.iterdir()) - {case.path for case in cases}:
        print(f"removed {file.name}")
        file.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
