"""Numbers written with Chinese numerals, or with numerals and digits mixed: 一亿二千万, 1亿2000万, 二〇一一."""

import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from numbers import Real

import numpy as np

DIGITS = {
    numeral: digit
    for digit, numerals in enumerate(
        ["零〇○◯", "一壹弌", "二贰貳两兩", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]
    )
    for numeral in numerals
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_RUN = "".join(DIGITS) + "".join(TENS)
_IN_DATE = re.compile(rf"(?<![{_RUN}])[{_RUN}]+(?=\s*(?:年|月|日|号|號|季|个月))|[{''.join(DIGITS)}]{{4}}")


def as_number(cell: object) -> float | None:
    """Value of a cell typed as a number; None for text, a truth value or a number no float can hold.

    >>> as_number(3600), as_number("3600"), as_number(True)
    (3600.0, None, None)
    """
    if not isinstance(cell, (Real, Decimal)) or isinstance(cell, (bool, np.bool_, timedelta)):
        return None
    try:
        return float(cell)
    except (ValueError, OverflowError):
        return None


def compose(words: Iterable[tuple[str, Decimal]]) -> Decimal | None:
    """Value of a row of numbers (``n``), zeros (``z``), digit units 十百千 (``d``) and scales 万, 亿 (``s``).

    A digit after 百, 千 or a scale needs a unit of its own or a 零: 3万5 is 35 000 to its writer and 30 005
    by its letters, so it is None.

    Examples
    --------
    >>> compose([("n", Decimal(1)), ("s", Decimal(10**8)), ("n", Decimal(2000)), ("s", Decimal(10**4))])
    Decimal('120000000')
    """
    total = section = Decimal(0)  # of the scales passed; of the digit units since the last of them
    digit: Decimal | None = None  # waits for the unit behind it
    above = scale_above = Decimal("Infinity")  # the last digit unit of the section; the last scale
    last = ""
    for kind, number in words:
        if kind == "n":
            if last == "n":
                return None
            digit = number
        elif kind == "d":
            if number >= above:
                return None
            section, digit, above = section + (1 if digit is None else digit) * number, None, number
        elif kind == "s" and last == "s":  # 万亿
            total *= number
        elif kind == "s":
            if number >= scale_above or last == "":
                return None
            total, section, digit = total + (section + (digit or 0)) * number, Decimal(0), None
            above, scale_above = Decimal("Infinity"), number
        last = "z" if kind == "z" or (last == "z" and kind == "n") else kind
    is_loose = digit is not None and last != "z" and min(above, scale_above) not in (10, Decimal("Infinity"))
    if is_loose and (digit is None or digit < 10 or above > 1000):
        return None
    return total + section + (digit or 0)


def digits_for_numerals(text: str) -> str:
    """Text of a date with its Chinese numerals as digits; numerals that count no time are left alone.

    >>> digits_for_numerals("二〇一一年十二月廿五日 一期")
    '2011年12月25日 一期'
    """
    return _IN_DATE.sub(lambda found: digits_of(found[0]), text)


def digits_of(run: str) -> str:
    if not any(numeral in TENS for numeral in run):
        return "".join(str(DIGITS[numeral]) for numeral in run)
    value, pending = 0, 0
    for numeral in run:
        if numeral in DIGITS:
            pending = DIGITS[numeral]
        else:
            value, pending = value + (pending or 1) * TENS[numeral], 0
    return str(value + pending)
