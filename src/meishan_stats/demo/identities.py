"""Who invests in the invented town, in what and how much."""

import random
from typing import Any

from meishan_stats.demo import words

_CNY_TOTALS = (
    600, 800, 1000, 1000, 1200, 1500, 1800, 2000, 2000, 2500, 3000, 3000, 3600, 4500, 5000, 6000, 8000,
    10000, 12000, 20000,
)  # fmt: skip
_TOTALS = {"CNY": _CNY_TOTALS, "USD": (300, 500, 800, 1200), "HKD": (1500, 2400, 3000)}


def draw_identities(n: int, rng: random.Random) -> list[dict[str, Any]]:
    """Names, investors, sectors and sizes; about one project in eight is followed by its second phase."""
    trades = [first + second for first in words.TRADE_FIRST for second in words.TRADE_SECOND]
    rng.shuffle(trades)
    foreign = ["USD"] * (max(1, n // 15) if n >= 2 else 0) + ["HKD"] * (max(1, n // 60) if n >= 4 else 0)
    currencies = foreign + ["CNY"] * (n - len(foreign))
    rng.shuffle(currencies)
    found: list[dict[str, Any]] = []
    taken: set[str] = set()
    while len(found) < n:
        currency = currencies[len(found)]
        before = found[-1] if found else None
        if before and not before["phase"] and before["currency"] == currency == "CNY" and rng.random() < 0.12:
            before["phase"], before["name"] = 1, before["name"] + "（一期）"
            name = before["name"].replace("一期", "二期")
            found.append({**before, "name": name, "phase": 2})
        else:
            frame = _identity(rng, trades[len(found) % len(trades)], currency)
            if frame["name"] in taken:
                continue
            found.append(frame)
            name = frame["name"]
        taken.add(name)
        signed_tenths = rng.choice((6, 7, 8, 9, 10, 10, 10))
        total = rng.choice(_TOTALS[currency])
        found[-1].update(total=total, signed=total * signed_tenths // 10)
    return found


def _identity(rng: random.Random, trade: str, currency: str) -> dict[str, Any]:
    sector = rng.choice(words.SECTOR_DRAWS)
    product = rng.choice(words.PRODUCTS[sector])
    origin = rng.choice(words.HOME_ORIGINS if currency == "CNY" else words.OVERSEAS[currency])
    company = f"{origin.short[:2]}示例{trade}{rng.choice(words.COMPANY_WORDS[sector])}"
    if currency == "CNY" and rng.random() < 0.07:
        company = f"{origin.short}客商"
    output = rng.randint(product.low, product.high)
    rounded = output if output < 100 else output // 100 * 100 if output >= 1000 else output // 10 * 10
    return {
        "name": f"示例{trade}{product.word}{rng.choice(words.NAME_ENDINGS)}",
        "investor": company,
        "origin": origin,
        "sector": sector,
        "currency": currency,
        "content": product.content.format(n=rounded),
        "phase": 0,
    }
