"""What is read of the demo town against what its generator meant, which knows nothing of the reading."""

from pathlib import Path

import pandas as pd
import pytest

import meishan_stats as ms

ROOT = Path(__file__).parents[1]
