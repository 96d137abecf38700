"""Rows of a frame of which something holds."""

import numpy as np
import pandas as pd


def rows_where(frame: pd.DataFrame, is_kept: pd.Series | np.ndarray) -> pd.DataFrame:
    """The rows of which something holds: the frame itself where it holds of all, as it mostly does.

    Taking rows of a wide table costs more than all that is asked of them.

    >>> rows_where(pd.DataFrame({"a": [1, 2]}), pd.Series([True, False]))["a"].tolist()
    [1]
    """
    return frame if is_kept.all() else frame[is_kept]
