"""Lines of a text: how wide it is, and where it breaks."""

import re

# Short words in brackets, a run of Latin letters or one Chinese character, with the stops that belong to it.
_PIECE = re.compile(r"（[^（）]{1,8}）[，、。；]* *|[（「]*(?:[!-~]+|[^!-~ （「])[）」，、。]* *")
_PART = re.compile(r"[（「]*(?:[!-~]+|[^!-~ （「])[）」，、。]* *")


def width(text: str) -> int:
    """Width of a text in Latin letters; a Chinese character takes two.

    >>> width("A股")
    3
    """
    return sum(1 + (ord(letter) > 0x2E7F) for letter in text)


def wrapped(text: str, most: int) -> str:
    """The text in lines not wider than `most` Latin letters, words and short brackets left whole.

    >>> wrapped("境外（含港澳台）", 12).splitlines(), wrapped("境外（含港澳台）", 8).splitlines()
    (['境外', '（含港澳台）'], ['境外（含', '港澳台）'])
    """
    lines = [""]
    pieces = [
        part
        for piece in _PIECE.findall(text)
        for part in ([piece] if width(piece.rstrip()) <= most else _PART.findall(piece))
    ]
    for piece in pieces:
        if lines[-1] and width((lines[-1] + piece).rstrip()) > most:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)
