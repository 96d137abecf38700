"""Numbers written with Chinese numerals, or with numerals and digits mixed: 一亿二千万, 1亿2000万, 二〇一一."""

import re
from collections.abc import Iterable
from decimal import Decimal

DIGITS = {
    numeral: digit
    for digit, numerals in enumerate(
        ["零〇○◯", "一壹弌", "二贰貳两兩", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]
    )
    for numeral in numerals
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_RUN = "".join(DIGITS) + "".join(TENS)
_IN_DATE = re.compile(rf"[{_RUN}]+(?=\s*(?:年|月|日|号|號|季|个月))|[{''.join(DIGITS)}]{{4}}")


def compose(words: Iterable[tuple[str, Decimal]]) -> Decimal | None:
    """Value of a row of numbers (``n``), digit units 十百千 (``d``) and scales 万, 亿, million (``s``).

    A number after a scale must be smaller than it and, to end the row, carry a unit of its own: 3万5 is
    35 000 to its writer and 30 005 by its letters, so it is None.

    Examples
    --------
    >>> compose([("n", Decimal(1)), ("s", Decimal(10**8)), ("n", Decimal(2000)), ("s", Decimal(10**4))])
    Decimal('120000000')
    """
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_scale: Decimal | None = None
    last_ten: Decimal | None = None
    is_after_scale = False
    for kind, number in words:
        if kind == "n":
            if pending is not None:
                return None
            pending = number
        elif kind == "d":
            if last_ten is not None and number >= last_ten:
                return None
            section, pending, last_ten = section + (1 if pending is None else pending) * number, None, number
        elif pending is None and last_ten is None:
            if not is_after_scale:
                return None
            total *= number
        elif last_scale is not None and number >= last_scale:
            return None
        else:
            total, section = total + (section + (pending or 0)) * number, Decimal(0)
            pending, last_ten, last_scale = None, None, number
        is_after_scale = kind == "s"
    is_short = pending is not None and 0 < pending < 10 and (last_ten or last_scale or 0) > 10
    if is_short or (pending is not None and last_scale is not None and last_ten is None):
        return None
    return total + section + (pending or 0)


def digits_for_numerals(text: str) -> str:
    """Text of a date with its Chinese numerals as digits; numerals that count no time are left alone.

    >>> digits_for_numerals("二〇一一年十二月廿五日 一期")
    '2011年12月25日 一期'
    """
    return _IN_DATE.sub(lambda found: _digits(found[0]), text)


def _digits(run: str) -> str:
    if not any(numeral in TENS for numeral in run):
        return "".join(str(DIGITS[numeral]) for numeral in run)
    value, pending = 0, 0
    for numeral in run:
        if numeral in DIGITS:
            pending = DIGITS[numeral]
        else:
            value, pending = value + (pending or 1) * TENS[numeral], 0
    return str(value + pending)
