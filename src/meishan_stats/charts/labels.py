"""Names beside bars and cells: looked up, wrapped, shortened and kept apart."""

from collections.abc import Iterable, Sequence

from meishan_stats.charts.theme import word
from meishan_stats.charts.wrapping import width, wrapped
from meishan_stats.codelists import codes, labels

__all__ = ["in_order", "name_of", "shortened", "spread", "width", "wrapped"]


def shortened(text: str, most: int) -> str:
    """The text cut in its middle to the width of `most` Latin letters.

    Begin and end stay: names of companies begin alike where they come from one place.

    >>> shortened("长兴示例启禾化纤集团有限公司", 20)
    '长兴示例启…有限公司'
    """
    if width(text) <= most:
        return text
    head, tail = text, text
    while width(head) > most // 2 or head.endswith(" "):
        head = head[:-1]
    while width(tail) > most - 2 - width(head) or tail.startswith(" "):
        tail = tail[1:]
    return f"{head}…{tail}"


def in_order(found: Iterable[object], codelist: str) -> list[str]:
    """Codes that occur in the order of their codelist; others follow, "" for a missing one stands last.

    >>> in_order(["other", None, "own", "new_energy"], "sectors")
    ['new_energy', 'other', 'own', '']
    """
    known = {code for code in found if isinstance(code, str)}
    listed = [code for code in codes(codelist) if code in known]
    is_missing = any(not isinstance(code, str) for code in found)
    return [*listed, *sorted(known - set(listed) - {""}), *([""] if is_missing or "" in known else [])]


def name_of(code: object, codelist: str, missing: str, lang: str) -> str:
    """Label of a code, the code where it has none; the text `missing` of the charts where there is no code.

    >>> name_of("new_energy", "sectors", "sector_missing", "en"), name_of(None, "sectors", "sector_missing", "zh")
    ('new energy', '产业不明')
    """
    return labels(codelist, lang).get(code, code) if isinstance(code, str) and code else word(missing, lang)


def spread(places: Sequence[float], gap: float, least: float) -> list[float]:
    """Places moved as little as keeps them a gap apart and not below the least, their order kept.

    >>> spread([1.0, 5.0, 1.0], gap=2, least=-9)
    [0.0, 5.0, 2.0]
    >>> spread([1.0, 5.0, 1.0], gap=2, least=1.0)
    [1.0, 5.0, 3.0]
    """
    order = sorted(range(len(places)), key=lambda place: places[place])
    groups: list[tuple[float, int]] = []  # sum of the wanted places, number of them
    for rank in order:
        groups.append((places[rank], 1))
        while len(groups) > 1 and _start(groups[-2], gap) + groups[-2][1] * gap > _start(groups[-1], gap):
            (total, n), (before, m) = groups.pop(), groups.pop()
            groups.append((before + total, m + n))
    moved = [_start(group, gap) + gap * k for group in groups for k in range(group[1])]
    result = [0.0] * len(places)
    for rank, place in zip(order, moved, strict=True):
        least, result[rank] = max(place, least) + gap, max(place, least)
    return result


def _start(group: tuple[float, int], gap: float) -> float:
    total, n = group
    return total / n - gap * (n - 1) / 2
