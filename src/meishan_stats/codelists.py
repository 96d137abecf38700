"""Code tables of ``definitions/``: what an analyst edits, read once and cached."""

from functools import cache
from importlib import resources

import pandas as pd

from meishan_stats.errors import DefinitionError

ALIAS_SEPARATOR = "|"


@cache
def _read(name: str) -> pd.DataFrame:
    file = resources.files("meishan_stats.definitions").joinpath(*name.split("/"))
    try:
        with file.open("r", encoding="utf-8-sig") as stream:
            table = pd.read_csv(stream, dtype=str, keep_default_na=False, comment=None)
    except FileNotFoundError:
        raise DefinitionError(f"没有定义表 definitions/{name}", f"there is no definitions/{name}") from None
    return table


def read_definition(name: str) -> pd.DataFrame:
    """Copy of one text table of ``definitions/``, all columns text, empty cells ``""``.

    Parameters
    ----------
    name : str
        File name below ``definitions/``, such as ``"headers.csv"``.

    Raises
    ------
    DefinitionError
        There is no such file.
    """
    return _read(name).copy()


def read_codelist(name: str) -> pd.DataFrame:
    """Copy of the codelist ``definitions/codelists/<name>.csv``, in its order.

    Every codelist has the columns ``code``, ``label_zh``, ``label_en`` and ``aliases`` (separated by
    ``|``); some have more.

    Examples
    --------
    >>> read_codelist("sectors")["code"].tolist()
    ['new_energy', 'new_materials', 'modern_textiles', 'other']
    """
    return read_definition(f"codelists/{name}.csv")


def codes(name: str) -> list[str]:
    """Codes of a codelist, in its order.

    >>> codes("stages")[:3]
    ['lead', 'negotiating', 'signed']
    """
    return _read(f"codelists/{name}.csv")["code"].tolist()


@cache
def labels(name: str, lang: str = "zh") -> dict[str, str]:
    """Label of every code, in Chinese (``zh``) or English (``en``).

    >>> labels("sectors")["new_energy"]
    '新能源'
    """
    table = _read(f"codelists/{name}.csv")
    return dict(zip(table["code"], table[f"label_{lang}"], strict=True))


@cache
def alias_to_code(name: str) -> dict[str, str]:
    """Code of every alias and every label of a codelist; a spelling of two codes is an error."""
    table = _read(f"codelists/{name}.csv")
    found: dict[str, str] = {}
    for row in table.to_dict("records"):
        spellings = [row["code"], row["label_zh"], row["label_en"], *row["aliases"].split(ALIAS_SEPARATOR)]
        for spelling in filter(None, (s.strip() for s in spellings)):
            if found.setdefault(spelling, row["code"]) != row["code"]:
                raise DefinitionError(
                    f"definitions/codelists/{name}.csv：“{spelling}”既是 {found[spelling]} 又是 {row['code']}",
                    f"definitions/codelists/{name}.csv: {spelling!r} stands for two codes",
                )
    return found
