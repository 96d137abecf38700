"""Names beside bars and cells: looked up, wrapped, shortened and kept apart."""

import re
from collections.abc import Iterable, Sequence

from meishan_stats.charts.theme import word
from meishan_stats.codelists import codes, labels

# A run of Latin letters or one Chinese character, with the brackets and stops that belong to it.
_PIECE = re.compile(r"[（「]*(?:[!-~]+|[^!-~ （「])[）」，、。]* *")


def width(text: str) -> int:
    """Width of a text in Latin letters; a Chinese character takes two.

    >>> width("A股")
    3
    """
    return sum(1 + (ord(letter) > 0x2E7F) for letter in text)


def wrapped(text: str, most: int) -> str:
    """The text in lines not wider than `most` Latin letters, words left whole.

    >>> wrapped("境外（含港澳台）", 8).splitlines()
    ['境外', '（含港澳', '台）']
    """
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width((lines[-1] + piece).rstrip()) > most:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


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


def name_of(code: str, codelist: str, missing: str, lang: str) -> str:
    """Label of a code, the code where it has none; the text `missing` of the charts for "".

    >>> name_of("new_energy", "sectors", "sector_missing", "en"), name_of("", "sectors", "sector_missing", "zh")
    ('new energy', '产业不明')
    """
    return labels(codelist, lang).get(code, code) if code else word(missing, lang)


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Places moved as little as keeps them a gap apart, their order kept.

    >>> spread([1.0, 5.0, 1.0], gap=2)
    [0.0, 5.0, 2.0]
    """
    order = sorted(range(len(places)), key=lambda place: places[place])
    groups: list[list[float]] = []  # sum of the wanted starts, number of labels
    for rank in order:
        groups.append([places[rank], 1])
        while len(groups) > 1 and _start(groups[-2], gap) + groups[-2][1] * gap > _start(groups[-1], gap):
            later = groups.pop()
            groups[-1] = [groups[-1][0] + later[0], groups[-1][1] + later[1]]
    moved = [_start(group, gap) + gap * k for group in groups for k in range(int(group[1]))]
    result = [0.0] * len(places)
    for rank, place in zip(order, moved, strict=True):
        result[rank] = place
    return result


def _start(group: list[float], gap: float) -> float:
    total, n = group
    return total / n - gap * (n - 1) / 2
