"""The cases, a module a theme."""

import pkgutil
from importlib import import_module

from workbooks.case import Case


def all_cases() -> list[Case]:
    """All cases of all themes, by theme; two of one name or file are an error."""
    found: list[Case] = []
    for module in pkgutil.iter_modules(__path__):
        found += import_module(f"{__name__}.{module.name}").CASES
    for what in ("name", "path"):
        values = [getattr(case, what) for case in found]
        twice = {value for value in values if values.count(value) > 1}
        if twice:
            raise ValueError(f"two cases with the {what} {twice}")
    return found
