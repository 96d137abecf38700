"""Names of projects as clerks write them: numbered, or in the title of a sheet that tells of one project."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from meishan_stats.values.distinct import distinct
from meishan_stats.values.text import clean_text, match_key

_NUMBERED = re.compile(r"^(?:\d{1,3}[.、．)）](?!\d)|[(（]\d{1,3}[)）][.、]?|[①-⑳])\s*")
_LABELLED = re.compile(
    r"^(?:项目|工程)(?:名称|全称)?\s*[:：]\s*(?P<name>.+?)"
    r"(?=\s{2,}|\s*(?:责任|投资|总投资|单位|建设|填报|牵头|包保|联系|时间|日期)[^\s]{0,6}[:：]|$)"
)
_LABEL_ALONE = re.compile(r"^(?:项目|工程)(?:名称|全称)?\s*[:：]?$")
_HEADING = re.compile(
    r"^(?:附[件表]\s*\d*\s*[:：]?|第?[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d))\s*"
)
_TIME = re.compile(
    r"(?:19|20)\d\d\s*年?(?:度)?(?:\s*[-—~至]+\s*(?:19|20)?\d\d\s*年?(?:度)?)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:份)?)?"
    r"|^\d{1,2}月(?:份)?$|第?[一二三四1-4]季度|[上下]半年"
)
_TAIL = re.compile(
    r"(?:一览表|明细表|计划表|进度表|时间表|流程表|清单|台账|方案|表|图|倒排|工期|推进|进度|计划|关键|节点|作战|时间|安排|挂图|攻坚|"
    r"手续|办理|总体|横道|任务|实施|建设|施工|前期|投资|工作|开工|甘特|路线|流程|分解|目标|责任|总|各|情况|"
    r"schedule|plan|timeline|milestones?|gantt|chart|project|implementation|of|for|the|-|:|\s|[的“”\"《》()（）_])+$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:(?:project|implementation|construction|work|action|milestones?)\s+)*"
    r"(?:schedule|plan|timeline|milestones?|gantt chart)\s*(?:of|for|[:：\-–])\s*(?:the\s)?|(?:关于|[“”\"《》\s:：_-])+)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:\d+|个|项|手续|办理|前期|重点|重大|招商|引资|签约|在建|新建|续建|新|开工|竣工|投产|落户|引进|工业|农业|产业|服务业|制造业|外资|内资|投资|储备|拟|全|本|各|"
    r"[省市县区镇乡]级?|年度|季度|月度|千万元|亿元|万元|以上|级|大|好|高|的|和|与|及|、|建设|项目|工程|工作|进度|推进|计划|年|月|日|煤|"
    r"sheet|工作表|表|附件|附表|汇总|总|清单|台账|倒排|节点|projects?|key|schedule|plan|[\d.\-_()（）\s])*$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff]{1,8}?(?:高新区|经开区|开发区|工业园区?|街道|镇|乡)(?=[\u4e00-\u9fff]{2})"
)
"""A schedule's title begins with the office that keeps it; what follows names the project."""
_PLACE = re.compile(r"^\S{1,8}(?:省|市|县|区|镇|乡|街道|园区|开发区|管委会|办公?室?|局|组|公司部)$")


def unnumbered(names: pd.Series, tables: np.ndarray | None = None) -> pd.Series:
    """Names without the numbers that a sheet without a column 序号 writes before them.

    >>> unnumbered(pd.Series(["1.电池壳体", "2、隔膜"])).tolist()
    ['电池壳体', '隔膜']
    """
    found = distinct(names)
    bare = [_NUMBERED.sub("", str(name), count=1) for name in found.kinds]
    numbered = [one != name for one, name in zip(bare, found.kinds, strict=True)]
    if not any(numbered):
        return names
    of_table = np.zeros(len(names), dtype=int) if tables is None else tables
    known = names.notna().to_numpy()
    counts = np.bincount(of_table[known])
    shares = np.bincount(of_table[known & np.array([*numbered, False])[found.codes]], minlength=len(counts))
    is_list = (counts >= 2) & (shares >= 0.6 * counts)
    mended = found.take([name.strip() for name in bare])
    return names.mask(
        known & np.append(is_list, False)[np.minimum(of_table, len(is_list))],
        pd.Series(mended, index=names.index, dtype=object),
    )


def labelled_project(texts: Sequence[str]) -> str | None:
    """The project that one of the lines above a table names by its label (项目名称：…).

    >>> labelled_project(["重点项目倒排工期表", "项目名称：光伏组件项目   责任人：某某"])
    '光伏组件项目'
    """
    for text, following in zip(texts, [*texts[1:], ""], strict=False):
        found = _LABELLED.match(clean_text(text))
        if found and found["name"].strip():
            return str(found["name"]).strip()
        if _LABEL_ALONE.match(clean_text(text)) and following:
            return clean_text(following) or None
    return None


def project_in_title(title: str, own: Sequence[str] = (), *, keep: bool = False) -> str | None:
    """The project that a title, a sheet's or a file's name speaks of; None where it names none in particular.

    What is said of the schedule, the time and the office itself (`own`) is left out.

    Parameters
    ----------
    title : str
    own : sequence of str
        Names of the office and its county.
    keep : bool
        The text is a heading and surely names a project: 重点 or a place may belong to the name.

    Examples
    --------
    >>> project_in_title("2011年示例镇光伏组件项目倒排工期表", own=("示例镇",))
    '光伏组件项目'
    >>> project_in_title("重点项目推进计划表") is None
    True
    """
    text = clean_text(title)
    if labelled := labelled_project([text]):
        return labelled
    bare = _HEADING.sub("", text)
    if keep:
        return _TAIL.sub("", bare).strip() or None if re.search("倒排|推进计划|工期|schedule", bare) else bare
    bare = re.sub(r"[(（][^()（）]*[)）]\s*$", "", _TIME.sub("", bare)).strip()
    for place in own:
        bare = bare.removeprefix(place) if place and bare != place else bare
    bare = _HEAD.sub("", _OFFICE.sub("", bare))
    if re.search(r"[:：]", bare):
        return None
    name = re.sub("(?<=项目)工程$", "", _TAIL.sub("", bare).strip(" -_—:："))
    is_named = len(match_key(name)) >= 2 and not _GENERIC.match(match_key(name)) and not _PLACE.match(name)
    return name if is_named else None
