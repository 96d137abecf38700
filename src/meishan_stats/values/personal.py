"""Personal data that no statistic needs: telephone and identity numbers, names of contacts."""

import re

_TELEPHONE = re.compile(
    r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])|(?<![\d.])0\d{2,3}[-—－ ]\d{7,8}(?![\d.])"
)
_SEPARATORS = re.compile(r"[\s,，;；、/]+")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?!\d)")
_PERSON = re.compile(
    r"((?:企业)?联系人|填报人|填表人|制表人|经办人|联络员)(\s*[:：]\s*)[\u4e00-\u9fff·]{2,4}"
)
_MAY_HOLD = re.compile(r"\d{4}[- ]?\d{3}|人|员")
"""What every telephone or identity number and every name of a contact holds; most texts have nothing of it."""


def may_be_personal(texts: str) -> bool:
    """False where nothing in the texts, one a line, can be a number or a name that `without_personal` takes out.

    >>> may_be_personal("光伏项目\\n3600万元"), may_be_personal("光伏项目\\n联系人：某某某")
    (False, True)
    """
    return _MAY_HOLD.search(texts) is not None


def without_personal(text: str) -> str:
    """Text without telephone and identity numbers and without the names of contacts.

    >>> without_personal("已签约，联系人：某某某 13900000000"), without_personal("投资3600万元")
    ('已签约，联系人：[略] [略]', '投资3600万元')
    """
    if not may_be_personal(text):
        return text
    return _PERSON.sub(r"\1\2[略]", _IDENTITY.sub("[略]", _TELEPHONE.sub("[略]", text)))


def is_telephone(value: object) -> bool:
    """Whether a cell is nothing but a telephone number, or several.

    >>> is_telephone(13900000000.0), is_telephone("0572-6000000"), is_telephone(3600)
    (True, True, False)
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return bool(text) and not _SEPARATORS.sub("", _TELEPHONE.sub("", text)) and bool(_TELEPHONE.search(text))
