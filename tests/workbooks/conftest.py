"""Lets the modules of this folder be imported as ``workbooks.…`` however pytest is started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
