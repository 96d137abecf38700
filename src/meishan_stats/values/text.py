"""Text cells: cleaned for keeping, keyed for matching, and told apart from blanks."""

import re
import unicodedata
from datetime import date, datetime
from functools import cache, lru_cache
from math import isnan

import opencc
import pandas as pd

# Half width for letters, digits and signs; the punctuation of a Chinese sentence keeps its own form.
_KEPT_WIDE = "！（），：；？"
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide) not in _KEPT_WIDE} | {
    0x3000: " "
}
_REPLY = re.compile("(?<=[批回答])覆")
"""批覆, 回覆 and 答覆 are 批复 …; OpenCC leaves them, since 覆 is a simplified character as well (覆盖)."""
_INVISIBLE = frozenset(("Cc", "Cf", "Cs"))
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_DOUBLES_OF_IDEOGRAPHS = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff]"
)  # radicals and compatibility forms of PDFs

# A scrape that writes 鎮(zhèn): a gloss has a tone mark, 投资(usd) or 面积(mu) has none.
_GLOSS = re.compile(
    r"(?<=[\u4e00-\u9fff])\((?=[^()]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡɑ]{1,7}\)"
)
_BRACKETS = str.maketrans("[]{}【】〔〕〖〗「」『』", "()" * 7)

_SPACE = re.compile(r"\s+")
_RULE = re.compile(r"[-‐‑‒–—―−_/\\.…·。～~*]+")
_PLACEHOLDER = re.compile(
    "(?:暂)?无|没有|[未待]定|空白?|不详|未知|待补充?|未填写?|未披露|未公布"
    "|n[./]?a[.]?|none|null|nil|nan|nat|<na>|tb[da]|unknown|(?:un|not)disclosed|notavailable|notapplicable"
)
_DITTOS = frozenset(["同上", "同前", "上同", "ditto", "do.", '"', '""', "''", "“", "”", "“”", "„", "″", "〃"])


def clean_text(value: object) -> str:
    """Give the text of a cell as an analyst would retype it: half-width letters, no invisible characters.

    Chinese punctuation and the brackets of a name stay as they are; a pinyin gloss (鎮(zhèn), left by a
    page that was copied) goes; a line break becomes a space. A
    number is written without a needless ``.0``, a date as 2011-03-15, a missing value as ``""``.

    Examples
    --------
    >>> clean_text(" ＡＢＣ（长兴）\\n有限公司\\u200b ")
    'ABC（长兴） 有限公司'
    >>> clean_text(3600.0), clean_text(None)
    ('3600', '')
    """
    return _clean(value) if isinstance(value, str) else _clean(_written(value))


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and isnan(value))


def _written(value: object) -> str:
    if _is_missing(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return value.isoformat() if isinstance(value, date) else str(value)


@lru_cache(maxsize=65536)
def _clean(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        text = _DOUBLES_OF_IDEOGRAPHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
        text = _VARIATION_SELECTORS.sub("", text.translate(_HALF_WIDTH))
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
        text = _GLOSS.sub("", text)
    return _SPACE.sub(" ", text).strip()


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def simplified_characters() -> dict[str, str]:
    """Chinese characters, each with its simplified form, which is mostly the character itself.

    >>> simplified_characters()["鎮"], simplified_characters()["镇"]
    ('镇', '镇')
    """
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    return dict(zip(characters, _to_simplified().convert("\n".join(characters)).split("\n"), strict=True))


@cache
def _its_own_key() -> re.Pattern[str]:
    """Texts that are their own key; 坏 and 覆 are also changed where every character is simplified (毛坏, 批覆)."""
    same = (old for old, new in simplified_characters().items() if old == new and old not in "坏覆")
    return re.compile(f"[0-9a-z(){''.join(same)}]*")


@lru_cache(maxsize=65536)
def match_key(text: str) -> str:
    """Give the form in which two spellings of one thing are equal; for matching, never for showing.

    Compatibility forms, traditional characters, pinyin glosses, capitals, kinds of bracket and all
    white space are levelled.

    Examples
    --------
    >>> match_key("煤山鎮(zhèn) 項 目【ＡＢＣ】"), match_key("批覆"), match_key("覆盖")
    ('煤山镇项目(abc)', '批复', '覆盖')
    """
    if _its_own_key().fullmatch(text):
        return text
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _clean(text)).lower())
    key = _SPACE.sub("", "".join(c for c in key if unicodedata.category(c) not in _INVISIBLE))
    key = _GLOSS.sub("", key.translate(_BRACKETS))
    return key if key.isascii() else _REPLY.sub("复", _to_simplified().convert(key))


def is_blank(value: object) -> bool:
    """Whether a cell says nothing: empty, or a placeholder such as — or 暂无; 0 says something.

    >>> is_blank("——"), is_blank("暂无"), is_blank(float("nan")), is_blank(0), is_blank("0")
    (True, True, True, False, False)
    """
    return _is_blank_text(value) if isinstance(value, str) else _is_missing(value)


@lru_cache(maxsize=65536)
def _is_blank_text(text: str) -> bool:
    bare = _clean(text).replace(" ", "").lower().strip("()（）")
    return not bare or bool(_RULE.fullmatch(bare) or _PLACEHOLDER.fullmatch(bare))


def is_ditto(value: object) -> bool:
    """Whether a cell repeats the one above: 同上, ditto marks; 同左 is none.

    >>> is_ditto("同上"), is_ditto("〃"), is_ditto("同左")
    (True, True, False)
    """
    return isinstance(value, str) and _clean(value).replace(" ", "").lower() in _DITTOS
